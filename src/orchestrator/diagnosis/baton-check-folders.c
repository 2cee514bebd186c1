/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n.h>

#include "baton-diagnosis-private.h"
#include "baton-error.h"

/* Which folders are visible, and does one open? */

#define NAVIGATION_PATH "/api/FoldersNavigation/GetAllFoldersForCurrentUser"
#define LIST_PATH "/odata/Folders?$orderby=FullyQualifiedName%20asc&$top=1000"
/* A call that cannot do without a folder (fact sheet 1.3). */
#define WITHIN_PATH "/odata/Assets?$top=1"

typedef struct
{
  BatonDiagnosis *diagnosis; /* (owned) */
  char *path;                /* (owned): of the folder that is opened */
  guint n_folders;
} Opening;

static void
opening_free (Opening *opening)
{
  g_object_unref (opening->diagnosis);
  g_free (opening->path);
  g_free (opening);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Opening, opening_free)

static void
opened_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Opening) opening = user_data;
  BatonDiagnosis *self = opening->diagnosis;
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) root = baton_pipeline_send_finish (BATON_PIPELINE (source), result, &error);

  if (_baton_diagnosis_is_over (self, error))
    return;

  /* Assets may be closed to this user while the folder is open; the permissions tell. */
  if (error != NULL && !g_error_matches (error, BATON_ERROR, BATON_ERROR_NOT_ALLOWED))
    {
      _baton_diagnosis_fail (self, g_steal_pointer (&error));
      return;
    }

  _baton_diagnosis_pass (
      self, g_strdup_printf (
                /* TRANSLATORS: %u is a number of folders, %s the path of one */
                ngettext ("%u folder is visible, and “%s” opens.",
                          "%u folders are visible, and “%s” opens.", opening->n_folders),
                opening->n_folders, opening->path));
}

static void
open_folder (BatonDiagnosis *self, BatonFolder *folder, guint n_folders)
{
  g_autoptr (BatonRequest) request = baton_request_new ("GET", WITHIN_PATH);
  Opening *opening = g_new0 (Opening, 1);

  opening->diagnosis = g_object_ref (self);
  opening->path = g_strdup (baton_folder_get_path (folder));
  opening->n_folders = n_folders;
  baton_request_set_folder (request, baton_folder_get_id (folder));
  baton_request_set_priority (request, BATON_PRIORITY_USER);
  baton_pipeline_send_async (baton_connection_get_pipeline (self->connection), request, NULL, NULL,
                             NULL, NULL, _baton_diagnosis_get_cancellable (self), opened_cb,
                             opening);
}

/* Returns: (transfer none) (nullable): the folder of @path, or any that can be opened for NULL. */
static BatonFolder *
find_folder (GPtrArray *folders, const char *path)
{
  for (guint i = 0; i < folders->len; i++)
    {
      BatonFolder *folder = g_ptr_array_index (folders, i);

      if (path != NULL ? g_strcmp0 (baton_folder_get_path (folder), path) == 0
                       : baton_folder_is_selectable (folder))
        return folder;
    }

  return NULL;
}

static void
judge (BatonDiagnosis *self, GPtrArray *folders)
{
  const char *path = baton_account_get_folder_path (_baton_diagnosis_get_account (self));
  BatonFolder *folder = find_folder (folders, path);

  for (guint i = 0; i < folders->len && i < 20; i++)
    _baton_diagnosis_add_detail (self, N_ ("Folder"),
                                 baton_folder_get_path (g_ptr_array_index (folders, i)));

  if (folder != NULL)
    open_folder (self, folder, folders->len);
  else if (folders->len == 0)
    _baton_diagnosis_fail (self,
                           g_error_new_literal (BATON_ERROR, BATON_ERROR_FOLDER_MISSING,
                                                _ ("No folder is visible to this sign-in. An "
                                                   "administrator has to assign it to one.")));
  else if (path != NULL)
    _baton_diagnosis_fail (self, g_error_new (BATON_ERROR, BATON_ERROR_FOLDER_MISSING,
                                              /* TRANSLATORS: %s is the path of a folder */
                                              _ ("The folder that was used last, “%s”, does not "
                                                 "exist any more, or is not visible."),
                                              path));
  else
    _baton_diagnosis_note (self, g_strdup (_ ("Folders are visible, but only as the way to others "
                                              "that are not.")));
}

static void
take_folders (BatonDiagnosis *self, JsonNode *root)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) folders = baton_folders_read (root, &error);

  if (folders != NULL)
    {
      baton_folders_arrange (folders);
      judge (self, folders);
    }
  else
    _baton_diagnosis_fail (self, g_steal_pointer (&error));
}

static void
listed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (BatonDiagnosis) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) root = baton_pipeline_send_finish (BATON_PIPELINE (source), result, &error);

  if (error != NULL)
    _baton_diagnosis_fail (self, g_steal_pointer (&error));
  else
    take_folders (self, root);
}

static void
navigated_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (BatonDiagnosis) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) root = baton_pipeline_send_finish (BATON_PIPELINE (source), result, &error);

  /* Applications are refused here, and old servers lack it (fact sheet 6.1). */
  if (g_error_matches (error, BATON_ERROR, BATON_ERROR_NOT_ALLOWED)
      || g_error_matches (error, BATON_ERROR, BATON_ERROR_NOT_FOUND)
      || g_error_matches (error, BATON_ERROR, BATON_ERROR_NOT_IMPLEMENTED))
    _baton_diagnosis_ask (self, LIST_PATH, 0, listed_cb);
  else if (error != NULL)
    _baton_diagnosis_fail (self, g_steal_pointer (&error));
  else
    take_folders (self, root);
}

static void
run (BatonDiagnosis *self)
{
  _baton_diagnosis_ask (self, NAVIGATION_PATH, 0, navigated_cb);
}

const BatonCheckEntry _baton_check_folders = {
  .id = "folders",
  .title = N_ ("Folder access"),
  .needs = "tenant",
  .run = run,
};
