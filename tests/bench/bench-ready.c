/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <stdlib.h>

#include "baton-json.h"
#include "bench-ready.h"

JsonNode *
bench_ready_load (const char *file)
{
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;
  JsonNode *ready = NULL;

  if (!g_file_get_contents (file, &text, NULL, &error)
      || (ready = baton_json_parse_text (text, -1, &error)) == NULL)
    {
      g_printerr ("%s is not the ready line of a sandbox: %s\n", file, error->message);
      exit (2);
    }
  return ready;
}

BatonConnection *
bench_ready_connect (JsonObject *ready, BatonClock *clock)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BatonSecretStore) store = baton_secret_store_new ();
  g_autoptr (BatonDeployment) deployment
    = baton_deployment_parse (baton_json_peek_string (ready, "orchestrator"), &error);
  g_autoptr (BatonAccount) account = NULL;
  g_autoptr (BatonSecret) secret = NULL;

  if (deployment == NULL)
    g_error ("%s", error->message);
  account = baton_account_new (NULL, deployment, BATON_METHOD_USER_KEY);
  baton_account_set_client_id (account, baton_json_peek_string (ready, "clientId"));
  secret = baton_secret_new (BATON_SECRET_USER_KEY, baton_json_peek_string (ready, "userKey"), 0, 0);
  baton_secret_store_keep_in_memory (store, baton_account_get_id (account), secret);
  return baton_connection_new (account, store, clock);
}
