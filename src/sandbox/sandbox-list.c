/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sandbox-list.h"

#include "sandbox-count.h"
#include "sandbox-page.h"
#include "sandbox-permission.h"
#include "sandbox-schema.h"
#include "sandbox-server.h"
#include "sandbox-settings.h"
#include "sandbox-share.h"
#include "sandbox-version.h"
#include "sandbox-writer.h"

#define US "UiPath.Server.Configuration.OData."
#define ERROR_INVALID_REQUEST 1000
#define ERROR_NOT_FOUND 1002

/* The condition stands over every row that a page far behind is walked past, so that it is a bit
 * for each folder where the ids allow it. The folder is kept from choosing the index: rows come in
 * the order of another column. */
static void
add_visible_folders (SandboxRequest *request, const SandboxEntitySet *set, SandboxSql *sql)
{
  gboolean all;
  g_autoptr (GArray) folders = sandbox_permission_list_folders (request->store, request->tenant,
                                                                request->user, &all);
  g_autoptr (GString) list = NULL;
  g_autofree char *condition = NULL;
  gint64 bits = 0;
  gboolean fits = TRUE;

  if (all && request->confined == NULL)
    return;

  sandbox_permission_confine (request, folders);
  list = g_string_new (NULL);
  for (guint i = 0; i < folders->len; i++)
    {
      gint64 folder = g_array_index (folders, gint64, i);

      fits = fits && folder > 0 && folder < 62;
      if (fits)
        bits |= G_GINT64_CONSTANT (1) << folder;
      g_string_append_printf (list, "%s%" G_GINT64_FORMAT, i > 0 ? ", " : "", folder);
    }

  if (set->shared != NULL)
    {
      sandbox_share_confine_to (sql, set, list->str);
      return;
    }
  if (fits)
    {
      sandbox_sql_add_condition (sql, "(? >> t.\"OrganizationUnitId\") & 1", 1, bits);
      return;
    }
  condition = g_strdup_printf ("+t.\"OrganizationUnitId\" IN (%s)", list->str);
  sandbox_sql_add_condition (sql, condition, 0);
}

SandboxSql *
sandbox_list_begin_tenant (SandboxRequest *request, const SandboxEntitySet *set)
{
  SandboxSql *sql;

  g_return_val_if_fail (request != NULL && set != NULL, NULL);

  sql = sandbox_sql_new (set);
  sandbox_sql_add_condition (sql, "t.\"TenantId\" = ?", 1, request->tenant);
  if (set == sandbox_entity_set_find ("Folders"))
    sandbox_sql_add_condition (
        sql, "t.\"Id\" IN (SELECT \"FolderId\" FROM \"SeenFolders\" WHERE \"UserId\" = ?)", 1,
        request->user);
  else if (sandbox_schema_has_folder (set))
    add_visible_folders (request, set, sql);

  return sql;
}

SandboxSql *
sandbox_list_begin (SandboxRequest *request, const SandboxEntitySet *set)
{
  SandboxSql *sql;

  g_return_val_if_fail (request != NULL && set != NULL, NULL);

  if (request->folder == 0 || !sandbox_schema_has_folder (set))
    return sandbox_list_begin_tenant (request, set);

  sql = sandbox_sql_new (set);
  sandbox_sql_add_condition (sql, "t.\"TenantId\" = ?", 1, request->tenant);
  sandbox_share_confine (sql, request->store, set, request->folder);

  return sql;
}

static int
get_cap (SandboxRequest *request, const SandboxEntitySet *set)
{
  int cap = sandbox_server_get_options (request->server)->page_cap;

  if (sandbox_version_is_uncapped ())
    return cap > 0 ? cap : G_MAXINT;

  return cap > 0 ? MIN (cap, set->max_top) : set->max_top;
}

gint64
sandbox_list_find (SandboxRequest *request, SandboxSql *sql)
{
  g_autoptr (GArray) ids = NULL;

  g_return_val_if_fail (request != NULL && sql != NULL, 0);

  ids = sandbox_page_find (request->store, sql, 0, 1);

  return ids->len > 0 ? g_array_index (ids, gint64, 0) : 0;
}

static void
append_context (GString *json,
                SandboxRequest *request,
                const SandboxEntitySet *set,
                const char *suffix)
{
  /* What has no address of its own is known by its type. */
  g_autofree char *name = !set->internal ? g_strconcat (set->name, suffix, NULL)
                          : *suffix != '\0' ? g_strconcat (US, set->type, NULL)
                                            : g_strconcat ("Collection(" US, set->type, ")", NULL);
  g_autofree char *context = g_strdup_printf ("%s/odata/$metadata#%s", request->base, name);

  g_string_append (json, "\"@odata.context\":");
  sandbox_json_append_string (json, context);
}

static void
append_entities (GString *json,
                 SandboxRequest *request,
                 const SandboxShape *shape,
                 const gint64 *ids,
                 gsize n_ids)
{
  g_autoptr (SandboxWriter) writer = sandbox_writer_new (request->store, shape, FALSE);

  g_string_append (json, "\"value\":[");
  for (gsize i = 0; i < n_ids; i++)
    {
      if (sandbox_writer_write (writer, json, ids[i], NULL))
        g_string_append_c (json, ',');
    }
  if (json->str[json->len - 1] == ',')
    g_string_truncate (json, json->len - 1);
  g_string_append (json, "]}");
}

void
sandbox_list_reply (SandboxRequest *request, const SandboxEntitySet *set, SandboxSql *sql)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SandboxQuery) query = NULL;
  g_autoptr (GArray) ids = NULL;
  GString *json;
  gint64 top;

  g_return_if_fail (request != NULL && set != NULL && sql != NULL);

  query = sandbox_query_parse (set, request->query, FALSE, &error);
  if (query == NULL || !sandbox_query_apply (query, sql, &error))
    {
      sandbox_reply_error (request, SOUP_STATUS_BAD_REQUEST, ERROR_INVALID_REQUEST, "%s",
                           error->message);
      return;
    }

  sandbox_sql_want_indexes (sql, request->store);
  top = get_cap (request, set);
  if (query->top >= 0)
    top = MIN (top, query->top);
  ids = sandbox_page_find (request->store, sql, query->skip, top);

  json = g_string_sized_new (1024 + 1024 * ids->len);
  g_string_append_c (json, '{');
  append_context (json, request, set, "");
  /* Fact sheet 5.2: Jobs and QueueItems count only when asked. */
  if (query->count || !set->count_on_demand ||
      sandbox_server_get_options (request->server)->count == SANDBOX_COUNT_ALWAYS)
    g_string_append_printf (json, ",\"@odata.count\":%" G_GINT64_FORMAT,
                            sandbox_count (request->store, sql));
  g_string_append_c (json, ',');
  append_entities (json, request, query->shape, (const gint64 *) ids->data, ids->len);
  sandbox_reply_json (request, SOUP_STATUS_OK, json);
}

void
sandbox_list_reply_all (SandboxRequest *request, const SandboxEntitySet *set)
{
  g_autoptr (SandboxSql) sql = sandbox_list_begin (request, set);

  sandbox_list_reply (request, set, sql);
}

/* The shape that a GET asks for; a write answers the whole entity. */
static SandboxShape *
make_shape (SandboxRequest *request, const SandboxEntitySet *set, GError **error)
{
  g_autoptr (SandboxQuery) query = NULL;

  if (!g_str_equal (request->method, SOUP_METHOD_GET))
    return sandbox_shape_new (set);

  query = sandbox_query_parse (set, request->query, TRUE, error);

  return query != NULL ? g_steal_pointer (&query->shape) : NULL;
}

void
sandbox_reply_entity (SandboxRequest *self, guint status, const SandboxEntitySet *set, gint64 id)
{
  sandbox_reply_entity_with (self, status, set, id, "");
}

void
sandbox_reply_entity_with (SandboxRequest *self,
                           guint status,
                           const SandboxEntitySet *set,
                           gint64 id,
                           const char *more)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SandboxShape) shape = NULL;
  g_autoptr (SandboxWriter) writer = NULL;
  g_autoptr (GString) head = g_string_new (NULL);
  g_autoptr (GString) json = g_string_sized_new (4096);

  g_return_if_fail (self != NULL && set != NULL && more != NULL);

  shape = make_shape (self, set, &error);
  if (shape == NULL)
    {
      sandbox_reply_error (self, SOUP_STATUS_BAD_REQUEST, ERROR_INVALID_REQUEST, "%s",
                           error->message);
      return;
    }

  append_context (head, self, set, "/$entity");
  g_string_append_printf (head, ",%s", more);
  writer = sandbox_writer_new (self->store, shape, TRUE);
  if (sandbox_writer_write (writer, json, id, head->str))
    sandbox_reply_json (self, status, g_steal_pointer (&json));
  else
    sandbox_reply_error (self, SOUP_STATUS_NOT_FOUND, ERROR_NOT_FOUND,
                         "%s %" G_GINT64_FORMAT " does not exist.", set->name, id);
}

void
sandbox_reply_entities (SandboxRequest *self,
                        guint status,
                        const SandboxEntitySet *set,
                        const gint64 *ids,
                        gsize n_ids)
{
  g_autoptr (SandboxShape) shape = NULL;
  GString *json;

  g_return_if_fail (self != NULL && set != NULL);

  shape = sandbox_shape_new (set);
  json = g_string_new ("{");
  append_context (json, self, set, "");
  g_string_append_c (json, ',');
  append_entities (json, self, shape, ids, n_ids);
  sandbox_reply_json (self, status, json);
}

void
sandbox_list_reply_by_field (SandboxRequest *request,
                             const SandboxEntitySet *set,
                             const char *field,
                             const char *value)
{
  g_autoptr (SandboxSql) sql = NULL;
  g_autofree char *condition = NULL;
  gint64 id;

  g_return_if_fail (request != NULL && set != NULL && field != NULL && value != NULL);

  sql = sandbox_list_begin (request, set);
  condition = g_strdup_printf ("t.\"%s\" = ?", field);
  sandbox_sql_add_text_condition (sql, condition, value);
  sandbox_schema_want_index (request->store, set, sandbox_entity_set_find_field (set, field));
  id = sandbox_list_find (request, sql);
  if (id == 0)
    sandbox_reply_error (request, SOUP_STATUS_NOT_FOUND, ERROR_NOT_FOUND,
                         "%s has none with the key '%s', or not in this folder.", set->name, value);
  else
    sandbox_reply_entity (request, SOUP_STATUS_OK, set, id);
}

void
sandbox_list_reply_by_key (SandboxRequest *request, const SandboxEntitySet *set)
{
  gint64 number;

  g_return_if_fail (request != NULL && set != NULL && request->key != NULL);

  /* SQLite would compare '5' with 5 as the service does not. */
  if (sandbox_schema_has_rowid_key (set) &&
      !g_ascii_string_to_signed (request->key, 10, G_MININT64, G_MAXINT64, &number, NULL))
    sandbox_reply_error (request, SOUP_STATUS_BAD_REQUEST, ERROR_INVALID_REQUEST,
                         "The key of %s is a number, and not '%s'.", set->name, request->key);
  else
    sandbox_list_reply_by_field (request, set, set->key, request->key);
}
