/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n.h>

#include "baton-application.h"
#include "baton-tenant-row.h"
#include "baton-tenant-selector.h"

struct _BatonTenantSelector
{
  GtkWidget parent_instance;

  GtkWidget *button;
  GtkLabel *label;
  GtkPopover *popover;
  GtkEditable *search;
  GtkListBox *list;
  GtkWidget *add;
  GtkWidget *remove;

  BatonConnection *connection; /* (owned) (nullable) */
  GSignalGroup *of_connection; /* (owned) */
  GSignalGroup *of_account;    /* (owned) */
  GSignalGroup *of_tenants;    /* (owned) */
  char *needle;                /* (owned) case-folded, of the search */
};

G_DEFINE_FINAL_TYPE (BatonTenantSelector, baton_tenant_selector, GTK_TYPE_WIDGET)

static BatonAccounts *
get_accounts (void)
{
  BatonApplication *application = baton_application_get_default ();

  return application != NULL ? baton_application_get_accounts (application) : NULL;
}

static void
update_label (BatonTenantSelector *self)
{
  BatonAccount *account
      = self->connection != NULL ? baton_connection_get_account (self->connection) : NULL;
  const char *organization, *tenant;
  g_autofree char *text = NULL;

  gtk_widget_set_sensitive (self->button, account != NULL);
  if (account == NULL)
    {
      gtk_label_set_text (self->label, _("Not signed in"));
      return;
    }
  organization = baton_account_get_organization_display (account);
  tenant = baton_account_get_tenant_display (account);
  if (organization != NULL && tenant != NULL)
    /* TRANSLATORS: an organisation and one of its tenants. */
    text = g_strdup_printf (_("%s / %s"), organization, tenant);
  else
    text = g_strdup (tenant != NULL ? tenant : baton_account_get_name (account));
  gtk_label_set_text (self->label, text);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->button),
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, text, -1);
}

static void
add_tenants (BatonTenantSelector *self)
{
  GListModel *tenants = baton_connection_get_tenants (self->connection);
  BatonDeployment *deployment
      = baton_account_get_deployment (baton_connection_get_account (self->connection));
  const char *organization = baton_deployment_get_organization (deployment);
  const char *name = baton_deployment_get_tenant (deployment);
  guint n_tenants = tenants != NULL ? g_list_model_get_n_items (tenants) : 0;

  for (guint i = 0; i < n_tenants; i++)
    {
      g_autoptr (BatonTenant) tenant = g_list_model_get_item (tenants, i);
      gboolean current = g_strcmp0 (organization, baton_tenant_get_organization (tenant)) == 0
                         && g_strcmp0 (name, baton_tenant_get_name (tenant)) == 0;

      gtk_list_box_append (self->list, baton_tenant_row_new_for_tenant (tenant, current));
    }
}

static void
add_other_accounts (BatonTenantSelector *self)
{
  BatonAccount *own = baton_connection_get_account (self->connection);
  GListModel *accounts = G_LIST_MODEL (get_accounts ());
  guint n_accounts = accounts != NULL ? g_list_model_get_n_items (accounts) : 0;

  for (guint i = 0; i < n_accounts; i++)
    {
      g_autoptr (BatonAccount) account = g_list_model_get_item (accounts, i);

      if (g_strcmp0 (baton_account_get_id (account), baton_account_get_id (own)) != 0)
        gtk_list_box_append (self->list, baton_tenant_row_new_for_account (account));
    }
}

static void
fill (BatonTenantSelector *self)
{
  BatonAccounts *accounts = get_accounts ();
  GtkWidget *row;

  while ((row = GTK_WIDGET (gtk_list_box_get_row_at_index (self->list, 0))) != NULL)
    gtk_list_box_remove (self->list, row);
  if (self->connection == NULL)
    return;
  add_tenants (self);
  add_other_accounts (self);
  gtk_widget_set_visible (
      self->remove,
      accounts != NULL
          && baton_accounts_find (
                 accounts, baton_account_get_id (baton_connection_get_account (self->connection)))
                 != NULL);
}

/* Rows are made when they are looked at. */
static void
tenants_changed_cb (BatonTenantSelector *self)
{
  if (gtk_widget_get_visible (GTK_WIDGET (self->popover)))
    fill (self);
}

static void
shown_cb (BatonTenantSelector *self)
{
  gtk_editable_set_text (self->search, "");
  fill (self);
  gtk_widget_grab_focus (GTK_WIDGET (self->search));
}

static void
clicked_cb (BatonTenantSelector *self)
{
  gtk_popover_popup (self->popover);
}

static void
search_changed_cb (BatonTenantSelector *self)
{
  g_autofree char *text = g_strstrip (g_strdup (gtk_editable_get_text (self->search)));

  g_free (self->needle);
  self->needle = g_utf8_casefold (text, -1);
  gtk_list_box_invalidate_filter (self->list);
}

static gboolean
filter_cb (GtkListBoxRow *row, gpointer user_data)
{
  BatonTenantSelector *self = user_data;

  return baton_tenant_row_matches (BATON_TENANT_ROW (row), self->needle);
}

static void
row_activated_cb (BatonTenantSelector *self, GtkListBoxRow *row)
{
  g_autoptr (BatonTenantRow) chosen = g_object_ref (BATON_TENANT_ROW (row));
  BatonAccount *account = baton_tenant_row_get_account (chosen);

  gtk_popover_popdown (self->popover);
  if (account != NULL)
    gtk_widget_activate_action (GTK_WIDGET (self), "win.switch-account", "s",
                                baton_account_get_id (account));
  else if (self->connection != NULL)
    baton_connection_set_tenant (self->connection, baton_tenant_row_get_tenant (chosen));
}

/* Enter takes the first that is left. */
static void
search_activated_cb (BatonTenantSelector *self)
{
  GtkListBoxRow *row;

  search_changed_cb (self);
  for (int i = 0; (row = gtk_list_box_get_row_at_index (self->list, i)) != NULL; i++)
    if (baton_tenant_row_matches (BATON_TENANT_ROW (row), self->needle))
      {
        row_activated_cb (self, row);
        return;
      }
}

static void
stop_search_cb (BatonTenantSelector *self)
{
  gtk_popover_popdown (self->popover);
}

static void
check_cb (BatonTenantSelector *self)
{
  gtk_popover_popdown (self->popover);
  gtk_widget_activate_action (GTK_WIDGET (self), "win.check-connection", NULL);
}

static void
add_cb (BatonTenantSelector *self)
{
  gtk_popover_popdown (self->popover);
  gtk_widget_activate_action (GTK_WIDGET (self), "win.sign-in", NULL);
}

static void
remove_cb (BatonTenantSelector *self)
{
  gtk_popover_popdown (self->popover);
  if (self->connection != NULL)
    gtk_widget_activate_action (
        GTK_WIDGET (self), "win.remove-account", "s",
        baton_account_get_id (baton_connection_get_account (self->connection)));
}

static void
choose_activated_cb (BatonTenantSelector *self)
{
  if (gtk_widget_get_mapped (GTK_WIDGET (self)) && gtk_widget_get_sensitive (self->button))
    gtk_popover_popup (self->popover);
}

static void
baton_tenant_selector_root (GtkWidget *widget)
{
  GtkRoot *root;

  GTK_WIDGET_CLASS (baton_tenant_selector_parent_class)->root (widget);

  root = gtk_widget_get_root (widget);
  if (G_IS_ACTION_MAP (root))
    {
      g_autoptr (GSimpleAction) action = g_simple_action_new ("choose-tenant", NULL);

      g_signal_connect_object (action, "activate", G_CALLBACK (choose_activated_cb), widget,
                               G_CONNECT_SWAPPED);
      g_action_map_add_action (G_ACTION_MAP (root), G_ACTION (action));
    }
}

static void
baton_tenant_selector_unroot (GtkWidget *widget)
{
  GtkRoot *root = gtk_widget_get_root (widget);

  if (G_IS_ACTION_MAP (root))
    g_action_map_remove_action (G_ACTION_MAP (root), "choose-tenant");
  GTK_WIDGET_CLASS (baton_tenant_selector_parent_class)->unroot (widget);
}

static void
baton_tenant_selector_dispose (GObject *object)
{
  BatonTenantSelector *self = BATON_TENANT_SELECTOR (object);

  g_clear_object (&self->of_connection);
  g_clear_object (&self->of_account);
  g_clear_object (&self->of_tenants);
  g_clear_object (&self->connection);
  gtk_widget_dispose_template (GTK_WIDGET (object), BATON_TYPE_TENANT_SELECTOR);
  G_OBJECT_CLASS (baton_tenant_selector_parent_class)->dispose (object);
}

static void
baton_tenant_selector_finalize (GObject *object)
{
  g_free (BATON_TENANT_SELECTOR (object)->needle);
  G_OBJECT_CLASS (baton_tenant_selector_parent_class)->finalize (object);
}

static void
baton_tenant_selector_class_init (BatonTenantSelectorClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = baton_tenant_selector_dispose;
  G_OBJECT_CLASS (klass)->finalize = baton_tenant_selector_finalize;
  widget_class->root = baton_tenant_selector_root;
  widget_class->unroot = baton_tenant_selector_unroot;

  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/baton_desktop/Baton/baton-tenant-selector.ui");
  gtk_widget_class_bind_template_child (widget_class, BatonTenantSelector, button);
  gtk_widget_class_bind_template_child (widget_class, BatonTenantSelector, label);
  gtk_widget_class_bind_template_child (widget_class, BatonTenantSelector, popover);
  gtk_widget_class_bind_template_child (widget_class, BatonTenantSelector, search);
  gtk_widget_class_bind_template_child (widget_class, BatonTenantSelector, list);
  gtk_widget_class_bind_template_child (widget_class, BatonTenantSelector, add);
  gtk_widget_class_bind_template_child (widget_class, BatonTenantSelector, remove);
  gtk_widget_class_bind_template_callback (widget_class, clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, shown_cb);
  gtk_widget_class_bind_template_callback (widget_class, search_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, search_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, stop_search_cb);
  gtk_widget_class_bind_template_callback (widget_class, row_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, check_cb);
  gtk_widget_class_bind_template_callback (widget_class, add_cb);
  gtk_widget_class_bind_template_callback (widget_class, remove_cb);
}

static void
baton_tenant_selector_init (BatonTenantSelector *self)
{
  self->needle = g_strdup ("");
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_list_box_set_filter_func (self->list, filter_cb, self, NULL);
  gtk_list_box_set_header_func (self->list, baton_tenant_row_update_header, NULL, NULL);

  self->of_connection = g_signal_group_new (BATON_TYPE_CONNECTION);
  g_signal_group_connect_swapped (self->of_connection, "tenant-changed", G_CALLBACK (update_label), self);
  self->of_account = g_signal_group_new (BATON_TYPE_ACCOUNT);
  g_signal_group_connect_swapped (self->of_account, "notify", G_CALLBACK (update_label), self);
  self->of_tenants = g_signal_group_new (G_TYPE_LIST_MODEL);
  g_signal_group_connect_swapped (self->of_tenants, "items-changed", G_CALLBACK (tenants_changed_cb),
                                  self);
  update_label (self);
}

GtkWidget *
baton_tenant_selector_new (void)
{
  return g_object_new (BATON_TYPE_TENANT_SELECTOR, NULL);
}

void
baton_tenant_selector_set_connection (BatonTenantSelector *self, BatonConnection *connection)
{
  g_return_if_fail (BATON_IS_TENANT_SELECTOR (self));
  g_return_if_fail (connection == NULL || BATON_IS_CONNECTION (connection));

  if (!g_set_object (&self->connection, connection))
    return;
  g_signal_group_set_target (self->of_connection, connection);
  g_signal_group_set_target (self->of_account,
                             connection != NULL ? baton_connection_get_account (connection) : NULL);
  g_signal_group_set_target (self->of_tenants,
                             connection != NULL ? baton_connection_get_tenants (connection) : NULL);
  update_label (self);
}
