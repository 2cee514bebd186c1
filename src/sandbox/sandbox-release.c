/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sandbox-release.h"

#include "baton-json.h"
#include "sandbox-audit.h"
#include "sandbox-change.h"
#include "sandbox-clock.h"
#include "sandbox-event.h"
#include "sandbox-folder-tree.h"
#include "sandbox-permission.h"
#include "sandbox-process.h"
#include "sandbox-row.h"
#include "sandbox-sets.h"
#include "sandbox-start.h"
#include "sandbox-statement.h"

/* What a process takes from its package: the columns of Releases, and of Processes. */
#define TAKEN                                                                                      \
  "\"Arguments\", \"RequiresUserInteraction\", \"IsAttended\", \"TargetFramework\", "              \
  "\"SupportsMultipleEntryPoints\", \"ProcessType\""
#define GIVEN                                                                                      \
  "p.\"Arguments\", p.\"RequiresUserInteraction\", p.\"IsAttended\", p.\"TargetFramework\", "      \
  "p.\"SupportsMultipleEntryPoints\", p.\"PackageType\""

/* @feed: (nullable): the tenant's. */
static gint64
find_package (
    SandboxStore *store, gint64 tenant, const char *feed, const char *package, const char *version)
{
  return sandbox_statement_ask (
      store,
      "SELECT rowid FROM \"Processes\" WHERE \"TenantId\" = ? AND \"Id\" = ? "
      "AND \"Version\" = ? AND \"FeedId\" IS ?",
      "isss", tenant, package, version, feed);
}

/* Returns: (transfer full) (nullable): what the row holds when the change is done. */
static char *
dup_text (SandboxRequest *request, SandboxChange *change, const char *column)
{
  g_autofree char *sql = NULL;

  if (sandbox_change_has (change, column) || change->id == 0)
    return g_strdup (sandbox_change_get_text (change, column));
  sql = g_strdup_printf ("SELECT \"%s\" FROM \"Releases\" WHERE \"Id\" = ?", column);

  return sandbox_statement_ask_text (request->store, sql, "i", change->id);
}

/* Where nobody says it: the feed of the folder, where that has the package, else the tenant's. */
static void
choose_feed (SandboxRequest *request,
             SandboxChange *change,
             const char *package,
             const char *version)
{
  g_autofree char *feed = sandbox_folder_tree_dup_feed (request->store, request->folder);

  if (feed != NULL && find_package (request->store, request->tenant, feed, package, version) != 0)
    sandbox_change_set_text (change, "FeedId", feed);
}

/* Answers where there is no such package, or it takes no such arguments. */
static gboolean
check_package (SandboxRequest *request, SandboxChange *change)
{
  g_autofree char *package = dup_text (request, change, "ProcessKey");
  g_autofree char *version = dup_text (request, change, "ProcessVersion");
  g_autofree char *input = dup_text (request, change, "InputArguments");
  g_autofree char *input_type = NULL;
  g_autofree char *wrong = NULL;
  SandboxProcess process = { 0 };
  g_autofree char *feed = NULL;
  gint64 row;

  if (change->kind == SANDBOX_WRITE_CREATE && !sandbox_change_has (change, "FeedId"))
    choose_feed (request, change, package, version);
  feed = dup_text (request, change, "FeedId");
  row = find_package (request->store, request->tenant, feed, package, version);
  if (row == 0)
    {
      sandbox_reply_error (request, 404, 1677, "The package %s:%s does not exist.", package,
                           version);
      return FALSE;
    }

  input_type = sandbox_statement_ask_text (
      request->store,
      "SELECT json_extract (\"Arguments\", '$.Input') FROM \"Processes\" WHERE rowid = ?", "i",
      row);
  process.input_type = input_type;
  wrong = sandbox_process_check_input (&process, input);
  if (wrong == NULL)
    return TRUE;

  sandbox_reply_error (request, 400, 1009, "%s", wrong);

  return FALSE;
}

/* A name and a number say the same; what a whole process does not say is Normal. */
static void
set_priority (SandboxChange *change)
{
  SandboxStart start = { .priority = -1 };

  if (change->kind != SANDBOX_WRITE_PATCH)
    sandbox_start_set_priority (&start, sandbox_row_get_enum ("Releases", "JobPriority", "Normal"),
                                0);
  sandbox_start_set_priority (&start, (int)sandbox_change_get_int (change, "JobPriority", -1),
                              sandbox_change_get_int (change, "SpecificPriorityValue", 0));
  if (start.priority < 0)
    return;
  sandbox_change_set_int (change, "JobPriority", start.priority);
  sandbox_change_set_int (change, "SpecificPriorityValue", start.priority_value);
}

/* Definition: to change who may watch takes a permission of its own. */
static gboolean
check_streaming (SandboxRequest *request, SandboxChange *change)
{
  gint64 none = sandbox_row_get_enum ("Releases", "RemoteControlAccess", "None");
  gint64 now = change->id == 0 ? none
                               : sandbox_statement_ask (request->store,
                                                        "SELECT \"RemoteControlAccess\" FROM "
                                                        "\"Releases\" WHERE \"Id\" = ?",
                                                        "i", change->id);

  return sandbox_change_get_int (change, "RemoteControlAccess", now) == now
         || sandbox_permission_check (request, "RemoteControl.Create");
}

static gboolean
check (SandboxRequest *request, SandboxChange *change)
{
  g_autofree char *key = NULL;
  g_autofree char *folder = NULL;

  if (!check_package (request, change) || !check_streaming (request, change))
    return FALSE;

  set_priority (change);
  if (change->kind != SANDBOX_WRITE_CREATE)
    return TRUE;

  key = g_uuid_string_random ();
  folder = sandbox_statement_ask_text (
      request->store, "SELECT \"Key\" FROM \"Folders\" WHERE \"Id\" = ?", "i", request->folder);
  sandbox_change_set_text (change, "Key", key);
  sandbox_change_set_text (change, "FolderKey", folder);
  sandbox_change_set_int (change, "IsProcessDeleted", FALSE);
  if (!sandbox_change_has (change, "RobotSize"))
    sandbox_change_set_enum (change, "RobotSize", "Standard");
  if (!sandbox_change_has (change, "RemoteControlAccess"))
    sandbox_change_set_enum (change, "RemoteControlAccess", "None");

  return TRUE;
}

/* What the package says, where the process says nothing of its own. */
static void
take_over (SandboxStore *store, gint64 release)
{
  sandbox_statement_run (
      store,
      "UPDATE \"Releases\" AS r SET (" TAKEN ") = (SELECT " GIVEN " FROM \"Processes\" p WHERE "
      "p.\"TenantId\" = r.\"TenantId\" AND p.\"Id\" = r.\"ProcessKey\" AND p.\"Version\" = "
      "r.\"ProcessVersion\" AND p.\"FeedId\" IS r.\"FeedId\") WHERE r.\"Id\" = ?",
      "i", release);
  sandbox_statement_run (
      store,
      "UPDATE \"Releases\" AS r SET (\"Description\", \"EntryPointPath\") = (SELECT ifnull "
      "(r.\"Description\", p.\"Description\"), coalesce (r.\"EntryPointPath\", "
      "p.\"MainEntryPointPath\", 'Main.xaml') FROM \"Processes\" p WHERE p.\"TenantId\" = "
      "r.\"TenantId\" AND p.\"Id\" = r.\"ProcessKey\" AND p.\"Version\" = r.\"ProcessVersion\" AND "
      "p.\"FeedId\" IS r.\"FeedId\") "
      "WHERE r.\"Id\" = ?",
      "i", release);
}

/* Where the process names no entry point that there is. */
static void
add_entry_point (SandboxStore *store, gint64 release)
{
  g_autofree char *key = g_uuid_string_random ();

  if (sandbox_statement_ask (
          store,
          "SELECT 1 FROM \"Releases\" r JOIN \"EntryPoints\" e ON e.\"Id\" = "
          "r.\"EntryPointId\" AND e.\"TenantId\" = r.\"TenantId\" WHERE r.\"Id\" "
          "= ?",
          "i", release))
    return;

  sandbox_statement_run (
      store,
      "INSERT INTO \"EntryPoints\" (\"TenantId\", \"UniqueId\", \"Path\", \"InputArguments\", "
      "\"OutputArguments\") SELECT \"TenantId\", ?, \"EntryPointPath\", json_extract "
      "(\"Arguments\", '$.Input'), json_extract (\"Arguments\", '$.Output') FROM \"Releases\" "
      "WHERE \"Id\" = ?",
      "si", key, release);
  sandbox_statement_run (store, "UPDATE \"Releases\" SET \"EntryPointId\" = ? WHERE \"Id\" = ?",
                         "ii", sandbox_store_last_id (store), release);
}

/* The definition: each time that a version is put into use there is one more of them. */
static void
add_version (SandboxStore *store, gint64 release)
{
  if (sandbox_statement_ask (
          store,
          "SELECT 1 FROM \"Releases\" r JOIN \"ReleaseVersions\" v ON v.\"Id\" = "
          "r.\"CurrentVersionId\" AND v.\"VersionNumber\" = r.\"ProcessVersion\" "
          "WHERE r.\"Id\" = ?",
          "i", release))
    return;

  sandbox_statement_run (
      store,
      "INSERT INTO \"ReleaseVersions\" (\"TenantId\", \"ReleaseId\", \"VersionNumber\", "
      "\"CreationTime\", \"ReleaseName\") SELECT \"TenantId\", \"Id\", \"ProcessVersion\", ?, "
      "\"Name\" FROM \"Releases\" WHERE \"Id\" = ?",
      "ii", sandbox_clock_now (), release);
  sandbox_statement_run (store, "UPDATE \"Releases\" SET \"CurrentVersionId\" = ? WHERE \"Id\" = ?",
                         "ii", sandbox_store_last_id (store), release);
}

static gboolean
written (SandboxRequest *request, SandboxChange *change)
{
  take_over (request->store, change->id);
  add_entry_point (request->store, change->id);
  add_version (request->store, change->id);

  return TRUE;
}

/* Its triggers go with it. */
static gboolean
may_delete (SandboxRequest *request, gint64 id)
{
  if (sandbox_statement_ask (
          request->store,
          "SELECT 1 FROM \"Jobs\" WHERE \"TenantId\" = ? AND \"State\" IN (0, 1, 2, "
          "3, 7, 8) AND \"ReleaseId\" = ?",
          "ii", request->tenant, id))
    {
      sandbox_reply_error (request, 409, 1013, "The process has jobs that have not ended.");
      return FALSE;
    }

  sandbox_statement_run (request->store, "DELETE FROM \"ProcessSchedules\" WHERE \"ReleaseId\" = ?",
                         "i", id);
  sandbox_statement_run (request->store, "DELETE FROM \"ReleaseVersions\" WHERE \"ReleaseId\" = ?",
                         "i", id);

  return TRUE;
}

const SandboxSetHooks sandbox_release_hooks = {
  .check = check,
  .written = written,
  .may_delete = may_delete,
};

gboolean
sandbox_release_set_version (SandboxRequest *request, gint64 release, const char *version)
{
  SandboxStore *store;
  g_autofree char *package = NULL;
  g_autofree char *feed = NULL;
  g_autofree char *name = NULL;

  g_return_val_if_fail (request != NULL && version != NULL, FALSE);

  store = request->store;
  package = sandbox_statement_ask_text (
      store, "SELECT \"ProcessKey\" FROM \"Releases\" WHERE \"Id\" = ?", "i", release);
  name = sandbox_statement_ask_text (store, "SELECT \"Name\" FROM \"Releases\" WHERE \"Id\" = ?",
                                     "i", release);
  feed = sandbox_statement_ask_text (store, "SELECT \"FeedId\" FROM \"Releases\" WHERE \"Id\" = ?",
                                     "i", release);
  if (package == NULL || find_package (store, request->tenant, feed, package, version) == 0)
    return FALSE;

  sandbox_update (store, "Releases", release, SANDBOX_TEXT ("ProcessVersion", version),
                  SANDBOX_TIME ("LastModificationTime", sandbox_clock_now ()),
                  SANDBOX_ID ("LastModifierUserId", request->user));
  take_over (store, release);
  add_version (store, release);
  sandbox_audit (request, "Processes", "Update", release, name, request->body);
  sandbox_event_emit (store,
                      &(SandboxEvent){ "process.updated", request->tenant, request->folder,
                                       request->user, "Process", &sandbox_set_releases, release });

  return TRUE;
}
