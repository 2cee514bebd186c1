/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <libsoup/soup.h>

#include "auth/baton-browser-sign-in.h"
#include "client-fixture.h"

/* The test plays the browser: it takes the address that is to be opened and comes back, or not. */
typedef struct
{
  BatonClock *clock;
  BatonAccount *account;
  BatonBrowserSignIn *sign_in;
  GHashTable *asked; /* what the address asks for */
  char *redirect;
  gboolean done;
  BatonSecret *secret;
  GError *error;
} Fixture;

static guint
find_free_port (void)
{
  g_autoptr (GSocketListener) listener = g_socket_listener_new ();

  return g_socket_listener_add_any_inet_port (listener, NULL, NULL);
}

static BatonAccount *
make_account (const char *redirect)
{
  g_autoptr (BatonDeployment) deployment
      = baton_deployment_parse ("https://cloud.uipath.com/acme/DefaultTenant", NULL);
  BatonAccount *account = baton_account_new (NULL, deployment, BATON_METHOD_BROWSER);

  baton_account_set_client_id (account, "app-1");
  baton_account_set_scopes (account, "OR.Jobs.Read offline_access");
  baton_account_set_redirect_uri (account, redirect);

  return account;
}

static void
run_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  Fixture *fixture = user_data;

  fixture->secret
      = baton_browser_sign_in_run_finish (BATON_BROWSER_SIGN_IN (object), result, &fixture->error);
  fixture->done = TRUE;
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  const char *url = NULL;

  fixture->clock = baton_clock_new_fake (TEST_START);
  fixture->redirect = g_strdup_printf ("http://localhost:%u/oidc/login", find_free_port ());
  fixture->account = make_account (fixture->redirect);
  fixture->sign_in = baton_browser_sign_in_new (fixture->account, NULL, fixture->clock, &error);
  g_assert_no_error (error);

  url = baton_browser_sign_in_get_url (fixture->sign_in);
  g_assert_true (g_str_has_prefix (url, "https://cloud.uipath.com/identity_/connect/authorize?"));
  fixture->asked = g_uri_parse_params (strchr (url, '?') + 1, -1, "&", G_URI_PARAMS_NONE, NULL);
  baton_browser_sign_in_run_async (fixture->sign_in, NULL, run_cb, fixture);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_assert_finalize_object (fixture->sign_in);
  g_object_unref (fixture->account);
  g_object_unref (fixture->clock);
  g_hash_table_unref (fixture->asked);
  g_free (fixture->redirect);
  g_clear_pointer (&fixture->secret, baton_secret_unref);
  g_clear_error (&fixture->error);
}

static const char *
get_asked (Fixture *fixture, const char *name)
{
  return g_hash_table_lookup (fixture->asked, name);
}

typedef struct
{
  GBytes *body;
  gboolean done;
} Visit;

static void
visited_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  Visit *visit = user_data;

  visit->body = soup_session_send_and_read_finish (SOUP_SESSION (object), result, NULL);
  visit->done = TRUE;
}

/* Returns: (transfer full): the page that a browser would show. */
static char *
visit (const char *url)
{
  g_autoptr (SoupSession) session = soup_session_new ();
  g_autoptr (SoupMessage) message = soup_message_new ("GET", url);
  Visit visit = { 0 };
  char *page = NULL;

  soup_session_send_and_read_async (session, message, G_PRIORITY_DEFAULT, NULL, visited_cb, &visit);
  client_wait_still (&visit.done);
  g_assert_nonnull (visit.body);
  page = g_strndup (g_bytes_get_data (visit.body, NULL), g_bytes_get_size (visit.body));
  g_bytes_unref (visit.body);

  return page;
}

static char *
come_back (Fixture *fixture, const char *query, const char *state)
{
  g_autofree char *url = g_strdup_printf ("%s?%s&state=%s", fixture->redirect, query, state);

  return visit (url);
}

static void
test_code (Fixture *fixture, gconstpointer data)
{
  g_autofree char *page = come_back (fixture, "code=code-1", get_asked (fixture, "state"));
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  guchar digest[32];
  gsize length = sizeof digest;
  const char *verifier = NULL;
  g_autofree char *challenge = NULL;

  g_assert_nonnull (strstr (page, "close this page"));
  client_wait_still (&fixture->done);
  g_assert_no_error (fixture->error);
  g_assert_cmpint (baton_secret_get_kind (fixture->secret), ==, BATON_SECRET_AUTHORIZATION_CODE);
  g_assert_cmpstr (baton_secret_get_value (fixture->secret), ==, "code-1");

  g_assert_cmpstr (get_asked (fixture, "response_type"), ==, "code");
  g_assert_cmpstr (get_asked (fixture, "client_id"), ==, "app-1");
  g_assert_cmpstr (get_asked (fixture, "scope"), ==, "OR.Jobs.Read offline_access");
  g_assert_cmpstr (get_asked (fixture, "redirect_uri"), ==, fixture->redirect);
  g_assert_cmpstr (get_asked (fixture, "acr_values"), ==, "tenantName:acme");
  g_assert_cmpstr (get_asked (fixture, "code_challenge_method"), ==, "S256");
  g_assert_cmpuint (strlen (get_asked (fixture, "state")), ==, 43);

  /* RFC 7636, 4.2: base64url of the hash, without padding. */
  verifier = baton_secret_get_verifier (fixture->secret);
  g_assert_cmpuint (strlen (verifier), ==, 43);
  g_checksum_update (checksum, (const guchar *)verifier, -1);
  g_checksum_get_digest (checksum, digest, &length);
  challenge = g_base64_encode (digest, length);
  g_strdelimit (challenge, "+", '-');
  g_strdelimit (challenge, "/", '_');
  *strchr (challenge, '=') = '\0';
  g_assert_cmpstr (get_asked (fixture, "code_challenge"), ==, challenge);
}

/* A page of somebody else's must not end the sign-in, nor put a code of its own into it. */
static void
test_forged (Fixture *fixture, gconstpointer data)
{
  g_autofree char *forged = come_back (fixture, "code=theirs", "wrong");
  g_autofree char *empty = visit (fixture->redirect);
  g_autofree char *page = NULL;

  g_assert_nonnull (strstr (forged, "another sign-in"));
  g_assert_nonnull (strstr (empty, "brought nothing"));
  g_assert_false (fixture->done);

  page = come_back (fixture, "code=ours", get_asked (fixture, "state"));
  client_wait_still (&fixture->done);
  g_assert_no_error (fixture->error);
  g_assert_cmpstr (baton_secret_get_value (fixture->secret), ==, "ours");
}

static void
test_refused (Fixture *fixture, gconstpointer data)
{
  g_autofree char *page = come_back (fixture, "error=access_denied&error_description=%3Cb%3ENo",
                                     get_asked (fixture, "state"));

  client_wait_still (&fixture->done);
  g_assert_error (fixture->error, BATON_ERROR, BATON_ERROR_NOT_ALLOWED);
  g_assert_nonnull (strstr (page, "refused in the browser"));
  g_assert_nonnull (strstr (page, "&lt;b&gt;No"));
}

/* What a person pastes of the page where the browser stopped (fact sheet 2.3). */
static void
test_pasted (Fixture *fixture, gconstpointer data)
{
  static const char id[]
      = "{\"Created\":1,\"Data\":{\"Error\":\"invalid_request\",\"ErrorDescription\":"
        "\"Invalid redirect_uri\",\"ClientId\":\"app-1\"}}";
  g_autofree char *encoded = g_base64_encode ((const guchar *)id, strlen (id));
  g_autofree char *escaped = g_uri_escape_string (encoded, NULL, FALSE);
  g_autofree char *address = g_strdup_printf (
      "  https://cloud.uipath.com/identity_/web/?errorCode=invalid_request&errorId=%s\n", escaped);
  g_autoptr (GError) nothing = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_false (baton_browser_sign_in_take_address (fixture->sign_in,
                                                      "https://cloud.uipath.com/acme/", &nothing));
  g_assert_error (nothing, BATON_ERROR, BATON_ERROR_INVALID);
  g_assert_false (fixture->done);

  g_assert_true (baton_browser_sign_in_take_address (fixture->sign_in, address, &error));
  g_assert_no_error (error);
  client_wait_still (&fixture->done);
  g_assert_error (fixture->error, BATON_ERROR, BATON_ERROR_INVALID);
  g_assert_nonnull (strstr (fixture->error->message, fixture->redirect));
  g_assert_nonnull (strstr (fixture->error->message, "Invalid redirect_uri"));
}

static void
test_pasted_code (Fixture *fixture, gconstpointer data)
{
  g_autofree char *address = g_strdup_printf ("%s?code=pasted&state=%s", fixture->redirect,
                                              get_asked (fixture, "state"));

  g_assert_true (baton_browser_sign_in_take_address (fixture->sign_in, address, NULL));
  client_wait_still (&fixture->done);
  g_assert_cmpstr (baton_secret_get_value (fixture->secret), ==, "pasted");
}

static void
test_too_late (Fixture *fixture, gconstpointer data)
{
  baton_clock_advance (fixture->clock, BATON_BROWSER_SIGN_IN_LIMIT - 1);
  g_assert_false (fixture->done);
  baton_clock_advance (fixture->clock, 1);
  client_wait_still (&fixture->done);
  g_assert_error (fixture->error, BATON_ERROR, BATON_ERROR_TIMED_OUT);
}

static void
test_port_in_use (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (baton_browser_sign_in_new (fixture->account, NULL, fixture->clock, &error));
  g_assert_error (error, BATON_ERROR, BATON_ERROR_CONFLICT);
  /* And is free again when the first has ended. */
  baton_clock_advance (fixture->clock, BATON_BROWSER_SIGN_IN_LIMIT);
  client_wait_still (&fixture->done);
  {
    g_autoptr (BatonBrowserSignIn) again
        = baton_browser_sign_in_new (fixture->account, NULL, fixture->clock, NULL);

    g_assert_nonnull (again);
  }
}

static void
test_cancelled (void)
{
  Fixture fixture = { 0 };
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();

  fixture.redirect = g_strdup_printf ("http://127.0.0.1:%u/", find_free_port ());
  fixture.account = make_account (fixture.redirect);
  fixture.sign_in = baton_browser_sign_in_new (fixture.account, NULL, NULL, NULL);
  baton_browser_sign_in_run_async (fixture.sign_in, cancellable, run_cb, &fixture);
  g_cancellable_cancel (cancellable);
  client_wait_still (&fixture.done);
  g_assert_error (fixture.error, G_IO_ERROR, G_IO_ERROR_CANCELLED);

  g_assert_finalize_object (fixture.sign_in);
  g_object_unref (fixture.account);
  g_clear_error (&fixture.error);
  g_free (fixture.redirect);
}

/* Only this computer is waited at, and never without a port. */
static void
test_bad_redirect (void)
{
  static const char *const uris[] = {
    "",
    "nonsense",
    "http://localhost/",
    "https://localhost:8104/",
    "http://example.com:8104/",
    "http://0.0.0.0:8104/",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (uris); i++)
    {
      g_autoptr (BatonAccount) account = make_account (uris[i]);
      g_autoptr (GError) error = NULL;

      g_assert_null (baton_browser_sign_in_new (account, NULL, NULL, &error));
      g_assert_error (error, BATON_ERROR, BATON_ERROR_INVALID);
    }
}

#define ADD(path, test)                                                                            \
  g_test_add ("/baton/orchestrator/browser-sign-in/" path, Fixture, NULL, set_up, test, tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  ADD ("code", test_code);
  ADD ("forged", test_forged);
  ADD ("refused", test_refused);
  ADD ("pasted", test_pasted);
  ADD ("pasted-code", test_pasted_code);
  ADD ("too-late", test_too_late);
  ADD ("port-in-use", test_port_in_use);
  g_test_add_func ("/baton/orchestrator/browser-sign-in/cancelled", test_cancelled);
  g_test_add_func ("/baton/orchestrator/browser-sign-in/bad-redirect", test_bad_redirect);

  return g_test_run ();
}
