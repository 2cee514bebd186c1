/* SPDX-License-Identifier: GPL-3.0-or-later */
/* bench-static-server FILE: answers every request with FILE and prints its address: the ceiling that libsoup
 * sets for the sandbox's requests per second. Ends when its standard input closes. */
#include <gio/gunixinputstream.h>
#include <libsoup/soup.h>

static void
answer_cb (SoupServer *server,
           SoupServerMessage *message,
           const char *path,
           GHashTable *query,
           gpointer user_data)
{
  GBytes *body = user_data;
  gsize length;
  const char *data = g_bytes_get_data (body, &length);

  soup_server_message_set_status (message, SOUP_STATUS_OK, NULL);
  soup_server_message_set_response (message, "application/json", SOUP_MEMORY_COPY, data, length);
}

static void
closed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_main_loop_quit (user_data);
}

int
main (int argc, char **argv)
{
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  g_autoptr (SoupServer) server = soup_server_new (NULL, NULL);
  g_autoptr (GInputStream) input = g_unix_input_stream_new (0, FALSE);
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  g_autoptr (GBytes) body = NULL;
  gsize length;
  char byte;
  GSList *uris;

  if (argc != 2 || !g_file_get_contents (argv[1], &text, &length, &error)
      || !soup_server_listen_local (server, 0, SOUP_SERVER_LISTEN_IPV4_ONLY, &error))
    {
      g_printerr ("%s\n", error != NULL ? error->message : "one file is needed");
      return 1;
    }
  body = g_bytes_new (text, length);
  soup_server_add_handler (server, NULL, answer_cb, body, NULL);
  uris = soup_server_get_uris (server);
  g_print ("http://127.0.0.1:%d/\n", g_uri_get_port (uris->data));
  g_slist_free_full (uris, (GDestroyNotify) g_uri_unref);
  g_input_stream_read_async (input, &byte, 1, G_PRIORITY_DEFAULT, NULL, closed_cb, loop);
  g_main_loop_run (loop);
  return 0;
}
