/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n.h>

#include "baton-api-access-page.h"
#include "baton-banner.h"
#include "baton-primary-menu.h"
#include "baton-resource-view.h"
#include "baton-sidebar.h"
#include "baton-tenant-page.h"
#include "baton-tenant-selector.h"
#include "baton-workspace.h"

#define FIRST_PAGE "jobs"
/* Pages that "Back" remembers. */
#define MAX_HISTORY 50

struct _BatonWorkspace
{
  GtkWidget parent_instance;

  BatonConnection *connection; /* (owned) (nullable) */
  BatonFolder *folder;         /* (owned) (nullable): all folders */
  gboolean attached;           /* the pages show the connection; not while a tenant is being loaded */
  char *page;                  /* (owned) (nullable) */
  GHashTable *views;           /* (owned): id to BatonResourceView (unowned) */
  GPtrArray *history;          /* (owned) of char*: pages that links led away from */
  GtkWidget *tenant_page;      /* (unowned) (nullable) */
  GtkWidget *api_access_page;  /* (unowned) (nullable) */
  guint place_source;

  AdwToastOverlay *toasts;
  AdwHeaderBar *header;
  GtkLabel *title; /* AdwWindowTitle is too wide for a phone beside the tenant */
  GtkLabel *subtitle;
  GtkWidget *back;
  BatonTenantSelector *tenant_selector; /* (owned): in the header, or on top of the sidebar */
  GtkWidget *banner;
  AdwFlap *flap;
  BatonSidebar *sidebar;
  GtkStack *pages;
};

G_DEFINE_FINAL_TYPE (BatonWorkspace, baton_workspace, GTK_TYPE_WIDGET)

static BatonResourceView *
get_view (BatonWorkspace *self)
{
  return self->page != NULL ? g_hash_table_lookup (self->views, self->page) : NULL;
}

static gint64
get_folder_id (BatonWorkspace *self)
{
  return self->folder != NULL ? baton_folder_get_id (self->folder) : 0;
}

static BatonConnection *
get_attached (BatonWorkspace *self)
{
  return self->attached ? self->connection : NULL;
}

static void
update_title (BatonWorkspace *self)
{
  BatonResourceView *view = get_view (self);
  BatonScope scope
      = view != NULL ? baton_resource_view_get_resource (view)->scope : BATON_SCOPE_TENANT;
  const char *title
      = g_strcmp0 (self->page, "tenant") == 0 ? _("Tenant") : _("API access");
  const char *subtitle = "";

  if (view != NULL)
    title = _(baton_resource_view_get_resource (view)->title);
  if (scope != BATON_SCOPE_TENANT && self->folder != NULL)
    subtitle = baton_folder_get_path (self->folder);
  else if (scope == BATON_SCOPE_CROSS_FOLDER)
    subtitle = _("All folders");
  gtk_label_set_text (self->title, title);
  gtk_label_set_text (self->subtitle, subtitle);
  gtk_widget_set_visible (GTK_WIDGET (self->subtitle), *subtitle != '\0');
  baton_sidebar_set_folder (self->sidebar, self->folder, scope);
}

/* A narrow header has no room for the tenant, a narrow list none for words on its buttons. */
static void
place (BatonWorkspace *self)
{
  GtkWidget *selector = GTK_WIDGET (self->tenant_selector);
  gboolean folded = adw_flap_get_folded (self->flap);
  GHashTableIter iter;
  gpointer view;

  g_hash_table_iter_init (&iter, self->views);
  while (g_hash_table_iter_next (&iter, NULL, &view))
    baton_resource_view_set_narrow (view, folded);
  if (folded)
    {
      if (gtk_widget_is_ancestor (selector, GTK_WIDGET (self->header)))
        adw_header_bar_remove (self->header, selector);
      baton_sidebar_set_top (self->sidebar, selector);
    }
  else
    {
      baton_sidebar_set_top (self->sidebar, NULL);
      if (gtk_widget_get_parent (selector) == NULL)
        adw_header_bar_pack_start (self->header, selector);
    }
}

static gboolean
place_idle_cb (gpointer user_data)
{
  BatonWorkspace *self = BATON_WORKSPACE (user_data);

  self->place_source = 0;
  place (self);
  return G_SOURCE_REMOVE;
}

/* It folds while widgets get their place: what changes their number waits. */
static void
folded_cb (BatonWorkspace *self)
{
  if (self->place_source == 0)
    self->place_source = g_idle_add (place_idle_cb, self);
}

/* The folder. */

static void
set_folder (BatonWorkspace *self, BatonFolder *folder)
{
  GHashTableIter iter;
  gpointer view;

  g_set_object (&self->folder, folder);
  g_hash_table_iter_init (&iter, self->views);
  while (g_hash_table_iter_next (&iter, NULL, &view))
    baton_resource_view_set_folder (view, get_folder_id (self));
  update_title (self);
}

static void
choose_folder (BatonWorkspace *self, BatonFolder *folder)
{
  if (self->connection == NULL || folder == self->folder)
    return;
  baton_account_set_folder_path (baton_connection_get_account (self->connection),
                                 folder != NULL ? baton_folder_get_path (folder) : NULL);
  set_folder (self, folder);
}

/* Ids change, so the account keeps the path (fact sheet 8.3); another tenant may have the same. */
static void
restore_folder (BatonWorkspace *self)
{
  const char *path
      = baton_account_get_folder_path (baton_connection_get_account (self->connection));
  BatonFolder *folder = path != NULL ? baton_connection_find_folder (self->connection, path) : NULL;
  gboolean known = g_list_model_get_n_items (baton_connection_get_folders (self->connection)) > 0;

  if (path != NULL && folder == NULL && known)
    {
      /* TRANSLATORS: %s is the path of a folder */
      g_autofree char *text = g_strdup_printf (_("There is no folder “%s” here"), path);
      g_autofree char *escaped = g_markup_escape_text (text, -1);

      baton_workspace_add_toast (self, adw_toast_new (escaped));
    }
  set_folder (self, folder);
}

static void
folder_chosen_cb (BatonWorkspace *self, BatonFolder *folder)
{
  choose_folder (self, folder);
}

/* Pages. */

static void
count_changed_cb (BatonWorkspace *self, BatonResourceView *view)
{
  if (!baton_resource_view_is_filtered (view))
    baton_sidebar_set_count (self->sidebar, baton_resource_view_get_resource (view)->id,
                             baton_resource_view_get_total (view));
}

static GtkWidget *
create_page (BatonWorkspace *self, const char *id)
{
  const BatonResource *resource = baton_catalogue_find (id);
  GtkWidget *page;

  if (resource != NULL)
    {
      page = baton_resource_view_new (resource);
      baton_resource_view_set_folder (BATON_RESOURCE_VIEW (page), get_folder_id (self));
      baton_resource_view_set_narrow (BATON_RESOURCE_VIEW (page),
                                      adw_flap_get_folded (self->flap));
      g_signal_connect_object (page, "count-changed", G_CALLBACK (count_changed_cb), self,
                               G_CONNECT_SWAPPED);
      g_signal_connect_object (page, "folder-chosen", G_CALLBACK (folder_chosen_cb), self,
                               G_CONNECT_SWAPPED);
      g_hash_table_insert (self->views, g_strdup (id), page);
      baton_resource_view_set_connection (BATON_RESOURCE_VIEW (page), get_attached (self));
    }
  else if (g_str_equal (id, "tenant"))
    {
      page = self->tenant_page = baton_tenant_page_new ();
      baton_tenant_page_set_connection (BATON_TENANT_PAGE (page), get_attached (self));
    }
  else
    {
      page = self->api_access_page = baton_api_access_page_new ();
      baton_api_access_page_set_connection (BATON_API_ACCESS_PAGE (page), self->connection);
    }
  gtk_stack_add_named (self->pages, page, id);
  return page;
}

static gboolean
is_page (const char *id)
{
  return baton_catalogue_find (id) != NULL || g_str_equal (id, "tenant")
         || g_str_equal (id, "api-access");
}

static void
set_page (BatonWorkspace *self, const char *id)
{
  GtkWidget *page = gtk_stack_get_child_by_name (self->pages, id);
  BatonResourceView *view;

  g_free (self->page);
  self->page = g_strdup (id);
  if (page == NULL)
    page = create_page (self, id);
  gtk_stack_set_visible_child (self->pages, page);
  view = get_view (self);
  /* Header and keys reach the view that is shown. */
  gtk_widget_insert_action_group (GTK_WIDGET (self), "view",
                                  view != NULL ? baton_resource_view_get_actions (view) : NULL);
  baton_sidebar_set_page (self->sidebar, id);
  update_title (self);
}

static void
page_chosen_cb (BatonWorkspace *self, const char *id)
{
  baton_workspace_show_page (self, id, NULL, NULL);
  if (adw_flap_get_folded (self->flap))
    {
      adw_flap_set_reveal_flap (self->flap, FALSE);
      gtk_widget_grab_focus (gtk_stack_get_visible_child (self->pages));
    }
}

/* Actions. */

static void
update_back (BatonWorkspace *self)
{
  gboolean possible = self->history->len > 0;

  gtk_widget_action_set_enabled (GTK_WIDGET (self), "workspace.back", possible);
  gtk_widget_set_visible (self->back, possible);
}

static void
back_action (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  BatonWorkspace *self = BATON_WORKSPACE (widget);
  g_autofree char *id = NULL;

  if (self->history->len == 0)
    return;
  id = g_ptr_array_steal_index (self->history, self->history->len - 1);
  set_page (self, id);
  update_back (self);
}

static void
follow_link_action (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  BatonWorkspace *self = BATON_WORKSPACE (widget);
  const char *id, *filter, *label;
  const BatonResource *resource;
  BatonFolder *folder;
  gint64 folder_id;

  g_variant_get (parameter, "(&s&s&sx)", &id, &filter, &label, &folder_id);
  resource = baton_catalogue_find (id);
  if (resource == NULL || self->connection == NULL)
    return;
  /* Where all folders are shown they stay so; what needs a folder gets that of the record. */
  folder = baton_connection_find_folder_by_id (self->connection, folder_id);
  if (folder != NULL && resource->scope != BATON_SCOPE_TENANT
      && (self->folder != NULL || resource->scope == BATON_SCOPE_FOLDER))
    choose_folder (self, folder);

  if (self->history->len == MAX_HISTORY)
    g_ptr_array_remove_index (self->history, 0);
  g_ptr_array_add (self->history, g_strdup (self->page));
  baton_workspace_show_page (self, id, filter, label);
  update_back (self);
}

static void
show_page_action (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  page_chosen_cb (BATON_WORKSPACE (widget), g_variant_get_string (parameter, NULL));
}

static void
show_nth_action (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  BatonWorkspace *self = BATON_WORKSPACE (widget);
  const char *id = baton_sidebar_get_nth_page (self->sidebar, g_variant_get_uint32 (parameter));

  if (id != NULL)
    page_chosen_cb (self, id);
}

static void
toggle_sidebar_action (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  BatonWorkspace *self = BATON_WORKSPACE (widget);

  adw_flap_set_reveal_flap (self->flap, !adw_flap_get_reveal_flap (self->flap));
}

static void
choose_folder_action (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  BatonWorkspace *self = BATON_WORKSPACE (widget);

  adw_flap_set_reveal_flap (self->flap, TRUE);
  baton_sidebar_popup_folders (self->sidebar);
}

/* The connection. */

static void
attach (BatonWorkspace *self)
{
  GHashTableIter iter;
  gpointer view;

  g_hash_table_iter_init (&iter, self->views);
  while (g_hash_table_iter_next (&iter, NULL, &view))
    baton_resource_view_set_connection (view, get_attached (self));
  if (self->tenant_page != NULL)
    baton_tenant_page_set_connection (BATON_TENANT_PAGE (self->tenant_page), get_attached (self));
}

/* Until its folders are there, the pages wait: their folder has another id in another tenant. */
static void
loading_cb (BatonWorkspace *self)
{
  gboolean loading = FALSE;

  if (self->attached)
    return;
  g_object_get (self->connection, "loading", &loading, NULL);
  if (loading)
    return;
  restore_folder (self);
  self->attached = TRUE;
  attach (self);
}

static void
tenant_changed_cb (BatonWorkspace *self)
{
  self->attached = FALSE;
  attach (self);
  baton_sidebar_set_connection (self->sidebar, NULL);
  baton_sidebar_set_connection (self->sidebar, self->connection);
  g_ptr_array_set_size (self->history, 0);
  update_back (self);
  /* The connection begins to load once everybody knows of the other tenant: loading_cb goes on. */
}

static void
baton_workspace_dispose (GObject *object)
{
  BatonWorkspace *self = BATON_WORKSPACE (object);

  g_clear_handle_id (&self->place_source, g_source_remove);
  gtk_widget_insert_action_group (GTK_WIDGET (self), "view", NULL);
  if (self->connection != NULL)
    g_signal_handlers_disconnect_by_data (self->connection, self);
  g_clear_object (&self->connection);
  g_clear_object (&self->folder);
  g_hash_table_remove_all (self->views);
  gtk_widget_dispose_template (GTK_WIDGET (self), BATON_TYPE_WORKSPACE);
  self->toasts = NULL;
  g_clear_object (&self->tenant_selector);
  G_OBJECT_CLASS (baton_workspace_parent_class)->dispose (object);
}

static void
baton_workspace_finalize (GObject *object)
{
  BatonWorkspace *self = BATON_WORKSPACE (object);

  g_free (self->page);
  g_hash_table_unref (self->views);
  g_ptr_array_unref (self->history);
  G_OBJECT_CLASS (baton_workspace_parent_class)->finalize (object);
}

static void
install_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "workspace.back", NULL, back_action);
  gtk_widget_class_install_action (widget_class, "workspace.follow-link", "(sssx)",
                                   follow_link_action);
  gtk_widget_class_install_action (widget_class, "workspace.show-page", "s", show_page_action);
  gtk_widget_class_install_action (widget_class, "workspace.show-nth", "u", show_nth_action);
  gtk_widget_class_install_action (widget_class, "workspace.toggle-sidebar", NULL,
                                   toggle_sidebar_action);
  gtk_widget_class_install_action (widget_class, "workspace.choose-folder", NULL,
                                   choose_folder_action);
}

static void
baton_workspace_class_init (BatonWorkspaceClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = baton_workspace_dispose;
  G_OBJECT_CLASS (klass)->finalize = baton_workspace_finalize;
  install_actions (widget_class);
  g_type_ensure (BATON_TYPE_BANNER);
  g_type_ensure (BATON_TYPE_SIDEBAR);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/baton_desktop/Baton/baton-workspace.ui");
  gtk_widget_class_bind_template_child (widget_class, BatonWorkspace, toasts);
  gtk_widget_class_bind_template_child (widget_class, BatonWorkspace, header);
  gtk_widget_class_bind_template_child (widget_class, BatonWorkspace, title);
  gtk_widget_class_bind_template_child (widget_class, BatonWorkspace, subtitle);
  gtk_widget_class_bind_template_child (widget_class, BatonWorkspace, back);
  gtk_widget_class_bind_template_child (widget_class, BatonWorkspace, banner);
  gtk_widget_class_bind_template_child (widget_class, BatonWorkspace, flap);
  gtk_widget_class_bind_template_child (widget_class, BatonWorkspace, sidebar);
  gtk_widget_class_bind_template_child (widget_class, BatonWorkspace, pages);
  gtk_widget_class_bind_template_callback (widget_class, folded_cb);
  gtk_widget_class_bind_template_callback (widget_class, page_chosen_cb);
  gtk_widget_class_bind_template_callback (widget_class, folder_chosen_cb);
}

/* Alt+1 to Alt+9 lead to the first pages of the sidebar. */
static void
add_number_keys (BatonWorkspace *self)
{
  GtkEventController *controller = gtk_shortcut_controller_new ();

  gtk_shortcut_controller_set_scope (GTK_SHORTCUT_CONTROLLER (controller),
                                     GTK_SHORTCUT_SCOPE_GLOBAL);
  for (guint i = 0; i < 9; i++)
    {
      GtkShortcut *shortcut = gtk_shortcut_new_with_arguments (
          gtk_keyval_trigger_new (GDK_KEY_1 + i, GDK_ALT_MASK),
          gtk_named_action_new ("workspace.show-nth"), "u", i);

      gtk_shortcut_controller_add_shortcut (GTK_SHORTCUT_CONTROLLER (controller), shortcut);
    }
  gtk_widget_add_controller (GTK_WIDGET (self), controller);
}

static void
baton_workspace_init (BatonWorkspace *self)
{
  self->views = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->history = g_ptr_array_new_with_free_func (g_free);
  self->tenant_selector
      = BATON_TENANT_SELECTOR (g_object_ref_sink (baton_tenant_selector_new ()));
  gtk_widget_init_template (GTK_WIDGET (self));
  place (self);
  adw_header_bar_pack_end (self->header, baton_primary_menu_new ());
  add_number_keys (self);
  update_back (self);
  set_page (self, FIRST_PAGE);
}

GtkWidget *
baton_workspace_new (void)
{
  return g_object_new (BATON_TYPE_WORKSPACE, NULL);
}

void
baton_workspace_set_connection (BatonWorkspace *self, BatonConnection *connection)
{
  g_return_if_fail (BATON_IS_WORKSPACE (self));

  if (self->connection == connection)
    return;
  if (self->connection != NULL)
    g_signal_handlers_disconnect_by_data (self->connection, self);
  self->attached = FALSE;
  attach (self);
  g_set_object (&self->connection, connection);
  baton_sidebar_set_connection (self->sidebar, connection);
  baton_tenant_selector_set_connection (self->tenant_selector, connection);
  if (self->api_access_page != NULL)
    baton_api_access_page_set_connection (BATON_API_ACCESS_PAGE (self->api_access_page), connection);
  g_ptr_array_set_size (self->history, 0);
  update_back (self);
  if (connection == NULL)
    {
      set_folder (self, NULL);
      return;
    }
  g_signal_connect_object (connection, "tenant-changed", G_CALLBACK (tenant_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (connection, "notify::loading", G_CALLBACK (loading_cb), self,
                           G_CONNECT_SWAPPED);
  loading_cb (self);
}

void
baton_workspace_show_page (BatonWorkspace *self,
                           const char *id,
                           const char *filter,
                           const char *filter_label)
{
  g_return_if_fail (BATON_IS_WORKSPACE (self));
  g_return_if_fail (is_page (id));

  set_page (self, id);
  if (filter != NULL && get_view (self) != NULL)
    baton_resource_view_set_link (get_view (self), filter, filter_label);
}

const char *
baton_workspace_get_page (BatonWorkspace *self)
{
  g_return_val_if_fail (BATON_IS_WORKSPACE (self), NULL);

  return self->page;
}

GtkWidget *
baton_workspace_get_banner (BatonWorkspace *self)
{
  g_return_val_if_fail (BATON_IS_WORKSPACE (self), NULL);

  return self->banner;
}

void
baton_workspace_add_toast (BatonWorkspace *self, AdwToast *toast)
{
  g_return_if_fail (BATON_IS_WORKSPACE (self));

  adw_toast_overlay_add_toast (self->toasts, toast);
}
