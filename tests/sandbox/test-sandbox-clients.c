/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <baton-json.h>
#include <string.h>

#include "sandbox-test.h"

#define US "UiPath.Server.Configuration.OData."
#define ID "%" G_GINT64_FORMAT
#define IDENTITY "/acme/identity_/api/"
#define ORGANIZATION "6f0c3a52-8f1d-4c4e-9b7a-2f6d0e51a001"
#define ASSET                                                                                      \
  "{\"Name\":\"%s\",\"ValueScope\":\"Global\",\"ValueType\":\"Text\",\"StringValue\":\"x\"}"

#define OPEN_FORM                                                                                  \
  "--b\r\nContent-Disposition: form-data; name=\"uploads[]\"; filename=\"a.nupkg\"\r\n\r\n"        \
  "none\r\n--b--"

/* What clients do that were written without knowing this sandbox: the vendor's Python SDK and
 * command line, PowerShell, OData clients, and web pages. */

static SandboxTest *test;

/* Sends a request with one more header. */
static SoupMessage *
send (const char *method, const char *address, const char *header, const char *value, GBytes **body)
{
  g_autofree char *uri = *address == '/' ? g_strconcat (test->origin, address, NULL)
                                         : g_strconcat (test->orchestrator, "/", address, NULL);
  g_autofree char *bearer = g_strconcat ("Bearer ", test->token, NULL);
  SoupMessage *message = soup_message_new (method, uri);
  SoupMessageHeaders *headers = soup_message_get_request_headers (message);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) answer = NULL;

  soup_message_headers_append (headers, "Authorization", bearer);
  soup_message_headers_append (headers, header, value);
  answer = soup_session_send_and_read (test->session, message, NULL, &error);
  g_assert_no_error (error);
  if (body != NULL)
    *body = g_steal_pointer (&answer);

  return message;
}

/* The types that the definition names for its bodies, in any spelling. */
static void
test_types (void)
{
  static const struct
  {
    const char *type;
    guint status;
  } cases[] = {
    { "application/json;odata.metadata=minimal;odata.streaming=true", 201 },
    { "application/json;odata.metadata=none", 201 },
    { "application/json; charset=utf-8; IEEE754Compatible=false", 201 },
    { "application/json-patch+json", 201 },
    { "application/vnd.any+json", 201 },
    { "APPLICATION/JSON", 201 },
    { "text/plain", 415 },
    { "application/x-www-form-urlencoded", 415 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *name = g_strdup_printf ("Type%" G_GSIZE_FORMAT, i);
      g_autofree char *body = g_strdup_printf (ASSET, name);
      g_autoptr (SandboxAnswer) answer = sandbox_test_send (
          test, "POST", "odata/Assets", test->token, test->shared, cases[i].type, body);

      g_test_message ("%s", cases[i].type);
      sandbox_assert_status (answer, cases[i].status);
    }
}

/* An action without parameters gets what a client makes of none; where something is needed it
 * lacks. */
static void
test_null (void)
{
  g_autoptr (SandboxAnswer) exported = sandbox_test_post (test, "odata/Jobs/" US "Export", "null");
  g_autoptr (SandboxAnswer) asset = sandbox_test_post (test, "odata/Assets", "null");

  sandbox_assert_status (exported, 200);
  g_assert_cmpuint (asset->status, ==, 400);
}

/* What Excel and Power BI begin with, when they are given the address of the service. */
static void
test_service (void)
{
  static const char *const addresses[] = { "odata", "odata/" };

  for (gsize i = 0; i < G_N_ELEMENTS (addresses); i++)
    {
      g_autoptr (SandboxAnswer) answer = sandbox_test_get (test, addresses[i]);
      gboolean found = FALSE;

      sandbox_assert_status (answer, 200);
      g_assert_true (g_str_has_suffix (baton_json_peek_string (answer->json, "@odata.context"),
                                       "/odata/$metadata"));
      g_assert_cmpstr (soup_message_headers_get_one (answer->headers, "OData-Version"), ==, "4.0");
      for (guint n = 0; n < sandbox_answer_length (answer); n++)
        {
          JsonObject *set = sandbox_answer_get (answer, n);

          g_assert_cmpstr (baton_json_peek_string (set, "kind"), ==, "EntitySet");
          found = found || g_str_equal (baton_json_peek_string (set, "url"), "Jobs");
        }
      g_assert_true (found);
    }
}

static void
test_version_header (void)
{
  g_autoptr (SandboxAnswer) list = sandbox_test_get (test, "odata/Folders?$top=1");
  g_autoptr (SandboxAnswer) other = sandbox_test_get (test, "api/Stats/GetJobsStats");

  g_assert_cmpstr (soup_message_headers_get_one (list->headers, "OData-Version"), ==, "4.0");
  g_assert_null (soup_message_headers_get_one (other->headers, "OData-Version"));
}

/* A page that its developer serves from this computer may call; no other page may. */
static void
test_pages_of_others (void)
{
  static const struct
  {
    const char *origin;
    gboolean may;
  } cases[] = {
    { "http://localhost:5173", TRUE },
    { "https://127.0.0.1:3000", TRUE },
    { "http://[::1]:8080", TRUE },
    { "https://evil.example", FALSE },
    { "http://localhost.evil.example", FALSE },
    { "null", FALSE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (SoupMessage) message
          = send ("GET", "odata/Folders?$top=1", "Origin", cases[i].origin, NULL);
      SoupMessageHeaders *headers = soup_message_get_response_headers (message);
      g_autoptr (SoupMessage) control
          = send ("GET", "/_sandbox/ready", "Origin", cases[i].origin, NULL);

      g_test_message ("%s", cases[i].origin);
      g_assert_cmpuint (soup_message_get_status (message), ==, 200);
      g_assert_cmpstr (soup_message_headers_get_one (headers, "Access-Control-Allow-Origin"), ==,
                       cases[i].may ? cases[i].origin : NULL);
      g_assert_null (soup_message_headers_get_one (soup_message_get_response_headers (control),
                                                   "Access-Control-Allow-Origin"));
    }
}

/* The browser's question before a request that has headers of its own. */
static void
test_preflight (void)
{
  g_autofree char *request
      = g_strdup_printf ("OPTIONS /acme/DefaultTenant/orchestrator_/odata/Assets HTTP/1.1\r\n"
                         "Host: 127.0.0.1\r\nOrigin: http://localhost:5173\r\n"
                         "Access-Control-Request-Method: POST\r\n"
                         "Access-Control-Request-Headers: authorization,x-uipath-folderkey\r\n"
                         "Connection: close\r\n\r\n");
  g_autofree char *answer = sandbox_test_send_raw (test, request);

  g_assert_true (g_str_has_prefix (answer, "HTTP/1.1 204 "));
  g_assert_nonnull (strstr (answer, "Access-Control-Allow-Origin: http://localhost:5173\r\n"));
  g_assert_nonnull (
      strstr (answer, "Access-Control-Allow-Headers: authorization,x-uipath-folderkey\r\n"));
  g_assert_nonnull (strstr (answer, "POST"));
}

static void
test_filters (void)
{
  static const struct
  {
    const char *filter;
    gboolean all; /* of the jobs, or none */
  } cases[] = {
    { "indexof(ReleaseName,ReleaseName) eq 0", TRUE },
    { "indexof(ReleaseName,'~') ge 0", FALSE },
    { "month(CreationTime) ge 1 and day(CreationTime) le 31", TRUE },
    { "year(CreationTime) lt 2000", FALSE },
    { "date(CreationTime) le CreationTime and date(CreationTime) gt 2000-01-01", TRUE },
    { "date(CreationTime) gt CreationTime", FALSE },
    { "CreationTime le now()", TRUE },
    { "CreationTime gt now()", FALSE },
    { "endswith(concat(ReleaseName,'~'),'~')", TRUE },
    { "concat(ReleaseName,'~') eq ReleaseName", FALSE },
    { "hour(CreationTime) le 23 and minute(CreationTime) le 59 and second(CreationTime) le 59",
      TRUE },
  };
  g_autoptr (SandboxAnswer) wrong
      = sandbox_test_get (test, "odata/Jobs?$filter=year(ReleaseName)%20eq%201");
  g_autoptr (SandboxAnswer) no_day
      = sandbox_test_get (test, "odata/Jobs?$filter=date(ReleaseName)%20eq%202026-01-01");
  g_autoptr (SandboxAnswer) items = sandbox_test_get (
      test, "odata/QueueItems?$filter=QueueDefinitionName%20eq%20'Orders_Web'&$expand="
            "QueueDefinition&$top=3");

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *escaped = g_uri_escape_string (cases[i].filter, NULL, FALSE);
      g_autofree char *address
          = g_strconcat ("odata/Jobs?$count=true&$top=1&$filter=", escaped, NULL);
      g_autoptr (SandboxAnswer) answer = sandbox_test_get (test, address);
      gint64 count = baton_json_peek_int (answer->json, "@odata.count", -1);

      g_test_message ("%s", cases[i].filter);
      sandbox_assert_status (answer, 200);
      g_assert_true (cases[i].all ? count > 0 : count == 0);
    }
  sandbox_assert_error (wrong, 400, 1000);
  sandbox_assert_error (no_day, 400, 1000);
  sandbox_assert_status (items, 200);
  g_assert_cmpuint (sandbox_answer_length (items), ==, 3);
  for (guint i = 0; i < 3; i++)
    {
      JsonObject *item = sandbox_answer_get (items, i);

      g_assert_cmpstr (
          baton_json_peek_string (baton_json_peek_object (item, "QueueDefinition"), "Name"), ==,
          "Orders_Web");
      g_assert_false (baton_json_has (item, "QueueDefinitionName"));
    }
}

/* By a GUID, also in quotes. */
static void
test_by_key (void)
{
  g_autoptr (SandboxAnswer) buckets = sandbox_test_get (test, "odata/Buckets?$top=1");
  g_autoptr (SandboxAnswer) users = sandbox_test_get (test, "odata/Users?$top=1");
  g_autoptr (SandboxAnswer) bucket = sandbox_test_ask (
      test, "GET", test->shared, NULL, "odata/Buckets/" US "GetByKey(identifier='%s')",
      baton_json_peek_string (sandbox_answer_get (buckets, 0), "Identifier"));
  g_autoptr (SandboxAnswer) user
      = sandbox_test_ask (test, "GET", 0, NULL, "odata/Users/" US "GetByKey(identifier=%s)",
                          baton_json_peek_string (sandbox_answer_get (users, 0), "Key"));
  g_autoptr (SandboxAnswer) none = sandbox_test_ask (
      test, "GET", test->shared, NULL,
      "odata/Buckets/" US "GetByKey(identifier=00000000-0000-0000-0000-000000000000)");

  sandbox_assert_status (bucket, 200);
  g_assert_cmpstr (baton_json_peek_string (bucket->json, "Name"), ==,
                   baton_json_peek_string (sandbox_answer_get (buckets, 0), "Name"));
  sandbox_assert_status (user, 200);
  g_assert_cmpstr (baton_json_peek_string (user->json, "UserName"), ==,
                   baton_json_peek_string (sandbox_answer_get (users, 0), "UserName"));
  sandbox_assert_error (none, 404, 1002);
}

/* SAP's Cloud SDK writes a long number so, wherever one stands. */
static void
test_long_keys (void)
{
  static const char *const addresses[][2] = {
    { "(", "L)" },
    { "(Id=", "l)" },
    { "/" US "GetUsersForFolder(key=", "L,includeInherited=true)" },
  };
  g_autoptr (SandboxAnswer) none = sandbox_test_get (test, "odata/Folders(L)");

  for (gsize i = 0; i < G_N_ELEMENTS (addresses); i++)
    {
      g_autofree char *address = g_strdup_printf ("odata/Folders%s" ID "%s", addresses[i][0],
                                                  test->shared, addresses[i][1]);
      g_autoptr (SandboxAnswer) answer = sandbox_test_get (test, address);

      g_test_message ("%s", address);
      sandbox_assert_status (answer, 200);
    }
  sandbox_assert_error (none, 400, 1000);
}

/* The vendor's activities give the name of an asset so; OData does so with every argument and key.
 */
static void
test_aliases (void)
{
  g_autoptr (SandboxAnswer) robots = sandbox_test_get (test, "odata/Robots?$top=1");
  g_autoptr (SandboxAnswer) asset = sandbox_test_ask (
      test, "GET", test->shared, NULL,
      "odata/Assets/" US
      "GetRobotAsset(robotId='%s',assetName=@assetName)?@assetName='ArchivePath'",
      baton_json_peek_string (sandbox_answer_get (robots, 0), "LicenseKey"));
  g_autoptr (SandboxAnswer) folder
      = sandbox_test_ask (test, "GET", 0, NULL, "odata/Folders(@id)?@ID=" ID, test->shared);
  g_autoptr (SandboxAnswer) text
      = sandbox_test_ask (test, "GET", 0, NULL, "odata/Folders(@id)?@id='" ID "'", test->shared);
  g_autoptr (SandboxAnswer) none = sandbox_test_get (test, "odata/Folders(@id)");

  sandbox_assert_status (asset, 200);
  g_assert_cmpstr (baton_json_peek_string (asset->json, "Name"), ==, "ArchivePath");
  sandbox_assert_status (folder, 200);
  sandbox_assert_error (text, 400, 1000);
  sandbox_assert_error (none, 400, 1000);
}

static void
test_current_user_extended (void)
{
#define EXTENDED "odata/Users/" US "GetCurrentUserExtended"
  g_autoptr (SandboxAnswer) plain = sandbox_test_get (test, EXTENDED);
  g_autoptr (SandboxAnswer) expanded
      = sandbox_test_get (test, EXTENDED "?$expand=PersonalWorkspace");
  g_autoptr (SandboxAnswer) selected
      = sandbox_test_get (test, EXTENDED "?$select=PersonalWorkspace&$expand=PersonalWorkspace");
  g_autoptr (SandboxAnswer) feed
      = sandbox_test_get (test, EXTENDED "?$select=PersonalWorkspace,PersonalWorskpaceFeedId"
                                         "&$expand=PersonalWorkspace");
  g_autoptr (SandboxAnswer) own
      = sandbox_test_get (test, "odata/PersonalWorkspaces/" US "GetPersonalWorkspace");
  gint64 workspace = baton_json_peek_int (own->json, "Id", 0);

  sandbox_assert_status (plain, 200);
  g_assert_cmpstr (baton_json_peek_string (plain->json, "UserName"), ==, "admin");
  g_assert_false (baton_json_has (plain->json, "PersonalWorkspace"));
  sandbox_assert_status (expanded, 200);
  g_assert_cmpstr (baton_json_peek_string (expanded->json, "UserName"), ==, "admin");
  sandbox_assert_status (selected, 200);
  g_assert_false (baton_json_has (selected->json, "UserName"));
  g_assert_cmpint (workspace, !=, 0);
  g_assert_cmpint (
      baton_json_peek_int (baton_json_peek_object (expanded->json, "PersonalWorkspace"), "Id", 0),
      ==, workspace);
  g_assert_cmpint (
      baton_json_peek_int (baton_json_peek_object (selected->json, "PersonalWorkspace"), "Id", 0),
      ==, workspace);
  sandbox_assert_status (feed, 200);
  g_assert_cmpint (
      baton_json_peek_int (baton_json_peek_object (feed->json, "PersonalWorkspace"), "Id", 0), ==,
      workspace);
  g_assert_cmpstr (baton_json_peek_string (feed->json, "PersonalWorskpaceFeedId"), !=, NULL);
  g_assert_cmpstr (baton_json_peek_string (feed->json, "PersonalWorskpaceFeedId"), ==,
                   baton_json_peek_string (plain->json, "PersonalWorskpaceFeedId"));
}

/* As the vendor's Python library and command line look for a process. */
static void
test_list_releases (void)
{
#define LIST "odata/Releases/" US "ListReleases"
  g_autoptr (SandboxAnswer) named
      = sandbox_test_get (test, LIST "?$filter=Name%20eq%20'Order%20entry'&$top=1");
  g_autoptr (SandboxAnswer) package = sandbox_test_get (
      test, LIST "?$select=Id,Key,ProcessVersion&$top=25&$filter=ProcessKey%20eq%20'Order_Entry'");
  g_autoptr (SandboxAnswer) plain
      = sandbox_test_get (test, "odata/Releases?$filter=ProcessKey%20eq%20'Order_Entry'");

  sandbox_assert_status (named, 200);
  sandbox_assert_status (package, 200);
  g_assert_cmpuint (sandbox_answer_length (package), ==, sandbox_answer_length (plain));
  g_assert_cmpuint (sandbox_answer_length (package), >, 0);
  g_assert_cmpstr (baton_json_peek_string (sandbox_answer_get (package, 0), "Key"), ==,
                   baton_json_peek_string (sandbox_answer_get (plain, 0), "Key"));
  g_assert_false (baton_json_has (sandbox_answer_get (package, 0), "Name"));
}

/* As the vendor's Python library makes a process, and its PowerShell module reads it. */
static void
test_create_release (void)
{
  g_autoptr (SandboxAnswer) made = sandbox_test_post (
      test, "odata/Releases/" US "CreateRelease",
      "{\"Name\":\"Made by a library\",\"ProcessKey\":\"Order_Entry\","
      "\"ProcessVersion\":\"1.3.4\",\"EnvironmentVariables\":\"\",\"InputArguments\":\"{}\","
      "\"HiddenForAttendedUser\":false,\"ResourceOverwrites\":[],"
      "\"RemoteControlAccess\":\"None\",\"RetentionAction\":\"Delete\",\"RetentionPeriod\":20,"
      "\"StaleRetentionAction\":\"Delete\",\"StaleRetentionPeriod\":100,\"Tags\":[],"
      "\"Description\":\"by a library\"}");
  g_autoptr (SandboxAnswer) refused = sandbox_test_post (
      test, "odata/Releases/" US "CreateRelease",
      "{\"Name\":\"Refused\",\"ProcessKey\":\"Order_Entry\",\"ProcessVersion\":\"1.3.4\","
      "\"RetentionAction\":\"Delete\",\"RetentionPeriod\":2000}");
  g_autoptr (SandboxAnswer) none
      = sandbox_test_get (test, "odata/Releases?$filter=Name%20eq%20'Refused'");
  g_autoptr (SandboxAnswer) read = NULL;

  sandbox_assert_status (made, 201);
  read = sandbox_test_ask (test, "GET", test->shared, NULL,
                           "odata/Releases(" ID ")/" US "GetRelease",
                           baton_json_peek_int (made->json, "Id", 0));
  sandbox_assert_status (read, 200);
  g_assert_cmpstr (baton_json_peek_string (read->json, "Name"), ==, "Made by a library");
  g_assert_cmpint (baton_json_peek_int (read->json, "RetentionPeriod", 0), ==, 20);
  g_assert_cmpint (baton_json_peek_int (read->json, "StaleRetentionPeriod", 0), ==, 100);
  sandbox_assert_error (refused, 400, 1009);
  g_assert_cmpuint (sandbox_answer_length (none), ==, 0);
}

/* Without a robot's key where the asset allows that, and nowhere else. */
static void
test_direct_assets (void)
{
#define BY_NAME "odata/Assets/" US "GetRobotAssetByNameForRobotKey"
  g_autoptr (SandboxAnswer) made = sandbox_test_post (
      test, "odata/Assets",
      "{\"Name\":\"Direct\",\"ValueScope\":\"Global\",\"ValueType\":\"Secret\","
      "\"SecretValue\":\"open\",\"AllowDirectApiAccess\":true}");
  g_autoptr (SandboxAnswer) listed
      = sandbox_test_get (test, "odata/Assets/" US "GetFiltered?$filter=Name%20eq%20'Direct'");
  g_autoptr (SandboxAnswer) direct = sandbox_test_post (
      test, BY_NAME, "{\"assetName\":\"Direct\",\"supportsCredentialsProxyDisconnected\":true}");
  g_autoptr (SandboxAnswer) closed
      = sandbox_test_post (test, BY_NAME, "{\"assetName\":\"ArchivePath\"}");

  sandbox_assert_status (made, 201);
  g_assert_true (
      baton_json_peek_bool (sandbox_answer_get (listed, 0), "AllowDirectApiAccess", FALSE));
  sandbox_assert_status (direct, 200);
  g_assert_cmpstr (baton_json_peek_string (direct->json, "SecretValue"), ==, "open");
  sandbox_assert_error (closed, 400, 1014);
}

static void
test_resolve (void)
{
  const char *token = sandbox_test_get_ready (test, "personalAccessToken");
  g_autoptr (SandboxAnswer) person = sandbox_test_send (
      test, "POST", IDENTITY "Directory/Resolve/" ORGANIZATION, token, 0, "application/json",
      "{\"entityId\":\"c0a80101-5f1d-4c0e-8a4b-2a0071c3e9d1\",\"entityType\":\"User\"}");
  g_autoptr (SandboxAnswer) nobody = sandbox_test_send (
      test, "POST", IDENTITY "Directory/Resolve/" ORGANIZATION, token, 0, "application/json",
      "{\"entityId\":\"00000000-0000-0000-0000-000000000000\",\"entityType\":\"User\"}");

  sandbox_assert_status (person, 200);
  g_assert_cmpstr (baton_json_peek_string (person->json, "email"), ==, "ada.admin@acme.example");
  sandbox_assert_status (nobody, 404);
}

/* The vendor's command line sends each JSON body in chunks, as it does not know its length before.
 */
static void
test_chunks (void)
{
  g_autofree char *body = g_strdup_printf (ASSET, "Chunks");
  g_autofree char *request = g_strdup_printf (
      "POST /acme/DefaultTenant/orchestrator_/odata/Assets HTTP/1.1\r\nHost: 127.0.0.1\r\n"
      "Authorization: Bearer %s\r\nX-UIPATH-OrganizationUnitId: " ID "\r\n"
      "Content-Type: application/json\r\nTransfer-Encoding: chunked\r\nExpect: 100-continue\r\n"
      "Connection: close\r\n\r\n%" G_GSIZE_MODIFIER "x\r\n%s\r\n0\r\n\r\n",
      test->token, test->shared, strlen (body), body);
  g_autofree char *answer = sandbox_test_send_raw (test, request);

  /* Older ones of .NET take no headers there. */
  g_assert_true (g_str_has_prefix (answer, "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 201 "));
}

/* An activity names a folder from the one that its job runs in. */
static void
test_relative_path (void)
{
  static const struct
  {
    const char *path;
    const char *folder; /* NULL: none */
  } cases[] = {
    { ".", "Finance/Accounts Payable" },
    { "./.", "Finance/Accounts Payable" },
    { "..", "Finance" },
    { "../Treasury", "Finance/Treasury" },
    { "../../Shared", "Shared" },
    { "../../../Shared", NULL },
    { "/", "Finance" },
    { "/Treasury", "Finance/Treasury" },
    { "/Finance", NULL },
    { "../..", NULL },
    { "../", NULL },
    { "./No such", NULL },
  };
  gint64 start = sandbox_test_find_folder (test, "Finance/Accounts Payable");

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      gsize length;
      g_autofree char *wide
          = g_convert (cases[i].path, -1, "UTF-16LE", "UTF-8", NULL, &length, NULL);
      g_autofree char *encoded = g_base64_encode ((const guchar *)wide, length);
      g_autofree char *request = g_strdup_printf (
          "GET /acme/DefaultTenant/orchestrator_/odata/Assets HTTP/1.1\r\nHost: 127.0.0.1\r\n"
          "Authorization: Bearer %s\r\nX-UIPATH-OrganizationUnitId: " ID "\r\n"
          "X-UIPATH-FolderPath-Encoded: %s\r\nConnection: close\r\n\r\n",
          test->token, start, encoded);
      g_autofree char *answer = sandbox_test_send_raw (test, request);

      g_test_message ("%s", cases[i].path);
      if (cases[i].folder != NULL)
        {
          gint64 folder = sandbox_test_find_folder (test, cases[i].folder);
          g_autoptr (SandboxAnswer) there
              = sandbox_test_send (test, "GET", "odata/Assets", test->token, folder, NULL, NULL);

          g_assert_nonnull (strstr (answer, "HTTP/1.1 200 "));
          g_assert_nonnull (strstr (answer, strstr (there->text, "\"@odata.count\"")));
        }
      else
        {
          g_assert_nonnull (strstr (answer, "HTTP/1.1 400 "));
          g_assert_nonnull (strstr (answer, "\"errorCode\":1100"));
        }
    }
}

/* What was read goes back as it came, as a client does that changes one member of it. */
static void
test_back (void)
{
  static const char *const sets[]
      = { "Assets",   "Buckets",          "Calendars", "CredentialStores",
          "Machines", "ProcessSchedules", "Releases",  "QueueDefinitions",
          "Robots",   "TestDataQueues",   "Users" };

  for (gsize i = 0; i < G_N_ELEMENTS (sets); i++)
    {
      g_autofree char *list_address = g_strconcat ("odata/", sets[i], "?$top=1", NULL);
      g_autoptr (SandboxAnswer) list = sandbox_test_get (test, list_address);
      g_autofree char *address = g_strdup_printf (
          "odata/%s(" ID ")", sets[i], baton_json_peek_int (sandbox_answer_get (list, 0), "Id", 0));
      g_autoptr (SandboxAnswer) read = sandbox_test_get (test, address);
      g_autoptr (SandboxAnswer) written = sandbox_test_send (
          test, "PUT", address, test->token, test->shared, "application/json", read->text);

      g_test_message ("%s", address);
      sandbox_assert_status (read, 200);
      if (written->status != 204)
        sandbox_assert_status (written, 200);
    }
}

/* Clients that are made from the definition send null for what they leave out. */
static void
test_null_members (void)
{
  static const char *const cases[][2] = {
    { "Assets", "\"ValueScope\":\"Global\",\"ValueType\":\"Text\",\"StringValue\":\"x\","
                "\"Tags\":null,\"IntValue\":null,\"UserValues\":null,\"CredentialStoreId\":null" },
    { "Buckets", "\"Identifier\":\"0b8b6cbe-3d6f-4f0e-9a7d-0f5c1c7d2b11\",\"Password\":null,"
                 "\"StorageProvider\":null,\"Tags\":null" },
    { "Machines", "\"Type\":\"Template\",\"RobotVersions\":null,\"Tags\":null" },
    { "QueueDefinitions", "\"SpecificDataJsonSchema\":null,\"Tags\":null,"
                          "\"ProcessScheduleId\":null" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *address = g_strconcat ("odata/", cases[i][0], NULL);
      g_autofree char *body
          = g_strdup_printf ("{\"Name\":\"Nulls\",\"description\":null,%s}", cases[i][1]);
      g_autoptr (SandboxAnswer) made = sandbox_test_send (test, "POST", address, test->token,
                                                          test->shared, "application/json", body);

      sandbox_assert_status (made, 201);
    }
}

/* A form without a line end behind its last boundary, as the library of npm's old clients makes
 * it. */
static void
test_form_end (void)
{
  g_autofree char *request = g_strdup_printf (
      "POST /acme/DefaultTenant/orchestrator_/odata/Processes/" US
      "UploadPackage() HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer %s\r\n"
      "Content-Type: multipart/form-data; boundary=b\r\nContent-Length: %" G_GSIZE_FORMAT
      "\r\nConnection: close\r\n\r\n%s",
      test->token, strlen (OPEN_FORM), OPEN_FORM);
  g_autofree char *answer = sandbox_test_send_raw (test, request);

  /* It was read as far as the file, which is no package. */
  g_assert_true (g_str_has_prefix (answer, "HTTP/1.1 207 "));
  g_assert_nonnull (strstr (answer, "a.nupkg"));
}

/* "1" and "2" are taken too (fact sheet 6.6), and how many only counts where robots are not named
 * (definition: StartProcessDto). */
static void
test_old_jobs (void)
{
  static const char *const strategies[] = { "1", "2" };
  g_autoptr (SandboxAnswer) releases = sandbox_test_send (test, "GET", "odata/Releases?$top=1",
                                                          test->token, test->shared, NULL, NULL);
  g_autoptr (SandboxAnswer) robots
      = sandbox_test_send (test, "GET", "odata/Robots?$filter=Type%20eq%20'Unattended'&$top=1",
                           test->token, test->shared, NULL, NULL);
  const char *key = baton_json_peek_string (sandbox_answer_get (releases, 0), "Key");
  g_autofree char *named = g_strdup_printf (
      "{\"startInfo\":{\"ReleaseKey\":\"%s\",\"Strategy\":\"Specific\",\"RobotIds\":[" ID
      "],\"JobsCount\":0,\"NoOfRobots\":0,\"Source\":\"Manual\"}}",
      key, baton_json_peek_int (sandbox_answer_get (robots, 0), "Id", 0));
  g_autofree char *none = g_strdup_printf (
      "{\"startInfo\":{\"ReleaseKey\":\"%s\",\"Strategy\":\"JobsCount\",\"JobsCount\":0}}", key);
  g_autoptr (SandboxAnswer) on_robot
      = sandbox_test_post (test, "odata/Jobs/" US "StartJobs", named);
  g_autoptr (SandboxAnswer) nothing = sandbox_test_post (test, "odata/Jobs/" US "StartJobs", none);

  sandbox_assert_status (on_robot, 201);
  g_assert_cmpuint (sandbox_answer_length (on_robot), ==, 1);
  sandbox_assert_error (nothing, 400, 1009);

  for (gsize i = 0; i < G_N_ELEMENTS (strategies); i++)
    {
      g_autofree char *start = g_strdup_printf ("{\"startInfo\":{\"ReleaseKey\":\"%s\"}}", key);
      g_autoptr (SandboxAnswer) started
          = sandbox_test_post (test, "odata/Jobs/" US "StartJobs", start);
      g_autofree char *address = NULL;
      g_autofree char *body = g_strdup_printf ("{\"strategy\":\"%s\"}", strategies[i]);
      g_autoptr (SandboxAnswer) stopped = NULL;

      sandbox_assert_status (started, 201);
      address = g_strdup_printf ("odata/Jobs(" ID ")/" US "StopJob",
                                 baton_json_peek_int (sandbox_answer_get (started, 0), "Id", 0));
      stopped = sandbox_test_post (test, address, body);
      sandbox_assert_status (stopped, 200);
    }
}

/* fetch() leaves "patch" as it is written; the service reads methods in any case. */
static void
test_method_case (void)
{
  g_autoptr (SandboxAnswer) releases = sandbox_test_send (test, "GET", "odata/Releases?$top=1",
                                                          test->token, test->shared, NULL, NULL);
  g_autofree char *request = g_strdup_printf (
      "patch /acme/DefaultTenant/orchestrator_/odata/Releases(" ID ") HTTP/1.1\r\n"
      "Host: 127.0.0.1\r\nAuthorization: Bearer %s\r\nX-UIPATH-OrganizationUnitId: " ID "\r\n"
      "Content-Type: application/json\r\nContent-Length: 19\r\nConnection: close\r\n\r\n"
      "{\"Description\":\"x\"}",
      baton_json_peek_int (sandbox_answer_get (releases, 0), "Id", 0), test->token, test->shared);
  g_autofree char *answer = sandbox_test_send_raw (test, request);

  g_assert_true (g_str_has_prefix (answer, "HTTP/1.1 200 "));
}

/* A load balancer asks whether the service is there, in the oldest way, or for the headers alone.
 */
static void
test_probes (void)
{
  static const char *const addresses[] = {
    "/",
    "/_sandbox/ready",
    "/identity_/.well-known/openid-configuration",
    "/acme/DefaultTenant/orchestrator_/api/Status/Get",
    "/acme/DefaultTenant/orchestrator_/swagger/index.html",
  };
  g_autofree char *old
      = g_strdup_printf ("GET /acme/DefaultTenant/orchestrator_/odata/Folders?$top=1 HTTP/1.0\r\n"
                         "Authorization: Bearer %s\r\n\r\n",
                         test->token);
  g_autofree char *answer = sandbox_test_send_raw (test, old);

  g_assert_nonnull (strstr (answer, " 200 OK\r\n"));
  g_assert_nonnull (strstr (answer, "\"value\":[{"));
  for (gsize i = 0; i < G_N_ELEMENTS (addresses); i++)
    {
      g_autofree char *request = g_strdup_printf (
          "HEAD %s HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n", addresses[i]);
      g_autofree char *head = sandbox_test_send_raw (test, request);

      g_test_message ("%s", addresses[i]);
      g_assert_true (g_str_has_prefix (head, "HTTP/1.1 200 "));
      g_assert_true (g_str_has_suffix (head, "\r\n\r\n"));
    }
}

/* "localhost" is an address of IPv6 first for some clients, which then try no other. */
static void
test_ipv6 (void)
{
  g_autoptr (GUri) uri = g_uri_parse (test->origin, G_URI_FLAGS_NONE, NULL);
  g_autoptr (GInetAddress) loopback = g_inet_address_new_loopback (G_SOCKET_FAMILY_IPV6);
  g_autoptr (GSocketAddress) address
      = g_inet_socket_address_new (loopback, (guint16)g_uri_get_port (uri));
  g_autoptr (GSocket) probe
      = g_socket_new (G_SOCKET_FAMILY_IPV6, G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_TCP, NULL);
  g_autoptr (GSocketAddress) any = g_inet_socket_address_new (loopback, 0);
  g_autofree char *issuer = g_strdup_printf ("http://[::1]:%d/identity_", g_uri_get_port (uri));
  g_autofree char *there = g_strconcat (issuer, "/.well-known/openid-configuration", NULL);
  g_autoptr (SoupMessage) message = soup_message_new ("GET", there);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) body = NULL;
  g_autoptr (JsonNode) json = NULL;

  if (probe == NULL || !g_socket_bind (probe, any, FALSE, NULL))
    {
      g_test_skip ("no IPv6 here");
      return;
    }

  body = soup_session_send_and_read (test->session, message, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (soup_message_get_status (message), ==, 200);
  json = baton_json_parse (body, BATON_JSON_MAX_BYTES, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (baton_json_peek_string (baton_json_peek_root_object (json), "issuer"), ==,
                   issuer);
}

int
main (int argc, char *argv[])
{
  int status;

  g_test_init (&argc, &argv, NULL);
  test = sandbox_test_start ("--jobs=100", NULL);

  g_test_add_func ("/sandbox/clients/types", test_types);
  g_test_add_func ("/sandbox/clients/null", test_null);
  g_test_add_func ("/sandbox/clients/null-members", test_null_members);
  g_test_add_func ("/sandbox/clients/service", test_service);
  g_test_add_func ("/sandbox/clients/version-header", test_version_header);
  g_test_add_func ("/sandbox/clients/pages-of-others", test_pages_of_others);
  g_test_add_func ("/sandbox/clients/preflight", test_preflight);
  g_test_add_func ("/sandbox/clients/filters", test_filters);
  g_test_add_func ("/sandbox/clients/by-key", test_by_key);
  g_test_add_func ("/sandbox/clients/long-keys", test_long_keys);
  g_test_add_func ("/sandbox/clients/aliases", test_aliases);
  g_test_add_func ("/sandbox/clients/current-user-extended", test_current_user_extended);
  g_test_add_func ("/sandbox/clients/list-releases", test_list_releases);
  g_test_add_func ("/sandbox/clients/create-release", test_create_release);
  g_test_add_func ("/sandbox/clients/direct-assets", test_direct_assets);
  g_test_add_func ("/sandbox/clients/resolve", test_resolve);
  g_test_add_func ("/sandbox/clients/chunks", test_chunks);
  g_test_add_func ("/sandbox/clients/relative-path", test_relative_path);
  g_test_add_func ("/sandbox/clients/back", test_back);
  g_test_add_func ("/sandbox/clients/form-end", test_form_end);
  g_test_add_func ("/sandbox/clients/old-jobs", test_old_jobs);
  g_test_add_func ("/sandbox/clients/method-case", test_method_case);
  g_test_add_func ("/sandbox/clients/probes", test_probes);
  g_test_add_func ("/sandbox/clients/ipv6", test_ipv6);

  status = g_test_run ();
  sandbox_test_stop (test);

  return status;
}
