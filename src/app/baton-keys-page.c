/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n.h>

#include "baton-account-row.h"
#include "baton-applications-group.h"
#include "baton-keys-page.h"
#include "baton-primary-menu.h"
#include "baton-revocation.h"
#include "baton-share-window.h"
#include "baton-timeline.h"
#include "baton-tokens-group.h"

struct _BatonKeysPage
{
  GtkWidget parent_instance;

  AdwHeaderBar *header;
  GtkWidget *content;
  GtkWidget *groups;
  AdwPreferencesGroup *accounts;
  GtkWidget *check_all;
  GtkWidget *nobody;
  BatonTimeline *timeline;
  BatonServerGroup *tokens;
  BatonServerGroup *applications;

  GPtrArray *rows;       /* (owned) (element-type BatonAccountRow, unowned) */
  BatonSession *session; /* (owned) (nullable) */
};

G_DEFINE_FINAL_TYPE (BatonKeysPage, baton_keys_page, GTK_TYPE_WIDGET)

static BatonAccountRow *
find_row (BatonKeysPage *self, const char *id)
{
  for (guint i = 0; i < self->rows->len; i++)
    {
      BatonAccountState *state = baton_account_row_get_state (g_ptr_array_index (self->rows, i));

      if (g_strcmp0 (baton_account_get_id (baton_account_state_get_account (state)), id) == 0)
        return g_ptr_array_index (self->rows, i);
    }
  return NULL;
}

/* Which of them is open, and so says more of itself. */
static void
show_connection (BatonKeysPage *self)
{
  BatonConnection *connection = baton_session_get_connection (self->session);
  BatonAccount *opened = connection != NULL ? baton_connection_get_account (connection) : NULL;

  for (guint i = 0; i < self->rows->len; i++)
    {
      BatonAccountRow *row = g_ptr_array_index (self->rows, i);
      BatonAccountState *state = baton_account_row_get_state (row);
      BatonAccount *account = baton_account_state_get_account (state);
      const char *id = baton_account_get_id (account);

      baton_account_state_set_connection (state, account == opened ? connection : NULL);
      baton_account_row_set_place (
          row, account == opened,
          baton_accounts_find (baton_session_get_accounts (self->session), id) != NULL);
    }
}

static void
add_row (BatonKeysPage *self, BatonAccount *account)
{
  g_autoptr (BatonAccountState) state
      = baton_account_state_new (account, baton_session_get_secret_store (self->session), NULL);
  GtkWidget *row = baton_account_row_new (state);

  adw_preferences_group_add (self->accounts, row);
  g_ptr_array_add (self->rows, row);
}

/* Those that are kept, and the sandbox while it is open. */
static GPtrArray *
collect_accounts (BatonKeysPage *self)
{
  GListModel *kept = G_LIST_MODEL (baton_session_get_accounts (self->session));
  BatonConnection *connection = baton_session_get_connection (self->session);
  GPtrArray *accounts = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < g_list_model_get_n_items (kept); i++)
    g_ptr_array_add (accounts, g_list_model_get_item (kept, i));
  if (connection != NULL
      && !g_ptr_array_find (accounts, baton_connection_get_account (connection), NULL))
    g_ptr_array_add (accounts, g_object_ref (baton_connection_get_account (connection)));
  return accounts;
}

static gboolean
is_shown (BatonKeysPage *self, GPtrArray *accounts)
{
  if (accounts->len != self->rows->len)
    return FALSE;
  for (guint i = 0; i < accounts->len; i++)
    if (baton_account_state_get_account (
            baton_account_row_get_state (g_ptr_array_index (self->rows, i)))
        != g_ptr_array_index (accounts, i))
      return FALSE;
  return TRUE;
}

static void
update (BatonKeysPage *self)
{
  g_autoptr (GPtrArray) accounts = collect_accounts (self);

  if (!is_shown (self, accounts))
    {
      for (guint i = 0; i < self->rows->len; i++)
        adw_preferences_group_remove (self->accounts, g_ptr_array_index (self->rows, i));
      g_ptr_array_set_size (self->rows, 0);
      for (guint i = 0; i < accounts->len; i++)
        add_row (self, g_ptr_array_index (accounts, i));
    }
  gtk_widget_set_visible (self->nobody, accounts->len == 0);
  gtk_widget_set_visible (self->check_all, accounts->len > 1);
  show_connection (self);
}

static void
check_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  BatonAccountRow *row
      = find_row (BATON_KEYS_PAGE (widget), g_variant_get_string (parameter, NULL));

  if (row != NULL)
    baton_account_state_check (baton_account_row_get_state (row));
}

static void
check_all_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  BatonKeysPage *self = BATON_KEYS_PAGE (widget);

  for (guint i = 0; i < self->rows->len; i++)
    baton_account_state_check (baton_account_row_get_state (g_ptr_array_index (self->rows, i)));
}

/* The open connection where there is one, so that the window knows of it. */
static BatonConnection *
ref_connection (BatonKeysPage *self, BatonAccount *account)
{
  BatonConnection *connection = baton_session_get_connection (self->session);

  if (connection != NULL && baton_connection_get_account (connection) == account)
    return g_object_ref (connection);
  return baton_connection_new (account, baton_session_get_secret_store (self->session), NULL);
}

static void
revoke_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  BatonKeysPage *self = BATON_KEYS_PAGE (widget);
  BatonAccountRow *row = find_row (self, g_variant_get_string (parameter, NULL));
  GtkRoot *root = gtk_widget_get_root (widget);
  g_autoptr (BatonConnection) connection = NULL;

  if (row == NULL)
    return;
  connection
      = ref_connection (self, baton_account_state_get_account (baton_account_row_get_state (row)));
  baton_revocation_ask (GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL, connection);
}

static void
share_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  BatonKeysPage *self = BATON_KEYS_PAGE (widget);
  BatonAccountRow *row = find_row (self, g_variant_get_string (parameter, NULL));
  BatonConnection *connection = baton_session_get_connection (self->session);
  GtkRoot *root = gtk_widget_get_root (widget);
  BatonAccount *account;

  if (row == NULL)
    return;
  account = baton_account_state_get_account (baton_account_row_get_state (row));
  if (connection != NULL && baton_connection_get_account (connection) != account)
    connection = NULL;
  gtk_window_present (GTK_WINDOW (
      baton_share_window_new (GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL, account,
                              baton_session_get_secret_store (self->session), connection)));
}

static gboolean
baton_keys_page_grab_focus (GtkWidget *widget)
{
  return gtk_widget_child_focus (BATON_KEYS_PAGE (widget)->groups, GTK_DIR_TAB_FORWARD);
}

static void
baton_keys_page_dispose (GObject *object)
{
  BatonKeysPage *self = BATON_KEYS_PAGE (object);

  g_clear_object (&self->session);
  gtk_widget_dispose_template (GTK_WIDGET (object), BATON_TYPE_KEYS_PAGE);
  G_OBJECT_CLASS (baton_keys_page_parent_class)->dispose (object);
}

static void
baton_keys_page_finalize (GObject *object)
{
  g_ptr_array_unref (BATON_KEYS_PAGE (object)->rows);
  G_OBJECT_CLASS (baton_keys_page_parent_class)->finalize (object);
}

static void
baton_keys_page_class_init (BatonKeysPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = baton_keys_page_dispose;
  G_OBJECT_CLASS (klass)->finalize = baton_keys_page_finalize;
  widget_class->grab_focus = baton_keys_page_grab_focus;
  g_type_ensure (BATON_TYPE_TIMELINE);
  g_type_ensure (BATON_TYPE_TOKENS_GROUP);
  g_type_ensure (BATON_TYPE_APPLICATIONS_GROUP);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/baton_desktop/Baton/baton-keys-page.ui");
  gtk_widget_class_bind_template_child (widget_class, BatonKeysPage, header);
  gtk_widget_class_bind_template_child (widget_class, BatonKeysPage, content);
  gtk_widget_class_bind_template_child (widget_class, BatonKeysPage, groups);
  gtk_widget_class_bind_template_child (widget_class, BatonKeysPage, accounts);
  gtk_widget_class_bind_template_child (widget_class, BatonKeysPage, check_all);
  gtk_widget_class_bind_template_child (widget_class, BatonKeysPage, nobody);
  gtk_widget_class_bind_template_child (widget_class, BatonKeysPage, timeline);
  gtk_widget_class_bind_template_child (widget_class, BatonKeysPage, tokens);
  gtk_widget_class_bind_template_child (widget_class, BatonKeysPage, applications);
  gtk_widget_class_install_action (widget_class, "keys.check", "s", check_action);
  gtk_widget_class_install_action (widget_class, "keys.check-all", NULL, check_all_action);
  gtk_widget_class_install_action (widget_class, "keys.revoke", "s", revoke_action);
  gtk_widget_class_install_action (widget_class, "keys.share", "s", share_action);
}

static void
baton_keys_page_init (BatonKeysPage *self)
{
  self->rows = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  adw_header_bar_pack_end (self->header, baton_primary_menu_new ());
}

GtkWidget *
baton_keys_page_new (BatonSession *session, BatonExpiries *expiries)
{
  BatonKeysPage *self;

  g_return_val_if_fail (BATON_IS_SESSION (session), NULL);
  g_return_val_if_fail (BATON_IS_EXPIRIES (expiries), NULL);

  self = g_object_new (BATON_TYPE_KEYS_PAGE, NULL);
  self->session = g_object_ref (session);
  baton_timeline_set_expiries (self->timeline, expiries);
  baton_server_group_set_session (self->tokens, session, expiries);
  baton_server_group_set_session (self->applications, session, expiries);
  g_signal_connect_object (baton_session_get_accounts (session), "items-changed",
                           G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "notify::connection", G_CALLBACK (update), self,
                           G_CONNECT_SWAPPED);
  update (self);
  return GTK_WIDGET (self);
}
