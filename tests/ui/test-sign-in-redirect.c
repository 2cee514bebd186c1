/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "baton-sign-in-page.h"
#include "fault-server.h"
#include "ui-fixture.h"

/* The server sends on to another address: Baton says so, and signs in there only when a person does. */

#define BASE "/acme/Production/orchestrator_"
#define TOKEN "POST /oauth/token"

typedef struct
{
  FaultServer *here;
  FaultServer *there;
  BatonSecretStore *store;
  GtkWidget *page;
  GtkWidget *window;
} Form;

static void
answer (FaultServer *server, const char *what, const char *json)
{
  fault_server_add (server, what, 200, NULL, json);
}

static void
set_up (Form *form, gconstpointer data)
{
  g_autofree char *address = NULL;

  form->here = fault_server_new (NULL);
  form->there = fault_server_new (NULL);
  answer (form->there, TOKEN, "{\"access_token\":\"at-1\",\"id_token\":\"id-1\",\"expires_in\":3600}");
  answer (form->there, "GET " BASE "/odata/Users", "{\"Id\":1,\"UserName\":\"ada\"}");
  form->store = baton_secret_store_new ();
  form->page = baton_sign_in_page_new (form->store, NULL);
  form->window = ui_open (form->page, 600, 800);

  address = g_strconcat (fault_server_get_origin (form->here), "/acme/Production", NULL);
  ui_type (form->page, "Orchestrator address", address);
  ui_choose (form->page, "User key");
  ui_type (form->page, "User key", "a-key-0123456789");
  ui_type (form->page, "Client ID", "client-1");
}

static void
tear_down (Form *form, gconstpointer data)
{
  g_object_ref (form->page);
  ui_close (form->window);
  ui_assert_goes (form->page);
  ui_assert_goes (form->store);
  fault_server_free (form->here);
  fault_server_free (form->there);
}

static void
test_moved (Form *form, gconstpointer data)
{
  g_autofree char *to
      = g_strdup_printf ("Location: %s/oauth/token?x=1\r\n", fault_server_get_origin (form->there));
  g_autofree char *base = g_strconcat (fault_server_get_origin (form->there), BASE, NULL);

  fault_server_add (form->here, TOKEN, 307, to, "");
  ui_click (form->page, "Sign in");
  ui_wait (ui_shows (form->page, "Orchestrator may be at another address"));
  g_assert_true (ui_says (form->page, fault_server_get_origin (form->there)));
  g_assert_true (ui_says (form->page, "and to no other"));
  ui_click (form->page, "Use that address");
  ui_assert_text (form->page, "Orchestrator address", base);
  g_assert_false (ui_shows (form->page, "Orchestrator may be at another address"));
  /* Nothing went there yet. */
  ui_settle ();
  g_assert_cmpuint (fault_server_count (form->there, TOKEN), ==, 0);

  ui_click (form->page, "Sign in");
  ui_wait (fault_server_count (form->there, TOKEN) == 1);
  g_assert_cmpuint (fault_server_count (form->here, TOKEN), ==, 1);
  baton_sign_in_page_cancel (BATON_SIGN_IN_PAGE (form->page));
}

/* A page is no place to sign in at. */
static void
test_page (Form *form, gconstpointer data)
{
  fault_server_add (form->here, TOKEN, 302, "Location: /portal_/login?secret=1\r\n", "");
  ui_click (form->page, "Sign in");
  ui_wait (ui_shows (form->page, "The server sends Baton somewhere else"));
  g_assert_true (ui_says (form->page, "/portal_/login, most often a page"));
  g_assert_null (ui_find (form->page, GTK_TYPE_BUTTON, "Use that address"));
  g_assert_nonnull (ui_find (form->page, GTK_TYPE_BUTTON, "Check connection"));
}

#define ADD(name, function)                                                                        \
  g_test_add ("/baton/app/sign-in-redirect/" name, Form, NULL, set_up, function, tear_down)

int
main (int argc, char *argv[])
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  ADD ("moved", test_moved);
  ADD ("page", test_page);
  return g_test_run ();
}
