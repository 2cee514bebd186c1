/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "baton-connection.h"
#include "resources/baton-resource.h"

G_BEGIN_DECLS

/**
 * BatonRecordPicker:
 *
 * Chooses one record of a resource by its name, with a search: the process of a job, the queue of an item. Asks for all of
 * them, a page after the other. Signals: changed (): another one is chosen. failed (GError *error): they could not be loaded. Main thread.
 */
#define BATON_TYPE_RECORD_PICKER (baton_record_picker_get_type ())
G_DECLARE_FINAL_TYPE (BatonRecordPicker, baton_record_picker, BATON, RECORD_PICKER, GtkWidget)

/* @label: translated: its accessible name. */
GtkWidget *baton_record_picker_new (const BatonResource *resource, const char *label);
/* Before it loads. @filter: an OData condition that the records have to meet. */
void baton_record_picker_set_filter (BatonRecordPicker *self, const char *filter);
/* Before it loads. @label: translated: what stands first, and is no record. */
void baton_record_picker_set_none (BatonRecordPicker *self, const char *label);
/* @chosen: (nullable): a record to begin with. @folder: 0 is all folders. Begins to load. */
void baton_record_picker_load (BatonRecordPicker *self,
                               BatonConnection *connection,
                               gint64 folder,
                               BatonRecord *chosen);
/* Returns: (transfer none) (nullable). */
BatonRecord *baton_record_picker_get_record (BatonRecordPicker *self);
void baton_record_picker_select (BatonRecordPicker *self, const char *name);
guint baton_record_picker_get_n_records (BatonRecordPicker *self);
gboolean baton_record_picker_is_loading (BatonRecordPicker *self);

G_END_DECLS
