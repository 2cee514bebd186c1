/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sandbox-scenario-row.h"

#include <gio/gio.h>

#include <baton-json.h>
#include <baton-time.h>

#include "sandbox-clock.h"
#include "sandbox-folder-tree.h"
#include "sandbox-schema.h"
#include "sandbox-statement.h"
#include "sandbox-world.h"

/* Seconds from now that a time may be away: a thousand years. */
#define FARTHEST 31556952000.0

/* A row on its way: a value for each column, which SQLite keeps and frees. */
typedef struct
{
  SandboxStore *store;         /* (unowned) */
  const SandboxEntitySet *set; /* (unowned) */
  gint64 tenant;
  GPtrArray *columns; /* (owned): names, unowned */
  GArray *values;     /* (owned): Value */
} Row;

typedef struct
{
  gboolean is_null;
  gboolean is_text;
  gboolean is_double;
  gint64 number;
  double real;
  char *text; /* (owned) (nullable) */
} Value;

static void
value_clear (gpointer data)
{
  Value *self = data;

  g_free (self->text);
}

static void
row_clear (Row *self)
{
  g_ptr_array_unref (self->columns);
  g_array_unref (self->values);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Row, row_clear)

static gboolean
fail (GError **error, const char *why, const char *what)
{
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT, "%s '%s'", why, what);

  return FALSE;
}

static void
add (Row *self, const char *column, Value value)
{
  for (guint i = 0; i < self->columns->len; i++)
    {
      if (!g_str_equal (self->columns->pdata[i], column))
        continue;
      value_clear (&g_array_index (self->values, Value, i));
      g_array_index (self->values, Value, i) = value;
      return;
    }
  g_ptr_array_add (self->columns, (gpointer)column);
  g_array_append_val (self->values, value);
}

static gboolean
has (Row *self, const char *column)
{
  return g_ptr_array_find_with_equal_func (self->columns, column, g_str_equal, NULL);
}

static gboolean
read_time (JsonNode *node, Value *value)
{
  g_autofree char *text = baton_json_dup_scalar (node);

  if (text == NULL)
    return FALSE;
  if (JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) != G_TYPE_STRING)
    {
      double seconds = g_ascii_strtod (text, NULL);

      if (!(ABS (seconds) <= FARTHEST))
        return FALSE;
      value->number = sandbox_clock_now () + (gint64)(seconds * G_USEC_PER_SEC);
      return TRUE;
    }

  return baton_time_parse (text, &value->number);
}

static gboolean
read_number (const char *text, const SandboxField *field, Value *value)
{
  gboolean small = field->type == SANDBOX_FIELD_INT32;

  if (field->type == SANDBOX_FIELD_BOOL)
    {
      value->number = g_str_equal (text, "true");
      return value->number || g_str_equal (text, "false");
    }
  if (field->type == SANDBOX_FIELD_DOUBLE)
    {
      char *end;

      value->is_double = TRUE;
      value->real = g_ascii_strtod (text, &end);
      return *text != '\0' && *end == '\0';
    }

  return g_ascii_string_to_signed (text, 10, small ? G_MININT32 : G_MININT64,
                                   small ? G_MAXINT32 : G_MAXINT64, &value->number, NULL);
}

/* Returns: FALSE where @node is nothing for @field. */
static gboolean
read_value (const SandboxField *field, JsonNode *node, Value *value)
{
  g_autofree char *text = baton_json_dup_scalar (node);

  if (JSON_NODE_HOLDS_NULL (node))
    {
      value->is_null = TRUE;
      return (field->flags & SANDBOX_FIELD_NOT_NULL) == 0;
    }
  if (field->type == SANDBOX_FIELD_JSON)
    {
      value->is_text = TRUE;
      value->text = baton_json_to_text (node, FALSE);
      return TRUE;
    }
  if (text == NULL)
    return FALSE;

  switch (field->type)
    {
    case SANDBOX_FIELD_STRING:
      value->is_text = TRUE;
      value->text = g_steal_pointer (&text);
      return TRUE;
    case SANDBOX_FIELD_GUID:
      value->is_text = TRUE;
      value->text = g_ascii_strdown (text, -1);
      return g_uuid_string_is_valid (text);
    case SANDBOX_FIELD_TIME:
      return read_time (node, value);
    case SANDBOX_FIELD_ENUM:
      value->number = sandbox_field_find_name (field, text);
      return value->number >= 0;
    case SANDBOX_FIELD_INT32:
    case SANDBOX_FIELD_INT64:
    case SANDBOX_FIELD_DOUBLE:
    case SANDBOX_FIELD_BOOL:
      return read_number (text, field, value);
    case SANDBOX_FIELD_JSON:
    default:
      g_assert_not_reached ();
    }
}

/* Returns: the number, or the key, by which the other entity is known; NULL where there is none. */
static Value
find_other (Row *self,
            const SandboxEntitySet *other,
            const char *key,
            const SandboxField *field,
            const char *wanted)
{
  g_autofree char *sql
      = g_strdup_printf ("SELECT \"%s\" FROM \"%s\" WHERE \"TenantId\" = ? AND \"%s\" = ? LIMIT 1",
                         key, other->name, field->name);
  sqlite3_stmt *statement = sandbox_store_prepare (self->store, sql);
  Value value = { .is_null = TRUE };

  sqlite3_bind_int64 (statement, 1, self->tenant);
  sqlite3_bind_text (statement, 2, wanted, -1, SQLITE_STATIC);
  if (sqlite3_step (statement) == SQLITE_ROW)
    {
      value.is_null = FALSE;
      value.is_text = sqlite3_column_type (statement, 0) == SQLITE_TEXT;
      if (value.is_text)
        value.text = g_strdup ((const char *)sqlite3_column_text (statement, 0));
      else
        value.number = sqlite3_column_int64 (statement, 0);
    }
  sandbox_store_done (statement);

  return value;
}

/* "Release": {"Name": "Stock_Sync"} */
static gboolean
read_navigation (Row *self, const SandboxNavigation *navigation, JsonNode *node, GError **error)
{
  const SandboxEntitySet *other = sandbox_entity_set_find (navigation->set);
  JsonObject *object = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
  g_auto (GStrv) names = object != NULL ? baton_json_dup_names (object) : NULL;
  const SandboxField *field = names != NULL && g_strv_length (names) == 1 && other != NULL
                                  ? sandbox_entity_set_find_field (other, names[0])
                                  : NULL;
  g_autofree char *wanted = NULL;
  Value value;

  if (navigation->many || field == NULL || field->sql != NULL)
    return fail (error,
                 "It needs an object of one property to find the other by:", navigation->name);
  wanted = baton_json_dup_scalar (baton_json_peek_node (object, names[0]));
  if (wanted == NULL)
    return fail (error, "It needs a value:", names[0]);
  value = find_other (self, other, navigation->key, field, wanted);
  if (value.is_null)
    return fail (error, "There is none such:", wanted);
  add (self, navigation->column, value);

  return TRUE;
}

static gboolean
read_folder (Row *self, const char *path, GError **error)
{
  const SandboxEntitySet *folders = sandbox_entity_set_find ("Folders");
  Value value = find_other (self, folders, "Id",
                            sandbox_entity_set_find_field (folders, "FullyQualifiedName"), path);

  if (value.is_null)
    return fail (error, "There is no folder", path);
  add (self, "OrganizationUnitId", value);

  return TRUE;
}

static gboolean
read_member (Row *self, JsonObject *row, const char *name, GError **error)
{
  const SandboxField *field = sandbox_entity_set_find_field (self->set, name);
  const SandboxNavigation *navigation = sandbox_entity_set_find_navigation (self->set, name);
  JsonNode *node = baton_json_peek_node (row, name);
  Value value = { 0 };

  if (field == NULL && navigation != NULL)
    return read_navigation (self, navigation, node, error);
  if (field == NULL || field->sql != NULL)
    {
      if (g_str_equal (name, "Tenant"))
        return TRUE;
      if (g_str_equal (name, "Folder") && sandbox_schema_has_folder (self->set))
        return read_folder (
            self,
            baton_json_peek_string (row, name) != NULL ? baton_json_peek_string (row, name) : "",
            error);
      return fail (error, "There is no such property, or it follows from others:", name);
    }
  if (!read_value (field, node, &value))
    {
      value_clear (&value);
      return fail (error, "It has a value of another type:", name);
    }
  add (self, field->name, value);

  return TRUE;
}

/* What must be there, and what nobody thinks of giving. */
static void
add_missing (Row *self)
{
  for (const SandboxField *field = self->set->fields; field->name != NULL; field++)
    {
      gboolean is_key = g_str_equal (field->name, self->set->key);
      Value value = { 0 };

      if (field->sql != NULL || has (self, field->name)
          || (is_key && sandbox_schema_has_rowid_key (self->set)))
        continue;
      if (g_str_equal (field->name, "CreationTime") || g_str_equal (field->name, "TimeStamp"))
        value.number = sandbox_clock_now ();
      else if (g_str_equal (field->name, "Key") || (is_key && field->type == SANDBOX_FIELD_GUID))
        value = (Value){ .is_text = TRUE, .text = g_uuid_string_random () };
      else if ((field->flags & SANDBOX_FIELD_NOT_NULL) == 0)
        continue;
      else if (field->type == SANDBOX_FIELD_TIME)
        value.number = sandbox_clock_now ();
      else if (field->type == SANDBOX_FIELD_GUID)
        value = (Value){ .is_text = TRUE, .text = g_uuid_string_random () };
      else if (field->type == SANDBOX_FIELD_STRING || field->type == SANDBOX_FIELD_JSON)
        value = (Value){ .is_text = TRUE, .text = g_strdup ("") };
      add (self, field->name, value);
    }
}

static void
bind (sqlite3_stmt *statement, int position, const Value *value)
{
  if (value->is_null)
    sqlite3_bind_null (statement, position);
  else if (value->is_text)
    sqlite3_bind_text (statement, position, value->text, -1, SQLITE_STATIC);
  else if (value->is_double)
    sqlite3_bind_double (statement, position, value->real);
  else
    sqlite3_bind_int64 (statement, position, value->number);
}

static gboolean
insert (Row *self, GError **error)
{
  g_autoptr (GString) sql = g_string_new ("INSERT OR REPLACE INTO \"");
  g_autoptr (GString) marks = g_string_new (NULL);
  sqlite3_stmt *statement;
  int code;

  g_string_append_printf (sql, "%s\" (", self->set->name);
  for (guint i = 0; i < self->columns->len; i++)
    {
      g_string_append_printf (sql, "%s\"%s\"", i > 0 ? ", " : "",
                              (const char *)self->columns->pdata[i]);
      g_string_append (marks, i > 0 ? ", ?" : "?");
    }
  g_string_append_printf (sql, ") VALUES (%s)", marks->str);
  statement = sandbox_store_prepare (self->store, sql->str);
  for (guint i = 0; i < self->columns->len; i++)
    bind (statement, (int)i + 1, &g_array_index (self->values, Value, i));
  code = sqlite3_step (statement);
  sandbox_store_done (statement);

  return code == SQLITE_DONE
         || fail (error, "The row cannot be written:",
                  sqlite3_errmsg (sandbox_store_get_database (self->store)));
}

/* A folder that nobody sees is none. */
static void
show_folder (Row *self)
{
  sandbox_statement_run (self->store,
                         "INSERT OR IGNORE INTO \"FolderUsers\" (\"TenantId\", \"FolderId\","
                         " \"UserId\", \"RoleId\") SELECT \"TenantId\", ?1, \"Id\", 0"
                         " FROM \"Users\" WHERE \"TenantId\" = ?2",
                         "ii", sandbox_store_last_id (self->store), self->tenant);
  sandbox_folder_tree_refresh (self->store, self->tenant);
}

gboolean
sandbox_scenario_write_row (SandboxStore *store,
                            const SandboxEntitySet *set,
                            JsonObject *row,
                            GError **error)
{
  const char *tenant = baton_json_peek_string (row, "Tenant");
  g_auto (GStrv) names = NULL;
  g_auto (Row) self = { store, set, SANDBOX_TENANT_ID, g_ptr_array_new (),
                        g_array_new (FALSE, FALSE, sizeof (Value)) };

  g_return_val_if_fail (SANDBOX_IS_STORE (store), FALSE);
  g_return_val_if_fail (set != NULL && row != NULL, FALSE);

  g_array_set_clear_func (self.values, value_clear);
  if (tenant != NULL)
    self.tenant = sandbox_world_find_tenant (tenant);
  if (self.tenant == 0)
    return fail (error, "There is no tenant", tenant);
  add (&self, "TenantId", (Value){ .number = self.tenant });

  names = baton_json_dup_names (row);
  for (gsize i = 0; names[i] != NULL; i++)
    if (!read_member (&self, row, names[i], error))
      return FALSE;
  if (sandbox_schema_has_folder (set) && !has (&self, "OrganizationUnitId"))
    return fail (error, "It needs a", "Folder");
  add_missing (&self);
  if (!insert (&self, error))
    return FALSE;
  if (set == sandbox_entity_set_find ("Folders"))
    show_folder (&self);

  return TRUE;
}
