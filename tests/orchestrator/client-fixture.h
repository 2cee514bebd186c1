/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "auth/baton-token-keeper.h"
#include "baton-account.h"
#include "baton-clock.h"
#include "baton-error.h"
#include "fault-server.h"
#include "http/baton-pipeline.h"

G_BEGIN_DECLS

#define TEST_KEY "user-key-8f1c2d"
#define TEST_CLIENT "client-1"
#define TEST_BASE "/acme/Production/orchestrator_"
#define TEST_LIST "GET " TEST_BASE "/odata/Jobs"
#define TEST_TOKENS "POST /oauth/token"
#define TEST_START G_GINT64_CONSTANT (1767225600000000) /* 2026-01-01 */

/* One account with a key at a server that answers as it is told, under a clock of its own. */
typedef struct
{
  FaultServer *server;
  BatonClock *clock;
  BatonAccount *account;
  BatonSecretStore *store;
  BatonAuthenticator *authenticator;
  BatonTokenKeeper *keeper;
  BatonPipeline *pipeline;
} Client;

/* First in main(): the locks of accounts are this process's own, in a folder that goes with it. */
void client_use_own_runtime_folder (void);

/* For g_test_add(): the key is kept in memory, the server gives tokens of a day. */
void client_set_up (Client *client, gconstpointer certificate);
void client_tear_down (Client *client, gconstpointer data);

/* What TEST_TOKENS answers from now on. @life: a JSON value. */
void client_give_tokens (Client *client, const char *access_token, const char *life);

/* Runs the main context until @done. Where nothing happens for a while, the fake clock is moved on,
 * so that what waits for a time does not wait. */
void client_wait (Client *client, const gboolean *done);
/* The same, but the clock stands. */
void client_wait_still (const gboolean *done);

/* Asks and waits. @body: (nullable): JSON. */
JsonNode *client_ask (Client *client,
                      const char *method,
                      const char *path,
                      const char *body,
                      GError **error);
/* GETs the list of TEST_LIST. */
JsonNode *client_get_list (Client *client, GError **error);

BatonToken *client_get_token (Client *client, GError **error);
BatonToken *client_renew (Client *client, GError **error);
gboolean client_sign_in (Client *client, const char *key, GError **keyring_error, GError **error);

G_END_DECLS
