/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sandbox-job-trigger.h"

#include "baton-json.h"
#include "sandbox-clock.h"
#include "sandbox-list.h"
#include "sandbox-operations.h"
#include "sandbox-parameter.h"
#include "sandbox-row.h"
#include "sandbox-sets.h"
#include "sandbox-simulator.h"

#define US "UiPath.Server.Configuration.OData."

void
sandbox_job_trigger_add (SandboxStore *store,
                         const SandboxJob *job,
                         SandboxJobTriggerType type,
                         const char *item,
                         gint64 time)
{
  g_autofree char *inbox = type == SANDBOX_JOB_TRIGGER_INBOX ? g_uuid_string_random () : NULL;
  gint64 now = sandbox_clock_now ();

  g_return_if_fail (SANDBOX_IS_STORE (store));
  g_return_if_fail (job != NULL);

  sandbox_insert (store, "JobTriggers", SANDBOX_INT ("TenantId", job->tenant),
                  SANDBOX_INT ("OrganizationUnitId", job->folder), SANDBOX_INT ("JobId", job->id),
                  SANDBOX_INT ("TriggerType", type), SANDBOX_ENUM ("Status", "New"),
                  SANDBOX_TEXT ("ItemKey", item != NULL ? item : inbox),
                  SANDBOX_TIME ("Timer", time), SANDBOX_TIME ("CreationTime", now),
                  SANDBOX_TIME ("ModifiedTime", now));
}

void
sandbox_job_trigger_resume (SandboxServer *server, SandboxJob *job)
{
  SandboxStore *store;
  sqlite3_stmt *statement;

  g_return_if_fail (SANDBOX_IS_SERVER (server));
  g_return_if_fail (job != NULL && job->state == SANDBOX_JOB_SUSPENDED);

  store = sandbox_server_get_store (server);
  statement = sandbox_store_prepare (
      store, "UPDATE \"JobTriggers\" SET \"Status\" = ?, \"ModifiedTime\" = ? WHERE \"JobId\" = ?");
  sqlite3_bind_int (statement, 1, sandbox_row_get_enum ("JobTriggers", "Status", "Fired"));
  sqlite3_bind_int64 (statement, 2, sandbox_clock_now ());
  sqlite3_bind_int64 (statement, 3, job->id);
  sqlite3_step (statement);
  sandbox_store_done (statement);

  sandbox_job_set_state (job, store, SANDBOX_JOB_RESUMED);
  sandbox_simulator_follow (server, job);
}

/* Returns: (transfer full) (element-type gint64): the jobs that wait for this item. */
static GArray *
list_waiting (SandboxStore *store, gint64 tenant, SandboxJobTriggerType type, const char *item)
{
  GArray *jobs = g_array_new (FALSE, FALSE, sizeof (gint64));
  sqlite3_stmt *statement = sandbox_store_prepare (
      store,
      "SELECT \"JobId\" FROM \"JobTriggers\" WHERE \"TenantId\" = ? AND \"TriggerType\" = ? AND "
      "\"ItemKey\" = ? AND \"Status\" = 0");

  sqlite3_bind_int64 (statement, 1, tenant);
  sqlite3_bind_int (statement, 2, type);
  sqlite3_bind_text (statement, 3, item, -1, SQLITE_STATIC);
  while (sqlite3_step (statement) == SQLITE_ROW)
    {
      gint64 job = sqlite3_column_int64 (statement, 0);

      g_array_append_val (jobs, job);
    }
  sandbox_store_done (statement);

  return jobs;
}

static void
resume_waiting (SandboxServer *server, gint64 tenant, SandboxJobTriggerType type, const char *item)
{
  SandboxStore *store = sandbox_server_get_store (server);
  g_autoptr (GArray) jobs = list_waiting (store, tenant, type, item);

  for (guint i = 0; i < jobs->len; i++)
    {
      g_auto (SandboxJob) job = { 0 };

      if (sandbox_job_load (&job, store, g_array_index (jobs, gint64, i))
          && job.state == SANDBOX_JOB_SUSPENDED)
        sandbox_job_trigger_resume (server, &job);
    }
}

void
sandbox_job_trigger_fire (SandboxServer *server, gint64 tenant, const char *key)
{
  g_return_if_fail (SANDBOX_IS_SERVER (server));
  g_return_if_fail (key != NULL);

  resume_waiting (server, tenant, SANDBOX_JOB_TRIGGER_JOB, key);
}

/* Answers where the inbox is not one of the folder. @payload: (out) (transfer full) (nullable):
 * what has been delivered. */
static gint64
find_inbox (SandboxRequest *request, const char *inbox, char **payload)
{
  sqlite3_stmt *statement = sandbox_store_prepare (
      request->store, "SELECT \"Id\", \"Payload\" FROM \"JobTriggers\" WHERE \"TenantId\" = ? AND "
                      "\"OrganizationUnitId\" = ? AND \"TriggerType\" = ? AND \"ItemKey\" = ?");
  g_autofree char *key = g_ascii_strdown (inbox != NULL ? inbox : "", -1);
  gint64 id = 0;

  sqlite3_bind_int64 (statement, 1, request->tenant);
  sqlite3_bind_int64 (statement, 2, request->folder);
  sqlite3_bind_int (statement, 3, SANDBOX_JOB_TRIGGER_INBOX);
  sqlite3_bind_text (statement, 4, key, -1, SQLITE_STATIC);
  if (sqlite3_step (statement) == SQLITE_ROW)
    {
      id = sqlite3_column_int64 (statement, 0);
      *payload = g_strdup ((const char *)sqlite3_column_text (statement, 1));
    }
  sandbox_store_done (statement);

  if (id == 0)
    sandbox_reply_error (request, 404, 1002, "The inbox '%s' does not exist.", key);

  return id;
}

/* Definition: 202 the first time, 208 from then on. */
static void
deliver_cb (SandboxRequest *request)
{
  const char *inbox = sandbox_request_get_argument (request, "inboxId");
  g_autofree char *delivered = NULL;
  g_autofree char *payload = NULL;
  g_autofree char *key = NULL;
  gint64 id = find_inbox (request, inbox, &delivered);

  if (id == 0)
    return;
  if (delivered != NULL)
    {
      sandbox_reply_empty (request, 208);
      return;
    }

  if (request->body != NULL)
    {
      g_autoptr (JsonNode) node = json_node_init_object (json_node_alloc (), request->body);

      payload = baton_json_to_text (node, FALSE);
    }
  key = g_ascii_strdown (inbox, -1);
  sandbox_store_begin (request->store);
  sandbox_update (request->store, "JobTriggers", id,
                  SANDBOX_TEXT ("Payload", payload != NULL ? payload : "{}"));
  resume_waiting (request->server, request->tenant, SANDBOX_JOB_TRIGGER_INBOX, key);
  sandbox_store_commit (request->store);
  sandbox_reply_empty (request, 202);
}

static void
payload_cb (SandboxRequest *request)
{
  const char *inbox = sandbox_request_get_argument (request, "inboxId");
  g_autofree char *payload = NULL;

  if (find_inbox (request, inbox, &payload) == 0)
    return;

  if (payload != NULL)
    sandbox_reply_json (request, 200, g_string_new (payload));
  else
    sandbox_reply_error (request, 404, 1002, "Nothing has been delivered to '%s'.", inbox);
}

static void
by_job_key_cb (SandboxRequest *request)
{
  const char *text = sandbox_request_get_argument (request, "jobKey");
  g_autofree char *key = g_ascii_strdown (text != NULL ? text : "", -1);
  g_autoptr (SandboxSql) sql = sandbox_list_begin (request, &sandbox_set_job_triggers);

  sandbox_sql_add_text_condition (
      sql, "t.\"JobId\" = (SELECT \"Id\" FROM \"Jobs\" WHERE \"Key\" = ?)", key);
  sandbox_list_reply (request, &sandbox_set_job_triggers, sql);
}

static void
with_wait_events_cb (SandboxRequest *request)
{
  g_autoptr (SandboxSql) sql = NULL;
  gint64 job;

  if (!sandbox_parameter_require_id (request, "jobId", &job))
    return;
  sql = sandbox_list_begin (request, &sandbox_set_job_triggers_with_events);
  sandbox_sql_add_condition (sql, "t.\"JobId\" = ?", 1, job);
  sandbox_list_reply (request, &sandbox_set_job_triggers_with_events, sql);
}

const SandboxOperation sandbox_job_trigger_operations[] = {
  { "POST", "/api/JobTriggers/DeliverPayload/{inboxId}", SANDBOX_SIGNED, SANDBOX_SCOPE_FOLDER,
    "Jobs.Edit", deliver_cb },
  { "GET", "/api/JobTriggers/GetPayload/{inboxId}", SANDBOX_SIGNED, SANDBOX_SCOPE_FOLDER,
    "Jobs.View", payload_cb },
  { "GET", "/odata/JobTriggers/" US "GetByJobKey", SANDBOX_SIGNED, SANDBOX_SCOPE_FOLDER,
    "Jobs.View", by_job_key_cb },
  { "GET", "/odata/JobTriggers/" US "GetWithWaitEvents", SANDBOX_SIGNED, SANDBOX_SCOPE_FOLDER,
    "Jobs.View", with_wait_events_cb },
  { NULL },
};
