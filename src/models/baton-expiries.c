/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "baton-expiries.h"

#define GROUP_PREFIX "expiry "

struct _BatonExpiries
{
  GObject parent_instance;

  GListStore *list; /* (owned) (element-type BatonExpiry): in order */
  GKeyFile *known;  /* (owned): what is in the file, or on its way there */
  GFile *file;      /* (owned) */
  gboolean writing;
  gboolean again; /* it changed while it was written */
};

static void baton_expiries_list_model_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (BatonExpiries,
                               baton_expiries,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL,
                                                      baton_expiries_list_model_init))

static int
compare (gconstpointer a, gconstpointer b, gpointer user_data)
{
  BatonExpiry *left = (BatonExpiry *)a;
  BatonExpiry *right = (BatonExpiry *)b;
  gint64 difference = baton_expiry_get_expires_at (left) - baton_expiry_get_expires_at (right);

  if (difference != 0)
    return difference < 0 ? -1 : 1;

  return g_strcmp0 (baton_expiry_get_id (left), baton_expiry_get_id (right));
}

/* Names of groups take no brackets, and an id is the server's. */
static char *
make_group (BatonExpiry *expiry)
{
  g_autoptr (GEnumClass) kinds = g_type_class_ref (BATON_TYPE_EXPIRY_KIND);
  g_autofree char *id = g_uri_escape_string (baton_expiry_get_id (expiry), NULL, FALSE);

  return g_strconcat (GROUP_PREFIX,
                      g_enum_get_value (kinds, (int)baton_expiry_get_kind (expiry))->value_nick,
                      " ", id, NULL);
}

static gboolean
is_kept (BatonExpiry *expiry)
{
  return baton_expiry_get_kind (expiry) != BATON_EXPIRY_ACCESS_TOKEN;
}

static void save (BatonExpiries *self);

static void
written_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (BatonExpiries) self = user_data;
  g_autoptr (GError) error = NULL;

  if (!g_file_replace_contents_finish (G_FILE (object), result, NULL, &error))
    g_message ("Cannot write what will expire: %s", error->message);
  self->writing = FALSE;
  if (self->again)
    save (self);
}

static GBytes *
make_text (BatonExpiries *self)
{
  gsize length = 0;
  char *text = g_key_file_to_data (self->known, &length, NULL);

  return g_bytes_new_take (text, length);
}

/* Whole or not at all, for nobody else to read, and one at a time: an older text never follows a
 * newer. */
static void
save (BatonExpiries *self)
{
  g_autoptr (GBytes) text = NULL;

  self->again = self->writing;
  if (self->writing)
    return;

  self->writing = TRUE;
  text = make_text (self);
  g_file_replace_contents_bytes_async (self->file, text, NULL, FALSE,
                                       G_FILE_CREATE_PRIVATE | G_FILE_CREATE_REPLACE_DESTINATION,
                                       NULL, written_cb, g_object_ref (self));
}

static void
keep (BatonExpiries *self, BatonExpiry *expiry)
{
  g_autoptr (GEnumClass) kinds = g_type_class_ref (BATON_TYPE_EXPIRY_KIND);
  g_autofree char *group = make_group (expiry);

  if (g_key_file_get_int64 (self->known, group, "expires", NULL)
      != baton_expiry_get_expires_at (expiry))
    g_key_file_remove_key (self->known, group, "told", NULL);
  g_key_file_set_string (self->known, group, "kind",
                         g_enum_get_value (kinds, (int)baton_expiry_get_kind (expiry))->value_nick);
  g_key_file_set_string (self->known, group, "account", baton_expiry_get_account_id (expiry));
  g_key_file_set_string (self->known, group, "id", baton_expiry_get_id (expiry));
  g_key_file_set_string (self->known, group, "name", baton_expiry_get_name (expiry));
  g_key_file_set_int64 (self->known, group, "expires", baton_expiry_get_expires_at (expiry));
}

static void
drop (BatonExpiries *self, guint position)
{
  g_autoptr (BatonExpiry) expiry = g_list_model_get_item (G_LIST_MODEL (self->list), position);
  g_autofree char *group = make_group (expiry);

  g_key_file_remove_group (self->known, group, NULL);
  g_list_store_remove (self->list, position);
}

/* Returns: (transfer full) (nullable) */
static BatonExpiry *
load_group (GKeyFile *file, const char *group)
{
  g_autoptr (GEnumClass) kinds = g_type_class_ref (BATON_TYPE_EXPIRY_KIND);
  g_autofree char *nick = g_key_file_get_string (file, group, "kind", NULL);
  g_autofree char *account = g_key_file_get_string (file, group, "account", NULL);
  g_autofree char *id = g_key_file_get_string (file, group, "id", NULL);
  g_autofree char *name = g_key_file_get_string (file, group, "name", NULL);
  gint64 expires = g_key_file_get_int64 (file, group, "expires", NULL);
  GEnumValue *kind = nick != NULL ? g_enum_get_value_by_nick (kinds, nick) : NULL;

  if (kind == NULL || account == NULL || id == NULL || name == NULL || expires <= 0)
    return NULL;

  return baton_expiry_new ((BatonExpiryKind)kind->value, account, id, name, expires);
}

static void
load (BatonExpiries *self)
{
  g_auto (GStrv) groups = NULL;

  if (!g_key_file_load_from_file (self->known, g_file_peek_path (self->file), G_KEY_FILE_NONE,
                                  NULL))
    return;

  groups = g_key_file_get_groups (self->known, NULL);
  for (guint i = 0; groups[i] != NULL; i++)
    {
      g_autoptr (BatonExpiry) expiry = load_group (self->known, groups[i]);

      if (expiry != NULL)
        g_list_store_insert_sorted (self->list, expiry, compare, NULL);
    }
}

static GType
baton_expiries_get_item_type (GListModel *model)
{
  return BATON_TYPE_EXPIRY;
}

static guint
baton_expiries_get_n_items (GListModel *model)
{
  return g_list_model_get_n_items (G_LIST_MODEL (BATON_EXPIRIES (model)->list));
}

static gpointer
baton_expiries_get_item (GListModel *model, guint position)
{
  return g_list_model_get_item (G_LIST_MODEL (BATON_EXPIRIES (model)->list), position);
}

static void
baton_expiries_list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = baton_expiries_get_item_type;
  iface->get_n_items = baton_expiries_get_n_items;
  iface->get_item = baton_expiries_get_item;
}

static void
baton_expiries_finalize (GObject *object)
{
  BatonExpiries *self = BATON_EXPIRIES (object);

  g_object_unref (self->list);
  g_key_file_unref (self->known);
  g_clear_object (&self->file);

  G_OBJECT_CLASS (baton_expiries_parent_class)->finalize (object);
}

static void
baton_expiries_class_init (BatonExpiriesClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = baton_expiries_finalize;
}

static void
baton_expiries_init (BatonExpiries *self)
{
  self->list = g_list_store_new (BATON_TYPE_EXPIRY);
  self->known = g_key_file_new ();
  g_signal_connect_object (self->list, "items-changed", G_CALLBACK (g_list_model_items_changed),
                           self, G_CONNECT_SWAPPED);
}

BatonExpiries *
baton_expiries_new (GFile *file)
{
  BatonExpiries *self = g_object_new (BATON_TYPE_EXPIRIES, NULL);
  g_autofree char *folder = NULL;

  if (file == NULL)
    {
      g_autofree char *path
          = g_build_filename (g_get_user_state_dir (), "baton", "expiries.ini", NULL);

      self->file = g_file_new_for_path (path);
    }
  else
    {
      self->file = g_object_ref (file);
    }
  folder = g_path_get_dirname (g_file_peek_path (self->file));
  g_mkdir_with_parents (folder, 0700);
  load (self);

  return self;
}

static gboolean
contains (GPtrArray *expiries, BatonExpiry *expiry)
{
  for (guint i = 0; expiries != NULL && i < expiries->len; i++)
    if (baton_expiry_is_same (g_ptr_array_index (expiries, i), expiry))
      return TRUE;

  return FALSE;
}

/* Returns: FALSE where it is not there. */
static gboolean
find (BatonExpiries *self, BatonExpiry *expiry, guint *position)
{
  guint n_items = g_list_model_get_n_items (G_LIST_MODEL (self->list));

  for (guint i = 0; i < n_items; i++)
    {
      g_autoptr (BatonExpiry) other = g_list_model_get_item (G_LIST_MODEL (self->list), i);

      if (baton_expiry_is_same (other, expiry))
        {
          *position = i;
          return TRUE;
        }
    }

  return FALSE;
}

/* Two accounts of one organisation know of the same things: they are there once. */
static void
put (BatonExpiries *self, BatonExpiry *expiry)
{
  guint position = 0;

  if (find (self, expiry, &position))
    {
      g_autoptr (BatonExpiry) old = g_list_model_get_item (G_LIST_MODEL (self->list), position);

      if (baton_expiry_get_expires_at (old) == baton_expiry_get_expires_at (expiry)
          && g_str_equal (baton_expiry_get_name (old), baton_expiry_get_name (expiry))
          && g_str_equal (baton_expiry_get_account_id (old), baton_expiry_get_account_id (expiry)))
        return;
      g_list_store_remove (self->list, position);
    }

  if (is_kept (expiry))
    keep (self, expiry);
  g_list_store_insert_sorted (self->list, expiry, compare, NULL);
}

static void
drop_others (BatonExpiries *self, const char *account_id, BatonExpiryKind kind, GPtrArray *expiries)
{
  for (guint i = g_list_model_get_n_items (G_LIST_MODEL (self->list)); i > 0; i--)
    {
      g_autoptr (BatonExpiry) expiry = g_list_model_get_item (G_LIST_MODEL (self->list), i - 1);

      if (baton_expiry_get_kind (expiry) == kind
          && g_str_equal (baton_expiry_get_account_id (expiry), account_id)
          && !contains (expiries, expiry))
        drop (self, i - 1);
    }
}

void
baton_expiries_replace (BatonExpiries *self,
                        const char *account_id,
                        BatonExpiryKind kind,
                        GPtrArray *expiries)
{
  g_autoptr (GBytes) before = NULL;
  g_autoptr (GBytes) after = NULL;

  g_return_if_fail (BATON_IS_EXPIRIES (self));
  g_return_if_fail (account_id != NULL);

  before = make_text (self);
  drop_others (self, account_id, kind, expiries);
  for (guint i = 0; expiries != NULL && i < expiries->len; i++)
    put (self, g_ptr_array_index (expiries, i));
  after = make_text (self);
  if (!g_bytes_equal (before, after))
    save (self);
}

void
baton_expiries_forget (BatonExpiries *self, const char *account_id)
{
  g_return_if_fail (BATON_IS_EXPIRIES (self));
  g_return_if_fail (account_id != NULL);

  for (int kind = BATON_EXPIRY_ACCESS_TOKEN; kind <= BATON_EXPIRY_APPLICATION_SECRET; kind++)
    baton_expiries_replace (self, account_id, (BatonExpiryKind)kind, NULL);
}

guint
baton_expiries_get_told (BatonExpiries *self, BatonExpiry *expiry)
{
  g_autofree char *group = NULL;

  g_return_val_if_fail (BATON_IS_EXPIRIES (self), 0);
  g_return_val_if_fail (BATON_IS_EXPIRY (expiry), 0);

  group = make_group (expiry);

  return (guint)MAX (g_key_file_get_integer (self->known, group, "told", NULL), 0);
}

void
baton_expiries_set_told (BatonExpiries *self, BatonExpiry *expiry, guint days)
{
  g_autofree char *group = NULL;

  g_return_if_fail (BATON_IS_EXPIRIES (self));
  g_return_if_fail (BATON_IS_EXPIRY (expiry));

  group = make_group (expiry);
  if (!g_key_file_has_group (self->known, group))
    return;
  g_key_file_set_integer (self->known, group, "told", (int)days);
  save (self);
}

void
baton_expiries_flush (BatonExpiries *self)
{
  g_autoptr (GBytes) text = NULL;
  gsize length = 0;
  const char *start = NULL;

  g_return_if_fail (BATON_IS_EXPIRIES (self));

  if (!self->writing)
    return;
  text = make_text (self);
  start = g_bytes_get_data (text, &length);
  g_file_set_contents_full (g_file_peek_path (self->file), start, (gssize)length,
                            G_FILE_SET_CONTENTS_CONSISTENT, 0600, NULL);
}
