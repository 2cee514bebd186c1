/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sandbox-operations.h"

#include "baton-json.h"
#include "sandbox-body.h"
#include "sandbox-folder-tree.h"
#include "sandbox-list.h"
#include "sandbox-parameter.h"
#include "sandbox-sets.h"
#include "sandbox-statement.h"
#include "sandbox-write.h"

/* The names of classic folders for what is a folder today. */

#define US "UiPath.Server.Configuration.OData."

static const SandboxBodyField unit_fields[] = {
  { "Id", SANDBOX_BODY_INT },
  { "DisplayName", SANDBOX_BODY_TEXT, 1, 128 },
  { NULL },
};

/* Returns: (transfer full) (nullable): a FolderDto, NULL with an answer. */
static JsonObject *
make_body (SandboxRequest *request, gboolean is_new)
{
  JsonObject *body;

  if (!sandbox_body_check (request, request->body, "organizationUnitDto", unit_fields))
    return NULL;

  body = json_object_new ();
  if (sandbox_body_has (request->body, "DisplayName"))
    json_object_set_string_member (body, "DisplayName",
                                   baton_json_peek_string (request->body, "DisplayName"));
  if (is_new)
    {
      json_object_set_string_member (body, "ProvisionType", "Manual");
      json_object_set_string_member (body, "PermissionModel", "InheritFromTenant");
    }

  return body;
}

static gint64
find_unit (SandboxRequest *request, const char *key)
{
  return sandbox_write_find_row (request, &sandbox_set_organization_units, "Id", key);
}

static void
create_cb (SandboxRequest *request)
{
  g_autoptr (JsonObject) body = make_body (request, TRUE);
  gint64 id = body != NULL ? sandbox_write_create (request, &sandbox_set_folders, body) : 0;

  if (id != 0)
    sandbox_reply_entity (request, 201, &sandbox_set_organization_units, id);
}

static void
edit_cb (SandboxRequest *request)
{
  gint64 id = find_unit (request, request->key);
  g_autoptr (JsonObject) body = id != 0 ? make_body (request, FALSE) : NULL;

  if (body != NULL
      && sandbox_write_change (request, &sandbox_set_folders, id, body, SANDBOX_WRITE_PATCH))
    sandbox_reply_empty (request, 200);
}

static void
delete_cb (SandboxRequest *request)
{
  gint64 id = find_unit (request, request->key);

  if (id != 0 && sandbox_write_delete (request, &sandbox_set_folders, id))
    sandbox_reply_empty (request, 204);
}

static void
set_users_cb (SandboxRequest *request)
{
  static const SandboxBodyField fields[] = {
    { "addedUserIds", SANDBOX_BODY_ARRAY },
    { "removedUserIds", SANDBOX_BODY_ARRAY },
    { NULL },
  };
  gint64 id = find_unit (request, request->key);
  g_autoptr (GArray) added = NULL;
  g_autoptr (GArray) removed = NULL;

  if (id == 0 || !sandbox_body_check (request, request->body, "parameters", fields)
      || (added = sandbox_body_read_ids (request, request->body, "addedUserIds")) == NULL
      || (removed = sandbox_body_read_ids (request, request->body, "removedUserIds")) == NULL)
    return;

  sandbox_store_begin (request->store);
  for (guint i = 0; i < removed->len; i++)
    sandbox_statement_run (request->store,
                           "DELETE FROM \"FolderUsers\" WHERE \"FolderId\" = ? AND \"UserId\" = ?",
                           "ii", id, g_array_index (removed, gint64, i));
  for (guint i = 0; i < added->len; i++)
    sandbox_statement_run (
        request->store,
        "INSERT OR IGNORE INTO \"FolderUsers\" (\"TenantId\", \"FolderId\", \"UserId\", \"RoleId\")"
        " SELECT \"TenantId\", ?, \"Id\", 0 FROM \"Users\" WHERE \"Id\" = ? AND \"TenantId\" = ?",
        "iii", id, g_array_index (added, gint64, i), request->tenant);
  sandbox_folder_tree_refresh (request->store, request->tenant);
  sandbox_store_commit (request->store);
  sandbox_reply_empty (request, 204);
}

#define OF_UNIT "(SELECT \"UserId\" FROM \"FolderUsers\" WHERE \"FolderId\" = ?)"

/* Answers where the argument "key" names no unit. */
static gint64
find_by_argument (SandboxRequest *request)
{
  const char *key = sandbox_parameter_require_text (request, "key");

  return key != NULL ? find_unit (request, key) : 0;
}

static void
users_cb (SandboxRequest *request)
{
  gint64 id = find_by_argument (request);
  g_autoptr (SandboxSql) sql = sandbox_list_begin_tenant (request, &sandbox_set_users);

  if (id == 0)
    return;
  sandbox_sql_add_condition (sql, "t.\"Id\" IN " OF_UNIT, 1, id);
  sandbox_list_reply (request, &sandbox_set_users, sql);
}

/* Definition: ODataValueOfIEnumerableOfInt64. */
static void
user_ids_cb (SandboxRequest *request)
{
  gint64 id = find_by_argument (request);
  g_autofree char *ids = NULL;
  GString *json;

  if (id == 0)
    return;

  ids = sandbox_statement_ask_text (request->store,
                                    "SELECT json_group_array(\"Id\") FROM \"Users\""
                                    " WHERE \"Id\" IN " OF_UNIT,
                                    "i", id);
  json = sandbox_request_begin_json (request, "Collection(Edm.Int64)");
  g_string_append_printf (json, "\"value\":%s}", ids);
  sandbox_reply_json (request, 200, json);
}

#define TENANT SANDBOX_SIGNED, SANDBOX_SCOPE_TENANT

const SandboxOperation sandbox_organization_units_operations[] = {
  { "POST", "/odata/OrganizationUnits", TENANT, "Units.Create", create_cb },
  { "PUT", "/odata/OrganizationUnits({key})", TENANT, "Units.Edit", edit_cb },
  { "DELETE", "/odata/OrganizationUnits({key})", TENANT, "Units.Delete", delete_cb },
  { "POST", "/odata/OrganizationUnits({key})/" US "SetUsers", TENANT, "Users.Edit", set_users_cb },
  { "GET", "/odata/OrganizationUnits/" US "GetUsersForUnit", TENANT, "Units.View&Users.View",
    users_cb },
  { "GET", "/odata/OrganizationUnits/" US "GetUserIdsForUnit", TENANT, "Units.View&Users.View",
    user_ids_cb },
  { NULL },
};
