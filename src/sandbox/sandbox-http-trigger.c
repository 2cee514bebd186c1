/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sandbox-http-trigger.h"

#include "baton-json.h"
#include "sandbox-audit.h"
#include "sandbox-body.h"
#include "sandbox-change.h"
#include "sandbox-operations.h"
#include "sandbox-process.h"
#include "sandbox-sets.h"
#include "sandbox-statement.h"
#include "sandbox-write.h"

#define US "UiPath.Server.Configuration.OData."

static const SandboxBodyField enable_fields[]
    = { { "enabled", SANDBOX_BODY_BOOL }, { "triggerIds", SANDBOX_BODY_ARRAY }, { NULL } };

/* Answers where the folder has no such process, or it takes no such arguments. */
static gboolean
check (SandboxRequest *request, SandboxChange *change)
{
  g_auto (SandboxProcess) process = { 0 };
  const char *key = sandbox_change_get_text (change, "ReleaseKey");
  const char *slug = sandbox_change_get_text (change, "Slug");
  g_autofree char *wrong = NULL;

  if (key != NULL
      && !sandbox_process_find (&process, request->store, request->tenant, request->folder, "Key",
                                key))
    {
      sandbox_reply_error (request, 404, 1002, "Process %s does not exist.", key);
      return FALSE;
    }
  wrong
      = sandbox_process_check_input (&process, sandbox_change_get_text (change, "InputArguments"));
  if (wrong != NULL)
    {
      sandbox_reply_error (request, 400, 1009, "%s", wrong);
      return FALSE;
    }
  if (slug != NULL && (*slug == '/' || strchr (slug, '?') != NULL || strchr (slug, '#') != NULL))
    {
      sandbox_reply_error (request, 400, 1009, "'%s' cannot be part of an address.", slug);
      return FALSE;
    }
  if (!sandbox_http_trigger_check_callback (request, change))
    return FALSE;

  if (key != NULL)
    sandbox_change_set_text (change, "ReleaseName", process.name);
  if (change->kind == SANDBOX_WRITE_CREATE && !sandbox_change_has (change, "Enabled"))
    sandbox_change_set_int (change, "Enabled", TRUE);

  return TRUE;
}

const SandboxSetHooks sandbox_http_trigger_hooks = { .check = check };

/* All or none. */
static void
enable_cb (SandboxRequest *request)
{
  JsonArray *ids;
  gint64 enabled;

  if (!sandbox_body_check (request, request->body, "setEnabledParameters", enable_fields))
    return;
  ids = baton_json_peek_array (request->body, "triggerIds");
  if (baton_json_length (ids) == 0 || !sandbox_body_has (request->body, "enabled"))
    {
      sandbox_reply_error (request, 400, 1014, "The triggerIds and enabled fields are required.");
      return;
    }
  enabled = baton_json_peek_bool (request->body, "enabled", FALSE);

  sandbox_store_begin (request->store);
  for (guint i = 0; i < baton_json_length (ids); i++)
    {
      const char *key = baton_json_peek_string_at (ids, i);
      gint64 id = sandbox_write_find_row (request, &sandbox_set_http_triggers, "Id",
                                          key != NULL ? key : "");

      if (id == 0)
        {
          sandbox_store_rollback (request->store);
          return;
        }
      sandbox_statement_run (request->store,
                             "UPDATE \"HttpTriggers\" SET \"Enabled\" = ? WHERE rowid = ?", "ii",
                             enabled, id);
      sandbox_audit_row (request, &sandbox_set_http_triggers, "Toggle", id, request->body);
    }
  sandbox_store_commit (request->store);
  sandbox_reply_value (request, "Edm.Boolean", "true");
}

const SandboxOperation sandbox_http_trigger_operations[] = {
  { "POST", "/odata/HttpTriggers/" US "SetEnabled", SANDBOX_SIGNED, SANDBOX_SCOPE_FOLDER,
    "Schedules.Edit", enable_cb },
  { NULL },
};
