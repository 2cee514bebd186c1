/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <math.h>
#include <string.h>

#include "baton-error.h"
#include "baton-json.h"
#include "baton-json-scan.h"
#include "baton-time.h"

#define BYTE_ORDER_MARK "\xef\xbb\xbf"

static JsonNode *
parse (const char *text, gsize length, gsize max_bytes, GError **error)
{
  g_autoptr (JsonParser) parser = NULL;
  g_autofree char *repaired = NULL;
  g_autoptr (GError) local_error = NULL;
  g_autoptr (GArray) faults = NULL;
  JsonNode *root = NULL;

  if (length > max_bytes)
    {
      g_set_error (error, BATON_ERROR, BATON_ERROR_BAD_ANSWER,
                   "The answer is larger than %" G_GSIZE_FORMAT " bytes", max_bytes);
      return NULL;
    }

  if (length >= 3 && memcmp (text, BYTE_ORDER_MARK, 3) == 0)
    {
      text += 3;
      length -= 3;
    }

  if (!g_utf8_validate_len (text, length, NULL))
    {
      g_set_error_literal (error, BATON_ERROR, BATON_ERROR_BAD_ANSWER, "The answer is not UTF-8");
      return NULL;
    }

  if (!baton_json_scan (text, length, &faults, error))
    return NULL;

  if (faults != NULL)
    {
      repaired = g_strndup (text, length);
      baton_json_repair (repaired, faults);
      text = repaired;
    }

  parser = json_parser_new ();

  if (!json_parser_load_from_data (parser, text, (gssize) length, &local_error))
    {
      g_set_error_literal (error, BATON_ERROR, BATON_ERROR_BAD_ANSWER, local_error->message);
      return NULL;
    }

  root = json_parser_steal_root (parser);

  if (root == NULL)
    g_set_error_literal (error, BATON_ERROR, BATON_ERROR_BAD_ANSWER, "The answer is empty");

  return root;
}

/**
 * baton_json_parse:
 * @text: the body
 * @max_bytes: the largest body to take
 * @error: return location
 *
 * Any thread; a large body belongs in a worker. A byte order mark is skipped. `\u0000` and lone
 * surrogates, which .NET writes and C strings cannot hold, become U+FFFD; numbers too large for 64 bits or a
 * double become the largest there is.
 *
 * Returns: (transfer full) (nullable): the root, or %NULL with %BATON_ERROR_BAD_ANSWER
 */
JsonNode *
baton_json_parse (GBytes *text, gsize max_bytes, GError **error)
{
  gsize length = 0;
  const char *data = NULL;

  g_return_val_if_fail (text != NULL, NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  data = g_bytes_get_data (text, &length);

  return parse (data != NULL ? data : "", length, max_bytes, error);
}

/**
 * baton_json_parse_text:
 * @text: (nullable): the text
 * @length: in bytes, or -1 where it ends with a NUL
 * @error: return location
 *
 * Any thread.
 *
 * Returns: (transfer full) (nullable): the root, or %NULL with %BATON_ERROR_BAD_ANSWER
 */
JsonNode *
baton_json_parse_text (const char *text, gssize length, GError **error)
{
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  if (text == NULL)
    text = "";

  return parse (text, length < 0 ? strlen (text) : (gsize) length, BATON_JSON_MAX_BYTES, error);
}

/* Returns: (nullable): the node where it is a value of @type. */
static JsonNode *
value_of_type (JsonNode *node, GType type)
{
  if (node == NULL || !JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) != type)
    return NULL;

  return node;
}

static const char *
node_string (JsonNode *node)
{
  return value_of_type (node, G_TYPE_STRING) != NULL ? json_node_get_string (node) : NULL;
}

static gboolean
node_double (JsonNode *node, double *value)
{
  const char *text = NULL;
  char *end = NULL;

  if (value_of_type (node, G_TYPE_DOUBLE) != NULL)
    {
      *value = json_node_get_double (node);
      return TRUE;
    }

  if (value_of_type (node, G_TYPE_INT64) != NULL)
    {
      *value = (double) json_node_get_int (node);
      return TRUE;
    }

  text = node_string (node);

  /* not what strtod() also takes: spaces, hex, words */
  if (text == NULL || (!g_ascii_isdigit (text[0]) && text[0] != '-') || strpbrk (text, "xXnN") != NULL)
    return FALSE;

  *value = g_ascii_strtod (text, &end);

  return *end == '\0' && end != text && isfinite (*value);
}

static gboolean
node_int (JsonNode *node, gint64 *value)
{
  const char *text = NULL;
  double number = 0;

  if (value_of_type (node, G_TYPE_INT64) != NULL)
    {
      *value = json_node_get_int (node);
      return TRUE;
    }

  text = node_string (node);
  if (text != NULL && g_ascii_string_to_signed (text, 10, G_MININT64, G_MAXINT64, value, NULL))
    return TRUE;

  /* 2^63, the first that does not fit */
  if (!node_double (node, &number) || number != floor (number) || fabs (number) >= 0x1p63)
    return FALSE;

  *value = (gint64) number;

  return TRUE;
}

static JsonObject *
node_object (JsonNode *node)
{
  return node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
}

static JsonArray *
node_array (JsonNode *node)
{
  return node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
}

JsonObject *
baton_json_peek_root_object (JsonNode *root)
{
  return node_object (root);
}

JsonArray *
baton_json_peek_root_array (JsonNode *root)
{
  return node_array (root);
}

/**
 * baton_json_peek_node:
 * @object: (nullable): an object
 * @name: the member
 *
 * Returns: (transfer none) (nullable): its node, %NULL where it is absent or null
 */
JsonNode *
baton_json_peek_node (JsonObject *object, const char *name)
{
  JsonNode *node = NULL;

  g_return_val_if_fail (name != NULL, NULL);

  if (object == NULL)
    return NULL;

  node = json_object_get_member (object, name);

  return node == NULL || JSON_NODE_HOLDS_NULL (node) ? NULL : node;
}

/**
 * baton_json_copy_node:
 * @node: (nullable): what baton_json_peek_node() gave
 *
 * Returns: (transfer full): a copy of it, null where it is %NULL
 */
JsonNode *
baton_json_copy_node (JsonNode *node)
{
  return node != NULL ? json_node_copy (node) : json_node_new (JSON_NODE_NULL);
}

/**
 * baton_json_peek_node_any_case:
 * @object: (nullable): an object
 * @name: the member, ASCII
 *
 * The exact name wins over one of another case.
 *
 * Returns: (transfer none) (nullable): its node, %NULL where it is absent or null
 */
JsonNode *
baton_json_peek_node_any_case (JsonObject *object, const char *name)
{
  JsonNode *exact = baton_json_peek_node (object, name);
  JsonObjectIter iter;
  const char *member = NULL;
  JsonNode *node = NULL;

  if (exact != NULL || object == NULL)
    return exact;

  json_object_iter_init (&iter, object);
  while (json_object_iter_next (&iter, &member, &node))
    if (g_ascii_strcasecmp (member, name) == 0 && !JSON_NODE_HOLDS_NULL (node))
      return node;

  return NULL;
}

const char *
baton_json_peek_string (JsonObject *object, const char *name)
{
  return node_string (baton_json_peek_node (object, name));
}

gint64
baton_json_peek_int (JsonObject *object, const char *name, gint64 fallback)
{
  gint64 value = 0;

  return node_int (baton_json_peek_node (object, name), &value) ? value : fallback;
}

double
baton_json_peek_double (JsonObject *object, const char *name, double fallback)
{
  double value = 0;

  return node_double (baton_json_peek_node (object, name), &value) ? value : fallback;
}

gboolean
baton_json_peek_bool (JsonObject *object, const char *name, gboolean fallback)
{
  JsonNode *node = value_of_type (baton_json_peek_node (object, name), G_TYPE_BOOLEAN);

  return node != NULL ? json_node_get_boolean (node) : fallback;
}

JsonObject *
baton_json_peek_object (JsonObject *object, const char *name)
{
  return node_object (baton_json_peek_node (object, name));
}

JsonArray *
baton_json_peek_array (JsonObject *object, const char *name)
{
  return node_array (baton_json_peek_node (object, name));
}

/**
 * baton_json_has:
 * @object: (nullable): an object
 * @name: the member
 *
 * Returns: whether the member is there, also as null
 */
gboolean
baton_json_has (JsonObject *object, const char *name)
{
  g_return_val_if_fail (name != NULL, FALSE);

  return object != NULL && json_object_has_member (object, name);
}

gint64
baton_json_peek_time (JsonObject *object, const char *name)
{
  gint64 time = 0;

  return baton_time_parse (baton_json_peek_string (object, name), &time) ? time : 0;
}

guint
baton_json_length (JsonArray *array)
{
  return array != NULL ? json_array_get_length (array) : 0;
}

/**
 * baton_json_peek_node_at:
 * @array: (nullable): an array
 * @position: the position, also past the end
 *
 * Returns: (transfer none) (nullable): the node, %NULL where there is none or it is null
 */
JsonNode *
baton_json_peek_node_at (JsonArray *array, guint position)
{
  JsonNode *node = NULL;

  if (position >= baton_json_length (array))
    return NULL;

  node = json_array_get_element (array, position);

  return JSON_NODE_HOLDS_NULL (node) ? NULL : node;
}

JsonObject *
baton_json_peek_object_at (JsonArray *array, guint position)
{
  return node_object (baton_json_peek_node_at (array, position));
}

const char *
baton_json_peek_string_at (JsonArray *array, guint position)
{
  return node_string (baton_json_peek_node_at (array, position));
}

/**
 * baton_json_dup_scalar:
 * @node: (nullable): a node
 *
 * Returns: (transfer full) (nullable): the value as text, %NULL for null, an object or an array
 */
char *
baton_json_dup_scalar (JsonNode *node)
{
  if (node == NULL || !JSON_NODE_HOLDS_VALUE (node))
    return NULL;

  if (value_of_type (node, G_TYPE_STRING) != NULL)
    return json_node_dup_string (node);

  /* true, false and numbers are written as JSON writes them */
  return baton_json_to_text (node, FALSE);
}

static void
set_wrong_member (const char *name, const char *wanted, GError **error)
{
  g_set_error (error, BATON_ERROR, BATON_ERROR_BAD_ANSWER,
               "“%s” is missing from the answer or is not %s", name, wanted);
}

/**
 * baton_json_dup_names:
 * @object: (nullable): an object
 *
 * Any thread.
 *
 * Returns: (transfer full): the names of its members, in their order; none for %NULL
 */
char **
baton_json_dup_names (JsonObject *object)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new ();
  g_autoptr (GList) members = object != NULL ? json_object_get_members (object) : NULL;

  for (GList *member = members; member != NULL; member = member->next)
    g_ptr_array_add (names, g_strdup (member->data));
  g_ptr_array_add (names, NULL);

  return (char **) g_ptr_array_free (g_steal_pointer (&names), FALSE);
}

/**
 * baton_json_require_root_object:
 * @root: a root
 * @error: return location
 *
 * Returns: (transfer none) (nullable): the object, or %NULL with %BATON_ERROR_BAD_ANSWER
 */
JsonObject *
baton_json_require_root_object (JsonNode *root, GError **error)
{
  JsonObject *object = node_object (root);

  if (object == NULL)
    g_set_error_literal (error, BATON_ERROR, BATON_ERROR_BAD_ANSWER, "The answer is not an object");

  return object;
}

/**
 * baton_json_require_string:
 * @object: (nullable): an object
 * @name: the member
 * @error: return location
 *
 * Returns: (transfer none) (nullable): the string, or %NULL with %BATON_ERROR_BAD_ANSWER
 */
const char *
baton_json_require_string (JsonObject *object, const char *name, GError **error)
{
  const char *value = baton_json_peek_string (object, name);

  if (value == NULL)
    set_wrong_member (name, "a string", error);

  return value;
}

/**
 * baton_json_require_int:
 * @object: (nullable): an object
 * @name: the member
 * @value: (out): the number, untouched on failure
 * @error: return location
 *
 * Returns: %FALSE with %BATON_ERROR_BAD_ANSWER
 */
gboolean
baton_json_require_int (JsonObject *object, const char *name, gint64 *value, GError **error)
{
  gint64 number = 0;

  g_return_val_if_fail (value != NULL, FALSE);

  if (!node_int (baton_json_peek_node (object, name), &number))
    {
      set_wrong_member (name, "a whole number", error);
      return FALSE;
    }

  *value = number;

  return TRUE;
}

/**
 * baton_json_require_array:
 * @object: (nullable): an object
 * @name: the member
 * @error: return location
 *
 * Returns: (transfer none) (nullable): the array, or %NULL with %BATON_ERROR_BAD_ANSWER
 */
JsonArray *
baton_json_require_array (JsonObject *object, const char *name, GError **error)
{
  JsonArray *array = baton_json_peek_array (object, name);

  if (array == NULL)
    set_wrong_member (name, "an array", error);

  return array;
}
