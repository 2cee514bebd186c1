/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <archive.h>
#include <archive_entry.h>
#include <string.h>

#include "baton-json.h"
#include "sandbox-test.h"

#define US "UiPath.Server.Configuration.OData."
#define PROCESSES "odata/Processes/" US
#define LIBRARIES "odata/Libraries/" US

static SandboxTest *test;

static void
add_file (struct archive *archive, const char *path, const char *text)
{
  struct archive_entry *entry = archive_entry_new ();

  archive_entry_set_pathname (entry, path);
  archive_entry_set_size (entry, (la_int64_t)strlen (text));
  archive_entry_set_filetype (entry, AE_IFREG);
  archive_entry_set_perm (entry, 0644);
  g_assert_cmpint (archive_write_header (archive, entry), ==, ARCHIVE_OK);
  archive_write_data (archive, text, strlen (text));
  archive_entry_free (entry);
}

/* @path, @text: (nullable): one more file, up to NULL. Returns: (transfer full): a ZIP. */
static GBytes *
make_zip (const char *path, const char *text, ...)
{
  gsize room = 1024 * 1024;
  g_autofree char *buffer = g_malloc (room);
  struct archive *archive = archive_write_new ();
  size_t used = 0;
  va_list more;

  archive_write_set_format_zip (archive);
  archive_write_open_memory (archive, buffer, room, &used);
  va_start (more, text);
  while (path != NULL)
    {
      add_file (archive, path, text);
      path = va_arg (more, const char *);
      text = path != NULL ? va_arg (more, const char *) : NULL;
    }
  va_end (more);
  g_assert_cmpint (archive_write_close (archive), ==, ARCHIVE_OK);
  archive_write_free (archive);

  return g_bytes_new (buffer, used);
}

static char *
make_nuspec (const char *id, const char *version)
{
  return g_strdup_printf ("<?xml version=\"1.0\"?><package xmlns=\"urn:x\"><metadata><id>%s</id>"
                          "<version>%s</version><authors>Somebody &amp; Co</authors>"
                          "<description>Grüße</description></metadata></package>",
                          id, version);
}

static GBytes *
make_package (const char *id, const char *version)
{
  g_autofree char *nuspec = make_nuspec (id, version);
  g_autofree char *name = g_strconcat (id, ".nuspec", NULL);

  return make_zip (name, nuspec, NULL);
}

/* Sends files as a browser's form does. @feed: (nullable). */
static SandboxAnswer *
upload (const char *address, const char *feed, const char *bearer, GBytes **files, guint n_files)
{
  SoupMultipart *form = soup_multipart_new (SOUP_FORM_MIME_TYPE_MULTIPART);
  g_autofree char *uri
      = g_strconcat (test->orchestrator, "/", address, feed != NULL ? "?feedId=" : "",
                     feed != NULL ? feed : "", NULL);
  g_autofree char *authorization = g_strconcat ("Bearer ", bearer, NULL);
  g_autoptr (SoupMessage) message = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GError) error = NULL;
  SandboxAnswer *answer = g_new0 (SandboxAnswer, 1);

  for (guint i = 0; i < n_files; i++)
    soup_multipart_append_form_file (form, i == 0 ? "file" : "file1", "a.nupkg",
                                     "application/octet-stream", files[i]);
  message = soup_message_new_from_multipart (uri, form);
  soup_multipart_free (form);
  soup_message_headers_replace (soup_message_get_request_headers (message), "Authorization",
                                authorization);
  bytes = soup_session_send_and_read (test->session, message, NULL, &error);
  g_assert_no_error (error);
  answer->status = soup_message_get_status (message);
  answer->text = g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
  answer->node = baton_json_parse_text (answer->text, -1, NULL);
  answer->json = answer->node != NULL ? baton_json_peek_root_object (answer->node) : NULL;

  return answer;
}

static SandboxAnswer *
upload_one (const char *address, GBytes *file)
{
  return upload (address, NULL, test->token, &file, 1);
}

/* Asserts what became of a file. @code: 0 where it is in. */
static void
assert_item (SandboxAnswer *answer, guint position, const char *status, int code)
{
  JsonObject *item = sandbox_answer_get (answer, position);
  g_autoptr (JsonNode) body
      = baton_json_parse_text (baton_json_peek_string (item, "Body"), -1, NULL);

  g_assert_cmpstr (baton_json_peek_string (item, "Status"), ==, status);
  g_assert_nonnull (body);
  if (code != 0)
    g_assert_cmpint (baton_json_peek_int (baton_json_peek_root_object (body), "errorCode", 0), ==,
                     code);
}

/* Returns: (transfer full). */
static GBytes *
download (const char *set, const char *key)
{
  g_autofree char *uri = g_strdup_printf ("%s/odata/%s/" US "DownloadPackage(key='%s')",
                                          test->orchestrator, set, key);
  g_autofree char *authorization = g_strconcat ("Bearer ", test->token, NULL);
  g_autoptr (SoupMessage) message = soup_message_new ("GET", uri);
  g_autoptr (GError) error = NULL;
  GBytes *bytes;

  soup_message_headers_replace (soup_message_get_request_headers (message), "Authorization",
                                authorization);
  bytes = soup_session_send_and_read (test->session, message, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (soup_message_get_status (message), ==, 200);
  g_assert_nonnull (strstr (soup_message_headers_get_one (
                                soup_message_get_response_headers (message), "Content-Disposition"),
                            ".nupkg"));

  return bytes;
}

static void
test_process (void)
{
  g_autofree char *nuspec = make_nuspec ("Of.Test", "1.0.0");
  g_autoptr (GBytes) file = make_zip (
      "Of.Test.nuspec", nuspec, "content/project.json",
      "{\"main\":\"Start.xaml\",\"targetFramework\":\"Portable\",\"runtimeOptions\":"
      "{\"requiresUserInteraction\":true},\"arguments\":{\"input\":[{\"name\":\"in_A\",\"type\":"
      "\"System.String\",\"required\":true,\"hasDefault\":false}],\"output\":[]}}",
      "content/entry-points.json",
      "{\"entryPoints\":[{\"filePath\":\"Start.xaml\",\"uniqueId\":"
      "\"0a3ae6a8-1f0a-4c3c-9d0a-5a3d9f4d0001\",\"input\":{\"type\":\"object\"}}]}",
      NULL);
  g_autoptr (SandboxAnswer) sent = upload_one (PROCESSES "UploadPackage", file);
  g_autoptr (SandboxAnswer) again = upload_one (PROCESSES "UploadPackage", file);
  g_autoptr (SandboxAnswer) shown = sandbox_test_get (test, "odata/Processes('Of.Test:1.0.0')");
  g_autoptr (SandboxAnswer) arguments
      = sandbox_test_get (test, PROCESSES "GetArguments(key='Of.Test:1.0.0')");
  g_autoptr (GBytes) back = download ("Processes", "Of.Test:1.0.0");

  sandbox_assert_status (sent, 200);
  assert_item (sent, 0, "OK", 0);
  sandbox_assert_status (again, 207);
  assert_item (again, 0, "Conflict", 1004);
  g_assert_cmpstr (baton_json_peek_string (shown->json, "Authors"), ==, "Somebody & Co");
  g_assert_cmpstr (baton_json_peek_string (shown->json, "MainEntryPointPath"), ==, "Start.xaml");
  g_assert_cmpstr (baton_json_peek_string (shown->json, "TargetFramework"), ==, "Portable");
  g_assert_true (baton_json_peek_bool (shown->json, "RequiresUserInteraction", FALSE));
  g_assert_cmpuint (baton_json_length (baton_json_peek_array (shown->json, "EntryPoints")), ==, 1);
  g_assert_nonnull (strstr (baton_json_peek_string (arguments->json, "Input"), "in_A"));
  g_assert_true (g_bytes_equal (back, file));
}

/* @function: with its brackets. Returns: how many it lists; @first: (out) (nullable) (transfer
 * full): the version of the first. */
static guint
count (const char *function, char **first)
{
  g_autoptr (SandboxAnswer) answer = sandbox_test_get (test, function);

  sandbox_assert_status (answer, 200);
  if (first != NULL)
    *first = g_strdup (baton_json_peek_string (sandbox_answer_get (answer, 0), "Version"));

  return sandbox_answer_length (answer);
}

/* Versions are numbers and no texts, and what comes before a release is older than it. */
static void
test_versions (void)
{
  static const char *const versions[] = { "1.9.0", "1.10.0-beta", "1.10.0", "1.2.0" };
  g_autofree char *latest = NULL;
  g_autofree char *after = NULL;
  g_autoptr (SandboxAnswer) gone = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (versions); i++)
    {
      g_autoptr (GBytes) file = make_package ("Many.Versions", versions[i]);
      g_autoptr (SandboxAnswer) sent = upload_one (LIBRARIES "UploadPackage", file);

      sandbox_assert_status (sent, 207);
      assert_item (sent, 0, "OK", 0);
    }
  g_assert_cmpuint (count (LIBRARIES "GetVersions(packageId='Many.Versions')", NULL), ==, 4);
  g_assert_cmpuint (count ("odata/Libraries?searchTerm=many.v", &latest), ==, 1);
  g_assert_cmpstr (latest, ==, "1.10.0");

  gone = sandbox_test_ask (test, "DELETE", 0, NULL, "odata/Libraries('Many.Versions:1.10.0')");
  sandbox_assert_status (gone, 204);
  count ("odata/Libraries?searchTerm=Many.V", &after);
  g_assert_cmpstr (after, ==, "1.10.0-beta");
}

/* Each file for itself: one that is wrong keeps none of the others out. */
static void
test_bad_files (void)
{
  g_autofree char *no_version = make_nuspec ("Bad", "");
  g_autofree char *outside = make_nuspec ("../Bad", "1.0.0");
  g_autoptr (GBytes) good = make_package ("Good.Among.Bad", "1.0.0");
  g_autoptr (GBytes) whole = make_package ("Cut", "1.0.0");
  GBytes *files[] = {
    g_bytes_new_static ("no archive at all", 17),
    g_bytes_new_static ("", 0),
    make_zip ("readme.txt", "no nuspec", NULL),
    make_zip ("a.nuspec", "<package><metadata>", NULL),
    make_zip ("a.nuspec", no_version, NULL),
    make_zip ("a.nuspec", outside, NULL),
    g_bytes_new_from_bytes (whole, 0, 40),
    g_bytes_ref (good),
  };
  g_autoptr (SandboxAnswer) sent
      = upload (PROCESSES "UploadPackage", NULL, test->token, files, G_N_ELEMENTS (files));

  sandbox_assert_status (sent, 207);
  g_assert_cmpuint (sandbox_answer_length (sent), ==, G_N_ELEMENTS (files));
  for (guint i = 0; i + 1 < G_N_ELEMENTS (files); i++)
    assert_item (sent, i, "BadRequest", 1009);
  assert_item (sent, G_N_ELEMENTS (files) - 1, "OK", 0);
  for (gsize i = 0; i < G_N_ELEMENTS (files); i++)
    g_bytes_unref (files[i]);
}

/* What the sandbox comes with can be taken along, and brought back. */
static void
test_seeded (void)
{
  g_autoptr (GBytes) file = download ("Processes", "Invoice_Posting:1.0.0");
  g_autoptr (GBytes) again = download ("Processes", "Invoice_Posting:1.0.0");
  g_autoptr (SandboxAnswer) gone = NULL;
  g_autoptr (SandboxAnswer) back = NULL;
  g_autoptr (SandboxAnswer) arguments = NULL;

  g_assert_true (g_bytes_equal (file, again));
  gone = sandbox_test_ask (test, "DELETE", 0, NULL, "odata/Processes('Invoice_Posting:1.0.0')");
  sandbox_assert_status (gone, 204);
  back = upload_one (PROCESSES "UploadPackage", file);
  sandbox_assert_status (back, 200);
  arguments = sandbox_test_get (test, PROCESSES "GetArguments(key='Invoice_Posting:1.0.0')");
  g_assert_nonnull (strstr (baton_json_peek_string (arguments->json, "Input"), "in_Mailbox"));
}

static void
test_in_use (void)
{
  g_autoptr (SandboxAnswer) releases
      = sandbox_test_get (test, "odata/Releases?$filter=ProcessKey%20eq%20'Order_Entry'&$top=1");
  const char *version = baton_json_peek_string (sandbox_answer_get (releases, 0), "ProcessVersion");
  g_autoptr (SandboxAnswer) used
      = sandbox_test_ask (test, "DELETE", 0, NULL, "odata/Processes('Order_Entry:%s')", version);
  g_autoptr (SandboxAnswer) unused
      = sandbox_test_ask (test, "DELETE", 0, NULL, "odata/Processes('Order_Entry')");
  g_autoptr (SandboxAnswer) again
      = sandbox_test_ask (test, "DELETE", 0, NULL, "odata/Processes('Order_Entry')");
  g_autoptr (SandboxAnswer) nothing
      = sandbox_test_ask (test, "DELETE", 0, NULL, "odata/Processes('Nothing:1.0.0')");

  sandbox_assert_error (used, 409, 1013);
  sandbox_assert_status (unused, 204);
  sandbox_assert_error (again, 404, 1002);
  sandbox_assert_error (nothing, 404, 1002);
  g_assert_cmpuint (count (PROCESSES "GetProcessVersions(processId='Order_Entry')", NULL), ==, 1);
}

static void
test_folder_feed (void)
{
  gint64 workspace = sandbox_test_find_folder (test, "Ada Admin''s workspace");
  g_autoptr (SandboxAnswer) feed = sandbox_test_ask (
      test, "GET", 0, NULL, "api/PackageFeeds/GetFolderFeed?folderId=%" G_GINT64_FORMAT, workspace);
  g_autofree char *id = g_strndup (feed->text + 1, 36);
  g_autofree char *list = g_strconcat ("odata/Processes?searchTerm=In.Feed&feedId=", id, NULL);
  g_autoptr (GBytes) file = make_package ("In.Feed", "1.0.0");
  GBytes *files[] = { file };
  g_autoptr (SandboxAnswer) sent = upload (PROCESSES "UploadPackage", id, test->token, files, 1);
  g_autoptr (SandboxAnswer) unknown = upload (
      PROCESSES "UploadPackage", "0a3ae6a8-1f0a-4c3c-9d0a-5a3d9f4d0009", test->token, files, 1);

  sandbox_assert_status (sent, 200);
  g_assert_cmpuint (count (list, NULL), ==, 1);
  g_assert_cmpuint (count ("odata/Processes?searchTerm=In.Feed", NULL), ==, 0);
  sandbox_assert_error (unknown, 404, 1002);
}

/* Returns: (transfer full): the id of the one feed of that name, NULL where there is none. */
static char *
find_feed (JsonNode *feeds, const char *name)
{
  JsonArray *list = json_node_get_array (feeds);
  char *id = NULL;

  for (guint i = 0; i < json_array_get_length (list); i++)
    {
      JsonObject *feed = json_array_get_object_element (list, i);

      g_assert_cmpstr (baton_json_peek_string (feed, "purpose"), ==, "Processes");
      if (g_strcmp0 (baton_json_peek_string (feed, "name"), name) == 0)
        {
          g_assert_null (id);
          id = g_strdup (baton_json_peek_string (feed, "id"));
        }
    }

  return id;
}

/* As the vendor's Python command line publishes: to a feed of the list, the tenant's among them. */
static void
test_feeds (void)
{
  g_autoptr (SandboxAnswer) answer = sandbox_test_get (test, "api/PackageFeeds/GetFeeds");
  g_autoptr (JsonNode) feeds = baton_json_parse_text (answer->text, -1, NULL);
  g_autofree char *tenant = find_feed (feeds, "Orchestrator Tenant Processes Feed");
  g_autofree char *own = find_feed (feeds, "Orchestrator Personal Workspace Feed");
  g_autofree char *shared = find_feed (feeds, "Orchestrator Shared Feed");
  g_autofree char *other = find_feed (feeds, "Orchestrator Ada Admin's workspace Feed");
  g_autoptr (SandboxAnswer) folder = sandbox_test_ask (
      test, "GET", 0, NULL, "api/PackageFeeds/GetFolderFeed?folderId=%" G_GINT64_FORMAT,
      sandbox_test_find_folder (test, "Ada Admin''s workspace"));
  g_autofree char *quoted = g_strdup_printf ("\"%s\"", own);
  g_autoptr (GBytes) file = make_package ("In.Tenant", "1.0.0");
  GBytes *files[] = { file };
  g_autoptr (SandboxAnswer) sent
      = upload (PROCESSES "UploadPackage()", tenant, test->token, files, 1);

  sandbox_assert_status (answer, 200);
  g_assert_nonnull (tenant);
  g_assert_cmpstr (folder->text, ==, quoted);
  g_assert_null (shared);
  g_assert_null (other);
  sandbox_assert_status (sent, 200);
  g_assert_cmpuint (count ("odata/Processes?searchTerm=In.Tenant", NULL), ==, 1);
}

/* Returns: (transfer full): the process that is made of the package in the folder. */
static SandboxAnswer *
make_process (gint64 folder, const char *name, const char *version)
{
  g_autofree char *body = g_strdup_printf (
      "{'Name':'%s','ProcessKey':'In.Both','ProcessVersion':'%s'}", name, version);
  SandboxAnswer *answer = sandbox_test_ask (test, "POST", folder, body, "odata/Releases");

  sandbox_assert_status (answer, 201);

  return answer;
}

/* Two feeds may hold the same package, each with versions of its own; a folder uses its own. */
static void
test_two_feeds (void)
{
  gint64 workspace = sandbox_test_find_folder (test, "Ada Admin''s workspace");
  g_autoptr (SandboxAnswer) feed = sandbox_test_ask (
      test, "GET", 0, NULL, "api/PackageFeeds/GetFolderFeed?folderId=%" G_GINT64_FORMAT, workspace);
  g_autofree char *id = g_strndup (feed->text + 1, 36);
  g_autoptr (GBytes) old = make_package ("In.Both", "1.0.0");
  g_autoptr (GBytes) new = make_package ("In.Both", "2.0.0");
  GBytes *first[] = { old };
  GBytes *both[] = { old, new };
  g_autofree char *versions
      = g_strconcat (PROCESSES "GetProcessVersions(processId='In.Both')?feedId=", id, NULL);
  g_autoptr (SandboxAnswer) to_tenant
      = upload (PROCESSES "UploadPackage", NULL, test->token, first, 1);
  g_autoptr (SandboxAnswer) to_folder
      = upload (PROCESSES "UploadPackage", id, test->token, both, 2);
  g_autoptr (SandboxAnswer) again = upload (PROCESSES "UploadPackage", id, test->token, first, 1);
  g_autoptr (SandboxAnswer) here = NULL;
  g_autoptr (SandboxAnswer) there = NULL;
  g_autoptr (SandboxAnswer) newer = NULL;
  g_autoptr (SandboxAnswer) used = NULL;
  g_autoptr (SandboxAnswer) deleted = NULL;

  sandbox_assert_status (to_tenant, 200);
  sandbox_assert_status (to_folder, 200);
  sandbox_assert_status (again, 207);
  g_assert_cmpuint (count (PROCESSES "GetProcessVersions(processId='In.Both')", NULL), ==, 1);
  g_assert_cmpuint (count (versions, NULL), ==, 2);

  here = make_process (workspace, "Of the folder", "1.0.0");
  there = make_process (test->shared, "Of the tenant", "1.0.0");
  g_assert_cmpstr (baton_json_peek_string (here->json, "FeedId"), ==, id);
  g_assert_null (baton_json_peek_string (there->json, "FeedId"));
  g_assert_false (baton_json_peek_bool (here->json, "IsLatestVersion", TRUE));
  g_assert_true (baton_json_peek_bool (there->json, "IsLatestVersion", FALSE));
  newer
      = sandbox_test_ask (test, "POST", test->shared, "{'packageVersion':'2.0.0'}",
                          "odata/Releases(%" G_GINT64_FORMAT ")/UiPath.Server.Configuration.OData."
                          "UpdateToSpecificPackageVersion",
                          baton_json_peek_int (there->json, "Id", 0));
  g_assert_cmpuint (newer->status, >=, 400);

  /* That of the tenant is used there alone. */
  used = sandbox_test_ask (test, "DELETE", 0, NULL, "odata/Processes('In.Both:1.0.0')");
  sandbox_assert_error (used, 409, 1013);
  deleted = sandbox_test_ask (test, "DELETE", 0, NULL, "odata/Processes('In.Both:2.0.0')?feedId=%s",
                              id);
  sandbox_assert_status (deleted, 204);
  g_assert_cmpuint (count (versions, NULL), ==, 1);
  g_assert_cmpuint (count (PROCESSES "GetProcessVersions(processId='In.Both')", NULL), ==, 1);
}

static void
test_refused (void)
{
  g_autoptr (GBytes) file = make_package ("Refused", "1.0.0");
  GBytes *files[] = { file };
  g_autoptr (SandboxAnswer) no_form
      = sandbox_test_ask (test, "POST", 0, "{}", PROCESSES "UploadPackage");
  g_autoptr (SandboxAnswer) empty = upload (PROCESSES "UploadPackage", NULL, test->token, NULL, 0);
  g_autoptr (SandboxAnswer) forbidden = upload (
      PROCESSES "UploadPackage", NULL, "rt_sandbox-viewer-access-token-0123456789ab", files, 1);
  g_autoptr (SandboxAnswer) unknown
      = sandbox_test_get (test, LIBRARIES "DownloadPackage(key='Nothing:1.0.0')");

  sandbox_assert_error (no_form, 415, 1000);
  g_assert_cmpuint (empty->status, >=, 400);
  sandbox_assert_status (forbidden, 403);
  g_assert_nonnull (strstr (forbidden->text, "Packages.Create"));
  sandbox_assert_error (unknown, 404, 1002);
}

int
main (int argc, char *argv[])
{
  int status;

  g_test_init (&argc, &argv, NULL);
  test = sandbox_test_start ("--jobs=100", NULL);

  g_test_add_func ("/sandbox/packages/process", test_process);
  g_test_add_func ("/sandbox/packages/versions", test_versions);
  g_test_add_func ("/sandbox/packages/bad-files", test_bad_files);
  g_test_add_func ("/sandbox/packages/seeded", test_seeded);
  g_test_add_func ("/sandbox/packages/in-use", test_in_use);
  g_test_add_func ("/sandbox/packages/folder-feed", test_folder_feed);
  g_test_add_func ("/sandbox/packages/feeds", test_feeds);
  g_test_add_func ("/sandbox/packages/two-feeds", test_two_feeds);
  g_test_add_func ("/sandbox/packages/refused", test_refused);

  status = g_test_run ();
  sandbox_test_stop (test);

  return status;
}
