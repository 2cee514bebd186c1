/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n.h>

#include "sandbox-database.h"

#include <fcntl.h>
#include <sys/mman.h>

#include <glib/gstdio.h>

#include "sandbox-schema.h"

/* "BtSb": tells a sandbox from any other SQLite file. */
#define FILE_ID 0x42745362
/* What the data that it begins with takes, and some more: bytes of a page, and pages. */
#define BYTES_OF_PAGE 4096
#define N_PAGES 1700
/* Milliseconds that another process has to let go of the file. */
#define PATIENCE 250

G_DEFINE_AUTOPTR_CLEANUP_FUNC (sqlite3, sqlite3_close)

/* Pages come out of one piece, that the kernel may back with few large ones of its own. Else each
 * costs a fault when it is first touched, and those a tenth of the time until the sandbox is
 * ready. */
static void
give_pages (void)
{
  int header = 0;
  gsize size;
  void *pages;

  sqlite3_config (SQLITE_CONFIG_PCACHE_HDRSZ, &header);
  size = (gsize)(BYTES_OF_PAGE + header) * N_PAGES;
  pages = mmap (NULL, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (pages == MAP_FAILED)
    return;
  madvise (pages, size, MADV_HUGEPAGE);
  sqlite3_config (SQLITE_CONFIG_PAGECACHE, pages, BYTES_OF_PAGE + header, N_PAGES);
}

void
sandbox_database_init (void)
{
  /* Nobody asks how much memory SQLite uses, and counting takes a lock at every piece of it. */
  sqlite3_config (SQLITE_CONFIG_MEMSTATUS, 0);
  give_pages ();
}

gboolean
sandbox_database_run (sqlite3 *database, const char *sql)
{
  return sqlite3_exec (database, sql, NULL, NULL, NULL) == SQLITE_OK;
}

gboolean
sandbox_database_read_number (sqlite3 *database, const char *sql, gint64 *number)
{
  sqlite3_stmt *statement = NULL;
  gboolean ok = sqlite3_prepare_v2 (database, sql, -1, &statement, NULL) == SQLITE_OK &&
                sqlite3_step (statement) == SQLITE_ROW;

  if (ok)
    *number = sqlite3_column_int64 (statement, 0);
  sqlite3_finalize (statement);

  return ok;
}

/* SQLite's own change the case of ASCII alone. */
static void
change_case (sqlite3_context *context, int n_values, sqlite3_value **values)
{
  char *(*change) (const char *, gssize) = sqlite3_user_data (context);
  const char *text = (const char *) sqlite3_value_text (values[0]);

  if (text != NULL)
    sqlite3_result_text (context, change (text, -1), -1, g_free);
}

static gboolean
fail (sqlite3 *database, const char *file, GError **error)
{
  int code = sqlite3_errcode (database);

  if (code == SQLITE_BUSY || code == SQLITE_LOCKED)
    g_set_error (
        error, SANDBOX_STORE_ERROR, SANDBOX_STORE_ERROR_IN_USE,
        _ ("%s is in use by another sandbox. Stop that one, or give this one a file of its own"),
        file);
  else if (code == SQLITE_NOTADB)
    g_set_error (error, SANDBOX_STORE_ERROR, SANDBOX_STORE_ERROR_FOREIGN,
                 _ ("%s is not a file of the sandbox. Give the name of a new file"), file);
  else
    g_set_error (error, SANDBOX_STORE_ERROR, SANDBOX_STORE_ERROR_FAILED, _ ("Cannot open %s: %s"),
                 file, sqlite3_errmsg (database));

  return FALSE;
}

static gboolean
check (sqlite3 *database, const char *file, gint64 *version, GError **error)
{
  gint64 id, n_tables;

  if (!sandbox_database_read_number (database, "PRAGMA application_id", &id) ||
      !sandbox_database_read_number (database, "PRAGMA user_version", version) ||
      !sandbox_database_read_number (database, "SELECT count(*) FROM sqlite_schema", &n_tables))
    return fail (database, file, error);

  if (id != FILE_ID && n_tables > 0)
    {
      g_set_error (error, SANDBOX_STORE_ERROR, SANDBOX_STORE_ERROR_FOREIGN,
                   _ ("%s is the database of another program. Give the name of a new file"), file);
      return FALSE;
    }
  if (*version > SANDBOX_SCHEMA_VERSION)
    {
      g_set_error (error, SANDBOX_STORE_ERROR, SANDBOX_STORE_ERROR_TOO_NEW,
                   _ ("%s was made by a later version of the sandbox. Give the name of a new file"),
                   file);
      return FALSE;
    }

  return TRUE;
}

/* What people write may be secret; SQLite gives what it puts beside the file the same mode. */
static void
make_private (const char *file)
{
  int fd = g_open (file, O_CREAT | O_EXCL | O_CLOEXEC | O_RDWR, 0600);

  if (fd >= 0)
    g_close (fd, NULL);
}

static gboolean
take_file (sqlite3 *database, const char *file, gint64 *version, GError **error)
{
  /* Exclusive, because two sandboxes over one file would each miss what the other keeps in memory.
   * With WAL, NORMAL loses nothing when the process is killed; only a power cut may take back the
   * last writes. */
  sqlite3_busy_timeout (database, PATIENCE);
  if (!sandbox_database_run (database, "PRAGMA locking_mode = EXCLUSIVE"))
    return fail (database, file, error);
  if (!check (database, file, version, error))
    return FALSE;
  if (!sandbox_database_run (database, "PRAGMA journal_mode = WAL") ||
      !sandbox_database_run (database, "PRAGMA synchronous = NORMAL") ||
      !sandbox_database_run (database, "BEGIN IMMEDIATE; COMMIT"))
    return fail (database, file, error);

  return TRUE;
}

/* What is copied out of memory is known by it, too. */
static gboolean
mark (sqlite3 *database)
{
  g_autofree char *pragma = g_strdup_printf ("PRAGMA application_id = %d", FILE_ID);

  return sandbox_database_run (database, pragma);
}

static void
add_functions (sqlite3 *database)
{
  sqlite3_create_function (database, "lower", 1, SQLITE_UTF8 | SQLITE_DETERMINISTIC, g_utf8_strdown,
                           change_case, NULL, NULL);
  sqlite3_create_function (database, "upper", 1, SQLITE_UTF8 | SQLITE_DETERMINISTIC, g_utf8_strup,
                           change_case, NULL, NULL);
}

sqlite3 *
sandbox_database_open (const char *file, gint64 *version, GError **error)
{
  g_autoptr (sqlite3) database = NULL;
  const char *name = file != NULL ? file : ":memory:";

  g_return_val_if_fail (version != NULL, NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  *version = 0;
  if (file != NULL)
    make_private (file);
  if (sqlite3_open_v2 (name, &database,
                       SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX,
                       NULL) != SQLITE_OK)
    {
      fail (database, name, error);
      return NULL;
    }
  if (file != NULL && !take_file (database, file, version, error))
    return NULL;
  if (!mark (database))
    {
      fail (database, name, error);
      return NULL;
    }
  add_functions (database);

  return g_steal_pointer (&database);
}

int
sandbox_database_copy (sqlite3 *to, sqlite3 *from)
{
  sqlite3_backup *backup = sqlite3_backup_init (to, "main", from, "main");
  int code = backup != NULL ? sqlite3_backup_step (backup, -1) : SQLITE_ERROR;

  if (code == SQLITE_DONE)
    return sqlite3_backup_finish (backup);
  if (backup != NULL)
    sqlite3_backup_finish (backup);

  return code;
}
