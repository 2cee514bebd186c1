/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include <glib/gi18n.h>

#include "baton-error.h"
#include "baton-json-check.h"
#include "baton-json.h"

typedef enum
{
  EXPECT_VALUE,
  EXPECT_VALUE_OR_END, /* after [ */
  EXPECT_NAME,         /* after , in an object */
  EXPECT_NAME_OR_END,  /* after { */
  EXPECT_COLON,
  EXPECT_COMMA_OR_END,
  EXPECT_NOTHING, /* the outermost value is whole */
} Expect;

typedef struct
{
  const char *at;
  Expect expect;
  char open[BATON_JSON_MAX_DEPTH]; /* { or [ */
  guint depth;
  const char *message; /* (nullable) translated */
} Scan;

static gboolean
fail (Scan *scan, const char *at, const char *message)
{
  scan->at = at;
  scan->message = message;
  return FALSE;
}

static void
value_ended (Scan *scan)
{
  scan->expect = scan->depth == 0 ? EXPECT_NOTHING : EXPECT_COMMA_OR_END;
}

static gboolean
scan_string (Scan *scan)
{
  const char *start = scan->at;
  const char *p = start + 1;

  for (; *p != '"'; p++)
    {
      if (*p == '\0' || *p == '\n')
        return fail (scan, start, _("this text has no closing quotation mark"));
      if ((guchar) *p < 0x20)
        return fail (scan, p, _("a tab or control character must be written as \\t or \\u0000"));
      if (*p != '\\')
        continue;

      p++;
      if (*p == 'u')
        {
          for (guint i = 1; i <= 4; i++)
            if (!g_ascii_isxdigit (p[i]))
              return fail (scan, p - 1, _("\\u needs four hexadecimal digits"));
          p += 4;
        }
      else if (*p == '\0' || strchr ("\"\\/bfnrt", *p) == NULL)
        {
          return fail (scan, p - 1, _("a backslash is written as \\\\"));
        }
    }
  scan->at = p + 1;
  return TRUE;
}

static gboolean
scan_number (Scan *scan)
{
  const char *p = scan->at;

  if (*p == '-')
    p++;
  if (!g_ascii_isdigit (*p))
    return fail (scan, scan->at, _("a number needs a digit here"));
  if (*p == '0' && g_ascii_isdigit (p[1]))
    return fail (scan, scan->at, _("a number does not begin with 0"));
  while (g_ascii_isdigit (*p))
    p++;
  if (*p == '.')
    {
      if (!g_ascii_isdigit (p[1]))
        return fail (scan, p, _("a number needs a digit after the point"));
      for (p++; g_ascii_isdigit (*p); p++)
        ;
    }
  if (*p == 'e' || *p == 'E')
    {
      p++;
      if (*p == '+' || *p == '-')
        p++;
      if (!g_ascii_isdigit (*p))
        return fail (scan, p, _("an exponent needs a digit"));
      while (g_ascii_isdigit (*p))
        p++;
    }
  scan->at = p;
  return TRUE;
}

static gboolean
scan_word (Scan *scan)
{
  static const char *const words[] = { "true", "false", "null" };

  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    if (g_str_has_prefix (scan->at, words[i]) && !g_ascii_isalnum (scan->at[strlen (words[i])]))
      {
        scan->at += strlen (words[i]);
        return TRUE;
      }
  if (*scan->at == '\'')
    return fail (scan, scan->at, _("text stands in double quotation marks"));
  if (g_ascii_isalpha (*scan->at))
    return fail (scan, scan->at,
                 _("text stands in double quotation marks; only true, false and null do not"));
  if (*scan->at == '\0')
    return fail (scan, scan->at, _("a value is missing at the end"));
  return fail (scan, scan->at, _("a value is expected here"));
}

static gboolean
scan_open (Scan *scan)
{
  if (scan->depth == BATON_JSON_MAX_DEPTH)
    return fail (scan, scan->at, _("it is nested too deep"));
  scan->open[scan->depth++] = *scan->at;
  scan->expect = *scan->at == '{' ? EXPECT_NAME_OR_END : EXPECT_VALUE_OR_END;
  scan->at++;
  return TRUE;
}

static gboolean
scan_value (Scan *scan)
{
  gboolean ok;

  if (*scan->at == '{' || *scan->at == '[')
    return scan_open (scan);
  if (*scan->at == '"')
    ok = scan_string (scan);
  else if (*scan->at == '-' || g_ascii_isdigit (*scan->at))
    ok = scan_number (scan);
  else
    ok = scan_word (scan);
  if (ok)
    value_ended (scan);
  return ok;
}

static gboolean
scan_close (Scan *scan)
{
  scan->depth--;
  scan->at++;
  value_ended (scan);
  return TRUE;
}

static gboolean
scan_name (Scan *scan)
{
  if (*scan->at == '\0')
    return fail (scan, scan->at, _("a closing } is missing"));
  if (*scan->at != '"')
    return fail (scan, scan->at, _("a name in double quotation marks is expected here"));
  if (!scan_string (scan))
    return FALSE;
  scan->expect = EXPECT_COLON;
  return TRUE;
}

static gboolean
scan_comma_or_end (Scan *scan)
{
  gboolean object = scan->open[scan->depth - 1] == '{';

  if (*scan->at == (object ? '}' : ']'))
    return scan_close (scan);
  if (*scan->at == ',')
    {
      scan->at++;
      scan->expect = object ? EXPECT_NAME : EXPECT_VALUE;
      return TRUE;
    }
  if (*scan->at == '\0')
    return fail (scan, scan->at,
                 object ? _("a closing } is missing") : _("a closing ] is missing"));
  return fail (scan, scan->at,
               object ? _("a comma or } is expected here") : _("a comma or ] is expected here"));
}

static gboolean
scan_step (Scan *scan)
{
  switch (scan->expect)
    {
    case EXPECT_VALUE:
      return scan_value (scan);
    case EXPECT_VALUE_OR_END:
      return *scan->at == ']' ? scan_close (scan) : scan_value (scan);
    case EXPECT_NAME:
      return scan_name (scan);
    case EXPECT_NAME_OR_END:
      return *scan->at == '}' ? scan_close (scan) : scan_name (scan);
    case EXPECT_COLON:
      if (*scan->at != ':')
        return fail (scan, scan->at, _("a colon is expected here"));
      scan->at++;
      scan->expect = EXPECT_VALUE;
      return TRUE;
    case EXPECT_COMMA_OR_END:
      return scan_comma_or_end (scan);
    case EXPECT_NOTHING:
    default:
      return fail (scan, scan->at, _("nothing may follow here"));
    }
}

static void
find_place (const char *text, const char *at, guint *line, guint *column)
{
  const char *start = text;

  *line = 1;
  for (const char *p = text; p < at; p++)
    if (*p == '\n')
      {
        (*line)++;
        start = p + 1;
      }
  *column = (guint) g_utf8_strlen (start, at - start) + 1;
}

gboolean
baton_json_check (const char *text,
                  gboolean object_only,
                  guint *line,
                  guint *column,
                  GError **error)
{
  Scan scan = { text, EXPECT_VALUE, { 0 }, 0, NULL };
  gboolean ok = TRUE;
  guint row, col;

  g_return_val_if_fail (text != NULL, FALSE);

  while (ok)
    {
      scan.at += strspn (scan.at, " \t\r\n");
      if (object_only && scan.depth == 0 && scan.expect == EXPECT_VALUE && *scan.at != '{')
        ok = fail (&scan, scan.at, _("it must begin with { and end with }"));
      else if (scan.expect == EXPECT_NOTHING && *scan.at == '\0')
        return TRUE;
      else
        ok = scan_step (&scan);
    }

  find_place (text, scan.at, &row, &col);
  if (line != NULL)
    *line = row;
  if (column != NULL)
    *column = col;
  /* TRANSLATORS: where typed JSON is wrong, then why: "Line 2, column 7: a colon is expected here" */
  g_set_error (error, BATON_ERROR, BATON_ERROR_INVALID, _("Line %u, column %u: %s"), row, col,
               scan.message);
  return FALSE;
}
