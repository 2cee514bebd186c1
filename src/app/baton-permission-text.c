/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n.h>

#include "baton-permission-text.h"

char *
baton_permission_text (BatonConnection *connection, const BatonResource *resource, const BatonAction *action)
{
  const char *path = action->path != NULL ? action->path : resource->path;
  g_autofree char *scope = NULL;

  if (connection == NULL)
    return NULL;
  /* Every action changes something. */
  scope = path != NULL ? baton_connection_dup_missing_scope (connection, "POST", path) : NULL;
  if (scope != NULL)
    /* TRANSLATORS: why a button is insensitive; %s is a scope of the application, "OR.Jobs.Write" */
    return g_strdup_printf (_("This needs the scope %s"), scope);
  if (action->permission == NULL || baton_connection_may (connection, action->permission))
    return NULL;
  /* TRANSLATORS: why a button is insensitive; %s is a permission of the service, "Jobs.Create" */
  return g_strdup_printf (_("This needs the permission %s"), action->permission);
}
