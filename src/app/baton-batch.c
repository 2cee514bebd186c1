/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "baton-batch.h"

/* Calls on their way at a time: quick, and the pipeline's pacing still lets other clicks through. */
#define MAX_RUNNING 4

typedef struct
{
  BatonRecord *record; /* (owned) */
  BatonBatchState state;
  GError *error; /* (owned) (nullable) */
} Item;

struct _BatonBatch
{
  GObject parent_instance;

  BatonConnection *connection; /* (owned) */
  const BatonAction *action;
  GArray *items; /* (owned) of Item */
  gint64 folder;
  guint n_running;
};

enum
{
  SIGNAL_CHANGED,
  SIGNAL_FINISHED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (BatonBatch, baton_batch, G_TYPE_OBJECT)

static void run_next (BatonBatch *self);

typedef struct
{
  BatonBatch *batch; /* (owned): lives until all has come back */
  guint position;
} Call;

static Item *
get_item (BatonBatch *self, guint position)
{
  return &g_array_index (self->items, Item, position);
}

static void
item_clear (gpointer data)
{
  Item *item = data;

  baton_record_unref (item->record);
  g_clear_error (&item->error);
}

static void
sent_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autofree Call *call = user_data;
  g_autoptr (BatonBatch) self = call->batch;
  Item *item = get_item (self, call->position);
  g_autoptr (JsonNode) answer = NULL;
  GError *error = NULL;

  answer = baton_pipeline_send_finish (BATON_PIPELINE (source), result, &error);
  item->state = error == NULL ? BATON_BATCH_DONE : BATON_BATCH_FAILED;
  item->error = error;
  self->n_running--;
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0, call->position);
  run_next (self);
}

static void
send (BatonBatch *self, guint position)
{
  Item *item = get_item (self, position);
  g_autoptr (BatonRequest) request = self->action->make_request (item->record, self->folder);
  Call *call = g_new0 (Call, 1);

  call->batch = g_object_ref (self);
  call->position = position;
  item->state = BATON_BATCH_RUNNING;
  g_clear_error (&item->error);
  self->n_running++;
  baton_pipeline_send_async (baton_connection_get_pipeline (self->connection), request, NULL, NULL,
                             NULL, (GDestroyNotify) json_node_unref, NULL, sent_cb, call);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0, position);
}

static void
run_next (BatonBatch *self)
{
  for (guint i = 0; i < self->items->len && self->n_running < MAX_RUNNING; i++)
    if (get_item (self, i)->state == BATON_BATCH_WAITING)
      send (self, i);
  if (self->n_running == 0)
    g_signal_emit (self, signals[SIGNAL_FINISHED], 0);
}

static void
baton_batch_finalize (GObject *object)
{
  BatonBatch *self = BATON_BATCH (object);

  g_array_unref (self->items);
  g_object_unref (self->connection);
  G_OBJECT_CLASS (baton_batch_parent_class)->finalize (object);
}

static void
baton_batch_class_init (BatonBatchClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = baton_batch_finalize;
  signals[SIGNAL_CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                                          0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_UINT);
  signals[SIGNAL_FINISHED] = g_signal_new ("finished", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                                           0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
baton_batch_init (BatonBatch *self)
{
  self->items = g_array_new (FALSE, TRUE, sizeof (Item));
  g_array_set_clear_func (self->items, item_clear);
}

BatonBatch *
baton_batch_new (BatonConnection *connection,
                 const BatonAction *action,
                 GPtrArray *records,
                 gint64 folder)
{
  BatonBatch *self;

  g_return_val_if_fail (BATON_IS_CONNECTION (connection), NULL);
  g_return_val_if_fail (action->make_request != NULL, NULL);

  self = g_object_new (BATON_TYPE_BATCH, NULL);
  self->connection = g_object_ref (connection);
  self->action = action;
  self->folder = folder;
  for (guint i = 0; i < records->len; i++)
    {
      Item item = { baton_record_ref (g_ptr_array_index (records, i)), BATON_BATCH_WAITING, NULL };

      g_array_append_val (self->items, item);
    }
  return self;
}

void
baton_batch_run (BatonBatch *self)
{
  g_autoptr (BatonBatch) alive = NULL;

  g_return_if_fail (BATON_IS_BATCH (self));

  alive = g_object_ref (self);
  for (guint i = 0; i < self->items->len; i++)
    if (get_item (self, i)->state == BATON_BATCH_FAILED)
      get_item (self, i)->state = BATON_BATCH_WAITING;
  run_next (self);
}

const BatonAction *
baton_batch_get_action (BatonBatch *self)
{
  g_return_val_if_fail (BATON_IS_BATCH (self), NULL);

  return self->action;
}

guint
baton_batch_get_length (BatonBatch *self)
{
  g_return_val_if_fail (BATON_IS_BATCH (self), 0);

  return self->items->len;
}

BatonRecord *
baton_batch_get_record (BatonBatch *self, guint position)
{
  g_return_val_if_fail (BATON_IS_BATCH (self) && position < self->items->len, NULL);

  return get_item (self, position)->record;
}

BatonBatchState
baton_batch_get_state (BatonBatch *self, guint position)
{
  g_return_val_if_fail (BATON_IS_BATCH (self) && position < self->items->len, BATON_BATCH_FAILED);

  return get_item (self, position)->state;
}

const GError *
baton_batch_get_error (BatonBatch *self, guint position)
{
  g_return_val_if_fail (BATON_IS_BATCH (self) && position < self->items->len, NULL);

  return get_item (self, position)->error;
}

guint
baton_batch_count (BatonBatch *self, BatonBatchState state)
{
  guint n = 0;

  g_return_val_if_fail (BATON_IS_BATCH (self), 0);

  for (guint i = 0; i < self->items->len; i++)
    if (get_item (self, i)->state == state)
      n++;
  return n;
}
