/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n.h>

#include "baton-about.h"
#include "baton-application.h"
#include "baton-clipboard.h"
#include "baton-expiry-feed.h"
#include "baton-expiry-notifier.h"
#include "baton-preferences-window.h"
#include "baton-quit-question.h"
#include "baton-session.h"
#include "baton-window.h"

struct _BatonApplication
{
  AdwApplication parent_instance;

  GSettings *settings;     /* (owned) (nullable) */
  BatonAccounts *accounts; /* (owned) (nullable) */
  BatonSecretStore *store; /* (owned) (nullable) */
  BatonSession *session;   /* (owned) (nullable) */
  BatonExpiries *expiries; /* (owned) (nullable) */
  BatonExpiryFeed *feed;   /* (owned) (nullable) */
  BatonExpiryWatch *watch; /* (owned) (nullable) */
};

G_DEFINE_FINAL_TYPE (BatonApplication, baton_application, ADW_TYPE_APPLICATION)

/* The installed schema, or the one that the build left beside the program. */
static GSettings *
open_settings (void)
{
  GSettingsSchemaSource *source = g_settings_schema_source_get_default ();
  g_autoptr (GSettingsSchemaSource) built = NULL;
  g_autoptr (GSettingsSchema) schema = NULL;

  if (source != NULL)
    schema = g_settings_schema_source_lookup (source, APPLICATION_ID, TRUE);
  if (schema == NULL)
    {
      g_autofree char *own = g_file_read_link ("/proc/self/exe", NULL);
      g_autofree char *folder = own != NULL ? g_path_get_dirname (own) : g_strdup (".");
      g_autofree char *data = g_build_filename (folder, "..", "..", "data", NULL);

      built = g_settings_schema_source_new_from_directory (data, source, FALSE, NULL);
      if (built != NULL)
        schema = g_settings_schema_source_lookup (built, APPLICATION_ID, TRUE);
    }
  if (schema == NULL)
    {
      g_printerr ("%s\n", _("Baton is not installed completely: its settings schema is missing."));
      exit (1);
    }
  return g_settings_new_full (schema, NULL, NULL);
}

static void
color_scheme_changed_cb (BatonApplication *self)
{
  static const AdwColorScheme schemes[]
      = { ADW_COLOR_SCHEME_DEFAULT, ADW_COLOR_SCHEME_FORCE_LIGHT, ADW_COLOR_SCHEME_FORCE_DARK };
  guint choice = (guint) g_settings_get_enum (self->settings, "color-scheme");

  adw_style_manager_set_color_scheme (adw_style_manager_get_default (),
                                      schemes[MIN (choice, G_N_ELEMENTS (schemes) - 1)]);
}

/* @start: FALSE where somebody else says what it shows. */
static BatonWindow *
ensure_window (BatonApplication *self, gboolean start)
{
  GtkWindow *window = gtk_application_get_active_window (GTK_APPLICATION (self));

  if (!BATON_IS_WINDOW (window))
    {
      GList *windows = gtk_application_get_windows (GTK_APPLICATION (self));

      for (window = NULL; windows != NULL; windows = windows->next)
        if (BATON_IS_WINDOW (windows->data))
          window = windows->data;
    }
  if (window == NULL)
    {
      window = GTK_WINDOW (
          baton_window_new (GTK_APPLICATION (self), self->session, self->settings));
      if (start)
        baton_window_start (BATON_WINDOW (window));
    }
  return BATON_WINDOW (window);
}

static void
try_sandbox_activated (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  BatonWindow *window = ensure_window (user_data, FALSE);

  gtk_window_present (GTK_WINDOW (window));
  gtk_widget_activate_action (GTK_WIDGET (window), "win.try-sandbox", NULL);
}

/* Of a notification, so that there may be no window. */
static void
show_keys_activated (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  BatonWindow *window = ensure_window (user_data, TRUE);

  gtk_window_present (GTK_WINDOW (window));
  gtk_widget_activate_action (GTK_WIDGET (window), "win.show-keys", NULL);
}

static void
about_activated (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  baton_about_present (gtk_application_get_active_window (GTK_APPLICATION (user_data)));
}

static void
preferences_activated (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  BatonApplication *self = BATON_APPLICATION (user_data);
  GtkWidget *window = baton_preferences_window_new (self->settings);

  gtk_window_set_transient_for (GTK_WINDOW (window),
                                gtk_application_get_active_window (GTK_APPLICATION (self)));
  gtk_window_present (GTK_WINDOW (window));
}

/* The windows go first, and with each its connection, so that nothing is left half done. */
static void
quit (gpointer user_data)
{
  GList *windows;

  while ((windows = gtk_application_get_windows (GTK_APPLICATION (user_data))) != NULL)
    {
      GtkWindow *window = windows->data;

      if (BATON_IS_WINDOW (window))
        {
          baton_window_leave (BATON_WINDOW (window));
          continue;
        }
      gtk_window_close (window);
      if (g_list_find (gtk_application_get_windows (GTK_APPLICATION (user_data)), window) != NULL)
        gtk_window_destroy (window);
    }
  g_application_quit (G_APPLICATION (user_data));
}

static void
quit_activated (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  BatonApplication *self = user_data;
  GtkWindow *window = gtk_application_get_active_window (GTK_APPLICATION (self));

  if (window == NULL || !baton_quit_question_ask (window, self->store, quit, self))
    quit (self);
}

static void
add_actions (BatonApplication *self)
{
  static const GActionEntry entries[] = {
    { "about", about_activated, NULL, NULL, NULL, { 0 } },
    { "preferences", preferences_activated, NULL, NULL, NULL, { 0 } },
    { "show-keys", show_keys_activated, NULL, NULL, NULL, { 0 } },
    { "quit", quit_activated, NULL, NULL, NULL, { 0 } },
    { "try-sandbox", try_sandbox_activated, NULL, NULL, NULL, { 0 } },
  };
  static const struct
  {
    const char *action;
    const char *accels[3];
  } accels[] = {
    { "app.quit", { "<Control>q", NULL } },
    { "app.preferences", { "<Control>comma", NULL } },
    { "win.show-help-overlay", { "<Control>question", "F1", NULL } },
    { "win.choose-tenant", { "<Control>t", NULL } },
    { "win.sign-in", { "<Control>n", NULL } },
    { "win.show-keys", { "<Control>k", NULL } },
    { "window.close", { "<Control>w", NULL } },
  };

  g_action_map_add_action_entries (G_ACTION_MAP (self), entries, G_N_ELEMENTS (entries), self);
  for (guint i = 0; i < G_N_ELEMENTS (accels); i++)
    gtk_application_set_accels_for_action (GTK_APPLICATION (self), accels[i].action,
                                           accels[i].accels);
}

static void
connection_changed_cb (BatonApplication *self)
{
  baton_expiry_feed_set_connection (self->feed, baton_session_get_connection (self->session));
}

static void
baton_application_startup (GApplication *application)
{
  BatonApplication *self = BATON_APPLICATION (application);

  G_APPLICATION_CLASS (baton_application_parent_class)->startup (application);

  gtk_window_set_default_icon_name (APPLICATION_ID);
  self->settings = open_settings ();
  g_signal_connect_object (self->settings, "changed::color-scheme",
                           G_CALLBACK (color_scheme_changed_cb), self, G_CONNECT_SWAPPED);
  color_scheme_changed_cb (self);

  self->accounts = baton_accounts_new (NULL);
  self->store = baton_secret_store_new ();
  self->session = baton_session_new (self->accounts, self->store, self->settings);
  self->expiries = baton_expiries_new (NULL);
  self->feed = baton_expiry_feed_new (self->expiries, self->accounts, self->store);
  g_signal_connect_object (self->session, "notify::connection", G_CALLBACK (connection_changed_cb),
                           self, G_CONNECT_SWAPPED);
  self->watch = baton_expiry_watch_new (self->expiries, NULL);
  baton_expiry_notifier_attach (application, self->watch);
  add_actions (self);
}

static void
baton_application_activate (GApplication *application)
{
  gtk_window_present (GTK_WINDOW (ensure_window (BATON_APPLICATION (application), TRUE)));
  baton_expiry_watch_start (BATON_APPLICATION (application)->watch);
}

static void
baton_application_shutdown (GApplication *application)
{
  BatonApplication *self = BATON_APPLICATION (application);

  g_clear_object (&self->session);
  if (self->accounts != NULL)
    baton_accounts_flush (self->accounts);
  if (self->expiries != NULL)
    baton_expiries_flush (self->expiries);
  /* GTK hands what is on the clipboard to the desktop before it ends. */
  baton_clipboard_forget_secret ();
  G_APPLICATION_CLASS (baton_application_parent_class)->shutdown (application);
}

static int
baton_application_handle_local_options (GApplication *application, GVariantDict *options)
{
  g_autoptr (GError) error = NULL;

  if (g_variant_dict_contains (options, "version"))
    {
      g_print ("baton %s\n", PACKAGE_VERSION);
      return 0;
    }
  if (g_variant_dict_contains (options, "sandbox"))
    {
      if (!g_application_register (application, NULL, &error))
        {
          g_printerr ("%s\n", error->message);
          return 1;
        }
      g_action_group_activate_action (G_ACTION_GROUP (application), "try-sandbox", NULL);
    }
  return -1;
}

static void
baton_application_dispose (GObject *object)
{
  BatonApplication *self = BATON_APPLICATION (object);

  g_clear_object (&self->session);
  g_clear_object (&self->watch);
  g_clear_object (&self->feed);
  g_clear_object (&self->expiries);
  g_clear_object (&self->store);
  g_clear_object (&self->accounts);
  g_clear_object (&self->settings);
  G_OBJECT_CLASS (baton_application_parent_class)->dispose (object);
}

static void
baton_application_class_init (BatonApplicationClass *klass)
{
  GApplicationClass *application_class = G_APPLICATION_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = baton_application_dispose;
  application_class->startup = baton_application_startup;
  application_class->activate = baton_application_activate;
  application_class->shutdown = baton_application_shutdown;
  application_class->handle_local_options = baton_application_handle_local_options;
}

static void
baton_application_init (BatonApplication *self)
{
  static const GOptionEntry options[] = {
    { "sandbox", 0, 0, G_OPTION_ARG_NONE, NULL, N_ ("Start the sandbox and sign in to it"), NULL },
    { "version", 'v', 0, G_OPTION_ARG_NONE, NULL, N_ ("Print the version and exit"), NULL },
    { NULL, 0, 0, 0, NULL, NULL, NULL },
  };

  g_application_add_main_option_entries (G_APPLICATION (self), options);
}

BatonApplication *
baton_application_new (void)
{
  return g_object_new (BATON_TYPE_APPLICATION, "application-id", APPLICATION_ID, "flags",
                       G_APPLICATION_DEFAULT_FLAGS, "resource-base-path",
                       "/io/github/baton_desktop/Baton", NULL);
}

BatonApplication *
baton_application_get_default (void)
{
  GApplication *application = g_application_get_default ();

  return BATON_IS_APPLICATION (application) ? BATON_APPLICATION (application) : NULL;
}

BatonAccounts *
baton_application_get_accounts (BatonApplication *self)
{
  g_return_val_if_fail (BATON_IS_APPLICATION (self), NULL);
  return self->accounts;
}

BatonSecretStore *
baton_application_get_secret_store (BatonApplication *self)
{
  g_return_val_if_fail (BATON_IS_APPLICATION (self), NULL);
  return self->store;
}

GSettings *
baton_application_get_settings (BatonApplication *self)
{
  g_return_val_if_fail (BATON_IS_APPLICATION (self), NULL);
  return self->settings;
}

BatonExpiries *
baton_application_get_expiries (BatonApplication *self)
{
  g_return_val_if_fail (BATON_IS_APPLICATION (self), NULL);
  return self->expiries;
}
