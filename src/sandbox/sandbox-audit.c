/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sandbox-audit.h"

#include <string.h>

#include "baton-json.h"
#include "sandbox-clock.h"
#include "sandbox-application.h"
#include "sandbox-row.h"
#include "sandbox-statement.h"

/* Returns: (transfer full) (nullable): as in the column of the user. */
static char *
dup_user_name (SandboxRequest *request)
{
  sqlite3_stmt *statement = sandbox_store_prepare (
      request->store, "SELECT \"UserName\" FROM \"Users\" WHERE \"Id\" = ?");
  char *name = NULL;

  sqlite3_bind_int64 (statement, 1, request->user);
  if (sqlite3_step (statement) == SQLITE_ROW)
    name = g_strdup ((const char *)sqlite3_column_text (statement, 0));
  sandbox_store_done (statement);

  return name;
}

/* Returns: (transfer full) (nullable): of an application that acts by itself. */
static char *
dup_client_name (SandboxStore *store, const char *client)
{
  g_autoptr (SandboxApplication) application = sandbox_application_find (store, client);

  return application != NULL ? g_strdup (application->name) : NULL;
}

/* A secret is written and never read, in the log neither. */
static gboolean
is_secret (const char *name)
{
  static const char *const words[] = { "password", "secret" };
  g_autofree char *lower = g_ascii_strdown (name, -1);

  for (gsize i = 0; i < G_N_ELEMENTS (words); i++)
    if (strstr (lower, words[i]) != NULL)
      return TRUE;

  return FALSE;
}

/* @node: (nullable): NULL is null. */
static JsonNode *copy_without_secrets (JsonNode *node);

static JsonNode *
copy_object (JsonObject *object)
{
  g_autoptr (JsonObject) copy = json_object_new ();
  g_auto (GStrv) names = baton_json_dup_names (object);
  JsonNode *node = json_node_new (JSON_NODE_OBJECT);

  for (gsize i = 0; names[i] != NULL; i++)
    if (!is_secret (names[i]))
      json_object_set_member (copy, names[i],
                              copy_without_secrets (baton_json_peek_node (object, names[i])));
  json_node_set_object (node, copy);

  return node;
}

static JsonNode *
copy_array (JsonArray *array)
{
  g_autoptr (JsonArray) copy = json_array_new ();
  JsonNode *node = json_node_new (JSON_NODE_ARRAY);

  for (guint i = 0; i < baton_json_length (array); i++)
    json_array_add_element (copy, copy_without_secrets (baton_json_peek_node_at (array, i)));
  json_node_set_array (node, copy);

  return node;
}

static JsonNode *
copy_without_secrets (JsonNode *node)
{
  if (node != NULL && JSON_NODE_HOLDS_OBJECT (node))
    return copy_object (json_node_get_object (node));
  if (node != NULL && JSON_NODE_HOLDS_ARRAY (node))
    return copy_array (json_node_get_array (node));

  return baton_json_copy_node (node);
}

static char *
make_text (JsonObject *data)
{
  g_autoptr (JsonNode) node = data != NULL ? copy_object (data) : NULL;

  return node != NULL ? baton_json_to_text (node, FALSE) : g_strdup ("{}");
}

void
sandbox_audit (SandboxRequest *request,
               const char *component,
               const char *action,
               gint64 id,
               const char *name,
               JsonObject *data)
{
  g_autofree char *user = NULL;
  g_autofree char *text = NULL;
  g_autofree char *operation = NULL;
  const char *client;
  gint64 log;

  g_return_if_fail (request != NULL && component != NULL && action != NULL && name != NULL);

  client = request->token != NULL ? request->token->client : NULL;
  user = dup_user_name (request);
  if (user == NULL && client != NULL)
    user = dup_client_name (request->store, client);
  text = make_text (data);
  operation
      = g_strdup_printf ("User %s: %s %s %s", user != NULL ? user : "", action, component, name);
  log = sandbox_insert (
      request->store, "AuditLogs", SANDBOX_INT ("TenantId", request->tenant),
      SANDBOX_TEXT ("ServiceName", component), SANDBOX_TEXT ("MethodName", action),
      SANDBOX_TEXT ("Parameters", text), SANDBOX_TIME ("ExecutionTime", sandbox_clock_now ()),
      SANDBOX_ENUM ("Component", component), SANDBOX_ENUM ("Action", action),
      SANDBOX_TEXT ("DisplayName", name), SANDBOX_ID ("EntityId", id),
      SANDBOX_TEXT ("OperationText", operation), SANDBOX_TEXT ("UserName", user),
      SANDBOX_ENUM ("UserType", client == NULL || request->token->person != NULL
                                    ? "User"
                                    : "DirectoryExternalApplication"),
      SANDBOX_ID ("UserId", request->user), SANDBOX_TEXT ("ExternalClientId", client),
      SANDBOX_INT ("UserIsDeleted", FALSE));
  sandbox_insert (request->store, "AuditLogEntities", SANDBOX_INT ("TenantId", request->tenant),
                  SANDBOX_INT ("AuditLogId", log), SANDBOX_TEXT ("CustomData", text),
                  SANDBOX_ID ("EntityId", id), SANDBOX_TEXT ("EntityName", component),
                  SANDBOX_ENUM ("Action", action));
}

/* Returns: (transfer full): what a person calls the row. */
static char *
dup_name (SandboxRequest *request, const SandboxEntitySet *set, gint64 id)
{
  static const char *const columns[] = { "Name", "DisplayName", "UserName", "Title" };
  const SandboxField *field = NULL;
  g_autofree char *sql = NULL;
  char *name;

  for (gsize i = 0; field == NULL && i < G_N_ELEMENTS (columns); i++)
    field = sandbox_entity_set_find_field (set, columns[i]);
  if (field == NULL || field->sql != NULL)
    return g_strdup_printf ("%" G_GINT64_FORMAT, id);

  sql = g_strdup_printf ("SELECT \"%s\" FROM \"%s\" WHERE rowid = ?", field->name, set->name);
  name = sandbox_statement_ask_text (request->store, sql, "i", id);

  return name != NULL ? name : g_strdup ("");
}

void
sandbox_audit_row (SandboxRequest *request,
                   const SandboxEntitySet *set,
                   const char *action,
                   gint64 id,
                   JsonObject *data)
{
  g_autofree char *name = NULL;

  g_return_if_fail (request != NULL && set != NULL && set->component != NULL && action != NULL);

  name = dup_name (request, set, id);
  sandbox_audit (request, set->component, action, id, name, data);
}
