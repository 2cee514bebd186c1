/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sandbox-entity.h"
#include "sandbox-odata-filter.h"
#include "sandbox-store.h"

G_BEGIN_DECLS

/**
 * SandboxSql:
 *
 * A question to one entity set in the making: its conditions, joins and order as SQL. Values are
 * bound and never part of the text; names come from the tables of fields. The table is "t". One
 * thread.
 */
typedef struct _SandboxSql SandboxSql;

SandboxSql *sandbox_sql_new (const SandboxEntitySet *set);
void sandbox_sql_free (SandboxSql *self);

/* Adds a condition of the sandbox's own: SQL over "t" with a '?' for each of the @n_values. */
void sandbox_sql_add_condition (SandboxSql *self, const char *sql, guint n_values, ...);
/* The same with one text to bind. */
void sandbox_sql_add_text_condition (SandboxSql *self, const char *sql, const char *text);
/* Adds that @text is somewhere in @column, in any case. */
void sandbox_sql_add_search (SandboxSql *self, const char *column, const char *text);

/* Adds a $filter. Returns: FALSE with an error where it is about what the set does not have, or
 * compares what cannot be. */
gboolean sandbox_sql_add_filter (SandboxSql *self, SandboxExpression *filter, GError **error);

/* Adds a path of $orderby after those that are there. */
gboolean sandbox_sql_add_order (SandboxSql *self,
                                SandboxExpression *path,
                                gboolean descending,
                                GError **error);

/* Returns: (transfer full): "SELECT count(*) …". */
char *sandbox_sql_make_count (SandboxSql *self);
/* Returns: (transfer full): "SELECT t.rowid …" in order, or from its end where @reverse, with two
 * values to bind behind the others: LIMIT and OFFSET. */
char *sandbox_sql_make_page (SandboxSql *self, gboolean reverse);

/* Binds the values of the conditions. Returns: the number of the next one to bind. */
int sandbox_sql_bind (SandboxSql *self, sqlite3_stmt *statement);

/* Makes the indexes that the conditions and the order are served by. */
void sandbox_sql_want_indexes (SandboxSql *self, SandboxStore *store);

/* Returns: (transfer full): the conditions and their values, to know the same question again. */
char *sandbox_sql_make_fingerprint (SandboxSql *self);

/* Returns: a number that stays the same as long as nothing was written that may change which rows
 * the question finds. @with_order: or in which order. */
guint64 sandbox_sql_get_generation (SandboxSql *self, SandboxStore *store, gboolean with_order);

/* Appends a field's column or expression over the table @alias. */
void sandbox_sql_append_field (GString *sql, const char *alias, const SandboxField *field);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SandboxSql, sandbox_sql_free)

G_END_DECLS
