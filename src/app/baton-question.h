/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* Asks once before something that cannot be undone, "Cancel" ahead. @parent: (nullable). @verb: on
 * the button that does it. @answered is called with @object, which is referenced until then, only
 * where that is pressed, and with @data, freed by @destroy in any case. Returns: (transfer none):
 * the dialog, which is open. Main thread. */
AdwMessageDialog *baton_question_ask (GtkWindow *parent,
                                      const char *heading,
                                      const char *body,
                                      const char *verb,
                                      gpointer object,
                                      void (*answered) (gpointer object, gpointer data),
                                      gpointer data,
                                      GDestroyNotify destroy);
/* It can be undone, or costs nothing: what was asked is what Enter does. */
void baton_question_suggest (AdwMessageDialog *dialog);

G_END_DECLS
