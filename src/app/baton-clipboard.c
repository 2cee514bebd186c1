/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "baton-clipboard.h"

/* By this type of content the history of a desktop knows what it is not to keep. */
#define PASSWORD_HINT "x-kde-passwordManagerHint"

/* The clipboard and what we put there. The provider is compared, not its text: while it is the clipboard's content, the clipboard is ours. */
typedef struct
{
  GdkClipboard *clipboard;
  GdkContentProvider *provider;
} Kept;

/* What is still to be cleared: the last secret alone, since each takes the place of the one before. */
static guint last_source;
static Kept *last;

static void
kept_free (gpointer data)
{
  Kept *kept = data;

  g_object_unref (kept->clipboard);
  g_object_unref (kept->provider);
  g_free (kept);
}

static void
clear (Kept *kept)
{
  if (gdk_clipboard_get_content (kept->clipboard) == kept->provider)
    gdk_clipboard_set_content (kept->clipboard, NULL);
}

static gboolean
time_over_cb (gpointer user_data)
{
  clear (user_data);
  last_source = 0;
  last = NULL;
  return G_SOURCE_REMOVE;
}

void
baton_clipboard_copy (GtkWidget *widget, const char *text)
{
  g_return_if_fail (GTK_IS_WIDGET (widget));
  g_return_if_fail (text != NULL);

  gdk_clipboard_set_text (gtk_widget_get_clipboard (widget), text);
}

static GdkContentProvider *
make_secret (const char *secret)
{
  static const char hint[] = "secret";
  g_autoptr (GBytes) bytes = g_bytes_new_static (hint, strlen (hint));
  GdkContentProvider *both[] = {
    gdk_content_provider_new_typed (G_TYPE_STRING, secret),
    gdk_content_provider_new_for_bytes (PASSWORD_HINT, bytes),
  };

  return gdk_content_provider_new_union (both, G_N_ELEMENTS (both));
}

void
baton_clipboard_copy_secret (GtkWidget *widget, const char *secret)
{
  Kept *kept;

  g_return_if_fail (GTK_IS_WIDGET (widget));
  g_return_if_fail (secret != NULL);

  g_clear_handle_id (&last_source, g_source_remove);
  last = kept = g_new0 (Kept, 1);
  kept->clipboard = g_object_ref (gtk_widget_get_clipboard (widget));
  kept->provider = make_secret (secret);
  gdk_clipboard_set_content (kept->clipboard, kept->provider);
  last_source = g_timeout_add_seconds_full (
      G_PRIORITY_DEFAULT, BATON_CLIPBOARD_SECRET_SECONDS, time_over_cb, kept, kept_free);
}

void
baton_clipboard_forget_secret (void)
{
  if (last == NULL)
    return;
  clear (last);
  last = NULL;
  g_clear_handle_id (&last_source, g_source_remove);
}
