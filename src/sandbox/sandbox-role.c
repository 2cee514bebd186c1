/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sandbox-role.h"

#include <baton-json.h>

#include "sandbox-change.h"
#include "sandbox-row.h"
#include "sandbox-statement.h"
#include "sandbox-subjects.h"

#define ERROR_NOT_FOUND 1002
#define ERROR_INVALID_ARGUMENT 1009
#define ERROR_FORBIDDEN_OPERATION 1017

gint64
sandbox_role_find (SandboxRequest *request, const char *name)
{
  g_return_val_if_fail (request != NULL && name != NULL, 0);

  return sandbox_statement_ask (
      request->store, "SELECT \"Id\" FROM \"Roles\" WHERE \"TenantId\" = ? AND \"Name\" = ?", "is",
      request->tenant, name);
}

gboolean
sandbox_role_keeps_administrator (SandboxRequest *request)
{
  gint64 found;

  g_return_val_if_fail (request != NULL, FALSE);

  found = sandbox_statement_ask (
      request->store,
      "SELECT 1 FROM \"Roles\" r JOIN \"UserRoles\" m ON m.\"RoleId\" = r.\"Id\""
      " JOIN \"Users\" u ON u.\"Id\" = m.\"UserId\" AND u.\"IsActive\" AND u.\"Type\" <> ?2"
      " WHERE r.\"TenantId\" = ?1 AND r.\"IsStatic\" LIMIT 1",
      "ii", request->tenant, (gint64)sandbox_row_get_enum ("Users", "Type", "Robot"));
  if (found == 0)
    sandbox_reply_error (request, 409, ERROR_FORBIDDEN_OPERATION,
                         "The last active administrator of the tenant has to stay.");

  return found != 0;
}

void
sandbox_role_toggle (SandboxRequest *request, gint64 user, gint64 role, gboolean on)
{
  g_return_if_fail (request != NULL);

  sandbox_statement_run (request->store,
                         "DELETE FROM \"UserRoles\" WHERE \"UserId\" = ? AND \"RoleId\" = ?", "ii",
                         user, role);
  if (on)
    sandbox_insert (request->store, "UserRoles", SANDBOX_INT ("TenantId", request->tenant),
                    SANDBOX_INT ("UserId", user), SANDBOX_INT ("RoleId", role));
}

gboolean
sandbox_role_assign_all (SandboxRequest *request, gint64 user, GArray *roles)
{
  g_return_val_if_fail (request != NULL && roles != NULL, FALSE);

  sandbox_statement_run (request->store, "DELETE FROM \"UserRoles\" WHERE \"UserId\" = ?", "i",
                         user);
  for (guint i = 0; i < roles->len; i++)
    {
      gint64 role = g_array_index (roles, gint64, i);

      if (sandbox_statement_ask (request->store,
                                 "SELECT 1 FROM \"Roles\" WHERE \"TenantId\" = ? AND \"Id\" = ?",
                                 "ii", request->tenant, role)
          == 0)
        {
          sandbox_reply_error (request, 404, ERROR_NOT_FOUND,
                               "The role %" G_GINT64_FORMAT " does not exist.", role);
          return FALSE;
        }
      sandbox_role_toggle (request, user, role, TRUE);
    }

  return TRUE;
}

/* Answers where the role is not one that may be changed. */
static gboolean
check_editable (SandboxRequest *request, gint64 id)
{
  g_autofree char *name = sandbox_statement_ask_text (
      request->store, "SELECT \"Name\" FROM \"Roles\" WHERE \"Id\" = ? AND NOT \"IsEditable\"", "i",
      id);

  if (name == NULL)
    return TRUE;

  sandbox_reply_error (request, 409, ERROR_FORBIDDEN_OPERATION, "The role %s is not editable.",
                       name);

  return FALSE;
}

static gboolean
check_cb (SandboxRequest *request, SandboxChange *change)
{
  const char *name = sandbox_change_get_text (change, "Name");

  if (change->kind != SANDBOX_WRITE_CREATE)
    return check_editable (request, change->id);

  if (!sandbox_change_has (change, "DisplayName"))
    sandbox_change_set_text (change, "DisplayName", name);
  if (!sandbox_change_has (change, "Type"))
    sandbox_change_set_enum (change, "Type", "Mixed");
  sandbox_change_set_int (change, "IsStatic", FALSE);
  sandbox_change_set_int (change, "IsEditable", TRUE);

  return TRUE;
}

/* Answers where the item is no permission. */
static gboolean
add_permission (SandboxRequest *request, gint64 role, JsonObject *permission)
{
  const char *name = baton_json_peek_string (permission, "Name");
  const SandboxSubject *subject = name != NULL ? sandbox_subject_find (name) : NULL;

  if (subject == NULL)
    {
      sandbox_reply_error (request, 400, ERROR_INVALID_ARGUMENT, "There is no permission '%s'.",
                           name != NULL ? name : "");
      return FALSE;
    }
  if (baton_json_peek_bool (permission, "IsGranted", TRUE))
    sandbox_insert (request->store, "RolePermissions", SANDBOX_INT ("TenantId", request->tenant),
                    SANDBOX_INT ("RoleId", role), SANDBOX_TEXT ("Name", name),
                    SANDBOX_INT ("IsGranted", TRUE), SANDBOX_ENUM ("Scope", subject->scope));

  return TRUE;
}

/* The permissions of a body are all that the role has from then on (fact sheet 6.18). */
static gboolean
written_cb (SandboxRequest *request, SandboxChange *change)
{
  JsonArray *permissions = baton_json_peek_array (change->body, "Permissions");

  if (permissions == NULL)
    return TRUE;

  sandbox_statement_run (request->store, "DELETE FROM \"RolePermissions\" WHERE \"RoleId\" = ?",
                         "i", change->id);
  for (guint i = 0; i < baton_json_length (permissions); i++)
    if (!add_permission (request, change->id, baton_json_peek_object_at (permissions, i)))
      return FALSE;

  return TRUE;
}

static gboolean
may_delete_cb (SandboxRequest *request, gint64 id)
{
  static const char *const tables[] = { "RolePermissions", "UserRoles", "FolderUsers" };

  if (!check_editable (request, id))
    return FALSE;

  for (gsize i = 0; i < G_N_ELEMENTS (tables); i++)
    {
      g_autofree char *sql = g_strdup_printf ("DELETE FROM \"%s\" WHERE \"RoleId\" = ?", tables[i]);

      sandbox_statement_run (request->store, sql, "i", id);
    }

  return TRUE;
}

const SandboxSetHooks sandbox_role_hooks = { check_cb, written_cb, may_delete_cb };
