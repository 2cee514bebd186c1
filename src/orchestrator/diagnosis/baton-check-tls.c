/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n.h>

#include "baton-diagnosis-private.h"
#include "baton-error.h"
#include "http/baton-certificate.h"
#include "network/baton-network.h"

/* Does the server take a connection, and is its certificate one to trust? */

#define TIMEOUT 30
#define LONGEST_CHAIN 10
#define SOON (21 * G_TIME_SPAN_DAY)

/* A connection that is being made, over the network of the account. */
typedef struct
{
  BatonDiagnosis *diagnosis; /* (owned) */
  BatonNetwork *network;     /* (owned) */
  BatonHandshake *handshake; /* (owned) */
  GUri *uri;                 /* (owned) */
} Attempt;

static void
attempt_free (Attempt *attempt)
{
  g_object_unref (attempt->diagnosis);
  g_object_unref (attempt->network);
  baton_handshake_unref (attempt->handshake);
  g_uri_unref (attempt->uri);
  g_free (attempt);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Attempt, attempt_free)

static void
event_cb (GSocketClient *client,
          GSocketClientEvent event,
          GSocketConnectable *connectable,
          GIOStream *stream,
          gpointer user_data)
{
  Attempt *attempt = user_data;

  /* Nothing is sent in any case: the verdict is looked at when it is there. */
  baton_network_watch (attempt->network, attempt->uri, event, stream, attempt->handshake);
}

static char *
format_day (GDateTime *time)
{
  return time != NULL ? g_date_time_format (time, "%Y-%m-%d") : NULL;
}

static void
add_certificate (BatonDiagnosis *self, GTlsCertificate *certificate)
{
  g_autofree char *subject = g_tls_certificate_get_subject_name (certificate);
  g_autofree char *issuer = g_tls_certificate_get_issuer_name (certificate);
  g_autoptr (GDateTime) from = g_tls_certificate_get_not_valid_before (certificate);
  g_autoptr (GDateTime) until = g_tls_certificate_get_not_valid_after (certificate);
  g_autofree char *first_day = format_day (from);
  g_autofree char *last_day = format_day (until);
  g_autofree char *fingerprint = baton_certificate_dup_fingerprint (certificate);
  g_autofree char *validity = g_strdup_printf (_ ("%s to %s"), first_day != NULL ? first_day : "?",
                                               last_day != NULL ? last_day : "?");

  _baton_diagnosis_add_detail (self, N_ ("Certificate of"), subject);
  _baton_diagnosis_add_detail (self, N_ ("Issued by"), issuer);
  _baton_diagnosis_add_detail (self, N_ ("Valid"), validity);
  _baton_diagnosis_add_detail (self, N_ ("SHA-256 fingerprint"), fingerprint);
}

static void
add_chain (BatonDiagnosis *self, GTlsCertificate *certificate)
{
  for (guint i = 0; certificate != NULL && i < LONGEST_CHAIN; i++)
    {
      add_certificate (self, certificate);
      certificate = g_tls_certificate_get_issuer (certificate);
    }
}

/* @certificate: (nullable): the client's. */
static void
add_own_certificate (BatonDiagnosis *self, GTlsCertificate *certificate)
{
  g_autofree char *subject
      = certificate != NULL ? g_tls_certificate_get_subject_name (certificate) : NULL;

  _baton_diagnosis_add_detail (self, N_ ("Client certificate"),
                               subject != NULL ? subject : _ ("Wanted, but there is none"));
}

static const char *
get_version (GTlsConnection *connection)
{
  switch (g_tls_connection_get_protocol_version (connection))
    {
    case G_TLS_PROTOCOL_VERSION_TLS_1_3:
      return "TLS 1.3";
    case G_TLS_PROTOCOL_VERSION_TLS_1_2:
      return "TLS 1.2";
    case G_TLS_PROTOCOL_VERSION_TLS_1_1:
      return "TLS 1.1";
    case G_TLS_PROTOCOL_VERSION_TLS_1_0:
      return "TLS 1.0";
    case G_TLS_PROTOCOL_VERSION_UNKNOWN:
    case G_TLS_PROTOCOL_VERSION_SSL_3_0:
    case G_TLS_PROTOCOL_VERSION_DTLS_1_0:
    case G_TLS_PROTOCOL_VERSION_DTLS_1_2:
    default:
      return NULL;
    }
}

static gboolean
is_trusted_by_hand (Attempt *attempt)
{
  g_autofree char *host = baton_network_make_host (attempt->uri);
  BatonAccount *account = _baton_diagnosis_get_account (attempt->diagnosis);

  return baton_trust_get_pin (baton_account_get_trust (account), host) != NULL;
}

static void
judge (Attempt *attempt, GTlsConnection *connection)
{
  BatonDiagnosis *self = attempt->diagnosis;
  GTlsCertificate *certificate = g_tls_connection_get_peer_certificate (connection);
  g_autoptr (GDateTime) now
      = g_date_time_new_from_unix_utc (baton_clock_now (self->clock) / G_USEC_PER_SEC);
  g_autoptr (GDateTime) until = NULL;
  g_autofree char *day = NULL;

  _baton_diagnosis_add_detail (self, N_ ("Protocol"), get_version (connection));
  add_chain (self, certificate);
  if (attempt->handshake->asked)
    add_own_certificate (self, g_tls_connection_get_certificate (connection));
  until = certificate != NULL ? g_tls_certificate_get_not_valid_after (certificate) : NULL;
  day = format_day (until);

  if (until != NULL && g_date_time_difference (until, now) < SOON)
    _baton_diagnosis_note (self,
                           /* TRANSLATORS: %s is a date */
                           g_strdup_printf (_ ("The connection is encrypted, but the server’s "
                                               "certificate ends on %s."),
                                            day));
  else if (is_trusted_by_hand (attempt))
    _baton_diagnosis_pass (self, g_strdup (_ ("The connection is encrypted. The server’s "
                                              "certificate is the one that you trusted.")));
  else
    _baton_diagnosis_pass (self, g_strdup (_ ("The connection is encrypted, and the server’s "
                                              "certificate is trusted.")));
}

static gboolean
is_refused (BatonHandshake *handshake)
{
  return handshake->verdict == BATON_VERDICT_UNTRUSTED
         || handshake->verdict == BATON_VERDICT_CHANGED;
}

static void
connected_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Attempt) attempt = user_data;
  BatonDiagnosis *self = attempt->diagnosis;
  g_autoptr (GError) error = NULL;
  g_autoptr (GSocketConnection) connection
      = g_socket_client_connect_to_uri_finish (G_SOCKET_CLIENT (source), result, &error);
  g_autoptr (GIOStream) base = NULL;

  g_signal_handlers_disconnect_by_data (source, attempt);
  if (_baton_diagnosis_is_over (self, error))
    return;

  if (is_refused (attempt->handshake)
      || g_error_matches (error, G_TLS_ERROR, G_TLS_ERROR_CERTIFICATE_REQUIRED))
    {
      if (attempt->handshake->certificate != NULL)
        add_chain (self, attempt->handshake->certificate);
      _baton_diagnosis_fail (
          self, baton_network_explain (attempt->network, attempt->uri, attempt->handshake, error));
    }
  else if (connection == NULL)
    _baton_diagnosis_fail (self, g_steal_pointer (&error));
  else
    {
      if (G_IS_TCP_WRAPPER_CONNECTION (connection))
        base = g_object_ref (
            g_tcp_wrapper_connection_get_base_io_stream (G_TCP_WRAPPER_CONNECTION (connection)));
      if (G_IS_TLS_CONNECTION (base))
        judge (attempt, G_TLS_CONNECTION (base));
      else
        _baton_diagnosis_pass (self, g_strdup (_ ("The server takes connections. They are not "
                                                  "encrypted, and need not be: it is on this "
                                                  "computer.")));
    }

  if (connection != NULL)
    g_io_stream_close_async (G_IO_STREAM (connection), G_PRIORITY_DEFAULT, NULL, NULL, NULL);
}

static void
prepared_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (BatonDiagnosis) self = user_data;
  const char *origin = baton_deployment_get_origin (_baton_diagnosis_get_deployment (self));
  gboolean encrypted = g_str_has_prefix (origin, "https:");
  g_autoptr (GSocketClient) client = NULL;
  g_autoptr (GError) error = NULL;
  Attempt *attempt = NULL;

  if (!baton_network_prepare_finish (BATON_NETWORK (source), result, &error))
    {
      _baton_diagnosis_fail (self, g_steal_pointer (&error));
      return;
    }

  client = g_socket_client_new ();
  attempt = g_new0 (Attempt, 1);
  attempt->diagnosis = g_object_ref (self);
  attempt->network = g_object_ref (BATON_NETWORK (source));
  attempt->handshake = baton_handshake_new ();
  attempt->uri = g_uri_parse (origin, G_URI_FLAGS_NONE, NULL);
  g_socket_client_set_timeout (client, TIMEOUT);
  g_socket_client_set_tls (client, encrypted);
  g_socket_client_set_proxy_resolver (client, baton_network_get_proxy_resolver (attempt->network));
  g_signal_connect (client, "event", G_CALLBACK (event_cb), attempt);
  g_socket_client_connect_to_uri_async (client, origin, encrypted ? 443 : 80,
                                        _baton_diagnosis_get_cancellable (self), connected_cb,
                                        attempt);
}

static void
run (BatonDiagnosis *self)
{
  baton_network_prepare_async (baton_network_get (_baton_diagnosis_get_account (self)),
                               _baton_diagnosis_get_cancellable (self), prepared_cb,
                               g_object_ref (self));
}

const BatonCheckEntry _baton_check_tls = {
  .id = "tls",
  .title = N_ ("Connection and TLS"),
  .needs = "proxy",
  .run = run,
};
