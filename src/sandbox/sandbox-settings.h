/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

#include "sandbox-world.h"

G_BEGIN_DECLS

/* What of the service's hard edges is on: each is an option of the command line and a member of
 * "/_sandbox/settings", from one table. "page-cap" there is "pageCap" here. */

typedef enum
{
  SANDBOX_COUNT_ASKED, /* fact sheet 5.2: Jobs and QueueItems count with $count=true alone */
  SANDBOX_COUNT_ALWAYS,
} SandboxCountSetting;

typedef enum
{
  SANDBOX_BODIES_STRICT, /* fact sheet 4.2: a member that is not known is the end of the body */
  SANDBOX_BODIES_LENIENT,
} SandboxBodiesSetting;

typedef enum
{
  SANDBOX_ROW_VERSION_CHECKED,
  SANDBOX_ROW_VERSION_IGNORED,
} SandboxRowVersionSetting;

typedef enum
{
  SANDBOX_FOLDER_HEADER_REQUIRED, /* fact sheet 1.3 */
  SANDBOX_FOLDER_HEADER_OPTIONAL, /* the first folder that the caller sees stands in */
} SandboxFolderHeaderSetting;

typedef enum
{
  SANDBOX_RETRY_AFTER_SECONDS,
  SANDBOX_RETRY_AFTER_DATE,
} SandboxRetryAfterSetting;

typedef enum
{
  SANDBOX_PORTAL_PAGES_HTML, /* fact sheet 1.1: the web application's page with 200 */
  SANDBOX_PORTAL_PAGES_MISSING,
} SandboxPortalPagesSetting;

typedef enum
{
  SANDBOX_WEBHOOK_TARGETS_LOCAL, /* on this computer */
  SANDBOX_WEBHOOK_TARGETS_ANY,
} SandboxWebhookTargetsSetting;

typedef struct
{
  const char *name; /* of the option */
  gsize offset;     /* of an int in SandboxOptions */
  int initial;
  int least; /* of a number */
  int most;
  const char *const *values; /* (nullable): up to NULL; then the number is the place in it */
  const char *help;
  const char *argument;
} SandboxSetting;

/* Returns: (transfer none): up to a name of NULL. */
const SandboxSetting *sandbox_settings (void);
/* Returns: (transfer none): where @options hold it. */
int *sandbox_setting_locate (const SandboxSetting *self, SandboxOptions *options);
/* Sets it from the text of the command line. Returns: FALSE with an error that says what it may
 * be. */
gboolean sandbox_setting_set_text (const SandboxSetting *self,
                                   SandboxOptions *options,
                                   const char *text,
                                   GError **error);

void sandbox_settings_append (GString *json, const SandboxOptions *options);
/* Sets what @object has, all or nothing. */
gboolean sandbox_settings_apply (SandboxOptions *options, JsonObject *object, GError **error);
/* Copies the settings alone. */
void sandbox_settings_copy (SandboxOptions *options, const SandboxOptions *from);

/* Returns: the number of the Web API that is spoken: 11, 15, 17 or 20 (fact sheet 1.1). */
int sandbox_settings_get_api_version (const SandboxOptions *options);

G_END_DECLS
