/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n.h>

#include "baton-diagnosis-private.h"
#include "baton-error.h"
#include "http/baton-certificate.h"

/* Does the server take a connection, and is its certificate one to trust? */

#define TIMEOUT 30
#define LONGEST_CHAIN 10
#define SOON (21 * G_TIME_SPAN_DAY)

/* What the handshake tells, kept with the client. */
typedef struct
{
  GTlsCertificate *certificate; /* (owned) (nullable) */
  GTlsCertificateFlags errors;
} Peer;

static void
peer_free (Peer *peer)
{
  g_clear_object (&peer->certificate);
  g_free (peer);
}

static gboolean
accept_certificate_cb (GTlsConnection *connection,
                       GTlsCertificate *certificate,
                       GTlsCertificateFlags errors,
                       gpointer user_data)
{
  Peer *peer = user_data;

  /* only to be able to show it */
  g_set_object (&peer->certificate, certificate);
  peer->errors = errors;

  return FALSE;
}

static void
event_cb (GSocketClient *client,
          GSocketClientEvent event,
          GSocketConnectable *connectable,
          GIOStream *stream,
          gpointer user_data)
{
  if (event == G_SOCKET_CLIENT_TLS_HANDSHAKING)
    g_signal_connect (stream, "accept-certificate", G_CALLBACK (accept_certificate_cb), user_data);
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

static void
judge (BatonDiagnosis *self, GTlsConnection *connection)
{
  GTlsCertificate *certificate = g_tls_connection_get_peer_certificate (connection);
  g_autoptr (GDateTime) now
      = g_date_time_new_from_unix_utc (baton_clock_now (self->clock) / G_USEC_PER_SEC);
  g_autoptr (GDateTime) until = NULL;
  g_autofree char *day = NULL;

  _baton_diagnosis_add_detail (self, N_ ("Protocol"), get_version (connection));
  add_chain (self, certificate);
  until = certificate != NULL ? g_tls_certificate_get_not_valid_after (certificate) : NULL;
  day = format_day (until);

  if (until != NULL && g_date_time_difference (until, now) < SOON)
    _baton_diagnosis_note (self,
                           /* TRANSLATORS: %s is a date */
                           g_strdup_printf (_ ("The connection is encrypted, but the server’s "
                                               "certificate ends on %s."),
                                            day));
  else
    _baton_diagnosis_pass (self, g_strdup (_ ("The connection is encrypted, and the server’s "
                                              "certificate is trusted.")));
}

static GError *
explain (Peer *peer, GError *error)
{
  g_autofree char *reasons = baton_certificate_describe_errors (peer->errors);
  GError *explained = NULL;

  if (peer->errors == 0 || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return error;

  explained = g_error_new (BATON_ERROR, BATON_ERROR_TLS,
                           /* TRANSLATORS: %s is a list of reasons */
                           _ ("The server’s certificate is not trusted: %s."), reasons);
  baton_error_get_details (explained)->technical = g_strdup (error->message);
  g_error_free (error);

  return explained;
}

static void
connected_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (BatonDiagnosis) self = user_data;
  Peer *peer = g_object_get_data (source, "baton-peer");
  g_autoptr (GError) error = NULL;
  g_autoptr (GSocketConnection) connection
      = g_socket_client_connect_to_uri_finish (G_SOCKET_CLIENT (source), result, &error);
  g_autoptr (GIOStream) base = NULL;

  if (connection == NULL)
    {
      if (peer->certificate != NULL)
        add_chain (self, peer->certificate);
      _baton_diagnosis_fail (self, explain (peer, g_steal_pointer (&error)));
      return;
    }

  if (G_IS_TCP_WRAPPER_CONNECTION (connection))
    base = g_object_ref (
        g_tcp_wrapper_connection_get_base_io_stream (G_TCP_WRAPPER_CONNECTION (connection)));
  if (G_IS_TLS_CONNECTION (base))
    judge (self, G_TLS_CONNECTION (base));
  else
    _baton_diagnosis_pass (self, g_strdup (_ ("The server takes connections. They are not "
                                              "encrypted, and need not be: it is on this "
                                              "computer.")));
  g_io_stream_close_async (G_IO_STREAM (connection), G_PRIORITY_DEFAULT, NULL, NULL, NULL);
}

static void
run (BatonDiagnosis *self)
{
  const char *origin = baton_deployment_get_origin (_baton_diagnosis_get_deployment (self));
  g_autoptr (GSocketClient) client = g_socket_client_new ();
  gboolean encrypted = g_str_has_prefix (origin, "https:");
  Peer *peer = g_new0 (Peer, 1);

  g_object_set_data_full (G_OBJECT (client), "baton-peer", peer, (GDestroyNotify)peer_free);
  g_socket_client_set_timeout (client, TIMEOUT);
  g_socket_client_set_tls (client, encrypted);
  g_signal_connect (client, "event", G_CALLBACK (event_cb), peer);
  g_socket_client_connect_to_uri_async (client, origin, encrypted ? 443 : 80,
                                        _baton_diagnosis_get_cancellable (self), connected_cb,
                                        g_object_ref (self));
}

const BatonCheckEntry _baton_check_tls = {
  .id = "tls",
  .title = N_ ("Connection and TLS"),
  .needs = "proxy",
  .run = run,
};
