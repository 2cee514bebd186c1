/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n.h>
#include <libsoup/soup.h>

#include "baton-error.h"
#include "baton-loopback.h"

struct _BatonLoopback
{
  GObject parent_instance;

  SoupServer *server; /* (owned) (nullable) */
  char *path;         /* (owned) */
  BatonLoopbackFunc func;
  gpointer user_data;
};

G_DEFINE_FINAL_TYPE (BatonLoopback, baton_loopback, G_TYPE_OBJECT)

static void
baton_loopback_dispose (GObject *object)
{
  baton_loopback_stop (BATON_LOOPBACK (object));

  G_OBJECT_CLASS (baton_loopback_parent_class)->dispose (object);
}

static void
baton_loopback_finalize (GObject *object)
{
  BatonLoopback *self = BATON_LOOPBACK (object);

  g_free (self->path);

  G_OBJECT_CLASS (baton_loopback_parent_class)->finalize (object);
}

static void
baton_loopback_class_init (BatonLoopbackClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = baton_loopback_dispose;
  object_class->finalize = baton_loopback_finalize;
}

static void
baton_loopback_init (BatonLoopback *self)
{
}

/* Not within the server's own emission. */
static void
baton_loopback_answered_cb (SoupServerMessage *message, gpointer user_data)
{
  g_idle_add_once ((GSourceOnceFunc) g_object_unref, user_data);
}

static void
baton_loopback_visited_cb (SoupServer *server,
                           SoupServerMessage *message,
                           const char *path,
                           GHashTable *query,
                           gpointer user_data)
{
  BatonLoopback *self = user_data;
  g_autofree char *page = NULL;
  g_autoptr (GHashTable) none = NULL;

  g_assert (BATON_IS_LOOPBACK (self));

  if (!g_str_equal (path, self->path)
      || !g_str_equal (soup_server_message_get_method (message), SOUP_METHOD_GET))
    {
      soup_server_message_set_status (message, SOUP_STATUS_NOT_FOUND, NULL);
      return;
    }

  none = query == NULL ? g_hash_table_new (g_str_hash, g_str_equal) : NULL;
  /* Whoever hears of the visit may stop listening, but the page is still to arrive. */
  g_signal_connect (message, "finished", G_CALLBACK (baton_loopback_answered_cb),
                    g_object_ref (server));
  page = self->func (query != NULL ? query : none, self->user_data);
  soup_server_message_set_status (message, SOUP_STATUS_OK, NULL);
  soup_server_message_set_response (message, "text/html; charset=utf-8", SOUP_MEMORY_COPY, page,
                                    strlen (page));
  /* The address holds a code: nobody is to keep it, or to be told of it. */
  soup_message_headers_replace (soup_server_message_get_response_headers (message), "Cache-Control",
                                "no-store");
  soup_message_headers_replace (soup_server_message_get_response_headers (message),
                                "Referrer-Policy", "no-referrer");
}

static gboolean
is_loopback (const char *host)
{
  static const char *const hosts[] = { "localhost", "127.0.0.1", "::1", NULL };

  return host != NULL && g_strv_contains (hosts, host);
}

BatonLoopback *
baton_loopback_new (const char *redirect_uri,
                    BatonLoopbackFunc func,
                    gpointer user_data,
                    GError **error)
{
  g_autoptr (BatonLoopback) self = NULL;
  g_autoptr (GUri) uri = NULL;
  g_autoptr (GError) failure = NULL;

  g_return_val_if_fail (redirect_uri != NULL && func != NULL, NULL);

  uri = g_uri_parse (redirect_uri, G_URI_FLAGS_NONE, NULL);
  if (uri == NULL || g_strcmp0 (g_uri_get_scheme (uri), "http") != 0
      || !is_loopback (g_uri_get_host (uri)) || g_uri_get_port (uri) <= 0)
    {
      g_set_error_literal (error, BATON_ERROR, BATON_ERROR_INVALID,
                           _ ("The redirect URL must be of this computer and have a port, as in "
                              "http://localhost:8104/."));
      return NULL;
    }

  self = g_object_new (BATON_TYPE_LOOPBACK, NULL);
  self->func = func;
  self->user_data = user_data;
  self->path = g_strdup (*g_uri_get_path (uri) != '\0' ? g_uri_get_path (uri) : "/");
  self->server = soup_server_new ("server-header", "Baton", NULL);
  soup_server_add_handler (self->server, NULL, baton_loopback_visited_cb, self, NULL);
  if (!soup_server_listen_local (self->server, (guint)g_uri_get_port (uri), 0, &failure))
    {
      g_set_error (error, BATON_ERROR, BATON_ERROR_CONFLICT,
                   /* TRANSLATORS: %d is the number of a port, %s why */
                   _ ("Port %d, where the browser is to come back to, cannot be used: %s"),
                   g_uri_get_port (uri), failure->message);
      return NULL;
    }

  return g_steal_pointer (&self);
}

void
baton_loopback_stop (BatonLoopback *self)
{
  GSList *listeners = NULL;

  g_return_if_fail (BATON_IS_LOOPBACK (self));

  if (self->server == NULL)
    return;

  soup_server_remove_handler (self->server, NULL);
  /* Closing the listeners alone lets the page on its way arrive. */
  listeners = soup_server_get_listeners (self->server);
  for (GSList *link = listeners; link != NULL; link = link->next)
    g_socket_close (link->data, NULL);
  g_slist_free (listeners);
  g_clear_object (&self->server);
}
