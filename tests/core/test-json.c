/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "baton-error.h"
#include "baton-json.h"

static void
check_bad (const char *text, gssize length)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) node = baton_json_parse_text (text, length, &error);

  g_assert_null (node);
  g_assert_error (error, BATON_ERROR, BATON_ERROR_BAD_ANSWER);
}

static void
check_same (const char *text)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) node = baton_json_parse_text (text, -1, &error);
  g_autofree char *again = NULL;

  g_test_message ("%.60s", text);
  g_assert_no_error (error);
  again = baton_json_to_text (node, FALSE);
  g_assert_cmpstr (again, ==, text);
}

static char *
nested (guint depth, const char *open, const char *inner, const char *close)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < depth; i++)
    g_string_append (text, open);
  g_string_append (text, inner);
  for (guint i = 0; i < depth; i++)
    g_string_append (text, close);

  return g_string_free (text, FALSE);
}

static void
test_good (void)
{
  check_same ("{}");
  check_same ("[]");
  check_same ("{\"a\":[1,-2,{\"b\":null}],\"c\":true,\"d\":false,\"e\":\"x\"}");
  check_same ("[[],{},[[]],[{}]]");
  check_same ("[\"[[[[{{{{\",\"\\\"]\",\"\\\\\"]");
  check_same ("[\"\303\244\360\237\230\200\"]");
  check_same ("\"\\b\\t\\n\\f\\r\\\"\\\\\\u0001\\u007f\"");
  check_same ("\"text\"");
  check_same ("12");
  check_same ("true");
  check_same ("null");
}

static void
test_bad (void)
{
  const char *const texts[] = {
    "", " ", "\n\n", "{", "}", "[", "]", "[}", "{]", "[1", "[1,", "[1,]", "[,1]", "[1 2]", "{\"a\"}", "{\"a\":}", "{\"a\":1,}", "{a:1}", "{'a':1}",
    "{1:2}", "[1]]", "{}{}", "1 2", "tru", "truex", "nul", "NaN", "Infinity", "-", "+1", "01", "1.", ".5", "1e", "1e+", "0x10", "--1",
    "\"", "\"a", "\"\\\"", "\"\\x\"", "\"\\u12\"", "\"\\u12g4\"", "\"\n\"", "\"\\", "[\"a\" \"b\"]",
    "/* x */ []", "[] // x", "# x\n[]", "/*\"*/[[[[[[\"", "var x = [1];", "<html></html>", "<!DOCTYPE html>", "[1]\v", "\xef\xbb",
  };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    check_bad (texts[i], -1);

  check_bad (NULL, -1);
  check_bad ("[\"\xff\"]", -1);
  check_bad ("[\"\xc3\"]", -1);
  check_bad ("[\"a\0b\"]", 7);
  check_bad ("[]\0", 3);
  check_bad ("[1,2,3]", 4);
}

static void
test_depth (void)
{
  g_autofree char *deepest = nested (BATON_JSON_MAX_DEPTH, "[", "1", "]");
  g_autofree char *deepest_object = nested (BATON_JSON_MAX_DEPTH, "{\"a\":", "{}", "}");
  g_autofree char *deepest_objects = nested (BATON_JSON_MAX_DEPTH - 1, "{\"a\":", "{}", "}");
  g_autofree char *too_deep = nested (BATON_JSON_MAX_DEPTH + 1, "[", "", "]");
  g_autofree char *mixed = nested (BATON_JSON_MAX_DEPTH / 2 + 1, "{\"a\":[", "1", "]}");
  g_autofree char *attack = nested (300000, "[", "", "]");
  g_autofree char *open = nested (300000, "[", "", "");
  g_autofree char *objects = nested (300000, "{\"a\":", "1", "}");
  g_autofree char *hidden = g_strconcat ("/*\"*/", open, "\"", NULL);
  g_autofree char *in_text = g_strconcat ("[\"", attack, "\"]", NULL);

  check_same (deepest);
  check_same (deepest_objects);
  check_bad (deepest_object, -1);
  check_bad (too_deep, -1);
  check_bad (mixed, -1);
  check_bad (attack, -1);
  check_bad (open, -1);
  check_bad (objects, -1);
  check_bad (hidden, -1);
  check_same (in_text);
}

static void
test_size (void)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static ("[1,2]", 5);
  g_autoptr (GBytes) empty = g_bytes_new_static (NULL, 0);
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) node = baton_json_parse (bytes, 5, &error);
  g_autofree char *large = g_malloc (BATON_JSON_MAX_BYTES + 1);

  g_assert_no_error (error);
  g_assert_nonnull (node);

  g_assert_null (baton_json_parse (bytes, 4, &error));
  g_assert_error (error, BATON_ERROR, BATON_ERROR_BAD_ANSWER);
  g_clear_error (&error);

  g_assert_null (baton_json_parse (empty, 5, &error));
  g_assert_error (error, BATON_ERROR, BATON_ERROR_BAD_ANSWER);
  g_clear_error (&error);

  memset (large, ' ', BATON_JSON_MAX_BYTES + 1);
  large[0] = '1';
  g_assert_null (baton_json_parse_text (large, BATON_JSON_MAX_BYTES + 1, &error));
  g_assert_error (error, BATON_ERROR, BATON_ERROR_BAD_ANSWER);
  g_clear_pointer (&node, json_node_unref);
  g_clear_error (&error);
  node = baton_json_parse_text (large, BATON_JSON_MAX_BYTES, &error);
  g_assert_no_error (error);
}

static void
check_string (const char *text, const char *expected)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) node = baton_json_parse_text (text, -1, &error);
  g_autofree char *value = NULL;

  g_test_message ("%s", text);
  g_assert_no_error (error);
  value = baton_json_dup_scalar (node);
  g_assert_cmpstr (value, ==, expected);
}

static void
test_unicode (void)
{
  check_string ("\"\\u00e4\\n\\/\"", "\303\244\n/");
  check_string ("\"\\ud83d\\ude00\"", "\360\237\230\200");
  check_string ("\"\\ud83d\"", "\357\277\275");
  check_string ("\"\\ude00x\"", "\357\277\275x");
  check_string ("\"\\ud83d\\u0041\"", "\357\277\275A");
  check_string ("\"\\ud83d\\ud83d\\ude00\"", "\357\277\275\360\237\230\200");
  check_string ("\"a\\u0000b\"", "a\357\277\275b");
  check_string ("\"\\\\ud83d\\ud83d\"", "\\ud83d\357\277\275");
  check_string ("\357\273\277\"mark\"", "mark");
}

static void
check_number (const char *text, const char *expected)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *list = g_strdup_printf ("[%s]", text);
  g_autoptr (JsonNode) node = baton_json_parse_text (list, -1, &error);
  g_autofree char *value = NULL;

  g_assert_no_error (error);
  value = baton_json_dup_scalar (baton_json_peek_node_at (baton_json_peek_root_array (node), 0));
  g_assert_cmpstr (value, ==, expected);
}

static void
test_large_numbers (void)
{
  check_number ("9223372036854775807", "9223372036854775807");
  check_number ("-9223372036854775808", "-9223372036854775808");
  check_number ("9223372036854775808", "9223372036854775807");
  check_number ("18446744073709551615", "9223372036854775807");
  check_number ("-99999999999999999999999", "-9223372036854775807");
  check_number ("1e308", "1e+308");
  check_number ("9e308", "1e+308");
  check_number ("-1.5e999", "-1e+308");
  check_number ("1e-999", "0.0");
  check_number ("1e20", "1e+20");
  check_number ("0.1", "0.1");
  check_number ("7.0", "7.0");
  check_number ("0.30000000000000004", "0.30000000000000004");
  check_number ("-0.0", "-0.0");
}

static void
test_peek (void)
{
  g_autoptr (JsonNode) copy = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) root = baton_json_parse_text (
      "{\"s\":\"x\",\"i\":5,\"d\":2.5,\"whole\":7.0,\"t\":true,\"n\":null,\"o\":{\"k\":1},\"a\":[{\"p\":1},\"q\",null,3],"
      "\"is\":\"42\",\"ds\":\"1.5\",\"bad\":\"12x\",\"hex\":\"0x10\",\"inf\":\"1e999\",\"huge\":1e300,\"time\":\"2026-01-31T12:00:00Z\",\"Mixed\":\"M\",\"mixed\":null}",
      -1, &error);
  JsonObject *object = baton_json_peek_root_object (root);
  JsonArray *array = baton_json_peek_array (object, "a");
  g_autofree char *number = baton_json_dup_scalar (baton_json_peek_node (object, "d"));
  g_autofree char *truth = baton_json_dup_scalar (baton_json_peek_node (object, "t"));

  g_assert_no_error (error);
  g_assert_nonnull (object);
  g_assert_null (baton_json_peek_root_array (root));

  g_assert_cmpstr (baton_json_peek_string (object, "s"), ==, "x");
  g_assert_null (baton_json_peek_string (object, "i"));
  g_assert_null (baton_json_peek_string (object, "o"));
  g_assert_null (baton_json_peek_string (object, "n"));
  g_assert_null (baton_json_peek_string (object, "absent"));
  g_assert_null (baton_json_peek_string (NULL, "s"));

  g_assert_cmpint (baton_json_peek_int (object, "i", -1), ==, 5);
  g_assert_cmpint (baton_json_peek_int (object, "whole", -1), ==, 7);
  g_assert_cmpint (baton_json_peek_int (object, "is", -1), ==, 42);
  g_assert_cmpint (baton_json_peek_int (object, "d", -1), ==, -1);
  g_assert_cmpint (baton_json_peek_int (object, "bad", -1), ==, -1);
  g_assert_cmpint (baton_json_peek_int (object, "hex", -1), ==, -1);
  g_assert_cmpint (baton_json_peek_int (object, "huge", -1), ==, -1);
  g_assert_cmpint (baton_json_peek_int (object, "o", -1), ==, -1);
  g_assert_cmpint (baton_json_peek_int (object, "a", -1), ==, -1);
  g_assert_cmpint (baton_json_peek_int (object, "t", -1), ==, -1);

  g_assert_cmpfloat (baton_json_peek_double (object, "d", -1), ==, 2.5);
  g_assert_cmpfloat (baton_json_peek_double (object, "i", -1), ==, 5);
  g_assert_cmpfloat (baton_json_peek_double (object, "ds", -1), ==, 1.5);
  g_assert_cmpfloat (baton_json_peek_double (object, "bad", -1), ==, -1);
  g_assert_cmpfloat (baton_json_peek_double (object, "hex", -1), ==, -1);
  g_assert_cmpfloat (baton_json_peek_double (object, "inf", -1), ==, -1);

  g_assert_true (baton_json_peek_bool (object, "t", FALSE));
  g_assert_true (baton_json_peek_bool (object, "i", TRUE));
  g_assert_false (baton_json_peek_bool (object, "a", FALSE));

  g_assert_cmpint (baton_json_peek_int (baton_json_peek_object (object, "o"), "k", -1), ==, 1);
  g_assert_null (baton_json_peek_object (object, "a"));
  g_assert_null (baton_json_peek_array (object, "o"));
  g_assert_null (baton_json_peek_node (object, "n"));
  copy = baton_json_copy_node (baton_json_peek_node (object, "n"));
  g_assert_true (json_node_is_null (copy));
  g_assert_true (baton_json_has (object, "n"));
  g_assert_false (baton_json_has (object, "absent"));
  g_assert_false (baton_json_has (NULL, "n"));

  g_assert_cmpint (baton_json_peek_time (object, "time"), ==, G_GINT64_CONSTANT (1769860800000000));
  g_assert_cmpint (baton_json_peek_time (object, "s"), ==, 0);
  g_assert_cmpint (baton_json_peek_time (object, "i"), ==, 0);

  g_assert_nonnull (baton_json_peek_node_any_case (object, "S"));
  g_assert_nonnull (baton_json_peek_node_any_case (object, "MIXED"));
  g_assert_nonnull (baton_json_peek_node_any_case (object, "mixed"));
  g_assert_null (baton_json_peek_node_any_case (object, "N"));
  g_assert_null (baton_json_peek_node_any_case (NULL, "S"));

  g_assert_cmpuint (baton_json_length (array), ==, 4);
  g_assert_cmpuint (baton_json_length (NULL), ==, 0);
  g_assert_nonnull (baton_json_peek_object_at (array, 0));
  g_assert_null (baton_json_peek_object_at (array, 1));
  g_assert_cmpstr (baton_json_peek_string_at (array, 1), ==, "q");
  g_assert_null (baton_json_peek_string_at (array, 3));
  g_assert_null (baton_json_peek_node_at (array, 2));
  g_assert_null (baton_json_peek_node_at (array, 4));
  g_assert_null (baton_json_peek_node_at (NULL, 0));

  g_assert_cmpstr (number, ==, "2.5");
  g_assert_cmpstr (truth, ==, "true");
  g_assert_null (baton_json_dup_scalar (NULL));
  g_assert_null (baton_json_dup_scalar (root));
}

static void
check_required (gboolean ok, GError **error, const char *name)
{
  g_assert_false (ok);
  g_assert_error (*error, BATON_ERROR, BATON_ERROR_BAD_ANSWER);
  g_assert_nonnull (strstr ((*error)->message, name));
  g_clear_error (error);
}

static void
test_require (void)
{
  g_autoptr (JsonNode) root = baton_json_parse_text ("{\"s\":\"x\",\"i\":\"5\",\"a\":[1]}", -1, NULL);
  g_autoptr (JsonNode) list = baton_json_parse_text ("[]", -1, NULL);
  g_autoptr (GError) error = NULL;
  JsonObject *object = baton_json_require_root_object (root, &error);
  gint64 value = 9;

  g_assert_no_error (error);
  check_required (baton_json_require_root_object (list, &error) != NULL, &error, "object");
  check_required (baton_json_require_root_object (NULL, &error) != NULL, &error, "object");

  g_assert_cmpstr (baton_json_require_string (object, "s", &error), ==, "x");
  g_assert_no_error (error);
  check_required (baton_json_require_string (object, "gone", &error) != NULL, &error, "gone");
  check_required (baton_json_require_string (object, "a", &error) != NULL, &error, "a");

  g_assert_true (baton_json_require_int (object, "i", &value, &error));
  g_assert_cmpint (value, ==, 5);
  check_required (baton_json_require_int (object, "s", &value, &error), &error, "s");
  g_assert_cmpint (value, ==, 5);

  g_assert_nonnull (baton_json_require_array (object, "a", &error));
  check_required (baton_json_require_array (object, "s", &error) != NULL, &error, "s");
  check_required (baton_json_require_array (NULL, "s", &error) != NULL, &error, "s");
}

static void
test_pretty (void)
{
  g_autoptr (JsonNode) root = baton_json_parse_text ("{\"a\":[1,{}],\"b\":[]}", -1, NULL);
  g_autofree char *text = baton_json_to_text (root, TRUE);

  g_assert_cmpstr (text, ==, "{\n  \"a\": [\n    1,\n    {}\n  ],\n  \"b\": []\n}");
}

static void
test_quote (void)
{
  g_autofree char *plain = baton_json_quote ("ü b");
  g_autofree char *escaped = baton_json_quote ("\"\\\n\x01\x7f");
  g_autofree char *empty = baton_json_quote ("");

  g_assert_cmpstr (plain, ==, "\"ü b\"");
  g_assert_cmpstr (escaped, ==, "\"\\\"\\\\\\n\\u0001\\u007f\"");
  g_assert_cmpstr (empty, ==, "\"\"");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/baton/core/json/good", test_good);
  g_test_add_func ("/baton/core/json/bad", test_bad);
  g_test_add_func ("/baton/core/json/depth", test_depth);
  g_test_add_func ("/baton/core/json/size", test_size);
  g_test_add_func ("/baton/core/json/unicode", test_unicode);
  g_test_add_func ("/baton/core/json/large-numbers", test_large_numbers);
  g_test_add_func ("/baton/core/json/peek", test_peek);
  g_test_add_func ("/baton/core/json/require", test_require);
  g_test_add_func ("/baton/core/json/pretty", test_pretty);
  g_test_add_func ("/baton/core/json/quote", test_quote);

  return g_test_run ();
}
