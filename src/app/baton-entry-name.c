/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "baton-entry-name.h"

void
baton_entry_name_set (GtkWidget *row)
{
  GtkEditable *text;
  GtkWidget *apply;

  g_return_if_fail (ADW_IS_ENTRY_ROW (row));

  text = gtk_editable_get_delegate (GTK_EDITABLE (row));
  gtk_accessible_update_property (GTK_ACCESSIBLE (text), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  adw_preferences_row_get_title (ADW_PREFERENCES_ROW (row)), -1);
  apply = GTK_WIDGET (gtk_widget_get_template_child (row, ADW_TYPE_ENTRY_ROW, "apply_button"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (apply), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  gtk_widget_get_tooltip_text (apply), -1);
}
