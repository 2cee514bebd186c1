/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "baton-sign-in-page.h"
#include "baton-tenant-choice.h"
#include "baton-tenant-row.h"
#include "ui-fixture.h"

/* What the sandbox knows from the start: its ready line says so. */
#define KEY "sandbox-user-key-for-everyone-0123456789abcdef"
#define APPLICATION "5a9d1c70-0001-4b7e-9c55-6f0c3a528f1d"
#define APPLICATION_SECRET "sandbox-application-secret-0123456789abcdef"

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
set_up (Form *form, gconstpointer data)
{
  ui_fixture_set_up (&form->sandbox, NULL);
  form->page = baton_sign_in_page_new (form->sandbox.store, NULL);
  g_signal_connect_swapped (form->page, "signed-in", G_CALLBACK (signed_in_cb), form);
  form->window = ui_open (form->page, 600, 800);
}

static void
tear_down (Form *form, gconstpointer data)
{
  g_object_ref (form->page);
  ui_close (form->window);
  ui_assert_goes (form->page);
  if (form->connection != NULL)
    ui_assert_goes (form->connection);
  ui_fixture_tear_down (&form->sandbox);
}

static void
type (Form *form, const char *name, const char *text)
{
  GtkWidget *entry = ui_find (form->page, GTK_TYPE_TEXT, name);

  g_assert_nonnull (entry);
  gtk_editable_set_text (GTK_EDITABLE (entry), text);
}

static void
choose (Form *form, const char *way)
{
  GtkWidget *toggle = ui_find (form->page, GTK_TYPE_TOGGLE_BUTTON, way);

  g_assert_nonnull (toggle);
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (toggle), TRUE);
}

static GtkWidget *
get_choice (Form *form)
{
  GtkWidget *choice = ui_find (form->page, BATON_TYPE_TENANT_CHOICE, NULL);

  g_assert_nonnull (choice);
  return choice;
}

static gboolean
is_asked (Form *form)
{
  return gtk_widget_get_mapped (get_choice (form));
}

static void
pick (Form *form, const char *name)
{
  GtkWidget *row = ui_find (get_choice (form), BATON_TYPE_TENANT_ROW, name);

  g_assert_nonnull (row);
  g_assert_true (gtk_widget_activate (row));
}

static const char *
get_tenant (Form *form)
{
  return baton_deployment_get_tenant (
      baton_account_get_deployment (baton_connection_get_account (form->connection)));
}

static guint
count_kept (Form *form)
{
  return g_list_model_get_n_items (
      baton_account_get_tenants (baton_connection_get_account (form->connection)));
}

static void
sign_in_by_key (Form *form)
{
  choose (form, "User key");
  type (form, "User key", KEY);
  type (form, "Client ID", baton_account_get_client_id (form->sandbox.account));
  ui_click (form->page, "Sign in");
}

/* The address is the server's alone: the tenants of the key to choose from, with their display names,
 * below that of their organisation. All of them are kept. */
static void
test_user_key (Form *form, gconstpointer data)
{
  type (form, "Orchestrator address", form->sandbox.origin);
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
test_untold (Form *form, gconstpointer data)
{
  type (form, "Orchestrator address", form->sandbox.origin);
  choose (form, "Client credentials");
  type (form, "Client ID", APPLICATION);
  type (form, "Client secret", APPLICATION_SECRET);
  ui_click (form->page, "Sign in");
  ui_wait (ui_find (form->page, GTK_TYPE_LABEL, "Which tenant?") != NULL);
  g_assert_false (is_asked (form));
  g_assert_null (form->connection);

  type (form, "Orchestrator address",
        baton_deployment_get_base_url (baton_account_get_deployment (form->sandbox.account)));
  ui_click (form->page, "Sign in");
  ui_wait (form->connection != NULL);
  g_assert_cmpstr (get_tenant (form), ==, "DefaultTenant");
}

/* Given up: the form is there as it was, and the next time it goes on. */
static void
test_cancelled (Form *form, gconstpointer data)
{
  type (form, "Orchestrator address", form->sandbox.origin);
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
test_named (Form *form, gconstpointer data)
{
  type (form, "Orchestrator address",
        baton_deployment_get_base_url (baton_account_get_deployment (form->sandbox.account)));
  type (form, "Tenant", "ProductionXk4v01326");
  sign_in_by_key (form);
  ui_wait (form->connection != NULL);
  g_assert_false (is_asked (form));
  g_assert_cmpstr (get_tenant (form), ==, "ProductionXk4v01326");
  /* What the key can see besides comes by itself. */
  ui_wait (count_kept (form) == 2);
}

#define ADD(name, function)                                                                        \
  g_test_add ("/baton/app/sign-in-tenants/" name, Form, NULL, set_up, function, tear_down)

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
