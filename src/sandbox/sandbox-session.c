/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sandbox-session.h"

#include "sandbox-clock.h"
#include "sandbox-secret.h"
#include "sandbox-server.h"

#define ID_BYTES 16
#define VALUE_BYTES 32
#define LIFE (8 * G_TIME_SPAN_HOUR)

void
sandbox_session_free (SandboxSession *self)
{
  if (self == NULL)
    return;

  sandbox_person_unref (self->person);
  g_free (self->id);
  g_free (self);
}

void
sandbox_session_prepare (SandboxStore *store)
{
  g_return_if_fail (SANDBOX_IS_STORE (store));

  sandbox_store_exec (store,
                      "CREATE TABLE IF NOT EXISTS \"IdentitySessions\" (\"Hash\" BLOB PRIMARY KEY, "
                      "\"Id\" TEXT NOT NULL, \"Person\" TEXT NOT NULL, \"SignedIn\" INTEGER NOT "
                      "NULL, \"Expires\" INTEGER NOT NULL) WITHOUT ROWID");
}

/* Browsers keep the cookies of all ports of a host together. Returns: (transfer full). */
static char *
make_cookie_name (SandboxRequest *request)
{
  return g_strdup_printf ("idsrv.%u", sandbox_server_get_port (request->server));
}

/* Returns: (transfer full) (nullable). */
static char *
find_cookie (SandboxRequest *request)
{
  const char *header = soup_message_headers_get_list (
      soup_server_message_get_request_headers (request->message), "Cookie");
  g_autofree char *name = make_cookie_name (request);
  g_auto (GStrv) parts = g_strsplit (header != NULL ? header : "", ";", -1);

  for (guint i = 0; parts[i] != NULL; i++)
    {
      const char *part = g_strstrip (parts[i]);
      gsize length = strlen (name);

      if (strncmp (part, name, length) == 0 && part[length] == '=')
        return g_strdup (part + length + 1);
    }

  return NULL;
}

SandboxSession *
sandbox_session_find (SandboxRequest *request)
{
  g_autofree char *value = NULL;
  g_autoptr (SandboxSession) self = NULL;
  sqlite3_stmt *statement;

  g_return_val_if_fail (request != NULL, NULL);

  value = find_cookie (request);
  if (value == NULL)
    return NULL;

  statement = sandbox_store_prepare (
      request->store, "SELECT \"Person\", \"Id\", \"SignedIn\" FROM \"IdentitySessions\" WHERE "
                      "\"Hash\" = ? AND \"Expires\" > ?");
  sandbox_secret_bind (statement, 1, value);
  sqlite3_bind_int64 (statement, 2, sandbox_clock_now ());
  if (sqlite3_step (statement) == SQLITE_ROW)
    {
      self = g_new0 (SandboxSession, 1);
      self->person = sandbox_person_find_active (request->store,
                                                 (const char *)sqlite3_column_text (statement, 0));
      self->id = g_strdup ((const char *)sqlite3_column_text (statement, 1));
      self->signed_in = sqlite3_column_int64 (statement, 2);
    }
  sandbox_store_done (statement);

  return self != NULL && self->person != NULL ? g_steal_pointer (&self) : NULL;
}

/* @value: (nullable): NULL takes the cookie away. */
static void
set_cookie (SandboxRequest *request, const char *value)
{
  g_autofree char *name = make_cookie_name (request);
  g_autofree char *header
      = g_strdup_printf ("%s=%s; Path=/; HttpOnly; SameSite=Lax%s", name,
                         value != NULL ? value : "", value != NULL ? "" : "; Max-Age=0");

  soup_message_headers_append (soup_server_message_get_response_headers (request->message),
                               "Set-Cookie", header);
}

void
sandbox_session_begin (SandboxRequest *request, const SandboxPerson *person)
{
  g_autofree char *value = NULL;
  g_autofree char *id = NULL;
  gint64 now = sandbox_clock_now ();
  sqlite3_stmt *statement;

  g_return_if_fail (request != NULL && person != NULL);

  statement = sandbox_store_prepare (request->store,
                                     "DELETE FROM \"IdentitySessions\" WHERE \"Expires\" < ?");
  sqlite3_bind_int64 (statement, 1, now);
  sqlite3_step (statement);
  sandbox_store_done (statement);

  value = sandbox_secret_make (VALUE_BYTES);
  id = sandbox_secret_make (ID_BYTES);
  statement = sandbox_store_prepare (
      request->store, "INSERT INTO \"IdentitySessions\" (\"Hash\", \"Id\", \"Person\", "
                      "\"SignedIn\", \"Expires\") VALUES (?, ?, ?, ?, ?)");
  sandbox_secret_bind (statement, 1, value);
  sqlite3_bind_text (statement, 2, id, -1, SQLITE_STATIC);
  sqlite3_bind_text (statement, 3, person->user_name, -1, SQLITE_STATIC);
  sqlite3_bind_int64 (statement, 4, now);
  sqlite3_bind_int64 (statement, 5, now + LIFE);
  sqlite3_step (statement);
  sandbox_store_done (statement);
  set_cookie (request, value);
}

void
sandbox_session_end (SandboxRequest *request)
{
  g_autofree char *value = NULL;
  sqlite3_stmt *statement;

  g_return_if_fail (request != NULL);

  value = find_cookie (request);
  if (value == NULL)
    return;

  statement = sandbox_store_prepare (request->store,
                                     "DELETE FROM \"IdentitySessions\" WHERE \"Hash\" = ?");
  sandbox_secret_bind (statement, 1, value);
  sqlite3_step (statement);
  sandbox_store_done (statement);
  set_cookie (request, NULL);
}
