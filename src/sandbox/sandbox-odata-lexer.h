/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define SANDBOX_ODATA_ERROR (sandbox_odata_error_quark ())
GQuark sandbox_odata_error_quark (void);

typedef enum
{
  SANDBOX_ODATA_ERROR_SYNTAX,  /* no sentence of the language */
  SANDBOX_ODATA_ERROR_UNKNOWN, /* a property, a function or a value that is not there */
  SANDBOX_ODATA_ERROR_TYPE,    /* sides that cannot be compared */
  SANDBOX_ODATA_ERROR_LIMIT,   /* too many terms, too deep */
  SANDBOX_ODATA_ERROR_UNSUPPORTED,
} SandboxODataErrorCode;

typedef enum
{
  SANDBOX_LEXEME_END,
  SANDBOX_LEXEME_NAME,    /* also with dots and a leading '$' */
  SANDBOX_LEXEME_STRING,  /* with its quotes */
  SANDBOX_LEXEME_INTEGER, /* without its suffix 'L' */
  SANDBOX_LEXEME_DOUBLE,
  SANDBOX_LEXEME_GUID,
  SANDBOX_LEXEME_TIME, /* a date, or a date and a time */
  SANDBOX_LEXEME_SIGN, /* one of ( ) , / ; = * : */
} SandboxLexemeKind;

typedef struct
{
  SandboxLexemeKind kind;
  const char *start; /* (unowned): into the text */
  gsize length;      /* bytes */
  guint position;    /* of its first character in the text, from 1 */
  gboolean spaced;   /* TRUE where a blank is before it */
} SandboxLexeme;

/* Reads the text of one OData option, lexeme by lexeme. Plain data on the stack of its user. */
typedef struct
{
  const char *option; /* (unowned): "$filter", for messages */
  const char *text;   /* (unowned) */
  const char *next;   /* into @text */
  guint next_position;
  SandboxLexeme current;
} SandboxLexer;

/* @text: UTF-8. Returns: FALSE with an error where already the first lexeme is none. Any thread. */
gboolean sandbox_lexer_init (SandboxLexer *self,
                             const char *option,
                             const char *text,
                             GError **error);
/* Goes on to the next lexeme. */
gboolean sandbox_lexer_advance (SandboxLexer *self, GError **error);

gboolean sandbox_lexer_is_sign (const SandboxLexer *self, char sign);
/* Any case, as the service reads words. */
gboolean sandbox_lexer_is_word (const SandboxLexer *self, const char *word);
/* Advances over @sign, or says that it was expected. */
gboolean sandbox_lexer_expect (SandboxLexer *self, char sign, GError **error);

/* Returns: (transfer full): the lexeme; of a string what is between its quotes. */
char *sandbox_lexeme_dup_text (const SandboxLexeme *self);

/* Sets an error that says what is wrong where in the option: @at is a lexeme, or NULL for the
 * current one. Returns: FALSE. */
gboolean sandbox_lexer_fail (const SandboxLexer *self,
                             const SandboxLexeme *at,
                             SandboxODataErrorCode code,
                             GError **error,
                             const char *format,
                             ...) G_GNUC_PRINTF (5, 6);

G_END_DECLS
