/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <libsoup/soup.h>

#include "list-server.h"

typedef struct
{
  ListServer *server;         /* (unowned) */
  SoupServerMessage *message; /* (owned) */
  gboolean left;
} Pending;

static void
asked_clear (gpointer data)
{
  g_free (((ListAsked *) data)->query);
}

static void
respond (SoupServerMessage *message, guint status, const char *text)
{
  soup_server_message_set_status (message, status, NULL);
  soup_server_message_set_response (message, "application/json", SOUP_MEMORY_COPY, text,
                                    strlen (text));
}

static void
append_row (GString *text, guint id)
{
  g_string_append_printf (
      text, "%s{\"Id\":%u,\"Name\":\"Machine %u\",\"Type\":\"Template\",\"UnattendedSlots\":%u}",
      text->str[text->len - 1] == '[' ? "" : ",", id, id, id % 7);
}

static guint64
get_number (GHashTable *query, const char *name)
{
  const char *text = query != NULL ? g_hash_table_lookup (query, name) : NULL;

  return text != NULL ? g_ascii_strtoull (text, NULL, 10) : 0;
}

static void
respond_page (ListServer *self, SoupServerMessage *message, const ListAsked *asked)
{
  guint n = asked->skip < self->ids->len ? self->ids->len - (guint) asked->skip : 0;
  g_autoptr (GString) text = g_string_new ("{");

  if (asked->top != 0)
    n = MIN (n, asked->top);
  if (self->cap != 0)
    n = MIN (n, self->cap);
  if (self->short_at == asked->skip)
    {
      self->short_at = G_MAXUINT;
      n /= 2;
    }
  if (asked->counted && !self->uncounted)
    g_string_append_printf (text, "\"@odata.count\":%u,", self->ids->len);
  g_string_append (text, "\"value\":[");
  for (guint i = 0; i < n; i++)
    append_row (text, g_array_index (self->ids, guint, asked->skip + i));
  g_string_append (text, "]}");
  if (self->broken_at == asked->skip)
    {
      self->broken_at = G_MAXUINT;
      g_string_truncate (text, text->len / 2);
    }
  respond (message, self->status != 0 ? self->status : 200, text->str);
}

static void
left_cb (Pending *pending)
{
  pending->left = TRUE;
}

static gboolean
late_cb (gpointer data)
{
  Pending *pending = data;

  pending->server->n_running--;
  g_signal_handlers_disconnect_by_data (pending->message, pending);
  if (!pending->left)
    soup_server_message_unpause (pending->message);
  g_object_unref (pending->message);
  g_free (pending);
  return G_SOURCE_REMOVE;
}

static void
list_cb (SoupServer *server,
         SoupServerMessage *message,
         const char *path,
         GHashTable *query,
         gpointer data)
{
  ListServer *self = data;
  const char *count = query != NULL ? g_hash_table_lookup (query, "$count") : NULL;
  ListAsked asked = {
    get_number (query, "$skip"),
    (guint) get_number (query, "$top"),
    g_strcmp0 (count, "true") == 0,
    g_strdup (g_uri_get_query (soup_server_message_get_uri (message))),
  };

  g_array_append_val (self->asked, asked);
  self->n_running++;
  self->n_running_max = MAX (self->n_running_max, self->n_running);
  respond_page (self, message, &asked);
  if (self->latency > 0)
    {
      Pending *pending = g_new0 (Pending, 1);

      pending->server = self;
      pending->message = g_object_ref (message);
      g_signal_connect_swapped (message, "disconnected", G_CALLBACK (left_cb), pending);
      soup_server_message_pause (message);
      g_timeout_add (self->latency, late_cb, pending);
    }
  else
    self->n_running--;
}

static void
token_cb (SoupServer *server,
          SoupServerMessage *message,
          const char *path,
          GHashTable *query,
          gpointer data)
{
  respond (message, 200,
           "{\"access_token\":\"an-access-token\",\"token_type\":\"Bearer\",\"expires_in\":86400}");
}

ListServer *
list_server_new (guint n)
{
  ListServer *self = g_new0 (ListServer, 1);
  g_autoptr (GError) error = NULL;
  g_autoslist (GUri) uris = NULL;

  self->ids = g_array_sized_new (FALSE, FALSE, sizeof (guint), n);
  for (guint i = 0; i < n; i++)
    {
      guint id = n - i;

      g_array_append_val (self->ids, id);
    }
  self->short_at = G_MAXUINT;
  self->broken_at = G_MAXUINT;
  self->asked = g_array_new (FALSE, FALSE, sizeof (ListAsked));
  g_array_set_clear_func (self->asked, asked_clear);
  self->clock = baton_clock_new_fake (g_get_real_time ());
  self->soup = soup_server_new (NULL, NULL);
  soup_server_add_handler (self->soup, "/oauth/token", token_cb, self, NULL);
  soup_server_add_handler (self->soup, "/acme/test/orchestrator_/odata", list_cb, self, NULL);
  soup_server_listen_local (self->soup, 0, SOUP_SERVER_LISTEN_IPV4_ONLY, &error);
  g_assert_no_error (error);
  uris = soup_server_get_uris (self->soup);
  self->address = g_strdup_printf ("http://127.0.0.1:%d/acme/test/orchestrator_",
                                   g_uri_get_port (uris->data));
  return self;
}

void
list_server_free (ListServer *self)
{
  list_server_wait (self, self->n_running == 0);
  soup_server_disconnect (self->soup);
  g_object_unref (self->soup);
  g_object_unref (self->clock);
  g_array_unref (self->ids);
  g_array_unref (self->asked);
  g_free (self->address);
  g_free (self);
}

void
list_server_forget_asked (ListServer *self)
{
  g_array_set_size (self->asked, 0);
  self->n_running_max = 0;
}

BatonConnection *
list_server_connect_to (const char *address,
                        const char *client_id,
                        const char *user_key,
                        BatonClock *clock)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BatonDeployment) deployment = baton_deployment_parse (address, &error);
  g_autoptr (BatonSecretStore) store = baton_secret_store_new ();
  g_autoptr (BatonSecret) secret = baton_secret_new (BATON_SECRET_USER_KEY, user_key, 0, 0);
  g_autoptr (BatonAccount) account = NULL;

  g_assert_no_error (error);
  account = baton_account_new (NULL, deployment, BATON_METHOD_USER_KEY);
  baton_account_set_client_id (account, client_id);
  baton_secret_store_keep_in_memory (store, baton_account_get_id (account), secret);
  return baton_connection_new (account, store, clock);
}

BatonConnection *
list_server_connect (ListServer *self)
{
  return list_server_connect_to (self->address, "a-client-id", "a-user-key", self->clock);
}

static gboolean
wake_cb (gpointer data)
{
  return G_SOURCE_CONTINUE;
}

/* The clock runs a hundred times as fast: what paces requests is not what is tested here. */
void
list_server_step (ListServer *self)
{
  static guint waker = 0;

  if (waker == 0)
    waker = g_timeout_add (5, wake_cb, NULL);
  g_main_context_iteration (NULL, TRUE);
  if (self != NULL)
    baton_clock_advance (self->clock, G_USEC_PER_SEC / 2);
}

void
list_server_settle (ListServer *self, guint ms)
{
  gint64 end = g_get_monotonic_time () + ms * 1000;

  while (g_get_monotonic_time () < end)
    list_server_step (self);
}
