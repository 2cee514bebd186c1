/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n.h>

#include "baton-expiry-notifier.h"
#include "baton-local-time.h"
#include "baton-timeline.h"

/* One of a thing: the later takes the place of the one before. */
static char *
make_id (BatonExpiry *expiry)
{
  return g_strdup_printf ("expiry-%d-%s", (int)baton_expiry_get_kind (expiry),
                          baton_expiry_get_id (expiry));
}

static void
due_cb (BatonExpiryWatch *watch, BatonExpiry *expiry, guint days, GApplication *application)
{
  g_autofree char *id = make_id (expiry);
  g_autofree char *what = baton_timeline_describe (expiry);
  g_autofree char *time = baton_local_time_format (baton_expiry_get_expires_at (expiry));
  g_autofree char *title = NULL;
  g_autofree char *body = NULL;
  g_autoptr (GNotification) notification = NULL;

  title = g_strdup_printf (
      ngettext ("Expires within a day", "Expires within %u days", (gulong)days), days);
  /* TRANSLATORS: what expires ("Secret of the application “CI”"), and when. */
  body = g_strdup_printf (_ ("%s: %s"), what, time);
  notification = g_notification_new (title);
  g_notification_set_body (notification, body);
  g_notification_set_priority (notification, days <= 1 ? G_NOTIFICATION_PRIORITY_HIGH
                                                       : G_NOTIFICATION_PRIORITY_NORMAL);
  g_notification_set_default_action (notification, "app.show-keys");
  g_application_send_notification (application, id, notification);
}

void
baton_expiry_notifier_attach (GApplication *application, BatonExpiryWatch *watch)
{
  g_return_if_fail (G_IS_APPLICATION (application));
  g_return_if_fail (BATON_IS_EXPIRY_WATCH (watch));

  g_signal_connect_object (watch, "due", G_CALLBACK (due_cb), application, 0);
}
