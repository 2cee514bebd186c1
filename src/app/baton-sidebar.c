/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n.h>

#include "baton-folder-list.h"
#include "baton-sidebar.h"

struct _BatonSidebar
{
  GtkWidget parent_instance;

  GtkWidget *content;
  GtkBox *top;
  GtkMenuButton *folder_button;
  GtkImage *folder_icon;
  GtkLabel *folder_label;
  GtkPopover *folder_popover;
  BatonFolderList *folder_list;
  GtkListBox *pages;

  guint choose_source; /* a row was selected by the arrow keys: chosen in a moment */
  gboolean following;  /* the selection follows the page, not the other way */
};

enum
{
  SIGNAL_PAGE_CHOSEN,
  SIGNAL_FOLDER_CHOSEN,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (BatonSidebar, baton_sidebar, GTK_TYPE_WIDGET)

#define ID_KEY "baton-id"
#define GROUP_KEY "baton-group"
#define COUNT_KEY "baton-count"

/* Milliseconds: walking through the rows with the arrow keys does not ask for each list on the way. */
#define CHOOSE_DELAY 150

static const char *
get_id (GtkListBoxRow *row)
{
  return g_object_get_data (G_OBJECT (row), ID_KEY);
}

static GtkListBoxRow *
find_row (BatonSidebar *self, const char *id)
{
  GtkListBoxRow *row;

  for (int i = 0; (row = gtk_list_box_get_row_at_index (self->pages, i)) != NULL; i++)
    if (g_strcmp0 (get_id (row), id) == 0)
      return row;
  return NULL;
}

static void
header_cb (GtkListBoxRow *row, GtkListBoxRow *before, gpointer user_data)
{
  const char *group = g_object_get_data (G_OBJECT (row), GROUP_KEY);
  const char *above = before != NULL ? g_object_get_data (G_OBJECT (before), GROUP_KEY) : NULL;
  GtkWidget *header = NULL;

  if (g_strcmp0 (group, above) != 0)
    {
      header = gtk_label_new (group);
      gtk_label_set_xalign (GTK_LABEL (header), 0);
      gtk_widget_add_css_class (header, "baton-sidebar-heading");
      gtk_widget_add_css_class (header, "caption-heading");
      gtk_widget_add_css_class (header, "dim-label");
    }
  gtk_list_box_row_set_header (row, header);
}

/* @title and @group: translated. */
static void
add_page (BatonSidebar *self, const char *id, const char *title, const char *icon, const char *group)
{
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 9);
  GtkWidget *label = gtk_label_new (title);
  GtkWidget *count = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_widget_add_css_class (count, "dim-label");
  gtk_widget_add_css_class (count, "numeric");
  gtk_widget_add_css_class (count, "caption");
  gtk_box_append (GTK_BOX (box), gtk_image_new_from_icon_name (icon));
  gtk_box_append (GTK_BOX (box), label);
  gtk_box_append (GTK_BOX (box), count);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  g_object_set_data_full (G_OBJECT (row), ID_KEY, g_strdup (id), g_free);
  g_object_set_data_full (G_OBJECT (row), GROUP_KEY, g_strdup (group), g_free);
  g_object_set_data (G_OBJECT (row), COUNT_KEY, count);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
  gtk_list_box_append (self->pages, row);
}

static void
choose_page (BatonSidebar *self, GtkListBoxRow *row)
{
  g_clear_handle_id (&self->choose_source, g_source_remove);
  if (row != NULL)
    g_signal_emit (self, signals[SIGNAL_PAGE_CHOSEN], 0, get_id (row));
}

static gboolean
choose_timeout_cb (gpointer user_data)
{
  BatonSidebar *self = BATON_SIDEBAR (user_data);

  self->choose_source = 0;
  choose_page (self, gtk_list_box_get_selected_row (self->pages));
  return G_SOURCE_REMOVE;
}

static void
row_selected_cb (BatonSidebar *self, GtkListBoxRow *row)
{
  if (self->following || row == NULL)
    return;
  g_clear_handle_id (&self->choose_source, g_source_remove);
  self->choose_source = g_timeout_add (CHOOSE_DELAY, choose_timeout_cb, self);
}

static void
row_activated_cb (BatonSidebar *self, GtkListBoxRow *row)
{
  choose_page (self, row);
}

static void
folder_chosen_cb (BatonSidebar *self, BatonFolder *folder)
{
  gtk_menu_button_popdown (self->folder_button);
  g_signal_emit (self, signals[SIGNAL_FOLDER_CHOSEN], 0, folder);
}

static void
folder_popover_show_cb (BatonSidebar *self)
{
  baton_folder_list_reset (self->folder_list);
  gtk_widget_grab_focus (GTK_WIDGET (self->folder_list));
}

/* Tab would go from page to page, and open each; the arrow keys do that. It goes on to the next widget. */
static gboolean
baton_sidebar_focus (GtkWidget *widget, GtkDirectionType direction)
{
  BatonSidebar *self = BATON_SIDEBAR (widget);
  GtkWidget *focus = gtk_root_get_focus (gtk_widget_get_root (widget));

  if (focus != NULL && gtk_widget_is_ancestor (focus, GTK_WIDGET (self->pages)))
    {
      if (direction == GTK_DIR_TAB_FORWARD)
        return FALSE;
      if (direction == GTK_DIR_TAB_BACKWARD)
        return gtk_widget_child_focus (GTK_WIDGET (self->folder_button), direction)
               || gtk_widget_child_focus (GTK_WIDGET (self->top), direction);
    }
  return GTK_WIDGET_CLASS (baton_sidebar_parent_class)->focus (widget, direction);
}

static void
baton_sidebar_dispose (GObject *object)
{
  BatonSidebar *self = BATON_SIDEBAR (object);

  g_clear_handle_id (&self->choose_source, g_source_remove);
  gtk_widget_dispose_template (GTK_WIDGET (self), BATON_TYPE_SIDEBAR);
  G_OBJECT_CLASS (baton_sidebar_parent_class)->dispose (object);
}

static void
baton_sidebar_class_init (BatonSidebarClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = baton_sidebar_dispose;
  widget_class->focus = baton_sidebar_focus;
  signals[SIGNAL_PAGE_CHOSEN]
      = g_signal_new ("page-chosen", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                      NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[SIGNAL_FOLDER_CHOSEN]
      = g_signal_new ("folder-chosen", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                      NULL, G_TYPE_NONE, 1, BATON_TYPE_FOLDER);
  gtk_widget_class_set_css_name (widget_class, "batonsidebar");
  g_type_ensure (BATON_TYPE_FOLDER_LIST);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/baton_desktop/Baton/baton-sidebar.ui");
  gtk_widget_class_bind_template_child (widget_class, BatonSidebar, content);
  gtk_widget_class_bind_template_child (widget_class, BatonSidebar, top);
  gtk_widget_class_bind_template_child (widget_class, BatonSidebar, folder_button);
  gtk_widget_class_bind_template_child (widget_class, BatonSidebar, folder_icon);
  gtk_widget_class_bind_template_child (widget_class, BatonSidebar, folder_label);
  gtk_widget_class_bind_template_child (widget_class, BatonSidebar, folder_popover);
  gtk_widget_class_bind_template_child (widget_class, BatonSidebar, folder_list);
  gtk_widget_class_bind_template_child (widget_class, BatonSidebar, pages);
  gtk_widget_class_bind_template_callback (widget_class, row_selected_cb);
  gtk_widget_class_bind_template_callback (widget_class, row_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, folder_chosen_cb);
  gtk_widget_class_bind_template_callback (widget_class, folder_popover_show_cb);
}

static void
baton_sidebar_init (BatonSidebar *self)
{
  const BatonResource *const *catalogue = baton_catalogue_get ();

  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_list_box_set_header_func (self->pages, header_cb, NULL, NULL);
  for (guint i = 0; catalogue[i] != NULL; i++)
    add_page (self, catalogue[i]->id, _(catalogue[i]->title), catalogue[i]->icon,
              _(catalogue[i]->group));
  add_page (self, "tenant", _("Tenant"), "network-server-symbolic", _("Access"));
  add_page (self, "api-access", _("API access"), "dialog-password-symbolic", _("Access"));
  baton_sidebar_set_folder (self, NULL, BATON_SCOPE_CROSS_FOLDER);
}

GtkWidget *
baton_sidebar_new (void)
{
  return g_object_new (BATON_TYPE_SIDEBAR, NULL);
}

void
baton_sidebar_set_connection (BatonSidebar *self, BatonConnection *connection)
{
  GtkListBoxRow *row;

  g_return_if_fail (BATON_IS_SIDEBAR (self));

  baton_folder_list_set_connection (self->folder_list, connection);
  for (int i = 0; (row = gtk_list_box_get_row_at_index (self->pages, i)) != NULL; i++)
    baton_sidebar_set_count (self, get_id (row), -1);
}

void
baton_sidebar_set_page (BatonSidebar *self, const char *id)
{
  GtkListBoxRow *row;

  g_return_if_fail (BATON_IS_SIDEBAR (self));

  g_clear_handle_id (&self->choose_source, g_source_remove);
  row = find_row (self, id);
  self->following = TRUE;
  gtk_list_box_select_row (self->pages, row);
  self->following = FALSE;
}

const char *
baton_sidebar_get_nth_page (BatonSidebar *self, guint n)
{
  GtkListBoxRow *row;

  g_return_val_if_fail (BATON_IS_SIDEBAR (self), NULL);

  row = gtk_list_box_get_row_at_index (self->pages, (int) n);
  return row != NULL ? get_id (row) : NULL;
}

void
baton_sidebar_set_folder (BatonSidebar *self, BatonFolder *folder, BatonScope scope)
{
  const char *name = _("All folders");
  g_autofree char *label = NULL;

  g_return_if_fail (BATON_IS_SIDEBAR (self));

  if (folder != NULL)
    name = baton_folder_get_name (folder);
  else if (scope == BATON_SCOPE_FOLDER)
    name = _("Choose a folder");
  baton_folder_list_set_allow_all (self->folder_list, scope != BATON_SCOPE_FOLDER);
  baton_folder_list_set_current (self->folder_list, folder);
  gtk_label_set_text (self->folder_label, name);
  gtk_image_set_from_icon_name (self->folder_icon, folder == NULL ? "view-grid-symbolic"
                                                   : baton_folder_is_personal (folder)
                                                       ? "avatar-default-symbolic"
                                                       : "folder-symbolic");
  gtk_widget_set_sensitive (GTK_WIDGET (self->folder_button), scope != BATON_SCOPE_TENANT);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->folder_button),
                               scope == BATON_SCOPE_TENANT
                                   ? _("This page is of the whole tenant")
                               : folder != NULL ? baton_folder_get_path (folder)
                                                : _("Choose a folder"));
  /* TRANSLATORS: the button that chooses the folder, for a screen reader */
  label = g_strdup_printf (_("Folder: %s"), name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->folder_button),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
}

void
baton_sidebar_set_count (BatonSidebar *self, const char *id, gint64 count)
{
  GtkListBoxRow *row;
  g_autofree char *text = NULL;

  g_return_if_fail (BATON_IS_SIDEBAR (self));

  row = find_row (self, id);
  if (row == NULL)
    return;
  if (count >= 0)
    text = g_strdup_printf ("%'" G_GINT64_FORMAT, count);
  gtk_label_set_text (g_object_get_data (G_OBJECT (row), COUNT_KEY), text != NULL ? text : "");
}

void
baton_sidebar_set_top (BatonSidebar *self, GtkWidget *child)
{
  GtkWidget *old;

  g_return_if_fail (BATON_IS_SIDEBAR (self));

  old = gtk_widget_get_first_child (GTK_WIDGET (self->top));
  if (old != NULL)
    gtk_box_remove (self->top, old);
  if (child != NULL)
    gtk_box_append (self->top, child);
  gtk_widget_set_visible (GTK_WIDGET (self->top), child != NULL);
}

void
baton_sidebar_popup_folders (BatonSidebar *self)
{
  g_return_if_fail (BATON_IS_SIDEBAR (self));

  gtk_menu_button_popup (self->folder_button);
}
