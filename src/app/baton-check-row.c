/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n.h>

#include "baton-check-row.h"
#include "baton-check-text.h"
#include "baton-error.h"
#include "baton-tenant-button.h"
#include "baton-value-row.h"

#define MOST_TENANTS 5

struct _BatonCheckRow
{
  AdwExpanderRow parent_instance;

  GtkStack *icons;
  GtkImage *icon;
  GtkSpinner *spinner;
  GtkLabel *duration;
  GPtrArray *rows; /* (owned) (element-type GtkWidget, unowned): what is shown when opened */

  BatonCheck *check;   /* (owned) (nullable) */
  GListModel *tenants; /* (owned) (nullable) */
};

enum
{
  SIGNAL_REMEDY,
  SIGNAL_TENANT_CHOSEN,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (BatonCheckRow, baton_check_row, ADW_TYPE_EXPANDER_ROW)

/* Told apart by shape, not by colour alone. */
static const struct
{
  const char *icon;
  const char *style;
} looks[] = {
  [BATON_CHECK_WAITING] = { "content-loading-symbolic", "dim-label" },
  [BATON_CHECK_RUNNING] = { "content-loading-symbolic", "dim-label" },
  [BATON_CHECK_GOOD] = { "emblem-ok-symbolic", "success" },
  [BATON_CHECK_NOTICE] = { "dialog-information-symbolic", "accent" },
  [BATON_CHECK_FAILED] = { "dialog-error-symbolic", "error" },
  [BATON_CHECK_SKIPPED] = { "action-unavailable-symbolic", "dim-label" },
};

static void
add_row (BatonCheckRow *self, GtkWidget *row)
{
  adw_expander_row_add_row (ADW_EXPANDER_ROW (self), row);
  g_ptr_array_add (self->rows, row);
}

static void
remedy_cb (BatonCheckRow *self, GtkWidget *button)
{
  g_signal_emit (self, signals[SIGNAL_REMEDY], 0, g_object_get_data (G_OBJECT (button), "action"));
}

static void
tenant_cb (BatonCheckRow *self, GtkWidget *button)
{
  g_autoptr (BatonTenant) tenant = g_object_ref (baton_tenant_button_get_tenant (button));

  g_signal_emit (self, signals[SIGNAL_TENANT_CHOSEN], 0, tenant);
}

static GtkWidget *
make_tenant_button (BatonCheckRow *self, BatonTenant *tenant)
{
  GtkWidget *button;
  g_autofree char *text = NULL;

  /* TRANSLATORS: logical names of an organisation and a tenant, as they stand in an address. */
  text = g_strdup_printf (_("Use %s/%s"), baton_tenant_get_organization (tenant), baton_tenant_get_name (tenant));
  button = baton_tenant_button_new (tenant, text);
  gtk_widget_set_halign (button, GTK_ALIGN_START);
  g_signal_connect_object (button, "clicked", G_CALLBACK (tenant_cb), self, G_CONNECT_SWAPPED);
  return button;
}

/* Returns: TRUE where there were some. */
static gboolean
add_tenants (BatonCheckRow *self, GtkBox *box)
{
  guint n_tenants = g_list_model_get_n_items (self->tenants);

  for (guint i = 0; i < n_tenants && i < MOST_TENANTS; i++)
    {
      g_autoptr (BatonTenant) tenant = g_list_model_get_item (self->tenants, i);

      gtk_box_append (box, make_tenant_button (self, tenant));
    }
  return n_tenants > 0;
}

/* The cause, and what helps. */
static void
add_cause (BatonCheckRow *self, const BatonErrorText *text)
{
  const GError *error = baton_check_get_error (self->check);
  /* Where the server itself sends to is the better hint than what the key can see. */
  gboolean wrong_address = g_error_matches (error, BATON_ERROR, BATON_ERROR_WRONG_ADDRESS) && baton_error_get_details (error)->location == NULL;
  gboolean has_body = text->body != NULL && *text->body != '\0';
  GtkWidget *row, *box, *button;

  if (!has_body && text->action == NULL && !wrong_address)
    return;
  box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  gtk_widget_set_margin_top (box, 12);
  gtk_widget_set_margin_bottom (box, 12);
  gtk_widget_set_margin_start (box, 12);
  gtk_widget_set_margin_end (box, 12);
  if (has_body)
    gtk_box_append (GTK_BOX (box), baton_tenant_button_make_label (text->body));
  if (!(wrong_address && add_tenants (self, GTK_BOX (box))) && text->action != NULL)
    {
      button = gtk_button_new_with_label (text->button);
      gtk_widget_set_halign (button, GTK_ALIGN_START);
      g_object_set_data_full (G_OBJECT (button), "action", g_strdup (text->action), g_free);
      g_signal_connect_object (button, "clicked", G_CALLBACK (remedy_cb), self, G_CONNECT_SWAPPED);
      gtk_box_append (GTK_BOX (box), button);
    }
  row = adw_preferences_row_new ();
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), _("What to do"));
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), FALSE);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  add_row (self, row);
}

static void
add_details (BatonCheckRow *self, const BatonErrorText *text)
{
  for (guint i = 0; i < baton_check_get_n_details (self->check); i++)
    {
      const char *name, *value;

      baton_check_get_detail (self->check, i, &name, &value);
      add_row (self, baton_value_row_new (name, value));
    }
  if (text->technical != NULL)
    add_row (self, baton_value_row_new (_("For a developer"), text->technical));
}

static void
update_icon (BatonCheckRow *self)
{
  BatonCheckState state = baton_check_get_state (self->check);

  for (guint i = 0; i < G_N_ELEMENTS (looks); i++)
    gtk_widget_remove_css_class (GTK_WIDGET (self->icon), looks[i].style);
  gtk_widget_add_css_class (GTK_WIDGET (self->icon), looks[state].style);
  gtk_image_set_from_icon_name (self->icon, looks[state].icon);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->icon), GTK_ACCESSIBLE_PROPERTY_LABEL, baton_check_text_get_state (state), -1);
  gtk_stack_set_visible_child_name (self->icons, state == BATON_CHECK_RUNNING ? "spinner" : "icon");
  gtk_spinner_set_spinning (self->spinner, state == BATON_CHECK_RUNNING);
}

static void
update (BatonCheckRow *self)
{
  BatonCheckState state = baton_check_get_state (self->check);
  g_autoptr (BatonErrorText) text = baton_check_text_new (self->check);
  g_autofree char *subtitle = g_markup_escape_text (text->title != NULL ? text->title : "", -1);
  g_autofree char *duration = baton_check_text_format_duration (baton_check_get_duration (self->check));
  gboolean ran = state == BATON_CHECK_GOOD || state == BATON_CHECK_NOTICE || state == BATON_CHECK_FAILED;

  for (guint i = 0; i < self->rows->len; i++)
    adw_expander_row_remove (ADW_EXPANDER_ROW (self), g_ptr_array_index (self->rows, i));
  g_ptr_array_set_size (self->rows, 0);

  update_icon (self);
  adw_expander_row_set_subtitle (ADW_EXPANDER_ROW (self), subtitle);
  gtk_label_set_text (self->duration, ran ? duration : "");
  if (ran)
    {
      add_cause (self, text);
      add_details (self, text);
    }
  adw_expander_row_set_enable_expansion (ADW_EXPANDER_ROW (self), self->rows->len > 0);
  adw_expander_row_set_expanded (ADW_EXPANDER_ROW (self), state == BATON_CHECK_FAILED);
}

static void
baton_check_row_dispose (GObject *object)
{
  BatonCheckRow *self = BATON_CHECK_ROW (object);

  g_clear_object (&self->check);
  g_clear_object (&self->tenants);
  G_OBJECT_CLASS (baton_check_row_parent_class)->dispose (object);
}

static void
baton_check_row_finalize (GObject *object)
{
  g_ptr_array_unref (BATON_CHECK_ROW (object)->rows);
  G_OBJECT_CLASS (baton_check_row_parent_class)->finalize (object);
}

static void
baton_check_row_class_init (BatonCheckRowClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = baton_check_row_dispose;
  G_OBJECT_CLASS (klass)->finalize = baton_check_row_finalize;

  signals[SIGNAL_REMEDY] = g_signal_new ("remedy", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                                         G_TYPE_STRING);
  signals[SIGNAL_TENANT_CHOSEN] = g_signal_new ("tenant-chosen", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                                G_TYPE_NONE, 1, BATON_TYPE_TENANT);
}

static void
baton_check_row_init (BatonCheckRow *self)
{
  self->rows = g_ptr_array_new ();
  self->icon = GTK_IMAGE (gtk_image_new ());
  self->spinner = GTK_SPINNER (gtk_spinner_new ());
  self->icons = GTK_STACK (gtk_stack_new ());
  gtk_stack_add_named (self->icons, GTK_WIDGET (self->icon), "icon");
  gtk_stack_add_named (self->icons, GTK_WIDGET (self->spinner), "spinner");
  gtk_widget_set_valign (GTK_WIDGET (self->icons), GTK_ALIGN_CENTER);
  adw_expander_row_add_prefix (ADW_EXPANDER_ROW (self), GTK_WIDGET (self->icons));
  self->duration = GTK_LABEL (gtk_label_new (NULL));
  gtk_widget_add_css_class (GTK_WIDGET (self->duration), "dim-label");
  gtk_widget_add_css_class (GTK_WIDGET (self->duration), "numeric");
  adw_expander_row_add_action (ADW_EXPANDER_ROW (self), GTK_WIDGET (self->duration));
}

GtkWidget *
baton_check_row_new (BatonCheck *check, GListModel *tenants)
{
  BatonCheckRow *self;

  g_return_val_if_fail (BATON_IS_CHECK (check), NULL);
  g_return_val_if_fail (G_IS_LIST_MODEL (tenants), NULL);

  self = g_object_new (BATON_TYPE_CHECK_ROW, "title", baton_check_get_title (check), NULL);
  self->check = g_object_ref (check);
  self->tenants = g_object_ref (tenants);
  g_signal_connect_object (check, "notify::state", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  update (self);
  return GTK_WIDGET (self);
}

BatonCheck *
baton_check_row_get_check (BatonCheckRow *self)
{
  g_return_val_if_fail (BATON_IS_CHECK_ROW (self), NULL);
  return self->check;
}
