/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fuzz.h"

#include "baton-error.h"
#include "baton-json.h"

static void
peek_all (JsonObject *object)
{
  g_autoptr (GList) names = json_object_get_members (object);

  for (GList *l = names; l != NULL; l = l->next)
    {
      gint64 number = 0;

      g_free (baton_json_dup_scalar (baton_json_peek_node (object, l->data)));
      baton_json_peek_string (object, l->data);
      baton_json_peek_int (object, l->data, 0);
      baton_json_peek_double (object, l->data, 0);
      baton_json_peek_bool (object, l->data, FALSE);
      baton_json_peek_time (object, l->data);
      baton_json_peek_object (object, l->data);
      baton_json_peek_object_at (baton_json_peek_array (object, l->data), 0);
      baton_json_peek_node_any_case (object, l->data);
      baton_json_require_int (object, l->data, &number, NULL);
    }
}

/* What was read is written as JSON that reads the same. */
int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autoptr (GBytes) bytes = g_bytes_new (data, size);
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) node = baton_json_parse (bytes, BATON_JSON_MAX_BYTES, &error);
  g_autoptr (JsonNode) again = NULL;
  g_autofree char *text = NULL;
  g_autofree char *pretty = NULL;
  g_autofree char *text_again = NULL;

  if (node == NULL)
    {
      g_assert_error (error, BATON_ERROR, BATON_ERROR_BAD_ANSWER);
      return 0;
    }

  g_assert_no_error (error);
  if (baton_json_peek_root_object (node) != NULL)
    peek_all (baton_json_peek_root_object (node));

  text = baton_json_to_text (node, FALSE);
  g_assert_true (g_utf8_validate (text, -1, NULL));
  pretty = baton_json_to_text (node, TRUE);
  again = baton_json_parse_text (pretty, -1, &error);
  g_assert_no_error (error);
  text_again = baton_json_to_text (again, FALSE);
  g_assert_cmpstr (text_again, ==, text);

  return 0;
}
