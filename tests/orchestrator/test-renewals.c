/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <gio/gio.h>

#include "auth/baton-renewal-pace.h"
#include "baton-lock.h"
#include "client-fixture.h"

/* Renewals that go wrong by the clock, by the network, or by who else renews. */

#define SECOND G_TIME_SPAN_SECOND
#define MINUTE G_TIME_SPAN_MINUTE
#define HOUR G_TIME_SPAN_HOUR
#define DAY G_TIME_SPAN_DAY
#define REVOCATION "POST /identity_/connect/revocation"
#define CONNECT_TOKEN "POST /identity_/connect/token"

/* An account that signs in otherwise than the fixture's, at the same server. */
typedef struct
{
  BatonAccount *account;
  BatonAuthenticator *authenticator;
  BatonTokenKeeper *keeper;
} Other;

static void
other_clear (Other *other)
{
  g_object_unref (other->keeper);
  g_object_unref (other->authenticator);
  g_object_unref (other->account);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Other, other_clear)

/* @secret: (transfer full): kept in memory. */
static Other
make_other (Client *client, BatonMethod method, BatonSecret *secret)
{
  Other other = { 0 };

  other.account
      = baton_account_new ("other", baton_account_get_deployment (client->account), method);
  baton_account_set_client_id (other.account, TEST_CLIENT);
  other.authenticator = baton_authenticator_new (method, client->clock);
  other.keeper
      = baton_token_keeper_new (other.account, other.authenticator, client->store, client->clock);
  baton_secret_store_keep_in_memory (client->store, "other", secret);
  baton_secret_unref (secret);

  return other;
}

typedef struct
{
  BatonToken *token;
  GError *error;
  gboolean done;
} Got;

static void
got_clear (Got *got)
{
  g_clear_pointer (&got->token, baton_token_unref);
  g_clear_error (&got->error);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Got, got_clear)

static void
got_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  Got *got = user_data;

  got->token
      = baton_token_keeper_get_token_finish (BATON_TOKEN_KEEPER (object), result, &got->error);
  got->done = TRUE;
}

static Got
get_token (BatonTokenKeeper *keeper)
{
  Got got = { 0 };

  baton_token_keeper_get_token_async (keeper, NULL, got_cb, &got);
  client_wait_still (&got.done);

  return got;
}

static void
run_until_count (Client *client, const char *what, guint n)
{
  gint64 limit = g_get_monotonic_time () + MINUTE;

  while (fault_server_count (client->server, what) < n)
    {
      g_assert_cmpint (g_get_monotonic_time (), <, limit);
      g_main_context_iteration (NULL, FALSE);
    }
}

static void
run_while_renewing (BatonTokenKeeper *keeper)
{
  gint64 limit = g_get_monotonic_time () + MINUTE;

  while (baton_token_keeper_get_state (keeper) == BATON_KEEPER_RENEWING)
    {
      g_assert_cmpint (g_get_monotonic_time (), <, limit);
      g_main_context_iteration (NULL, FALSE);
    }
}

static void
lock_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  BatonLock **lock = user_data;
  g_autoptr (GError) error = NULL;

  *lock = baton_lock_acquire_finish (result, &error);
  g_assert_no_error (error);
}

/* As another process does. Returns: (transfer full) */
static BatonLock *
hold_lock (const char *name)
{
  BatonLock *lock = NULL;

  baton_lock_acquire_async (name, NULL, lock_cb, &lock);
  while (lock == NULL)
    g_main_context_iteration (NULL, TRUE);

  return lock;
}

/* The server refuses each token that it gives: the rest of the program asks a thousand times. */
static void
test_no_storm (Client *client, gconstpointer data)
{
  guint refused = 0;

  fault_server_add (client->server, TEST_LIST, 401, NULL, "");
  for (guint i = 0; i < 1000; i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (BatonToken) token = client_get_token (client, &error);

      if (token != NULL)
        baton_token_keeper_invalidate (client->keeper, token);
      else
        {
          g_assert_error (error, BATON_ERROR, BATON_ERROR_RATE_LIMITED);
          refused++;
        }
      baton_clock_advance (client->clock, SECOND / 2);
    }
  g_assert_cmpuint (refused, >, 900);
  g_assert_cmpuint (fault_server_count (client->server, TEST_TOKENS), <=, 5);
}

/* In no ten minutes more than five, however long it goes wrong and whoever insists. */
static void
test_pace (void)
{
  BatonRenewalPace pace = { 0 };
  g_autoptr (GArray) times = g_array_new (FALSE, FALSE, sizeof (gint64));

  for (gint64 now = HOUR; now < 25 * HOUR; now += SECOND)
    {
      if (now % (37 * SECOND) == 0)
        baton_renewal_pace_hasten (&pace, BATON_RENEWAL_OF_PERSON);
      if (now % (311 * SECOND) == 0)
        baton_renewal_pace_hasten (&pace, BATON_RENEWAL_OF_NETWORK);
      if (baton_renewal_pace_get_wait (&pace, now) > 0)
        continue;
      g_array_append_val (times, now);
      baton_renewal_pace_begin (&pace, now);
      baton_renewal_pace_fail (&pace, now, 0);
    }

  g_assert_cmpuint (times->len, >, 24 * 4);
  for (guint i = 5; i < times->len; i++)
    g_assert_cmpint (g_array_index (times, gint64, i) - g_array_index (times, gint64, i - 5), >=,
                     BATON_RENEWAL_PACE_SPAN);
}

/* The network is back: nobody waits for the end of a pause. */
static void
test_network_returns (Client *client, gconstpointer data)
{
  g_auto (Got) got = { 0 };
  guint n = 0;

  fault_server_reset (client->server, TEST_TOKENS);
  fault_server_add_raw (client->server, TEST_TOKENS, "", 0, FALSE);
  got = get_token (client->keeper);
  g_assert_error (got.error, BATON_ERROR, BATON_ERROR_NO_NETWORK);
  for (guint i = 0; i < 3; i++)
    {
      n = fault_server_count (client->server, TEST_TOKENS);
      baton_clock_advance (client->clock, 11 * MINUTE);
      run_until_count (client, TEST_TOKENS, n + 1);
      run_while_renewing (client->keeper);
    }

  client_give_tokens (client, "access-1", "600");
  g_signal_emit_by_name (g_network_monitor_get_default (), "network-changed", FALSE);
  baton_clock_advance (client->clock, SECOND);
  g_assert_cmpint (baton_token_keeper_get_state (client->keeper), ==, BATON_KEEPER_OFFLINE);
  g_signal_emit_by_name (g_network_monitor_get_default (), "network-changed", TRUE);
  baton_clock_advance (client->clock, 3 * SECOND);
  run_until_count (client, TEST_TOKENS, 1);
  run_while_renewing (client->keeper);
  g_assert_cmpint (baton_token_keeper_get_state (client->keeper), ==, BATON_KEEPER_VALID);
}

/* What wants a token while the network is away. */
typedef struct
{
  guint click_every;   /* seconds, 0 never: "Try again" */
  guint network_every; /* the same: another network comes, and does not lead anywhere */
} Hour;

/* Counts attempts as they come, and that they are never too many. */
static void
note_attempts (Client *client, GArray *times, guint before)
{
  gint64 now = baton_clock_monotonic (client->clock);

  for (guint n = fault_server_count (client->server, TEST_TOKENS); before < n; before++)
    g_array_append_val (times, now);
  if (times->len > 5)
    g_assert_cmpint (now - g_array_index (times, gint64, times->len - 6), >=,
                     BATON_RENEWAL_PACE_SPAN);
}

static void
ask_and_drop (Client *client, gint64 *retry_at)
{
  g_auto (Got) got = get_token (client->keeper);

  g_assert_error (got.error, BATON_ERROR, BATON_ERROR_NO_NETWORK);
  *retry_at = baton_error_get_details (got.error)->retry_at;
}

/* From a good token to an hour without the network. Returns: (transfer full): when it was tried. */
static GArray *
spend_an_hour (Client *client, const Hour *hour)
{
  GArray *times = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_auto (Got) good = { 0 };
  gint64 retry_at;

  client_give_tokens (client, "access-1", "600");
  good = get_token (client->keeper);
  g_assert_no_error (good.error);
  fault_server_reset (client->server, TEST_TOKENS);
  fault_server_add_raw (client->server, TEST_TOKENS, "", 0, FALSE);
  baton_clock_advance (client->clock, 605 * SECOND);
  for (guint second = 0; second < 3600; second++)
    {
      guint before = fault_server_count (client->server, TEST_TOKENS);

      if (hour->click_every != 0 && second % hour->click_every == 0)
        baton_token_keeper_insist (client->keeper);
      if (hour->network_every != 0 && second % hour->network_every == 0)
        g_signal_emit_by_name (g_network_monitor_get_default (), "network-changed", TRUE);
      ask_and_drop (client, &retry_at);
      baton_clock_advance (client->clock, SECOND);
      run_while_renewing (client->keeper);
      note_attempts (client, times, before);
    }

  return times;
}

static void
assert_back (Client *client)
{
  run_until_count (client, TEST_TOKENS, 1);
  run_while_renewing (client->keeper);
  g_assert_cmpint (baton_token_keeper_get_state (client->keeper), ==, BATON_KEEPER_VALID);
}

/* An hour without the network, whatever a person does meanwhile: never more than five attempts
 * within ten minutes, and the account is back as soon as the network is. */
static void
test_hour_away (Client *client, gconstpointer data)
{
  g_autoptr (GArray) times = spend_an_hour (client, data);

  g_assert_cmpuint (times->len, >=, 10);
  client_give_tokens (client, "access-2", "600");
  g_signal_emit_by_name (g_network_monitor_get_default (), "network-changed", TRUE);
  baton_clock_advance (client->clock, 3 * SECOND);
  assert_back (client);
}

/* The same where nothing tells of the network: at a click. */
static void
test_hour_away_click (Client *client, gconstpointer data)
{
  g_autoptr (GArray) times = spend_an_hour (client, data);
  g_auto (Got) got = { 0 };

  client_give_tokens (client, "access-2", "600");
  baton_token_keeper_insist (client->keeper);
  got = get_token (client->keeper);
  g_assert_no_error (got.error);
}

/* Who clicked too often is told when it goes on, and it does. */
static void
test_clicks_used_up (Client *client, gconstpointer data)
{
  g_autoptr (GArray) times = spend_an_hour (client, data);
  gint64 left;
  gint64 retry_at;

  client_give_tokens (client, "access-2", "600");
  baton_token_keeper_insist (client->keeper);
  ask_and_drop (client, &retry_at);
  left = retry_at - baton_clock_now (client->clock);
  g_assert_cmpint (left, >, 0);
  g_assert_cmpint (left, <, BATON_RENEWAL_PACE_SPAN);
  g_assert_cmpint (baton_token_keeper_get_renews_at (client->keeper), ==, retry_at);
  g_assert_cmpuint (fault_server_count (client->server, TEST_TOKENS), ==, 0);
  baton_clock_advance (client->clock, left);
  assert_back (client);
}

static BatonTokenKeeper *
make_keeper (Client *client)
{
  return baton_token_keeper_new (client->account, client->authenticator, client->store,
                                 client->clock);
}

/* Who goes to another account and back has a new keeper each time, which knows what became of the attempts of those before. */
static void
test_keepers_of_an_account (Client *client, gconstpointer data)
{
  for (guint i = 0; i < 2 * BATON_RENEWAL_PACE_ATTEMPTS; i++)
    {
      g_autoptr (BatonTokenKeeper) keeper = make_keeper (client);
      g_auto (Got) got = get_token (keeper);

      g_assert_no_error (got.error);
    }

  baton_clock_advance (client->clock, BATON_RENEWAL_PACE_SPAN);
  fault_server_reset (client->server, TEST_TOKENS);
  for (guint i = 0; i < BATON_RENEWAL_PACE_ATTEMPTS; i++)
    fault_server_add_raw (client->server, TEST_TOKENS, "", 0, FALSE);
  for (guint i = 0; i < 2 * BATON_RENEWAL_PACE_ATTEMPTS; i++)
    {
      g_autoptr (BatonTokenKeeper) keeper = make_keeper (client);
      g_auto (Got) got = get_token (keeper);

      g_assert_nonnull (got.error);
    }
  g_assert_cmpuint (fault_server_count (client->server, TEST_TOKENS), ==,
                    BATON_RENEWAL_PACE_ATTEMPTS - 1);
}

/* "Try again" is let through at once. */
static void
test_insist (Client *client, gconstpointer data)
{
  g_auto (Got) got = { 0 };
  g_auto (Got) early = { 0 };
  g_auto (Got) insisting = { 0 };

  fault_server_reset (client->server, TEST_TOKENS);
  fault_server_add_raw (client->server, TEST_TOKENS, "", 0, FALSE);
  got = get_token (client->keeper);
  g_assert_error (got.error, BATON_ERROR, BATON_ERROR_NO_NETWORK);

  client_give_tokens (client, "access-1", "600");
  early = get_token (client->keeper);
  g_assert_error (early.error, BATON_ERROR, BATON_ERROR_NO_NETWORK);
  g_assert_cmpuint (fault_server_count (client->server, TEST_TOKENS), ==, 0);
  baton_token_keeper_insist (client->keeper);
  insisting = get_token (client->keeper);
  g_assert_no_error (insisting.error);
}

static char *
format_date (gint64 time)
{
  g_autoptr (GDateTime) date = g_date_time_new_from_unix_utc (time / G_USEC_PER_SEC);
  g_autofree char *text = g_date_time_format (date, "%a, %d %b %Y %H:%M:%S GMT");

  return g_strdup_printf ("Date: %s\r\n", text);
}

/* The machine's clock is two hours wrong, either way: a token lives as long as it lives. */
static void
test_clocks_differ (Client *client, gconstpointer data)
{
  static const int hours[] = { -2, 2 };

  for (guint i = 0; i < G_N_ELEMENTS (hours); i++)
    {
      gint64 offset = hours[i] * HOUR;
      g_autofree char *date = format_date (baton_clock_now (client->clock) + offset);
      g_auto (Other) other
          = make_other (client, BATON_METHOD_CLIENT_CREDENTIALS,
                        baton_secret_new (BATON_SECRET_CLIENT_SECRET, "s3cret-word", 0, 0));
      gint64 since = baton_clock_now (client->clock);

      fault_server_reset (client->server, CONNECT_TOKEN);
      fault_server_add (client->server, CONNECT_TOKEN, 200, date,
                        "{\"access_token\":\"at-1\",\"expires_in\":3600}");
      for (guint minute = 0; minute <= 47; minute++)
        {
          g_auto (Got) got = get_token (other.keeper);

          g_assert_no_error (got.error);
          g_assert_cmpint (baton_token_get_expires_at (got.token), ==, since + HOUR);
          if (minute < 46)
            baton_clock_advance (client->clock, MINUTE);
        }
      g_assert_cmpuint (fault_server_count (client->server, CONNECT_TOKEN), ==, 1);
      g_assert_cmpint (baton_token_keeper_get_offset (other.keeper), ==, offset);

      fault_server_reset (client->server, CONNECT_TOKEN);
      fault_server_add (client->server, CONNECT_TOKEN, 200, NULL,
                        "{\"access_token\":\"at-2\",\"expires_in\":3600}");
      baton_clock_advance (client->clock, 10 * MINUTE);
      run_until_count (client, CONNECT_TOKEN, 1);
      run_while_renewing (other.keeper);
      {
        g_auto (Got) got = get_token (other.keeper);

        g_assert_cmpstr (baton_token_get_access_token (got.token), ==, "at-2");
      }
    }
}

/* What a server says by a date is by the clock of that server. */
static void
test_retry_after_date (Client *client, gconstpointer data)
{
  gint64 server_now = TEST_START + 2 * HOUR;
  g_autofree char *date = format_date (server_now);
  g_autofree char *later = format_date (server_now + 2 * MINUTE);
  g_autofree char *headers = g_strconcat (date, "Retry-After:", later + strlen ("Date:"), NULL);
  g_auto (Got) got = { 0 };

  fault_server_reset (client->server, TEST_TOKENS);
  fault_server_add (client->server, TEST_TOKENS, 429, headers, "");
  got = get_token (client->keeper);
  g_assert_error (got.error, BATON_ERROR, BATON_ERROR_RATE_LIMITED);
  g_assert_cmpint (baton_error_get_details (got.error)->retry_at, ==, TEST_START + 2 * MINUTE);
}

/* A personal access token that ends by a date of the server's. */
static void
test_date_of_token (Client *client, gconstpointer data)
{
  g_auto (Other) other = make_other (
      client, BATON_METHOD_PERSONAL_ACCESS_TOKEN,
      baton_secret_new (BATON_SECRET_PERSONAL_ACCESS_TOKEN, "rt_1", TEST_START, TEST_START + DAY));
  g_auto (Got) got = get_token (other.keeper);
  g_auto (Got) moved = { 0 };
  g_auto (Got) ended = { 0 };

  g_assert_no_error (got.error);
  g_assert_cmpint (baton_token_get_expires_at (got.token), ==, TEST_START + DAY);

  baton_token_keeper_note_date (other.keeper, TEST_START + 2 * HOUR);
  baton_clock_advance (client->clock, SECOND);
  run_while_renewing (other.keeper);
  moved = get_token (other.keeper);
  while (baton_token_get_expires_at (moved.token) != TEST_START + DAY - 2 * HOUR)
    {
      got_clear (&moved);
      moved = get_token (other.keeper);
    }

  baton_clock_advance (client->clock, DAY - 2 * HOUR);
  ended = get_token (other.keeper);
  g_assert_error (ended.error, BATON_ERROR, BATON_ERROR_KEY_REVOKED);
  g_assert_cmpint (baton_token_keeper_get_state (other.keeper), ==, BATON_KEEPER_REVOKED);
}

/* A token that is its own secret does not get better by being read again. */
static void
test_refused_token (Client *client, gconstpointer data)
{
  g_auto (Other) other
      = make_other (client, BATON_METHOD_PERSONAL_ACCESS_TOKEN,
                    baton_secret_new (BATON_SECRET_PERSONAL_ACCESS_TOKEN, "rt_1", TEST_START, 0));
  g_auto (Got) got = get_token (other.keeper);
  g_auto (Got) again = { 0 };

  g_assert_no_error (got.error);
  baton_token_keeper_invalidate (other.keeper, got.token);
  again = get_token (other.keeper);
  g_assert_error (again.error, BATON_ERROR, BATON_ERROR_KEY_REVOKED);
  g_assert_cmpint (baton_token_keeper_get_state (other.keeper), ==, BATON_KEEPER_REVOKED);
}

/* A refresh token that ends before the access token is renewed before it ends. */
static void
test_refresh_token_ends (Client *client, gconstpointer data)
{
  gint64 ends = TEST_START + 20 * MINUTE;
  g_auto (Other) other
      = make_other (client, BATON_METHOD_BROWSER,
                    baton_secret_new (BATON_SECRET_REFRESH_TOKEN, "rt-1", TEST_START, ends));
  g_auto (Got) got = { 0 };

  /* It does not rotate at first. */
  fault_server_add (client->server, CONNECT_TOKEN, 200, NULL,
                    "{\"access_token\":\"at-1\",\"expires_in\":3600}");
  fault_server_add (client->server, CONNECT_TOKEN, 200, NULL,
                    "{\"access_token\":\"at-2\",\"expires_in\":3600,\"refresh_token\":\"rt-2\"}");
  got = get_token (other.keeper);
  g_assert_no_error (got.error);
  g_assert_cmpint (baton_token_keeper_get_secret_expires_at (other.keeper), ==, ends);
  g_assert_cmpint (baton_token_keeper_get_renews_at (other.keeper), <, ends);

  baton_clock_advance (client->clock, 15 * MINUTE);
  run_until_count (client, CONNECT_TOKEN, 2);
  run_while_renewing (other.keeper);
  g_assert_cmpint (baton_token_keeper_get_secret_expires_at (other.keeper), ==,
                   TEST_START + 15 * MINUTE + 60 * DAY);
  g_assert_cmpint (baton_token_keeper_get_renews_at (other.keeper), >, ends);
}

/* The refresh token was spent elsewhere, and what came for it is in the keyring already. */
static void
test_rotated_elsewhere (Client *client, gconstpointer data)
{
  g_auto (Other) other
      = make_other (client, BATON_METHOD_BROWSER,
                    baton_secret_new (BATON_SECRET_REFRESH_TOKEN, "rt-1", TEST_START, 0));
  g_autoptr (BatonSecret) newer
      = baton_secret_new (BATON_SECRET_REFRESH_TOKEN, "rt-2", TEST_START, 0);
  g_autofree char *request = NULL;
  Got got = { 0 };

  /* The first answer is held back until the other one has stored. */
  fault_server_add_raw (client->server, CONNECT_TOKEN, "", 0, TRUE);
  baton_token_keeper_get_token_async (other.keeper, NULL, got_cb, &got);
  run_until_count (client, CONNECT_TOKEN, 1);
  baton_secret_store_keep_in_memory (client->store, "other", newer);
  fault_server_reset (client->server, CONNECT_TOKEN);
  fault_server_add (client->server, CONNECT_TOKEN, 200, NULL,
                    "{\"access_token\":\"at-2\",\"expires_in\":3600,\"refresh_token\":\"rt-3\"}");
  fault_server_let_go (client->server, 400, "{\"error\":\"invalid_grant\"}");
  client_wait_still (&got.done);
  g_assert_no_error (got.error);
  g_assert_cmpstr (baton_token_get_access_token (got.token), ==, "at-2");
  request = fault_server_dup_request (client->server, CONNECT_TOKEN);
  g_assert_nonnull (strstr (request, "refresh_token=rt-2"));
  got_clear (&got);
}

/* Sends "rt-1" and is refused. Returns: (transfer full): why. */
static char *
renew_refused (Client *client, Other *other)
{
  g_auto (Got) got = { 0 };

  fault_server_reset (client->server, CONNECT_TOKEN);
  fault_server_add (client->server, CONNECT_TOKEN, 400, NULL, "{\"error\":\"invalid_grant\"}");
  baton_token_keeper_insist (other->keeper);
  got = get_token (other->keeper);
  g_assert_error (got.error, BATON_ERROR, BATON_ERROR_KEY_REVOKED);
  g_assert_cmpint (baton_token_keeper_get_state (other->keeper), ==, BATON_KEEPER_REVOKED);

  return g_strdup (baton_error_get_details (got.error)->reason);
}

/* What is refused after a renewal whose end nobody knows was lost with its answer; after one that
 * the server did not take it was not. */
static void
test_cut_off (Client *client, gconstpointer data)
{
  static const struct
  {
    const char *answer;
    const char *reason;
  } cases[] = {
    { "", BATON_REASON_CUT_OFF },
    { "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 90\r\n\r\n{\"acce",
      BATON_REASON_CUT_OFF },
    { "HTTP/1.1 503 Busy\r\nContent-Length: 0\r\n\r\n", BATON_REASON_CUT_OFF },
    { "HTTP/1.1 429 Slow\r\nContent-Length: 0\r\n\r\n", "invalid_grant" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_auto (Other) other
          = make_other (client, BATON_METHOD_BROWSER,
                        baton_secret_new (BATON_SECRET_REFRESH_TOKEN, "rt-1", TEST_START, 0));
      g_autofree char *reason = NULL;
      g_auto (Got) lost = { 0 };
      BatonLock *lock = NULL;

      fault_server_reset (client->server, CONNECT_TOKEN);
      fault_server_add_raw (client->server, CONNECT_TOKEN, cases[i].answer, -1, FALSE);
      lost = get_token (other.keeper);
      g_assert_nonnull (lost.error);
      reason = renew_refused (client, &other);
      g_assert_cmpstr (reason, ==, cases[i].reason);

      lock = hold_lock ("other");
      baton_lock_set_mark (lock, FALSE);
      baton_lock_release (lock);
    }
}

static void
revoked_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  gboolean *done = user_data;
  g_autoptr (GError) server_error = NULL;

  baton_token_keeper_revoke_finish (BATON_TOKEN_KEEPER (object), result, &server_error, NULL);
  g_assert_no_error (server_error);
  *done = TRUE;
}

static void
signed_in_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  gboolean *done = user_data;
  g_autoptr (GError) error = NULL;

  baton_token_keeper_sign_in_finish (BATON_TOKEN_KEEPER (object), result, NULL, &error);
  g_assert_no_error (error);
  *done = TRUE;
}

static void
run_a_while (void)
{
  for (guint i = 0; i < 100; i++)
    {
      g_main_context_iteration (NULL, FALSE);
      g_usleep (1000);
    }
}

/* What another process is spending is not revoked, nor replaced, under its hands. */
static void
test_others_wait (Client *client, gconstpointer data)
{
  g_auto (Other) other
      = make_other (client, BATON_METHOD_BROWSER,
                    baton_secret_new (BATON_SECRET_REFRESH_TOKEN, "rt-1", TEST_START, 0));
  g_autoptr (BatonSecret) code = baton_secret_new_code ("code", "verifier", NULL, TEST_START);
  BatonLock *lock = hold_lock ("other");
  gboolean done = FALSE;

  fault_server_add (client->server, REVOCATION, 200, NULL, "");
  baton_token_keeper_revoke_async (other.keeper, NULL, revoked_cb, &done);
  run_a_while ();
  g_assert_cmpuint (fault_server_count (client->server, REVOCATION), ==, 0);
  baton_lock_release (lock);
  client_wait_still (&done);
  g_assert_cmpuint (fault_server_count (client->server, REVOCATION), ==, 1);

  lock = hold_lock ("other");
  done = FALSE;
  fault_server_add (client->server, CONNECT_TOKEN, 200, NULL,
                    "{\"access_token\":\"at-1\",\"expires_in\":3600,\"refresh_token\":\"rt-2\"}");
  baton_token_keeper_sign_in_async (other.keeper, code, NULL, signed_in_cb, &done);
  run_until_count (client, CONNECT_TOKEN, 1);
  run_a_while ();
  g_assert_false (done);
  baton_lock_release (lock);
  client_wait_still (&done);
}

/* The token ends while the keyring is away: that is no matter of the network, and it is over as
 * soon as the keyring is back. */
static void
test_keyring_away (Client *client, gconstpointer data)
{
  /* As it is renewed, and as the first pauses are. */
  static const guint seconds[] = { 480, 10, 25 };
  g_autoptr (BatonSecret) secret = baton_secret_new (BATON_SECRET_USER_KEY, TEST_KEY, 0, 0);
  g_auto (Got) good = { 0 };
  g_auto (Got) away = { 0 };
  g_auto (Got) back = { 0 };

  client_give_tokens (client, "access-1", "600");
  good = get_token (client->keeper);
  g_assert_no_error (good.error);
  baton_secret_store_drop_from_memory (client->store, "test");
  for (guint i = 0; i < G_N_ELEMENTS (seconds); i++)
    {
      baton_clock_advance (client->clock, seconds[i] * SECOND);
      run_a_while ();
      run_while_renewing (client->keeper);
    }
  g_assert_error (baton_token_keeper_get_error (client->keeper), BATON_ERROR,
                  BATON_ERROR_KEYRING_UNAVAILABLE);
  g_assert_cmpint (baton_token_keeper_get_state (client->keeper), ==, BATON_KEEPER_VALID);
  baton_clock_advance (client->clock, 30 * SECOND);
  away = get_token (client->keeper);
  g_assert_error (away.error, BATON_ERROR, BATON_ERROR_KEYRING_UNAVAILABLE);
  g_assert_cmpint (baton_token_keeper_get_state (client->keeper), ==, BATON_KEEPER_SIGNED_OUT);
  g_assert_cmpint (baton_token_keeper_get_renews_at (client->keeper), !=, 0);

  baton_secret_store_keep_in_memory (client->store, "test", secret);
  client_give_tokens (client, "access-2", "600");
  baton_clock_advance (client->clock, 5 * MINUTE);
  run_until_count (client, TEST_TOKENS, 1);
  run_while_renewing (client->keeper);
  back = get_token (client->keeper);
  g_assert_no_error (back.error);
}

static void
set_up (Client *client, gconstpointer data)
{
  client_set_up (client, NULL);
}

int
main (int argc, char **argv)
{
  static const Hour calm = { 0, 0 };
  static const Hour clicking = { 20, 0 };
  /* One comes every quarter of an hour, and clicks besides. */
  static const Hour networks = { 20, 900 };

  /* a bus that nobody is at: no keyring */
  g_setenv ("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent/bus", TRUE);
  client_use_own_runtime_folder ();
  g_test_init (&argc, &argv, NULL);

#define ADD_WITH(name, function, hour)                                                             \
  g_test_add ("/baton/orchestrator/renewals/" name, Client, hour, set_up, function,                \
              client_tear_down)
#define ADD(name, function) ADD_WITH (name, function, NULL)
  g_test_add_func ("/baton/orchestrator/renewals/pace", test_pace);
  ADD ("no-storm", test_no_storm);
  ADD ("network-returns", test_network_returns);
  ADD ("insist", test_insist);
  ADD ("keepers-of-an-account", test_keepers_of_an_account);
  ADD_WITH ("hour-away", test_hour_away, &calm);
  ADD_WITH ("hour-away-clicking", test_hour_away, &clicking);
  ADD_WITH ("hour-away-networks", test_hour_away, &networks);
  ADD_WITH ("hour-away-click", test_hour_away_click, &calm);
  ADD_WITH ("clicks-used-up", test_clicks_used_up, &clicking);
  ADD ("clocks-differ", test_clocks_differ);
  ADD ("retry-after-date", test_retry_after_date);
  ADD ("date-of-token", test_date_of_token);
  ADD ("refused-token", test_refused_token);
  ADD ("refresh-token-ends", test_refresh_token_ends);
  ADD ("rotated-elsewhere", test_rotated_elsewhere);
  ADD ("cut-off", test_cut_off);
  ADD ("others-wait", test_others_wait);
  ADD ("keyring-away", test_keyring_away);

  return g_test_run ();
}
