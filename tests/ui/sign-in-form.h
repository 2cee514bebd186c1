/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui-fixture.h"

G_BEGIN_DECLS

/* The sign-in page in a window of its own, beside a sandbox to sign in to. */
typedef struct
{
  UiFixture sandbox;
  GtkWidget *page;
  GtkWidget *window;
  BatonConnection *connection; /* (owned) (nullable): what came of it */
} SignInForm;

/* For g_test_add(); @data is not looked at. The second asserts that the page and the connection go with their last reference. */
void sign_in_form_set_up (SignInForm *self, gconstpointer data);
void sign_in_form_tear_down (SignInForm *self, gconstpointer data);

/* The page goes and comes again, the sandbox and what is kept stay. */
void sign_in_form_open_page (SignInForm *self);
void sign_in_form_close_page (SignInForm *self);

G_END_DECLS
