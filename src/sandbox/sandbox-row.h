/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sandbox-store.h"

G_BEGIN_DECLS

/* Writing rows of entity sets: a row is an array of values, each with its column, up to a column of
 * NULL. */

typedef enum
{
  SANDBOX_VALUE_INT,
  SANDBOX_VALUE_TEXT, /* (nullable) */
  SANDBOX_VALUE_ENUM, /* by name; its number is looked up in the table of fields */
  SANDBOX_VALUE_NULL,
} SandboxValueKind;

typedef struct
{
  const char *column;
  SandboxValueKind kind;
  gint64 number;
  const char *text; /* (unowned): must live until the row is written */
} SandboxValue;

/* clang-format off */
#define SANDBOX_INT(column, number) { (column), SANDBOX_VALUE_INT, (number), NULL }
#define SANDBOX_TEXT(column, text) { (column), SANDBOX_VALUE_TEXT, 0, (text) }
#define SANDBOX_ENUM(column, name) { (column), SANDBOX_VALUE_ENUM, 0, (name) }
/* A number where @has is TRUE, else NULL. */
#define SANDBOX_INT_IF(column, has, number) \
  { (column), (has) ? SANDBOX_VALUE_INT : SANDBOX_VALUE_NULL, (number), NULL }
/* A time or an id, or NULL where it is 0. */
#define SANDBOX_TIME(column, time) SANDBOX_INT_IF (column, (time) != 0, (time))
#define SANDBOX_ID(column, id) SANDBOX_INT_IF (column, (id) != 0, (id))
/* clang-format on */

/* Returns: the rowid. */
gint64 sandbox_row_insert (SandboxStore *store, const char *set, const SandboxValue *values);
/* @id: the rowid. */
void sandbox_row_update (SandboxStore *store,
                         const char *set,
                         gint64 id,
                         const SandboxValue *values);
#define sandbox_insert(store, set, ...) \
  sandbox_row_insert ((store), (set), (const SandboxValue[]){ __VA_ARGS__, { NULL } })
#define sandbox_update(store, set, id, ...) \
  sandbox_row_update ((store), (set), (id), (const SandboxValue[]){ __VA_ARGS__, { NULL } })

/* Returns: (transfer none) (nullable): the next row, to live until the one after is asked for; NULL
 * after the last. All rows have the same columns, at most SANDBOX_ROW_MAX_COLUMNS, and hold no
 * SANDBOX_VALUE_ENUM. */
typedef const SandboxValue *(*SandboxRowNext) (gpointer user_data);
#define SANDBOX_ROW_MAX_COLUMNS 40

/* Writes many rows with one statement, several times faster than one by one: a table with
 * AUTOINCREMENT looks its sequence up once a statement. @next must not touch the store. */
void sandbox_row_insert_all (SandboxStore *store,
                             const char *set,
                             SandboxRowNext next,
                             gpointer user_data);

/* Copies @format to @buffer with its first "%u" or "%06u" replaced by @first and its second by
 * @second. In place of printf, whose format has to be a literal, and which costs more than writing
 * the row does. */
void sandbox_row_format (char *buffer, gsize size, const char *format, guint first, guint second);

/* Returns: the number of an enum's name, any case; -1 where it has no such name. */
int sandbox_row_find_enum (const char *set, const char *field, const char *name);
/* As above for a name that is in the code: criticals where it is unknown. */
int sandbox_row_get_enum (const char *set, const char *field, const char *name);

G_END_DECLS
