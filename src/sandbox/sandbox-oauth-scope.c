/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sandbox-oauth-scope.h"

#include <string.h>

#include "sandbox-entity.h"

#define ORCHESTRATOR "OrchestratorApi"
#define PLATFORM "PlatformManagementApi"
#define US "uipath.server.configuration.odata."
/* In place of a family, where the definition names none. */
#define ANY ""

static const SandboxOauthFamily families[] = {
  { ORCHESTRATOR, SANDBOX_OAUTH_SCOPE_DEFAULT, "What the roles given in the Orchestrator allow",
    TRUE },
  { ORCHESTRATOR, "OR.Administration", "Buckets, licences and maintenance of a tenant" },
  { ORCHESTRATOR, "OR.Analytics", "Insights" },
  { ORCHESTRATOR, "OR.Assets", "Assets" },
  { ORCHESTRATOR, "OR.Audit", "The audit log" },
  { ORCHESTRATOR, "OR.BackgroundTasks", "Background tasks" },
  { ORCHESTRATOR, "OR.Buckets", "Storage buckets and their files" },
  { ORCHESTRATOR, "OR.BusinessRules", "Business rules" },
  { ORCHESTRATOR, "OR.Execution", "Packages, libraries and processes" },
  { ORCHESTRATOR, "OR.Folders", "Folders and who is in them" },
  { ORCHESTRATOR, "OR.Hypervisor", "Machines of the cloud" },
  { ORCHESTRATOR, "OR.Jobs", "Jobs and triggers" },
  { ORCHESTRATOR, "OR.License", "Licences" },
  { ORCHESTRATOR, "OR.Machines", "Machines" },
  { ORCHESTRATOR, "OR.ML", "Machine learning" },
  { ORCHESTRATOR, "OR.Monitoring", "Logs, alerts, statistics and recordings" },
  { ORCHESTRATOR, "OR.Queues", "Queues and their items" },
  { ORCHESTRATOR, "OR.Robots", "Robots and sessions" },
  { ORCHESTRATOR, "OR.Settings", "Settings, calendars and credential stores" },
  { ORCHESTRATOR, "OR.Tasks", "Tasks and task catalogs" },
  { ORCHESTRATOR, "OR.TestDataQueues", "Test data queues" },
  { ORCHESTRATOR, "OR.TestSetExecutions", "Runs of test sets" },
  { ORCHESTRATOR, "OR.TestSets", "Test sets" },
  { ORCHESTRATOR, "OR.TestSetSchedules", "Schedules of test sets" },
  { ORCHESTRATOR, "OR.Users", "Users and roles of a tenant" },
  { ORCHESTRATOR, "OR.Webhooks", "Webhooks" },
  { PLATFORM, "PM.Audit", "The audit log of the organization" },
  { PLATFORM, "PM.AuthSetting", "How people sign in" },
  { PLATFORM, "PM.Group", "Groups of the organization" },
  { PLATFORM, "PM.License", "Licences of the organization" },
  { PLATFORM, "PM.OAuthApp", "External applications" },
  { PLATFORM, "PM.Organization", "The organization itself" },
  { PLATFORM, "PM.RobotAccount", "Robot accounts" },
  { PLATFORM, "PM.Setting", "Settings of the organization" },
  { PLATFORM, "PM.User", "People of the organization" },
  { PLATFORM, "PM.UserLoginAttempt", "Who signed in when" },
  { NULL },
};

static const char *const of_person[]
    = { "openid", "profile", "email", SANDBOX_OAUTH_SCOPE_OFFLINE, NULL };

/* What is at an address of no entity set, in lower case, or opened by another scope than the set
 * says. The longer one of two that fit counts. */
static const struct
{
  const char *address;
  const char *family;
} resources[] = {
  { "api/apitriggers", "OR.Jobs" },
  { "api/assets", "OR.Assets" },
  { "api/buckets", "OR.Buckets" },
  { "api/clientsecrets", "OR.Machines" },
  { "api/directoryservice", "OR.Users" },
  { "api/folders", "OR.Folders" },
  { "api/jobattachments", "OR.Jobs" },
  { "api/jobs", "OR.Jobs" },
  { "api/jobtriggers", "OR.Jobs" },
  { "api/jobtriggers/getpayload", ANY },
  { "api/licensing", "OR.Administration" },
  { "api/logs", "OR.Monitoring" },
  { "api/maintenance", "OR.Administration" },
  { "api/packagefeeds", "OR.Execution" },
  { "api/releases", "OR.Execution" },
  { "api/stats", "OR.Monitoring" },
  { "api/testautomation", "OR.TestSetExecutions" },
  { "api/testautomation/createtestsetforreleaseversion", "OR.TestSets" },
  { "api/testautomation/getpackageinfobytestcaseuniqueid", "OR.Execution" },
  { "api/testautomation/getreleasesforpackageversion", "OR.Execution" },
  { "api/testdataqueueactions", "OR.TestDataQueues" },
  { "forms/taskforms", "OR.Tasks" },
  { "odata/alerts", "OR.Monitoring" },
  { "odata/attachments", "OR.Folders" },
  { "odata/auditlogs", "OR.Audit" },
  { "odata/buckets", "OR.Buckets" },
  { "odata/businessrules", "OR.BusinessRules" },
  { "odata/calendars", "OR.Settings" },
  { "odata/credentialstores", "OR.Settings" },
  { "odata/executionmedia", "OR.Monitoring" },
  { "odata/httptriggers", "OR.Jobs" },
  { "odata/jobtriggers", "OR.Jobs" },
  { "odata/libraries", "OR.Execution" },
  { "odata/licensesnameduser", "OR.License" },
  { "odata/licensesruntime", "OR.License" },
  { "odata/organizationunits", "OR.Folders" },
  { "odata/personalworkspaces", "OR.Folders" },
  { "odata/personalworkspaces/" US "converttofolder", ANY },
  { "odata/personalworkspaces/" US "getpersonalworkspace", ANY },
  { "odata/personalworkspaces/" US "startexploring", ANY },
  { "odata/personalworkspaces/" US "stopexploring", ANY },
  { "odata/permissions", ANY },
  { "odata/queueitemcomments", "OR.Queues" },
  { "odata/queueitemevents", "OR.Queues" },
  { "odata/queueprocessingrecords", "OR.Queues" },
  { "odata/queueretention", "OR.Queues" },
  { "odata/queues", "OR.Queues" },
  { "odata/releaseretention", "OR.Execution" },
  { "odata/taskactivities", "OR.Tasks" },
  { "odata/taskcatalogs", "OR.Tasks" },
  { "odata/taskdefinitions", "OR.Tasks" },
  { "odata/tasknotes", "OR.Tasks" },
  { "odata/taskretention", "OR.Execution" },
  { "odata/tasks", "OR.Tasks" },
  { "odata/tenants", "OR.Administration" },
  { "odata/testcasedefinitions", "OR.TestSets" },
  { "odata/testcaseexecutions", "OR.TestSetExecutions" },
  { "odata/testdataqueueitems", "OR.TestDataQueues" },
  { "odata/testdataqueues", "OR.TestDataQueues" },
  { "odata/testsetexecutions", "OR.TestSetExecutions" },
  { "odata/testsets", "OR.TestSets" },
  { "odata/testsetschedules", "OR.TestSetSchedules" },
  { "odata/webhooks", "OR.Webhooks" },
  { "tasks/apptasks", "OR.Tasks" },
  { "tasks/generictasks", "OR.Tasks" },
};

const SandboxOauthFamily *
sandbox_oauth_scope_get_families (void)
{
  return families;
}

/* Returns: what follows @family in @scope, "" or ".Read"; NULL where it is of another family. */
static const char *
skip_family (const char *scope, const char *family)
{
  gsize length = strlen (family);

  return strncmp (scope, family, length) == 0 ? scope + length : NULL;
}

gboolean
sandbox_oauth_scope_is_known (const char *scope)
{
  g_return_val_if_fail (scope != NULL, FALSE);

  for (const SandboxOauthFamily *family = families; family->name != NULL; family++)
    {
      const char *rest = skip_family (scope, family->name);

      if (rest != NULL
          && (*rest == '\0'
              || (!family->alone && (g_str_equal (rest, ".Read") || g_str_equal (rest, ".Write")))))
        return TRUE;
    }

  return FALSE;
}

gboolean
sandbox_oauth_scope_are_known (const char *scopes)
{
  g_auto (GStrv) names = NULL;

  g_return_val_if_fail (scopes != NULL, FALSE);

  names = g_strsplit (scopes, " ", -1);
  for (guint i = 0; names[i] != NULL; i++)
    if (!sandbox_oauth_scope_is_known (names[i]))
      return FALSE;

  return TRUE;
}

gboolean
sandbox_oauth_scope_is_of_person (const char *scope)
{
  g_return_val_if_fail (scope != NULL, FALSE);

  return g_strv_contains (of_person, scope);
}

gboolean
sandbox_oauth_scope_contains (const char *scopes, const char *scope)
{
  gsize length;

  g_return_val_if_fail (scopes != NULL && scope != NULL, FALSE);

  length = strlen (scope);
  for (const char *found = scopes; (found = strstr (found, scope)) != NULL; found++)
    if ((found == scopes || found[-1] == ' ') && (found[length] == ' ' || found[length] == '\0'))
      return TRUE;

  return FALSE;
}

gboolean
sandbox_oauth_scope_allows (const char *granted, const char *family, gboolean write)
{
  g_autofree char *exact = NULL;

  g_return_val_if_fail (family != NULL, FALSE);

  if (granted == NULL || sandbox_oauth_scope_contains (granted, family))
    return TRUE;
  /* The definition wants OR.Administration for buckets, the vendor's SDK asks for OR.Buckets (fact
   * sheet 2.3). */
  if (g_str_equal (family, "OR.Buckets")
      && sandbox_oauth_scope_allows (granted, "OR.Administration", write))
    return TRUE;
  exact = g_strconcat (family, write ? ".Write" : ".Read", NULL);

  return sandbox_oauth_scope_contains (granted, exact)
         || (g_str_has_prefix (family, "OR.")
             && sandbox_oauth_scope_contains (granted, SANDBOX_OAUTH_SCOPE_DEFAULT));
}

static const char *
find_resource (const char *address)
{
  for (gsize i = 0; i < G_N_ELEMENTS (resources); i++)
    if (g_str_equal (resources[i].address, address))
      return resources[i].family;

  return NULL;
}

const char *
sandbox_oauth_scope_find_family (const SandboxPath *path, guint first)
{
  const char *service, *pattern;
  const char *family = NULL;
  g_autofree char *name = NULL;
  g_autofree char *address = NULL;

  g_return_val_if_fail (path != NULL, NULL);

  if (path->patterns->len < first + 2)
    return NULL;
  service = path->patterns->pdata[first];
  pattern = path->patterns->pdata[first + 1];
  name = g_strndup (pattern, strcspn (pattern, "("));
  address = g_strconcat (service, "/", name, NULL);
  if (path->patterns->len > first + 2)
    {
      g_autofree char *longer
          = g_strconcat (address, "/", (const char *)path->patterns->pdata[first + 2], NULL);

      family = find_resource (longer);
    }

  if (family == NULL)
    family = find_resource (address);
  if (family == NULL && g_str_equal (service, "odata"))
    {
      const SandboxEntitySet *set = sandbox_entity_set_find (name);

      family = set != NULL ? set->oauth : NULL;
    }

  return family != NULL && *family != '\0' ? family : NULL;
}

char *
sandbox_oauth_scope_dup_all (gboolean platform)
{
  GString *all = g_string_new (NULL);

  for (const SandboxOauthFamily *family = families; family->name != NULL; family++)
    if (!family->alone && (platform || g_str_equal (family->resource, ORCHESTRATOR)))
      g_string_append_printf (all, "%s%s %s.Read %s.Write", all->len > 0 ? " " : "", family->name,
                              family->name, family->name);

  return g_string_free (all, FALSE);
}
