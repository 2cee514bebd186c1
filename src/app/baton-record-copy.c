/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n.h>

#include "baton-record-copy.h"
#include "baton-value-text.h"

/* @record: (nullable): NULL is the titles. */
static void
append_line (GString *text, BatonColumns *columns, BatonRecord *record)
{
  const BatonField *fields = baton_columns_get_resource (columns)->fields;
  gboolean first = TRUE;

  for (guint i = 0; fields[i].id != NULL; i++)
    {
      g_autofree char *value = NULL;

      if (!baton_columns_get_visible (columns, i))
        continue;
      /* A tab or a line's end would tear the row apart in a spreadsheet. */
      value = record != NULL ? baton_value_dup_line (record, i) : g_strdup (_(fields[i].title));
      g_string_append_printf (text, "%s%s", first ? "" : "\t", value != NULL ? value : "");
      first = FALSE;
    }
}

char *
baton_record_copy_rows (GPtrArray *records, BatonColumns *columns)
{
  g_autoptr (GString) text = g_string_new (NULL);

  g_return_val_if_fail (records != NULL, NULL);
  g_return_val_if_fail (BATON_IS_COLUMNS (columns), NULL);

  if (records->len > 1)
    append_line (text, columns, NULL);
  for (guint i = 0; i < records->len; i++)
    {
      if (text->len > 0)
        g_string_append_c (text, '\n');
      append_line (text, columns, g_ptr_array_index (records, i));
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

char *
baton_record_copy_json (GPtrArray *records)
{
  g_autoptr (GString) text = g_string_new (NULL);

  g_return_val_if_fail (records != NULL, NULL);

  if (records->len == 1)
    return baton_record_dup_json (g_ptr_array_index (records, 0));
  g_string_append_c (text, '[');
  for (guint i = 0; i < records->len; i++)
    {
      g_autofree char *json = baton_record_dup_json (g_ptr_array_index (records, i));

      g_string_append_printf (text, "%s%s", i > 0 ? ",\n" : "\n", json);
    }
  g_string_append (text, "\n]");
  return g_string_free (g_steal_pointer (&text), FALSE);
}
