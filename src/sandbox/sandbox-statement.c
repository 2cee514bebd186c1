/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sandbox-statement.h"

static sqlite3_stmt *
open (SandboxStore *store, const char *sql, const char *types, va_list values)
{
  sqlite3_stmt *statement = sandbox_store_prepare (store, sql);

  for (int i = 0; types[i] != '\0'; i++)
    {
      if (types[i] == 'i')
        sqlite3_bind_int64 (statement, i + 1, va_arg (values, gint64));
      else
        sqlite3_bind_text (statement, i + 1, va_arg (values, const char *), -1, SQLITE_STATIC);
    }

  return statement;
}

#define OPEN(statement)                                                                            \
  va_list values;                                                                                  \
  sqlite3_stmt *statement;                                                                         \
                                                                                                   \
  va_start (values, types);                                                                        \
  statement = open (store, sql, types, values);                                                    \
  va_end (values)

sqlite3_stmt *
sandbox_statement_open (SandboxStore *store, const char *sql, const char *types, ...)
{
  OPEN (statement);

  return statement;
}

void
sandbox_statement_run (SandboxStore *store, const char *sql, const char *types, ...)
{
  OPEN (statement);

  sandbox_store_step (statement);
  sandbox_store_done (statement);
}

gint64
sandbox_statement_ask (SandboxStore *store, const char *sql, const char *types, ...)
{
  gint64 number = 0;
  OPEN (statement);

  if (sqlite3_step (statement) == SQLITE_ROW)
    number = sqlite3_column_int64 (statement, 0);
  sandbox_store_done (statement);

  return number;
}

char *
sandbox_statement_ask_text (SandboxStore *store, const char *sql, const char *types, ...)
{
  char *text = NULL;
  OPEN (statement);

  if (sqlite3_step (statement) == SQLITE_ROW)
    text = g_strdup ((const char *)sqlite3_column_text (statement, 0));
  sandbox_store_done (statement);

  return text;
}
