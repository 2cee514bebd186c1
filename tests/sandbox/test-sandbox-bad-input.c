/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <baton-json.h>
#include <string.h>

#include "sandbox-test.h"

#define US "UiPath.Server.Configuration.OData."
#define ID "%" G_GINT64_FORMAT
#define OTHER "/acme/ProductionXk4v01326/orchestrator_/"

static SandboxTest *test;

/* Returns: (transfer full): @n times @piece, with @between between them. */
static char *
repeat (const char *piece, guint n, const char *between)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < n; i++)
    g_string_append_printf (text, "%s%s", i > 0 ? between : "", piece);

  return g_string_free (text, FALSE);
}

static SandboxAnswer *
filter (const char *text)
{
  g_autofree char *escaped = g_uri_escape_string (text, NULL, FALSE);
  g_autofree char *address = g_strconcat ("odata/Jobs?$top=1&$filter=", escaped, NULL);

  return sandbox_test_get (test, address);
}

/* As many terms as the service takes, and more; brackets that close and some that do not. */
static void
test_filter (void)
{
  g_autofree char *most = repeat ("Id gt 0", 100, " and ");
  g_autofree char *more = repeat ("Id gt 0", 1000, " or ");
  g_autofree char *open = repeat ("(", 10000, "");
  g_autofree char *close = repeat (")", 10000, "");
  g_autofree char *nested = g_strconcat (open, "Id gt 0", close, NULL);
  g_autofree char *nots = repeat ("not ", 10000, "");
  g_autofree char *denied = g_strconcat (nots, "(Id gt 0)", NULL);
  g_autoptr (SandboxAnswer) taken = filter (most);
  const char *const refused[] = { more, open, close, nested, denied, "(", "Id gt", "'", "\x01" };

  sandbox_assert_status (taken, 200);
  g_assert_cmpuint (sandbox_answer_length (taken), ==, 1);
  for (gsize i = 0; i < G_N_ELEMENTS (refused); i++)
    {
      g_autoptr (SandboxAnswer) answer = filter (refused[i]);

      g_test_message ("%.20s", refused[i]);
      sandbox_assert_error (answer, 400, 1000);
    }
}

static void
test_numbers (void)
{
  static const char *const numbers[]
      = { "-1",  "x",    "1.5",   "1e3",   "",  "%20",
          "0x1", "NaN",  "null",  "1,000", "+", "99999999999999999999999",
          "--1", "1%00", "%D9%A1" };
  static const char *const options[] = { "$top", "$skip", "top", "skip" };

  for (gsize i = 0; i < G_N_ELEMENTS (options); i++)
    for (gsize j = 0; j < G_N_ELEMENTS (numbers); j++)
      {
        g_autoptr (SandboxAnswer) answer = sandbox_test_ask (
            test, "GET", test->shared, NULL, "odata/Assets?%s=%s", options[i], numbers[j]);

        g_test_message ("%s=%s", options[i], numbers[j]);
        sandbox_assert_error (answer, 400, 1000);
      }
}

/* A key that is none of the set's is refused or not found, and never another entity. */
static void
test_keys (void)
{
  static const char *const keys[] = {
    "abc",
    "'1'",
    "1.5",
    "-1",
    "99999999999999999999999",
    "%20",
    "1)(2",
    "1,2",
    "Id=1,Id=2x",
    "Name=1",
    "null",
    "true",
    "0x1",
    "00000000-0000-0000-0000-000000000000",
    "'''",
    "1%20or%201",
    "*",
    "$count",
    "..",
    "%FF",
  };
  static const char *const sets[]
      = { "Jobs",     "Assets",    "Webhooks",    "QueueItems", "HttpTriggers",
          "Settings", "Processes", "Attachments", "Roles",      "Alerts",
          "Tasks" };
  static const char *const numbers[] = {
    "odata/JobTriggers/" US "GetWithWaitEvents(jobId=1x)",
    "odata/ExecutionMedia/" US "DownloadMediaByJobId(jobId=1x)",
    "odata/Sessions/" US "GetMachineSessions(key=1x)",
    "odata/TaskNotes/" US "GetByTaskId(taskId=1x)",
    "tasks/GenericTasks/GetTaskDataById?taskId=1x",
    "odata/BusinessRules/" US "GetReadUri(name='Invoice%20approval')?expiryInMinutes=1x",
  };
  g_autoptr (SandboxAnswer) job
      = sandbox_test_ask (test, "GET", 0, NULL, "odata/Jobs(1)?$select=Id");
  g_autoptr (SandboxAnswer) stopped = sandbox_test_ask (
      test, "POST", test->shared, "{\"strategy\":\"Kill\"}", "odata/Jobs(1x)/" US "StopJob");
  g_autoptr (SandboxAnswer) named
      = sandbox_test_ask (test, "GET", 0, NULL, "odata/Jobs(Id=1)?$select=Id");

  sandbox_assert_status (job, 200);
  g_assert_cmpstr (named->text, ==, job->text);
  for (gsize i = 0; i < G_N_ELEMENTS (sets); i++)
    for (gsize j = 0; j < G_N_ELEMENTS (keys); j++)
      {
        g_autoptr (SandboxAnswer) answer
            = sandbox_test_ask (test, "GET", test->shared, NULL, "odata/%s(%s)", sets[i], keys[j]);

        g_test_message ("%s(%s): %u", sets[i], keys[j], answer->status);
        g_assert_cmpuint (answer->status, >=, 400);
        g_assert_cmpuint (answer->status, <, 500);
        g_assert_nonnull (baton_json_peek_string (answer->json, "message"));
      }
  sandbox_assert_status (stopped, 400);
  for (gsize i = 0; i < G_N_ELEMENTS (numbers); i++)
    {
      g_autoptr (SandboxAnswer) answer
          = sandbox_test_ask (test, "GET", test->shared, NULL, "%s", numbers[i]);

      g_test_message ("%s", numbers[i]);
      sandbox_assert_status (answer, 400);
    }
}

/* Returns: the status of a GET of @path with the headers @more, each with its end of line. */
static guint
get_raw (const char *path, const char *more)
{
  g_autofree char *request
      = g_strdup_printf ("GET /acme/DefaultTenant/%s HTTP/1.1\r\nHost: localhost\r\n"
                         "Connection: close\r\n%s\r\n",
                         path, more);
  g_autofree char *answer = sandbox_test_send_raw (test, request);

  g_assert_true (g_str_has_prefix (answer, "HTTP/1.1 "));

  return (guint)g_ascii_strtoull (answer + strlen ("HTTP/1.1 "), NULL, 10);
}

/* Two that say the same are one; of two that differ none is believed. */
static void
test_headers_twice (void)
{
  g_autofree char *token = g_strdup_printf ("Authorization: Bearer %s\r\n", test->token);
  g_autofree char *folder
      = g_strdup_printf ("X-UIPATH-OrganizationUnitId: " ID "\r\n", test->shared);
  g_autofree char *good = g_strconcat (token, folder, NULL);
  g_autofree char *other_token
      = g_strconcat (token, folder, "Authorization: Bearer nonsense\r\n", NULL);
  g_autofree char *token_first
      = g_strconcat ("Authorization: Bearer nonsense\r\n", token, folder, NULL);
  g_autofree char *other_folder
      = g_strconcat (token, folder, "X-UIPATH-OrganizationUnitId: 999999\r\n", NULL);
  g_autofree char *folder_first
      = g_strconcat (token, "X-UIPATH-OrganizationUnitId: 999999\r\n", folder, NULL);
  g_autofree char *other_way
      = g_strconcat (token, folder, "X-UIPATH-FolderPath: No/Such\r\n", NULL);

  g_assert_cmpuint (get_raw ("odata/Assets", good), ==, 200);
  g_assert_cmpuint (get_raw ("odata/Assets", other_token), ==, 401);
  g_assert_cmpuint (get_raw ("odata/Assets", token_first), ==, 401);
  g_assert_cmpuint (get_raw ("odata/Assets", other_folder), ==, 400);
  g_assert_cmpuint (get_raw ("odata/Assets", folder_first), ==, 400);
  g_assert_cmpuint (get_raw ("odata/Assets", other_way), <, 500);
}

static SandboxAnswer *
ask_other (const char *address)
{
  g_autofree char *whole = g_strconcat (OTHER, address, NULL);

  return sandbox_test_send (test, "GET", whole, test->token, 0, NULL, NULL);
}

/* A folder of another tenant is none here, however it is named, and what lies in it is not found.
 */
static void
test_other_tenant (void)
{
  g_autoptr (SandboxAnswer) folders = ask_other ("odata/Folders?$top=1&$orderby=Id%20desc");
  JsonObject *folder = sandbox_answer_get (folders, 0);
  gint64 id = baton_json_peek_int (folder, "Id", 0);
  const char *key = baton_json_peek_string (folder, "Key");
  g_autoptr (SandboxAnswer) jobs = ask_other ("odata/Jobs?$top=1");
  gint64 job = baton_json_peek_int (sandbox_answer_get (jobs, 0), "Id", 0);
  const char *job_key = baton_json_peek_string (sandbox_answer_get (jobs, 0), "Key");
  g_autoptr (SandboxAnswer) by_header
      = sandbox_test_ask (test, "GET", id, NULL, "odata/Assets?$top=1");
  g_autoptr (SandboxAnswer) across = sandbox_test_ask (test, "GET", id, NULL, "odata/Jobs?$top=1");
  g_autoptr (SandboxAnswer) by_id
      = sandbox_test_ask (test, "GET", 0, NULL, "odata/Folders(" ID ")", id);
  g_autoptr (SandboxAnswer) by_key
      = sandbox_test_ask (test, "GET", 0, NULL, "odata/Folders/" US "GetByKey(identifier=%s)", key);
  g_autoptr (SandboxAnswer) moved = sandbox_test_ask (
      test, "PUT", 0, NULL, "odata/Folders(" ID ")/" US "MoveFolder?targetParentId=" ID,
      test->shared, id);
  g_autoptr (SandboxAnswer) deleted
      = sandbox_test_ask (test, "DELETE", 0, NULL, "odata/Folders(" ID ")", id);
  g_autoptr (SandboxAnswer) its_job
      = sandbox_test_ask (test, "GET", test->shared, NULL, "odata/Jobs(" ID ")", job);
  g_autoptr (SandboxAnswer) its_key = sandbox_test_ask (
      test, "GET", test->shared, NULL, "odata/Jobs/" US "GetByKey(identifier=%s)", job_key);
  g_autoptr (SandboxAnswer) filtered
      = sandbox_test_ask (test, "GET", 0, NULL, "odata/Jobs?$filter=Id%%20eq%%20" ID, job);
  g_autoptr (SandboxAnswer) still = ask_other ("odata/Folders?$top=1&$orderby=Id%20desc");

  sandbox_assert_status (folders, 200);
  g_assert_cmpint (id, >, 0);
  g_assert_cmpint (job, >, 0);
  sandbox_assert_error (by_header, 400, 1100);
  sandbox_assert_error (across, 400, 1100);
  sandbox_assert_status (by_id, 404);
  sandbox_assert_status (by_key, 404);
  g_assert_cmpuint (moved->status, >=, 400);
  g_assert_cmpuint (deleted->status, >=, 400);
  sandbox_assert_status (its_job, 404);
  sandbox_assert_status (its_key, 404);
  g_assert_cmpuint (sandbox_answer_length (filtered), ==, 0);
  g_assert_cmpint (baton_json_peek_int (sandbox_answer_get (still, 0), "Id", 0), ==, id);
}

/* A token that another service gave out, with the same name of tenant and user, opens nothing. */
static void
test_foreign_token (void)
{
  g_autoptr (SandboxTest) foreign = sandbox_test_start ("--jobs=10", NULL);
  g_autoptr (SandboxAnswer) refused
      = sandbox_test_send (test, "GET", "odata/Folders", foreign->token, 0, NULL, NULL);
  g_autoptr (SandboxAnswer) nowhere = sandbox_test_send (
      test, "GET", "/acme/NoSuchTenant/orchestrator_/odata/Folders", test->token, 0, NULL, NULL);
  g_autoptr (SandboxAnswer) nobody = sandbox_test_send (
      test, "GET", "/nobody/DefaultTenant/orchestrator_/odata/Folders", test->token, 0, NULL, NULL);

  sandbox_assert_error (refused, 401, 0);
  g_assert_cmpuint (nowhere->status, >=, 400);
  g_assert_cmpuint (nobody->status, >=, 400);
}

/* Clients that ask for much and take nothing of it keep nobody from being served. */
static void
test_takes_nothing (void)
{
  g_autofree char *request = g_strdup_printf (
      "GET /acme/DefaultTenant/odata/Jobs?$top=1000 HTTP/1.1\r\nHost: localhost\r\n"
      "Authorization: Bearer %s\r\n\r\n",
      test->token);
  g_autofree char *requests = repeat (request, 8, "");
  g_autoptr (GPtrArray) connections = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < 8; i++)
    {
      GSocketConnection *connection = sandbox_test_connect (test);

      g_ptr_array_add (connections, connection);
      g_assert_true (
          g_output_stream_write_all (g_io_stream_get_output_stream (G_IO_STREAM (connection)),
                                     requests, strlen (requests), NULL, NULL, NULL));
    }
  for (guint i = 0; i < 20; i++)
    {
      g_autoptr (SandboxAnswer) answer = sandbox_test_get (test, "odata/Folders?$top=1");

      sandbox_assert_status (answer, 200);
    }
}

int
main (int argc, char *argv[])
{
  int status;

  g_test_init (&argc, &argv, NULL);
  test = sandbox_test_start ("--jobs=1500", NULL);
  sandbox_test_rest_triggers (test);

  g_test_add_func ("/sandbox/bad-input/filter", test_filter);
  g_test_add_func ("/sandbox/bad-input/numbers", test_numbers);
  g_test_add_func ("/sandbox/bad-input/keys", test_keys);
  g_test_add_func ("/sandbox/bad-input/headers-twice", test_headers_twice);
  g_test_add_func ("/sandbox/bad-input/other-tenant", test_other_tenant);
  g_test_add_func ("/sandbox/bad-input/foreign-token", test_foreign_token);
  g_test_add_func ("/sandbox/bad-input/takes-nothing", test_takes_nothing);

  status = g_test_run ();
  sandbox_test_stop (test);

  return status;
}
