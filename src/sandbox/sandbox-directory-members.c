/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sandbox-directory.h"

#include "sandbox-clock.h"
#include "sandbox-folder-tree.h"
#include "sandbox-identity-api.h"
#include "sandbox-row.h"
#include "sandbox-statement.h"
#include "sandbox-user.h"
#include "sandbox-world.h"

/* What the groups that are always there give in each tenant, as the service has it from the start:
 * a role, in all folders or in the one that is for everybody. */
static const struct
{
  const char *group;
  const char *role;
  gboolean everywhere;
} gifts[] = {
  { "Administrators", "Administrator", TRUE },
  { "Automation Developers", "Automation Developer", FALSE },
  { "Automation Users", "Automation User", FALSE },
};

static gint64
find_user (SandboxStore *store, gint64 tenant, const SandboxPerson *person)
{
  return sandbox_statement_ask (store,
                                "SELECT \"Id\" FROM \"Users\" WHERE \"TenantId\" = ?1 AND "
                                "(\"UserName\" = ?2 OR \"DirectoryIdentifier\" = ?3)",
                                "iss", tenant, person->user_name, person->key);
}

static gint64
add_user (SandboxStore *store, gint64 tenant, const SandboxPerson *person)
{
  g_autofree char *key = g_uuid_string_random ();

  return sandbox_insert (
      store, "Users", SANDBOX_INT ("TenantId", tenant), SANDBOX_TEXT ("Key", key),
      SANDBOX_TEXT ("UserName", person->user_name), SANDBOX_TEXT ("Name", person->name),
      SANDBOX_TEXT ("Surname", person->surname), SANDBOX_TEXT ("FullName", person->display_name),
      SANDBOX_TEXT ("EmailAddress", person->email), SANDBOX_ENUM ("Type", "DirectoryUser"),
      SANDBOX_TEXT ("DirectoryIdentifier", person->key), SANDBOX_TEXT ("Domain", "autogen"),
      SANDBOX_ENUM ("ProvisionType", "Automatic"),
      SANDBOX_TEXT ("TenancyName", sandbox_world_get_tenant_name (tenant)),
      SANDBOX_TEXT ("TenantDisplayName", sandbox_world_get_tenant_display_name (tenant)),
      SANDBOX_TEXT ("TenantKey", sandbox_world_get_tenant_key (tenant)),
      SANDBOX_TEXT ("AccountId", SANDBOX_ORGANIZATION_KEY), SANDBOX_INT ("IsActive", TRUE),
      SANDBOX_INT ("MayHaveUserSession", TRUE), SANDBOX_INT ("MayHaveRobotSession", FALSE),
      SANDBOX_INT ("MayHaveUnattendedSession", FALSE),
      SANDBOX_INT ("MayHavePersonalWorkspace", FALSE),
      SANDBOX_TIME ("CreationTime", sandbox_clock_now ()));
}

/* A personal workspace is nobody else's. */
#define FOLDERS                                                                                    \
  " FROM \"Folders\" WHERE \"TenantId\" = ?1 AND \"ParentId\" IS NULL AND \"FolderType\" = 0"      \
  " AND (?2 OR \"FullyQualifiedName\" = 'Shared')"

static void
give (SandboxStore *store, gint64 tenant, gint64 user, gint64 role, gboolean everywhere)
{
  sandbox_statement_run (store,
                         "INSERT INTO \"UserRoles\" (\"TenantId\", \"UserId\", \"RoleId\") SELECT"
                         " ?1, ?2, \"Id\" FROM \"Roles\" WHERE \"Id\" = ?3 AND \"Type\" <> ?4 AND"
                         " NOT EXISTS (SELECT 1 FROM \"UserRoles\" WHERE \"UserId\" = ?2 AND"
                         " \"RoleId\" = ?3)",
                         "iiii", tenant, user, role,
                         (gint64)sandbox_row_get_enum ("Roles", "Type", "Folder"));
  sandbox_statement_run (store,
                         "INSERT OR IGNORE INTO \"FolderUsers\" (\"TenantId\", \"FolderId\","
                         " \"UserId\", \"RoleId\") SELECT ?1, \"Id\", ?3, ?4" FOLDERS,
                         "iiii", tenant, (gint64)everywhere, user, role);
}

static void
take (SandboxStore *store, gint64 tenant, gint64 user, gint64 role, gboolean everywhere)
{
  sandbox_statement_run (store, "DELETE FROM \"UserRoles\" WHERE \"UserId\" = ? AND \"RoleId\" = ?",
                         "ii", user, role);
  sandbox_statement_run (store,
                         "DELETE FROM \"FolderUsers\" WHERE \"UserId\" = ?3 AND \"RoleId\" = ?4 AND"
                         " \"FolderId\" IN (SELECT \"Id\"" FOLDERS ")",
                         "iiii", tenant, (gint64)everywhere, user, role);
}

static void
change_tenant (SandboxStore *store,
               gint64 tenant,
               const SandboxPerson *person,
               const char *role_name,
               gboolean everywhere,
               gboolean in)
{
  gint64 role = sandbox_statement_ask (
      store, "SELECT \"Id\" FROM \"Roles\" WHERE \"TenantId\" = ? AND \"Name\" = ?", "is", tenant,
      role_name);
  gint64 user = find_user (store, tenant, person);

  if (role == 0 || (user == 0 && !in))
    return;
  if (!in)
    take (store, tenant, user, role, everywhere);
  else
    give (store, tenant, user != 0 ? user : add_user (store, tenant, person), role, everywhere);
  sandbox_folder_tree_refresh (store, tenant);
}

void
sandbox_directory_join (SandboxStore *store, const char *group, const char *member, gboolean in)
{
  g_autofree char *name = NULL;
  g_autoptr (SandboxPerson) person = NULL;

  g_return_if_fail (SANDBOX_IS_STORE (store) && group != NULL && member != NULL);

  sandbox_statement_run (store,
                         in ? "INSERT OR IGNORE INTO \"IdentityMembers\" (\"Group\", \"Member\") "
                              "SELECT \"Id\", ?2 FROM \"IdentityGroups\" WHERE \"Id\" = ?1"
                            : "DELETE FROM \"IdentityMembers\" WHERE \"Group\" = ?1 AND "
                              "\"Member\" = ?2",
                         "ss", group, member);
  if (sandbox_store_changes (store) == 0)
    return;
  person = sandbox_person_find_key (store, member);
  name = sandbox_statement_ask_text (
      store, "SELECT \"Name\" FROM \"IdentityGroups\" WHERE \"Id\" = ? AND NOT \"Custom\"", "s",
      group);
  if (person == NULL || name == NULL)
    return;

  for (gsize i = 0; i < G_N_ELEMENTS (gifts); i++)
    if (g_str_equal (gifts[i].group, name))
      for (gint64 tenant = SANDBOX_TENANT_ID; tenant <= SANDBOX_SECOND_TENANT_ID; tenant++)
        change_tenant (store, tenant, person, gifts[i].role, gifts[i].everywhere, in);
}

void
sandbox_directory_remove_person (SandboxStore *store, const SandboxPerson *person)
{
  g_return_if_fail (SANDBOX_IS_STORE (store) && person != NULL);

  for (gint64 tenant = SANDBOX_TENANT_ID; tenant <= SANDBOX_SECOND_TENANT_ID; tenant++)
    {
      gint64 user = find_user (store, tenant, person);

      if (user != 0)
        sandbox_user_remove (store, user);
    }
  sandbox_person_delete (store, person);
}

gboolean
sandbox_directory_keeps_administrator (SandboxRequest *request)
{
  gboolean found = FALSE;
  g_autoptr (GPtrArray) people = NULL;

  g_return_val_if_fail (request != NULL, FALSE);

  people = sandbox_person_list (request->store);
  for (guint i = 0; i < people->len; i++)
    {
      const SandboxPerson *person = people->pdata[i];

      found = found || (person->administrator && person->active);
    }
  if (!found)
    sandbox_identity_api_reply_error (request, 400, "LastAdministrator",
                                      "The organization needs an active administrator.");

  return found;
}
