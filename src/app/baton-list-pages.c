/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n.h>

#include "baton-detailed-action.h"
#include "baton-error-text.h"
#include "baton-list-pages.h"

struct _BatonListPages
{
  GtkWidget parent_instance;

  const BatonResource *resource;

  GtkStack *stack;
  GtkLabel *loading;
  GtkBox *table_box;
  AdwStatusPage *empty;
  GtkWidget *clear;
  AdwStatusPage *error;
  GtkButton *remedy;
  GtkWidget *details;
  GtkLabel *technical;
  BatonFolderList *folders;
};

enum
{
  SIGNAL_FOLDER_CHOSEN,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (BatonListPages, baton_list_pages, GTK_TYPE_WIDGET)

static void
folder_chosen_cb (BatonListPages *self, BatonFolder *folder)
{
  if (folder != NULL)
    g_signal_emit (self, signals[SIGNAL_FOLDER_CHOSEN], 0, folder);
}

static void
baton_list_pages_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), BATON_TYPE_LIST_PAGES);
  G_OBJECT_CLASS (baton_list_pages_parent_class)->dispose (object);
}

static void
baton_list_pages_class_init (BatonListPagesClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = baton_list_pages_dispose;
  signals[SIGNAL_FOLDER_CHOSEN]
      = g_signal_new ("folder-chosen", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                      NULL, G_TYPE_NONE, 1, BATON_TYPE_FOLDER);
  g_type_ensure (BATON_TYPE_FOLDER_LIST);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/baton_desktop/Baton/baton-list-pages.ui");
  gtk_widget_class_bind_template_child (widget_class, BatonListPages, stack);
  gtk_widget_class_bind_template_child (widget_class, BatonListPages, loading);
  gtk_widget_class_bind_template_child (widget_class, BatonListPages, table_box);
  gtk_widget_class_bind_template_child (widget_class, BatonListPages, empty);
  gtk_widget_class_bind_template_child (widget_class, BatonListPages, clear);
  gtk_widget_class_bind_template_child (widget_class, BatonListPages, error);
  gtk_widget_class_bind_template_child (widget_class, BatonListPages, remedy);
  gtk_widget_class_bind_template_child (widget_class, BatonListPages, details);
  gtk_widget_class_bind_template_child (widget_class, BatonListPages, technical);
  gtk_widget_class_bind_template_child (widget_class, BatonListPages, folders);
  gtk_widget_class_bind_template_callback (widget_class, folder_chosen_cb);
}

static void
baton_list_pages_init (BatonListPages *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  baton_folder_list_set_allow_all (self->folders, FALSE);
}

void
baton_list_pages_set_table (BatonListPages *self, const BatonResource *resource, GtkWidget *table)
{
  g_autofree char *lower = NULL;
  g_autofree char *loading = NULL;

  g_return_if_fail (BATON_IS_LIST_PAGES (self));
  g_return_if_fail (resource != NULL);
  g_return_if_fail (GTK_IS_WIDGET (table));

  self->resource = resource;
  lower = g_utf8_strdown (_(resource->title), -1);
  /* TRANSLATORS: %s is "jobs", "queues", … */
  loading = g_strdup_printf (_("Loading %s…"), lower);
  gtk_label_set_text (self->loading, loading);
  gtk_widget_set_vexpand (table, TRUE);
  gtk_box_append (self->table_box, table);
}

void
baton_list_pages_set_connection (BatonListPages *self, BatonConnection *connection)
{
  g_return_if_fail (BATON_IS_LIST_PAGES (self));

  baton_folder_list_set_connection (self->folders, connection);
}

void
baton_list_pages_show (BatonListPages *self, const char *page)
{
  g_return_if_fail (BATON_IS_LIST_PAGES (self));

  gtk_stack_set_visible_child_name (self->stack, page);
}

gboolean
baton_list_pages_focus_folders (BatonListPages *self)
{
  g_return_val_if_fail (BATON_IS_LIST_PAGES (self), FALSE);

  return gtk_widget_grab_focus (GTK_WIDGET (self->folders));
}

const char *
baton_list_pages_get_shown (BatonListPages *self)
{
  g_return_val_if_fail (BATON_IS_LIST_PAGES (self), NULL);

  return gtk_stack_get_visible_child_name (self->stack);
}

void
baton_list_pages_set_empty (BatonListPages *self, const char *summary)
{
  const BatonResource *resource;
  g_autofree char *description = NULL;

  g_return_if_fail (BATON_IS_LIST_PAGES (self));

  resource = self->resource;
  if (summary != NULL)
    description = g_markup_escape_text (summary, -1);
  else if (resource->empty_hint != NULL)
    description = g_markup_escape_text (_(resource->empty_hint), -1);
  adw_status_page_set_icon_name (self->empty, summary != NULL ? "edit-find-symbolic" : resource->icon);
  adw_status_page_set_title (self->empty,
                             summary != NULL ? _("Nothing matches") : _(resource->empty_title));
  adw_status_page_set_description (self->empty, description);
  gtk_widget_set_visible (self->clear, summary != NULL);
}

void
baton_list_pages_set_error (BatonListPages *self, const GError *error)
{
  g_autofree char *what = NULL;
  g_autoptr (BatonErrorText) text = NULL;
  g_autofree char *title = NULL;
  g_autofree char *body = NULL;

  g_return_if_fail (BATON_IS_LIST_PAGES (self));
  g_return_if_fail (error != NULL);

  /* TRANSLATORS: %s is "Jobs", "Queues", … */
  what = g_strdup_printf (_("%s could not be loaded"), _(self->resource->title));
  text = baton_error_text_new (error, what);
  title = g_markup_escape_text (text->title, -1);
  body = g_markup_escape_text (text->body, -1);
  adw_status_page_set_title (self->error, title);
  adw_status_page_set_description (self->error, body);
  gtk_widget_set_visible (GTK_WIDGET (self->remedy), text->action != NULL);
  if (text->action != NULL)
    {
      gtk_button_set_label (self->remedy, text->button);
      baton_detailed_action_set (GTK_ACTIONABLE (self->remedy), text->action);
    }
  gtk_widget_set_visible (self->details, text->technical != NULL);
  gtk_label_set_text (self->technical, text->technical != NULL ? text->technical : "");
}
