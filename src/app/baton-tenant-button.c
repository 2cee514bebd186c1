/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "baton-tenant-button.h"

#define DATA "tenant"

GtkWidget *
baton_tenant_button_make_label (const char *text)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_xalign (GTK_LABEL (label), 0);

  return label;
}

GtkWidget *
baton_tenant_button_new (BatonTenant *tenant, const char *text)
{
  GtkWidget *button;

  g_return_val_if_fail (BATON_IS_TENANT (tenant), NULL);
  g_return_val_if_fail (text != NULL, NULL);

  button = gtk_button_new ();
  gtk_button_set_child (GTK_BUTTON (button), baton_tenant_button_make_label (text));
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, text, -1);
  g_object_set_data_full (G_OBJECT (button), DATA, g_object_ref (tenant), g_object_unref);

  return button;
}

BatonTenant *
baton_tenant_button_get_tenant (GtkWidget *button)
{
  g_return_val_if_fail (GTK_IS_BUTTON (button), NULL);

  return g_object_get_data (G_OBJECT (button), DATA);
}
