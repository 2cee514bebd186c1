/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n.h>

#include "baton-connection-private.h"
#include "baton-error.h"
#include "http/baton-answer.h"

/* What is wrong with an address, once more is known of it than the answer says. */

/* Returns: (transfer full): the names of the tenants that the key can see, for a sentence. */
static char *
describe_tenants (BatonConnection *self)
{
  GListModel *tenants = baton_connection_get_tenants (self);
  guint n = g_list_model_get_n_items (tenants);
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < n && i < 5; i++)
    {
      g_autoptr (BatonTenant) tenant = g_list_model_get_item (tenants, i);

      g_string_append_printf (text, "%s%s/%s", i > 0 ? ", " : "",
                              baton_tenant_get_organization (tenant),
                              baton_tenant_get_name (tenant));
    }
  if (n > 5)
    g_string_append (text, ", …");

  return g_string_free (text, FALSE);
}

/* The seed's mistake (fact sheet 1.5), told with what was typed and what would do. */
GError *
_baton_connection_explain_wrong_address (BatonConnection *self, GError *error)
{
  BatonDeployment *deployment = baton_account_get_deployment (self->account);
  const char *organization = baton_deployment_get_organization (deployment);
  const char *tenant = baton_deployment_get_tenant (deployment);
  g_autofree char *known = NULL;
  g_autofree char *message = NULL;

  if (baton_error_get_details (error)->location != NULL)
    return error;
  /* An opaque token says nothing of itself: no more is known than that it was refused. */
  if (!self->discovered &&
      baton_account_get_method (self->account) == BATON_METHOD_PERSONAL_ACCESS_TOKEN)
    return baton_answer_retell (error, BATON_ERROR_BAD_CREDENTIALS,
                                _("The server does not accept this personal access token here: it "
                                  "has expired, was revoked, or belongs to another organisation."));
  if (!self->discovered || organization == NULL || tenant == NULL)
    return error;

  known = describe_tenants (self);
  message = g_strdup_printf (
      /* TRANSLATORS: the first two %s are parts of an address, the third is a list of
       * "organisation/tenant" */
      _("The access token is good, but not for “%s/%s”. The first part of the address is the "
        "account’s logical name (the organisation), the second the tenant’s logical name; a "
        "display name or a folder will not do. This key can see: %s."),
      organization, tenant, known);

  return baton_answer_retell (error, BATON_ERROR_WRONG_ADDRESS, message);
}

/* The server is there, but does not say what the address leaves out. @error: (transfer full). */
GError *
_baton_connection_explain_unknown_tenant (GError *error)
{
  BatonErrorDetails *details = baton_error_get_details (error);

  /* without an answer it says nothing of tenants */
  if (details == NULL || details->http_status == 0)
    return error;

  error = baton_answer_retell (error, BATON_ERROR_WRONG_ADDRESS,
                               _("The server does not tell which tenants there are."));
  details = baton_error_get_details (error);
  g_free (details->reason);
  details->reason = g_strdup (BATON_REASON_TENANT);

  return error;
}

/* The answer says which tenants there are, and the one that is meant is none of them. */
GError *
_baton_connection_explain_no_tenant (BatonConnection *self)
{
  g_autofree char *known = describe_tenants (self);

  return g_error_new (BATON_ERROR, BATON_ERROR_WRONG_ADDRESS,
                      /* TRANSLATORS: %s is a list of "organisation/tenant" */
                      _("The key is good, but it cannot see this tenant. It can see: %s."), known);
}
