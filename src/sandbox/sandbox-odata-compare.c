/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sandbox-odata-sql-private.h"

const char *const sandbox_class_names[] = {
  "null",   "a truth value", "a number",       "a text",
  "a GUID", "a time",        "an enumeration", "a JSON value",
};

static SandboxClass
get_field_class (const SandboxField *field)
{
  switch (field->type)
    {
    case SANDBOX_FIELD_INT32:
    case SANDBOX_FIELD_INT64:
    case SANDBOX_FIELD_DOUBLE:
      return SANDBOX_CLASS_NUMBER;
    case SANDBOX_FIELD_BOOL:
      return SANDBOX_CLASS_BOOL;
    case SANDBOX_FIELD_STRING:
      return SANDBOX_CLASS_TEXT;
    case SANDBOX_FIELD_GUID:
      return SANDBOX_CLASS_GUID;
    case SANDBOX_FIELD_TIME:
      return SANDBOX_CLASS_TIME;
    case SANDBOX_FIELD_ENUM:
      return SANDBOX_CLASS_ENUM;
    case SANDBOX_FIELD_JSON:
      return SANDBOX_CLASS_JSON;
    default:
      g_assert_not_reached ();
    }
}

static SandboxClass
get_literal_class (const SandboxExpression *literal)
{
  static const SandboxClass classes[] = {
    [SANDBOX_LITERAL_NULL] = SANDBOX_CLASS_NULL,      [SANDBOX_LITERAL_BOOL] = SANDBOX_CLASS_BOOL,
    [SANDBOX_LITERAL_INTEGER] = SANDBOX_CLASS_NUMBER, [SANDBOX_LITERAL_DOUBLE] = SANDBOX_CLASS_NUMBER,
    [SANDBOX_LITERAL_STRING] = SANDBOX_CLASS_TEXT,    [SANDBOX_LITERAL_GUID] = SANDBOX_CLASS_GUID,
    [SANDBOX_LITERAL_TIME] = SANDBOX_CLASS_TIME,
  };

  return classes[literal->literal];
}

gboolean
sandbox_sql_describe (SandboxSql *self,
                      const SandboxExpression *expression,
                      SandboxKind *kind,
                      GError **error)
{
  g_auto (SandboxPlace) place = { 0 };

  *kind = (SandboxKind){ SANDBOX_CLASS_BOOL, NULL };
  switch (expression->kind)
    {
    case SANDBOX_EXPRESSION_LITERAL:
      kind->class = get_literal_class (expression);
      return TRUE;

    case SANDBOX_EXPRESSION_PATH:
      if (!sandbox_sql_find_place (self, expression, &place, error))
        return FALSE;
      kind->field = place.field;
      kind->class = get_field_class (place.field);
      return TRUE;

    case SANDBOX_EXPRESSION_FUNCTION:
      if (g_str_equal (expression->text, "length") || g_str_equal (expression->text, "indexof")
          || sandbox_function_find_time_part (expression->text) != NULL)
        kind->class = SANDBOX_CLASS_NUMBER;
      else if (g_str_equal (expression->text, "date") || g_str_equal (expression->text, "now"))
        kind->class = SANDBOX_CLASS_TIME;
      else if (g_str_has_prefix (expression->text, "to") || g_str_equal (expression->text, "trim")
               || g_str_equal (expression->text, "concat"))
        kind->class = SANDBOX_CLASS_TEXT;
      return TRUE;

    case SANDBOX_EXPRESSION_NOT:
    case SANDBOX_EXPRESSION_BINARY:
    case SANDBOX_EXPRESSION_IN:
      return TRUE;

    default:
      g_assert_not_reached ();
    }
}

static gboolean
is_literal (const SandboxExpression *expression)
{
  return expression->kind == SANDBOX_EXPRESSION_LITERAL;
}

static gboolean
is_null (const SandboxExpression *expression)
{
  return is_literal (expression) && expression->literal == SANDBOX_LITERAL_NULL;
}

/* An enumeration's value by name or by number, both also in quotes. */
static gboolean
append_enum (SandboxSql *self,
             GString *sql,
             const SandboxExpression *literal,
             const SandboxField *field,
             GError **error)
{
  gint64 number = literal->number;

  if (literal->literal == SANDBOX_LITERAL_STRING)
    {
      number = sandbox_field_find_name (field, literal->text);
      if (number < 0 && !g_ascii_string_to_signed (literal->text, 10, 0, G_MAXINT32, &number, NULL))
        {
          g_autofree char *names = g_strjoinv (", ", (char **) field->names);

          return sandbox_expression_fail (literal, self->option, SANDBOX_ODATA_ERROR_UNKNOWN, error,
                                          "'%s' is one of %s, and not", field->name, names);
        }
    }

  g_string_append_c (sql, '?');
  sandbox_sql_add_binding (self, SANDBOX_LITERAL_INTEGER, number, 0, NULL);

  return TRUE;
}

static gboolean
is_enum_literal (const SandboxExpression *expression)
{
  return is_literal (expression) && (expression->literal == SANDBOX_LITERAL_STRING ||
                                     expression->literal == SANDBOX_LITERAL_INTEGER);
}

/* One side of a comparison, read as what the other side is. */
static gboolean
append_side (SandboxSql *self,
             GString *sql,
             const SandboxExpression *side,
             const SandboxKind *other,
             GError **error)
{
  if (other->class == SANDBOX_CLASS_ENUM && is_enum_literal (side))
    return append_enum (self, sql, side, other->field, error);

  return sandbox_sql_append_expression (self, sql, side, error);
}

static gboolean
check_sides (SandboxSql *self,
             const SandboxExpression *at,
             const SandboxExpression *left,
             const SandboxKind *left_kind,
             const SandboxExpression *right,
             const SandboxKind *right_kind,
             GError **error)
{
  if (left_kind->class == right_kind->class || left_kind->class == SANDBOX_CLASS_NULL ||
      right_kind->class == SANDBOX_CLASS_NULL || left_kind->class == SANDBOX_CLASS_JSON ||
      right_kind->class == SANDBOX_CLASS_JSON ||
      (left_kind->class == SANDBOX_CLASS_ENUM && is_enum_literal (right)) ||
      (right_kind->class == SANDBOX_CLASS_ENUM && is_enum_literal (left)))
    return TRUE;

  return sandbox_expression_fail (at, self->option, SANDBOX_ODATA_ERROR_TYPE, error,
                                  "Cannot compare %s with %s", sandbox_class_names[left_kind->class],
                                  sandbox_class_names[right_kind->class]);
}

/* In OData null is a value that equals itself, differs from all others and is neither more nor
 * less. */
static const char *
get_operator (SandboxOperator operator, gboolean has_value)
{
  switch (operator)
    {
    case SANDBOX_OPERATOR_EQ:
      return has_value ? " = " : " IS ";
    case SANDBOX_OPERATOR_NE:
      return " IS NOT ";
    case SANDBOX_OPERATOR_GT:
      return " > ";
    case SANDBOX_OPERATOR_GE:
      return " >= ";
    case SANDBOX_OPERATOR_LT:
      return " < ";
    case SANDBOX_OPERATOR_LE:
      return " <= ";
    case SANDBOX_OPERATOR_OR:
    case SANDBOX_OPERATOR_AND:
    default:
      g_assert_not_reached ();
    }
}

static gboolean
append_comparison (SandboxSql *self,
                   GString *sql,
                   const SandboxExpression *expression,
                   GError **error)
{
  const SandboxExpression *left = expression->operands->pdata[0];
  const SandboxExpression *right = expression->operands->pdata[1];
  gboolean has_value = (is_literal (left) && !is_null (left)) ||
                       (is_literal (right) && !is_null (right));
  SandboxKind left_kind, right_kind;

  if (!sandbox_sql_describe (self, left, &left_kind, error) || !sandbox_sql_describe (self, right, &right_kind, error) ||
      !check_sides (self, expression, left, &left_kind, right, &right_kind, error))
    return FALSE;

  g_string_append_c (sql, '(');
  if (!append_side (self, sql, left, &right_kind, error))
    return FALSE;
  g_string_append (sql, get_operator (expression->operator, has_value));
  if (!append_side (self, sql, right, &left_kind, error))
    return FALSE;
  g_string_append_c (sql, ')');

  return TRUE;
}

static gboolean
append_condition (SandboxSql *self,
                  GString *sql,
                  const SandboxExpression *expression,
                  GError **error)
{
  SandboxKind kind;

  if (!sandbox_sql_describe (self, expression, &kind, error))
    return FALSE;
  if (kind.class != SANDBOX_CLASS_BOOL && kind.class != SANDBOX_CLASS_JSON)
    return sandbox_expression_fail (expression, self->option, SANDBOX_ODATA_ERROR_TYPE, error,
                                    "Expected a condition, not %s", sandbox_class_names[kind.class]);

  return sandbox_sql_append_expression (self, sql, expression, error);
}

static gboolean
append_chain (SandboxSql *self, GString *sql, const SandboxExpression *expression, GError **error)
{
  for (guint i = 0; i < expression->operands->len; i++)
    {
      if (i > 0)
        g_string_append (sql, expression->operator== SANDBOX_OPERATOR_AND ? " AND " : " OR ");
      else
        g_string_append_c (sql, '(');
      if (!append_condition (self, sql, expression->operands->pdata[i], error))
        return FALSE;
    }
  g_string_append_c (sql, ')');

  return TRUE;
}

/* In a list, and there alone, the service takes a GUID in quotes too: the vendor's own SDK asks so. */
static gboolean
is_quoted_guid (const SandboxExpression *value, const SandboxKind *kind)
{
  return kind->class == SANDBOX_CLASS_GUID && is_literal (value) &&
         value->literal == SANDBOX_LITERAL_STRING && g_uuid_string_is_valid (value->text);
}

static gboolean
append_in (SandboxSql *self, GString *sql, const SandboxExpression *expression, GError **error)
{
  const SandboxExpression *left = expression->operands->pdata[0];
  gboolean has_null = FALSE;
  const char *separator = "";
  SandboxKind kind, other;

  if (!sandbox_sql_describe (self, left, &kind, error))
    return FALSE;

  g_string_append_c (sql, '(');
  if (!sandbox_sql_append_expression (self, sql, left, error))
    return FALSE;
  g_string_append (sql, " IN (");
  for (guint i = 1; i < expression->operands->len; i++)
    {
      const SandboxExpression *value = expression->operands->pdata[i];

      if (is_null (value))
        {
          has_null = TRUE;
          continue;
        }
      g_string_append (sql, separator);
      separator = ", ";
      if (is_quoted_guid (value, &kind))
        {
          g_autofree char *guid = g_ascii_strdown (value->text, -1);

          g_string_append_c (sql, '?');
          sandbox_sql_add_binding (self, SANDBOX_LITERAL_GUID, 0, 0, guid);
          continue;
        }
      if (!sandbox_sql_describe (self, value, &other, error) ||
          !check_sides (self, value, left, &kind, value, &other, error) ||
          !append_side (self, sql, value, &kind, error))
        return FALSE;
    }
  g_string_append_c (sql, ')');

  if (has_null)
    {
      g_string_append (sql, " OR ");
      if (!sandbox_sql_append_expression (self, sql, left, error))
        return FALSE;
      g_string_append (sql, " IS NULL");
    }
  g_string_append_c (sql, ')');

  return TRUE;
}

static gboolean
append_path (SandboxSql *self, GString *sql, const SandboxExpression *path, GError **error)
{
  g_auto (SandboxPlace) place = { 0 };

  if (!sandbox_sql_find_place (self, path, &place, error))
    return FALSE;
  sandbox_sql_append_place (self, sql, &place);

  return TRUE;
}

gboolean
sandbox_sql_append_expression (SandboxSql *self,
                               GString *sql,
                               const SandboxExpression *expression,
                               GError **error)
{
  switch (expression->kind)
    {
    case SANDBOX_EXPRESSION_LITERAL:
      g_string_append_c (sql, '?');
      sandbox_sql_add_binding (self, expression->literal, expression->number, expression->real,
                               expression->text);
      return TRUE;

    case SANDBOX_EXPRESSION_PATH:
      return append_path (self, sql, expression, error);

    case SANDBOX_EXPRESSION_NOT:
      /* SQL's third truth value is false for OData, before it is turned round. */
      g_string_append (sql, "(NOT ifnull(");
      if (!append_condition (self, sql, expression->operands->pdata[0], error))
        return FALSE;
      g_string_append (sql, ", 0))");
      return TRUE;

    case SANDBOX_EXPRESSION_BINARY:
      if (expression->operator== SANDBOX_OPERATOR_AND || expression->operator== SANDBOX_OPERATOR_OR)
        return append_chain (self, sql, expression, error);
      return append_comparison (self, sql, expression, error);

    case SANDBOX_EXPRESSION_FUNCTION:
      return sandbox_sql_append_function (self, sql, expression, error);

    case SANDBOX_EXPRESSION_IN:
      return append_in (self, sql, expression, error);

    default:
      g_assert_not_reached ();
    }
}

gboolean
sandbox_sql_add_filter (SandboxSql *self, SandboxExpression *filter, GError **error)
{
  g_autoptr (GString) sql = g_string_new (NULL);

  g_return_val_if_fail (self != NULL && filter != NULL, FALSE);

  self->option = "$filter";
  if (!append_condition (self, sql, filter, error))
    return FALSE;
  g_string_append (self->where, self->where->len > 0 ? " AND " : " WHERE ");
  g_string_append (self->where, sql->str);
  self->is_filtered = TRUE;

  return TRUE;
}
