/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sandbox-blob.h"

#include <string.h>

#include "sandbox-blob-access.h"
#include "sandbox-clock.h"
#include "sandbox-sets.h"
#include "sandbox-statement.h"
#include "sandbox-secret.h"

void
sandbox_blob_clear (SandboxBlob *self)
{
  g_clear_pointer (&self->content, g_bytes_unref);
  g_clear_pointer (&self->type, g_free);
}

void
sandbox_blob_prepare (SandboxStore *store)
{
  static const char *const owners[] = { "Attachments", "Buckets", "Libraries", "Processes" };

  g_return_if_fail (SANDBOX_IS_STORE (store));

  sandbox_store_exec (store, "CREATE TABLE IF NOT EXISTS \"Blobs\" ("
                             "\"Id\" INTEGER PRIMARY KEY AUTOINCREMENT, \"SetName\" TEXT NOT NULL, "
                             "\"OwnerId\" INTEGER NOT NULL, \"Path\" TEXT NOT NULL, "
                             "\"ContentType\" TEXT, \"Modified\" INTEGER NOT NULL, "
                             "\"Size\" INTEGER NOT NULL, \"Content\" BLOB NOT NULL, "
                             "UNIQUE (\"SetName\", \"OwnerId\", \"Path\"))");
  for (gsize i = 0; i < G_N_ELEMENTS (owners); i++)
    {
      g_autofree char *sql = g_strdup_printf (
          "CREATE TRIGGER IF NOT EXISTS \"%sBlobs\" AFTER DELETE ON \"%s\" BEGIN DELETE FROM"
          " \"Blobs\" WHERE \"SetName\" = '%s' AND \"OwnerId\" = OLD.rowid; END",
          owners[i], owners[i], owners[i]);

      sandbox_store_exec (store, sql);
    }
}

void
sandbox_blob_write (SandboxStore *store,
                    const SandboxEntitySet *set,
                    gint64 owner,
                    const char *path,
                    const char *type,
                    GBytes *content)
{
  sqlite3_stmt *statement;
  gsize length;
  gconstpointer data;

  g_return_if_fail (SANDBOX_IS_STORE (store) && set != NULL && path != NULL && content != NULL);

  data = g_bytes_get_data (content, &length);
  statement = sandbox_statement_open (
      store,
      "INSERT INTO \"Blobs\" (\"SetName\", \"OwnerId\", \"Path\", \"ContentType\", \"Modified\","
      " \"Size\", \"Content\") VALUES (?, ?, ?, ?, ?, ?, ?)"
      " ON CONFLICT (\"SetName\", \"OwnerId\", \"Path\") DO UPDATE SET"
      " \"ContentType\" = excluded.\"ContentType\", \"Modified\" = excluded.\"Modified\","
      " \"Size\" = excluded.\"Size\", \"Content\" = excluded.\"Content\"",
      "sissii", set->name, owner, path, type, sandbox_clock_now (), (gint64)length);
  sqlite3_bind_blob64 (statement, 7, length > 0 ? data : "", length, SQLITE_STATIC);
  sandbox_store_step (statement);
  sandbox_store_done (statement);
}

gboolean
sandbox_blob_read (
    SandboxBlob *self, SandboxStore *store, const char *set, gint64 owner, const char *path)
{
  sqlite3_stmt *statement;
  gboolean found;

  g_return_val_if_fail (self != NULL && SANDBOX_IS_STORE (store), FALSE);

  statement = sandbox_statement_open (
      store,
      "SELECT \"Content\", \"ContentType\", \"Modified\" FROM \"Blobs\" WHERE \"SetName\" = ?"
      " AND \"OwnerId\" = ? AND \"Path\" = ?",
      "sis", set, owner, path);
  found = sqlite3_step (statement) == SQLITE_ROW;
  if (found)
    {
      self->content = g_bytes_new (sqlite3_column_blob (statement, 0),
                                   (gsize)sqlite3_column_bytes (statement, 0));
      self->type = g_strdup ((const char *)sqlite3_column_text (statement, 1));
      self->modified = sqlite3_column_int64 (statement, 2);
    }
  sandbox_store_done (statement);

  return found;
}

gboolean
sandbox_blob_delete (SandboxStore *store,
                     const SandboxEntitySet *set,
                     gint64 owner,
                     const char *path)
{
  g_return_val_if_fail (SANDBOX_IS_STORE (store) && set != NULL && path != NULL, FALSE);

  sandbox_statement_run (
      store, "DELETE FROM \"Blobs\" WHERE \"SetName\" = ? AND \"OwnerId\" = ? AND \"Path\" = ?",
      "sis", set->name, owner, path);

  return sandbox_store_changes (store) > 0;
}

void
sandbox_blob_append_access (GString *json,
                            SandboxRequest *request,
                            const SandboxEntitySet *set,
                            gint64 owner,
                            const char *path,
                            const char *verb,
                            const char *type,
                            int minutes)
{
  /* As a storage of Azure wants it, which the service's own files lie in (fact sheet 6.14). */
  const char *const headers[]
      = { "x-ms-blob-type", "BlockBlob", type != NULL ? "Content-Type" : NULL, type, NULL };
  g_autofree char *encoded = sandbox_secret_encode ((const guint8 *)path, strlen (path));
  g_autofree char *address
      = g_strdup_printf ("/api/Blobs/%s/%" G_GINT64_FORMAT "/_%s", set->name, owner, encoded);

  g_return_if_fail (json != NULL && request != NULL);

  sandbox_blob_access_append (json, request, address, verb, minutes,
                              g_str_equal (verb, SOUP_METHOD_PUT) ? headers : NULL);
}
