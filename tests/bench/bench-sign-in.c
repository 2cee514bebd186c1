/* SPDX-License-Identifier: GPL-3.0-or-later */
/* bench-sign-in READY: rows for the table of tests/bench/run, about the way from a user key to the first rows of all jobs of
 * the sandbox whose ready line is in the file READY: beside it three bare requests, each after the other. */
#include "config.h"

#include <libsoup/soup.h>

#include "baton-json.h"
#include "baton-paged-list.h"
#include "bench-ready.h"
#include "http/baton-exchange.h"

#define N_ROUNDS 7
#define PAGE "odata/Jobs?$top=100&$count=true&$orderby=CreationTime%20desc"

typedef struct
{
  JsonObject *ready; /* (unowned) */
  gboolean done;
  GError *error;
} Bench;

static void
opened_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Bench *self = data;
  g_autoptr (GError) keyring_error = NULL;

  baton_connection_open_finish (BATON_CONNECTION (source), result, &keyring_error, &self->error);
  self->done = TRUE;
}

/* Returns: how many of @exchanges at most had to wait for one another. */
static guint
count_in_a_row (GListModel *exchanges)
{
  guint n = g_list_model_get_n_items (exchanges);
  g_autofree guint *length = g_new0 (guint, n);
  guint longest = 0;

  /* In as many rounds as there are exchanges, whatever their order. */
  for (guint round = 0; round < n; round++)
    for (guint i = 0; i < n; i++)
      {
        g_autoptr (BatonExchange) one = g_list_model_get_item (exchanges, i);

        length[i] = MAX (length[i], 1);
        for (guint j = 0; j < n; j++)
          {
            g_autoptr (BatonExchange) other = g_list_model_get_item (exchanges, j);
            const BatonExchangeFacts *before = baton_exchange_get_facts (other);

            if (before->started_at + before->duration <= baton_exchange_get_facts (one)->started_at)
              length[i] = MAX (length[i], length[j] + 1);
          }
        longest = MAX (longest, length[i]);
      }
  return longest;
}

/* Returns: seconds. @in_a_row: (out). */
static double
sign_in (Bench *self, guint *in_a_row)
{
  g_autoptr (BatonConnection) connection = bench_ready_connect (self->ready, baton_clock_get_default ());
  g_autoptr (BatonPagedList) list = NULL;
  gint64 start = g_get_monotonic_time ();
  double took;

  self->done = FALSE;
  baton_connection_open_async (connection, NULL, NULL, opened_cb, self);
  while (!self->done)
    g_main_context_iteration (NULL, TRUE);
  if (self->error != NULL)
    g_error ("%s", self->error->message);
  list = baton_paged_list_new (connection, baton_catalogue_find ("jobs"));
  while (baton_paged_list_get_total (list) < 0)
    g_main_context_iteration (NULL, TRUE);
  took = (double) (g_get_monotonic_time () - start) / G_USEC_PER_SEC;
  /* That for the token goes before all others, and past the pipeline. */
  *in_a_row = 1 + count_in_a_row (baton_pipeline_get_exchanges (baton_connection_get_pipeline (connection)));
  return took;
}

/* @authorization: (nullable). */
static GBytes *
send (SoupSession *session, SoupMessage *message, const char *authorization)
{
  g_autoptr (SoupMessage) owned = message;
  g_autoptr (GError) error = NULL;
  GBytes *body;

  if (authorization != NULL)
    soup_message_headers_append (soup_message_get_request_headers (message), "Authorization", authorization);
  body = soup_session_send_and_read (session, message, NULL, &error);
  if (body == NULL || soup_message_get_status (message) != 200)
    g_error ("%u %s", soup_message_get_status (message), error != NULL ? error->message : "");
  return body;
}

static SoupMessage *
get (Bench *self, const char *path)
{
  g_autofree char *url = g_strconcat (baton_json_peek_string (self->ready, "orchestrator"), "/", path, NULL);

  return soup_message_new ("GET", url);
}

static double
ask_barely (Bench *self)
{
  g_autoptr (SoupSession) session = soup_session_new ();
  g_autofree char *url = g_strconcat (baton_json_peek_string (self->ready, "origin"), "/oauth/token", NULL);
  g_autofree char *form = soup_form_encode ("grant_type", "refresh_token", "client_id", baton_json_peek_string (self->ready, "clientId"),
                                            "refresh_token", baton_json_peek_string (self->ready, "userKey"), NULL);
  g_autoptr (JsonNode) token = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) answer = NULL;
  g_autofree char *authorization = NULL;
  gint64 start = g_get_monotonic_time ();

  answer = send (session, soup_message_new_from_encoded_form ("POST", url, g_steal_pointer (&form)), NULL);
  token = baton_json_parse_text (g_bytes_get_data (answer, NULL), (gssize) g_bytes_get_size (answer), &error);
  if (token == NULL)
    g_error ("%s", error->message);
  authorization = g_strconcat ("Bearer ", baton_json_peek_string (baton_json_peek_root_object (token), "access_token"), NULL);
  g_bytes_unref (send (session, get (self, "odata/Folders"), authorization));
  g_bytes_unref (send (session, get (self, PAGE), authorization));
  return (double) (g_get_monotonic_time () - start) / G_USEC_PER_SEC;
}

static int
compare (gconstpointer a, gconstpointer b)
{
  double x = *(const double *) a, y = *(const double *) b;

  return x < y ? -1 : x > y;
}

int
main (int argc, char *argv[])
{
  Bench self = { NULL };
  g_autoptr (JsonNode) ready = NULL;
  double baton[N_ROUNDS], bare[N_ROUNDS];
  guint in_a_row = 0;

  if (argc != 2)
    {
      g_printerr ("one file is needed: the ready line of a sandbox\n");
      return 2;
    }
  ready = bench_ready_load (argv[1]);
  self.ready = baton_json_peek_root_object (ready);
  for (guint i = 0; i < N_ROUNDS; i++)
    {
      bare[i] = ask_barely (&self);
      baton[i] = sign_in (&self, &in_a_row);
    }
  qsort (bare, N_ROUNDS, sizeof (double), compare);
  qsort (baton, N_ROUNDS, sizeof (double), compare);
  g_print ("%-58s %14.1f %14.1f %8.2f  %s\n", "sign-in to first rows, ms (beside: three bare requests)",
           baton[N_ROUNDS / 2] * 1000, bare[N_ROUNDS / 2] * 1000, baton[N_ROUNDS / 2] / bare[N_ROUNDS / 2], "");
  g_print ("%-58s %14u %14u %8s  %s\n", "the same, requests that wait for one another", in_a_row, 3, "-", "3");
  return 0;
}
