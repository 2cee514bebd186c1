/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sandbox-odata-lexer.h"

#include <string.h>

/* As much of a wrong lexeme as a message shows. */
#define MAX_SHOWN 40
#define GUID_LENGTH 36

G_DEFINE_QUARK (sandbox - odata - error - quark, sandbox_odata_error)

gboolean
sandbox_lexer_fail (const SandboxLexer *self,
                    const SandboxLexeme *at,
                    SandboxODataErrorCode code,
                    GError **error,
                    const char *format,
                    ...)
{
  va_list arguments;
  g_autofree char *what = NULL;
  g_autofree char *shown = NULL;

  g_return_val_if_fail (self != NULL, FALSE);

  if (at == NULL)
    at = &self->current;

  va_start (arguments, format);
  what = g_strdup_vprintf (format, arguments);
  va_end (arguments);

  if (at->kind == SANDBOX_LEXEME_END)
    shown = g_strdup ("the end");
  else
    {
      g_autofree char *text = g_strndup (at->start, at->length);
      glong length = g_utf8_strlen (text, -1);
      g_autofree char *cut = g_utf8_substring (text, 0, MIN (length, MAX_SHOWN));

      shown = g_strdup_printf ("'%s%s'", cut, length > MAX_SHOWN ? "…" : "");
    }

  g_set_error (error, SANDBOX_ODATA_ERROR, code,
               "The query option '%s' is not valid. %s: %s at position %u.", self->option, what,
               shown, at->position);

  return FALSE;
}

static gboolean
is_name_start (char c)
{
  return g_ascii_isalpha (c) || c == '_' || c == '$' || c == '@';
}

static gboolean
is_name_part (char c)
{
  return g_ascii_isalnum (c) || c == '_' || c == '.' || c == '@';
}

static gsize
match_guid (const char *text)
{
  static const char dashes[] = { 8, 13, 18, 23 };

  for (gsize i = 0; i < GUID_LENGTH; i++)
    {
      if (memchr (dashes, (int) i, sizeof dashes) != NULL ? text[i] != '-'
                                                          : !g_ascii_isxdigit (text[i]))
        return 0;
    }

  return is_name_part (text[GUID_LENGTH]) || text[GUID_LENGTH] == '-' ? 0 : GUID_LENGTH;
}

static gsize
match_digits (const char *text)
{
  gsize n = 0;

  while (g_ascii_isdigit (text[n]))
    n++;

  return n;
}

static gsize
match_time (const char *text)
{
  gsize n = 10;

  if (match_digits (text) != 4 || text[4] != '-' || match_digits (text + 5) != 2 ||
      text[7] != '-' || match_digits (text + 8) != 2)
    return 0;

  if (text[n] == 'T' || text[n] == 't')
    {
      n++;
      while (g_ascii_isdigit (text[n]) || text[n] == ':' || text[n] == '.')
        n++;
      if (text[n] == 'Z' || text[n] == 'z')
        n++;
      /* A '+' that was not encoded has come as a blank; the service takes it for none either. */
      else if (text[n] == '+' || text[n] == '-')
        {
          n++;
          while (g_ascii_isdigit (text[n]) || text[n] == ':')
            n++;
        }
    }

  return n;
}

static gsize
match_string (const char *text)
{
  for (gsize n = 1; text[n] != '\0'; n++)
    {
      if (text[n] != '\'')
        continue;
      if (text[n + 1] != '\'')
        return n + 1;
      n++;
    }

  return 0;
}

/* @skip: (out): bytes of a suffix behind it. */
static gsize
match_number (const char *text, SandboxLexemeKind *kind, gsize *skip)
{
  gsize n = text[0] == '-' ? 1 : 0;
  gsize digits = match_digits (text + n);

  if (digits == 0)
    return 0;
  n += digits;
  *kind = SANDBOX_LEXEME_INTEGER;

  if (text[n] == '.' && g_ascii_isdigit (text[n + 1]))
    {
      n += 1 + match_digits (text + n + 1);
      *kind = SANDBOX_LEXEME_DOUBLE;
    }
  if (text[n] == 'e' || text[n] == 'E')
    {
      gsize sign = text[n + 1] == '-' || text[n + 1] == '+' ? 1 : 0;
      gsize exponent = match_digits (text + n + 1 + sign);

      if (exponent > 0)
        {
          n += 1 + sign + exponent;
          *kind = SANDBOX_LEXEME_DOUBLE;
        }
    }
  if (text[n] != '\0' && strchr ("LlMmDdFf", text[n]) != NULL && !is_name_part (text[n + 1]))
    {
      if (text[n] != 'L' && text[n] != 'l')
        *kind = SANDBOX_LEXEME_DOUBLE;
      *skip = 1;
    }

  return n;
}

static void
take (SandboxLexer *self, SandboxLexemeKind kind, gsize length, gsize skip)
{
  SandboxLexeme *current = &self->current;

  current->kind = kind;
  current->start = self->next;
  current->length = length;
  current->position = self->next_position;
  self->next_position += g_utf8_strlen (self->next, (gssize) (length + skip));
  self->next += length + skip;
}

gboolean
sandbox_lexer_advance (SandboxLexer *self, GError **error)
{
  SandboxLexemeKind kind = SANDBOX_LEXEME_INTEGER;
  const char *next;
  gsize length, skip = 0;

  g_return_val_if_fail (self != NULL, FALSE);

  self->current.spaced = FALSE;
  while (g_ascii_isspace (*self->next))
    {
      self->next++;
      self->next_position++;
      self->current.spaced = TRUE;
    }

  next = self->next;
  if (*next == '\0')
    take (self, SANDBOX_LEXEME_END, 0, 0);
  else if (*next == '\'')
    {
      length = match_string (next);
      if (length == 0)
        {
          take (self, SANDBOX_LEXEME_STRING, strlen (next), 0);
          return sandbox_lexer_fail (self, NULL, SANDBOX_ODATA_ERROR_SYNTAX, error,
                                     "A string does not end");
        }
      take (self, SANDBOX_LEXEME_STRING, length, 0);
    }
  else if (strchr ("(),/;=*:", *next) != NULL)
    take (self, SANDBOX_LEXEME_SIGN, 1, 0);
  else if ((length = match_guid (next)) > 0)
    take (self, SANDBOX_LEXEME_GUID, length, 0);
  else if ((length = match_time (next)) > 0)
    take (self, SANDBOX_LEXEME_TIME, length, 0);
  else if ((length = match_number (next, &kind, &skip)) > 0)
    take (self, kind, length, skip);
  else if (is_name_start (*next))
    {
      for (length = 1; is_name_part (next[length]);)
        length++;
      take (self, SANDBOX_LEXEME_NAME, length, 0);
    }
  else
    {
      take (self, SANDBOX_LEXEME_SIGN, (gsize) (g_utf8_next_char (next) - next), 0);
      return sandbox_lexer_fail (self, NULL, SANDBOX_ODATA_ERROR_SYNTAX, error,
                                 "An unexpected character");
    }

  /* 12ab is neither a number nor a name. */
  if ((self->current.kind == SANDBOX_LEXEME_INTEGER ||
       self->current.kind == SANDBOX_LEXEME_DOUBLE || self->current.kind == SANDBOX_LEXEME_TIME) &&
      is_name_part (*self->next))
    {
      self->current.length++;
      return sandbox_lexer_fail (self, NULL, SANDBOX_ODATA_ERROR_SYNTAX, error,
                                 "Not a number, a time or a GUID");
    }

  return TRUE;
}

gboolean
sandbox_lexer_init (SandboxLexer *self, const char *option, const char *text, GError **error)
{
  g_return_val_if_fail (self != NULL && option != NULL && text != NULL, FALSE);

  *self = (SandboxLexer){ .option = option, .text = text, .next = text, .next_position = 1 };

  return sandbox_lexer_advance (self, error);
}

gboolean
sandbox_lexer_is_sign (const SandboxLexer *self, char sign)
{
  return self->current.kind == SANDBOX_LEXEME_SIGN && *self->current.start == sign;
}

gboolean
sandbox_lexer_is_word (const SandboxLexer *self, const char *word)
{
  return self->current.kind == SANDBOX_LEXEME_NAME && strlen (word) == self->current.length &&
         g_ascii_strncasecmp (self->current.start, word, self->current.length) == 0;
}

gboolean
sandbox_lexer_expect (SandboxLexer *self, char sign, GError **error)
{
  if (!sandbox_lexer_is_sign (self, sign))
    return sandbox_lexer_fail (self, NULL, SANDBOX_ODATA_ERROR_SYNTAX, error, "Expected '%c'",
                               sign);

  return sandbox_lexer_advance (self, error);
}

char *
sandbox_lexeme_dup_text (const SandboxLexeme *self)
{
  GString *text;

  g_return_val_if_fail (self != NULL, NULL);

  if (self->kind != SANDBOX_LEXEME_STRING)
    return g_strndup (self->start, self->length);

  text = g_string_sized_new (self->length);
  for (gsize i = 1; i + 1 < self->length; i++)
    {
      g_string_append_c (text, self->start[i]);
      if (self->start[i] == '\'')
        i++;
    }

  return g_string_free (text, FALSE);
}
