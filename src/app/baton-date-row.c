/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n.h>

#include "baton-date-row.h"

struct _BatonDateRow
{
  AdwEntryRow parent_instance;

  GtkCalendar *calendar;
};

G_DEFINE_FINAL_TYPE (BatonDateRow, baton_date_row, ADW_TYPE_ENTRY_ROW)

static void
set_day (BatonDateRow *self, GDateTime *day)
{
  g_autofree char *text = g_date_time_format (day, "%Y-%m-%d");

  gtk_editable_set_text (GTK_EDITABLE (self), text);
}

static void
day_selected_cb (BatonDateRow *self)
{
  g_autoptr (GDateTime) day = gtk_calendar_get_date (self->calendar);

  set_day (self, day);
}

static void
baton_date_row_class_init (BatonDateRowClass *klass)
{
}

static void
baton_date_row_init (BatonDateRow *self)
{
  GtkWidget *popover = gtk_popover_new ();
  GtkWidget *button = gtk_menu_button_new ();

  self->calendar = GTK_CALENDAR (gtk_calendar_new ());
  g_signal_connect_object (self->calendar, "day-selected", G_CALLBACK (day_selected_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_popover_set_child (GTK_POPOVER (popover), GTK_WIDGET (self->calendar));

  gtk_menu_button_set_icon_name (GTK_MENU_BUTTON (button), "x-office-calendar-symbolic");
  gtk_menu_button_set_popover (GTK_MENU_BUTTON (button), popover);
  gtk_widget_set_tooltip_text (button, _ ("Choose the day"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Choose the day"), -1);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "flat");
  adw_entry_row_add_suffix (ADW_ENTRY_ROW (self), button);
}

gboolean
baton_date_row_read (BatonDateRow *self, gint64 *time)
{
  int year, month, day;
  char rest;
  g_autofree char *text = NULL;
  g_autoptr (GDateTime) start = NULL;
  g_autoptr (GDateTime) end = NULL;

  g_return_val_if_fail (BATON_IS_DATE_ROW (self), FALSE);

  *time = 0;
  text = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self))));
  if (*text == '\0')
    return TRUE;
  if (sscanf (text, "%4d-%2d-%2d%c", &year, &month, &day, &rest) != 3)
    return FALSE;
  start = g_date_time_new_local (year, month, day, 0, 0, 0);
  if (start == NULL)
    return FALSE;

  end = g_date_time_add_days (start, 1);
  *time = g_date_time_to_unix (end) * G_USEC_PER_SEC;

  return TRUE;
}

void
baton_date_row_set (BatonDateRow *self, gint64 time)
{
  g_autoptr (GDateTime) last = NULL;

  g_return_if_fail (BATON_IS_DATE_ROW (self));

  if (time <= 0)
    {
      gtk_editable_set_text (GTK_EDITABLE (self), "");
      return;
    }
  last = g_date_time_new_from_unix_local (time / G_USEC_PER_SEC - 1);
  set_day (self, last);
}
