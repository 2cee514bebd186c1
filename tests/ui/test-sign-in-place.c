/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "baton-failure-box.h"
#include "baton-sign-in-page.h"
#include "ui-fixture.h"

/* What the sandbox knows from the start: its ready line says so. */
#define KEY "sandbox-user-key-for-everyone-0123456789abcdef"

/* Nobody listens there. */
#define NOWHERE "http://127.0.0.1:1/acme/DefaultTenant"

typedef struct
{
  UiFixture sandbox;
  GtkWidget *page;
  GtkWidget *window;
  BatonConnection *connection; /* (owned) (nullable): what came of it */
} Form;

static void
signed_in_cb (Form *form, BatonConnection *connection, GError *keyring_error)
{
  g_assert_no_error (keyring_error);
  g_set_object (&form->connection, connection);
}

static void
open_page (Form *form)
{
  form->page = baton_sign_in_page_new (form->sandbox.store, NULL);
  g_signal_connect_swapped (form->page, "signed-in", G_CALLBACK (signed_in_cb), form);
  form->window = ui_open (form->page, 600, 800);
}

static void
close_page (Form *form)
{
  g_object_ref (form->page);
  ui_close (form->window);
  ui_assert_goes (form->page);
}

static void
set_up (Form *form, gconstpointer data)
{
  ui_fixture_set_up (&form->sandbox, NULL);
  open_page (form);
}

static void
tear_down (Form *form, gconstpointer data)
{
  close_page (form);
  if (form->connection != NULL)
    ui_assert_goes (form->connection);
  ui_fixture_tear_down (&form->sandbox);
}

static GtkEditable *
entry (Form *form, const char *name)
{
  GtkWidget *text = ui_find (form->page, GTK_TYPE_TEXT, name);

  g_assert_nonnull (text);
  return GTK_EDITABLE (text);
}

static void
type (Form *form, const char *name, const char *text)
{
  gtk_editable_set_text (entry (form, name), text);
}

static void
assert_text (Form *form, const char *name, const char *text)
{
  g_assert_cmpstr (gtk_editable_get_text (entry (form, name)), ==, text);
}

static gboolean
is_chosen (Form *form, const char *way)
{
  GtkWidget *toggle = ui_find (form->page, GTK_TYPE_TOGGLE_BUTTON, way);

  g_assert_nonnull (toggle);
  return gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (toggle));
}

static AdwComboRow *
get_edition (Form *form)
{
  GtkWidget *row = ui_find (form->page, ADW_TYPE_COMBO_ROW, "Edition");

  g_assert_nonnull (row);
  return ADW_COMBO_ROW (row);
}

/* As a person chooses it by its name. */
static void
pin (Form *form, const char *name)
{
  GListModel *names = adw_combo_row_get_model (get_edition (form));

  for (guint i = 0; i < g_list_model_get_n_items (names); i++)
    {
      g_autoptr (GtkStringObject) item = g_list_model_get_item (names, i);

      if (g_str_equal (gtk_string_object_get_string (item), name))
        {
          adw_combo_row_set_selected (get_edition (form), i);
          return;
        }
    }
  g_assert_not_reached ();
}

/* Every address that will be called is shown. */
static void
test_shown (Form *form, gconstpointer data)
{
  type (form, "Orchestrator address", "https://cloud.uipath.com/acme/Production");
  assert_text (form, "Orchestrator of the tenant",
               "https://cloud.uipath.com/acme/Production/orchestrator_");
  assert_text (form, "Identity server", "https://cloud.uipath.com/identity_");
  assert_text (form, "Portal", "https://cloud.uipath.com/acme/portal_");
  type (form, "Orchestrator address", "https://rpa.example.com");
  assert_text (form, "Orchestrator of the tenant", "https://rpa.example.com");
  assert_text (form, "Identity server", "https://rpa.example.com/identity");

  /* What a person wrote stays, until it is emptied. */
  type (form, "Identity server", "https://id.example.com");
  type (form, "Orchestrator address", "https://cloud.uipath.com/acme/Production");
  assert_text (form, "Identity server", "https://id.example.com");
  type (form, "Identity server", "");
  assert_text (form, "Identity server", "");
  type (form, "Orchestrator address", "https://cloud.uipath.com/acme/Staging");
  assert_text (form, "Identity server", "https://cloud.uipath.com/identity_");
}

/* An address of two parts is most often Automation Suite, and may be a standalone behind a proxy: a
 * person knows (fact sheet 1.4). */
static void
test_pinned (Form *form, gconstpointer data)
{
  type (form, "Orchestrator address", "https://rpa.example.com/acme/Production");
  g_assert_true (is_chosen (form, "Browser"));
  pin (form, "Standalone Orchestrator");
  g_assert_true (is_chosen (form, "User name and password"));
  assert_text (form, "Orchestrator of the tenant", "https://rpa.example.com");
  assert_text (form, "Tenant", "Production");
  pin (form, "Automation Cloud Public Sector");
  g_assert_true (is_chosen (form, "Browser"));
  assert_text (form, "Orchestrator of the tenant",
               "https://rpa.example.com/acme/Production/orchestrator_");
  pin (form, "As the address says");
  assert_text (form, "Identity server", "https://rpa.example.com/identity_");
}

/* A gateway in front of it: what is called is what a person gave, for the token and for all else; and
 * it is kept. */
static void
test_given (Form *form, gconstpointer data)
{
  g_autoptr (BatonAccount) account = NULL;
  g_autofree char *pattern = g_strconcat (form->sandbox.origin, "/{organization}/{tenant}", NULL);
  g_autofree char *base = g_strconcat (form->sandbox.origin, "/acme/DefaultTenant", NULL);

  type (form, "Orchestrator address", NOWHERE);
  type (form, "Orchestrator of the tenant", pattern);
  type (form, "Identity server", form->sandbox.origin);
  gtk_toggle_button_set_active (
      GTK_TOGGLE_BUTTON (ui_find (form->page, GTK_TYPE_TOGGLE_BUTTON, "User key")), TRUE);
  type (form, "User key", KEY);
  type (form, "Client ID", baton_account_get_client_id (form->sandbox.account));
  ui_click (form->page, "Sign in");
  ui_wait (form->connection != NULL);

  account = g_object_ref (baton_connection_get_account (form->connection));
  g_assert_cmpstr (baton_deployment_get_base_url (baton_account_get_deployment (account)), ==,
                   base);
  close_page (form);
  open_page (form);
  baton_sign_in_page_set_account (BATON_SIGN_IN_PAGE (form->page), account, FALSE);
  assert_text (form, "Orchestrator address", NOWHERE "/orchestrator_");
  assert_text (form, "Orchestrator of the tenant", pattern);
  assert_text (form, "Identity server", form->sandbox.origin);
}

/* Nothing goes out in clear, whoever says so. */
static void
test_unsafe (Form *form, gconstpointer data)
{
  type (form, "Orchestrator address", "https://cloud.uipath.com/acme/Production");
  type (form, "Portal", "http://gw.example.com/portal");
  gtk_toggle_button_set_active (
      GTK_TOGGLE_BUTTON (ui_find (form->page, GTK_TYPE_TOGGLE_BUTTON, "User key")), TRUE);
  type (form, "User key", KEY);
  type (form, "Client ID", "client");
  ui_click (form->page, "Sign in");
  ui_wait (gtk_widget_get_mapped (ui_find (form->page, BATON_TYPE_FAILURE_BOX, NULL)));
  g_assert_nonnull (ui_find (form->page, GTK_TYPE_LABEL, "The address cannot be used"));
  g_assert_null (form->connection);
}

/* What was corrected once is corrected when it is signed in to again. */
static void
test_again (Form *form, gconstpointer data)
{
  g_autoptr (BatonDeployment) parsed
      = baton_deployment_parse ("https://rpa.example.com/acme/Production", NULL);
  g_autoptr (BatonDeployment) pinned
      = baton_deployment_with_edition (parsed, BATON_EDITION_DEDICATED);
  g_autoptr (BatonAccount) account = baton_account_new (NULL, pinned, BATON_METHOD_BROWSER);
  g_autoptr (GtkStringObject) chosen = NULL;

  baton_sign_in_page_set_account (BATON_SIGN_IN_PAGE (form->page), account, FALSE);
  chosen = g_object_ref (adw_combo_row_get_selected_item (get_edition (form)));
  g_assert_cmpstr (gtk_string_object_get_string (chosen), ==, "Automation Cloud Dedicated");
}

#define ADD(name, function)                                                                        \
  g_test_add ("/baton/app/sign-in-place/" name, Form, NULL, set_up, function, tear_down)

int
main (int argc, char *argv[])
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  ADD ("shown", test_shown);
  ADD ("pinned", test_pinned);
  ADD ("given", test_given);
  ADD ("unsafe", test_unsafe);
  ADD ("again", test_again);
  return g_test_run ();
}
