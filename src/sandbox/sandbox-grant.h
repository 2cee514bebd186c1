/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sandbox-person.h"
#include "sandbox-store.h"

G_BEGIN_DECLS

/**
 * SandboxGrant:
 *
 * What a person has allowed an application, from the code on: a family of one code, the refresh
 * tokens that follow one another, and the access tokens made on the way. It ends as a whole.
 */
typedef struct
{
  char *id;                    /* (owned) */
  char *client;                /* (owned) */
  SandboxPerson *person;       /* (owned) */
  char *scopes;                /* (owned): with blanks between */
  char *redirect_uri;          /* (owned) */
  char *challenge;             /* (owned) (nullable): of PKCE, S256 */
  char *nonce;                 /* (owned) (nullable) */
  char *session;               /* (owned): "sid" of the tokens */
  gint64 signed_in;            /* microseconds */
  gint64 ends;                 /* microseconds; no refresh token outlives it */
  gboolean used;               /* the code or refresh token that it was found by was used before */
} SandboxGrant;

typedef enum
{
  SANDBOX_GRANT_CODE,
  SANDBOX_GRANT_REFRESH,
} SandboxGrantKind;

void sandbox_grant_free (SandboxGrant *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SandboxGrant, sandbox_grant_free)

/* Makes the tables where they lack. */
void sandbox_grant_prepare (SandboxStore *store);

/* Begins @self, which gets its id. */
void sandbox_grant_begin (SandboxStore *store, SandboxGrant *self);

/* @life: seconds. Returns: (transfer full): a fresh code or refresh token of @self. */
char *sandbox_grant_issue (SandboxStore *store,
                           const SandboxGrant *self,
                           SandboxGrantKind kind,
                           int life);

/* Returns: (transfer full) (nullable): the grant that @text is of; NULL where that is unknown,
 * expired or its grant has ended. */
SandboxGrant *sandbox_grant_find (SandboxStore *store, SandboxGrantKind kind, const char *text);

/* @text is good once: this was it. */
void sandbox_grant_use (SandboxStore *store, const char *text);

/* Ends the whole family. */
void sandbox_grant_revoke (SandboxStore *store, const char *id);
/* Ends all that the application has, and forgets who consented to it. */
void sandbox_grant_revoke_client (SandboxStore *store, const char *client);

/* Returns: TRUE where the person has allowed the application all of @scopes before. */
gboolean sandbox_grant_has_consent (SandboxStore *store,
                                    const SandboxPerson *person,
                                    const char *client,
                                    const char *scopes);
void sandbox_grant_keep_consent (SandboxStore *store,
                                 const SandboxPerson *person,
                                 const char *client,
                                 const char *scopes);

G_END_DECLS
