/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sandbox-later.h"

#define DATA_KEY "sandbox-later"

struct _SandboxLater
{
  SandboxRequest request; /* its texts owned, its message too while it is there */
  gulong gone_id;
};

gboolean
sandbox_later_holds (SoupServerMessage *message)
{
  g_return_val_if_fail (SOUP_IS_SERVER_MESSAGE (message), FALSE);

  return g_object_get_data (G_OBJECT (message), DATA_KEY) != NULL;
}

static void
let_go (SandboxLater *self)
{
  g_object_set_data (G_OBJECT (self->request.message), DATA_KEY, NULL);
  g_signal_handler_disconnect (self->request.message, self->gone_id);
  g_clear_object (&self->request.message);
}

/* A message that is unpaused after this would be of a connection that is no more. */
static void
gone_cb (SoupServerMessage *message, gpointer user_data)
{
  let_go (user_data);
}

SandboxLater *
sandbox_later_new (SandboxRequest *request)
{
  SandboxLater *self;

  g_return_val_if_fail (request != NULL, NULL);

  self = g_new0 (SandboxLater, 1);
  self->request.server = request->server;
  self->request.store = request->store;
  self->request.message = g_object_ref (request->message);
  self->request.method = g_strdup (request->method);
  self->request.path = g_strdup (request->path);
  self->request.base = g_strdup (request->base);
  self->request.tenant = request->tenant;
  self->request.user = request->user;
  self->gone_id = g_signal_connect (request->message, "disconnected", G_CALLBACK (gone_cb), self);
  g_object_set_data (G_OBJECT (request->message), DATA_KEY, self);
  soup_server_message_pause (request->message);

  return self;
}

SandboxRequest *
sandbox_later_get (SandboxLater *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->request.message != NULL ? &self->request : NULL;
}

void
sandbox_later_free (SandboxLater *self)
{
  if (self == NULL)
    return;

  if (self->request.message != NULL)
    {
      g_autoptr (SoupServerMessage) message = g_object_ref (self->request.message);

      let_go (self);
      soup_server_message_unpause (message);
    }
  g_free ((char *)self->request.method);
  g_free ((char *)self->request.path);
  g_free ((char *)self->request.base);
  g_free (self);
}
