/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "baton-single-flight.h"

struct _BatonSingleFlight
{
  GObject parent_instance;

  GBoxedCopyFunc copy;
  GDestroyNotify free;
  GHashTable *flights; /* (owned) (element-type utf8 Flight): those that a new caller may join */
};

typedef struct
{
  char *key;                 /* (owned) */
  GCancellable *cancellable; /* (owned) */
  GPtrArray *waiters;        /* (owned) (element-type Waiter) */
} Flight;

typedef struct
{
  GTask *task;           /* (owned) */
  GSource *cancel_watch; /* (owned) (nullable) */
  Flight *flight;        /* (unowned) */
} Waiter;

G_DEFINE_FINAL_TYPE (BatonSingleFlight, baton_single_flight, G_TYPE_OBJECT)

static void
waiter_free (Waiter *waiter)
{
  if (waiter->cancel_watch != NULL)
    {
      g_source_destroy (waiter->cancel_watch);
      g_source_unref (waiter->cancel_watch);
    }

  g_object_unref (waiter->task);
  g_free (waiter);
}

static void
flight_free (Flight *flight)
{
  g_ptr_array_unref (flight->waiters);
  g_object_unref (flight->cancellable);
  g_free (flight->key);
  g_free (flight);
}

static void
baton_single_flight_close (BatonSingleFlight *self, Flight *flight)
{
  if (g_hash_table_lookup (self->flights, flight->key) == flight)
    g_hash_table_remove (self->flights, flight->key);
}

static void
baton_single_flight_landed_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  BatonSingleFlight *self = BATON_SINGLE_FLIGHT (object);
  Flight *flight = user_data;
  g_autoptr (GPtrArray) waiters = NULL;
  g_autoptr (GError) error = NULL;
  gpointer value = NULL;

  value = g_task_propagate_pointer (G_TASK (result), &error);

  baton_single_flight_close (self, flight);

  /* Out of the flight first: a callback below may start the next operation of this key, or cancel
   * another waiter. */
  waiters = g_steal_pointer (&flight->waiters);
  flight->waiters = g_ptr_array_new_with_free_func ((GDestroyNotify) waiter_free);

  for (guint i = 0; i < waiters->len; i++)
    {
      Waiter *waiter = g_ptr_array_index (waiters, i);

      if (error != NULL)
        g_task_return_error (waiter->task, g_error_copy (error));
      else
        g_task_return_pointer (waiter->task, value != NULL ? self->copy (value) : NULL, self->free);
    }

  if (value != NULL)
    self->free (value);

  flight_free (flight);
}

/* A source, and not g_cancellable_connect(): disconnecting inside the handler deadlocks. */
static gboolean
baton_single_flight_waiter_cancelled_cb (GCancellable *cancellable, gpointer user_data)
{
  Waiter *waiter = user_data;
  Flight *flight = waiter->flight;
  g_autoptr (GTask) task = g_object_ref (waiter->task);
  BatonSingleFlight *self = g_task_get_source_object (task);

  g_ptr_array_remove (flight->waiters, waiter);

  if (flight->waiters->len == 0)
    {
      baton_single_flight_close (self, flight);
      g_cancellable_cancel (flight->cancellable);
    }

  g_task_return_error_if_cancelled (task);

  return G_SOURCE_REMOVE;
}

static void
flight_add_waiter (Flight *flight, GTask *task)
{
  GCancellable *cancellable = g_task_get_cancellable (task);
  Waiter *waiter = g_new0 (Waiter, 1);

  waiter->task = g_object_ref (task);
  waiter->flight = flight;

  if (cancellable != NULL)
    {
      waiter->cancel_watch = g_cancellable_source_new (cancellable);
      g_source_set_callback (waiter->cancel_watch,
                             G_SOURCE_FUNC (baton_single_flight_waiter_cancelled_cb), waiter, NULL);
      g_source_attach (waiter->cancel_watch, g_task_get_context (task));
    }

  g_ptr_array_add (flight->waiters, waiter);
}

static void
baton_single_flight_finalize (GObject *object)
{
  BatonSingleFlight *self = BATON_SINGLE_FLIGHT (object);

  /* each operation holds a reference, so none runs now */
  g_assert (g_hash_table_size (self->flights) == 0);
  g_hash_table_unref (self->flights);

  G_OBJECT_CLASS (baton_single_flight_parent_class)->finalize (object);
}

static void
baton_single_flight_class_init (BatonSingleFlightClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = baton_single_flight_finalize;
}

static void
baton_single_flight_init (BatonSingleFlight *self)
{
  self->flights = g_hash_table_new (g_str_hash, g_str_equal);
}

/**
 * baton_single_flight_new:
 * @copy: makes the result that one caller gets
 * @free: frees a result
 *
 * Returns: (transfer full): a single flight
 */
BatonSingleFlight *
baton_single_flight_new (GBoxedCopyFunc copy, GDestroyNotify free)
{
  BatonSingleFlight *self = NULL;

  g_return_val_if_fail (copy != NULL, NULL);
  g_return_val_if_fail (free != NULL, NULL);

  self = g_object_new (BATON_TYPE_SINGLE_FLIGHT, NULL);
  self->copy = copy;
  self->free = free;

  return self;
}

/**
 * baton_single_flight_run_async:
 * @self: a single flight
 * @key: the operation
 * @start: starts it where none of this @key runs
 * @user_data: given to @start, which takes what it needs of it before it returns
 * @cancellable: (nullable): cancels this caller alone
 * @callback: called when the operation has ended or @cancellable was cancelled
 * @callback_data: given to @callback
 *
 * Main thread. The error of the operation reaches every caller. A caller that comes after the last one
 * has cancelled starts anew, also while the cancelled operation still winds down.
 */
void
baton_single_flight_run_async (BatonSingleFlight *self,
                               const char *key,
                               BatonSingleFlightStart start,
                               gpointer user_data,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer callback_data)
{
  g_autoptr (GTask) task = NULL;
  g_autoptr (GTask) shared = NULL;
  Flight *flight = NULL;

  g_return_if_fail (BATON_IS_SINGLE_FLIGHT (self));
  g_return_if_fail (key != NULL);
  g_return_if_fail (start != NULL);
  g_return_if_fail (cancellable == NULL || G_IS_CANCELLABLE (cancellable));

  task = g_task_new (self, cancellable, callback, callback_data);
  g_task_set_source_tag (task, baton_single_flight_run_async);

  if (g_task_return_error_if_cancelled (task))
    return;

  flight = g_hash_table_lookup (self->flights, key);

  if (flight != NULL)
    {
      flight_add_waiter (flight, task);
      return;
    }

  flight = g_new0 (Flight, 1);
  flight->key = g_strdup (key);
  flight->cancellable = g_cancellable_new ();
  flight->waiters = g_ptr_array_new_with_free_func ((GDestroyNotify) waiter_free);
  flight_add_waiter (flight, task);
  g_hash_table_insert (self->flights, flight->key, flight);

  shared = g_task_new (self, flight->cancellable, baton_single_flight_landed_cb, flight);
  g_task_set_source_tag (shared, start);

  start (shared, user_data);
}

/**
 * baton_single_flight_run_finish:
 * @self: a single flight
 * @result: as the callback got it
 * @error: return location for an error of the operation, or %G_IO_ERROR_CANCELLED
 *
 * Returns: (transfer full) (nullable): a result of the caller's own, to free as @free does
 */
gpointer
baton_single_flight_run_finish (BatonSingleFlight *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (BATON_IS_SINGLE_FLIGHT (self), NULL);
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * baton_single_flight_is_running:
 * @self: a single flight
 * @key: the operation
 *
 * Main thread.
 *
 * Returns: whether a caller of this @key would wait on one that runs
 */
gboolean
baton_single_flight_is_running (BatonSingleFlight *self, const char *key)
{
  g_return_val_if_fail (BATON_IS_SINGLE_FLIGHT (self), FALSE);
  g_return_val_if_fail (key != NULL, FALSE);

  return g_hash_table_contains (self->flights, key);
}
