/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "baton-detailed-action.h"

void
baton_detailed_action_set (GtkActionable *actionable, const char *action)
{
  g_autofree char *name = NULL;
  g_autoptr (GVariant) target = NULL;

  g_return_if_fail (GTK_IS_ACTIONABLE (actionable));

  gtk_actionable_set_action_name (actionable, NULL);
  if (action == NULL || !g_action_parse_detailed_name (action, &name, &target, NULL))
    return;
  gtk_actionable_set_action_target_value (actionable, target);
  gtk_actionable_set_action_name (actionable, name);
}

gboolean
baton_detailed_action_activate (GtkWidget *widget, const char *action)
{
  g_autofree char *name = NULL;
  g_autoptr (GVariant) target = NULL;

  g_return_val_if_fail (GTK_IS_WIDGET (widget), FALSE);
  g_return_val_if_fail (action != NULL, FALSE);

  return g_action_parse_detailed_name (action, &name, &target, NULL)
         && gtk_widget_activate_action_variant (widget, name, target);
}
