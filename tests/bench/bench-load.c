/* SPDX-License-Identifier: GPL-3.0-or-later */
/* bench-load [--token=T] [--folder=ID] [--connections=N] [--seconds=S] [--requests=N] [--below=N]
 * URL: GETs URL over and over, with another number below N each time where it says "{}", and prints
 * one line: requests per second, and the median and 99th percentile of a request in milliseconds.
 */
#include <libsoup/soup.h>
#include <stdlib.h>

typedef struct
{
  SoupSession *session;
  const char *url;
  const char *token;
  int folder;
  int below;
  int left; /* requests to send yet; below 0: any number */
  gint64 end;
  GRand *random;
  GArray *times; /* gint64 microseconds */
  guint running;
  guint failed;
  GMainLoop *loop;
} Load;

typedef struct
{
  Load *load;
  SoupMessage *message;
  gint64 start;
} Shot;

static void fire (Load *load);

static void
answered_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Shot *shot = user_data;
  Load *load = shot->load;
  g_autoptr (GBytes) body = soup_session_send_and_read_finish (load->session, result, NULL);
  gint64 took = g_get_monotonic_time () - shot->start;

  if (body != NULL && SOUP_STATUS_IS_SUCCESSFUL (soup_message_get_status (shot->message)))
    g_array_append_val (load->times, took);
  else
    load->failed++;
  g_object_unref (shot->message);
  g_free (shot);
  load->running--;
  if (load->left != 0 && g_get_monotonic_time () < load->end && load->failed < 100)
    fire (load);
  else if (load->running == 0)
    g_main_loop_quit (load->loop);
}

static char *
make_url (Load *load)
{
  g_auto (GStrv) parts = g_strsplit (load->url, "{}", 2);
  g_autofree char *number = g_strdup_printf ("%d", g_rand_int_range (load->random, 0, load->below));

  return g_strjoinv (number, parts);
}

static void
fire (Load *load)
{
  Shot *shot = g_new0 (Shot, 1);
  g_autofree char *url = make_url (load);

  if (load->left > 0)
    load->left--;
  shot->load = load;
  shot->message = soup_message_new ("GET", url);
  shot->start = g_get_monotonic_time ();
  if (load->token != NULL)
    {
      g_autofree char *bearer = g_strconcat ("Bearer ", load->token, NULL);
      soup_message_headers_replace (soup_message_get_request_headers (shot->message),
                                    "Authorization", bearer);
    }
  if (load->folder != 0)
    {
      g_autofree char *folder = g_strdup_printf ("%d", load->folder);
      soup_message_headers_replace (soup_message_get_request_headers (shot->message),
                                    "X-UIPATH-OrganizationUnitId", folder);
    }
  load->running++;
  soup_session_send_and_read_async (load->session, shot->message, G_PRIORITY_DEFAULT, NULL,
                                    answered_cb, shot);
}

static int
compare_times (gconstpointer a, gconstpointer b)
{
  gint64 x = *(const gint64 *)a, y = *(const gint64 *)b;
  return x < y ? -1 : x > y;
}

int
main (int argc, char **argv)
{
  g_autofree char *token = NULL;
  int folder = 0, connections = 8, requests = -1, below = 1;
  double seconds = 3;
  const GOptionEntry entries[] = {
    { "token", 0, 0, G_OPTION_ARG_STRING, &token, "Bearer token", "T" },
    { "folder", 0, 0, G_OPTION_ARG_INT, &folder, "Folder id", "ID" },
    { "connections", 0, 0, G_OPTION_ARG_INT, &connections, "At once", "N" },
    { "requests", 0, 0, G_OPTION_ARG_INT, &requests, "End after this many", "N" },
    { "below", 0, 0, G_OPTION_ARG_INT, &below, "Of the numbers in place of {}", "N" },
    { "seconds", 0, 0, G_OPTION_ARG_DOUBLE, &seconds, "How long", "S" },
    G_OPTION_ENTRY_NULL,
  };
  g_autoptr (GOptionContext) context = g_option_context_new ("URL");
  g_autoptr (GError) error = NULL;
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  g_autoptr (GArray) times = g_array_new (FALSE, FALSE, sizeof (gint64));
  Load load = { .times = times, .loop = loop };
  gint64 start;
  double took;

  g_option_context_add_main_entries (context, entries, NULL);
  if (!g_option_context_parse (context, &argc, &argv, &error) || argc != 2)
    {
      g_printerr ("%s\n", error != NULL ? error->message : "one URL is needed");
      return 2;
    }
  load.session = soup_session_new_with_options ("max-conns", connections, "max-conns-per-host",
                                                connections, NULL);
  load.url = argv[1];
  load.token = token;
  load.folder = folder;
  load.below = below;
  load.left = requests;
  load.random = g_rand_new_with_seed (1);
  start = g_get_monotonic_time ();
  load.end = start + (gint64)(seconds * G_USEC_PER_SEC);
  for (int i = 0; i < connections && load.left != 0; i++)
    fire (&load);
  g_main_loop_run (loop);
  took = (double)(g_get_monotonic_time () - start) / G_USEC_PER_SEC;
  g_object_unref (load.session);
  g_rand_free (load.random);
  if (times->len == 0 || load.failed > 0)
    {
      g_printerr ("%u answered, %u failed\n", times->len, load.failed);
      return 1;
    }
  g_array_sort (times, compare_times);
  g_print ("%.0f %.2f %.2f\n", times->len / took,
           (double)g_array_index (times, gint64, times->len / 2) / 1000.0,
           (double)g_array_index (times, gint64, times->len * 99 / 100) / 1000.0);
  return 0;
}
