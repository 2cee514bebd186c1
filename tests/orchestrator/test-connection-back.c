/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "baton-connection.h"
#include "client-fixture.h"

/* The network goes and comes back: nobody has to press anything. */

#define SECOND G_TIME_SPAN_SECOND
#define FOLDERS "GET " TEST_BASE "/api/FoldersNavigation/GetAllFoldersForCurrentUser"
#define USERS "GET " TEST_BASE "/odata/Users"

typedef struct
{
  Client client;
  BatonConnection *connection;
} Fixture;

static void
opened_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  gboolean *done = user_data;
  g_autoptr (GError) error = NULL;

  baton_connection_open_finish (BATON_CONNECTION (object), result, NULL, &error);
  g_assert_no_error (error);
  *done = TRUE;
}

static void
mend_answers (Fixture *fixture)
{
  FaultServer *server = fixture->client.server;

  fault_server_reset (server, FOLDERS);
  fault_server_add (server, FOLDERS, 200, NULL, "[]");
  fault_server_reset (server, USERS);
  fault_server_add (server, USERS, 200, NULL, "{\"Id\":1,\"UserName\":\"ada\"}");
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  gboolean done = FALSE;

  client_set_up (&fixture->client, NULL);
  client_give_tokens (&fixture->client, "access-1", "600");
  mend_answers (fixture);
  fixture->connection = baton_connection_new (fixture->client.account, fixture->client.store,
                                              fixture->client.clock);
  baton_connection_open_async (fixture->connection, NULL, NULL, opened_cb, &done);
  client_wait (&fixture->client, &done);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_assert_finalize_object (fixture->connection);
  client_tear_down (&fixture->client, NULL);
}

static gboolean
is_offline (Fixture *fixture)
{
  gboolean offline = FALSE;

  g_object_get (baton_connection_get_pipeline (fixture->connection), "offline", &offline, NULL);

  return offline;
}

static gboolean
is_loading (Fixture *fixture)
{
  gboolean loading = FALSE;

  g_object_get (fixture->connection, "loading", &loading, NULL);

  return loading;
}

typedef struct
{
  Fixture *fixture;
  gboolean offline;
  gboolean done;
} Wait;

static void
check_cb (Wait *wait)
{
  wait->done = is_offline (wait->fixture) == wait->offline && !is_loading (wait->fixture);
}

static void
wait_until (Fixture *fixture, gboolean offline)
{
  BatonPipeline *pipeline = baton_connection_get_pipeline (fixture->connection);
  Wait wait = { fixture, offline, FALSE };

  g_signal_connect_swapped (pipeline, "notify::offline", G_CALLBACK (check_cb), &wait);
  g_signal_connect_swapped (fixture->connection, "notify::loading", G_CALLBACK (check_cb), &wait);
  check_cb (&wait);
  client_wait (&fixture->client, &wait.done);
  g_signal_handlers_disconnect_by_data (pipeline, &wait);
  g_signal_handlers_disconnect_by_data (fixture->connection, &wait);
}

static void
break_answers (Fixture *fixture, const char *what)
{
  fault_server_reset (fixture->client.server, what);
  fault_server_add_raw (fixture->client.server, what, "", 0, FALSE);
}

/* What renews the token does not get through; the token has ended. */
static void
test_renewal (Fixture *fixture, gconstpointer data)
{
  break_answers (fixture, TEST_TOKENS);
  baton_clock_advance (fixture->client.clock, 700 * SECOND);
  baton_connection_reload (fixture->connection);
  wait_until (fixture, TRUE);
  g_assert_cmpint (baton_token_keeper_get_state (baton_connection_get_keeper (fixture->connection)),
                   ==, BATON_KEEPER_OFFLINE);

  client_give_tokens (&fixture->client, "access-2", "600");
  g_signal_emit_by_name (g_network_monitor_get_default (), "network-changed", TRUE);
  baton_clock_advance (fixture->client.clock, 3 * SECOND);
  wait_until (fixture, FALSE);
}

/* The token is good, and there is nothing to renew. */
static void
test_load (Fixture *fixture, gconstpointer data)
{
  break_answers (fixture, FOLDERS);
  break_answers (fixture, USERS);
  break_answers (fixture, "GET /");
  baton_connection_reload (fixture->connection);
  wait_until (fixture, TRUE);

  fault_server_reset (fixture->client.server, "GET /");
  mend_answers (fixture);
  g_signal_emit_by_name (g_network_monitor_get_default (), "network-changed", TRUE);
  wait_until (fixture, FALSE);
}

int
main (int argc, char **argv)
{
  client_use_own_runtime_folder ();
  g_test_init (&argc, &argv, NULL);
#define ADD(name, function)                                                                        \
  g_test_add ("/baton/orchestrator/connection-back/" name, Fixture, NULL, set_up, function,        \
              tear_down)
  ADD ("renewal", test_renewal);
  ADD ("load", test_load);

  return g_test_run ();
}
