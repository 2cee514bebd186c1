/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n.h>

#include "baton-address-preview.h"
#include "baton-browser-panel.h"
#include "baton-diagnosis-window.h"
#include "baton-entry-name.h"
#include "baton-error.h"
#include "baton-failure-box.h"
#include "baton-method-text.h"
#include "baton-paste.h"
#include "baton-primary-menu.h"
#include "baton-sign-in-fields.h"
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
  BatonSignInFields *fields;
  GtkStack *bottom;
  GtkWidget *sign_in;
  GtkWidget *working;
  GtkSpinner *spinner;
  GtkLabel *progress;
  GtkWidget *cancel;
  BatonBrowserPanel *browser;

  BatonSecretStore *store;     /* (owned) (nullable) */
  BatonAccounts *accounts;     /* (owned) (nullable) */
  BatonDeployment *deployment; /* (owned) (nullable): what the address says */
  char *account_id;            /* (owned) (nullable): of the account that is signed in to again */
  gboolean for_this_run;
  gboolean in_memory; /* the secret of the attempt is, and goes where that comes to nothing */
  gboolean filling;   /* the program writes into the address */

  BatonAccount *account;     /* (owned) (nullable): that the browser signs in to */
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

static const char *
get_address (BatonSignInPage *self)
{
  return gtk_editable_get_text (GTK_EDITABLE (self->address));
}

static void
fill_address (BatonSignInPage *self, const char *text)
{
  if (text == NULL)
    return;
  self->filling = TRUE;
  gtk_editable_set_text (GTK_EDITABLE (self->address), text);
  self->filling = FALSE;
}

/* The way that fits an edition (fact sheet 2). */
static BatonMethod
find_method (BatonEdition edition)
{
  switch (edition)
    {
    case BATON_EDITION_STANDALONE:
      return BATON_METHOD_PASSWORD;
    case BATON_EDITION_SANDBOX:
      return BATON_METHOD_USER_KEY;
    case BATON_EDITION_CLOUD:
    case BATON_EDITION_DEDICATED:
    case BATON_EDITION_SUITE:
    default:
      return BATON_METHOD_BROWSER;
    }
}

/* The client id used before at the same place: it is the same for all users of a deployment (fact
 * sheet 2.1). */
static void
hint_client_id (BatonSignInPage *self)
{
  GListModel *list = G_LIST_MODEL (self->accounts);

  if (self->deployment == NULL || list == NULL)
    return;
  for (guint i = 0; i < g_list_model_get_n_items (list); i++)
    {
      g_autoptr (BatonAccount) account = g_list_model_get_item (list, i);
      BatonDeployment *known = baton_account_get_deployment (account);

      if (baton_account_get_client_id (account) != NULL
          && baton_account_get_method (account) == baton_sign_in_fields_get_method (self->fields)
          && g_strcmp0 (baton_deployment_get_origin (known),
                        baton_deployment_get_origin (self->deployment))
                 == 0)
        {
          baton_sign_in_fields_hint_client_id (self->fields, baton_account_get_client_id (account));
          return;
        }
    }
}

static void
address_changed_cb (BatonSignInPage *self)
{
  g_autofree char *address = g_strstrip (g_strdup (get_address (self)));
  g_autoptr (GError) error = NULL;
  const char *tenant;

  g_clear_object (&self->deployment);
  gtk_widget_remove_css_class (self->address, "error");
  if (*address != '\0')
    self->deployment = baton_deployment_parse (address, &error);
  baton_address_preview_set (self->preview, self->deployment,
                             error != NULL ? error->message : NULL);
  if (self->deployment == NULL)
    return;
  tenant = baton_deployment_get_tenant (self->deployment);
  baton_sign_in_fields_hint_tenant (self->fields, tenant != NULL ? tenant : "");
  baton_sign_in_fields_propose (self->fields,
                                find_method (baton_deployment_get_edition (self->deployment)));
  hint_client_id (self);
}

/* A whole API Access block, a curl command or JSON goes to all fields; anything else into the field
 * where it was pasted. */
static gboolean
pasted_cb (BatonSignInPage *self, const char *text)
{
  return baton_sign_in_page_paste (self, text);
}

static void
address_inserted_cb (
    GtkEditable *editable, const char *text, int length, int *position, gpointer user_data)
{
  BatonSignInPage *self = user_data;
  g_autofree char *copy = g_strndup (text, (gsize)length);

  if (!self->filling && baton_sign_in_page_paste (self, copy))
    g_signal_stop_emission_by_name (editable, "insert-text");
}

/* @stage: what stands in place of the button. */
static void
show_stage (BatonSignInPage *self, GtkWidget *stage)
{
  gboolean idle = stage == self->sign_in;

  /* The focus goes first: GtkText does not notice that it lost it to being insensitive. */
  gtk_spinner_set_spinning (self->spinner, stage == self->working);
  gtk_stack_set_visible_child (self->bottom, stage);
  gtk_widget_grab_focus (stage == self->working ? self->cancel : stage);
  gtk_widget_set_sensitive (self->form, idle);
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
check_address (BatonSignInPage *self)
{
  g_autofree char *address = g_strstrip (g_strdup (get_address (self)));
  g_autoptr (BatonDeployment) deployment = NULL;
  g_autoptr (GError) error = NULL;

  if (*address == '\0')
    {
      refuse (self, _ ("Something is missing"),
              _ ("Enter the address of your Orchestrator, in any form: as the browser shows it is "
                 "best."),
              self->address);
      return FALSE;
    }
  deployment = baton_deployment_parse (address, &error);
  if (deployment == NULL)
    {
      refuse (self, _ ("The address cannot be used"), error->message, self->address);
      return FALSE;
    }
  if (!baton_deployment_is_safe (deployment))
    {
      refuse (self, _ ("The address is not safe"),
              _ ("It begins with http, so anyone on the way could read the key. Use https."),
              self->address);
      return FALSE;
    }

  return TRUE;
}

static gboolean
check (BatonSignInPage *self)
{
  const char *problem = NULL;
  GtkWidget *row;

  if (!check_address (self))
    return FALSE;
  row = baton_sign_in_fields_check (self->fields, &problem);
  if (row == NULL)
    return TRUE;
  refuse (self, _ ("Something is missing"), problem, row);

  return FALSE;
}

static void
progress_cb (BatonSignInPage *self)
{
  const char *progress
      = self->attempt != NULL ? baton_connection_get_progress (self->attempt) : NULL;

  gtk_label_set_text (self->progress, progress != NULL ? progress : _ ("Signing in…"));
}

/* @good: what it was about stays. */
static void
drop_attempt (BatonSignInPage *self, gboolean good)
{
  g_autoptr (BatonConnection) attempt = g_steal_pointer (&self->attempt);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_signal_group_set_target (self->of_attempt, NULL);
  baton_browser_panel_stop (self->browser);
  g_clear_object (&self->account);
  if (attempt != NULL && self->in_memory && !good)
    baton_secret_store_drop_from_memory (
        self->store, baton_account_get_id (baton_connection_get_account (attempt)));
  self->in_memory = FALSE;
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
  drop_attempt (self, good);
  show_stage (self, self->sign_in);
  if (good)
    g_signal_emit (self, signals[SIGNAL_SIGNED_IN], 0, connection, keyring_error);
  else
    baton_sign_in_page_show_failure (self, error, baton_connection_get_tenants (connection));
}

static void
open_connection (BatonSignInPage *self, BatonAccount *account, BatonSecret *secret)
{
  const char *id = baton_account_get_id (account);

  if (self->for_this_run && !baton_secret_store_is_in_memory (self->store, id))
    {
      baton_secret_store_keep_in_memory (self->store, id, secret);
      self->in_memory = TRUE;
    }
  self->attempt = baton_connection_new (account, self->store, NULL);
  self->cancellable = g_cancellable_new ();
  g_signal_group_set_target (self->of_attempt, self->attempt);
  progress_cb (self);
  show_stage (self, self->working);
  baton_connection_open_async (self->attempt, secret, self->cancellable, opened_cb,
                               g_object_ref (self));
}

static void
browser_done_cb (BatonSignInPage *self, BatonSecret *secret, const GError *error)
{
  g_autoptr (BatonAccount) account = g_steal_pointer (&self->account);

  if (account == NULL)
    return;
  if (secret != NULL)
    {
      GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

      /* It lies behind the browser's window. */
      if (GTK_IS_WINDOW (root))
        gtk_window_present (GTK_WINDOW (root));
      open_connection (self, account, secret);
      return;
    }
  show_stage (self, self->sign_in);
  refuse (self, _ ("The sign-in in the browser came to nothing"), error->message, NULL);
}

static void
start_browser (BatonSignInPage *self, BatonAccount *account)
{
  g_autoptr (GError) error = NULL;

  if (!baton_browser_panel_start (self->browser, account,
                                  baton_sign_in_fields_get_client_secret (self->fields), &error))
    {
      refuse (self, _ ("The browser cannot be used"), error->message, NULL);
      return;
    }
  g_set_object (&self->account, account);
  show_stage (self, GTK_WIDGET (self->browser));
}

static void
start (BatonSignInPage *self)
{
  g_autoptr (BatonAccount) account = NULL;
  g_autoptr (BatonSecret) secret = NULL;

  baton_failure_box_set (self->failure, NULL);
  if (self->attempt != NULL || self->account != NULL || !check (self))
    return;

  account = baton_sign_in_fields_make_account (self->fields, self->account_id, self->deployment);
  secret = baton_sign_in_fields_make_secret (self->fields);
  if (secret != NULL)
    open_connection (self, account, secret);
  else
    start_browser (self, account);
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

/* What helps is all on this page. */
static void
remedy_cb (BatonSignInPage *self)
{
  gtk_widget_grab_focus (self->address);
}

/* One of the tenants that the key can see: the address becomes its, and it goes on. */
static void
take_tenant (BatonSignInPage *self, BatonTenant *tenant)
{
  g_autoptr (BatonDeployment) deployment = NULL;

  if (self->deployment == NULL)
    return;
  deployment = baton_deployment_with_tenant (
      self->deployment, baton_tenant_get_organization (tenant), baton_tenant_get_name (tenant));
  baton_sign_in_fields_set_tenant (self->fields, baton_tenant_get_name (tenant));
  fill_address (self, baton_deployment_get_base_url (deployment));
  start (self);
}

static void
tenant_chosen_cb (BatonSignInPage *self, GtkWidget *button)
{
  g_autoptr (BatonTenant) tenant = g_object_ref (g_object_get_data (G_OBJECT (button), "tenant"));

  take_tenant (self, tenant);
}

/* With what is typed, which stays out of the keyring; where nothing is, with what the store has. */
static void
check_connection_cb (BatonSignInPage *self)
{
  g_autoptr (BatonAccount) account = NULL;
  g_autoptr (BatonSecret) secret = NULL;
  g_autoptr (BatonSecretStore) store = g_object_ref (self->store);
  g_autoptr (BatonConnection) connection = NULL;
  GtkWidget *window;

  if (self->deployment == NULL || self->attempt != NULL)
    return;
  account = baton_sign_in_fields_make_account (self->fields, self->account_id, self->deployment);
  secret = baton_sign_in_fields_make_secret (self->fields);
  if (secret != NULL && *baton_secret_get_value (secret) != '\0')
    {
      g_object_unref (store);
      store = baton_secret_store_new ();
      baton_secret_store_keep_in_memory (store, baton_account_get_id (account), secret);
    }
  connection = baton_connection_new (account, store, NULL);
  window = baton_diagnosis_window_new (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))), connection);
  g_signal_connect_object (window, "remedy", G_CALLBACK (remedy_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (window, "tenant-chosen", G_CALLBACK (take_tenant), self,
                           G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (window));
}

static void
offer_check (BatonSignInPage *self)
{
  GtkWidget *button = gtk_button_new_with_label (_ ("Check connection"));

  gtk_widget_set_halign (button, GTK_ALIGN_START);
  g_signal_connect_object (button, "clicked", G_CALLBACK (check_connection_cb), self,
                           G_CONNECT_SWAPPED);
  baton_failure_box_add_choice (self->failure, button);
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
    /* TRANSLATORS: display names of an organisation and a tenant, then their logical names, as they
     * stand in an address. */
    text = g_strdup_printf (_ ("%s / %s (%s/%s)"), baton_tenant_get_organization_display (tenant),
                            baton_tenant_get_display (tenant), organization,
                            baton_tenant_get_name (tenant));
  else
    text = g_strdup (baton_tenant_get_display (tenant));
  gtk_button_set_child (GTK_BUTTON (button), make_choice_label (text));
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, text, -1);
  g_object_set_data_full (G_OBJECT (button), "tenant", g_object_ref (tenant), g_object_unref);
  g_signal_connect_object (button, "clicked", G_CALLBACK (tenant_chosen_cb), self,
                           G_CONNECT_SWAPPED);
  return button;
}

/* The seed of most trouble with addresses (fact sheet 1.5): says what was taken for what, and
 * offers what the key can see. */
static void
explain_address (BatonSignInPage *self, GListModel *tenants)
{
  guint n_tenants = tenants != NULL ? g_list_model_get_n_items (tenants) : 0;
  const char *organization
      = self->deployment != NULL ? baton_deployment_get_organization (self->deployment) : NULL;
  const char *tenant = baton_sign_in_fields_get_tenant (self->fields);

  gtk_widget_add_css_class (self->address, "error");
  if (organization != NULL && *tenant != '\0')
    {
      g_autofree char *taken = NULL;

      /* TRANSLATORS: two names out of the address. */
      taken = g_strdup_printf (
          _ ("Baton took “%s” for the account logical name and “%s” for the tenant logical name."),
          organization, tenant);
      baton_failure_box_add_choice (self->failure, make_choice_label (taken));
    }
  if (n_tenants == 0)
    return;
  baton_failure_box_add_choice (
      self->failure, make_choice_label (_ ("Your key opens these tenants. Choose one to go on:")));
  for (guint i = 0; i < n_tenants; i++)
    {
      g_autoptr (BatonTenant) item = g_list_model_get_item (tenants, i);

      baton_failure_box_add_choice (self->failure, make_tenant_button (self, item));
    }
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
    drop_attempt (self, FALSE);
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
  gtk_widget_class_bind_template_child (widget_class, BatonSignInPage, fields);
  gtk_widget_class_bind_template_child (widget_class, BatonSignInPage, bottom);
  gtk_widget_class_bind_template_child (widget_class, BatonSignInPage, sign_in);
  gtk_widget_class_bind_template_child (widget_class, BatonSignInPage, working);
  gtk_widget_class_bind_template_child (widget_class, BatonSignInPage, spinner);
  gtk_widget_class_bind_template_child (widget_class, BatonSignInPage, progress);
  gtk_widget_class_bind_template_child (widget_class, BatonSignInPage, cancel);
  gtk_widget_class_bind_template_child (widget_class, BatonSignInPage, browser);
  gtk_widget_class_bind_template_callback (widget_class, pasted_cb);
  gtk_widget_class_bind_template_callback (widget_class, browser_done_cb);
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
      = g_signal_new ("signed-in", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                      NULL, G_TYPE_NONE, 2, BATON_TYPE_CONNECTION, G_TYPE_ERROR);

  g_type_ensure (BATON_TYPE_ADDRESS_PREVIEW);
  g_type_ensure (BATON_TYPE_BROWSER_PANEL);
  g_type_ensure (BATON_TYPE_FAILURE_BOX);
  g_type_ensure (BATON_TYPE_SIGN_IN_FIELDS);
  bind_template (GTK_WIDGET_CLASS (klass));
}

static void
baton_sign_in_page_init (BatonSignInPage *self)
{
  GtkEditable *text;

  gtk_widget_init_template (GTK_WIDGET (self));
  adw_header_bar_pack_end (self->header, baton_primary_menu_new ());
  self->of_attempt = g_signal_group_new (BATON_TYPE_CONNECTION);
  g_signal_group_connect_swapped (self->of_attempt, "notify::progress", G_CALLBACK (progress_cb),
                                  self);

  baton_entry_name_set (self->address);
  text = gtk_editable_get_delegate (GTK_EDITABLE (self->address));
  g_signal_connect_object (text, "insert-text", G_CALLBACK (address_inserted_cb), self, 0);
  g_signal_connect_object (self->address, "changed", G_CALLBACK (address_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->address, "entry-activated", G_CALLBACK (start), self,
                           G_CONNECT_SWAPPED);
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
  fill_address (self, base != NULL ? base : baton_deployment_get_origin (deployment));
  baton_sign_in_fields_fill (self->fields, account);
  baton_sign_in_fields_focus_secret (self->fields);
}

void
baton_sign_in_page_add_scope (BatonSignInPage *self, const char *scope)
{
  g_return_if_fail (BATON_IS_SIGN_IN_PAGE (self));
  g_return_if_fail (scope != NULL);

  baton_sign_in_fields_add_scope (self->fields, scope);
  /* The browser asks for the rest. */
  if (baton_sign_in_fields_get_method (self->fields) == BATON_METHOD_BROWSER)
    gtk_widget_grab_focus (self->sign_in);
}

void
baton_sign_in_page_show_failure (BatonSignInPage *self, const GError *error, GListModel *tenants)
{
  g_autoptr (BatonErrorText) text = NULL;

  g_return_if_fail (BATON_IS_SIGN_IN_PAGE (self));
  g_return_if_fail (error != NULL);
  g_return_if_fail (tenants == NULL || G_IS_LIST_MODEL (tenants));

  text = baton_method_text_explain (
      baton_method_text_get (baton_sign_in_fields_get_method (self->fields)), error);
  baton_failure_box_set (self->failure, text);
  scroll_to_top (self);
  if (g_error_matches (error, BATON_ERROR, BATON_ERROR_WRONG_ADDRESS))
    explain_address (self, tenants);
  if (self->deployment != NULL)
    offer_check (self);
}

void
baton_sign_in_page_cancel (BatonSignInPage *self)
{
  g_return_if_fail (BATON_IS_SIGN_IN_PAGE (self));

  if (self->attempt == NULL && self->account == NULL)
    return;
  drop_attempt (self, FALSE);
  show_stage (self, self->sign_in);
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
  address = baton_paste_make_address (paste, get_address (self));
  baton_sign_in_fields_paste (self->fields, paste);
  fill_address (self, address);
  return TRUE;
}
