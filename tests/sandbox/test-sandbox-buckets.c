/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "baton-json.h"
#include "sandbox-test.h"

#define US "UiPath.Server.Configuration.OData."
#define BUCKET "odata/Buckets(%" G_GINT64_FORMAT ")/" US

static SandboxTest *test;

static gint64
create (const char *name, const char *options)
{
  g_autofree char *identifier = g_uuid_string_random ();
  g_autofree char *body = g_strdup_printf ("{'Name':'%s','Identifier':'%s','Options':'%s'}", name,
                                           identifier, options);
  g_autoptr (SandboxAnswer) answer
      = sandbox_test_ask (test, "POST", test->shared, body, "odata/Buckets");

  sandbox_assert_status (answer, 201);

  return baton_json_peek_int (answer->json, "Id", 0);
}

/* Returns: (transfer full): the signed address that an answer gives. */
static char *
dup_uri (SandboxAnswer *answer)
{
  sandbox_assert_status (answer, 200);
  g_assert_false (baton_json_peek_bool (answer->json, "RequiresAuth", TRUE));

  return g_strdup (baton_json_peek_string (answer->json, "Uri"));
}

static char *
dup_write_uri (gint64 bucket, const char *path)
{
  g_autoptr (SandboxAnswer) answer
      = sandbox_test_ask (test, "GET", test->shared, NULL,
                          BUCKET "GetWriteUri?path=%s&contentType=text/plain", bucket, path);
  JsonObject *headers = baton_json_peek_object (answer->json, "Headers");

  g_assert_cmpstr (baton_json_peek_string (answer->json, "Verb"), ==, "PUT");
  g_assert_cmpstr (baton_json_peek_string_at (baton_json_peek_array (headers, "Keys"), 0), ==,
                   "x-ms-blob-type");
  g_assert_cmpstr (baton_json_peek_string_at (baton_json_peek_array (headers, "Values"), 1), ==,
                   "text/plain");

  return dup_uri (answer);
}

static char *
dup_read_uri (gint64 bucket, const char *path)
{
  g_autoptr (SandboxAnswer) answer = sandbox_test_ask (test, "GET", test->shared, NULL,
                                                       BUCKET "GetReadUri?path=%s", bucket, path);

  g_assert_cmpstr (baton_json_peek_string (answer->json, "Verb"), ==, "GET");

  return dup_uri (answer);
}

/* Sends as a client of the storage does. @header: (nullable): name and value. Returns: (transfer
 * full): what came. */
static GBytes *
send_raw (SoupMessage *message, const char *name, const char *value)
{
  g_autoptr (GError) error = NULL;
  GBytes *bytes;

  if (name != NULL)
    soup_message_headers_replace (soup_message_get_request_headers (message), name, value);
  bytes = soup_session_send_and_read (test->session, message, NULL, &error);
  g_assert_no_error (error);

  return bytes;
}

static guint
put (const char *uri, const char *content, gsize length, gboolean with_type)
{
  g_autoptr (SoupMessage) message = soup_message_new ("PUT", uri);
  g_autoptr (GBytes) body = g_bytes_new (content, length);
  g_autoptr (GBytes) answer = NULL;

  soup_message_set_request_body_from_bytes (message, "text/plain", body);
  answer = send_raw (message, with_type ? "x-ms-blob-type" : NULL, "BlockBlob");

  return soup_message_get_status (message);
}

static void
assert_file (gint64 bucket, const char *path, const char *content, gsize length)
{
  g_autofree char *uri = dup_read_uri (bucket, path);
  g_autoptr (SoupMessage) message = soup_message_new ("GET", uri);
  g_autoptr (GBytes) bytes = send_raw (message, NULL, NULL);

  g_assert_cmpuint (soup_message_get_status (message), ==, 200);
  g_assert_cmpmem (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), content, length);
  g_assert_nonnull (
      soup_message_headers_get_one (soup_message_get_response_headers (message), "ETag"));
}

static void
upload (gint64 bucket, const char *path, const char *content)
{
  g_autofree char *uri = dup_write_uri (bucket, path);

  g_assert_cmpuint (put (uri, content, strlen (content), TRUE), ==, 201);
}

static void
test_round_trip (void)
{
  static const char bytes[] = "\0\1\2 with NUL \0 and \xff";
  gint64 bucket = create ("Round trip", "None");
  g_autofree char *uri = dup_write_uri (bucket, "a/b%20c/gr%C3%BC%C3%9Fe.bin");
  g_autoptr (SandboxAnswer) file = NULL;
  g_autoptr (SandboxAnswer) gone = NULL;
  g_autoptr (SandboxAnswer) after = NULL;

  g_assert_cmpuint (put (uri, bytes, sizeof bytes, TRUE), ==, 201);
  assert_file (bucket, "/a/b%20c/gr%C3%BC%C3%9Fe.bin", bytes, sizeof bytes);
  /* It takes the place of what is there. */
  g_assert_cmpuint (put (uri, "", 0, TRUE), ==, 201);
  assert_file (bucket, "a/b%20c/gr%C3%BC%C3%9Fe.bin", "", 0);

  file = sandbox_test_ask (test, "GET", test->shared, NULL,
                           BUCKET "GetFile?path=a/b%%20c/gr%%C3%%BC%%C3%%9Fe.bin", bucket);
  g_assert_cmpstr (baton_json_peek_string (file->json, "FullPath"), ==, "a/b c/grüße.bin");
  g_assert_cmpstr (baton_json_peek_string (file->json, "ContentType"), ==, "text/plain");
  gone = sandbox_test_ask (test, "DELETE", test->shared, NULL,
                           BUCKET "DeleteFile?path=a/b%%20c/gr%%C3%%BC%%C3%%9Fe.bin", bucket);
  sandbox_assert_status (gone, 204);
  after = sandbox_test_ask (test, "DELETE", test->shared, NULL,
                            BUCKET "DeleteFile?path=a/b%%20c/gr%%C3%%BC%%C3%%9Fe.bin", bucket);
  sandbox_assert_error (after, 404, 1002);
}

static void
test_range (void)
{
  gint64 bucket = create ("Range", "None");
  g_autofree char *uri = NULL;
  g_autoptr (SoupMessage) message = NULL;
  g_autoptr (GBytes) bytes = NULL;

  upload (bucket, "digits.txt", "0123456789");
  uri = dup_read_uri (bucket, "digits.txt");
  message = soup_message_new ("GET", uri);
  bytes = send_raw (message, "Range", "bytes=2-4");
  g_assert_cmpuint (soup_message_get_status (message), ==, 206);
  g_assert_cmpmem (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), "234", 3);
}

/* Asserts that the storage refuses, in its own words. */
static void
assert_refused (SoupMessage *message, GBytes *answer, guint status, const char *code)
{
  g_autofree char *text = g_strndup (g_bytes_get_data (answer, NULL), g_bytes_get_size (answer));
  g_autofree char *element = g_strdup_printf ("<Code>%s</Code>", code);

  g_assert_cmpuint (soup_message_get_status (message), ==, status);
  g_assert_cmpstr (
      soup_message_headers_get_one (soup_message_get_response_headers (message), "Content-Type"),
      ==, "application/xml");
  g_assert_nonnull (strstr (text, element));
}

static void
test_signature (void)
{
  gint64 bucket = create ("Signature", "None");
  g_autofree char *uri = NULL;
  g_autofree char *forged = NULL;
  g_autofree char *missing = dup_read_uri (bucket, "nothing.txt");
  g_autofree char *bearer = g_strconcat ("Bearer ", test->token, NULL);
  const struct
  {
    const char *method;
    const char *uri;
    const char *name;
    const char *value;
    guint status;
    const char *code;
  } cases[] = {
    { "GET", uri = (upload (bucket, "s.txt", "s"), dup_read_uri (bucket, "s.txt")), "Authorization",
      bearer, 403, "AuthenticationFailed" },
    { "GET", forged = g_strconcat (uri, "x", NULL), NULL, NULL, 403, "AuthenticationFailed" },
    { "PUT", uri, "x-ms-blob-type", "BlockBlob", 403, "AuthenticationFailed" },
    { "GET", missing, NULL, NULL, 404, "BlobNotFound" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (SoupMessage) message = soup_message_new (cases[i].method, cases[i].uri);
      g_autoptr (GBytes) answer = send_raw (message, cases[i].name, cases[i].value);

      assert_refused (message, answer, cases[i].status, cases[i].code);
    }
}

static void
test_expired (void)
{
  gint64 bucket = create ("Expired", "None");
  g_autofree char *uri = dup_read_uri (bucket, "e.txt");
  g_autoptr (SandboxAnswer) turned = NULL;
  g_autoptr (SoupMessage) message = soup_message_new ("GET", uri);
  g_autoptr (GBytes) answer = NULL;

  turned = sandbox_test_control (test, "POST", "clock/advance", "{\"seconds\":2000}");
  sandbox_assert_status (turned, 200);
  answer = send_raw (message, NULL, NULL);
  assert_refused (message, answer, 403, "AuthenticationFailed");
}

static void
test_headers (void)
{
  gint64 bucket = create ("Headers", "None");
  g_autofree char *uri = dup_write_uri (bucket, "h.txt");
  g_autoptr (SoupMessage) chunked = soup_message_new ("PUT", uri);
  g_autoptr (GInputStream) stream = g_memory_input_stream_new_from_data ("x", 1, NULL);
  g_autoptr (GBytes) answer = NULL;

  g_assert_cmpuint (put (uri, "x", 1, FALSE), ==, 400);
  soup_message_set_request_body (chunked, "text/plain", stream, -1);
  answer = send_raw (chunked, "x-ms-blob-type", "BlockBlob");
  assert_refused (chunked, answer, 411, "MissingContentLengthHeader");
}

static void
test_lists (void)
{
  gint64 bucket = create ("Lists", "None");
  static const struct
  {
    const char *function;
    guint n;
    const char *first;
  } cases[] = {
    { "GetFiles?directory=/", 1, "top.txt" },
    { "GetFiles?directory=/&recursive=true", 4, "a/1.csv" },
    { "GetFiles?directory=a", 2, "a/1.csv" },
    { "GetFiles?directory=/a/&recursive=true", 3, "a/1.csv" },
    { "GetFiles?directory=/&recursive=true&fileNameGlob=*.txt", 3, "a/2.txt" },
    { "GetFiles?directory=/&recursive=true&$filter=Size%20gt%2010", 0, NULL },
    { "GetFiles?directory=/&recursive=true&$top=1&$orderby=FullPath%20desc", 1, "top.txt" },
    { "GetDirectories?directory=/", 1, "a" },
    { "GetDirectories?directory=a", 1, "a/b" },
  };

  upload (bucket, "top.txt", "0");
  upload (bucket, "a/1.csv", "1");
  upload (bucket, "a/2.txt", "2");
  upload (bucket, "a/b/3.txt", "3");
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (SandboxAnswer) answer = sandbox_test_ask (test, "GET", test->shared, NULL,
                                                           BUCKET "%s", bucket, cases[i].function);

      g_test_message ("%s", cases[i].function);
      sandbox_assert_status (answer, 200);
      g_assert_cmpuint (sandbox_answer_length (answer), ==, cases[i].n);
      if (cases[i].n > 0)
        g_assert_cmpstr (baton_json_peek_string (sandbox_answer_get (answer, 0), "FullPath"), ==,
                         cases[i].first);
    }
}

/* A page at a time, to the end. */
static void
test_continued (void)
{
  gint64 bucket = create ("Continued", "None");
  g_autofree char *token = g_strdup ("");
  guint n = 0, pages = 0;
  g_autoptr (SandboxAnswer) wrong = NULL;

  for (int i = 0; i < 5; i++)
    {
      g_autofree char *path = g_strdup_printf ("logs/%d.txt", i);

      upload (bucket, path, path);
    }
  upload (bucket, "other.txt", "o");

  while (token != NULL)
    {
      g_autoptr (SandboxAnswer) answer = sandbox_test_ask (
          test, "GET", test->shared, NULL,
          "api/Buckets/%" G_GINT64_FORMAT
          "/ListFiles?prefix=/logs/&takeHint=2&expiryInMinutes=5&continuationToken=%s",
          bucket, token);
      JsonArray *items = baton_json_peek_array (answer->json, "items");

      sandbox_assert_status (answer, 200);
      g_assert_nonnull (
          baton_json_peek_object (baton_json_peek_object_at (items, 0), "accessInfo"));
      n += baton_json_length (items);
      pages++;
      g_free (token);
      token = g_uri_escape_string (baton_json_has (answer->json, "continuationToken")
                                       ? baton_json_peek_string (answer->json, "continuationToken")
                                       : "",
                                   NULL, FALSE);
      if (*token == '\0')
        g_clear_pointer (&token, g_free);
    }
  g_assert_cmpuint (n, ==, 5);
  g_assert_cmpuint (pages, ==, 3);

  wrong = sandbox_test_ask (test, "GET", test->shared, NULL,
                            "api/Buckets/%" G_GINT64_FORMAT "/ListFiles?continuationToken=%%40",
                            bucket);
  sandbox_assert_error (wrong, 400, 1009);
}

static void
test_refused (void)
{
  gint64 locked = create ("Locked", "ReadOnly");
  g_autoptr (SandboxAnswer) write
      = sandbox_test_ask (test, "GET", test->shared, NULL, BUCKET "GetWriteUri?path=a.txt", locked);
  g_autoptr (SandboxAnswer) outside = sandbox_test_ask (test, "GET", test->shared, NULL,
                                                        BUCKET "GetReadUri?path=../a.txt", locked);
  g_autoptr (SandboxAnswer) no_path
      = sandbox_test_ask (test, "GET", test->shared, NULL, BUCKET "GetReadUri", locked);
  g_autoptr (SandboxAnswer) minutes = sandbox_test_ask (
      test, "GET", test->shared, NULL, BUCKET "GetReadUri?path=a&expiryInMinutes=x", locked);
  g_autoptr (SandboxAnswer) elsewhere
      = sandbox_test_ask (test, "GET", sandbox_test_find_folder (test, "Sales"), NULL,
                          BUCKET "GetReadUri?path=a", locked);
  g_autoptr (SandboxAnswer) no_folder
      = sandbox_test_ask (test, "GET", 0, NULL, BUCKET "GetReadUri?path=a", locked);
  g_autoptr (SandboxAnswer) identifier
      = sandbox_test_ask (test, "POST", test->shared, "{'Name':'None'}", "odata/Buckets");

  sandbox_assert_error (write, 403, 1017);
  sandbox_assert_error (outside, 400, 1009);
  sandbox_assert_error (no_path, 400, 1000);
  sandbox_assert_error (minutes, 400, 1000);
  sandbox_assert_error (elsewhere, 404, 1002);
  sandbox_assert_error (no_folder, 400, 1101);
  sandbox_assert_error (identifier, 400, 1014);
}

/* Made, filled and read back as the vendor's SDKs do. */
static void
test_attachment (void)
{
  g_autoptr (SandboxAnswer) created
      = sandbox_test_ask (test, "POST", 0, "{'Name':'input.json'}", "odata/Attachments");
  const char *id = baton_json_peek_string (created->json, "Id");
  JsonObject *access = baton_json_peek_object (created->json, "BlobFileAccess");
  g_autoptr (SandboxAnswer) shown = NULL;
  g_autoptr (SandboxAnswer) content = NULL;
  g_autoptr (SandboxAnswer) gone = NULL;
  g_autoptr (SandboxAnswer) after = NULL;

  sandbox_assert_status (created, 201);
  g_assert_cmpuint (put (baton_json_peek_string (access, "Uri"), "{}", 2, TRUE), ==, 201);
  shown = sandbox_test_ask (test, "GET", 0, NULL, "odata/Attachments(%s)", id);
  g_assert_cmpstr (baton_json_peek_string (shown->json, "Name"), ==, "input.json");
  access = baton_json_peek_object (shown->json, "BlobFileAccess");
  content = sandbox_test_send (test, "GET", baton_json_peek_string (access, "Uri"), NULL, 0, NULL,
                               NULL);
  g_assert_cmpstr (content->text, ==, "{}");
  gone = sandbox_test_ask (test, "DELETE", 0, NULL, "odata/Attachments(%s)", id);
  sandbox_assert_status (gone, 204);
  after = sandbox_test_send (test, "GET", baton_json_peek_string (access, "Uri"), NULL, 0, NULL,
                             NULL);
  g_assert_cmpuint (after->status, ==, 404);
}

/* Files are in the store, and there after a restart. */
static void
test_kept (void)
{
  g_autofree char *folder = g_dir_make_tmp ("sandbox-buckets-XXXXXX", NULL);
  g_autofree char *file = g_build_filename (folder, "sandbox.db", NULL);
  g_autofree char *option = g_strconcat ("--data=", file, NULL);
  SandboxTest *before = test;
  gint64 bucket;

  test = sandbox_test_start ("--jobs=10", option, NULL);
  bucket = create ("Kept", "None");
  upload (bucket, "kept.txt", "still here");
  sandbox_test_kill (test);
  test = sandbox_test_start ("--jobs=10", option, NULL);
  assert_file (bucket, "kept.txt", "still here", strlen ("still here"));
  sandbox_test_stop (test);
  test = before;
}

/* An attachment is of a job as soon as it is said so, when it is made or later. */
static void
test_job_attachments (void)
{
  g_autoptr (SandboxAnswer) jobs
      = sandbox_test_ask (test, "GET", test->shared, NULL, "odata/Jobs?$top=1&$orderby=Id%%20desc");
  const char *job = baton_json_peek_string (sandbox_answer_get (jobs, 0), "Key");
  g_autofree char *body = g_strdup_printf ("{'Name':'first.json','JobKey':'%s'}", job);
  g_autoptr (SandboxAnswer) first = sandbox_test_ask (test, "POST", 0, body, "odata/Attachments");
  g_autoptr (SandboxAnswer) second
      = sandbox_test_ask (test, "POST", 0, "{'Name':'second.json'}", "odata/Attachments");
  const char *id = baton_json_peek_string (second->json, "Id");
  g_autofree char *link
      = g_strdup_printf ("{'attachmentId':'%s','jobKey':'%s','category':'Result'}", id, job);
  g_autofree char *nowhere = g_strdup_printf (
      "{'attachmentId':'%s','jobKey':'00000000-0000-0000-0000-000000000000'}", id);
  g_autofree char *nothing = g_strdup_printf (
      "{'attachmentId':'00000000-0000-0000-0000-000000000000','jobKey':'%s'}", job);
  g_autoptr (SandboxAnswer) linked
      = sandbox_test_ask (test, "POST", 0, link, "api/JobAttachments/Post");
  g_autoptr (SandboxAnswer) again
      = sandbox_test_ask (test, "POST", 0, link, "api/JobAttachments/Post");
  g_autoptr (SandboxAnswer) no_job
      = sandbox_test_ask (test, "POST", 0, nowhere, "api/JobAttachments/Post");
  g_autoptr (SandboxAnswer) no_file
      = sandbox_test_ask (test, "POST", 0, nothing, "api/JobAttachments/Post");
  g_autoptr (SandboxAnswer) empty
      = sandbox_test_ask (test, "POST", 0, "{}", "api/JobAttachments/Post");
  g_autoptr (SandboxAnswer) list
      = sandbox_test_ask (test, "GET", 0, NULL, "api/JobAttachments/GetByJobKey?jobKey=%s", job);
  g_autoptr (SandboxAnswer) deleted
      = sandbox_test_ask (test, "DELETE", 0, NULL, "odata/Attachments(%s)", id);
  g_autoptr (SandboxAnswer) left
      = sandbox_test_ask (test, "GET", 0, NULL, "api/JobAttachments/GetByJobKey?jobKey=%s", job);
  g_autoptr (SandboxAnswer) unknown = sandbox_test_ask (
      test, "GET", 0, NULL,
      "api/JobAttachments/GetByJobKey?jobKey=00000000-0000-0000-0000-000000000000");
  JsonArray *both = baton_json_peek_root_array (list->node);

  sandbox_assert_status (first, 201);
  sandbox_assert_status (linked, 200);
  sandbox_assert_status (again, 200);
  sandbox_assert_error (no_job, 404, 1002);
  sandbox_assert_error (no_file, 404, 1002);
  sandbox_assert_error (empty, 400, 1014);
  g_assert_cmpuint (baton_json_length (both), ==, 2);
  g_assert_cmpstr (baton_json_peek_string (baton_json_peek_object_at (both, 0), "attachmentId"), ==,
                   baton_json_peek_string (first->json, "Id"));
  g_assert_cmpstr (baton_json_peek_string (baton_json_peek_object_at (both, 1), "category"), ==,
                   "Result");
  sandbox_assert_status (deleted, 204);
  g_assert_cmpuint (baton_json_length (baton_json_peek_root_array (left->node)), ==, 1);
  sandbox_assert_error (unknown, 404, 1002);
}

int
main (int argc, char *argv[])
{
  int status;

  g_test_init (&argc, &argv, NULL);
  test = sandbox_test_start ("--jobs=100", NULL);

  g_test_add_func ("/sandbox/buckets/round-trip", test_round_trip);
  g_test_add_func ("/sandbox/buckets/range", test_range);
  g_test_add_func ("/sandbox/buckets/signature", test_signature);
  g_test_add_func ("/sandbox/buckets/headers", test_headers);
  g_test_add_func ("/sandbox/buckets/lists", test_lists);
  g_test_add_func ("/sandbox/buckets/continued", test_continued);
  g_test_add_func ("/sandbox/buckets/refused", test_refused);
  g_test_add_func ("/sandbox/buckets/attachment", test_attachment);
  g_test_add_func ("/sandbox/buckets/job-attachments", test_job_attachments);
  g_test_add_func ("/sandbox/buckets/kept", test_kept);
  g_test_add_func ("/sandbox/buckets/expired", test_expired);

  status = g_test_run ();
  sandbox_test_stop (test);

  return status;
}
