/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sign-in-form.h"

#include "baton-sign-in-page.h"

static void
signed_in_cb (SignInForm *self, BatonConnection *connection, GError *keyring_error)
{
  g_assert_no_error (keyring_error);
  g_set_object (&self->connection, connection);
}

void
sign_in_form_open_page (SignInForm *self)
{
  self->page = baton_sign_in_page_new (self->sandbox.store, NULL);
  g_signal_connect_swapped (self->page, "signed-in", G_CALLBACK (signed_in_cb), self);
  self->window = ui_open (self->page, 600, 800);
}

void
sign_in_form_close_page (SignInForm *self)
{
  g_object_ref (self->page);
  ui_close (self->window);
  ui_assert_goes (self->page);
}

void
sign_in_form_set_up (SignInForm *self, gconstpointer data)
{
  ui_fixture_set_up (&self->sandbox, NULL);
  sign_in_form_open_page (self);
}

void
sign_in_form_tear_down (SignInForm *self, gconstpointer data)
{
  sign_in_form_close_page (self);
  if (self->connection != NULL)
    ui_assert_goes (self->connection);
  ui_fixture_tear_down (&self->sandbox);
}
