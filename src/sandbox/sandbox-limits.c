/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sandbox-limits.h"

#include "sandbox-clock.h"
#include "sandbox-permission.h"
#include "sandbox-row.h"
#include "sandbox-server.h"
#include "sandbox-settings.h"
#include "sandbox-version.h"

#define MINUTE (60 * G_USEC_PER_SEC)
/* Fact sheet 5.2: 1000 in place of 100 for robots and what else runs by itself. */
#define AUTOMATION_FACTOR 10
#define N_TENANTS 2
/* libsoup has no name for it. */
#define TOO_MANY_REQUESTS 429

typedef struct
{
  gint64 began; /* of the sandbox's clock */
  int count;
} Minute;

/* By tenant, and by who asks: a person or a machine. */
typedef struct
{
  Minute minutes[N_TENANTS][2];
} Limits;

static Limits *
get_limits (SandboxServer *server)
{
  static const char key[] = "sandbox-limits";
  Limits *limits = g_object_get_data (G_OBJECT (server), key);

  if (limits == NULL)
    {
      limits = g_new0 (Limits, 1);
      g_object_set_data_full (G_OBJECT (server), key, limits, g_free);
    }

  return limits;
}

static gboolean
is_automation (SandboxRequest *request)
{
  static const char *const types[] = { "Robot", "DirectoryRobot", "DirectoryExternalApplication" };
  sqlite3_stmt *statement;
  gboolean found = request->user == SANDBOX_PERMISSION_APPLICATION;

  if (found)
    return TRUE;

  statement
      = sandbox_store_prepare (request->store, "SELECT \"Type\" FROM \"Users\" WHERE \"Id\" = ?");
  sqlite3_bind_int64 (statement, 1, request->user);
  if (sqlite3_step (statement) == SQLITE_ROW)
    for (gsize i = 0; i < G_N_ELEMENTS (types) && !found; i++)
      found
          = sqlite3_column_int (statement, 0) == sandbox_row_find_enum ("Users", "Type", types[i]);
  sandbox_store_done (statement);

  return found;
}

/* @left: until the minute ends, by the sandbox's clock, which may run fast. */
static void
refuse (SandboxRequest *request, gint64 left, int limit)
{
  SoupMessageHeaders *headers = soup_server_message_get_response_headers (request->message);
  gint64 due = sandbox_clock_now () + left;
  gint64 machine = sandbox_clock_find_machine_time (due);
  g_autofree char *value = NULL;

  if (sandbox_server_get_options (request->server)->retry_after == SANDBOX_RETRY_AFTER_DATE)
    {
      g_autoptr (GDateTime) date
          = g_date_time_new_from_unix_utc ((machine + G_USEC_PER_SEC - 1) / G_USEC_PER_SEC);

      value = soup_date_time_to_string (date, SOUP_DATE_HTTP);
    }
  else
    value = g_strdup_printf ("%" G_GINT64_FORMAT, sandbox_clock_seconds_until (machine));

  soup_message_headers_replace (headers, "Retry-After", value);
  sandbox_reply_error (request, TOO_MANY_REQUESTS, 0,
                       "Too many requests: %d lists of jobs and queue items a minute are allowed.",
                       limit);
}

static gboolean
admit_list (SandboxRequest *request)
{
  int limit = sandbox_server_get_options (request->server)->rate_limit;
  gboolean automation;
  gint64 now = sandbox_clock_now ();
  Minute *minute;

  if (limit == 0 || request->tenant < 1 || request->tenant > N_TENANTS)
    return TRUE;

  automation = is_automation (request);
  minute = &get_limits (request->server)->minutes[request->tenant - 1][automation];
  if (now < minute->began || now >= minute->began + MINUTE)
    *minute = (Minute){ now, 0 };
  if (automation)
    limit = (int)MIN ((gint64)limit * AUTOMATION_FACTOR, G_MAXINT);
  if (minute->count < limit)
    {
      minute->count++;
      return TRUE;
    }
  refuse (request, minute->began + MINUTE - now, limit);

  return FALSE;
}

gboolean
sandbox_limits_admit (SandboxRequest *request, const SandboxPath *path, guint first)
{
  g_autofree char *pattern = NULL;

  g_return_val_if_fail (request != NULL && path != NULL, FALSE);

  pattern = sandbox_path_make_pattern (path, first);
  if (sandbox_version_lacks_path (pattern))
    {
      sandbox_reply_error (request, SOUP_STATUS_NOT_FOUND, 0,
                           "There is nothing at '%s' in version %s of the API.", request->path,
                           sandbox_version_get_header ());
      return FALSE;
    }

  if (g_str_equal (request->method, SOUP_METHOD_GET)
      && (g_str_equal (pattern, "/odata/jobs") || g_str_equal (pattern, "/odata/queueitems")))
    return admit_list (request);

  return TRUE;
}

void
sandbox_limits_reset (SandboxServer *server)
{
  *get_limits (server) = (Limits){ 0 };
}
