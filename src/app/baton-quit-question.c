/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n.h>

#include "baton-error.h"
#include "baton-quit-question.h"

/* Of the store, while there is a question about it. */
#define ASKED "baton-quit-question"

typedef struct
{
  GtkWindow *parent;       /* (owned) */
  BatonSecretStore *store; /* (owned) */
  void (*quit) (gpointer object);
  gpointer object; /* (owned) */
  gulong changed;  /* while the keyring is tried */
} Quit;

static void ask (Quit *quit);

static void
quit_free (Quit *quit)
{
  g_clear_signal_handler (&quit->changed, quit->store);
  g_object_set_data (G_OBJECT (quit->store), ASKED, NULL);
  g_object_unref (quit->parent);
  g_object_unref (quit->store);
  g_object_unref (quit->object);
  g_free (quit);
}

static gboolean
is_unkept (BatonSecretStore *store)
{
  g_auto (GStrv) labels = baton_secret_store_dup_unkept (store);

  return labels[0] != NULL;
}

static void
leave (Quit *quit)
{
  quit->quit (quit->object);
  quit_free (quit);
}

/* An attempt ended; of several, the last one that still fails asks again. */
static void
changed_cb (Quit *quit)
{
  if (baton_secret_store_is_trying (quit->store))
    return;
  g_clear_signal_handler (&quit->changed, quit->store);
  if (is_unkept (quit->store))
    ask (quit);
  else
    leave (quit);
}

static void
keep (Quit *quit)
{
  quit->changed = g_signal_connect_swapped (quit->store, "changed", G_CALLBACK (changed_cb), quit);
  baton_secret_store_keep_again (quit->store, NULL);
}

static void
unlocked_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Quit *quit = user_data;

  /* Where it stays locked the attempt says so. */
  baton_secret_store_unlock_finish (BATON_SECRET_STORE (source), result, NULL);
  if (is_unkept (quit->store))
    keep (quit);
  else
    leave (quit);
}

static void
response_cb (Quit *quit, const char *response)
{
  if (g_str_equal (response, "quit"))
    leave (quit);
  else if (!g_str_equal (response, "keep"))
    quit_free (quit);
  else if (baton_secret_store_get_state (quit->store) == BATON_SECRET_STORE_LOCKED)
    baton_secret_store_unlock_async (quit->store, NULL, unlocked_cb, quit);
  else
    keep (quit);
}

static void
ask (Quit *quit)
{
  g_auto (GStrv) labels = baton_secret_store_dup_unkept (quit->store);
  g_autofree char *names = g_strjoinv (", ", labels);
  g_autofree char *body = g_strdup_printf (
      /* TRANSLATORS: %s are names of accounts */
      _ ("The keyring has not taken the renewed sign-in of: %s. It is in memory alone, and what the "
         "keyring has is used up: after the next start you would have to sign in again."),
      names);
  AdwMessageDialog *dialog = ADW_MESSAGE_DIALOG (
      adw_message_dialog_new (quit->parent, _ ("Lose a Sign-In?"), body));

  adw_message_dialog_add_responses (dialog, "cancel", _ ("_Cancel"), "keep",
                                    _ ("_Try to Keep It, Then Quit"), "quit", _ ("_Quit"), NULL);
  adw_message_dialog_set_response_appearance (dialog, "keep", ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_response_appearance (dialog, "quit", ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_default_response (dialog, "keep");
  adw_message_dialog_set_close_response (dialog, "cancel");
  g_signal_connect_swapped (dialog, "response", G_CALLBACK (response_cb), quit);
  gtk_window_present (GTK_WINDOW (dialog));
}

gboolean
baton_quit_question_ask (GtkWindow *parent,
                         BatonSecretStore *store,
                         void (*quit_func) (gpointer object),
                         gpointer object)
{
  Quit *quit;

  g_return_val_if_fail (GTK_IS_WINDOW (parent), FALSE);
  g_return_val_if_fail (BATON_IS_SECRET_STORE (store), FALSE);

  if (!is_unkept (store))
    return FALSE;
  /* One question is enough, however often somebody wants to go. */
  if (g_object_get_data (G_OBJECT (store), ASKED) != NULL)
    return TRUE;

  quit = g_new0 (Quit, 1);
  g_object_set_data (G_OBJECT (store), ASKED, quit);
  quit->parent = g_object_ref (parent);
  quit->store = g_object_ref (store);
  quit->quit = quit_func;
  quit->object = g_object_ref (object);
  ask (quit);

  return TRUE;
}
