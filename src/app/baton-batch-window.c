/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n.h>

#include "baton-batch-window.h"
#include "baton-error-text.h"

/* More rows than this are not listed one by one: the figures and what failed say enough. */
#define MAX_ROWS 500

struct _BatonBatchWindow
{
  AdwWindow parent_instance;

  BatonBatch *batch; /* (owned) */
  GPtrArray *rows;   /* (owned) of AdwActionRow (unowned) */

  AdwWindowTitle *heading;
  GtkWidget *retry;
  GtkProgressBar *progress;
  AdwPreferencesGroup *group;
};

G_DEFINE_FINAL_TYPE (BatonBatchWindow, baton_batch_window, ADW_TYPE_WINDOW)

#define IMAGE_KEY "baton-image"

static void
show_image (GtkWidget *image, const char *icon, const char *css_class)
{
  static const char *const none[] = { NULL };
  const char *classes[] = { css_class, NULL };

  gtk_image_set_from_icon_name (GTK_IMAGE (image), icon);
  gtk_widget_set_css_classes (image, css_class != NULL ? classes : (const char **) none);
}

static void
show_row (BatonBatchWindow *self, guint position)
{
  AdwActionRow *row = g_ptr_array_index (self->rows, position);
  GtkWidget *image = g_object_get_data (G_OBJECT (row), IMAGE_KEY);

  switch (baton_batch_get_state (self->batch, position))
    {
    case BATON_BATCH_WAITING:
      adw_action_row_set_subtitle (row, _("Waiting"));
      show_image (image, "content-loading-symbolic", "dim-label");
      break;
    case BATON_BATCH_RUNNING:
      adw_action_row_set_subtitle (row, _("On its way"));
      show_image (image, "emblem-synchronizing-symbolic", "accent");
      break;
    case BATON_BATCH_DONE:
      adw_action_row_set_subtitle (row, _("Done"));
      show_image (image, "emblem-ok-symbolic", "success");
      break;
    case BATON_BATCH_FAILED:
    default:
      {
        g_autoptr (BatonErrorText) text
            = baton_error_text_new (baton_batch_get_error (self->batch, position), NULL);
        g_autofree char *words = g_strdup_printf ("%s. %s", text->title, text->body);
        g_autofree char *escaped = g_markup_escape_text (words, -1);

        adw_action_row_set_subtitle (row, escaped);
        gtk_widget_set_tooltip_text (GTK_WIDGET (row), text->technical);
        show_image (image, "dialog-error-symbolic", "error");
      }
    }
}

static void
show_figures (BatonBatchWindow *self)
{
  guint n = baton_batch_get_length (self->batch);
  guint n_done = baton_batch_count (self->batch, BATON_BATCH_DONE);
  guint n_failed = baton_batch_count (self->batch, BATON_BATCH_FAILED);
  gboolean running = n_done + n_failed < n;
  g_autofree char *figures = NULL;

  /* TRANSLATORS: of a bulk action: "3 of 5 done, 1 failed" */
  figures = n_failed > 0 ? g_strdup_printf (_("%u of %u done, %u failed"), n_done, n, n_failed)
                         : g_strdup_printf (_("%u of %u done"), n_done, n);
  adw_window_title_set_subtitle (self->heading, figures);
  gtk_progress_bar_set_fraction (self->progress, n > 0 ? (double) (n_done + n_failed) / n : 1);
  gtk_widget_set_opacity (GTK_WIDGET (self->progress), running ? 1 : 0);
  gtk_widget_set_visible (self->retry, n_failed > 0);
  gtk_widget_set_sensitive (self->retry, !running);
}

static void
changed_cb (BatonBatchWindow *self, guint position)
{
  if (position < self->rows->len)
    show_row (self, position);
  show_figures (self);
}

static void
retry_cb (BatonBatchWindow *self)
{
  baton_batch_run (self->batch);
}

static void
baton_batch_window_dispose (GObject *object)
{
  BatonBatchWindow *self = BATON_BATCH_WINDOW (object);

  g_clear_object (&self->batch);
  g_ptr_array_set_size (self->rows, 0);
  G_OBJECT_CLASS (baton_batch_window_parent_class)->dispose (object);
}

static void
baton_batch_window_finalize (GObject *object)
{
  g_ptr_array_unref (BATON_BATCH_WINDOW (object)->rows);
  G_OBJECT_CLASS (baton_batch_window_parent_class)->finalize (object);
}

static void
baton_batch_window_class_init (BatonBatchWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = baton_batch_window_dispose;
  G_OBJECT_CLASS (klass)->finalize = baton_batch_window_finalize;
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/baton_desktop/Baton/baton-batch-window.ui");
  gtk_widget_class_bind_template_child (widget_class, BatonBatchWindow, heading);
  gtk_widget_class_bind_template_child (widget_class, BatonBatchWindow, retry);
  gtk_widget_class_bind_template_child (widget_class, BatonBatchWindow, progress);
  gtk_widget_class_bind_template_child (widget_class, BatonBatchWindow, group);
  gtk_widget_class_bind_template_callback (widget_class, retry_cb);
}

static void
baton_batch_window_init (BatonBatchWindow *self)
{
  self->rows = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}

static void
add_row (BatonBatchWindow *self, guint position)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *image = gtk_image_new ();
  g_autofree char *name = g_markup_escape_text (
      baton_record_get_name (baton_batch_get_record (self->batch, position)), -1);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), name);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 0);
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), image);
  g_object_set_data (G_OBJECT (row), IMAGE_KEY, image);
  adw_preferences_group_add (self->group, row);
  g_ptr_array_add (self->rows, row);
  show_row (self, position);
}

GtkWindow *
baton_batch_window_new (GtkWindow *parent, BatonBatch *batch)
{
  BatonBatchWindow *self;
  guint n;

  g_return_val_if_fail (BATON_IS_BATCH (batch), NULL);

  self = g_object_new (BATON_TYPE_BATCH_WINDOW, "transient-for", parent, NULL);
  self->batch = g_object_ref (batch);
  g_signal_connect_object (batch, "changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  adw_window_title_set_title (self->heading, _(baton_batch_get_action (batch)->label));
  gtk_window_set_title (GTK_WINDOW (self), _(baton_batch_get_action (batch)->label));
  n = MIN (baton_batch_get_length (batch), MAX_ROWS);
  for (guint i = 0; i < n; i++)
    add_row (self, i);
  show_figures (self);
  return GTK_WINDOW (self);
}
