/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sandbox-address.h"

#include "sandbox-world.h"

static const char *
get_segment (const SandboxPath *path, guint position)
{
  return position < path->segments->len ? path->segments->pdata[position] : NULL;
}

static gboolean
is_segment (const SandboxPath *path, guint position, const char *name)
{
  const char *segment = get_segment (path, position);

  return segment != NULL && g_ascii_strcasecmp (segment, name) == 0;
}

static gboolean
is_api (const SandboxPath *path, guint position)
{
  static const char *const names[] = { "odata", "api", "tasks", "forms", "swagger" };

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    if (is_segment (path, position, names[i]))
      return TRUE;

  return FALSE;
}

/* Other services, and the control of the sandbox, have an "api" of their own below their name (fact sheet 1.4 number 2). */
static gboolean
is_other_service (const SandboxPath *path, guint position)
{
  return is_segment (path, position, "portal_") || is_segment (path, position, "identity_") ||
         is_segment (path, position, "cloudrpa") || is_segment (path, position, "_sandbox");
}

void
sandbox_address_read (SandboxAddress *self, const SandboxPath *path)
{
  const char *organization, *tenant;
  gboolean is_service;

  g_return_if_fail (self != NULL && path != NULL);

  *self = (SandboxAddress){ 0 };

  if (is_api (path, 0))
    {
      self->is_api = TRUE;
      self->is_rooted = TRUE;
      return;
    }

  organization = get_segment (path, 0);
  tenant = get_segment (path, 1);
  if (organization == NULL || tenant == NULL || is_other_service (path, 0) ||
      is_other_service (path, 1))
    return;

  is_service = is_segment (path, 2, "orchestrator_");
  self->n_base = is_service ? 3 : 2;
  /* API triggers are called at "/t/…" (fact sheet 6.9). */
  self->is_api = is_service || is_api (path, 2) || is_segment (path, 2, "t");
  if (sandbox_world_is_organization (organization))
    self->tenant = sandbox_world_find_tenant (tenant);
}
