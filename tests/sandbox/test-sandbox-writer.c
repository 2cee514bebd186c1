/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <baton-json.h>
#include <baton-time.h>

#include "sandbox-path.h"
#include "sandbox-writer.h"

static void
test_times (void)
{
  static const struct
  {
    gint64 time;
    const char *text;
  } cases[] = {
    { 0, "\"1970-01-01T00:00:00Z\"" },
    { 1, "\"1970-01-01T00:00:00.000001Z\"" },
    { -1, "\"1969-12-31T23:59:59.999999Z\"" },
    { G_GINT64_CONSTANT (1769860800123000), "\"2026-01-31T12:00:00.123Z\"" },
    { G_GINT64_CONSTANT (951782400000000), "\"2000-02-29T00:00:00Z\"" },
    { G_GINT64_CONSTANT (4107542399999999), "\"2100-02-28T23:59:59.999999Z\"" },
    { G_GINT64_CONSTANT (4107542400000000), "\"2100-03-01T00:00:00Z\"" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GString) json = g_string_new (NULL);

      sandbox_json_append_time (json, cases[i].time);
      g_assert_cmpstr (json->str, ==, cases[i].text);
    }

  /* Against the calendar of GLib, over five centuries. */
  for (int i = 0; i < 20000; i++)
    {
      gint64 seconds = (gint64) g_test_rand_int_range (-1000000, 10000000) * 1500 +
                       g_test_rand_int_range (0, 1500);
      g_autoptr (GDateTime) expected = g_date_time_new_from_unix_utc (seconds);
      g_autofree char *text = g_date_time_format (expected, "\"%Y-%m-%dT%H:%M:%SZ\"");
      g_autoptr (GString) json = g_string_new (NULL);

      sandbox_json_append_time (json, seconds * G_USEC_PER_SEC);
      g_assert_cmpstr (json->str, ==, text);
    }
}

static void
test_strings (void)
{
  static const char *const texts[] = {
    "",         "plain",     "\"quoted\"", "back\\slash", "line\nline\r\n\ttab", "\x01\x1f\x7f",
    "ü 漢字 😀", "</script>", "'",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (GString) json = g_string_new ("[");
      g_autoptr (JsonNode) node = NULL;
      g_autoptr (GError) error = NULL;

      sandbox_json_append_string (json, texts[i]);
      g_string_append_c (json, ']');
      node = baton_json_parse_text (json->str, -1, &error);
      g_assert_no_error (error);
      g_assert_cmpstr (baton_json_peek_string_at (baton_json_peek_root_array (node), 0), ==,
                       texts[i]);
    }
}

static char *
write_row (SandboxStore *store,
           const char *set,
           const char *select,
           const char *expand,
           gboolean detail,
           gint64 id)
{
  g_autoptr (GHashTable) options = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (SandboxQuery) query = NULL;
  g_autoptr (SandboxWriter) writer = NULL;
  g_autoptr (GString) json = g_string_new (NULL);
  g_autoptr (JsonNode) node = NULL;
  g_autoptr (GError) error = NULL;

  if (select != NULL)
    g_hash_table_insert (options, (gpointer) "$select", (gpointer) select);
  if (expand != NULL)
    g_hash_table_insert (options, (gpointer) "$expand", (gpointer) expand);
  query = sandbox_query_parse (sandbox_entity_set_find (set), options, FALSE, &error);
  g_assert_no_error (error);
  writer = sandbox_writer_new (store, query->shape, detail);
  if (!sandbox_writer_write (writer, json, id, NULL))
    {
      g_assert_cmpuint (json->len, ==, 0);
      return NULL;
    }
  node = baton_json_parse_text (json->str, -1, &error);
  g_assert_no_error (error);

  return g_strdup (json->str);
}

static void
assert_row (SandboxStore *store,
            const char *set,
            const char *select,
            const char *expand,
            gboolean detail,
            gint64 id,
            const char *expected)
{
  g_autofree char *row = write_row (store, set, select, expand, detail, id);

  g_assert_cmpstr (row, ==, expected);
}

static void
test_rows (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SandboxStore) store = sandbox_store_new (NULL, &error);

  g_assert_no_error (error);
  sandbox_store_exec (
      store, "INSERT INTO \"Roles\" (\"Id\", \"TenantId\", \"Name\", \"Type\", \"IsStatic\") VALUES"
             " (7, 1, 'A \"role\"', 2, 1), (8, 1, 'Bare', 99, NULL);"
             "INSERT INTO \"RolePermissions\" (\"Id\", \"TenantId\", \"Name\", \"IsGranted\", "
             "\"RoleId\") VALUES"
             " (2, 1, 'Jobs.View', 1, 7), (1, 1, 'Jobs.Edit', 0, 7);"
             "INSERT INTO \"Assets\" (\"Id\", \"TenantId\", \"OrganizationUnitId\", \"Key\", "
             "\"Name\", \"ValueScope\","
             " \"ValueType\", \"CredentialUsername\", \"CredentialPassword\") VALUES"
             " (1, 1, 1, 'k', 'c', 0, 5, 'user', 'not to be seen');"
             "INSERT INTO \"Jobs\" (\"Id\", \"TenantId\", \"OrganizationUnitId\", \"Key\", "
             "\"State\", \"CreationTime\","
             " \"InputArguments\", \"JobError\", \"RobotId\") VALUES (1, 1, 1, 'k', 4, 0, '{}',"
             " '{\"code\":\"E\"}', 55)");

  assert_row (store, "Roles", NULL, NULL, FALSE, 7,
              "{\"Id\":7,\"Name\":\"A \\\"role\\\"\",\"Type\":\"Folder\",\"IsStatic\":true}");
  assert_row (store, "Roles", "name,ID", NULL, FALSE, 7, "{\"Id\":7,\"Name\":\"A \\\"role\\\"\"}");
  /* The number of an enumeration that has no name, and what has no value. */
  assert_row (store, "Roles", NULL, NULL, FALSE, 8, "{\"Id\":8,\"Name\":\"Bare\",\"Type\":\"99\"}");
  assert_row (store, "Roles", "IsStatic", NULL, FALSE, 8, "{}");
  assert_row (store, "Roles", "Id", "Permissions", FALSE, 7,
              "{\"Id\":7,\"Permissions\":[{\"Id\":1,\"Name\":\"Jobs.Edit\",\"IsGranted\":false,"
              "\"RoleId\":7},"
              "{\"Id\":2,\"Name\":\"Jobs.View\",\"IsGranted\":true,\"RoleId\":7}]}");
  assert_row (store, "Roles", "Id", "Permissions($select=Name)", FALSE, 8,
              "{\"Id\":8,\"Permissions\":[]}");
  assert_row (store, "Roles", NULL, NULL, FALSE, 99, NULL);

  /* A password is never given out, and a link to what is gone is none. */
  assert_row (store, "Assets", "CredentialUsername,CredentialPassword", NULL, TRUE, 1,
              "{\"CredentialUsername\":\"user\",\"CredentialPassword\":\"\"}");
  assert_row (store, "Jobs", "Id,InputArguments,JobError", "Robot", FALSE, 1,
              "{\"Id\":1,\"JobError\":{\"code\":\"E\"}}");
  assert_row (store, "Jobs", "Id,InputArguments,State", NULL, TRUE, 1,
              "{\"Id\":1,\"State\":\"Faulted\",\"InputArguments\":\"{}\"}");
}

static void
assert_path (const char *path, const char *pattern, const char *key, const char *argument)
{
  g_autoptr (SandboxPath) parsed = sandbox_path_parse (path);
  g_autofree char *made = sandbox_path_make_pattern (parsed, 0);

  g_assert_cmpstr (made, ==, pattern);
  g_assert_cmpstr (parsed->key, ==, key);
  g_assert_cmpstr (parsed->arguments != NULL ? g_hash_table_lookup (parsed->arguments, "a") : NULL,
                   ==, argument);
}

static void
test_paths (void)
{
  g_autoptr (GHashTable)
      arguments = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_autoptr (SandboxPath) path = sandbox_path_parse ("/base/Account/Ac%20me/All");

  assert_path ("/odata/Jobs", "/odata/jobs", NULL, NULL);
  assert_path ("/odata//Jobs/", "/odata/jobs", NULL, NULL);
  assert_path ("/odata/Jobs(5)", "/odata/jobs({key})", "5", NULL);
  assert_path ("/odata/Jobs(5)/Ns.Stop", "/odata/jobs({key})/ns.stop", "5", NULL);
  assert_path ("/odata/Processes('A:1.0')", "/odata/processes({key})", "A:1.0", NULL);
  assert_path ("/odata/Processes('it''s=1,2')", "/odata/processes({key})", "it's=1,2", NULL);
  assert_path ("/odata/Processes(%27A%2F1%27)", "/odata/processes({key})", "A/1", NULL);
  assert_path ("/odata/X/Ns.F()", "/odata/x/ns.f", NULL, NULL);
  assert_path ("/odata/X/Ns.F(a=1,b='x')", "/odata/x/ns.f", NULL, "1");
  assert_path ("/odata/X/Ns.F(b='x,a=2',A='it''s')", "/odata/x/ns.f", NULL, "it's");
  assert_path ("/odata/X/Ns.F(a=)", "/odata/x/ns.f", NULL, "");
  assert_path ("/(", "/(", NULL, NULL);
  assert_path ("/a(", "/a(", NULL, NULL);
  assert_path ("/()", "/()", NULL, NULL);
  g_assert_null (sandbox_path_parse ("/odata/%zz"));
  g_assert_null (sandbox_path_parse ("/odata/%ff"));
  g_assert_null (sandbox_path_parse ("/odata/%00"));

  g_assert_true (sandbox_path_match (path, 1, "/account/{Name}/all", arguments));
  g_assert_cmpstr (g_hash_table_lookup (arguments, "name"), ==, "Ac me");
  g_assert_false (sandbox_path_match (path, 0, "/account/{Name}/all", NULL));
  g_assert_false (sandbox_path_match (path, 1, "/account/{Name}", NULL));
  g_assert_false (sandbox_path_match (path, 9, "/account/{Name}", NULL));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/sandbox/writer/times", test_times);
  g_test_add_func ("/sandbox/writer/strings", test_strings);
  g_test_add_func ("/sandbox/writer/rows", test_rows);
  g_test_add_func ("/sandbox/path", test_paths);

  return g_test_run ();
}
