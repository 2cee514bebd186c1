/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "baton-tenant-choice.h"
#include "baton-tenant-row.h"

/* Fewer are seen at a glance. */
#define WORTH_A_SEARCH 8

struct _BatonTenantChoice
{
  GtkWidget parent_instance;

  GtkWidget *content;
  GtkEditable *search;
  GtkListBox *list;

  char *needle; /* (owned) (nullable): case-folded */
};

enum
{
  SIGNAL_CHOSEN,
  SIGNAL_CANCELLED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (BatonTenantChoice, baton_tenant_choice, GTK_TYPE_WIDGET)

static void
activated_cb (BatonTenantChoice *self, BatonTenantRow *row)
{
  g_autoptr (BatonTenant) tenant = g_object_ref (baton_tenant_row_get_tenant (row));

  g_signal_emit (self, signals[SIGNAL_CHOSEN], 0, tenant);
}

static void
cancel_cb (BatonTenantChoice *self)
{
  g_signal_emit (self, signals[SIGNAL_CANCELLED], 0);
}

static void
search_changed_cb (BatonTenantChoice *self)
{
  g_autofree char *text = g_strstrip (g_strdup (gtk_editable_get_text (self->search)));

  g_free (self->needle);
  self->needle = g_utf8_casefold (text, -1);
  gtk_list_box_invalidate_filter (self->list);
}

static gboolean
filter_cb (GtkListBoxRow *row, gpointer user_data)
{
  BatonTenantChoice *self = user_data;

  return self->needle == NULL || baton_tenant_row_matches (BATON_TENANT_ROW (row), self->needle);
}

/* To where the choice is made. */
static gboolean
baton_tenant_choice_grab_focus (GtkWidget *widget)
{
  BatonTenantChoice *self = BATON_TENANT_CHOICE (widget);
  GtkListBoxRow *first = gtk_list_box_get_row_at_index (self->list, 0);

  if (gtk_widget_get_visible (GTK_WIDGET (self->search)))
    return gtk_widget_grab_focus (GTK_WIDGET (self->search));

  return first != NULL && gtk_widget_grab_focus (GTK_WIDGET (first));
}

static void
baton_tenant_choice_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), BATON_TYPE_TENANT_CHOICE);
  G_OBJECT_CLASS (baton_tenant_choice_parent_class)->dispose (object);
}

static void
baton_tenant_choice_finalize (GObject *object)
{
  g_free (BATON_TENANT_CHOICE (object)->needle);
  G_OBJECT_CLASS (baton_tenant_choice_parent_class)->finalize (object);
}

static void
baton_tenant_choice_class_init (BatonTenantChoiceClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  GType type = G_TYPE_FROM_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = baton_tenant_choice_dispose;
  G_OBJECT_CLASS (klass)->finalize = baton_tenant_choice_finalize;
  widget_class->grab_focus = baton_tenant_choice_grab_focus;

  signals[SIGNAL_CHOSEN] = g_signal_new ("chosen", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                         G_TYPE_NONE, 1, BATON_TYPE_TENANT);
  signals[SIGNAL_CANCELLED]
      = g_signal_new ("cancelled", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/baton_desktop/Baton/baton-tenant-choice.ui");
  gtk_widget_class_bind_template_child (widget_class, BatonTenantChoice, content);
  gtk_widget_class_bind_template_child (widget_class, BatonTenantChoice, search);
  gtk_widget_class_bind_template_child (widget_class, BatonTenantChoice, list);
  gtk_widget_class_bind_template_callback (widget_class, activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, cancel_cb);
  gtk_widget_class_bind_template_callback (widget_class, search_changed_cb);
}

static void
baton_tenant_choice_init (BatonTenantChoice *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_list_box_set_header_func (self->list, baton_tenant_row_update_header, NULL, NULL);
  gtk_list_box_set_filter_func (self->list, filter_cb, self, NULL);
}

void
baton_tenant_choice_set_tenants (BatonTenantChoice *self, GListModel *tenants)
{
  GtkListBoxRow *row;
  guint n;

  g_return_if_fail (BATON_IS_TENANT_CHOICE (self));
  g_return_if_fail (G_IS_LIST_MODEL (tenants));

  while ((row = gtk_list_box_get_row_at_index (self->list, 0)) != NULL)
    gtk_list_box_remove (self->list, GTK_WIDGET (row));
  gtk_editable_set_text (self->search, "");

  n = g_list_model_get_n_items (tenants);
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (BatonTenant) tenant = g_list_model_get_item (tenants, i);

      gtk_list_box_append (self->list, baton_tenant_row_new_for_tenant (tenant, FALSE));
    }
  gtk_widget_set_visible (GTK_WIDGET (self->search), n > WORTH_A_SEARCH);
}
