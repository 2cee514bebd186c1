/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "baton-place-fields.h"
#include "baton-sign-in-page.h"
#include "fault-server.h"
#include "ui-fixture.h"

#define STANDALONE "GET /identity/.well-known/openid-configuration"
#define SUITE "GET /identity_/.well-known/openid-configuration"

typedef struct
{
  FaultServer *server;
  BatonSecretStore *store;
  GtkWidget *page;
  GtkWidget *window;
} Form;

static void
set_up (Form *form, gconstpointer data)
{
  g_autofree char *certificate
      = g_test_build_filename (G_TEST_DIST, "orchestrator", "self-signed.pem", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (GTlsDatabase) trusted = g_tls_file_database_new (certificate, &error);

  g_assert_no_error (error);
  /* As a system trusts the authority of a company. */
  g_tls_backend_set_default_database (g_tls_backend_get_default (), trusted);
  form->server = fault_server_new (certificate);
  form->store = baton_secret_store_new ();
  form->page = baton_sign_in_page_new (form->store, NULL);
  form->window = ui_open (form->page, 600, 800);
}

static void
tear_down (Form *form, gconstpointer data)
{
  g_object_ref (form->page);
  ui_close (form->window);
  ui_assert_goes (form->page);
  ui_assert_goes (form->store);
  fault_server_free (form->server);
  g_tls_backend_set_default_database (g_tls_backend_get_default (), NULL);
}

/* As a person types it, and goes on to what comes next. */
static void
enter (Form *form, const char *path)
{
  g_autofree char *address = g_strconcat (fault_server_get_origin (form->server), path, NULL);
  GtkWidget *text = ui_find (form->page, GTK_TYPE_TEXT, "Orchestrator address");

  gtk_widget_grab_focus (text);
  gtk_editable_set_text (GTK_EDITABLE (text), address);
  gtk_widget_grab_focus (ui_find (form->page, GTK_TYPE_TEXT, "Client ID"));
}

static const char *
get_edition (Form *form)
{
  GtkWidget *place = ui_find (form->page, BATON_TYPE_PLACE_FIELDS, NULL);

  return baton_deployment_get_edition_name (
      baton_place_fields_get_deployment (BATON_PLACE_FIELDS (place)));
}

/* Two parts look like Automation Suite; the server knows better, and what fits is proposed. */
static void
test_standalone (Form *form, gconstpointer data)
{
  fault_server_add (form->server, SUITE, 404, NULL, "{}");
  fault_server_add (form->server, STANDALONE, 200, NULL, "{\"issuer\":\"x\"}");
  enter (form, "/acme/Production");
  g_assert_cmpstr (get_edition (form), ==, "Automation Suite");
  g_assert_true (ui_is_chosen (form->page, "Browser"));
  ui_wait (g_str_equal (get_edition (form), "Standalone Orchestrator"));
  g_assert_true (ui_is_chosen (form->page, "User name and password"));
}

/* One part looks like the tenant of a standalone; it is the organisation. */
static void
test_suite (Form *form, gconstpointer data)
{
  GtkWidget *place = ui_find (form->page, BATON_TYPE_PLACE_FIELDS, NULL);

  fault_server_add (form->server, SUITE, 200, NULL, "{\"issuer\":\"x\"}");
  enter (form, "/acme");
  g_assert_cmpstr (get_edition (form), ==, "Standalone Orchestrator");
  ui_wait (g_str_equal (get_edition (form), "Automation Suite"));
  g_assert_true (ui_is_chosen (form->page, "Browser"));
  g_assert_cmpstr (baton_deployment_get_organization (
                       baton_place_fields_get_deployment (BATON_PLACE_FIELDS (place))),
                   ==, "acme");
}

/* What a person chose stands, and nothing is asked. */
static void
test_pinned (Form *form, gconstpointer data)
{
  GtkWidget *row = ui_find (form->page, ADW_TYPE_COMBO_ROW, "Edition");
  g_autoptr (GtkStringObject) chosen = NULL;

  adw_combo_row_set_selected (ADW_COMBO_ROW (row), 3);
  chosen = g_object_ref (adw_combo_row_get_selected_item (ADW_COMBO_ROW (row)));
  enter (form, "/acme/Production");
  ui_settle ();
  g_assert_cmpstr (get_edition (form), ==, gtk_string_object_get_string (chosen));
  g_assert_cmpuint (fault_server_count (form->server, "GET /"), ==, 0);
}

#define ADD(name, function)                                                                        \
  g_test_add ("/baton/app/sign-in-probe/" name, Form, NULL, set_up, function, tear_down)

int
main (int argc, char *argv[])
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  ADD ("standalone", test_standalone);
  ADD ("suite", test_suite);
  ADD ("pinned", test_pinned);
  return g_test_run ();
}
