/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sandbox-application.h"

#include "sandbox-clock.h"
#include "sandbox-grant.h"
#include "sandbox-oauth-scope.h"
#include "sandbox-secret.h"
#include "sandbox-token.h"
#include "sandbox-world.h"

#define SECRET_BYTES 30
#define MAX_NAME 256

#define COLUMNS                                                                                    \
  "\"Id\", \"Name\", \"Confidential\", \"RedirectUris\", \"UserScopes\", \"ApplicationScopes\", "  \
  "\"Created\" FROM \"IdentityApplications\""

void
sandbox_application_free (SandboxApplication *self)
{
  if (self == NULL)
    return;

  g_free (self->id);
  g_free (self->name);
  g_free (self->redirect_uris);
  g_free (self->user_scopes);
  g_free (self->application_scopes);
  g_free (self);
}

static void
secret_free (SandboxApplicationSecret *self)
{
  g_free (self->description);
  g_free (self);
}

void
sandbox_application_prepare (SandboxStore *store)
{
  g_return_if_fail (SANDBOX_IS_STORE (store));

  sandbox_store_exec (store,
                      "CREATE TABLE IF NOT EXISTS \"IdentityApplications\" (\"Id\" TEXT PRIMARY "
                      "KEY COLLATE NOCASE, \"Name\" TEXT NOT NULL, \"Confidential\" INTEGER NOT "
                      "NULL, \"RedirectUris\" TEXT NOT NULL, \"UserScopes\" TEXT NOT NULL, "
                      "\"ApplicationScopes\" TEXT NOT NULL, \"Created\" INTEGER NOT NULL)");
  sandbox_store_exec (store,
                      "CREATE TABLE IF NOT EXISTS \"IdentityApplicationSecrets\" (\"Id\" INTEGER "
                      "PRIMARY KEY AUTOINCREMENT, \"Application\" TEXT NOT NULL COLLATE NOCASE "
                      "REFERENCES \"IdentityApplications\" (\"Id\") ON DELETE CASCADE, \"Hash\" "
                      "BLOB NOT NULL, \"Description\" TEXT NOT NULL, \"Created\" INTEGER NOT NULL, "
                      "\"Expires\" INTEGER)");
}

static SandboxApplication *
read_row (sqlite3_stmt *statement)
{
  SandboxApplication *self = g_new0 (SandboxApplication, 1);

  self->id = g_strdup ((const char *)sqlite3_column_text (statement, 0));
  self->name = g_strdup ((const char *)sqlite3_column_text (statement, 1));
  self->confidential = sqlite3_column_int (statement, 2) != 0;
  self->redirect_uris = g_strdup ((const char *)sqlite3_column_text (statement, 3));
  self->user_scopes = g_strdup ((const char *)sqlite3_column_text (statement, 4));
  self->application_scopes = g_strdup ((const char *)sqlite3_column_text (statement, 5));
  self->created = sqlite3_column_int64 (statement, 6);

  return self;
}

SandboxApplication *
sandbox_application_find (SandboxStore *store, const char *id)
{
  SandboxApplication *self = NULL;
  sqlite3_stmt *statement;

  g_return_val_if_fail (SANDBOX_IS_STORE (store) && id != NULL, NULL);

  statement = sandbox_store_prepare (store, "SELECT " COLUMNS " WHERE \"Id\" = ?");
  sqlite3_bind_text (statement, 1, id, -1, SQLITE_STATIC);
  if (sqlite3_step (statement) == SQLITE_ROW)
    self = read_row (statement);
  sandbox_store_done (statement);

  return self;
}

GPtrArray *
sandbox_application_list (SandboxStore *store)
{
  GPtrArray *list = g_ptr_array_new_with_free_func ((GDestroyNotify)sandbox_application_free);
  sqlite3_stmt *statement;

  g_return_val_if_fail (SANDBOX_IS_STORE (store), list);

  statement = sandbox_store_prepare (store,
                                     "SELECT " COLUMNS " ORDER BY \"Name\" COLLATE NOCASE, \"Id\"");
  while (sqlite3_step (statement) == SQLITE_ROW)
    g_ptr_array_add (list, read_row (statement));
  sandbox_store_done (statement);

  return list;
}

/* Addresses that a browser runs or shows, in place of going there. */
static gboolean
is_no_place (const char *scheme)
{
  static const char *const schemes[]
      = { "javascript", "data", "vbscript", "file", "blob", "about", NULL };

  return g_strv_contains (schemes, scheme);
}

static gboolean
are_addresses (const char *uris)
{
  g_auto (GStrv) parts = g_strsplit (uris, ",", -1);

  for (guint i = 0; parts[i] != NULL; i++)
    {
      g_autoptr (GUri) uri = g_uri_parse (parts[i], G_URI_FLAGS_NONE, NULL);

      if (uri == NULL || g_uri_get_fragment (uri) != NULL
          || is_no_place (g_uri_get_scheme (uri)))
        return FALSE;
    }

  return TRUE;
}

const char *
sandbox_application_find_fault (const SandboxApplication *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  if (*self->name == '\0' || g_utf8_strlen (self->name, -1) > MAX_NAME)
    return "The application needs a name of at most 256 characters.";
  if (*self->user_scopes == '\0' && *self->application_scopes == '\0')
    return "The application needs at least one scope.";
  if (!sandbox_oauth_scope_are_known (self->user_scopes)
      || !sandbox_oauth_scope_are_known (self->application_scopes))
    return "One of the scopes does not exist.";
  if (!self->confidential && *self->application_scopes != '\0')
    return "A non-confidential application cannot have application scopes.";
  if (*self->user_scopes != '\0' && *self->redirect_uris == '\0')
    return "User scopes need a redirect URL.";
  if (*self->redirect_uris != '\0' && !are_addresses (self->redirect_uris))
    return "The redirect URL must be absolute, lead somewhere and have no fragment.";

  return NULL;
}

void
sandbox_application_save (SandboxStore *store, SandboxApplication *self)
{
  sqlite3_stmt *statement;

  g_return_if_fail (SANDBOX_IS_STORE (store) && self != NULL);

  if (self->id == NULL)
    self->id = sandbox_secret_make_guid ();
  if (self->created == 0)
    self->created = sandbox_clock_now ();
  statement = sandbox_store_prepare (
      store, "INSERT INTO \"IdentityApplications\" (\"Id\", \"Name\", \"Confidential\", "
             "\"RedirectUris\", \"UserScopes\", \"ApplicationScopes\", \"Created\") VALUES (?1, "
             "?2, ?3, ?4, ?5, ?6, ?7) ON CONFLICT (\"Id\") DO UPDATE SET \"Name\" = ?2, "
             "\"Confidential\" = ?3, \"RedirectUris\" = ?4, \"UserScopes\" = ?5, "
             "\"ApplicationScopes\" = ?6");
  sqlite3_bind_text (statement, 1, self->id, -1, SQLITE_STATIC);
  sqlite3_bind_text (statement, 2, self->name, -1, SQLITE_STATIC);
  sqlite3_bind_int (statement, 3, self->confidential);
  sqlite3_bind_text (statement, 4, self->redirect_uris, -1, SQLITE_STATIC);
  sqlite3_bind_text (statement, 5, self->user_scopes, -1, SQLITE_STATIC);
  sqlite3_bind_text (statement, 6, self->application_scopes, -1, SQLITE_STATIC);
  sqlite3_bind_int64 (statement, 7, self->created);
  sqlite3_step (statement);
  sandbox_store_done (statement);
}

void
sandbox_application_delete (SandboxStore *store, const char *id)
{
  sqlite3_stmt *statement;

  g_return_if_fail (SANDBOX_IS_STORE (store) && id != NULL);

  sandbox_store_begin (store);
  statement
      = sandbox_store_prepare (store, "DELETE FROM \"IdentityApplications\" WHERE \"Id\" = ?");
  sqlite3_bind_text (statement, 1, id, -1, SQLITE_STATIC);
  sqlite3_step (statement);
  sandbox_store_done (statement);
  sandbox_grant_revoke_client (store, id);
  sandbox_store_commit (store);
}

static gint64
insert_secret (SandboxStore *store,
               const char *id,
               const char *description,
               gint64 expires,
               const char *secret)
{
  sqlite3_stmt *statement = sandbox_store_prepare (
      store, "INSERT INTO \"IdentityApplicationSecrets\" (\"Application\", \"Hash\", "
             "\"Description\", \"Created\", \"Expires\") VALUES (?, ?, ?, ?, nullif (?, 0))");

  sqlite3_bind_text (statement, 1, id, -1, SQLITE_STATIC);
  sandbox_secret_bind (statement, 2, secret);
  sqlite3_bind_text (statement, 3, description, -1, SQLITE_STATIC);
  sqlite3_bind_int64 (statement, 4, sandbox_clock_now ());
  sqlite3_bind_int64 (statement, 5, expires);
  sqlite3_step (statement);
  sandbox_store_done (statement);

  return sandbox_store_last_id (store);
}

char *
sandbox_application_add_secret (
    SandboxStore *store, const char *id, const char *description, gint64 expires, gint64 *secret_id)
{
  char *secret;

  g_return_val_if_fail (SANDBOX_IS_STORE (store) && id != NULL && description != NULL, NULL);

  secret = sandbox_secret_make (SECRET_BYTES);
  *secret_id = insert_secret (store, id, description, expires, secret);

  return secret;
}

GPtrArray *
sandbox_application_list_secrets (SandboxStore *store, const char *id)
{
  GPtrArray *list = g_ptr_array_new_with_free_func ((GDestroyNotify)secret_free);
  sqlite3_stmt *statement;

  g_return_val_if_fail (SANDBOX_IS_STORE (store) && id != NULL, list);

  statement = sandbox_store_prepare (
      store, "SELECT \"Id\", \"Description\", \"Created\", \"Expires\" FROM "
             "\"IdentityApplicationSecrets\" WHERE \"Application\" = ? ORDER BY \"Id\"");
  sqlite3_bind_text (statement, 1, id, -1, SQLITE_STATIC);
  while (sqlite3_step (statement) == SQLITE_ROW)
    {
      SandboxApplicationSecret *secret = g_new0 (SandboxApplicationSecret, 1);

      secret->id = sqlite3_column_int64 (statement, 0);
      secret->description = g_strdup ((const char *)sqlite3_column_text (statement, 1));
      secret->created = sqlite3_column_int64 (statement, 2);
      secret->expires = sqlite3_column_int64 (statement, 3);
      g_ptr_array_add (list, secret);
    }
  sandbox_store_done (statement);

  return list;
}

gboolean
sandbox_application_delete_secret (SandboxStore *store, gint64 secret_id)
{
  sqlite3_stmt *statement;

  g_return_val_if_fail (SANDBOX_IS_STORE (store), FALSE);

  statement = sandbox_store_prepare (store,
                                     "DELETE FROM \"IdentityApplicationSecrets\" WHERE \"Id\" = ?");
  sqlite3_bind_int64 (statement, 1, secret_id);
  sqlite3_step (statement);
  sandbox_store_done (statement);

  return sandbox_store_changes (store) > 0;
}

gboolean
sandbox_application_check_secret (SandboxStore *store, const char *id, const char *secret)
{
  gboolean good;
  sqlite3_stmt *statement;

  g_return_val_if_fail (SANDBOX_IS_STORE (store) && id != NULL && secret != NULL, FALSE);

  statement = sandbox_store_prepare (
      store, "SELECT 1 FROM \"IdentityApplicationSecrets\" WHERE \"Application\" = ? AND \"Hash\" "
             "= ? AND (\"Expires\" IS NULL OR \"Expires\" > ?)");
  sqlite3_bind_text (statement, 1, id, -1, SQLITE_STATIC);
  sandbox_secret_bind (statement, 2, secret);
  sqlite3_bind_int64 (statement, 3, sandbox_clock_now ());
  good = sqlite3_step (statement) == SQLITE_ROW;
  sandbox_store_done (statement);

  return good;
}

gboolean
sandbox_application_has_redirect_uri (const SandboxApplication *self, const char *uri)
{
  g_auto (GStrv) uris = NULL;

  g_return_val_if_fail (self != NULL && uri != NULL, FALSE);

  uris = g_strsplit (self->redirect_uris, ",", -1);

  return g_strv_contains ((const char *const *)uris, uri);
}

char *
sandbox_application_make_loopback_uris (void)
{
  static const struct
  {
    int port;
    const char *path;
  } ends[] = {
    { 8104, "/oidc/login" },
    { 8055, "/oidc/login" },
    { 42042, "/oidc/login" },
    { 8085, "" },
    { 8085, "/" },
    { 8085, "/callback" },
    { 12700, "" },
    { 12700, "/" },
    { 12700, "/callback" },
  };
  static const char *const hosts[] = { "localhost", "127.0.0.1" };
  GString *uris = g_string_new (NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (ends); i++)
    for (gsize j = 0; j < G_N_ELEMENTS (hosts); j++)
      g_string_append_printf (uris, "%shttp://%s:%d%s", uris->len > 0 ? "," : "", hosts[j],
                              ends[i].port, ends[i].path);

  return g_string_free (uris, FALSE);
}

void
sandbox_application_seed (SandboxStore *store)
{
  g_return_if_fail (SANDBOX_IS_STORE (store));

  for (const SandboxWorldApplication *known = sandbox_world_get_applications (); known->id != NULL;
       known++)
    {
      g_autoptr (SandboxApplication) self = g_new0 (SandboxApplication, 1);

      self->id = g_strdup (known->id);
      self->name = g_strdup (known->name);
      self->confidential = known->secret != NULL;
      self->redirect_uris = known->for_users ? sandbox_application_make_loopback_uris () : g_strdup ("");
      self->user_scopes = known->for_users ? sandbox_oauth_scope_dup_all (TRUE) : g_strdup ("");
      self->application_scopes = known->for_users  ? g_strdup ("")
                                 : known->by_roles ? g_strdup (SANDBOX_OAUTH_SCOPE_DEFAULT)
                                                   : sandbox_oauth_scope_dup_all (TRUE);
      sandbox_application_save (store, self);
      if (known->secret != NULL)
        insert_secret (store, known->id, "Well-known secret", 0, known->secret);
    }
}
