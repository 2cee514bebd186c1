/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sandbox-retention.h"

#include "baton-json.h"
#include "sandbox-audit.h"
#include "sandbox-body.h"
#include "sandbox-bucket.h"
#include "sandbox-enums.h"
#include "sandbox-list.h"
#include "sandbox-operations.h"
#include "sandbox-sets.h"
#include "sandbox-statement.h"
#include "sandbox-write.h"

/* Days that the cloud lets one choose. */
#define MAX_FINAL_DAYS 180
#define MAX_STALE_DAYS 540
enum
{
  FINAL,
  STALE,
};

/* Definition: QueueRetentionSettingDto and its like, behind the owner's key. */
static const SandboxBodyField body_fields[] = {
  { "QueueDefinitionId", SANDBOX_BODY_INT },
  { "TaskCatalogId", SANDBOX_BODY_INT },
  { "ReleaseId", SANDBOX_BODY_INT },
  { "Action", SANDBOX_BODY_ENUM, .names = sandbox_enum_retention_action },
  { "Period", SANDBOX_BODY_INT },
  { "BucketId", SANDBOX_BODY_INT },
  { "Type", SANDBOX_BODY_ENUM, .names = sandbox_enum_retention_type },
  { NULL },
};

static const char *const queue_item_tables[] = { "QueueItemEvents", "QueueItemComments", NULL };

static const SandboxRetention queue_retention = {
  .owner = &sandbox_set_queue_definitions,
  .final = &sandbox_set_queue_retention,
  .stale = &sandbox_set_queue_stale_retention,
  .items = &sandbox_set_queue_items,
  .item_owner = "QueueDefinitionId",
  .is_final = "i.\"Status\" NOT IN (0, 1)",
  .is_stale = "i.\"Status\" = 0",
  .time = "ifnull (i.\"EndProcessing\", i.\"CreationTime\")",
  .beside = queue_item_tables,
  .item_key = "QueueItemId",
  .archive = "Archive/Queues/Queue-",
};

static const char *const task_tables[] = { "TaskActivities", "TaskNotes", NULL };

static const SandboxRetention task_retention = {
  .owner = &sandbox_set_task_catalogs,
  .final = &sandbox_set_task_retention,
  .items = &sandbox_set_tasks,
  .item_owner = "TaskCatalogId",
  .is_final = "i.\"Status\" = 2 OR i.\"IsDeleted\"",
  .time = "coalesce (i.\"CompletionTime\", i.\"DeletionTime\", i.\"CreationTime\")",
  .beside = task_tables,
  .item_key = "TaskId",
  .archive = "Archive/Tasks/TaskCatalog-",
};

static const char *const job_tables[] = { "ExecutionMedia", "JobTriggers", NULL };

/* The logs of a job are kept by a time of their own. */
static const SandboxRetention release_retention = {
  .owner = &sandbox_set_releases,
  .final = &sandbox_set_release_retention,
  .stale = &sandbox_set_release_stale_retention,
  .items = &sandbox_set_jobs,
  .item_owner = "ReleaseId",
  .is_final = "i.\"State\" BETWEEN 4 AND 6",
  .is_stale = "i.\"State\" IN (0, 7)",
  .time = "coalesce (i.\"EndTime\", i.\"StartTime\", i.\"CreationTime\")",
  .beside = job_tables,
  .item_key = "JobId",
  .archive = "Archive/Jobs/Process-",
};

const SandboxRetention *const sandbox_retentions[] = { &queue_retention, &task_retention,
                                                       &release_retention, NULL };

static const SandboxRetention *
find_by_set (const SandboxEntitySet *set)
{
  for (gsize i = 0; sandbox_retentions[i] != NULL; i++)
    if (sandbox_retentions[i]->final == set || sandbox_retentions[i]->stale == set)
      return sandbox_retentions[i];

  g_assert_not_reached ();
}

static gboolean
is_stale (const SandboxEntitySet *set)
{
  return find_by_set (set)->stale == set;
}

void
sandbox_retention_want (SandboxStore *store, const SandboxEntitySet *set, gint64 owner)
{
  const SandboxRetention *self;
  g_autofree char *sql = NULL;

  g_return_if_fail (SANDBOX_IS_STORE (store) && set != NULL);

  self = find_by_set (set);
  sql = g_strdup_printf (
      "INSERT OR IGNORE INTO \"%s\" (\"%s\", \"TenantId\", \"OrganizationUnitId\", \"Action\", "
      "\"Period\", \"Type\") SELECT \"Id\", \"TenantId\", \"OrganizationUnitId\", %d, %d, %d "
      "FROM \"%s\" WHERE ?1 IN (\"Id\", 0)",
      set->name, set->key, SANDBOX_RETENTION_DELETE,
      is_stale (set) ? SANDBOX_RETENTION_STALE_DAYS : SANDBOX_RETENTION_FINAL_DAYS,
      is_stale (set) ? STALE : FINAL, self->owner->name);
  sandbox_statement_run (store, sql, "i", owner);
}

/* Answers where there is no such bucket that one can put files into. */
static gboolean
check_bucket (SandboxRequest *request, gint64 bucket)
{
  g_autofree char *key = g_strdup_printf ("%" G_GINT64_FORMAT, bucket);

  if (sandbox_write_find_row (request, &sandbox_set_buckets, "Id", key) == 0)
    return FALSE;
  if (!sandbox_bucket_is_read_only (request->store, bucket))
    return TRUE;

  sandbox_reply_error (request, 400, 1009, "The bucket %" G_GINT64_FORMAT " is read-only.", bucket);

  return FALSE;
}

/* Answers where the cloud would not take it. */
static gboolean
check_policy (SandboxRequest *request, int action, gint64 period, gint64 bucket, int maximum)
{
  if (action == SANDBOX_RETENTION_NONE)
    sandbox_reply_error (request, 400, 1009, "The retention action cannot be None.");
  else if (action == SANDBOX_RETENTION_ARCHIVE && bucket == 0)
    sandbox_reply_error (request, 400, 1009, "An archive needs a bucket.");
  else if (period < 1 || period > maximum)
    sandbox_reply_error (request, 400, 1009, "The retention period must be 1 to %d days.", maximum);
  else
    return action != SANDBOX_RETENTION_ARCHIVE || check_bucket (request, bucket);

  return FALSE;
}

gboolean
sandbox_retention_set (SandboxRequest *request,
                       const SandboxEntitySet *set,
                       gint64 owner,
                       int action,
                       gint64 period,
                       gint64 bucket)
{
  g_autofree char *sql = NULL;

  g_return_val_if_fail (request != NULL && set != NULL, FALSE);

  if (!check_policy (request, action, period, bucket,
                     is_stale (set) ? MAX_STALE_DAYS : MAX_FINAL_DAYS))
    return FALSE;

  sandbox_retention_want (request->store, set, owner);
  sql = g_strdup_printf ("UPDATE \"%s\" SET \"Action\" = ?, \"Period\" = ?, \"BucketId\" = "
                         "nullif (?, 0) WHERE \"%s\" = ?",
                         set->name, set->key);
  sandbox_statement_run (request->store, sql, "iiii", (gint64)action, period, bucket, owner);

  return TRUE;
}

/* Returns: TRUE where "/odata/QueueRetention…" is the address of @set. */
static gboolean
is_at (SandboxRequest *request, const SandboxEntitySet *set)
{
  g_auto (GStrv) parts = g_strsplit_set (request->path, "/(", 4);

  return parts[0] != NULL && parts[1] != NULL && parts[2] != NULL
         && g_ascii_strcasecmp (parts[2], set->name) == 0;
}

static const SandboxRetention *
find_by_address (SandboxRequest *request)
{
  for (gsize i = 0; sandbox_retentions[i] != NULL; i++)
    if (is_at (request, sandbox_retentions[i]->final))
      return sandbox_retentions[i];

  g_assert_not_reached ();
}

/* Answers where there is no such owner in the folder. @type: (nullable): "Final" or "Stale".
 * Returns: the set that the request is about, with @owner's row in it, or NULL. */
static const SandboxEntitySet *
find_policy (SandboxRequest *request, const char *type, gint64 *owner)
{
  const SandboxRetention *self = find_by_address (request);
  gboolean stale = type != NULL && g_ascii_strcasecmp (type, "Stale") == 0;
  const SandboxEntitySet *set = stale ? self->stale : self->final;

  *owner = sandbox_write_find_row (request, self->owner, self->owner->key, request->key);
  if (*owner == 0)
    return NULL;
  if (set == NULL)
    {
      sandbox_reply_error (request, 400, 1009, "There is no retention of this type.");
      return NULL;
    }
  sandbox_retention_want (request->store, set, *owner);

  return set;
}

static void
list_cb (SandboxRequest *request)
{
  const SandboxRetention *self = find_by_address (request);

  sandbox_retention_want (request->store, self->final, 0);
  sandbox_list_reply_all (request, self->final);
}

static void
get_cb (SandboxRequest *request)
{
  gint64 owner;
  const SandboxEntitySet *set
      = find_policy (request, sandbox_request_get_query (request, "retentionType"), &owner);

  if (set != NULL)
    sandbox_reply_entity (request, 200, set, owner);
}

static void
put_cb (SandboxRequest *request)
{
  JsonObject *body = request->body;
  const SandboxEntitySet *set;
  gint64 owner;

  if (!sandbox_body_check (request, body, "retentionSettingDto", body_fields))
    return;
  if (!sandbox_body_has (body, "Action") || !sandbox_body_has (body, "Period"))
    {
      sandbox_reply_error (request, 400, 1014, "The Action and Period fields are required.");
      return;
    }

  sandbox_store_begin (request->store);
  set = find_policy (request, baton_json_peek_string (body, "Type"), &owner);
  if (set != NULL
      && sandbox_retention_set (
          request, set, owner,
          sandbox_body_get_enum (body, "Action", sandbox_enum_retention_action,
                                 SANDBOX_RETENTION_DELETE),
          baton_json_peek_int (body, "Period", 0), baton_json_peek_int (body, "BucketId", 0)))
    {
      sandbox_audit_row (request, find_by_address (request)->owner, "Update", owner, body);
      sandbox_reply_empty (request, 200);
    }
  sandbox_store_commit (request->store);
}

/* Back to what the service does by itself. */
static void
delete_cb (SandboxRequest *request)
{
  gint64 owner;
  const SandboxEntitySet *set
      = find_policy (request, sandbox_request_get_query (request, "retentionType"), &owner);
  g_autofree char *sql = NULL;

  if (set == NULL)
    return;

  sql = g_strdup_printf ("DELETE FROM \"%s\" WHERE \"%s\" = ?", set->name, set->key);
  sandbox_store_begin (request->store);
  sandbox_statement_run (request->store, sql, "i", owner);
  sandbox_audit_row (request, find_by_address (request)->owner, "Update", owner, NULL);
  sandbox_store_commit (request->store);
  sandbox_reply_empty (request, 204);
}

#define RETENTION(set, view, edit, reset)                                                          \
  { "GET", "/odata/" set, SANDBOX_SIGNED, SANDBOX_SCOPE_FOLDER, view, list_cb },                   \
      { "GET", "/odata/" set "({key})", SANDBOX_SIGNED, SANDBOX_SCOPE_FOLDER, view, get_cb },      \
      { "PUT", "/odata/" set "({key})", SANDBOX_SIGNED, SANDBOX_SCOPE_FOLDER, edit, put_cb },      \
  {                                                                                                \
    "DELETE", "/odata/" set "({key})", SANDBOX_SIGNED, SANDBOX_SCOPE_FOLDER, reset, delete_cb      \
  }

const SandboxOperation sandbox_retention_operations[] = {
  RETENTION ("ReleaseRetention", "Processes.View", "Processes.Edit", "Processes.Edit"),
  RETENTION ("QueueRetention", "Queues.View", "Queues.Edit", "Queues.Edit"),
  RETENTION ("TaskRetention", "TaskCatalogs.View", "TaskCatalogs.Edit", "TaskCatalogs.Delete"),
  { NULL },
};
