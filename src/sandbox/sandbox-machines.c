/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sandbox-machine.h"

#include "sandbox-audit.h"
#include "sandbox-change.h"
#include "sandbox-clock.h"
#include "sandbox-folder-tree.h"
#include "sandbox-job.h"
#include "sandbox-list.h"
#include "sandbox-operations.h"
#include "sandbox-parameter.h"
#include "sandbox-row.h"
#include "sandbox-sets.h"
#include "sandbox-statement.h"
#include "sandbox-secret.h"
#include "sandbox-write.h"
#include "sandbox-writer.h"

#define US "UiPath.Server.Configuration.OData."
#define ERROR_NOT_FOUND 1002
#define ERROR_HAS_DEPENDENTS 1012
#define SECRET_BYTES 24

char *
sandbox_machine_make_secret (SandboxStore *store,
                             gint64 tenant,
                             const char *license_key,
                             gint64 *id)
{
  g_autofree char *secret = sandbox_secret_make (SECRET_BYTES);
  g_autofree char *hash = g_compute_checksum_for_string (G_CHECKSUM_SHA256, secret, -1);

  g_return_val_if_fail (license_key != NULL && id != NULL, NULL);

  *id = sandbox_insert (store, "ClientSecrets", SANDBOX_INT ("TenantId", tenant),
                        SANDBOX_TEXT ("LicenseKey", license_key), SANDBOX_TEXT ("Hash", hash),
                        SANDBOX_TIME ("CreationTime", sandbox_clock_now ()));

  return g_steal_pointer (&secret);
}

static gboolean
check_cb (SandboxRequest *request, SandboxChange *change)
{
  g_autofree char *key = g_uuid_string_random ();

  if (change->kind != SANDBOX_WRITE_CREATE)
    return TRUE;

  sandbox_change_set_text (change, "LicenseKey", key);
  if (!sandbox_change_has (change, "Type"))
    sandbox_change_set_enum (change, "Type", "Standard");
  if (!sandbox_change_has (change, "Scope"))
    sandbox_change_set_enum (change, "Scope", "Default");
  if (!sandbox_change_has (change, "AutomationType"))
    sandbox_change_set_enum (change, "AutomationType", "Any");
  if (!sandbox_change_has (change, "TargetFramework"))
    sandbox_change_set_enum (change, "TargetFramework", "Any");

  return TRUE;
}

/* Robots tell the name of their machine. */
static gboolean
written_cb (SandboxRequest *request, SandboxChange *change)
{
  const char *name = sandbox_change_get_text (change, "Name");

  if (change->kind != SANDBOX_WRITE_CREATE && name != NULL)
    sandbox_statement_run (request->store,
                           "UPDATE \"Robots\" SET \"MachineName\" = ? WHERE \"MachineId\" = ?",
                           "si", name, change->id);

  return TRUE;
}

static gboolean
may_delete_cb (SandboxRequest *request, gint64 id)
{
  if (sandbox_statement_ask (request->store,
                             "SELECT 1 FROM \"Jobs\" WHERE \"MachineId\" = ? AND "
                             "\"State\" " SANDBOX_JOB_TAKES_RUNTIME " LIMIT 1",
                             "i", id)
      != 0)
    {
      sandbox_reply_error (request, 409, ERROR_HAS_DEPENDENTS,
                           "The machine has running jobs and cannot be deleted.");
      return FALSE;
    }

  sandbox_statement_run (request->store,
                         "DELETE FROM \"ClientSecrets\" WHERE \"LicenseKey\" = (SELECT "
                         "\"LicenseKey\" FROM \"Machines\" WHERE \"Id\" = ?)",
                         "i", id);
  sandbox_statement_run (request->store, "DELETE FROM \"Sessions\" WHERE \"MachineId\" = ?", "i",
                         id);
  sandbox_statement_run (request->store,
                         "DELETE FROM \"MachineSessionRuntimes\" WHERE \"MachineId\" = ?", "i", id);
  sandbox_statement_run (
      request->store,
      "UPDATE \"Robots\" SET \"MachineId\" = NULL, \"MachineName\" = NULL WHERE \"MachineId\" = ?",
      "i", id);

  return TRUE;
}

const SandboxSetHooks sandbox_machine_hooks = { check_cb, written_cb, may_delete_cb };

/* The secret of a new machine is to be seen this once (fact sheet 6.15). */
static void
create_cb (SandboxRequest *request)
{
  gint64 id, secret_id;
  g_autofree char *key = NULL;
  g_autofree char *secret = NULL;
  g_autoptr (GString) head = g_string_new ("\"ClientSecret\":");

  sandbox_store_begin (request->store);
  id = sandbox_write_create (request, &sandbox_set_machines, request->body);
  if (id == 0)
    {
      sandbox_store_rollback (request->store);
      return;
    }
  key = sandbox_statement_ask_text (
      request->store, "SELECT \"LicenseKey\" FROM \"Machines\" WHERE \"Id\" = ?", "i", id);
  secret = sandbox_machine_make_secret (request->store, request->tenant, key, &secret_id);
  sandbox_store_commit (request->store);

  sandbox_json_append_string (head, secret);
  g_string_append_c (head, ',');
  sandbox_reply_entity_with (request, 201, &sandbox_set_machines, id, head->str);
}

static void
delete_bulk_cb (SandboxRequest *request)
{
  sandbox_write_delete_bulk (request, &sandbox_set_machines, "machineIds");
}

/* Those of the folder: definition, Machines_GetAssignedMachinesByFolderid. */
static void
assigned_cb (SandboxRequest *request)
{
  const char *robot = sandbox_request_get_query (request, "robotId");
  g_autoptr (SandboxSql) sql = NULL;
  gint64 folder;

  if (!sandbox_parameter_require_id (request, "folderId", &folder))
    return;

  sql = sandbox_list_begin (request, &sandbox_set_machines);
  sandbox_sql_add_condition (sql, SANDBOX_FOLDER_HAS_MACHINE ("t.\"Id\""), 1, folder);
  if (robot != NULL && *robot != '\0')
    sandbox_sql_add_text_condition (
        sql, "t.\"Id\" IN (SELECT \"MachineId\" FROM \"Robots\" WHERE \"Id\" = ?)", robot);
  sandbox_list_reply (request, &sandbox_set_machines, sql);
}

/* Answers where no machine of the tenant has the key. */
static gboolean
check_license_key (SandboxRequest *request, const char *key)
{
  return sandbox_write_find_row (request, &sandbox_set_machines, "LicenseKey", key) != 0;
}

static void
append_secret (GString *json, gint64 id, const char *secret, gint64 created)
{
  g_string_append_printf (json, "{\"id\":%" G_GINT64_FORMAT ",\"secret\":", id);
  if (secret != NULL)
    sandbox_json_append_string (json, secret);
  else
    g_string_append (json, "null");
  g_string_append (json, ",\"creationTime\":");
  sandbox_json_append_time (json, created);
  g_string_append_c (json, '}');
}

/* Fact sheet 2.5, at its end. */
static void
list_secrets_cb (SandboxRequest *request)
{
  const char *key = sandbox_request_get_argument (request, "licenseKey");
  sqlite3_stmt *statement;
  GString *json;

  if (!check_license_key (request, key))
    return;

  json = g_string_new ("[");
  statement = sandbox_statement_open (request->store,
                                      "SELECT \"Id\", \"CreationTime\" FROM \"ClientSecrets\""
                                      " WHERE \"TenantId\" = ? AND \"LicenseKey\" = ?"
                                      " ORDER BY \"Id\"",
                                      "is", request->tenant, key);
  while (sqlite3_step (statement) == SQLITE_ROW)
    {
      if (json->len > 1)
        g_string_append_c (json, ',');
      append_secret (json, sqlite3_column_int64 (statement, 0), NULL,
                     sqlite3_column_int64 (statement, 1));
    }
  sandbox_store_done (statement);
  g_string_append_c (json, ']');
  sandbox_reply_json (request, 200, json);
}

static void
add_secret_cb (SandboxRequest *request)
{
  const char *key = sandbox_request_get_argument (request, "licenseKey");
  g_autofree char *secret = NULL;
  GString *json;
  gint64 id;

  if (!check_license_key (request, key))
    return;

  sandbox_store_begin (request->store);
  secret = sandbox_machine_make_secret (request->store, request->tenant, key, &id);
  sandbox_audit (request, "Machines", "Update", 0, key, NULL);
  sandbox_store_commit (request->store);
  json = g_string_new (NULL);
  append_secret (json, id, secret, sandbox_clock_now ());
  sandbox_reply_json (request, 201, json);
}

static void
delete_secret_cb (SandboxRequest *request)
{
  const char *id = sandbox_request_get_argument (request, "secretId");

  sandbox_statement_run (request->store,
                         "DELETE FROM \"ClientSecrets\" WHERE \"TenantId\" = ? AND \"Id\" = ?",
                         "is", request->tenant, id);
  if (sandbox_store_changes (request->store) > 0)
    sandbox_reply_empty (request, 204);
  else
    sandbox_reply_error (request, 404, ERROR_NOT_FOUND, "The secret %s does not exist.", id);
}

const SandboxOperation sandbox_machines_operations[] = {
  { "POST", "/odata/Machines", SANDBOX_SIGNED, SANDBOX_SCOPE_TENANT, "Machines.Create", create_cb },
  { "POST", "/odata/Machines/" US "DeleteBulk", SANDBOX_SIGNED, SANDBOX_SCOPE_TENANT,
    "Machines.Delete", delete_bulk_cb },
  { "GET", "/odata/Machines/" US "GetAssignedMachines", SANDBOX_SIGNED, SANDBOX_SCOPE_TENANT,
    "Machines.View|Jobs.Create", assigned_cb },
  { "GET", "/api/clientsecrets/{licenseKey}", SANDBOX_SIGNED, SANDBOX_SCOPE_TENANT, "Machines.View",
    list_secrets_cb },
  { "POST", "/api/clientsecrets/{licenseKey}", SANDBOX_SIGNED, SANDBOX_SCOPE_TENANT,
    "Machines.Edit", add_secret_cb },
  { "DELETE", "/api/clientsecrets/{secretId}", SANDBOX_SIGNED, SANDBOX_SCOPE_TENANT,
    "Machines.Edit", delete_secret_cb },
  { NULL },
};
