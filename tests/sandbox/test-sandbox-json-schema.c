/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "baton-json.h"
#include "sandbox-json-schema.h"

typedef struct
{
  const char *name;
  const char *schema;
  const char *fits;  /* an array of values */
  const char * not ; /* likewise */
} Case;

static const Case cases[] = {
  { "true", "true", "[1,null,{}]", "[]" },
  { "false", "false", "[]", "[1,null,{}]" },
  { "type", "{\"type\":\"integer\"}", "[1,1.0,-5]", "[1.5,\"1\",true,null,{},[]]" },
  { "types", "{\"type\":[\"string\",\"null\"]}", "[\"\",null]", "[0,false,{}]" },
  { "enum", "{\"enum\":[\"EUR\",1,{\"a\":[1]}]}", "[\"EUR\",1.0,{\"a\":[1]}]",
    "[\"eur\",\"1\",{}]" },
  { "const", "{\"const\":2}", "[2,2.0]", "[\"2\",3,null]" },
  { "const-null", "{\"const\":null}", "[null]", "[0,\"\",{}]" },
  { "null-within", "{\"enum\":[null,{\"a\":null}],\"maxLength\":9}", "[null,{\"a\":null}]",
    "[{},{\"a\":1},[null]]" },
  { "null-member", "{\"properties\":{\"a\":{\"type\":[\"null\",\"string\"]}},\"required\":[\"a\"]}",
    "[{\"a\":null},{\"a\":\"b\"}]", "[{\"a\":1},{}]" },
  { "numbers", "{\"minimum\":1,\"exclusiveMaximum\":10,\"multipleOf\":0.1}", "[1,9.9,\"text\"]",
    "[0.9,10,1.05]" },
  { "limits", "{\"exclusiveMinimum\":0,\"maximum\":5}", "[5,0.1]", "[0,5.1]" },
  { "strings", "{\"minLength\":2,\"maxLength\":3,\"pattern\":\"^[A-Zß]+$\"}", "[\"AB\",\"ßßß\",7]",
    "[\"A\",\"ABCD\",\"ab\"]" },
  { "format", "{\"format\":\"date-time\"}", "[\"2026-01-31T12:00:00Z\",5]", "[\"tomorrow\"]" },
  { "items", "{\"items\":{\"type\":\"number\"},\"minItems\":1,\"maxItems\":2,\"uniqueItems\":true}",
    "[[1],[1,2]]", "[[],[1,2,3],[1,1.0],[\"1\"]]" },
  { "tuple", "{\"items\":[{\"type\":\"string\"},{\"type\":\"number\"}],\"additionalItems\":false}",
    "[[],[\"a\"],[\"a\",1]]", "[[1],[\"a\",1,2]]" },
  { "contains", "{\"contains\":{\"const\":1}}", "[[0,1],{}]", "[[],[0]]" },
  { "required", "{\"required\":[\"Amount\"],\"properties\":{\"Amount\":{\"type\":\"number\"}}}",
    "[{\"Amount\":1},{\"Amount\":1,\"Other\":2},5]", "[{},{\"Amount\":\"1\"}]" },
  { "additional",
    "{\"properties\":{\"a\":{}},\"patternProperties\":{\"^x-\":{\"type\":\"string\"}},"
    "\"additionalProperties\":false}",
    "[{},{\"a\":1,\"x-b\":\"c\"}]", "[{\"b\":1},{\"x-b\":1}]" },
  { "additional-schema", "{\"additionalProperties\":{\"type\":\"boolean\"}}", "[{\"a\":true}]",
    "[{\"a\":1}]" },
  { "sizes", "{\"minProperties\":1,\"maxProperties\":2}", "[{\"a\":1},[]]",
    "[{},{\"a\":1,\"b\":1,\"c\":1}]" },
  { "names", "{\"propertyNames\":{\"maxLength\":2}}", "[{\"ab\":1}]", "[{\"abc\":1}]" },
  { "dependencies", "{\"dependencies\":{\"a\":[\"b\"],\"c\":{\"required\":[\"d\"]}}}",
    "[{},{\"a\":1,\"b\":1},{\"c\":1,\"d\":1}]", "[{\"a\":1},{\"c\":1}]" },
  { "all", "{\"allOf\":[{\"minimum\":1},{\"maximum\":2}]}", "[1,2]", "[0,3]" },
  { "any", "{\"anyOf\":[{\"minimum\":5},{\"maximum\":2}]}", "[1,6]", "[3]" },
  { "one", "{\"oneOf\":[{\"minimum\":2},{\"maximum\":4}]}", "[1,5]", "[3]" },
  { "not", "{\"not\":{\"type\":\"null\"}}", "[1]", "[null]" },
  { "if",
    "{\"if\":{\"properties\":{\"k\":{\"const\":1}},\"required\":[\"k\"]},\"then\":{\"required\":["
    "\"v\"]},"
    "\"else\":{\"required\":[\"w\"]}}",
    "[{\"k\":1,\"v\":0},{\"w\":0}]", "[{\"k\":1},{\"k\":2}]" },
  { "reference",
    "{\"definitions\":{\"a/b\":{\"type\":\"string\"}},\"properties\":{\"n\":{\"$ref\":"
    "\"#/definitions/a~1b\"},\"next\":{\"$ref\":\"#\"}}}",
    "[{\"n\":\"x\",\"next\":{\"n\":\"y\"}}]", "[{\"n\":1},{\"next\":{\"next\":{\"n\":1}}}]" },
  { "reference-to-nothing", "{\"$ref\":\"#/definitions/gone\"}", "[]", "[1]" },
  { "reference-to-itself", "{\"$ref\":\"#\"}", "[]", "[1]" },
};

static void
check_all (SandboxJsonSchema *schema, const char *text, gboolean fit)
{
  g_autoptr (JsonNode) root = baton_json_parse_text (text, -1, NULL);
  JsonArray *values = baton_json_peek_root_array (root);

  for (guint i = 0; i < baton_json_length (values); i++)
    {
      JsonNode *value = baton_json_peek_node_at (values, i);
      g_autofree char *shown
          = value != NULL ? baton_json_to_text (value, FALSE) : g_strdup ("null");
      g_autofree char *problem = sandbox_json_schema_find_problem (schema, value);

      g_test_message ("%s: %s", shown, problem != NULL ? problem : "fits");
      g_assert_true ((problem == NULL) == fit);
    }
}

static void
test_case (gconstpointer data)
{
  const Case *self = data;
  g_autofree char *problem = NULL;
  g_autoptr (SandboxJsonSchema) schema = sandbox_json_schema_new (self->schema, &problem);

  g_assert_cmpstr (problem, ==, NULL);
  check_all (schema, self->fits, TRUE);
  check_all (schema, self->not, FALSE);
}

static void
test_place (void)
{
  g_autofree char *wrong = NULL;
  g_autofree char *problem = NULL;
  g_autoptr (JsonNode) value = baton_json_parse_text ("{\"Lines\":[{},{\"Net\":\"x\"}]}", -1, NULL);
  g_autoptr (SandboxJsonSchema) schema = sandbox_json_schema_new (
      "{\"properties\":{\"Lines\":{\"items\":{\"properties\":{\"Net\":{\"type\":\"number\"}}}}}}",
      &wrong);

  problem = sandbox_json_schema_find_problem (schema, value);
  g_assert_cmpstr (problem, ==, "Lines[1].Net must be of the type number");
}

/* Two ways at each of thirty levels are a thousand million. */
static void
test_too_many (void)
{
  g_autoptr (GString) text = g_string_new ("{\"definitions\":{");
  g_autoptr (JsonNode) value = baton_json_parse_text ("{\"a\":\"b\"}", -1, NULL);
  g_autoptr (SandboxJsonSchema) schema = NULL;
  g_autofree char *wrong = NULL;
  g_autofree char *problem = NULL;

  for (guint i = 0; i < 30; i++)
    g_string_append_printf (text,
                            "\"d%u\":{\"anyOf\":[{\"$ref\":\"#/definitions/d%u\"},"
                            "{\"$ref\":\"#/definitions/d%u\"}]},",
                            i, i + 1, i + 1);
  g_string_append (text, "\"d30\":{\"type\":\"number\"}},\"$ref\":\"#/definitions/d0\"}");
  schema = sandbox_json_schema_new (text->str, &wrong);
  g_assert_nonnull (schema);
  problem = sandbox_json_schema_find_problem (schema, value);
  g_assert_nonnull (problem);
}

static void
test_no_schema (void)
{
  static const char *const texts[] = { "",
                                       "[]",
                                       "5",
                                       "{",
                                       "{\"type\":\"number\",\"items\":{\"type\":\"float\"}}",
                                       "{\"type\":[]}",
                                       "{\"maximum\":\"5\"}",
                                       "{\"required\":null}",
                                       "{\"pattern\":\"(\"}",
                                       "{\"properties\":{\"a\":{\"type\":\"text\"}}}" };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autofree char *problem = NULL;

      g_test_message ("%s", texts[i]);
      g_assert_null (sandbox_json_schema_new (texts[i], &problem));
      g_assert_nonnull (problem);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/sandbox/json-schema/", cases[i].name, NULL);

      g_test_add_data_func (path, &cases[i], test_case);
    }
  g_test_add_func ("/sandbox/json-schema/place", test_place);
  g_test_add_func ("/sandbox/json-schema/too-many", test_too_many);
  g_test_add_func ("/sandbox/json-schema/no-schema", test_no_schema);

  return g_test_run ();
}
