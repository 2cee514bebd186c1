/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <math.h>
#include <string.h>

#include "baton-json.h"

/* json-glib's generator writes 1e20 as `1e+20.0`, which is no JSON, and 0.1 with seventeen digits. */

#define INDENT 2

static void write_node (GString *text, JsonNode *node, gboolean pretty, guint depth);

static void
write_string (GString *text, const char *value)
{
  static const char short_escapes[] = "\bb\tt\nn\ff\rr\"\"\\\\";

  g_string_append_c (text, '"');

  for (const char *p = value; *p != '\0'; p++)
    {
      const char *escape = NULL;

      for (const char *e = short_escapes; *e != '\0' && escape == NULL; e += 2)
        if (*p == *e)
          escape = e + 1;

      if (escape != NULL)
        g_string_append_printf (text, "\\%c", *escape);
      else if ((guchar) *p < 0x20 || *p == 0x7f)
        g_string_append_printf (text, "\\u%04x", (guint) *p);
      else
        g_string_append_c (text, *p);
    }

  g_string_append_c (text, '"');
}

/* The shortest that reads back as the same number. */
static void
write_double (GString *text, double value)
{
  static const char *const formats[] = { "%.15g", "%.16g", "%.17g" };
  char buffer[G_ASCII_DTOSTR_BUF_SIZE];

  if (!isfinite (value))
    {
      g_string_append (text, "null");
      return;
    }

  for (guint i = 0; i < G_N_ELEMENTS (formats); i++)
    {
      g_ascii_formatd (buffer, sizeof buffer, formats[i], value);
      if (fabs (g_ascii_strtod (buffer, NULL) - value) <= 0)
        break;
    }

  g_string_append (text, buffer);
  if (strpbrk (buffer, ".e") == NULL)
    g_string_append (text, ".0");
}

static void
write_value (GString *text, JsonNode *node)
{
  GType type = json_node_get_value_type (node);

  if (type == G_TYPE_STRING)
    write_string (text, json_node_get_string (node));
  else if (type == G_TYPE_BOOLEAN)
    g_string_append (text, json_node_get_boolean (node) ? "true" : "false");
  else if (type == G_TYPE_DOUBLE)
    write_double (text, json_node_get_double (node));
  else
    g_string_append_printf (text, "%" G_GINT64_FORMAT, json_node_get_int (node));
}

static void
write_break (GString *text, gboolean pretty, guint depth)
{
  if (pretty)
    g_string_append_printf (text, "\n%*s", (int) (depth * INDENT), "");
}

static void
write_array (GString *text, JsonArray *array, gboolean pretty, guint depth)
{
  guint length = json_array_get_length (array);

  g_string_append_c (text, '[');

  for (guint i = 0; i < length; i++)
    {
      if (i > 0)
        g_string_append_c (text, ',');
      write_break (text, pretty, depth + 1);
      write_node (text, json_array_get_element (array, i), pretty, depth + 1);
    }

  if (length > 0)
    write_break (text, pretty, depth);
  g_string_append_c (text, ']');
}

static void
write_object (GString *text, JsonObject *object, gboolean pretty, guint depth)
{
  JsonObjectIter iter;
  const char *name = NULL;
  JsonNode *node = NULL;
  gboolean first = TRUE;

  g_string_append_c (text, '{');

  json_object_iter_init_ordered (&iter, object);
  while (json_object_iter_next_ordered (&iter, &name, &node))
    {
      if (!first)
        g_string_append_c (text, ',');
      first = FALSE;
      write_break (text, pretty, depth + 1);
      write_string (text, name);
      g_string_append (text, pretty ? ": " : ":");
      write_node (text, node, pretty, depth + 1);
    }

  if (!first)
    write_break (text, pretty, depth);
  g_string_append_c (text, '}');
}

static void
write_node (GString *text, JsonNode *node, gboolean pretty, guint depth)
{
  switch (json_node_get_node_type (node))
    {
    case JSON_NODE_OBJECT:
      write_object (text, json_node_get_object (node), pretty, depth);
      break;
    case JSON_NODE_ARRAY:
      write_array (text, json_node_get_array (node), pretty, depth);
      break;
    case JSON_NODE_VALUE:
      write_value (text, node);
      break;
    case JSON_NODE_NULL:
      g_string_append (text, "null");
      break;
    default:
      g_assert_not_reached ();
    }
}

/**
 * baton_json_to_text:
 * @node: a node
 * @pretty: whether to indent by two
 *
 * Any thread. Members in the order in which they came.
 *
 * Returns: (transfer full): the text
 */
char *
baton_json_to_text (JsonNode *node, gboolean pretty)
{
  GString *text = NULL;

  g_return_val_if_fail (node != NULL, NULL);

  text = g_string_new (NULL);
  write_node (text, node, pretty, 0);

  return g_string_free (text, FALSE);
}

char *
baton_json_quote (const char *text)
{
  GString *quoted = NULL;

  g_return_val_if_fail (text != NULL, NULL);

  /* Long enough for escapes alone: what grows leaves copies behind. */
  quoted = g_string_sized_new (6 * strlen (text) + 3);
  write_string (quoted, text);

  return g_string_free (quoted, FALSE);
}

static void
wipe_member_cb (JsonObject *object, const char *name, JsonNode *node, gpointer user_data)
{
  baton_json_wipe (node);
}

static void
wipe_element_cb (JsonArray *array, guint position, JsonNode *node, gpointer user_data)
{
  baton_json_wipe (node);
}

void
baton_json_wipe (JsonNode *root)
{
  g_return_if_fail (root != NULL);

  if (JSON_NODE_HOLDS_OBJECT (root))
    {
      json_object_foreach_member (json_node_get_object (root), wipe_member_cb, NULL);
    }
  else if (JSON_NODE_HOLDS_ARRAY (root))
    {
      json_array_foreach_element (json_node_get_array (root), wipe_element_cb, NULL);
    }
  else if (json_node_get_value_type (root) == G_TYPE_STRING)
    {
      /* The node's own copy: json-glib gives it away to be read only. */
      char *text = (char *) json_node_get_string (root);

      explicit_bzero (text, strlen (text));
    }
}
