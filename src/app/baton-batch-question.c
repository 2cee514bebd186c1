/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n.h>

#include "baton-batch-question.h"
#include "baton-question.h"

static char *
dup_heading (const BatonResource *resource, BatonBatch *batch)
{
  const char *label = _(baton_batch_get_action (batch)->label);
  g_autofree char *things = g_utf8_strdown (_(resource->title), -1);

  if (baton_batch_get_length (batch) == 1)
    /* TRANSLATORS: a question: the action, then the record's name: "Kill “Invoice_Posting”?" */
    return g_strdup_printf (_("%s “%s”?"), label,
                            baton_record_get_name (baton_batch_get_record (batch, 0)));
  /* TRANSLATORS: a question: the action, how many, and of what: "Kill 3 jobs?" */
  return g_strdup_printf (_("%s %u %s?"), label, baton_batch_get_length (batch), things);
}

static char *
dup_body (BatonBatch *batch, guint64 n_selected)
{
  const BatonAction *action = baton_batch_get_action (batch);
  guint n = baton_batch_get_length (batch);
  g_autoptr (GString) body = g_string_new (action->question != NULL ? _(action->question) : NULL);

  if (n < n_selected)
    {
      g_autofree char *all = g_strdup_printf ("%'" G_GUINT64_FORMAT, n_selected);

      if (body->len > 0)
        g_string_append (body, "\n\n");
      g_string_append_printf (body,
                              _("This goes to %u of the %s selected: the others are not loaded, or "
                                "their state does not allow it."),
                              n, all);
    }
  return g_string_free (g_steal_pointer (&body), FALSE);
}

void
baton_batch_question_ask (GtkWindow *parent,
                          const BatonResource *resource,
                          BatonBatch *batch,
                          guint64 n_selected,
                          gpointer object,
                          void (*answered) (gpointer object, gpointer batch))
{
  const BatonAction *action;
  g_autofree char *heading = NULL;
  g_autofree char *body = NULL;
  AdwMessageDialog *dialog;

  g_return_if_fail (resource != NULL);
  g_return_if_fail (BATON_IS_BATCH (batch));

  action = baton_batch_get_action (batch);
  heading = dup_heading (resource, batch);
  body = dup_body (batch, n_selected);
  dialog = baton_question_ask (parent, heading, body, _(action->label), object, answered,
                               g_object_ref (batch), g_object_unref);
  if (!action->destructive)
    baton_question_suggest (dialog);
}
