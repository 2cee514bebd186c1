/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <archive.h>
#include <archive_entry.h>
#include <string.h>

#include "baton-json.h"
#include "sandbox-test.h"

#define US "UiPath.Server.Configuration.OData."
#define ID "%" G_GINT64_FORMAT
/* An item is kept for a day, and each day it is looked for what goes. */
#define TWO_DAYS 49
#define QUICK "{\"sandboxSeconds\":0,\"sandboxOutcome\":\"Successful\"}"
/* More than are taken away at once. */
#define MANY 600

static SandboxTest *test;

static void
advance (guint hours)
{
  g_autofree char *body = g_strdup_printf ("{\"seconds\":%u}", hours * 3600);
  g_autoptr (SandboxAnswer) answer = sandbox_test_control (test, "POST", "clock/advance", body);

  sandbox_assert_status (answer, 200);
}

static gint64
create (const char *set, const char *body)
{
  g_autoptr (SandboxAnswer) answer
      = sandbox_test_ask (test, "POST", test->shared, body, "odata/%s", set);

  sandbox_assert_status (answer, 201);

  return baton_json_peek_int (answer->json, "Id", 0);
}

static gint64
create_queue (const char *name)
{
  g_autofree char *body = g_strdup_printf ("{'Name':'%s'}", name);

  return create ("QueueDefinitions", body);
}

static gint64
create_bucket (const char *name, const char *options)
{
  g_autofree char *identifier = g_uuid_string_random ();
  g_autofree char *body = g_strdup_printf ("{'Name':'%s','Identifier':'%s','Options':'%s'}", name,
                                           identifier, options);

  return create ("Buckets", body);
}

static void delete (const char *set, gint64 id)
{
  g_autoptr (SandboxAnswer) answer
      = sandbox_test_ask (test, "DELETE", test->shared, NULL, "odata/%s(" ID ")", set, id);

  sandbox_assert_status (answer, 204);
}

/* Adds items to the queue and deletes them, so that they have come to their end. */
static void
add_ended (const char *queue, guint n)
{
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *body = g_strdup_printf (
          "{'itemData':{'Name':'%s','Reference':'%s %u','SpecificContent':{'N':%u}}}", queue, queue,
          i, i);
      g_autoptr (SandboxAnswer) answer = sandbox_test_ask (
          test, "POST", test->shared, body, "odata/Queues/UiPathODataSvc.AddQueueItem");

      sandbox_assert_status (answer, 201);
      delete ("QueueItems", baton_json_peek_int (answer->json, "Id", 0));
    }
}

static SandboxAnswer *
put_policy (const char *set, gint64 owner, const char *action, gint64 bucket)
{
  g_autofree char *body = g_strdup_printf (
      "{'Action':'%s','Period':1,'BucketId':" ID ",'Type':'Final'}", action, bucket);

  return sandbox_test_ask (test, "PUT", test->shared, body, "odata/%s(" ID ")", set, owner);
}

static gint64
count_items (gint64 queue)
{
  g_autoptr (SandboxAnswer) answer = sandbox_test_ask (
      test, "GET", test->shared, NULL,
      "odata/QueueItems?$filter=QueueDefinitionId%%20eq%%20" ID "&$count=true&$top=0", queue);

  sandbox_assert_status (answer, 200);

  return baton_json_peek_int (answer->json, "@odata.count", -1);
}

static SandboxAnswer *
list_files (gint64 bucket)
{
  SandboxAnswer *answer = sandbox_test_ask (
      test, "GET", test->shared, NULL,
      "odata/Buckets(" ID ")/" US "GetFiles?directory=/&recursive=true", bucket);

  sandbox_assert_status (answer, 200);

  return answer;
}

/* Returns: (transfer full): what the only file in the zip at @path says. */
static char *
read_archive (gint64 bucket, const char *path, const char *name)
{
  g_autoptr (SandboxAnswer) access
      = sandbox_test_ask (test, "GET", test->shared, NULL,
                          "odata/Buckets(" ID ")/" US "GetReadUri?path=%s", bucket, path);
  g_autoptr (SandboxAnswer) file = sandbox_test_send (
      test, "GET", baton_json_peek_string (access->json, "Uri"), NULL, 0, NULL, NULL);
  struct archive *archive = archive_read_new ();
  struct archive_entry *entry;
  GString *text = g_string_new (NULL);
  char buffer[4096];
  la_ssize_t n;

  sandbox_assert_status (file, 200);
  g_assert_cmpstr (file->type, ==, "application/zip");
  archive_read_support_format_zip (archive);
  g_assert_cmpint (archive_read_open_memory (archive, g_bytes_get_data (file->bytes, NULL),
                                             g_bytes_get_size (file->bytes)),
                   ==, ARCHIVE_OK);
  g_assert_cmpint (archive_read_next_header (archive, &entry), ==, ARCHIVE_OK);
  g_assert_cmpstr (archive_entry_pathname (entry), ==, name);
  while ((n = archive_read_data (archive, buffer, sizeof buffer)) > 0)
    g_string_append_len (text, buffer, n);
  g_assert_cmpint (archive_read_next_header (archive, &entry), ==, ARCHIVE_EOF);
  archive_read_free (archive);

  return g_string_free (text, FALSE);
}

/* Returns: (transfer full): what all the archives in the bucket say, of which there are @n or more.
 */
static char *
read_archives (gint64 bucket, const char *prefix, const char *name, guint n)
{
  g_autoptr (SandboxAnswer) files = list_files (bucket);
  GString *all = g_string_new (NULL);

  g_assert_cmpuint (sandbox_answer_length (files), >=, n);
  for (guint i = 0; i < sandbox_answer_length (files); i++)
    {
      const char *path = baton_json_peek_string (sandbox_answer_get (files, i), "FullPath");
      g_autofree char *csv = read_archive (bucket, path, name);

      g_assert_true (g_str_has_prefix (path, prefix));
      /* Without its header. */
      g_string_append (all, strstr (csv, "\r\n") + 2);
    }

  return g_string_free (all, FALSE);
}

static guint
count_lines (const char *text)
{
  g_auto (GStrv) lines = g_strsplit (text, "\r\n", -1);

  return g_strv_length (lines) - 1;
}

/* What an archive keeps is in its bucket, and not in the queue any more. */
static void
test_archive (void)
{
  gint64 queue = create_queue ("Archived");
  gint64 bucket = create_bucket ("Archive", "None");
  g_autoptr (SandboxAnswer) put = put_policy ("QueueRetention", queue, "Archive", bucket);
  g_autoptr (SandboxAnswer) definition
      = sandbox_test_ask (test, "GET", test->shared, NULL, "odata/QueueDefinitions(" ID ")", queue);
  g_autofree char *prefix = g_strdup_printf ("Archive/Queues/Queue-%s/",
                                             baton_json_peek_string (definition->json, "Key"));
  g_autoptr (SandboxAnswer) before = list_files (bucket);
  g_autofree char *csv = NULL;

  sandbox_assert_status (put, 200);
  g_assert_cmpuint (sandbox_answer_length (before), ==, 0);
  add_ended ("Archived", 3);
  advance (TWO_DAYS);

  g_assert_cmpint (count_items (queue), ==, 0);
  csv = read_archives (bucket, prefix, "QueueItems.csv", 1);
  g_assert_cmpuint (count_lines (csv), ==, 3);
  g_assert_nonnull (strstr (csv, "Archived 0"));
  g_assert_nonnull (strstr (csv, "Archived 2"));
}

/* Many go part by part, and none is left behind or kept twice. */
static void
test_many (void)
{
  gint64 queue = create_queue ("Many");
  gint64 bucket = create_bucket ("Many", "None");
  g_autoptr (SandboxAnswer) put = put_policy ("QueueRetention", queue, "Archive", bucket);
  g_autofree char *csv = NULL;

  sandbox_assert_status (put, 200);
  add_ended ("Many", MANY);
  advance (TWO_DAYS);

  g_assert_cmpint (count_items (queue), ==, 0);
  csv = read_archives (bucket, "Archive/Queues/Queue-", "QueueItems.csv", 2);
  g_assert_cmpuint (count_lines (csv), ==, MANY);
}

/* Nothing is lost where the bucket has gone; a policy after it takes it away. */
static void
test_bucket_gone (void)
{
  gint64 queue = create_queue ("Left");
  gint64 bucket = create_bucket ("To be deleted", "None");
  g_autoptr (SandboxAnswer) put = put_policy ("QueueRetention", queue, "Archive", bucket);
  g_autoptr (SandboxAnswer) changed = NULL;

  sandbox_assert_status (put, 200);
  delete ("Buckets", bucket);
  add_ended ("Left", 2);
  advance (TWO_DAYS);
  g_assert_cmpint (count_items (queue), ==, 2);

  changed = put_policy ("QueueRetention", queue, "Delete", 0);
  sandbox_assert_status (changed, 200);
  advance (TWO_DAYS);
  g_assert_cmpint (count_items (queue), ==, 0);
}

static void
test_refused (void)
{
  gint64 queue = create_queue ("Refused");
  gint64 read_only = create_bucket ("Read-only", "ReadOnly");
  g_autoptr (SandboxAnswer) none = put_policy ("QueueRetention", queue, "Archive", 0);
  g_autoptr (SandboxAnswer) unknown = put_policy ("QueueRetention", queue, "Archive", 987654);
  g_autoptr (SandboxAnswer) closed = put_policy ("QueueRetention", queue, "Archive", read_only);

  sandbox_assert_error (none, 400, 1009);
  sandbox_assert_error (unknown, 404, 1002);
  sandbox_assert_error (closed, 400, 1009);
}

static gint64
find_release (const char *name)
{
  g_autoptr (SandboxAnswer) answer = sandbox_test_ask (
      test, "GET", test->shared, NULL, "odata/Releases?$filter=Name%%20eq%%20'%s'", name);

  return baton_json_peek_int (sandbox_answer_get (answer, 0), "Id", 0);
}

static gint64
run_job (const char *process, const char *input)
{
  g_autofree char *key = sandbox_test_find_process (test, process);
  gint64 id = sandbox_test_start_job (test, key, input);
  g_autoptr (SandboxAnswer) ended = sandbox_test_wait_for_job (
      test, id, strstr (input, "Faulted") != NULL ? "Faulted" : "Successful");

  return id;
}

static guint
get_job_status (gint64 id)
{
  g_autoptr (SandboxAnswer) answer
      = sandbox_test_ask (test, "GET", test->shared, NULL, "odata/Jobs(" ID ")", id);

  return answer->status;
}

/* Jobs go after the time of their process, with their pictures, and others stay. */
static void
test_jobs (void)
{
  gint64 release = find_release ("Stock_Sync");
  gint64 bucket = create_bucket ("Jobs", "None");
  gint64 kept = run_job ("Invoice_Posting", QUICK);
  gint64 archived = run_job ("Stock_Sync", "{\"sandboxSeconds\":0,\"sandboxOutcome\":\"Faulted\"}");
  g_autoptr (SandboxAnswer) put = put_policy ("ReleaseRetention", release, "Archive", bucket);
  g_autofree char *media
      = g_strdup_printf ("odata/ExecutionMedia/" US "DownloadMediaByJobId(jobId=" ID ")", archived);
  g_autoptr (SandboxAnswer) job = sandbox_test_get_job (test, archived);
  g_autoptr (SandboxAnswer) before = sandbox_test_get (test, media);
  g_autoptr (SandboxAnswer) after = NULL;
  g_autofree char *csv = NULL;

  sandbox_assert_status (put, 200);
  sandbox_assert_status (before, 200);
  advance (TWO_DAYS);

  g_assert_cmpuint (get_job_status (archived), ==, 404);
  g_assert_cmpuint (get_job_status (kept), ==, 200);
  after = sandbox_test_get (test, media);
  sandbox_assert_error (after, 404, 1002);
  csv = read_archives (bucket, "Archive/Jobs/Process-", "Jobs.csv", 1);
  g_assert_nonnull (strstr (csv, baton_json_peek_string (job->json, "Key")));
}

int
main (int argc, char *argv[])
{
  int status;

  g_test_init (&argc, &argv, NULL);
  test = sandbox_test_start ("--jobs=100", "--user-key-token-life=10000000", NULL);
  sandbox_test_rest_triggers (test);

  g_test_add_func ("/sandbox/retention/archive", test_archive);
  g_test_add_func ("/sandbox/retention/many", test_many);
  g_test_add_func ("/sandbox/retention/bucket-gone", test_bucket_gone);
  g_test_add_func ("/sandbox/retention/refused", test_refused);
  g_test_add_func ("/sandbox/retention/jobs", test_jobs);

  status = g_test_run ();
  sandbox_test_stop (test);

  return status;
}
