/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "baton-json.h"
#include "sandbox-test.h"

#define SET_ENABLED "odata/ProcessSchedules/UiPath.Server.Configuration.OData.SetEnabled"

static SandboxTest *test;

static SandboxAnswer *
set_enabled (const char *body)
{
  return sandbox_test_post (test, SET_ENABLED, body);
}

static void
test_set_enabled (void)
{
  g_autoptr (SandboxAnswer) list =
      sandbox_test_get (test, "odata/ProcessSchedules?$filter=Enabled%20eq%20true&$top=1");
  gint64 id = baton_json_peek_int (
      baton_json_peek_object_at (baton_json_peek_array (list->json, "value"), 0), "Id", 0);
  g_autofree char *address = g_strdup_printf ("odata/ProcessSchedules(%" G_GINT64_FORMAT ")", id);

  for (int enabled = 0; enabled < 2; enabled++)
    {
      g_autofree char *body =
          g_strdup_printf ("{\"scheduleIds\":[%" G_GINT64_FORMAT "],\"enabled\":%s}",
                           id,
                           enabled ? "true" : "false");
      g_autoptr (SandboxAnswer) sent = set_enabled (body);
      g_autoptr (SandboxAnswer) schedule = sandbox_test_get (test, address);
      gint64 next = baton_json_peek_time (schedule->json, "StartProcessNextOccurrence");

      sandbox_assert_status (sent, 200);
      g_assert_true (baton_json_peek_bool (sent->json, "value", FALSE));
      g_assert_cmpint (baton_json_peek_bool (schedule->json, "Enabled", !enabled), ==, enabled);
      if (enabled)
        g_assert_cmpint (next, >, g_get_real_time ());
      else
        g_assert_cmpint (next, ==, 0);
    }
}

static void
test_refused (void)
{
  static const SandboxRefusal cases[] = {
    { "{\"scheduleIds\":[1,999999],\"enabled\":false}", 404, 1002 },
    { "{\"scheduleIds\":[],\"enabled\":false}", 400, 1014 },
    { "{\"scheduleIds\":[1]}", 400, 1014 },
    { "{\"scheduleIds\":1,\"enabled\":false}", 400, 1000 },
    { "{\"scheduleIds\":[1],\"enabled\":false,\"other\":1}", 400, 1000 },
  };
  g_autoptr (SandboxAnswer) schedule = NULL;

  sandbox_test_assert_refused (test, test->shared, SET_ENABLED, cases, G_N_ELEMENTS (cases));

  /* All or none. */
  schedule = sandbox_test_get (test, "odata/ProcessSchedules(1)");
  g_assert_true (baton_json_peek_bool (schedule->json, "Enabled", FALSE));
}

int
main (int argc, char *argv[])
{
  int status;

  g_test_init (&argc, &argv, NULL);
  test = sandbox_test_start ("--jobs=100", NULL);

  g_test_add_func ("/sandbox/schedules/set-enabled", test_set_enabled);
  g_test_add_func ("/sandbox/schedules/refused", test_refused);

  status = g_test_run ();
  sandbox_test_stop (test);

  return status;
}
