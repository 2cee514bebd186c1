/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "client-fixture.h"

/* The ways to sign in of external applications, and the token that is its own (fact
 * sheet 2.3, 2.4). */

#define CONNECT_TOKEN "POST /identity_/connect/token"
#define REVOCATION "POST /identity_/connect/revocation"

typedef struct
{
  BatonToken *token;
  BatonSecret *rotated;
  GError *error;
  gboolean revoked;
  gboolean done;
} Outcome;

static void
outcome_clear (Outcome *outcome)
{
  g_clear_pointer (&outcome->token, baton_token_unref);
  g_clear_pointer (&outcome->rotated, baton_secret_unref);
  g_clear_error (&outcome->error);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Outcome, outcome_clear)

static void
acquired_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  Outcome *outcome = user_data;

  outcome->token = baton_authenticator_acquire_finish (BATON_AUTHENTICATOR (object), result,
                                                       &outcome->rotated, &outcome->error);
  outcome->done = TRUE;
}

static void
revoked_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  Outcome *outcome = user_data;

  outcome->revoked
      = baton_authenticator_revoke_finish (BATON_AUTHENTICATOR (object), result, &outcome->error);
  outcome->done = TRUE;
}

static BatonAccount *
make_account (Client *client, BatonMethod method)
{
  BatonAccount *account
      = baton_account_new (NULL, baton_account_get_deployment (client->account), method);

  baton_account_set_client_id (account, "app 1");
  baton_account_set_scopes (account, "OR.Jobs OR.Folders.Read");
  baton_account_set_redirect_uri (account, "http://localhost:8104/oidc/login");

  return account;
}

static Outcome
acquire (Client *client, BatonMethod method, BatonSecret *secret)
{
  g_autoptr (BatonAccount) account = make_account (client, method);
  g_autoptr (BatonAuthenticator) authenticator = baton_authenticator_new (method, client->clock);
  Outcome outcome = { 0 };

  baton_authenticator_acquire_async (authenticator, account, secret, NULL, acquired_cb, &outcome);
  client_wait_still (&outcome.done);

  return outcome;
}

static Outcome
revoke_it (Client *client, BatonMethod method, BatonSecret *secret)
{
  g_autoptr (BatonAccount) account = make_account (client, method);
  g_autoptr (BatonAuthenticator) authenticator = baton_authenticator_new (method, client->clock);
  Outcome outcome = { 0 };

  baton_authenticator_revoke_async (authenticator, account, secret, NULL, revoked_cb, &outcome);
  client_wait_still (&outcome.done);

  return outcome;
}

static void
assert_sent (Client *client, const char *what, const char *body)
{
  g_autofree char *request = fault_server_dup_request (client->server, what);

  g_assert_nonnull (request);
  g_assert_nonnull (strstr (request, "application/x-www-form-urlencoded"));
  g_assert_cmpstr (strstr (request, "\r\n\r\n") + 4, ==, body);
}

static void
test_client_credentials (Client *client, gconstpointer data)
{
  g_autoptr (BatonSecret) secret = baton_secret_new (BATON_SECRET_CLIENT_SECRET, "s&cret", 0, 0);
  g_auto (Outcome) outcome = { 0 };
  g_auto (Outcome) revoked = { 0 };

  fault_server_add (client->server, CONNECT_TOKEN, 200, NULL,
                    "{\"access_token\":\"at-1\",\"expires_in\":1800,\"token_type\":\"Bearer\"}");
  outcome = acquire (client, BATON_METHOD_CLIENT_CREDENTIALS, secret);
  g_assert_no_error (outcome.error);
  g_assert_cmpstr (baton_token_get_access_token (outcome.token), ==, "at-1");
  g_assert_cmpint (baton_token_get_expires_at (outcome.token), ==,
                   TEST_START + 1800LL * G_USEC_PER_SEC);
  g_assert_null (outcome.rotated);
  /* No offline_access is added: the server refuses it for this grant. */
  assert_sent (client, CONNECT_TOKEN,
               "grant_type=client_credentials&client_id=app%201&client_secret=s%26cret"
               "&scope=OR.Jobs%20OR.Folders.Read");

  revoked = revoke_it (client, BATON_METHOD_CLIENT_CREDENTIALS, secret);
  g_assert_error (revoked.error, BATON_ERROR, BATON_ERROR_NOT_IMPLEMENTED);
}

static void
test_code (Client *client, gconstpointer data)
{
  g_autoptr (BatonSecret) code = baton_secret_new_code ("co/de", "the-verifier", NULL, 0);
  g_auto (Outcome) outcome = { 0 };

  fault_server_add (client->server, CONNECT_TOKEN, 200, NULL,
                    "{\"access_token\":\"at-1\",\"expires_in\":3600,\"refresh_token\":\"rt-1\"}");
  outcome = acquire (client, BATON_METHOD_BROWSER, code);
  g_assert_no_error (outcome.error);
  assert_sent (client, CONNECT_TOKEN,
               "grant_type=authorization_code&client_id=app%201&code=co%2Fde"
               "&code_verifier=the-verifier"
               "&redirect_uri=http%3A%2F%2Flocalhost%3A8104%2Foidc%2Flogin");
  g_assert_cmpint (baton_secret_get_kind (outcome.rotated), ==, BATON_SECRET_REFRESH_TOKEN);
  g_assert_cmpstr (baton_secret_get_value (outcome.rotated), ==, "rt-1");
  g_assert_cmpint (baton_secret_get_expires_at (outcome.rotated), ==,
                   TEST_START + 60 * 86400LL * G_USEC_PER_SEC);
}

/* A sign-in that would end in an hour is no sign-in. */
static void
test_no_refresh_token (Client *client, gconstpointer data)
{
  g_autoptr (BatonSecret) code = baton_secret_new_code ("code", "the-verifier", NULL, 0);
  g_auto (Outcome) outcome = { 0 };

  fault_server_add (client->server, CONNECT_TOKEN, 200, NULL, "{\"access_token\":\"at-1\"}");
  outcome = acquire (client, BATON_METHOD_BROWSER, code);
  g_assert_error (outcome.error, BATON_ERROR, BATON_ERROR_INVALID);
  g_assert_nonnull (strstr (outcome.error->message, "offline_access"));
}

static void
test_refresh (Client *client, gconstpointer data)
{
  g_autoptr (BatonSecret) refresh
      = baton_secret_new_of_client (BATON_SECRET_REFRESH_TOKEN, "rt-1", "client-s3cret", 0, 0);
  g_auto (Outcome) outcome = { 0 };
  g_auto (Outcome) kept = { 0 };
  g_auto (Outcome) revoked = { 0 };

  fault_server_add (client->server, CONNECT_TOKEN, 200, NULL,
                    "{\"access_token\":\"at-2\",\"refresh_token\":\"rt-2\"}");
  outcome = acquire (client, BATON_METHOD_BROWSER, refresh);
  g_assert_no_error (outcome.error);
  assert_sent (client, CONNECT_TOKEN,
               "grant_type=refresh_token&client_id=app%201&client_secret=client-s3cret"
               "&refresh_token=rt-1");
  g_assert_cmpstr (baton_secret_get_value (outcome.rotated), ==, "rt-2");
  g_assert_cmpstr (baton_secret_get_client_secret (outcome.rotated), ==, "client-s3cret");
  g_assert_cmpint (baton_token_get_expires_at (outcome.token), ==,
                   TEST_START + 3600LL * G_USEC_PER_SEC);

  /* Where none comes the old one goes on. */
  fault_server_reset (client->server, CONNECT_TOKEN);
  fault_server_add (client->server, CONNECT_TOKEN, 200, NULL, "{\"access_token\":\"at-3\"}");
  kept = acquire (client, BATON_METHOD_BROWSER, refresh);
  g_assert_no_error (kept.error);
  g_assert_null (kept.rotated);

  fault_server_add (client->server, REVOCATION, 200, NULL, "");
  revoked = revoke_it (client, BATON_METHOD_BROWSER, refresh);
  g_assert_no_error (revoked.error);
  g_assert_true (revoked.revoked);
  assert_sent (client, REVOCATION,
               "token=rt-1&token_type_hint=refresh_token&client_id=app%201"
               "&client_secret=client-s3cret");
}

static void
test_refused (Client *client, gconstpointer data)
{
  static const struct
  {
    guint status;
    const char *body;
    int code;
    const char *says;
  } cases[] = {
    { 400, "{\"error\":\"invalid_grant\"}", BATON_ERROR_KEY_REVOKED, "older than 60 days" },
    { 400, "{\"error\":\"invalid_client\"}", BATON_ERROR_BAD_CREDENTIALS, "client ID" },
    { 401, "{\"error\":\"invalid_client\"}", BATON_ERROR_BAD_CREDENTIALS, "client ID" },
    { 400, "{\"error\":\"unauthorized_client\"}", BATON_ERROR_BAD_CREDENTIALS, "in this way" },
    { 400, "{\"error\":\"invalid_scope\"}", BATON_ERROR_INVALID, "scopes" },
    { 429, "{}", BATON_ERROR_RATE_LIMITED, NULL },
    { 200, "<html>", BATON_ERROR_WRONG_ADDRESS, NULL },
    { 200, "{\"access_token\":\"\"}", BATON_ERROR_BAD_ANSWER, NULL },
    { 200, "{\"access_token\":\"a\",\"expires_in\":0}", BATON_ERROR_BAD_ANSWER, NULL },
  };
  g_autoptr (BatonSecret) refresh = baton_secret_new (BATON_SECRET_REFRESH_TOKEN, "rt-1", 0, 0);

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_auto (Outcome) outcome = { 0 };

      fault_server_reset (client->server, CONNECT_TOKEN);
      fault_server_add (client->server, CONNECT_TOKEN, cases[i].status, NULL, cases[i].body);
      outcome = acquire (client, BATON_METHOD_BROWSER, refresh);
      g_test_message ("%s", cases[i].body);
      g_assert_error (outcome.error, BATON_ERROR, cases[i].code);
      g_assert_null (outcome.rotated);
      if (cases[i].says != NULL)
        g_assert_nonnull (strstr (outcome.error->message, cases[i].says));
    }
}

static void
test_personal_access_token (Client *client, gconstpointer data)
{
  const gint64 day = 86400LL * G_USEC_PER_SEC;
  g_autoptr (BatonSecret) plain
      = baton_secret_new (BATON_SECRET_PERSONAL_ACCESS_TOKEN, "rt_1", TEST_START, 0);
  g_autoptr (BatonSecret) dated
      = baton_secret_new (BATON_SECRET_PERSONAL_ACCESS_TOKEN, "rt_2", TEST_START, TEST_START + day);
  g_autoptr (BatonSecret) ended
      = baton_secret_new (BATON_SECRET_PERSONAL_ACCESS_TOKEN, "rt_3", TEST_START - day, TEST_START);
  g_auto (Outcome) outcome = acquire (client, BATON_METHOD_PERSONAL_ACCESS_TOKEN, plain);
  g_auto (Outcome) until = acquire (client, BATON_METHOD_PERSONAL_ACCESS_TOKEN, dated);
  g_auto (Outcome) expired = acquire (client, BATON_METHOD_PERSONAL_ACCESS_TOKEN, ended);
  g_auto (Outcome) revoked = revoke_it (client, BATON_METHOD_PERSONAL_ACCESS_TOKEN, plain);

  g_assert_no_error (outcome.error);
  g_assert_cmpstr (baton_token_get_access_token (outcome.token), ==, "rt_1");
  g_assert_cmpint (baton_token_get_expires_at (outcome.token), ==, 0);
  g_assert_cmpint (baton_token_get_expires_at (until.token), ==, TEST_START + day);
  g_assert_error (expired.error, BATON_ERROR, BATON_ERROR_KEY_REVOKED);
  g_assert_error (revoked.error, BATON_ERROR, BATON_ERROR_NOT_IMPLEMENTED);
}

#define ADD(path, test)                                                                            \
  g_test_add ("/baton/orchestrator/oauth/" path, Client, NULL, client_set_up, test,                \
              client_tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  ADD ("client-credentials", test_client_credentials);
  ADD ("code", test_code);
  ADD ("no-refresh-token", test_no_refresh_token);
  ADD ("refresh", test_refresh);
  ADD ("refused", test_refused);
  ADD ("personal-access-token", test_personal_access_token);

  return g_test_run ();
}
