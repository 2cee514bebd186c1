/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sandbox-operations.h"

#include <string.h>

#include "sandbox-clock.h"
#include "sandbox-folder-tree.h"
#include "sandbox-license.h"
#include "sandbox-odata-shape.h"
#include "sandbox-permission.h"
#include "sandbox-sets.h"
#include "sandbox-statement.h"
#include "sandbox-writer.h"

#define US "UiPath.Server.Configuration.OData."
/* What the service said of itself in the middle of 2026 (fact sheet 1.1: the Web API version 20).
 */
#define SERVICE_VERSION "26.3.0-sandbox"

static void
license_cb (SandboxRequest *request)
{
  GString *json = g_string_new ("{\"@odata.context\":");
  g_autofree char *context = g_strdup_printf ("%s/odata/$metadata#" US "LicenseDto", request->base);

  sandbox_json_append_string (json, context);
  g_string_append_c (json, ',');
  sandbox_license_append (json, request->store, request->tenant);
  g_string_append_c (json, '}');
  sandbox_reply_json (request, SOUP_STATUS_OK, json);
}

/* Answers where an application acts by itself: it is no user (fact sheet 3 number 5). */
static gboolean
is_person (SandboxRequest *request)
{
  if (request->token->person == NULL)
    sandbox_reply_not_authenticated (request);

  return request->token->person != NULL;
}

static void
current_user_cb (SandboxRequest *request)
{
  if (is_person (request))
    sandbox_reply_entity (request, SOUP_STATUS_OK, &sandbox_set_users, request->user);
}

/* Returns: the caller's workspace, 0 where he has none. */
static gint64
find_workspace (SandboxRequest *request)
{
  return sandbox_statement_ask (request->store,
                                "SELECT \"Id\" FROM \"Folders\" WHERE \"TenantId\" = ? "
                                "AND \"OwnerId\" = ? AND \"IsPersonal\"",
                                "ii", request->tenant, request->user);
}

/* Returns: (transfer full): the member of that name with its definition's PersonalWorkspaceDto. */
static char *
make_workspace (SandboxRequest *request, gint64 workspace)
{
  g_autoptr (SandboxShape) shape = sandbox_shape_new (&sandbox_set_personal_workspaces);
  g_autoptr (SandboxWriter) writer = sandbox_writer_new (request->store, shape, TRUE);
  g_autoptr (GString) json = g_string_new ("\"PersonalWorkspace\":");

  if (workspace == 0 || !sandbox_writer_write (writer, json, workspace, ""))
    g_string_append (json, "null");

  return g_string_free (g_steal_pointer (&json), FALSE);
}

/* Returns: (transfer full): the id of its feed, in a member that the service spells so. */
static char *
make_feed (SandboxRequest *request, gint64 workspace)
{
  g_autofree char *key = sandbox_folder_tree_dup_feed (request->store, workspace);
  const char *mark = key != NULL ? "\"" : "";

  return g_strdup_printf ("\"PersonalWorskpaceFeedId\":%s%s%s", mark, key != NULL ? key : "null",
                          mark);
}

/* Fact sheet 6.18: the user with what the function can expand and select besides, and a set can
 * not. */
static void
current_user_extended_cb (SandboxRequest *request)
{
  const char *expand = sandbox_request_get_query (request, "$expand");
  const char *select = sandbox_request_get_query (request, "$select");
  gboolean expanded = g_strcmp0 (expand, "PersonalWorkspace") == 0;
  g_autofree char *workspace = NULL;
  g_autofree char *feed = NULL;
  g_autofree char *more = NULL;
  gint64 id;
  GString *json;

  if (!is_person (request))
    return;
  if (!expanded && select != NULL)
    {
      sandbox_reply_entity (request, SOUP_STATUS_OK, &sandbox_set_users, request->user);
      return;
    }

  id = find_workspace (request);
  workspace = make_workspace (request, id);
  feed = make_feed (request, id);
  if (expanded
      && (g_strcmp0 (select, "PersonalWorkspace") == 0
          || g_strcmp0 (select, "PersonalWorkspace,PersonalWorskpaceFeedId") == 0))
    {
      json = sandbox_request_begin_json (request, US "UserExtendedDto(PersonalWorkspace)");
      g_string_append (json, workspace);
      if (strchr (select, ',') != NULL)
        g_string_append_printf (json, ",%s", feed);
      g_string_append_c (json, '}');
      sandbox_reply_json (request, SOUP_STATUS_OK, json);
      return;
    }

  more = g_strdup_printf ("%s%s%s,", expanded ? workspace : "", expanded ? "," : "", feed);
  if (expanded)
    g_hash_table_remove (request->query, "$expand");
  sandbox_reply_entity_with (request, SOUP_STATUS_OK, &sandbox_set_users, request->user, more);
}

static void
current_permissions_cb (SandboxRequest *request)
{
  g_autoptr (GPtrArray) names = NULL;
  g_autofree char *context
      = g_strdup_printf ("%s/odata/$metadata#" US "UserPermissionsCollection", request->base);
  GString *json;

  if (!is_person (request))
    return;
  names = sandbox_permission_list (request->store, request->user);
  json = g_string_new ("{\"@odata.context\":");
  sandbox_json_append_string (json, context);
  g_string_append_printf (json, ",\"UserId\":%" G_GINT64_FORMAT ",\"Permissions\":[",
                          request->user);
  for (guint i = 0; i < names->len; i++)
    {
      if (i > 0)
        g_string_append_c (json, ',');
      sandbox_json_append_string (json, names->pdata[i]);
    }
  g_string_append (json, "]}");
  sandbox_reply_json (request, SOUP_STATUS_OK, json);
}

static void
status_cb (SandboxRequest *request)
{
  sandbox_reply_empty (request, SOUP_STATUS_OK);
}

static void
version_cb (SandboxRequest *request)
{
  GString *json = g_string_new ("{\"version\":\"" SERVICE_VERSION "\",\"timestamp\":");

  sandbox_json_append_time (json, sandbox_clock_now ());
  g_string_append (json, ",\"deployment\":null}");
  sandbox_reply_json (request, SOUP_STATUS_OK, json);
}

const SandboxOperation sandbox_tenant_operations[] = {
  { "GET", "/odata/Settings/" US "GetLicense", SANDBOX_SIGNED, SANDBOX_SCOPE_TENANT, NULL,
    license_cb },
  { "GET", "/odata/Users/" US "GetCurrentUser", SANDBOX_SIGNED, SANDBOX_SCOPE_TENANT, NULL,
    current_user_cb },
  { "GET", "/odata/Users/" US "GetCurrentUserExtended", SANDBOX_SIGNED, SANDBOX_SCOPE_TENANT, NULL,
    current_user_extended_cb },
  { "GET", "/odata/Users/" US "GetCurrentPermissions", SANDBOX_SIGNED, SANDBOX_SCOPE_TENANT, NULL,
    current_permissions_cb },
  { "GET", "/api/Status/Get", SANDBOX_OPEN, SANDBOX_SCOPE_TENANT, NULL, status_cb },
  { "GET", "/api/Status/Version", SANDBOX_OPEN, SANDBOX_SCOPE_TENANT, NULL, version_cb },
  { NULL },
};
