/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "baton-sign-in-page.h"
#include "baton-tenant-choice.h"
#include "baton-tenant-row.h"
#include "sign-in-form.h"

/* What the sandbox knows from the start: its ready line says so. */
#define KEY "sandbox-user-key-for-everyone-0123456789abcdef"
#define APPLICATION "5a9d1c70-0001-4b7e-9c55-6f0c3a528f1d"
#define APPLICATION_SECRET "sandbox-application-secret-0123456789abcdef"

static GtkWidget *
get_choice (SignInForm *form)
{
  GtkWidget *choice = ui_find (form->page, BATON_TYPE_TENANT_CHOICE, NULL);

  g_assert_nonnull (choice);
  return choice;
}

static gboolean
is_asked (SignInForm *form)
{
  return gtk_widget_get_mapped (get_choice (form));
}

static void
pick (SignInForm *form, const char *name)
{
  GtkWidget *row = ui_find (get_choice (form), BATON_TYPE_TENANT_ROW, name);

  g_assert_nonnull (row);
  g_assert_true (gtk_widget_activate (row));
}

static const char *
get_tenant (SignInForm *form)
{
  return baton_deployment_get_tenant (
      baton_account_get_deployment (baton_connection_get_account (form->connection)));
}

static guint
count_kept (SignInForm *form)
{
  return g_list_model_get_n_items (
      baton_account_get_tenants (baton_connection_get_account (form->connection)));
}

static void
sign_in_by_key (SignInForm *form)
{
  ui_choose (form->page, "User key");
  ui_type (form->page, "User key", KEY);
  ui_type (form->page, "Client ID", baton_account_get_client_id (form->sandbox.account));
  ui_click (form->page, "Sign in");
}

/* The address is the server's alone: the tenants of the key to choose from, with their display names,
 * below that of their organisation. All of them are kept. */
static void
test_user_key (SignInForm *form, gconstpointer data)
{
  ui_type (form->page, "Orchestrator address", form->sandbox.origin);
  sign_in_by_key (form);
  ui_wait (is_asked (form));
  g_assert_null (form->connection);
  g_assert_nonnull (ui_find (get_choice (form), BATON_TYPE_TENANT_ROW, "DefaultTenant"));
  /* What was typed is out of the way, and not lost. */
  g_assert_false (gtk_widget_get_mapped (ui_find (form->page, GTK_TYPE_TEXT, "Client ID")));

  pick (form, "Production");
  ui_wait (form->connection != NULL);
  g_assert_cmpstr (get_tenant (form), ==, "ProductionXk4v01326");
  g_assert_cmpuint (count_kept (form), ==, 2);
}

/* Nobody tells an application which tenants there are: a person does. */
static void
test_untold (SignInForm *form, gconstpointer data)
{
  ui_type (form->page, "Orchestrator address", form->sandbox.origin);
  ui_choose (form->page, "Client credentials");
  ui_type (form->page, "Client ID", APPLICATION);
  ui_type (form->page, "Client secret", APPLICATION_SECRET);
  ui_click (form->page, "Sign in");
  ui_wait (ui_find (form->page, GTK_TYPE_LABEL, "Which tenant?") != NULL);
  g_assert_false (is_asked (form));
  g_assert_null (form->connection);

  ui_type (form->page, "Orchestrator address",
        baton_deployment_get_base_url (baton_account_get_deployment (form->sandbox.account)));
  ui_click (form->page, "Sign in");
  ui_wait (form->connection != NULL);
  g_assert_cmpstr (get_tenant (form), ==, "DefaultTenant");
}

/* Given up: the form is there as it was, and the next time it goes on. */
static void
test_cancelled (SignInForm *form, gconstpointer data)
{
  ui_type (form->page, "Orchestrator address", form->sandbox.origin);
  sign_in_by_key (form);
  ui_wait (is_asked (form));
  ui_click (get_choice (form), "Cancel");
  ui_wait (!is_asked (form));
  ui_wait (gtk_widget_get_mapped (ui_find (form->page, GTK_TYPE_TEXT, "Client ID")));
  g_assert_null (form->connection);

  ui_click (form->page, "Sign in");
  ui_wait (is_asked (form));
  pick (form, "Production");
  ui_wait (form->connection != NULL);
}

/* Where the tenant is named, nothing is asked. */
static void
test_named (SignInForm *form, gconstpointer data)
{
  ui_type (form->page, "Orchestrator address",
        baton_deployment_get_base_url (baton_account_get_deployment (form->sandbox.account)));
  ui_type (form->page, "Tenant", "ProductionXk4v01326");
  sign_in_by_key (form);
  ui_wait (form->connection != NULL);
  g_assert_false (is_asked (form));
  g_assert_cmpstr (get_tenant (form), ==, "ProductionXk4v01326");
  /* What the key can see besides comes by itself. */
  ui_wait (count_kept (form) == 2);
}

#define ADD(name, function)                                                                        \
  g_test_add ("/baton/app/sign-in-tenants/" name, SignInForm, NULL, sign_in_form_set_up, function, sign_in_form_tear_down)

int
main (int argc, char *argv[])
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  ADD ("user-key", test_user_key);
  ADD ("untold", test_untold);
  ADD ("cancelled", test_cancelled);
  ADD ("named", test_named);
  return g_test_run ();
}
