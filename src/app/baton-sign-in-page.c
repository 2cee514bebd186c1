/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n.h>

#include "baton-address-help.h"
#include "baton-browser-panel.h"
#include "baton-diagnosis-window.h"
#include "baton-error.h"
#include "baton-failure-box.h"
#include "baton-method-text.h"
#include "baton-primary-menu.h"
#include "baton-sign-in-attempt.h"
#include "baton-sign-in-form.h"
#include "baton-sign-in-page.h"
#include "baton-tenant-choice.h"

#define USE_ADDRESS "win.use-address::"

struct _BatonSignInPage
{
  GtkWidget parent_instance;

  GtkWidget *content;
  AdwHeaderBar *header;
  GtkScrolledWindow *scrolled;
  BatonFailureBox *failure;
  BatonSignInForm *form;
  GtkWidget *more;   /* what a sign-in asks on the way, below the form … */
  GtkWidget *bottom; /* … and the buttons, always in sight */
  GtkWidget *sign_in;
  GtkWidget *working;
  GtkSpinner *spinner;
  GtkLabel *progress;
  GtkWidget *cancel;
  BatonBrowserPanel *browser;
  BatonTenantChoice *choice;

  BatonSecretStore *store;     /* (owned) (nullable) */
  gboolean for_this_run;

  BatonAccount *account;       /* (owned) (nullable): that the browser signs in to */
  BatonSignInAttempt *attempt; /* (owned) (nullable) */
  GSignalGroup *of_attempt;    /* (owned): of its connection */
};

enum
{
  SIGNAL_SIGNED_IN,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (BatonSignInPage, baton_sign_in_page, GTK_TYPE_WIDGET)

/* @stage: what stands in place of the button. */
static void
show_stage (BatonSignInPage *self, GtkWidget *stage)
{
  gboolean idle = stage == self->sign_in;
  GtkWidget *stack = gtk_widget_get_parent (stage);

  /* The focus goes first: GtkText does not notice that it lost it to being insensitive. */
  gtk_spinner_set_spinning (self->spinner, stage == self->working);
  gtk_stack_set_visible_child (GTK_STACK (stack), stage);
  gtk_widget_set_visible (self->more, stack == self->more);
  gtk_widget_set_visible (self->bottom, stack == self->bottom);
  gtk_widget_grab_focus (stage == self->working ? self->cancel : stage);
  gtk_widget_set_sensitive (GTK_WIDGET (self->form), idle);
  /* What is to be chosen stands where one looks. */
  gtk_widget_set_visible (GTK_WIDGET (self->form), stage != GTK_WIDGET (self->choice));
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
check (BatonSignInPage *self)
{
  g_autofree char *title = NULL;
  g_autofree char *body = NULL;
  GtkWidget *row = baton_sign_in_form_check (self->form, &title, &body);

  if (row != NULL)
    refuse (self, title, body, row);

  return row == NULL;
}

static void
progress_cb (BatonSignInPage *self)
{
  BatonConnection *connection
      = self->attempt != NULL ? baton_sign_in_attempt_get_connection (self->attempt) : NULL;
  const char *progress = connection != NULL ? baton_connection_get_progress (connection) : NULL;

  gtk_label_set_text (self->progress, progress != NULL ? progress : _ ("Signing in…"));
}

static void
drop_attempt (BatonSignInPage *self)
{
  if (self->attempt != NULL)
    baton_sign_in_attempt_cancel (self->attempt);
  g_clear_object (&self->attempt);
  g_signal_group_set_target (self->of_attempt, NULL);
  baton_browser_panel_stop (self->browser);
  g_clear_object (&self->account);
}

static void
done_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (BatonSignInPage) self = user_data;
  BatonSignInAttempt *attempt = BATON_SIGN_IN_ATTEMPT (source);
  BatonConnection *connection = baton_sign_in_attempt_get_connection (attempt);
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) keyring_error = NULL;

  baton_sign_in_attempt_run_finish (attempt, result, &keyring_error, &error);
  if (self->attempt != attempt || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  g_clear_object (&self->attempt);
  g_signal_group_set_target (self->of_attempt, NULL);
  show_stage (self, self->sign_in);
  if (error == NULL)
    g_signal_emit (self, signals[SIGNAL_SIGNED_IN], 0, connection, keyring_error);
  else
    {
      baton_sign_in_page_show_failure (self, error, baton_connection_get_tenants (connection));
      baton_network_row_offer (baton_sign_in_form_get_network (self->form), self->failure, error,
                               baton_connection_get_account (connection));
    }
}

static void
open_connection (BatonSignInPage *self, BatonAccount *account, BatonSecret *secret)
{
  self->attempt = baton_sign_in_attempt_new (account, self->store);
  g_signal_group_set_target (self->of_attempt, baton_sign_in_attempt_get_connection (self->attempt));
  progress_cb (self);
  show_stage (self, self->working);
  baton_sign_in_attempt_run_async (self->attempt, secret, self->for_this_run, done_cb,
                                   g_object_ref (self));
}

/* It can see several, and the address means none of them: nothing is kept before one is chosen. */
static void
choose_tenant_cb (BatonSignInPage *self, GListModel *tenants)
{
  baton_tenant_choice_set_tenants (self->choice, tenants);
  show_stage (self, GTK_WIDGET (self->choice));
  scroll_to_top (self);
}

static void
tenant_taken_cb (BatonSignInPage *self, BatonTenant *tenant)
{
  if (self->attempt == NULL)
    return;
  show_stage (self, self->working);
  baton_connection_choose_tenant (baton_sign_in_attempt_get_connection (self->attempt), tenant);
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

  if (!baton_browser_panel_start (
          self->browser, account,
          baton_sign_in_fields_get_client_secret (baton_sign_in_form_get_fields (self->form)), &error))
    {
      refuse (self, _ ("The browser cannot be used"), error->message, NULL);
      return;
    }
  g_set_object (&self->account, account);
  show_stage (self, GTK_WIDGET (self->browser));
}

static void
sign_in_cb (BatonSignInPage *self)
{
  g_autoptr (BatonAccount) account = NULL;
  g_autoptr (BatonSecret) secret = NULL;

  baton_failure_box_set (self->failure, NULL);
  if (self->attempt != NULL || self->account != NULL || !check (self))
    return;

  account = baton_sign_in_form_make_account (self->form);
  secret = baton_sign_in_form_make_secret (self->form);
  if (secret != NULL)
    open_connection (self, account, secret);
  else
    start_browser (self, account);
}

static void
cancel_cb (BatonSignInPage *self)
{
  baton_sign_in_page_cancel (self);
}

/* What helps is all on this page. */
static void
remedy_cb (BatonSignInPage *self, const char *action, GObject *window)
{
  if (g_str_has_prefix (action, USE_ADDRESS))
    baton_sign_in_page_use_address (self, action + strlen (USE_ADDRESS));
  else if (!baton_network_row_remedy (baton_sign_in_form_get_network (self->form), action,
                                      g_object_get_data (window, "account")))
    gtk_widget_grab_focus (GTK_WIDGET (self->form));
}

/* One of the tenants that the key can see: the address becomes its, and it goes on. */
static void
take_tenant (BatonSignInPage *self, BatonTenant *tenant)
{
  if (baton_sign_in_form_get_deployment (self->form) == NULL)
    return;
  baton_sign_in_form_use_tenant (self->form, tenant);
  sign_in_cb (self);
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

  if (baton_sign_in_form_get_deployment (self->form) == NULL || self->attempt != NULL)
    return;
  account = baton_sign_in_form_make_account (self->form);
  secret = baton_sign_in_form_make_secret (self->form);
  if (secret != NULL && *baton_secret_get_value (secret) != '\0')
    {
      g_object_unref (store);
      store = baton_secret_store_new ();
      baton_secret_store_keep_in_memory (store, baton_account_get_id (account), secret);
    }
  connection = baton_connection_new (account, store, NULL);
  window = baton_diagnosis_window_new (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))), connection);
  g_object_set_data_full (G_OBJECT (window), "account", g_object_ref (account), g_object_unref);
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

static void
use_address_cb (BatonSignInPage *self, GtkWidget *button)
{
  g_autofree char *address = g_strdup (g_object_get_data (G_OBJECT (button), "address"));

  baton_sign_in_page_use_address (self, address);
}

/* The server itself says where to. */
static void
offer_address (BatonSignInPage *self, const BatonErrorText *text)
{
  GtkWidget *button;

  baton_sign_in_form_set_wrong_address (self->form);
  if (!g_str_has_prefix (text->action, USE_ADDRESS))
    return;
  button = gtk_button_new_with_label (text->button);
  gtk_widget_set_halign (button, GTK_ALIGN_START);
  g_object_set_data_full (G_OBJECT (button), "address",
                          g_strdup (text->action + strlen (USE_ADDRESS)), g_free);
  g_signal_connect_object (button, "clicked", G_CALLBACK (use_address_cb), self, G_CONNECT_SWAPPED);
  baton_failure_box_add_choice (self->failure, button);
}

static void
explain_address (BatonSignInPage *self, GListModel *tenants)
{
  BatonDeployment *deployment = baton_sign_in_form_get_deployment (self->form);
  GtkWidget *help = baton_address_help_new (
      deployment != NULL ? baton_deployment_get_organization (deployment) : NULL,
      baton_sign_in_fields_get_tenant (baton_sign_in_form_get_fields (self->form)), tenants);

  baton_sign_in_form_set_wrong_address (self->form);
  g_signal_connect_object (help, "chosen", G_CALLBACK (take_tenant), self, G_CONNECT_SWAPPED);
  baton_failure_box_add_choice (self->failure, help);
}

static gboolean
baton_sign_in_page_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (GTK_WIDGET (BATON_SIGN_IN_PAGE (widget)->form));
}

static void
baton_sign_in_page_dispose (GObject *object)
{
  BatonSignInPage *self = BATON_SIGN_IN_PAGE (object);

  if (self->of_attempt != NULL)
    drop_attempt (self);
  g_clear_object (&self->of_attempt);
  g_clear_object (&self->store);
  gtk_widget_dispose_template (GTK_WIDGET (object), BATON_TYPE_SIGN_IN_PAGE);
  G_OBJECT_CLASS (baton_sign_in_page_parent_class)->dispose (object);
}

static void
baton_sign_in_page_class_init (BatonSignInPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = baton_sign_in_page_dispose;
  widget_class->grab_focus = baton_sign_in_page_grab_focus;

  signals[SIGNAL_SIGNED_IN]
      = g_signal_new ("signed-in", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                      NULL, G_TYPE_NONE, 2, BATON_TYPE_CONNECTION, G_TYPE_ERROR);

  g_type_ensure (BATON_TYPE_BROWSER_PANEL);
  g_type_ensure (BATON_TYPE_FAILURE_BOX);
  g_type_ensure (BATON_TYPE_SIGN_IN_FORM);
  g_type_ensure (BATON_TYPE_TENANT_CHOICE);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/baton_desktop/Baton/baton-sign-in-page.ui");
  gtk_widget_class_bind_template_child (widget_class, BatonSignInPage, content);
  gtk_widget_class_bind_template_child (widget_class, BatonSignInPage, header);
  gtk_widget_class_bind_template_child (widget_class, BatonSignInPage, scrolled);
  gtk_widget_class_bind_template_child (widget_class, BatonSignInPage, failure);
  gtk_widget_class_bind_template_child (widget_class, BatonSignInPage, form);
  gtk_widget_class_bind_template_child (widget_class, BatonSignInPage, more);
  gtk_widget_class_bind_template_child (widget_class, BatonSignInPage, bottom);
  gtk_widget_class_bind_template_child (widget_class, BatonSignInPage, sign_in);
  gtk_widget_class_bind_template_child (widget_class, BatonSignInPage, working);
  gtk_widget_class_bind_template_child (widget_class, BatonSignInPage, spinner);
  gtk_widget_class_bind_template_child (widget_class, BatonSignInPage, progress);
  gtk_widget_class_bind_template_child (widget_class, BatonSignInPage, cancel);
  gtk_widget_class_bind_template_child (widget_class, BatonSignInPage, browser);
  gtk_widget_class_bind_template_child (widget_class, BatonSignInPage, choice);
  gtk_widget_class_bind_template_callback (widget_class, browser_done_cb);
  gtk_widget_class_bind_template_callback (widget_class, sign_in_cb);
  gtk_widget_class_bind_template_callback (widget_class, cancel_cb);
  gtk_widget_class_bind_template_callback (widget_class, tenant_taken_cb);
}

static void
baton_sign_in_page_init (BatonSignInPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  adw_header_bar_pack_end (self->header, baton_primary_menu_new ());
  self->of_attempt = g_signal_group_new (BATON_TYPE_CONNECTION);
  g_signal_group_connect_swapped (self->of_attempt, "notify::progress", G_CALLBACK (progress_cb),
                                  self);
  g_signal_group_connect_swapped (self->of_attempt, "choose-tenant", G_CALLBACK (choose_tenant_cb),
                                  self);
}

GtkWidget *
baton_sign_in_page_new (BatonSecretStore *store, BatonAccounts *accounts)
{
  BatonSignInPage *self;

  g_return_val_if_fail (BATON_IS_SECRET_STORE (store), NULL);

  self = g_object_new (BATON_TYPE_SIGN_IN_PAGE, NULL);
  self->store = g_object_ref (store);
  baton_sign_in_form_set_known (self->form, store, accounts);
  return GTK_WIDGET (self);
}

void
baton_sign_in_page_set_account (BatonSignInPage *self, BatonAccount *account, gboolean for_this_run)
{
  g_return_if_fail (BATON_IS_SIGN_IN_PAGE (self));
  g_return_if_fail (BATON_IS_ACCOUNT (account));

  self->for_this_run = for_this_run;
  baton_sign_in_form_set_account (self->form, account);
}

void
baton_sign_in_page_add_scope (BatonSignInPage *self, const char *scope)
{
  BatonSignInFields *fields;

  g_return_if_fail (BATON_IS_SIGN_IN_PAGE (self));
  g_return_if_fail (scope != NULL);

  fields = baton_sign_in_form_get_fields (self->form);
  baton_sign_in_fields_add_scope (fields, scope);
  /* The browser asks for the rest. */
  if (baton_sign_in_fields_get_method (fields) == BATON_METHOD_BROWSER)
    gtk_widget_grab_focus (self->sign_in);
}

void
baton_sign_in_page_use_address (BatonSignInPage *self, const char *address)
{
  g_return_if_fail (BATON_IS_SIGN_IN_PAGE (self));
  g_return_if_fail (address != NULL);

  if (!baton_sign_in_form_use_address (self->form, address))
    return;
  baton_failure_box_set (self->failure, NULL);
  gtk_widget_grab_focus (self->sign_in);
}

void
baton_sign_in_page_show_failure (BatonSignInPage *self, const GError *error, GListModel *tenants)
{
  g_autoptr (BatonErrorText) text = NULL;
  BatonMethod method;

  g_return_if_fail (BATON_IS_SIGN_IN_PAGE (self));
  g_return_if_fail (error != NULL);
  g_return_if_fail (tenants == NULL || G_IS_LIST_MODEL (tenants));

  method = baton_sign_in_fields_get_method (baton_sign_in_form_get_fields (self->form));
  text = baton_method_text_explain (baton_method_text_get (method), error);
  baton_failure_box_set (self->failure, text);
  scroll_to_top (self);
  if (error->domain == BATON_ERROR && baton_error_get_details (error)->location != NULL)
    offer_address (self, text);
  else if (g_error_matches (error, BATON_ERROR, BATON_ERROR_WRONG_ADDRESS))
    explain_address (self, tenants);
  if (baton_sign_in_form_get_deployment (self->form) != NULL)
    offer_check (self);
}

void
baton_sign_in_page_cancel (BatonSignInPage *self)
{
  g_return_if_fail (BATON_IS_SIGN_IN_PAGE (self));

  if (self->attempt == NULL && self->account == NULL)
    return;
  drop_attempt (self);
  show_stage (self, self->sign_in);
}
