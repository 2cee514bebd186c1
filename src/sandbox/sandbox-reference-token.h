/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sandbox-token.h"

G_BEGIN_DECLS

/* Characters. */
#define SANDBOX_REFERENCE_TOKEN_MAX_NAME 256

/* A personal access token, which Identity calls a reference token (fact sheet 2.4). */
typedef struct
{
  char *id;              /* (owned): GUID */
  SandboxPerson *person; /* (owned) (nullable): NULL where he may not sign in */
  char *name;            /* (owned) */
  char *scopes;          /* (owned): with blanks between */
  gint64 created;        /* microseconds */
  gint64 expires;        /* microseconds */
} SandboxReferenceToken;

void sandbox_reference_token_free (SandboxReferenceToken *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SandboxReferenceToken, sandbox_reference_token_free)

/* Makes the table where it lacks. */
void sandbox_reference_token_prepare (SandboxStore *store);
/* Adds those that are well known. */
void sandbox_reference_token_seed (SandboxStore *store);

/* Returns: (transfer full) (element-type SandboxReferenceToken): those of @person, or of everybody
 * where that is NULL, the newest first; also expired ones. */
GPtrArray *sandbox_reference_token_list (SandboxStore *store, const SandboxPerson *person);
/* Returns: (transfer full) (nullable). */
SandboxReferenceToken *sandbox_reference_token_find (SandboxStore *store, const char *id);

/* @self: its id and time of creation are set. Returns: (transfer full): the value, which is told
 * this once. */
char *sandbox_reference_token_create (SandboxStore *store, SandboxReferenceToken *self);
/* Keeps name, scopes and expiry. */
void sandbox_reference_token_update (SandboxStore *store, const SandboxReferenceToken *self);
/* Returns: (transfer full): a new value; the old one is good no more. */
char *sandbox_reference_token_regenerate (SandboxStore *store, const char *id);
void sandbox_reference_token_revoke (SandboxStore *store, const char *id);

/* Returns: TRUE where @value is a live one; it is told in @token, which holds nothing yet. */
gboolean
sandbox_reference_token_find_value (SandboxStore *store, const char *value, SandboxToken *token);

G_END_DECLS
