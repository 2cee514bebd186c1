/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>
#include <sqlite3.h>

G_BEGIN_DECLS

/**
 * SandboxStore:
 *
 * The one SQLite database of a sandbox, in memory or in a file (WAL, foreign keys on, schema
 * versioned with `user_version` and migrated). Used on one thread.
 */
#define SANDBOX_TYPE_STORE (sandbox_store_get_type ())
G_DECLARE_FINAL_TYPE (SandboxStore, sandbox_store, SANDBOX, STORE, GObject)

#define SANDBOX_STORE_ERROR (sandbox_store_error_quark ())
GQuark sandbox_store_error_quark (void);

typedef enum
{
  SANDBOX_STORE_ERROR_FAILED,
  SANDBOX_STORE_ERROR_IN_USE,  /* another process has the file */
  SANDBOX_STORE_ERROR_FOREIGN, /* the file is none of ours */
  SANDBOX_STORE_ERROR_TOO_NEW, /* a later version made it */
} SandboxStoreErrorCode;

/* @file: (nullable): NULL is in memory. */
SandboxStore *sandbox_store_new (const char *file, GError **error);

/* Returns: TRUE where the database has just been made and wants its seed. */
gboolean sandbox_store_is_new (SandboxStore *self);

/* Returns: TRUE where this process has made the database. */
gboolean sandbox_store_is_fresh (SandboxStore *self);

/* Says that the seed is in. Part of the transaction that brings it, so that a sandbox that was
 * killed while seeding begins again. */
void sandbox_store_set_seeded (SandboxStore *self);

/* Returns: (transfer none) (nullable): why the file failed since this was asked last, as at a full
 * disk; NULL where it did not. A transaction in which it failed is rolled back where it should have
 * been committed. */
const char *sandbox_store_take_failure (SandboxStore *self);
/* Sets @error where sandbox_store_take_failure() says why. */
gboolean sandbox_store_check (SandboxStore *self, const char *file, GError **error);

/* Returns: (transfer none): a prepared statement of @sql, reset and with its bindings cleared.
 * Statements are kept by their text, so call sandbox_store_done() when finished with it. Criticals
 * on SQL that does not compile; (nullable): NULL then, and where the file fails, which all
 * functions of statements take. */
sqlite3_stmt *sandbox_store_prepare (SandboxStore *self, const char *sql);
/* Runs one without a result to its end; criticals where that fails and the file does not. */
void sandbox_store_step (sqlite3_stmt *statement);
void sandbox_store_done (sqlite3_stmt *statement);

/* Runs SQL without a result; criticals as sandbox_store_step(). */
void sandbox_store_exec (SandboxStore *self, const char *sql);
/* The same for what only makes things faster: a file that takes no more has not failed by it. */
void sandbox_store_try (SandboxStore *self, const char *sql);

/* Transactions nest; the outermost one is real and durable when commit returns,
 * unless the file failed. */
void sandbox_store_begin (SandboxStore *self);
void sandbox_store_commit (SandboxStore *self);
void sandbox_store_rollback (SandboxStore *self);

gint64 sandbox_store_last_id (SandboxStore *self);
int sandbox_store_changes (SandboxStore *self);

/* Grows with each write, so that counts can be kept until it moves. */
guint64 sandbox_store_get_generation (SandboxStore *self);

/* Grows with each row that is written in @table or, where @rows_only, with each that comes or goes.
 */
guint64 sandbox_store_get_table_generation (SandboxStore *self,
                                            const char *table,
                                            gboolean rows_only);

/* Returns: (transfer full): all there is, in memory; free with sqlite3_close(). Outside of
 * transactions. */
sqlite3 *sandbox_store_copy (SandboxStore *self);
/* Puts @image in the place of all there is, in one transaction, and emits "restored": who keeps
 * what it read of the store forgets it then. */
gboolean sandbox_store_restore (SandboxStore *self, sqlite3 *image);
/* Returns: bytes of the database. */
gint64 sandbox_store_get_size (SandboxStore *self);

sqlite3 *sandbox_store_get_database (SandboxStore *self);

G_END_DECLS
