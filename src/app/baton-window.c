/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n.h>

#include "baton-account-actions.h"
#include "baton-application.h"
#include "baton-banner-watch.h"
#include "baton-error-text.h"
#include "baton-error.h"
#include "baton-keyring-page.h"
#include "baton-keys-page.h"
#include "baton-network-actions.h"
#include "baton-quit-question.h"
#include "baton-sign-in-page.h"
#include "baton-welcome-page.h"
#include "baton-window.h"
#include "baton-workspace.h"

struct _BatonWindow
{
  AdwApplicationWindow parent_instance;

  AdwToastOverlay *toasts;
  GtkStack *stack;
  GtkWidget *welcome;   /* (unowned) (nullable): each is a child of the stack, made when first needed */
  GtkWidget *sign_in;   /* (unowned) (nullable) */
  GtkWidget *keyring;   /* (unowned) (nullable) */
  GtkWidget *keys;      /* (unowned) (nullable) */
  GtkWidget *workspace; /* (unowned) (nullable) */

  BatonSession *session;     /* (owned) (nullable) */
  GSettings *settings;       /* (owned) (nullable) */
  BatonBannerWatch *watch;   /* (owned) (nullable) */
  GCancellable *cancellable; /* (owned) (nullable) */
  gboolean signed_in;        /* the keyring page is about keeping a key that is good */
};

G_DEFINE_FINAL_TYPE (BatonWindow, baton_window, ADW_TYPE_APPLICATION_WINDOW)

static void
show_page (BatonWindow *self, GtkWidget *page)
{
  gtk_stack_set_visible_child (self->stack, page);
  if (!gtk_widget_grab_focus (page))
    gtk_widget_child_focus (page, GTK_DIR_TAB_FORWARD);
}

static gboolean
is_shown (BatonWindow *self, GtkWidget *page)
{
  return page != NULL && gtk_stack_get_visible_child (self->stack) == page;
}

static BatonWelcomePage *
show_welcome (BatonWindow *self)
{
  if (self->welcome == NULL)
    {
      self->welcome = baton_welcome_page_new ();
      gtk_stack_add_child (self->stack, self->welcome);
    }
  baton_welcome_page_set_busy (BATON_WELCOME_PAGE (self->welcome), NULL);
  show_page (self, self->welcome);
  return BATON_WELCOME_PAGE (self->welcome);
}

static void
show_workspace (BatonWindow *self)
{
  BatonConnection *connection = baton_session_get_connection (self->session);

  if (self->workspace == NULL)
    {
      self->workspace = baton_workspace_new ();
      gtk_stack_add_child (self->stack, self->workspace);
      self->watch
          = baton_banner_watch_new (BATON_BANNER (baton_workspace_get_banner (BATON_WORKSPACE (self->workspace))));
    }
  baton_workspace_set_connection (BATON_WORKSPACE (self->workspace), connection);
  baton_banner_watch_set_connection (self->watch, connection);
  show_page (self, self->workspace);
}

/* What was typed goes with the page, and with it the secrets. */
static void
drop_sign_in (BatonWindow *self)
{
  if (self->sign_in == NULL)
    return;
  gtk_stack_remove (self->stack, self->sign_in);
  self->sign_in = NULL;
}

static BatonKeyringPage *show_keyring (BatonWindow *self, const GError *error, gboolean signed_in);

static void
signed_in_cb (BatonWindow *self, BatonConnection *connection, const GError *keyring_error)
{
  baton_session_adopt (self->session, connection);
  drop_sign_in (self);
  if (keyring_error != NULL)
    show_keyring (self, keyring_error, TRUE);
}

static BatonSignInPage *
show_sign_in (BatonWindow *self)
{
  if (self->sign_in == NULL)
    {
      self->sign_in = baton_sign_in_page_new (baton_session_get_secret_store (self->session),
                                              baton_session_get_accounts (self->session));
      g_signal_connect_object (self->sign_in, "signed-in", G_CALLBACK (signed_in_cb), self,
                               G_CONNECT_SWAPPED);
      gtk_stack_add_child (self->stack, self->sign_in);
    }
  show_page (self, self->sign_in);
  return BATON_SIGN_IN_PAGE (self->sign_in);
}

/* The account that is signed in to again. */
static BatonSignInPage *
show_sign_in_again (BatonWindow *self, gboolean for_this_run)
{
  BatonConnection *connection = baton_session_get_connection (self->session);
  BatonSignInPage *page;

  drop_sign_in (self);
  page = show_sign_in (self);
  if (connection != NULL)
    baton_sign_in_page_set_account (page, baton_connection_get_account (connection), for_this_run);
  return page;
}

static void
kept_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (BatonWindow) self = user_data;
  g_autoptr (GError) error = NULL;

  baton_secret_store_persist_finish (BATON_SECRET_STORE (source), result, &error);
  if (self->session == NULL || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (error == NULL)
    show_workspace (self);
  else if (g_error_matches (error, BATON_ERROR, BATON_ERROR_NOT_SIGNED_IN))
    show_sign_in_again (self, FALSE);
  else
    show_keyring (self, error, TRUE);
}

/* With the keyring as it is now: puts the key there, or reads it from there. */
static void
use_keyring (BatonWindow *self)
{
  BatonConnection *connection = baton_session_get_connection (self->session);
  BatonAccount *account;

  if (connection == NULL)
    return;
  account = baton_connection_get_account (connection);
  if (self->signed_in)
    baton_secret_store_persist_async (baton_session_get_secret_store (self->session), baton_account_get_id (account),
                                      baton_account_get_name (account), self->cancellable, kept_cb, g_object_ref (self));
  else
    baton_session_reopen (self->session);
}

static void
unlocked_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (BatonWindow) self = user_data;
  g_autoptr (GError) error = NULL;

  baton_secret_store_unlock_finish (BATON_SECRET_STORE (source), result, &error);
  if (self->session == NULL)
    return;
  if (error == NULL)
    use_keyring (self);
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) && self->keyring != NULL)
    baton_keyring_page_set (BATON_KEYRING_PAGE (self->keyring), error, self->signed_in);
}

static void
unlock_cb (BatonWindow *self)
{
  if (self->keyring != NULL)
    baton_keyring_page_set_busy (BATON_KEYRING_PAGE (self->keyring), TRUE);
  baton_secret_store_unlock_async (baton_session_get_secret_store (self->session), self->cancellable,
                                   unlocked_cb, g_object_ref (self));
}

static void
keep_cb (BatonWindow *self)
{
  if (self->signed_in)
    show_workspace (self);
  else
    show_sign_in_again (self, TRUE);
}

static void
retry_cb (BatonWindow *self)
{
  baton_keyring_page_set_busy (BATON_KEYRING_PAGE (self->keyring), TRUE);
  use_keyring (self);
}

static BatonKeyringPage *
show_keyring (BatonWindow *self, const GError *error, gboolean signed_in)
{
  if (self->keyring == NULL)
    {
      self->keyring = baton_keyring_page_new ();
      g_signal_connect_object (self->keyring, "unlock", G_CALLBACK (unlock_cb), self,
                               G_CONNECT_SWAPPED);
      g_signal_connect_object (self->keyring, "keep", G_CALLBACK (keep_cb), self, G_CONNECT_SWAPPED);
      g_signal_connect_object (self->keyring, "retry", G_CALLBACK (retry_cb), self,
                               G_CONNECT_SWAPPED);
      gtk_stack_add_child (self->stack, self->keyring);
    }
  self->signed_in = signed_in;
  baton_keyring_page_set (BATON_KEYRING_PAGE (self->keyring), error, signed_in);
  show_page (self, self->keyring);
  return BATON_KEYRING_PAGE (self->keyring);
}

static void
connection_changed_cb (BatonWindow *self)
{
  if (baton_session_get_connection (self->session) != NULL)
    {
      show_workspace (self);
      return;
    }
  if (self->workspace != NULL)
    {
      baton_workspace_set_connection (BATON_WORKSPACE (self->workspace), NULL);
      baton_banner_watch_set_connection (self->watch, NULL);
    }
  show_welcome (self);
}

static void
opened_cb (BatonWindow *self, const GError *keyring_error)
{
  if (keyring_error != NULL)
    show_keyring (self, keyring_error, TRUE);
  else if (is_shown (self, self->keyring))
    show_workspace (self);
}

static void
failed_cb (BatonWindow *self, const GError *error)
{
  BatonConnection *connection = baton_session_get_connection (self->session);

  if (g_error_matches (error, BATON_ERROR, BATON_ERROR_KEYRING_LOCKED)
      || g_error_matches (error, BATON_ERROR, BATON_ERROR_KEYRING_UNAVAILABLE))
    {
      show_keyring (self, error, FALSE);
    }
  else if (connection != NULL
           && (g_error_matches (error, BATON_ERROR, BATON_ERROR_NOT_SIGNED_IN)
               || g_error_matches (error, BATON_ERROR, BATON_ERROR_BAD_CREDENTIALS)
               || g_error_matches (error, BATON_ERROR, BATON_ERROR_WRONG_ADDRESS)))
    {
      baton_sign_in_page_show_failure (show_sign_in_again (self, FALSE), error,
                                       baton_connection_get_tenants (connection));
    }
  else if (is_shown (self, self->keyring))
    {
      show_workspace (self);
    }
  /* The rest is the banner's, over the page that stays. */
}

static void
sandbox_failed_cb (BatonWindow *self, const GError *error)
{
  g_autoptr (BatonErrorText) text = baton_error_text_new (error, _("The sandbox could not be started"));

  if (baton_session_get_connection (self->session) == NULL)
    baton_welcome_page_set_failure (show_welcome (self), text->title, text->body);
  else
    baton_window_add_toast (self, text->title);
}

static void
sign_in_activated (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  show_sign_in (BATON_WINDOW (user_data));
}

static void
sign_in_again_activated (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  show_sign_in_again (BATON_WINDOW (user_data), FALSE);
}

/* One that a call was refused for: signing in again asks for it, too. */
static void
add_scope_activated (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  baton_sign_in_page_add_scope (show_sign_in_again (BATON_WINDOW (user_data), FALSE), g_variant_get_string (parameter, NULL));
}

/* Where the server sends on to: a person signs in there, or does not. */
static void
use_address_activated (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  baton_sign_in_page_use_address (show_sign_in_again (BATON_WINDOW (user_data), FALSE), g_variant_get_string (parameter, NULL));
}

static void
back_activated (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  BatonWindow *self = user_data;

  if (is_shown (self, self->sign_in))
    baton_sign_in_page_cancel (BATON_SIGN_IN_PAGE (self->sign_in));
  else if (!is_shown (self, self->keys))
    return;
  else if (self->sign_in != NULL)
    {
      show_sign_in (self);
      return;
    }
  if (baton_session_get_connection (self->session) != NULL)
    show_workspace (self);
  else
    show_welcome (self);
}

/* All that is known to expire; the application's, so that it can tell of it. */
static BatonExpiries *
ref_expiries (void)
{
  BatonApplication *application = baton_application_get_default ();

  return application != NULL ? g_object_ref (baton_application_get_expiries (application))
                             : baton_expiries_new (NULL);
}

static void
show_keys_activated (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  BatonWindow *self = user_data;

  if (self->keys == NULL)
    {
      g_autoptr (BatonExpiries) expiries = ref_expiries ();

      self->keys = baton_keys_page_new (self->session, expiries);
      gtk_stack_add_child (self->stack, self->keys);
    }
  show_page (self, self->keys);
}

static void
cancel_activated (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  BatonWindow *self = user_data;

  baton_session_cancel (self->session);
  if (is_shown (self, self->welcome))
    show_welcome (self);
}

static void
try_sandbox_activated (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  BatonWindow *self = user_data;

  if (baton_session_get_connection (self->session) == NULL)
    baton_welcome_page_set_busy (show_welcome (self), _("Starting the sandbox…"));
  if (self->welcome != NULL)
    baton_welcome_page_set_failure (BATON_WELCOME_PAGE (self->welcome), NULL, NULL);
  baton_session_open_sandbox (self->session);
}

static void
unlock_keyring_activated (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  BatonWindow *self = user_data;

  self->signed_in = FALSE;
  unlock_cb (self);
}

static void
use_keyring_activated (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  baton_secret_store_keep_again (baton_session_get_secret_store (BATON_WINDOW (user_data)->session), NULL);
}

static void
add_actions (BatonWindow *self)
{
  static const GActionEntry entries[] = {
    { "sign-in", sign_in_activated, NULL, NULL, NULL, { 0 } },
    { "sign-in-again", sign_in_again_activated, NULL, NULL, NULL, { 0 } },
    { "add-scope", add_scope_activated, "s", NULL, NULL, { 0 } },
    { "use-address", use_address_activated, "s", NULL, NULL, { 0 } },
    { "back", back_activated, NULL, NULL, NULL, { 0 } },
    { "cancel", cancel_activated, NULL, NULL, NULL, { 0 } },
    { "show-keys", show_keys_activated, NULL, NULL, NULL, { 0 } },
    { "try-sandbox", try_sandbox_activated, NULL, NULL, NULL, { 0 } },
    { "unlock-keyring", unlock_keyring_activated, NULL, NULL, NULL, { 0 } },
    { "use-keyring", use_keyring_activated, NULL, NULL, NULL, { 0 } },
  };

  g_action_map_add_action_entries (G_ACTION_MAP (self), entries, G_N_ELEMENTS (entries), self);
}

static void
restore_size (BatonWindow *self)
{
  int width, height;

  g_settings_get (self->settings, "window-size", "(ii)", &width, &height);
  gtk_window_set_default_size (GTK_WINDOW (self), width, height);
  if (g_settings_get_boolean (self->settings, "window-maximized"))
    gtk_window_maximize (GTK_WINDOW (self));
}

static void
remember_size (BatonWindow *self)
{
  int width, height;

  gtk_window_get_default_size (GTK_WINDOW (self), &width, &height);
  g_settings_set (self->settings, "window-size", "(ii)", width, height);
  g_settings_set_boolean (self->settings, "window-maximized", gtk_window_is_maximized (GTK_WINDOW (self)));
}

static void
leave_cb (gpointer self)
{
  baton_window_leave (BATON_WINDOW (self));
}

/* Without it the program ends. */
static gboolean
baton_window_close_request (GtkWindow *window)
{
  BatonWindow *self = BATON_WINDOW (window);

  if (baton_quit_question_ask (window, baton_session_get_secret_store (self->session), leave_cb, self))
    return TRUE;
  remember_size (self);
  return GTK_WINDOW_CLASS (baton_window_parent_class)->close_request (window);
}

static void
baton_window_dispose (GObject *object)
{
  BatonWindow *self = BATON_WINDOW (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  if (self->session != NULL)
    baton_session_cancel (self->session);
  g_clear_object (&self->watch);
  g_clear_object (&self->session);
  g_clear_object (&self->settings);
  G_OBJECT_CLASS (baton_window_parent_class)->dispose (object);
}

static void
baton_window_class_init (BatonWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = baton_window_dispose;
  GTK_WINDOW_CLASS (klass)->close_request = baton_window_close_request;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/baton_desktop/Baton/baton-window.ui");
  gtk_widget_class_bind_template_child (widget_class, BatonWindow, toasts);
  gtk_widget_class_bind_template_child (widget_class, BatonWindow, stack);
}

static void
baton_window_init (BatonWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->cancellable = g_cancellable_new ();
  add_actions (self);
}

BatonWindow *
baton_window_new (GtkApplication *application, BatonSession *session, GSettings *settings)
{
  BatonWindow *self;

  g_return_val_if_fail (BATON_IS_SESSION (session), NULL);
  g_return_val_if_fail (G_IS_SETTINGS (settings), NULL);

  self = g_object_new (BATON_TYPE_WINDOW, "application", application, NULL);
  self->session = g_object_ref (session);
  self->settings = g_object_ref (settings);
  baton_account_actions_add (self);
  baton_network_actions_add (GTK_APPLICATION_WINDOW (self), session);
  restore_size (self);
  g_signal_connect_object (session, "notify::connection", G_CALLBACK (connection_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "opened", G_CALLBACK (opened_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "failed", G_CALLBACK (failed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "sandbox-failed", G_CALLBACK (sandbox_failed_cb), self,
                           G_CONNECT_SWAPPED);
  return self;
}

void
baton_window_start (BatonWindow *self)
{
  BatonAccount *account;

  g_return_if_fail (BATON_IS_WINDOW (self));

  account = baton_session_get_last_account (self->session);
  if (account != NULL)
    baton_session_open (self->session, account);
  else
    show_welcome (self);
}

BatonSession *
baton_window_get_session (BatonWindow *self)
{
  g_return_val_if_fail (BATON_IS_WINDOW (self), NULL);

  return self->session;
}

GtkWidget *
baton_window_get_page (BatonWindow *self)
{
  g_return_val_if_fail (BATON_IS_WINDOW (self), NULL);

  return gtk_stack_get_visible_child (self->stack);
}

void
baton_window_add_toast (BatonWindow *self, const char *title)
{
  AdwToast *toast;

  g_return_if_fail (BATON_IS_WINDOW (self));

  toast = adw_toast_new (title);
  if (is_shown (self, self->workspace))
    baton_workspace_add_toast (BATON_WORKSPACE (self->workspace), toast);
  else
    adw_toast_overlay_add_toast (self->toasts, toast);
}

void
baton_window_leave (BatonWindow *self)
{
  g_return_if_fail (BATON_IS_WINDOW (self));

  remember_size (self);
  gtk_window_destroy (GTK_WINDOW (self));
}
