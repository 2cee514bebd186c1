/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sandbox-odata-filter.h"

#include <baton-time.h>

typedef struct
{
  SandboxLexer lexer;
  guint depth;
  guint terms;
} Parser;

static const struct
{
  const char *word;
  SandboxOperator operator;
} comparisons[] = {
  { "eq", SANDBOX_OPERATOR_EQ }, { "ne", SANDBOX_OPERATOR_NE }, { "gt", SANDBOX_OPERATOR_GT },
  { "ge", SANDBOX_OPERATOR_GE }, { "lt", SANDBOX_OPERATOR_LT }, { "le", SANDBOX_OPERATOR_LE },
};

static const struct
{
  const char *name;
  guint n_arguments;
  gboolean is_term; /* says yes or no by itself */
} functions[] = {
  { "contains", 2, TRUE }, { "startswith", 2, TRUE }, { "endswith", 2, TRUE },
  { "tolower", 1, FALSE }, { "toupper", 1, FALSE },   { "length", 1, FALSE },
  { "trim", 1, FALSE },    { "indexof", 2, FALSE },   { "year", 1, FALSE },
  { "month", 1, FALSE },   { "day", 1, FALSE },       { "hour", 1, FALSE },
  { "minute", 1, FALSE },  { "second", 1, FALSE },    { "date", 1, FALSE },
  { "now", 0, FALSE },     { "concat", 2, FALSE },
};

/* Arithmetic and the rest of the language: known, so that the message need not guess. */
static const char *const unsupported[] = { "add", "sub", "mul", "div", "divby",
                                           "mod", "has", "any", "all", NULL };

static SandboxExpression *parse_or (Parser *self, GError **error);
static SandboxExpression *parse_operand (Parser *self, GError **error);

static SandboxExpression *
expression_new (SandboxExpressionKind kind, const SandboxLexeme *lexeme)
{
  SandboxExpression *self = g_new0 (SandboxExpression, 1);

  self->kind = kind;
  self->lexeme = *lexeme;

  return self;
}

static void
add_operand (SandboxExpression *self, SandboxExpression *operand)
{
  if (self->operands == NULL)
    self->operands = g_ptr_array_new_with_free_func ((GDestroyNotify) sandbox_expression_free);
  g_ptr_array_add (self->operands, operand);
}

void
sandbox_expression_free (SandboxExpression *self)
{
  if (self == NULL)
    return;

  g_clear_pointer (&self->operands, g_ptr_array_unref);
  g_free (self->text);
  g_free (self);
}

static gboolean
count_term (Parser *self, const SandboxLexeme *at, GError **error)
{
  if (++self->terms > SANDBOX_FILTER_MAX_TERMS)
    return sandbox_lexer_fail (&self->lexer, at, SANDBOX_ODATA_ERROR_LIMIT, error,
                               "More than %d expressions", SANDBOX_FILTER_MAX_TERMS);

  return TRUE;
}

/* Every way down the recursion goes through here. */
static gboolean
enter (Parser *self, GError **error)
{
  if (++self->depth > SANDBOX_FILTER_MAX_DEPTH)
    return sandbox_lexer_fail (&self->lexer, NULL, SANDBOX_ODATA_ERROR_LIMIT, error,
                               "Nested deeper than %d levels", SANDBOX_FILTER_MAX_DEPTH);

  return TRUE;
}

static SandboxExpression *
parse_number (Parser *self, GError **error)
{
  const SandboxLexeme *lexeme = &self->lexer.current;
  g_autoptr (SandboxExpression) literal = expression_new (SANDBOX_EXPRESSION_LITERAL, lexeme);
  g_autofree char *text = sandbox_lexeme_dup_text (lexeme);

  if (lexeme->kind == SANDBOX_LEXEME_INTEGER)
    {
      literal->literal = SANDBOX_LITERAL_INTEGER;
      if (!g_ascii_string_to_signed (text, 10, G_MININT64, G_MAXINT64, &literal->number, NULL))
        {
          sandbox_lexer_fail (&self->lexer, NULL, SANDBOX_ODATA_ERROR_SYNTAX, error,
                              "A number beyond 64 bits");
          return NULL;
        }
    }
  else
    {
      literal->literal = SANDBOX_LITERAL_DOUBLE;
      literal->real = g_ascii_strtod (text, NULL);
    }

  return sandbox_lexer_advance (&self->lexer, error) ? g_steal_pointer (&literal) : NULL;
}

static SandboxExpression *
parse_literal (Parser *self, GError **error)
{
  const SandboxLexeme *lexeme = &self->lexer.current;
  g_autoptr (SandboxExpression) literal = expression_new (SANDBOX_EXPRESSION_LITERAL, lexeme);

  literal->text = sandbox_lexeme_dup_text (lexeme);
  if (lexeme->kind == SANDBOX_LEXEME_STRING)
    literal->literal = SANDBOX_LITERAL_STRING;
  else if (lexeme->kind == SANDBOX_LEXEME_GUID)
    {
      g_autofree char *text = g_steal_pointer (&literal->text);

      literal->literal = SANDBOX_LITERAL_GUID;
      literal->text = g_ascii_strdown (text, -1);
    }
  else
    {
      literal->literal = SANDBOX_LITERAL_TIME;
      if (lexeme->length == 10)
        {
          g_autofree char *date = g_steal_pointer (&literal->text);

          literal->text = g_strconcat (date, "T00:00:00Z", NULL);
        }
      if (!baton_time_parse (literal->text, &literal->number))
        {
          sandbox_lexer_fail (&self->lexer, NULL, SANDBOX_ODATA_ERROR_SYNTAX, error, "Not a time");
          return NULL;
        }
    }

  return sandbox_lexer_advance (&self->lexer, error) ? g_steal_pointer (&literal) : NULL;
}

static SandboxExpression *
parse_function (Parser *self, const SandboxLexeme *name, GError **error)
{
  g_autoptr (SandboxExpression) call = expression_new (SANDBOX_EXPRESSION_FUNCTION, name);
  g_autofree char *text = sandbox_lexeme_dup_text (name);
  gsize i;

  call->text = g_ascii_strdown (text, -1);
  for (i = 0; i < G_N_ELEMENTS (functions); i++)
    {
      if (g_str_equal (functions[i].name, call->text))
        break;
    }
  if (i == G_N_ELEMENTS (functions))
    {
      sandbox_lexer_fail (&self->lexer, name, SANDBOX_ODATA_ERROR_UNKNOWN, error,
                          "A function that is not known here");
      return NULL;
    }
  if (functions[i].is_term && !count_term (self, name, error))
    return NULL;

  if (!enter (self, error) || !sandbox_lexer_expect (&self->lexer, '(', error))
    return NULL;
  for (guint n = 0; n < functions[i].n_arguments; n++)
    {
      SandboxExpression *argument;

      if (n > 0 && !sandbox_lexer_expect (&self->lexer, ',', error))
        return NULL;
      argument = parse_operand (self, error);
      if (argument == NULL)
        return NULL;
      add_operand (call, argument);
    }
  if (!sandbox_lexer_expect (&self->lexer, ')', error))
    return NULL;
  self->depth--;

  return g_steal_pointer (&call);
}

/* Any other word: null, true, false, a typed literal, a function or a path. */
static SandboxExpression *
parse_name (Parser *self, GError **error)
{
  g_autoptr (SandboxExpression) literal = NULL;
  SandboxLexeme name = self->lexer.current;

  if (sandbox_lexer_is_word (&self->lexer, "null") ||
      sandbox_lexer_is_word (&self->lexer, "true") || sandbox_lexer_is_word (&self->lexer, "false"))
    {
      literal = expression_new (SANDBOX_EXPRESSION_LITERAL, &name);
      literal->literal = sandbox_lexer_is_word (&self->lexer, "null") ? SANDBOX_LITERAL_NULL
                                                                      : SANDBOX_LITERAL_BOOL;
      literal->number = sandbox_lexer_is_word (&self->lexer, "true");

      return sandbox_lexer_advance (&self->lexer, error) ? g_steal_pointer (&literal) : NULL;
    }

  /* UiPath.Some.JobState'Running' */
  if (*self->lexer.next == '\'' && memchr (name.start, '.', name.length) != NULL)
    return sandbox_lexer_advance (&self->lexer, error) ? parse_literal (self, error) : NULL;

  if (*self->lexer.next == '(')
    return sandbox_lexer_advance (&self->lexer, error) ? parse_function (self, &name, error) : NULL;

  return sandbox_filter_parse_path (&self->lexer, error);
}

SandboxExpression *
sandbox_filter_parse_path (SandboxLexer *lexer, GError **error)
{
  g_autoptr (SandboxExpression) path = NULL;
  g_autoptr (GString) text = g_string_new (NULL);

  g_return_val_if_fail (lexer != NULL, NULL);

  path = expression_new (SANDBOX_EXPRESSION_PATH, &lexer->current);
  for (;;)
    {
      if (lexer->current.kind != SANDBOX_LEXEME_NAME)
        {
          sandbox_lexer_fail (lexer, NULL, SANDBOX_ODATA_ERROR_SYNTAX, error,
                              "Expected the name of a property");
          return NULL;
        }
      if (path->lexeme.start != lexer->current.start && *lexer->next == '(')
        {
          sandbox_lexer_fail (lexer, NULL, SANDBOX_ODATA_ERROR_UNSUPPORTED, error,
                              "A function of a collection is not part of this sandbox");
          return NULL;
        }
      g_string_append_len (text, lexer->current.start, (gssize) lexer->current.length);
      path->lexeme.length =
          (gsize) (lexer->current.start + lexer->current.length - path->lexeme.start);
      if (!sandbox_lexer_advance (lexer, error))
        return NULL;
      if (!sandbox_lexer_is_sign (lexer, '/'))
        break;
      g_string_append_c (text, '/');
      if (!sandbox_lexer_advance (lexer, error))
        return NULL;
    }
  path->text = g_strdup (text->str);

  return g_steal_pointer (&path);
}

static SandboxExpression *
parse_operand (Parser *self, GError **error)
{
  SandboxExpression *inner;

  switch (self->lexer.current.kind)
    {
    case SANDBOX_LEXEME_INTEGER:
    case SANDBOX_LEXEME_DOUBLE:
      return parse_number (self, error);

    case SANDBOX_LEXEME_STRING:
    case SANDBOX_LEXEME_GUID:
    case SANDBOX_LEXEME_TIME:
      return parse_literal (self, error);

    case SANDBOX_LEXEME_NAME:
      return parse_name (self, error);

    case SANDBOX_LEXEME_SIGN:
      if (!sandbox_lexer_is_sign (&self->lexer, '('))
        break;
      if (!enter (self, error) || !sandbox_lexer_advance (&self->lexer, error))
        return NULL;
      inner = parse_or (self, error);
      if (inner == NULL)
        return NULL;
      if (!sandbox_lexer_expect (&self->lexer, ')', error))
        {
          sandbox_expression_free (inner);
          return NULL;
        }
      self->depth--;
      return inner;

    case SANDBOX_LEXEME_END:
    default:
      break;
    }

  sandbox_lexer_fail (&self->lexer, NULL, SANDBOX_ODATA_ERROR_SYNTAX, error,
                      "Expected a property, a value or a function");

  return NULL;
}

static SandboxExpression *
parse_in (Parser *self, SandboxExpression *left, GError **error)
{
  g_autoptr (SandboxExpression) in = expression_new (SANDBOX_EXPRESSION_IN, &self->lexer.current);

  add_operand (in, left);
  if (!sandbox_lexer_advance (&self->lexer, error) ||
      !sandbox_lexer_expect (&self->lexer, '(', error))
    return NULL;

  for (;;)
    {
      SandboxExpression *value;

      if (!count_term (self, NULL, error) || (value = parse_operand (self, error)) == NULL)
        return NULL;
      add_operand (in, value);
      if (value->kind != SANDBOX_EXPRESSION_LITERAL)
        {
          sandbox_lexer_fail (&self->lexer, &value->lexeme, SANDBOX_ODATA_ERROR_SYNTAX, error,
                              "Expected a value");
          return NULL;
        }
      if (!sandbox_lexer_is_sign (&self->lexer, ','))
        break;
      if (!sandbox_lexer_advance (&self->lexer, error))
        return NULL;
    }

  return sandbox_lexer_expect (&self->lexer, ')', error) ? g_steal_pointer (&in) : NULL;
}

static SandboxExpression *
make_binary (SandboxOperator operator, const SandboxLexeme * at, SandboxExpression *left)
{
  g_autoptr (SandboxExpression) binary = expression_new (SANDBOX_EXPRESSION_BINARY, at);

  binary->operator= operator;
  add_operand (binary, left);

  return g_steal_pointer (&binary);
}

static gboolean
check_unsupported (Parser *self, GError **error)
{
  for (gsize i = 0; unsupported[i] != NULL; i++)
    {
      if (sandbox_lexer_is_word (&self->lexer, unsupported[i]))
        return sandbox_lexer_fail (&self->lexer, NULL, SANDBOX_ODATA_ERROR_UNSUPPORTED, error,
                                   "An operator that is not part of this sandbox");
    }

  return TRUE;
}

static SandboxExpression *
parse_comparison (Parser *self, GError **error)
{
  g_autoptr (SandboxExpression) left = parse_operand (self, error);
  SandboxExpression *right;

  if (left == NULL)
    return NULL;
  if (sandbox_lexer_is_word (&self->lexer, "in"))
    return parse_in (self, g_steal_pointer (&left), error);

  for (gsize i = 0; i < G_N_ELEMENTS (comparisons); i++)
    {
      g_autoptr (SandboxExpression) binary = NULL;

      if (!sandbox_lexer_is_word (&self->lexer, comparisons[i].word))
        continue;
      if (!count_term (self, NULL, error))
        return NULL;
      binary = make_binary (comparisons[i].operator, & self->lexer.current,
                            g_steal_pointer (&left));
      if (!sandbox_lexer_advance (&self->lexer, error) ||
          (right = parse_operand (self, error)) == NULL)
        return NULL;
      add_operand (binary, right);

      return check_unsupported (self, error) ? g_steal_pointer (&binary) : NULL;
    }

  if (!check_unsupported (self, error))
    return NULL;
  if ((left->kind == SANDBOX_EXPRESSION_PATH || left->kind == SANDBOX_EXPRESSION_LITERAL) &&
      !count_term (self, &left->lexeme, error))
    return NULL;

  return g_steal_pointer (&left);
}

static SandboxExpression *
parse_not (Parser *self, GError **error)
{
  g_autoptr (SandboxExpression) not = NULL;
  SandboxExpression *operand;

  if (!sandbox_lexer_is_word (&self->lexer, "not"))
    return parse_comparison (self, error);

  not = expression_new (SANDBOX_EXPRESSION_NOT, &self->lexer.current);
  if (!enter (self, error) || !sandbox_lexer_advance (&self->lexer, error))
    return NULL;
  operand = parse_not (self, error);
  if (operand == NULL)
    return NULL;
  add_operand (not, operand);
  self->depth--;

  return g_steal_pointer (&not );
}

/* A chain of "and" or "or" is one expression with many operands, so that its length costs no depth.
 */
static SandboxExpression *
parse_chain (Parser *self,
             const char *word,
             SandboxOperator
             operator,
             SandboxExpression * (*parse) (Parser *, GError **),
             GError **error)
{
  g_autoptr (SandboxExpression) chain = NULL;
  g_autoptr (SandboxExpression) first = parse (self, error);

  if (first == NULL)
    return NULL;

  while (sandbox_lexer_is_word (&self->lexer, word))
    {
      SandboxExpression *next;

      if (chain == NULL)
        chain = make_binary (operator, & self->lexer.current, g_steal_pointer (&first));
      if (!sandbox_lexer_advance (&self->lexer, error) || (next = parse (self, error)) == NULL)
        return NULL;
      add_operand (chain, next);
    }

  return chain != NULL ? g_steal_pointer (&chain) : g_steal_pointer (&first);
}

static SandboxExpression *
parse_and (Parser *self, GError **error)
{
  return parse_chain (self, "and", SANDBOX_OPERATOR_AND, parse_not, error);
}

static SandboxExpression *
parse_or (Parser *self, GError **error)
{
  return parse_chain (self, "or", SANDBOX_OPERATOR_OR, parse_and, error);
}

SandboxExpression *
sandbox_filter_parse (const char *text, GError **error)
{
  Parser self = { 0 };
  g_autoptr (SandboxExpression) filter = NULL;

  g_return_val_if_fail (text != NULL, NULL);

  if (!sandbox_lexer_init (&self.lexer, "$filter", text, error))
    return NULL;
  filter = parse_or (&self, error);
  if (filter == NULL)
    return NULL;
  if (self.lexer.current.kind != SANDBOX_LEXEME_END)
    {
      sandbox_lexer_fail (&self.lexer, NULL, SANDBOX_ODATA_ERROR_SYNTAX, error,
                          "Expected 'and', 'or' or the end");
      return NULL;
    }

  return g_steal_pointer (&filter);
}
