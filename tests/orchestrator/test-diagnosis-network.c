/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "client-fixture.h"
#include "connect-proxy.h"
#include "diagnosis/baton-diagnosis.h"
#include "network/baton-network.h"
#include "network/baton-proxy-resolver.h"

/* "Check connection" goes the way that the requests of the account go. */

typedef struct
{
  Client client;
  BatonConnection *connection;
  BatonDiagnosis *diagnosis;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  client_set_up (&fixture->client, "tls/server.pem");
  fault_server_add (fixture->client.server, "GET " TEST_BASE "/api/Status/Version", 200, NULL,
                    "{\"version\":\"26.3.0\"}");
  fixture->connection = baton_connection_new (fixture->client.account, fixture->client.store,
                                              fixture->client.clock);
  fixture->diagnosis = baton_diagnosis_new (fixture->connection, fixture->client.clock);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_assert_finalize_object (fixture->diagnosis);
  g_assert_finalize_object (fixture->connection);
  client_tear_down (&fixture->client, NULL);
}

static void
ran_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;

  baton_diagnosis_run_finish (BATON_DIAGNOSIS (source), result, &error);
  g_assert_no_error (error);
  *(gboolean *)user_data = TRUE;
}

static void
diagnose (Fixture *fixture)
{
  gboolean done = FALSE;

  baton_diagnosis_run_async (fixture->diagnosis, NULL, ran_cb, &done);
  client_wait (&fixture->client, &done);
}

static BatonCheck *
get_check (Fixture *fixture, const char *id)
{
  GListModel *checks = baton_diagnosis_get_checks (fixture->diagnosis);

  for (guint i = 0; i < g_list_model_get_n_items (checks); i++)
    {
      g_autoptr (BatonCheck) check = g_list_model_get_item (checks, i);

      if (g_str_equal (baton_check_get_id (check), id))
        return check; /* the list keeps it */
    }
  g_assert_not_reached ();
}

/* @words: of its sentence. */
static void
assert_good (Fixture *fixture, const char *id, const char *words)
{
  BatonCheck *check = get_check (fixture, id);

  g_test_message ("%s: %s", id, baton_check_get_sentence (check));
  g_assert_cmpint (baton_check_get_state (check), ==, BATON_CHECK_GOOD);
  g_assert_nonnull (strstr (baton_check_get_sentence (check), words));
}

static void
assert_fails (Fixture *fixture, const char *id, BatonErrorCode code, const char *reason)
{
  const GError *error = baton_check_get_error (get_check (fixture, id));

  g_assert_error (error, BATON_ERROR, (int)code);
  g_test_message ("%s: %s", id, error->message);
  g_assert_cmpstr (baton_error_get_details (error)->reason, ==, reason);
}

/* Returns: (transfer full): the values of @name, one a line. */
static char *
dup_details (Fixture *fixture, const char *id, const char *name)
{
  BatonCheck *check = get_check (fixture, id);
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < baton_check_get_n_details (check); i++)
    {
      const char *found = NULL;
      const char *value = NULL;

      baton_check_get_detail (check, i, &found, &value);
      if (g_str_equal (found, name))
        g_string_append_printf (text, "%s\n", value);
    }

  return g_string_free (text, FALSE);
}

static BatonTrust *
make_trust (void)
{
  g_autoptr (BatonTrust) none = baton_trust_new ();
  g_autofree char *file
      = g_test_build_filename (G_TEST_DIST, "orchestrator", "tls", "ca.pem", NULL);

  return baton_trust_with_authorities (none, file);
}

static void
test_chain (Fixture *fixture, gconstpointer data)
{
  g_autoptr (BatonTrust) trust = make_trust ();
  g_autofree char *subjects = NULL;
  g_autofree char *issuers = NULL;
  g_autofree char *protocol = NULL;

  baton_account_set_trust (fixture->client.account, trust);
  diagnose (fixture);
  assert_good (fixture, "proxy", "No proxy");
  assert_good (fixture, "tls", "certificate is trusted");
  assert_good (fixture, "version", "26.3.0");
  subjects = dup_details (fixture, "tls", "Certificate of");
  issuers = dup_details (fixture, "tls", "Issued by");
  protocol = dup_details (fixture, "tls", "Protocol");
  g_assert_nonnull (strstr (subjects, "CN=localhost"));
  g_assert_nonnull (strstr (issuers, "CN=Acme private authority"));
  g_assert_true (g_str_has_prefix (protocol, "TLS 1."));
}

static void
test_pin (Fixture *fixture, gconstpointer data)
{
  g_autofree char *renewed
      = g_test_build_filename (G_TEST_DIST, "orchestrator", "tls", "renewed.pem", NULL);
  g_autoptr (BatonTrust) none = baton_trust_new ();
  g_autoptr (BatonTrust) pinned = NULL;
  g_autofree char *fingerprint = NULL;
  g_autofree char *found = NULL;

  diagnose (fixture);
  assert_fails (fixture, "tls", BATON_ERROR_TLS, BATON_REASON_CERTIFICATE);
  fingerprint = g_strstrip (dup_details (fixture, "tls", "SHA-256 fingerprint"));
  pinned = baton_trust_with_pin (
      none, fault_server_get_origin (fixture->client.server) + strlen ("https://"), fingerprint);

  baton_account_set_trust (fixture->client.account, pinned);
  diagnose (fixture);
  assert_good (fixture, "tls", "one that you trusted");
  assert_good (fixture, "version", "26.3.0");

  fault_server_set_certificate (fixture->client.server, renewed);
  diagnose (fixture);
  assert_fails (fixture, "tls", BATON_ERROR_TLS, BATON_REASON_CERTIFICATE_CHANGED);
  found = g_strstrip (dup_details (fixture, "tls", "SHA-256 fingerprint"));
  g_assert_cmpstr (found, !=, fingerprint);
}

static void
test_file (Fixture *fixture, gconstpointer data)
{
  g_autoptr (BatonTrust) none = baton_trust_new ();
  g_autoptr (BatonTrust) trust = baton_trust_with_authorities (none, "/nowhere/ca.pem");

  baton_account_set_trust (fixture->client.account, trust);
  diagnose (fixture);
  assert_fails (fixture, "tls", BATON_ERROR_TLS, BATON_REASON_TRUST_FILE);
}

static void
test_proxy (Fixture *fixture, gconstpointer data)
{
  ConnectProxy *proxy = connect_proxy_new ("ada:pass");
  g_autoptr (BatonSecret) login = baton_proxy_resolver_make_login ("ada", "pass");
  g_autoptr (BatonTrust) trusted = make_trust ();
  g_autoptr (BatonTrust) proxied
      = baton_trust_with_proxy (trusted, BATON_PROXY_ADDRESS, connect_proxy_get_address (proxy));
  g_autofree char *shown = NULL;

  baton_account_set_trust (fixture->client.account, proxied);
  diagnose (fixture);
  assert_fails (fixture, "proxy", BATON_ERROR_NO_NETWORK, BATON_REASON_PROXY_LOGIN);

  baton_network_set_proxy_login (baton_network_get (fixture->client.account), login);
  diagnose (fixture);
  assert_good (fixture, "proxy", "lets it through");
  assert_good (fixture, "tls", "certificate is trusted");
  assert_good (fixture, "version", "26.3.0");
  g_assert_cmpuint (connect_proxy_count (proxy), >=, 3);
  shown = dup_details (fixture, "proxy", "Proxy");
  g_assert_nonnull (strstr (shown, connect_proxy_get_address (proxy)));
  g_assert_null (strstr (shown, "ada"));

  baton_account_set_trust (fixture->client.account, trusted);
  connect_proxy_free (proxy);
}

static void
test_proxy_gone (Fixture *fixture, gconstpointer data)
{
  ConnectProxy *proxy = connect_proxy_new (NULL);
  g_autoptr (BatonTrust) trusted = make_trust ();
  g_autoptr (BatonTrust) proxied
      = baton_trust_with_proxy (trusted, BATON_PROXY_ADDRESS, connect_proxy_get_address (proxy));

  connect_proxy_free (proxy);
  baton_account_set_trust (fixture->client.account, proxied);
  diagnose (fixture);
  assert_fails (fixture, "proxy", BATON_ERROR_NO_NETWORK, BATON_REASON_PROXY);
}

#define ADD(name, function)                                                                        \
  g_test_add ("/baton/orchestrator/diagnosis-network/" name, Fixture, NULL, set_up, function,      \
              tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  ADD ("chain", test_chain);
  ADD ("pin", test_pin);
  ADD ("file", test_file);
  ADD ("proxy", test_proxy);
  ADD ("proxy-gone", test_proxy_gone);

  return g_test_run ();
}
