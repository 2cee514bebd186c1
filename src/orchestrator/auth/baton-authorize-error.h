/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What the identity server says when a sign-in in the browser comes to nothing: in the query of the
 * redirect ("error", "error_description"), or on a page of its own, where the browser stays (fact
 * sheet 2.3: "errorCode", "errorId"). */

/* @code: "access_denied", "219", …; @description: (nullable): the server's own words.
 * @redirect_uri: (nullable): what would have to be registered. Returns: (transfer full): an error
 * of BATON_ERROR that says what it means and what to change. */
GError *
baton_authorize_error_new (const char *code, const char *description, const char *redirect_uri);

/* @query: decoded names and values. Returns: (transfer full) (nullable): NULL where it tells of no
 * error. */
GError *baton_authorize_error_read (GHashTable *query, const char *redirect_uri);

G_END_DECLS
