/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "baton-secret-store.h"

G_BEGIN_DECLS

/* Asks before sign-ins are lost that were renewed and that the keyring has not taken: what it has of
 * them is spent. Who chose to keep one in memory is not asked. @quit is called with @object, which
 * is referenced until then, where the person quits all the same, or the keyring takes them after
 * all. Returns: TRUE where there was something to ask, FALSE
 * where nothing is lost, and nothing was called. Main thread. */
gboolean baton_quit_question_ask (GtkWindow *parent,
                                  BatonSecretStore *store,
                                  void (*quit) (gpointer object),
                                  gpointer object);

G_END_DECLS
