/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sandbox-operations.h"

#include <string.h>

#include <baton-json.h>

#include "sandbox-audit.h"
#include "sandbox-blob.h"
#include "sandbox-clock.h"
#include "sandbox-enums.h"
#include "sandbox-list.h"
#include "sandbox-multipart.h"
#include "sandbox-nupkg.h"
#include "sandbox-parameter.h"
#include "sandbox-permission.h"
#include "sandbox-row.h"
#include "sandbox-sets.h"
#include "sandbox-statement.h"
#include "sandbox-world.h"
#include "sandbox-write.h"
#include "sandbox-writer.h"

/* Packages of processes and libraries, in the feed of the tenant or of a folder (fact sheet 6.3,
 * 6.4). Both sets have the same columns for what is done here. */

#define US "UiPath.Server.Configuration.OData."
#define ERROR_INVALID_REQUEST 1000
#define ERROR_NOT_FOUND 1002
#define ERROR_ITEM_EXISTS 1004
#define ERROR_INVALID_ARGUMENT 1009
#define ERROR_ITEM_IN_USE 1013
#define MAX_FILES 10

/* Returns: the set of "/odata/Libraries…". */
static const SandboxEntitySet *
find_set (SandboxRequest *request)
{
  return g_ascii_strncasecmp (request->path, "/odata/Libraries", strlen ("/odata/Libraries")) == 0
             ? &sandbox_set_libraries
             : &sandbox_set_processes;
}

/* Reads the parameter feedId into @feed, NULL for the tenant's, whose id is its key. Answers where
 * there is no such feed or the caller may not do @verb in it. */
static gboolean
open_feed (SandboxRequest *request, const char *verb, char **feed)
{
  const SandboxEntitySet *set = find_set (request);
  const char *text = sandbox_request_get_query (request, "feedId");
  g_autofree char *key = g_ascii_strdown (text != NULL ? text : "", -1);
  g_autofree char *permission = NULL;
  gint64 folder;

  if (*key == '\0' || g_str_equal (key, "null")
      || g_str_equal (key, sandbox_world_get_tenant_key (request->tenant)))
    {
      permission = g_strconcat (set->permission, ".", verb, NULL);
      return sandbox_permission_check (request, permission);
    }

  folder = sandbox_statement_ask (
      request->store, "SELECT \"Id\" FROM \"Folders\" WHERE \"Key\" = ? AND \"TenantId\" = ?", "si",
      key, request->tenant);
  if (folder == 0
      || !sandbox_permission_sees_folder (request->store, request->tenant, request->user, folder))
    {
      sandbox_reply_error (request, 404, ERROR_NOT_FOUND, "The feed %s does not exist.", key);
      return FALSE;
    }
  request->folder = folder;
  permission = g_strconcat ("FolderPackages.", verb, NULL);
  *feed = g_steal_pointer (&key);

  return sandbox_permission_check (request, permission);
}

static SandboxSql *
begin (SandboxRequest *request, const SandboxEntitySet *set, const char *feed)
{
  SandboxSql *sql = sandbox_list_begin_tenant (request, set);

  if (feed != NULL)
    sandbox_sql_add_text_condition (sql, "t.\"FeedId\" = ?", feed);
  else
    sandbox_sql_add_condition (sql, "t.\"FeedId\" IS NULL", 0);

  return sql;
}

/* The latest version of each. */
static void
list_cb (SandboxRequest *request)
{
  const SandboxEntitySet *set = find_set (request);
  const char *term = sandbox_request_get_query (request, "searchTerm");
  g_autofree char *feed = NULL;
  g_autoptr (SandboxSql) sql = NULL;

  if (!open_feed (request, "View", &feed))
    return;

  sql = begin (request, set, feed);
  sandbox_sql_add_condition (sql, "t.\"IsLatestVersion\" = 1", 0);
  if (term != NULL && *term != '\0')
    sandbox_sql_add_search (sql, "t.\"Id\"", term);
  sandbox_list_reply (request, set, sql);
}

static void
versions_cb (SandboxRequest *request)
{
  const SandboxEntitySet *set = find_set (request);
  const char *name = set == &sandbox_set_libraries ? "packageId" : "processId";
  const char *id = sandbox_parameter_require_text (request, name);
  g_autofree char *feed = NULL;
  g_autoptr (SandboxSql) sql = NULL;

  if (id == NULL || !open_feed (request, "View", &feed))
    return;

  sql = begin (request, set, feed);
  sandbox_sql_add_text_condition (sql, "t.\"Id\" = ?", id);
  sandbox_list_reply (request, set, sql);
}

/* Answers where the feed has no such version. @key: "Id:Version". Returns: its rowid, or 0. */
static gint64
find_package (SandboxRequest *request, const char *feed, const char *key)
{
  const SandboxEntitySet *set = find_set (request);
  g_autofree char *sql
      = g_strdup_printf ("SELECT rowid FROM \"%s\" WHERE \"TenantId\" = ? AND \"Key\" = ?"
                         " AND \"FeedId\" IS ?",
                         set->name);
  gint64 id = sandbox_statement_ask (request->store, sql, "iss", request->tenant, key, feed);

  if (id == 0)
    sandbox_reply_error (request, 404, ERROR_NOT_FOUND, "The package '%s' does not exist.", key);

  return id;
}

static char *
dup_column (SandboxRequest *request, const SandboxEntitySet *set, gint64 id, const char *column)
{
  g_autofree char *sql = NULL;

  if (sandbox_entity_set_find_field (set, column) == NULL)
    return NULL;
  sql = g_strdup_printf ("SELECT \"%s\" FROM \"%s\" WHERE rowid = ?", column, set->name);

  return sandbox_statement_ask_text (request->store, sql, "i", id);
}

/* What no file was ever sent for is made when somebody asks for it. Returns: (transfer full). */
static GBytes *
make_content (SandboxRequest *request, const SandboxEntitySet *set, gint64 id)
{
  g_autoptr (SandboxNupkg) package = g_new0 (SandboxNupkg, 1);
  g_autofree char *arguments = dup_column (request, set, id, "Arguments");
  g_autoptr (JsonNode) node
      = arguments != NULL ? baton_json_parse_text (arguments, -1, NULL) : NULL;
  JsonObject *object = node != NULL ? baton_json_peek_root_object (node) : NULL;
  g_autofree char *sql
      = g_strdup_printf ("SELECT \"Published\" / 1000000 FROM \"%s\" WHERE rowid = ?", set->name);
  g_autofree char *foreground = dup_column (request, set, id, "RequiresUserInteraction");

  package->id = dup_column (request, set, id, "Id");
  package->version = dup_column (request, set, id, "Version");
  package->title = dup_column (request, set, id, "Title");
  package->description = dup_column (request, set, id, "Description");
  package->authors = dup_column (request, set, id, "Authors");
  package->tags = dup_column (request, set, id, "Tags");
  package->release_notes = dup_column (request, set, id, "ReleaseNotes");
  package->main = dup_column (request, set, id, "MainEntryPointPath");
  package->project_type = g_strdup (set == &sandbox_set_libraries ? "Library" : "Process");
  package->requires_user_interaction = g_strcmp0 (foreground, "1") == 0;
  package->input = g_strdup (baton_json_peek_string (object, "Input"));
  package->output = g_strdup (baton_json_peek_string (object, "Output"));

  return sandbox_nupkg_make (package, sandbox_statement_ask (request->store, sql, "i", id));
}

static void
download_cb (SandboxRequest *request)
{
  const SandboxEntitySet *set = find_set (request);
  const char *key = sandbox_parameter_require_text (request, "key");
  g_autofree char *feed = NULL;
  g_autofree char *name = NULL;
  g_auto (SandboxBlob) blob = { 0 };
  gint64 id;

  if (key == NULL || !open_feed (request, "View", &feed)
      || (id = find_package (request, feed, key)) == 0)
    return;

  if (!sandbox_blob_read (&blob, request->store, set->name, id, ""))
    blob.content = make_content (request, set, id);
  sandbox_store_begin (request->store);
  sandbox_audit (request, set == &sandbox_set_libraries ? "Libraries" : "Packages", "Download", id,
                 key, NULL);
  sandbox_store_commit (request->store);
  name = g_strdelimit (g_strconcat (key, ".nupkg", NULL), ":", '.');
  sandbox_reply_file (request, name, "application/octet-stream", blob.content);
}

/* Says anew which version of a package is the latest. */
static void
find_latest (SandboxRequest *request, const SandboxEntitySet *set, const char *feed, const char *id)
{
  g_autofree char *list = g_strdup_printf (
      "SELECT rowid, \"Version\" FROM \"%s\" WHERE \"TenantId\" = ? AND \"Id\" = ?"
      " AND \"FeedId\" IS ?",
      set->name);
  g_autofree char *mark = g_strdup_printf (
      "UPDATE \"%s\" SET \"IsLatestVersion\" = (rowid = ?) WHERE \"TenantId\" = ? AND \"Id\" = ?"
      " AND \"FeedId\" IS ?",
      set->name);
  g_autofree char *latest = NULL;
  gint64 row = 0;
  sqlite3_stmt *statement
      = sandbox_statement_open (request->store, list, "iss", request->tenant, id, feed);

  while (sqlite3_step (statement) == SQLITE_ROW)
    {
      const char *version = (const char *)sqlite3_column_text (statement, 1);

      if (latest != NULL && sandbox_nupkg_compare_versions (version, latest) < 0)
        continue;
      g_free (latest);
      latest = g_strdup (version);
      row = sqlite3_column_int64 (statement, 0);
    }
  sandbox_store_done (statement);
  sandbox_statement_run (request->store, mark, "iiss", row, request->tenant, id, feed);
}

/* Returns: (transfer full): Arguments of a ProcessDto. */
static char *
make_arguments (const SandboxNupkg *package)
{
  GString *json = g_string_new ("{\"Input\":");

  sandbox_json_append_string (json, package->input != NULL ? package->input : "[]");
  g_string_append (json, ",\"Output\":");
  sandbox_json_append_string (json, package->output != NULL ? package->output : "[]");
  g_string_append_c (json, '}');

  return g_string_free (json, FALSE);
}

/* @names: of an enum. Returns: the number of @name; @fallback where it is none of them. */
static gint64
find_name (const char *const *names, const char *name, gint64 fallback)
{
  for (gint64 i = 0; name != NULL && names[i] != NULL; i++)
    if (g_ascii_strcasecmp (names[i], name) == 0)
      return i;

  return fallback;
}

static void
write_process (SandboxRequest *request, gint64 id, const SandboxNupkg *package)
{
  g_autofree char *arguments = make_arguments (package);
  gint64 type = g_strcmp0 (package->project_type, "Tests") == 0
                    ? sandbox_row_get_enum ("Processes", "PackageType", "TestAutomationProcess")
                    : sandbox_row_get_enum ("Processes", "PackageType", "Process");

  sandbox_update (
      request->store, "Processes", id, SANDBOX_INT ("IsActive", FALSE),
      SANDBOX_TEXT ("Arguments", arguments), SANDBOX_TEXT ("EntryPoints", package->entry_points),
      SANDBOX_INT ("SupportsMultipleEntryPoints", package->entry_points != NULL),
      SANDBOX_TEXT ("MainEntryPointPath", package->main != NULL ? package->main : "Main.xaml"),
      SANDBOX_INT ("RequiresUserInteraction", package->requires_user_interaction),
      SANDBOX_INT ("IsAttended", package->is_attended), SANDBOX_INT ("PackageType", type),
      SANDBOX_INT ("TargetFramework",
                   find_name (sandbox_enum_target_framework, package->framework, 0)));
}

static void
write_library (SandboxRequest *request, gint64 id, const SandboxNupkg *package, GBytes *content)
{
  gint64 now = sandbox_clock_now ();

  sandbox_update (request->store, "Libraries", id, SANDBOX_TIME ("Created", now),
                  SANDBOX_TIME ("LastUpdated", now), SANDBOX_TEXT ("Owners", package->owners),
                  SANDBOX_TEXT ("IconUrl", package->icon_url),
                  SANDBOX_TEXT ("Summary", package->summary),
                  SANDBOX_INT ("PackageSize", (gint64)g_bytes_get_size (content)),
                  SANDBOX_INT ("IsPrerelease", strchr (package->version, '-') != NULL));
}

static void
write_package (SandboxRequest *request,
               const SandboxEntitySet *set,
               const char *feed,
               const SandboxNupkg *package,
               GBytes *content)
{
  g_autofree char *key = g_strconcat (package->id, ":", package->version, NULL);
  const gboolean is_library = set == &sandbox_set_libraries;
  gint64 id = sandbox_insert (
      request->store, set->name, SANDBOX_INT ("TenantId", request->tenant),
      SANDBOX_TEXT ("Id", package->id), SANDBOX_TEXT ("Key", key),
      SANDBOX_TEXT ("Version", package->version),
      SANDBOX_TEXT ("Title", package->title != NULL ? package->title : package->id),
      SANDBOX_TEXT ("Description", package->description),
      SANDBOX_TEXT ("Authors", package->authors), SANDBOX_TEXT ("Tags", package->tags),
      SANDBOX_TEXT ("ReleaseNotes", package->release_notes),
      SANDBOX_TEXT ("ProjectUrl", package->project_url),
      SANDBOX_TEXT ("LicenseUrl", package->license_url), SANDBOX_TEXT ("FeedId", feed),
      SANDBOX_ENUM ("ProjectType", is_library ? "ProcessLibrary" : "Process"),
      SANDBOX_TIME ("Published", sandbox_clock_now ()));

  if (is_library)
    write_library (request, id, package, content);
  else
    write_process (request, id, package);
  sandbox_blob_write (request->store, set, id, "", NULL, content);
  find_latest (request, set, feed, package->id);
  sandbox_audit (request, is_library ? "Libraries" : "Packages", "Upload", id, key, NULL);
}

/* Appends BulkItemDtoOfString. */
static void
append_item (GString *json, const char *key, const char *status, const char *body)
{
  if (json->str[json->len - 1] == '}')
    g_string_append_c (json, ',');
  g_string_append (json, "{\"Key\":");
  sandbox_json_append_string (json, key);
  g_string_append_printf (json, ",\"Status\":\"%s\",\"Body\":", status);
  sandbox_json_append_string (json, body);
  g_string_append_c (json, '}');
}

static void
append_failure (GString *json, const char *key, const char *status, int code, const char *message)
{
  g_autoptr (GString) body = g_string_new ("{\"message\":");

  sandbox_json_append_string (body, message);
  g_string_append_printf (body, ",\"errorCode\":%d}", code);
  append_item (json, key, status, body->str);
}

/* Returns: TRUE where it is in. */
static gboolean
take_file (SandboxRequest *request,
           const SandboxEntitySet *set,
           const char *feed,
           const char *name,
           GBytes *content,
           GString *json)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SandboxNupkg) package = sandbox_nupkg_read (content, &error);
  g_autofree char *key = NULL;
  g_autofree char *known = NULL;
  g_autofree char *body = NULL;

  if (package == NULL)
    {
      append_failure (json, name, "BadRequest", ERROR_INVALID_ARGUMENT, error->message);
      return FALSE;
    }

  key = g_strconcat (package->id, ":", package->version, NULL);
  known = g_strdup_printf (
      "SELECT 1 FROM \"%s\" WHERE \"TenantId\" = ? AND \"Key\" = ? AND \"FeedId\" IS ?", set->name);
  if (sandbox_statement_ask (request->store, known, "iss", request->tenant, key, feed) != 0)
    {
      append_failure (json, key, "Conflict", ERROR_ITEM_EXISTS,
                      "Package with this version already exists.");
      return FALSE;
    }

  write_package (request, set, feed, package, content);
  body = g_strdup_printf ("[{\"Id\":\"%s\",\"Version\":\"%s\"}]", package->id, package->version);
  append_item (json, key, "OK", body);

  return TRUE;
}

/* Answers where the body is no form with files. Returns: (transfer full) (nullable). */
static GPtrArray *
read_form (SandboxRequest *request)
{
  g_autoptr (GBytes) body
      = soup_message_body_flatten (soup_server_message_get_request_body (request->message));
  g_autoptr (GPtrArray) files
      = sandbox_multipart_read (soup_server_message_get_request_headers (request->message), body);

  if (files == NULL)
    sandbox_reply_error (request, 415, ERROR_INVALID_REQUEST,
                         "The body must be of the type multipart/form-data.");
  else if (files->len == 0 || files->len > MAX_FILES)
    sandbox_reply_error (request, 400, ERROR_INVALID_REQUEST,
                         "The form must hold from one to %d files.", MAX_FILES);
  else
    return g_steal_pointer (&files);

  return NULL;
}

/* Each file for itself: what is wrong with one does not keep the others out. */
static void
upload_cb (SandboxRequest *request)
{
  const SandboxEntitySet *set = find_set (request);
  g_autofree char *feed = NULL;
  g_autoptr (GPtrArray) files = NULL;
  GString *json;
  gboolean all = TRUE;

  if (!open_feed (request, "Create", &feed) || (files = read_form (request)) == NULL)
    return;

  json = sandbox_request_begin_json (request, "Collection(" US "BulkItemDtoOfString)");
  g_string_append (json, "\"value\":[");
  sandbox_store_begin (request->store);
  for (guint i = 0; i < files->len; i++)
    {
      const SandboxMultipartFile *file = files->pdata[i];

      if (!take_file (request, set, feed, file->name, file->content, json))
        all = FALSE;
    }
  sandbox_store_commit (request->store);
  g_string_append (json, "]}");
  /* Definition: libraries answer 207 in any case. */
  sandbox_reply_json (request, all && set == &sandbox_set_processes ? 200 : 207, json);
}

/* Deletes the versions that @condition leaves of what is named. Returns: how many. */
static int
delete_versions (SandboxRequest *request,
                 const SandboxEntitySet *set,
                 const char *feed,
                 const char *column,
                 const char *value,
                 const char *condition)
{
  g_autofree char *sql = g_strdup_printf (
      "DELETE FROM \"%s\" AS p WHERE \"TenantId\" = ? AND \"%s\" = ? AND \"FeedId\" IS ?%s",
      set->name, column, condition);

  sandbox_statement_run (request->store, sql, "iss", request->tenant, value, feed);

  return sandbox_store_changes (request->store);
}

/* What a process is made of stays. */
#define INACTIVE                                                                                   \
  " AND NOT EXISTS (SELECT 1 FROM \"Releases\" r WHERE r.\"TenantId\" = p.\"TenantId\""            \
  " AND r.\"ProcessKey\" = p.\"Id\" AND r.\"ProcessVersion\" = p.\"Version\""                      \
  " AND r.\"FeedId\" IS p.\"FeedId\")"

/* Without a version all that nothing uses. */
static void
delete_cb (SandboxRequest *request)
{
  const SandboxEntitySet *set = find_set (request);
  const char *condition = set == &sandbox_set_processes ? INACTIVE : "";
  g_auto (GStrv) parts = g_strsplit (request->key, ":", 2);
  gboolean is_one = parts[0] != NULL && parts[1] != NULL;
  g_autofree char *feed = NULL;

  if (!open_feed (request, "Delete", &feed)
      || (is_one && find_package (request, feed, request->key) == 0))
    return;

  sandbox_store_begin (request->store);
  if (delete_versions (request, set, feed, is_one ? "Key" : "Id", request->key, condition) == 0)
    {
      sandbox_store_rollback (request->store);
      sandbox_reply_error (request, is_one ? 409 : 404,
                           is_one ? ERROR_ITEM_IN_USE : ERROR_NOT_FOUND,
                           is_one ? "The package '%s' is in use by a process."
                                  : "The package '%s' has no version that can be deleted.",
                           request->key);
      return;
    }
  find_latest (request, set, feed, parts[0]);
  sandbox_audit (request, set == &sandbox_set_libraries ? "Libraries" : "Packages", "Delete", 0,
                 request->key, NULL);
  sandbox_store_commit (request->store);
  sandbox_reply_empty (request, 204);
}

/* Definition: ArgumentMetadata, two texts that hold JSON. */
static void
arguments_cb (SandboxRequest *request)
{
  const char *key = sandbox_parameter_require_text (request, "key");
  g_autofree char *arguments = NULL;
  g_autofree char *feed = NULL;
  GString *json;
  gint64 id;

  if (key == NULL || !open_feed (request, "View", &feed)
      || (id = find_package (request, feed, key)) == 0)
    return;

  arguments = dup_column (request, &sandbox_set_processes, id, "Arguments");
  json = sandbox_request_begin_json (request, US "ArgumentMetadata");
  if (arguments != NULL && arguments[0] == '{' && arguments[1] != '}')
    g_string_append (json, arguments + 1);
  else
    json->str[json->len - 1] = '}';
  sandbox_reply_json (request, 200, json);
}

/* The permission hangs on the feed, and is looked at with it. */
#define TENANT SANDBOX_SIGNED, SANDBOX_SCOPE_TENANT

const SandboxOperation sandbox_packages_operations[] = {
  { "GET", "/odata/Processes", TENANT, NULL, list_cb },
  { "GET", "/odata/Processes/" US "GetProcessVersions", TENANT, NULL, versions_cb },
  { "GET", "/odata/Processes/" US "DownloadPackage", TENANT, NULL, download_cb },
  { "GET", "/odata/Processes/" US "GetArguments", TENANT, NULL, arguments_cb },
  { "POST", "/odata/Processes/" US "UploadPackage", TENANT, NULL, upload_cb, .raw = TRUE },
  { "DELETE", "/odata/Processes({key})", TENANT, NULL, delete_cb },
  { "GET", "/odata/Libraries", TENANT, NULL, list_cb },
  { "GET", "/odata/Libraries/" US "GetVersions", TENANT, NULL, versions_cb },
  { "GET", "/odata/Libraries/" US "DownloadPackage", TENANT, NULL, download_cb },
  { "POST", "/odata/Libraries/" US "UploadPackage", TENANT, NULL, upload_cb, .raw = TRUE },
  { "DELETE", "/odata/Libraries({key})", TENANT, NULL, delete_cb },
  { NULL },
};
