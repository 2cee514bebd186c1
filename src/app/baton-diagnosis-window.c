/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n.h>

#include "baton-check-row.h"
#include "baton-check-text.h"
#include "baton-clipboard.h"
#include "baton-diagnosis-window.h"

struct _BatonDiagnosisWindow
{
  AdwWindow parent_instance;

  AdwToastOverlay *toasts;
  GtkStack *run;
  GtkWidget *again;
  GtkWidget *stop;
  GtkWidget *copy;
  AdwPreferencesGroup *group;

  BatonDiagnosis *diagnosis; /* (owned) (nullable) */
  GCancellable *cancellable; /* (owned) (nullable): of the run */
};

enum
{
  SIGNAL_REMEDY,
  SIGNAL_TENANT_CHOSEN,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (BatonDiagnosisWindow, baton_diagnosis_window, ADW_TYPE_WINDOW)

static void
update (BatonDiagnosisWindow *self)
{
  gboolean running = baton_diagnosis_is_running (self->diagnosis);
  g_autofree char *summary = baton_check_text_summarize (self->diagnosis);
  g_autofree char *description = g_markup_escape_text (summary, -1);

  adw_preferences_group_set_description (self->group, description);
  gtk_stack_set_visible_child (self->run, running ? self->stop : self->again);
  gtk_widget_set_sensitive (self->copy, !running);
}

static void
ran_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (BatonDiagnosisWindow) self = user_data;

  /* Being stopped is all that can happen; the checks show it. */
  baton_diagnosis_run_finish (BATON_DIAGNOSIS (source), result, NULL);
  if (self->diagnosis == NULL)
    return;
  g_clear_object (&self->cancellable);
  update (self);
}

static void
run (BatonDiagnosisWindow *self)
{
  if (baton_diagnosis_is_running (self->diagnosis))
    return;
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  baton_diagnosis_run_async (self->diagnosis, self->cancellable, ran_cb, g_object_ref (self));
  update (self);
}

static void
stop_cb (BatonDiagnosisWindow *self)
{
  g_cancellable_cancel (self->cancellable);
}

static void
copy_cb (BatonDiagnosisWindow *self)
{
  g_autofree char *report = baton_check_text_report (self->diagnosis, g_get_real_time ());

  baton_clipboard_copy (GTK_WIDGET (self), report);
  adw_toast_overlay_add_toast (self->toasts, adw_toast_new (_("The report was copied")));
}

static void
remedy_cb (BatonDiagnosisWindow *self, const char *action)
{
  g_autoptr (BatonDiagnosisWindow) kept = g_object_ref (self);
  g_autofree char *name = g_strdup (action);

  gtk_window_close (GTK_WINDOW (self));
  g_signal_emit (kept, signals[SIGNAL_REMEDY], 0, name);
}

static void
tenant_chosen_cb (BatonDiagnosisWindow *self, BatonTenant *tenant)
{
  g_autoptr (BatonDiagnosisWindow) kept = g_object_ref (self);

  gtk_window_close (GTK_WINDOW (self));
  g_signal_emit (kept, signals[SIGNAL_TENANT_CHOSEN], 0, tenant);
}

static void
add_rows (BatonDiagnosisWindow *self)
{
  GListModel *checks = baton_diagnosis_get_checks (self->diagnosis);

  for (guint i = 0; i < g_list_model_get_n_items (checks); i++)
    {
      g_autoptr (BatonCheck) check = g_list_model_get_item (checks, i);
      GtkWidget *row = baton_check_row_new (check, baton_diagnosis_get_tenants (self->diagnosis));

      g_signal_connect_object (row, "remedy", G_CALLBACK (remedy_cb), self, G_CONNECT_SWAPPED);
      g_signal_connect_object (row, "tenant-chosen", G_CALLBACK (tenant_chosen_cb), self, G_CONNECT_SWAPPED);
      adw_preferences_group_add (self->group, row);
    }
}

/* The run holds the window, which would stay until the server answers. */
static void
baton_diagnosis_window_unrealize (GtkWidget *widget)
{
  g_cancellable_cancel (BATON_DIAGNOSIS_WINDOW (widget)->cancellable);
  GTK_WIDGET_CLASS (baton_diagnosis_window_parent_class)->unrealize (widget);
}

static void
baton_diagnosis_window_dispose (GObject *object)
{
  BatonDiagnosisWindow *self = BATON_DIAGNOSIS_WINDOW (object);

  g_clear_object (&self->cancellable);
  g_clear_object (&self->diagnosis);
  G_OBJECT_CLASS (baton_diagnosis_window_parent_class)->dispose (object);
}

static void
baton_diagnosis_window_class_init (BatonDiagnosisWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = baton_diagnosis_window_dispose;
  widget_class->unrealize = baton_diagnosis_window_unrealize;
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/baton_desktop/Baton/baton-diagnosis-window.ui");
  gtk_widget_class_bind_template_child (widget_class, BatonDiagnosisWindow, toasts);
  gtk_widget_class_bind_template_child (widget_class, BatonDiagnosisWindow, run);
  gtk_widget_class_bind_template_child (widget_class, BatonDiagnosisWindow, again);
  gtk_widget_class_bind_template_child (widget_class, BatonDiagnosisWindow, stop);
  gtk_widget_class_bind_template_child (widget_class, BatonDiagnosisWindow, copy);
  gtk_widget_class_bind_template_child (widget_class, BatonDiagnosisWindow, group);
  gtk_widget_class_bind_template_callback_full (widget_class, "again_cb", G_CALLBACK (run));
  gtk_widget_class_bind_template_callback (widget_class, stop_cb);
  gtk_widget_class_bind_template_callback (widget_class, copy_cb);

  signals[SIGNAL_REMEDY] = g_signal_new ("remedy", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                                         G_TYPE_STRING);
  signals[SIGNAL_TENANT_CHOSEN] = g_signal_new ("tenant-chosen", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                                G_TYPE_NONE, 1, BATON_TYPE_TENANT);
}

static void
baton_diagnosis_window_init (BatonDiagnosisWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * baton_diagnosis_window_new:
 * @parent: (nullable): the window that it belongs to
 * @connection: what is looked at
 *
 * Returns: (transfer none): a window to present; it runs already
 */
GtkWidget *
baton_diagnosis_window_new (GtkWindow *parent, BatonConnection *connection)
{
  BatonDiagnosisWindow *self;
  g_autofree char *title = NULL;

  g_return_val_if_fail (BATON_IS_CONNECTION (connection), NULL);

  self = g_object_new (BATON_TYPE_DIAGNOSIS_WINDOW, "transient-for", parent, NULL);
  self->diagnosis = baton_diagnosis_new (connection, NULL);
  title = g_markup_escape_text (baton_account_get_name (baton_connection_get_account (connection)), -1);
  adw_preferences_group_set_title (self->group, title);
  add_rows (self);
  run (self);
  return GTK_WIDGET (self);
}
