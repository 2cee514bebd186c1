/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "baton-redact.h"
#include "baton-redact-names.h"

#define SHORTEST_SECRET 4
/* A piece of base64 shorter than this may stand in any text by chance. */
#define SHORTEST_BASE64 8

typedef struct
{
  guint count;
  GPtrArray *forms; /* (owned) (element-type utf8): how the value may be written */
} Remembered;

static GMutex mutex;
static GHashTable *remembered; /* (owned) (element-type utf8 Remembered), under the mutex */

/**
 * baton_secret_free:
 * @secret: (transfer full) (nullable): a text that ends with a NUL
 *
 * Any thread.
 */
void
baton_secret_free (char *secret)
{
  if (secret == NULL)
    return;

  explicit_bzero (secret, strlen (secret));
  g_free (secret);
}

/**
 * baton_secret_free_all:
 * @secrets: (transfer full) (nullable) (array zero-terminated=1): texts
 *
 * Any thread.
 */
void
baton_secret_free_all (char **secrets)
{
  if (secrets == NULL)
    return;

  for (gsize i = 0; secrets[i] != NULL; i++)
    baton_secret_free (secrets[i]);
  g_free (secrets);
}

static void
remembered_free (Remembered *entry)
{
  g_ptr_array_unref (entry->forms);
  g_free (entry);
}

static void
add_form (GPtrArray *forms, char *form)
{
  if (form == NULL)
    return;

  if (strlen (form) < SHORTEST_SECRET ||
      g_ptr_array_find_with_equal_func (forms, form, g_str_equal, NULL))
    baton_secret_free (form);
  else
    g_ptr_array_add (forms, form);
}

/* `%2F` is written `%2f` by some. */
static char *
lower_escapes (const char *text)
{
  char *lower = g_strdup (text);

  for (char *p = lower; *p != '\0'; p++)
    if (p[0] == '%' && p[1] != '\0' && p[2] != '\0')
      {
        p[1] = g_ascii_tolower (p[1]);
        p[2] = g_ascii_tolower (p[2]);
      }

  return lower;
}

static void
add_percent_forms (GPtrArray *forms, const char *secret)
{
  char *escaped[] = {
    g_uri_escape_string (secret, NULL, FALSE),
    g_uri_escape_string (secret, G_URI_RESERVED_CHARS_ALLOWED_IN_PATH, FALSE),
    g_uri_escape_string (secret, "*", FALSE), /* becomes the form encoding below */
  };

  for (guint i = 0; i < G_N_ELEMENTS (escaped); i++)
    {
      if (i == 2)
        {
          char **words = g_strsplit (escaped[i], "%20", -1);

          baton_secret_free (escaped[i]);
          escaped[i] = g_strjoinv ("+", words);
          baton_secret_free_all (words);
        }

      add_form (forms, lower_escapes (escaped[i]));
      add_form (forms, escaped[i]);
    }
}

/* The same bytes become three different texts in base64, by where in a group of three they begin. Of each,
 * the characters that depend on the secret alone are kept, so that it is found within other data too, as
 * in `user:password`. */
static void
add_base64_forms (GPtrArray *forms, const char *secret)
{
  gsize length = strlen (secret);

  for (gsize shift = 0; shift < 3; shift++)
    {
      g_autofree guchar *shifted = g_malloc0 (shift + length);
      gsize first = (shift * 8 + 5) / 6;
      gsize last = (shift + length) * 8 / 6;
      char *encoded = NULL;

      memcpy (shifted + shift, secret, length);
      encoded = g_base64_encode (shifted, shift + length);
      explicit_bzero (shifted, shift + length);

      if (last >= first + SHORTEST_BASE64)
        {
          char *standard = g_strndup (encoded + first, last - first);
          char *for_url = g_strdelimit (g_strdelimit (g_strdup (standard), "+", '-'), "/", '_');

          add_form (forms, standard);
          add_form (forms, for_url);
        }

      baton_secret_free (encoded);
    }
}

static char *
escape_for_json (const char *secret, const char *also_unicode)
{
  /* Long enough for escapes alone: what grows leaves copies behind. */
  GString *escaped = g_string_sized_new (6 * strlen (secret) + 1);

  for (const char *p = secret; *p != '\0'; p++)
    {
      if ((guchar) *p < 0x20 || strchr (also_unicode, *p) != NULL)
        g_string_append_printf (escaped, "\\u%04X", (guint) *p);
      else if (*p == '"' || *p == '\\')
        g_string_append_printf (escaped, "\\%c", *p);
      else
        g_string_append_c (escaped, *p);
    }

  return g_string_free (escaped, FALSE);
}

static GPtrArray *
make_forms (const char *secret)
{
  GPtrArray *forms = g_ptr_array_new_with_free_func ((GDestroyNotify) baton_secret_free);

  add_form (forms, g_strdup (secret));
  add_percent_forms (forms, secret);
  add_base64_forms (forms, secret);
  add_form (forms, escape_for_json (secret, ""));
  /* System.Text.Json also writes these as \uXXXX */
  add_form (forms, escape_for_json (secret, "\"&'<>+`"));

  return forms;
}

/**
 * baton_redact_remember:
 * @secret: (nullable): the value
 *
 * Any thread. Counted. Under four bytes it is left alone: it would take out half of every text.
 */
void
baton_redact_remember (const char *secret)
{
  Remembered *entry = NULL;

  if (secret == NULL || strlen (secret) < SHORTEST_SECRET)
    return;

  g_mutex_lock (&mutex);

  if (remembered == NULL)
    remembered = g_hash_table_new_full (g_str_hash, g_str_equal, (GDestroyNotify) baton_secret_free,
                                        (GDestroyNotify) remembered_free);

  entry = g_hash_table_lookup (remembered, secret);
  if (entry == NULL)
    {
      entry = g_new0 (Remembered, 1);
      entry->forms = make_forms (secret);
      g_hash_table_insert (remembered, g_strdup (secret), entry);
    }
  entry->count++;

  g_mutex_unlock (&mutex);
}

/**
 * baton_redact_forget:
 * @secret: (nullable): the value
 *
 * Any thread. One that is not remembered is allowed.
 */
void
baton_redact_forget (const char *secret)
{
  Remembered *entry = NULL;

  if (secret == NULL)
    return;

  g_mutex_lock (&mutex);

  entry = remembered != NULL ? g_hash_table_lookup (remembered, secret) : NULL;
  if (entry != NULL && --entry->count == 0)
    g_hash_table_remove (remembered, secret);

  g_mutex_unlock (&mutex);
}

static void
find_all (const char *text, const char *needle, GArray *ranges)
{
  gsize length = strlen (needle);

  /* on by one, not by @length: of two that overlap both go */
  for (const char *p = strstr (text, needle); p != NULL; p = strstr (p + 1, needle))
    {
      BatonRedactRange range = { (gsize) (p - text), (gsize) (p - text) + length };

      g_array_append_val (ranges, range);
    }
}

static void
find_by_value (const char *text, GArray *ranges)
{
  GHashTableIter iter;
  gpointer value = NULL;

  g_mutex_lock (&mutex);

  if (remembered != NULL)
    {
      g_hash_table_iter_init (&iter, remembered);
      while (g_hash_table_iter_next (&iter, NULL, &value))
        {
          Remembered *entry = value;

          for (guint i = 0; i < entry->forms->len; i++)
            find_all (text, g_ptr_array_index (entry->forms, i), ranges);
        }
    }

  g_mutex_unlock (&mutex);
}

static int
compare_ranges (gconstpointer a, gconstpointer b)
{
  const BatonRedactRange *left = a;
  const BatonRedactRange *right = b;

  return (left->start > right->start) - (left->start < right->start);
}

/**
 * baton_redact:
 * @text: (nullable): any text
 *
 * Any thread. A text that was redacted already may be redacted again.
 *
 * Returns: (transfer full) (nullable): the text without secrets; %NULL for %NULL
 */
char *
baton_redact (const char *text)
{
  g_autoptr (GArray) ranges = NULL;
  GString *clean = NULL;
  gsize done = 0;

  if (text == NULL)
    return NULL;

  ranges = g_array_new (FALSE, FALSE, sizeof (BatonRedactRange));
  /* Both look at the text as it came, so that neither cuts what the other would have found. */
  find_by_value (text, ranges);
  baton_redact_find_by_name (text, ranges);

  if (ranges->len == 0)
    return g_strdup (text);

  /* earlier redactions are pieces too: a secret within the marker must not take it apart */
  find_all (text, BATON_REDACTED, ranges);
  g_array_sort (ranges, compare_ranges);
  clean = g_string_new (NULL);

  for (guint i = 0; i < ranges->len;)
    {
      BatonRedactRange range = g_array_index (ranges, BatonRedactRange, i);

      for (i++; i < ranges->len && g_array_index (ranges, BatonRedactRange, i).start < range.end; i++)
        range.end = MAX (range.end, g_array_index (ranges, BatonRedactRange, i).end);

      g_string_append_len (clean, text + done, (gssize) (range.start - done));
      g_string_append (clean, BATON_REDACTED);
      done = range.end;
    }

  g_string_append (clean, text + done);

  return g_string_free (clean, FALSE);
}

static GLogWriterOutput
redacting_log_writer (GLogLevelFlags level, const GLogField *fields, gsize n_fields, gpointer user_data)
{
  g_autofree GLogField *clean = NULL;
  g_autoptr (GPtrArray) texts = NULL;
  const char *domain = NULL;

  for (gsize i = 0; i < n_fields; i++)
    if (strcmp (fields[i].key, "GLIB_DOMAIN") == 0 && fields[i].length < 0)
      domain = fields[i].value;

  if (g_log_writer_default_would_drop (level, domain))
    return G_LOG_WRITER_HANDLED;

  clean = g_new0 (GLogField, n_fields);
  texts = g_ptr_array_new_with_free_func (g_free);

  for (gsize i = 0; i < n_fields; i++)
    {
      g_autofree char *text = NULL;

      clean[i] = fields[i];

      if (fields[i].value == NULL || strcmp (fields[i].key, "GLIB_DOMAIN") == 0)
        continue;

      text = fields[i].length < 0 ? g_strdup (fields[i].value)
                                  : g_strndup (fields[i].value, (gsize) fields[i].length);
      clean[i].value = baton_redact (text);
      clean[i].length = -1;
      g_ptr_array_add (texts, (gpointer) clean[i].value);
    }

  return g_log_writer_default (level, clean, n_fields, user_data);
}

/**
 * baton_redact_install_log_writer:
 *
 * Main thread, once, before anything is logged. From then on all that goes through g_log(), of every
 * library, is redacted, and then written as GLib does by default.
 */
void
baton_redact_install_log_writer (void)
{
  static gboolean installed;

  if (installed)
    return;

  installed = TRUE;
  g_log_set_writer_func (redacting_log_writer, NULL, NULL);
}
