/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sandbox-clock.h"
#include "sandbox-operations.h"
#include "sandbox-schedules.h"

#include "baton-json.h"
#include "sandbox-body.h"
#include "sandbox-cron.h"
#include "sandbox-row.h"

/* Definition: ProcessSetEnabledRequest. */
static const SandboxBodyField enable_fields[] = {
  { "scheduleIds", SANDBOX_BODY_ARRAY },
  { "enabled", SANDBOX_BODY_BOOL },
  { "multistatusEnabled", SANDBOX_BODY_BOOL },
  { NULL },
};

/* A disabled trigger has no next occurrence. */
static gboolean
set_enabled (SandboxRequest *request, gint64 id, gboolean enabled)
{
  gboolean found;
  gint64 next = 0;
  sqlite3_stmt *statement = sandbox_store_prepare (
      request->store,
      "SELECT \"StartProcessCron\", \"TimeZoneIana\" FROM \"ProcessSchedules\" "
      "WHERE \"Id\" = ? AND \"TenantId\" = ? AND \"OrganizationUnitId\" = ?");

  sqlite3_bind_int64 (statement, 1, id);
  sqlite3_bind_int64 (statement, 2, request->tenant);
  sqlite3_bind_int64 (statement, 3, request->folder);
  found = sqlite3_step (statement) == SQLITE_ROW;
  if (found && enabled)
    next = sandbox_cron_find_next ((const char *) sqlite3_column_text (statement, 0),
                                   (const char *) sqlite3_column_text (statement, 1),
                                   sandbox_clock_now ());
  sandbox_store_done (statement);
  if (found)
    sandbox_update (request->store,
                    "ProcessSchedules",
                    id,
                    SANDBOX_INT ("Enabled", enabled),
                    SANDBOX_TIME ("StartProcessNextOccurrence", next));

  return found;
}

typedef struct
{
  gint64 id;
  gint64 next;
} Occurrence;

void
sandbox_schedules_refresh (SandboxStore *store)
{
  g_autoptr (GArray) list = g_array_new (FALSE, FALSE, sizeof (Occurrence));
  gint64 now = sandbox_clock_now ();
  sqlite3_stmt *statement = sandbox_store_prepare (
      store,
      "SELECT \"Id\", \"StartProcessCron\", \"TimeZoneIana\" FROM \"ProcessSchedules\" "
      "WHERE \"Enabled\" AND \"StartProcessNextOccurrence\" <= ?");

  sqlite3_bind_int64 (statement, 1, now);
  while (sqlite3_step (statement) == SQLITE_ROW)
    {
      Occurrence occurrence = { sqlite3_column_int64 (statement, 0),
                                sandbox_cron_find_next (
                                    (const char *) sqlite3_column_text (statement, 1),
                                    (const char *) sqlite3_column_text (statement, 2),
                                    now) };

      g_array_append_val (list, occurrence);
    }
  sandbox_store_done (statement);

  for (guint i = 0; i < list->len; i++)
    {
      const Occurrence *occurrence = &g_array_index (list, Occurrence, i);

      sandbox_update (store,
                      "ProcessSchedules",
                      occurrence->id,
                      SANDBOX_TIME ("StartProcessNextOccurrence", occurrence->next));
    }
}

static gint64
get_id (JsonArray *ids, guint position)
{
  g_autofree char *text = baton_json_dup_scalar (baton_json_peek_node_at (ids, position));

  return text != NULL ? g_ascii_strtoll (text, NULL, 10) : 0;
}

static void
enable_cb (SandboxRequest *request)
{
  JsonArray *ids;
  gboolean enabled;
  GString *json;

  if (!sandbox_body_check (request, request->body, "setEnabledParameters", enable_fields))
    return;
  ids = baton_json_peek_array (request->body, "scheduleIds");
  if (baton_json_length (ids) == 0 || !sandbox_body_has (request->body, "enabled"))
    {
      sandbox_reply_error (request, 400, 1014, "The scheduleIds and enabled fields are required.");
      return;
    }
  enabled = baton_json_peek_bool (request->body, "enabled", FALSE);

  sandbox_store_begin (request->store);
  for (guint i = 0; i < baton_json_length (ids); i++)
    {
      if (!set_enabled (request, get_id (ids, i), enabled))
        {
          sandbox_store_rollback (request->store);
          sandbox_reply_error (request, 404, 1002, "Trigger does not exist.");
          return;
        }
    }
  sandbox_store_commit (request->store);

  json = g_string_new (NULL);
  g_string_append_printf (json,
                          "{\"@odata.context\":\"%s/odata/$metadata#Edm.Boolean\",\"value\":true}",
                          request->base);
  sandbox_reply_json (request, 200, json);
}

const SandboxOperation sandbox_schedules_operations[] = {
  { "POST",
    "/odata/ProcessSchedules/UiPath.Server.Configuration.OData.SetEnabled",
    SANDBOX_SIGNED,
    SANDBOX_SCOPE_FOLDER,
    "Schedules.Edit",
    enable_cb },
  { NULL },
};
