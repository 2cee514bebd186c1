/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n.h>

#include "baton-certificate-window.h"
#include "baton-error-text.h"
#include "baton-error.h"
#include "baton-network-row.h"
#include "baton-network-window.h"
#include "network/baton-network.h"

struct _BatonNetworkRow
{
  AdwActionRow parent_instance;

  BatonTrust *trust;     /* (owned) */
  BatonSecret *login;    /* (owned) (nullable) */
  BatonSecret *password; /* (owned) (nullable) */
  GError *error;         /* (owned) (nullable): of the last attempt */
};

enum
{
  SIGNAL_RETRY,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (BatonNetworkRow, baton_network_row, ADW_TYPE_ACTION_ROW)

static void
add_words (GString *text, const char *words)
{
  /* TRANSLATORS: joins parts of a sentence: "The system’s proxy, a client certificate" */
  g_string_append_printf (text, "%s%s", text->len > 0 ? _ (", ") : "", words);
}

static void
update (BatonNetworkRow *self)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autofree const char **hosts = baton_trust_get_pinned_hosts (self->trust);
  g_autofree char *markup = NULL;
  g_autofree char *proxy = NULL;

  switch (baton_trust_get_proxy_mode (self->trust))
    {
    case BATON_PROXY_NONE:
      add_words (text, _ ("No proxy"));
      break;
    case BATON_PROXY_ADDRESS:
      /* TRANSLATORS: %s is the address of a proxy */
      proxy = g_strdup_printf (_ ("Proxy %s"), baton_trust_get_proxy_address (self->trust));
      add_words (text, proxy);
      break;
    case BATON_PROXY_SYSTEM:
    default:
      add_words (text, _ ("The system’s proxy"));
      break;
    }
  if (baton_trust_get_authorities (self->trust) != NULL)
    add_words (text, _ ("authorities of your own"));
  if (hosts[0] != NULL)
    add_words (text, _ ("a certificate trusted by hand"));
  if (baton_trust_get_certificate (self->trust) != NULL)
    add_words (text, _ ("a client certificate"));
  markup = g_markup_escape_text (text->str, -1);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self), markup);
}

static void
set_trust (BatonNetworkRow *self, BatonTrust *trust)
{
  g_set_object (&self->trust, trust);
  update (self);
}

static void
set_secret (BatonSecret **place, BatonSecret *secret)
{
  if (secret == NULL)
    return;
  g_clear_pointer (place, baton_secret_unref);
  *place = baton_secret_ref (secret);
}

static void
saved_cb (BatonNetworkRow *self, BatonTrust *trust, BatonSecret *login, BatonSecret *password)
{
  set_secret (&self->login, login);
  set_secret (&self->password, password);
  set_trust (self, trust);
}

static GtkWindow *
get_window (BatonNetworkRow *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  return GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL;
}

static void
open (BatonNetworkRow *self)
{
  GtkWidget *window = baton_network_window_new (get_window (self), self->trust);

  g_signal_connect_object (window, "saved", G_CALLBACK (saved_cb), self, G_CONNECT_SWAPPED);
  baton_network_window_focus (BATON_NETWORK_WINDOW (window), self->error);
  gtk_window_present (GTK_WINDOW (window));
}

static void
baton_network_row_activate (AdwActionRow *row)
{
  open (BATON_NETWORK_ROW (row));
}

static void
trusted_cb (BatonNetworkRow *self, const char *host, const char *fingerprint)
{
  g_autoptr (BatonTrust) trust = baton_trust_with_pin (self->trust, host, fingerprint);

  set_trust (self, trust);
  g_signal_emit (self, signals[SIGNAL_RETRY], 0);
}

static void
show_certificate (BatonNetworkRow *self, BatonAccount *account)
{
  const char *host = NULL;
  BatonHandshake *refused = baton_network_get_refused (baton_network_get (account), &host);
  GtkWidget *window;

  if (refused == NULL)
    return;
  window = baton_certificate_window_new (get_window (self), host, refused);
  g_signal_connect_object (window, "trusted", G_CALLBACK (trusted_cb), self, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (window));
}

static void
remedy_cb (BatonNetworkRow *self, GtkWidget *button)
{
  g_autoptr (BatonAccount) account
      = g_object_ref (g_object_get_data (G_OBJECT (button), "account"));
  const char *action = g_object_get_data (G_OBJECT (button), "action");

  baton_network_row_remedy (self, action, account);
}

static void
baton_network_row_finalize (GObject *object)
{
  BatonNetworkRow *self = BATON_NETWORK_ROW (object);

  g_clear_object (&self->trust);
  g_clear_pointer (&self->login, baton_secret_unref);
  g_clear_pointer (&self->password, baton_secret_unref);
  g_clear_error (&self->error);
  G_OBJECT_CLASS (baton_network_row_parent_class)->finalize (object);
}

static void
baton_network_row_class_init (BatonNetworkRowClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = baton_network_row_finalize;
  ADW_ACTION_ROW_CLASS (klass)->activate = baton_network_row_activate;

  signals[SIGNAL_RETRY] = g_signal_new ("retry", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                        NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
baton_network_row_init (BatonNetworkRow *self)
{
  GtkWidget *icon = gtk_image_new_from_icon_name ("go-next-symbolic");

  g_object_set (icon, "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION, NULL);
  adw_action_row_add_suffix (ADW_ACTION_ROW (self), icon);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self), _ ("Network and certificates"));
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (self), TRUE);
  self->trust = baton_trust_new ();
  update (self);
}

void
baton_network_row_set_account (BatonNetworkRow *self, BatonAccount *account)
{
  g_return_if_fail (BATON_IS_NETWORK_ROW (self));
  g_return_if_fail (BATON_IS_ACCOUNT (account));

  set_trust (self, baton_account_get_trust (account));
}

void
baton_network_row_apply (BatonNetworkRow *self, BatonAccount *account)
{
  BatonNetwork *network;

  g_return_if_fail (BATON_IS_NETWORK_ROW (self));
  g_return_if_fail (BATON_IS_ACCOUNT (account));

  network = baton_network_get (account);
  baton_account_set_trust (account, self->trust);
  baton_network_set_proxy_login (network, self->login);
  baton_network_set_certificate_password (network, self->password);
}

void
baton_network_row_offer (BatonNetworkRow *self,
                         BatonFailureBox *failure,
                         const GError *error,
                         BatonAccount *account)
{
  g_autoptr (BatonErrorText) text = NULL;
  GtkWidget *button;

  g_return_if_fail (BATON_IS_NETWORK_ROW (self));
  g_return_if_fail (BATON_IS_ACCOUNT (account));

  g_clear_error (&self->error);
  self->error = g_error_copy (error);
  text = baton_error_text_new (error, NULL);
  if (g_strcmp0 (text->action, "win.network-settings") != 0
      && g_strcmp0 (text->action, "win.show-certificate") != 0)
    return;
  button = gtk_button_new_with_label (text->button);
  gtk_widget_set_halign (button, GTK_ALIGN_START);
  g_object_set_data_full (G_OBJECT (button), "account", g_object_ref (account), g_object_unref);
  g_object_set_data_full (G_OBJECT (button), "action", g_strdup (text->action), g_free);
  g_signal_connect_object (button, "clicked", G_CALLBACK (remedy_cb), self, G_CONNECT_SWAPPED);
  baton_failure_box_add_choice (failure, button);
}

gboolean
baton_network_row_remedy (BatonNetworkRow *self, const char *action, BatonAccount *account)
{
  g_return_val_if_fail (BATON_IS_NETWORK_ROW (self), FALSE);
  g_return_val_if_fail (BATON_IS_ACCOUNT (account), FALSE);

  if (g_strcmp0 (action, "win.network-settings") == 0)
    open (self);
  else if (g_strcmp0 (action, "win.show-certificate") == 0)
    show_certificate (self, account);
  else
    return FALSE;
  return TRUE;
}
