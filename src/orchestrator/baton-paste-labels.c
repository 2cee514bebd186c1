/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "baton-paste-private.h"
#include "baton-redact.h"

/* A label of the API Access page and its relatives, found in free text. */
typedef struct
{
  int start;
  int end;
  char *name; /* (owned): as it is written */
} Label;

static void
label_clear (Label *label)
{
  g_free (label->name);
}

static void
find_labels (const char *text, const char *pattern, GRegexCompileFlags flags, GArray *labels)
{
  g_autoptr (GRegex) regex = g_regex_new (pattern, flags | G_REGEX_CASELESS, 0, NULL);
  g_autoptr (GMatchInfo) match = NULL;

  g_assert (regex != NULL);

  for (g_regex_match (regex, text, 0, &match); g_match_info_matches (match);
       g_match_info_next (match, NULL))
    {
      Label label = { 0 };
      g_autofree char *name = g_match_info_fetch (match, 1);

      g_match_info_fetch_pos (match, 1, &label.start, NULL);
      g_match_info_fetch_pos (match, 0, NULL, &label.end);
      label.name = g_steal_pointer (&name);
      g_array_append_val (labels, label);
    }
}

static int
compare_labels (gconstpointer a, gconstpointer b)
{
  const Label *first = a;
  const Label *second = b;

  /* of two at one place, the longer */
  return first->start != second->start ? first->start - second->start : second->end - first->end;
}

/* What stands on buttons beside the value, and is copied with it. */
static gboolean
is_button (const char *line)
{
  static const char *const words[] = { "copy", "copied", "content_copy", "show",
                                       "hide", "reveal", "visibility",   "visibility_off" };

  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    if (g_ascii_strcasecmp (line, words[i]) == 0)
      return TRUE;

  return FALSE;
}

/* Returns: (transfer full) (nullable): the value in what stands between two labels. */
static char *
find_value (const char *between)
{
  g_auto (BatonSecretTexts) lines = g_strsplit_set (between, "\r\n", -1);

  for (guint i = 0; lines[i] != NULL; i++)
    {
      char *line = lines[i];
      char *space = NULL;

      while (*line != '\0' && strchr (" \t:=\"',;|-", *line) != NULL)
        line++;
      for (gsize n = strlen (line); n > 0 && strchr (" \t\"',;|", line[n - 1]) != NULL; n--)
        line[n - 1] = '\0';

      space = strrchr (line, ' ');
      if (space != NULL && is_button (space + 1))
        *space = '\0';
      g_strchomp (line);

      if (*line != '\0' && !is_button (line))
        return g_strdup (line);
    }

  return NULL;
}

void
_baton_paste_find_labels (const char *text, BatonPasteTakeFunc take, gpointer user_data)
{
  /* names that nothing but a label has */
  static const char anywhere[]
      = "\\b(user[ _-]?key|refresh[ _-]?token|(?:account|tenant)[ _-]?logical[ _-]?name|"
        "organi[sz]ation[ _-]?id|tenant[ _-]?name|client[ _-]?(?:id|secret)|app[ _-]?(?:id|secret)|"
        "personal[ _-]?access[ _-]?token|redirect[ _-]?ur[il])\\b[ \\t]*(?:\\([^)\\n]*\\))?";
  /* names that are a label at the start of a line and before a colon, or alone in their line */
  static const char at_start[] = "^[ \\t\"'*#-]*(organi[sz]ation(?:[ _-]?name)?|account(?:[ "
                                 "_-]?name)?|tenant|user[ _-]?name|"
                                 "e-?mail|password|scopes?|pat|orchestrator(?:[ "
                                 "_-](?:url|address))?|(?:base[ _-]?)?url|address)"
                                 "[ \\t\"']*"
                                 "(?:[:=]|\\t|$)";
  g_autoptr (GArray) labels = g_array_new (FALSE, FALSE, sizeof (Label));
  int end = 0;

  g_array_set_clear_func (labels, (GDestroyNotify)label_clear);
  find_labels (text, anywhere, 0, labels);
  find_labels (text, at_start, G_REGEX_MULTILINE, labels);
  g_array_sort (labels, compare_labels);

  for (guint i = 0; i < labels->len; i++)
    {
      const Label *label = &g_array_index (labels, Label, i);
      int next
          = i + 1 < labels->len ? g_array_index (labels, Label, i + 1).start : (int)strlen (text);
      g_autoptr (BatonSecretText) between = NULL;
      g_autoptr (BatonSecretText) value = NULL;

      /* one within another: "Tenant" of "Tenant Name" */
      if (label->start < end)
        continue;
      end = label->end;

      between = g_strndup (text + label->end, (gsize)MAX (next - label->end, 0));
      value = find_value (between);
      if (value != NULL)
        take (label->name, value, user_data);
    }
}
