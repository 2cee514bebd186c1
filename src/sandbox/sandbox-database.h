/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sandbox-store.h"

G_BEGIN_DECLS

/* What a SandboxStore wants of SQLite before it has a schema. */

/* To be called once, before any other function of SQLite. */
void sandbox_database_init (void);

/* Opens @file, which is made where it is not there, for this process alone. @file: (nullable): NULL
 * is in memory. @version: of the schema in it, 0 where there is none yet. Returns: (transfer full)
 * (nullable): free with sqlite3_close(); NULL with a SandboxStoreErrorCode. */
sqlite3 *sandbox_database_open (const char *file, gint64 *version, GError **error);

/* Returns: FALSE where it failed, as sqlite3_errcode() tells. */
gboolean sandbox_database_run (sqlite3 *database, const char *sql);
gboolean sandbox_database_read_number (sqlite3 *database, const char *sql, gint64 *number);
/* Puts all that @from holds in the place of what @to does. Returns: SQLITE_OK, or why not. */
int sandbox_database_copy (sqlite3 *to, sqlite3 *from);

G_END_DECLS
