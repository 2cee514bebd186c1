/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n.h>

#include "baton-error.h"
#include "baton-folder.h"
#include "baton-json.h"

struct _BatonFolder
{
  GObject parent_instance;

  gint64 id;
  gint64 parent;
  guint depth;
  gboolean personal;
  gboolean selectable;
  char *key;      /* (owned) (nullable) */
  char *name;     /* (owned) */
  char *path;     /* (owned) */
  char *sort_key; /* (owned): compares as the tree is read */
};

G_DEFINE_FINAL_TYPE (BatonFolder, baton_folder, G_TYPE_OBJECT)

static void
baton_folder_finalize (GObject *object)
{
  BatonFolder *self = BATON_FOLDER (object);

  g_free (self->key);
  g_free (self->name);
  g_free (self->path);
  g_free (self->sort_key);

  G_OBJECT_CLASS (baton_folder_parent_class)->finalize (object);
}

static void
baton_folder_class_init (BatonFolderClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = baton_folder_finalize;
}

static void
baton_folder_init (BatonFolder *self)
{
}

/* Part by part, so that "A/B" stands before "A B": what is below a folder follows it at once. */
static char *
make_sort_key (const char *path, gboolean personal)
{
  g_auto (GStrv) parts = g_strsplit (path, "/", -1);
  GString *key = g_string_new (personal ? "2" : "1");

  for (guint i = 0; parts[i] != NULL; i++)
    {
      g_autofree char *folded = g_utf8_casefold (parts[i], -1);
      g_autofree char *collated = g_utf8_collate_key (folded, -1);

      g_string_append_c (key, '\001');
      g_string_append (key, collated);
    }

  return g_string_free (key, FALSE);
}

/* Returns: (transfer full) (nullable): NULL where it has no id or no name. */
static BatonFolder *
read_folder (JsonObject *object)
{
  gint64 id = baton_json_peek_int (object, "Id", 0);
  const char *name = baton_json_peek_string (object, "DisplayName");
  const char *path = baton_json_peek_string (object, "FullyQualifiedName");
  BatonFolder *self = NULL;

  if (name == NULL)
    name = path;
  if (id == 0 || name == NULL)
    return NULL;

  self = g_object_new (BATON_TYPE_FOLDER, NULL);
  self->id = id;
  self->parent = baton_json_peek_int (object, "ParentId", 0);
  self->personal =
      baton_json_peek_bool (object, "IsPersonal", FALSE) ||
      g_strcmp0 (baton_json_peek_string (object, "FolderType"), "Personal") == 0;
  self->selectable = baton_json_peek_bool (object, "IsSelectable", TRUE);
  self->key = g_strdup (baton_json_peek_string (object, "Key"));
  self->name = g_strdup (name);
  self->path = g_strdup (path != NULL && *path != '\0' ? path : name);
  self->sort_key = make_sort_key (self->path, self->personal);

  return self;
}

GPtrArray *
baton_folders_read (JsonNode *root, GError **error)
{
  g_autoptr (GPtrArray) folders = g_ptr_array_new_with_free_func (g_object_unref);
  JsonArray *array = root != NULL ? baton_json_peek_root_array (root) : NULL;
  JsonObject *object = root != NULL ? baton_json_peek_root_object (root) : NULL;

  if (array == NULL)
    array = baton_json_peek_array (object, "value");
  if (array == NULL)
    array = baton_json_peek_array (object, "PageItems");
  if (array == NULL)
    {
      g_set_error_literal (error, BATON_ERROR, BATON_ERROR_BAD_ANSWER,
                           _("The server’s answer is no list of folders."));
      return NULL;
    }

  for (guint i = 0; i < baton_json_length (array); i++)
    {
      BatonFolder *folder = read_folder (baton_json_peek_object_at (array, i));

      if (folder != NULL)
        g_ptr_array_add (folders, folder);
    }

  return g_steal_pointer (&folders);
}

static int
compare_folders (gconstpointer a, gconstpointer b)
{
  const BatonFolder *first = *(BatonFolder *const *) a;
  const BatonFolder *second = *(BatonFolder *const *) b;

  return strcmp (first->sort_key, second->sort_key);
}

void
baton_folders_arrange (GPtrArray *folders)
{
  g_autoptr (GHashTable) by_id = g_hash_table_new (g_int64_hash, g_int64_equal);

  g_return_if_fail (folders != NULL);

  g_ptr_array_sort (folders, compare_folders);

  /* A parent sorts before its children; one that the user cannot see does not count. */
  for (guint i = 0; i < folders->len; i++)
    {
      BatonFolder *folder = g_ptr_array_index (folders, i);
      const BatonFolder *parent =
          folder->parent != 0 ? g_hash_table_lookup (by_id, &folder->parent) : NULL;

      folder->depth = parent != NULL ? parent->depth + 1 : 0;
      g_hash_table_insert (by_id, &folder->id, folder);
    }
}

gint64
baton_folder_get_id (BatonFolder *self)
{
  g_return_val_if_fail (BATON_IS_FOLDER (self), 0);

  return self->id;
}

const char *
baton_folder_get_key (BatonFolder *self)
{
  g_return_val_if_fail (BATON_IS_FOLDER (self), NULL);

  return self->key;
}

const char *
baton_folder_get_name (BatonFolder *self)
{
  g_return_val_if_fail (BATON_IS_FOLDER (self), NULL);

  return self->name;
}

const char *
baton_folder_get_path (BatonFolder *self)
{
  g_return_val_if_fail (BATON_IS_FOLDER (self), NULL);

  return self->path;
}

gint64
baton_folder_get_parent (BatonFolder *self)
{
  g_return_val_if_fail (BATON_IS_FOLDER (self), 0);

  return self->parent;
}

guint
baton_folder_get_depth (BatonFolder *self)
{
  g_return_val_if_fail (BATON_IS_FOLDER (self), 0);

  return self->depth;
}

gboolean
baton_folder_is_personal (BatonFolder *self)
{
  g_return_val_if_fail (BATON_IS_FOLDER (self), FALSE);

  return self->personal;
}

gboolean
baton_folder_is_selectable (BatonFolder *self)
{
  g_return_val_if_fail (BATON_IS_FOLDER (self), FALSE);

  return self->selectable;
}
