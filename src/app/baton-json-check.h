/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * baton_json_check:
 * @text: what a person typed
 * @object_only: whether the outermost value must be an object
 * @line: (out) (optional): the line of the mistake, from 1
 * @column: (out) (optional): its column in characters, from 1
 *
 * Says where text that a person typed stops being JSON: the parser of core refuses a whole body
 * and tells no place. Reads no values. Any thread.
 *
 * Returns: TRUE where it is JSON; else BATON_ERROR_INVALID with a translated sentence that begins
 *   with line and column.
 */
gboolean baton_json_check (const char *text,
                           gboolean object_only,
                           guint *line,
                           guint *column,
                           GError **error);

G_END_DECLS
