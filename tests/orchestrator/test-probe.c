/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "baton-probe.h"
#include "client-fixture.h"

#define SUITE "GET /identity_/.well-known/openid-configuration"
#define STANDALONE "GET /identity/.well-known/openid-configuration"
#define DESCRIPTION "{\"issuer\":\"https://rpa.example/identity\"}"

typedef struct
{
  FaultServer *server;
  BatonAccount *account;
} Fixture;

typedef struct
{
  gboolean done;
  gboolean told;
  BatonEdition edition;
  GError *error;
} Answer;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (BatonDeployment) parsed = NULL;
  g_autoptr (BatonDeployment) deployment = NULL;

  fixture->server = fault_server_new (NULL);
  parsed = baton_deployment_parse (fault_server_get_origin (fixture->server), NULL);
  /* Loopback is the sandbox's, else. */
  deployment = baton_deployment_with_edition (parsed, BATON_EDITION_STANDALONE);
  fixture->account = baton_account_new ("probe", deployment, BATON_METHOD_BROWSER);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_clear_object (&fixture->account);
  g_clear_pointer (&fixture->server, fault_server_free);
}

static void
told_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Answer *answer = user_data;

  answer->told = baton_probe_run_finish (result, &answer->edition, &answer->error);
  answer->done = TRUE;
}

static void
run (Fixture *fixture, Answer *answer)
{
  baton_probe_run_async (fixture->account, baton_account_get_deployment (fixture->account), NULL,
                         told_cb, answer);
  client_wait_still (&answer->done);
  g_assert_true (answer->told == (answer->error == NULL));
}

static void
test_suite (Fixture *fixture, gconstpointer data)
{
  Answer answer = { 0 };

  fault_server_add (fixture->server, SUITE, 200, NULL, DESCRIPTION);
  run (fixture, &answer);
  g_assert_no_error (answer.error);
  g_assert_cmpint (answer.edition, ==, BATON_EDITION_SUITE);
  g_assert_cmpuint (fault_server_count (fixture->server, STANDALONE), ==, 0);
}

/* What a server lacks it answers with 404, or with the page of its portal (fact sheet 1.1). */
static void
test_standalone (Fixture *fixture, gconstpointer data)
{
  static const struct
  {
    guint status;
    const char *headers;
    const char *body;
  } lacks[] = {
    { 404, NULL, "{}" },
    { 200, "Content-Type: text/html\r\n", "<!doctype html><html></html>" },
    { 200, NULL, "{\"name\":\"something else\"}" },
    { 302, "Location: /login\r\n", "" },
  };

  fault_server_add (fixture->server, STANDALONE, 200, NULL, DESCRIPTION);
  for (guint i = 0; i < G_N_ELEMENTS (lacks); i++)
    {
      Answer answer = { 0 };

      fault_server_reset (fixture->server, SUITE);
      fault_server_add (fixture->server, SUITE, lacks[i].status, lacks[i].headers, lacks[i].body);
      run (fixture, &answer);
      g_assert_no_error (answer.error);
      g_assert_cmpint (answer.edition, ==, BATON_EDITION_STANDALONE);
    }
}

static void
test_neither (Fixture *fixture, gconstpointer data)
{
  Answer answer = { 0 };

  fault_server_add (fixture->server, SUITE, 404, NULL, "{}");
  fault_server_add (fixture->server, STANDALONE, 200, NULL, "[]");
  run (fixture, &answer);
  g_assert_error (answer.error, BATON_ERROR, BATON_ERROR_BAD_ANSWER);
  g_clear_error (&answer.error);
}

/* Nobody is there: the second question would hear no more. */
static void
test_away (Fixture *fixture, gconstpointer data)
{
  g_autoptr (BatonDeployment) parsed = baton_deployment_parse ("http://127.0.0.1:1", NULL);
  g_autoptr (BatonDeployment) away
      = baton_deployment_with_edition (parsed, BATON_EDITION_STANDALONE);
  Answer answer = { 0 };

  baton_account_set_deployment (fixture->account, away);
  run (fixture, &answer);
  g_assert_error (answer.error, BATON_ERROR, BATON_ERROR_NO_NETWORK);
  g_clear_error (&answer.error);
}

/* Only a host that does not say what it is, and only where nothing goes out in clear. */
static void
test_needed (void)
{
  static const struct
  {
    const char *address;
    gboolean needed;
  } rows[] = {
    { "https://rpa.example.com", TRUE },
    { "https://rpa.example.com/acme/Production", TRUE },
    { "http://rpa.example.com", FALSE },
    { "https://cloud.uipath.com/acme/Production", FALSE },
    { "https://govcloud.uipath.us/acme/Production", FALSE },
    { "http://127.0.0.1:8085", FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (BatonDeployment) deployment = baton_deployment_parse (rows[i].address, NULL);

      g_assert_true (baton_probe_is_needed (deployment) == rows[i].needed);
    }
}

int
main (int argc, char *argv[])
{
  g_setenv ("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent/bus", TRUE);
  g_test_init (&argc, &argv, NULL);
  client_use_own_runtime_folder ();

#define ADD(name, function) \
  g_test_add ("/baton/orchestrator/probe/" name, Fixture, NULL, set_up, function, tear_down)
  ADD ("suite", test_suite);
  ADD ("standalone", test_standalone);
  ADD ("neither", test_neither);
  ADD ("away", test_away);
  g_test_add_func ("/baton/orchestrator/probe/needed", test_needed);

  return g_test_run ();
}
