/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sandbox-version.h"

#include "sandbox-settings.h"

#define LATEST 20
/* 20.10 and before had no limit to a page. */
#define FIRST_CAPPED 12

#define US "uipath.server.configuration.odata."

typedef struct
{
  int since;
  const char *name;
} Since;

/* The beginnings of paths, in lower case. */
static const Since paths[] = {
  { 14, "/odata/httptriggers" },
  { 15, "/odata/processes/" US "getpackageentrypoints" },
  { 15, "/odata/processes/" US "getpackagemainentrypoint" },
  { 16, "/odata/queuedefinitions/" US "createqueue" },
  { 17, "/odata/exports" },
  { 17, "/odata/jobs/" US "export" },
  { 17, "/odata/robotlogs/" US "export" },
  { 17, "/odata/auditlogs/" US "export" },
  { 17, "/odata/queuedefinitions({key})/uipathodatasvc.export" },
  { 18, "/api/folders/getallforcurrentuser" },
  { 19, "/odata/queuedefinitions/" US "editqueue" },
  { 20, "/api/assets/" },
  { 20, "/api/buckets/" },
};

static const Since fields[] = {
  { 18, "RetryAbandonedItems" },
  { 20, "AllowDirectApiAccess" },
  { 20, "RunAsCaller" },
  { 20, "SecretValue" },
};

static int spoken = LATEST;
static char header[8] = "20.0";

void
sandbox_version_speak (const SandboxOptions *options)
{
  g_return_if_fail (options != NULL);

  spoken = sandbox_settings_get_api_version (options);
  g_snprintf (header, sizeof header, "%d.0", spoken);
}

const char *
sandbox_version_get_header (void)
{
  return header;
}

gboolean
sandbox_version_lacks_path (const char *pattern)
{
  g_return_val_if_fail (pattern != NULL, FALSE);

  for (gsize i = 0; spoken < LATEST && i < G_N_ELEMENTS (paths); i++)
    {
      if (paths[i].since > spoken && g_str_has_prefix (pattern, paths[i].name))
        return TRUE;
    }

  return FALSE;
}

gboolean
sandbox_version_lacks_field (const char *name)
{
  g_return_val_if_fail (name != NULL, FALSE);

  for (gsize i = 0; spoken < LATEST && i < G_N_ELEMENTS (fields); i++)
    {
      if (fields[i].since > spoken && g_str_equal (fields[i].name, name))
        return TRUE;
    }

  return FALSE;
}

gboolean
sandbox_version_is_uncapped (void)
{
  return spoken < FIRST_CAPPED;
}
