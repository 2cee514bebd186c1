/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sandbox-json-schema-private.h"

#include <math.h>

#include "baton-json.h"
#include "baton-time.h"

/* Asks without a word where it does not fit. */
static gboolean
fits_quietly (const SandboxSchemaQuestion *self, JsonNode *schema, JsonNode *value)
{
  SandboxSchemaWalk walk = { self->walk->root, self->walk->depth, self->walk->n_steps, NULL };
  gboolean result = sandbox_schema_fits (&walk, schema, value, self->where);

  self->walk->n_steps = walk.n_steps;
  g_free (walk.problem);

  return result;
}

static gboolean
is_string (JsonNode *node)
{
  return sandbox_schema_is_value (node) && json_node_get_value_type (node) == G_TYPE_STRING;
}

static gboolean
is_bool (JsonNode *node)
{
  return sandbox_schema_is_value (node) && json_node_get_value_type (node) == G_TYPE_BOOLEAN;
}

static gboolean
is_number (JsonNode *node)
{
  return sandbox_schema_is_value (node) && !is_string (node) && !is_bool (node);
}

static double
get_number (JsonNode *node)
{
  g_autofree char *text = node != NULL ? baton_json_dup_scalar (node) : NULL;

  return text != NULL ? g_ascii_strtod (text, NULL) : 0;
}

static gboolean
is_true (JsonNode *node)
{
  g_autofree char *text = is_bool (node) ? baton_json_dup_scalar (node) : NULL;

  return g_strcmp0 (text, "true") == 0;
}

static gboolean is_same (JsonNode *a, JsonNode *b);

static gboolean
is_same_object (JsonObject *a, JsonObject *b)
{
  g_auto (GStrv) names = baton_json_dup_names (a);

  if (json_object_get_size (a) != json_object_get_size (b))
    return FALSE;
  for (gsize i = 0; names[i] != NULL; i++)
    if (!baton_json_has (b, names[i])
        || !is_same (baton_json_peek_node (a, names[i]), baton_json_peek_node (b, names[i])))
      return FALSE;

  return TRUE;
}

static gboolean
is_same_array (JsonArray *a, JsonArray *b)
{
  if (baton_json_length (a) != baton_json_length (b))
    return FALSE;
  for (guint i = 0; i < baton_json_length (a); i++)
    if (!is_same (baton_json_peek_node_at (a, i), baton_json_peek_node_at (b, i)))
      return FALSE;

  return TRUE;
}

/* 1 and 1.0 are the same number. */
static gboolean
is_same (JsonNode *a, JsonNode *b)
{
  g_autofree char *text_a = NULL;
  g_autofree char *text_b = NULL;

  if (is_number (a) && is_number (b))
    return get_number (a) == get_number (b);
  if (a == NULL || b == NULL)
    return a == b;
  if (json_node_get_node_type (a) != json_node_get_node_type (b))
    return FALSE;
  if (sandbox_schema_is_object (a))
    return is_same_object (json_node_get_object (a), json_node_get_object (b));
  if (sandbox_schema_is_array (a))
    return is_same_array (json_node_get_array (a), json_node_get_array (b));
  if (is_string (a) != is_string (b))
    return FALSE;

  text_a = baton_json_dup_scalar (a);
  text_b = baton_json_dup_scalar (b);

  return g_strcmp0 (text_a, text_b) == 0;
}

static gboolean
is_of_type (JsonNode *value, const char *type)
{
  if (g_str_equal (type, "object"))
    return sandbox_schema_is_object (value);
  if (g_str_equal (type, "array"))
    return sandbox_schema_is_array (value);
  if (g_str_equal (type, "null"))
    return (value == NULL || JSON_NODE_HOLDS_NULL (value));
  if (g_str_equal (type, "string"))
    return is_string (value);
  if (g_str_equal (type, "boolean"))
    return is_bool (value);
  if (g_str_equal (type, "number"))
    return is_number (value);

  return g_str_equal (type, "integer") && is_number (value)
         && floor (get_number (value)) == get_number (value);
}

static gboolean
ask_type (const SandboxSchemaQuestion *self)
{
  g_autofree char *text = NULL;

  if (sandbox_schema_is_array (self->keyword))
    {
      JsonArray *types = json_node_get_array (self->keyword);

      for (guint i = 0; i < baton_json_length (types); i++)
        {
          const char *type = baton_json_peek_string_at (types, i);

          if (type != NULL && is_of_type (self->value, type))
            return TRUE;
        }
      return sandbox_schema_refuse (self, "is of none of the types that the schema takes");
    }

  text = baton_json_dup_scalar (self->keyword);

  return (text != NULL && is_of_type (self->value, text))
         || sandbox_schema_refuse (self, "must be of the type %s", text);
}

static gboolean
ask_enum (const SandboxSchemaQuestion *self)
{
  JsonArray *values
      = sandbox_schema_is_array (self->keyword) ? json_node_get_array (self->keyword) : NULL;

  for (guint i = 0; values != NULL && i < baton_json_length (values); i++)
    if (is_same (baton_json_peek_node_at (values, i), self->value))
      return TRUE;

  return sandbox_schema_refuse (self, "is none of the values that the schema takes");
}

static gboolean
ask_const (const SandboxSchemaQuestion *self)
{
  return is_same (self->keyword, self->value)
         || sandbox_schema_refuse (self, "is not the value that the schema takes");
}

static gboolean
ask_multiple (const SandboxSchemaQuestion *self)
{
  double step = get_number (self->keyword);
  double times;

  if (!is_number (self->value) || step <= 0)
    return TRUE;
  times = get_number (self->value) / step;

  /* 0.3 is three times 0.1, as a person counts. */
  return fabs (times - round (times)) < 1e-9 * MAX (1, fabs (times))
         || sandbox_schema_refuse (self, "must be a multiple of %g", step);
}

#define ASK_LIMIT(name, applies, measure, operator, words)                                         \
  static gboolean ask_##name (const SandboxSchemaQuestion *self)                                   \
  {                                                                                                \
    double limit = get_number (self->keyword);                                                     \
                                                                                                   \
    return !(applies)                                                                              \
           || (double)(measure) operator limit || sandbox_schema_refuse (self, words " %g",        \
                                                                         limit);                   \
  }

static glong
get_length (JsonNode *value)
{
  g_autofree char *text = baton_json_dup_scalar (value);

  return g_utf8_strlen (text, -1);
}

#define COUNT baton_json_length (json_node_get_array (self->value))
#define SIZE json_object_get_size (json_node_get_object (self->value))

/* clang-format off */
ASK_LIMIT (maximum, is_number (self->value), get_number (self->value), <=, "must be at most")
ASK_LIMIT (minimum, is_number (self->value), get_number (self->value), >=, "must be at least")
ASK_LIMIT (below, is_number (self->value), get_number (self->value), <, "must be below")
ASK_LIMIT (above, is_number (self->value), get_number (self->value), >, "must be above")
ASK_LIMIT (max_length, is_string (self->value), get_length (self->value), <=,
           "must have a length of at most")
ASK_LIMIT (min_length, is_string (self->value), get_length (self->value), >=,
           "must have a length of at least")
ASK_LIMIT (max_items, sandbox_schema_is_array (self->value), COUNT, <=, "must have at most so many items:")
ASK_LIMIT (min_items, sandbox_schema_is_array (self->value), COUNT, >=, "must have at least so many items:")
ASK_LIMIT (max_properties, sandbox_schema_is_object (self->value), SIZE, <=,
           "must have at most so many properties:")
ASK_LIMIT (min_properties, sandbox_schema_is_object (self->value), SIZE, >=,
           "must have at least so many properties:")
/* clang-format on */

static gboolean
matches (const char *pattern, const char *text)
{
  g_autoptr (GRegex) regex = g_regex_new (pattern, 0, 0, NULL);

  return regex != NULL && g_regex_match (regex, text, 0, NULL);
}

static gboolean
ask_pattern (const SandboxSchemaQuestion *self)
{
  g_autofree char *pattern = baton_json_dup_scalar (self->keyword);
  g_autofree char *text = is_string (self->value) ? baton_json_dup_scalar (self->value) : NULL;

  return text == NULL || matches (pattern, text)
         || sandbox_schema_refuse (self, "does not match the pattern %s", pattern);
}

static gboolean
ask_format (const SandboxSchemaQuestion *self)
{
  g_autofree char *format = baton_json_dup_scalar (self->keyword);
  g_autofree char *text = is_string (self->value) ? baton_json_dup_scalar (self->value) : NULL;
  gint64 time;

  return text == NULL || g_strcmp0 (format, "date-time") != 0 || baton_time_parse (text, &time)
         || sandbox_schema_refuse (self, "must be a time");
}

/* One schema for all items, or one for each with "additionalItems" for the rest. */
static gboolean
ask_items (const SandboxSchemaQuestion *self)
{
  JsonNode *rest = baton_json_peek_node (self->schema, "additionalItems");
  JsonArray *items;

  if (!sandbox_schema_is_array (self->value))
    return TRUE;

  items = json_node_get_array (self->value);
  for (guint i = 0; i < baton_json_length (items); i++)
    {
      g_autofree char *where = g_strdup_printf ("%s[%u]", self->where, i);
      JsonNode *schema = self->keyword;

      if (sandbox_schema_is_array (schema))
        {
          schema = baton_json_peek_node_at (json_node_get_array (schema), i);
          schema = schema != NULL ? schema : rest;
        }
      if (schema != NULL
          && !sandbox_schema_fits (self->walk, schema, baton_json_peek_node_at (items, i), where))
        return FALSE;
    }

  return TRUE;
}

static gboolean
ask_unique (const SandboxSchemaQuestion *self)
{
  JsonArray *items;

  if (!sandbox_schema_is_array (self->value) || !is_true (self->keyword))
    return TRUE;

  items = json_node_get_array (self->value);
  for (guint i = 0; i < baton_json_length (items); i++)
    for (guint j = 0; j < i; j++)
      if (is_same (baton_json_peek_node_at (items, i), baton_json_peek_node_at (items, j)))
        return sandbox_schema_refuse (self, "must have no item twice");

  return TRUE;
}

static gboolean
ask_contains (const SandboxSchemaQuestion *self)
{
  JsonArray *items;

  if (!sandbox_schema_is_array (self->value))
    return TRUE;

  items = json_node_get_array (self->value);
  for (guint i = 0; i < baton_json_length (items); i++)
    if (fits_quietly (self, self->keyword, baton_json_peek_node_at (items, i)))
      return TRUE;

  return sandbox_schema_refuse (self, "has no item as the schema wants one");
}

static gboolean
ask_required (const SandboxSchemaQuestion *self)
{
  JsonArray *names
      = sandbox_schema_is_array (self->keyword) ? json_node_get_array (self->keyword) : NULL;

  if (!sandbox_schema_is_object (self->value))
    return TRUE;
  for (guint i = 0; names != NULL && i < baton_json_length (names); i++)
    {
      const char *name = baton_json_peek_string_at (names, i);

      if (name != NULL && !baton_json_has (json_node_get_object (self->value), name))
        return sandbox_schema_refuse (self, "lacks the property %s", name);
    }

  return TRUE;
}

static gboolean
member_fits (const SandboxSchemaQuestion *self, JsonNode *schema, const char *name)
{
  g_autofree char *where
      = *self->where != '\0' ? g_strdup_printf ("%s.%s", self->where, name) : g_strdup (name);

  return sandbox_schema_fits (
      self->walk, schema, baton_json_peek_node (json_node_get_object (self->value), name), where);
}

static JsonObject *
peek_schemas (JsonNode *keyword)
{
  return keyword != NULL && sandbox_schema_is_object (keyword) ? json_node_get_object (keyword)
                                                               : NULL;
}

static gboolean
ask_properties (const SandboxSchemaQuestion *self)
{
  JsonObject *schemas = peek_schemas (self->keyword);
  g_auto (GStrv) names = schemas != NULL ? baton_json_dup_names (schemas) : NULL;

  if (!sandbox_schema_is_object (self->value))
    return TRUE;
  for (gsize i = 0; names != NULL && names[i] != NULL; i++)
    if (baton_json_has (json_node_get_object (self->value), names[i])
        && !member_fits (self, baton_json_peek_node (schemas, names[i]), names[i]))
      return FALSE;

  return TRUE;
}

static gboolean
ask_pattern_properties (const SandboxSchemaQuestion *self)
{
  JsonObject *schemas = peek_schemas (self->keyword);
  g_auto (GStrv) patterns = schemas != NULL ? baton_json_dup_names (schemas) : NULL;
  g_auto (GStrv) names = NULL;

  if (!sandbox_schema_is_object (self->value))
    return TRUE;
  names = baton_json_dup_names (json_node_get_object (self->value));
  for (gsize i = 0; patterns != NULL && patterns[i] != NULL; i++)
    for (gsize j = 0; names[j] != NULL; j++)
      if (matches (patterns[i], names[j])
          && !member_fits (self, baton_json_peek_node (schemas, patterns[i]), names[j]))
        return FALSE;

  return TRUE;
}

/* Whether "properties" or "patternProperties" speak of a member. */
static gboolean
is_described (const SandboxSchemaQuestion *self, const char *name)
{
  JsonObject *known = peek_schemas (baton_json_peek_node (self->schema, "properties"));
  JsonObject *patterns = peek_schemas (baton_json_peek_node (self->schema, "patternProperties"));
  g_auto (GStrv) names = patterns != NULL ? baton_json_dup_names (patterns) : NULL;

  if (known != NULL && baton_json_has (known, name))
    return TRUE;
  for (gsize i = 0; names != NULL && names[i] != NULL; i++)
    if (matches (names[i], name))
      return TRUE;

  return FALSE;
}

static gboolean
ask_additional_properties (const SandboxSchemaQuestion *self)
{
  g_auto (GStrv) names = NULL;

  if (!sandbox_schema_is_object (self->value))
    return TRUE;
  names = baton_json_dup_names (json_node_get_object (self->value));
  for (gsize i = 0; names[i] != NULL; i++)
    {
      if (is_described (self, names[i]))
        continue;
      if (is_bool (self->keyword) && !is_true (self->keyword))
        return sandbox_schema_refuse (self, "has the property %s, which the schema does not have",
                                      names[i]);
      if (!member_fits (self, self->keyword, names[i]))
        return FALSE;
    }

  return TRUE;
}

static gboolean
ask_property_names (const SandboxSchemaQuestion *self)
{
  g_auto (GStrv) names = NULL;

  if (!sandbox_schema_is_object (self->value))
    return TRUE;
  names = baton_json_dup_names (json_node_get_object (self->value));
  for (gsize i = 0; names[i] != NULL; i++)
    {
      g_autoptr (JsonNode) name = json_node_init_string (json_node_alloc (), names[i]);

      if (!fits_quietly (self, self->keyword, name))
        return sandbox_schema_refuse (
            self, "has the property %s, whose name the schema does not take", names[i]);
    }

  return TRUE;
}

static gboolean
ask_dependencies (const SandboxSchemaQuestion *self)
{
  JsonObject *dependencies = peek_schemas (self->keyword);
  g_auto (GStrv) names = dependencies != NULL ? baton_json_dup_names (dependencies) : NULL;

  if (!sandbox_schema_is_object (self->value))
    return TRUE;
  for (gsize i = 0; names != NULL && names[i] != NULL; i++)
    {
      SandboxSchemaQuestion question = *self;

      question.keyword = baton_json_peek_node (dependencies, names[i]);
      if (!baton_json_has (json_node_get_object (self->value), names[i]))
        continue;
      if (sandbox_schema_is_array (question.keyword)
              ? !ask_required (&question)
              : !sandbox_schema_fits (self->walk, question.keyword, self->value, self->where))
        return FALSE;
    }

  return TRUE;
}

static gboolean
ask_if (const SandboxSchemaQuestion *self)
{
  JsonNode *branch = baton_json_peek_node (
      self->schema, fits_quietly (self, self->keyword, self->value) ? "then" : "else");

  return branch == NULL || sandbox_schema_fits (self->walk, branch, self->value, self->where);
}

static gboolean
ask_all (const SandboxSchemaQuestion *self)
{
  JsonArray *schemas
      = sandbox_schema_is_array (self->keyword) ? json_node_get_array (self->keyword) : NULL;

  for (guint i = 0; schemas != NULL && i < baton_json_length (schemas); i++)
    if (!sandbox_schema_fits (self->walk, baton_json_peek_node_at (schemas, i), self->value,
                              self->where))
      return FALSE;

  return TRUE;
}

static guint
count_fitting (const SandboxSchemaQuestion *self)
{
  JsonArray *schemas
      = sandbox_schema_is_array (self->keyword) ? json_node_get_array (self->keyword) : NULL;
  guint n = 0;

  for (guint i = 0; schemas != NULL && i < baton_json_length (schemas); i++)
    n += fits_quietly (self, baton_json_peek_node_at (schemas, i), self->value) ? 1 : 0;

  return n;
}

static gboolean
ask_any (const SandboxSchemaQuestion *self)
{
  return count_fitting (self) > 0
         || sandbox_schema_refuse (self, "fits none of the schemas of anyOf");
}

static gboolean
ask_one (const SandboxSchemaQuestion *self)
{
  guint n = count_fitting (self);

  return n == 1
         || sandbox_schema_refuse (self, "must fit one of the schemas of oneOf and fits %u", n);
}

static gboolean
ask_not (const SandboxSchemaQuestion *self)
{
  return !fits_quietly (self, self->keyword, self->value)
         || sandbox_schema_refuse (self, "is what the schema does not take");
}

const SandboxSchemaKeyword sandbox_schema_keywords[] = {
  { "type", ask_type },
  { "enum", ask_enum },
  { "const", ask_const },
  { "multipleOf", ask_multiple },
  { "maximum", ask_maximum },
  { "exclusiveMaximum", ask_below },
  { "minimum", ask_minimum },
  { "exclusiveMinimum", ask_above },
  { "maxLength", ask_max_length },
  { "minLength", ask_min_length },
  { "pattern", ask_pattern },
  { "format", ask_format },
  { "items", ask_items },
  { "maxItems", ask_max_items },
  { "minItems", ask_min_items },
  { "uniqueItems", ask_unique },
  { "contains", ask_contains },
  { "maxProperties", ask_max_properties },
  { "minProperties", ask_min_properties },
  { "required", ask_required },
  { "properties", ask_properties },
  { "patternProperties", ask_pattern_properties },
  { "additionalProperties", ask_additional_properties },
  { "propertyNames", ask_property_names },
  { "dependencies", ask_dependencies },
  { "if", ask_if },
  { "allOf", ask_all },
  { "anyOf", ask_any },
  { "oneOf", ask_one },
  { "not", ask_not },
  { NULL },
};
