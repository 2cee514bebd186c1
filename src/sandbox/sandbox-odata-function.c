/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sandbox-clock.h"
#include "sandbox-odata-sql-private.h"

/* The functions of a $filter. */

/* Longer ones would only be a burden for LIKE. */
#define MAX_PATTERN 10000

static gboolean
fail (SandboxSql *self,
      const SandboxExpression *at,
      SandboxODataErrorCode code,
      GError **error,
      const char *what)
{
  return sandbox_expression_fail (at, self->option, code, error, "%s", what);
}

static gboolean
is_literal (const SandboxExpression *expression)
{
  return expression->kind == SANDBOX_EXPRESSION_LITERAL;
}

const char *
sandbox_function_find_time_part (const char *function)
{
  static const char *const parts[][2]
      = { { "year", "%Y" }, { "month", "%m" },  { "day", "%d" },
          { "hour", "%H" }, { "minute", "%M" }, { "second", "%S" } };

  for (gsize i = 0; i < G_N_ELEMENTS (parts); i++)
    if (g_str_equal (parts[i][0], function))
      return parts[i][1];

  return NULL;
}

/* @name: contains, startswith or endswith. Returns: (transfer full): a pattern for LIKE with '\'
 * before what is meant as it is. */
static char *
make_pattern (const char *name, const char *text)
{
  GString *pattern = g_string_new (g_str_equal (name, "startswith") ? "" : "%");

  for (const char *c = text; *c != '\0'; c++)
    {
      if (*c == '%' || *c == '_' || *c == '\\')
        g_string_append_c (pattern, '\\');
      g_string_append_c (pattern, *c);
    }
  if (!g_str_equal (name, "endswith"))
    g_string_append_c (pattern, '%');

  return g_string_free (pattern, FALSE);
}

static gboolean
check_texts (SandboxSql *self, const SandboxExpression *call, GError **error)
{
  for (guint i = 0; i < call->operands->len; i++)
    {
      const SandboxExpression *operand = call->operands->pdata[i];
      SandboxKind kind;

      if (!sandbox_sql_describe (self, operand, &kind, error))
        return FALSE;
      if (kind.class != SANDBOX_CLASS_TEXT && kind.class != SANDBOX_CLASS_JSON)
        return sandbox_expression_fail (operand, self->option, SANDBOX_ODATA_ERROR_TYPE, error,
                                        "'%s' takes a text, not %s", call->text,
                                        sandbox_class_names[kind.class]);
      if (is_literal (operand) && operand->lexeme.length > MAX_PATTERN)
        return fail (self, operand, SANDBOX_ODATA_ERROR_LIMIT, error, "A text that is too long");
    }

  return TRUE;
}

static gboolean
append_search (SandboxSql *self, GString *sql, const SandboxExpression *call, GError **error)
{
  const SandboxExpression *text = call->operands->pdata[0];
  const SandboxExpression *part = call->operands->pdata[1];

  if (is_literal (part))
    {
      g_autofree char *pattern = make_pattern (call->text, part->text);

      g_string_append_c (sql, '(');
      if (!sandbox_sql_append_expression (self, sql, text, error))
        return FALSE;
      g_string_append (sql, " LIKE ? ESCAPE '\\')");
      sandbox_sql_add_binding (self, SANDBOX_LITERAL_STRING, 0, 0, pattern);
      return TRUE;
    }

  g_string_append (sql, "(instr(lower(");
  if (!sandbox_sql_append_expression (self, sql, text, error))
    return FALSE;
  g_string_append (sql, "), lower(");
  if (!sandbox_sql_append_expression (self, sql, part, error))
    return FALSE;
  if (g_str_equal (call->text, "contains"))
    g_string_append (sql, ")) > 0)");
  else if (g_str_equal (call->text, "startswith"))
    g_string_append (sql, ")) = 1)");
  else
    return fail (self, part, SANDBOX_ODATA_ERROR_UNSUPPORTED, error,
                 "'endswith' takes a text in quotes here");

  return TRUE;
}

/* Appends the operand, which is to be a time. */
static gboolean
append_time (SandboxSql *self, GString *sql, const SandboxExpression *call, GError **error)
{
  const SandboxExpression *operand = call->operands->pdata[0];
  SandboxKind kind;

  if (!sandbox_sql_describe (self, operand, &kind, error))
    return FALSE;
  if (kind.class != SANDBOX_CLASS_TIME)
    return sandbox_expression_fail (operand, self->option, SANDBOX_ODATA_ERROR_TYPE, error,
                                    "'%s' takes a time, not %s", call->text,
                                    sandbox_class_names[kind.class]);

  return sandbox_sql_append_expression (self, sql, operand, error);
}

static gboolean
append_time_part (
    SandboxSql *self, GString *sql, const SandboxExpression *call, const char *part, GError **error)
{
  g_string_append_printf (sql, "CAST(strftime('%s', ", part);
  if (!append_time (self, sql, call, error))
    return FALSE;
  g_string_append (sql, " / 1000000, 'unixepoch') AS INTEGER)");

  return TRUE;
}

/* The day as the time that it begins at, as a day in a filter is read. */
static gboolean
append_date (SandboxSql *self, GString *sql, const SandboxExpression *call, GError **error)
{
  g_string_append_c (sql, '(');
  if (!append_time (self, sql, call, error))
    return FALSE;
  g_string_append (sql, " / 86400000000 * 86400000000)");

  return TRUE;
}

/* Both operands with what stands around them. */
static gboolean
append_pair (SandboxSql *self,
             GString *sql,
             const SandboxExpression *call,
             const char *before,
             const char *between,
             const char *after,
             GError **error)
{
  g_string_append (sql, before);
  if (!sandbox_sql_append_expression (self, sql, call->operands->pdata[0], error))
    return FALSE;
  g_string_append (sql, between);
  if (!sandbox_sql_append_expression (self, sql, call->operands->pdata[1], error))
    return FALSE;
  g_string_append (sql, after);

  return TRUE;
}

gboolean
sandbox_sql_append_function (SandboxSql *self,
                             GString *sql,
                             const SandboxExpression *call,
                             GError **error)
{
  static const char *const names[][2] = {
    { "tolower", "lower(" },
    { "toupper", "upper(" },
    { "length", "length(" },
    { "trim", "trim(" },
  };

  if (sandbox_function_find_time_part (call->text) != NULL)
    return append_time_part (self, sql, call, sandbox_function_find_time_part (call->text), error);
  if (g_str_equal (call->text, "date"))
    return append_date (self, sql, call, error);
  if (g_str_equal (call->text, "now"))
    {
      g_string_append_c (sql, '?');
      sandbox_sql_add_binding (self, SANDBOX_LITERAL_TIME, sandbox_clock_now (), 0, NULL);
      return TRUE;
    }
  if (!check_texts (self, call, error))
    return FALSE;
  if (g_str_equal (call->text, "concat"))
    return append_pair (self, sql, call, "(", " || ", ")", error);
  /* OData counts from 0, and says -1 where there is none. */
  if (g_str_equal (call->text, "indexof"))
    return append_pair (self, sql, call, "(instr(", ", ", ") - 1)", error);

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      if (!g_str_equal (names[i][0], call->text))
        continue;
      g_string_append (sql, names[i][1]);
      if (!sandbox_sql_append_expression (self, sql, call->operands->pdata[0], error))
        return FALSE;
      g_string_append_c (sql, ')');
      return TRUE;
    }

  return append_search (self, sql, call, error);
}
