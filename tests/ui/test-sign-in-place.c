/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "baton-failure-box.h"
#include "baton-sign-in-page.h"
#include "sign-in-form.h"

/* What the sandbox knows from the start: its ready line says so. */
#define KEY "sandbox-user-key-for-everyone-0123456789abcdef"

/* Nobody listens there. */
#define NOWHERE "http://127.0.0.1:1/acme/DefaultTenant"

static AdwComboRow *
get_edition (SignInForm *form)
{
  GtkWidget *row = ui_find (form->page, ADW_TYPE_COMBO_ROW, "Edition");

  g_assert_nonnull (row);
  return ADW_COMBO_ROW (row);
}

/* As a person chooses it by its name. */
static void
pin (SignInForm *form, const char *name)
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
test_shown (SignInForm *form, gconstpointer data)
{
  ui_type (form->page, "Orchestrator address", "https://cloud.uipath.com/acme/Production");
  ui_assert_text (form->page, "Orchestrator of the tenant",
               "https://cloud.uipath.com/acme/Production/orchestrator_");
  ui_assert_text (form->page, "Identity server", "https://cloud.uipath.com/identity_");
  ui_assert_text (form->page, "Portal", "https://cloud.uipath.com/acme/portal_");
  ui_type (form->page, "Orchestrator address", "https://rpa.example.com");
  ui_assert_text (form->page, "Orchestrator of the tenant", "https://rpa.example.com");
  ui_assert_text (form->page, "Identity server", "https://rpa.example.com/identity");

  /* What a person wrote stays, until it is emptied. */
  ui_type (form->page, "Identity server", "https://id.example.com");
  ui_type (form->page, "Orchestrator address", "https://cloud.uipath.com/acme/Production");
  ui_assert_text (form->page, "Identity server", "https://id.example.com");
  ui_type (form->page, "Identity server", "");
  ui_assert_text (form->page, "Identity server", "");
  ui_type (form->page, "Orchestrator address", "https://cloud.uipath.com/acme/Staging");
  ui_assert_text (form->page, "Identity server", "https://cloud.uipath.com/identity_");
}

/* An address of two parts is most often Automation Suite, and may be a standalone behind a proxy: a
 * person knows (fact sheet 1.4). */
static void
test_pinned (SignInForm *form, gconstpointer data)
{
  ui_type (form->page, "Orchestrator address", "https://rpa.example.com/acme/Production");
  g_assert_true (ui_is_chosen (form->page, "Browser"));
  pin (form, "Standalone Orchestrator");
  g_assert_true (ui_is_chosen (form->page, "User name and password"));
  ui_assert_text (form->page, "Orchestrator of the tenant", "https://rpa.example.com");
  ui_assert_text (form->page, "Tenant", "Production");
  pin (form, "Automation Cloud Public Sector");
  g_assert_true (ui_is_chosen (form->page, "Browser"));
  ui_assert_text (form->page, "Orchestrator of the tenant",
               "https://rpa.example.com/acme/Production/orchestrator_");
  pin (form, "As the address says");
  ui_assert_text (form->page, "Identity server", "https://rpa.example.com/identity_");
}

/* A gateway in front of it: what is called is what a person gave, for the token and for all else; and
 * it is kept. */
static void
test_given (SignInForm *form, gconstpointer data)
{
  g_autoptr (BatonAccount) account = NULL;
  g_autofree char *pattern = g_strconcat (form->sandbox.origin, "/{organization}/{tenant}", NULL);
  g_autofree char *base = g_strconcat (form->sandbox.origin, "/acme/DefaultTenant", NULL);

  ui_type (form->page, "Orchestrator address", NOWHERE);
  ui_type (form->page, "Orchestrator of the tenant", pattern);
  ui_type (form->page, "Identity server", form->sandbox.origin);
  gtk_toggle_button_set_active (
      GTK_TOGGLE_BUTTON (ui_find (form->page, GTK_TYPE_TOGGLE_BUTTON, "User key")), TRUE);
  ui_type (form->page, "User key", KEY);
  ui_type (form->page, "Client ID", baton_account_get_client_id (form->sandbox.account));
  ui_click (form->page, "Sign in");
  ui_wait (form->connection != NULL);

  account = g_object_ref (baton_connection_get_account (form->connection));
  g_assert_cmpstr (baton_deployment_get_base_url (baton_account_get_deployment (account)), ==,
                   base);
  sign_in_form_close_page (form);
  sign_in_form_open_page (form);
  baton_sign_in_page_set_account (BATON_SIGN_IN_PAGE (form->page), account, FALSE);
  ui_assert_text (form->page, "Orchestrator address", NOWHERE "/orchestrator_");
  ui_assert_text (form->page, "Orchestrator of the tenant", pattern);
  ui_assert_text (form->page, "Identity server", form->sandbox.origin);
}

/* Nothing goes out in clear, whoever says so. */
static void
test_unsafe (SignInForm *form, gconstpointer data)
{
  ui_type (form->page, "Orchestrator address", "https://cloud.uipath.com/acme/Production");
  ui_type (form->page, "Portal", "http://gw.example.com/portal");
  gtk_toggle_button_set_active (
      GTK_TOGGLE_BUTTON (ui_find (form->page, GTK_TYPE_TOGGLE_BUTTON, "User key")), TRUE);
  ui_type (form->page, "User key", KEY);
  ui_type (form->page, "Client ID", "client");
  ui_click (form->page, "Sign in");
  ui_wait (gtk_widget_get_mapped (ui_find (form->page, BATON_TYPE_FAILURE_BOX, NULL)));
  g_assert_nonnull (ui_find (form->page, GTK_TYPE_LABEL, "The address cannot be used"));
  g_assert_null (form->connection);
}

/* What was corrected once is corrected when it is signed in to again. */
static void
test_again (SignInForm *form, gconstpointer data)
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
  g_test_add ("/baton/app/sign-in-place/" name, SignInForm, NULL, sign_in_form_set_up, function, sign_in_form_tear_down)

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
