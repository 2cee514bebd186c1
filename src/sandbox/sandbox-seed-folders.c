/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sandbox-folder-tree.h"
#include "sandbox-seed-private.h"
#include "sandbox-statement.h"

typedef struct
{
  const char *path;
  const char *description;
  gboolean both; /* also in the second tenant */
} Folder;

/* A parent stands before its children. */
static const Folder folders[] = {
  { "Shared", "Automations that everybody uses", TRUE },
  { "Finance", "Accounting and treasury", TRUE },
  { "Finance/Accounts Payable", "Supplier invoices", TRUE },
  { "Finance/Accounts Payable/EMEA",
    "Supplier invoices of Europe, the Middle East and Africa",
    FALSE },
  { "Finance/Treasury", "Bank statements and payments", FALSE },
  { "Human Resources", "From the first day to the last", TRUE },
  { "Human Resources/Onboarding", "New colleagues: accounts, equipment, contracts", FALSE },
  { "Sales", "Orders and customers", FALSE },
  { "Sales/Order Entry", "Orders that come by e-mail and web shop", FALSE },
  { "Kundenservice", "Anfragen, Rücksendungen und Reklamationen", FALSE },
  { "Kundenservice/Rücksendungen", "Rücksendungen aus dem Webshop", FALSE },
  { "IT Service Desk", "Tickets, accounts and licences", FALSE },
  { "Warehouse", "Stock and goods receipt", TRUE },
};

/* Each begins with the full name of its owner. */
static const char *const workspaces[] = { "Ada Admin's workspace", "Raj Patel's workspace" };

static void
add_folder (SandboxSeed *self,
            const char *path,
            const char *name,
            const char *description,
            gboolean personal)
{
  SandboxSeedFolder folder = { .path = path, .personal = personal };
  const SandboxSeedFolder *parent = NULL;
  const char *slash = strrchr (path, '/');

  if (slash != NULL)
    {
      g_autofree char *above = g_strndup (path, slash - path);

      parent = sandbox_seed_get_folder (self, above);
    }

  sandbox_seed_guid (self, folder.key);
  folder.id =
      sandbox_insert (self->store,
                      "Folders",
                      SANDBOX_INT ("TenantId", self->tenant),
                      SANDBOX_TEXT ("Key", folder.key),
                      SANDBOX_TEXT ("DisplayName", name),
                      SANDBOX_TEXT ("FullyQualifiedName", path),
                      SANDBOX_TEXT ("Description", description),
                      SANDBOX_ENUM ("FolderType", personal ? "Personal" : "Standard"),
                      SANDBOX_INT ("IsPersonal", personal),
                      SANDBOX_ENUM ("ProvisionType", "Automatic"),
                      SANDBOX_ENUM ("PermissionModel", "FineGrained"),
                      SANDBOX_INT_IF ("ParentId", parent != NULL, parent != NULL ? parent->id : 0),
                      SANDBOX_TEXT ("ParentKey", parent != NULL ? parent->key : NULL),
                      SANDBOX_ENUM ("FeedType", personal ? "PersonalWorkspace" : "Processes"));
  g_array_append_val (self->folders, folder);
}

void
sandbox_seed_folders (SandboxSeed *self)
{
  for (gsize i = 0; i < G_N_ELEMENTS (folders); i++)
    {
      const char *slash = strrchr (folders[i].path, '/');

      if (folders[i].both || sandbox_seed_is_first (self))
        add_folder (self,
                    folders[i].path,
                    slash != NULL ? slash + 1 : folders[i].path,
                    folders[i].description,
                    FALSE);
    }
  for (gsize i = 0; sandbox_seed_is_first (self) && i < G_N_ELEMENTS (workspaces); i++)
    add_folder (self, workspaces[i], workspaces[i], "Personal workspace", TRUE);
}

/* Machines and robots in folders: all in Shared, the machines with an even id in Finance and below,
 * and the others in the other folders. */
void
sandbox_seed_folder_members (SandboxSeed *self)
{
  static const char machines[]
      = "INSERT OR IGNORE INTO \"FolderMachines\" (\"TenantId\", \"FolderId\", \"MachineId\","
        " \"Propagate\") SELECT \"TenantId\", ?1, \"Id\", ?2 FROM \"Machines\""
        " WHERE \"TenantId\" = ?3 AND \"Id\" % ?4 = ?5";
  gint64 shared = sandbox_seed_get_folder (self, "Shared")->id;
  gint64 finance = sandbox_seed_get_folder (self, "Finance")->id;

  sandbox_statement_run (self->store, machines, "iiiii", shared, (gint64)0, self->tenant, (gint64)1,
                         (gint64)0);
  for (guint i = 0; i < self->folders->len; i++)
    {
      const SandboxSeedFolder *folder = &g_array_index (self->folders, SandboxSeedFolder, i);

      if (folder->id != shared && !folder->personal && strchr (folder->path, '/') == NULL)
        sandbox_statement_run (self->store, machines, "iiiii", folder->id, (gint64)1, self->tenant,
                               (gint64)2, (gint64)(folder->id == finance ? 0 : 1));
    }
  sandbox_statement_run (
      self->store,
      "INSERT OR IGNORE INTO \"FolderUsers\" (\"TenantId\", \"FolderId\", \"UserId\", \"RoleId\")"
      " SELECT r.\"TenantId\", f.\"Id\", r.\"UserId\", o.\"Id\" FROM \"Robots\" r, \"Folders\" f,"
      " \"Roles\" o WHERE r.\"TenantId\" = ?1 AND f.\"TenantId\" = ?1 AND o.\"TenantId\" = ?1"
      " AND f.\"ParentId\" IS NULL AND NOT f.\"IsPersonal\" AND o.\"Name\" = 'Automation User'",
      "i", self->tenant);
  sandbox_folder_tree_refresh (self->store, self->tenant);
}
