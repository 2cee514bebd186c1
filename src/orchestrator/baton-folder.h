/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* A folder that the signed-in user can see. Immutable. */
#define BATON_TYPE_FOLDER (baton_folder_get_type ())
G_DECLARE_FINAL_TYPE (BatonFolder, baton_folder, BATON, FOLDER, GObject)

gint64 baton_folder_get_id (BatonFolder *self);
const char *baton_folder_get_key (BatonFolder *self); /* (nullable) */
const char *baton_folder_get_name (BatonFolder *self);
const char *baton_folder_get_path (BatonFolder *self); /* FullyQualifiedName */
gint64 baton_folder_get_parent (BatonFolder *self);    /* 0 at the root */
guint baton_folder_get_depth (BatonFolder *self);      /* 0 at the root */
gboolean baton_folder_is_personal (BatonFolder *self);
/* FALSE for a folder that is only on the way to one that the user has access to (definition:
 * FoldersNavigation_GetAllFoldersForCurrentUser). */
gboolean baton_folder_is_selectable (BatonFolder *self);

/* Reads the answers of GetAllFoldersForCurrentUser (an array), GetAllForCurrentUser (PageItems) and
 * /odata/Folders (value). Any thread. Returns: (transfer full) (element-type BatonFolder)
 * (nullable): as they came; NULL with BATON_ERROR_BAD_ANSWER. */
GPtrArray *baton_folders_read (JsonNode *root, GError **error);

/* Sorts into tree order, personal workspaces last, and sets the depths. Any thread, before anybody
 * else sees them. */
void baton_folders_arrange (GPtrArray *folders);

G_END_DECLS
