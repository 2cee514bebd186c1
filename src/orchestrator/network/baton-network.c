/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n.h>

#include "../http/baton-certificate.h"
#include "baton-client-interaction.h"
#include "baton-error.h"
#include "baton-network-private.h"
#include "baton-proxy-resolver.h"
#include "baton-redact.h"

/* Under which an account holds its network. */
#define DATA "baton-network"

enum
{
  REFUSED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (BatonNetwork, baton_network, G_TYPE_OBJECT)

/* What was opened on other terms is not used again; what is on its way goes its way. */
static void
baton_network_reset (BatonNetwork *self)
{
  self->generation++;
  self->prepared = FALSE;
  g_clear_object (&self->session);
  g_clear_object (&self->resolver);
  g_clear_object (&self->authorities);
  g_clear_object (&self->certificate);
}

static void
trust_changed_cb (BatonNetwork *self, GParamSpec *pspec, BatonAccount *account)
{
  g_set_object (&self->trust, baton_account_get_trust (account));
  baton_network_reset (self);
}

static void
baton_network_finalize (GObject *object)
{
  BatonNetwork *self = BATON_NETWORK (object);

  baton_network_reset (self);
  g_clear_object (&self->trust);
  g_clear_weak_pointer (&self->store);
  g_clear_pointer (&self->refused, baton_handshake_unref);
  g_clear_pointer (&self->proxy_login, baton_secret_unref);
  g_clear_pointer (&self->certificate_password, baton_secret_unref);
  g_weak_ref_clear (&self->account);
  g_free (self->account_id);
  g_free (self->refused_host);

  G_OBJECT_CLASS (baton_network_parent_class)->finalize (object);
}

static void
baton_network_class_init (BatonNetworkClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = baton_network_finalize;

  signals[REFUSED] = g_signal_new ("refused", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
}

static void
baton_network_init (BatonNetwork *self)
{
  g_weak_ref_init (&self->account, NULL);
}

BatonNetwork *
baton_network_get (BatonAccount *account)
{
  BatonNetwork *self = NULL;

  g_return_val_if_fail (BATON_IS_ACCOUNT (account), NULL);

  self = g_object_get_data (G_OBJECT (account), DATA);
  if (self != NULL)
    return self;

  self = g_object_new (BATON_TYPE_NETWORK, NULL);
  self->account_id = g_strdup (baton_account_get_id (account));
  self->trust = g_object_ref (baton_account_get_trust (account));
  g_weak_ref_set (&self->account, account);
  g_signal_connect_object (account, "notify::trust", G_CALLBACK (trust_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_object_set_data_full (G_OBJECT (account), DATA, self, g_object_unref);

  return self;
}

void
baton_network_set_store (BatonNetwork *self, BatonSecretStore *store)
{
  g_return_if_fail (BATON_IS_NETWORK (self));
  g_return_if_fail (store == NULL || BATON_IS_SECRET_STORE (store));

  if (g_set_weak_pointer (&self->store, store))
    baton_network_reset (self);
}

static void
set_secret (BatonNetwork *self, BatonSecret **place, BatonSecret *secret)
{
  if (*place == secret)
    return;

  g_clear_pointer (place, baton_secret_unref);
  *place = secret != NULL ? baton_secret_ref (secret) : NULL;
  baton_network_reset (self);
}

void
baton_network_set_proxy_login (BatonNetwork *self, BatonSecret *login)
{
  g_return_if_fail (BATON_IS_NETWORK (self));

  set_secret (self, &self->proxy_login, login);
}

void
baton_network_set_certificate_password (BatonNetwork *self, BatonSecret *password)
{
  g_return_if_fail (BATON_IS_NETWORK (self));

  set_secret (self, &self->certificate_password, password);
}

SoupSession *
_baton_network_get_session (BatonNetwork *self)
{
  g_return_val_if_fail (BATON_IS_NETWORK (self), NULL);

  if (self->session == NULL)
    {
      /* Our own Authorization header goes where we say and nowhere else. */
      self->session = soup_session_new_with_options ("max-conns-per-host", 6, "user-agent",
                                                     "Baton/" PACKAGE_VERSION, "proxy-resolver",
                                                     baton_network_get_proxy_resolver (self), NULL);
      soup_session_remove_feature_by_type (self->session, SOUP_TYPE_AUTH_MANAGER);
    }

  return self->session;
}

GProxyResolver *
baton_network_get_proxy_resolver (BatonNetwork *self)
{
  g_return_val_if_fail (BATON_IS_NETWORK (self), NULL);

  if (self->resolver == NULL)
    self->resolver = G_PROXY_RESOLVER (
        baton_proxy_resolver_new (self->trust, self->account_id, self->store, self->proxy_login));

  return self->resolver;
}

char *
baton_network_make_host (GUri *uri)
{
  int port;

  g_return_val_if_fail (uri != NULL, NULL);

  port = g_uri_get_port (uri);

  return g_strdup_printf ("%s:%d", g_uri_get_host (uri), port > 0 ? port : 443);
}

static GTlsCertificateFlags
verify (GTlsDatabase *database, GUri *uri, GTlsCertificate *certificate)
{
  g_autoptr (GSocketConnectable) identity
      = g_network_address_new (g_uri_get_host (uri), (guint16)MAX (g_uri_get_port (uri), 0));
  g_autoptr (GError) error = NULL;
  GTlsCertificateFlags errors = g_tls_database_verify_chain (
      database, certificate, G_TLS_DATABASE_PURPOSE_AUTHENTICATE_SERVER, identity, NULL,
      G_TLS_DATABASE_VERIFY_NONE, NULL, &error);

  return error == NULL ? errors : G_TLS_CERTIFICATE_GENERIC_ERROR;
}

static void
judge (BatonNetwork *self, GUri *uri, GTlsCertificate *certificate, BatonHandshake *handshake)
{
  g_autofree char *host = baton_network_make_host (uri);
  const char *pin = baton_trust_get_pin (self->trust, host);
  g_autofree char *fingerprint = baton_certificate_dup_fingerprint (certificate);
  g_autoptr (GTlsDatabase) system
      = g_tls_backend_get_default_database (g_tls_backend_get_default ());

  g_set_object (&handshake->certificate, certificate);
  handshake->errors = verify (system, uri, certificate);
  if (handshake->errors != 0 && self->authorities != NULL)
    {
      GTlsCertificateFlags errors = verify (self->authorities, uri, certificate);

      if ((errors & G_TLS_CERTIFICATE_UNKNOWN_CA) == 0)
        handshake->errors = errors;
    }

  if (pin != NULL)
    handshake->verdict
        = g_str_equal (pin, fingerprint) ? BATON_VERDICT_TRUSTED : BATON_VERDICT_CHANGED;
  else
    handshake->verdict = handshake->errors == 0 ? BATON_VERDICT_TRUSTED : BATON_VERDICT_UNTRUSTED;

  if (handshake->verdict == BATON_VERDICT_TRUSTED)
    return;
  if (self->refused != handshake)
    {
      g_clear_pointer (&self->refused, baton_handshake_unref);
      self->refused = baton_handshake_ref (handshake);
    }
  g_free (self->refused_host);
  self->refused_host = g_steal_pointer (&host);
  g_signal_emit (self, signals[REFUSED], 0);
}

/* What the handshake needs besides the connection. */
typedef struct
{
  BatonNetwork *network;     /* (owned) */
  GUri *uri;                 /* (owned) */
  BatonHandshake *handshake; /* (owned) */
} Watch;

static void
watch_free (gpointer data, GClosure *closure)
{
  Watch *watch = data;

  g_object_unref (watch->network);
  g_uri_unref (watch->uri);
  baton_handshake_unref (watch->handshake);
  g_free (watch);
}

static gboolean
accept_certificate_cb (GTlsConnection *connection,
                       GTlsCertificate *certificate,
                       GTlsCertificateFlags errors,
                       gpointer user_data)
{
  Watch *watch = user_data;

  judge (watch->network, watch->uri, certificate, watch->handshake);

  return watch->handshake->verdict == BATON_VERDICT_TRUSTED;
}

gboolean
baton_network_watch (BatonNetwork *self,
                     GUri *uri,
                     GSocketClientEvent event,
                     GIOStream *stream,
                     BatonHandshake *handshake)
{
  g_autoptr (GTlsInteraction) interaction = NULL;
  GTlsCertificate *certificate = NULL;

  g_return_val_if_fail (BATON_IS_NETWORK (self), FALSE);

  if (event == G_SOCKET_CLIENT_TLS_HANDSHAKING)
    {
      Watch *watch = g_new0 (Watch, 1);

      watch->network = g_object_ref (self);
      watch->uri = g_uri_ref (uri);
      watch->handshake = baton_handshake_ref (handshake);
      g_signal_connect_data (stream, "accept-certificate", G_CALLBACK (accept_certificate_cb),
                             watch, watch_free, 0);
      interaction = baton_client_interaction_new (self->certificate, handshake);
      g_tls_connection_set_interaction (G_TLS_CONNECTION (stream), interaction);
    }
  else if (event == G_SOCKET_CLIENT_TLS_HANDSHAKED)
    {
      g_signal_handlers_disconnect_matched (stream, G_SIGNAL_MATCH_FUNC, 0, 0, NULL,
                                            accept_certificate_cb, NULL);
      certificate = g_tls_connection_get_peer_certificate (G_TLS_CONNECTION (stream));
      if (certificate == NULL)
        return FALSE;
      judge (self, uri, certificate, handshake);

      return handshake->verdict == BATON_VERDICT_TRUSTED;
    }

  return TRUE;
}

static GError *
make_error (const GError *cause, const char *reason, char *message)
{
  GError *error = g_error_new_literal (BATON_ERROR, BATON_ERROR_TLS, message);
  BatonErrorDetails *details = baton_error_get_details (error);

  details->reason = g_strdup (reason);
  details->technical = cause != NULL ? baton_redact (cause->message) : NULL;
  g_free (message);

  return error;
}

GError *
baton_network_explain (BatonNetwork *self,
                       GUri *uri,
                       const BatonHandshake *handshake,
                       const GError *cause)
{
  const char *host = NULL;
  g_autofree char *reasons = NULL;

  g_return_val_if_fail (BATON_IS_NETWORK (self), NULL);
  g_return_val_if_fail (uri != NULL && handshake != NULL, NULL);

  host = g_uri_get_host (uri);
  reasons = baton_certificate_describe_errors (handshake->errors);

  if (handshake->verdict == BATON_VERDICT_CHANGED)
    return make_error (
        cause, BATON_REASON_CERTIFICATE_CHANGED,
        /* TRANSLATORS: %s is a host name */
        g_strdup_printf (_ ("The certificate of %s is not the one that you trusted. Either it was "
                            "renewed, or somebody is in between. Nothing was sent."),
                         host));
  if (handshake->verdict == BATON_VERDICT_UNTRUSTED)
    return make_error (
        cause, BATON_REASON_CERTIFICATE,
        /* TRANSLATORS: the first %s is a host name, the second a reason */
        g_strdup_printf (_ ("The certificate of %s is not trusted: %s."), host, reasons));
  if (handshake->asked || g_error_matches (cause, G_TLS_ERROR, G_TLS_ERROR_CERTIFICATE_REQUIRED))
    return make_error (
        cause, BATON_REASON_CLIENT_CERTIFICATE,
        self->certificate == NULL
            /* TRANSLATORS: %s is a host name */
            ? g_strdup_printf (_ ("%s wants to see a certificate of yours. Choose its PKCS#12 file "
                                  "in the account’s network settings."),
                               host)
            /* TRANSLATORS: %s is a host name */
            : g_strdup_printf (_ ("%s does not accept the client certificate of this account."),
                               host));

  return make_error (cause, NULL,
                     /* TRANSLATORS: %s is a host name */
                     g_strdup_printf (_ ("No secure connection to %s could be made."), host));
}

/* The proxy looks the name of the server up itself, and so all that can fail here is about the
 * proxy. */
GError *
baton_network_blame (BatonNetwork *self, GError *error)
{
  BatonErrorDetails *details = NULL;

  g_return_val_if_fail (BATON_IS_NETWORK (self), error);

  if (!g_error_matches (error, BATON_ERROR, BATON_ERROR_NO_NETWORK) || self->resolver == NULL
      || !baton_proxy_resolver_found_one (BATON_PROXY_RESOLVER (self->resolver)))
    return error;

  details = baton_error_get_details (error);
  if (g_strcmp0 (details->reason, BATON_REASON_REFUSED) == 0
      || g_strcmp0 (details->reason, BATON_REASON_DNS) == 0)
    {
      g_free (details->reason);
      details->reason = g_strdup (BATON_REASON_PROXY);
    }

  return error;
}

BatonHandshake *
baton_network_get_refused (BatonNetwork *self, const char **host)
{
  g_return_val_if_fail (BATON_IS_NETWORK (self), NULL);

  *host = self->refused_host;

  return self->refused;
}
