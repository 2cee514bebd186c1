/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Actions by their detailed name: "win.add-scope::OR.Jobs.Write". Main thread. */

/* In one step: GTK's own sets the name before the target, and warns that they do not fit. @action:
 * (nullable): NULL for none. */
void baton_detailed_action_set (GtkActionable *actionable, const char *action);
/* Activates an action that @widget or what it lies in knows. Returns: FALSE where there is
 * none of that name. */
gboolean baton_detailed_action_activate (GtkWidget *widget, const char *action);

G_END_DECLS
