/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sandbox-odata-lexer.h"

G_BEGIN_DECLS

/* Definition: "The maximum number of expressions is 100". */
#define SANDBOX_FILTER_MAX_TERMS 100
#define SANDBOX_FILTER_MAX_DEPTH 50

typedef enum
{
  SANDBOX_EXPRESSION_LITERAL,
  SANDBOX_EXPRESSION_PATH,
  SANDBOX_EXPRESSION_NOT,      /* one operand */
  SANDBOX_EXPRESSION_BINARY,   /* two */
  SANDBOX_EXPRESSION_FUNCTION, /* its arguments */
  SANDBOX_EXPRESSION_IN,       /* the left side, then the list */
} SandboxExpressionKind;

typedef enum
{
  SANDBOX_OPERATOR_OR,
  SANDBOX_OPERATOR_AND,
  SANDBOX_OPERATOR_EQ,
  SANDBOX_OPERATOR_NE,
  SANDBOX_OPERATOR_GT,
  SANDBOX_OPERATOR_GE,
  SANDBOX_OPERATOR_LT,
  SANDBOX_OPERATOR_LE,
} SandboxOperator;

typedef enum
{
  SANDBOX_LITERAL_NULL,
  SANDBOX_LITERAL_BOOL,    /* number 0 or 1 */
  SANDBOX_LITERAL_INTEGER, /* number */
  SANDBOX_LITERAL_DOUBLE,
  SANDBOX_LITERAL_STRING, /* text; also an enumeration's name with its type before it */
  SANDBOX_LITERAL_GUID,   /* text, lower case */
  SANDBOX_LITERAL_TIME,   /* number, microseconds */
} SandboxLiteralKind;

typedef struct _SandboxExpression SandboxExpression;

struct _SandboxExpression
{
  SandboxExpressionKind kind;
  SandboxLexeme lexeme; /* where it stands; of a binary its operator */
  SandboxOperator operator;
  SandboxLiteralKind literal;
  gint64 number;
  double real;
  char *text; /* (owned) (nullable): of a literal, a function's name in lower case, a path "A/B" */
  GPtrArray *operands; /* (owned) (nullable): SandboxExpression */
};

/* Reads a $filter. Any thread, any text; the expression points into @text. Returns: (transfer full)
 * (nullable). */
SandboxExpression *sandbox_filter_parse (const char *text, GError **error);

/* Reads one path "Release/Name" at the lexer, and goes on behind it. */
SandboxExpression *sandbox_filter_parse_path (SandboxLexer *lexer, GError **error);

void sandbox_expression_free (SandboxExpression *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SandboxExpression, sandbox_expression_free)

G_END_DECLS
