/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sandbox-operations.h"

#include "sandbox-statement.h"
#include "sandbox-writer.h"

/* The directory is the organisation's own, "autogen" (fact sheet 6.18): it knows the users
 * of the tenant, and whom of the organisation the tenant does not know yet. */

#define ERROR_NOT_FOUND 1002
#define DOMAIN "autogen"
#define VIEW "Users.View|Units.Edit|SubFolders.Edit"
#define MAX_FOUND 100

#define UNKNOWN(table)                                                                             \
  " FROM \"" table                                                                                 \
  "\" o WHERE NOT EXISTS (SELECT 1 FROM \"Users\" u WHERE u.\"TenantId\" = ?1 AND"                 \
  " (u.\"DirectoryIdentifier\" = o.\"Id\" OR u.\"UserName\" = o."
/* ?1 is the tenant. The kinds as the definition numbers its UserType. */
#define DIRECTORY                                                                                  \
  "SELECT \"Type\", \"Key\", \"DirectoryIdentifier\", \"UserName\", \"FullName\","                 \
  " \"EmailAddress\" FROM \"Users\" WHERE \"TenantId\" = ?1"                                       \
  " UNION ALL SELECT 2, o.\"Id\", o.\"Id\", o.\"UserName\", o.\"DisplayName\", "                   \
  "o.\"Email\"" UNKNOWN (                                                                          \
      "IdentityPeople") "\"UserName\")) AND o.\"Active\""                                          \
                        " UNION ALL SELECT 3, o.\"Id\", o.\"Id\", o.\"Name\", o.\"Name\", "        \
                        "''" UNKNOWN (                                                             \
                            "IdentityGroups") "\"Name\"))"                                         \
                                              " UNION ALL SELECT 4, o.\"Id\", o.\"Id\", "          \
                                              "o.\"Name\", o.\"DisplayName\", ''" UNKNOWN (        \
                                                  "IdentityRobotAccounts") "\"Name\"))"

/* Answers where "domain" is another one. */
static gboolean
check_domain (SandboxRequest *request)
{
  const char *domain = sandbox_request_get_query (request, "domain");

  if (domain == NULL || *domain == '\0' || g_ascii_strcasecmp (domain, DOMAIN) == 0)
    return TRUE;

  sandbox_reply_error (request, 404, ERROR_NOT_FOUND, "The domain %s does not exist.", domain);

  return FALSE;
}

static void
domains_cb (SandboxRequest *request)
{
  sandbox_reply_json (request, 200,
                      g_string_new ("[{\"name\":\"" DOMAIN "\",\"isDefault\":true}]"));
}

static void
append_text (GString *json, const char *member, const char *text)
{
  g_string_append_printf (json, ",\"%s\":", member);
  sandbox_json_append_string (json, text != NULL ? text : "");
}

/* Definition: DirectoryObjectDto. The kinds of users as the directory calls them. */
static void
append_object (GString *json, sqlite3_stmt *statement)
{
  static const char *const types[]
      = { "User", "Robot", "User", "Group", "Robot", "ExternalApplication" };
  int type = CLAMP (sqlite3_column_int (statement, 0), 0, (int)G_N_ELEMENTS (types) - 1);

  if (json->len > 1)
    g_string_append_c (json, ',');
  g_string_append_printf (json, "{\"type\":\"%s\"", types[type]);
  append_text (json, "source", "local");
  append_text (json, "domain", DOMAIN);
  append_text (json, "identifier", (const char *)sqlite3_column_text (statement, 1));
  append_text (json, "identityName", (const char *)sqlite3_column_text (statement, 2));
  append_text (json, "displayName", (const char *)sqlite3_column_text (statement, 3));
  g_string_append_c (json, '}');
}

/* searchContext: All, Users, Groups, Machines, Robots, ExternalApplications, or several with "And"
 * between them: the name of each kind is in it. */
static void
search_cb (SandboxRequest *request)
{
  const char *prefix = sandbox_request_get_query (request, "prefix");
  const char *context = sandbox_request_get_query (request, "searchContext");
  GString *json;
  sqlite3_stmt *statement;

  if (!check_domain (request))
    return;
  if (context == NULL || *context == '\0')
    context = "All";

  json = g_string_new ("[");
  statement = sandbox_statement_open (
      request->store,
      "SELECT \"Type\", ifnull (\"DirectoryIdentifier\", \"Key\"), \"UserName\","
      " ifnull (nullif (\"FullName\", ''), \"UserName\") FROM (" DIRECTORY ")"
      " WHERE (?3 LIKE '%All%' OR ?3 LIKE '%' || CASE \"Type\" WHEN 1 THEN "
      "'Robot' WHEN 3 THEN 'Group' WHEN 4 THEN 'Robot' WHEN 5 THEN 'Application' ELSE 'User' END "
      "|| '%') AND (substr (lower (\"UserName\"), 1, length (?2)) = lower (?2)"
      " OR substr (lower (\"FullName\"), 1, length (?2)) = lower (?2)"
      " OR substr (lower (\"EmailAddress\"), 1, length (?2)) = lower (?2)) ORDER BY 4 LIMIT ?4",
      "issi", request->tenant, prefix != NULL ? prefix : "", context, (gint64)MAX_FOUND);
  while (sqlite3_step (statement) == SQLITE_ROW)
    append_object (json, statement);
  sandbox_store_done (statement);
  g_string_append_c (json, ']');
  sandbox_reply_json (request, 200, json);
}

/* Answers the id of the user that the directory knows by an identifier or a name. */
static void
user_id_cb (SandboxRequest *request)
{
  const char *identifier = sandbox_request_get_query (request, "directoryIdentifier");
  const char *name = sandbox_request_get_query (request, "userName");
  gint64 id;
  GString *json;

  if (!check_domain (request))
    return;
  id = sandbox_statement_ask (
      request->store,
      "SELECT \"Id\" FROM \"Users\" WHERE \"TenantId\" = ?1 AND (\"DirectoryIdentifier\" = ?2 OR "
      "\"Key\" = ?2 OR (?2 IS NULL AND (\"UserName\" = ?3 OR \"EmailAddress\" = ?3)))",
      "iss", request->tenant, identifier, name);
  if (id == 0)
    {
      sandbox_reply_error (request, 404, ERROR_NOT_FOUND, "The user %s does not exist.",
                           identifier != NULL ? identifier
                           : name != NULL     ? name
                                              : "");
      return;
    }
  json = g_string_new (NULL);
  g_string_append_printf (json, "%" G_GINT64_FORMAT, id);
  sandbox_reply_json (request, 200, json);
}

/* Definition: DirectoryPermissionDto: what somebody has as a member of groups, of which this
 * directory has those that are users of the type DirectoryGroup. */
static void
permissions_cb (SandboxRequest *request)
{
  GString *json;
  sqlite3_stmt *statement;

  if (!check_domain (request))
    return;

  json = g_string_new ("[");
  statement = sandbox_statement_open (
      request->store,
      "SELECT g.\"UserName\", (SELECT json_group_array (json_object ('name', "
      "r.\"Name\")) FROM \"UserRoles\" m JOIN \"Roles\" r ON r.\"Id\" = m.\"RoleId\" WHERE "
      "m.\"UserId\" = g.\"Id\") FROM \"Users\" g WHERE g.\"TenantId\" = ? AND g.\"Type\" = ?",
      "ii", request->tenant, (gint64)3);
  while (sqlite3_step (statement) == SQLITE_ROW)
    {
      g_string_append (json, json->len > 1 ? ",{\"directoryGroup\":" : "{\"directoryGroup\":");
      sandbox_json_append_string (json, (const char *)sqlite3_column_text (statement, 0));
      g_string_append_printf (json, ",\"organizationUnits\":[],\"roles\":%s}",
                              (const char *)sqlite3_column_text (statement, 1));
    }
  sandbox_store_done (statement);
  g_string_append_c (json, ']');
  sandbox_reply_json (request, 200, json);
}

const SandboxOperation sandbox_directory_search_operations[] = {
  { "GET", "/api/DirectoryService/GetDomains", SANDBOX_SIGNED, SANDBOX_SCOPE_TENANT, VIEW,
    domains_cb },
  { "GET", "/api/DirectoryService/SearchForUsersAndGroups", SANDBOX_SIGNED, SANDBOX_SCOPE_TENANT,
    VIEW, search_cb },
  { "GET", "/api/DirectoryService/GetDomainUserId", SANDBOX_SIGNED, SANDBOX_SCOPE_TENANT, VIEW,
    user_id_cb },
  { "GET", "/api/DirectoryService/GetDirectoryPermissions", SANDBOX_SIGNED, SANDBOX_SCOPE_TENANT,
    "Users.View", permissions_cb },
  { NULL },
};
