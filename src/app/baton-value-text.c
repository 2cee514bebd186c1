/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include <glib/gi18n.h>

#include "baton-json.h"
#include "baton-time.h"
#include "baton-value-text.h"

/* A tooltip or a cell never shows more of a value of megabytes. */
#define MAX_LINE 300
#define MAX_TOOLTIP 1200

gboolean
baton_value_is_numeric (const BatonField *field)
{
  return field->kind == BATON_FIELD_NUMBER || field->kind == BATON_FIELD_DURATION
         || field->kind == BATON_FIELD_SECONDS;
}

static char *
cut (const char *text, glong max)
{
  const char *end;

  if (g_utf8_strlen (text, -1) <= max)
    return g_strdup (text);
  end = g_utf8_offset_to_pointer (text, max);
  return g_strdup_printf ("%.*s…", (int) (end - text), text);
}

char *
baton_value_dup_line (BatonRecord *record, guint field)
{
  g_autofree char *display = baton_record_dup_display (record, field);
  g_autofree char *line = NULL;

  if (display == NULL || strlen (display) <= MAX_LINE)
    line = g_steal_pointer (&display);
  else
    line = cut (display, MAX_LINE);
  /* A cell has one line: all rows of a table are of one height. */
  if (line != NULL)
    g_strdelimit (line, "\r\n\t", ' ');
  return g_steal_pointer (&line);
}

char *
baton_value_dup_tooltip (BatonRecord *record, guint field)
{
  const BatonField *description = &baton_record_get_resource (record)->fields[field];
  g_autofree char *display = NULL;

  if (description->kind == BATON_FIELD_TIME)
    {
      gint64 time = baton_record_get_number (record, field);

      return time != 0 ? baton_time_format (time) : NULL;
    }
  display = baton_record_dup_display (record, field);
  if (display == NULL || *display == '\0')
    return NULL;
  return cut (display, MAX_TOOLTIP);
}

char *
baton_value_dup_raw (BatonRecord *record, guint field)
{
  const BatonField *description = &baton_record_get_resource (record)->fields[field];
  const char *text = NULL;

  switch (description->kind)
    {
    case BATON_FIELD_TIME:
      {
        gint64 time = baton_record_get_number (record, field);

        return time != 0 ? baton_time_format (time) : g_strdup ("");
      }
    case BATON_FIELD_DURATION:
    case BATON_FIELD_BOOL:
    case BATON_FIELD_NUMBER:
    case BATON_FIELD_SECONDS:
      {
        char *display = baton_record_dup_display (record, field);

        return display != NULL ? display : g_strdup ("");
      }
    case BATON_FIELD_TEXT:
    case BATON_FIELD_STATE:
    case BATON_FIELD_JSON:
    case BATON_FIELD_LONG:
    default:
      text = baton_record_get_text (record, field);
      return g_strdup (text != NULL ? text : "");
    }
}

static void
build_value (JsonBuilder *builder, BatonRecord *record, guint field, BatonFieldKind kind)
{
  const char *text = baton_record_get_text (record, field);

  switch (kind)
    {
    case BATON_FIELD_BOOL:
      json_builder_add_boolean_value (builder, baton_record_get_number (record, field) != 0);
      return;
    case BATON_FIELD_NUMBER:
    case BATON_FIELD_SECONDS:
      json_builder_add_int_value (builder, baton_record_get_number (record, field));
      return;
    case BATON_FIELD_TIME:
    case BATON_FIELD_DURATION:
    case BATON_FIELD_TEXT:
    case BATON_FIELD_STATE:
    case BATON_FIELD_JSON:
    case BATON_FIELD_LONG:
    default:
      {
        g_autofree char *raw = baton_value_dup_raw (record, field);

        if (text == NULL && *raw == '\0')
          json_builder_add_null_value (builder);
        else
          json_builder_add_string_value (builder, raw);
      }
    }
}

char *
baton_record_dup_json (BatonRecord *record)
{
  const BatonResource *resource = baton_record_get_resource (record);
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonNode) root = NULL;

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, resource->key);
  json_builder_add_string_value (builder, baton_record_get_key (record));
  for (guint i = 0; resource->fields[i].id != NULL; i++)
    {
      const BatonField *field = &resource->fields[i];

      if (g_str_equal (field->property, resource->key) || field->kind == BATON_FIELD_DURATION)
        continue;
      json_builder_set_member_name (builder, field->property);
      build_value (builder, record, i, field->kind);
    }
  json_builder_end_object (builder);
  root = json_builder_get_root (builder);
  return baton_json_to_text (root, TRUE);
}

char *
baton_value_dup_pretty (const char *text, gboolean *is_json)
{
  g_autoptr (JsonNode) node = baton_json_parse_text (text, -1, NULL);

  if (is_json != NULL)
    *is_json = node != NULL;
  return node != NULL ? baton_json_to_text (node, TRUE) : g_strdup (text);
}
