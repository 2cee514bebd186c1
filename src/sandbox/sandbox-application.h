/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sandbox-store.h"

G_BEGIN_DECLS

/**
 * SandboxApplication:
 *
 * An external application, which OAuth calls a client (fact sheet 2.3). Scopes have blanks between
 * them, redirect addresses commas.
 */
typedef struct
{
  char *id; /* (owned): GUID, the client id */
  char *name;
  gboolean confidential;
  char *redirect_uris;
  char *user_scopes;        /* what it may ask for in somebody's name */
  char *application_scopes; /* what it may ask for by itself */
  gint64 created;
} SandboxApplication;

/* A secret as it can be shown again: not at all. */
typedef struct
{
  gint64 id;
  char *description; /* (owned) */
  gint64 created;
  gint64 expires; /* 0: never */
} SandboxApplicationSecret;

void sandbox_application_free (SandboxApplication *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SandboxApplication, sandbox_application_free)

/* Makes the tables where they lack. */
void sandbox_application_prepare (SandboxStore *store);
/* Adds those that are well known (sandbox-world.h). */
void sandbox_application_seed (SandboxStore *store);

/* Returns: (transfer full) (nullable). */
SandboxApplication *sandbox_application_find (SandboxStore *store, const char *id);
/* Returns: (transfer full) (element-type SandboxApplication): by name. */
GPtrArray *sandbox_application_list (SandboxStore *store);

/* Returns: (transfer none) (nullable): a sentence about what the rules of fact sheet 2.3 have
 * against it, NULL where it is in order. */
const char *sandbox_application_find_fault (const SandboxApplication *self);

/* Adds it where it has no id yet, and gives it one; else replaces it. */
void sandbox_application_save (SandboxStore *store, SandboxApplication *self);
/* Deletes it with its secrets, and ends all tokens that it has. */
void sandbox_application_delete (SandboxStore *store, const char *id);

/* @expires: 0 for never. Returns: (transfer full): the secret, which is told this once. */
char *sandbox_application_add_secret (SandboxStore *store,
                                      const char *id,
                                      const char *description,
                                      gint64 expires,
                                      gint64 *secret_id);
/* Returns: (transfer full) (element-type SandboxApplicationSecret): the oldest first. */
GPtrArray *sandbox_application_list_secrets (SandboxStore *store, const char *id);
/* Returns: FALSE where there is no such secret. */
gboolean sandbox_application_delete_secret (SandboxStore *store, gint64 secret_id);
gboolean sandbox_application_check_secret (SandboxStore *store, const char *id, const char *secret);

/* Returns: TRUE where @uri is, to the letter, one of those that are registered. */
gboolean sandbox_application_has_redirect_uri (const SandboxApplication *self, const char *uri);

/* Returns: (transfer full): what is registered for the well-known applications: where the vendor's
 * programs listen (fact sheet 2.3), and others that people try. */
char *sandbox_application_make_loopback_uris (void);

G_END_DECLS
