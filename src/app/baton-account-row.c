/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n.h>

#include "baton-account-row.h"
#include "baton-error-text.h"
#include "baton-local-time.h"
#include "baton-value-row.h"

struct _BatonAccountRow
{
  AdwExpanderRow parent_instance;

  GtkWidget *icon;
  GtkWidget *here;
  GtkWidget *way;
  GtkWidget *address;
  GtkWidget *client;
  GtkWidget *token;
  GtkWidget *kept;
  GtkWidget *check;
  GtkWidget *more;

  BatonAccountState *state; /* (owned) (nullable) */
  guint tick_id;
};

G_DEFINE_FINAL_TYPE (BatonAccountRow, baton_account_row, ADW_TYPE_EXPANDER_ROW)

static const struct
{
  const char *icon;
  const char *css_class;
  const char *text;
} conditions[] = {
  [BATON_ACCOUNT_UNKNOWN] = { "dialog-question-symbolic", "dim-label",
                              N_ ("Not known: the keyring is locked or not there") },
  [BATON_ACCOUNT_NOT_KEPT]
  = { "system-users-symbolic", "dim-label", N_ ("Signed out: nothing is kept to sign in with") },
  [BATON_ACCOUNT_KEPT]
  = { "changes-prevent-symbolic", "dim-label", N_ ("Kept, not tried in this run") },
  [BATON_ACCOUNT_VALID] = { "emblem-ok-symbolic", "success", N_ ("Valid") },
  [BATON_ACCOUNT_RENEWING] = { "emblem-synchronizing-symbolic", "accent", N_ ("Being renewed") },
  [BATON_ACCOUNT_EXPIRED] = { "alarm-symbolic", "error", N_ ("Expired") },
  [BATON_ACCOUNT_REVOKED]
  = { "dialog-error-symbolic", "error", N_ ("Revoked, or not accepted any more") },
  [BATON_ACCOUNT_OFFLINE]
  = { "network-offline-symbolic", "warning", N_ ("Offline: the server cannot be reached") },
  [BATON_ACCOUNT_FAILED] = { "dialog-warning-symbolic", "warning", N_ ("The check failed") },
};

static const char *
get_way (BatonMethod method)
{
  static const char *const ways[] = {
    [BATON_METHOD_USER_KEY] = N_ ("User key"),
    [BATON_METHOD_PASSWORD] = N_ ("User name and password"),
    [BATON_METHOD_BROWSER] = N_ ("Browser, with a refresh token"),
    [BATON_METHOD_CLIENT_CREDENTIALS] = N_ ("Client credentials"),
    [BATON_METHOD_PERSONAL_ACCESS_TOKEN] = N_ ("Personal access token"),
  };

  return (guint)method < G_N_ELEMENTS (ways) ? _ (ways[method]) : "";
}

/* Returns: (transfer full) */
static char *
describe (BatonAccountState *state, BatonAccountCondition condition)
{
  const GError *error = baton_account_state_get_error (state);
  gint64 until = baton_account_state_get_valid_until (state);
  g_autofree char *time = NULL;

  if (condition == BATON_ACCOUNT_VALID && until != 0 && until != G_MAXINT64)
    {
      time = baton_local_time_format (until);
      /* TRANSLATORS: %s is a time, "today at 14:02:11". */
      return g_strdup_printf (_ ("Valid until %s"), time);
    }
  if (condition == BATON_ACCOUNT_EXPIRED)
    {
      time = baton_local_time_format (baton_account_state_get_kept_until (state));
      /* TRANSLATORS: %s is a time. */
      return g_strdup_printf (_ ("Expired %s"), time);
    }
  if (condition == BATON_ACCOUNT_FAILED && error != NULL)
    {
      g_autoptr (BatonErrorText) text = baton_error_text_new (error, NULL);

      return g_strdup (text->title);
    }
  return g_strdup (_ (conditions[condition].text));
}

static void
show_time (GtkWidget *row, gint64 time)
{
  g_autofree char *text = NULL;
  g_autofree char *utc = NULL;

  if (time > 0 && time != G_MAXINT64)
    {
      text = baton_local_time_format (time);
      utc = baton_local_time_format_utc (time);
    }
  baton_value_row_set_value (BATON_VALUE_ROW (row), text);
  baton_value_row_set_copied (BATON_VALUE_ROW (row), utc);
}

static void
show_account (BatonAccountRow *self, BatonAccount *account)
{
  BatonDeployment *deployment = baton_account_get_deployment (account);
  const char *base = baton_deployment_get_base_url (deployment);
  g_autofree char *title = g_markup_escape_text (baton_account_get_name (account), -1);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self), title);
  baton_value_row_set_value (BATON_VALUE_ROW (self->way),
                             get_way (baton_account_get_method (account)));
  baton_value_row_set_value (BATON_VALUE_ROW (self->address),
                             base != NULL ? base : baton_deployment_get_origin (deployment));
  baton_value_row_set_value (BATON_VALUE_ROW (self->client), baton_account_get_client_id (account));
  gtk_widget_set_visible (self->client, baton_account_get_client_id (account) != NULL);
}

static void
update (BatonAccountRow *self)
{
  BatonAccountCondition condition = baton_account_state_get_condition (self->state);
  g_autofree char *text = describe (self->state, condition);
  g_autofree char *markup = g_markup_escape_text (text, -1);

  for (guint i = 0; i < G_N_ELEMENTS (conditions); i++)
    gtk_widget_remove_css_class (self->icon, conditions[i].css_class);
  gtk_widget_add_css_class (self->icon, conditions[condition].css_class);
  gtk_image_set_from_icon_name (GTK_IMAGE (self->icon), conditions[condition].icon);
  adw_expander_row_set_subtitle (ADW_EXPANDER_ROW (self), markup);
  show_account (self, baton_account_state_get_account (self->state));
  show_time (self->token, baton_account_state_get_valid_until (self->state));
  show_time (self->kept, baton_account_state_get_kept_until (self->state));
  if (baton_account_state_get_kept_until (self->state) == 0 && condition != BATON_ACCOUNT_NOT_KEPT
      && condition != BATON_ACCOUNT_UNKNOWN)
    baton_value_row_set_value (BATON_VALUE_ROW (self->kept), _ ("It is revoked or replaced"));
  gtk_widget_set_sensitive (self->check, condition != BATON_ACCOUNT_RENEWING);
}

/* What was valid expires with nobody saying so. */
static gboolean
tick_cb (gpointer user_data)
{
  update (user_data);
  return G_SOURCE_CONTINUE;
}

static void
baton_account_row_map (GtkWidget *widget)
{
  BatonAccountRow *self = BATON_ACCOUNT_ROW (widget);

  GTK_WIDGET_CLASS (baton_account_row_parent_class)->map (widget);
  if (self->tick_id == 0)
    self->tick_id = g_timeout_add_seconds (30, tick_cb, self);
}

static void
baton_account_row_unmap (GtkWidget *widget)
{
  g_clear_handle_id (&BATON_ACCOUNT_ROW (widget)->tick_id, g_source_remove);
  GTK_WIDGET_CLASS (baton_account_row_parent_class)->unmap (widget);
}

static void
baton_account_row_dispose (GObject *object)
{
  BatonAccountRow *self = BATON_ACCOUNT_ROW (object);

  g_clear_handle_id (&self->tick_id, g_source_remove);
  g_clear_object (&self->state);
  G_OBJECT_CLASS (baton_account_row_parent_class)->dispose (object);
}

static void
baton_account_row_class_init (BatonAccountRowClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = baton_account_row_dispose;
  GTK_WIDGET_CLASS (klass)->map = baton_account_row_map;
  GTK_WIDGET_CLASS (klass)->unmap = baton_account_row_unmap;
}

static GtkWidget *
add_value (BatonAccountRow *self, const char *title)
{
  GtkWidget *row = baton_value_row_new (title, NULL);

  adw_expander_row_add_row (ADW_EXPANDER_ROW (self), row);
  return row;
}

static GtkWidget *
add_button (BatonAccountRow *self, GtkWidget *box, const char *label, const char *action)
{
  GtkWidget *button = gtk_button_new_with_label (label);

  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
  gtk_actionable_set_action_target (
      GTK_ACTIONABLE (button), "s",
      baton_account_get_id (baton_account_state_get_account (self->state)));
  gtk_box_append (GTK_BOX (box), button);
  return button;
}

/* Not a flow box: its children are hidden from the accessibility bus. */
static void
add_buttons (BatonAccountRow *self)
{
  GtkWidget *row = adw_preferences_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);

  gtk_widget_set_margin_top (box, 9);
  gtk_widget_set_margin_bottom (box, 9);
  gtk_widget_set_margin_start (box, 9);
  gtk_widget_set_margin_end (box, 9);
  self->check = add_button (self, box, _ ("Check now"), "keys.check");
  add_button (self, box, _ ("Copy for others…"), "keys.share");
  self->more = gtk_menu_button_new ();
  gtk_menu_button_set_icon_name (GTK_MENU_BUTTON (self->more), "view-more-symbolic");
  gtk_widget_set_tooltip_text (self->more, _ ("More for this account"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->more), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("More for this account"), -1);
  gtk_widget_set_hexpand (self->more, TRUE);
  gtk_widget_set_halign (self->more, GTK_ALIGN_END);
  gtk_box_append (GTK_BOX (box), self->more);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), FALSE);
  gtk_widget_set_focusable (row, FALSE);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  adw_expander_row_add_row (ADW_EXPANDER_ROW (self), row);
}

static void
baton_account_row_init (BatonAccountRow *self)
{
  self->icon = gtk_image_new ();
  g_object_set (self->icon, "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION, NULL);
  adw_expander_row_add_prefix (ADW_EXPANDER_ROW (self), self->icon);
  self->here = gtk_label_new (_ ("Open"));
  gtk_widget_add_css_class (self->here, "dim-label");
  adw_expander_row_add_action (ADW_EXPANDER_ROW (self), self->here);
  self->way = add_value (self, _ ("Signs in by"));
  self->address = add_value (self, _ ("Address that is called"));
  self->client = add_value (self, _ ("Client ID"));
  self->token = add_value (self, _ ("Access token valid until"));
  self->kept = add_value (self, _ ("What is kept is valid until"));
}

GtkWidget *
baton_account_row_new (BatonAccountState *state)
{
  BatonAccountRow *self;

  g_return_val_if_fail (BATON_IS_ACCOUNT_STATE (state), NULL);

  self = g_object_new (BATON_TYPE_ACCOUNT_ROW, NULL);
  self->state = g_object_ref (state);
  add_buttons (self);
  g_signal_connect_object (state, "changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (baton_account_state_get_account (state), "notify", G_CALLBACK (update),
                           self, G_CONNECT_SWAPPED);
  update (self);
  return GTK_WIDGET (self);
}

BatonAccountState *
baton_account_row_get_state (BatonAccountRow *self)
{
  g_return_val_if_fail (BATON_IS_ACCOUNT_ROW (self), NULL);

  return self->state;
}

static void
append_item (BatonAccountRow *self, GMenu *menu, const char *label, const char *action)
{
  g_autoptr (GMenuItem) item = g_menu_item_new (label, NULL);

  g_menu_item_set_action_and_target (
      item, action, "s", baton_account_get_id (baton_account_state_get_account (self->state)));
  g_menu_append_item (menu, item);
}

void
baton_account_row_set_place (BatonAccountRow *self, gboolean open, gboolean kept)
{
  g_autoptr (GMenu) menu = g_menu_new ();

  g_return_if_fail (BATON_IS_ACCOUNT_ROW (self));

  if (kept && !open)
    append_item (self, menu, _ ("_Open"), "win.switch-account");
  append_item (self, menu, _ ("_Check connection…"), "win.check-account");
  append_item (self, menu, _ ("_Network and certificates…"), "win.account-network");
  if (kept)
    append_item (self, menu, _ ("_Forget here…"), "win.remove-account");
  append_item (self, menu, _ ("_Revoke on the server…"), "keys.revoke");
  gtk_menu_button_set_menu_model (GTK_MENU_BUTTON (self->more), G_MENU_MODEL (menu));
  gtk_widget_set_visible (self->here, open);
}
