/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

#include "resources/baton-record.h"

G_BEGIN_DECLS

typedef enum
{
  BATON_ROW_PENDING,
  BATON_ROW_READY,
  BATON_ROW_FAILED,
} BatonRowState;

/**
 * BatonRow:
 *
 * A place in a paged list, there before its record is. Signal: changed (), once each time its record or state changes.
 */
#define BATON_TYPE_ROW (baton_row_get_type ())
G_DECLARE_FINAL_TYPE (BatonRow, baton_row, BATON, ROW, GObject)

BatonRow *baton_row_new (guint position);
BatonRowState baton_row_get_state (BatonRow *self);
BatonRecord *baton_row_get_record (BatonRow *self); /* (transfer none) (nullable) */
guint baton_row_get_position (BatonRow *self);
void baton_row_set_record (BatonRow *self, BatonRecord *record);
void baton_row_set_failed (BatonRow *self);

G_END_DECLS
