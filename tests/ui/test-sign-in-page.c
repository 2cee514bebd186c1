/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "baton-error.h"
#include "baton-diagnosis-window.h"
#include "baton-sign-in-page.h"
#include "ui-fixture.h"

#define KEY "a-key-of-a-test-0123456789"

typedef struct
{
  BatonSecretStore *store;
  GtkWidget *page;
  GtkWidget *window;
  guint n_changes; /* of what is kept */
} Form;

static void
form_open (Form *form)
{
  form->store = baton_secret_store_new ();
  form->page = baton_sign_in_page_new (form->store, NULL);
  form->window = ui_open (form->page, 600, 800);
}

static void
form_close (Form *form)
{
  g_object_ref (form->page);
  ui_close (form->window);
  g_assert_finalize_object (form->page);
  g_assert_finalize_object (form->store);
}

/* Each stage of a sign-in has a "Cancel" of its own. */
static GtkWidget *
find_in_sight (GtkWidget *root, const char *name)
{
  GtkWidget *found = NULL;

  if (!gtk_widget_get_mapped (root))
    return NULL;
  if (GTK_IS_BUTTON (root) && ui_find (root, GTK_TYPE_BUTTON, name) == root)
    return root;
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find_in_sight (child, name);

  return found;
}

static void
click (Form *form, const char *name)
{
  GtkWidget *button = find_in_sight (form->page, name);

  g_assert_nonnull (button);
  g_signal_emit_by_name (button, "clicked");
}

static void
test_names (void)
{
  static const char *const names[]
      = { "Orchestrator address", "User key", "Client ID", "Tenant", "User name", "Password" };
  Form form;

  form_open (&form);
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    gtk_test_accessible_assert_property (ui_get_entry (form.page, names[i]), GTK_ACCESSIBLE_PROPERTY_LABEL, names[i]);
  form_close (&form);
}

static void
test_preview (void)
{
  Form form;

  form_open (&form);
  ui_type (form.page, "Orchestrator address", "cloud.uipath.com/acme/Production/orchestrator_/?fid=12");
  ui_wait (ui_shows (form.page, "https://cloud.uipath.com/acme/Production/orchestrator_"));
  g_assert_true (ui_shows (form.page, "acme"));
  ui_assert_text (form.page, "Tenant", "Production");
  /* The tenant follows the address, until a person types one. */
  ui_type (form.page, "Orchestrator address", "https://cloud.uipath.com/acme/Staging");
  ui_assert_text (form.page, "Tenant", "Staging");
  ui_type (form.page, "Tenant", "Other");
  ui_type (form.page, "Orchestrator address", "https://cloud.uipath.com/acme/Third");
  ui_assert_text (form.page, "Tenant", "Other");
  form_close (&form);
}

static void
test_paste_block (void)
{
  Form form;

  form_open (&form);
  ui_type (form.page, "Orchestrator address", "https://cloud.uipath.com/");
  /* Into any field: here the tenant's. */
  ui_type (form.page, "Tenant",
        "User Key\n" KEY "\nAccount Logical Name\nacme\nTenant Logical Name\nAcmeProd42\nClient Id\n5v7PmPJL6FOGu6RB8I1Y4adLBhIwovQN\n");
  ui_assert_text (form.page, "User key", KEY);
  ui_assert_text (form.page, "Client ID", "5v7PmPJL6FOGu6RB8I1Y4adLBhIwovQN");
  ui_assert_text (form.page, "Tenant", "AcmeProd42");
  ui_wait (ui_shows (form.page, "https://cloud.uipath.com/acme/AcmeProd42/orchestrator_"));
  form_close (&form);
}

static void
test_plain_paste (void)
{
  Form form;

  form_open (&form);
  ui_type (form.page, "User key", KEY);
  ui_assert_text (form.page, "User key", KEY);
  ui_assert_text (form.page, "Client ID", "");
  form_close (&form);
}

static void
test_missing (void)
{
  Form form;

  form_open (&form);
  click (&form, "Sign in");
  ui_wait (ui_shows (form.page, "Something is missing"));
  ui_type (form.page, "Orchestrator address", "http://orchestrator.example.com/acme/Prod");
  ui_type (form.page, "User key", KEY);
  ui_type (form.page, "Client ID", "abc");
  click (&form, "Sign in");
  ui_wait (ui_shows (form.page, "The address is not safe"));
  form_close (&form);
}

/* What is typed is checked; what helps leads back to it. */
static void
check_connection (Form *form)
{
  click (form, "Check connection");
  ui_wait (ui_find (ui_find_window (BATON_TYPE_DIAGNOSIS_WINDOW), GTK_TYPE_BUTTON, "Edit the account") != NULL);
  ui_click (ui_find_window (BATON_TYPE_DIAGNOSIS_WINDOW), "Edit the account");
  ui_wait (ui_find_window (BATON_TYPE_DIAGNOSIS_WINDOW) == NULL);
  ui_assert_text (form->page, "User key", KEY);
}

static void
test_failure_keeps_fields (void)
{
  Form form;

  form_open (&form);
  /* Nobody listens on port 1. */
  ui_type (form.page, "Orchestrator address", "http://127.0.0.1:1/acme/Prod/orchestrator_");
  ui_type (form.page, "User key", KEY);
  ui_type (form.page, "Client ID", "a-client-id");
  click (&form, "Sign in");
  ui_wait (ui_shows (form.page, "Orchestrator cannot be reached"));
  ui_assert_text (form.page, "Orchestrator address", "http://127.0.0.1:1/acme/Prod/orchestrator_");
  ui_assert_text (form.page, "User key", KEY);
  ui_assert_text (form.page, "Client ID", "a-client-id");
  ui_assert_text (form.page, "Tenant", "Prod");
  check_connection (&form);
  g_assert_true (gtk_widget_get_sensitive (GTK_WIDGET (ui_get_entry (form.page, "User key"))));
  form_close (&form);
}

static void
test_cancel (void)
{
  g_autoptr (GSocketListener) silent = g_socket_listener_new ();
  g_autoptr (GError) error = NULL;
  g_autofree char *address = NULL;
  guint16 port = g_socket_listener_add_any_inet_port (silent, NULL, &error);
  Form form;

  g_assert_no_error (error);
  form_open (&form);
  /* It takes the connection and never answers. */
  address = g_strdup_printf ("http://127.0.0.1:%u/acme/Prod/orchestrator_", port);
  ui_type (form.page, "Orchestrator address", address);
  ui_type (form.page, "User key", KEY);
  ui_type (form.page, "Client ID", "a-client-id");
  click (&form, "Sign in");
  g_assert_false (gtk_widget_is_sensitive (GTK_WIDGET (ui_get_entry (form.page, "User key"))));
  click (&form, "Cancel");
  g_assert_true (gtk_widget_is_sensitive (GTK_WIDGET (ui_get_entry (form.page, "User key"))));
  ui_assert_text (form.page, "User key", KEY);
  ui_settle ();
  g_assert_true (gtk_widget_get_mapped (ui_find (form.page, GTK_TYPE_BUTTON, "Sign in")));
  form_close (&form);
}

static void
test_methods (void)
{
  Form form;
  GtkWidget *by_password;

  form_open (&form);
  g_assert_false (gtk_widget_get_mapped (GTK_WIDGET (ui_get_entry (form.page, "Password"))));
  by_password = ui_find (form.page, GTK_TYPE_TOGGLE_BUTTON, "User name and password");
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (by_password), TRUE);
  ui_wait (gtk_widget_get_mapped (GTK_WIDGET (ui_get_entry (form.page, "Password"))));
  g_assert_false (gtk_widget_get_mapped (GTK_WIDGET (ui_get_entry (form.page, "User key"))));
  g_assert_true (gtk_widget_get_mapped (GTK_WIDGET (ui_get_entry (form.page, "Tenant"))));
  form_close (&form);
}

static void
signed_in_cb (GtkWidget *page, BatonConnection *connection, GError *keyring_error, BatonConnection **got)
{
  g_assert_no_error (keyring_error);
  *got = g_object_ref (connection);
}

static void
looked_up_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BatonSecret) secret
      = baton_secret_store_lookup_finish (BATON_SECRET_STORE (source), result, &error);
  char **key = user_data;

  g_assert_no_error (error);
  *key = g_strdup (baton_secret_get_value (secret));
}

static char *
dup_user_key (UiFixture *fixture)
{
  char *key = NULL;

  baton_secret_store_lookup_async (fixture->store, baton_account_get_id (fixture->account), NULL,
                                   looked_up_cb, &key);
  ui_wait (key != NULL);
  return key;
}

/* The seed's mistake at a real server: tenant and folder in the place of account and tenant. It says so, and offers what the key can see. */
static void
test_wrong_address (void)
{
  UiFixture fixture = { NULL };
  g_autoptr (BatonConnection) connection = NULL;
  g_autoptr (GListModel) tenants = NULL;
  g_autofree char *wrong = NULL;
  g_autofree char *key = NULL;
  Form form;
  GtkWidget *choice = NULL;

  ui_fixture_set_up (&fixture, NULL);
  tenants = g_object_ref (baton_connection_get_tenants (fixture.connection));
  ui_wait (g_list_model_get_n_items (tenants) > 0);
  key = dup_user_key (&fixture);
  wrong = g_strdup_printf ("%s/Production/Shared", fixture.origin);

  form_open (&form);
  g_signal_connect (form.page, "signed-in", G_CALLBACK (signed_in_cb), &connection);
  ui_type (form.page, "Orchestrator address", wrong);
  ui_type (form.page, "User key", key);
  ui_type (form.page, "Client ID", baton_account_get_client_id (fixture.account));
  click (&form, "Sign in");
  ui_wait (ui_shows (form.page, "The key is good, the address is not"));
  ui_assert_text (form.page, "Orchestrator address", wrong);
  ui_assert_text (form.page, "User key", key);

  for (guint i = 0; i < g_list_model_get_n_items (tenants) && choice == NULL; i++)
    {
      g_autoptr (BatonTenant) tenant = g_list_model_get_item (tenants, i);
      g_autofree char *text = g_strdup_printf (
          "%s / %s (%s/%s)", baton_tenant_get_organization_display (tenant), baton_tenant_get_display (tenant),
          baton_tenant_get_organization (tenant), baton_tenant_get_name (tenant));

      choice = ui_find (form.page, GTK_TYPE_BUTTON, text);
    }
  g_assert_nonnull (choice);
  g_signal_emit_by_name (choice, "clicked");
  ui_wait (connection != NULL);
  g_assert_finalize_object (g_steal_pointer (&connection));
  form_close (&form);
  g_clear_object (&tenants);
  ui_fixture_tear_down (&fixture);
}

static void
listed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  GListModel **list = user_data;

  *list = baton_secret_store_list_finish (BATON_SECRET_STORE (source), result, &error);
  g_assert_no_error (error);
}

/* What the keyring keeps for Baton. */
static guint
count_items (Form *form)
{
  g_autoptr (GListModel) list = NULL;

  baton_secret_store_list_async (form->store, NULL, listed_cb, &list);
  ui_wait (list != NULL);
  return g_list_model_get_n_items (list);
}

static gboolean
passed_cb (gpointer user_data)
{
  gboolean *passed = user_data;

  *passed = TRUE;
  return G_SOURCE_REMOVE;
}

static void
let_pass (guint milliseconds)
{
  gboolean passed = FALSE;

  g_timeout_add (milliseconds, passed_cb, &passed);
  ui_wait (passed);
}

/* Memory first, then the keyring: the second change is on the way there. */
static void
cancel_while_kept_cb (Form *form)
{
  if (++form->n_changes == 2)
    baton_sign_in_page_cancel (BATON_SIGN_IN_PAGE (form->page));
}

/* What is cancelled, or fails and is left, leaves nothing in the keyring; what succeeds, one item. */
static void
test_keyring (void)
{
  static const char *const slow[] = { "--jobs=100", "--latency=100", NULL };
  static const char *const stages[] = { "Asking for an access token…", "Asking for the folders…" };
  UiFixture fixture = { NULL };
  g_autoptr (BatonConnection) connection = NULL;
  g_autofree char *wrong = NULL;
  g_autofree char *key = NULL;
  Form form = { NULL };
  guint before;

  ui_fixture_set_up (&fixture, slow);
  key = dup_user_key (&fixture);
  form_open (&form);
  before = count_items (&form);
  g_signal_connect (form.page, "signed-in", G_CALLBACK (signed_in_cb), &connection);
  ui_type (form.page, "Orchestrator address",
        baton_deployment_get_base_url (baton_account_get_deployment (fixture.account)));
  ui_type (form.page, "User key", key);
  ui_type (form.page, "Client ID", baton_account_get_client_id (fixture.account));

  for (guint i = 0; i < G_N_ELEMENTS (stages); i++)
    {
      click (&form, "Sign in");
      ui_wait (ui_shows (form.page, stages[i]));
      click (&form, "Cancel");
      let_pass (400);
      g_assert_cmpuint (count_items (&form), ==, before);
    }

  g_signal_connect_swapped (form.store, "changed", G_CALLBACK (cancel_while_kept_cb), &form);
  click (&form, "Sign in");
  ui_wait (form.n_changes >= 2);
  let_pass (400);
  g_signal_handlers_disconnect_by_data (form.store, &form);
  g_assert_cmpuint (count_items (&form), ==, before);
  g_assert_null (connection);

  click (&form, "Sign in");
  ui_wait (connection != NULL);
  g_assert_cmpuint (count_items (&form), ==, before + 1);

  /* Again, for the same account: in place of what was there, and a failure leaves that. */
  baton_sign_in_page_set_account (BATON_SIGN_IN_PAGE (form.page),
                                  baton_connection_get_account (connection), FALSE);
  g_clear_object (&connection);
  ui_type (form.page, "User key", key);
  click (&form, "Sign in");
  ui_wait (connection != NULL);
  g_assert_cmpuint (count_items (&form), ==, before + 1);
  g_clear_object (&connection);

  wrong = g_strdup_printf ("%s/Production/Shared", fixture.origin);
  ui_type (form.page, "Orchestrator address", wrong);
  ui_type (form.page, "Tenant", "Shared");
  click (&form, "Sign in");
  ui_wait (ui_shows (form.page, "The key is good, the address is not"));
  g_assert_cmpuint (count_items (&form), ==, before + 1);
  form_close (&form);

  form_open (&form);
  ui_type (form.page, "Orchestrator address", wrong);
  ui_type (form.page, "User key", key);
  ui_type (form.page, "Client ID", baton_account_get_client_id (fixture.account));
  click (&form, "Sign in");
  ui_wait (ui_shows (form.page, "The key is good, the address is not"));
  g_assert_cmpuint (count_items (&form), ==, before + 1);
  form_close (&form);
  ui_fixture_tear_down (&fixture);
}

int
main (int argc, char *argv[])
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  g_test_add_func ("/baton/app/sign-in-page/names", test_names);
  g_test_add_func ("/baton/app/sign-in-page/preview", test_preview);
  g_test_add_func ("/baton/app/sign-in-page/paste-block", test_paste_block);
  g_test_add_func ("/baton/app/sign-in-page/plain-paste", test_plain_paste);
  g_test_add_func ("/baton/app/sign-in-page/missing", test_missing);
  g_test_add_func ("/baton/app/sign-in-page/failure-keeps-fields", test_failure_keeps_fields);
  g_test_add_func ("/baton/app/sign-in-page/cancel", test_cancel);
  g_test_add_func ("/baton/app/sign-in-page/methods", test_methods);
  g_test_add_func ("/baton/app/sign-in-page/wrong-address", test_wrong_address);
  g_test_add_func ("/baton/app/sign-in-page/keyring", test_keyring);
  return g_test_run ();
}
