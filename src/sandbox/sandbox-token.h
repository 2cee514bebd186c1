/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sandbox-person.h"
#include "sandbox-store.h"

G_BEGIN_DECLS

typedef enum
{
  SANDBOX_TOKEN_ACCESS,   /* for the Orchestrator, from a user key */
  SANDBOX_TOKEN_ID,       /* for discovery alone (fact sheet 2.1) */
  SANDBOX_TOKEN_PASSWORD, /* for one tenant, from user name and password (fact sheet 2.2) */
} SandboxTokenKind;

/* What is known of a live token. */
typedef struct
{
  const SandboxPerson *person; /* (unowned) */
  SandboxTokenKind kind;
  gint64 tenant; /* 0: every tenant of the organisation */
} SandboxToken;

/* Makes the tables where they are missing, and the first user key of the administrator. */
void sandbox_token_prepare (SandboxStore *store);

/* Keeps the SHA-256 of @text. @user_key: (nullable): the key that it was made from, with which it
 * dies. @life: seconds. */
void sandbox_token_keep (SandboxStore *store,
                         const char *text,
                         const SandboxPerson *person,
                         SandboxTokenKind kind,
                         gint64 tenant,
                         const char *user_key,
                         int life);
/* Returns: FALSE where it is unknown, expired or revoked. */
gboolean sandbox_token_find (SandboxStore *store, const char *text, SandboxToken *token);

/* Returns: (transfer none) (nullable): whose live user key it is. */
const SandboxPerson *sandbox_user_key_find (SandboxStore *store, const char *user_key);
/* Returns: (transfer full) (nullable): the newest live user key of @person, as the API Access page
 * shows it. */
char *sandbox_user_key_dup_current (SandboxStore *store,
                                    const SandboxPerson *person,
                                    gint64 *created);
/* Adds one more user key; those before it live on. */
void sandbox_user_key_generate (SandboxStore *store, const SandboxPerson *person);
/* Cancels all user keys of @person and what was made from them (fact sheet 2.1, API Access window).
 */
void sandbox_user_key_revoke_all (SandboxStore *store, const SandboxPerson *person);

/* Returns: (transfer full): @n_bytes from the system's random source, base64url. */
char *sandbox_random_text (gsize n_bytes);
/* Returns: (transfer full): base64url without padding. */
char *sandbox_base64url (const guint8 *data, gsize length);

G_END_DECLS
