/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n.h>

#include "baton-permission-text.h"

char *
baton_permission_text (BatonConnection *connection, const char *permission)
{
  if (connection == NULL || permission == NULL || baton_connection_may (connection, permission))
    return NULL;
  /* TRANSLATORS: why a button is insensitive; %s is a permission of the service, "Jobs.Create" */
  return g_strdup_printf (_("This needs the permission %s"), permission);
}
