/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sandbox-operations.h"

#include "baton-json.h"
#include "sandbox-body.h"
#include "sandbox-list.h"
#include "sandbox-permission.h"
#include "sandbox-policy.h"
#include "sandbox-release.h"
#include "sandbox-row.h"
#include "sandbox-sets.h"
#include "sandbox-statement.h"
#include "sandbox-write.h"
#include "sandbox-writer.h"

#define US "UiPath.Server.Configuration.OData."

static const SandboxBodyField version_fields[]
    = { { "packageVersion", SANDBOX_BODY_TEXT, 1, 50 }, { NULL } };
static const SandboxBodyField update_fields[] = {
  { "releaseKey", SANDBOX_BODY_TEXT, 1, 50 },
  { "processVersion", SANDBOX_BODY_TEXT },
  { "entryPointPath", SANDBOX_BODY_TEXT },
  { "inputArgs", SANDBOX_BODY_TEXT, 0, 10000 },
  { NULL },
};
static const SandboxBodyField bulk_fields[]
    = { { "releaseIds", SANDBOX_BODY_ARRAY }, { "mergePackageTags", SANDBOX_BODY_BOOL }, { NULL } };
static const SandboxBodyField bulk_key_fields[] = { { "releaseKeys", SANDBOX_BODY_ARRAY },
                                                    { "mergePackageTags", SANDBOX_BODY_BOOL },
                                                    { NULL } };

/* Returns: (transfer full) (nullable): a version of the package that the process is made of. */
typedef char *(*FindVersion) (SandboxRequest *request, gint64 release);

static char *
find_latest (SandboxRequest *request, gint64 release)
{
  return sandbox_statement_ask_text (
      request->store,
      "SELECT p.\"Version\" FROM \"Processes\" p JOIN \"Releases\" r ON p.\"TenantId\" = "
      "r.\"TenantId\" AND p.\"Id\" = r.\"ProcessKey\" AND p.\"FeedId\" IS r.\"FeedId\" WHERE "
      "r.\"Id\" = ? "
      "AND p.\"IsLatestVersion\"",
      "i", release);
}

static char *
find_previous (SandboxRequest *request, gint64 release)
{
  return sandbox_statement_ask_text (
      request->store,
      "SELECT v.\"VersionNumber\" FROM \"ReleaseVersions\" v JOIN \"Releases\" r ON "
      "v.\"ReleaseId\" "
      "= r.\"Id\" WHERE r.\"Id\" = ? AND v.\"Id\" < r.\"CurrentVersionId\" ORDER BY v.\"Id\" DESC "
      "LIMIT 1",
      "i", release);
}

static char *
find_asked (SandboxRequest *request, gint64 release)
{
  return g_strdup (baton_json_peek_string (request->body, "packageVersion"));
}

/* Finds the process by the key of the address, or by "identifier", its own key. Answers where there
 * is none. */
static gint64
find_release (SandboxRequest *request)
{
  const char *identifier = sandbox_request_get_argument (request, "identifier");

  return request->key != NULL
             ? sandbox_write_find_row (request, &sandbox_set_releases, "Id", request->key)
             : sandbox_write_find_row (request, &sandbox_set_releases, "Key",
                                       identifier != NULL ? identifier : "");
}

/* Definition: ODataValueOfInt64, or ODataValueOfGuid where it was asked for by its key. */
static void
reply_release (SandboxRequest *request, gint64 id)
{
  g_autofree char *key = sandbox_statement_ask_text (
      request->store, "SELECT \"Key\" FROM \"Releases\" WHERE \"Id\" = ?", "i", id);
  gboolean by_id = request->key != NULL;
  GString *json = g_string_new (NULL);

  g_string_append_printf (json, "{\"@odata.context\":\"%s/odata/$metadata#Edm.%s\",\"value\":",
                          request->base, by_id ? "Int64" : "Guid");
  if (by_id)
    g_string_append_printf (json, "%" G_GINT64_FORMAT "}", id);
  else
    g_string_append_printf (json, "\"%s\"}", key);
  sandbox_reply_json (request, 200, json);
}

static void
move (SandboxRequest *request, FindVersion find, const char *lacking)
{
  gint64 id = find_release (request);
  g_autofree char *version = NULL;
  gboolean moved;

  if (id == 0)
    return;

  version = find (request, id);
  sandbox_store_begin (request->store);
  moved = version != NULL && sandbox_release_set_version (request, id, version);
  sandbox_store_commit (request->store);
  if (moved)
    reply_release (request, id);
  else
    sandbox_reply_error (request, 404, 1677, "%s", lacking);
}

static void
latest_cb (SandboxRequest *request)
{
  move (request, find_latest, "The package of the process does not exist any more.");
}

static void
rollback_cb (SandboxRequest *request)
{
  move (request, find_previous, "The process has no version before this one.");
}

static void
specific_cb (SandboxRequest *request)
{
  if (sandbox_body_check (request, request->body, "updateParameters", version_fields))
    move (request, find_asked, "The package has no such version.");
}

/* Version, entry point and arguments, as far as they are given. */
static void
update_by_key_cb (SandboxRequest *request)
{
  static const struct
  {
    const char *member;
    const char *column;
  } members[] = {
    { "processVersion", "ProcessVersion" },
    { "entryPointPath", "EntryPointPath" },
    { "inputArgs", "InputArguments" },
  };
  g_autoptr (JsonObject) patch = json_object_new ();
  const char *key;
  gint64 id;

  if (!sandbox_body_check (request, request->body, "updateParameters", update_fields))
    return;
  key = baton_json_peek_string (request->body, "releaseKey");
  id = sandbox_write_find_row (request, &sandbox_set_releases, "Key", key != NULL ? key : "");
  if (id == 0)
    return;

  for (gsize i = 0; i < G_N_ELEMENTS (members); i++)
    {
      const char *text = baton_json_peek_string (request->body, members[i].member);

      if (text != NULL)
        json_object_set_string_member (patch, members[i].column, text);
    }
  if (sandbox_write_change (request, &sandbox_set_releases, id, patch, SANDBOX_WRITE_PATCH))
    sandbox_reply_empty (request, 200);
}

/* @failed: what could not be moved, as JSON. */
static void
reply_bulk (SandboxRequest *request, GString *failed)
{
  gboolean success = failed->len == 0;
  GString *json = g_string_new (NULL);

  g_string_append_printf (
      json,
      "{\"@odata.context\":\"%s/odata/$metadata#" US
      "BulkOperationResponse\",\"Success\":%s,\"Message\":\"%s\",\"FailedItems\":[%s]}",
      request->base, success ? "true" : "false",
      success ? "" : "Some processes could not be updated.", failed->str);
  sandbox_reply_json (request, 200, json);
}

static gboolean
move_to_latest (SandboxRequest *request, const char *column, const char *value)
{
  g_autofree char *sql = g_strdup_printf (
      "SELECT \"Id\" FROM \"Releases\" WHERE \"%s\" = ? AND \"TenantId\" = ? AND "
      "\"OrganizationUnitId\" = ?",
      column);
  gint64 id
      = sandbox_statement_ask (request->store, sql, "sii", value, request->tenant, request->folder);
  g_autofree char *version = id != 0 ? find_latest (request, id) : NULL;

  return version != NULL && sandbox_release_set_version (request, id, version);
}

static void
move_many (SandboxRequest *request,
           const SandboxBodyField *fields,
           const char *member,
           const char *column)
{
  g_autoptr (GString) failed = g_string_new (NULL);
  JsonArray *items;

  if (!sandbox_body_check (request, request->body, "bulkParameters", fields))
    return;
  items = baton_json_peek_array (request->body, member);
  if (items == NULL)
    {
      sandbox_reply_error (request, 400, 1014, "The %s field is required.", member);
      return;
    }

  sandbox_store_begin (request->store);
  for (guint i = 0; i < baton_json_length (items); i++)
    {
      JsonNode *node = baton_json_peek_node_at (items, i);
      g_autofree char *value = baton_json_dup_scalar (node);
      g_autofree char *text = node != NULL ? baton_json_to_text (node, FALSE) : g_strdup ("null");

      if (value == NULL || !move_to_latest (request, column, value))
        g_string_append_printf (failed, "%s%s", failed->len > 0 ? "," : "", text);
    }
  sandbox_store_commit (request->store);
  reply_bulk (request, failed);
}

static void
latest_bulk_cb (SandboxRequest *request)
{
  move_many (request, bulk_fields, "releaseIds", "Id");
}

static void
latest_bulk_by_key_cb (SandboxRequest *request)
{
  move_many (request, bulk_key_fields, "releaseKeys", "Key");
}

/* Asks for no folder: the key is enough. */
static void
delete_by_key_cb (SandboxRequest *request)
{
  const char *key = sandbox_request_get_query (request, "key");
  gint64 folder = sandbox_statement_ask (
      request->store,
      "SELECT \"OrganizationUnitId\" FROM \"Releases\" WHERE \"Key\" = ? AND \"TenantId\" = ?",
      "si", key != NULL ? key : "", request->tenant);
  gint64 id;

  if (folder == 0
      || !sandbox_permission_sees_folder (request->store, request->tenant, request->user, folder))
    {
      sandbox_reply_error (request, 404, 1002, "There is no process with the key '%s'.",
                           key != NULL ? key : "");
      return;
    }

  request->folder = folder;
  id = sandbox_write_find_row (request, &sandbox_set_releases, "Key", key);
  if (id != 0 && sandbox_write_delete (request, &sandbox_set_releases, id))
    sandbox_reply_empty (request, 204);
}

/* What the vendor's Python library and command line list processes with; no part of the definition.
 */
static void
list_cb (SandboxRequest *request)
{
  sandbox_list_reply_all (request, &sandbox_set_releases);
}

/* The process with how long its jobs are kept, as UiPath's Python library and PowerShell module
 * read and make it since version 17. */
static void
get_cb (SandboxRequest *request)
{
  gint64 id = sandbox_write_find_row (request, &sandbox_set_releases, "Id", request->key);

  if (id != 0)
    sandbox_policy_reply (request, &sandbox_set_releases, 200, id);
}

static void
create_cb (SandboxRequest *request)
{
  gint64 id;

  if (request->body == NULL)
    {
      sandbox_reply_error (request, 400, 1000, "release must not be null");
      return;
    }
  /* Packages here need no resources that could be replaced. */
  json_object_remove_member (request->body, "ResourceOverwrites");
  id = sandbox_policy_write (request, &sandbox_set_releases, 0, "release");
  if (id != 0)
    sandbox_policy_reply (request, &sandbox_set_releases, 201, id);
}

#define EDIT(pattern, handler)                                                                     \
  {                                                                                                \
    "POST", pattern, SANDBOX_SIGNED, SANDBOX_SCOPE_FOLDER, "Processes.Edit", handler               \
  }

const SandboxOperation sandbox_releases_operations[] = {
  { "GET", "/odata/Releases/" US "ListReleases", SANDBOX_SIGNED, SANDBOX_SCOPE_FOLDER,
    "Processes.View", list_cb },
  { "GET", "/odata/Releases({key})/" US "GetRelease", SANDBOX_SIGNED, SANDBOX_SCOPE_FOLDER,
    "Processes.View", get_cb },
  { "POST", "/odata/Releases/" US "CreateRelease", SANDBOX_SIGNED, SANDBOX_SCOPE_FOLDER,
    "Processes.Create", create_cb },
  EDIT ("/odata/Releases({key})/" US "UpdateToLatestPackageVersion", latest_cb),
  EDIT ("/odata/Releases({key})/" US "UpdateToSpecificPackageVersion", specific_cb),
  EDIT ("/odata/Releases({key})/" US "RollbackToPreviousReleaseVersion", rollback_cb),
  EDIT ("/odata/Releases/" US "UpdateToLatestPackageVersionByKey", latest_cb),
  EDIT ("/odata/Releases/" US "UpdateToSpecificPackageVersionByKey", specific_cb),
  EDIT ("/odata/Releases/" US "RollbackToPreviousReleaseVersionByKey", rollback_cb),
  EDIT ("/odata/Releases/" US "UpdateToLatestPackageVersionBulk", latest_bulk_cb),
  EDIT ("/odata/Releases/" US "UpdateToLatestPackageVersionBulkByKey", latest_bulk_by_key_cb),
  EDIT ("/odata/Releases/" US "UpdateByKey", update_by_key_cb),
  { "DELETE", "/api/Releases/DeleteByKey", SANDBOX_SIGNED, SANDBOX_SCOPE_TENANT, "Processes.Delete",
    delete_by_key_cb },
  { NULL },
};
