/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "baton-row-private.h"

struct _BatonRow
{
  GObject parent_instance;
  BatonRecord *record; /* (owned) (nullable) */
  guint64 serial;
  guint position;
  guint slot;
  BatonRowState state;
};

enum
{
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (BatonRow, baton_row, G_TYPE_OBJECT)

static void
baton_row_finalize (GObject *object)
{
  BatonRow *self = BATON_ROW (object);

  g_clear_pointer (&self->record, baton_record_unref);

  G_OBJECT_CLASS (baton_row_parent_class)->finalize (object);
}

static void
baton_row_class_init (BatonRowClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = baton_row_finalize;

  /**
   * BatonRow::changed:
   *
   * One signal for all that a row shows: a notify per value and cell would storm.
   */
  signals[CHANGED] = g_signal_new ("changed", BATON_TYPE_ROW, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                   NULL, G_TYPE_NONE, 0);
}

static void
baton_row_init (BatonRow *self)
{
}

/* Returns: (transfer full): a row without its record. */
BatonRow *
baton_row_new (guint position)
{
  BatonRow *self = g_object_new (BATON_TYPE_ROW, NULL);

  self->position = position;
  return self;
}

BatonRowState
baton_row_get_state (BatonRow *self)
{
  g_return_val_if_fail (BATON_IS_ROW (self), BATON_ROW_PENDING);

  return self->state;
}

BatonRecord *
baton_row_get_record (BatonRow *self)
{
  g_return_val_if_fail (BATON_IS_ROW (self), NULL);

  return self->record;
}

guint
baton_row_get_position (BatonRow *self)
{
  g_return_val_if_fail (BATON_IS_ROW (self), 0);

  return self->position;
}

/* @record: (transfer none). Says "changed" only where it is another record, or another state. */
void
baton_row_set_record (BatonRow *self, BatonRecord *record)
{
  g_return_if_fail (BATON_IS_ROW (self) && record != NULL);

  if (self->state == BATON_ROW_READY && baton_record_equal (self->record, record))
    return;
  baton_record_ref (record);
  g_clear_pointer (&self->record, baton_record_unref);
  self->record = record;
  self->state = BATON_ROW_READY;
  g_signal_emit (self, signals[CHANGED], 0);
}

/* A row that has its record keeps it: old is better than nothing. */
void
baton_row_set_failed (BatonRow *self)
{
  g_return_if_fail (BATON_IS_ROW (self));

  if (self->state != BATON_ROW_PENDING)
    return;
  self->state = BATON_ROW_FAILED;
  g_signal_emit (self, signals[CHANGED], 0);
}

guint
_baton_row_get_slot (BatonRow *self)
{
  return self->slot;
}

void
_baton_row_set_slot (BatonRow *self, guint slot)
{
  self->slot = slot;
}

void
_baton_row_set_position (BatonRow *self, guint position)
{
  self->position = position;
}

guint64
_baton_row_get_serial (BatonRow *self)
{
  return self->serial;
}

void
_baton_row_set_serial (BatonRow *self, guint64 serial)
{
  self->serial = serial;
}
