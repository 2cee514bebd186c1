/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * BatonLoopback:
 *
 * Waits on this computer for the browser to come back from a sign-in (fact sheet 2.3: the redirect
 * URL is http://localhost:PORT/PATH, to the letter as registered). Answers every visit with a page
 * that a person can close. Main thread.
 */
#define BATON_TYPE_LOOPBACK (baton_loopback_get_type ())
G_DECLARE_FINAL_TYPE (BatonLoopback, baton_loopback, BATON, LOOPBACK, GObject)

/* Called with the decoded query of a visit to the path of the redirect URL, "code", "state",
 * "error", …; Returns: (transfer full): the HTML page to show. */
typedef char *(*BatonLoopbackFunc) (GHashTable *query, gpointer user_data);

/* Listens at once, at loopback addresses alone. @redirect_uri: of localhost, 127.0.0.1 or [::1].
 * Errors: INVALID where it is no such URL; CONFLICT where another program has the port. */
BatonLoopback *baton_loopback_new (const char *redirect_uri,
                                   BatonLoopbackFunc func,
                                   gpointer user_data,
                                   GError **error);
/* Listens no more. What was answered is still sent. */
void baton_loopback_stop (BatonLoopback *self);

G_END_DECLS
