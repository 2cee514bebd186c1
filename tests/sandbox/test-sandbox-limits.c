/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <baton-json.h>
#include <baton-time.h>

#include "sandbox-test.h"

#define US "UiPath.Server.Configuration.OData."

static void
set (SandboxTest *sandbox, const char *settings)
{
  g_autoptr (SandboxAnswer) answer = sandbox_test_control (sandbox, "PATCH", "settings", settings);

  sandbox_assert_status (answer, 200);
}

static guint
get_status (SandboxTest *sandbox, const char *address)
{
  g_autoptr (SandboxAnswer) answer = sandbox_test_get (sandbox, address);

  return answer->status;
}

static void
test_rate (void)
{
  g_autoptr (SandboxTest) sandbox
      = sandbox_test_start ("--jobs=10", "--rate-limit=3", "--speed=0", NULL);
  g_autoptr (SandboxAnswer) refused = NULL;
  g_autoptr (SandboxAnswer) dated = NULL;
  g_autoptr (SandboxAnswer) other = NULL;
  const char *wait;
  gint64 until;

  g_assert_cmpuint (get_status (sandbox, "odata/Jobs?$top=1"), ==, 200);
  g_assert_cmpuint (get_status (sandbox, "odata/QueueItems?$top=1"), ==, 200);
  g_assert_cmpuint (get_status (sandbox, "odata/Jobs"), ==, 200);
  refused = sandbox_test_get (sandbox, "odata/Jobs");
  sandbox_assert_error (refused, 429, 0);
  wait = soup_message_headers_get_one (refused->headers, "Retry-After");
  g_assert_nonnull (wait);

  /* Reads by key and of other sets are not counted, and another tenant has a minute of its own. */
  g_assert_cmpuint (get_status (sandbox, "odata/Jobs(1)"), !=, 429);
  g_assert_cmpuint (get_status (sandbox, "odata/Folders"), ==, 200);
  other
      = sandbox_test_send (sandbox, "GET", "/acme/ProductionXk4v01326/odata/Jobs?$top=1",
                           sandbox_test_get_ready (sandbox, "personalAccessToken"), 0, NULL, NULL);
  sandbox_assert_status (other, 200);

  set (sandbox, "{\"retryAfter\":\"date\"}");
  dated = sandbox_test_get (sandbox, "odata/QueueItems");
  sandbox_assert_status (dated, 429);
  g_assert_true (baton_time_parse_http_date (
      soup_message_headers_get_one (dated->headers, "Retry-After"), &until));

  sandbox_answer_free (sandbox_test_control (sandbox, "POST", "clock/advance", "{\"seconds\":60}"));
  g_assert_cmpuint (get_status (sandbox, "odata/Jobs"), ==, 200);
}

/* What runs by itself may ask ten times as much. */
static void
test_automation (void)
{
  g_autoptr (SandboxTest) sandbox
      = sandbox_test_start ("--jobs=10", "--rate-limit=1", "--speed=0", NULL);
  g_autoptr (SandboxAnswer) token = sandbox_test_send (
      sandbox, "POST", "/identity_/connect/token", NULL, 0, "application/x-www-form-urlencoded",
      "grant_type=client_credentials&client_id=5a9d1c70-0001-4b7e-9c55-"
      "6f0c3a528f1d&client_secret=sandbox-application-secret-"
      "0123456789abcdef&scope=OR.Jobs");
  const char *bearer;

  sandbox_assert_status (token, 200);
  bearer = baton_json_peek_string (token->json, "access_token");
  for (guint i = 0; i < 11; i++)
    {
      g_autoptr (SandboxAnswer) answer
          = sandbox_test_send (sandbox, "GET", "odata/Jobs?$top=1", bearer, 0, NULL, NULL);

      sandbox_assert_status (answer, i < 10 ? 200 : 429);
    }
}

/* How long one is told to wait is how long it takes. */
static void
test_wait (void)
{
  g_autoptr (SandboxTest) sandbox
      = sandbox_test_start ("--jobs=10", "--rate-limit=1", "--speed=30", NULL);
  g_autoptr (SandboxAnswer) refused = NULL;
  gint64 wait;

  g_assert_cmpuint (get_status (sandbox, "odata/Jobs?$top=1"), ==, 200);
  refused = sandbox_test_get (sandbox, "odata/Jobs?$top=1");
  sandbox_assert_status (refused, 429);
  wait = g_ascii_strtoll (soup_message_headers_get_one (refused->headers, "Retry-After"), NULL, 10);
  g_assert_cmpint (wait, >=, 1);
  g_assert_cmpint (wait, <=, 2);
  g_usleep ((gulong)wait * G_USEC_PER_SEC);
  g_assert_cmpuint (get_status (sandbox, "odata/Jobs?$top=1"), ==, 200);
}

static void
test_bodies (void)
{
  static const char body[] = "{\"startInfo\":{\"ReleaseName\":\"Stock_Sync\",\"JobsCount\":1,"
                             "\"Unheard\":true}}";
  g_autoptr (SandboxTest) sandbox = sandbox_test_start ("--jobs=0", NULL);
  g_autoptr (SandboxAnswer) strict
      = sandbox_test_post (sandbox, "odata/Jobs/" US "StartJobs", body);
  g_autoptr (SandboxAnswer) lenient = NULL;

  sandbox_assert_error (strict, 400, 1000);
  set (sandbox, "{\"bodies\":\"lenient\"}");
  lenient = sandbox_test_post (sandbox, "odata/Jobs/" US "StartJobs", body);
  sandbox_assert_status (lenient, 201);
}

static void
test_folder_header (void)
{
  g_autoptr (SandboxTest) sandbox = sandbox_test_start ("--jobs=0", NULL);
  g_autoptr (SandboxAnswer) required
      = sandbox_test_send (sandbox, "GET", "odata/Assets", sandbox->token, 0, NULL, NULL);
  g_autoptr (SandboxAnswer) optional = NULL;

  sandbox_assert_error (required, 400, 1101);
  set (sandbox, "{\"folderHeader\":\"optional\"}");
  optional = sandbox_test_send (sandbox, "GET", "odata/Assets", sandbox->token, 0, NULL, NULL);
  sandbox_assert_status (optional, 200);
  g_assert_cmpuint (baton_json_length (baton_json_peek_array (optional->json, "value")), >, 0);
}

static char *
send_with (SandboxTest *sandbox, const char *headers)
{
  g_autofree char *request
      = g_strdup_printf ("GET /acme/DefaultTenant/odata/Assets HTTP/1.1\r\nHost: localhost\r\n"
                         "Connection: close\r\n%s\r\n",
                         headers);

  return sandbox_test_send_raw (sandbox, request);
}

static void
test_headers_twice (void)
{
  g_autoptr (SandboxTest) sandbox = sandbox_test_start ("--jobs=0", NULL);
  g_autofree char *bearer = g_strdup_printf ("Authorization: Bearer %s\r\n", sandbox->token);
  g_autofree char *folder
      = g_strdup_printf ("X-UIPATH-OrganizationUnitId: %" G_GINT64_FORMAT "\r\n", sandbox->shared);
  g_autofree char *good = g_strconcat (bearer, folder, NULL);
  g_autofree char *same = g_strconcat (good, "X-UIPATH-FolderPath: Shared\r\n", NULL);
  g_autofree char *folders = g_strconcat (good, folder, NULL);
  g_autofree char *other = g_strconcat (good, "X-UIPATH-FolderPath: Finance\r\n", NULL);
  g_autofree char *bearers = g_strconcat (good, bearer, NULL);
  g_autofree char *answer = NULL;

  answer = send_with (sandbox, good);
  g_assert_true (g_str_has_prefix (answer, "HTTP/1.1 200"));
  g_free (answer);
  answer = send_with (sandbox, same);
  g_assert_true (g_str_has_prefix (answer, "HTTP/1.1 200"));
  g_free (answer);
  answer = send_with (sandbox, folders);
  g_assert_true (g_str_has_prefix (answer, "HTTP/1.1 400"));
  g_assert_nonnull (strstr (answer, "\"errorCode\":1100"));
  g_free (answer);
  answer = send_with (sandbox, other);
  g_assert_true (g_str_has_prefix (answer, "HTTP/1.1 400"));
  g_assert_nonnull (strstr (answer, "\"errorCode\":1000"));
  g_free (answer);
  answer = send_with (sandbox, bearers);
  g_assert_true (g_str_has_prefix (answer, "HTTP/1.1 401"));
}

static void
assert_version (SandboxTest *sandbox, const char *version, gboolean has_field)
{
  g_autofree char *body = g_strdup_printf ("{\"apiVersion\":\"%s\"}", version);
  g_autofree char *header = g_strconcat (version, ".0", NULL);
  g_autoptr (SandboxAnswer) queues = NULL;
  g_autoptr (SandboxAnswer) selected = NULL;
  g_autoptr (SandboxAnswer) told = NULL;

  set (sandbox, body);
  queues = sandbox_test_get (sandbox, "odata/QueueDefinitions?$top=1");
  sandbox_assert_status (queues, 200);
  g_assert_cmpstr (soup_message_headers_get_one (queues->headers, "api-supported-versions"), ==,
                   header);
  g_assert_cmpint (strstr (queues->text, "RetryAbandonedItems") != NULL, ==, has_field);
  selected = sandbox_test_get (sandbox, "odata/QueueDefinitions?$select=RetryAbandonedItems");
  sandbox_assert_status (selected, has_field ? 200 : 400);
  told = sandbox_test_get (
      sandbox, "odata/Settings/UiPath.Server.Configuration.OData.GetActivitySettings");
  g_assert_cmpstr (baton_json_peek_string (told->json, "ApiVersion"), ==, header);
}

static void
test_versions (void)
{
  g_autoptr (SandboxTest) sandbox = sandbox_test_start ("--jobs=2000", "--api-version=17", NULL);
  g_autoptr (SandboxAnswer) absent = NULL;
  g_autoptr (SandboxAnswer) uncapped = NULL;

  assert_version (sandbox, "17", FALSE);
  assert_version (sandbox, "15", FALSE);
  assert_version (sandbox, "11", FALSE);
  absent = sandbox_test_get (sandbox, "odata/Exports");
  sandbox_assert_status (absent, 404);
  uncapped
      = sandbox_test_send (sandbox, "GET", "odata/Jobs?$select=Id", sandbox->token, 0, NULL, NULL);
  g_assert_cmpuint (baton_json_length (baton_json_peek_array (uncapped->json, "value")), >, 1000);
  assert_version (sandbox, "20", TRUE);
}

/* An item that has been changed since it was read is a conflict, where that is looked at. */
static void
test_row_version (void)
{
  static const char stale[] = "AAAAAAAAAAE=";
  g_autoptr (SandboxTest) sandbox = sandbox_test_start ("--jobs=0", NULL);
  g_autoptr (SandboxAnswer) added = sandbox_test_post (
      sandbox, "odata/Queues/UiPathODataSvc.AddQueueItem",
      "{\"itemData\":{\"Name\":\"Invoices_Inbound\",\"Reference\":\"versioned\"}}");
  g_autofree char *body
      = g_strdup_printf ("{\"queueItems\":[{\"Id\":%" G_GINT64_FORMAT ",\"RowVersion\":\"%s\"}]}",
                         baton_json_peek_int (added->json, "Id", 0), stale);
  g_autoptr (SandboxAnswer) conflict = NULL;
  g_autoptr (SandboxAnswer) ignored = NULL;

  sandbox_assert_status (added, 201);
  conflict = sandbox_test_post (sandbox, "odata/QueueItems/UiPathODataSvc.DeleteBulk", body);
  sandbox_assert_status (conflict, 409);
  set (sandbox, "{\"rowVersion\":\"ignored\"}");
  ignored = sandbox_test_post (sandbox, "odata/QueueItems/UiPathODataSvc.DeleteBulk", body);
  sandbox_assert_status (ignored, 200);
  g_assert_true (baton_json_peek_bool (ignored->json, "Success", FALSE));
}

static void
test_portal_pages (void)
{
  g_autoptr (SandboxTest) sandbox = sandbox_test_start ("--jobs=0", NULL);
  g_autoptr (SandboxAnswer) page = sandbox_test_get (sandbox, "/acme/portal_/nothing/here");
  g_autoptr (SandboxAnswer) missing = NULL;

  sandbox_assert_status (page, 200);
  g_assert_cmpstr (page->type, ==, "text/html");
  set (sandbox, "{\"portalPages\":\"missing\"}");
  missing = sandbox_test_get (sandbox, "/acme/portal_/nothing/here");
  sandbox_assert_status (missing, 404);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sandbox/limits/rate", test_rate);
  g_test_add_func ("/sandbox/limits/automation", test_automation);
  g_test_add_func ("/sandbox/limits/wait", test_wait);
  g_test_add_func ("/sandbox/limits/bodies", test_bodies);
  g_test_add_func ("/sandbox/limits/folder-header", test_folder_header);
  g_test_add_func ("/sandbox/limits/headers-twice", test_headers_twice);
  g_test_add_func ("/sandbox/limits/versions", test_versions);
  g_test_add_func ("/sandbox/limits/row-version", test_row_version);
  g_test_add_func ("/sandbox/limits/portal-pages", test_portal_pages);

  return g_test_run ();
}
