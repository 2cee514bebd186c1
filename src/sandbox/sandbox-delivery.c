/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sandbox-delivery.h"

#include <string.h>

#include <baton-backoff.h>

#include "sandbox-clock.h"
#include "sandbox-row.h"
#include "sandbox-settings.h"
#include "sandbox-statement.h"
#include "sandbox-writer.h"

#define DATA_KEY "sandbox-delivery"
#define MAX_SENDING 8
#define MAX_ATTEMPTS 4
#define TIMEOUT_SECONDS 15
#define MILLISECOND G_GINT64_CONSTANT (1000)
/* How long a target that failed is left alone (fact sheet 6.19). */
#define BREAK (G_GINT64_CONSTANT (3600) * G_USEC_PER_SEC)

#define SUBSCRIBED                                                                                 \
  " \"TenantId\" = ?1 AND \"Enabled\" AND ifnull (\"BrokenUntil\", 0) <= ?2"                       \
  " AND (\"SubscribeToAllEvents\" OR EXISTS (SELECT 1 FROM json_each (\"Events\") e"               \
  " WHERE json_extract (e.value, '$.EventType') = ?3))"

typedef struct
{
  SandboxServer *server;     /* (unowned): it owns this */
  SandboxStore *store;       /* (owned) */
  SoupSession *session;      /* (owned) */
  GCancellable *cancellable; /* (owned) */
  GHashTable *sending;       /* (owned): WebhookDeliveries.Id that are on their way */
  guint timer;               /* of the sandbox's clock */
} Delivery;

/* One that is on its way. */
typedef struct
{
  Delivery *delivery;   /* (unowned): gone where the sending was cancelled */
  SoupMessage *message; /* (owned) */
  gint64 id;
  gint64 webhook;
  guint attempt;
} Sending;

static void arm (Delivery *self);

static void
sending_free (Sending *self)
{
  g_clear_object (&self->message);
  g_free (self);
}

static Delivery *
get_delivery (SandboxServer *server)
{
  return g_object_get_data (G_OBJECT (server), DATA_KEY);
}

gboolean
sandbox_delivery_is_url (const char *url)
{
  g_autoptr (GUri) uri = NULL;
  const char *scheme;

  g_return_val_if_fail (url != NULL, FALSE);

  uri = g_uri_parse (url, SOUP_HTTP_URI_FLAGS, NULL);
  scheme = uri != NULL ? g_uri_get_scheme (uri) : "";

  return (g_str_equal (scheme, "http") || g_str_equal (scheme, "https"))
         && g_uri_get_host (uri) != NULL && *g_uri_get_host (uri) != '\0';
}

gboolean
sandbox_delivery_may_call (SandboxServer *server, const char *host)
{
  g_autoptr (GInetAddress) address = NULL;

  g_return_val_if_fail (SANDBOX_IS_SERVER (server) && host != NULL, FALSE);

  if (sandbox_server_get_options (server)->webhook_targets == SANDBOX_WEBHOOK_TARGETS_ANY)
    return TRUE;

  address = g_inet_address_new_from_string (host);

  return address != NULL ? g_inet_address_get_is_loopback (address)
                         : g_ascii_strcasecmp (host, "localhost") == 0;
}

static void
forget (Delivery *self, gint64 id)
{
  sandbox_statement_run (self->store, "DELETE FROM \"WebhookDeliveries\" WHERE \"Id\" = ?", "i",
                         id);
}

/* Opens the breaker: nothing more is sent there for a while, what waits neither. */
static void
give_up (Delivery *self, gint64 webhook)
{
  sandbox_update (self->store, "Webhooks", webhook,
                  SANDBOX_TIME ("BrokenUntil", sandbox_clock_now () + BREAK));
  sandbox_statement_run (self->store, "DELETE FROM \"WebhookDeliveries\" WHERE \"WebhookId\" = ?",
                         "i", webhook);
}

static void
fail (Delivery *self, const Sending *sending)
{
  if (sending->attempt + 1 >= MAX_ATTEMPTS && sending->webhook == 0)
    forget (self, sending->id);
  else if (sending->attempt + 1 >= MAX_ATTEMPTS)
    give_up (self, sending->webhook);
  else
    sandbox_update (
        self->store, "WebhookDeliveries", sending->id,
        SANDBOX_INT ("Attempt", sending->attempt + 1),
        SANDBOX_TIME ("DueTime", sandbox_clock_now () + baton_backoff_delay (sending->attempt)));
}

static void
sent_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  Sending *sending = user_data;
  Delivery *self;
  g_autoptr (GError) error = NULL;
  g_autoptr (GInputStream) answer
      = soup_session_send_finish (SOUP_SESSION (object), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      sending_free (sending);
      return;
    }

  self = sending->delivery;
  sandbox_store_begin (self->store);
  if (answer != NULL && SOUP_STATUS_IS_SUCCESSFUL (soup_message_get_status (sending->message)))
    forget (self, sending->id);
  else
    fail (self, sending);
  sandbox_store_commit (self->store);

  g_hash_table_remove (self->sending, &sending->id);
  sending_free (sending);
  arm (self);
}

static gboolean
accept_cb (SoupMessage *message,
           GTlsCertificate *certificate,
           GTlsCertificateFlags errors,
           gpointer user_data)
{
  return TRUE;
}

/* Fact sheet 6.19: Base64 of the HMAC-SHA256 of the body. */
static char *
sign (const char *secret, const char *body)
{
  guint8 digest[32];
  gsize length = sizeof digest;
  GHmac *hmac = g_hmac_new (G_CHECKSUM_SHA256, (const guchar *)secret, strlen (secret));

  g_hmac_update (hmac, (const guchar *)body, -1);
  g_hmac_get_digest (hmac, digest, &length);
  g_hmac_unref (hmac);

  return g_base64_encode (digest, length);
}

/* Returns: (transfer full) (nullable): NULL where the target is none that may be called. */
static SoupMessage *
make_message (Delivery *self, const char *url, const char *secret, const char *body)
{
  g_autoptr (GUri) uri = g_uri_parse (url, SOUP_HTTP_URI_FLAGS, NULL);
  g_autoptr (GBytes) bytes = NULL;
  SoupMessage *message;

  if (uri == NULL || !sandbox_delivery_may_call (self->server, g_uri_get_host (uri)))
    return NULL;

  message = soup_message_new_from_uri (SOUP_METHOD_POST, uri);
  /* A target on this computer may not lead to another one. */
  soup_message_add_flags (message, SOUP_MESSAGE_NO_REDIRECT);
  bytes = g_bytes_new (body, strlen (body));
  soup_message_set_request_body_from_bytes (message, "application/json", bytes);
  if (secret != NULL && *secret != '\0')
    {
      g_autofree char *signature = sign (secret, body);

      soup_message_headers_replace (soup_message_get_request_headers (message),
                                    "X-UIPATH-Signature", signature);
    }

  return message;
}

/* @statement: at a row of list_due(). */
static void
send_row (Delivery *self, sqlite3_stmt *statement)
{
  Sending *sending = g_new0 (Sending, 1);
  const char *url = (const char *)sqlite3_column_text (statement, 4);

  sending->delivery = self;
  sending->id = sqlite3_column_int64 (statement, 0);
  sending->webhook = sqlite3_column_int64 (statement, 1);
  sending->attempt = (guint)sqlite3_column_int (statement, 2);
  if (url != NULL)
    sending->message = make_message (self, url, (const char *)sqlite3_column_text (statement, 5),
                                     (const char *)sqlite3_column_text (statement, 3));
  if (sending->message == NULL)
    {
      /* Marked as on its way until the rows have been read. */
      g_hash_table_insert (self->sending, g_memdup2 (&sending->id, sizeof sending->id),
                           GINT_TO_POINTER (TRUE));
      sending_free (sending);
      return;
    }

  if (sqlite3_column_int (statement, 6) != 0)
    g_signal_connect (sending->message, "accept-certificate", G_CALLBACK (accept_cb), NULL);
  g_hash_table_insert (self->sending, g_memdup2 (&sending->id, sizeof sending->id), NULL);
  soup_session_send_async (self->session, sending->message, G_PRIORITY_DEFAULT, self->cancellable,
                           sent_cb, sending);
}

/* Those without a target that may be called. */
static void
drop_refused (Delivery *self)
{
  GHashTableIter iter;
  gpointer id, refused;

  g_hash_table_iter_init (&iter, self->sending);
  while (g_hash_table_iter_next (&iter, &id, &refused))
    {
      if (refused == NULL)
        continue;
      forget (self, *(gint64 *)id);
      g_hash_table_iter_remove (&iter);
    }
}

static void
due_cb (gpointer user_data)
{
  Delivery *self = user_data;
  sqlite3_stmt *statement;

  self->timer = 0;
  statement = sandbox_statement_open (
      self->store,
      "SELECT d.\"Id\", d.\"WebhookId\", d.\"Attempt\", d.\"Body\", "
      "CASE WHEN t.\"Id\" IS NULL THEN w.\"Url\" ELSE d.\"Url\" END, "
      "coalesce (w.\"Secret\", t.\"Secret\"), "
      "coalesce (w.\"AllowInsecureSsl\", t.\"AllowInsecureSsl\") "
      "FROM \"WebhookDeliveries\" d LEFT JOIN \"Webhooks\" w ON w.\"Id\" = d.\"WebhookId\" "
      "LEFT JOIN \"HttpTriggers\" t ON t.\"TenantId\" = d.\"TenantId\" AND t.\"Id\" = "
      "d.\"TriggerId\" WHERE d.\"DueTime\" <= ? ORDER BY d.\"Id\" LIMIT ?",
      "ii", sandbox_clock_now (), (gint64)2 * MAX_SENDING);
  while (sqlite3_step (statement) == SQLITE_ROW && g_hash_table_size (self->sending) < MAX_SENDING)
    {
      gint64 id = sqlite3_column_int64 (statement, 0);

      if (!g_hash_table_contains (self->sending, &id))
        send_row (self, statement);
    }
  sandbox_store_done (statement);
  drop_refused (self);
  arm (self);
}

/* Sets the timer to what falls due first; what ends sets it too. */
static void
arm (Delivery *self)
{
  gint64 now = sandbox_clock_now ();
  gint64 due;

  baton_clock_clear_timer (sandbox_clock_get (), &self->timer);
  if (g_hash_table_size (self->sending) >= MAX_SENDING)
    return;
  due = sandbox_statement_ask (
      self->store,
      "SELECT \"DueTime\" FROM \"WebhookDeliveries\" ORDER BY \"DueTime\" LIMIT 1 OFFSET ?", "i",
      (gint64)g_hash_table_size (self->sending));
  if (due != 0)
    self->timer
        = baton_clock_add_timer (sandbox_clock_get (), MAX (due - now, MILLISECOND), due_cb, self);
}

static void
keep (Delivery *self, gint64 tenant, gint64 webhook, const char *message)
{
  sandbox_insert (self->store, "WebhookDeliveries", SANDBOX_INT ("TenantId", tenant),
                  SANDBOX_INT ("WebhookId", webhook), SANDBOX_TEXT ("Body", message),
                  SANDBOX_INT ("Attempt", 0), SANDBOX_TIME ("DueTime", sandbox_clock_now ()));
  arm (self);
}

void
sandbox_delivery_send (SandboxServer *server, gint64 id, const char *message)
{
  Delivery *self = get_delivery (server);

  g_return_if_fail (self != NULL && message != NULL);

  keep (self,
        sandbox_statement_ask (self->store,
                               "SELECT \"TenantId\" FROM \"Webhooks\" WHERE \"Id\" = ?", "i", id),
        id, message);
}

void
sandbox_delivery_call_back (
    SandboxServer *server, gint64 tenant, const char *trigger, const char *url, const char *message)
{
  Delivery *self = get_delivery (server);

  g_return_if_fail (self != NULL && trigger != NULL && url != NULL && message != NULL);

  sandbox_insert (self->store, "WebhookDeliveries", SANDBOX_INT ("TenantId", tenant),
                  SANDBOX_INT ("WebhookId", 0), SANDBOX_TEXT ("TriggerId", trigger),
                  SANDBOX_TEXT ("Url", url), SANDBOX_TEXT ("Body", message),
                  SANDBOX_INT ("Attempt", 0), SANDBOX_TIME ("DueTime", sandbox_clock_now ()));
  arm (self);
}

/* Returns: (transfer full) (element-type gint64): the webhooks that want to hear of @type. */
static GArray *
list_subscribed (SandboxStore *store, gint64 tenant, const char *type)
{
  GArray *ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  sqlite3_stmt *statement
      = sandbox_statement_open (store, "SELECT \"Id\" FROM \"Webhooks\" WHERE" SUBSCRIBED, "iis",
                                tenant, sandbox_clock_now (), type);

  while (sqlite3_step (statement) == SQLITE_ROW)
    {
      gint64 id = sqlite3_column_int64 (statement, 0);

      g_array_append_val (ids, id);
    }
  sandbox_store_done (statement);

  return ids;
}

void
sandbox_delivery_send_all (SandboxServer *server,
                           gint64 tenant,
                           const char *type,
                           const char *message)
{
  Delivery *self = get_delivery (server);
  g_autoptr (GArray) ids = NULL;

  g_return_if_fail (self != NULL && type != NULL && message != NULL);

  ids = list_subscribed (self->store, tenant, type);
  for (guint i = 0; i < ids->len; i++)
    keep (self, tenant, g_array_index (ids, gint64, i), message);
}

static void
append_key (GString *json, SandboxStore *store, const char *member, const char *set, gint64 id)
{
  g_autofree char *sql = g_strdup_printf ("SELECT \"Key\" FROM \"%s\" WHERE \"Id\" = ?", set);
  g_autofree char *key = sandbox_statement_ask_text (store, sql, "i", id);

  if (key != NULL)
    g_string_append_printf (json, ",\"%s\":\"%s\"", member, key);
}

GString *
sandbox_delivery_begin_message (SandboxStore *store, const SandboxEvent *event)
{
  g_autofree char *guid = g_uuid_string_random ();
  g_auto (GStrv) parts = g_strsplit (guid, "-", -1);
  g_autofree char *id = g_strjoinv ("", parts);
  GString *json;

  g_return_val_if_fail (SANDBOX_IS_STORE (store) && event != NULL, NULL);

  json = g_string_new ("{\"Type\":");
  sandbox_json_append_string (json, event->type);
  g_string_append_printf (json, ",\"EventId\":\"%s\",\"Timestamp\":", id);
  sandbox_json_append_time (json, sandbox_clock_now ());
  g_string_append (json, ",\"EventTime\":");
  sandbox_json_append_time (json, sandbox_clock_now ());
  if (event->set != NULL && sandbox_entity_set_find_field (event->set, "Key") != NULL)
    append_key (json, store, "EntityKey", event->set->name, event->id);
  g_string_append_printf (json, ",\"TenantId\":%" G_GINT64_FORMAT, event->tenant);
  if (event->folder != 0)
    {
      g_string_append_printf (json, ",\"OrganizationUnitId\":%" G_GINT64_FORMAT, event->folder);
      append_key (json, store, "OrganizationUnitKey", "Folders", event->folder);
    }
  if (event->user != 0)
    {
      g_string_append_printf (json, ",\"UserId\":%" G_GINT64_FORMAT, event->user);
      append_key (json, store, "UserKey", "Users", event->user);
    }

  return json;
}

char *
sandbox_delivery_make_message (SandboxStore *store, const SandboxEvent *event)
{
  g_autoptr (SandboxShape) shape = NULL;
  g_autoptr (SandboxWriter) writer = NULL;
  GString *json = sandbox_delivery_begin_message (store, event);
  gsize length;

  g_return_val_if_fail (json != NULL && event->set != NULL, NULL);

  shape = sandbox_shape_new (event->set);
  writer = sandbox_writer_new (store, shape, TRUE);
  length = json->len;
  g_string_append_printf (json, ",\"%s\":", event->member);
  if (!sandbox_writer_write (writer, json, event->id, NULL))
    g_string_truncate (json, length);
  g_string_append_c (json, '}');

  return g_string_free (json, FALSE);
}

static void
event_cb (const SandboxEvent *event, gpointer user_data)
{
  Delivery *self = user_data;
  g_autoptr (GArray) ids = list_subscribed (self->store, event->tenant, event->type);
  g_autofree char *message = NULL;

  if (ids->len == 0)
    return;

  message = sandbox_delivery_make_message (self->store, event);
  for (guint i = 0; i < ids->len; i++)
    keep (self, event->tenant, g_array_index (ids, gint64, i), message);
}

static void
delivery_free (Delivery *self)
{
  sandbox_event_unlisten (self->store, event_cb, self);
  baton_clock_clear_timer (sandbox_clock_get (), &self->timer);
  g_cancellable_cancel (self->cancellable);
  g_object_unref (self->cancellable);
  g_object_unref (self->session);
  g_hash_table_unref (self->sending);
  g_object_unref (self->store);
  g_free (self);
}

void
sandbox_delivery_init (SandboxServer *server)
{
  Delivery *self;

  g_return_if_fail (SANDBOX_IS_SERVER (server));

  self = g_new0 (Delivery, 1);
  self->server = server;
  self->store = g_object_ref (sandbox_server_get_store (server));
  self->session = soup_session_new_with_options ("timeout", TIMEOUT_SECONDS, "user-agent",
                                                 "baton-sandbox/" PACKAGE_VERSION,
                                                 "max-conns-per-host", MAX_SENDING, NULL);
  self->cancellable = g_cancellable_new ();
  self->sending = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  g_object_set_data_full (G_OBJECT (server), DATA_KEY, self, (GDestroyNotify)delivery_free);
  sandbox_event_listen (self->store, event_cb, self);
  arm (self);
}
