/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n.h>

#include "baton-diagnosis-private.h"
#include "baton-error.h"
#include "network/baton-network.h"
#include "network/baton-proxy-resolver.h"

/* Which proxy is used, and does it let Baton through to the server? */

static GProxyResolver *
get_resolver (BatonDiagnosis *self)
{
  return baton_network_get_proxy_resolver (baton_network_get (_baton_diagnosis_get_account (self)));
}

static void
connected_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (BatonDiagnosis) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GSocketConnection) connection
      = g_socket_client_connect_to_uri_finish (G_SOCKET_CLIENT (source), result, &error);
  BatonErrorDetails *details = NULL;

  if (_baton_diagnosis_is_over (self, error))
    return;

  if (connection == NULL)
    {
      error = baton_error_convert (g_steal_pointer (&error), NULL);
      details = baton_error_get_details (error);
      if (g_strcmp0 (details->reason, BATON_REASON_PROXY_LOGIN) != 0)
        {
          g_free (details->reason);
          details->reason = g_strdup (BATON_REASON_PROXY);
        }
      _baton_diagnosis_fail (self, g_steal_pointer (&error));
      return;
    }

  _baton_diagnosis_pass (
      self, g_strdup (_ ("Baton goes through a proxy, which lets it through to the server.")));
  g_io_stream_close_async (G_IO_STREAM (connection), G_PRIORITY_DEFAULT, NULL, NULL, NULL);
}

static void
found_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (BatonDiagnosis) self = user_data;
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) proxies
      = g_proxy_resolver_lookup_finish (G_PROXY_RESOLVER (source), result, &error);
  g_autofree char *described = NULL;
  g_autoptr (GSocketClient) client = NULL;

  if (proxies == NULL)
    {
      _baton_diagnosis_fail (self, g_steal_pointer (&error));
      return;
    }
  described = baton_proxy_resolver_describe (proxies[0]);
  if (described == NULL)
    {
      _baton_diagnosis_pass (self, g_strdup (_ ("No proxy is used for this address.")));
      return;
    }

  _baton_diagnosis_add_detail (self, N_ ("Proxy"), described);
  client = g_socket_client_new ();
  g_socket_client_set_proxy_resolver (client, get_resolver (self));
  g_socket_client_connect_to_uri_async (
      client, baton_deployment_get_origin (_baton_diagnosis_get_deployment (self)), 443,
      _baton_diagnosis_get_cancellable (self), connected_cb, g_object_ref (self));
}

static void
run (BatonDiagnosis *self)
{
  const char *origin = baton_deployment_get_origin (_baton_diagnosis_get_deployment (self));

  g_proxy_resolver_lookup_async (get_resolver (self), origin,
                                 _baton_diagnosis_get_cancellable (self), found_cb,
                                 g_object_ref (self));
}

const BatonCheckEntry _baton_check_proxy = {
  .id = "proxy",
  .title = N_ ("Proxy"),
  .needs = "dns",
  .run = run,
};
