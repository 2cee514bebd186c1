/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gstdio.h>
#include <libsoup/soup.h>

#include "baton-browser-panel.h"
#include "baton-date-row.h"
#include "baton-error.h"
#include "baton-failure-box.h"
#include "baton-key-dialog.h"
#include "baton-key-group.h"
#include "baton-sign-in-form.h"
#include "baton-sign-in-page.h"
#include "baton-token-group.h"
#include "sign-in-form.h"

/* What the sandbox knows from the start: its ready line says so. */
#define APPLICATION "5a9d1c70-0001-4b7e-9c55-6f0c3a528f1d"
#define APPLICATION_SECRET "sandbox-application-secret-0123456789abcdef"
#define CONFIDENTIAL "5a9d1c70-0002-4b7e-9c55-6f0c3a528f1d"
#define CONFIDENTIAL_SECRET "sandbox-web-secret-0123456789abcdef"
#define PUBLIC "5a9d1c70-0003-4b7e-9c55-6f0c3a528f1d"
#define ACCESS_TOKEN "rt_sandbox-personal-access-token-0123456789"

/* Where the program that stands for the system's browser writes what it was to open. */
static char *opened_path;

static void
set_up (SignInForm *form, gconstpointer data)
{
  sign_in_form_set_up (form, data);
  g_remove (opened_path);
}

/* Whether it says what came to nothing; the words are the error texts' own. */
static gboolean
fails (SignInForm *form)
{
  return gtk_widget_get_mapped (ui_find (form->page, BATON_TYPE_FAILURE_BOX, NULL));
}

static void
type_address (SignInForm *form)
{
  ui_type (form->page, "Orchestrator address",
        baton_deployment_get_base_url (baton_account_get_deployment (form->sandbox.account)));
}

static void
looked_up_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  BatonSecret **secret = user_data;
  g_autoptr (GError) error = NULL;

  *secret = baton_secret_store_lookup_finish (BATON_SECRET_STORE (source), result, &error);
  g_assert_no_error (error);
}

/* Returns: (transfer full): what is kept for the account that was signed in to. */
static BatonSecret *
look_up (SignInForm *form)
{
  BatonAccount *account = baton_connection_get_account (form->connection);
  BatonSecret *secret = NULL;

  baton_secret_store_lookup_async (form->sandbox.store, baton_account_get_id (account), NULL,
                                   looked_up_cb, &secret);
  ui_wait (secret != NULL);

  return secret;
}

/* What fits the edition, until somebody types or chooses. */
static void
test_proposals (SignInForm *form, gconstpointer data)
{
  ui_type (form->page, "Orchestrator address", "https://cloud.uipath.com/acme/Production");
  g_assert_true (ui_is_chosen (form->page, "Browser"));
  ui_type (form->page, "Orchestrator address", "https://govcloud.uipath.us/acme/Production");
  g_assert_true (ui_is_chosen (form->page, "Browser"));
  ui_type (form->page, "Orchestrator address", "https://orchestrator.example.com");
  g_assert_true (ui_is_chosen (form->page, "User name and password"));
  ui_type (form->page, "Orchestrator address", "https://suite.example.com/acme/Production");
  g_assert_true (ui_is_chosen (form->page, "Browser"));
  type_address (form);
  g_assert_true (ui_is_chosen (form->page, "User key"));

  ui_type (form->page, "User key", "something");
  ui_type (form->page, "Orchestrator address", "https://cloud.uipath.com/acme/Production");
  g_assert_true (ui_is_chosen (form->page, "User key"));
  /* An emptied field is the program's again. */
  ui_type (form->page, "User key", "");
  ui_type (form->page, "Orchestrator address", "https://cloud.uipath.com/acme/Staging");
  g_assert_true (ui_is_chosen (form->page, "Browser"));

  ui_choose (form->page, "Personal access token");
  ui_type (form->page, "Orchestrator address", "https://orchestrator.example.com");
  g_assert_true (ui_is_chosen (form->page, "Personal access token"));
}

/* Each way shows what it asks for, and nothing else. */
static void
test_fields (SignInForm *form, gconstpointer data)
{
  static const struct
  {
    const char *way;
    const char *shown[6];
  } ways[] = {
    { "Browser", { "Client ID", "Tenant", "Redirect URL", "Scopes" } },
    { "Client credentials", { "Client ID", "Client secret", "Tenant", "Scopes" } },
    { "Personal access token", { "Personal access token", "Tenant" } },
    { "User key", { "User key", "Client ID", "Tenant" } },
    { "User name and password", { "Tenant", "User name", "Password" } },
  };
  static const char *const all[] = { "Client ID", "Personal access token", "User key", "User name",
                                     "Password",  "Redirect URL",          "Scopes",   "Tenant" };

  for (guint i = 0; i < G_N_ELEMENTS (ways); i++)
    {
      ui_choose (form->page, ways[i].way);
      for (guint j = 0; j < G_N_ELEMENTS (all); j++)
        {
          gboolean wanted = FALSE;

          for (guint k = 0; ways[i].shown[k] != NULL; k++)
            wanted = wanted || g_str_equal (ways[i].shown[k], all[j]);
          ui_wait (gtk_widget_get_mapped (GTK_WIDGET (ui_get_entry (form->page, all[j]))) == wanted);
        }
    }
}

static void
test_client_credentials (SignInForm *form, gconstpointer data)
{
  g_autoptr (BatonSecret) secret = NULL;
  const char *scopes;

  type_address (form);
  ui_choose (form->page, "Client credentials");
  ui_type (form->page, "Client ID", APPLICATION);
  ui_click (form->page, "Sign in");
  ui_wait (ui_shows (form->page, "Something is missing"));
  ui_type (form->page, "Client secret", "not-the-secret");
  ui_click (form->page, "Sign in");
  ui_wait (fails (form));

  ui_type (form->page, "Client secret", APPLICATION_SECRET);
  ui_type (form->page, "Scopes", "OR.Folders.Read  OR.Jobs.Read\noffline_access");
  ui_click (form->page, "Sign in");
  ui_wait (form->connection != NULL);
  /* The server refuses "offline_access" here. */
  scopes = baton_account_get_scopes (baton_connection_get_account (form->connection));
  g_assert_cmpstr (scopes, ==, "OR.Folders.Read OR.Jobs.Read");
  secret = look_up (form);
  g_assert_cmpint (baton_secret_get_kind (secret), ==, BATON_SECRET_CLIENT_SECRET);
}

static void
test_personal_access_token (SignInForm *form, gconstpointer data)
{
  g_autoptr (BatonSecret) secret = NULL;
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  g_autoptr (GDateTime) soon = g_date_time_add_days (now, 20);
  g_autofree char *day = g_date_time_format (soon, "%Y-%m-%d");
  const char *expiry = "Valid until, as 2026-12-31 (if you know)";
  gint64 ends;

  type_address (form);
  ui_choose (form->page, "Personal access token");
  ui_type (form->page, "Personal access token", ACCESS_TOKEN);
  ui_type (form->page, expiry, "tomorrow");
  ui_click (form->page, "Sign in");
  ui_wait (ui_shows (form->page, "Enter the day as 2026-12-31, or leave it empty."));
  ui_type (form->page, expiry, "2020-01-31");
  ui_click (form->page, "Sign in");
  ui_wait (
      ui_shows (form->page, "That day is over, so the personal access token has expired. Make a new one."));

  ui_type (form->page, expiry, day);
  ui_click (form->page, "Sign in");
  ui_wait (form->connection != NULL);
  secret = look_up (form);
  g_assert_cmpint (baton_secret_get_kind (secret), ==, BATON_SECRET_PERSONAL_ACCESS_TOKEN);
  /* Until that day is over. */
  ends = baton_secret_get_expires_at (secret) / G_USEC_PER_SEC - g_date_time_to_unix (soon);
  g_assert_cmpint (ends, >, 0);
  g_assert_cmpint (ends, <=, 25 * 60 * 60);
}

static void
test_password (SignInForm *form, gconstpointer data)
{
  g_autoptr (BatonSecret) secret = NULL;

  type_address (form);
  ui_choose (form->page, "User name and password");
  ui_type (form->page, "User name", "admin");
  ui_type (form->page, "Password", "sandbox-password");
  ui_click (form->page, "Sign in");
  ui_wait (form->connection != NULL);
  secret = look_up (form);
  g_assert_cmpint (baton_secret_get_kind (secret), ==, BATON_SECRET_PASSWORD);
}

/* One of the redirect URLs that the sandbox has registered, whose port is free now. */
static const char *
find_redirect (void)
{
  static const struct
  {
    guint16 port;
    const char *url;
  } registered[] = {
    { 8104, "http://localhost:8104/oidc/login" },   { 8055, "http://localhost:8055/oidc/login" },
    { 42042, "http://localhost:42042/oidc/login" }, { 8085, "http://localhost:8085/callback" },
    { 12700, "http://localhost:12700/callback" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (registered); i++)
    {
      g_autoptr (GSocketListener) listener = g_socket_listener_new ();

      if (g_socket_listener_add_inet_port (listener, registered[i].port, NULL, NULL))
        return registered[i].url;
    }

  g_assert_not_reached ();
}

/* The person's browser: a session with cookies, that goes where it is sent. */
typedef struct
{
  SoupSession *session;
  char *origin;
  char *at;   /* (owned) (nullable): the address of the page that is shown */
  char *text; /* (owned) (nullable): the page */
  gboolean done;
} Browser;

static void
browser_open (Browser *browser, const char *origin)
{
  g_autoptr (SoupCookieJar) jar = soup_cookie_jar_new ();

  browser->session = soup_session_new ();
  browser->origin = g_strdup (origin);
  soup_session_add_feature (browser->session, SOUP_SESSION_FEATURE (jar));
}

static void
browser_close (Browser *browser)
{
  g_clear_object (&browser->session);
  g_free (browser->origin);
  g_free (browser->at);
  g_free (browser->text);
}

static void
visited_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Browser *browser = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) page
      = soup_session_send_and_read_finish (SOUP_SESSION (source), result, &error);

  g_assert_no_error (error);
  g_free (browser->text);
  browser->text = g_strndup (g_bytes_get_data (page, NULL), g_bytes_get_size (page));
  browser->done = TRUE;
}

/* @form: (transfer full) (nullable): posted. */
static void
browser_visit (Browser *browser, const char *url, char *form)
{
  g_autoptr (SoupMessage) message = soup_message_new (form != NULL ? "POST" : "GET", url);

  if (form != NULL)
    {
      g_autoptr (GBytes) body = g_bytes_new_take (form, strlen (form));

      soup_message_set_request_body_from_bytes (message, "application/x-www-form-urlencoded", body);
      soup_message_headers_append (soup_message_get_request_headers (message), "Origin",
                                   browser->origin);
    }
  browser->done = FALSE;
  soup_session_send_and_read_async (browser->session, message, G_PRIORITY_DEFAULT, NULL, visited_cb,
                                    browser);
  ui_wait (browser->done);
  g_free (browser->at);
  browser->at = g_uri_to_string (soup_message_get_uri (message));
}

/* Returns: (transfer full): where the page that is shown goes on to. */
static char *
browser_get_return (Browser *browser)
{
  g_autoptr (GHashTable) query = NULL;

  g_assert_nonnull (strchr (browser->at, '?'));
  query = g_uri_parse_params (strchr (browser->at, '?') + 1, -1, "&", G_URI_PARAMS_WWW_FORM, NULL);
  g_assert_nonnull (g_hash_table_lookup (query, "returnUrl"));

  return g_strdup (g_hash_table_lookup (query, "returnUrl"));
}

static void
browser_post (Browser *browser, const char *path, const char *name, const char *value)
{
  g_autofree char *url = g_strconcat (browser->origin, path, NULL);
  g_autofree char *back = browser_get_return (browser);

  browser_visit (
      browser, url,
      soup_form_encode ("returnUrl", back, name, value, "password", "sandbox-password", NULL));
}

/* @action: "allow" or "deny". */
static void
browser_sign_in (Browser *browser, const char *url, const char *action)
{
  browser_visit (browser, url, NULL);
  g_assert_nonnull (strstr (browser->at, "/web/login"));
  browser_post (browser, "/identity_/web/login", "user", "admin");
  g_assert_nonnull (strstr (browser->at, "/web/consent"));
  browser_post (browser, "/identity_/web/consent", "action", action);
}

static BatonBrowserPanel *
get_panel (SignInForm *form)
{
  GtkWidget *panel = ui_find (form->page, BATON_TYPE_BROWSER_PANEL, NULL);

  g_assert_nonnull (panel);
  return BATON_BROWSER_PANEL (panel);
}

/* Whether the system's browser was sent where the sign-in begins. */
static gboolean
was_opened (SignInForm *form)
{
  g_autofree char *opened = NULL;

  return g_file_get_contents (opened_path, &opened, NULL, NULL)
         && g_str_equal (opened, baton_browser_panel_get_url (get_panel (form)));
}

static void
start_browser (SignInForm *form, const char *client_id, const char *redirect)
{
  type_address (form);
  ui_choose (form->page, "Browser");
  ui_type (form->page, "Client ID", client_id);
  ui_type (form->page, "Redirect URL", redirect);
  ui_click (form->page, "Sign in");
  ui_wait (gtk_widget_get_mapped (GTK_WIDGET (get_panel (form))));
  ui_wait (was_opened (form));
}

static void
test_browser (SignInForm *form, gconstpointer data)
{
  g_autoptr (BatonSecret) secret = NULL;
  Browser browser = { NULL };
  BatonToken *token;

  browser_open (&browser, form->sandbox.origin);
  start_browser (form, PUBLIC, find_redirect ());
  browser_sign_in (&browser, baton_browser_panel_get_url (get_panel (form)), "allow");
  g_assert_nonnull (strstr (browser.text, "You can close this page"));
  ui_wait (form->connection != NULL);

  secret = look_up (form);
  g_assert_cmpint (baton_secret_get_kind (secret), ==, BATON_SECRET_REFRESH_TOKEN);
  token = baton_token_keeper_get_token (baton_connection_get_keeper (form->connection));
  g_assert_nonnull (token);
  g_assert_cmpstr (baton_connection_get_user_name (form->connection), ==, "admin");
  browser_close (&browser);
}

static void
test_browser_confidential (SignInForm *form, gconstpointer data)
{
  g_autoptr (BatonSecret) secret = NULL;
  Browser browser = { NULL };

  browser_open (&browser, form->sandbox.origin);
  ui_choose (form->page, "Browser");
  ui_type (form->page, "Client secret (of a confidential application)", CONFIDENTIAL_SECRET);
  start_browser (form, CONFIDENTIAL, find_redirect ());
  browser_sign_in (&browser, baton_browser_panel_get_url (get_panel (form)), "allow");
  ui_wait (form->connection != NULL);
  secret = look_up (form);
  g_assert_cmpstr (baton_secret_get_client_secret (secret), ==, CONFIDENTIAL_SECRET);
  browser_close (&browser);
}

/* Signed in to again, nobody types the application's secret a second time; it is of that application
 * alone. */
static void
test_kept_secret (SignInForm *form, gconstpointer data)
{
  static const char title[] = "Client secret (the kept one, or a new one)";
  g_autoptr (BatonSecret) secret = NULL;
  BatonAccount *account;
  GtkWidget *again;
  Browser browser = { NULL };
  const char *redirect = find_redirect ();

  browser_open (&browser, form->sandbox.origin);
  ui_choose (form->page, "Browser");
  ui_type (form->page, "Client secret (of a confidential application)", CONFIDENTIAL_SECRET);
  start_browser (form, CONFIDENTIAL, redirect);
  browser_sign_in (&browser, baton_browser_panel_get_url (get_panel (form)), "allow");
  ui_wait (form->connection != NULL);
  browser_close (&browser);
  account = baton_connection_get_account (form->connection);

  sign_in_form_close_page (form);
  sign_in_form_open_page (form);
  again = form->page;
  baton_sign_in_page_set_account (BATON_SIGN_IN_PAGE (again), account, FALSE);
  ui_wait (ui_find (again, GTK_TYPE_TEXT, title) != NULL);
  g_assert_cmpstr (gtk_editable_get_text (ui_get_entry (form->page, title)), ==, "");
  ui_type (form->page, "Client ID", PUBLIC);
  g_assert_null (ui_find (again, GTK_TYPE_TEXT, title));
  ui_type (form->page, "Client ID", CONFIDENTIAL);
  g_assert_nonnull (ui_find (again, GTK_TYPE_TEXT, title));

  g_clear_object (&form->connection);
  browser = (Browser){ NULL };
  browser_open (&browser, form->sandbox.origin);
  ui_click (form->page, "Sign in");
  ui_wait (gtk_widget_get_mapped (GTK_WIDGET (get_panel (form))));
  /* What was allowed before is not asked again. */
  browser_visit (&browser, baton_browser_panel_get_url (get_panel (form)), NULL);
  browser_post (&browser, "/identity_/web/login", "user", "admin");
  ui_wait (form->connection != NULL);
  secret = look_up (form);
  g_assert_cmpstr (baton_secret_get_client_secret (secret), ==, CONFIDENTIAL_SECRET);
  browser_close (&browser);
}

static void
paste_address (SignInForm *form, const char *address)
{
  GtkEditable *text = ui_get_entry (form->page, "Address of the page");
  GtkWidget *row = gtk_widget_get_ancestor (GTK_WIDGET (text), ADW_TYPE_ENTRY_ROW);

  gtk_editable_set_text (text, address);
  g_signal_emit_by_name (row, "apply");
}

/* Consent refused, and a redirect URL that nobody registered: the browser stops at the server's
 * page, whose address says why. */
static void
test_browser_refused (SignInForm *form, gconstpointer data)
{
  Browser browser = { NULL };
  const char *redirect = find_redirect ();
  g_autofree char *wrong = g_strconcat (redirect, "/elsewhere", NULL);

  browser_open (&browser, form->sandbox.origin);
  start_browser (form, PUBLIC, redirect);
  browser_sign_in (&browser, baton_browser_panel_get_url (get_panel (form)), "deny");
  ui_wait (ui_says (form->page, "The sign-in was refused in the browser."));
  g_assert_null (form->connection);

  start_browser (form, PUBLIC, wrong);
  browser_visit (&browser, baton_browser_panel_get_url (get_panel (form)), NULL);
  g_assert_nonnull (strstr (browser.at, "errorId="));
  paste_address (form, "https://example.com/nothing");
  ui_wait (ui_shows (form->page, "This address tells nothing of a sign-in. Copy the whole address of the "
                        "page that the browser stopped at."));
  paste_address (form, browser.at);
  ui_wait (gtk_widget_get_mapped (ui_find (form->page, GTK_TYPE_BUTTON, "Sign in")));
  ui_wait (ui_says (form->page, wrong));
  g_assert_null (form->connection);
  browser_close (&browser);
}

/* What was given up leaves the port to the next. */
static void
test_browser_cancelled (SignInForm *form, gconstpointer data)
{
  g_autoptr (GSocketListener) other = g_socket_listener_new ();
  const char *redirect = find_redirect ();
  gboolean taken = FALSE;
  g_autoptr (GUri) uri = g_uri_parse (redirect, G_URI_FLAGS_NONE, NULL);
  guint16 port = (guint16)g_uri_get_port (uri);

  start_browser (form, PUBLIC, redirect);
  g_assert_false (gtk_widget_is_sensitive (GTK_WIDGET (ui_get_entry (form->page, "Client ID"))));
  ui_click (GTK_WIDGET (get_panel (form)), "Cancel");
  ui_wait (gtk_widget_get_mapped (ui_find (form->page, GTK_TYPE_BUTTON, "Sign in")));
  g_assert_true (gtk_widget_is_sensitive (GTK_WIDGET (ui_get_entry (form->page, "Client ID"))));
  ui_wait (taken || (taken = g_socket_listener_add_inet_port (other, port, NULL, NULL)));

  /* And whoever has the port now is named. */
  ui_click (form->page, "Sign in");
  ui_wait (ui_says (form->page, "where the browser is to come back to, cannot be used"));
}

/* A personal access token is called by its name, and the day that it ends on is asked for with it; where
 * nobody said, it is not over. */
static void
test_words (SignInForm *form, gconstpointer data)
{
  GtkWidget *dialog, *group, *groups;

  type_address (form);
  ui_choose (form->page, "Personal access token");
  ui_type (form->page, "Personal access token", ACCESS_TOKEN);
  ui_click (form->page, "Sign in");
  ui_wait (form->connection != NULL);

  dialog = baton_key_dialog_new (NULL, form->connection);
  gtk_window_present (GTK_WINDOW (dialog));
  g_assert_cmpstr (gtk_window_get_title (GTK_WINDOW (dialog)), ==, "New personal access token");
  ui_wait (gtk_widget_get_mapped (ui_find (dialog, GTK_TYPE_TEXT, "Personal access token")));
  ui_wait (gtk_widget_get_mapped (ui_find (dialog, BATON_TYPE_DATE_ROW, NULL)));
  ui_close (dialog);

  groups = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  group = g_object_new (BATON_TYPE_TOKEN_GROUP, NULL);
  gtk_box_append (GTK_BOX (groups), group);
  baton_token_group_set_connection (BATON_TOKEN_GROUP (group), form->connection);
  group = g_object_new (BATON_TYPE_KEY_GROUP, NULL);
  gtk_box_append (GTK_BOX (groups), group);
  baton_key_group_set_connection (BATON_KEY_GROUP (group), form->connection);
  dialog = ui_open (groups, 600, 800);
  g_assert_true (ui_says (groups, "Until when is not known"));
  /* Nothing makes a new one of it. */
  g_assert_true (ui_says (groups, "The personal access token itself: nothing renews it."));
  g_assert_false (gtk_widget_get_visible (ui_find (groups, GTK_TYPE_BUTTON, "Renew now")));
  g_assert_nonnull (ui_find (groups, GTK_TYPE_BUTTON, "Copy the personal access token"));
  g_assert_null (ui_find (groups, GTK_TYPE_BUTTON, "Copy the user key"));
  ui_close (dialog);
}

/* An account that is kept in memory alone, because a person so chose: what failed is not kept there
 * either. */
static void
test_for_this_run (SignInForm *form, gconstpointer data)
{
  g_autoptr (BatonAccount) account = NULL;
  const char *id;

  account = baton_account_new (NULL, baton_account_get_deployment (form->sandbox.account),
                               BATON_METHOD_USER_KEY);
  id = baton_account_get_id (account);
  baton_account_set_client_id (account, baton_account_get_client_id (form->sandbox.account));
  baton_sign_in_page_set_account (BATON_SIGN_IN_PAGE (form->page), account, TRUE);
  ui_type (form->page, "User key", "a-key-that-nobody-knows");
  ui_click (form->page, "Sign in");
  ui_wait (fails (form));
  g_assert_false (baton_secret_store_is_in_memory (form->sandbox.store, id));

  ui_type (form->page, "User key", "sandbox-user-key-for-everyone-0123456789abcdef");
  ui_click (form->page, "Sign in");
  ui_wait (form->connection != NULL);
  g_assert_true (baton_secret_store_is_in_memory (form->sandbox.store, id));
}

/* The lines of a file that a program of the vendor's reads. */
static void
test_paste_variables (SignInForm *form, gconstpointer data)
{
  g_assert_true (baton_sign_in_form_paste (
      BATON_SIGN_IN_FORM (ui_find (form->page, BATON_TYPE_SIGN_IN_FORM, NULL)),
      "export UIPATH_URL=https://cloud.uipath.com/acme/Production\nUIPATH_CLIENT_ID=\"" APPLICATION
      "\"\nUIPATH_CLIENT_SECRET='" APPLICATION_SECRET "'\nUIPATH_SCOPE=\"OR.Jobs OR.Folders\"\n"));
  g_assert_true (ui_is_chosen (form->page, "Client credentials"));
  g_assert_cmpstr (gtk_editable_get_text (ui_get_entry (form->page, "Client ID")), ==, APPLICATION);
  g_assert_cmpstr (gtk_editable_get_text (ui_get_entry (form->page, "Client secret")), ==, APPLICATION_SECRET);
  g_assert_cmpstr (gtk_editable_get_text (ui_get_entry (form->page, "Scopes")), ==, "OR.Jobs OR.Folders");
  g_assert_cmpstr (gtk_editable_get_text (ui_get_entry (form->page, "Tenant")), ==, "Production");
}

/* The system's browser, as far as GIO is concerned. */
static void
install_browser (const char *folder)
{
  g_autofree char *applications = g_build_filename (folder, "applications", NULL);
  g_autofree char *script = g_build_filename (folder, "browser.sh", NULL);
  g_autofree char *desktop = g_build_filename (applications, "baton-test-browser.desktop", NULL);
  g_autofree char *list = g_build_filename (applications, "mimeapps.list", NULL);
  g_autofree char *run = NULL;
  g_autofree char *entry_text = NULL;

  opened_path = g_build_filename (folder, "opened", NULL);
  run = g_strdup_printf ("#!/bin/sh\nprintf %%s \"$1\" > '%s.new'\nmv '%s.new' '%s'\n", opened_path,
                         opened_path, opened_path);
  entry_text = g_strdup_printf ("[Desktop Entry]\nType=Application\nName=Browser\nExec=%s %%u\n"
                                "MimeType=x-scheme-handler/http;x-scheme-handler/https;\n",
                                script);
  g_mkdir_with_parents (applications, 0700);
  g_assert_true (g_file_set_contents (script, run, -1, NULL));
  g_assert_cmpint (g_chmod (script, 0700), ==, 0);
  g_assert_true (g_file_set_contents (desktop, entry_text, -1, NULL));
  g_assert_true (g_file_set_contents (
      list,
      "[Default Applications]\nx-scheme-handler/http=baton-test-browser.desktop\n"
      "x-scheme-handler/https=baton-test-browser.desktop\n",
      -1, NULL));
  g_setenv ("XDG_DATA_HOME", folder, TRUE);
}

#define ADD(name, function)                                                                        \
  g_test_add ("/baton/app/sign-in-ways/" name, SignInForm, NULL, set_up, function, sign_in_form_tear_down)

int
main (int argc, char *argv[])
{
  const char *cache = g_getenv ("XDG_CACHE_HOME");
  g_autofree char *folder = NULL;
  int status;

  g_assert_nonnull (cache);
  folder = g_build_filename (cache, "browser", NULL);
  install_browser (folder);
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  ADD ("proposals", test_proposals);
  ADD ("fields", test_fields);
  ADD ("client-credentials", test_client_credentials);
  ADD ("personal-access-token", test_personal_access_token);
  ADD ("password", test_password);
  ADD ("browser", test_browser);
  ADD ("browser-confidential", test_browser_confidential);
  ADD ("kept-secret", test_kept_secret);
  ADD ("browser-refused", test_browser_refused);
  ADD ("browser-cancelled", test_browser_cancelled);
  ADD ("words", test_words);
  ADD ("for-this-run", test_for_this_run);
  ADD ("paste-variables", test_paste_variables);
  status = g_test_run ();
  g_free (opened_path);

  return status;
}
