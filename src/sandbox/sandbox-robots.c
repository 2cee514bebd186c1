/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sandbox-robot.h"

#include <baton-json.h>

#include "sandbox-audit.h"
#include "sandbox-body.h"
#include "sandbox-change.h"
#include "sandbox-event.h"
#include "sandbox-folder-tree.h"
#include "sandbox-job.h"
#include "sandbox-list.h"
#include "sandbox-operations.h"
#include "sandbox-permission.h"
#include "sandbox-row.h"
#include "sandbox-sets.h"
#include "sandbox-statement.h"
#include "sandbox-write.h"
#include "sandbox-writer.h"

#define US "UiPath.Server.Configuration.OData."
#define ERROR_NOT_FOUND 1002
#define ERROR_INVALID_ARGUMENT 1009
#define ERROR_HAS_DEPENDENTS 1012
#define ERROR_PARAMETER_MISSING 1014

static const SandboxBodyField toggle_fields[]
    = { { "robotIds", SANDBOX_BODY_ARRAY }, { "enabled", SANDBOX_BODY_BOOL }, { NULL } };
static const SandboxBodyField convert_fields[] = { { "robotId", SANDBOX_BODY_INT }, { NULL } };

/* A machine by its key or its name, whichever the body has. Answers where there is none. */
static gboolean
set_machine (SandboxRequest *request, SandboxChange *change)
{
  gint64 id = sandbox_change_get_int (change, "MachineId", 0);
  const char *name = sandbox_change_get_text (change, "MachineName");
  g_autofree char *found = NULL;

  if (id == 0 && name == NULL)
    return TRUE;
  if (id == 0)
    id = sandbox_statement_ask (
        request->store, "SELECT \"Id\" FROM \"Machines\" WHERE \"TenantId\" = ? AND \"Name\" = ?",
        "is", request->tenant, name);
  found = sandbox_statement_ask_text (
      request->store, "SELECT \"Name\" FROM \"Machines\" WHERE \"TenantId\" = ? AND \"Id\" = ?",
      "ii", request->tenant, id);
  if (found == NULL)
    {
      sandbox_reply_error (request, 404, ERROR_NOT_FOUND, "The machine %s does not exist.",
                           name != NULL ? name : "");
      return FALSE;
    }
  sandbox_change_set_int (change, "MachineId", id);
  sandbox_change_set_text (change, "MachineName", found);

  return TRUE;
}

static gboolean
check_cb (SandboxRequest *request, SandboxChange *change)
{
  g_autofree char *key = g_uuid_string_random ();
  gboolean is_standard = sandbox_change_get_int (change, "HostingType", -1)
                         == sandbox_row_get_enum ("Robots", "HostingType", "Standard");

  if (!set_machine (request, change))
    return FALSE;
  if (change->kind != SANDBOX_WRITE_CREATE)
    return TRUE;

  if (is_standard && sandbox_change_get_int (change, "MachineId", 0) == 0)
    {
      sandbox_reply_error (request, 400, ERROR_PARAMETER_MISSING,
                           "The MachineName field is required for a standard robot.");
      return FALSE;
    }
  /* Definition: Robots.Create alone is enough for a floating one. */
  if (is_standard && !sandbox_permission_check (request, "Machines.View"))
    return FALSE;
  if (!sandbox_change_has (change, "LicenseKey"))
    sandbox_change_set_text (change, "LicenseKey", key);
  if (!sandbox_change_has (change, "ProvisionType"))
    sandbox_change_set_enum (change, "ProvisionType", "Manual");
  if (!sandbox_change_has (change, "CredentialType"))
    sandbox_change_set_enum (change, "CredentialType", "Default");
  if (!sandbox_change_has (change, "Enabled"))
    sandbox_change_set_int (change, "Enabled", TRUE);

  return TRUE;
}

static gboolean
may_delete_cb (SandboxRequest *request, gint64 id)
{
  if (sandbox_statement_ask (
          request->store,
          "SELECT 1 FROM \"Jobs\" WHERE \"RobotId\" = ? AND \"State\" " SANDBOX_JOB_TAKES_RUNTIME
          " LIMIT 1",
          "i", id)
      != 0)
    {
      sandbox_reply_error (request, 409, ERROR_HAS_DEPENDENTS,
                           "The robot has running jobs and cannot be deleted.");
      return FALSE;
    }
  sandbox_statement_run (request->store, "DELETE FROM \"Sessions\" WHERE \"RobotId\" = ?", "i", id);
  sandbox_statement_run (request->store, "DELETE FROM \"RobotLicenses\" WHERE \"RobotId\" = ?", "i",
                         id);

  return TRUE;
}

const SandboxSetHooks sandbox_robot_hooks = { check_cb, NULL, may_delete_cb };

/* Answers where the tenant has no such robot. */
static gint64
find_robot (SandboxRequest *request, gint64 id)
{
  g_autofree char *key = g_strdup_printf ("%" G_GINT64_FORMAT, id);

  return sandbox_write_find_row (request, &sandbox_set_robots, "Id", key);
}

static void
tell (SandboxRequest *request, gint64 id, const char *action)
{
  g_autofree char *name = sandbox_statement_ask_text (
      request->store, "SELECT \"Name\" FROM \"Robots\" WHERE \"Id\" = ?", "i", id);

  sandbox_audit (request, "Robots", action, id, name, NULL);
  sandbox_event_emit (request->store,
                      &(SandboxEvent){ "robot.updated", request->tenant, request->folder,
                                       request->user, "Robot", &sandbox_set_robots, id });
}

static void
toggle_cb (SandboxRequest *request)
{
  g_autoptr (GArray) ids = NULL;
  gboolean enabled;

  if (!sandbox_body_check (request, request->body, "robotsToggleEnabledStatusParameters",
                           toggle_fields)
      || !sandbox_body_require (request, request->body, "robotIds", "enabled", NULL))
    return;
  ids = sandbox_body_read_ids (request, request->body, "robotIds");
  if (ids == NULL)
    return;

  enabled = baton_json_peek_bool (request->body, "enabled", FALSE);
  sandbox_store_begin (request->store);
  for (guint i = 0; i < ids->len; i++)
    {
      gint64 id = find_robot (request, g_array_index (ids, gint64, i));

      if (id == 0)
        {
          sandbox_store_rollback (request->store);
          return;
        }
      sandbox_update (request->store, "Robots", id, SANDBOX_INT ("Enabled", enabled));
      tell (request, id, "Toggle");
    }
  sandbox_store_commit (request->store);
  sandbox_reply_empty (request, 200);
}

static void
convert_cb (SandboxRequest *request)
{
  gint64 id;

  if (!sandbox_body_check (request, request->body, "robotsConvertToFloatingParameters",
                           convert_fields)
      || !sandbox_body_require (request, request->body, "robotId", NULL))
    return;
  id = find_robot (request, baton_json_peek_int (request->body, "robotId", 0));
  if (id == 0)
    return;

  sandbox_store_begin (request->store);
  sandbox_update (request->store, "Robots", id, SANDBOX_ENUM ("HostingType", "Floating"),
                  SANDBOX_ID ("MachineId", 0), SANDBOX_TEXT ("MachineName", NULL));
  tell (request, id, "Convert");
  sandbox_store_commit (request->store);
  sandbox_reply_empty (request, 200);
}

static void
delete_bulk_cb (SandboxRequest *request)
{
  sandbox_write_delete_bulk (request, &sandbox_set_robots, "robotIds");
}

/* Answers where the argument or parameter, which may lack, is no number. */
static gboolean
read_number (SandboxRequest *request, const char *name, const char *text, gint64 *number)
{
  *number = 0;
  if (text == NULL || *text == '\0'
      || g_ascii_string_to_signed (text, 10, G_MININT64, G_MAXINT64, number, NULL))
    return TRUE;

  sandbox_reply_error (request, 400, ERROR_INVALID_ARGUMENT, "'%s' must be a number, and is '%s'.",
                       name, text);

  return FALSE;
}

#define SEE "SubFolders.View|Units.View|Jobs.Create"

/* The robots whose users are in the folder. @machine: what names the machine, an argument or a
 * parameter; 0 for any. */
static void
reply_folder_robots (SandboxRequest *request,
                     const SandboxEntitySet *set,
                     const char *machine,
                     const char *permission)
{
  gint64 folder, id;
  g_autoptr (SandboxSql) sql = NULL;

  if (!read_number (request, "folderId", sandbox_request_get_argument (request, "folderId"),
                    &folder)
      || !read_number (request, "machineId", machine, &id)
      || !sandbox_permission_check_in (request, folder, permission))
    return;

  sql = sandbox_list_begin (request, set);
  sandbox_sql_add_condition (sql, SANDBOX_FOLDER_HAS_USER ("t.\"UserId\""), 1, folder);
  if (id != 0)
    sandbox_sql_add_condition (sql, "t.\"MachineId\" = ?", 1, id);
  sandbox_list_reply (request, set, sql);
}

static void
folder_robots_cb (SandboxRequest *request)
{
  reply_folder_robots (request, &sandbox_set_robots,
                       sandbox_request_get_argument (request, "machineId"), SEE);
}

static void
robots_from_folder_cb (SandboxRequest *request)
{
  reply_folder_robots (request, &sandbox_set_folder_robots,
                       sandbox_request_get_query (request, "machineId"), SEE "|Users.View");
}

/* Definition: the robots that may run the process, which in a folder of today are all. */
static void
robots_for_process_cb (SandboxRequest *request)
{
  const char *process = sandbox_request_get_argument (request, "processId");
  g_autoptr (SandboxSql) sql = NULL;

  if (process == NULL
      || sandbox_statement_ask (
             request->store,
             "SELECT 1 FROM \"Releases\" WHERE \"TenantId\" = ?1 AND (\"ProcessKey\" = ?2 OR "
             "\"Id\" = ?2) LIMIT 1",
             "is", request->tenant, process)
             == 0)
    {
      sandbox_reply_error (request, 404, ERROR_NOT_FOUND, "The process %s does not exist.",
                           process != NULL ? process : "");
      return;
    }
  sql = sandbox_list_begin (request, &sandbox_set_robots);
  sandbox_sql_add_condition (sql, "t.\"Enabled\"", 0);
  sandbox_list_reply (request, &sandbox_set_robots, sql);
}

static void
mappings_cb (SandboxRequest *request)
{
  g_autofree char *json = sandbox_statement_ask_text (
      request->store,
      "SELECT json_group_array (json_object ('Key', \"Name\", 'Value', \"LicenseKey\")) FROM "
      "\"Machines\" WHERE \"TenantId\" = ?",
      "i", request->tenant);

  sandbox_reply_value (request, "Collection(System.Collections.Generic.KeyValuePair)", json);
}

static void
usernames_cb (SandboxRequest *request)
{
  g_autofree char *json = sandbox_statement_ask_text (
      request->store,
      "SELECT json_group_array (\"Username\") FROM (SELECT DISTINCT \"Username\" FROM \"Robots\""
      " WHERE \"TenantId\" = ? AND \"Username\" IS NOT NULL ORDER BY 1)",
      "i", request->tenant);

  sandbox_reply_value (request, "Collection(Edm.String)", json);
}

const SandboxOperation sandbox_robots_operations[] = {
  { "POST", "/odata/Robots/" US "ToggleEnabledStatus", SANDBOX_SIGNED, SANDBOX_SCOPE_TENANT,
    "Robots.Edit", toggle_cb },
  { "POST", "/odata/Robots/" US "ConvertToFloating", SANDBOX_SIGNED, SANDBOX_SCOPE_TENANT,
    "Robots.Edit", convert_cb },
  { "POST", "/odata/Robots/" US "DeleteBulk", SANDBOX_SIGNED, SANDBOX_SCOPE_TENANT, "Robots.Delete",
    delete_bulk_cb },
  { "GET", "/odata/Robots/" US "GetFolderRobots", SANDBOX_SIGNED, SANDBOX_SCOPE_TENANT, SEE,
    folder_robots_cb },
  { "GET", "/odata/Robots/" US "GetRobotsFromFolder", SANDBOX_SIGNED, SANDBOX_SCOPE_TENANT,
    SEE "|Users.View", robots_from_folder_cb },
  { "GET", "/odata/Robots/" US "GetRobotsForProcess", SANDBOX_SIGNED, SANDBOX_SCOPE_TENANT,
    "Robots.View&Environments.View&Processes.View", robots_for_process_cb },
  { "GET", "/odata/Robots/" US "GetMachineNameToLicenseKeyMappings", SANDBOX_SIGNED,
    SANDBOX_SCOPE_TENANT, "Robots.Create&Machines.View", mappings_cb },
  { "GET", "/odata/Robots/" US "GetUsernames", SANDBOX_SIGNED, SANDBOX_SCOPE_TENANT, "Robots.View",
    usernames_cb },
  { NULL },
};
