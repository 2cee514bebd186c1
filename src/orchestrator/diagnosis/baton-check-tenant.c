/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n.h>

#include "auth/baton-discovery.h"
#include "baton-diagnosis-private.h"
#include "baton-error.h"
#include "baton-json.h"

/* Do organisation and tenant of the address exist for this sign-in? The seed of most trouble is a
 * display name, or a folder, in the place of a logical name (fact sheet 1.5). */

#define USER_PATH "/odata/Users/UiPath.Server.Configuration.OData.GetCurrentUser"
#define FOLDER_PATH "/odata/Folders?$top=1"
#define MOST_NAMES 5

/* The four look-alikes: what the address holds against what a tenant is called. */
static gboolean
is_organization (BatonTenant *tenant, const char *name)
{
  return baton_tenant_is_same_name (baton_tenant_get_organization (tenant), name);
}

static gboolean
is_shown_as (BatonTenant *tenant, const char *organization, const char *name)
{
  gboolean by_organization
      = is_organization (tenant, organization)
        || baton_tenant_is_same_name (baton_tenant_get_organization_display (tenant), organization);

  return by_organization
         && (baton_tenant_is_same_name (baton_tenant_get_name (tenant), name)
             || baton_tenant_is_same_name (baton_tenant_get_display (tenant), name));
}

static char *
describe_seen (BatonDiagnosis *self)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < self->seen->len && i < MOST_NAMES; i++)
    {
      BatonTenant *tenant = g_ptr_array_index (self->seen, i);

      g_string_append_printf (text, "%s%s/%s", i > 0 ? ", " : "",
                              baton_tenant_get_organization (tenant),
                              baton_tenant_get_name (tenant));
    }
  if (self->seen->len > MOST_NAMES)
    g_string_append (text, ", …");

  return g_string_free (text, FALSE);
}

/* Returns: (transfer none) (nullable): the one whose display names the address holds. */
static BatonTenant *
find_shown (BatonDiagnosis *self)
{
  BatonDeployment *deployment = _baton_diagnosis_get_deployment (self);

  for (guint i = 0; i < self->seen->len; i++)
    {
      BatonTenant *tenant = g_ptr_array_index (self->seen, i);

      if (is_shown_as (tenant, baton_deployment_get_organization (deployment),
                       baton_deployment_get_tenant (deployment)))
        return tenant;
    }

  return NULL;
}

/* Offers what the sign-in can see; the likeliest first. */
static void
offer (BatonDiagnosis *self)
{
  BatonTenant *likely = self->seen != NULL ? find_shown (self) : NULL;

  g_list_store_remove_all (self->tenants);
  if (likely != NULL)
    g_list_store_append (self->tenants, likely);
  for (guint i = 0; self->seen != NULL && i < self->seen->len; i++)
    if (g_ptr_array_index (self->seen, i) != likely)
      g_list_store_append (self->tenants, g_ptr_array_index (self->seen, i));
}

/* The address names what this sign-in cannot see. */
static void
refuse (BatonDiagnosis *self, gboolean is_tenant, const char *name)
{
  BatonTenant *likely = find_shown (self);
  g_autofree char *seen = describe_seen (self);
  g_autofree char *message = NULL;

  offer (self);
  if (likely != NULL)
    message = g_strdup_printf (
        /* TRANSLATORS: a display name, then "organisation/tenant" as it stands in an address */
        _ ("“%s” is how it is shown; in the address it is %s/%s."), name,
        baton_tenant_get_organization (likely), baton_tenant_get_name (likely));
  else if (is_tenant)
    message = g_strdup_printf (
        /* TRANSLATORS: a name, then a list of "organisation/tenant" */
        _ ("This sign-in cannot see a tenant “%s”. It can see: %s."), name, seen);
  else
    message = g_strdup_printf (
        /* TRANSLATORS: a name, then a list of "organisation/tenant" */
        _ ("This sign-in cannot see an organisation “%s”. It can see: %s."), name, seen);

  _baton_diagnosis_fail (self,
                         g_error_new_literal (BATON_ERROR, BATON_ERROR_WRONG_ADDRESS, message));
}

static void
judge_organization (BatonDiagnosis *self)
{
  BatonDeployment *deployment = _baton_diagnosis_get_deployment (self);
  const char *organization = baton_deployment_get_organization (deployment);

  for (guint i = 0; i < self->seen->len; i++)
    {
      BatonTenant *tenant = g_ptr_array_index (self->seen, i);

      _baton_diagnosis_add_detail (self, N_ ("Can see"), baton_tenant_get_organization (tenant));
      if (is_organization (tenant, organization))
        {
          _baton_diagnosis_pass (self, g_strdup_printf (
                                           /* TRANSLATORS: %s is a logical name */
                                           _ ("This sign-in belongs to “%s”."), organization));
          return;
        }
    }

  refuse (self, FALSE, organization);
}

static void
discovered_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (BatonDiagnosis) self = user_data;
  g_autoptr (GError) error = NULL;

  self->seen = baton_discovery_run_finish (result, &error);
  if (_baton_diagnosis_is_over (self, error))
    return;

  if (self->seen != NULL)
    {
      judge_organization (self);
      return;
    }

  _baton_diagnosis_add_detail (self, N_ ("Answer"), error->message);
  _baton_diagnosis_note (self, g_strdup (_ ("The server does not tell what this sign-in can see. "
                                            "Whether the address is right shows at the "
                                            "tenant.")));
}

static void
run_organization (BatonDiagnosis *self)
{
  BatonDeployment *deployment = _baton_diagnosis_get_deployment (self);
  const char *organization = baton_deployment_get_organization (deployment);
  JsonObject *claims = self->claims != NULL ? baton_json_peek_root_object (self->claims) : NULL;

  if (organization == NULL)
    _baton_diagnosis_pass (self, g_strdup (_ ("A standalone Orchestrator has no organisations.")));
  else if (baton_tenant_is_same_name (baton_json_peek_string (claims, "prt_id"), organization))
    _baton_diagnosis_pass (self, g_strdup (_ ("The token is of the organisation whose ID the "
                                              "address holds.")));
  else if (baton_account_get_method (_baton_diagnosis_get_account (self)) == BATON_METHOD_PASSWORD)
    _baton_diagnosis_pass (self, g_strdup (_ ("A password signs in to one tenant; there is "
                                              "nothing to choose.")));
  else
    baton_discovery_run_async (baton_network_get (_baton_diagnosis_get_account (self)), deployment,
                               self->token, _baton_diagnosis_get_cancellable (self), discovered_cb,
                               g_object_ref (self));
}

static void
asked_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (BatonDiagnosis) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) root = baton_pipeline_send_finish (BATON_PIPELINE (source), result, &error);
  const char *tenant = baton_deployment_get_tenant (_baton_diagnosis_get_deployment (self));
  const char *name = NULL;

  if (_baton_diagnosis_is_over (self, error))
    return;

  /* Who is refused a right was let in. */
  if (error != NULL && !g_error_matches (error, BATON_ERROR, BATON_ERROR_NOT_ALLOWED))
    {
      if (g_error_matches (error, BATON_ERROR, BATON_ERROR_WRONG_ADDRESS))
        offer (self);
      _baton_diagnosis_fail (self, g_steal_pointer (&error));
      return;
    }

  name = baton_json_peek_string (baton_json_peek_root_object (root), "TenancyName");
  _baton_diagnosis_add_detail (self, N_ ("The server calls it"), name);
  _baton_diagnosis_pass (self, tenant != NULL
                                   /* TRANSLATORS: %s is a logical name */
                                   ? g_strdup_printf (_ ("“%s” accepts the token."), tenant)
                                   : g_strdup (_ ("The server accepts the token.")));
}

static gboolean
is_seen (BatonDiagnosis *self, const char *organization, const char *name)
{
  for (guint i = 0; i < self->seen->len; i++)
    {
      BatonTenant *tenant = g_ptr_array_index (self->seen, i);

      if (is_organization (tenant, organization)
          && baton_tenant_is_same_name (baton_tenant_get_name (tenant), name))
        return TRUE;
    }

  return FALSE;
}

static void
run_tenant (BatonDiagnosis *self)
{
  BatonDeployment *deployment = _baton_diagnosis_get_deployment (self);
  const char *name = baton_deployment_get_tenant (deployment);

  /* An address may hold IDs in place of names (fact sheet 1.1). */
  if (self->seen != NULL && name != NULL && !g_uuid_string_is_valid (name)
      && !is_seen (self, baton_deployment_get_organization (deployment), name))
    {
      refuse (self, TRUE, name);
      return;
    }

  /* The one says who is asking, whatever the roles; an application is nobody there (fact sheet
   * 3.5). */
  _baton_diagnosis_ask (self,
                        baton_account_get_method (_baton_diagnosis_get_account (self))
                                == BATON_METHOD_CLIENT_CREDENTIALS
                            ? FOLDER_PATH
                            : USER_PATH,
                        0, asked_cb);
}

const BatonCheckEntry _baton_check_organization = {
  .id = "organization",
  .title = N_ ("Organisation"),
  .needs = "token",
  .run = run_organization,
};

const BatonCheckEntry _baton_check_tenant = {
  .id = "tenant",
  .title = N_ ("Tenant"),
  .needs = "organization",
  .run = run_tenant,
};
