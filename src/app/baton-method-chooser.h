/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "baton-account.h"

G_BEGIN_DECLS

/**
 * BatonMethodChooser:
 *
 * The ways to sign in, one of them chosen. Main thread. Signal: changed (gboolean by_person).
 */
#define BATON_TYPE_METHOD_CHOOSER (baton_method_chooser_get_type ())
G_DECLARE_FINAL_TYPE (BatonMethodChooser, baton_method_chooser, BATON, METHOD_CHOOSER, GtkWidget)

BatonMethod baton_method_chooser_get_method (BatonMethodChooser *self);
void baton_method_chooser_set_method (BatonMethodChooser *self, BatonMethod method);

G_END_DECLS
