/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include <baton-json.h>

#include "sandbox-enums.h"
#include "sandbox-folder-tree.h"
#include "sandbox-list.h"
#include "sandbox-operations.h"
#include "sandbox-parameter.h"
#include "sandbox-permission.h"
#include "sandbox-sets.h"
#include "sandbox-writer.h"

#define US "UiPath.Server.Configuration.OData."
#define ERROR_INVALID_REQUEST 1000
#define ERROR_NOT_FOUND 1002

static void
all_robots_cb (SandboxRequest *request)
{
  sandbox_list_reply_all (request, &sandbox_set_robots);
}

/* Definition: Users.View is required where the users come along. */
static void
configured_robots_cb (SandboxRequest *request)
{
  const char *expand = sandbox_request_get_query (request, "$expand");

  if (expand == NULL || strstr (expand, "User") == NULL
      || sandbox_permission_check (request, "Users.View"))
    sandbox_list_reply_all (request, &sandbox_set_robots);
}

static void
global_sessions_cb (SandboxRequest *request)
{
  g_autoptr (SandboxSql) sql = sandbox_list_begin_tenant (request, &sandbox_set_sessions);

  sandbox_list_reply (request, &sandbox_set_sessions, sql);
}

/* Definition: the query parameter runtimeType, an enumeration by its name. */
/* @folder: 0 for those of all folders. */
static void
reply_session_runtimes (SandboxRequest *request, gint64 folder)
{
  g_autoptr (SandboxSql)
      sql = sandbox_list_begin_tenant (request, &sandbox_set_machine_session_runtimes);
  int type = -1;

  if (!sandbox_parameter_read_enum (request, "runtimeType", sandbox_enum_runtime_type, &type))
    return;
  if (folder != 0)
    sandbox_sql_add_condition (sql, SANDBOX_FOLDER_HAS_MACHINE ("t.\"MachineId\""), 1, folder);
  if (type >= 0)
    sandbox_sql_add_condition (sql, "t.\"RuntimeType\" = ?", 1, (gint64) type);
  sandbox_list_reply (request, &sandbox_set_machine_session_runtimes, sql);
}

static void
session_runtimes_cb (SandboxRequest *request)
{
  reply_session_runtimes (request, 0);
}

static void
folder_session_runtimes_cb (SandboxRequest *request)
{
  gint64 folder;

  if (sandbox_parameter_require_id (request, "folderId", &folder))
    reply_session_runtimes (request, folder);
}

static void
reply_by_guid (SandboxRequest *request, const SandboxEntitySet *set, const char *field)
{
  const char *text = sandbox_request_get_argument (request, "identifier");
  g_autofree char *key = text != NULL ? g_ascii_strdown (text, -1) : NULL;

  if (key == NULL || !g_uuid_string_is_valid (key))
    sandbox_reply_error (request, SOUP_STATUS_BAD_REQUEST, ERROR_INVALID_REQUEST,
                         "'identifier' must be a GUID, and is '%s'.", text != NULL ? text : "");
  else
    sandbox_list_reply_by_field (request, set, field, key);
}

static void
job_by_key_cb (SandboxRequest *request)
{
  reply_by_guid (request, &sandbox_set_jobs, "Key");
}

static void
folder_by_key_cb (SandboxRequest *request)
{
  reply_by_guid (request, &sandbox_set_folders, "Key");
}

static void
release_by_key_cb (SandboxRequest *request)
{
  reply_by_guid (request, &sandbox_set_releases, "Key");
}

static void
queue_by_key_cb (SandboxRequest *request)
{
  reply_by_guid (request, &sandbox_set_queue_definitions, "Key");
}

/* Definition: MachineRuntimeDto. What the machines of the tenant have: a folder of this sandbox
 * shares them all. */
static void
runtimes_cb (SandboxRequest *request)
{
  gint64 folder;
  sqlite3_stmt *statement;
  GString *json;

  if (!sandbox_parameter_require_id (request, "folderId", &folder))
    return;

  json = sandbox_request_begin_json (request, "Collection(" US "MachineRuntimeDto)");
  g_string_append (json, "\"value\":[");
  statement = sandbox_store_prepare (
      request->store,
      "SELECT \"RuntimeType\", sum(\"Runtimes\"),"
      " sum(CASE WHEN \"Status\" < 2 THEN \"Runtimes\" ELSE 0 END),"
      " sum(CASE WHEN \"Status\" < 2 THEN max(\"Runtimes\" - ifnull(\"UsedRuntimes\", 0), 0) ELSE "
      "0 END)"
      " FROM \"MachineSessionRuntimes\" t WHERE \"TenantId\" = ? AND \"RuntimeType\" IS NOT NULL"
      " AND " SANDBOX_FOLDER_HAS_MACHINE (
          "t.\"MachineId\"") " GROUP BY \"RuntimeType\" ORDER BY \"RuntimeType\"");
  sqlite3_bind_int64 (statement, 1, request->tenant);
  sqlite3_bind_int64 (statement, 2, folder);
  while (sqlite3_step (statement) == SQLITE_ROW)
    g_string_append_printf (
        json,
        "%s{\"Type\":\"%s\",\"Total\":%" G_GINT64_FORMAT ",\"Connected\":%" G_GINT64_FORMAT
        ",\"Available\":%" G_GINT64_FORMAT "}",
        json->str[json->len - 1] == '}' ? "," : "",
        sandbox_enum_runtime_type[sqlite3_column_int (statement, 0)],
        (gint64) sqlite3_column_int64 (statement, 1), (gint64) sqlite3_column_int64 (statement, 2),
        (gint64) sqlite3_column_int64 (statement, 3));
  sandbox_store_done (statement);
  g_string_append (json, "]}");
  sandbox_reply_json (request, SOUP_STATUS_OK, json);
}

/* Not in the definition; the vendor's Python SDK finds a bucket so, its identifier in quotes. */
static void
bucket_by_key_cb (SandboxRequest *request)
{
  reply_by_guid (request, &sandbox_set_buckets, "Identifier");
}

static void
user_by_key_cb (SandboxRequest *request)
{
  reply_by_guid (request, &sandbox_set_users, "Key");
}

const SandboxOperation sandbox_functions_operations[] = {
  { "GET", "/odata/Buckets/" US "GetByKey", SANDBOX_SIGNED, SANDBOX_SCOPE_FOLDER, "Buckets.View",
    bucket_by_key_cb },
  { "GET", "/odata/Users/" US "GetByKey", SANDBOX_SIGNED, SANDBOX_SCOPE_TENANT, "Users.View",
    user_by_key_cb },
  { "GET", "/odata/Robots/" US "GetConfiguredRobots", SANDBOX_SIGNED, SANDBOX_SCOPE_TENANT,
    "Robots.View", configured_robots_cb },
  { "GET", "/odata/Robots/" US "FindAllAcrossFolders", SANDBOX_SIGNED, SANDBOX_SCOPE_TENANT,
    "Robots.View|Users.View|Machines.Create|Machines.Edit", all_robots_cb },
  { "GET", "/odata/Sessions/" US "GetGlobalSessions", SANDBOX_SIGNED, SANDBOX_SCOPE_TENANT,
    "Robots.View", global_sessions_cb },
  { "GET", "/odata/Sessions/" US "GetMachineSessionRuntimes", SANDBOX_SIGNED, SANDBOX_SCOPE_TENANT,
    "Machines.View", session_runtimes_cb },
  { "GET", "/odata/Sessions/" US "GetMachineSessionRuntimesByFolderId", SANDBOX_SIGNED,
    SANDBOX_SCOPE_TENANT, "Machines.View|Jobs.Create", folder_session_runtimes_cb },
  { "GET", "/odata/Machines/" US "GetRuntimesForFolder", SANDBOX_SIGNED, SANDBOX_SCOPE_TENANT,
    "Machines.View|Jobs.Create", runtimes_cb },
  { "GET", "/odata/Jobs/" US "GetByKey", SANDBOX_SIGNED, SANDBOX_SCOPE_CROSS_FOLDER, "Jobs.View",
    job_by_key_cb },
  { "GET", "/odata/Folders/" US "GetByKey", SANDBOX_SIGNED, SANDBOX_SCOPE_TENANT,
    SANDBOX_FOLDER_VIEW, folder_by_key_cb },
  { "GET", "/odata/Releases/" US "GetByKey", SANDBOX_SIGNED, SANDBOX_SCOPE_CROSS_FOLDER,
    "Processes.View", release_by_key_cb },
  { "GET", "/odata/QueueDefinitions/" US "GetByKey", SANDBOX_SIGNED, SANDBOX_SCOPE_CROSS_FOLDER,
    "Queues.View", queue_by_key_cb },
  { NULL },
};
