/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sandbox-user.h"

#include <string.h>

#include <baton-json.h>

#include "sandbox-body.h"
#include "sandbox-change.h"
#include "sandbox-clock.h"
#include "sandbox-enums.h"
#include "sandbox-permission.h"
#include "sandbox-role.h"
#include "sandbox-row.h"
#include "sandbox-statement.h"
#include "sandbox-world.h"

#define ERROR_NOT_FOUND 1002
#define ERROR_INVALID_ARGUMENT 1009
#define ERROR_PARAMETER_MISSING 1014
#define ERROR_FORBIDDEN_OPERATION 1017
/* Definition: RobotDto.Name. */
#define MAX_ROBOT_NAME 19

/* Definition: UnattendedRobotDto. */
static const SandboxBodyField robot_fields[] = {
  { "UserName", SANDBOX_BODY_TEXT, 0, 100 },
  { "Password", SANDBOX_BODY_TEXT, 0, 100 },
  { "CredentialStoreId", SANDBOX_BODY_INT },
  { "CredentialType", SANDBOX_BODY_ENUM, .names = sandbox_enum_credential_type },
  { "CredentialExternalName", SANDBOX_BODY_TEXT, 0, 450 },
  { "ExecutionSettings", SANDBOX_BODY_OBJECT },
  { "LimitConcurrentExecution", SANDBOX_BODY_BOOL },
  { "RobotId", SANDBOX_BODY_INT },
  { "MachineMappingsCount", SANDBOX_BODY_INT },
  { NULL },
};

static const char *const update_policies[]
    = { "None", "SpecificVersion", "LatestVersion", "LatestPatch", NULL };

/* Definition: UpdatePolicyDto. */
static const SandboxBodyField policy_fields[] = {
  { "Type", SANDBOX_BODY_ENUM, .names = update_policies },
  { "SpecificVersion", SANDBOX_BODY_TEXT, 0, 128 },
  { NULL },
};

static gboolean
check_email (SandboxRequest *request, const char *email)
{
  const char *at = email != NULL ? strchr (email, '@') : NULL;

  if (email == NULL || *email == '\0'
      || (at != NULL && at != email && at[1] != '\0' && strchr (at + 1, '@') == NULL))
    return TRUE;

  sandbox_reply_error (request, 400, ERROR_INVALID_ARGUMENT,
                       "The EmailAddress field is not a valid e-mail address.");

  return FALSE;
}

/* The service takes no new user without it (fact sheet 6.18). */
static gboolean
check_policy (SandboxRequest *request, SandboxChange *change)
{
  JsonObject *policy = baton_json_peek_object (change->body, "UpdatePolicy");

  if (policy == NULL && change->kind == SANDBOX_WRITE_CREATE)
    {
      sandbox_reply_error (request, 400, ERROR_PARAMETER_MISSING,
                           "The UpdatePolicy field is required.");
      return FALSE;
    }

  return policy == NULL || sandbox_body_check (request, policy, "updatePolicyDto", policy_fields);
}

/* Returns: (transfer full): as the change leaves it. */
static char *
dup_name (SandboxRequest *request, SandboxChange *change, const char *column)
{
  const char *text = sandbox_change_get_text (change, column);
  g_autofree char *sql = NULL;
  char *old;

  if (sandbox_change_has (change, column))
    return g_strdup (text != NULL ? text : "");
  sql = g_strdup_printf ("SELECT \"%s\" FROM \"Users\" WHERE \"Id\" = ?", column);
  old = sandbox_statement_ask_text (request->store, sql, "i", change->id);

  return old != NULL ? old : g_strdup ("");
}

static void
set_full_name (SandboxRequest *request, SandboxChange *change)
{
  g_autofree char *name = dup_name (request, change, "Name");
  g_autofree char *surname = dup_name (request, change, "Surname");
  g_autofree char *full = g_strconcat (name, " ", surname, NULL);

  g_strstrip (full);
  if (*full == '\0')
    {
      g_free (full);
      full = dup_name (request, change, "UserName");
    }
  sandbox_change_set_text (change, "FullName", full);
}

static void
set_tenant (SandboxRequest *request, SandboxChange *change)
{
  gint64 tenant = request->tenant;

  sandbox_change_set_text (change, "TenancyName", sandbox_world_get_tenant_name (tenant));
  sandbox_change_set_text (change, "TenantDisplayName",
                           sandbox_world_get_tenant_display_name (tenant));
  sandbox_change_set_text (change, "TenantKey", sandbox_world_get_tenant_key (tenant));
  sandbox_change_set_text (change, "AccountId", SANDBOX_ORGANIZATION_KEY);
}

static gboolean
check_cb (SandboxRequest *request, SandboxChange *change)
{
  static const struct
  {
    const char *column;
    gboolean preset;
  } flags[] = {
    { "IsActive", TRUE },
    { "MayHaveUserSession", TRUE },
    { "MayHaveRobotSession", FALSE },
    { "MayHaveUnattendedSession", FALSE },
    { "MayHavePersonalWorkspace", FALSE },
  };

  if (!check_policy (request, change)
      || !check_email (request, sandbox_change_get_text (change, "EmailAddress")))
    return FALSE;

  set_full_name (request, change);
  if (change->kind != SANDBOX_WRITE_CREATE)
    return TRUE;

  set_tenant (request, change);
  if (!sandbox_change_has (change, "Type"))
    sandbox_change_set_enum (change, "Type", "User");
  if (!sandbox_change_has (change, "ProvisionType"))
    sandbox_change_set_enum (change, "ProvisionType", "Manual");
  for (gsize i = 0; i < G_N_ELEMENTS (flags); i++)
    if (!sandbox_change_has (change, flags[i].column))
      sandbox_change_set_int (change, flags[i].column, flags[i].preset);

  return TRUE;
}

/* Returns: (transfer full) (nullable): of "RolesList", names, or "UserRoles"; NULL where the body
 * has neither. @ok: (out): FALSE, and answered, where a role is not there. */
static GArray *
read_roles (SandboxRequest *request, JsonObject *body, gboolean *ok)
{
  JsonArray *names = baton_json_peek_array (body, "RolesList");
  JsonArray *links = baton_json_peek_array (body, "UserRoles");
  g_autoptr (GArray) roles = g_array_new (FALSE, FALSE, sizeof (gint64));

  *ok = TRUE;
  for (guint i = 0; i < baton_json_length (names); i++)
    {
      const char *name = baton_json_peek_string_at (names, i);
      gint64 role = name != NULL ? sandbox_role_find (request, name) : 0;

      if (role == 0)
        {
          sandbox_reply_error (request, 404, ERROR_NOT_FOUND, "The role %s does not exist.",
                               name != NULL ? name : "");
          *ok = FALSE;
          return NULL;
        }
      g_array_append_val (roles, role);
    }
  for (guint i = 0; names == NULL && i < baton_json_length (links); i++)
    {
      gint64 role = baton_json_peek_int (baton_json_peek_object_at (links, i), "RoleId", 0);

      g_array_append_val (roles, role);
    }

  return names != NULL || links != NULL ? g_steal_pointer (&roles) : NULL;
}

static gboolean
write_roles (SandboxRequest *request, SandboxChange *change)
{
  gboolean ok = TRUE;
  g_autoptr (GArray) roles = NULL;

  /* Whoever may edit robots alone changes the robot of the user and leaves the roles. */
  if (change->kind == SANDBOX_WRITE_CREATE
      || sandbox_permission_has (request->store, request->user, "Users.Edit"))
    roles = read_roles (request, change->body, &ok);

  return ok && (roles == NULL || sandbox_role_assign_all (request, change->id, roles));
}

/* Returns: the user's robot, made where it lacks. */
static gint64
get_robot (SandboxRequest *request, gint64 user)
{
  g_autofree char *name = NULL;
  g_autofree char *short_name = NULL;
  g_autofree char *key = g_uuid_string_random ();
  gint64 id = sandbox_statement_ask (
      request->store, "SELECT \"Id\" FROM \"Robots\" WHERE \"UserId\" = ?", "i", user);

  if (id != 0)
    return id;

  name = sandbox_statement_ask_text (
      request->store, "SELECT \"UserName\" FROM \"Users\" WHERE \"Id\" = ?", "i", user);
  short_name = g_utf8_substring (name, 0, MIN (g_utf8_strlen (name, -1), MAX_ROBOT_NAME));

  return sandbox_insert (request->store, "Robots", SANDBOX_INT ("TenantId", request->tenant),
                         SANDBOX_TEXT ("LicenseKey", key), SANDBOX_TEXT ("Name", short_name),
                         SANDBOX_ENUM ("Type", "Unattended"),
                         SANDBOX_ENUM ("HostingType", "Floating"),
                         SANDBOX_ENUM ("ProvisionType", "Automatic"), SANDBOX_INT ("UserId", user),
                         SANDBOX_INT ("Enabled", TRUE), SANDBOX_ENUM ("CredentialType", "Default"),
                         SANDBOX_INT ("LimitConcurrentExecution", FALSE),
                         SANDBOX_TIME ("CreationTime", sandbox_clock_now ()),
                         SANDBOX_ID ("CreatorUserId", request->user));
}

/* A user with an unattended robot has a row in Robots that jobs run as. */
static gboolean
write_robot (SandboxRequest *request, SandboxChange *change)
{
  JsonObject *robot = baton_json_peek_object (change->body, "UnattendedRobot");
  JsonNode *settings = baton_json_peek_node (robot, "ExecutionSettings");
  g_autofree char *text = NULL;
  gint64 id;

  if (robot == NULL && !baton_json_peek_bool (change->body, "MayHaveUnattendedSession", FALSE))
    return TRUE;
  if (robot != NULL && !sandbox_body_check (request, robot, "unattendedRobotDto", robot_fields))
    return FALSE;

  id = get_robot (request, change->id);
  if (robot == NULL)
    return TRUE;
  text = settings != NULL && JSON_NODE_HOLDS_OBJECT (settings)
             ? baton_json_to_text (settings, FALSE)
             : g_strdup ("{}");
  sandbox_update (
      request->store, "Robots", id,
      SANDBOX_TEXT ("Username", baton_json_peek_string (robot, "UserName")),
      SANDBOX_INT ("CredentialType", sandbox_body_get_enum (robot, "CredentialType",
                                                            sandbox_enum_credential_type, 0)),
      SANDBOX_TEXT ("ExecutionSettings", text),
      SANDBOX_INT ("LimitConcurrentExecution",
                   baton_json_peek_bool (robot, "LimitConcurrentExecution", FALSE)));
  /* What nobody can read back stays where it is not sent again. */
  if (baton_json_peek_string (robot, "Password") != NULL)
    sandbox_update (request->store, "Robots", id,
                    SANDBOX_TEXT ("Password", baton_json_peek_string (robot, "Password")));

  return TRUE;
}

static gboolean
written_cb (SandboxRequest *request, SandboxChange *change)
{
  return write_roles (request, change) && write_robot (request, change)
         && sandbox_role_keeps_administrator (request);
}

/* What goes with a user, but for his places in folders, which the store takes away by itself. */
static void
remove_belongings (SandboxStore *store, gint64 user)
{
  static const char *const tables[] = { "UserRoles", "UserSettings", "Alerts", "Robots" };

  sandbox_statement_run (store,
                         "DELETE FROM \"Sessions\" WHERE \"RobotId\" IN (SELECT \"Id\" FROM "
                         "\"Robots\" WHERE \"UserId\" = ?)",
                         "i", user);
  for (gsize i = 0; i < G_N_ELEMENTS (tables); i++)
    {
      g_autofree char *sql = g_strdup_printf ("DELETE FROM \"%s\" WHERE \"UserId\" = ?", tables[i]);

      sandbox_statement_run (store, sql, "i", user);
    }
}

void
sandbox_user_remove (SandboxStore *store, gint64 user)
{
  g_return_if_fail (SANDBOX_IS_STORE (store));

  remove_belongings (store, user);
  sandbox_statement_run (store, "DELETE FROM \"Users\" WHERE \"Id\" = ?", "i", user);
}

static gboolean
may_delete_cb (SandboxRequest *request, gint64 id)
{
  if (id == request->user)
    {
      sandbox_reply_error (request, 409, ERROR_FORBIDDEN_OPERATION,
                           "You cannot delete your own user.");
      return FALSE;
    }

  remove_belongings (request->store, id);

  return sandbox_role_keeps_administrator (request);
}

const SandboxSetHooks sandbox_user_hooks = { check_cb, written_cb, may_delete_cb };
