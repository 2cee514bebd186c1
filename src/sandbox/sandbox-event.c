/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sandbox-event.h"

typedef struct
{
  SandboxEventFunc func;
  gpointer user_data;
} Listener;

static const char key[] = "sandbox-event-listeners";

static GArray *
get_listeners (SandboxStore *store)
{
  GArray *listeners = g_object_get_data (G_OBJECT (store), key);

  if (listeners == NULL)
    {
      listeners = g_array_new (FALSE, FALSE, sizeof (Listener));
      g_object_set_data_full (G_OBJECT (store), key, listeners, (GDestroyNotify)g_array_unref);
    }

  return listeners;
}

void
sandbox_event_listen (SandboxStore *store, SandboxEventFunc func, gpointer user_data)
{
  g_return_if_fail (SANDBOX_IS_STORE (store));
  g_return_if_fail (func != NULL);

  g_array_append_vals (get_listeners (store), &(Listener){ func, user_data }, 1);
}

void
sandbox_event_unlisten (SandboxStore *store, SandboxEventFunc func, gpointer user_data)
{
  GArray *listeners;

  g_return_if_fail (SANDBOX_IS_STORE (store));

  listeners = get_listeners (store);
  for (guint i = 0; i < listeners->len; i++)
    {
      const Listener *listener = &g_array_index (listeners, Listener, i);

      if (listener->func == func && listener->user_data == user_data)
        {
          g_array_remove_index (listeners, i);
          return;
        }
    }
}

void
sandbox_event_emit (SandboxStore *store, const SandboxEvent *event)
{
  GArray *listeners;

  g_return_if_fail (SANDBOX_IS_STORE (store));
  g_return_if_fail (event != NULL && event->type != NULL);

  listeners = get_listeners (store);
  for (guint i = 0; i < listeners->len; i++)
    {
      const Listener *listener = &g_array_index (listeners, Listener, i);

      listener->func (event, listener->user_data);
    }
}
