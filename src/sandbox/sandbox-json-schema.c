/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sandbox-json-schema-private.h"

#include "baton-json.h"

/* Schemas within schemas, and references that lead to themselves. */
#define MAX_DEPTH 64
/* Schemas that are asked in all, of a value: more than the largest item has members, and a fraction
 * of a second, in which nobody else is served. */
#define MAX_STEPS 250000
#define TOO_MUCH "is described by too many schemas"

struct _SandboxJsonSchema
{
  JsonNode *root; /* (owned) */
};

static gboolean
is_bool (JsonNode *node)
{
  return sandbox_schema_is_value (node) && json_node_get_value_type (node) == G_TYPE_BOOLEAN;
}

static gboolean
is_true (JsonNode *node)
{
  g_autofree char *text = is_bool (node) ? baton_json_dup_scalar (node) : NULL;

  return g_strcmp0 (text, "true") == 0;
}

gboolean
sandbox_schema_refuse (const SandboxSchemaQuestion *self, const char *format, ...)
{
  if (self->walk->problem == NULL)
    {
      g_autofree char *what = NULL;
      va_list arguments;

      va_start (arguments, format);
      what = g_strdup_vprintf (format, arguments);
      va_end (arguments);
      self->walk->problem = *self->where != '\0' ? g_strdup_printf ("%s %s", self->where, what)
                                                 : g_strdup_printf ("The value %s", what);
    }

  return FALSE;
}

/* Follows "#/definitions/Address". Returns: (transfer none) (nullable). */
static JsonNode *
find_reference (JsonNode *root, const char *reference)
{
  g_autofree char *plain = NULL;
  g_auto (GStrv) steps = NULL;
  JsonNode *node = root;

  if (*reference != '#')
    return NULL;
  plain = g_uri_unescape_string (reference + 1, NULL);
  if (plain == NULL)
    return NULL;

  steps = g_strsplit (plain, "/", -1);
  for (gsize i = 1; node != NULL && steps[0] != NULL && steps[i] != NULL; i++)
    {
      g_autoptr (GString) name = g_string_new (steps[i]);

      g_string_replace (name, "~1", "/", 0);
      g_string_replace (name, "~0", "~", 0);
      if (sandbox_schema_is_object (node))
        node = baton_json_peek_node (json_node_get_object (node), name->str);
      else if (sandbox_schema_is_array (node) && g_ascii_isdigit (*name->str))
        node = baton_json_peek_node_at (json_node_get_array (node),
                                        (guint)g_ascii_strtoull (name->str, NULL, 10));
      else
        node = NULL;
    }

  return node;
}

static gboolean
ask_all_keywords (SandboxSchemaQuestion *question)
{
  const char *reference = baton_json_peek_string (question->schema, "$ref");

  /* Draft-07: beside a reference nothing else counts. */
  if (reference != NULL)
    {
      JsonNode *schema = find_reference (question->walk->root, reference);

      return schema != NULL
                 ? sandbox_schema_fits (question->walk, schema, question->value, question->where)
                 : sandbox_schema_refuse (question, "is described by %s, which is not there",
                                          reference);
    }

  for (const SandboxSchemaKeyword *keyword = sandbox_schema_keywords; keyword->name != NULL;
       keyword++)
    {
      question->keyword = baton_json_peek_node (question->schema, keyword->name);
      if (baton_json_has (question->schema, keyword->name) && !keyword->ask (question))
        return FALSE;
    }

  return TRUE;
}

gboolean
sandbox_schema_fits (SandboxSchemaWalk *walk, JsonNode *schema, JsonNode *value, const char *where)
{
  SandboxSchemaQuestion question = { .walk = walk, .value = value, .where = where };
  gboolean result;

  if (is_bool (schema))
    return is_true (schema) || sandbox_schema_refuse (&question, "may not be there");
  if (!sandbox_schema_is_object (schema))
    return TRUE;
  if (walk->depth >= MAX_DEPTH)
    return sandbox_schema_refuse (&question, "is described too deep");
  if (walk->n_steps >= MAX_STEPS)
    return sandbox_schema_refuse (&question, TOO_MUCH);

  walk->depth++;
  walk->n_steps++;
  question.schema = json_node_get_object (schema);
  result = ask_all_keywords (&question);
  walk->depth--;

  return result;
}

/* What a schema may hold, as the draft's own schema says it. */
static gboolean
is_type_name (const char *name)
{
  static const char *const names[]
      = { "object", "array", "null", "string", "number", "integer", "boolean", NULL };

  return name != NULL && g_strv_contains (names, name);
}

static gboolean
is_string (JsonNode *node)
{
  return sandbox_schema_is_value (node) && json_node_get_value_type (node) == G_TYPE_STRING;
}

static gboolean
is_number (JsonNode *node)
{
  return sandbox_schema_is_value (node) && !is_bool (node) && !is_string (node);
}

/* What the value of a keyword must be. */
static const struct
{
  const char *name;
  gboolean (*is) (JsonNode *node);
} kinds[] = {
  { "multipleOf", is_number },
  { "maximum", is_number },
  { "exclusiveMaximum", is_number },
  { "minimum", is_number },
  { "exclusiveMinimum", is_number },
  { "maxLength", is_number },
  { "minLength", is_number },
  { "maxItems", is_number },
  { "minItems", is_number },
  { "maxProperties", is_number },
  { "minProperties", is_number },
  { "pattern", is_string },
  { "format", is_string },
  { "$ref", is_string },
  { "uniqueItems", is_bool },
  { "enum", sandbox_schema_is_array },
  { "required", sandbox_schema_is_array },
  { "allOf", sandbox_schema_is_array },
  { "anyOf", sandbox_schema_is_array },
  { "oneOf", sandbox_schema_is_array },
  { "properties", sandbox_schema_is_object },
  { "patternProperties", sandbox_schema_is_object },
  { "dependencies", sandbox_schema_is_object },
};

static gboolean
has_known_types (JsonObject *schema)
{
  JsonArray *types = baton_json_peek_array (schema, "type");

  if (!baton_json_has (schema, "type"))
    return TRUE;
  if (types == NULL)
    return is_type_name (baton_json_peek_string (schema, "type"));
  for (guint i = 0; i < baton_json_length (types); i++)
    if (!is_type_name (baton_json_peek_string_at (types, i)))
      return FALSE;

  return baton_json_length (types) > 0;
}

/* Returns: (transfer full) (nullable): what is wrong with the keywords of one schema. */
static char *
check_keywords (JsonObject *schema)
{
  const char *pattern = baton_json_peek_string (schema, "pattern");
  g_autoptr (GRegex) regex = pattern != NULL ? g_regex_new (pattern, 0, 0, NULL) : NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (baton_json_has (schema, kinds[i].name)
        && !kinds[i].is (baton_json_peek_node (schema, kinds[i].name)))
      return g_strdup_printf ("The value of %s is of the wrong kind.", kinds[i].name);
  if (pattern != NULL && regex == NULL)
    return g_strdup_printf ("The pattern %s is not valid.", pattern);
  if (!has_known_types (schema))
    return g_strdup ("A type of the schema is not known.");

  return NULL;
}

/* Returns: (transfer full) (nullable): what is wrong with the schema @node and those within it. Of
 * a map, as "properties" is one, only the members are schemas; data may look like one. */
static char *
check (JsonNode *node, gboolean is_schema)
{
  g_auto (GStrv) names = NULL;
  JsonObject *object;
  char *problem = NULL;

  if (sandbox_schema_is_array (node))
    {
      for (guint i = 0; problem == NULL && i < baton_json_length (json_node_get_array (node)); i++)
        problem = check (baton_json_peek_node_at (json_node_get_array (node), i), TRUE);
      return problem;
    }
  if (!sandbox_schema_is_object (node))
    return NULL;

  object = json_node_get_object (node);
  if (is_schema)
    problem = check_keywords (object);
  names = baton_json_dup_names (object);
  for (gsize i = 0; problem == NULL && names[i] != NULL; i++)
    {
      static const char *const data[] = { "enum", "const", "default", "examples", NULL };
      static const char *const maps[]
          = { "properties", "patternProperties", "definitions", "dependencies", NULL };

      if (!is_schema || !g_strv_contains (data, names[i]))
        problem = check (baton_json_peek_node (object, names[i]),
                         !is_schema || !g_strv_contains (maps, names[i]));
    }

  return problem;
}

SandboxJsonSchema *
sandbox_json_schema_new (const char *text, char **problem)
{
  g_autoptr (JsonNode) root = NULL;
  SandboxJsonSchema *self;

  g_return_val_if_fail (text != NULL && problem != NULL, NULL);

  root = baton_json_parse_text (text, -1, NULL);
  if (root == NULL || !(sandbox_schema_is_object (root) || is_bool (root)))
    {
      *problem = g_strdup ("It is no JSON object.");
      return NULL;
    }
  *problem = check (root, TRUE);
  if (*problem != NULL)
    return NULL;

  self = g_new0 (SandboxJsonSchema, 1);
  self->root = g_steal_pointer (&root);

  return self;
}

void
sandbox_json_schema_free (SandboxJsonSchema *self)
{
  if (self == NULL)
    return;

  json_node_unref (self->root);
  g_free (self);
}

char *
sandbox_json_schema_find_problem (SandboxJsonSchema *self, JsonNode *value)
{
  SandboxSchemaWalk walk = { 0 };

  g_return_val_if_fail (self != NULL, NULL);

  walk.root = self->root;
  sandbox_schema_fits (&walk, self->root, value, "");
  /* Where it came to an end below a "not". */
  if (walk.problem == NULL && walk.n_steps >= MAX_STEPS)
    walk.problem = g_strdup ("It " TOO_MUCH);

  return walk.problem;
}
