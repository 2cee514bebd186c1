/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sandbox-event.h"

typedef struct
{
  SandboxEventFunc func;
  gpointer user_data;
} Listener;

static const char key[] = "sandbox-event-listener";

void
sandbox_event_listen (SandboxStore *store, SandboxEventFunc func, gpointer user_data)
{
  Listener *listener = NULL;

  g_return_if_fail (SANDBOX_IS_STORE (store));

  if (func != NULL)
    {
      listener = g_new (Listener, 1);
      *listener = (Listener){ func, user_data };
    }
  g_object_set_data_full (G_OBJECT (store), key, listener, g_free);
}

void
sandbox_event_emit (SandboxStore *store, const SandboxEvent *event)
{
  Listener *listener;

  g_return_if_fail (SANDBOX_IS_STORE (store));
  g_return_if_fail (event != NULL && event->type != NULL);

  listener = g_object_get_data (G_OBJECT (store), key);
  if (listener != NULL)
    listener->func (event, listener->user_data);
}
