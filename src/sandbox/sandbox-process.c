/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sandbox-process.h"

#include "baton-json.h"

static char *
dup_column (sqlite3_stmt *statement, int column)
{
  return g_strdup ((const char *)sqlite3_column_text (statement, column));
}

gboolean
sandbox_process_find (SandboxProcess *self,
                      SandboxStore *store,
                      gint64 tenant,
                      gint64 folder,
                      const char *column,
                      const char *value)
{
  g_autofree char *sql = NULL;
  sqlite3_stmt *statement;
  gboolean found;

  g_return_val_if_fail (self != NULL && column != NULL && value != NULL, FALSE);

  sql = g_strdup_printf (
      "SELECT \"Id\", \"CurrentVersionId\", \"Key\", \"Name\", \"ProcessKey\", \"InputArguments\", "
      "json_extract (\"Arguments\", '$.Input'), \"EntryPointPath\", \"ProcessType\", "
      "\"JobPriority\", \"SpecificPriorityValue\", \"RequiresUserInteraction\" FROM \"Releases\" "
      "WHERE \"TenantId\" = ? AND \"OrganizationUnitId\" = ? AND \"%s\" = ?",
      column);
  statement = sandbox_store_prepare (store, sql);
  sqlite3_bind_int64 (statement, 1, tenant);
  sqlite3_bind_int64 (statement, 2, folder);
  sqlite3_bind_text (statement, 3, value, -1, SQLITE_STATIC);
  found = sqlite3_step (statement) == SQLITE_ROW;
  if (found)
    *self = (SandboxProcess){ .id = sqlite3_column_int64 (statement, 0),
                              .tenant = tenant,
                              .folder = folder,
                              .version = sqlite3_column_int64 (statement, 1),
                              .key = dup_column (statement, 2),
                              .name = dup_column (statement, 3),
                              .package = dup_column (statement, 4),
                              .input = dup_column (statement, 5),
                              .input_type = dup_column (statement, 6),
                              .entry_point = dup_column (statement, 7),
                              .type = sqlite3_column_int (statement, 8),
                              .priority = sqlite3_column_int (statement, 9),
                              .priority_value = sqlite3_column_int64 (statement, 10),
                              .foreground = sqlite3_column_int (statement, 11) };
  sandbox_store_done (statement);

  return found;
}

void
sandbox_process_clear (SandboxProcess *self)
{
  g_clear_pointer (&self->key, g_free);
  g_clear_pointer (&self->name, g_free);
  g_clear_pointer (&self->package, g_free);
  g_clear_pointer (&self->input, g_free);
  g_clear_pointer (&self->input_type, g_free);
  g_clear_pointer (&self->entry_point, g_free);
}

/* The types that a value of JSON cannot be taken for, by the beginning of their .NET names. */
static gboolean
is_of_type (JsonNode *node, const char *type)
{
  static const struct
  {
    const char *prefix;
    GType value;
  } types[] = {
    { "System.Boolean", G_TYPE_BOOLEAN }, { "System.Int", G_TYPE_INT64 },
    { "System.Double", G_TYPE_DOUBLE },   { "System.Decimal", G_TYPE_DOUBLE },
    { "System.Single", G_TYPE_DOUBLE },
  };
  GType value = JSON_NODE_HOLDS_VALUE (node) ? json_node_get_value_type (node) : G_TYPE_INVALID;

  if (JSON_NODE_HOLDS_NULL (node))
    return TRUE;
  /* An array of them is no such number. */
  for (gsize i = 0; strstr (type, "[]") == NULL && i < G_N_ELEMENTS (types); i++)
    if (g_str_has_prefix (type, types[i].prefix))
      return value == types[i].value || (types[i].value == G_TYPE_DOUBLE && value == G_TYPE_INT64);

  return !g_str_has_prefix (type, "System.String,") || JSON_NODE_HOLDS_VALUE (node);
}

char *
sandbox_process_check_input (const SandboxProcess *self, const char *input)
{
  g_autoptr (JsonNode) node = NULL;
  g_autoptr (JsonNode) known = NULL;
  JsonObject *values;
  JsonArray *types;

  g_return_val_if_fail (self != NULL, NULL);

  if (input == NULL || *input == '\0')
    return NULL;
  node = baton_json_parse_text (input, -1, NULL);
  values = node != NULL ? baton_json_peek_root_object (node) : NULL;
  if (values == NULL)
    return g_strdup ("InputArguments must be a string that holds a JSON object.");

  known = self->input_type != NULL ? baton_json_parse_text (self->input_type, -1, NULL) : NULL;
  types = known != NULL ? baton_json_peek_root_array (known) : NULL;
  for (guint i = 0; i < baton_json_length (types); i++)
    {
      JsonObject *argument = baton_json_peek_object_at (types, i);
      const char *name = baton_json_peek_string (argument, "name");
      const char *type = baton_json_peek_string (argument, "type");
      JsonNode *value = name != NULL ? baton_json_peek_node (values, name) : NULL;

      if (value != NULL && type != NULL && !is_of_type (value, type))
        return g_strdup_printf ("The argument %s is not of the type %s.", name, type);
    }

  return NULL;
}
