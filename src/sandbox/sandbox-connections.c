/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sandbox-connections.h"

#include <poll.h>

#include <glib-unix.h>

struct _SandboxConnections
{
  GHashTable *watched; /* (owned): GSocket -> Connection */
};

/* Counted: by the table, and by each request that is under way. */
typedef struct
{
  SandboxConnections *owner; /* (unowned) (nullable): NULL once it is out of the table */
  GSocket *socket;           /* (owned) */
  guint source;              /* tells that the client has closed its side */
  guint idle;
  guint n_requests;
  gboolean has_ended;
} Connection;

static void
clear (gpointer data)
{
  Connection *self = data;

  g_clear_object (&self->socket);
}

static void
release (gpointer data)
{
  g_rc_box_release_full (data, clear);
}

static void
drop (gpointer data)
{
  Connection *self = data;

  g_clear_handle_id (&self->source, g_source_remove);
  g_clear_handle_id (&self->idle, g_source_remove);
  self->owner = NULL;
  release (self);
}

/* libsoup has seen the end too by now: it reads at a higher priority. */
static gboolean
close_cb (gpointer user_data)
{
  Connection *self = user_data;

  self->idle = 0;
  g_socket_close (self->socket, NULL);
  g_hash_table_remove (self->owner->watched, self->socket);

  return G_SOURCE_REMOVE;
}

static void
close_when_done (Connection *self)
{
  if (self->has_ended && self->n_requests == 0 && self->owner != NULL && self->idle == 0)
    self->idle = g_idle_add (close_cb, self);
}

static gboolean
ended_cb (int fd, GIOCondition condition, gpointer user_data)
{
  Connection *self = user_data;

  /* A client may close its side and still wait for the answer. */
  self->source = 0;
  self->has_ended = TRUE;
  close_when_done (self);

  return G_SOURCE_REMOVE;
}

static void
request_gone_cb (gpointer user_data, GObject *message)
{
  Connection *self = user_data;

  self->n_requests--;
  close_when_done (self);
  release (self);
}

SandboxConnections *
sandbox_connections_new (void)
{
  SandboxConnections *self = g_new0 (SandboxConnections, 1);

  self->watched = g_hash_table_new_full (NULL, NULL, NULL, drop);

  return self;
}

void
sandbox_connections_free (SandboxConnections *self)
{
  if (self == NULL)
    return;

  g_hash_table_unref (self->watched);
  g_free (self);
}

void
sandbox_connections_watch (SandboxConnections *self, SoupServerMessage *message)
{
  GSocket *socket;
  Connection *connection;

  g_return_if_fail (self != NULL);
  g_return_if_fail (SOUP_IS_SERVER_MESSAGE (message));

  socket = soup_server_message_get_socket (message);
  if (socket == NULL)
    return;

  connection = g_hash_table_lookup (self->watched, socket);
  if (connection == NULL)
    {
      connection = g_rc_box_new0 (Connection);
      connection->owner = self;
      connection->socket = g_object_ref (socket);
      connection->source = g_unix_fd_add (g_socket_get_fd (socket), (GIOCondition) POLLRDHUP,
                                          ended_cb, connection);
      g_hash_table_insert (self->watched, socket, connection);
    }

  connection->n_requests++;
  g_object_weak_ref (G_OBJECT (message), request_gone_cb, g_rc_box_acquire (connection));
}
