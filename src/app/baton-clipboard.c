/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "baton-clipboard.h"

/* By this type of content the history of a desktop knows what it is not to keep. */
#define PASSWORD_HINT "x-kde-passwordManagerHint"

/* The clipboard and what we put there, until when. The provider is compared, not its text: while it is the clipboard's content, the clipboard is ours. */
typedef struct
{
  GdkClipboard *clipboard;
  GdkContentProvider *provider;
  BatonClock *clock;
  guint timer;
} Kept;

/* What is still to be cleared: the last secret alone, since each takes the place of the one before. */
static Kept *last;

static void
forget (void)
{
  Kept *kept = g_steal_pointer (&last);

  if (kept == NULL)
    return;
  baton_clock_clear_timer (kept->clock, &kept->timer);
  g_object_unref (kept->clipboard);
  g_object_unref (kept->provider);
  g_object_unref (kept->clock);
  g_free (kept);
}

static void
time_over_cb (gpointer user_data)
{
  last->timer = 0;
  baton_clipboard_forget_secret ();
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
baton_clipboard_copy_secret (GtkWidget *widget, const char *secret, BatonClock *clock)
{
  g_return_if_fail (GTK_IS_WIDGET (widget));
  g_return_if_fail (secret != NULL);

  forget ();
  last = g_new0 (Kept, 1);
  last->clipboard = g_object_ref (gtk_widget_get_clipboard (widget));
  last->provider = make_secret (secret);
  last->clock = g_object_ref (clock != NULL ? clock : baton_clock_get_default ());
  gdk_clipboard_set_content (last->clipboard, last->provider);
  last->timer = baton_clock_add_timer (
      last->clock, BATON_CLIPBOARD_SECRET_SECONDS * G_USEC_PER_SEC, time_over_cb, NULL);
}

void
baton_clipboard_forget_secret (void)
{
  if (last == NULL)
    return;
  if (gdk_clipboard_get_content (last->clipboard) == last->provider)
    gdk_clipboard_set_content (last->clipboard, NULL);
  forget ();
}
