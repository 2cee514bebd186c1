/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "baton-columns.h"

G_BEGIN_DECLS

/* Records as text to paste elsewhere. @records: (element-type BatonRecord). Main thread. */

/* For a spreadsheet: a line a record with a tab between the values of the @columns that are shown, under their titles where there is more
 * than one record. Returns: (transfer full). */
char *baton_record_copy_rows (GPtrArray *records, BatonColumns *columns);
/* What the list knows of them: the object of the one record, else an array. Returns: (transfer full). */
char *baton_record_copy_json (GPtrArray *records);

G_END_DECLS
