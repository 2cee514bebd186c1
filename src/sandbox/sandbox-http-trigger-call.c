/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sandbox-http-trigger.h"

#include "baton-json.h"
#include "sandbox-operations.h"
#include "sandbox-permission.h"
#include "sandbox-row.h"
#include "sandbox-start.h"
#include "sandbox-statement.h"
#include "sandbox-trigger.h"

/* Until a caller who waits is sent to ask again. */
#define MAX_WAIT_SECONDS 25
#define WAITING_KEY "sandbox-http-trigger-waiting"

/* Somebody whose answer is the end of a job. */
typedef struct
{
  SandboxServer *server;      /* (unowned): it ends before the server does */
  SoupServerMessage *message; /* (owned) */
  char *base;                 /* (owned) */
  char *path;                 /* (owned) */
  char *job;                  /* (owned): its key */
  guint timeout;
} Waiting;

static void
waiting_free (Waiting *self)
{
  g_clear_handle_id (&self->timeout, g_source_remove);
  g_signal_handlers_disconnect_by_data (self->message, self);
  g_object_unref (self->message);
  g_free (self->base);
  g_free (self->path);
  g_free (self->job);
  g_free (self);
}

/* Returns: (transfer none): Waiting. */
static GPtrArray *
get_waiting (SandboxServer *server)
{
  GPtrArray *list = g_object_get_data (G_OBJECT (server), WAITING_KEY);

  if (list == NULL)
    {
      list = g_ptr_array_new_with_free_func ((GDestroyNotify)waiting_free);
      g_object_set_data_full (G_OBJECT (server), WAITING_KEY, list,
                              (GDestroyNotify)g_ptr_array_unref);
    }

  return list;
}

static void
set_location (SandboxRequest *request, const char *job, const char *what)
{
  g_autofree char *location = g_strdup_printf ("%s/t/jobs/%s%s", request->base, job, what);

  soup_message_headers_replace (soup_server_message_get_response_headers (request->message),
                                "Location", location);
}

/* The output arguments of a job that has ended well, else why not. */
static void
reply_output (SandboxRequest *request, const char *job)
{
  g_autofree char *output = sandbox_statement_ask_text (
      request->store, "SELECT \"OutputArguments\" FROM \"Jobs\" WHERE \"Key\" = ?", "s", job);
  g_autofree char *info = sandbox_statement_ask_text (
      request->store, "SELECT \"Info\" FROM \"Jobs\" WHERE \"Key\" = ?", "s", job);

  if (sandbox_statement_ask (request->store, "SELECT \"State\" = 5 FROM \"Jobs\" WHERE \"Key\" = ?",
                             "s", job))
    sandbox_reply_json (request, 200, g_string_new (output != NULL ? output : "{}"));
  else
    sandbox_reply_error (request, 500, 0, "The job did not end well. %s", info != NULL ? info : "");
}

/* Answers one who waits, and forgets it. */
static void
answer (Waiting *self, gboolean ended)
{
  g_autoptr (SoupServerMessage) message = g_object_ref (self->message);
  SandboxRequest request = { .server = self->server,
                             .store = sandbox_server_get_store (self->server),
                             .message = message,
                             .base = self->base,
                             .path = self->path };

  if (ended)
    reply_output (&request, self->job);
  else
    {
      set_location (&request, self->job, "");
      sandbox_reply_empty (&request, SOUP_STATUS_SEE_OTHER);
    }
  g_ptr_array_remove (get_waiting (self->server), self);
  soup_server_message_unpause (message);
}

static gboolean
too_long_cb (gpointer user_data)
{
  Waiting *self = user_data;

  self->timeout = 0;
  answer (self, FALSE);

  return G_SOURCE_REMOVE;
}

static void
gone_cb (SoupServerMessage *message, gpointer user_data)
{
  Waiting *self = user_data;

  g_assert (SOUP_IS_SERVER_MESSAGE (message));

  g_ptr_array_remove (get_waiting (self->server), self);
}

static void
wait_for (SandboxRequest *request, const char *job)
{
  Waiting *self = g_new0 (Waiting, 1);

  self->server = request->server;
  self->message = g_object_ref (request->message);
  self->base = g_strdup (request->base);
  self->path = g_strdup (request->path);
  self->job = g_strdup (job);
  self->timeout = g_timeout_add_seconds (MAX_WAIT_SECONDS, too_long_cb, self);
  g_signal_connect (self->message, "disconnected", G_CALLBACK (gone_cb), self);
  g_ptr_array_add (get_waiting (self->server), self);
  soup_server_message_pause (self->message);
}

void
sandbox_http_trigger_job_ended (SandboxServer *server, const SandboxJob *job)
{
  GPtrArray *list;

  g_return_if_fail (SANDBOX_IS_SERVER (server));
  g_return_if_fail (job != NULL);

  list = get_waiting (server);
  for (guint i = list->len; i > 0; i--)
    {
      Waiting *waiting = g_ptr_array_index (list, i - 1);

      if (g_str_equal (waiting->job, job->key))
        answer (waiting, TRUE);
    }
}

/* Adds the members of @from to @to. */
static void
merge (JsonObject *to, JsonObject *from)
{
  g_auto (GStrv) names = from != NULL ? baton_json_dup_names (from) : NULL;

  for (gsize i = 0; names != NULL && names[i] != NULL; i++)
    json_object_set_member (to, names[i],
                            baton_json_copy_node (baton_json_peek_node (from, names[i])));
}

/* What the trigger says, what the address says, what the body says. Returns: (transfer full). */
static char *
make_input (SandboxRequest *request, const char *own)
{
  g_autoptr (JsonObject) input = json_object_new ();
  g_autoptr (JsonNode) base = own != NULL ? baton_json_parse_text (own, -1, NULL) : NULL;
  g_autoptr (JsonNode) node = NULL;
  GHashTableIter iter;
  gpointer name, value;

  if (base != NULL)
    merge (input, baton_json_peek_root_object (base));
  if (request->query != NULL)
    {
      g_hash_table_iter_init (&iter, request->query);
      while (g_hash_table_iter_next (&iter, &name, &value))
        json_object_set_string_member (input, name, value);
    }
  merge (input, request->body);
  node = json_node_init_object (json_node_alloc (), input);

  return baton_json_to_text (node, FALSE);
}

typedef struct
{
  char *key;     /* (owned) */
  char *name;    /* (owned) */
  char *release; /* (owned) */
  char *input;   /* (owned) (nullable) */
  char *robots;  /* (owned) (nullable) */
  int mode;
  SandboxStart start; /* what is no text */
  guint count;
} Trigger;

static void
trigger_clear (Trigger *self)
{
  g_clear_pointer (&self->key, g_free);
  g_clear_pointer (&self->name, g_free);
  g_clear_pointer (&self->release, g_free);
  g_clear_pointer (&self->input, g_free);
  g_clear_pointer (&self->robots, g_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Trigger, trigger_clear)

static gboolean
load (Trigger *self, SandboxRequest *request, const char *slug)
{
  sqlite3_stmt *statement = sandbox_statement_open (
      request->store,
      "SELECT \"Id\", \"Name\", \"ReleaseKey\", \"InputArguments\", \"MachineRobots\", "
      "\"CallingMode\", ifnull (\"JobPriority\", -1), \"SpecificPriorityValue\", ifnull "
      "(\"RuntimeType\", -1), \"StopJobAfterSeconds\", \"KillJobAfterSeconds\", \"StopStrategy\", "
      "max (ifnull (\"JobCount\", 1), 1) FROM \"HttpTriggers\" WHERE \"TenantId\" = ? AND "
      "\"OrganizationUnitId\" = ? AND \"Slug\" = ? AND \"Enabled\" AND ifnull (\"Method\", 1) = ?",
      "iisi", request->tenant, request->folder, slug,
      (gint64)sandbox_row_find_enum ("HttpTriggers", "Method", request->method));
  gboolean found = sqlite3_step (statement) == SQLITE_ROW;

  if (found)
    {
      self->key = g_strdup ((const char *)sqlite3_column_text (statement, 0));
      self->name = g_strdup ((const char *)sqlite3_column_text (statement, 1));
      self->release = g_strdup ((const char *)sqlite3_column_text (statement, 2));
      self->input = g_strdup ((const char *)sqlite3_column_text (statement, 3));
      self->robots = g_strdup ((const char *)sqlite3_column_text (statement, 4));
      self->mode = sqlite3_column_int (statement, 5);
      self->start = (SandboxStart){ .priority = sqlite3_column_int (statement, 6),
                                    .priority_value = sqlite3_column_int64 (statement, 7),
                                    .runtime = sqlite3_column_int (statement, 8),
                                    .stop_after = sqlite3_column_int64 (statement, 9),
                                    .kill_after = sqlite3_column_int64 (statement, 10),
                                    .kills = sqlite3_column_int (statement, 11) == 1 };
      self->count = (guint)sqlite3_column_int (statement, 12);
    }
  sandbox_store_done (statement);

  return found;
}

/* Answers where the process cannot be started so. Returns: (transfer full) (nullable): the key of
 * the first job. */
static char *
start (SandboxRequest *request, const Trigger *trigger)
{
  g_auto (SandboxProcess) process = { 0 };
  g_autoptr (GArray) places = g_array_new (FALSE, TRUE, sizeof (SandboxRuntimeWish));
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autofree char *input = make_input (request, trigger->input);
  g_autofree char *wrong = NULL;
  SandboxStart order;

  if (!sandbox_process_find (&process, request->store, request->tenant, request->folder, "Key",
                             trigger->release))
    {
      sandbox_reply_error (request, 404, 1002, "The process of the trigger does not exist.");
      return NULL;
    }
  wrong = sandbox_process_check_input (&process, input);
  if (wrong != NULL)
    {
      sandbox_reply_error (request, 400, 1009, "%s", wrong);
      return NULL;
    }

  sandbox_trigger_read_places (trigger->robots, places);
  sandbox_start_init (&order, &process);
  sandbox_start_set_priority (&order, trigger->start.priority, trigger->start.priority_value);
  order.user = request->user;
  order.source = trigger->name;
  order.source_type = sandbox_row_get_enum (
      "Jobs", "SourceType",
      sandbox_http_trigger_calls_back (request->store, request->tenant, trigger->key)
          ? "HttpTriggerCallback"
          : "HttpTrigger");
  order.trigger = trigger->key;
  order.input = input;
  if (trigger->start.runtime >= 0)
    order.runtime = trigger->start.runtime;
  order.stop_after = trigger->start.stop_after;
  order.kill_after = trigger->start.kill_after;
  order.kills = trigger->start.kills;
  order.places = (const SandboxRuntimeWish *)(gconstpointer)places->data;
  order.n_places = places->len;
  sandbox_store_begin (request->store);
  sandbox_start_run (&order, request->server, &process, trigger->count, ids);
  sandbox_store_commit (request->store);

  return sandbox_statement_ask_text (request->store,
                                     "SELECT \"Key\" FROM \"Jobs\" WHERE \"Id\" = ?", "i",
                                     g_array_index (ids, gint64, 0));
}

static void
call_cb (SandboxRequest *request)
{
  const char *folder = sandbox_request_get_argument (request, "folderKey");
  const char *process = sandbox_request_get_argument (request, "processSlug");
  const char *last = sandbox_request_get_argument (request, "slug");
  g_autofree char *slug
      = process != NULL ? g_strconcat (process, "/", last, NULL) : g_strdup (last);
  g_autofree char *job = NULL;
  g_auto (Trigger) trigger = { 0 };

  request->folder = sandbox_statement_ask (
      request->store,
      "SELECT \"Id\" FROM \"Folders\" WHERE \"TenantId\" = ? AND \"Key\" = lower (?)", "is",
      request->tenant, folder);
  if (request->folder == 0
      || !sandbox_permission_sees_folder (request->store, request->tenant, request->user,
                                          request->folder))
    {
      sandbox_reply_error (request, 404, 1100,
                           "Folder does not exist or the user does not have "
                           "access to the folder.");
      return;
    }
  if (!sandbox_permission_check (request, "Jobs.Create"))
    return;
  if (!load (&trigger, request, slug))
    {
      sandbox_reply_error (request, 404, 1002, "There is no trigger '%s' for %s.", slug,
                           request->method);
      return;
    }
  job = start (request, &trigger);
  if (job == NULL)
    return;

  if (trigger.mode == SANDBOX_CALLING_FIRE_AND_FORGET)
    sandbox_reply_empty (request, 200);
  else if (trigger.mode == SANDBOX_CALLING_LONG_POLLING)
    wait_for (request, job);
  else
    {
      set_location (request, job, "");
      sandbox_reply_empty (request, 202);
    }
}

/* Answers where the caller sees no such job. @ended: (out). */
static gboolean
find_job (SandboxRequest *request, const char *job, gboolean *ended)
{
  gint64 folder = sandbox_statement_ask (
      request->store,
      "SELECT \"OrganizationUnitId\" FROM \"Jobs\" WHERE \"Key\" = ? AND \"TenantId\" = ?", "si",
      job, request->tenant);

  if (folder == 0
      || !sandbox_permission_sees_folder (request->store, request->tenant, request->user, folder))
    {
      sandbox_reply_error (request, 404, 1002, "There is no job '%s'.", job);
      return FALSE;
    }
  *ended = sandbox_statement_ask (request->store,
                                  "SELECT \"State\" IN (4, 5, 6) FROM \"Jobs\" WHERE \"Key\" = ?",
                                  "s", job)
           != 0;

  return TRUE;
}

/* Where AsyncRequestReply sends its callers: 202 until the job has ended, then on to its output. */
static void
status_cb (SandboxRequest *request)
{
  g_autofree char *job = g_ascii_strdown (sandbox_request_get_argument (request, "jobKey"), -1);
  gboolean ended;

  if (!find_job (request, job, &ended))
    return;

  set_location (request, job, ended ? "/output" : "");
  sandbox_reply_empty (request, ended ? SOUP_STATUS_SEE_OTHER : 202);
}

static void
output_cb (SandboxRequest *request)
{
  g_autofree char *job = g_ascii_strdown (sandbox_request_get_argument (request, "jobKey"), -1);
  gboolean ended;

  if (!find_job (request, job, &ended))
    return;

  if (ended)
    reply_output (request, job);
  else
    sandbox_reply_error (request, 409, 0, "The job has not ended.");
}

#define CALL(method)                                                                               \
  { method, "/t/{folderKey}/{slug}", SANDBOX_SIGNED, SANDBOX_SCOPE_TENANT, NULL, call_cb },        \
  {                                                                                                \
    method, "/t/{folderKey}/{processSlug}/{slug}", SANDBOX_SIGNED, SANDBOX_SCOPE_TENANT, NULL,     \
        call_cb                                                                                    \
  }

const SandboxOperation sandbox_http_trigger_call_operations[] = {
  { "GET", "/t/jobs/{jobKey}", SANDBOX_SIGNED, SANDBOX_SCOPE_TENANT, "Jobs.View", status_cb },
  { "GET", "/t/jobs/{jobKey}/output", SANDBOX_SIGNED, SANDBOX_SCOPE_TENANT, "Jobs.View",
    output_cb },
  CALL ("GET"),
  CALL ("POST"),
  CALL ("PUT"),
  CALL ("PATCH"),
  CALL ("DELETE"),
  { NULL },
};
