/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sandbox-retention.h"

#include "sandbox-blob.h"
#include "sandbox-clock.h"
#include "sandbox-csv.h"
#include "sandbox-schema.h"
#include "sandbox-sets.h"
#include "sandbox-statement.h"
#include "sandbox-zip.h"

#define DAY (G_GINT64_CONSTANT (24 * 3600) * G_USEC_PER_SEC)
/* Rows taken away at once, so that nobody waits for it. */
#define BATCH 500

/* An item that is over its time. */
typedef struct
{
  gint64 id;
  gint64 owner;
  gint64 bucket; /* 0: it is deleted */
} Old;

/* How long the shortest policy keeps anything: what was made later is not looked at. */
static gint64
find_shortest (SandboxStore *store, const SandboxEntitySet *set, gint64 days)
{
  g_autofree char *sql
      = g_strdup_printf ("SELECT min (ifnull (min (\"Period\"), ?1), ?1) FROM \"%s\"", set->name);

  return sandbox_statement_ask (store, sql, "i", days);
}

/* Returns: (transfer full) (element-type Old): some of what is over its time, by owner. */
static GArray *
list_old (SandboxStore *store, const SandboxRetention *self, gboolean stale)
{
  const SandboxEntitySet *set = stale ? self->stale : self->final;
  gint64 days = stale ? SANDBOX_RETENTION_STALE_DAYS : SANDBOX_RETENTION_FINAL_DAYS;
  gint64 now = sandbox_clock_now ();
  GArray *list = g_array_new (FALSE, FALSE, sizeof (Old));
  g_autofree char *sql = g_strdup_printf (
      "SELECT i.\"Id\", i.\"%s\" AS owner, CASE r.\"Action\" WHEN %d THEN r.\"BucketId\" ELSE 0 "
      "END "
      "FROM \"%s\" i LEFT JOIN \"%s\" r ON r.\"%s\" = i.\"%s\" WHERE i.\"TenantId\" IN (SELECT "
      "\"Id\" FROM \"Tenants\") AND i.\"CreationTime\" < ?1 AND (%s) AND %s < ?2 - ifnull "
      "(r.\"Period\", ?3) * ?4 AND (ifnull (r.\"Action\", %d) <> %d OR r.\"BucketId\" IN (SELECT "
      "\"Id\" FROM \"Buckets\")) LIMIT %d",
      self->item_owner, SANDBOX_RETENTION_ARCHIVE, self->items->name, set->name, set->key,
      self->item_owner, stale ? self->is_stale : self->is_final, self->time,
      SANDBOX_RETENTION_DELETE, SANDBOX_RETENTION_ARCHIVE, BATCH);
  g_autofree char *by_owner = g_strdup_printf ("SELECT * FROM (%s) ORDER BY owner, \"Id\"", sql);
  sqlite3_stmt *statement = sandbox_statement_open (
      store, by_owner, "iiii", now - find_shortest (store, set, days) * DAY, now, days, DAY);

  while (sqlite3_step (statement) == SQLITE_ROW)
    {
      Old old = { sqlite3_column_int64 (statement, 0), sqlite3_column_int64 (statement, 1),
                  sqlite3_column_int64 (statement, 2) };

      g_array_append_val (list, old);
    }
  sandbox_store_done (statement);

  return list;
}

/* Returns: (transfer full): "Archive/Queues/Queue-KEY/2026-11-29-ID.zip". */
static char *
make_path (SandboxStore *store, const SandboxRetention *self, gint64 owner)
{
  g_autofree char *sql
      = g_strdup_printf ("SELECT \"Key\" FROM \"%s\" WHERE \"Id\" = ?", self->owner->name);
  g_autofree char *key = sandbox_statement_ask_text (store, sql, "i", owner);
  g_autofree char *id = g_uuid_string_random ();
  g_autoptr (GDateTime) now = g_date_time_new_from_unix_utc (sandbox_clock_now () / G_USEC_PER_SEC);
  g_autofree char *date = g_date_time_format (now, "%Y-%m-%d");

  return g_strdup_printf ("%s%s/%s-%s.zip", self->archive, key != NULL ? key : "", date, id);
}

/* @n items of one owner. */
static void
archive (SandboxStore *store, const SandboxRetention *self, const Old *items, guint n)
{
  g_autoptr (SandboxShape) shape = sandbox_shape_new (self->items);
  g_autoptr (SandboxCsv) csv = sandbox_csv_new (store, shape);
  g_autoptr (GString) text = g_string_new (NULL);
  g_autofree char *path = make_path (store, self, items->owner);
  g_autofree char *name = g_strconcat (self->items->name, ".csv", NULL);
  g_autoptr (GBytes) content = NULL;
  SandboxZip *zip = sandbox_zip_new ();

  sandbox_csv_append_header (csv, text);
  for (guint i = 0; i < n; i++)
    sandbox_csv_append_row (csv, text, items[i].id);
  sandbox_zip_add (zip, name, sandbox_clock_now () / G_USEC_PER_SEC, text->str, text->len);
  content = sandbox_zip_end (zip);
  sandbox_blob_write (store, &sandbox_set_buckets, items->bucket, path, "application/zip", content);
}

/* The items of an owner have one policy. */
static void
archive_all (SandboxStore *store, const SandboxRetention *self, GArray *list)
{
  guint begin = 0;

  for (guint i = 1; i <= list->len; i++)
    {
      const Old *first = &g_array_index (list, Old, begin);

      if (i < list->len && g_array_index (list, Old, i).owner == first->owner)
        continue;
      if (first->bucket != 0)
        archive (store, self, first, i - begin);
      begin = i;
    }
}

/* Returns: (transfer full): their ids as a JSON array. */
static char *
make_ids (GArray *list)
{
  GString *json = g_string_new ("[");

  for (guint i = 0; i < list->len; i++)
    g_string_append_printf (json, "%s%" G_GINT64_FORMAT, i > 0 ? "," : "",
                            g_array_index (list, Old, i).id);
  g_string_append_c (json, ']');

  return g_string_free (json, FALSE);
}

static void
delete_rows (SandboxStore *store, const char *table, const char *column, const char *ids)
{
  g_autofree char *sql = g_strdup_printf (
      "DELETE FROM \"%s\" WHERE \"%s\" IN (SELECT value FROM json_each (?))", table, column);

  sandbox_statement_run (store, sql, "s", ids);
}

static gboolean
run_one (SandboxStore *store, const SandboxRetention *self, gboolean stale)
{
  g_autoptr (GArray) list = list_old (store, self, stale);
  g_autofree char *ids = make_ids (list);

  if (list->len == 0)
    return FALSE;

  archive_all (store, self, list);
  for (gsize i = 0; self->beside[i] != NULL; i++)
    delete_rows (store, self->beside[i], self->item_key, ids);
  delete_rows (store, self->items->name, "Id", ids);

  return list->len == BATCH;
}

gboolean
sandbox_retention_run (SandboxStore *store)
{
  gboolean more = FALSE;

  g_return_val_if_fail (SANDBOX_IS_STORE (store), FALSE);

  for (gsize i = 0; sandbox_retentions[i] != NULL; i++)
    {
      const SandboxRetention *self = sandbox_retentions[i];

      sandbox_schema_want_index (store, self->items,
                                 sandbox_entity_set_find_field (self->items, "CreationTime"));
      more |= run_one (store, self, FALSE);
      if (self->is_stale != NULL)
        more |= run_one (store, self, TRUE);
    }

  return more;
}
