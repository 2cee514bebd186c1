/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gstdio.h>

#include "baton-session.h"
#include "fault-server.h"
#include "ui-fixture.h"

/* Baton starts without a network: however often somebody presses "Try again", the server is not asked
 * too often, and the account opens when the network comes. */

#define BASE "/acme/Production/orchestrator_"
#define TOKEN "POST /oauth/token"
#define CLICKS 12

static void
count_cb (guint *count)
{
  (*count)++;
}

static void
test_start (void)
{
  g_autofree char *path = g_build_filename (g_get_user_config_dir (), "offline-start.ini", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GSettings) settings = g_settings_new ("io.github.baton_desktop.Baton");
  g_autoptr (FaultServer) server = fault_server_new (NULL);
  g_autofree char *address = g_strconcat (fault_server_get_origin (server), "/acme/Production", NULL);
  g_autoptr (BatonDeployment) deployment = baton_deployment_parse (address, NULL);
  g_autoptr (BatonSecret) secret = baton_secret_new (BATON_SECRET_USER_KEY, "a-key-0123456789", 0, 0);
  g_autoptr (BatonAccount) account = baton_account_new ("offline", deployment, BATON_METHOD_USER_KEY);
  BatonSecretStore *store = baton_secret_store_new ();
  BatonAccounts *accounts;
  BatonSession *session;
  BatonConnection *connection;
  guint n_failed = 0;

  g_remove (path);
  accounts = baton_accounts_new (file);
  session = baton_session_new (accounts, store, settings);
  baton_account_set_client_id (account, "client-1");
  baton_secret_store_keep_in_memory (store, "offline", secret);
  fault_server_add_raw (server, TOKEN, "", 0, FALSE);
  g_signal_connect_swapped (session, "failed", G_CALLBACK (count_cb), &n_failed);

  baton_session_open (session, account);
  ui_wait (n_failed == 1);
  connection = baton_session_get_connection (session);
  for (guint i = 0; i < CLICKS; i++)
    {
      baton_session_reopen (session);
      ui_wait (n_failed == i + 2);
    }
  g_assert_true (baton_session_get_connection (session) == connection);
  g_assert_cmpuint (fault_server_count (server, TOKEN), >, 1);
  g_assert_cmpuint (fault_server_count (server, TOKEN), <, 5);

  fault_server_reset (server, TOKEN);
  fault_server_add (server, TOKEN, 200, NULL, "{\"access_token\":\"at-1\",\"id_token\":\"id-1\",\"expires_in\":3600}");
  fault_server_add (server, "GET " BASE "/api/FoldersNavigation/GetAllFoldersForCurrentUser", 200, NULL,
                    "[{\"Id\":2,\"DisplayName\":\"Shared\",\"FullyQualifiedName\":\"Shared\",\"IsSelectable\":true}]");
  g_signal_emit_by_name (g_network_monitor_get_default (), "network-changed", TRUE);
  ui_wait (baton_connection_find_folder (connection, "Shared") != NULL);
  g_assert_cmpuint (fault_server_count (server, TOKEN), ==, 1);

  ui_assert_goes (session);
  ui_assert_goes (accounts);
  ui_assert_goes (store);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/baton/app/offline-start", test_start);
  return g_test_run ();
}
