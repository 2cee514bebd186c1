/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n.h>

#include "sandbox-store.h"

#include "sandbox-database.h"
#include "sandbox-schema.h"

/* Filters come with any text, so that statements have no end; those asked for longest ago go first.
 */
#define MAX_STATEMENTS 400
/* Nobody holds a statement while asking for this many others. */
#define YOUNG 100

typedef struct
{
  sqlite3_stmt *statement; /* (owned) */
  guint64 used;
} Statement;

typedef struct
{
  guint64 rows;
  guint64 writes;
} Generation;

struct _SandboxStore
{
  GObject parent_instance;

  sqlite3 *database;       /* (owned) */
  GHashTable *statements;  /* (owned): SQL -> Statement */
  GHashTable *generations; /* (owned): table -> Generation */
  const char *last_table;  /* (unowned) (nullable): of SQLite, compared and never read */
  Generation *last;        /* (unowned) (nullable): of @last_table */
  guint64 clock;           /* of @statements */
  guint depth;             /* of transactions */
  guint n_begun;           /* of @n_failures, when the outermost of them began */
  guint n_taken;           /* of @n_failures, that were told */
  guint64 n_restored;
  gboolean is_new;
  gboolean is_fresh;
  gboolean forgetting;
};

enum
{
  RESTORED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

/* Of any store: the end of a statement does not say whose it is. */
static guint n_failures;
static int last_failure; /* of SQLite */

G_DEFINE_FINAL_TYPE (SandboxStore, sandbox_store, G_TYPE_OBJECT)
G_DEFINE_QUARK (sandbox - store - error - quark, sandbox_store_error)

static void
statement_free (Statement *self)
{
  sqlite3_finalize (self->statement);
  g_free (self);
}

/* Returns: TRUE where the file failed, as at a full disk: no mistake of the program. */
static gboolean
is_of_file (int code)
{
  static const int codes[] = { SQLITE_FULL,     SQLITE_IOERR,   SQLITE_READONLY,
                               SQLITE_CANTOPEN, SQLITE_CORRUPT, SQLITE_NOTADB };

  for (gsize i = 0; i < G_N_ELEMENTS (codes); i++)
    if (codes[i] == (code & 0xff))
      return TRUE;

  return FALSE;
}

static gboolean
note_failure (int code)
{
  if (!is_of_file (code))
    return FALSE;

  n_failures++;
  last_failure = code;

  return TRUE;
}

static Generation *
get_generation (SandboxStore *self, const char *table)
{
  Generation *generation = g_hash_table_lookup (self->generations, table);

  if (generation == NULL)
    {
      generation = g_new0 (Generation, 1);
      g_hash_table_insert (self->generations, g_strdup (table), generation);
    }

  return generation;
}

static void
updated_cb (void *user_data,
            int operation,
            const char *database,
            const char *table,
            sqlite3_int64 row)
{
  SandboxStore *self = user_data;

  g_assert (SANDBOX_IS_STORE (self));

  if (self->last_table != table)
    {
      self->last = get_generation (self, table);
      self->last_table = table;
    }
  self->last->writes++;
  if (operation != SQLITE_UPDATE)
    self->last->rows++;
}

static void
set_up (SandboxStore *self)
{
  sandbox_store_exec (self, "PRAGMA foreign_keys = ON");
  sandbox_store_exec (self, "PRAGMA temp_store = MEMORY");
  sandbox_store_exec (self, "PRAGMA cache_size = -65536");
  sqlite3_update_hook (self->database, updated_cb, self);

  sandbox_store_begin (self);
  sandbox_schema_prepare (self);
  if (!self->is_new)
    sandbox_store_set_seeded (self);
  sandbox_store_commit (self);
}

static void
sandbox_store_finalize (GObject *object)
{
  SandboxStore *self = SANDBOX_STORE (object);

  g_hash_table_unref (self->statements);
  g_hash_table_unref (self->generations);
  if (sqlite3_close (self->database) != SQLITE_OK)
    g_critical ("A statement outlives its store: %s", sqlite3_errmsg (self->database));

  G_OBJECT_CLASS (sandbox_store_parent_class)->finalize (object);
}

static void
sandbox_store_class_init (SandboxStoreClass *klass)
{
  sandbox_database_init ();
  signals[RESTORED] = g_signal_new ("restored", SANDBOX_TYPE_STORE, G_SIGNAL_RUN_LAST, 0, NULL,
                                    NULL, NULL, G_TYPE_NONE, 0);
  G_OBJECT_CLASS (klass)->finalize = sandbox_store_finalize;
}

static void
sandbox_store_init (SandboxStore *self)
{
  self->n_taken = n_failures;
  self->statements = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                            (GDestroyNotify) statement_free);
  self->generations = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
}

SandboxStore *
sandbox_store_new (const char *file, GError **error)
{
  g_autoptr (SandboxStore) self = g_object_new (SANDBOX_TYPE_STORE, NULL);
  gint64 version;

  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  self->database = sandbox_database_open (file, &version, error);
  if (self->database == NULL)
    return NULL;

  self->is_new = version == 0;
  self->is_fresh = self->is_new;
  set_up (self);
  if (!sandbox_store_check (self, file != NULL ? file : "memory", error))
    return NULL;

  return g_steal_pointer (&self);
}

gboolean
sandbox_store_is_new (SandboxStore *self)
{
  g_return_val_if_fail (SANDBOX_IS_STORE (self), FALSE);

  return self->is_new;
}

gboolean
sandbox_store_is_fresh (SandboxStore *self)
{
  g_return_val_if_fail (SANDBOX_IS_STORE (self), FALSE);

  return self->is_fresh;
}

void
sandbox_store_set_seeded (SandboxStore *self)
{
  g_autofree char *sql = g_strdup_printf ("PRAGMA user_version = %d", SANDBOX_SCHEMA_VERSION);

  g_return_if_fail (SANDBOX_IS_STORE (self));

  sandbox_store_exec (self, sql);
  self->is_new = FALSE;
}

const char *
sandbox_store_take_failure (SandboxStore *self)
{
  gboolean failed;

  g_return_val_if_fail (SANDBOX_IS_STORE (self), NULL);

  failed = self->n_taken != n_failures;
  self->n_taken = n_failures;

  return failed ? sqlite3_errstr (last_failure) : NULL;
}

gboolean
sandbox_store_check (SandboxStore *self, const char *file, GError **error)
{
  const char *failure = sandbox_store_take_failure (self);

  if (failure != NULL)
    g_set_error (error, SANDBOX_STORE_ERROR, SANDBOX_STORE_ERROR_FAILED, _ ("Cannot open %s: %s"),
                 file, failure);

  return failure == NULL;
}

/* What keeps what it read of the store forgets it. */
static void
forget (SandboxStore *self)
{
  GHashTableIter iter;
  gpointer generation;

  /* Who writes when told of it may fail again. */
  if (self->forgetting)
    return;

  self->forgetting = TRUE;
  self->n_restored++;
  self->last_table = NULL;
  g_hash_table_iter_init (&iter, self->generations);
  while (g_hash_table_iter_next (&iter, NULL, &generation))
    {
      ((Generation *) generation)->rows++;
      ((Generation *) generation)->writes++;
    }
  g_signal_emit (self, signals[RESTORED], 0);
  self->forgetting = FALSE;
}

static gboolean
is_spoilt (SandboxStore *self)
{
  return self->depth > 0 && self->n_begun != n_failures;
}

/* SQLite itself ends a transaction at some failures. What comes after in it must not be kept
 * either. */
static void
stay_in_transaction (SandboxStore *self)
{
  if (is_spoilt (self) && sqlite3_get_autocommit (self->database))
    sandbox_database_run (self->database, "BEGIN");
}

static void
end_spoilt (SandboxStore *self)
{
  self->depth--;
  if (self->depth > 0)
    return;
  if (!sqlite3_get_autocommit (self->database))
    sandbox_database_run (self->database, "ROLLBACK");
  forget (self);
}

static gboolean
is_old (gpointer key, gpointer value, gpointer user_data)
{
  Statement *entry = value;
  guint64 *before = user_data;

  return entry->used < *before && !sqlite3_stmt_busy (entry->statement);
}

static void
evict (SandboxStore *self)
{
  guint64 before = self->clock - MAX (MAX_STATEMENTS / 2, YOUNG);

  g_hash_table_foreach_remove (self->statements, is_old, &before);
}

sqlite3_stmt *
sandbox_store_prepare (SandboxStore *self, const char *sql)
{
  Statement *entry;

  g_return_val_if_fail (SANDBOX_IS_STORE (self), NULL);
  g_return_val_if_fail (sql != NULL, NULL);

  self->clock++;
  stay_in_transaction (self);
  entry = g_hash_table_lookup (self->statements, sql);
  if (entry == NULL)
    {
      sqlite3_stmt *statement = NULL;

      if (g_hash_table_size (self->statements) >= MAX_STATEMENTS)
        evict (self);
      if (sqlite3_prepare_v3 (self->database, sql, -1, SQLITE_PREPARE_PERSISTENT, &statement,
                              NULL) != SQLITE_OK)
        {
          if (!note_failure (sqlite3_errcode (self->database)))
            g_critical ("%s in: %s", sqlite3_errmsg (self->database), sql);
          return NULL;
        }
      entry = g_new0 (Statement, 1);
      entry->statement = statement;
      g_hash_table_insert (self->statements, g_strdup (sql), entry);
    }
  else if (sqlite3_stmt_busy (entry->statement))
    {
      g_critical ("A statement is asked for while it runs: %s", sql);
      sandbox_store_done (entry->statement);
    }
  entry->used = self->clock;

  return entry->statement;
}

void
sandbox_store_step (sqlite3_stmt *statement)
{
  int code = statement != NULL ? sqlite3_step (statement) : SQLITE_DONE;

  /* That of a file is noted when the statement is done. */
  if (code != SQLITE_DONE && !is_of_file (code))
    g_critical ("%s: %s", sqlite3_sql (statement),
                sqlite3_errmsg (sqlite3_db_handle (statement)));
}

void
sandbox_store_done (sqlite3_stmt *statement)
{
  if (statement == NULL)
    return;

  note_failure (sqlite3_reset (statement));
  sqlite3_clear_bindings (statement);
}

void
sandbox_store_exec (SandboxStore *self, const char *sql)
{
  g_return_if_fail (SANDBOX_IS_STORE (self));
  g_return_if_fail (sql != NULL);

  stay_in_transaction (self);
  if (!sandbox_database_run (self->database, sql) && !note_failure (sqlite3_errcode (self->database)))
    g_critical ("%s in: %s", sqlite3_errmsg (self->database), sql);
}

void
sandbox_store_try (SandboxStore *self, const char *sql)
{
  g_return_if_fail (SANDBOX_IS_STORE (self));
  g_return_if_fail (sql != NULL);

  /* In a transaction SQLite may take the rest of it back as well. */
  if (self->depth > 0)
    sandbox_store_exec (self, sql);
  else if (!sandbox_database_run (self->database, sql) && !is_of_file (sqlite3_errcode (self->database)))
    g_critical ("%s in: %s", sqlite3_errmsg (self->database), sql);
}

void
sandbox_store_begin (SandboxStore *self)
{
  g_return_if_fail (SANDBOX_IS_STORE (self));

  if (self->depth == 0)
    {
      self->n_begun = n_failures;
      sandbox_store_exec (self, "BEGIN IMMEDIATE");
    }
  else if (!is_spoilt (self))
    {
      g_autofree char *sql = g_strdup_printf ("SAVEPOINT level%u", self->depth);

      sandbox_store_exec (self, sql);
    }
  self->depth++;
}

void
sandbox_store_commit (SandboxStore *self)
{
  g_return_if_fail (SANDBOX_IS_STORE (self));
  g_return_if_fail (self->depth > 0);

  if (self->depth == 1 && !is_spoilt (self))
    sandbox_store_exec (self, "COMMIT");
  if (is_spoilt (self))
    {
      end_spoilt (self);
      return;
    }

  self->depth--;
  if (self->depth > 0)
    {
      g_autofree char *sql = g_strdup_printf ("RELEASE level%u", self->depth);

      sandbox_store_exec (self, sql);
    }
}

void
sandbox_store_rollback (SandboxStore *self)
{
  g_return_if_fail (SANDBOX_IS_STORE (self));
  g_return_if_fail (self->depth > 0);

  if (is_spoilt (self))
    {
      end_spoilt (self);
      return;
    }

  self->depth--;
  if (self->depth == 0)
    sandbox_store_exec (self, "ROLLBACK");
  else
    {
      g_autofree char *sql = g_strdup_printf ("ROLLBACK TO level%u; RELEASE level%u", self->depth,
                                              self->depth);

      sandbox_store_exec (self, sql);
    }
}

gint64
sandbox_store_last_id (SandboxStore *self)
{
  g_return_val_if_fail (SANDBOX_IS_STORE (self), 0);

  return sqlite3_last_insert_rowid (self->database);
}

int
sandbox_store_changes (SandboxStore *self)
{
  g_return_val_if_fail (SANDBOX_IS_STORE (self), 0);

  return sqlite3_changes (self->database);
}

guint64
sandbox_store_get_generation (SandboxStore *self)
{
  g_return_val_if_fail (SANDBOX_IS_STORE (self), 0);

  return (guint64) sqlite3_total_changes64 (self->database) + self->n_restored;
}

guint64
sandbox_store_get_table_generation (SandboxStore *self, const char *table, gboolean rows_only)
{
  Generation *generation;

  g_return_val_if_fail (SANDBOX_IS_STORE (self), 0);
  g_return_val_if_fail (table != NULL, 0);

  generation = get_generation (self, table);

  return rows_only ? generation->rows : generation->writes;
}

static gboolean
copy (sqlite3 *to, sqlite3 *from)
{
  int code = sandbox_database_copy (to, from);

  if (code != SQLITE_OK && !note_failure (code))
    g_critical ("Cannot copy the database: %s", sqlite3_errmsg (to));

  return code == SQLITE_OK;
}

sqlite3 *
sandbox_store_copy (SandboxStore *self)
{
  sqlite3 *image = NULL;

  g_return_val_if_fail (SANDBOX_IS_STORE (self), NULL);
  g_return_val_if_fail (self->depth == 0, NULL);

  sqlite3_open (":memory:", &image);
  copy (image, self->database);

  return image;
}

gboolean
sandbox_store_restore (SandboxStore *self, sqlite3 *image)
{
  g_return_val_if_fail (SANDBOX_IS_STORE (self), FALSE);
  g_return_val_if_fail (self->depth == 0 && image != NULL, FALSE);

  if (!copy (self->database, image))
    return FALSE;

  forget (self);

  return TRUE;
}

gint64
sandbox_store_get_size (SandboxStore *self)
{
  gint64 n_pages = 0, page_size = 0;

  g_return_val_if_fail (SANDBOX_IS_STORE (self), 0);

  sandbox_database_read_number (self->database, "PRAGMA page_count", &n_pages);
  sandbox_database_read_number (self->database, "PRAGMA page_size", &page_size);

  return n_pages * page_size;
}

sqlite3 *
sandbox_store_get_database (SandboxStore *self)
{
  g_return_val_if_fail (SANDBOX_IS_STORE (self), NULL);

  return self->database;
}
