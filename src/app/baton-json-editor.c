/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n.h>

#include "baton-json-check.h"
#include "baton-json-editor.h"

struct _BatonJsonEditor
{
  GtkWidget parent_instance;

  GtkWidget *box;
  GtkTextView *view;
  GtkTextBuffer *buffer; /* (unowned): of the view */
  GtkLabel *message;
  char *fault; /* (owned) (nullable) */
};

enum
{
  SIGNAL_CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (BatonJsonEditor, baton_json_editor, GTK_TYPE_WIDGET)

static void
mark (BatonJsonEditor *self, guint line, guint column)
{
  GtkTextIter start, end;

  gtk_text_buffer_get_iter_at_line_offset (self->buffer, &start, (int) line - 1, 0);
  gtk_text_iter_forward_chars (&start, (int) column - 1);
  end = start;
  /* Behind the last character there is nothing to mark: the one before it is. */
  if (!gtk_text_iter_forward_char (&end))
    gtk_text_iter_backward_char (&start);
  gtk_text_buffer_apply_tag_by_name (self->buffer, "fault", &start, &end);
}

static void
buffer_changed_cb (BatonJsonEditor *self)
{
  g_autofree char *text = baton_json_editor_dup_text (self);
  g_autoptr (GError) error = NULL;
  GtkTextIter start, end;
  guint line, column;

  gtk_text_buffer_get_bounds (self->buffer, &start, &end);
  gtk_text_buffer_remove_tag_by_name (self->buffer, "fault", &start, &end);
  g_clear_pointer (&self->fault, g_free);
  if (*text != '\0')
    {
      /* Checked as it stands, so that lines are those that one sees. */
      g_autofree char *whole = gtk_text_buffer_get_text (self->buffer, &start, &end, FALSE);

      if (!baton_json_check (whole, TRUE, &line, &column, &error))
        {
          self->fault = g_strdup (error->message);
          mark (self, line, column);
        }
    }
  gtk_label_set_text (self->message, self->fault != NULL ? self->fault : "");
  gtk_widget_set_visible (GTK_WIDGET (self->message), self->fault != NULL);
  gtk_accessible_update_state (GTK_ACCESSIBLE (self->view), GTK_ACCESSIBLE_STATE_INVALID,
                               self->fault != NULL ? GTK_ACCESSIBLE_INVALID_TRUE
                                                   : GTK_ACCESSIBLE_INVALID_FALSE,
                               -1);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static void
baton_json_editor_dispose (GObject *object)
{
  BatonJsonEditor *self = BATON_JSON_EDITOR (object);

  g_clear_pointer (&self->box, gtk_widget_unparent);
  G_OBJECT_CLASS (baton_json_editor_parent_class)->dispose (object);
}

static void
baton_json_editor_finalize (GObject *object)
{
  g_free (BATON_JSON_EDITOR (object)->fault);
  G_OBJECT_CLASS (baton_json_editor_parent_class)->finalize (object);
}

static void
baton_json_editor_class_init (BatonJsonEditorClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = baton_json_editor_dispose;
  G_OBJECT_CLASS (klass)->finalize = baton_json_editor_finalize;
  signals[SIGNAL_CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                                          0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
baton_json_editor_init (BatonJsonEditor *self)
{
  GtkWidget *scroller = gtk_scrolled_window_new ();

  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  self->view = GTK_TEXT_VIEW (gtk_text_view_new ());
  self->buffer = gtk_text_view_get_buffer (self->view);
  gtk_text_view_set_monospace (self->view, TRUE);
  gtk_text_view_set_wrap_mode (self->view, GTK_WRAP_WORD_CHAR);
  /* Tab goes on to the next widget: the form is whole by keyboard. */
  gtk_text_view_set_accepts_tab (self->view, FALSE);
  gtk_text_view_set_top_margin (self->view, 9);
  gtk_text_view_set_bottom_margin (self->view, 9);
  gtk_text_view_set_left_margin (self->view, 12);
  gtk_text_view_set_right_margin (self->view, 12);
  gtk_text_buffer_create_tag (self->buffer, "fault", "underline", PANGO_UNDERLINE_ERROR, NULL);

  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (scroller), TRUE);
  gtk_scrolled_window_set_min_content_height (GTK_SCROLLED_WINDOW (scroller), 120);
  gtk_scrolled_window_set_max_content_height (GTK_SCROLLED_WINDOW (scroller), 280);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), GTK_WIDGET (self->view));
  gtk_widget_add_css_class (scroller, "card");
  gtk_widget_add_css_class (scroller, "baton-text");
  gtk_box_append (GTK_BOX (self->box), scroller);

  self->message = GTK_LABEL (gtk_label_new (NULL));
  gtk_label_set_xalign (self->message, 0);
  gtk_label_set_wrap (self->message, TRUE);
  gtk_widget_add_css_class (GTK_WIDGET (self->message), "error");
  gtk_widget_add_css_class (GTK_WIDGET (self->message), "caption");
  gtk_widget_set_visible (GTK_WIDGET (self->message), FALSE);
  gtk_box_append (GTK_BOX (self->box), GTK_WIDGET (self->message));
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));

  g_signal_connect_object (self->buffer, "changed", G_CALLBACK (buffer_changed_cb), self,
                           G_CONNECT_SWAPPED);
}

GtkWidget *
baton_json_editor_new (const char *label)
{
  BatonJsonEditor *self = g_object_new (BATON_TYPE_JSON_EDITOR, NULL);

  gtk_accessible_update_property (GTK_ACCESSIBLE (self->view), GTK_ACCESSIBLE_PROPERTY_LABEL, label,
                                  -1);
  gtk_accessible_update_relation (GTK_ACCESSIBLE (self->view), GTK_ACCESSIBLE_RELATION_DESCRIBED_BY,
                                  self->message, NULL, -1);
  return GTK_WIDGET (self);
}

void
baton_json_editor_set_text (BatonJsonEditor *self, const char *text)
{
  g_return_if_fail (BATON_IS_JSON_EDITOR (self));

  gtk_text_buffer_set_text (self->buffer, text, -1);
}

char *
baton_json_editor_dup_text (BatonJsonEditor *self)
{
  GtkTextIter start, end;

  g_return_val_if_fail (BATON_IS_JSON_EDITOR (self), NULL);

  gtk_text_buffer_get_bounds (self->buffer, &start, &end);
  return g_strstrip (gtk_text_buffer_get_text (self->buffer, &start, &end, FALSE));
}

gboolean
baton_json_editor_is_valid (BatonJsonEditor *self)
{
  g_return_val_if_fail (BATON_IS_JSON_EDITOR (self), FALSE);

  return self->fault == NULL;
}

const char *
baton_json_editor_get_fault (BatonJsonEditor *self)
{
  g_return_val_if_fail (BATON_IS_JSON_EDITOR (self), NULL);

  return self->fault;
}
