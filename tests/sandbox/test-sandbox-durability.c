/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <signal.h>
#include <sys/resource.h>
#include <sys/stat.h>

#include "baton-json.h"
#include "sandbox-test.h"

#define US "UiPath.Server.Configuration.OData."
/* With "-m slow" ten times as often. */
#define N_KILLS 20
#define N_WRITERS 4
/* The killer strikes within this many milliseconds. */
#define MAX_LIFE 60

/* Kills at a moment of its own, whatever the sandbox is doing then. */
static gpointer
kill_thread (gpointer user_data)
{
  GSubprocess *process = user_data;

  g_usleep ((gulong)g_random_int_range (1, MAX_LIFE) * 1000);
  g_subprocess_send_signal (process, SIGKILL);

  return NULL;
}

/* One of several clients that write until the sandbox is no more. */
typedef struct
{
  SandboxTest *test;
  guint first; /* its items are this, this + N_WRITERS … */
  GArray *accepted;
  guint last;
} Writer;

/* Returns: TRUE where the sandbox said that the item is in. */
static gboolean
add_item (SandboxTest *test, SoupSession *session, guint number)
{
  g_autofree char *address
      = g_strconcat (test->orchestrator, "/odata/Queues/UiPathODataSvc.AddQueueItem", NULL);
  g_autofree char *folder = g_strdup_printf ("%" G_GINT64_FORMAT, test->shared);
  g_autofree char *bearer = g_strconcat ("Bearer ", test->token, NULL);
  g_autofree char *body = g_strdup_printf (
      "{\"itemData\":{\"Name\":\"Invoices_Inbound\",\"Reference\":\"kill-%u\"}}", number);
  g_autoptr (SoupMessage) message = soup_message_new ("POST", address);
  g_autoptr (GBytes) sent = g_bytes_new (body, strlen (body));
  g_autoptr (GBytes) bytes = NULL;

  soup_message_headers_replace (soup_message_get_request_headers (message), "Authorization",
                                bearer);
  soup_message_headers_replace (soup_message_get_request_headers (message),
                                "X-UIPATH-OrganizationUnitId", folder);
  soup_message_set_request_body_from_bytes (message, "application/json", sent);
  bytes = soup_session_send_and_read (session, message, NULL, NULL);

  return bytes != NULL && soup_message_get_status (message) == 201;
}

static gpointer
write_thread (gpointer user_data)
{
  Writer *writer = user_data;
  g_autoptr (GMainContext) context = g_main_context_new ();
  guint number = writer->first;

  g_main_context_push_thread_default (context);
  {
    g_autoptr (SoupSession) session = soup_session_new ();

    for (; add_item (writer->test, session, number); number += N_WRITERS)
      g_array_append_val (writer->accepted, number);
  }
  g_main_context_pop_thread_default (context);
  writer->last = number;

  return NULL;
}

/* All write at once until the end. @next: (inout): the first number that nobody has used. */
static void
write_until_killed (SandboxTest *test, GArray *accepted, guint *next)
{
  Writer writers[N_WRITERS];
  GThread *threads[N_WRITERS];
  guint last = *next;

  for (guint i = 0; i < N_WRITERS; i++)
    {
      writers[i] = (Writer){ test, *next + i, g_array_new (FALSE, FALSE, sizeof (guint)), 0 };
      threads[i] = g_thread_new ("writer", write_thread, &writers[i]);
    }
  for (guint i = 0; i < N_WRITERS; i++)
    {
      g_thread_join (threads[i]);
      g_array_append_vals (accepted, writers[i].accepted->data, writers[i].accepted->len);
      g_array_unref (writers[i].accepted);
      last = MAX (last, writers[i].last);
    }
  *next = last + N_WRITERS;
}

static gint64
count (SandboxTest *test, const char *filter)
{
  g_autofree char *address
      = g_strdup_printf ("odata/QueueItems?$count=true&$top=1&$filter=%s", filter);
  g_autoptr (SandboxAnswer) answer = sandbox_test_get (test, address);

  sandbox_assert_status (answer, 200);

  return baton_json_peek_int (answer->json, "@odata.count", -1);
}

static void
test_kills (void)
{
  g_autofree char *folder = g_dir_make_tmp ("baton-durability-XXXXXX", NULL);
  g_autofree char *file = g_build_filename (folder, "sandbox.db", NULL);
  g_autofree char *option = g_strconcat ("--data=", file, NULL);
  g_autoptr (GArray) accepted = g_array_new (FALSE, FALSE, sizeof (guint));
  g_autofree char *token = NULL;
  gint64 seeded = -1;
  guint number = 1;
  guint n_kills = g_test_slow () ? 10 * N_KILLS : N_KILLS;

  for (guint i = 0; i < n_kills; i++)
    {
      SandboxTest *test = sandbox_test_start (option, "--jobs=200", NULL);
      g_autoptr (GThread) killer = NULL;
      gint64 n_items = count (test, "startswith(Reference,'kill-')");

      if (seeded < 0)
        seeded = count (test, "Id%20gt%200");
      /* What was accepted is there; of each life at most one more of each writer came through
       * without its answer. */
      g_assert_cmpint (n_items, >=, accepted->len);
      g_assert_cmpint (n_items, <=, accepted->len + i * N_WRITERS);
      if (token != NULL)
        {
          g_autoptr (SandboxAnswer) answer
              = sandbox_test_send (test, "GET", "odata/Folders", token, 0, NULL, NULL);

          sandbox_assert_status (answer, 200);
        }
      g_free (token);
      token = g_strdup (test->token);

      killer = g_thread_new ("killer", kill_thread, test->process);
      write_until_killed (test, accepted, &number);
      g_thread_join (g_steal_pointer (&killer));
      sandbox_test_kill (test);
    }

  {
    g_autoptr (SandboxTest) test = sandbox_test_start (option, NULL);

    g_test_message ("%u of %u items were accepted", accepted->len, number);
    g_assert_cmpuint (accepted->len, >, 0);
    for (guint i = 0; i < accepted->len; i++)
      {
        g_autofree char *filter
            = g_strdup_printf ("Reference%%20eq%%20'kill-%u'", g_array_index (accepted, guint, i));

        g_assert_cmpint (count (test, filter), ==, 1);
      }
    g_assert_cmpint (count (test, "Id%20gt%200"), >=, seeded + accepted->len);
  }
}

/* A sandbox that is killed while it makes its world begins again, or has it whole. */
static void
test_killed_while_seeding (void)
{
  for (guint i = 0; i < 8; i++)
    {
      g_autofree char *folder = g_dir_make_tmp ("baton-durability-XXXXXX", NULL);
      g_autofree char *file = g_build_filename (folder, "sandbox.db", NULL);
      g_autofree char *option = g_strconcat ("--data=", file, NULL);
      g_autofree char *program
          = g_test_build_filename (G_TEST_BUILT, "..", "src", "sandbox", "baton-sandbox", NULL);
      g_autoptr (GError) error = NULL;
      g_autoptr (GSubprocess) process
          = g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_SILENCE, &error, program, option, NULL);
      g_autoptr (SandboxAnswer) answer = NULL;
      g_autoptr (SandboxTest) test = NULL;

      g_assert_no_error (error);
      g_usleep (i * 15 * 1000);
      g_subprocess_force_exit (process);
      g_subprocess_wait (process, NULL, NULL);

      test = sandbox_test_start (option, NULL);
      answer = sandbox_test_get (test, "odata/Jobs?$count=true&$top=1");
      sandbox_assert_status (answer, 200);
      g_assert_cmpint (baton_json_peek_int (answer->json, "@odata.count", 0), >, 5000);
    }
}

static char *
dup_state (SandboxTest *test, gint64 job)
{
  g_autofree char *address = g_strdup_printf ("odata/Jobs(%" G_GINT64_FORMAT ")", job);
  g_autoptr (SandboxAnswer) answer = sandbox_test_get (test, address);

  sandbox_assert_status (answer, 200);

  return g_strdup (baton_json_peek_string (answer->json, "State"));
}

/* Every kind of write is there after the end by force, and a job that was under way goes on. */
static void
test_writes (void)
{
  g_autofree char *folder = g_dir_make_tmp ("baton-durability-XXXXXX", NULL);
  g_autofree char *file = g_build_filename (folder, "sandbox.db", NULL);
  g_autofree char *option = g_strconcat ("--data=", file, NULL);
  gint64 end = g_get_monotonic_time () + 20 * G_USEC_PER_SEC;
  gint64 job, stopped;
  g_autofree char *state = NULL;

  {
    SandboxTest *test = sandbox_test_start (option, "--jobs=200", NULL);
    g_autoptr (SandboxAnswer) jobs = sandbox_test_post (
        test, "odata/Jobs/" US "StartJobs",
        "{\"startInfo\":{\"ReleaseName\":\"Stock_Sync\",\"JobsCount\":2,"
        "\"InputArguments\":\"{\\\"sandboxSeconds\\\":1,\\\"sandboxOutcome\\\":"
        "\\\"Successful\\\"}\"}}");
    g_autofree char *stop = NULL;
    g_autoptr (SandboxAnswer) asset = sandbox_test_post (
        test, "odata/Assets",
        "{\"Name\":\"Kept\",\"ValueScope\":\"Global\",\"ValueType\":\"Integer\",\"IntValue\":7}");
    g_autoptr (SandboxAnswer) schedule = sandbox_test_post (
        test, "odata/ProcessSchedules/" US "SetEnabled", "{\"scheduleIds\":[1],\"enabled\":false}");
    g_autoptr (SandboxAnswer) sent = NULL;
    JsonArray *value = baton_json_peek_array (jobs->json, "value");

    sandbox_assert_status (jobs, 201);
    sandbox_assert_status (asset, 201);
    sandbox_assert_status (schedule, 200);
    job = baton_json_peek_int (baton_json_peek_object_at (value, 0), "Id", 0);
    stopped = baton_json_peek_int (baton_json_peek_object_at (value, 1), "Id", 0);
    stop = g_strdup_printf ("odata/Jobs(%" G_GINT64_FORMAT ")/" US "StopJob", stopped);
    sent = sandbox_test_post (test, stop, "{\"strategy\":\"Kill\"}");
    sandbox_assert_status (sent, 200);
    sandbox_test_kill (test);
  }

  {
    g_autoptr (SandboxTest) test = sandbox_test_start (option, "--jobs=200", NULL);
    g_autoptr (SandboxAnswer) asset
        = sandbox_test_get (test, "odata/Assets?$filter=Name%20eq%20'Kept'");
    g_autoptr (SandboxAnswer) schedule = sandbox_test_get (test, "odata/ProcessSchedules(1)");
    g_autofree char *other = dup_state (test, stopped);

    g_assert_cmpint (baton_json_peek_int (baton_json_peek_object_at (
                                              baton_json_peek_array (asset->json, "value"), 0),
                                          "IntValue", 0),
                     ==, 7);
    g_assert_false (baton_json_peek_bool (schedule->json, "Enabled", TRUE));
    g_assert_cmpstr (other, ==, "Stopped");

    do
      {
        g_free (state);
        state = dup_state (test, job);
        g_usleep (20 * 1000);
      }
    while (!g_str_equal (state, "Successful") && g_get_monotonic_time () < end);
    g_assert_cmpstr (state, ==, "Successful");
  }
}

/* From now on no file of @test may grow beyond @most bytes. */
static void
limit_files (SandboxTest *test, rlim_t most)
{
  pid_t process = (pid_t)g_ascii_strtoll (g_subprocess_get_identifier (test->process), NULL, 10);
  struct rlimit limit;

  g_assert_cmpint (prlimit (process, RLIMIT_FSIZE, NULL, &limit), ==, 0);
  limit.rlim_cur = MIN (most, limit.rlim_max);
  g_assert_cmpint (prlimit (process, RLIMIT_FSIZE, &limit, NULL), ==, 0);
}

static SandboxAnswer *
add_asset (SandboxTest *test, const char *name)
{
  g_autofree char *body = g_strdup_printf (
      "{\"Name\":\"%s\",\"ValueScope\":\"Global\",\"ValueType\":\"Integer\",\"IntValue\":7}", name);

  return sandbox_test_post (test, "odata/Assets", body);
}

static void
assert_assets (SandboxTest *test)
{
  g_autoptr (SandboxAnswer) lost
      = sandbox_test_get (test, "odata/Assets?$filter=Name%20eq%20'Lost'");
  g_autoptr (SandboxAnswer) kept
      = sandbox_test_get (test, "odata/Assets?$filter=Name%20eq%20'Kept'");

  g_assert_cmpuint (baton_json_length (baton_json_peek_array (lost->json, "value")), ==, 0);
  g_assert_cmpuint (baton_json_length (baton_json_peek_array (kept->json, "value")), ==, 1);
}

/* As at a full disk: what cannot be kept is refused, and all else goes on. */
static void
test_no_space (void)
{
  g_autofree char *folder = g_dir_make_tmp ("baton-durability-XXXXXX", NULL);
  g_autofree char *file = g_build_filename (folder, "sandbox.db", NULL);
  g_autofree char *option = g_strconcat ("--data=", file, NULL);
  SandboxTest *test = sandbox_test_start (option, "--jobs=50", NULL);
  g_autoptr (SandboxAnswer) refused = NULL;
  g_autoptr (SandboxAnswer) reset = NULL;
  g_autoptr (SandboxAnswer) read = NULL;
  g_autoptr (SandboxAnswer) kept = NULL;
  struct stat about;

  limit_files (test, 0);
  refused = add_asset (test, "Lost");
  sandbox_assert_status (refused, 500);
  g_assert_nonnull (baton_json_peek_string (refused->json, "message"));
  g_assert_null (baton_json_peek_string (refused->json, "Name"));
  reset = sandbox_test_control (test, "POST", "reset", NULL);
  sandbox_assert_status (reset, 500);
  read = sandbox_test_get (test, "odata/Assets");
  sandbox_assert_status (read, 200);

  limit_files (test, RLIM_INFINITY);
  kept = add_asset (test, "Kept");
  sandbox_assert_status (kept, 201);
  assert_assets (test);
  sandbox_test_kill (test);

  test = sandbox_test_start (option, "--jobs=50", NULL);
  assert_assets (test);
  sandbox_test_stop (test);
  g_assert_cmpint (stat (file, &about), ==, 0);
  g_assert_cmpuint (about.st_mode & 0777, ==, 0600);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/sandbox/durability/kills", test_kills);
  g_test_add_func ("/sandbox/durability/killed-while-seeding", test_killed_while_seeding);
  g_test_add_func ("/sandbox/durability/writes", test_writes);
  g_test_add_func ("/sandbox/durability/no-space", test_no_space);

  return g_test_run ();
}
