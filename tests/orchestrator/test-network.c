/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gstdio.h>
#ifdef __SANITIZE_ADDRESS__
#include <sanitizer/lsan_interface.h>
#endif

#include "client-fixture.h"
#include "connect-proxy.h"
#include "http/baton-certificate.h"
#include "network/baton-network.h"
#include "network/baton-proxy-resolver.h"

/* tls/ca.pem has issued server.pem, renewed.pem (another of the same server) and client.p12;
 * other.p12 is of nobody. */

#define LOGIN "ada:pass word:55%"
#define USER "ada"
#define PASSWORD "pass word:55%"
#define CERTIFICATE_PASSWORD "certificate-password-55"

static char *
find (const char *name)
{
  return g_test_build_filename (G_TEST_DIST, "orchestrator", "tls", name, NULL);
}

static void
set_up (Client *client, gconstpointer data)
{
  client_set_up (client, "tls/server.pem");
  fault_server_add (client->server, TEST_LIST, 200, NULL, "{\"value\":[]}");
}

/* @trust: (transfer full) */
static void
take (Client *client, BatonTrust *trust)
{
  baton_account_set_trust (client->account, trust);
  g_object_unref (trust);
}

static BatonTrust *
get_trust (Client *client)
{
  return baton_account_get_trust (client->account);
}

static void
trust_authority (Client *client)
{
  g_autofree char *file = find ("ca.pem");

  take (client, baton_trust_with_authorities (get_trust (client), file));
}

/* As a person who tries again after a while: there are so many attempts in ten minutes. */
static JsonNode *
ask (Client *client, GError **error)
{
  baton_clock_advance (client->clock, 11 * 60 * G_USEC_PER_SEC);
  baton_token_keeper_insist (client->keeper);

  return client_get_list (client, error);
}

static void
assert_works (Client *client)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) list = ask (client, &error);

  g_assert_no_error (error);
  g_assert_nonnull (list);
}

static void
assert_fails (Client *client, BatonErrorCode code, const char *reason, const char *words)
{
  guint before = fault_server_count (client->server, TEST_TOKENS);
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) list = ask (client, &error);

  g_assert_null (list);
  g_assert_error (error, BATON_ERROR, (int)code);
  g_test_message ("%s", error->message);
  g_assert_cmpstr (baton_error_get_details (error)->reason, ==, reason);
  g_assert_nonnull (strstr (error->message, words));
  /* neither key nor token */
  g_assert_cmpuint (fault_server_count (client->server, TEST_TOKENS), ==, before);
  g_assert_cmpuint (fault_server_count (client->server, TEST_LIST), ==, 0);
}

static char *
dup_host (Client *client)
{
  return g_strdup (fault_server_get_origin (client->server) + strlen ("https://"));
}

static void
pin_refused (Client *client)
{
  const char *host = NULL;
  BatonHandshake *refused = baton_network_get_refused (baton_network_get (client->account), &host);
  g_autofree char *expected = dup_host (client);
  g_autofree char *fingerprint = NULL;

  g_assert_nonnull (refused);
  g_assert_cmpstr (host, ==, expected);
  fingerprint = baton_certificate_dup_fingerprint (refused->certificate);
  take (client, baton_trust_with_pin (get_trust (client), host, fingerprint));
}

static void
test_authorities (Client *client, gconstpointer data)
{
  assert_fails (client, BATON_ERROR_TLS, BATON_REASON_CERTIFICATE, "no authority");
  trust_authority (client);
  assert_works (client);
  /* and no longer */
  take (client, baton_trust_with_authorities (get_trust (client), NULL));
  fault_server_reset (client->server, TEST_LIST);
  fault_server_add (client->server, TEST_LIST, 200, NULL, "{\"value\":[]}");
  assert_fails (client, BATON_ERROR_TLS, BATON_REASON_CERTIFICATE, "no authority");
}

static void
test_authorities_bad (Client *client, gconstpointer data)
{
  g_autofree char *folder = g_dir_make_tmp ("baton-XXXXXX", NULL);
  g_autofree char *file = g_build_filename (folder, "ca.pem", NULL);

  take (client, baton_trust_with_authorities (get_trust (client), file));
  assert_fails (client, BATON_ERROR_TLS, BATON_REASON_TRUST_FILE, "is not there");
  g_assert_true (g_file_set_contents (file, "no certificate\n", -1, NULL));
  assert_fails (client, BATON_ERROR_TLS, BATON_REASON_TRUST_FILE, "holds no certificate");
  g_assert_true (g_file_set_contents (file, "", 0, NULL));
  assert_fails (client, BATON_ERROR_TLS, BATON_REASON_TRUST_FILE, "holds no certificate");
  take (client, baton_trust_with_authorities (get_trust (client), folder));
  assert_fails (client, BATON_ERROR_TLS, BATON_REASON_TRUST_FILE, "cannot be read");
  g_unlink (file);
  g_rmdir (folder);
}

static void
test_pin (Client *client, gconstpointer data)
{
  g_autofree char *renewed = find ("renewed.pem");
  g_autoptr (BatonTrust) pinned = NULL;

  assert_fails (client, BATON_ERROR_TLS, BATON_REASON_CERTIFICATE, "no authority");
  pin_refused (client);
  assert_works (client);
  pinned = g_object_ref (get_trust (client));

  /* It is for this account, and as long as the pin is there. */
  fault_server_reset (client->server, TEST_LIST);
  fault_server_add (client->server, TEST_LIST, 200, NULL, "{\"value\":[]}");
  take (client, baton_trust_new ());
  assert_fails (client, BATON_ERROR_TLS, BATON_REASON_CERTIFICATE, "no authority");

  /* Another certificate is refused, even one that an authority vouches for. */
  fault_server_set_certificate (client->server, renewed);
  baton_account_set_trust (client->account, pinned);
  assert_fails (client, BATON_ERROR_TLS, BATON_REASON_CERTIFICATE_CHANGED, "not the one");
  trust_authority (client);
  assert_fails (client, BATON_ERROR_TLS, BATON_REASON_CERTIFICATE_CHANGED, "not the one");
  pin_refused (client);
  assert_works (client);
}

static void
set_password (Client *client, const char *password)
{
  g_autoptr (BatonSecret) secret
      = baton_secret_new (BATON_SECRET_CERTIFICATE_PASSWORD, password, 0, 0);

  baton_network_set_certificate_password (baton_network_get (client->account), secret);
}

static void
test_client_certificate (Client *client, gconstpointer data)
{
  g_autofree char *authority = find ("ca.pem");
  g_autofree char *good = find ("client.p12");
  g_autofree char *other = find ("other.p12");

  fault_server_require_client (client->server, authority);
  trust_authority (client);
  assert_fails (client, BATON_ERROR_TLS, BATON_REASON_CLIENT_CERTIFICATE, "wants to see");

  take (client, baton_trust_with_certificate (get_trust (client), authority));
  assert_fails (client, BATON_ERROR_TLS, BATON_REASON_TRUST_FILE, "PKCS#12");
  take (client, baton_trust_with_certificate (get_trust (client), "/nowhere/client.p12"));
  assert_fails (client, BATON_ERROR_TLS, BATON_REASON_TRUST_FILE, "is not there");

  take (client, baton_trust_with_certificate (get_trust (client), good));
  assert_fails (client, BATON_ERROR_TLS, BATON_REASON_CERTIFICATE_PASSWORD, "does not open");
  set_password (client, "another");
  assert_fails (client, BATON_ERROR_TLS, BATON_REASON_CERTIFICATE_PASSWORD, "does not open");
  set_password (client, CERTIFICATE_PASSWORD);
  assert_works (client);

  fault_server_reset (client->server, TEST_LIST);
  fault_server_add (client->server, TEST_LIST, 200, NULL, "{\"value\":[]}");
  take (client, baton_trust_with_certificate (get_trust (client), other));
  assert_fails (client, BATON_ERROR_TLS, BATON_REASON_CLIENT_CERTIFICATE, "does not accept");
}

static gboolean
holds (GBytes *bytes, const char *text)
{
  gsize length = 0;
  const char *data = g_bytes_get_data (bytes, &length);

  return memmem (data, length, text, strlen (text)) != NULL;
}

static void
set_login (Client *client, const char *password)
{
  g_autoptr (BatonSecret) login = baton_proxy_resolver_make_login (USER, password);
  g_autofree char *user = baton_proxy_resolver_dup_user_name (login);

  g_assert_cmpstr (user, ==, USER);
  baton_network_set_proxy_login (baton_network_get (client->account), login);
}

static void
use_proxy (Client *client, ConnectProxy *proxy)
{
  take (client, baton_trust_with_proxy (get_trust (client), BATON_PROXY_ADDRESS,
                                        connect_proxy_get_address (proxy)));
}

/* Lets go of the connections through it. */
static void
leave_proxy (Client *client)
{
  take (client, baton_trust_with_proxy (get_trust (client), BATON_PROXY_NONE, NULL));
}

static void
test_proxy (Client *client, gconstpointer data)
{
  ConnectProxy *proxy = connect_proxy_new (NULL);
  g_autoptr (GBytes) seen = NULL;

  trust_authority (client);
  use_proxy (client, proxy);
  assert_works (client);
  g_assert_cmpuint (connect_proxy_count (proxy), >, 0);
  seen = connect_proxy_dup_seen (proxy);
  g_assert_true (holds (seen, "CONNECT 127.0.0.1:"));
  g_assert_false (holds (seen, "access-1"));
  g_assert_false (holds (seen, TEST_KEY));
  leave_proxy (client);
  connect_proxy_free (proxy);
}

static void
test_proxy_gone (Client *client, gconstpointer data)
{
  ConnectProxy *proxy = connect_proxy_new (NULL);

  use_proxy (client, proxy);
  connect_proxy_free (proxy);
  assert_fails (client, BATON_ERROR_NO_NETWORK, BATON_REASON_PROXY, "");
  take (client,
        baton_trust_with_proxy (get_trust (client), BATON_PROXY_ADDRESS, "proxy.invalid:3128"));
  assert_fails (client, BATON_ERROR_NO_NETWORK, BATON_REASON_PROXY, "");
}

static void
test_proxy_login (Client *client, gconstpointer data)
{
  ConnectProxy *proxy = connect_proxy_new (LOGIN);

  trust_authority (client);
  use_proxy (client, proxy);
  assert_fails (client, BATON_ERROR_NO_NETWORK, BATON_REASON_PROXY_LOGIN, "");
  set_login (client, "another");
  assert_fails (client, BATON_ERROR_NO_NETWORK, BATON_REASON_PROXY_LOGIN, "");
  g_assert_cmpuint (connect_proxy_count (proxy), ==, 0);
  g_assert_cmpuint (connect_proxy_count_refused (proxy), >, 0);
  set_login (client, PASSWORD);
  assert_works (client);
  g_assert_cmpuint (connect_proxy_count (proxy), >, 0);
  leave_proxy (client);
  connect_proxy_free (proxy);
}

static void
wait_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  *(GAsyncResult **)user_data = g_object_ref (result);
}

/* libsecret leaks the etag of its file at each writing. */
static void
mind_leaks (gboolean mind)
{
#ifdef __SANITIZE_ADDRESS__
  if (mind)
    __lsan_enable ();
  else
    __lsan_disable ();
#endif
}

static GAsyncResult *
wait_for (GAsyncResult **result)
{
  mind_leaks (FALSE);
  while (*result == NULL)
    g_main_context_iteration (NULL, TRUE);
  mind_leaks (TRUE);

  return *result;
}

static void
keep (Client *client)
{
  BatonNetwork *network = baton_network_get (client->account);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  baton_network_keep_async (network, NULL, wait_cb, &result);
  baton_network_keep_finish (network, wait_for (&result), &error);
  g_assert_no_error (error);
}

static BatonSecret *
look_up (Client *client, const char *id)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  BatonSecret *secret = NULL;

  baton_secret_store_lookup_async (client->store, id, NULL, wait_cb, &result);
  secret = baton_secret_store_lookup_finish (client->store, wait_for (&result), &error);
  g_assert_no_error (error);

  return secret;
}

/* In the keyring, as items of their own; the next run finds them there. */
static void
test_kept (Client *client, gconstpointer data)
{
  ConnectProxy *proxy = connect_proxy_new (LOGIN);
  g_autofree char *authority = find ("ca.pem");
  g_autofree char *certificate = find ("client.p12");
  g_autoptr (BatonSecret) key = look_up (client, "test");
  g_autoptr (BatonSecret) login = NULL;
  g_autoptr (BatonSecret) password = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  BatonNetwork *network = baton_network_get (client->account);

  baton_network_set_store (network, client->store);
  fault_server_require_client (client->server, authority);
  trust_authority (client);
  take (client, baton_trust_with_certificate (get_trust (client), certificate));
  use_proxy (client, proxy);
  set_login (client, PASSWORD);
  set_password (client, CERTIFICATE_PASSWORD);

  /* Who keeps the key in memory alone keeps these there, too. */
  keep (client);
  g_assert_null (look_up (client, "test/proxy"));
  baton_secret_store_drop_from_memory (client->store, "test");
  keep (client);
  login = look_up (client, "test/proxy");
  password = look_up (client, "test/certificate");
  g_assert_cmpint (baton_secret_get_kind (login), ==, BATON_SECRET_PROXY_LOGIN);
  g_assert_cmpstr (baton_secret_get_value (password), ==, CERTIFICATE_PASSWORD);
  baton_secret_store_keep_in_memory (client->store, "test", key);

  baton_network_set_proxy_login (network, NULL);
  baton_network_set_certificate_password (network, NULL);
  assert_works (client);

  baton_network_forget_async (client->store, "test", NULL, wait_cb, &result);
  baton_network_forget_finish (wait_for (&result), &error);
  g_assert_no_error (error);
  g_assert_null (look_up (client, "test/proxy"));
  g_assert_null (look_up (client, "test/certificate"));
  leave_proxy (client);
  connect_proxy_free (proxy);
}

static void
test_proxy_address (void)
{
  static const struct
  {
    const char *text;
    const char *uri; /* NULL: none */
  } rows[] = {
    { "proxy.example.org:3128", "http://proxy.example.org:3128" },
    { "  10.0.0.1:8080 ", "http://10.0.0.1:8080" },
    { "http://proxy:3128/", "http://proxy:3128" },
    { "https://proxy:3129", "https://proxy:3129" },
    { "socks5://[::1]:1080", "socks5://[::1]:1080" },
    { "", NULL },
    { "proxy", NULL },
    { "http://", NULL },
    { "ftp://proxy:21", NULL },
    { "http://ada:secret@proxy:3128", NULL },
    { "pro xy:3128", NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *uri = baton_trust_parse_proxy (rows[i].text, &error);

      g_test_message ("%s", rows[i].text);
      g_assert_cmpstr (uri, ==, rows[i].uri);
      if (uri == NULL)
        {
          g_assert_error (error, BATON_ERROR, BATON_ERROR_INVALID);
          g_assert_null (strstr (error->message, "secret"));
        }
    }
}

/* Less than was asked for is not taken in its place. */
static void
test_proxy_bad (Client *client, gconstpointer data)
{
  trust_authority (client);
  take (client, baton_trust_with_proxy (get_trust (client), BATON_PROXY_ADDRESS, "nonsense"));
  assert_fails (client, BATON_ERROR_INVALID, NULL, "lacks its port");
}

/* What the desktop's settings say, in this test. */
static char *system_proxy;

typedef GObject TestResolver;
typedef GObjectClass TestResolverClass;

static GType test_resolver_get_type (void);
static void test_resolver_iface_init (GProxyResolverInterface *iface);

G_DEFINE_TYPE_WITH_CODE (TestResolver,
                         test_resolver,
                         G_TYPE_OBJECT,
                         G_IMPLEMENT_INTERFACE (G_TYPE_PROXY_RESOLVER, test_resolver_iface_init))

static gboolean
test_resolver_is_supported (GProxyResolver *resolver)
{
  return TRUE;
}

static void
test_resolver_lookup_async (GProxyResolver *resolver,
                            const char *uri,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (resolver, cancellable, callback, user_data);
  const char *const proxies[] = { system_proxy != NULL ? system_proxy : "direct://", NULL };

  g_task_return_pointer (task, g_strdupv ((char **)proxies), (GDestroyNotify)g_strfreev);
}

static char **
test_resolver_lookup_finish (GProxyResolver *resolver, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
test_resolver_iface_init (GProxyResolverInterface *iface)
{
  iface->is_supported = test_resolver_is_supported;
  iface->lookup_async = test_resolver_lookup_async;
  iface->lookup_finish = test_resolver_lookup_finish;
}

static void
test_resolver_init (TestResolver *self)
{
}

static void
test_resolver_class_init (TestResolverClass *klass)
{
}

/* The first look-up of a proxy is what makes the extension points. */
static void
install_system_proxy (void)
{
  g_autoptr (GProxy) proxy = NULL;

  g_setenv ("GIO_USE_PROXY_RESOLVER", "baton-test", TRUE);
  proxy = g_proxy_get_default_for_protocol ("http");
  g_io_extension_point_implement (G_PROXY_RESOLVER_EXTENSION_POINT_NAME, test_resolver_get_type (),
                                  "baton-test", 0);
}

/* Asked once, for all accounts: the item is the proxy's, not the account's. */
static void
test_system_proxy (Client *client, gconstpointer data)
{
  ConnectProxy *proxy = connect_proxy_new (LOGIN);
  g_autofree char *id = g_strconcat ("proxy/", connect_proxy_get_address (proxy), NULL);
  BatonNetwork *network = baton_network_get (client->account);
  g_autoptr (BatonSecret) key = look_up (client, "test");
  g_autoptr (BatonSecret) login = NULL;

  system_proxy = g_strconcat ("http://", connect_proxy_get_address (proxy), NULL);
  baton_network_set_store (network, client->store);
  trust_authority (client);
  assert_fails (client, BATON_ERROR_NO_NETWORK, BATON_REASON_PROXY_LOGIN, "");

  set_login (client, PASSWORD);
  baton_secret_store_drop_from_memory (client->store, "test");
  keep (client);
  baton_secret_store_keep_in_memory (client->store, "test", key);
  login = look_up (client, id);
  g_assert_nonnull (login);
  baton_network_set_proxy_login (network, NULL);
  assert_works (client);
  g_assert_cmpuint (connect_proxy_count (proxy), >, 0);

  /* The settings may hold user name and password themselves; and an account may go without. */
  g_free (system_proxy);
  system_proxy = g_strconcat ("http://ada:nothing@", connect_proxy_get_address (proxy), NULL);
  leave_proxy (client);
  assert_works (client);
  g_clear_pointer (&system_proxy, g_free);
  connect_proxy_free (proxy);
}

/* What is not encrypted leaves the computer in no way. */
static void
test_http (Client *client, gconstpointer data)
{
  ConnectProxy *proxy = connect_proxy_new (NULL);
  g_autoptr (BatonDeployment) elsewhere
      = baton_deployment_parse ("http://orchestrator.example.org/acme/Production", NULL);

  fault_server_add (client->server, TEST_LIST, 200, NULL, "{\"value\":[]}");
  use_proxy (client, proxy);
  assert_works (client);
  g_assert_cmpuint (connect_proxy_count (proxy), ==, 0);
  g_assert_cmpuint (connect_proxy_count_refused (proxy), ==, 0);

  fault_server_reset (client->server, TEST_LIST);
  fault_server_add (client->server, TEST_LIST, 200, NULL, "{\"value\":[]}");
  baton_account_set_deployment (client->account, elsewhere);
  g_assert_false (baton_deployment_is_safe (elsewhere));
  assert_fails (client, BATON_ERROR_INVALID, NULL, "over https alone");
  leave_proxy (client);
  connect_proxy_free (proxy);
}

static void
test_redirect (Client *client, gconstpointer data)
{
  static const guint statuses[] = { 301, 302, 303, 307, 308 };
  FaultServer *other = fault_server_new (NULL);

  fault_server_add (other, "", 200, NULL, "{\"value\":[]}");
  for (guint i = 0; i < G_N_ELEMENTS (statuses); i++)
    {
      g_autofree char *location = g_strdup_printf ("Location: %s%s/odata/Jobs\r\n",
                                                   fault_server_get_origin (other), TEST_BASE);
      g_autoptr (GError) error = NULL;
      g_autoptr (JsonNode) list = NULL;
      g_autoptr (BatonToken) token = NULL;

      fault_server_reset (client->server, TEST_LIST);
      fault_server_add (client->server, TEST_LIST, statuses[i], location, "");
      list = client_get_list (client, &error);
      g_assert_null (list);
      g_assert_nonnull (error);
      g_test_message ("%u: %s", statuses[i], error->message);
      g_assert_cmpuint (fault_server_count (client->server, TEST_LIST), ==, 1);
      g_clear_error (&error);

      /* Nor the key, where tokens are made. */
      fault_server_reset (client->server, TEST_TOKENS);
      fault_server_add (client->server, TEST_TOKENS, statuses[i], location, "");
      token = client_renew (client, &error);
      g_assert_null (token);
      g_assert_nonnull (error);
      client_give_tokens (client, "access-1", "86400");
    }
  g_assert_cmpuint (fault_server_count (other, ""), ==, 0);
  fault_server_free (other);
}

static void
test_file (void)
{
  g_autoptr (GKeyFile) file = g_key_file_new ();
  g_autoptr (BatonTrust) none = baton_trust_new ();
  g_autoptr (BatonTrust) proxied
      = baton_trust_with_proxy (none, BATON_PROXY_ADDRESS, "proxy.example.org:3128");
  g_autoptr (BatonTrust) authority = baton_trust_with_authorities (proxied, "/etc/a file;.pem");
  g_autoptr (BatonTrust) certified = baton_trust_with_certificate (authority, "/etc/me.p12");
  g_autoptr (BatonTrust) one = baton_trust_with_pin (certified, "localhost:443", "AB:CD");
  g_autoptr (BatonTrust) two = baton_trust_with_pin (one, "::1:8443", "EF:01");
  g_autoptr (BatonTrust) direct = baton_trust_with_proxy (two, BATON_PROXY_NONE, NULL);
  g_autoptr (BatonTrust) again = NULL;
  g_autoptr (BatonTrust) last = NULL;
  g_autoptr (BatonTrust) empty = NULL;
  g_autofree const char **hosts = NULL;
  g_auto (GStrv) left = NULL;

  baton_trust_save (two, file, "account a");
  again = baton_trust_load (file, "account a");
  g_assert_true (baton_trust_equal (two, again));
  g_assert_false (baton_trust_equal (two, one));
  g_assert_false (baton_trust_equal (two, direct));
  hosts = baton_trust_get_pinned_hosts (again);
  g_assert_cmpstr (hosts[0], ==, "::1:8443");
  g_assert_cmpstr (hosts[1], ==, "localhost:443");
  g_assert_null (hosts[2]);

  baton_trust_save (direct, file, "account a");
  last = baton_trust_load (file, "account a");
  g_assert_true (baton_trust_equal (direct, last));

  /* What is the default leaves nothing. */
  baton_trust_save (none, file, "account a");
  left = g_key_file_get_keys (file, "account a", NULL, NULL);
  g_assert_null (left[0]);
  empty = baton_trust_load (file, "account a");
  g_assert_true (baton_trust_equal (none, empty));
}

int
main (int argc, char *argv[])
{
  g_autofree char *folder = g_dir_make_tmp ("baton-XXXXXX", NULL);
  g_autofree char *keyring = g_build_filename (folder, "keyring", NULL);
  int status;

  /* The keyring in a file of libsecret's own: real, and of this test alone. */
  g_setenv ("SECRET_BACKEND", "file", TRUE);
  g_setenv ("SECRET_FILE_TEST_PATH", keyring, TRUE);
  g_setenv ("SECRET_FILE_TEST_PASSWORD", "a keyring of a test", TRUE);
  g_test_init (&argc, &argv, NULL);
  install_system_proxy ();

#define ADD(name, function)                                                                        \
  g_test_add ("/baton/orchestrator/network/" name, Client, NULL, set_up, function, client_tear_down)
  ADD ("authorities", test_authorities);
  ADD ("authorities-bad", test_authorities_bad);
  ADD ("pin", test_pin);
  ADD ("client-certificate", test_client_certificate);
  ADD ("proxy", test_proxy);
  ADD ("proxy-gone", test_proxy_gone);
  ADD ("proxy-login", test_proxy_login);
  ADD ("proxy-bad", test_proxy_bad);
  ADD ("kept", test_kept);
  ADD ("system-proxy", test_system_proxy);
  g_test_add ("/baton/orchestrator/network/http", Client, NULL, client_set_up, test_http,
              client_tear_down);
  g_test_add ("/baton/orchestrator/network/redirect", Client, NULL, client_set_up, test_redirect,
              client_tear_down);
  g_test_add_func ("/baton/orchestrator/network/proxy-address", test_proxy_address);
  g_test_add_func ("/baton/orchestrator/network/file", test_file);

  status = g_test_run ();
  g_unlink (keyring);
  g_rmdir (folder);

  return status;
}
