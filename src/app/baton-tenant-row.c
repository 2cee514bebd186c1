/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n.h>

#include "baton-tenant-row.h"

struct _BatonTenantRow
{
  GtkListBoxRow parent_instance;

  BatonTenant *tenant;   /* (owned) (nullable) */
  BatonAccount *account; /* (owned) (nullable) */
  char *folded;          /* (owned) what the search looks in, case-folded */
};

G_DEFINE_FINAL_TYPE (BatonTenantRow, baton_tenant_row, GTK_TYPE_LIST_BOX_ROW)

static void
baton_tenant_row_dispose (GObject *object)
{
  BatonTenantRow *self = BATON_TENANT_ROW (object);

  g_clear_object (&self->tenant);
  g_clear_object (&self->account);
  G_OBJECT_CLASS (baton_tenant_row_parent_class)->dispose (object);
}

static void
baton_tenant_row_finalize (GObject *object)
{
  g_free (BATON_TENANT_ROW (object)->folded);
  G_OBJECT_CLASS (baton_tenant_row_parent_class)->finalize (object);
}

static void
baton_tenant_row_class_init (BatonTenantRowClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = baton_tenant_row_dispose;
  G_OBJECT_CLASS (klass)->finalize = baton_tenant_row_finalize;
}

static void
baton_tenant_row_init (BatonTenantRow *self)
{
}

static GtkWidget *
make_label (const char *text, const char *css_class)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_MIDDLE);
  gtk_label_set_max_width_chars (GTK_LABEL (label), 36);
  if (css_class != NULL)
    {
      gtk_widget_add_css_class (label, css_class);
      gtk_widget_add_css_class (label, "caption");
    }
  return label;
}

/* @sub: logical name: what stands in an address. */
static GtkWidget *
build (BatonTenantRow *self, const char *title, const char *sub)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *texts = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  g_autofree char *both = g_strdup_printf ("%s\n%s", title, sub);

  self->folded = g_utf8_casefold (both, -1);
  gtk_box_append (GTK_BOX (texts), make_label (title, NULL));
  gtk_box_append (GTK_BOX (texts), make_label (sub, "dim-label"));
  gtk_widget_set_hexpand (texts, TRUE);
  gtk_widget_set_margin_top (box, 4);
  gtk_widget_set_margin_bottom (box, 4);
  gtk_box_append (GTK_BOX (box), texts);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (self), box);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, title,
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, sub, -1);
  return box;
}

GtkWidget *
baton_tenant_row_new_for_tenant (BatonTenant *tenant, gboolean current)
{
  BatonTenantRow *self = g_object_new (BATON_TYPE_TENANT_ROW, NULL);
  g_autofree char *logical = NULL;
  GtkWidget *box;

  self->tenant = g_object_ref (tenant);
  if (baton_tenant_get_organization (tenant) != NULL)
    logical = g_strdup_printf ("%s/%s", baton_tenant_get_organization (tenant),
                               baton_tenant_get_name (tenant));
  else
    logical = g_strdup (baton_tenant_get_name (tenant));
  box = build (self, baton_tenant_get_display (tenant), logical);
  if (current)
    {
      GtkWidget *check = gtk_image_new_from_icon_name ("object-select-symbolic");

      gtk_accessible_update_property (GTK_ACCESSIBLE (check), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                      _("in use"), -1);
      gtk_box_append (GTK_BOX (box), check);
    }
  return GTK_WIDGET (self);
}

GtkWidget *
baton_tenant_row_new_for_account (BatonAccount *account)
{
  BatonTenantRow *self = g_object_new (BATON_TYPE_TENANT_ROW, NULL);
  BatonDeployment *deployment = baton_account_get_deployment (account);
  const char *base = baton_deployment_get_base_url (deployment);
  GtkWidget *box, *remove;
  g_autofree char *label = NULL;

  self->account = g_object_ref (account);
  box = build (self, baton_account_get_name (account),
               base != NULL ? base : baton_deployment_get_origin (deployment));
  remove = gtk_button_new_from_icon_name ("user-trash-symbolic");
  gtk_widget_set_valign (remove, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (remove, "flat");
  /* TRANSLATORS: %s is the name of an account. */
  label = g_strdup_printf (_("Remove %s…"), baton_account_get_name (account));
  gtk_widget_set_tooltip_text (remove, label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (remove), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (remove), "win.remove-account");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (remove), "s", baton_account_get_id (account));
  gtk_box_append (GTK_BOX (box), remove);
  return GTK_WIDGET (self);
}

BatonTenant *
baton_tenant_row_get_tenant (BatonTenantRow *self)
{
  g_return_val_if_fail (BATON_IS_TENANT_ROW (self), NULL);
  return self->tenant;
}

BatonAccount *
baton_tenant_row_get_account (BatonTenantRow *self)
{
  g_return_val_if_fail (BATON_IS_TENANT_ROW (self), NULL);
  return self->account;
}

const char *
baton_tenant_row_get_section (BatonTenantRow *self)
{
  const char *organization;

  g_return_val_if_fail (BATON_IS_TENANT_ROW (self), NULL);

  if (self->tenant == NULL)
    return _("Other accounts");
  organization = baton_tenant_get_organization_display (self->tenant);
  return organization != NULL ? organization : _("Tenants");
}

gboolean
baton_tenant_row_matches (BatonTenantRow *self, const char *text)
{
  g_return_val_if_fail (BATON_IS_TENANT_ROW (self), FALSE);

  return *text == '\0' || strstr (self->folded, text) != NULL;
}

void
baton_tenant_row_update_header (GtkListBoxRow *row, GtkListBoxRow *before, gpointer user_data)
{
  const char *section = baton_tenant_row_get_section (BATON_TENANT_ROW (row));
  GtkWidget *label;

  if (before != NULL
      && g_strcmp0 (section, baton_tenant_row_get_section (BATON_TENANT_ROW (before))) == 0)
    {
      gtk_list_box_row_set_header (row, NULL);
      return;
    }
  label = gtk_label_new (section);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_widget_set_margin_start (label, 12);
  gtk_widget_set_margin_top (label, 6);
  gtk_widget_add_css_class (label, "caption-heading");
  gtk_widget_add_css_class (label, "dim-label");
  gtk_list_box_row_set_header (row, label);
}
