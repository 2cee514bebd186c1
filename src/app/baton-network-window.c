/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n.h>

#include "baton-entry-name.h"
#include "baton-error.h"
#include "baton-failure-box.h"
#include "baton-file-row.h"
#include "baton-network-window.h"
#include "network/baton-proxy-resolver.h"

struct _BatonNetworkWindow
{
  AdwWindow parent_instance;

  GtkWidget *failure_group;
  BatonFailureBox *failure;
  AdwComboRow *mode;
  GtkWidget *address;
  GtkWidget *user;
  GtkWidget *password;
  AdwPreferencesGroup *trusted;
  BatonFileRow *authorities;
  BatonFileRow *certificate;
  GtkWidget *certificate_password;

  BatonTrust *trust; /* (owned) (nullable) */
};

enum
{
  SIGNAL_SAVED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (BatonNetworkWindow, baton_network_window, ADW_TYPE_WINDOW)

static BatonProxyMode
get_mode (BatonNetworkWindow *self)
{
  return (BatonProxyMode)adw_combo_row_get_selected (self->mode);
}

static const char *
get_text (GtkWidget *row)
{
  return gtk_editable_get_text (GTK_EDITABLE (row));
}

static void
update (BatonNetworkWindow *self)
{
  BatonProxyMode mode = get_mode (self);

  gtk_widget_set_visible (self->address, mode == BATON_PROXY_ADDRESS);
  gtk_widget_set_visible (self->user, mode != BATON_PROXY_NONE);
  gtk_widget_set_visible (self->password, mode != BATON_PROXY_NONE);
  gtk_widget_set_visible (self->certificate_password,
                          baton_file_row_get_path (self->certificate) != NULL);
}

static void
refuse (BatonNetworkWindow *self, const char *title, const char *body, GtkWidget *row)
{
  baton_failure_box_set_words (self->failure, title, body);
  gtk_widget_set_visible (self->failure_group, TRUE);
  gtk_widget_add_css_class (row, "error");
  gtk_widget_grab_focus (row);
}

static gboolean
check (BatonNetworkWindow *self)
{
  BatonProxyMode mode = get_mode (self);
  g_autofree char *proxy = NULL;
  g_autoptr (GError) error = NULL;

  gtk_widget_set_visible (self->failure_group, FALSE);
  gtk_widget_remove_css_class (self->address, "error");
  gtk_widget_remove_css_class (self->user, "error");
  if (mode == BATON_PROXY_ADDRESS)
    proxy = baton_trust_parse_proxy (get_text (self->address), &error);
  if (error != NULL)
    {
      refuse (self, _ ("The address of the proxy cannot be used"), error->message, self->address);
      return FALSE;
    }
  if (mode != BATON_PROXY_NONE && *get_text (self->user) == '\0'
      && *get_text (self->password) != '\0')
    {
      refuse (self, _ ("Something is missing"),
              _ ("There is a password for the proxy, but no user name."), self->user);
      return FALSE;
    }
  if (strchr (get_text (self->user), ':') != NULL)
    {
      refuse (self, _ ("The user name cannot be used"),
              _ ("A proxy takes no user name with a colon in it."), self->user);
      return FALSE;
    }

  return TRUE;
}

/* Returns: (transfer full): with the pins as they are by now. */
static BatonTrust *
make_trust (BatonNetworkWindow *self)
{
  g_autofree char *address = g_strstrip (g_strdup (get_text (self->address)));
  g_autoptr (BatonTrust) proxied = baton_trust_with_proxy (self->trust, get_mode (self), address);
  g_autoptr (BatonTrust) trusting
      = baton_trust_with_authorities (proxied, baton_file_row_get_path (self->authorities));

  return baton_trust_with_certificate (trusting, baton_file_row_get_path (self->certificate));
}

static void
save_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  BatonNetworkWindow *self = BATON_NETWORK_WINDOW (widget);
  g_autoptr (BatonTrust) trust = NULL;
  g_autoptr (BatonSecret) login = NULL;
  g_autoptr (BatonSecret) password = NULL;

  if (!check (self))
    return;
  trust = make_trust (self);
  if (get_mode (self) != BATON_PROXY_NONE && *get_text (self->user) != '\0')
    login = baton_proxy_resolver_make_login (get_text (self->user), get_text (self->password));
  if (baton_trust_get_certificate (trust) != NULL && *get_text (self->certificate_password) != '\0')
    password = baton_secret_new (BATON_SECRET_CERTIFICATE_PASSWORD,
                                 get_text (self->certificate_password), g_get_real_time (), 0);
  g_signal_emit (self, signals[SIGNAL_SAVED], 0, trust, login, password);
  gtk_window_close (GTK_WINDOW (self));
}

static void
unpin_cb (BatonNetworkWindow *self, GtkWidget *button)
{
  GtkWidget *row = g_object_get_data (G_OBJECT (button), "row");
  const char *host = adw_preferences_row_get_title (ADW_PREFERENCES_ROW (row));
  BatonTrust *trust = baton_trust_with_pin (self->trust, host, NULL);

  g_object_unref (self->trust);
  self->trust = trust;
  gtk_widget_grab_focus (GTK_WIDGET (self->authorities));
  adw_preferences_group_remove (self->trusted, row);
}

static void
add_pin (BatonNetworkWindow *self, const char *host)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *button = gtk_button_new_from_icon_name ("user-trash-symbolic");
  g_autofree char *subtitle = NULL;
  /* TRANSLATORS: %s is "host:port" */
  g_autofree char *name = g_strdup_printf (_ ("Trust %s no more"), host);

  /* TRANSLATORS: %s is a fingerprint */
  subtitle = g_strdup_printf (_ ("Trusted by hand: SHA-256 %s"),
                              baton_trust_get_pin (self->trust, host));
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), host);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_tooltip_text (button, name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  g_object_set_data (G_OBJECT (button), "row", row);
  g_signal_connect_object (button, "clicked", G_CALLBACK (unpin_cb), self, G_CONNECT_SWAPPED);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
  adw_preferences_group_add (self->trusted, row);
}

static void
baton_network_window_dispose (GObject *object)
{
  g_clear_object (&BATON_NETWORK_WINDOW (object)->trust);
  G_OBJECT_CLASS (baton_network_window_parent_class)->dispose (object);
}

static void
baton_network_window_class_init (BatonNetworkWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = baton_network_window_dispose;
  g_type_ensure (BATON_TYPE_FAILURE_BOX);
  g_type_ensure (BATON_TYPE_FILE_ROW);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/baton_desktop/Baton/baton-network-window.ui");
  gtk_widget_class_bind_template_child (widget_class, BatonNetworkWindow, failure_group);
  gtk_widget_class_bind_template_child (widget_class, BatonNetworkWindow, failure);
  gtk_widget_class_bind_template_child (widget_class, BatonNetworkWindow, mode);
  gtk_widget_class_bind_template_child (widget_class, BatonNetworkWindow, address);
  gtk_widget_class_bind_template_child (widget_class, BatonNetworkWindow, user);
  gtk_widget_class_bind_template_child (widget_class, BatonNetworkWindow, password);
  gtk_widget_class_bind_template_child (widget_class, BatonNetworkWindow, trusted);
  gtk_widget_class_bind_template_child (widget_class, BatonNetworkWindow, authorities);
  gtk_widget_class_bind_template_child (widget_class, BatonNetworkWindow, certificate);
  gtk_widget_class_bind_template_child (widget_class, BatonNetworkWindow, certificate_password);
  gtk_widget_class_bind_template_callback (widget_class, update);
  gtk_widget_class_install_action (widget_class, "network.save", NULL, save_action);

  signals[SIGNAL_SAVED]
      = g_signal_new ("saved", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                      G_TYPE_NONE, 3, BATON_TYPE_TRUST, BATON_TYPE_SECRET, BATON_TYPE_SECRET);
}

static void
baton_network_window_init (BatonNetworkWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  baton_file_row_add_kind (self->authorities, _ ("Certificates (PEM)"),
                           "*.pem;*.crt;*.cer;*.PEM;*.CRT;*.CER");
  baton_file_row_add_kind (self->authorities, _ ("All files"), "*");
  baton_file_row_add_kind (self->certificate, _ ("Client certificates (PKCS#12)"),
                           "*.p12;*.pfx;*.P12;*.PFX");
  baton_file_row_add_kind (self->certificate, _ ("All files"), "*");
  baton_entry_name_set (self->address);
  baton_entry_name_set (self->user);
  baton_entry_name_set (self->password);
  baton_entry_name_set (self->certificate_password);
}

GtkWidget *
baton_network_window_new (GtkWindow *parent, BatonTrust *trust)
{
  BatonNetworkWindow *self;
  g_autofree const char **hosts = NULL;
  const char *address;

  g_return_val_if_fail (parent == NULL || GTK_IS_WINDOW (parent), NULL);
  g_return_val_if_fail (BATON_IS_TRUST (trust), NULL);

  self = g_object_new (BATON_TYPE_NETWORK_WINDOW, "transient-for", parent, NULL);
  self->trust = g_object_ref (trust);
  address = baton_trust_get_proxy_address (trust);
  adw_combo_row_set_selected (self->mode, baton_trust_get_proxy_mode (trust));
  gtk_editable_set_text (GTK_EDITABLE (self->address), address != NULL ? address : "");
  baton_file_row_set_path (self->authorities, baton_trust_get_authorities (trust));
  baton_file_row_set_path (self->certificate, baton_trust_get_certificate (trust));
  hosts = baton_trust_get_pinned_hosts (trust);
  for (guint i = 0; hosts[i] != NULL; i++)
    add_pin (self, hosts[i]);
  update (self);
  return GTK_WIDGET (self);
}

void
baton_network_window_focus (BatonNetworkWindow *self, const GError *error)
{
  const BatonErrorDetails *details;
  const char *reason;

  g_return_if_fail (BATON_IS_NETWORK_WINDOW (self));

  details = error != NULL ? baton_error_get_details (error) : NULL;
  reason = details != NULL ? details->reason : NULL;
  if (g_strcmp0 (reason, BATON_REASON_PROXY_LOGIN) == 0)
    gtk_window_set_focus (GTK_WINDOW (self), self->user);
  else if (g_strcmp0 (reason, BATON_REASON_CERTIFICATE_PASSWORD) == 0)
    gtk_window_set_focus (GTK_WINDOW (self), self->certificate_password);
  else
    gtk_window_set_focus (GTK_WINDOW (self), GTK_WIDGET (self->mode));
}
