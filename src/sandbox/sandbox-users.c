/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sandbox-operations.h"

#include <baton-json.h>

#include "sandbox-audit.h"
#include "sandbox-body.h"
#include "sandbox-job.h"
#include "sandbox-language.h"
#include "sandbox-list.h"
#include "sandbox-permission.h"
#include "sandbox-role.h"
#include "sandbox-row.h"
#include "sandbox-sets.h"
#include "sandbox-statement.h"
#include "sandbox-write.h"

#define US "UiPath.Server.Configuration.OData."
#define ERROR_INVALID_REQUEST 1000
#define ERROR_NOT_FOUND 1002
#define ERROR_INVALID_ARGUMENT 1009

static const SandboxBodyField assign_fields[] = { { "roleIds", SANDBOX_BODY_ARRAY }, { NULL } };
static const SandboxBodyField toggle_fields[]
    = { { "role", SANDBOX_BODY_TEXT }, { "toggle", SANDBOX_BODY_BOOL }, { NULL } };
static const SandboxBodyField culture_fields[] = { { "culture", SANDBOX_BODY_TEXT }, { NULL } };

static gint64
find_user (SandboxRequest *request)
{
  return sandbox_write_find_row (request, &sandbox_set_users, "Id", request->key);
}

/* Ends the transaction of a change of roles. */
static void
finish_roles (SandboxRequest *request, gint64 user, gboolean ok)
{
  g_autofree char *name = NULL;

  if (!ok || !sandbox_role_keeps_administrator (request))
    {
      sandbox_store_rollback (request->store);
      return;
    }

  name = sandbox_statement_ask_text (
      request->store, "SELECT \"UserName\" FROM \"Users\" WHERE \"Id\" = ?", "i", user);
  sandbox_audit (request, "Users", "Assign", user, name, request->body);
  sandbox_store_commit (request->store);
  sandbox_reply_empty (request, 200);
}

static void
assign_roles_cb (SandboxRequest *request)
{
  gint64 user = find_user (request);
  g_autoptr (GArray) roles = NULL;

  if (user == 0
      || !sandbox_body_check (request, request->body, "userAssignRolesParameters", assign_fields)
      || !sandbox_body_require (request, request->body, "roleIds", NULL))
    return;
  roles = sandbox_body_read_ids (request, request->body, "roleIds");
  if (roles == NULL)
    return;

  sandbox_store_begin (request->store);
  finish_roles (request, user, sandbox_role_assign_all (request, user, roles));
}

static void
toggle_role_cb (SandboxRequest *request)
{
  gint64 user = find_user (request), role;
  const char *name;

  if (user == 0
      || !sandbox_body_check (request, request->body, "usersToggleRoleParameters", toggle_fields)
      || !sandbox_body_require (request, request->body, "role", "toggle", NULL))
    return;
  name = baton_json_peek_string (request->body, "role");
  role = sandbox_role_find (request, name);
  if (role == 0)
    {
      sandbox_reply_error (request, 404, ERROR_NOT_FOUND, "The role %s does not exist.", name);
      return;
    }

  sandbox_store_begin (request->store);
  sandbox_role_toggle (request, user, role, baton_json_peek_bool (request->body, "toggle", FALSE));
  finish_roles (request, user, TRUE);
}

static void
change_culture (SandboxRequest *request, gint64 user)
{
  const char *culture;

  if (!sandbox_body_check (request, request->body, "userChangeCultureParameters", culture_fields)
      || !sandbox_body_require (request, request->body, "culture", NULL))
    return;
  culture = baton_json_peek_string (request->body, "culture");
  if (!sandbox_language_is_known (culture))
    {
      sandbox_reply_error (request, 400, ERROR_INVALID_ARGUMENT, "There is no language '%s'.",
                           culture);
      return;
    }
  sandbox_update (request->store, "Users", user, SANDBOX_TEXT ("Culture", culture));
  sandbox_reply_empty (request, 200);
}

static void
change_own_culture_cb (SandboxRequest *request)
{
  change_culture (request, request->user);
}

static void
change_user_culture_cb (SandboxRequest *request)
{
  gint64 user = find_user (request);

  if (user != 0)
    change_culture (request, user);
}

/* Definition: whether the robots of the users are busy, an object of numbers. */
static void
validate_cb (SandboxRequest *request)
{
  const char *text = sandbox_request_get_argument (request, "userIds");
  g_autofree char *list = g_strdup (text != NULL ? text : "");
  g_auto (GStrv) ids = NULL;
  GString *json = g_string_new ("{");

  g_strdelimit (list, "[]", ' ');
  ids = g_strsplit (list, ",", -1);
  for (guint i = 0; ids[i] != NULL; i++)
    {
      gint64 id;
      gint64 busy;

      g_strstrip (ids[i]);
      if (!g_ascii_string_to_signed (ids[i], 10, 0, G_MAXINT64, &id, NULL))
        {
          g_string_free (json, TRUE);
          sandbox_reply_error (request, 400, ERROR_INVALID_REQUEST,
                               "'userIds' must be numbers, and is '%s'.", text != NULL ? text : "");
          return;
        }
      busy = sandbox_statement_ask (
          request->store,
          "SELECT 1 FROM \"Robots\" r JOIN \"Jobs\" j ON j.\"RobotId\" = r.\"Id\""
          " WHERE r.\"TenantId\" = ? AND r.\"UserId\" = ? AND "
          "j.\"State\" " SANDBOX_JOB_TAKES_RUNTIME " LIMIT 1",
          "ii", request->tenant, id);
      g_string_append_printf (json, "%s\"%" G_GINT64_FORMAT "\":%s", i > 0 ? "," : "", id,
                              busy != 0 ? "false" : "true");
    }
  g_string_append_c (json, '}');
  sandbox_reply_value (request, "Collection(Edm.Boolean)", json->str);
  g_string_free (json, TRUE);
}

static void
by_key_cb (SandboxRequest *request)
{
  sandbox_list_reply_by_key (request, &sandbox_set_users);
}

static void
replace_cb (SandboxRequest *request)
{
  gint64 user = find_user (request);

  if (user != 0
      && sandbox_write_change (request, &sandbox_set_users, user, request->body,
                               SANDBOX_WRITE_REPLACE))
    sandbox_reply_empty (request, 200);
}

/* Everybody may say what is his own; roles and the rest are for those who edit users. */
static gboolean
is_own_profile (SandboxRequest *request, gint64 user)
{
  static const char *const own[]
      = { "Id", "Name", "Surname", "EmailAddress", "NotificationSubscription" };
  g_auto (GStrv) names = request->body != NULL ? baton_json_dup_names (request->body) : NULL;

  if (user != request->user || names == NULL)
    return FALSE;
  for (guint i = 0; names[i] != NULL; i++)
    {
      gboolean found = FALSE;

      for (gsize n = 0; n < G_N_ELEMENTS (own); n++)
        found = found || g_str_equal (own[n], names[i]);
      if (!found)
        return FALSE;
    }

  return TRUE;
}

static void
patch_cb (SandboxRequest *request)
{
  gint64 user = find_user (request);

  if (user == 0
      || (!is_own_profile (request, user) && !sandbox_permission_check (request, "Users.Edit")))
    return;
  if (sandbox_write_change (request, &sandbox_set_users, user, request->body, SANDBOX_WRITE_PATCH))
    sandbox_reply_empty (request, 200);
}

const SandboxOperation sandbox_users_operations[] = {
  { "GET", "/odata/Users({key})", SANDBOX_SIGNED, SANDBOX_SCOPE_TENANT, NULL, by_key_cb },
  { "PUT", "/odata/Users({key})", SANDBOX_SIGNED, SANDBOX_SCOPE_TENANT,
    "Users.Edit|Robots.Create|Robots.Edit|Robots.Delete", replace_cb },
  { "PATCH", "/odata/Users({key})", SANDBOX_SIGNED, SANDBOX_SCOPE_TENANT, NULL, patch_cb },
  { "POST", "/odata/Users({key})/" US "AssignRoles", SANDBOX_SIGNED, SANDBOX_SCOPE_TENANT,
    "Users.Edit|Users.Create", assign_roles_cb },
  { "POST", "/odata/Users({key})/" US "ToggleRole", SANDBOX_SIGNED, SANDBOX_SCOPE_TENANT,
    "Users.Edit", toggle_role_cb },
  { "POST", "/odata/Users({key})/" US "ChangeUserCulture", SANDBOX_SIGNED, SANDBOX_SCOPE_TENANT,
    "Users.Edit", change_user_culture_cb },
  { "POST", "/odata/Users/" US "ChangeCulture", SANDBOX_SIGNED, SANDBOX_SCOPE_TENANT, NULL,
    change_own_culture_cb },
  { "GET", "/odata/Users/" US "Validate", SANDBOX_SIGNED, SANDBOX_SCOPE_TENANT, "Users.View",
    validate_cb },
  { NULL },
};
