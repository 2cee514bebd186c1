/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sandbox-traffic.h"

#include <string.h>

#include <baton-redact.h>

#include "sandbox-address.h"
#include "sandbox-clock.h"
#include "sandbox-writer.h"

#define N_KEPT 500
#define MAX_URL 2000
/* Paths have no end where somebody makes them up; those that come after share one line. */
#define MAX_COUNTERS 2000
#define OTHERS "(others)"

typedef struct
{
  char *method;
  char *path;           /* the pattern, as it came first */
  GHashTable *statuses; /* (owned): status -> how often */
  guint64 count;
} Counter;

typedef struct
{
  guint64 number;
  gint64 time;
  char *method;
  char *url; /* path and query, redacted */
  guint status;
  gint64 duration; /* microseconds of the machine */
  gsize length;    /* of the answer's body */
} Entry;

struct _SandboxTraffic
{
  SandboxRouter *router; /* (unowned) */
  GHashTable *counters;  /* (owned): "GET /odata/jobs({key})" -> Counter */
  GQueue *entries;       /* (owned): Entry */
  GHashTable *watched;   /* (owned): SoupServerMessage, unowned -> Watch */
  SandboxRecord *record; /* (unowned) (nullable) */
  guint64 last;
};

typedef struct
{
  SandboxTraffic *owner; /* (unowned) */
  gint64 time;
  gint64 began;
} Watch;

static void
counter_free (Counter *self)
{
  g_free (self->method);
  g_free (self->path);
  g_hash_table_unref (self->statuses);
  g_free (self);
}

static void
entry_free (Entry *self)
{
  g_free (self->method);
  g_free (self->url);
  g_free (self);
}

SandboxTraffic *
sandbox_traffic_new (SandboxRouter *router)
{
  SandboxTraffic *self = g_new0 (SandboxTraffic, 1);

  self->router = router;
  self->counters
      = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify)counter_free);
  self->entries = g_queue_new ();
  self->watched = g_hash_table_new_full (NULL, NULL, NULL, g_free);

  return self;
}

static void
gone_cb (gpointer user_data, GObject *message)
{
  SandboxTraffic *self = user_data;

  g_hash_table_remove (self->watched, message);
}

static void
forget (gpointer message, gpointer watch, gpointer user_data)
{
  g_object_weak_unref (message, gone_cb, user_data);
  g_signal_handlers_disconnect_by_data (message, watch);
}

void
sandbox_traffic_free (SandboxTraffic *self)
{
  if (self == NULL)
    return;

  g_hash_table_foreach (self->watched, forget, self);
  g_hash_table_unref (self->watched);
  g_hash_table_unref (self->counters);
  g_queue_free_full (self->entries, (GDestroyNotify)entry_free);
  g_free (self);
}

static Counter *
find_counter (SandboxTraffic *self, const char *method, const char *path)
{
  g_autofree char *key = g_strconcat (method, " ", path, NULL);
  Counter *counter = g_hash_table_lookup (self->counters, key);

  if (counter != NULL)
    return counter;
  if (g_hash_table_size (self->counters) >= MAX_COUNTERS && !g_str_equal (path, OTHERS))
    return find_counter (self, "", OTHERS);

  counter = g_new0 (Counter, 1);
  counter->method = g_strdup (method);
  counter->path = g_strdup (path);
  counter->statuses = g_hash_table_new (NULL, NULL);
  g_hash_table_insert (self->counters, g_steal_pointer (&key), counter);

  return counter;
}

/* Returns: (transfer full): "/odata/jobs({key})" for every job of every tenant. */
static char *
make_pattern (GUri *uri)
{
  g_autoptr (SandboxPath) path = sandbox_path_parse (g_uri_get_path (uri));
  SandboxAddress address;

  if (path == NULL)
    return g_strdup (OTHERS);
  sandbox_address_read (&address, path);

  return sandbox_path_make_pattern (path, address.is_api ? address.n_base : 0);
}

static void
count (SandboxTraffic *self, SoupServerMessage *message)
{
  g_autofree char *pattern = make_pattern (soup_server_message_get_uri (message));
  Counter *counter = find_counter (self, soup_server_message_get_method (message), pattern);
  gpointer status = GUINT_TO_POINTER (soup_server_message_get_status (message));
  gpointer before = g_hash_table_lookup (counter->statuses, status);

  counter->count++;
  g_hash_table_insert (counter->statuses, status, GSIZE_TO_POINTER (GPOINTER_TO_SIZE (before) + 1));
}

/* Redacting costs as much as answering a short list. OData's own options have the names of no
 * secrets, and most addresses have no others. */
static gboolean
may_hold_secret (const char *query)
{
  if (query == NULL)
    return FALSE;

  for (const char *part = query; part != NULL; part = strchr (part, '&'))
    {
      part += *part == '&' ? 1 : 0;
      if (*part != '$')
        return TRUE;
    }

  return strstr (query, "eyJ") != NULL;
}

/* Returns: (transfer full): a long one is cut at its end, after it was redacted. */
static char *
make_url (GUri *uri)
{
  const char *query = g_uri_get_query (uri);
  g_autofree char *url = query != NULL ? g_strconcat (g_uri_get_path (uri), "?", query, NULL)
                                       : g_strdup (g_uri_get_path (uri));
  g_autofree char *redacted = may_hold_secret (query) ? baton_redact (url) : g_strdup (url);

  return strlen (redacted) <= MAX_URL ? g_steal_pointer (&redacted)
                                      : g_utf8_make_valid (redacted, MAX_URL);
}

static void
keep (SandboxTraffic *self, SoupServerMessage *message, const Watch *watch)
{
  Entry *entry = g_new0 (Entry, 1);

  entry->number = ++self->last;
  entry->time = watch->time;
  entry->method = g_strdup (soup_server_message_get_method (message));
  entry->url = make_url (soup_server_message_get_uri (message));
  entry->status = soup_server_message_get_status (message);
  entry->duration = g_get_monotonic_time () - watch->began;
  entry->length = (gsize)soup_server_message_get_response_body (message)->length;
  g_queue_push_tail (self->entries, entry);
  if (self->entries->length > N_KEPT)
    entry_free (g_queue_pop_head (self->entries));
}

static void
finished_cb (SoupServerMessage *message, gpointer user_data)
{
  Watch *watch = user_data;
  SandboxTraffic *self = watch->owner;

  g_assert (SOUP_IS_SERVER_MESSAGE (message));

  count (self, message);
  keep (self, message, watch);
  if (self->record != NULL)
    sandbox_record_write (self->record, message, watch->time);
  forget (message, watch, self);
  g_hash_table_remove (self->watched, message);
}

void
sandbox_traffic_set_record (SandboxTraffic *self, SandboxRecord *record)
{
  g_return_if_fail (self != NULL);

  self->record = record;
}

void
sandbox_traffic_watch (SandboxTraffic *self, SoupServerMessage *message)
{
  Watch *watch;

  g_return_if_fail (self != NULL);
  g_return_if_fail (SOUP_IS_SERVER_MESSAGE (message));

  watch = g_new0 (Watch, 1);
  watch->owner = self;
  watch->time = sandbox_clock_now ();
  watch->began = g_get_monotonic_time ();
  g_hash_table_insert (self->watched, message, watch);
  g_signal_connect (message, "finished", G_CALLBACK (finished_cb), watch);
  g_object_weak_ref (G_OBJECT (message), gone_cb, self);
}

static gint
compare_counters (gconstpointer a, gconstpointer b)
{
  const Counter *first = *(const Counter *const *)a;
  const Counter *second = *(const Counter *const *)b;
  int order = strcmp (first->path, second->path);

  return order != 0 ? order : strcmp (first->method, second->method);
}

static void
append_counter (SandboxTraffic *self, GString *json, const Counter *counter)
{
  g_autofree char *plain = g_strdup (counter->path);
  g_autoptr (SandboxPath) path = sandbox_path_parse (plain);
  const char *operation
      = path != NULL ? sandbox_router_find_defined (self->router, counter->method, path, 0) : NULL;
  GHashTableIter iter;
  gpointer status, n;
  const char *separator = "";

  g_string_append (json, "{\"method\":");
  sandbox_json_append_string (json, counter->method);
  g_string_append (json, ",\"path\":");
  sandbox_json_append_string (json, counter->path);
  g_string_append (json, ",\"operation\":");
  if (operation != NULL)
    sandbox_json_append_string (json, operation);
  else
    g_string_append (json, "null");
  g_string_append_printf (json, ",\"count\":%" G_GUINT64_FORMAT ",\"statuses\":{", counter->count);
  g_hash_table_iter_init (&iter, counter->statuses);
  while (g_hash_table_iter_next (&iter, &status, &n))
    {
      g_string_append_printf (json, "%s\"%u\":%" G_GSIZE_FORMAT, separator,
                              GPOINTER_TO_UINT (status), GPOINTER_TO_SIZE (n));
      separator = ",";
    }
  g_string_append (json, "}}");
}

void
sandbox_traffic_append_counters (SandboxTraffic *self, GString *json)
{
  g_autoptr (GPtrArray) sorted = g_ptr_array_new ();
  GHashTableIter iter;
  gpointer counter;

  g_return_if_fail (self != NULL && json != NULL);

  g_hash_table_iter_init (&iter, self->counters);
  while (g_hash_table_iter_next (&iter, NULL, &counter))
    g_ptr_array_add (sorted, counter);
  g_ptr_array_sort (sorted, compare_counters);
  g_string_append_c (json, '[');
  for (guint i = 0; i < sorted->len; i++)
    {
      if (i > 0)
        g_string_append_c (json, ',');
      append_counter (self, json, sorted->pdata[i]);
    }
  g_string_append_c (json, ']');
}

static void
append_entry (GString *json, const Entry *entry)
{
  g_string_append_printf (json, "{\"number\":%" G_GUINT64_FORMAT ",\"time\":", entry->number);
  sandbox_json_append_time (json, entry->time);
  g_string_append (json, ",\"method\":");
  sandbox_json_append_string (json, entry->method);
  g_string_append (json, ",\"url\":");
  sandbox_json_append_string (json, entry->url);
  g_string_append_printf (
      json,
      ",\"status\":%u,\"milliseconds\":%" G_GINT64_FORMAT ".%03d,\"bytes\":%" G_GSIZE_FORMAT "}",
      entry->status, entry->duration / 1000, (int)(entry->duration % 1000), entry->length);
}

void
sandbox_traffic_append_requests (SandboxTraffic *self, GString *json, guint64 after)
{
  const char *separator = "";

  g_return_if_fail (self != NULL && json != NULL);

  g_string_append_printf (json, "{\"last\":%" G_GUINT64_FORMAT ",\"requests\":[", self->last);
  for (GList *l = self->entries->head; l != NULL; l = l->next)
    {
      const Entry *entry = l->data;

      if (entry->number <= after)
        continue;
      g_string_append (json, separator);
      append_entry (json, entry);
      separator = ",";
    }
  g_string_append (json, "]}");
}

void
sandbox_traffic_clear_counters (SandboxTraffic *self)
{
  g_return_if_fail (self != NULL);

  g_hash_table_remove_all (self->counters);
}

void
sandbox_traffic_clear_requests (SandboxTraffic *self)
{
  g_return_if_fail (self != NULL);

  for (Entry *entry; (entry = g_queue_pop_head (self->entries)) != NULL;)
    entry_free (entry);
}
