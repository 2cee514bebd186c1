/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * BatonJsonEditor:
 *
 * JSON to type: says where it is wrong, and marks the place. Nothing typed is allowed and is no mistake. Signal: changed (): the text, and
 * with it whether it is valid. Main thread.
 */
#define BATON_TYPE_JSON_EDITOR (baton_json_editor_get_type ())
G_DECLARE_FINAL_TYPE (BatonJsonEditor, baton_json_editor, BATON, JSON_EDITOR, GtkWidget)

/* @label: translated: its accessible name. It must be an object, { … }. */
GtkWidget *baton_json_editor_new (const char *label);
void baton_json_editor_set_text (BatonJsonEditor *self, const char *text);
/* Returns: (transfer full): without white space around it; "" where nothing was typed. */
char *baton_json_editor_dup_text (BatonJsonEditor *self);
gboolean baton_json_editor_is_valid (BatonJsonEditor *self);
/* Returns: (transfer none) (nullable): what is wrong, with line and column. */
const char *baton_json_editor_get_fault (BatonJsonEditor *self);

G_END_DECLS
