/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sandbox-operations.h"

#include "sandbox-enums.h"
#include "sandbox-parameter.h"
#include "sandbox-permission.h"
#include "sandbox-server.h"
#include "sandbox-sets.h"
#include "sandbox-statement.h"
#include "sandbox-writer.h"

/* The folders that the caller sees, as clients find their way through them (fact sheet 6.1). */

#define ERROR_INVALID_ARGUMENT 1009
#define ERROR_INVALID_FOLDER 1100
#define MAX_TAKE 1000

/* What CurrentUserFolderDto has of a folder (definition). */
static const char *const current_user_fields[]
    = { "Id",          "Key",        "DisplayName", "FullyQualifiedName",
        "Description", "FolderType", "ParentId",    "ParentKey" };

/* What a kind of folder has besides. */
typedef enum
{
  PLAIN,
  EXTENDED, /* ExtendedFolderDto */
  WITH_PATH /* PathAwareFolderDto */
} Kind;

/* A page of those folders that ?1 sees in the tenant ?2 and that meet a condition of the page's
 * own, whose text is ?3. */
typedef struct
{
  Kind kind;
  SandboxShape *shape; /* (owned) */
  GString *condition;  /* (owned) */
  const char *text;    /* (unowned) (nullable) */
  const char *order;
  gint64 take;
  gint64 skip;
} Page;

#define BY_NAME "f.\"FullyQualifiedName\""
/* A folder before those within it. */
#define BY_TREE "replace(f.\"FullyQualifiedName\", '/', char(1)) COLLATE NOCASE"

static void
page_init (Page *self, Kind kind, const char *order)
{
  *self = (Page){
    .kind = kind,
    .shape = sandbox_shape_new (&sandbox_set_folders),
    .condition = g_string_new (" FROM \"Folders\" f JOIN \"SeenFolders\" u ON u.\"FolderId\" ="
                               " f.\"Id\" AND u.\"UserId\" = ?1 WHERE f.\"TenantId\" = ?2"
                               " AND ?3 IS NOT NULL"),
    .order = order,
    .take = MAX_TAKE,
  };
}

static void
page_clear (Page *self)
{
  g_clear_pointer (&self->shape, sandbox_shape_free);
  g_string_free (self->condition, TRUE);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Page, page_clear)

/* Returns: FALSE, and answers, where a number of the query is none. */
static gboolean
page_read (Page *self, SandboxRequest *request)
{
  int cap = sandbox_server_get_options (request->server)->page_cap;

  if (!sandbox_parameter_read_int (request, "take", 0, MAX_TAKE, &self->take)
      || !sandbox_parameter_read_int (request, "skip", 0, G_MAXINT32, &self->skip))
    return FALSE;
  if (cap > 0)
    self->take = MIN (self->take, cap);

  return TRUE;
}

static gint64
page_count (Page *self, SandboxRequest *request)
{
  g_autofree char *sql = g_strconcat ("SELECT count(*)", self->condition->str, NULL);

  return sandbox_statement_ask (request->store, sql, "iis", request->user, request->tenant,
                                self->text != NULL ? self->text : "");
}

static char *
make_head (Kind kind, sqlite3_stmt *statement)
{
  GString *head;

  switch (kind)
    {
    case EXTENDED:
      return g_strdup_printf ("\"IsSelectable\":true,\"HasChildren\":%s,\"Level\":%d,",
                              sqlite3_column_int (statement, 2) != 0 ? "true" : "false",
                              sqlite3_column_int (statement, 1));
    case WITH_PATH:
      head = g_string_new ("\"FolderPath\":");
      sandbox_json_append_string (head, (const char *)sqlite3_column_text (statement, 3));
      g_string_append_c (head, ',');
      return g_string_free (head, FALSE);
    case PLAIN:
    default:
      return NULL;
    }
}

/* Appends them with commas between. */
static void
page_append (Page *self, SandboxRequest *request, GString *json)
{
  g_autoptr (SandboxWriter) writer = sandbox_writer_new (request->store, self->shape, FALSE);
  g_autofree char *sql = g_strdup_printf (
      "SELECT f.\"Id\", length(f.\"FullyQualifiedName\")"
      " - length(replace(f.\"FullyQualifiedName\", '/', '')), EXISTS (SELECT 1 FROM \"Folders\" c"
      " JOIN \"SeenFolders\" v ON v.\"FolderId\" = c.\"Id\" AND v.\"UserId\" = ?1"
      " WHERE c.\"ParentId\" = f.\"Id\"), f.\"FullyQualifiedName\"%s ORDER BY %s"
      " LIMIT ?4 OFFSET ?5",
      self->condition->str, self->order);
  sqlite3_stmt *statement
      = sandbox_statement_open (request->store, sql, "iisii", request->user, request->tenant,
                                self->text != NULL ? self->text : "", self->take, self->skip);
  const char *separator = "";

  while (sqlite3_step (statement) == SQLITE_ROW)
    {
      g_autofree char *head = make_head (self->kind, statement);

      g_string_append (json, separator);
      sandbox_writer_write (writer, json, sqlite3_column_int64 (statement, 0), head);
      separator = ",";
    }
  sandbox_store_done (statement);
}

/* Fact sheet 6.1: {"PageItems":[…],"Count":n}. */
static void
page_reply (Page *self, SandboxRequest *request)
{
  GString *json = g_string_new ("{\"PageItems\":[");

  page_append (self, request, json);
  g_string_append_printf (json, "],\"Count\":%" G_GINT64_FORMAT "}", page_count (self, request));
  sandbox_reply_json (request, 200, json);
}

static void
all_for_current_user_cb (SandboxRequest *request)
{
  g_auto (Page) page = { 0 };

  page_init (&page, PLAIN, BY_NAME);
  page.shape->fields = g_ptr_array_new ();
  for (gsize i = 0; i < G_N_ELEMENTS (current_user_fields); i++)
    g_ptr_array_add (page.shape->fields, (gpointer)sandbox_entity_set_find_field (
                                             &sandbox_set_folders, current_user_fields[i]));
  if (page_read (&page, request))
    page_reply (&page, request);
}

/* Definition: ExtendedFolderDto, a bare array. */
static void
navigation_cb (SandboxRequest *request)
{
  g_auto (Page) page = { 0 };
  GString *json = g_string_new ("[");

  page_init (&page, EXTENDED, BY_TREE);
  page_append (&page, request, json);
  g_string_append_c (json, ']');
  sandbox_reply_json (request, 200, json);
}

/* Adds the names of the parameter folderTypes, in commas. Answers where one is none. */
static gboolean
add_types (Page *self, SandboxRequest *request)
{
  const char *text = sandbox_request_get_query (request, "folderTypes");
  const SandboxField *field = sandbox_entity_set_find_field (&sandbox_set_folders, "FolderType");
  g_auto (GStrv) names = g_strsplit (text != NULL ? text : "", ",", -1);

  if (text == NULL || *text == '\0')
    return TRUE;

  g_string_append (self->condition, " AND f.\"FolderType\" IN (-1");
  for (gsize i = 0; names[i] != NULL; i++)
    {
      int type = sandbox_field_find_name (field, names[i]);

      if (type < 0)
        {
          sandbox_reply_error (request, 400, ERROR_INVALID_ARGUMENT,
                               "There is no type of folders named %s.", names[i]);
          return FALSE;
        }
      g_string_append_printf (self->condition, ", %d", type);
    }
  g_string_append_c (self->condition, ')');

  return TRUE;
}

static void
folders_for_current_user_cb (SandboxRequest *request)
{
  g_auto (Page) page = { 0 };

  page_init (&page, WITH_PATH, BY_NAME);
  page.text = sandbox_request_get_query (request, "searchText");
  g_string_append (page.condition, " AND instr(lower(f.\"DisplayName\"), lower(?3))");
  if (page_read (&page, request) && add_types (&page, request))
    page_reply (&page, request);
}

/* SimpleFolderDto of all above the folder, the top first. */
static void
append_ancestors (GString *json, SandboxRequest *request, gint64 folder)
{
  g_autofree char *ancestors = sandbox_statement_ask_text (
      request->store,
      "SELECT json_group_array(json(item)) FROM (SELECT json_object('Id', f.\"Id\", 'DisplayName',"
      " f.\"DisplayName\", 'FullyQualifiedName', f.\"FullyQualifiedName\") AS item"
      " FROM \"FolderAncestors\" a JOIN \"Folders\" f ON f.\"Id\" = a.\"AncestorId\""
      " WHERE a.\"FolderId\" = ? AND a.\"Distance\" > 0 ORDER BY a.\"Distance\" DESC)",
      "i", folder);

  g_string_append_printf (json, "\"Ancestors\":%s,", ancestors);
}

/* Definition: FolderNavigationContextDto; without a folder, of the top. */
static void
context_cb (SandboxRequest *request)
{
  g_auto (Page) page = { 0 };
  g_autofree char *name = NULL;
  gint64 folder = 0;
  GString *json;

  page_init (&page, EXTENDED, BY_NAME);
  if (!page_read (&page, request)
      || !sandbox_parameter_read_int (request, "folderId", 0, G_MAXINT64, &folder))
    return;
  if (folder != 0
      && !sandbox_permission_sees_folder (request->store, request->tenant, request->user, folder))
    {
      sandbox_reply_error (request, 400, ERROR_INVALID_FOLDER,
                           "Folder does not exist or the user does not have access to the folder.");
      return;
    }

  json = g_string_new ("{");
  if (folder != 0)
    {
      name = sandbox_statement_ask_text (
          request->store,
          "SELECT substr(json_object('Id', \"Id\", 'DisplayName', \"DisplayName\", 'IsSelectable',"
          " json('true'), 'IsPersonal', json(iif(\"IsPersonal\", 'true', 'false')),"
          " 'ProvisionType', iif(\"ProvisionType\" = 0, 'Manual', 'Automatic')), 2)"
          " FROM \"Folders\" WHERE \"Id\" = ?",
          "i", folder);
      g_string_append_len (json, name, (gssize)strlen (name) - 1);
      g_string_append_c (json, ',');
    }
  append_ancestors (json, request, folder);
  g_string_append_printf (page.condition, " AND ifnull(f.\"ParentId\", 0) = %" G_GINT64_FORMAT,
                          folder);
  g_string_append (json, "\"ChildrenPage\":[");
  page_append (&page, request, json);
  g_string_append_printf (json, "],\"ChildrenCount\":%" G_GINT64_FORMAT "}",
                          page_count (&page, request));
  sandbox_reply_json (request, 200, json);
}

#define TENANT SANDBOX_SIGNED, SANDBOX_SCOPE_TENANT, NULL

const SandboxOperation sandbox_folders_operations[] = {
  { "GET", "/api/Folders/GetAllForCurrentUser", TENANT, all_for_current_user_cb },
  { "GET", "/api/FoldersNavigation/GetAllFoldersForCurrentUser", TENANT, navigation_cb },
  { "GET", "/api/FoldersNavigation/GetFoldersForCurrentUser", TENANT, folders_for_current_user_cb },
  { "GET", "/api/FoldersNavigation/GetFolderNavigationContextForCurrentUser", TENANT, context_cb },
  { NULL },
};
