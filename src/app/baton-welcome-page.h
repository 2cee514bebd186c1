/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* What Baton is in one sentence, "Sign in" and "Try the sandbox". */
#define BATON_TYPE_WELCOME_PAGE (baton_welcome_page_get_type ())
G_DECLARE_FINAL_TYPE (BatonWelcomePage, baton_welcome_page, BATON, WELCOME_PAGE, GtkWidget)

GtkWidget *baton_welcome_page_new (void);
/* @text: (nullable): what it is doing ("Starting the sandbox…"), with "Cancel" in place of the buttons. */
void baton_welcome_page_set_busy (BatonWelcomePage *self, const char *text);
/* @title: (nullable): what failed; NULL takes it away. */
void baton_welcome_page_set_failure (BatonWelcomePage *self, const char *title, const char *body);

G_END_DECLS
