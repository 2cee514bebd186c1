/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sandbox-world.h"

static const struct
{
  gint64 id;
  const char *key;
  const char *name;
  const char *display_name;
} tenants[] = {
  { SANDBOX_TENANT_ID, SANDBOX_TENANT_KEY, SANDBOX_TENANT, SANDBOX_TENANT },
  { SANDBOX_SECOND_TENANT_ID, SANDBOX_SECOND_TENANT_KEY, SANDBOX_SECOND_TENANT,
    SANDBOX_SECOND_TENANT_DISPLAY },
};

static const SandboxWorldPerson people[] = {
  { "c0a80101-5f1d-4c0e-8a4b-2a0071c3e9d1", SANDBOX_USER_NAME, "Ada", "Admin", SANDBOX_USER_EMAIL,
    "auth0|5f1d6c0e8a4b2a0071c3e9d1", SANDBOX_PASSWORD, SANDBOX_PERSONAL_ACCESS_TOKEN,
    "Administrators" },
  { "c0a80101-5f1d-4c0e-8a4b-2a0071c3e9d2", SANDBOX_VIEWER_USER_NAME, "Vera", "Viewer",
    SANDBOX_VIEWER_USER_EMAIL, "auth0|5f1d6c0e8a4b2a0071c3e9d2", SANDBOX_VIEWER_PASSWORD,
    SANDBOX_VIEWER_PERSONAL_ACCESS_TOKEN, "Automation Users" },
  { "c0a80101-5f1d-4c0e-8a4b-2a0071c3e9d3", SANDBOX_OPERATOR_USER_NAME, "Otto", "Operator",
    SANDBOX_OPERATOR_USER_EMAIL, "auth0|5f1d6c0e8a4b2a0071c3e9d3", SANDBOX_OPERATOR_PASSWORD,
    SANDBOX_OPERATOR_PERSONAL_ACCESS_TOKEN, "Automation Express" },
  { NULL },
};

static const SandboxWorldApplication applications[] = {
  { "5a9d1c70-0001-4b7e-9c55-6f0c3a528f1d", "Nightly Batch",
    "sandbox-application-secret-0123456789abcdef", FALSE, FALSE },
  { "5a9d1c70-0002-4b7e-9c55-6f0c3a528f1d", "Web Dashboard", "sandbox-web-secret-0123456789abcdef",
    TRUE, FALSE },
  { "5a9d1c70-0003-4b7e-9c55-6f0c3a528f1d", "Desktop Tool", NULL, TRUE, FALSE },
  { SANDBOX_ROLES_APPLICATION, "Invoice Portal", "sandbox-roles-secret-0123456789abcdef", FALSE,
    TRUE },
  { NULL },
};

const SandboxWorldPerson *
sandbox_world_get_people (void)
{
  return people;
}

const SandboxWorldApplication *
sandbox_world_get_applications (void)
{
  return applications;
}

gint64
sandbox_world_find_tenant (const char *name)
{
  g_return_val_if_fail (name != NULL, 0);

  for (gsize i = 0; i < G_N_ELEMENTS (tenants); i++)
    {
      if (g_ascii_strcasecmp (name, tenants[i].name) == 0
          || g_ascii_strcasecmp (name, tenants[i].key) == 0)
        return tenants[i].id;
    }

  return 0;
}

const char *
sandbox_world_get_tenant_name (gint64 tenant)
{
  g_return_val_if_fail (tenant >= 1 && tenant <= (gint64)G_N_ELEMENTS (tenants), NULL);

  return tenants[tenant - 1].name;
}

const char *
sandbox_world_get_tenant_display_name (gint64 tenant)
{
  g_return_val_if_fail (tenant >= 1 && tenant <= (gint64)G_N_ELEMENTS (tenants), NULL);

  return tenants[tenant - 1].display_name;
}

const char *
sandbox_world_get_tenant_key (gint64 tenant)
{
  g_return_val_if_fail (tenant >= 1 && tenant <= (gint64)G_N_ELEMENTS (tenants), NULL);

  return tenants[tenant - 1].key;
}

gboolean
sandbox_world_is_organization (const char *name)
{
  g_return_val_if_fail (name != NULL, FALSE);

  return g_ascii_strcasecmp (name, SANDBOX_ORGANIZATION) == 0
         || g_ascii_strcasecmp (name, SANDBOX_ORGANIZATION_KEY) == 0;
}
