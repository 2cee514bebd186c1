/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "baton-json.h"
#include "client-fixture.h"

#include <glib/gstdio.h>
#include "http/baton-http.h"
#include "tests/wait.h"

#define LIMIT (60 * G_USEC_PER_SEC)
#define QUIET (20 * 1000)
#define STEP (G_USEC_PER_SEC / 4)

typedef struct
{
  gboolean done;
  GAsyncResult *result;
} Wait;

static void
wait_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  Wait *wait = user_data;

  wait->result = g_object_ref (result);
  wait->done = TRUE;
}

void
client_give_tokens (Client *client, const char *access_token, const char *life)
{
  g_autofree char *body =
      g_strdup_printf ("{\"access_token\":\"%s\",\"id_token\":\"id-%s\",\"expires_in\":%s,"
                       "\"token_type\":\"Bearer\"}",
                       access_token, access_token, life);

  fault_server_reset (client->server, TEST_TOKENS);
  fault_server_add (client->server, TEST_TOKENS, 200, NULL, body);
}

static char *runtime_folder;

static void
remove_runtime_folder (void)
{
  g_autofree char *locks = g_build_filename (runtime_folder, "baton", NULL);
  g_autoptr (GDir) dir = g_dir_open (locks, 0, NULL);

  for (const char *name; dir != NULL && (name = g_dir_read_name (dir)) != NULL;)
    {
      g_autofree char *path = g_build_filename (locks, name, NULL);

      g_remove (path);
    }
  g_rmdir (locks);
  g_rmdir (runtime_folder);
  g_clear_pointer (&runtime_folder, g_free);
}

void
client_use_own_runtime_folder (void)
{
  g_autoptr (GError) error = NULL;

  runtime_folder = g_dir_make_tmp ("baton-client-XXXXXX", &error);
  g_assert_no_error (error);
  g_setenv ("XDG_RUNTIME_DIR", runtime_folder, TRUE);
  atexit (remove_runtime_folder);
}

void
client_set_up (Client *client, gconstpointer certificate)
{
  g_autofree char *path = NULL;
  g_autofree char *address = NULL;
  g_autoptr (BatonDeployment) deployment = NULL;
  g_autoptr (BatonSecret) secret = baton_secret_new (BATON_SECRET_USER_KEY, TEST_KEY, 0, 0);

  if (certificate != NULL)
    path = g_test_build_filename (G_TEST_DIST, "orchestrator", certificate, NULL);

  client->server = fault_server_new (path);
  client_give_tokens (client, "access-1", "86400");

  client->clock = baton_clock_new_fake (TEST_START);
  address = g_strconcat (fault_server_get_origin (client->server), "/acme/Production", NULL);
  deployment = baton_deployment_parse (address, NULL);
  client->account = baton_account_new ("test", deployment, BATON_METHOD_USER_KEY);
  baton_account_set_client_id (client->account, TEST_CLIENT);

  client->store = baton_secret_store_new ();
  baton_secret_store_keep_in_memory (client->store, "test", secret);
  client->authenticator = baton_authenticator_new (BATON_METHOD_USER_KEY, client->clock);
  client->keeper = baton_token_keeper_new (client->account, client->authenticator, client->store,
                                           client->clock);
  client->pipeline = baton_pipeline_new (client->account, client->keeper, client->clock);

  baton_http_set_timeout (20);
}

void
client_tear_down (Client *client, gconstpointer data)
{
  wait_gone (client->pipeline);
  wait_gone (client->keeper);
  wait_gone (client->authenticator);
  wait_gone (client->account);
  wait_gone (client->store);
  g_object_unref (client->clock);
  fault_server_free (client->server);
}

static void
wait_for (BatonClock *clock, const gboolean *done)
{
  gint64 limit = g_get_monotonic_time () + LIMIT;
  gint64 quiet_since = g_get_monotonic_time ();

  while (!*done)
    {
      gint64 now = g_get_monotonic_time ();

      g_assert_cmpint (now, <, limit);
      if (g_main_context_iteration (NULL, FALSE))
        quiet_since = now;
      else if (clock != NULL && now - quiet_since > QUIET)
        {
          baton_clock_advance (clock, STEP);
          quiet_since = now;
        }
      else
        g_usleep (200);
    }
}

void
client_wait (Client *client, const gboolean *done)
{
  wait_for (client->clock, done);
}

void
client_wait_still (const gboolean *done)
{
  wait_for (NULL, done);
}

JsonNode *
client_ask (Client *client, const char *method, const char *path, const char *body, GError **error)
{
  g_autoptr (BatonRequest) request = baton_request_new (method, path);
  Wait wait = { 0 };
  JsonNode *node = NULL;

  if (body != NULL)
    baton_request_take_body (request, baton_json_parse_text (body, -1, NULL));
  baton_request_set_permission (request, "Jobs.View");

  baton_pipeline_send_async (client->pipeline, request, NULL, NULL, NULL, NULL, NULL, wait_cb,
                             &wait);
  client_wait (client, &wait.done);
  node = baton_pipeline_send_finish (client->pipeline, wait.result, error);
  g_object_unref (wait.result);

  return node;
}

JsonNode *
client_get_list (Client *client, GError **error)
{
  return client_ask (client, "GET", "/odata/Jobs?$top=1", NULL, error);
}

BatonToken *
client_get_token (Client *client, GError **error)
{
  Wait wait = { 0 };
  BatonToken *token = NULL;

  baton_token_keeper_get_token_async (client->keeper, NULL, wait_cb, &wait);
  client_wait_still (&wait.done);
  token = baton_token_keeper_get_token_finish (client->keeper, wait.result, error);
  g_object_unref (wait.result);

  return token;
}

BatonToken *
client_renew (Client *client, GError **error)
{
  Wait wait = { 0 };
  BatonToken *token = NULL;

  baton_token_keeper_renew_async (client->keeper, NULL, wait_cb, &wait);
  client_wait_still (&wait.done);
  token = baton_token_keeper_renew_finish (client->keeper, wait.result, error);
  g_object_unref (wait.result);

  return token;
}

gboolean
client_sign_in (Client *client, const char *key, GError **keyring_error, GError **error)
{
  g_autoptr (BatonSecret) secret = baton_secret_new (BATON_SECRET_USER_KEY, key, 0, 0);
  Wait wait = { 0 };
  gboolean good = FALSE;

  baton_token_keeper_sign_in_async (client->keeper, secret, NULL, wait_cb, &wait);
  client_wait_still (&wait.done);
  good = baton_token_keeper_sign_in_finish (client->keeper, wait.result, keyring_error, error);
  g_object_unref (wait.result);

  return good;
}
