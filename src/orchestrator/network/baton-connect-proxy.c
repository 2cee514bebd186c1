/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "baton-connect-proxy.h"

struct _BatonConnectProxy
{
  GObject parent_instance;
};

static void baton_connect_proxy_iface_init (GProxyInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (BatonConnectProxy,
                               baton_connect_proxy,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_PROXY, baton_connect_proxy_iface_init))

static GIOStream *
baton_connect_proxy_connect (GProxy *proxy,
                             GIOStream *connection,
                             GProxyAddress *address,
                             GCancellable *cancellable,
                             GError **error)
{
  g_autoptr (GProxy) http = g_proxy_get_default_for_protocol ("http");

  return g_proxy_connect (http, connection, address, cancellable, error);
}

static void
connected_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  GIOStream *stream = g_proxy_connect_finish (G_PROXY (source), result, &error);

  if (stream != NULL)
    g_task_return_pointer (task, stream, g_object_unref);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

static void
baton_connect_proxy_connect_async (GProxy *proxy,
                                   GIOStream *connection,
                                   GProxyAddress *address,
                                   GCancellable *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data)
{
  g_autoptr (GProxy) http = g_proxy_get_default_for_protocol ("http");
  GTask *task = g_task_new (proxy, cancellable, callback, user_data);

  g_task_set_source_tag (task, baton_connect_proxy_connect_async);
  g_proxy_connect_async (http, connection, address, cancellable, connected_cb, task);
}

static GIOStream *
baton_connect_proxy_connect_finish (GProxy *proxy, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

/* It looks the name of the server up itself. */
static gboolean
baton_connect_proxy_supports_hostname (GProxy *proxy)
{
  return TRUE;
}

static void
baton_connect_proxy_iface_init (GProxyInterface *iface)
{
  iface->connect = baton_connect_proxy_connect;
  iface->connect_async = baton_connect_proxy_connect_async;
  iface->connect_finish = baton_connect_proxy_connect_finish;
  iface->supports_hostname = baton_connect_proxy_supports_hostname;
}

static void
baton_connect_proxy_class_init (BatonConnectProxyClass *klass)
{
}

static void
baton_connect_proxy_init (BatonConnectProxy *self)
{
}

void
baton_connect_proxy_register (void)
{
  /* The first look-up is what makes the extension point. */
  g_autoptr (GProxy) http = g_proxy_get_default_for_protocol ("http");

  g_io_extension_point_implement (G_PROXY_EXTENSION_POINT_NAME, BATON_TYPE_CONNECT_PROXY,
                                  BATON_CONNECT_PROXY_PROTOCOL, 0);
}
