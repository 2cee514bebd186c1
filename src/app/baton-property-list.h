/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "resources/baton-resource.h"

G_BEGIN_DECLS

/**
 * BatonPropertyList:
 *
 * All that is known of one record, section by section as its resource has them: short values in a card, long texts under it, then what is
 * related, whose rows activate "view.follow-link" of the widget around. A span without an end grows while one looks, and a text that a
 * person closed or opened stays so for the next record. Main thread.
 */
#define BATON_TYPE_PROPERTY_LIST (baton_property_list_get_type ())
G_DECLARE_FINAL_TYPE (BatonPropertyList, baton_property_list, BATON, PROPERTY_LIST, GtkBox)

/* @resource: of all records that will be shown. Returns: (transfer floating). */
GtkWidget *baton_property_list_new (const BatonResource *resource);
/* @record: (nullable): of the resource; NULL shows nothing. */
void baton_property_list_set_record (BatonPropertyList *self, BatonRecord *record);

G_END_DECLS
