/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n.h>

#include "baton-question.h"

typedef struct
{
  gpointer object; /* (owned) */
  void (*answered) (gpointer object, gpointer data);
  gpointer data; /* (owned) */
  GDestroyNotify destroy;
} Question;

static void
question_free (gpointer user_data, GClosure *closure)
{
  Question *question = user_data;

  g_object_unref (question->object);
  if (question->destroy != NULL)
    question->destroy (question->data);
  g_free (question);
}

static void
response_cb (Question *question, const char *response)
{
  if (g_strcmp0 (response, "do") == 0)
    question->answered (question->object, question->data);
}

AdwMessageDialog *
baton_question_ask (GtkWindow *parent,
                    const char *heading,
                    const char *body,
                    const char *verb,
                    gpointer object,
                    void (*answered) (gpointer object, gpointer data),
                    gpointer data,
                    GDestroyNotify destroy)
{
  AdwMessageDialog *dialog = ADW_MESSAGE_DIALOG (adw_message_dialog_new (parent, heading, body));
  Question *question = g_new0 (Question, 1);

  question->object = g_object_ref (object);
  question->answered = answered;
  question->data = data;
  question->destroy = destroy;
  adw_message_dialog_add_responses (dialog, "cancel", _ ("Cancel"), "do", verb, NULL);
  adw_message_dialog_set_response_appearance (dialog, "do", ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_default_response (dialog, "cancel");
  adw_message_dialog_set_close_response (dialog, "cancel");
  g_signal_connect_data (dialog, "response", G_CALLBACK (response_cb), question, question_free,
                         G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (dialog));
  return dialog;
}

void
baton_question_suggest (AdwMessageDialog *dialog)
{
  g_return_if_fail (ADW_IS_MESSAGE_DIALOG (dialog));

  adw_message_dialog_set_response_appearance (dialog, "do", ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_default_response (dialog, "do");
}
