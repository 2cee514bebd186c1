/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "resources/baton-resource.h"

G_BEGIN_DECLS

/* How a value of a record reads in a table, a tooltip, a detail pane and on the clipboard. Main thread. */

/* TRUE where the values of @field are figures. */
gboolean baton_value_is_numeric (const BatonField *field);
/* Returns: (transfer full) (nullable): on one line. */
char *baton_value_dup_line (BatonRecord *record, guint field);
/* Returns: (transfer full) (nullable): a time in UTC, else the whole text; NULL for nothing to add. */
char *baton_value_dup_tooltip (BatonRecord *record, guint field);
/* Returns: (transfer full): as it came from the service, for the clipboard; never NULL. */
char *baton_value_dup_raw (BatonRecord *record, guint field);
/* Returns: (transfer full): all values of @record as one JSON object, by their property. */
char *baton_record_dup_json (BatonRecord *record);
/* Returns: (transfer full): @text indented where it is JSON, else as it is. @is_json: (out) (optional). */
char *baton_value_dup_pretty (const char *text, gboolean *is_json);

G_END_DECLS
