/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gstdio.h>

#include "baton-account-row.h"
#include "baton-applications-group.h"
#include "baton-clipboard.h"
#include "baton-expiry-feed.h"
#include "baton-identity-form.h"
#include "baton-keys-page.h"
#include "baton-once-window.h"
#include "baton-rotation-window.h"
#include "baton-share-window.h"
#include "baton-timeline.h"
#include "baton-tokens-group.h"
#include "baton-value-row.h"
#include "baton-window.h"
#include "ui-fixture.h"

#define DAY (24 * 3600LL * G_USEC_PER_SEC)

typedef struct
{
  UiFixture fixture;
  char *folder;
  BatonAccounts *accounts;
  BatonExpiries *expiries;
  BatonExpiryFeed *feed;
  GSettings *settings;
  BatonSession *session;
  GtkWidget *window;
  GtkWidget *page;
} Case;

static GFile *
get_file (Case *self, const char *name)
{
  g_autofree char *path = g_build_filename (self->folder, name, NULL);

  return g_file_new_for_path (path);
}

static void
case_set_up (Case *self)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GFile) accounts = NULL;
  g_autoptr (GFile) expiries = NULL;

  self->folder = g_dir_make_tmp ("baton-keys-XXXXXX", &error);
  g_assert_no_error (error);
  accounts = get_file (self, "accounts.ini");
  expiries = get_file (self, "expiries.ini");
  ui_fixture_set_up (&self->fixture, NULL);
  self->accounts = baton_accounts_new (accounts);
  self->expiries = baton_expiries_new (expiries);
  self->feed = baton_expiry_feed_new (self->expiries, self->accounts, self->fixture.store);
  self->settings = g_settings_new ("io.github.baton_desktop.Baton");
  self->session = baton_session_new (self->accounts, self->fixture.store, self->settings);
}

static void
case_open (Case *self)
{
  self->page = baton_keys_page_new (self->session, self->expiries);
  self->window = ui_open (self->page, 480, 420);
}

static void
remove_file (Case *self, const char *name)
{
  g_autoptr (GFile) file = get_file (self, name);

  g_unlink (g_file_peek_path (file));
}

static void
case_tear_down (Case *self)
{
  g_object_ref (self->page);
  ui_close (self->window);
  ui_assert_goes (self->page);
  baton_accounts_flush (self->accounts);
  ui_assert_goes (self->session);
  ui_assert_goes (self->feed);
  ui_assert_goes (self->accounts);
  ui_assert_goes (self->expiries);
  g_clear_object (&self->settings);
  ui_fixture_tear_down (&self->fixture);
  remove_file (self, "accounts.ini");
  remove_file (self, "expiries.ini");
  g_rmdir (self->folder);
  g_free (self->folder);
}

/* An account of the sandbox that signs in with @value. @value: (nullable): NULL keeps nothing. */
static void
add_account (Case *self,
             const char *id,
             BatonDeployment *deployment,
             BatonMethod method,
             BatonSecretKind kind,
             const char *value,
             gint64 expires_at)
{
  g_autoptr (BatonAccount) account = baton_account_new (id, deployment, method);

  baton_account_set_name (account, id);
  baton_account_set_client_id (account, baton_account_get_client_id (self->fixture.account));
  if (value != NULL)
    {
      g_autoptr (BatonSecret) secret
          = baton_secret_new (kind, value, g_get_real_time (), expires_at);

      baton_secret_store_keep_in_memory (self->fixture.store, id, secret);
    }
  baton_accounts_add (self->accounts, account);
}

static const char *
get_subtitle (Case *self, const char *name)
{
  GtkWidget *row = ui_find (self->page, BATON_TYPE_ACCOUNT_ROW, name);

  g_assert_nonnull (row);
  return adw_expander_row_get_subtitle (ADW_EXPANDER_ROW (row));
}

static gboolean
is_said (Case *self, const char *name, const char *words)
{
  return strstr (get_subtitle (self, name), words) != NULL;
}

static void
test_states (void)
{
  Case self = { { NULL } };
  g_autoptr (BatonDeployment) nobody
      = baton_deployment_parse ("http://127.0.0.1:1/acme/Prod/orchestrator_", NULL);
  BatonDeployment *here;
  gint64 now = g_get_real_time ();

  case_set_up (&self);
  here = baton_account_get_deployment (self.fixture.account);
  add_account (&self, "signed-out", here, BATON_METHOD_USER_KEY, BATON_SECRET_USER_KEY, NULL, 0);
  add_account (&self, "wrong", here, BATON_METHOD_USER_KEY, BATON_SECRET_USER_KEY, "a-wrong-key",
               0);
  add_account (&self, "unknown-token", here, BATON_METHOD_PERSONAL_ACCESS_TOKEN,
               BATON_SECRET_PERSONAL_ACCESS_TOKEN, "rt_of-nobody-at-all", now + 9 * DAY);
  add_account (&self, "too-old", here, BATON_METHOD_PERSONAL_ACCESS_TOKEN,
               BATON_SECRET_PERSONAL_ACCESS_TOKEN, "rt_of-last-year", now - DAY);
  add_account (&self, "far-away", nobody, BATON_METHOD_USER_KEY, BATON_SECRET_USER_KEY, "a-key", 0);
  add_account (&self, "good", here, BATON_METHOD_PERSONAL_ACCESS_TOKEN,
               BATON_SECRET_PERSONAL_ACCESS_TOKEN, "rt_sandbox-personal-access-token-0123456789",
               0);
  baton_session_adopt (self.session, self.fixture.connection);
  case_open (&self);

  ui_wait (is_said (&self, "signed-out", "Signed out"));
  ui_wait (is_said (&self, "too-old", "Expired"));
  ui_wait (is_said (&self, "wrong", "not tried in this run"));
  g_assert_true (is_said (&self, baton_account_get_name (self.fixture.account), "Valid until"));

  ui_click (self.page, "Check all");
  ui_wait (is_said (&self, "wrong", "Revoked"));
  ui_wait (is_said (&self, "unknown-token", "Revoked"));
  ui_wait (is_said (&self, "far-away", "Offline"));
  ui_wait (is_said (&self, "good", "Valid"));
  g_assert_true (is_said (&self, "too-old", "Expired"));
  ui_wait (is_said (&self, baton_account_get_name (self.fixture.account), "Valid until"));
  case_tear_down (&self);
}

/* What the accounts sign in with, the token of the open one, and what a server told before. */
static void
test_timeline (void)
{
  Case self = { { NULL } };
  GtkWidget *timeline, *old, *soon, *token;
  graphene_rect_t above, below;
  gint64 now = g_get_real_time ();

  case_set_up (&self);
  add_account (&self, "soon", baton_account_get_deployment (self.fixture.account),
               BATON_METHOD_PERSONAL_ACCESS_TOKEN, BATON_SECRET_PERSONAL_ACCESS_TOKEN,
               "rt_of-a-test", now + 3 * DAY + DAY / 2);
  add_account (&self, "old", baton_account_get_deployment (self.fixture.account),
               BATON_METHOD_PERSONAL_ACCESS_TOKEN, BATON_SECRET_PERSONAL_ACCESS_TOKEN,
               "rt_of-another-test", now - DAY);
  baton_session_adopt (self.session, self.fixture.connection);
  baton_expiry_feed_set_connection (self.feed, self.fixture.connection);
  case_open (&self);
  timeline = ui_find (self.page, BATON_TYPE_TIMELINE, NULL);
  ui_wait (ui_find (timeline, ADW_TYPE_ACTION_ROW, "Sign-in of “soon”") != NULL);
  ui_wait (ui_find (timeline, ADW_TYPE_ACTION_ROW, "Sign-in of “old”") != NULL);
  soon = ui_find (timeline, ADW_TYPE_ACTION_ROW, "Sign-in of “soon”");
  old = ui_find (timeline, ADW_TYPE_ACTION_ROW, "Sign-in of “old”");
  g_assert_nonnull (ui_find (soon, GTK_TYPE_LABEL, "in 3 d 11 h"));
  g_assert_nonnull (ui_find (old, GTK_TYPE_LABEL, "Expired"));
  token = ui_find (timeline, ADW_TYPE_ACTION_ROW, NULL);
  g_assert_nonnull (token);
  ui_wait (gtk_widget_compute_bounds (old, timeline, &above)
           && gtk_widget_compute_bounds (soon, timeline, &below)
           && above.origin.y < below.origin.y);
  baton_accounts_remove (self.accounts, baton_accounts_find (self.accounts, "old"));
  ui_wait (ui_find (timeline, ADW_TYPE_ACTION_ROW, "Sign-in of “old”") == NULL);
  case_tear_down (&self);
}

static void
read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  char **text = user_data;

  *text = gdk_clipboard_read_text_finish (GDK_CLIPBOARD (source), result, NULL);
  if (*text == NULL)
    *text = g_strdup ("");
}

/* Returns: (transfer full): what lies on the clipboard. */
static char *
read_clipboard (GtkWidget *widget)
{
  char *text = NULL;

  gdk_clipboard_read_text_async (gtk_widget_get_clipboard (widget), NULL, read_cb, &text);
  ui_wait (text != NULL);
  return text;
}

static void
looked_up_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  BatonSecret **secret = user_data;

  *secret = baton_secret_store_lookup_finish (BATON_SECRET_STORE (source), result, NULL);
}

static void
hint_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GBytes **hint = user_data;
  g_autoptr (GInputStream) stream
      = gdk_clipboard_read_finish (GDK_CLIPBOARD (source), result, NULL, NULL);

  *hint = stream != NULL ? g_input_stream_read_bytes (stream, 100, NULL, NULL)
                         : g_bytes_new_static ("", 0);
}

/* Secrets only where asked for, and then as clipboard managers know a password. */
static void
test_share (void)
{
  static const char *hints[] = { "x-kde-passwordManagerHint", NULL };
  Case self = { { NULL } };
  GtkWidget *window;
  g_autofree char *without = NULL;
  g_autofree char *with = NULL;
  g_autoptr (GBytes) hint = NULL;

  case_set_up (&self);
  add_account (&self, "mine", baton_account_get_deployment (self.fixture.account),
               BATON_METHOD_PERSONAL_ACCESS_TOKEN, BATON_SECRET_PERSONAL_ACCESS_TOKEN,
               "rt_of-this-test", 0);
  case_open (&self);
  window = baton_share_window_new (GTK_WINDOW (self.window),
                                   baton_accounts_find (self.accounts, "mine"), self.fixture.store,
                                   NULL);
  g_object_ref (window);
  gtk_window_present (GTK_WINDOW (window));
  ui_wait (gtk_widget_get_mapped (window));
  adw_combo_row_set_selected (ADW_COMBO_ROW (ui_find (window, ADW_TYPE_COMBO_ROW, "Format")), 1);
  ui_click (window, "Copy");
  without = read_clipboard (window);
  g_assert_nonnull (strstr (without, "UIPATH_ACCESS_TOKEN=\n"));
  g_assert_null (strstr (without, "rt_of-this-test"));

  gtk_switch_set_active (GTK_SWITCH (ui_find (window, GTK_TYPE_SWITCH, NULL)), TRUE);
  ui_click (window, "Copy");
  ui_wait (gtk_widget_get_sensitive (ui_find (window, GTK_TYPE_BUTTON, "Copy")));
  with = read_clipboard (window);
  g_assert_nonnull (strstr (with, "UIPATH_ACCESS_TOKEN=\"rt_of-this-test\"\n"));
  /* What is shown never has it. */
  g_assert_nonnull (ui_find (window, GTK_TYPE_LABEL, without));
  gdk_clipboard_read_async (gtk_widget_get_clipboard (window), hints, G_PRIORITY_DEFAULT, NULL,
                            hint_cb, &hint);
  ui_wait (hint != NULL);
  g_assert_cmpmem (g_bytes_get_data (hint, NULL), g_bytes_get_size (hint), "secret", 6);
  baton_clipboard_forget_secret ();
  gtk_window_destroy (GTK_WINDOW (window));
  ui_assert_goes (window);
  case_tear_down (&self);
}

/* The open window of @type that has a button of @name, which may be pressed. */
static GtkWidget *
find_window (GType type, const char *name)
{
  GListModel *windows = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkWidget) window = g_list_model_get_item (windows, i);
      GtkWidget *button = g_type_is_a (G_OBJECT_TYPE (window), type)
                              ? ui_find (window, GTK_TYPE_BUTTON, name)
                              : NULL;

      if (button != NULL && gtk_widget_get_mapped (button) && gtk_widget_is_sensitive (button))
        return window;
    }
  return NULL;
}

static GtkWidget *
wait_window (GType type, const char *name)
{
  ui_wait (find_window (type, name) != NULL);
  return find_window (type, name);
}

static void
answer (const char *verb)
{
  GtkWidget *dialog = wait_window (ADW_TYPE_MESSAGE_DIALOG, verb);

  adw_message_dialog_response (ADW_MESSAGE_DIALOG (dialog), "do");
  gtk_window_destroy (GTK_WINDOW (dialog));
}

static void
fill (GtkWidget *window, const char *entry, const char *text)
{
  GtkWidget *row = ui_find (window, ADW_TYPE_ENTRY_ROW, entry);

  g_assert_nonnull (row);
  gtk_editable_set_text (GTK_EDITABLE (row), text);
}

/* Returns: (transfer full): what the server showed once. */
static char *
take_once (void)
{
  GtkWidget *window = wait_window (BATON_TYPE_ONCE_WINDOW, "Copy");
  char *value;

  g_object_ref (window);
  ui_click (window, "Copy");
  value = read_clipboard (window);
  baton_clipboard_forget_secret ();
  g_assert_nonnull (ui_find (window, GTK_TYPE_LABEL, value));
  gtk_window_destroy (GTK_WINDOW (window));
  ui_assert_goes (window);
  return value;
}

/* Made, shown once, in the list and in what will expire, and revoked with another in one go. */
static void
test_tokens (void)
{
  Case self = { { NULL } };
  GtkWidget *group, *form;

  case_set_up (&self);
  baton_session_adopt (self.session, self.fixture.connection);
  case_open (&self);
  group = ui_find (self.page, BATON_TYPE_TOKENS_GROUP, NULL);
  ui_wait (ui_find (group, ADW_TYPE_ACTION_ROW, "Well-known token") != NULL);
  for (guint i = 0; i < 2; i++)
    {
      g_autofree char *name = g_strdup_printf ("token %u", i);
      g_autofree char *value = NULL;

      ui_click (group, "New token…");
      ui_wait (ui_find (group, GTK_TYPE_BUTTON, "New token…") != NULL);
      ui_wait ((form = find_window (BATON_TYPE_IDENTITY_FORM, "Cancel")) != NULL);
      fill (form, "Name", name);
      ui_click (form, "Create");
      value = take_once ();
      g_assert_true (g_str_has_prefix (value, "rt_"));
      ui_wait (ui_find (group, ADW_TYPE_ACTION_ROW, name) != NULL);
    }
  ui_wait (ui_find (self.page, ADW_TYPE_ACTION_ROW, "Personal access token “token 1”") != NULL);

  for (guint i = 0; i < 2; i++)
    {
      g_autofree char *label = g_strdup_printf ("Select “token %u”", i);

      gtk_check_button_set_active (GTK_CHECK_BUTTON (ui_find (group, GTK_TYPE_CHECK_BUTTON, label)),
                                   TRUE);
    }
  ui_click (group, "Revoke…");
  answer ("Revoke");
  ui_wait (ui_find (group, ADW_TYPE_ACTION_ROW, "token 0") == NULL
           && ui_find (group, ADW_TYPE_ACTION_ROW, "token 1") == NULL);
  g_assert_nonnull (ui_find (group, ADW_TYPE_ACTION_ROW, "Well-known token"));
  ui_wait (ui_find (self.page, ADW_TYPE_ACTION_ROW, "Personal access token “token 1”") == NULL);
  case_tear_down (&self);
}

/* The row of the application, open. */
static GtkWidget *
find_application (GtkWidget *group, const char *name)
{
  GtkWidget *row = ui_find (group, ADW_TYPE_EXPANDER_ROW, name);

  if (row != NULL)
    adw_expander_row_set_expanded (ADW_EXPANDER_ROW (row), TRUE);
  return row;
}

/* An application is made; an account signs in with its secret, which is rotated; then it is
 * deleted. */
static void
test_applications (void)
{
  Case self = { { NULL } };
  GtkWidget *group, *form, *window;
  BatonAccount *account;
  g_autofree char *value = NULL;
  g_autofree char *id = NULL;
  g_autoptr (BatonSecret) kept = NULL;

  case_set_up (&self);
  baton_session_adopt (self.session, self.fixture.connection);
  case_open (&self);
  group = ui_find (self.page, BATON_TYPE_APPLICATIONS_GROUP, NULL);
  ui_wait (ui_find (group, ADW_TYPE_EXPANDER_ROW, "Nightly Batch") != NULL);
  ui_click (group, "New application…");
  form = wait_window (BATON_TYPE_IDENTITY_FORM, "Cancel");
  fill (form, "Name", "Of a test");
  ui_click (form, "Create");
  value = take_once ();
  ui_wait (find_application (group, "Of a test") != NULL);
  id = g_strdup (baton_value_row_get_value (BATON_VALUE_ROW (ui_find (
      find_application (group, "Of a test"), BATON_TYPE_VALUE_ROW, "App ID (client ID)"))));
  g_assert_null (ui_find (find_application (group, "Of a test"), GTK_TYPE_BUTTON, "Rotate…"));

  add_account (&self, "batch", baton_account_get_deployment (self.fixture.account),
               BATON_METHOD_CLIENT_CREDENTIALS, BATON_SECRET_CLIENT_SECRET, value, 0);
  account = baton_accounts_find (self.accounts, "batch");
  baton_account_set_client_id (account, id);
  baton_account_set_scopes (account, "OR.Folders.Read");
  baton_server_group_reload (BATON_SERVER_GROUP (group));
  ui_wait (find_application (group, "Of a test") != NULL
           && ui_find (find_application (group, "Of a test"), GTK_TYPE_BUTTON, "Rotate…") != NULL);
  ui_click (find_application (group, "Of a test"), "Rotate…");
  window = wait_window (BATON_TYPE_ROTATION_WINDOW, "Rotate");
  ui_click (window, "Rotate");
  ui_wait (ui_find (window, GTK_TYPE_LABEL,
                    "Baton signs in with the new one, and the old one is deleted.")
           != NULL);
  gtk_window_destroy (GTK_WINDOW (window));
  baton_secret_store_lookup_async (self.fixture.store, "batch", NULL, looked_up_cb, &kept);
  ui_wait (kept != NULL);
  g_assert_cmpstr (baton_secret_get_value (kept), !=, value);

  ui_wait (find_application (group, "Of a test") != NULL);
  ui_click (find_application (group, "Of a test"), "Edit…");
  form = wait_window (BATON_TYPE_IDENTITY_FORM, "Cancel");
  fill (form, "Name", "Changed by a test");
  ui_click (form, "Save");
  ui_wait (find_application (group, "Changed by a test") != NULL);
  window = ui_find (find_application (group, "Changed by a test"), GTK_TYPE_BUTTON, "Edit…");
  ui_click (gtk_widget_get_parent (window), "Delete…");
  answer ("Delete");
  ui_wait (ui_find (group, ADW_TYPE_EXPANDER_ROW, "Nightly Batch") != NULL
           && find_application (group, "Changed by a test") == NULL);
  case_tear_down (&self);
}

/* Somebody who may not is told so, and where it can be done. */
static void
test_not_offered (void)
{
  Case self = { { NULL } };
  GtkWidget *tokens;
  BatonAccount *account;
  g_autoptr (BatonConnection) connection = NULL;
  g_autoptr (GError) error = NULL;

  case_set_up (&self);
  add_account (&self, "nightly", baton_account_get_deployment (self.fixture.account),
               BATON_METHOD_CLIENT_CREDENTIALS, BATON_SECRET_CLIENT_SECRET,
               "sandbox-application-secret-0123456789abcdef", 0);
  account = baton_accounts_find (self.accounts, "nightly");
  baton_account_set_client_id (account, "5a9d1c70-0001-4b7e-9c55-6f0c3a528f1d");
  baton_account_set_scopes (account, "OR.Folders.Read");
  connection = baton_connection_new (account, self.fixture.store, NULL);
  baton_session_adopt (self.session, connection);
  case_open (&self);
  tokens = ui_find (self.page, BATON_TYPE_TOKENS_GROUP, NULL);
  ui_wait (ui_find (tokens, ADW_TYPE_ACTION_ROW, "This account cannot do it from here") != NULL);
  g_assert_true (gtk_widget_get_visible (ui_find (tokens, GTK_TYPE_BUTTON, "Open in the browser")));
  g_clear_object (&connection);
  case_tear_down (&self);
}

/* Two outcomes; and where the server offers no call for it, the page where a person does it. */
static void
test_revoke_elsewhere (void)
{
  Case self = { { NULL } };
  GtkWidget *dialog;

  case_set_up (&self);
  add_account (&self, "mine", baton_account_get_deployment (self.fixture.account),
               BATON_METHOD_PERSONAL_ACCESS_TOKEN, BATON_SECRET_PERSONAL_ACCESS_TOKEN,
               "rt_of-this-test", 0);
  case_open (&self);
  ui_wait (is_said (&self, "mine", "not tried in this run"));
  gtk_widget_activate_action (self.page, "keys.revoke", "s", "mine");
  dialog = wait_window (ADW_TYPE_MESSAGE_DIALOG, "Cancel");
  adw_message_dialog_response (ADW_MESSAGE_DIALOG (dialog), "revoke");
  gtk_window_destroy (GTK_WINDOW (dialog));
  dialog = wait_window (ADW_TYPE_MESSAGE_DIALOG, "Open in the browser");
  g_assert_nonnull (ui_find (dialog, ADW_TYPE_ACTION_ROW, "On the server"));
  g_assert_nonnull (ui_find (dialog, ADW_TYPE_ACTION_ROW, "In the keyring"));
  gtk_window_destroy (GTK_WINDOW (dialog));
  ui_wait (is_said (&self, "mine", "Signed out"));
  case_tear_down (&self);
}

/* Also for somebody who is not signed in, by the action of the menu, and back by the key. */
static void
test_window (void)
{
  Case self = { { NULL } };
  GtkWidget *window;

  case_set_up (&self);
  g_settings_reset (self.settings, "last-account");
  window = GTK_WIDGET (baton_window_new (NULL, self.session, self.settings));
  gtk_window_present (GTK_WINDOW (window));
  baton_window_start (BATON_WINDOW (window));
  ui_wait (gtk_widget_get_mapped (window));
  g_action_group_activate_action (G_ACTION_GROUP (window), "show-keys", NULL);
  ui_wait (ui_find (window, BATON_TYPE_KEYS_PAGE, NULL) != NULL
           && gtk_widget_get_mapped (ui_find (window, BATON_TYPE_KEYS_PAGE, NULL)));
  g_assert_true (gtk_widget_get_mapped (ui_find (window, ADW_TYPE_ACTION_ROW, "No account yet")));
  g_action_group_activate_action (G_ACTION_GROUP (window), "back", NULL);
  ui_wait (gtk_widget_get_mapped (ui_find (window, GTK_TYPE_BUTTON, "Try the sandbox")));

  /* From the sign-in page it goes back there. */
  g_action_group_activate_action (G_ACTION_GROUP (window), "sign-in", NULL);
  ui_wait (ui_find (window, GTK_TYPE_TEXT, "Orchestrator address") != NULL);
  g_action_group_activate_action (G_ACTION_GROUP (window), "show-keys", NULL);
  g_action_group_activate_action (G_ACTION_GROUP (window), "back", NULL);
  ui_wait (gtk_widget_get_mapped (ui_find (window, GTK_TYPE_TEXT, "Orchestrator address")));
  gtk_window_destroy (GTK_WINDOW (window));
  case_open (&self);
  case_tear_down (&self);
}

int
main (int argc, char *argv[])
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  g_test_add_func ("/baton/app/keys-page/states", test_states);
  g_test_add_func ("/baton/app/keys-page/timeline", test_timeline);
  g_test_add_func ("/baton/app/keys-page/share", test_share);
  g_test_add_func ("/baton/app/keys-page/tokens", test_tokens);
  g_test_add_func ("/baton/app/keys-page/applications", test_applications);
  g_test_add_func ("/baton/app/keys-page/not-offered", test_not_offered);
  g_test_add_func ("/baton/app/keys-page/revoke-elsewhere", test_revoke_elsewhere);
  g_test_add_func ("/baton/app/keys-page/window", test_window);
  return g_test_run ();
}
