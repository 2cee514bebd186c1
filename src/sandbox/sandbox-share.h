/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sandbox-odata-sql.h"
#include "sandbox-request.h"

G_BEGIN_DECLS

/* What lies in several folders: a set with "shared" in its table. "OrganizationUnitId" of a row is
 * the folder that it was made in; the others that it is linked to are in the table "FolderLinks"
 * ("SetName", "EntityId", "FolderId"), where they go with the row. Lists and by key find it in each
 * of them. To delete it is to delete it everywhere; to take it out of one folder is to unlink it.
 */

/* How many folders the row @alias of @set lies in, both literals; and the same as the expression of
 * a field. */
#define SANDBOX_FOLDERS_COUNT_OF(alias, set)                                                       \
  "(SELECT 1 + count(*) FROM \"FolderLinks\" WHERE \"SetName\" = '" set                            \
  "' AND \"EntityId\" = " alias ".rowid)"
#define SANDBOX_FOLDERS_COUNT(set) SANDBOX_FOLDERS_COUNT_OF ("@", set)

/* Makes the table of links. */
void sandbox_share_prepare (SandboxStore *store);

/* Returns: (transfer full): the condition that a row of the table "t" lies in a folder, also for a
 * set that is not shared. @folder: as it stands in SQL: "?3". */
char *sandbox_share_make_condition (const SandboxEntitySet *set, const char *folder);
/* Confines @sql to what lies in @folder. */
void sandbox_share_confine (SandboxSql *sql,
                            SandboxStore *store,
                            const SandboxEntitySet *set,
                            gint64 folder);
/* Confines @sql to what lies in any of @folders: "1, 2, 3". */
void sandbox_share_confine_to (SandboxSql *sql, const SandboxEntitySet *set, const char *folders);

gboolean
sandbox_share_is_in (SandboxStore *store, const SandboxEntitySet *set, gint64 id, gint64 folder);

/* Links the row @id to @folder too. For the seed, and once it is known that it may be. */
void sandbox_share_link (
    SandboxStore *store, const SandboxEntitySet *set, gint64 tenant, gint64 id, gint64 folder);

/* Handlers for the operations of any shared set, which they know by the address. */

/* GET …AcrossFolders(excludeFolderId): the set in all folders that the caller may see. */
void sandbox_share_across_folders_cb (SandboxRequest *request);
/* GET …GetFoldersFor…(id): AccessibleFoldersDto. */
void sandbox_share_folders_for_cb (SandboxRequest *request);
/* POST ShareToFolders: all or nothing. Needs Subject.Edit in each of the folders (1017). */
void sandbox_share_to_folders_cb (SandboxRequest *request);

G_END_DECLS
