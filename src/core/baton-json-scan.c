/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <math.h>
#include <string.h>

#include "baton-error.h"
#include "baton-json.h"
#include "baton-json-scan.h"

typedef struct
{
  const char *start;
  const char *p;
  const char *end;
  GArray *faults; /* (owned) (nullable) (element-type BatonJsonFault) */

  guint depth;
  guint64 in_object; /* a bit a level, the lowest the innermost: an object, or else an array */
} Scan;

G_STATIC_ASSERT (BATON_JSON_MAX_DEPTH <= 64);

static gboolean
scan_fail (Scan *scan, const char *what, GError **error)
{
  g_set_error (error, BATON_ERROR, BATON_ERROR_BAD_ANSWER,
               "%s at byte %" G_GSIZE_FORMAT, what, (gsize) (scan->p - scan->start));

  return FALSE;
}

static void
add_fault (Scan *scan, const char *start, gsize length)
{
  BatonJsonFault fault = { (gsize) (start - scan->start), length };

  if (scan->faults == NULL)
    scan->faults = g_array_new (FALSE, FALSE, sizeof (BatonJsonFault));

  g_array_append_val (scan->faults, fault);
}

static void
skip_space (Scan *scan)
{
  while (scan->p < scan->end &&
         (*scan->p == ' ' || *scan->p == '\n' || *scan->p == '\r' || *scan->p == '\t'))
    scan->p++;
}

/* Returns: the code unit of the `\uXXXX` at @p, or -1. */
static int
peek_unit (const char *p, const char *end)
{
  int unit = 0;

  if (end - p < 6 || p[0] != '\\' || p[1] != 'u')
    return -1;

  for (int i = 2; i < 6; i++)
    {
      int digit = g_ascii_xdigit_value (p[i]);

      if (digit < 0)
        return -1;
      unit = unit << 4 | digit;
    }

  return unit;
}

/* Returns: how many bytes the escape at @p takes, a pair of surrogates together; 0 where it is none. */
static gsize
measure_escape (const char *p, const char *end, gboolean *bad_unicode)
{
  int unit = 0;

  *bad_unicode = FALSE;

  if (end - p < 2)
    return 0;

  if (p[1] != 'u')
    return p[1] != '\0' && strchr ("\"\\/bfnrt", p[1]) != NULL ? 2 : 0;

  unit = peek_unit (p, end);
  if (unit < 0)
    return 0;

  if (unit >= 0xd800 && unit <= 0xdbff)
    {
      int low = peek_unit (p + 6, end);

      if (low >= 0xdc00 && low <= 0xdfff)
        return 12;
    }

  *bad_unicode = unit == 0 || (unit >= 0xd800 && unit <= 0xdfff);

  return 6;
}

static gboolean
scan_string (Scan *scan, GError **error)
{
  scan->p++;

  while (scan->p < scan->end)
    {
      guchar c = (guchar) *scan->p;

      if (c == '"')
        {
          scan->p++;
          return TRUE;
        }

      if (c < 0x20)
        return scan_fail (scan, "A control character in a string", error);

      if (c == '\\')
        {
          gboolean bad_unicode = FALSE;
          gsize size = measure_escape (scan->p, scan->end, &bad_unicode);

          if (size == 0)
            return scan_fail (scan, "A broken escape in a string", error);

          if (bad_unicode)
            add_fault (scan, scan->p, size);
          scan->p += size;
          continue;
        }

      scan->p++;
    }

  return scan_fail (scan, "A string without an end", error);
}

static gboolean
skip_digits (Scan *scan)
{
  const char *first = scan->p;

  while (scan->p < scan->end && g_ascii_isdigit (*scan->p))
    scan->p++;

  return scan->p > first;
}

/* @whole: without a fraction and an exponent. */
static gboolean
is_out_of_range (const char *start, const char *end, gboolean whole)
{
  g_autofree char *copy = NULL;
  gint64 value = 0;

  /* most numbers are short */
  if (end - start < (whole ? 19 : 5))
    return FALSE;

  copy = g_strndup (start, (gsize) (end - start));

  return whole ? !g_ascii_string_to_signed (copy, 10, G_MININT64, G_MAXINT64, &value, NULL)
               : !isfinite (g_ascii_strtod (copy, NULL));
}

static gboolean
scan_number (Scan *scan, GError **error)
{
  const char *start = scan->p;
  gboolean whole = TRUE;

  if (*scan->p == '-')
    scan->p++;

  if (scan->p < scan->end && *scan->p == '0')
    scan->p++;
  else if (!skip_digits (scan))
    return scan_fail (scan, "Not a number", error);

  if (scan->p < scan->end && *scan->p == '.')
    {
      whole = FALSE;
      scan->p++;
      if (!skip_digits (scan))
        return scan_fail (scan, "Not a number", error);
    }

  if (scan->p < scan->end && (*scan->p == 'e' || *scan->p == 'E'))
    {
      whole = FALSE;
      scan->p++;
      if (scan->p < scan->end && (*scan->p == '+' || *scan->p == '-'))
        scan->p++;
      if (!skip_digits (scan))
        return scan_fail (scan, "Not a number", error);
    }

  if (is_out_of_range (start, scan->p, whole))
    add_fault (scan, start, (gsize) (scan->p - start));

  return TRUE;
}

static gboolean
scan_word (Scan *scan, GError **error)
{
  static const char *const words[] = { "true", "false", "null" };

  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    {
      gsize length = strlen (words[i]);

      if ((gsize) (scan->end - scan->p) >= length && memcmp (scan->p, words[i], length) == 0)
        {
          scan->p += length;
          return TRUE;
        }
    }

  return scan_fail (scan, "Not JSON", error);
}

/* `"name" :` */
static gboolean
scan_name (Scan *scan, GError **error)
{
  if (scan->p == scan->end || *scan->p != '"')
    return scan_fail (scan, "A member without a name", error);

  if (!scan_string (scan, error))
    return FALSE;

  skip_space (scan);

  if (scan->p == scan->end || *scan->p != ':')
    return scan_fail (scan, "A member without a value", error);

  scan->p++;
  skip_space (scan);

  return TRUE;
}

/* Goes into an object or array. @opened: (out): FALSE where it is empty and so closed already. */
static gboolean
scan_open (Scan *scan, gboolean *opened, GError **error)
{
  gboolean object = *scan->p == '{';
  char close = object ? '}' : ']';

  if (scan->depth == BATON_JSON_MAX_DEPTH)
    return scan_fail (scan, "Nested too deep", error);

  scan->p++;
  skip_space (scan);

  if (scan->p < scan->end && *scan->p == close)
    {
      scan->p++;
      *opened = FALSE;
      return TRUE;
    }

  scan->depth++;
  scan->in_object = scan->in_object << 1 | (object ? 1 : 0);
  *opened = TRUE;

  return !object || scan_name (scan, error);
}

/* After a value: closes what ends here, and stops at the next value or at the end of the text.
 * @more: (out): whether a value follows. */
static gboolean
scan_after_value (Scan *scan, gboolean *more, GError **error)
{
  *more = FALSE;

  for (;;)
    {
      gboolean object = (scan->in_object & 1) != 0;

      skip_space (scan);

      if (scan->depth == 0)
        return scan->p == scan->end || scan_fail (scan, "More than one value", error);

      if (scan->p == scan->end)
        return scan_fail (scan, "An object or array without an end", error);

      if (*scan->p == ',')
        {
          scan->p++;
          skip_space (scan);
          *more = TRUE;
          return !object || scan_name (scan, error);
        }

      if (*scan->p != (object ? '}' : ']'))
        return scan_fail (scan, "A comma or an end is missing", error);

      scan->p++;
      scan->depth--;
      scan->in_object >>= 1;
    }
}

static gboolean
scan_text (Scan *scan, GError **error)
{
  gboolean more = TRUE;

  skip_space (scan);

  while (more)
    {
      gboolean opened = FALSE;
      gboolean ok = FALSE;

      if (scan->p == scan->end)
        return scan_fail (scan, "A value is missing", error);

      if (*scan->p == '{' || *scan->p == '[')
        ok = scan_open (scan, &opened, error);
      else if (*scan->p == '"')
        ok = scan_string (scan, error);
      else if (*scan->p == '-' || g_ascii_isdigit (*scan->p))
        ok = scan_number (scan, error);
      else
        ok = scan_word (scan, error);

      if (!ok || (!opened && !scan_after_value (scan, &more, error)))
        return FALSE;
    }

  return TRUE;
}

gboolean
baton_json_scan (const char *text, gsize length, GArray **faults, GError **error)
{
  Scan scan = { .start = text, .p = text, .end = text + length };
  gboolean ok = scan_text (&scan, error);

  if (ok)
    *faults = g_steal_pointer (&scan.faults);
  else
    g_clear_pointer (&scan.faults, g_array_unref);

  return ok;
}

/* The largest number of its kind, in no more bytes than the shortest one that is too large takes. */
static void
repair_number (char *number, gsize length)
{
  const char *largest = NULL;

  if (*number == '-')
    {
      number++;
      length--;
    }

  for (gsize i = 0; i < length && largest == NULL; i++)
    if (!g_ascii_isdigit (number[i]))
      largest = "1e308";

  if (largest == NULL)
    largest = G_STRINGIFY (9223372036854775807);

  memset (number, ' ', length);
  memcpy (number, largest, strlen (largest));
}

void
baton_json_repair (char *text, GArray *faults)
{
  for (guint i = 0; i < faults->len; i++)
    {
      const BatonJsonFault *fault = &g_array_index (faults, BatonJsonFault, i);
      char *start = text + fault->offset;

      if (*start == '\\')
        memcpy (start, "\\ufffd", 6);
      else
        repair_number (start, fault->length);
    }
}
