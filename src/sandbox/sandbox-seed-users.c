/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sandbox-folder-tree.h"
#include "sandbox-seed-private.h"

/* What may be viewed, edited, created and deleted (fact sheet 6.18). */
static const char *const subjects[] = {
  "ActionDesign",
  "Alerts",
  "Assets",
  "Audit",
  "BlobFiles",
  "Buckets",
  "BusinessRules",
  "Environments",
  "ExecutionMedia",
  "FolderPackages",
  "Jobs",
  "Libraries",
  "License",
  "Logs",
  "Machines",
  "Packages",
  "Processes",
  "Queues",
  "RemoteControl",
  "Robots",
  "Roles",
  "Schedules",
  "Settings",
  "SubFolders",
  "TaskCatalogs",
  "Tasks",
  "TestDataQueueItems",
  "TestDataQueues",
  "TestSetExecutions",
  "TestSets",
  "TestSetSchedules",
  "Transactions",
  "Units",
  "Users",
  "Webhooks",
};
static const char *const verbs[] = { "View", "Edit", "Create", "Delete" };

typedef struct
{
  const char *name;
  const char *type;   /* RoleType */
  const char *view;   /* subjects in commas; "*" for all */
  const char *change; /* edit, create and delete */
} Role;

static const Role roles[] = {
  { "Administrator", "Mixed", "*", "*" },
  { "Automation Developer", "Mixed", "*",
    ",Assets,Buckets,BlobFiles,FolderPackages,Jobs,Libraries,Logs,Packages,Processes,Queues,"
    "Schedules,Transactions," },
  { "Automation Operator", "Mixed",
    ",Alerts,Assets,ExecutionMedia,Jobs,License,Logs,Machines,Packages,Processes,Queues,Robots,"
    "Schedules,Settings,Tasks,"
    "Transactions,Units,Users,",
    ",Jobs,Queues,Schedules,Tasks,Transactions," },
  { "Viewer", "Mixed",
    ",Assets,Jobs,License,Logs,Machines,Packages,Processes,Queues,Robots,Roles,Schedules,Settings,"
    "Transactions,Units,Users,",
    "," },
  { "Automation User", "Folder", ",Assets,Jobs,Logs,Processes,Queues,Tasks,Transactions,",
    ",Jobs,Tasks,Transactions," },
};

typedef struct
{
  const char *user_name;
  const char *name;
  const char *surname;
  const char *role;
  guint seen;              /* hours since the last sign-in */
  const char *email;       /* (nullable): NULL for one that follows from the name */
  const char *folders;     /* (nullable): the only ones, paths in bars: "|Finance|" */
  const char *application; /* (nullable): client id, of what is no person */
} User;

#define FEW_FOLDERS "|Finance/Accounts Payable|"

static const User users[] = {
  { "anna.schmidt", "Anna", "Schmidt", "Automation Developer", 3 },
  { "jonas.mueller", "Jonas", "Müller", "Automation Operator", 1 },
  { "claire.dubois", "Claire", "Dubois", "Automation Operator", 26 },
  { "raj.patel", "Raj", "Patel", "Automation Developer", 5 },
  { "maria.garcia", "María", "García", "Viewer", 75 },
  { "liam.oconnor", "Liam", "O'Connor", "Automation User", 12 },
  { "sofia.rossi", "Sofia", "Rossi", "Automation User", 49 },
  { "wei.zhang", "Wei", "Zhang", "Automation Developer", 8 },
  { "ion.popescu", "Ion", "Popescu", "Automation Operator", 2 },
  { "zofia.nowak", "Zofia", "Nowak", "Viewer", 300 },
};

static gboolean
lists (const char *list, const char *subject)
{
  g_autofree char *needle = g_strconcat (",", subject, ",", NULL);

  return g_str_equal (list, "*") || strstr (list, needle) != NULL;
}

typedef struct
{
  SandboxSeed *seed;
  const Role *role;
  gint64 id;
  guint position; /* of the next subject and verb */
  char name[64];
  SandboxValue row[6];
} Permissions;

static const SandboxValue *
next_permission (gpointer user_data)
{
  Permissions *self = user_data;

  while (self->position < G_N_ELEMENTS (subjects) * G_N_ELEMENTS (verbs))
    {
      const char *subject = subjects[self->position / G_N_ELEMENTS (verbs)];
      const char *verb = verbs[self->position % G_N_ELEMENTS (verbs)];

      self->position++;
      if (!lists (*verb == 'V' ? self->role->view : self->role->change, subject))
        continue;

      g_snprintf (self->name, sizeof self->name, "%s.%s", subject, verb);
      memcpy (self->row,
              ((const SandboxValue[]){ SANDBOX_INT ("TenantId", self->seed->tenant),
                                       SANDBOX_INT ("RoleId", self->id),
                                       SANDBOX_TEXT ("Name", self->name),
                                       SANDBOX_INT ("IsGranted", TRUE),
                                       SANDBOX_INT ("Scope", 0),
                                       { NULL } }),
              sizeof self->row);
      return self->row;
    }

  return NULL;
}

void
sandbox_seed_roles (SandboxSeed *self)
{
  for (gsize i = 0; i < G_N_ELEMENTS (roles); i++)
    {
      Permissions permissions = { .seed = self, .role = &roles[i] };

      permissions.id = sandbox_insert (
          self->store, "Roles", SANDBOX_INT ("TenantId", self->tenant),
          SANDBOX_TEXT ("Name", roles[i].name), SANDBOX_TEXT ("DisplayName", roles[i].name),
          SANDBOX_ENUM ("Type", roles[i].type), SANDBOX_INT ("IsStatic", i == 0),
          SANDBOX_INT ("IsEditable", i != 0));
      sandbox_row_insert_all (self->store, "RolePermissions", next_permission, &permissions);
    }
}

/* Returns: Roles.Id. */
static gint64
find_role (SandboxSeed *self, const char *name)
{
  gint64 id = 0;
  sqlite3_stmt *statement = sandbox_store_prepare (
      self->store, "SELECT \"Id\" FROM \"Roles\" WHERE \"TenantId\" = ? AND \"Name\" = ?");

  sqlite3_bind_int64 (statement, 1, self->tenant);
  sqlite3_bind_text (statement, 2, name, -1, SQLITE_STATIC);
  if (sqlite3_step (statement) == SQLITE_ROW)
    id = sqlite3_column_int64 (statement, 0);
  sandbox_store_done (statement);

  return id;
}

static gboolean
is_among (const char *folders, const char *path)
{
  g_autofree char *needle = g_strconcat ("|", path, "|", NULL);

  return strstr (folders, needle) != NULL;
}

/* Nearly everybody is in the folders at the top that are nobody's own, and so in all below them; a
 * personal workspace is its owner's. */
static void
add_folders (SandboxSeed *self, gint64 user, gint64 role, const char *name, const char *only)
{
  for (guint i = 0; i < self->folders->len; i++)
    {
      const SandboxSeedFolder *folder = &g_array_index (self->folders, SandboxSeedFolder, i);

      if (only != NULL ? !is_among (only, folder->path)
                       : strchr (folder->path, '/') != NULL
                             || (folder->personal && !g_str_has_prefix (folder->path, name)))
        continue;
      sandbox_folder_tree_assign (self->store, self->tenant, folder->id, user, role);
      if (folder->personal)
        sandbox_update (self->store, "Folders", folder->id, SANDBOX_INT ("OwnerId", user));
    }
}

static gint64
add_user (SandboxSeed *self, const User *user)
{
  g_autofree char *full_name = g_strconcat (user->name, " ", user->surname, NULL);
  g_autofree char *made_up = g_strconcat (user->user_name, "@acme.example", NULL);
  gint64 role = find_role (self, user->role);
  char key[37];
  gint64 created = self->now - (250 + sandbox_seed_below (self, 300)) * SANDBOX_DAY;
  gint64 id = sandbox_insert (
      self->store, "Users", SANDBOX_INT ("TenantId", self->tenant),
      SANDBOX_TEXT ("Key", sandbox_seed_guid (self, key)),
      SANDBOX_TEXT ("UserName", user->user_name), SANDBOX_TEXT ("Name", user->name),
      SANDBOX_TEXT ("Surname", user->surname), SANDBOX_TEXT ("FullName", full_name),
      SANDBOX_TEXT ("EmailAddress", user->application != NULL ? NULL
                                    : user->email != NULL     ? user->email
                                                              : made_up),
      SANDBOX_ENUM ("Type", user->application != NULL ? "DirectoryExternalApplication" : "User"),
      SANDBOX_TEXT ("DirectoryIdentifier", user->application),
      SANDBOX_ENUM ("ProvisionType", "Manual"),
      SANDBOX_TEXT ("TenancyName", sandbox_world_get_tenant_name (self->tenant)),
      SANDBOX_TEXT ("TenantDisplayName", sandbox_world_get_tenant_display_name (self->tenant)),
      SANDBOX_TEXT ("TenantKey", sandbox_world_get_tenant_key (self->tenant)),
      SANDBOX_TEXT ("AccountId", SANDBOX_ORGANIZATION_KEY), SANDBOX_INT ("IsActive", TRUE),
      SANDBOX_INT ("MayHaveUserSession", TRUE), SANDBOX_INT ("MayHaveRobotSession", FALSE),
      SANDBOX_INT ("MayHaveUnattendedSession", FALSE),
      SANDBOX_INT ("MayHavePersonalWorkspace", TRUE),
      SANDBOX_TIME ("LastLoginTime", self->now - user->seen * SANDBOX_HOUR),
      SANDBOX_TIME ("CreationTime", created));

  sandbox_insert (self->store, "UserRoles", SANDBOX_INT ("TenantId", self->tenant),
                  SANDBOX_INT ("UserId", id), SANDBOX_INT ("RoleId", role));
  add_folders (self, id, role, full_name, user->folders);

  return id;
}

/* The user of somebody who can sign in. */
static gint64
add_person (SandboxSeed *self, const char *name, const char *role, const char *folders, guint seen)
{
  const SandboxWorldPerson *person = sandbox_world_get_people ();

  while (!g_str_equal (person->user_name, name))
    person++;

  return add_user (self, &(User){ person->user_name, person->name, person->surname, role, seen,
                                  person->email, folders });
}

void
sandbox_seed_users (SandboxSeed *self)
{
  gsize n_users = sandbox_seed_is_first (self) ? G_N_ELEMENTS (users) : 4;

  self->admin = add_person (self, SANDBOX_USER_NAME, "Administrator", NULL, 0);
  add_person (self, SANDBOX_VIEWER_USER_NAME, "Viewer", NULL, 20);
  for (gsize i = 0; i < n_users; i++)
    add_user (self, &users[i]);
  add_person (self, SANDBOX_OPERATOR_USER_NAME, "Automation Operator", FEW_FOLDERS, 4);
  if (sandbox_seed_is_first (self))
    add_user (self, &(User){ "invoice.portal", "Invoice Portal", "", "Automation Operator", 6, NULL,
                             FEW_FOLDERS, SANDBOX_ROLES_APPLICATION });
}
