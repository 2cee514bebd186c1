/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n.h>

#include "baton-diagnosis-private.h"
#include "baton-error.h"

/* What Baton understood of the address (fact sheet 1.1, 1.4). Nothing goes over the network. */

static void
add_addresses (BatonDiagnosis *self, BatonDeployment *deployment)
{
  g_autofree char *identity = baton_deployment_make_identity_url (deployment, "");

  _baton_diagnosis_add_detail (self, N_ ("Server"), baton_deployment_get_origin (deployment));
  _baton_diagnosis_add_detail (self, N_ ("Organisation"),
                               baton_deployment_get_organization (deployment));
  _baton_diagnosis_add_detail (self, N_ ("Tenant"), baton_deployment_get_tenant (deployment));
  _baton_diagnosis_add_detail (self, N_ ("Address that is called"),
                               baton_deployment_get_base_url (deployment));
  _baton_diagnosis_add_detail (self, N_ ("Identity server"), identity);
  _baton_diagnosis_add_detail (self, N_ ("To know"), baton_deployment_get_notice (deployment));
}

static void
run (BatonDiagnosis *self)
{
  BatonDeployment *deployment = _baton_diagnosis_get_deployment (self);
  const char *base = baton_deployment_get_base_url (deployment);

  add_addresses (self, deployment);

  if (!baton_deployment_is_safe (deployment))
    _baton_diagnosis_fail (
        self, g_error_new_literal (BATON_ERROR, BATON_ERROR_INVALID,
                                   _ ("The address begins with http, and anyone on the way could "
                                      "read the token. Only an Orchestrator on this computer may "
                                      "be called so: use https.")));
  else if (base == NULL)
    _baton_diagnosis_fail (
        self, g_error_new_literal (BATON_ERROR, BATON_ERROR_INVALID,
                                   _ ("The address does not name an organisation and a tenant. It "
                                      "needs their logical names, as the browser shows them.")));
  else if (baton_deployment_get_notice (deployment) != NULL)
    _baton_diagnosis_note (self, g_strdup (baton_deployment_get_notice (deployment)));
  else
    _baton_diagnosis_pass (
        self, g_strdup_printf (
                  /* TRANSLATORS: an address, then what kind of server it is: "Automation Cloud" */
                  _ ("%s is taken for: %s."), baton_deployment_get_origin (deployment),
                  baton_deployment_get_edition_name (deployment)));
}

const BatonCheckEntry _baton_check_address = {
  .id = "address",
  .title = N_ ("Address"),
  .run = run,
};
