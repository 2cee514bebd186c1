/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sandbox-person.h"
#include "sandbox-store.h"

G_BEGIN_DECLS

typedef enum
{
  SANDBOX_TOKEN_ACCESS,      /* for the Orchestrator, from a user key */
  SANDBOX_TOKEN_ID,          /* for discovery alone (fact sheet 2.1) */
  SANDBOX_TOKEN_PASSWORD,    /* for one tenant, from user name and password (fact sheet 2.2) */
  SANDBOX_TOKEN_APPLICATION, /* of an external application, for itself or for a person (2.3) */
  SANDBOX_TOKEN_PERSONAL,    /* personal access token (2.4) */
} SandboxTokenKind;

/* What is known of a live token. */
typedef struct
{
  SandboxPerson *person; /* (owned) (nullable): NULL where an application acts by itself */
  SandboxTokenKind kind;
  gint64 tenant; /* 0: every tenant of the organisation */
  char *client;  /* (owned) (nullable): of an external application */
  char *scopes;  /* (owned) (nullable): with blanks between; NULL opens everything */
  char *grant;   /* (owned) (nullable): what it was made from, with which it dies */
} SandboxToken;

void sandbox_token_clear (SandboxToken *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (SandboxToken, sandbox_token_clear)

/* Makes the tables where they are missing. */
void sandbox_token_prepare (SandboxStore *store);
/* Adds the first user key of the administrator. */
void sandbox_token_seed (SandboxStore *store);

/* Keeps the SHA-256 of @text. @life: seconds. */
void
sandbox_token_keep (SandboxStore *store, const char *text, const SandboxToken *token, int life);
/* Returns: FALSE where it is unknown, expired or revoked, or whose it is may not sign in. */
gboolean sandbox_token_find (SandboxStore *store, const char *text, SandboxToken *token);
/* Ends one token; those of its grant live on. */
void sandbox_token_revoke (SandboxStore *store, const char *text);
/* Ends all that were made from @grant. */
void sandbox_token_revoke_grant (SandboxStore *store, const char *grant);
/* Ends all that were made for the application @client. */
void sandbox_token_revoke_client (SandboxStore *store, const char *client);

/* Returns: (transfer full) (nullable): whose live user key it is, where he may sign in. */
SandboxPerson *sandbox_user_key_find (SandboxStore *store, const char *user_key);
/* Returns: (transfer full) (nullable): the newest live user key of @person, as the API Access page
 * shows it. */
char *
sandbox_user_key_dup_current (SandboxStore *store, const SandboxPerson *person, gint64 *created);
/* Adds one more user key; those before it live on. */
void sandbox_user_key_generate (SandboxStore *store, const SandboxPerson *person);
/* Cancels all user keys of @person and what was made from them (fact sheet 2.1, API Access window).
 */
void sandbox_user_key_revoke_all (SandboxStore *store, const SandboxPerson *person);

G_END_DECLS
