/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "baton-error-text.h"

G_BEGIN_DECLS

/* What failed, why, and what to do, above a form that keeps what was typed. Hidden while there is nothing to say. */
#define BATON_TYPE_FAILURE_BOX (baton_failure_box_get_type ())
G_DECLARE_FINAL_TYPE (BatonFailureBox, baton_failure_box, BATON, FAILURE_BOX, GtkWidget)

/* @text: (nullable): NULL takes it away. Its button is not shown, since the form is the way on; but from a form that
 * lies over another window the connection can be checked where it is in doubt, and signed in to again with a scope that lacks. */
void baton_failure_box_set (BatonFailureBox *self, const BatonErrorText *text);
/* @body: (nullable). */
void baton_failure_box_set_words (BatonFailureBox *self, const char *title, const char *body);
/* Adds a button, or a line of words, below; gone with the next set. @choice: (transfer floating). */
void baton_failure_box_add_choice (BatonFailureBox *self, GtkWidget *choice);

G_END_DECLS
