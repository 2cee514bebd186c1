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

gint64
sandbox_world_find_tenant (const char *name)
{
  g_return_val_if_fail (name != NULL, 0);

  for (gsize i = 0; i < G_N_ELEMENTS (tenants); i++)
    {
      if (g_ascii_strcasecmp (name, tenants[i].name) == 0 ||
          g_ascii_strcasecmp (name, tenants[i].key) == 0)
        return tenants[i].id;
    }

  return 0;
}

const char *
sandbox_world_get_tenant_name (gint64 tenant)
{
  g_return_val_if_fail (tenant >= 1 && tenant <= (gint64) G_N_ELEMENTS (tenants), NULL);

  return tenants[tenant - 1].name;
}

const char *
sandbox_world_get_tenant_display_name (gint64 tenant)
{
  g_return_val_if_fail (tenant >= 1 && tenant <= (gint64) G_N_ELEMENTS (tenants), NULL);

  return tenants[tenant - 1].display_name;
}

const char *
sandbox_world_get_tenant_key (gint64 tenant)
{
  g_return_val_if_fail (tenant >= 1 && tenant <= (gint64) G_N_ELEMENTS (tenants), NULL);

  return tenants[tenant - 1].key;
}

gboolean
sandbox_world_is_organization (const char *name)
{
  g_return_val_if_fail (name != NULL, FALSE);

  return g_ascii_strcasecmp (name, SANDBOX_ORGANIZATION) == 0 ||
         g_ascii_strcasecmp (name, SANDBOX_ORGANIZATION_KEY) == 0;
}
