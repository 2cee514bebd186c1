/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n.h>

#include "baton-diagnosis-private.h"
#include "baton-error.h"

/* Which proxy is used, and does it take connections? */

static void
connected_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (BatonDiagnosis) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GSocketConnection) connection
      = g_socket_client_connect_to_host_finish (G_SOCKET_CLIENT (source), result, &error);

  if (_baton_diagnosis_is_over (self, error))
    return;

  if (connection == NULL)
    {
      error = baton_error_convert (g_steal_pointer (&error), NULL);
      g_free (baton_error_get_details (error)->reason);
      baton_error_get_details (error)->reason = g_strdup (BATON_REASON_PROXY);
      _baton_diagnosis_fail (self, g_steal_pointer (&error));
      return;
    }

  _baton_diagnosis_pass (self, g_strdup (_ ("Baton goes through a proxy, which takes "
                                            "connections.")));
}

/* Without the user name and the password that it may carry. */
static char *
describe_proxy (GUri *uri)
{
  return g_uri_join (G_URI_FLAGS_NONE, g_uri_get_scheme (uri), NULL, g_uri_get_host (uri),
                     g_uri_get_port (uri), "", NULL, NULL);
}

static void
found_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (BatonDiagnosis) self = user_data;
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) proxies
      = g_proxy_resolver_lookup_finish (G_PROXY_RESOLVER (source), result, &error);
  g_autoptr (GUri) uri = NULL;
  g_autoptr (GSocketClient) client = NULL;
  g_autofree char *described = NULL;

  if (proxies != NULL && (proxies[0] == NULL || g_str_equal (proxies[0], "direct://")))
    {
      _baton_diagnosis_pass (self, g_strdup (_ ("No proxy is used for this address.")));
      return;
    }

  if (proxies != NULL)
    uri = g_uri_parse (proxies[0], G_URI_FLAGS_HAS_PASSWORD, &error);
  if (uri == NULL)
    {
      _baton_diagnosis_fail (self, g_steal_pointer (&error));
      return;
    }

  described = describe_proxy (uri);
  _baton_diagnosis_add_detail (self, N_ ("Proxy"), described);
  client = g_socket_client_new ();
  g_socket_client_set_enable_proxy (client, FALSE);
  g_socket_client_connect_to_host_async (client, g_uri_get_host (uri), 1080,
                                         _baton_diagnosis_get_cancellable (self), connected_cb,
                                         g_object_ref (self));
}

static void
run (BatonDiagnosis *self)
{
  const char *origin = baton_deployment_get_origin (_baton_diagnosis_get_deployment (self));

  g_proxy_resolver_lookup_async (g_proxy_resolver_get_default (), origin,
                                 _baton_diagnosis_get_cancellable (self), found_cb,
                                 g_object_ref (self));
}

const BatonCheckEntry _baton_check_proxy = {
  .id = "proxy",
  .title = N_ ("Proxy"),
  .needs = "dns",
  .run = run,
};
