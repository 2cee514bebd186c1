/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "baton-paste.h"

G_BEGIN_DECLS

/* @name: of a label as it is written, "Client Id". */
typedef void (*BatonPasteTakeFunc) (const char *name, const char *value, gpointer user_data);

/* Calls @take for each label in free text, such as the API Access page has, with the value on the same
 * line or on the next ones. */
void
_baton_paste_find_labels (const char *text, BatonPasteTakeFunc take, gpointer user_data);

G_END_DECLS
