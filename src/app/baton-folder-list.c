/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include <glib/gi18n.h>

#include "baton-folder-list.h"

/* A tree of more than this many folders starts folded. */
#define MAX_EXPANDED 200

struct _BatonFolderList
{
  GtkWidget parent_instance;

  GtkWidget *content;
  GtkSearchEntry *search;
  GtkStack *stack;
  GtkListView *view;

  BatonConnection *connection; /* (owned) (nullable) */
  GSignalGroup *signals;       /* (owned): watches the folders */
  GHashTable *children;        /* (owned): parent's id to GListStore of BatonFolder */
  GObject *all;                /* (owned): stands for "All folders" in the tree */
  BatonFolder *current;        /* (owned) (nullable) */
  gboolean allow_all;
};

enum
{
  SIGNAL_CHOSEN,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (BatonFolderList, baton_folder_list, GTK_TYPE_WIDGET)

static GListStore *
get_children (BatonFolderList *self, gint64 parent)
{
  return g_hash_table_lookup (self->children, &parent);
}

static void
index_children (BatonFolderList *self)
{
  GListModel *folders = baton_connection_get_folders (self->connection);

  g_hash_table_remove_all (self->children);
  for (guint i = 0; i < g_list_model_get_n_items (folders); i++)
    {
      g_autoptr (BatonFolder) folder = g_list_model_get_item (folders, i);
      gint64 parent = baton_folder_get_parent (folder);
      GListStore *store;

      /* A folder whose parent cannot be seen stands at the root. */
      if (parent != 0 && baton_connection_find_folder_by_id (self->connection, parent) == NULL)
        parent = 0;
      store = get_children (self, parent);
      if (store == NULL)
        {
          store = g_list_store_new (G_TYPE_OBJECT);
          g_hash_table_insert (self->children, g_memdup2 (&parent, sizeof parent), store);
        }
      g_list_store_append (store, folder);
    }
}

static GListModel *
create_children_cb (gpointer item, gpointer user_data)
{
  BatonFolderList *self = BATON_FOLDER_LIST (user_data);
  GListStore *store
      = BATON_IS_FOLDER (item) ? get_children (self, baton_folder_get_id (item)) : NULL;

  return store != NULL ? G_LIST_MODEL (g_object_ref (store)) : NULL;
}

static GListModel *
no_children_cb (gpointer item, gpointer user_data)
{
  return NULL;
}

static gboolean
matches (const char *text, const char *folded_needle)
{
  g_autofree char *folded = g_utf8_casefold (text, -1);

  return strstr (folded, folded_needle) != NULL;
}

static GListStore *
find_matches (BatonFolderList *self, const char *needle)
{
  GListModel *folders = baton_connection_get_folders (self->connection);
  GListStore *store = g_list_store_new (G_TYPE_OBJECT);
  g_autofree char *folded = g_utf8_casefold (needle, -1);

  if (self->allow_all && matches (_("All folders"), folded))
    g_list_store_append (store, self->all);
  for (guint i = 0; i < g_list_model_get_n_items (folders); i++)
    {
      g_autoptr (BatonFolder) folder = g_list_model_get_item (folders, i);

      if (matches (baton_folder_get_path (folder), folded))
        g_list_store_append (store, folder);
    }
  return store;
}

static gboolean
is_searching (BatonFolderList *self)
{
  return *gtk_editable_get_text (GTK_EDITABLE (self->search)) != '\0';
}

static void
select_current (BatonFolderList *self, GtkSingleSelection *selection)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (selection));

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (GtkTreeListRow) row = g_list_model_get_item (G_LIST_MODEL (selection), i);
      g_autoptr (GObject) item = gtk_tree_list_row_get_item (row);

      if (item != (self->current != NULL ? G_OBJECT (self->current) : self->all))
        continue;
      gtk_single_selection_set_selected (selection, i);
      return;
    }
}

static void
rebuild (BatonFolderList *self)
{
  g_autoptr (GListStore) root = NULL;
  GtkTreeListModel *tree;
  GtkSingleSelection *selection;
  gboolean searching = is_searching (self);
  guint n;

  if (self->connection == NULL)
    {
      gtk_list_view_set_model (self->view, NULL);
      return;
    }

  n = g_list_model_get_n_items (baton_connection_get_folders (self->connection));
  if (searching)
    {
      root = find_matches (self, gtk_editable_get_text (GTK_EDITABLE (self->search)));
    }
  else
    {
      GListStore *top;

      index_children (self);
      root = g_list_store_new (G_TYPE_OBJECT);
      if (self->allow_all)
        g_list_store_append (root, self->all);
      top = get_children (self, 0);
      for (guint i = 0; top != NULL && i < g_list_model_get_n_items (G_LIST_MODEL (top)); i++)
        {
          g_autoptr (GObject) folder = g_list_model_get_item (G_LIST_MODEL (top), i);

          g_list_store_append (root, folder);
        }
    }

  gtk_stack_set_visible_child_name (
      self->stack, g_list_model_get_n_items (G_LIST_MODEL (root)) > 0 ? "list" : "none");
  tree = gtk_tree_list_model_new (G_LIST_MODEL (g_steal_pointer (&root)), FALSE, n <= MAX_EXPANDED,
                                  searching ? no_children_cb : create_children_cb, self, NULL);
  selection = gtk_single_selection_new (G_LIST_MODEL (tree));
  gtk_single_selection_set_autoselect (selection, FALSE);
  gtk_single_selection_set_can_unselect (selection, TRUE);
  gtk_single_selection_set_selected (selection, GTK_INVALID_LIST_POSITION);
  select_current (self, selection);
  gtk_list_view_set_model (self->view, GTK_SELECTION_MODEL (selection));
  g_object_unref (selection);
}

/* Rows. */

static void
setup_cb (GtkSignalListItemFactory *factory, GtkListItem *item, BatonFolderList *self)
{
  GtkWidget *expander = gtk_tree_expander_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *labels = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *name = gtk_label_new (NULL);
  GtkWidget *path = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (name), 0);
  gtk_label_set_ellipsize (GTK_LABEL (name), PANGO_ELLIPSIZE_END);
  gtk_label_set_xalign (GTK_LABEL (path), 0);
  gtk_label_set_ellipsize (GTK_LABEL (path), PANGO_ELLIPSIZE_START);
  gtk_widget_add_css_class (path, "caption");
  gtk_widget_add_css_class (path, "dim-label");
  gtk_widget_set_valign (labels, GTK_ALIGN_CENTER);
  gtk_widget_set_margin_top (labels, 2);
  gtk_widget_set_margin_bottom (labels, 2);
  gtk_box_append (GTK_BOX (labels), name);
  gtk_box_append (GTK_BOX (labels), path);
  gtk_box_append (GTK_BOX (box), gtk_image_new ());
  gtk_box_append (GTK_BOX (box), labels);
  gtk_tree_expander_set_child (GTK_TREE_EXPANDER (expander), box);
  gtk_list_item_set_child (item, expander);
}

static void
bind_cb (GtkSignalListItemFactory *factory, GtkListItem *item, BatonFolderList *self)
{
  GtkTreeListRow *row = gtk_list_item_get_item (item);
  GtkWidget *expander = gtk_list_item_get_child (item);
  GtkWidget *image
      = gtk_widget_get_first_child (gtk_tree_expander_get_child (GTK_TREE_EXPANDER (expander)));
  GtkWidget *name = gtk_widget_get_first_child (gtk_widget_get_next_sibling (image));
  GtkWidget *path = gtk_widget_get_next_sibling (name);
  g_autoptr (GObject) object = gtk_tree_list_row_get_item (row);
  BatonFolder *folder = BATON_IS_FOLDER (object) ? BATON_FOLDER (object) : NULL;
  const char *icon = "view-grid-symbolic";

  if (folder != NULL)
    icon = baton_folder_is_personal (folder) ? "avatar-default-symbolic" : "folder-symbolic";
  gtk_tree_expander_set_list_row (GTK_TREE_EXPANDER (expander), row);
  gtk_image_set_from_icon_name (GTK_IMAGE (image), icon);
  gtk_label_set_text (GTK_LABEL (name),
                      folder != NULL ? baton_folder_get_name (folder) : _("All folders"));
  gtk_label_set_text (GTK_LABEL (path), folder != NULL ? baton_folder_get_path (folder) : "");
  gtk_widget_set_visible (path, folder != NULL && is_searching (self)
                                    && baton_folder_get_depth (folder) > 0);
  /* The row itself has no name of its own. */
  if (gtk_widget_get_parent (expander) != NULL)
    gtk_accessible_update_relation (GTK_ACCESSIBLE (gtk_widget_get_parent (expander)),
                                    GTK_ACCESSIBLE_RELATION_LABELLED_BY, name, NULL, -1);
}

static void
unbind_cb (GtkSignalListItemFactory *factory, GtkListItem *item, BatonFolderList *self)
{
  gtk_tree_expander_set_list_row (GTK_TREE_EXPANDER (gtk_list_item_get_child (item)), NULL);
}

static void
choose (BatonFolderList *self, guint position)
{
  GListModel *model = G_LIST_MODEL (gtk_list_view_get_model (self->view));
  g_autoptr (GtkTreeListRow) row = model != NULL ? g_list_model_get_item (model, position) : NULL;
  g_autoptr (GObject) item = row != NULL ? gtk_tree_list_row_get_item (row) : NULL;

  if (item != NULL)
    g_signal_emit (self, signals[SIGNAL_CHOSEN], 0,
                   BATON_IS_FOLDER (item) ? BATON_FOLDER (item) : NULL);
}

static void
activate_cb (BatonFolderList *self, guint position)
{
  choose (self, position);
}

static void
search_activate_cb (BatonFolderList *self)
{
  if (!is_searching (self))
    return;
  /* A fast typist is ahead of the search's own delay. */
  rebuild (self);
  choose (self, 0);
}

/* Escape: the search takes it, so that a popover around the list would not hear of it. */
static void
stop_search_cb (BatonFolderList *self)
{
  GtkWidget *popover = gtk_widget_get_ancestor (GTK_WIDGET (self), GTK_TYPE_POPOVER);

  if (is_searching (self))
    gtk_editable_set_text (GTK_EDITABLE (self->search), "");
  else if (popover != NULL)
    gtk_popover_popdown (GTK_POPOVER (popover));
}

/* By Tab from child to child. Otherwise the way back ends in grab_focus(), and leads nowhere. */
static gboolean
baton_folder_list_focus (GtkWidget *widget, GtkDirectionType direction)
{
  return gtk_widget_child_focus (GTK_WIDGET (BATON_FOLDER_LIST (widget)->content), direction);
}

static gboolean
baton_folder_list_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (GTK_WIDGET (BATON_FOLDER_LIST (widget)->search));
}

static void
baton_folder_list_dispose (GObject *object)
{
  BatonFolderList *self = BATON_FOLDER_LIST (object);

  if (self->view != NULL)
    gtk_list_view_set_model (self->view, NULL);
  if (self->signals != NULL)
    g_signal_group_set_target (self->signals, NULL);
  g_clear_object (&self->signals);
  g_clear_object (&self->connection);
  g_clear_object (&self->current);
  g_clear_object (&self->all);
  gtk_widget_dispose_template (GTK_WIDGET (self), BATON_TYPE_FOLDER_LIST);
  G_OBJECT_CLASS (baton_folder_list_parent_class)->dispose (object);
}

static void
baton_folder_list_finalize (GObject *object)
{
  g_hash_table_unref (BATON_FOLDER_LIST (object)->children);
  G_OBJECT_CLASS (baton_folder_list_parent_class)->finalize (object);
}

static void
baton_folder_list_class_init (BatonFolderListClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = baton_folder_list_dispose;
  G_OBJECT_CLASS (klass)->finalize = baton_folder_list_finalize;
  widget_class->focus = baton_folder_list_focus;
  widget_class->grab_focus = baton_folder_list_grab_focus;
  signals[SIGNAL_CHOSEN]
      = g_signal_new ("chosen", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                      G_TYPE_NONE, 1, BATON_TYPE_FOLDER);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/baton_desktop/Baton/baton-folder-list.ui");
  gtk_widget_class_bind_template_child (widget_class, BatonFolderList, content);
  gtk_widget_class_bind_template_child (widget_class, BatonFolderList, search);
  gtk_widget_class_bind_template_child (widget_class, BatonFolderList, stack);
  gtk_widget_class_bind_template_child (widget_class, BatonFolderList, view);
  gtk_widget_class_bind_template_callback (widget_class, rebuild);
  gtk_widget_class_bind_template_callback (widget_class, activate_cb);
  gtk_widget_class_bind_template_callback (widget_class, search_activate_cb);
  gtk_widget_class_bind_template_callback (widget_class, stop_search_cb);
}

static void
baton_folder_list_init (BatonFolderList *self)
{
  g_autoptr (GtkListItemFactory) factory = gtk_signal_list_item_factory_new ();

  self->all = G_OBJECT (gtk_string_object_new (""));
  self->allow_all = TRUE;
  self->children = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, g_object_unref);
  self->signals = g_signal_group_new (G_TYPE_LIST_MODEL);
  g_signal_group_connect_swapped (self->signals, "items-changed", G_CALLBACK (rebuild), self);
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_search_entry_set_key_capture_widget (self->search, GTK_WIDGET (self));
  g_signal_connect_object (factory, "setup", G_CALLBACK (setup_cb), self, 0);
  g_signal_connect_object (factory, "bind", G_CALLBACK (bind_cb), self, 0);
  g_signal_connect_object (factory, "unbind", G_CALLBACK (unbind_cb), self, 0);
  gtk_list_view_set_factory (self->view, factory);
}

GtkWidget *
baton_folder_list_new (void)
{
  return g_object_new (BATON_TYPE_FOLDER_LIST, NULL);
}

void
baton_folder_list_set_connection (BatonFolderList *self, BatonConnection *connection)
{
  g_return_if_fail (BATON_IS_FOLDER_LIST (self));

  if (!g_set_object (&self->connection, connection))
    return;
  g_signal_group_set_target (
      self->signals, connection != NULL ? baton_connection_get_folders (connection) : NULL);
  rebuild (self);
}

void
baton_folder_list_set_allow_all (BatonFolderList *self, gboolean allow_all)
{
  g_return_if_fail (BATON_IS_FOLDER_LIST (self));

  if (self->allow_all == allow_all)
    return;
  self->allow_all = allow_all;
  rebuild (self);
}

void
baton_folder_list_set_current (BatonFolderList *self, BatonFolder *folder)
{
  GtkSelectionModel *model;

  g_return_if_fail (BATON_IS_FOLDER_LIST (self));

  g_set_object (&self->current, folder);
  model = gtk_list_view_get_model (self->view);
  if (model != NULL)
    select_current (self, GTK_SINGLE_SELECTION (model));
}

void
baton_folder_list_reset (BatonFolderList *self)
{
  g_return_if_fail (BATON_IS_FOLDER_LIST (self));

  gtk_editable_set_text (GTK_EDITABLE (self->search), "");
}
