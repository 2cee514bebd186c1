/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sandbox-operations.h"

#include "sandbox-audit.h"
#include "sandbox-body.h"
#include "sandbox-list.h"
#include "sandbox-role.h"
#include "sandbox-sets.h"
#include "sandbox-statement.h"
#include "sandbox-write.h"

#define US "UiPath.Server.Configuration.OData."
#define ERROR_NOT_FOUND 1002

static const SandboxBodyField set_users_fields[] = {
  { "addedUserIds", SANDBOX_BODY_ARRAY },
  { "removedUserIds", SANDBOX_BODY_ARRAY },
  { NULL },
};

/* Answers where one of them is no user of the tenant. */
static gboolean
toggle_users (SandboxRequest *request, gint64 role, const char *member, gboolean on)
{
  g_autoptr (GArray) users = sandbox_body_read_ids (request, request->body, member);

  for (guint i = 0; users != NULL && i < users->len; i++)
    {
      gint64 user = g_array_index (users, gint64, i);

      if (sandbox_statement_ask (request->store,
                                 "SELECT 1 FROM \"Users\" WHERE \"TenantId\" = ? AND \"Id\" = ?",
                                 "ii", request->tenant, user)
          == 0)
        {
          sandbox_reply_error (request, 404, ERROR_NOT_FOUND,
                               "The user %" G_GINT64_FORMAT " does not exist.", user);
          return FALSE;
        }
      sandbox_role_toggle (request, user, role, on);
    }

  return users != NULL;
}

static void
set_users_cb (SandboxRequest *request)
{
  gint64 role = sandbox_write_find_row (request, &sandbox_set_roles, "Id", request->key);
  g_autofree char *name = NULL;

  if (role == 0
      || !sandbox_body_check (request, request->body, "setUsersParameters", set_users_fields)
      || !sandbox_body_require (request, request->body, "addedUserIds", "removedUserIds", NULL))
    return;

  sandbox_store_begin (request->store);
  if (!toggle_users (request, role, "addedUserIds", TRUE)
      || !toggle_users (request, role, "removedUserIds", FALSE)
      || !sandbox_role_keeps_administrator (request))
    {
      sandbox_store_rollback (request->store);
      return;
    }
  name = sandbox_statement_ask_text (request->store,
                                     "SELECT \"Name\" FROM \"Roles\" WHERE \"Id\" = ?", "i", role);
  sandbox_audit (request, "Roles", "Assign", role, name, request->body);
  sandbox_store_commit (request->store);
  sandbox_reply_empty (request, 204);
}

/* Returns: the role of the argument "key", 0 and answers where there is none. */
static gint64
find_role (SandboxRequest *request)
{
  const char *key = sandbox_request_get_argument (request, "key");

  return sandbox_write_find_row (request, &sandbox_set_roles, "Id", key != NULL ? key : "");
}

static void
user_ids_cb (SandboxRequest *request)
{
  gint64 role = find_role (request);
  g_autofree char *ids = NULL;

  if (role == 0)
    return;
  ids = sandbox_statement_ask_text (
      request->store,
      "SELECT json_group_array (\"UserId\") FROM \"UserRoles\" WHERE \"RoleId\" = ?", "i", role);
  sandbox_reply_value (request, "Collection(Edm.Int64)", ids);
}

static void
users_cb (SandboxRequest *request)
{
  gint64 role = find_role (request);
  g_autoptr (SandboxSql) sql = NULL;

  if (role == 0)
    return;
  sql = sandbox_list_begin (request, &sandbox_set_users);
  sandbox_sql_add_condition (
      sql, "t.\"Id\" IN (SELECT \"UserId\" FROM \"UserRoles\" WHERE \"RoleId\" = ?)", 1, role);
  sandbox_list_reply (request, &sandbox_set_users, sql);
}

static void
by_key_cb (SandboxRequest *request)
{
  sandbox_list_reply_by_key (request, &sandbox_set_roles);
}

const SandboxOperation sandbox_roles_operations[] = {
  { "GET", "/odata/Roles({key})", SANDBOX_SIGNED, SANDBOX_SCOPE_TENANT, "Roles.View", by_key_cb },
  { "POST", "/odata/Roles({key})/" US "SetUsers", SANDBOX_SIGNED, SANDBOX_SCOPE_TENANT,
    "Roles.Edit&Users.View", set_users_cb },
  { "GET", "/odata/Roles/" US "GetUserIdsForRole", SANDBOX_SIGNED, SANDBOX_SCOPE_TENANT,
    "Roles.View|Users.View", user_ids_cb },
  { "GET", "/odata/Roles/" US "GetUsersForRole", SANDBOX_SIGNED, SANDBOX_SCOPE_TENANT,
    "Roles.View&Users.View", users_cb },
  { NULL },
};
