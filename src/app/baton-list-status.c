/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n.h>

#include "baton-clock.h"
#include "baton-error-text.h"
#include "baton-list-status.h"
#include "baton-local-time.h"

struct _BatonListStatus
{
  GtkBox parent_instance;

  GtkImage *warning;
  GtkLabel *label;
  GtkSpinner *spinner;
};

G_DEFINE_FINAL_TYPE (BatonListStatus, baton_list_status, GTK_TYPE_BOX)

static char *
dup_range_text (BatonPagedList *list, BatonTable *table)
{
  gint64 total = list != NULL ? baton_paged_list_get_total (list) : -1;
  g_autofree char *all = g_strdup_printf ("%'" G_GINT64_FORMAT, total);
  guint first, last;

  if (total < 0)
    return NULL;
  if (baton_table_get_visible_range (table, &first, &last))
    /* TRANSLATORS: the rows on screen of all: "1–50 of 1,204" */
    return g_strdup_printf (_("%'u–%'u of %s"), first + 1, last + 1, all);
  return g_strdup_printf (_("0 of %s"), all);
}

static char *
dup_age_text (BatonPagedList *list)
{
  gint64 updated = list != NULL ? baton_paged_list_get_updated_at (list) : 0;
  gint64 age = baton_clock_now (baton_clock_get_default ()) - updated;

  if (updated == 0)
    return NULL;
  if (age < 2 * G_USEC_PER_SEC)
    return g_strdup (_("updated just now"));
  if (age >= (gint64) 3600 * G_USEC_PER_SEC)
    {
      g_autofree char *time = baton_local_time_format (updated);

      /* TRANSLATORS: %s is a time of day, with the date where it is not today */
      return g_strdup_printf (_("updated at %s"), time);
    }
  if (age < 60 * G_USEC_PER_SEC)
    return g_strdup_printf (_("updated %d s ago"), (int) (age / G_USEC_PER_SEC));
  return g_strdup_printf (_("updated %d min ago"), (int) (age / (60 * G_USEC_PER_SEC)));
}

static void
baton_list_status_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), BATON_TYPE_LIST_STATUS);
  G_OBJECT_CLASS (baton_list_status_parent_class)->dispose (object);
}

static void
baton_list_status_class_init (BatonListStatusClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = baton_list_status_dispose;
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/baton_desktop/Baton/baton-list-status.ui");
  gtk_widget_class_bind_template_child (widget_class, BatonListStatus, warning);
  gtk_widget_class_bind_template_child (widget_class, BatonListStatus, label);
  gtk_widget_class_bind_template_child (widget_class, BatonListStatus, spinner);
}

static void
baton_list_status_init (BatonListStatus *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
baton_list_status_update (BatonListStatus *self,
                          BatonPagedList *list,
                          BatonTable *table,
                          guint64 n_selected)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_autofree char *range = NULL;
  g_autofree char *age = NULL;
  g_autofree char *text = NULL;
  g_auto (GStrv) parts = NULL;

  g_return_if_fail (BATON_IS_LIST_STATUS (self));
  g_return_if_fail (BATON_IS_TABLE (table));

  range = dup_range_text (list, table);
  if (range != NULL)
    g_strv_builder_add (builder, range);
  if (n_selected > 1)
    {
      g_autofree char *n = g_strdup_printf ("%'" G_GUINT64_FORMAT, n_selected);
      g_autofree char *chosen
          = g_strdup_printf (ngettext ("%s selected", "%s selected", n_selected), n);

      g_strv_builder_add (builder, chosen);
    }
  age = dup_age_text (list);
  if (age != NULL)
    g_strv_builder_add (builder, age);
  parts = g_strv_builder_end (builder);
  text = g_strjoinv (" · ", parts);
  if (!g_str_equal (gtk_label_get_text (self->label), text))
    gtk_label_set_text (self->label, text);
  gtk_spinner_set_spinning (self->spinner, list != NULL && baton_paged_list_get_loading (list));
}

void
baton_list_status_set_error (BatonListStatus *self, const GError *error)
{
  g_autoptr (BatonErrorText) text = NULL;
  g_autofree char *tooltip = NULL;

  g_return_if_fail (BATON_IS_LIST_STATUS (self));

  gtk_widget_set_visible (GTK_WIDGET (self->warning), error != NULL);
  if (error == NULL)
    return;
  text = baton_error_text_new (error, NULL);
  tooltip = g_strdup_printf ("%s\n%s", text->title, text->body);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->warning), tooltip);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->warning), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  text->title, -1);
}
