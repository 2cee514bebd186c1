/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sandbox-export.h"

#include "sandbox-clock.h"
#include "sandbox-csv.h"
#include "sandbox-row.h"
#include "sandbox-sets.h"
#include "sandbox-statement.h"

#define ERROR_INVALID_REQUEST 1000
#define DATA_KEY "sandbox-exporter"
/* Rows that are written before others get their turn. */
#define BATCH 500

typedef struct
{
  gint64 id;
  GArray *ids; /* (owned): gint64 */
  guint position;
  guint part;
  gint64 size;
  SandboxShape *shape; /* (owned) */
  SandboxCsv *csv;     /* (owned) */
} Export;

typedef struct
{
  SandboxStore *store; /* (owned) */
  GQueue exports;      /* Export, owned: the first is being written */
  guint idle;
} Exporter;

static void
export_free (Export *self)
{
  g_array_unref (self->ids);
  sandbox_csv_free (self->csv);
  sandbox_shape_free (self->shape);
  g_free (self);
}

static void
exporter_free (Exporter *self)
{
  if (self->idle != 0)
    g_source_remove (self->idle);
  g_queue_clear_full (&self->exports, (GDestroyNotify)export_free);
  g_object_unref (self->store);
  g_free (self);
}

static void
write_part (Exporter *self, Export *export)
{
  g_autoptr (GString) text = g_string_new (NULL);
  guint end = MIN (export->position + BATCH, export->ids->len);

  if (export->position == 0)
    sandbox_csv_append_header (export->csv, text);
  for (; export->position < end; export->position++)
    sandbox_csv_append_row (export->csv, text,
                            g_array_index (export->ids, gint64, export->position));

  export->size += (gint64)text->len;
  sandbox_statement_run (
      self->store,
      "INSERT INTO \"ExportParts\" (\"ExportId\", \"Part\", \"Text\") VALUES (?, ?, ?)", "iis",
      export->id, (gint64) export->part++, text->str);
}

static gboolean
write_cb (gpointer user_data)
{
  Exporter *self = user_data;
  Export *export = g_queue_peek_head (&self->exports);
  gboolean done;

  g_assert (export != NULL);

  sandbox_store_begin (self->store);
  write_part (self, export);
  done = export->position == export->ids->len;
  sandbox_update (self->store, "Exports", export->id,
                  SANDBOX_ENUM ("Status", done ? "Completed" : "InProgress"),
                  SANDBOX_INT ("Size", export->size),
                  SANDBOX_TIME ("ExecutedAt", done ? sandbox_clock_now () : 0));
  sandbox_store_commit (self->store);

  if (done)
    export_free (g_queue_pop_head (&self->exports));
  if (!g_queue_is_empty (&self->exports))
    return G_SOURCE_CONTINUE;
  self->idle = 0;

  return G_SOURCE_REMOVE;
}

void
sandbox_export_init (SandboxServer *server)
{
  Exporter *self;

  g_return_if_fail (SANDBOX_IS_SERVER (server));

  self = g_new0 (Exporter, 1);
  self->store = g_object_ref (sandbox_server_get_store (server));
  g_object_set_data_full (G_OBJECT (server), DATA_KEY, self, (GDestroyNotify)exporter_free);
  sandbox_store_exec (self->store,
                      "CREATE TABLE IF NOT EXISTS \"ExportParts\" (\"ExportId\" INTEGER NOT NULL, "
                      "\"Part\" INTEGER NOT NULL, \"Text\" TEXT NOT NULL, "
                      "PRIMARY KEY (\"ExportId\", \"Part\"))");
  sandbox_statement_run (self->store, "UPDATE \"Exports\" SET \"Status\" = ? WHERE \"Status\" < ?",
                         "ii", (gint64)sandbox_row_get_enum ("Exports", "Status", "Failed"),
                         (gint64)sandbox_row_get_enum ("Exports", "Status", "Completed"));
}

/* Returns: (transfer full): all that @sql finds, in order. */
static GArray *
find_ids (SandboxRequest *request, SandboxSql *sql, const SandboxQuery *query)
{
  GArray *ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autofree char *text = sandbox_sql_make_page (sql, FALSE);
  sqlite3_stmt *statement;
  int n;

  sandbox_sql_want_indexes (sql, request->store);
  statement = sandbox_store_prepare (request->store, text);
  n = sandbox_sql_bind (sql, statement);
  sqlite3_bind_int64 (statement, n, query->top);
  sqlite3_bind_int64 (statement, n + 1, query->skip);
  while (sqlite3_step (statement) == SQLITE_ROW)
    {
      gint64 id = sqlite3_column_int64 (statement, 0);

      g_array_append_val (ids, id);
    }
  sandbox_store_done (statement);

  return ids;
}

static gint64
add_row (SandboxRequest *request, const char *type, const char *name)
{
  gint64 seconds = sandbox_clock_now () / G_USEC_PER_SEC;
  g_autoptr (GDateTime) now = g_date_time_new_from_unix_utc (seconds);
  g_autofree char *date = g_date_time_format (now, "%Y%m%d-%H%M%S");
  g_autofree char *file = g_strdup_printf ("%s-%s.csv", name, date);

  return sandbox_insert (request->store, "Exports", SANDBOX_INT ("TenantId", request->tenant),
                         SANDBOX_INT ("UserId", request->user), SANDBOX_TEXT ("Name", file),
                         SANDBOX_ENUM ("Type", type), SANDBOX_ENUM ("Status", "New"),
                         SANDBOX_TIME ("RequestedAt", seconds * G_USEC_PER_SEC));
}

void
sandbox_export_reply (SandboxRequest *request,
                      const SandboxEntitySet *set,
                      SandboxSql *sql,
                      const char *type,
                      const char *name)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SandboxQuery) query = NULL;
  Exporter *self;
  Export *export;

  g_return_if_fail (request != NULL && set != NULL && sql != NULL);
  g_return_if_fail (type != NULL && name != NULL);

  query = sandbox_query_parse (set, request->query, FALSE, &error);
  if (query == NULL || !sandbox_query_apply (query, sql, &error))
    {
      sandbox_reply_error (request, 400, ERROR_INVALID_REQUEST, "%s", error->message);
      return;
    }

  self = g_object_get_data (G_OBJECT (request->server), DATA_KEY);
  g_return_if_fail (self != NULL);

  export = g_new0 (Export, 1);
  export->ids = find_ids (request, sql, query);
  export->shape = g_steal_pointer (&query->shape);
  export->csv = sandbox_csv_new (request->store, export->shape);
  export->id = add_row (request, type, name);
  g_queue_push_tail (&self->exports, export);
  if (self->idle == 0)
    self->idle = g_idle_add (write_cb, self);
  sandbox_reply_entity (request, 200, &sandbox_set_exports, export->id);
}
