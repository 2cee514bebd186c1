/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* The only way in Baton to read JSON. json-glib's own getters abort under fatal criticals on a
 * missing key or another type, and its parser overflows the stack on deep nesting. */

#define BATON_JSON_MAX_DEPTH 64
#define BATON_JSON_MAX_BYTES (16 * 1024 * 1024)

/* Any thread. Refuses a body over @max_bytes, nested deeper than BATON_JSON_MAX_DEPTH (a linear
 * scan before the parser sees it), not UTF-8, or not JSON, with BATON_ERROR_BAD_ANSWER.
 * Returns: (transfer full) (nullable). */
JsonNode *baton_json_parse (GBytes *text, gsize max_bytes, GError **error);

/* Any thread. @length in bytes, or -1. As baton_json_parse() with BATON_JSON_MAX_BYTES. */
JsonNode *baton_json_parse_text (const char *text, gssize length, GError **error);

/* Any thread. Returns: (transfer full): the text of @node, indented by two where @pretty. */
char *baton_json_to_text (JsonNode *node, gboolean pretty);
/* Any thread. Returns: (transfer full): @text as a string of JSON, in its quotes. No piece of it stays in memory
 * elsewhere, so that it may be a secret; free it with baton_secret_free() then. */
char *baton_json_quote (const char *text);
/* Any thread. Overwrites every string of @root, which held secrets and is not read any more. */
void baton_json_wipe (JsonNode *root);

/* peek: (transfer none), the default or NULL where it is absent, null or of another type. @object and @array may be NULL.
 * A number in a string is read as a number: the service does so now and then. */
JsonObject *baton_json_peek_root_object (JsonNode *root);
JsonArray *baton_json_peek_root_array (JsonNode *root);
const char *baton_json_peek_string (JsonObject *object, const char *name);
gint64 baton_json_peek_int (JsonObject *object, const char *name, gint64 fallback);
double baton_json_peek_double (JsonObject *object, const char *name, double fallback);
gboolean baton_json_peek_bool (JsonObject *object, const char *name, gboolean fallback);
JsonObject *baton_json_peek_object (JsonObject *object, const char *name);
JsonArray *baton_json_peek_array (JsonObject *object, const char *name);
JsonNode *baton_json_peek_node (JsonObject *object, const char *name);
gboolean baton_json_has (JsonObject *object, const char *name);
/* Wall time in microseconds of an ISO 8601 text, 0 where absent. */
gint64 baton_json_peek_time (JsonObject *object, const char *name);
JsonNode *baton_json_copy_node (JsonNode *node);
/* Case-insensitive find of a member, for names that the service writes both ways. */
JsonNode *baton_json_peek_node_any_case (JsonObject *object, const char *name);
/* (transfer full): the names of all members, in their order. */
char **baton_json_dup_names (JsonObject *object);

guint baton_json_length (JsonArray *array);
JsonObject *baton_json_peek_object_at (JsonArray *array, guint position);
const char *baton_json_peek_string_at (JsonArray *array, guint position);
JsonNode *baton_json_peek_node_at (JsonArray *array, guint position);
/* The value of a node as text: a string as it is, a number, true or false, NULL for the rest. (transfer full) */
char *baton_json_dup_scalar (JsonNode *node);

/* require: as peek, but BATON_ERROR_BAD_ANSWER naming the member where it is absent or of another type. */
JsonObject *baton_json_require_root_object (JsonNode *root, GError **error);
const char *baton_json_require_string (JsonObject *object, const char *name, GError **error);
gboolean baton_json_require_int (JsonObject *object, const char *name, gint64 *value, GError **error);
JsonArray *baton_json_require_array (JsonObject *object, const char *name, GError **error);

G_END_DECLS
