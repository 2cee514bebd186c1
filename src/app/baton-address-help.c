/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n.h>

#include "baton-address-help.h"
#include "baton-tenant-button.h"

struct _BatonAddressHelp
{
  GtkWidget parent_instance;

  GtkWidget *content;
};

enum
{
  SIGNAL_CHOSEN,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (BatonAddressHelp, baton_address_help, GTK_TYPE_WIDGET)

static void
clicked_cb (BatonAddressHelp *self, GtkWidget *button)
{
  g_autoptr (BatonTenant) tenant = g_object_ref (baton_tenant_button_get_tenant (button));

  g_signal_emit (self, signals[SIGNAL_CHOSEN], 0, tenant);
}

static GtkWidget *
make_button (BatonAddressHelp *self, BatonTenant *tenant)
{
  GtkWidget *button;
  const char *organization = baton_tenant_get_organization (tenant);
  g_autofree char *text = NULL;

  if (organization != NULL)
    /* TRANSLATORS: display names of an organisation and a tenant, then their logical names, as they
     * stand in an address. */
    text = g_strdup_printf (_ ("%s / %s (%s/%s)"), baton_tenant_get_organization_display (tenant),
                            baton_tenant_get_display (tenant), organization,
                            baton_tenant_get_name (tenant));
  else
    text = g_strdup (baton_tenant_get_display (tenant));
  button = baton_tenant_button_new (tenant, text);
  g_signal_connect_object (button, "clicked", G_CALLBACK (clicked_cb), self, G_CONNECT_SWAPPED);

  return button;
}

static void
baton_address_help_dispose (GObject *object)
{
  g_clear_pointer (&BATON_ADDRESS_HELP (object)->content, gtk_widget_unparent);
  G_OBJECT_CLASS (baton_address_help_parent_class)->dispose (object);
}

static void
baton_address_help_class_init (BatonAddressHelpClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = baton_address_help_dispose;
  signals[SIGNAL_CHOSEN] = g_signal_new ("chosen", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                         NULL, NULL, NULL, G_TYPE_NONE, 1, BATON_TYPE_TENANT);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
}

static void
baton_address_help_init (BatonAddressHelp *self)
{
  self->content = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  gtk_widget_set_parent (self->content, GTK_WIDGET (self));
}

GtkWidget *
baton_address_help_new (const char *organization, const char *tenant, GListModel *tenants)
{
  BatonAddressHelp *self = g_object_new (BATON_TYPE_ADDRESS_HELP, NULL);
  guint n_tenants = tenants != NULL ? g_list_model_get_n_items (tenants) : 0;

  if (organization != NULL && tenant != NULL && *tenant != '\0')
    {
      g_autofree char *taken = NULL;

      /* TRANSLATORS: two names out of the address. */
      taken = g_strdup_printf (
          _ ("Baton took “%s” for the account logical name and “%s” for the tenant logical name."),
          organization, tenant);
      gtk_box_append (GTK_BOX (self->content), baton_tenant_button_make_label (taken));
    }
  if (n_tenants > 0)
    gtk_box_append (GTK_BOX (self->content),
                    baton_tenant_button_make_label (
                        _ ("Your key opens these tenants. Choose one to go on:")));
  for (guint i = 0; i < n_tenants; i++)
    {
      g_autoptr (BatonTenant) item = g_list_model_get_item (tenants, i);

      gtk_box_append (GTK_BOX (self->content), make_button (self, item));
    }

  return GTK_WIDGET (self);
}
