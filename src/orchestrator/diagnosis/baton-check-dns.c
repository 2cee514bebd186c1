/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n.h>

#include "baton-diagnosis-private.h"
#include "baton-error.h"
#include "network/baton-network.h"

/* Is the name of the host known? Behind a proxy it need not be: the proxy looks it up itself. */

/* @failure: that of the look-up. */
typedef struct
{
  BatonDiagnosis *diagnosis; /* (owned) */
  GError *failure;           /* (owned) */
} Doubt;

static void
doubt_free (Doubt *doubt)
{
  g_object_unref (doubt->diagnosis);
  g_clear_error (&doubt->failure);
  g_free (doubt);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Doubt, doubt_free)

static void
proxy_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Doubt) doubt = user_data;
  BatonDiagnosis *self = doubt->diagnosis;
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) proxies
      = g_proxy_resolver_lookup_finish (G_PROXY_RESOLVER (source), result, &error);

  if (_baton_diagnosis_is_over (self, error))
    return;

  if (proxies != NULL && proxies[0] != NULL && !g_str_equal (proxies[0], "direct://"))
    _baton_diagnosis_note (self, g_strdup (_ ("This computer does not know the host’s name. That "
                                              "is left to the proxy that Baton goes through.")));
  else
    _baton_diagnosis_fail (self, g_steal_pointer (&doubt->failure));
}

static void
resolved_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (BatonDiagnosis) self = user_data;
  g_autoptr (GError) error = NULL;
  GList *addresses = g_resolver_lookup_by_name_finish (G_RESOLVER (source), result, &error);
  g_autofree char *first = NULL;

  if (_baton_diagnosis_is_over (self, error))
    return;

  if (error != NULL)
    {
      Doubt *doubt = g_new0 (Doubt, 1);

      doubt->diagnosis = g_object_ref (self);
      doubt->failure = g_steal_pointer (&error);
      g_proxy_resolver_lookup_async (
          baton_network_get_proxy_resolver (
              baton_network_get (_baton_diagnosis_get_account (self))),
          baton_deployment_get_origin (_baton_diagnosis_get_deployment (self)),
          _baton_diagnosis_get_cancellable (self), proxy_cb, doubt);
      return;
    }

  for (GList *item = addresses; item != NULL; item = item->next)
    {
      g_autofree char *text = g_inet_address_to_string (item->data);

      _baton_diagnosis_add_detail (self, N_ ("Network address"), text);
      if (first == NULL)
        first = g_steal_pointer (&text);
    }
  g_resolver_free_addresses (addresses);

  _baton_diagnosis_pass (self,
                         /* TRANSLATORS: %s is a network address */
                         g_strdup_printf (_ ("The host’s name is known: %s."), first));
}

static void
run (BatonDiagnosis *self)
{
  const char *origin = baton_deployment_get_origin (_baton_diagnosis_get_deployment (self));
  g_autoptr (GError) error = NULL;
  g_autoptr (GUri) uri = g_uri_parse (origin, G_URI_FLAGS_NONE, &error);

  if (uri == NULL || g_uri_get_host (uri) == NULL)
    {
      _baton_diagnosis_fail (self, error != NULL
                                       ? g_steal_pointer (&error)
                                       : g_error_new_literal (BATON_ERROR, BATON_ERROR_INVALID,
                                                              _ ("There is no host in it.")));
      return;
    }

  _baton_diagnosis_add_detail (self, N_ ("Host"), g_uri_get_host (uri));
  g_resolver_lookup_by_name_async (g_resolver_get_default (), g_uri_get_host (uri),
                                   _baton_diagnosis_get_cancellable (self), resolved_cb,
                                   g_object_ref (self));
}

const BatonCheckEntry _baton_check_dns = {
  .id = "dns",
  .title = N_ ("DNS"),
  .needs = "address",
  .run = run,
};
