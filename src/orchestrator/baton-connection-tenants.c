/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "baton-connection-private.h"

/* The tenants that a connection knows of, and those that its account may mean. */

/* A standalone has no list of tenants that a person may ask for, and a password's token is for one
 * tenant alone. */
gboolean
_baton_connection_may_discover (BatonConnection *self)
{
  return baton_account_get_method (self->account) != BATON_METHOD_PASSWORD &&
         baton_deployment_get_edition (baton_account_get_deployment (self->account)) !=
             BATON_EDITION_STANDALONE;
}

static gboolean
is_place_of (BatonDeployment *deployment, BatonTenant *tenant)
{
  return g_strcmp0 (baton_deployment_get_organization (deployment),
                    baton_tenant_get_organization (tenant)) == 0 &&
         g_strcmp0 (baton_deployment_get_tenant (deployment), baton_tenant_get_name (tenant)) == 0;
}

/* What the account knows of tenants, until the key has said what it can see. */
void
_baton_connection_offer_known_tenants (BatonConnection *self)
{
  BatonDeployment *deployment = baton_account_get_deployment (self->account);
  GListModel *kept = baton_account_get_tenants (self->account);
  g_autoptr (GPtrArray) tenants = g_ptr_array_new_with_free_func (g_object_unref);
  gboolean has_own = FALSE;

  if (self->discovered || baton_deployment_get_tenant (deployment) == NULL)
    return;

  for (guint i = 0; i < g_list_model_get_n_items (kept); i++)
    {
      BatonTenant *tenant = g_list_model_get_item (kept, i);

      has_own = has_own || is_place_of (deployment, tenant);
      g_ptr_array_add (tenants, tenant);
    }
  if (!has_own)
    g_ptr_array_insert (tenants, 0,
                        baton_tenant_new (baton_deployment_get_organization (deployment),
                                          baton_account_get_organization_display (self->account),
                                          baton_deployment_get_tenant (deployment),
                                          baton_account_get_tenant_display (self->account)));
  _baton_connection_set_tenants (self, tenants);
}

void
_baton_connection_take_tenants (BatonConnection *self, GPtrArray *tenants)
{
  BatonDeployment *deployment = NULL;

  self->discovered = TRUE;
  _baton_connection_set_tenants (self, tenants);
  baton_account_set_tenants (self->account, tenants);

  /* the display names of where we are */
  deployment = baton_account_get_deployment (self->account);
  for (guint i = 0; i < tenants->len; i++)
    {
      BatonTenant *tenant = g_ptr_array_index (tenants, i);
      const char *organization = baton_deployment_get_organization (deployment);
      const char *name = baton_deployment_get_tenant (deployment);

      if (organization != NULL && name != NULL &&
          g_ascii_strcasecmp (baton_tenant_get_organization (tenant), organization) == 0 &&
          g_ascii_strcasecmp (baton_tenant_get_name (tenant), name) == 0)
        {
          baton_account_set_organization_display (
              self->account, baton_tenant_get_organization_display (tenant));
          baton_account_set_tenant_display (self->account, baton_tenant_get_display (tenant));
        }
    }
}

/* Returns: (transfer container) (element-type BatonTenant): the tenants that the account may mean: by
 * their logical or their display names; all of them where it names none. */
GPtrArray *
_baton_connection_find_meant (BatonConnection *self, GPtrArray *tenants)
{
  BatonDeployment *deployment = baton_account_get_deployment (self->account);
  const char *organization = baton_deployment_get_organization (deployment);
  const char *name = baton_deployment_get_tenant (deployment);
  GPtrArray *meant = g_ptr_array_new ();

  for (guint i = 0; i < tenants->len; i++)
    {
      BatonTenant *tenant = g_ptr_array_index (tenants, i);

      if (organization != NULL &&
          !baton_tenant_is_same_name (organization, baton_tenant_get_organization (tenant)) &&
          !baton_tenant_is_same_name (organization, baton_tenant_get_organization_display (tenant)))
        continue;
      if (name == NULL || baton_tenant_is_same_name (name, baton_tenant_get_name (tenant)) ||
          baton_tenant_is_same_name (name, baton_tenant_get_display (tenant)))
        g_ptr_array_add (meant, tenant);
    }

  return meant;
}
