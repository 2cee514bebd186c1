/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n.h>

#include "baton-address-preview.h"

struct _BatonAddressPreview
{
  GtkWidget parent_instance;

  GtkWidget *content;
  GtkWidget *hint;
  GtkWidget *grid;
  GtkLabel *edition;
  GtkLabel *organization;
  GtkWidget *organization_title;
  GtkLabel *tenant;
  GtkLabel *base;
  GtkWidget *notice_box;
  GtkLabel *notice;
};

G_DEFINE_FINAL_TYPE (BatonAddressPreview, baton_address_preview, GTK_TYPE_WIDGET)

static void
baton_address_preview_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), BATON_TYPE_ADDRESS_PREVIEW);
  G_OBJECT_CLASS (baton_address_preview_parent_class)->dispose (object);
}

static void
baton_address_preview_class_init (BatonAddressPreviewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = baton_address_preview_dispose;
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/baton_desktop/Baton/baton-address-preview.ui");
  gtk_widget_class_bind_template_child (widget_class, BatonAddressPreview, content);
  gtk_widget_class_bind_template_child (widget_class, BatonAddressPreview, hint);
  gtk_widget_class_bind_template_child (widget_class, BatonAddressPreview, grid);
  gtk_widget_class_bind_template_child (widget_class, BatonAddressPreview, edition);
  gtk_widget_class_bind_template_child (widget_class, BatonAddressPreview, organization);
  gtk_widget_class_bind_template_child (widget_class, BatonAddressPreview, organization_title);
  gtk_widget_class_bind_template_child (widget_class, BatonAddressPreview, tenant);
  gtk_widget_class_bind_template_child (widget_class, BatonAddressPreview, base);
  gtk_widget_class_bind_template_child (widget_class, BatonAddressPreview, notice_box);
  gtk_widget_class_bind_template_child (widget_class, BatonAddressPreview, notice);
}

static void
baton_address_preview_init (BatonAddressPreview *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

static void
show_notice (BatonAddressPreview *self, const char *text)
{
  gtk_label_set_text (self->notice, text != NULL ? text : "");
  gtk_widget_set_visible (self->notice_box, text != NULL && *text != '\0');
}

/* "not given" is said in words, dimmed, so that an empty line is not taken for a fault of the window. */
static void
show_value (GtkLabel *label, const char *value, const char *otherwise)
{
  gtk_label_set_text (label, value != NULL ? value : otherwise);
  if (value != NULL)
    gtk_widget_remove_css_class (GTK_WIDGET (label), "dim-label");
  else
    gtk_widget_add_css_class (GTK_WIDGET (label), "dim-label");
}

static void
show_deployment (BatonAddressPreview *self, BatonDeployment *deployment)
{
  gboolean alone = baton_deployment_get_edition (deployment) == BATON_EDITION_STANDALONE;
  const char *notice = baton_deployment_get_notice (deployment);
  g_autofree char *unsafe = NULL;

  gtk_label_set_text (self->edition, baton_deployment_get_edition_name (deployment));
  show_value (self->organization, baton_deployment_get_organization (deployment),
              _("not in this address"));
  gtk_widget_set_visible (GTK_WIDGET (self->organization), !alone);
  gtk_widget_set_visible (self->organization_title, !alone);
  show_value (self->tenant, baton_deployment_get_tenant (deployment),
              alone ? _("goes into the field below") : _("you choose one after signing in"));
  show_value (self->base, baton_deployment_get_base_url (deployment),
              _("known once organisation and tenant are"));

  if (!baton_deployment_is_safe (deployment))
    {
      const char *plain = _("This address is not encrypted (http). Baton sends no key over it; use https.");

      unsafe = notice != NULL ? g_strdup_printf ("%s\n%s", plain, notice) : g_strdup (plain);
      notice = unsafe;
    }
  show_notice (self, notice);
}

void
baton_address_preview_set (BatonAddressPreview *self, BatonDeployment *deployment, const char *problem)
{
  g_return_if_fail (BATON_IS_ADDRESS_PREVIEW (self));
  g_return_if_fail (deployment == NULL || BATON_IS_DEPLOYMENT (deployment));

  gtk_widget_set_visible (self->hint, deployment == NULL && problem == NULL);
  gtk_widget_set_visible (self->grid, deployment != NULL);
  if (deployment != NULL)
    show_deployment (self, deployment);
  else
    show_notice (self, problem);
}
