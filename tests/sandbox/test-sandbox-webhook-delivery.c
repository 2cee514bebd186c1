/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "baton-json.h"
#include "sandbox-test.h"
#include "target-test.h"

/* Attempts until a target is left alone. */
#define MAX_ATTEMPTS 4

/* What one life of the sandbox leaves the next one is in a file. */
typedef struct
{
  char *folder; /* (owned) */
  char *option; /* (owned) */
} Data;

static void
data_init (Data *self)
{
  g_autofree char *file = NULL;

  self->folder = g_dir_make_tmp ("baton-delivery-XXXXXX", NULL);
  file = g_build_filename (self->folder, "sandbox.db", NULL);
  self->option = g_strconcat ("--data=", file, NULL);
}

static void
data_clear (Data *self)
{
  g_free (self->folder);
  g_free (self->option);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Data, data_clear)

static gint64
add_webhook (SandboxTest *test, const char *name, const char *url, gboolean insecure)
{
  g_autofree char *body
      = g_strdup_printf ("{'Name':'%s','Url':'%s','Enabled':true,'SubscribeToAllEvents':false,"
                         "'AllowInsecureSsl':%s,'Events':[{'EventType':'robot.created'}]}",
                         name, url, insecure ? "true" : "false");
  g_autoptr (SandboxAnswer) answer
      = sandbox_test_ask (test, "POST", test->shared, body, "odata/Webhooks");

  sandbox_assert_status (answer, 201);

  return baton_json_peek_int (answer->json, "Id", 0);
}

static void
create_robot (SandboxTest *test, const char *name)
{
  g_autofree char *body
      = g_strdup_printf ("{'Name':'%s','Type':'Unattended','HostingType':'Floating'}", name);
  g_autoptr (SandboxAnswer) answer
      = sandbox_test_ask (test, "POST", test->shared, body, "odata/Robots");

  sandbox_assert_status (answer, 201);
}

/* Waits until the target has been told of the robot. */
static void
wait_for (TargetTest *target, const char *robot)
{
  g_autofree char *member = g_strdup_printf ("\"Name\":\"%s\"", robot);

  for (guint i = 0;; i++)
    {
      target_test_wait (target, &target->bodies->len, i + 1);
      if (strstr (g_ptr_array_index (target->bodies, i), member) != NULL)
        return;
    }
}

/* What was refused, and what was on its way when the sandbox ended, the next life says. */
static void
test_restart (gconstpointer kills)
{
  g_autoptr (TargetTest) target = target_test_start (NULL);
  g_auto (Data) data = { NULL };
  SandboxTest *test;

  data_init (&data);
  test = sandbox_test_start (data.option, "--jobs=100", NULL);
  sandbox_test_rest_triggers (test);
  add_webhook (test, "restart", target->url, FALSE);
  target->failures = G_MAXUINT;
  create_robot (test, "Told-later");
  target_test_wait (target, &target->calls, 1);
  target_test_wait_in_vain (target);
  create_robot (test, "Told-then");
  if (GPOINTER_TO_INT (kills))
    sandbox_test_kill (test);
  else
    sandbox_test_stop (test);
  /* Hears what the last life has still sent. */
  target_test_wait_in_vain (target);
  target_test_forget (target);

  test = sandbox_test_start (data.option, NULL);
  wait_for (target, "Told-later");
  wait_for (target, "Told-then");
  sandbox_test_stop (test);
}

/* A certificate of an authority that nobody knows is taken where the webhook allows it. */
static void
test_certificate (void)
{
  g_autoptr (SandboxTest) test = sandbox_test_start ("--tls", "--jobs=100", "--speed=20", NULL);
  g_autofree char *folder = g_path_get_dirname (sandbox_test_get_ready (test, "ca"));
  g_autoptr (TargetTest) target = target_test_start (folder);
  gint64 id;
  g_autoptr (SandboxAnswer) allowed = NULL;

  sandbox_test_rest_triggers (test);
  id = add_webhook (test, "certificate", target->url, FALSE);
  create_robot (test, "Distrusted");
  target_test_wait (target, &target->distrusted, MAX_ATTEMPTS);
  g_assert_cmpuint (target->calls, ==, 0);

  allowed = sandbox_test_ask (test, "PATCH", test->shared, "{'AllowInsecureSsl':true}",
                              "odata/Webhooks(%" G_GINT64_FORMAT ")", id);
  sandbox_assert_status (allowed, 200);
  create_robot (test, "Trusted");
  target_test_wait (target, &target->bodies->len, 1);
  g_assert_nonnull (strstr (target->bodies->pdata[0], "\"Trusted\""));
  g_assert_cmpuint (target->distrusted, ==, MAX_ATTEMPTS);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_data_func ("/sandbox/webhook-delivery/restart", GINT_TO_POINTER (FALSE), test_restart);
  g_test_add_data_func ("/sandbox/webhook-delivery/killed", GINT_TO_POINTER (TRUE), test_restart);
  g_test_add_func ("/sandbox/webhook-delivery/certificate", test_certificate);

  return g_test_run ();
}
