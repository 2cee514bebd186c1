/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "baton-json.h"
#include "http/baton-request.h"
#include "odata/baton-query.h"

static void
assert_path (BatonQuery *query, const char *expected)
{
  g_autofree char *path = baton_query_to_path (query);

  g_assert_cmpstr (path, ==, expected);
}

static void
test_path (void)
{
  g_autoptr (BatonQuery) query = baton_query_new ("/odata/Jobs");
  g_autoptr (BatonQuery) copy = NULL;

  assert_path (query, "/odata/Jobs");

  baton_query_set_select (query, "Id,State");
  baton_query_set_expand (query, "Robot($expand=License)");
  baton_query_add_filter (query, "State eq 'Running'");
  baton_query_add_filter (query, NULL);
  baton_query_add_filter (query, "");
  baton_query_add_order (query, "CreationTime", TRUE);
  baton_query_add_order (query, "Id", FALSE);
  baton_query_set_count (query, TRUE);
  baton_query_set_range (query, 200, 100);
  baton_query_set_parameter (query, "searchTerm", "a & b+c=d");

  assert_path (query,
               "/odata/Jobs?$select=Id,State&$expand=Robot($expand%3DLicense)"
               "&$filter=State%20eq%20'Running'&$orderby=CreationTime%20desc,Id%20asc&$count=true"
               "&$top=100&$skip=200&searchTerm=a%20%26%20b%2Bc%3Dd");

  copy = baton_query_copy (query);
  baton_query_set_range (copy, 0, 0);
  baton_query_set_select (copy, NULL);
  baton_query_set_expand (copy, NULL);
  baton_query_set_count (copy, FALSE);
  baton_query_set_parameter (copy, "searchTerm", NULL);
  baton_query_add_filter (copy, "A eq 1 or B eq 2");
  assert_path (copy,
               "/odata/Jobs?$filter=(State%20eq%20'Running')%20and%20(A%20eq%201%20or%20B%20eq%"
                     "202)&$orderby=CreationTime%20desc,Id%20asc");
}

static void
test_path_with_query (void)
{
  g_autoptr (BatonQuery) query = baton_query_new ("/odata/Processes?feedId=7");

  baton_query_set_range (query, 0, 5);
  assert_path (query, "/odata/Processes?feedId=7&$top=5");
}

static void
test_literals (void)
{
  static const char *const properties[] = { "Name", "Release/Name", NULL };
  g_autofree char *quoted = baton_query_quote ("O'Brien");
  g_autofree char *time = baton_query_time (G_GINT64_CONSTANT (1769860800123000));
  g_autofree char *search = baton_query_search (properties, "Ärger's");

  g_assert_cmpstr (quoted, ==, "'O''Brien'");
  g_assert_cmpstr (time, ==, "2026-01-31T12:00:00.123Z");
  g_assert_cmpstr (
      search, ==,
      "(contains(tolower(Name),'ärger''s') or contains(tolower(Release/Name),'ärger''s'))");
}

static void
test_request (void)
{
  g_autoptr (BatonRequest) get = baton_request_new ("GET", "/odata/Jobs?$top=1");
  g_autoptr (BatonRequest) key = baton_request_new ("GET", "/odata/Jobs(7)");
  g_autoptr (BatonRequest) items = baton_request_new ("GET", "/odata/QueueItems");
  g_autoptr (BatonRequest) post = baton_request_new ("POST", "/odata/Jobs/X.StartJobs");
  g_autofree char *description = baton_request_describe (get);

  g_assert_true (baton_request_is_counted_list (get));
  g_assert_true (baton_request_is_counted_list (items));
  g_assert_false (baton_request_is_counted_list (key));
  g_assert_false (baton_request_is_counted_list (post));
  g_assert_true (baton_request_is_idempotent (get));
  g_assert_false (baton_request_is_idempotent (post));
  g_assert_cmpstr (description, ==, "GET /odata/Jobs");
  g_assert_cmpstr (baton_request_get_permission (get), ==, NULL);
  baton_request_set_permission (get, "Jobs.View");
  g_assert_cmpstr (baton_request_get_permission (get), ==, "Jobs.View");
}

static void
test_curl (void)
{
  g_autoptr (BatonDeployment) cloud =
      baton_deployment_parse ("https://cloud.uipath.com/acme/Production", NULL);
  g_autoptr (BatonDeployment) standalone =
      baton_deployment_parse ("https://orch.example/Default", NULL);
  g_autoptr (BatonRequest) request = baton_request_new ("POST", "/odata/Assets");
  g_autofree char *without = NULL;
  g_autofree char *with = NULL;
  g_auto (GStrv) words = NULL;
  g_autoptr (GError) error = NULL;

  baton_request_set_folder (request, 2032);
  baton_request_take_body (request, baton_json_parse_text ("{\"Name\":\"it's\"}", -1, NULL));

  without = baton_request_to_curl (request, cloud, NULL);
  g_assert_nonnull (strstr (without, "\"Authorization: Bearer $BATON_TOKEN\""));
  g_assert_null (strstr (without, "X-UIPATH-TenantName"));

  with = baton_request_to_curl (request, standalone, "abc.def");
  g_shell_parse_argv (with, NULL, &words, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (words[0], ==, "curl");
  g_assert_true (g_strv_contains ((const char *const *) words,
                                  "https://orch.example/odata/Assets"));
  g_assert_true (g_strv_contains ((const char *const *) words, "Authorization: Bearer abc.def"));
  g_assert_true (g_strv_contains ((const char *const *) words,
                                  "X-UIPATH-OrganizationUnitId: 2032"));
  g_assert_true (g_strv_contains ((const char *const *) words, "X-UIPATH-TenantName: Default"));
  g_assert_true (g_strv_contains ((const char *const *) words, "{\"Name\":\"it's\"}"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/baton/orchestrator/query/path", test_path);
  g_test_add_func ("/baton/orchestrator/query/path-with-query", test_path_with_query);
  g_test_add_func ("/baton/orchestrator/query/literals", test_literals);
  g_test_add_func ("/baton/orchestrator/request/kinds", test_request);
  g_test_add_func ("/baton/orchestrator/request/curl", test_curl);

  return g_test_run ();
}
