/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n.h>

#include "baton-address-preview.h"
#include "baton-entry-name.h"
#include "baton-error-text.h"
#include "baton-error.h"
#include "baton-failure-box.h"
#include "baton-paste.h"
#include "baton-primary-menu.h"
#include "baton-sign-in-page.h"

struct _BatonSignInPage
{
  GtkWidget parent_instance;

  GtkWidget *content;
  AdwHeaderBar *header;
  GtkScrolledWindow *scrolled;
  BatonFailureBox *failure;
  GtkWidget *form;
  GtkWidget *address;
  BatonAddressPreview *preview;
  GtkToggleButton *by_key;
  GtkToggleButton *by_password;
  GtkWidget *user_key;
  GtkWidget *client_id;
  GtkWidget *tenant;
  GtkWidget *user_name;
  GtkWidget *password;
  GtkLabel *explain;
  GtkStack *bottom;
  GtkWidget *sign_in;
  GtkWidget *working;
  GtkSpinner *spinner;
  GtkLabel *progress;
  GtkWidget *cancel;

  BatonSecretStore *store;     /* (owned) (nullable) */
  BatonAccounts *accounts;     /* (owned) (nullable) */
  BatonDeployment *deployment; /* (owned) (nullable): what the address says */
  char *account_id;            /* (owned) (nullable): of the account that is signed in to again */
  gboolean for_this_run;
  gboolean tenant_typed;       /* by a person: the address does not overwrite it any more */
  gboolean client_id_typed;
  gboolean filling;            /* the program writes into the fields */

  BatonConnection *attempt;  /* (owned) (nullable) */
  GSignalGroup *of_attempt;  /* (owned) */
  GCancellable *cancellable; /* (owned) (nullable) */
};

enum
{
  SIGNAL_SIGNED_IN,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (BatonSignInPage, baton_sign_in_page, GTK_TYPE_WIDGET)

static void start (BatonSignInPage *self);

static const char *
text_of (GtkWidget *entry)
{
  return gtk_editable_get_text (GTK_EDITABLE (entry));
}

static char *
dup_text_of (GtkWidget *entry)
{
  return g_strstrip (g_strdup (text_of (entry)));
}

static void
fill (BatonSignInPage *self, GtkWidget *entry, const char *text)
{
  if (text == NULL || g_strcmp0 (text_of (entry), text) == 0)
    return;
  self->filling = TRUE;
  gtk_editable_set_text (GTK_EDITABLE (entry), text);
  self->filling = FALSE;
}

static gboolean
is_by_key (BatonSignInPage *self)
{
  return gtk_toggle_button_get_active (self->by_key);
}

/* The client id used before at the same place: it is the same for all users of a deployment (fact sheet 2.1). */
static void
hint_client_id (BatonSignInPage *self)
{
  GListModel *list = G_LIST_MODEL (self->accounts);

  if (self->client_id_typed || self->deployment == NULL || list == NULL)
    return;
  for (guint i = 0; i < g_list_model_get_n_items (list); i++)
    {
      g_autoptr (BatonAccount) account = g_list_model_get_item (list, i);
      BatonDeployment *known = baton_account_get_deployment (account);

      if (baton_account_get_client_id (account) != NULL
          && g_strcmp0 (baton_deployment_get_origin (known),
                        baton_deployment_get_origin (self->deployment))
                 == 0)
        {
          fill (self, self->client_id, baton_account_get_client_id (account));
          return;
        }
    }
}

static void
address_changed_cb (BatonSignInPage *self)
{
  g_autofree char *address = dup_text_of (self->address);
  g_autoptr (GError) error = NULL;

  g_clear_object (&self->deployment);
  gtk_widget_remove_css_class (self->address, "error");
  if (*address != '\0')
    self->deployment = baton_deployment_parse (address, &error);
  baton_address_preview_set (self->preview, self->deployment, error != NULL ? error->message : NULL);
  if (self->deployment == NULL)
    return;
  if (!self->tenant_typed)
    {
      const char *tenant = baton_deployment_get_tenant (self->deployment);

      fill (self, self->tenant, tenant != NULL ? tenant : "");
    }
  hint_client_id (self);
}

static void
field_changed_cb (BatonSignInPage *self, GtkWidget *entry)
{
  gtk_widget_remove_css_class (entry, "error");
  if (self->filling)
    return;
  /* An emptied field is the program's again. */
  if (entry == self->tenant)
    self->tenant_typed = *text_of (entry) != '\0';
  if (entry == self->client_id)
    self->client_id_typed = *text_of (entry) != '\0';
}

static void
method_toggled_cb (BatonSignInPage *self)
{
  gboolean by_key = is_by_key (self);

  gtk_widget_set_visible (self->user_key, by_key);
  gtk_widget_set_visible (self->client_id, by_key);
  gtk_widget_set_visible (self->user_name, !by_key);
  gtk_widget_set_visible (self->password, !by_key);
  gtk_label_set_text (self->explain,
                      by_key ? _("Orchestrator shows all of these on its API Access page, under your user menu. Automation Cloud "
                                 "ended user keys in March 2025; other Orchestrators still give them.")
                             : _("For a standalone Orchestrator. Baton signs in again by itself when the access token ends, after half an "
                                 "hour."));
}

/* A whole API Access block, a curl command or JSON goes to all fields; anything else into the field where it was pasted. This sees what is
 * pasted, dropped, or put in by assistive technology. */
static void
inserted_cb (GtkEditable *editable, const char *text, int length, int *position, gpointer user_data)
{
  BatonSignInPage *self = user_data;
  g_autofree char *copy = NULL;

  if (self->filling || length < 12)
    return;
  copy = g_strndup (text, (gsize) length);
  if (baton_sign_in_page_paste (self, copy))
    g_signal_stop_emission_by_name (editable, "insert-text");
}

static void
show_working (BatonSignInPage *self, gboolean working)
{
  /* The focus goes first: GtkText does not notice that it lost it to being insensitive. */
  gtk_spinner_set_spinning (self->spinner, working);
  gtk_stack_set_visible_child (self->bottom, working ? self->working : self->sign_in);
  gtk_widget_grab_focus (working ? self->cancel : self->sign_in);
  gtk_widget_set_sensitive (self->form, !working);
}

static void
scroll_to_top (BatonSignInPage *self)
{
  GtkAdjustment *vertical = gtk_scrolled_window_get_vadjustment (self->scrolled);

  gtk_adjustment_set_value (vertical, gtk_adjustment_get_lower (vertical));
}

/* @entry: (nullable): where the fault is. */
static void
refuse (BatonSignInPage *self, const char *title, const char *body, GtkWidget *entry)
{
  baton_failure_box_set_words (self->failure, title, body);
  scroll_to_top (self);
  if (entry != NULL)
    {
      gtk_widget_add_css_class (entry, "error");
      gtk_widget_grab_focus (entry);
    }
}

static gboolean
require (BatonSignInPage *self, GtkWidget *entry, const char *body)
{
  if (*text_of (entry) != '\0')
    return TRUE;
  refuse (self, _("Something is missing"), body, entry);
  return FALSE;
}

static gboolean
check (BatonSignInPage *self)
{
  if (!require (self, self->address,
                _("Enter the address of your Orchestrator, in any form: as the browser shows it is best.")))
    return FALSE;
  if (self->deployment == NULL)
    {
      g_autofree char *address = dup_text_of (self->address);
      g_autoptr (GError) error = NULL;
      g_autoptr (BatonDeployment) deployment = baton_deployment_parse (address, &error);

      refuse (self, _("The address cannot be used"), error != NULL ? error->message : NULL,
              self->address);
      return FALSE;
    }
  if (!baton_deployment_is_safe (self->deployment))
    {
      refuse (self, _("The address is not safe"),
              _("It begins with http, so anyone on the way could read the key. Use https."), self->address);
      return FALSE;
    }
  if (is_by_key (self))
    return require (self, self->user_key, _("Enter the user key; the API Access page of Orchestrator shows it."))
           && require (self, self->client_id,
                       _("Enter the client ID; the API Access page shows it below the user key."));
  return require (self, self->user_name, _("Enter your user name or e-mail address."))
         && require (self, self->password, _("Enter your password."));
}

static BatonAccount *
make_account (BatonSignInPage *self)
{
  g_autofree char *tenant = dup_text_of (self->tenant);
  g_autofree char *client_id = dup_text_of (self->client_id);
  g_autofree char *user_name = dup_text_of (self->user_name);
  g_autoptr (BatonDeployment) deployment = g_object_ref (self->deployment);
  gboolean by_key = is_by_key (self);
  BatonAccount *account;

  if (*tenant != '\0' && g_strcmp0 (tenant, baton_deployment_get_tenant (deployment)) != 0)
    {
      g_autoptr (BatonDeployment) other = baton_deployment_with_tenant (
          deployment, baton_deployment_get_organization (deployment), tenant);

      g_set_object (&deployment, other);
    }
  account = baton_account_new (self->account_id, deployment,
                               by_key ? BATON_METHOD_USER_KEY : BATON_METHOD_PASSWORD);
  if (by_key)
    baton_account_set_client_id (account, client_id);
  else
    baton_account_set_user_name (account, user_name);
  return account;
}

static BatonSecret *
make_secret (BatonSignInPage *self)
{
  g_autofree char *key = NULL;
  BatonSecret *secret;

  if (!is_by_key (self))
    return baton_secret_new (BATON_SECRET_PASSWORD, text_of (self->password), g_get_real_time (), 0);
  key = dup_text_of (self->user_key);
  secret = baton_secret_new (BATON_SECRET_USER_KEY, key, g_get_real_time (), 0);
  memset (key, 0, strlen (key));
  return secret;
}

static void
progress_cb (BatonSignInPage *self)
{
  const char *progress
      = self->attempt != NULL ? baton_connection_get_progress (self->attempt) : NULL;

  gtk_label_set_text (self->progress, progress != NULL ? progress : _("Signing in…"));
}

static void
drop_attempt (BatonSignInPage *self)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_signal_group_set_target (self->of_attempt, NULL);
  g_clear_object (&self->attempt);
}

static void
opened_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (BatonSignInPage) self = user_data;
  g_autoptr (BatonConnection) connection = g_object_ref (BATON_CONNECTION (source));
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) keyring_error = NULL;
  gboolean good = baton_connection_open_finish (connection, result, &keyring_error, &error);

  if (self->attempt != connection || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  drop_attempt (self);
  show_working (self, FALSE);
  if (good)
    g_signal_emit (self, signals[SIGNAL_SIGNED_IN], 0, connection, keyring_error);
  else
    baton_sign_in_page_show_failure (self, error, baton_connection_get_tenants (connection));
}

static void
start (BatonSignInPage *self)
{
  g_autoptr (BatonAccount) account = NULL;
  g_autoptr (BatonSecret) secret = NULL;

  baton_failure_box_set (self->failure, NULL);
  if (self->attempt != NULL || !check (self))
    return;

  account = make_account (self);
  secret = make_secret (self);
  if (self->for_this_run)
    baton_secret_store_keep_in_memory (self->store, baton_account_get_id (account), secret);
  self->attempt = baton_connection_new (account, self->store, NULL);
  self->cancellable = g_cancellable_new ();
  g_signal_group_set_target (self->of_attempt, self->attempt);
  progress_cb (self);
  show_working (self, TRUE);
  baton_connection_open_async (self->attempt, secret, self->cancellable, opened_cb,
                               g_object_ref (self));
}

static void
sign_in_cb (BatonSignInPage *self)
{
  start (self);
}

static void
cancel_cb (BatonSignInPage *self)
{
  baton_sign_in_page_cancel (self);
}

/* One of the tenants that the key can see: the address becomes its, and it goes on. */
static void
tenant_chosen_cb (BatonSignInPage *self, GtkWidget *button)
{
  g_autoptr (BatonTenant) tenant = g_object_ref (g_object_get_data (G_OBJECT (button), "tenant"));
  g_autoptr (BatonDeployment) deployment = NULL;

  if (self->deployment == NULL)
    return;
  deployment = baton_deployment_with_tenant (self->deployment, baton_tenant_get_organization (tenant),
                                             baton_tenant_get_name (tenant));
  fill (self, self->tenant, baton_tenant_get_name (tenant));
  self->tenant_typed = FALSE;
  fill (self, self->address, baton_deployment_get_base_url (deployment));
  start (self);
}

static GtkWidget *
make_choice_label (const char *text)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  return label;
}

static GtkWidget *
make_tenant_button (BatonSignInPage *self, BatonTenant *tenant)
{
  GtkWidget *button = gtk_button_new ();
  const char *organization = baton_tenant_get_organization (tenant);
  g_autofree char *text = NULL;

  if (organization != NULL)
    /* TRANSLATORS: display names of an organisation and a tenant, then their logical names, as they stand in an address. */
    text = g_strdup_printf (_("%s / %s (%s/%s)"), baton_tenant_get_organization_display (tenant),
                            baton_tenant_get_display (tenant), organization,
                            baton_tenant_get_name (tenant));
  else
    text = g_strdup (baton_tenant_get_display (tenant));
  gtk_button_set_child (GTK_BUTTON (button), make_choice_label (text));
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, text, -1);
  g_object_set_data_full (G_OBJECT (button), "tenant", g_object_ref (tenant), g_object_unref);
  g_signal_connect_object (button, "clicked", G_CALLBACK (tenant_chosen_cb), self, G_CONNECT_SWAPPED);
  return button;
}

/* The seed of most trouble with addresses (fact sheet 1.5): says what was taken for what, and offers what the key can see. */
static void
explain_address (BatonSignInPage *self, GListModel *tenants)
{
  guint n_tenants = tenants != NULL ? g_list_model_get_n_items (tenants) : 0;
  const char *organization
      = self->deployment != NULL ? baton_deployment_get_organization (self->deployment) : NULL;
  const char *tenant = text_of (self->tenant);

  gtk_widget_add_css_class (self->address, "error");
  if (organization != NULL && *tenant != '\0')
    {
      g_autofree char *taken = NULL;

      /* TRANSLATORS: two names out of the address. */
      taken = g_strdup_printf (_("Baton took “%s” for the account logical name and “%s” for the tenant logical name."),
                               organization, tenant);
      baton_failure_box_add_choice (self->failure, make_choice_label (taken));
    }
  if (n_tenants == 0)
    return;
  baton_failure_box_add_choice (self->failure, make_choice_label (_("Your key opens these tenants. Choose one to go on:")));
  for (guint i = 0; i < n_tenants; i++)
    {
      g_autoptr (BatonTenant) item = g_list_model_get_item (tenants, i);

      baton_failure_box_add_choice (self->failure, make_tenant_button (self, item));
    }
}

static void
entry_activated_cb (BatonSignInPage *self)
{
  start (self);
}

static gboolean
baton_sign_in_page_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (BATON_SIGN_IN_PAGE (widget)->address);
}

static void
baton_sign_in_page_dispose (GObject *object)
{
  BatonSignInPage *self = BATON_SIGN_IN_PAGE (object);

  if (self->of_attempt != NULL)
    drop_attempt (self);
  g_clear_object (&self->of_attempt);
  g_clear_object (&self->deployment);
  g_clear_object (&self->store);
  g_clear_object (&self->accounts);
  gtk_widget_dispose_template (GTK_WIDGET (object), BATON_TYPE_SIGN_IN_PAGE);
  G_OBJECT_CLASS (baton_sign_in_page_parent_class)->dispose (object);
}

static void
baton_sign_in_page_finalize (GObject *object)
{
  g_free (BATON_SIGN_IN_PAGE (object)->account_id);
  G_OBJECT_CLASS (baton_sign_in_page_parent_class)->finalize (object);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/baton_desktop/Baton/baton-sign-in-page.ui");
  gtk_widget_class_bind_template_child (widget_class, BatonSignInPage, content);
  gtk_widget_class_bind_template_child (widget_class, BatonSignInPage, header);
  gtk_widget_class_bind_template_child (widget_class, BatonSignInPage, scrolled);
  gtk_widget_class_bind_template_child (widget_class, BatonSignInPage, failure);
  gtk_widget_class_bind_template_child (widget_class, BatonSignInPage, form);
  gtk_widget_class_bind_template_child (widget_class, BatonSignInPage, address);
  gtk_widget_class_bind_template_child (widget_class, BatonSignInPage, preview);
  gtk_widget_class_bind_template_child (widget_class, BatonSignInPage, by_key);
  gtk_widget_class_bind_template_child (widget_class, BatonSignInPage, by_password);
  gtk_widget_class_bind_template_child (widget_class, BatonSignInPage, user_key);
  gtk_widget_class_bind_template_child (widget_class, BatonSignInPage, client_id);
  gtk_widget_class_bind_template_child (widget_class, BatonSignInPage, tenant);
  gtk_widget_class_bind_template_child (widget_class, BatonSignInPage, user_name);
  gtk_widget_class_bind_template_child (widget_class, BatonSignInPage, password);
  gtk_widget_class_bind_template_child (widget_class, BatonSignInPage, explain);
  gtk_widget_class_bind_template_child (widget_class, BatonSignInPage, bottom);
  gtk_widget_class_bind_template_child (widget_class, BatonSignInPage, sign_in);
  gtk_widget_class_bind_template_child (widget_class, BatonSignInPage, working);
  gtk_widget_class_bind_template_child (widget_class, BatonSignInPage, spinner);
  gtk_widget_class_bind_template_child (widget_class, BatonSignInPage, progress);
  gtk_widget_class_bind_template_child (widget_class, BatonSignInPage, cancel);
  gtk_widget_class_bind_template_callback (widget_class, method_toggled_cb);
  gtk_widget_class_bind_template_callback (widget_class, sign_in_cb);
  gtk_widget_class_bind_template_callback (widget_class, cancel_cb);
}

static void
baton_sign_in_page_class_init (BatonSignInPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = baton_sign_in_page_dispose;
  object_class->finalize = baton_sign_in_page_finalize;
  GTK_WIDGET_CLASS (klass)->grab_focus = baton_sign_in_page_grab_focus;

  signals[SIGNAL_SIGNED_IN]
      = g_signal_new ("signed-in", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                      G_TYPE_NONE, 2, BATON_TYPE_CONNECTION, G_TYPE_ERROR);

  g_type_ensure (BATON_TYPE_ADDRESS_PREVIEW);
  g_type_ensure (BATON_TYPE_FAILURE_BOX);
  bind_template (GTK_WIDGET_CLASS (klass));
}

static void
baton_sign_in_page_init (BatonSignInPage *self)
{
  GtkWidget *entries[6];

  gtk_widget_init_template (GTK_WIDGET (self));
  adw_header_bar_pack_end (self->header, baton_primary_menu_new ());
  self->of_attempt = g_signal_group_new (BATON_TYPE_CONNECTION);
  g_signal_group_connect_swapped (self->of_attempt, "notify::progress", G_CALLBACK (progress_cb), self);

  entries[0] = self->address;
  entries[1] = self->user_key;
  entries[2] = self->client_id;
  entries[3] = self->tenant;
  entries[4] = self->user_name;
  entries[5] = self->password;
  for (guint i = 0; i < G_N_ELEMENTS (entries); i++)
    {
      GtkEditable *text = gtk_editable_get_delegate (GTK_EDITABLE (entries[i]));

      baton_entry_name_set (entries[i]);
      g_signal_connect_object (text, "insert-text", G_CALLBACK (inserted_cb), self, 0);
      g_signal_connect_object (entries[i], "changed", G_CALLBACK (field_changed_cb), self,
                               G_CONNECT_SWAPPED);
      g_signal_connect_object (entries[i], "entry-activated", G_CALLBACK (entry_activated_cb), self,
                               G_CONNECT_SWAPPED);
    }
  g_signal_connect_object (self->address, "changed", G_CALLBACK (address_changed_cb), self,
                           G_CONNECT_SWAPPED);
  method_toggled_cb (self);
}

GtkWidget *
baton_sign_in_page_new (BatonSecretStore *store, BatonAccounts *accounts)
{
  BatonSignInPage *self;

  g_return_val_if_fail (BATON_IS_SECRET_STORE (store), NULL);

  self = g_object_new (BATON_TYPE_SIGN_IN_PAGE, NULL);
  self->store = g_object_ref (store);
  g_set_object (&self->accounts, accounts);
  return GTK_WIDGET (self);
}

void
baton_sign_in_page_set_account (BatonSignInPage *self, BatonAccount *account, gboolean for_this_run)
{
  BatonDeployment *deployment;
  const char *base;

  g_return_if_fail (BATON_IS_SIGN_IN_PAGE (self));
  g_return_if_fail (BATON_IS_ACCOUNT (account));

  deployment = baton_account_get_deployment (account);
  base = baton_deployment_get_base_url (deployment);
  g_free (self->account_id);
  self->account_id = g_strdup (baton_account_get_id (account));
  self->for_this_run = for_this_run;
  fill (self, self->address, base != NULL ? base : baton_deployment_get_origin (deployment));
  fill (self, self->tenant, baton_deployment_get_tenant (deployment));
  fill (self, self->client_id, baton_account_get_client_id (account));
  fill (self, self->user_name, baton_account_get_user_name (account));
  gtk_toggle_button_set_active (baton_account_get_method (account) == BATON_METHOD_USER_KEY
                                    ? self->by_key
                                    : self->by_password,
                                TRUE);
  gtk_widget_grab_focus (is_by_key (self) ? self->user_key : self->password);
}

void
baton_sign_in_page_show_failure (BatonSignInPage *self, const GError *error, GListModel *tenants)
{
  g_autoptr (BatonErrorText) text = NULL;

  g_return_if_fail (BATON_IS_SIGN_IN_PAGE (self));
  g_return_if_fail (error != NULL);
  g_return_if_fail (tenants == NULL || G_IS_LIST_MODEL (tenants));

  text = baton_error_text_new (error, NULL);
  baton_failure_box_set (self->failure, text);
  scroll_to_top (self);
  if (g_error_matches (error, BATON_ERROR, BATON_ERROR_WRONG_ADDRESS))
    explain_address (self, tenants);
}

void
baton_sign_in_page_cancel (BatonSignInPage *self)
{
  g_return_if_fail (BATON_IS_SIGN_IN_PAGE (self));

  if (self->attempt == NULL)
    return;
  drop_attempt (self);
  show_working (self, FALSE);
}

gboolean
baton_sign_in_page_paste (BatonSignInPage *self, const char *text)
{
  g_autoptr (BatonPaste) paste = NULL;
  g_autofree char *address = NULL;

  g_return_val_if_fail (BATON_IS_SIGN_IN_PAGE (self), FALSE);
  g_return_val_if_fail (text != NULL, FALSE);

  paste = baton_paste_parse (text);
  if (paste == NULL)
    return FALSE;
  address = baton_paste_make_address (paste, text_of (self->address));
  fill (self, self->address, address);
  fill (self, self->tenant, paste->tenant);
  fill (self, self->client_id, paste->client_id);
  fill (self, self->user_key, paste->user_key);
  fill (self, self->user_name, paste->user_name);
  fill (self, self->password, paste->password);
  if (paste->user_key != NULL)
    gtk_toggle_button_set_active (self->by_key, TRUE);
  else if (paste->password != NULL)
    gtk_toggle_button_set_active (self->by_password, TRUE);
  return TRUE;
}
