/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sandbox-request.h"

G_BEGIN_DECLS

/* Permissions and folders of a user, as the roles and "UserFolders" say. */

/* In the place of a user: an application that acts by itself. It has every permission and sees
 * every folder that is nobody's own; its scopes have been looked at. */
#define SANDBOX_PERMISSION_APPLICATION 0

/* @permission: "Jobs.View"; of "A.View|B.Create" one is enough, of "A.View&B.View" all must be
 * there; "A.View|B.View&C.View" is one of the first two, and the third. */
gboolean sandbox_permission_has (SandboxStore *store, gint64 user, const char *permission);
/* The same in @folder, 0 for none: there the roles count too that it gives (fact sheet 6.1). */
gboolean sandbox_permission_has_in (SandboxStore *store,
                                    gint64 user,
                                    gint64 folder,
                                    const char *permission);

/* Answers 403 and names what lacks where the caller does not have @permission in the tenant, in the
 * request's folder, or, where the request may cross folders, in some of them: those are what it is
 * confined to then. "SubFolders.Edit" of @permission, in any folder: which of them the request is
 * about is for sandbox_permission_check_in(). Returns: TRUE where he has it. */
gboolean sandbox_permission_check (SandboxRequest *request, const char *permission);
/* The same in @folder, which the request names in its body or address, 0 for the top of the tree.
 */
gboolean
sandbox_permission_check_in (SandboxRequest *request, gint64 folder, const char *permission);
/* @permission: (nullable). Returns: (transfer full): for people, "A.View or B.Create and C.View". */
char *sandbox_permission_describe (const char *permission);
/* Takes the folders out of @folders (element-type gint64) that the request is not confined to. */
void sandbox_permission_confine (SandboxRequest *request, GArray *folders);

/* Returns: (transfer full) (element-type utf8): the names of all, sorted. */
GPtrArray *sandbox_permission_list (SandboxStore *store, gint64 user);

/* Returns: TRUE where the folder is there in the tenant and the user may see it. */
gboolean
sandbox_permission_sees_folder (SandboxStore *store, gint64 tenant, gint64 user, gint64 folder);

/* Returns: (transfer full) (element-type gint64): the folders that the user may see. @all: (out):
 * those are all of the tenant. */
GArray *
sandbox_permission_list_folders (SandboxStore *store, gint64 tenant, gint64 user, gboolean *all);

G_END_DECLS
