/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

#include "../http/baton-request.h"

G_BEGIN_DECLS

/* What the requests of the Identity API are made of. */

/* @body: (nullable): an object that is closed. Returns: (transfer full). */
BatonRequest *baton_identity_make_request (const char *method, const char *path, JsonBuilder *body);
/* Returns: (transfer full): @first, and the further parts escaped, up to NULL. */
char *baton_identity_make_path (const char *first, ...) G_GNUC_NULL_TERMINATED;
void baton_identity_add_text (JsonBuilder *body, const char *name, const char *text);
/* Nothing where @time is 0. */
void baton_identity_add_time (JsonBuilder *body, const char *name, gint64 time);
/* Returns: (transfer full): the strings of @names, or the "name" of its objects, parted by blanks.
 */
char *baton_identity_join_names (JsonArray *names);

G_END_DECLS
