/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sandbox-store.h"

G_BEGIN_DECLS

/* Short questions to the store. @types has a letter for each '?' of @sql in their order: 'i' for a
 * gint64 (a literal needs its cast), 's' for a text, which may be NULL. */

/* Returns: (transfer none): a statement to step through, with its values bound; texts must live
 * until sandbox_store_done(). */
sqlite3_stmt *sandbox_statement_open (SandboxStore *store, const char *sql, const char *types, ...);
/* Runs what has no rows to read. */
void sandbox_statement_run (SandboxStore *store, const char *sql, const char *types, ...);
/* Returns: the number in the first column of the first row, 0 where there is no row. */
gint64 sandbox_statement_ask (SandboxStore *store, const char *sql, const char *types, ...);
/* Returns: (transfer full) (nullable): the text that is there. */
char *sandbox_statement_ask_text (SandboxStore *store, const char *sql, const char *types, ...);

G_END_DECLS
