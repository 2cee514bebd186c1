/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n.h>

#include "baton-json.h"
#include "baton-scopes.h"

#define OFFLINE "offline_access"

static const BatonScopeFamily families[] = {
  { "OR.Administration", N_ ("Storage buckets and maintenance"), TRUE },
  { "OR.Assets", N_ ("Assets"), TRUE },
  { "OR.Audit", N_ ("The audit log"), TRUE },
  { "OR.BusinessRules", N_ ("Business rules"), FALSE },
  { "OR.Execution", N_ ("Processes, packages and libraries"), TRUE },
  { "OR.Folders", N_ ("Folders and who is in them"), TRUE },
  { "OR.Jobs", N_ ("Jobs and triggers"), TRUE },
  { "OR.License", N_ ("Licenses"), TRUE },
  { "OR.Machines", N_ ("Machines"), TRUE },
  { "OR.Monitoring", N_ ("Logs, alerts and statistics"), TRUE },
  { "OR.Queues", N_ ("Queues and queue items"), TRUE },
  { "OR.Robots", N_ ("Robots and sessions"), TRUE },
  { "OR.Settings", N_ ("Settings, calendars and credential stores"), TRUE },
  { "OR.Tasks", N_ ("Tasks of people"), TRUE },
  { "OR.TestDataQueues", N_ ("Test data queues"), FALSE },
  { "OR.TestSetExecutions", N_ ("Runs of test sets"), FALSE },
  { "OR.TestSets", N_ ("Test sets"), FALSE },
  { "OR.TestSetSchedules", N_ ("Schedules of test sets"), FALSE },
  { "OR.Users", N_ ("Users and roles"), TRUE },
  { "OR.Webhooks", N_ ("Webhooks"), TRUE },
  { NULL },
};

/* The first two parts of a path, and the family that the definition names there. */
static const struct
{
  const char *address;
  const char *family;
} addresses[] = {
  { "api/Buckets", "OR.Administration" },
  { "api/DirectoryService", "OR.Users" },
  { "api/Folders", "OR.Folders" },
  { "api/Licensing", "OR.Administration" },
  { "api/Logs", "OR.Monitoring" },
  { "api/Maintenance", "OR.Administration" },
  { "api/PackageFeeds", "OR.Execution" },
  { "api/Releases", "OR.Execution" },
  { "api/Stats", "OR.Monitoring" },
  { "api/TestAutomation", "OR.TestSetExecutions" },
  { "api/TestDataQueueActions", "OR.TestDataQueues" },
  { "forms/TaskForms", "OR.Tasks" },
  { "odata/Alerts", "OR.Monitoring" },
  { "odata/Assets", "OR.Assets" },
  { "odata/Attachments", "OR.Folders" },
  { "odata/AuditLogs", "OR.Audit" },
  { "odata/Buckets", "OR.Administration" },
  { "odata/BusinessRules", "OR.BusinessRules" },
  { "odata/Calendars", "OR.Settings" },
  { "odata/CredentialStores", "OR.Settings" },
  { "odata/ExecutionMedia", "OR.Monitoring" },
  { "odata/Folders", "OR.Folders" },
  { "odata/HttpTriggers", "OR.Jobs" },
  { "odata/JobTriggers", "OR.Jobs" },
  { "odata/Jobs", "OR.Jobs" },
  { "odata/Libraries", "OR.Execution" },
  { "odata/LicensesNamedUser", "OR.License" },
  { "odata/LicensesRuntime", "OR.License" },
  { "odata/Machines", "OR.Machines" },
  { "odata/OrganizationUnits", "OR.Folders" },
  { "odata/ProcessSchedules", "OR.Jobs" },
  { "odata/Processes", "OR.Execution" },
  { "odata/QueueDefinitions", "OR.Queues" },
  { "odata/QueueItemComments", "OR.Queues" },
  { "odata/QueueItemEvents", "OR.Queues" },
  { "odata/QueueItems", "OR.Queues" },
  { "odata/QueueProcessingRecords", "OR.Queues" },
  { "odata/QueueRetention", "OR.Queues" },
  { "odata/Queues", "OR.Queues" },
  { "odata/ReleaseRetention", "OR.Execution" },
  { "odata/Releases", "OR.Execution" },
  { "odata/RobotLogs", "OR.Monitoring" },
  { "odata/Robots", "OR.Robots" },
  { "odata/Roles", "OR.Users" },
  { "odata/Sessions", "OR.Robots" },
  { "odata/Settings", "OR.Settings" },
  { "odata/TaskActivities", "OR.Tasks" },
  { "odata/TaskCatalogs", "OR.Tasks" },
  { "odata/TaskDefinitions", "OR.Tasks" },
  { "odata/TaskNotes", "OR.Tasks" },
  { "odata/TaskRetention", "OR.Execution" },
  { "odata/Tasks", "OR.Tasks" },
  { "odata/Tenants", "OR.Administration" },
  { "odata/TestCaseDefinitions", "OR.TestSets" },
  { "odata/TestCaseExecutions", "OR.TestSetExecutions" },
  { "odata/TestDataQueueItems", "OR.TestDataQueues" },
  { "odata/TestDataQueues", "OR.TestDataQueues" },
  { "odata/TestSetExecutions", "OR.TestSetExecutions" },
  { "odata/TestSetSchedules", "OR.TestSetSchedules" },
  { "odata/TestSets", "OR.TestSets" },
  { "odata/Users", "OR.Users" },
  { "odata/Webhooks", "OR.Webhooks" },
  { "tasks/AppTasks", "OR.Tasks" },
  { "tasks/GenericTasks", "OR.Tasks" },
};

const BatonScopeFamily *
baton_scopes_get_families (void)
{
  return families;
}

gboolean
baton_scopes_are_asked_for (BatonMethod method)
{
  return method == BATON_METHOD_BROWSER || method == BATON_METHOD_CLIENT_CREDENTIALS;
}

/* Returns: (transfer full) (element-type utf8): each once. */
static GPtrArray *
split (const char *scopes)
{
  g_auto (GStrv) words = g_strsplit_set (scopes != NULL ? scopes : "", " \t\r\n,;", -1);
  GPtrArray *list = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; words[i] != NULL; i++)
    if (*words[i] != '\0' && !g_ptr_array_find_with_equal_func (list, words[i], g_str_equal, NULL))
      g_ptr_array_add (list, g_strdup (words[i]));

  return list;
}

/* @list: (element-type utf8): gets an end. Returns: (transfer full). */
static char *
join (GPtrArray *list)
{
  g_ptr_array_add (list, NULL);

  return g_strjoinv (" ", (char **)list->pdata);
}

/* @access: (out): what @word asks for of @family. Returns: FALSE where it is of another. */
static gboolean
is_of_family (const char *word, const char *family, BatonScopeAccess *access)
{
  gsize length = strlen (family);

  if (strncmp (word, family, length) != 0)
    return FALSE;

  if (word[length] == '\0')
    *access = BATON_SCOPE_ACCESS_READ | BATON_SCOPE_ACCESS_WRITE;
  else if (g_str_equal (word + length, ".Read"))
    *access = BATON_SCOPE_ACCESS_READ;
  else if (g_str_equal (word + length, ".Write"))
    *access = BATON_SCOPE_ACCESS_WRITE;
  else
    return FALSE;

  return TRUE;
}

BatonScopeAccess
baton_scopes_get_access (const char *scopes, const char *family)
{
  g_autoptr (GPtrArray) list = NULL;
  BatonScopeAccess access = BATON_SCOPE_ACCESS_NONE;

  g_return_val_if_fail (family != NULL, BATON_SCOPE_ACCESS_NONE);

  list = split (scopes);
  for (guint i = 0; i < list->len; i++)
    {
      BatonScopeAccess one;

      if (is_of_family (g_ptr_array_index (list, i), family, &one))
        access |= one;
    }

  return access;
}

static char *
name_scope (const char *family, BatonScopeAccess access)
{
  switch ((guint)access)
    {
    case BATON_SCOPE_ACCESS_READ:
      return g_strconcat (family, ".Read", NULL);
    case BATON_SCOPE_ACCESS_WRITE:
      return g_strconcat (family, ".Write", NULL);
    default:
      return g_strdup (family);
    }
}

char *
baton_scopes_set_access (const char *scopes, const char *family, BatonScopeAccess access)
{
  g_autoptr (GPtrArray) list = NULL;
  guint place;

  g_return_val_if_fail (family != NULL, NULL);

  list = split (scopes);
  if (baton_scopes_get_access (scopes, family) == access)
    return join (list);

  place = list->len;
  for (guint i = list->len; i > 0; i--)
    {
      BatonScopeAccess old;

      if (!is_of_family (g_ptr_array_index (list, i - 1), family, &old))
        continue;
      g_ptr_array_remove_index (list, i - 1);
      place = i - 1;
    }
  if (access != BATON_SCOPE_ACCESS_NONE)
    g_ptr_array_insert (list, (int)MIN (place, list->len), name_scope (family, access));

  return join (list);
}

char *
baton_scopes_add (const char *scopes, const char *scope)
{
  const BatonScopeFamily *family;
  BatonScopeAccess access;
  g_autofree char *both = NULL;
  g_autoptr (GPtrArray) list = NULL;

  g_return_val_if_fail (scope != NULL, NULL);

  family = baton_scopes_find_family_of (scope);
  if (family != NULL && is_of_family (scope, family->family, &access))
    return baton_scopes_set_access (
        scopes, family->family, access | baton_scopes_get_access (scopes, family->family));

  both = g_strjoin (" ", scopes != NULL ? scopes : "", scope, NULL);
  list = split (both);

  return join (list);
}

static gboolean
is_included (GPtrArray *list, const char *scope)
{
  for (guint i = 0; i < list->len; i++)
    {
      const char *other = g_ptr_array_index (list, i);
      BatonScopeAccess access;

      if (other != scope && is_of_family (scope, other, &access))
        return TRUE;
    }

  return FALSE;
}

char *
baton_scopes_condense (const char *scopes)
{
  g_autoptr (GPtrArray) list = split (scopes);
  g_autoptr (GPtrArray) shown = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < list->len; i++)
    if (!is_included (list, g_ptr_array_index (list, i)))
      g_ptr_array_add (shown, g_strdup (g_ptr_array_index (list, i)));

  return join (shown);
}

char *
baton_scopes_arrange (const char *scopes, BatonMethod method)
{
  g_autoptr (GPtrArray) list = split (scopes);
  guint position = 0;

  if (g_ptr_array_find_with_equal_func (list, OFFLINE, g_str_equal, &position))
    g_ptr_array_remove_index (list, position);
  if (method == BATON_METHOD_BROWSER)
    g_ptr_array_add (list, g_strdup (OFFLINE));

  return join (list);
}

char *
baton_scopes_make_default (BatonMethod method)
{
  g_autoptr (GString) scopes = g_string_new (NULL);

  if (!baton_scopes_are_asked_for (method))
    return g_strdup ("");

  for (const BatonScopeFamily *family = families; family->family != NULL; family++)
    if (family->by_default)
      g_string_append_printf (scopes, "%s.Read ", family->family);

  return baton_scopes_arrange (scopes->str, method);
}

gboolean
baton_scopes_allow (const char *scopes, const char *scope)
{
  g_autoptr (GPtrArray) list = NULL;
  g_autofree char *family = NULL;
  const char *last = NULL;

  g_return_val_if_fail (scope != NULL, FALSE);

  list = split (scopes);
  last = strrchr (scope, '.');
  family = last != NULL ? g_strndup (scope, (gsize)(last - scope)) : g_strdup (scope);

  return g_ptr_array_find_with_equal_func (list, scope, g_str_equal, NULL)
         || g_ptr_array_find_with_equal_func (list, family, g_str_equal, NULL)
         || (g_str_has_prefix (scope, "OR.")
             && g_ptr_array_find_with_equal_func (list, BATON_SCOPE_ROLES, g_str_equal, NULL));
}

static const BatonScopeFamily *
find_by_name (const char *name)
{
  for (const BatonScopeFamily *family = families; family->family != NULL; family++)
    if (g_str_equal (family->family, name))
      return family;

  return NULL;
}

const BatonScopeFamily *
baton_scopes_find_family_of (const char *scope)
{
  BatonScopeAccess access;

  g_return_val_if_fail (scope != NULL, NULL);

  for (const BatonScopeFamily *family = families; family->family != NULL; family++)
    if (is_of_family (scope, family->family, &access))
      return family;

  return NULL;
}

char *
baton_scopes_dup_claimed (JsonNode *claims)
{
  JsonObject *object = claims != NULL ? baton_json_peek_root_object (claims) : NULL;
  JsonArray *array = baton_json_peek_array (object, "scope");
  const char *text = baton_json_peek_string (object, "scope");
  g_autoptr (GString) names = NULL;

  if (array == NULL)
    return g_strdup (text);

  names = g_string_new (NULL);
  for (guint i = 0; i < baton_json_length (array); i++)
    {
      const char *name = baton_json_peek_string_at (array, i);

      if (name != NULL)
        g_string_append_printf (names, "%s%s", names->len > 0 ? " " : "", name);
    }

  return g_strdup (names->str);
}

/* The token of a user key has a scope, too, and it says nothing of what the key opens (fact sheet
 * 2.1). */
char *
baton_scopes_dup_granted (BatonAccount *account, BatonToken *token)
{
  g_autoptr (JsonNode) claims = NULL;
  char *claimed;

  g_return_val_if_fail (BATON_IS_ACCOUNT (account), NULL);
  g_return_val_if_fail (token != NULL, NULL);

  if (!baton_scopes_are_asked_for (baton_account_get_method (account)))
    return NULL;

  claims = baton_token_dup_claims (token);
  claimed = baton_scopes_dup_claimed (claims);

  return claimed != NULL ? claimed : g_strdup (baton_account_get_scopes (account));
}

const BatonScopeFamily *
baton_scopes_find_family (const char *path)
{
  g_auto (GStrv) parts = NULL;
  g_autofree char *address = NULL;

  g_return_val_if_fail (path != NULL, NULL);

  parts = g_strsplit (*path == '/' ? path + 1 : path, "/", 3);
  if (parts[0] == NULL || parts[1] == NULL)
    return NULL;
  parts[1][strcspn (parts[1], "(?")] = '\0';
  address = g_strconcat (parts[0], "/", parts[1], NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (addresses); i++)
    if (g_ascii_strcasecmp (addresses[i].address, address) == 0)
      return find_by_name (addresses[i].family);

  return NULL;
}

char *
baton_scopes_find_missing (const char *scopes, const char *method, const char *path)
{
  const BatonScopeFamily *family = NULL;
  g_autofree char *needed = NULL;

  g_return_val_if_fail (method != NULL, NULL);

  family = baton_scopes_find_family (path);
  if (scopes == NULL || family == NULL)
    return NULL;

  needed = g_strconcat (family->family, g_str_equal (method, "GET") ? ".Read" : ".Write", NULL);
  /* The vendor's SDK asks for buckets by a scope of their own (fact sheet 2.3). */
  if (baton_scopes_allow (scopes, needed)
      || (strstr (path, "Buckets") != NULL && strstr (scopes, "OR.Buckets") != NULL))
    return NULL;

  return g_steal_pointer (&needed);
}
