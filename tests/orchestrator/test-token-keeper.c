/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "baton-json.h"
#include "baton-redact.h"
#include "client-fixture.h"

#define SECOND G_TIME_SPAN_SECOND
#define MINUTE G_TIME_SPAN_MINUTE
#define HOUR G_TIME_SPAN_HOUR
#define REVOKE "POST /oauth/revoke"
#define PASSWORDS "POST /api/Account/Authenticate"
#define INVALID_GRANT \
  "{\"error\":\"invalid_grant\",\"error_description\":\"Unknown or invalid refresh token.\"}"

static guint
count_tokens (Client *client)
{
  return fault_server_count (client->server, TEST_TOKENS);
}

static const char *
get_text (Client *client)
{
  BatonToken *token = baton_token_keeper_get_token (client->keeper);

  return token != NULL ? baton_token_get_access_token (token) : NULL;
}

static void
assert_token (Client *client, const char *text)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BatonToken) token = client_get_token (client, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (baton_token_get_access_token (token), ==, text);
}

/* Runs the main context until @n requests for a token have come and been dealt with. */
static void
wait_tokens (Client *client, guint n)
{
  gint64 limit = g_get_monotonic_time () + 30 * SECOND;

  while (count_tokens (client) < n ||
         baton_token_keeper_get_state (client->keeper) == BATON_KEEPER_RENEWING)
    {
      g_assert_cmpint (g_get_monotonic_time (), <, limit);
      g_main_context_iteration (NULL, FALSE);
    }
}

/* Lets what is ready happen. */
static void
settle (void)
{
  for (guint i = 0; i < 50; i++)
    {
      g_main_context_iteration (NULL, FALSE);
      g_usleep (200);
    }
}

static void
got_of_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  BatonToken **token = user_data;
  g_autoptr (GError) error = NULL;

  *token = baton_token_keeper_get_token_finish (BATON_TOKEN_KEEPER (object), result, &error);
  g_assert_no_error (error);
}

/* Returns: (transfer full) */
static BatonToken *
get_token_of (BatonTokenKeeper *keeper)
{
  BatonToken *token = NULL;

  baton_token_keeper_get_token_async (keeper, NULL, got_of_cb, &token);
  while (token == NULL)
    g_main_context_iteration (NULL, TRUE);

  return token;
}

static void
test_life (Client *client, gconstpointer data)
{
  gint64 renews_at;

  g_assert_cmpint (baton_token_keeper_get_state (client->keeper), ==, BATON_KEEPER_SIGNED_OUT);
  assert_token (client, "access-1");
  assert_token (client, "access-1");
  g_assert_cmpuint (count_tokens (client), ==, 1);
  g_assert_cmpint (baton_token_keeper_get_state (client->keeper), ==, BATON_KEEPER_VALID);
  g_assert_cmpint (baton_token_get_expires_at (baton_token_keeper_get_token (client->keeper)), ==,
                   TEST_START + 24 * HOUR);

  renews_at = baton_token_keeper_get_renews_at (client->keeper);
  g_assert_cmpint (renews_at, <=, TEST_START + 24 * HOUR * 80 / 100);
  g_assert_cmpint (renews_at, >=, TEST_START + 24 * HOUR * 77 / 100);
}

/* Those that began together do not come together. */
static void
test_jitter (Client *client, gconstpointer data)
{
  g_autoptr (GHashTable) times = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);

  for (guint i = 0; i < 20; i++)
    {
      g_autoptr (BatonTokenKeeper) keeper = baton_token_keeper_new (
          client->account, client->authenticator, client->store, client->clock);
      g_autoptr (BatonToken) token = NULL;
      gint64 renews_at;

      token = get_token_of (keeper);
      renews_at = baton_token_keeper_get_renews_at (keeper);
      g_assert_cmpint (renews_at, <=, TEST_START + 24 * HOUR * 80 / 100);
      g_assert_cmpint (renews_at, >=, TEST_START + 24 * HOUR * 77 / 100);
      g_hash_table_add (times, g_memdup2 (&renews_at, sizeof renews_at));
    }
  g_assert_cmpuint (g_hash_table_size (times), >, 10);
}

/* By itself, again and again, and never late. */
static void
test_renews_by_timer (Client *client, gconstpointer data)
{
  client_give_tokens (client, "access-1", "8");
  assert_token (client, "access-1");

  for (guint i = 2; i < 6; i++)
    {
      g_autofree char *text = g_strdup_printf ("access-%u", i);

      client_give_tokens (client, text, "\"8\"");
      baton_clock_advance (client->clock, 6 * SECOND);
      settle ();
      g_assert_cmpuint (count_tokens (client), ==, 0);
      baton_clock_advance (client->clock, SECOND / 2);
      wait_tokens (client, 1);
      g_assert_cmpstr (get_text (client), ==, text);
      g_assert_cmpint (baton_token_keeper_get_state (client->keeper), ==, BATON_KEEPER_VALID);
    }
}

static void
test_day_in_a_moment (Client *client, gconstpointer data)
{
  assert_token (client, "access-1");
  client_give_tokens (client, "access-2", "86400");
  baton_clock_advance (client->clock, 18 * HOUR);
  settle ();
  g_assert_cmpuint (count_tokens (client), ==, 0);
  baton_clock_advance (client->clock, 2 * HOUR);
  wait_tokens (client, 1);
  g_assert_cmpstr (get_text (client), ==, "access-2");
}

/* The machine slept: the wall went on, the monotonic clock did not. */
static void
test_suspend (Client *client, gconstpointer data)
{
  assert_token (client, "access-1");
  client_give_tokens (client, "access-2", "86400");
  baton_clock_jump_wall (client->clock, 30 * HOUR);
  assert_token (client, "access-2");
  g_assert_cmpuint (count_tokens (client), ==, 1);
}

/* ... and nobody asked: the timer looks at the wall as well. */
static void
test_suspend_unused (Client *client, gconstpointer data)
{
  assert_token (client, "access-1");
  client_give_tokens (client, "access-2", "86400");
  baton_clock_jump_wall (client->clock, 30 * HOUR);
  baton_clock_advance (client->clock, 5 * MINUTE);
  wait_tokens (client, 1);
  g_assert_cmpstr (get_text (client), ==, "access-2");
}

/* The wall was set back: the token is no younger for it. */
static void
test_clock_set_back (Client *client, gconstpointer data)
{
  client_give_tokens (client, "access-1", "600");
  assert_token (client, "access-1");
  client_give_tokens (client, "access-2", "600");
  baton_clock_jump_wall (client->clock, -48 * HOUR);
  baton_clock_advance (client->clock, 9 * MINUTE + 30 * SECOND);
  assert_token (client, "access-2");
}

typedef struct
{
  guint n_done;
  guint n_good;
  gboolean done;
  guint n_all;
} Many;

static void
many_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  Many *many = user_data;
  g_autoptr (BatonToken) token =
      baton_token_keeper_get_token_finish (BATON_TOKEN_KEEPER (object), result, NULL);

  many->n_done++;
  many->n_good += token != NULL;
  many->done = many->n_done == many->n_all;
}

static void
test_single_flight (Client *client, gconstpointer data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  Many many = { .n_all = 100 };

  for (guint i = 0; i < 100; i++)
    baton_token_keeper_get_token_async (client->keeper, i == 50 ? cancellable : NULL, many_cb,
                                        &many);
  g_cancellable_cancel (cancellable);
  client_wait_still (&many.done);
  g_assert_cmpuint (many.n_good, ==, 99);
  g_assert_cmpuint (count_tokens (client), ==, 1);
}

/* The last one who waits takes the renewal with him, and all is as before. */
static void
test_cancelled (Client *client, gconstpointer data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  Many many = { .n_all = 1 };

  fault_server_reset (client->server, TEST_TOKENS);
  fault_server_add_raw (client->server, TEST_TOKENS, "", 0, TRUE);
  baton_token_keeper_get_token_async (client->keeper, cancellable, many_cb, &many);
  while (count_tokens (client) == 0)
    g_main_context_iteration (NULL, FALSE);
  g_assert_cmpint (baton_token_keeper_get_state (client->keeper), ==, BATON_KEEPER_RENEWING);
  g_cancellable_cancel (cancellable);
  client_wait_still (&many.done);
  g_assert_cmpuint (many.n_good, ==, 0);
  settle ();
  g_assert_cmpint (baton_token_keeper_get_state (client->keeper), ==, BATON_KEEPER_SIGNED_OUT);

  client_give_tokens (client, "access-1", "60");
  assert_token (client, "access-1");
}

static void
test_revoked (Client *client, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) again = NULL;
  g_autoptr (GError) keyring_error = NULL;
  g_autoptr (BatonToken) token = NULL;

  client_give_tokens (client, "access-1", "100");
  assert_token (client, "access-1");
  fault_server_reset (client->server, TEST_TOKENS);
  fault_server_add (client->server, TEST_TOKENS, 403, NULL, INVALID_GRANT);

  baton_clock_advance (client->clock, 81 * SECOND);
  wait_tokens (client, 1);
  g_assert_cmpint (baton_token_keeper_get_state (client->keeper), ==, BATON_KEEPER_REVOKED);
  g_assert_null (baton_token_keeper_get_token (client->keeper));
  g_assert_error (baton_token_keeper_get_error (client->keeper), BATON_ERROR,
                  BATON_ERROR_KEY_REVOKED);
  g_assert_cmpint (baton_token_keeper_get_renews_at (client->keeper), ==, 0);

  /* it is over: neither a caller nor the timer asks again */
  token = client_get_token (client, &error);
  g_assert_error (error, BATON_ERROR, BATON_ERROR_KEY_REVOKED);
  baton_clock_advance (client->clock, HOUR);
  settle ();
  g_assert_cmpuint (count_tokens (client), ==, 1);

  /* a new key: another that is wrong changes nothing, a good one all */
  g_assert_false (client_sign_in (client, "wrong-key", NULL, &again));
  g_assert_error (again, BATON_ERROR, BATON_ERROR_BAD_CREDENTIALS);
  g_assert_cmpint (baton_token_keeper_get_state (client->keeper), ==, BATON_KEEPER_REVOKED);

  client_give_tokens (client, "access-2", "100");
  g_assert_true (client_sign_in (client, "new-key-1234", &keyring_error, NULL));
  g_assert_cmpint (baton_token_keeper_get_state (client->keeper), ==, BATON_KEEPER_VALID);
  g_assert_null (baton_token_keeper_get_error (client->keeper));
  assert_token (client, "access-2");
}

/* No network is no revocation: it is tried again, quietly, and what is good meanwhile is used. */
static void
test_offline (Client *client, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BatonToken) token = NULL;
  guint tried;

  client_give_tokens (client, "access-1", "100");
  assert_token (client, "access-1");
  fault_server_reset (client->server, TEST_TOKENS);
  fault_server_add_raw (client->server, TEST_TOKENS, "", 0, FALSE);

  baton_clock_advance (client->clock, 81 * SECOND);
  wait_tokens (client, 1);
  g_assert_cmpint (baton_token_keeper_get_state (client->keeper), ==, BATON_KEEPER_VALID);
  g_assert_error (baton_token_keeper_get_error (client->keeper), BATON_ERROR,
                  BATON_ERROR_NO_NETWORK);
  assert_token (client, "access-1");

  tried = count_tokens (client);
  baton_clock_advance (client->clock, 6 * SECOND);
  wait_tokens (client, tried + 1);
  baton_clock_advance (client->clock, 10 * SECOND);
  settle ();

  token = client_get_token (client, &error);
  g_assert_error (error, BATON_ERROR, BATON_ERROR_NO_NETWORK);
  g_assert_cmpint (baton_token_keeper_get_state (client->keeper), ==, BATON_KEEPER_OFFLINE);

  client_give_tokens (client, "access-2", "100");
  baton_clock_advance (client->clock, 9 * MINUTE);
  wait_tokens (client, 1);
  g_assert_cmpint (baton_token_keeper_get_state (client->keeper), ==, BATON_KEEPER_VALID);
  g_assert_cmpstr (get_text (client), ==, "access-2");
}

/* A service that says no for now is left alone for as long as it says. */
static void
test_rate_limited (Client *client, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) again = NULL;
  g_autoptr (BatonToken) token = NULL;

  fault_server_reset (client->server, TEST_TOKENS);
  fault_server_add (client->server, TEST_TOKENS, 429, "Retry-After: 120\r\n", "");
  token = client_get_token (client, &error);
  g_assert_error (error, BATON_ERROR, BATON_ERROR_RATE_LIMITED);
  g_assert_cmpint (baton_token_keeper_get_state (client->keeper), ==, BATON_KEEPER_OFFLINE);

  baton_clock_advance (client->clock, 100 * SECOND);
  token = client_get_token (client, &again);
  g_assert_error (again, BATON_ERROR, BATON_ERROR_RATE_LIMITED);
  g_assert_cmpuint (count_tokens (client), ==, 1);

  client_give_tokens (client, "access-1", "100");
  baton_clock_advance (client->clock, 21 * SECOND);
  wait_tokens (client, 1);
  assert_token (client, "access-1");
}

/* What fails is tried three times within ten minutes; a fourth time where a person insists. */
static void
test_failing_guard (Client *client, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BatonToken) token = NULL;

  fault_server_reset (client->server, TEST_TOKENS);
  fault_server_add (client->server, TEST_TOKENS, 500, NULL, "");
  token = client_get_token (client, &error);
  g_assert_error (error, BATON_ERROR, BATON_ERROR_SERVER);

  for (guint i = 0; i < 100; i++)
    {
      baton_clock_advance (client->clock, 5 * SECOND);
      settle ();
    }
  g_assert_cmpuint (count_tokens (client), ==, 3);

  g_clear_error (&error);
  token = client_renew (client, &error);
  g_assert_error (error, BATON_ERROR, BATON_ERROR_SERVER);
  g_assert_cmpuint (count_tokens (client), ==, 4);
  g_clear_error (&error);
  token = client_renew (client, &error);
  g_assert_error (error, BATON_ERROR, BATON_ERROR_SERVER);
  g_assert_cmpuint (count_tokens (client), ==, 4);

  client_give_tokens (client, "access-1", "100");
  baton_clock_advance (client->clock, 7 * MINUTE);
  wait_tokens (client, 1);
  g_assert_cmpstr (get_text (client), ==, "access-1");
}

/* Nor may what succeeds be asked for without end. */
static void
test_guard_on_success (Client *client, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BatonToken) late = NULL;

  for (guint i = 0; i < 4; i++)
    {
      g_autoptr (BatonToken) token = client_renew (client, &error);

      g_assert_no_error (error);
    }
  g_assert_null (client_renew (client, &error));
  g_assert_error (error, BATON_ERROR, BATON_ERROR_RATE_LIMITED);
  g_assert_cmpint (baton_error_get_details (error)->retry_at, ==, TEST_START + 10 * MINUTE);
  g_assert_cmpint (baton_token_keeper_get_state (client->keeper), ==, BATON_KEEPER_VALID);
  assert_token (client, "access-1");

  g_clear_error (&error);
  baton_clock_advance (client->clock, 10 * MINUTE);
  late = client_renew (client, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (count_tokens (client), ==, 5);
}

static void
test_invalidate (Client *client, gconstpointer data)
{
  g_autoptr (BatonToken) first = client_get_token (client, NULL);

  client_give_tokens (client, "access-2", "86400");
  baton_token_keeper_invalidate (client->keeper, first);
  assert_token (client, "access-2");

  /* late news of the old one */
  baton_token_keeper_invalidate (client->keeper, first);
  assert_token (client, "access-2");
  g_assert_cmpuint (count_tokens (client), ==, 1);
}

static void
test_bad_answers (Client *client, gconstpointer data)
{
  static const struct
  {
    guint status;
    const char *headers;
    const char *body;
    BatonErrorCode code;
  } cases[] = {
    { 401, NULL, "{\"error\":\"invalid_client\"}", BATON_ERROR_BAD_CREDENTIALS },
    { 401, NULL, "{\"error\":\"access_denied\",\"error_description\":\"Unauthorized\"}",
      BATON_ERROR_BAD_CREDENTIALS },
    { 403, NULL, INVALID_GRANT, BATON_ERROR_BAD_CREDENTIALS },
    { 400, NULL, "{\"error\":\"invalid_request\",\"error_description\":\"x\"}",
      BATON_ERROR_INVALID },
    { 404, NULL, "", BATON_ERROR_WRONG_ADDRESS },
    { 200, "Content-Type: text/html\r\n", "<html>", BATON_ERROR_WRONG_ADDRESS },
    { 302, "Location: /x\r\n", "", BATON_ERROR_WRONG_ADDRESS },
    { 200, NULL, "", BATON_ERROR_BAD_ANSWER },
    { 200, NULL, "[]", BATON_ERROR_BAD_ANSWER },
    { 200, NULL, "{\"token_type\":\"Bearer\"}", BATON_ERROR_BAD_ANSWER },
    { 200, NULL, "{\"access_token\":\"x\",\"expires_in\":0}", BATON_ERROR_BAD_ANSWER },
    { 200, NULL, "{\"access_token\":\"x\",\"expires_in\":-5}", BATON_ERROR_BAD_ANSWER },
    { 500, NULL, "", BATON_ERROR_SERVER },
    { 503, NULL, "", BATON_ERROR_SERVER },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;

      fault_server_reset (client->server, TEST_TOKENS);
      fault_server_add (client->server, TEST_TOKENS, cases[i].status, cases[i].headers,
                        cases[i].body);
      g_test_message ("%u %s", cases[i].status, cases[i].body);
      g_assert_false (client_sign_in (client, "typed-key-77", NULL, &error));
      g_assert_error (error, BATON_ERROR, (int) cases[i].code);
      g_assert_null (strstr (error->message, "typed-key-77"));
      g_assert_cmpint (baton_token_keeper_get_state (client->keeper), ==, BATON_KEEPER_SIGNED_OUT);
    }

  /* what is absurd is bounded */
  client_give_tokens (client, "access-1", "9223372036854775807");
  g_assert_true (client_sign_in (client, "typed-key-77", NULL, NULL));
}

/* No keyring here: the token is good all the same, and the key is kept for this run. */
static void
test_no_keyring (Client *client, gconstpointer data)
{
  g_autoptr (GError) keyring_error = NULL;
  g_autoptr (GError) error = NULL;

  baton_secret_store_drop_from_memory (client->store, "test");
  g_assert_true (client_sign_in (client, "typed-key-77", &keyring_error, &error));
  g_assert_error (keyring_error, BATON_ERROR, BATON_ERROR_KEYRING_UNAVAILABLE);
  g_assert_true (baton_secret_store_is_in_memory (client->store, "test"));

  client_give_tokens (client, "access-2", "100");
  {
    g_autoptr (BatonToken) token = client_renew (client, &error);
    g_autofree char *request = fault_server_dup_request (client->server, TEST_TOKENS);

    g_assert_no_error (error);
    g_assert_nonnull (strstr (request, "typed-key-77"));
  }
}

static void
test_nothing_kept (Client *client, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BatonToken) token = NULL;

  baton_secret_store_drop_from_memory (client->store, "test");
  token = client_get_token (client, &error);
  g_assert_error (error, BATON_ERROR, BATON_ERROR_KEYRING_UNAVAILABLE);
  g_assert_cmpint (baton_token_keeper_get_state (client->keeper), ==, BATON_KEEPER_SIGNED_OUT);
  g_assert_cmpuint (count_tokens (client), ==, 0);
}

static void
test_no_client_id (Client *client, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  baton_account_set_client_id (client->account, NULL);
  g_assert_false (client_sign_in (client, TEST_KEY, NULL, &error));
  g_assert_error (error, BATON_ERROR, BATON_ERROR_INVALID);
}

typedef struct
{
  gboolean done;
  gboolean finished;
  GError *server_error;
  GError *keyring_error;
} Revoked;

static void
revoked_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  Revoked *revoked = user_data;

  revoked->finished = baton_token_keeper_revoke_finish (
      BATON_TOKEN_KEEPER (object), result, &revoked->server_error, &revoked->keyring_error);
  revoked->done = TRUE;
}

static void
test_revoke (Client *client, gconstpointer data)
{
  Revoked first = { 0 };
  Revoked second = { 0 };
  g_autofree char *request = NULL;

  assert_token (client, "access-1");

  /* the server is away: forgotten here, and remembered for another try */
  fault_server_add (client->server, REVOKE, 503, NULL, "");
  baton_token_keeper_revoke_async (client->keeper, NULL, revoked_cb, &first);
  client_wait_still (&first.done);
  g_assert_true (first.finished);
  g_assert_error (first.server_error, BATON_ERROR, BATON_ERROR_SERVER);
  g_assert_false (baton_secret_store_is_in_memory (client->store, "test"));
  g_assert_null (baton_token_keeper_get_token (client->keeper));
  g_assert_cmpint (baton_token_keeper_get_state (client->keeper), ==, BATON_KEEPER_SIGNED_OUT);

  fault_server_reset (client->server, REVOKE);
  fault_server_add (client->server, REVOKE, 200, NULL, "");
  baton_token_keeper_revoke_async (client->keeper, NULL, revoked_cb, &second);
  client_wait_still (&second.done);
  g_assert_true (second.finished);
  g_assert_no_error (second.server_error);
  g_assert_cmpint (baton_token_keeper_get_state (client->keeper), ==, BATON_KEEPER_REVOKED);
  request = fault_server_dup_request (client->server, REVOKE);
  g_assert_nonnull (strstr (request, "\"token\":\"" TEST_KEY "\""));

  g_clear_error (&first.server_error);
  g_clear_error (&first.keyring_error);
  g_clear_error (&second.keyring_error);
}

/* A renewal that is on its way when a new key is entered must not say "revoked" afterwards. */
static void
test_sign_in_overtakes (Client *client, gconstpointer data)
{
  Many many = { .n_all = 1 };

  fault_server_reset (client->server, TEST_TOKENS);
  fault_server_add_raw (client->server, TEST_TOKENS, "", 0, TRUE);
  baton_token_keeper_get_token_async (client->keeper, NULL, many_cb, &many);
  while (count_tokens (client) == 0)
    g_main_context_iteration (NULL, FALSE);

  client_give_tokens (client, "access-9", "100");
  g_assert_true (client_sign_in (client, "new-key-1234", NULL, NULL));
  g_assert_cmpint (baton_token_keeper_get_state (client->keeper), ==, BATON_KEEPER_VALID);

  /* the old one ends with the server */
  fault_server_free (client->server);
  client->server = fault_server_new (NULL);
  client_wait_still (&many.done);
  g_assert_cmpuint (many.n_good, ==, 1);
  g_assert_cmpint (baton_token_keeper_get_state (client->keeper), ==, BATON_KEEPER_VALID);
  g_assert_cmpstr (get_text (client), ==, "access-9");
}

typedef struct
{
  gboolean done;
  BatonToken *token;
  GError *error;
} Acquired;

static void
acquired_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  Acquired *acquired = user_data;
  BatonSecret *rotated = NULL;

  acquired->token = baton_authenticator_acquire_finish (BATON_AUTHENTICATOR (object), result,
                                                        &rotated,
                                                        &acquired->error);
  g_assert_null (rotated);
  acquired->done = TRUE;
}

static void
test_password (Client *client, gconstpointer data)
{
  static const struct
  {
    guint status;
    const char *body;
    int code; /* -1: good */
  } cases[] = {
    { 200,
      "{\"result\":\"tok-1\",\"targetUrl\":null,\"success\":true,\"error\":null,\"__abp\":true}",
      -1 },
    { 400,
      "{\"success\":false,\"error\":{\"code\":1000,\"message\":\"Invalid username/email address or "
           "password.\"},\"__abp\":true}",
      BATON_ERROR_BAD_CREDENTIALS },
    { 200,
      "{\"success\":false,\"error\":{\"message\":\"Username cannot be empty.\"},\"__abp\":true}",
      BATON_ERROR_BAD_CREDENTIALS },
    { 500,
      "{\"success\":false,\"error\":{\"message\":\"There is no tenant defined with name x\"},"
      "\"__abp\":true}",
      BATON_ERROR_BAD_CREDENTIALS },
    { 500,
      "{\"success\":false,\"error\":{\"message\":\"An internal error occurred during your "
      "request!\"},"
           "\"__abp\":true}",
      BATON_ERROR_SERVER },
    { 200, "{\"result\":null,\"success\":true,\"__abp\":true}", BATON_ERROR_BAD_ANSWER },
    { 200, "<html>Swagger</html>", BATON_ERROR_WRONG_ADDRESS },
    { 401, "", BATON_ERROR_BAD_CREDENTIALS },
  };
  g_autoptr (BatonDeployment) origin =
      baton_deployment_parse (fault_server_get_origin (client->server), NULL);
  g_autoptr (BatonDeployment) deployment = baton_deployment_with_tenant (origin, NULL, "Default");
  g_autoptr (BatonAccount) account = baton_account_new (NULL, deployment, BATON_METHOD_PASSWORD);
  g_autoptr (BatonAuthenticator) authenticator = baton_authenticator_new (BATON_METHOD_PASSWORD, client->clock);
  g_autoptr (BatonSecret) secret = baton_secret_new (BATON_SECRET_PASSWORD, "s3cret-word", 0, 0);
  g_autofree char *request = NULL;

  baton_account_set_user_name (account, "admin");
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      Acquired acquired = { 0 };

      fault_server_reset (client->server, PASSWORDS);
      fault_server_add (client->server, PASSWORDS, cases[i].status, NULL, cases[i].body);
      baton_authenticator_acquire_async (authenticator, account, secret, NULL, acquired_cb,
                                         &acquired);
      client_wait_still (&acquired.done);
      g_test_message ("%u %s", cases[i].status, cases[i].body);

      if (cases[i].code >= 0)
        g_assert_error (acquired.error, BATON_ERROR, cases[i].code);
      else
        {
          g_assert_no_error (acquired.error);
          g_assert_cmpstr (baton_token_get_access_token (acquired.token), ==, "tok-1");
          g_assert_cmpint (baton_token_get_expires_at (acquired.token) - baton_clock_now (client->clock),
                           ==, 30 * MINUTE);
          g_assert_null (baton_token_get_id_token (acquired.token));
        }
      g_clear_pointer (&acquired.token, baton_token_unref);
      g_clear_error (&acquired.error);
    }

  request = fault_server_dup_request (client->server, PASSWORDS);
  g_assert_nonnull (strstr (request, "\"tenancyName\":\"Default\""));
  g_assert_nonnull (strstr (request, "\"usernameOrEmailAddress\":\"admin\""));
  g_assert_nonnull (strstr (request, "\"password\":\"s3cret-word\""));
}

#define CONNECT_TOKEN "POST /identity_/connect/token"

/* An account of the browser with the refresh token "rt-1", and a server that gives the next one each
 * time. */
static BatonTokenKeeper *
make_rotating_keeper (Client *client)
{
  g_autoptr (BatonAccount) account = baton_account_new (
      "rotating", baton_account_get_deployment (client->account), BATON_METHOD_BROWSER);
  g_autoptr (BatonAuthenticator) authenticator =
      baton_authenticator_new (BATON_METHOD_BROWSER, client->clock);

  baton_account_set_client_id (account, TEST_CLIENT);

  return baton_token_keeper_new (account, authenticator, client->store, client->clock);
}

static void
keep_refresh_token (Client *client)
{
  g_autoptr (BatonSecret) secret = baton_secret_new (BATON_SECRET_REFRESH_TOKEN, "rt-1", 0, 0);

  baton_secret_store_keep_in_memory (client->store, "rotating", secret);
  fault_server_add (client->server, CONNECT_TOKEN, 200, NULL,
                    "{\"access_token\":\"at-1\",\"refresh_token\":\"rt-2\"}");
  fault_server_add (client->server, CONNECT_TOKEN, 200, NULL,
                    "{\"access_token\":\"at-2\",\"refresh_token\":\"rt-3\"}");
}

static void
looked_up_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  BatonSecret **secret = user_data;

  *secret = baton_secret_store_lookup_finish (BATON_SECRET_STORE (object), result, NULL);
}

static void
assert_kept (Client *client, const char *value)
{
  g_autoptr (BatonSecret) secret = NULL;

  baton_secret_store_lookup_async (client->store, "rotating", NULL, looked_up_cb, &secret);
  while (secret == NULL)
    g_main_context_iteration (NULL, FALSE);
  g_assert_cmpstr (baton_secret_get_value (secret), ==, value);
}

typedef struct
{
  BatonToken *token;
  GError *error;
  gboolean done;
} Renewed;

static void
renewed_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  Renewed *renewed = user_data;

  renewed->token =
      baton_token_keeper_renew_finish (BATON_TOKEN_KEEPER (object), result, &renewed->error);
  renewed->done = TRUE;
}

/* As in two processes: each refresh token is good for one use. */
static void
test_two_keepers (Client *client, gconstpointer data)
{
  BatonTokenKeeper *first = make_rotating_keeper (client);
  BatonTokenKeeper *second = make_rotating_keeper (client);
  Renewed renewed[2] = { 0 };
  g_autofree char *request = NULL;

  keep_refresh_token (client);
  baton_token_keeper_renew_async (first, NULL, renewed_cb, &renewed[0]);
  baton_token_keeper_renew_async (second, NULL, renewed_cb, &renewed[1]);
  client_wait_still (&renewed[0].done);
  client_wait_still (&renewed[1].done);

  for (guint i = 0; i < 2; i++)
    {
      g_assert_no_error (renewed[i].error);
      baton_token_unref (renewed[i].token);
    }
  g_assert_cmpuint (fault_server_count (client->server, CONNECT_TOKEN), ==, 2);
  request = fault_server_dup_request (client->server, CONNECT_TOKEN);
  g_assert_nonnull (strstr (request, "refresh_token=rt-2"));
  assert_kept (client, "rt-3");
  g_object_unref (first);
  g_object_unref (second);
}

/* Who waits may go, but a refresh token that was sent is spent. */
static void
test_cancelled_rotation (Client *client, gconstpointer data)
{
  BatonTokenKeeper *keeper = make_rotating_keeper (client);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  Renewed renewed = { 0 };

  keep_refresh_token (client);
  baton_token_keeper_renew_async (keeper, cancellable, renewed_cb, &renewed);
  while (fault_server_count (client->server, CONNECT_TOKEN) == 0)
    g_main_context_iteration (NULL, FALSE);
  g_cancellable_cancel (cancellable);
  client_wait_still (&renewed.done);
  while (baton_token_keeper_get_state (keeper) == BATON_KEEPER_RENEWING)
    g_main_context_iteration (NULL, FALSE);

  g_assert_cmpint (baton_token_keeper_get_state (keeper), ==, BATON_KEEPER_VALID);
  assert_kept (client, "rt-2");
  g_clear_pointer (&renewed.token, baton_token_unref);
  g_clear_error (&renewed.error);
  g_object_unref (keeper);
}

static void
test_claims (void)
{
  /* {"iss":"https://account.uipath.com/","exp":1700086400,"n":"ÿ?>"} without padding */
  g_autoptr (BatonToken) jwt = baton_token_new (
      "e30.eyJpc3MiOiJodHRwczovL2FjY291bnQudWlwYXRoLmNvbS8iLCJleHAiOjE3MDAwODY0MDAsIm4iOiLDvz8-In0.sig",
      NULL, 0, 0);
  static const char *const opaque[] = { "opaque", "a.b", "a.b.c", "a..c", "a.W10.c", "a.b.c.d" };
  g_autoptr (JsonNode) claims = baton_token_dup_claims (jwt);

  g_assert_cmpint (baton_json_peek_int (baton_json_peek_root_object (claims), "exp", 0), ==,
                   1700086400);
  g_assert_cmpstr (baton_json_peek_string (baton_json_peek_root_object (claims), "n"), ==, "ÿ?>");

  for (guint i = 0; i < G_N_ELEMENTS (opaque); i++)
    {
      g_autoptr (BatonToken) token = baton_token_new (opaque[i], NULL, 0, 0);

      g_assert_null (baton_token_dup_claims (token));
    }
}

static void
test_redacted_while_alive (void)
{
  g_autofree char *during = NULL;
  g_autofree char *after = NULL;
  BatonToken *token = baton_token_new ("access-secret-1", "id-secret-1", 0, 0);

  during = baton_redact ("x access-secret-1 y id-secret-1 z");
  g_assert_null (strstr (during, "secret-1"));
  baton_token_unref (token);
  after = baton_redact ("x access-secret-1 y");
  g_assert_nonnull (strstr (after, "access-secret-1"));
}

int
main (int argc, char **argv)
{
  /* a bus that nobody is at: no keyring */
  g_setenv ("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent/bus", TRUE);
  client_use_own_runtime_folder ();
  g_test_init (&argc, &argv, NULL);

#define ADD(name, function) \
  g_test_add ("/baton/orchestrator/token-keeper/" name, Client, NULL, client_set_up, function, \
              client_tear_down)
  ADD ("life", test_life);
  ADD ("jitter", test_jitter);
  ADD ("renews-by-timer", test_renews_by_timer);
  ADD ("day-in-a-moment", test_day_in_a_moment);
  ADD ("suspend", test_suspend);
  ADD ("suspend-unused", test_suspend_unused);
  ADD ("clock-set-back", test_clock_set_back);
  ADD ("single-flight", test_single_flight);
  ADD ("cancelled", test_cancelled);
  ADD ("revoked", test_revoked);
  ADD ("offline", test_offline);
  ADD ("rate-limited", test_rate_limited);
  ADD ("failing-guard", test_failing_guard);
  ADD ("guard-on-success", test_guard_on_success);
  ADD ("invalidate", test_invalidate);
  ADD ("bad-answers", test_bad_answers);
  ADD ("no-keyring", test_no_keyring);
  ADD ("nothing-kept", test_nothing_kept);
  ADD ("no-client-id", test_no_client_id);
  ADD ("revoke", test_revoke);
  ADD ("sign-in-overtakes", test_sign_in_overtakes);
  ADD ("password", test_password);
  ADD ("two-keepers", test_two_keepers);
  ADD ("cancelled-rotation", test_cancelled_rotation);
  g_test_add_func ("/baton/orchestrator/token/claims", test_claims);
  g_test_add_func ("/baton/orchestrator/token/redacted-while-alive", test_redacted_while_alive);

  return g_test_run ();
}
