/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <baton-json.h>

#include "sandbox-test.h"

#define US "UiPath.Server.Configuration.OData."

static SandboxTest *sandbox;

static guint
count_rows (SandboxAnswer *answer)
{
  return baton_json_length (baton_json_peek_array (answer->json, "value"));
}

static JsonObject *
get_row (SandboxAnswer *answer, guint position)
{
  return baton_json_peek_object_at (baton_json_peek_array (answer->json, "value"), position);
}

/* As the administrator with no folder header. */
static SandboxAnswer *
get (const char *address)
{
  return sandbox_test_send (sandbox, "GET", address, sandbox->token, 0, NULL, NULL);
}

static SandboxAnswer *
get_filtered (const char *set, const char *options, const char *filter)
{
  g_autofree char *encoded = g_uri_escape_string (filter, NULL, FALSE);
  g_autofree char *address = g_strdup_printf ("odata/%s?%s$filter=%s", set, options, encoded);

  return sandbox_test_get (sandbox, address);
}

static void
test_sets (void)
{
  static const char *const sets[] = {
    "Folders",
    "Releases",
    "Jobs",
    "QueueDefinitions",
    "QueueItems",
    "Assets",
    "ProcessSchedules",
    "RobotLogs",
    "Robots",
    "Machines",
    "Sessions",
    "Users",
    "Roles",
    "Processes",
    "Settings",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (sets); i++)
    {
      g_autofree char *address = g_strdup_printf ("odata/%s?$top=3&$count=true", sets[i]);
      g_autofree char *context = g_strdup_printf ("%s/odata/$metadata#%s", sandbox->orchestrator,
                                                  sets[i]);
      g_autoptr (SandboxAnswer) answer = sandbox_test_get (sandbox, address);

      g_test_message ("%s", sets[i]);
      sandbox_assert_status (answer, 200);
      g_assert_cmpstr (answer->type, ==, "application/json");
      g_assert_cmpstr (baton_json_peek_string (answer->json, "@odata.context"), ==, context);
      g_assert_cmpuint (count_rows (answer), ==, 3);
      g_assert_cmpint (baton_json_peek_int (answer->json, "@odata.count", -1), >=, 3);
      g_assert_true (baton_json_has (get_row (answer, 0), "Id"));
    }
}

static void
test_by_key (void)
{
  static const char *const sets[] = {
    "Folders",          "Releases", "Jobs",     "QueueDefinitions", "QueueItems", "Assets",
    "ProcessSchedules", "Robots",   "Machines", "Sessions",         "Users",      "Roles",
    "RobotLogs",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (sets); i++)
    {
      g_autofree char *list = g_strdup_printf ("odata/%s?$top=1", sets[i]);
      g_autofree char *address = NULL;
      g_autofree char *missing = g_strdup_printf ("odata/%s(99999999)", sets[i]);
      g_autofree char *text = g_strdup_printf ("odata/%s('x')", sets[i]);
      g_autoptr (SandboxAnswer) answer = sandbox_test_get (sandbox, list);
      g_autoptr (SandboxAnswer) one = NULL;
      g_autoptr (SandboxAnswer) none = sandbox_test_get (sandbox, missing);
      g_autoptr (SandboxAnswer) wrong = sandbox_test_get (sandbox, text);
      gint64 id = baton_json_peek_int (get_row (answer, 0), "Id", 0);

      address = g_strdup_printf ("odata/%s(%" G_GINT64_FORMAT ")", sets[i], id);
      one = sandbox_test_get (sandbox, address);
      sandbox_assert_status (one, 200);
      g_assert_cmpint (baton_json_peek_int (one->json, "Id", 0), ==, id);
      g_assert_true (
          g_str_has_suffix (baton_json_peek_string (one->json, "@odata.context"), "/$entity"));
      sandbox_assert_error (none, 404, 1002);
      sandbox_assert_error (wrong, 400, 1000);
    }

  {
    g_autoptr (SandboxAnswer) answer = get ("odata/Processes?$top=1");
    const char *key = baton_json_peek_string (get_row (answer, 0), "Key");
    g_autofree char *address = g_strdup_printf ("odata/Processes('%s')", key);
    g_autofree char *arguments = g_strdup_printf ("odata/Processes/" US "GetArguments(key='%s')",
                                                  key);
    g_autoptr (SandboxAnswer) one = get (address);
    g_autoptr (SandboxAnswer) metadata = get (arguments);
    g_autoptr (SandboxAnswer) setting = get ("odata/Settings('Abp.Timing.TimeZone')");

    sandbox_assert_status (one, 200);
    g_assert_cmpstr (baton_json_peek_string (one->json, "Key"), ==, key);
    sandbox_assert_status (metadata, 200);
    g_assert_cmpint (setting->status == 200 || setting->status == 404, ==, TRUE);
  }
}

static void
test_count (void)
{
  static const struct
  {
    const char *address;
    gboolean counted;
  } cases[] = {
    { "odata/Jobs?$top=1", FALSE },
    { "odata/Jobs?$top=1&$count=true", TRUE },
    { "odata/Jobs?$top=1&$count=false", FALSE },
    { "odata/QueueItems?$top=1", FALSE },
    { "odata/QueueItems?$top=1&$count=true", TRUE },
    { "odata/Assets?$top=1", TRUE },
    { "odata/Folders?$top=0", TRUE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (SandboxAnswer) answer = sandbox_test_get (sandbox, cases[i].address);

      sandbox_assert_status (answer, 200);
      g_assert_cmpint (baton_json_has (answer->json, "@odata.count"), ==, cases[i].counted);
    }

  {
    g_autoptr (SandboxAnswer) all = get ("odata/Jobs?$top=0&$count=true");
    g_autoptr (SandboxAnswer) shared = sandbox_test_get (sandbox, "odata/Jobs?$top=0&$count=true");
    g_autoptr (SandboxAnswer) beyond = get ("odata/Jobs?$top=5&$skip=2000000000&$count=true");

    g_assert_cmpint (baton_json_peek_int (all->json, "@odata.count", 0), >,
                     baton_json_peek_int (shared->json, "@odata.count", 0));
    g_assert_cmpint (baton_json_peek_int (all->json, "@odata.count", 0), ==,
                     baton_json_peek_int (beyond->json, "@odata.count", 0));
    g_assert_cmpuint (count_rows (all), ==, 0);
    g_assert_cmpuint (count_rows (beyond), ==, 0);
  }
}

/* Every row once and in order, whichever way the pages were walked to. */
static void
test_paging (void)
{
  static const char *const orders[] = { "Id", "CreationTime%20desc", "State,StartTime%20desc",
                                        "Release/Name" };

  for (gsize i = 0; i < G_N_ELEMENTS (orders); i++)
    {
      g_autoptr (GHashTable) seen = g_hash_table_new (NULL, NULL);
      g_autoptr (SandboxAnswer) first = get ("odata/Jobs?$top=0&$count=true");
      gint64 count = baton_json_peek_int (first->json, "@odata.count", 0);
      gint64 skip = 0;
      guint n;

      do
        {
          g_autofree char *address = g_strdup_printf (
              "odata/Jobs?$select=Id&$top=1000&$skip=%" G_GINT64_FORMAT "&$orderby=%s", skip,
              orders[i]);
          g_autoptr (SandboxAnswer) answer = get (address);

          sandbox_assert_status (answer, 200);
          n = count_rows (answer);
          for (guint k = 0; k < n; k++)
            g_assert_true (g_hash_table_add (
                seen, GINT_TO_POINTER (baton_json_peek_int (get_row (answer, k), "Id", 0))));
          skip += n;
        }
      while (n > 0);
      g_assert_cmpint (skip, ==, count);
    }
}

/* A page must be the same whether it is walked to from the front or from the end. */
static void
test_far_pages (void)
{
  gint64 count, previous = G_MAXINT64;
  g_autoptr (SandboxAnswer) all = get ("odata/Jobs?$top=0&$count=true");

  count = baton_json_peek_int (all->json, "@odata.count", 0);
  g_assert_cmpint (count, >, 2400);
  for (gint64 skip = count / 2 - 50; skip < count; skip += 37)
    {
      g_autofree char *address = g_strdup_printf (
          "odata/Jobs?$select=Id&$top=37&$skip=%" G_GINT64_FORMAT "&$orderby=Id%%20desc", skip);
      g_autoptr (SandboxAnswer) answer = get (address);
      guint n = count_rows (answer);

      g_assert_cmpint (n, ==, MIN (37, count - skip));
      for (guint i = 0; i < n; i++)
        {
          gint64 id = baton_json_peek_int (get_row (answer, i), "Id", 0);

          g_assert_cmpint (id, <, previous);
          previous = id;
        }
    }
}

static void
test_caps (void)
{
  g_autoptr (SandboxAnswer) jobs = get ("odata/Jobs?$top=5000");
  g_autoptr (SandboxAnswer) all = get ("odata/Jobs");
  g_autoptr (SandboxAnswer) items = get ("odata/QueueItems?$top=1000");
  g_autoptr (SandboxTest) capped = sandbox_test_start ("--page-cap=25", "--jobs=100", NULL);
  g_autoptr (SandboxAnswer) page = sandbox_test_send (
      capped, "GET", "odata/Jobs?$top=100&$count=true", capped->token, 0, NULL, NULL);

  g_assert_cmpuint (count_rows (jobs), ==, 1000);
  g_assert_cmpuint (count_rows (all), ==, 1000);
  g_assert_cmpuint (count_rows (items), ==, 100);
  g_assert_cmpuint (count_rows (page), ==, 25);
  g_assert_cmpint (baton_json_peek_int (page->json, "@odata.count", 0), ==, 100);
}

static void
test_options (void)
{
  static const char *const same[] = {
    "odata/"
    "Jobs?$top=2&$filter=State%20eq%20'Faulted'&$orderby=Id%20desc&$select=Id,State&$count=true&$"
    "skip=1",
    "odata/"
    "Jobs?$TOP=2&$Filter=State%20eq%20'Faulted'&$OrderBy=Id%20desc&$SELECT=id,state&$Count=TRUE&$"
    "skip=1",
    "odata/Jobs?top=2&filter=State+eq+'Faulted'&orderby=Id+desc&select=Id,State&count=true&skip=1",
    "odata/"
    "jobs?$top=2&$filter=State%20eq%20%27Faulted%27&$orderby=Id%20desc&$select=Id,State&$count="
    "true&$skip=1"
    "&mandatoryPermissions=Jobs.View&mandatoryPermissions=Jobs.Edit",
  };
  g_autofree char *expected = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (same); i++)
    {
      g_autoptr (SandboxAnswer) answer = sandbox_test_get (sandbox, same[i]);

      sandbox_assert_status (answer, 200);
      g_assert_cmpuint (count_rows (answer), ==, 2);
      g_assert_cmpstr (baton_json_peek_string (get_row (answer, 0), "State"), ==, "Faulted");
      if (expected == NULL)
        expected = g_strdup (answer->text);
      g_assert_cmpstr (answer->text, ==, expected);
    }

  {
    g_autoptr (SandboxAnswer)
        answer = get ("odata/Sessions/" US
                      "GetGlobalSessions?$top=1&$expand=Robot($select=Id,Name;$expand=User),Job");
    JsonObject *robot = baton_json_peek_object (get_row (answer, 0), "Robot");

    sandbox_assert_status (answer, 200);
    g_assert_nonnull (baton_json_peek_object (robot, "User"));
    g_assert_false (baton_json_has (robot, "Username"));
  }
}

static void
test_wrong_options (void)
{
  g_autoptr (GString) deep = g_string_new ("odata/Jobs?$filter=");
  static const struct
  {
    const char *address;
    const char *says;
  } cases[] = {
    { "odata/Jobs?$filter=State%20eqq%20'Running'", "'eqq' at position 7" },
    { "odata/Jobs?$filter=Nope%20eq%201", "Jobs has no property 'Nope'" },
    { "odata/Jobs?$orderby=Nope", "'$orderby'" },
    { "odata/Jobs?$top=-1", "'$top'" },
    { "odata/Jobs?$skip=x", "'$skip'" },
    { "odata/Jobs?$count=maybe", "'$count'" },
    { "odata/Jobs?$select=Nope", "'Nope' at position 1" },
    { "odata/Jobs?$expand=Nope", "'Nope' at position 1" },
    { "odata/Jobs?$search=x", "'$search' is not allowed" },
    { "odata/Jobs?$foo=x", "'$foo' is not known" },
    { "odata/Jobs?$top=1&$top=2", "'$top'" },
    { "odata/Jobs?$top=1&top=2", "twice" },
    { "odata/Jobs(1)?$select=Nope", "'Nope'" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (SandboxAnswer) answer = sandbox_test_get (sandbox, cases[i].address);

      sandbox_assert_error (answer, 400, 1000);
      g_test_message ("%s", baton_json_peek_string (answer->json, "message"));
      g_assert_nonnull (strstr (baton_json_peek_string (answer->json, "message"), cases[i].says));
      g_assert_true (g_str_has_prefix (baton_json_peek_string (answer->json, "traceId"), "00-"));
    }

  for (guint i = 0; i < 10000; i++)
    g_string_append_c (deep, '(');
  {
    g_autoptr (SandboxAnswer) answer = sandbox_test_get (sandbox, deep->str);
    g_autoptr (SandboxAnswer) after = sandbox_test_get (sandbox, "odata/Jobs?$top=1");

    sandbox_assert_error (answer, 400, 1000);
    sandbox_assert_status (after, 200);
  }
}

static void
test_injection (void)
{
  static const char *const filters[] = {
    "ReleaseName eq ''' OR 1=1 --'",
    "ReleaseName eq 'x'';DROP TABLE Jobs;--'",
    "contains(ReleaseName,'%'' OR ''1''=''1')",
  };
  g_autoptr (SandboxAnswer)
      folder = sandbox_test_send (sandbox, "GET", "odata/Assets?$filter=Name%20eq%20'x'",
                                  sandbox->token, sandbox->shared, NULL, NULL);
  g_autoptr (SandboxAnswer) key = get ("odata/Processes('x''%20OR%20''1''=''1')");
  g_autoptr (SandboxAnswer) still = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (filters); i++)
    {
      g_autoptr (SandboxAnswer) answer = get_filtered ("Jobs", "$count=true&", filters[i]);

      sandbox_assert_status (answer, 200);
      g_assert_cmpint (baton_json_peek_int (answer->json, "@odata.count", -1), ==, 0);
    }
  sandbox_assert_status (folder, 200);
  sandbox_assert_error (key, 404, 1002);
  still = get ("odata/Jobs?$top=1");
  g_assert_cmpuint (count_rows (still), ==, 1);
}

static SandboxAnswer *
get_with_header (const char *address, const char *name, const char *value)
{
  g_autofree char *uri = g_strconcat (sandbox->orchestrator, "/", address, NULL);
  g_autoptr (SoupMessage) message = soup_message_new ("GET", uri);
  g_autofree char *bearer = g_strconcat ("Bearer ", sandbox->token, NULL);
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GError) error = NULL;
  SandboxAnswer *answer = g_new0 (SandboxAnswer, 1);

  soup_message_headers_replace (soup_message_get_request_headers (message), "Authorization",
                                bearer);
  soup_message_headers_replace (soup_message_get_request_headers (message), name, value);
  bytes = soup_session_send_and_read (sandbox->session, message, NULL, &error);
  g_assert_no_error (error);
  answer->status = soup_message_get_status (message);
  answer->text = g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
  answer->node = baton_json_parse_text (answer->text, -1, NULL);
  answer->json = answer->node != NULL ? baton_json_peek_root_object (answer->node) : NULL;

  return answer;
}

static void
test_folders (void)
{
  g_autoptr (SandboxAnswer) folders =
      get ("odata/Folders?$filter=FullyQualifiedName%20eq%20'Finance/Accounts%20Payable'");
  JsonObject *folder = get_row (folders, 0);
  g_autofree char *id = g_strdup_printf ("%" G_GINT64_FORMAT,
                                         baton_json_peek_int (folder, "Id", 0));
  const char *path = "Finance/Accounts Payable";
  gsize length;
  g_autofree char *wide = g_convert (path, -1, "UTF-16LE", "UTF-8", NULL, &length, NULL);
  g_autofree char *encoded = g_base64_encode ((const guchar *) wide, length);
  g_autofree char *expected = NULL;
  const struct
  {
    const char *name;
    const char *value;
  } good[] = {
    { "X-UIPATH-OrganizationUnitId", id },
    { "X-UIPATH-FolderKey", baton_json_peek_string (folder, "Key") },
    { "X-UIPATH-FolderPath", path },
    { "X-UIPATH-FolderPath-Encoded", encoded },
    { "x-uipath-folderpath", "/finance/accounts payable" },
  };
  static const struct
  {
    const char *name;
    const char *value;
  } bad[] = {
    { "X-UIPATH-OrganizationUnitId", "999999" },
    { "X-UIPATH-OrganizationUnitId", "acme" },
    { "X-UIPATH-OrganizationUnitId", "-1" },
    { "X-UIPATH-FolderKey", "00000000-0000-0000-0000-000000000000" },
    { "X-UIPATH-FolderPath", "No/Such" },
    { "X-UIPATH-FolderPath-Encoded", "!!!" },
    { "X-UIPATH-FolderPath-Encoded", "YQ==" },
    { "X-UIPATH-FolderPath-Encoded", "ANg=" },
  };
  /* Fact sheet 1.3. */
  static const char *const mandatory[]
      = { "Assets",       "Buckets",         "BusinessRules",     "ProcessSchedules", "HttpTriggers",
          "ApiTriggers",  "RobotLogs",       "ExecutionMedia",    "QueueItemEvents",  "QueueItemComments",
          "JobTriggers",  "QueueRetention",  "ReleaseRetention",  "Tasks",            "TaskCatalogs",
          "Sessions" };

  for (gsize i = 0; i < G_N_ELEMENTS (good); i++)
    {
      g_autoptr (SandboxAnswer)
          answer = get_with_header ("odata/Assets", good[i].name, good[i].value);

      g_test_message ("%s: %s", good[i].name, good[i].value);
      sandbox_assert_status (answer, 200);
      if (expected == NULL)
        expected = g_strdup (answer->text);
      g_assert_cmpstr (answer->text, ==, expected);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (SandboxAnswer)
          answer = get_with_header ("odata/Assets", bad[i].name, bad[i].value);
      g_autoptr (SandboxAnswer) across = get_with_header ("odata/Jobs", bad[i].name, bad[i].value);

      g_test_message ("%s: %s", bad[i].name, bad[i].value);
      sandbox_assert_error (answer, 400, 1100);
      sandbox_assert_error (across, 400, 1100);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (mandatory); i++)
    {
      g_autofree char *address = g_strconcat ("odata/", mandatory[i], NULL);
      g_autoptr (SandboxAnswer) answer = get (address);

      g_test_message ("%s", mandatory[i]);
      sandbox_assert_error (answer, 400, 1101);
      g_assert_cmpstr (baton_json_peek_string (answer->json, "message"), ==,
                       "A folder is required for this action.");
    }
}

static void
assert_not_authenticated (SandboxAnswer *answer)
{
  sandbox_assert_status (answer, 401);
  g_assert_cmpstr (baton_json_peek_string (answer->json, "message"), ==,
                   "You are not authenticated!");
  g_assert_true (baton_json_peek_bool (answer->json, "__abp", FALSE));
  g_assert_cmpint (baton_json_peek_int (answer->json, "errorCode", -1), ==, 0);
  g_assert_false (baton_json_peek_bool (answer->json, "unAuthorizedRequest", TRUE));
  g_assert_nonnull (
      baton_json_peek_string (baton_json_peek_object (answer->json, "error"), "details"));
}

static void
test_addresses (void)
{
  static const char *const good[] = {
    "/acme/DefaultTenant/odata/Folders",
    "/acme/DefaultTenant/orchestrator_/odata/Folders",
    "/ACME/defaulttenant/Orchestrator_/ODATA/folders",
    "/6f0c3a52-8f1d-4c4e-9b7a-2f6d0e51a001/1a7e4b90-53c2-4d8f-a1b6-7c90de12b001/odata/Folders",
    "//acme//DefaultTenant/orchestrator_//odata/Folders/",
    "/acme/ProductionXk4v01326/odata/Folders",
  };
  /* The mistake that started it all, and its relatives: the display name, a folder, an organisation
   * that is none. */
  static const char *const wrong[] = {
    "/DefaultTenant/Shared/odata/Settings/UiPath.Server.Configuration.OData.GetLicense",
    "/acme/Production/odata/Folders",
    "/acme/Shared/odata/Folders",
    "/Acme%20Corporation/DefaultTenant/odata/Folders",
    "/DefaultTenant/acme/orchestrator_/odata/Folders",
    "/nobody/DefaultTenant/orchestrator_/api/Status/Version",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (good); i++)
    {
      g_autoptr (SandboxAnswer)
          answer = sandbox_test_send (sandbox, "GET", good[i], sandbox->token, 0, NULL, NULL);

      g_test_message ("%s", good[i]);
      sandbox_assert_status (answer, 200);
      g_assert_cmpuint (count_rows (answer), >=, 5);
      g_assert_true (g_str_has_prefix (baton_json_peek_string (answer->json, "@odata.context"),
                                       sandbox->origin));
    }
  for (gsize i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_autoptr (SandboxAnswer)
          answer = sandbox_test_send (sandbox, "GET", wrong[i], sandbox->token, 0, NULL, NULL);

      g_test_message ("%s", wrong[i]);
      assert_not_authenticated (answer);
    }

  {
    g_autoptr (SandboxAnswer)
        none = sandbox_test_send (sandbox, "GET", "odata/Folders", NULL, 0, NULL, NULL);
    g_autoptr (SandboxAnswer)
        bad = sandbox_test_send (sandbox, "GET", "odata/Folders", "nonsense", 0, NULL, NULL);

    assert_not_authenticated (none);
    assert_not_authenticated (bad);
  }
}

static void
test_rooted_addresses (void)
{
  static const char *const tenants[] = { "DefaultTenant", "defaulttenant", "ProductionXk4v01326" };
  const char *address;
  g_autofree char *keep = g_strdup (sandbox->orchestrator);
  g_autoptr (SandboxAnswer) wrong = NULL;

  g_free (sandbox->orchestrator);
  sandbox->orchestrator = g_strdup (sandbox->origin);
  address = "odata/Folders?$top=1";
  for (gsize i = 0; i < G_N_ELEMENTS (tenants); i++)
    {
      g_autofree char *context = g_strconcat (sandbox->origin, "/odata/$metadata#Folders", NULL);
      g_autoptr (SandboxAnswer)
          answer = get_with_header (address, "X-UIPATH-TenantName", tenants[i]);

      sandbox_assert_status (answer, 200);
      g_assert_cmpstr (baton_json_peek_string (answer->json, "@odata.context"), ==, context);
    }
  wrong = get_with_header (address, "X-UIPATH-TenantName", "Nowhere");
  assert_not_authenticated (wrong);
  g_free (sandbox->orchestrator);
  sandbox->orchestrator = g_steal_pointer (&keep);
}

static void
test_other_paths (void)
{
  static const struct
  {
    const char *method;
    const char *address;
    guint status;
  } cases[] = {
    { "GET", "odata/Nope", 404 },
    { "GET", "odata/UserRoles", 404 },
    { "GET", "odata/Jobs(1)/Nope", 404 },
    { "GET", "api/Nope", 404 },
    { "PATCH", "odata/Jobs", 405 },
    { "DELETE", "odata/Jobs(1)", 405 },
    { "GET", "odata/Jobs/" US "StartJobs", 405 },
  };
  static const char *const pages[] = {
    "/", "/portal_/nowhere", "/acme/portal_/x", "/identity_/nope", "/acme", "/acme/x/y"
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (SandboxAnswer) answer = sandbox_test_send (
          sandbox, cases[i].method, cases[i].address, sandbox->token, 0, NULL, NULL);

      g_test_message ("%s %s: %s", cases[i].method, cases[i].address, answer->text);
      sandbox_assert_status (answer, cases[i].status);
      g_assert_nonnull (baton_json_peek_string (answer->json, "message"));
    }
  for (gsize i = 0; i < G_N_ELEMENTS (pages); i++)
    {
      g_autoptr (SandboxAnswer)
          answer = sandbox_test_send (sandbox, "GET", pages[i], NULL, 0, NULL, NULL);

      sandbox_assert_status (answer, 200);
      g_assert_cmpstr (answer->type, ==, "text/html");
      g_assert_true (*answer->text == '<');
    }
}

static void
test_bodies (void)
{
  g_autofree char *deep = g_strnfill (300000, '[');
  const struct
  {
    const char *type;
    const char *body;
    guint status;
  } cases[] = {
    { "application/json", "{", 400 },
    { "application/json", "[1]", 400 },
    { "application/json", "\xff\xfe", 400 },
    { "application/json", deep, 400 },
    { "text/plain", "{}", 415 },
    { "application/json", "{\"a\":1} x", 400 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (SandboxAnswer)
          answer = sandbox_test_send (sandbox, "POST", "odata/Jobs/" US "StartJobs", sandbox->token,
                                      sandbox->shared, cases[i].type, cases[i].body);

      sandbox_assert_status (answer, cases[i].status);
      g_assert_nonnull (baton_json_peek_string (answer->json, "message"));
    }
}

static void
test_functions (void)
{
  static const char *const lists[] = {
    "odata/Robots/" US "GetConfiguredRobots?$expand=User",
    "odata/Sessions/" US "GetGlobalSessions?$expand=Robot",
    "odata/Sessions/" US "GetMachineSessionRuntimes",
    "odata/Sessions/" US "GetMachineSessionRuntimes?runtimeType=Unattended",
    "odata/Assets/" US "GetAssetsAcrossFolders",
    "odata/Assets/" US "GetAssetsAcrossFolders()",
    "odata/QueueDefinitions/" US "GetQueuesAcrossFolders?excludeFolderId=1",
    "odata/Assets/" US "GetFiltered?$top=2",
    "odata/QueueProcessingRecords/UiPathODataSvc.RetrieveQueuesProcessingStatus",
    "odata/Machines/" US "GetRuntimesForFolder(folderId=1)",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (lists); i++)
    {
      g_autoptr (SandboxAnswer) answer = sandbox_test_get (sandbox, lists[i]);

      g_test_message ("%s", lists[i]);
      sandbox_assert_status (answer, 200);
      g_assert_cmpuint (count_rows (answer), >, 0);
    }

  {
    g_autoptr (SandboxAnswer) excluded = NULL;
    g_autoptr (SandboxAnswer) jobs = sandbox_test_get (sandbox, "odata/Jobs?$top=1");
    g_autofree char *by_key = g_strdup_printf ("odata/Jobs/" US "GetByKey(identifier=%s)",
                                               baton_json_peek_string (get_row (jobs, 0), "Key"));
    g_autofree char *others = g_strdup_printf (
        "odata/Assets/" US "GetAssetsAcrossFolders?excludeFolderId=%" G_GINT64_FORMAT "&$top=1000",
        sandbox->shared);
    g_autoptr (SandboxAnswer) job = sandbox_test_get (sandbox, by_key);
    g_autoptr (SandboxAnswer)
        wrong = sandbox_test_get (sandbox, "odata/Jobs/" US "GetByKey(identifier=5)");
    g_autoptr (SandboxAnswer) all = get ("odata/Assets/" US "GetAssetsAcrossFolders?$top=1000");
    g_autoptr (SandboxAnswer)
        runtimes = get ("odata/Machines/" US "GetRuntimesForFolder(folderId=x)");
    g_autoptr (SandboxAnswer)
        type = get ("odata/Sessions/" US "GetMachineSessionRuntimes?runtimeType=Nope");

    sandbox_assert_status (job, 200);
    g_assert_cmpint (baton_json_peek_int (job->json, "Id", 0), ==,
                     baton_json_peek_int (get_row (jobs, 0), "Id", -1));
    sandbox_assert_error (wrong, 400, 1000);
    sandbox_assert_error (runtimes, 400, 1000);
    sandbox_assert_error (type, 400, 1000);
    excluded = get (others);
    g_assert_cmpuint (count_rows (excluded), <, count_rows (all));
  }
}

/* By Windows' names, each once, though many zones of the world have the same. */
static void
test_time_zones (void)
{
  g_autoptr (SandboxAnswer) zones = get ("odata/Settings/" US "GetTimezones");
  g_autoptr (GHashTable) names = g_hash_table_new (g_str_hash, g_str_equal);
  JsonArray *items = baton_json_peek_array (zones->json, "Items");

  sandbox_assert_status (zones, 200);
  for (guint i = 0; i < baton_json_length (items); i++)
    {
      const char *name = baton_json_peek_string (baton_json_peek_object_at (items, i), "Value");

      g_assert_nonnull (name);
      g_assert_true (g_hash_table_add (names, (gpointer) name));
    }
  g_assert_cmpuint (g_hash_table_size (names), >, 100);
  g_assert_true (g_hash_table_contains (names, "UTC"));
  g_assert_true (g_hash_table_contains (names, "W. Europe Standard Time"));
}

static void
test_tenant (void)
{
  g_autoptr (SandboxAnswer) license = get ("odata/Settings/" US "GetLicense");
  g_autoptr (SandboxAnswer) user = get ("odata/Users/" US "GetCurrentUser()");
  g_autoptr (SandboxAnswer) permissions = get ("odata/Users/" US "GetCurrentPermissions");
  g_autoptr (SandboxAnswer)
      version = sandbox_test_send (sandbox, "GET", "api/Status/Version", NULL, 0, NULL, NULL);
  g_autoptr (SandboxAnswer)
      status = sandbox_test_send (sandbox, "GET", "api/status/get", NULL, 0, NULL, NULL);
  g_autoptr (SandboxAnswer) mine = get ("api/Folders/GetAllForCurrentUser?take=3&skip=1");
  g_autoptr (SandboxAnswer) wrong = get ("api/Folders/GetAllForCurrentUser?take=x");
  g_autoptr (SandboxAnswer) tree = get ("api/FoldersNavigation/GetAllFoldersForCurrentUser");
  JsonArray *folders;

  sandbox_assert_status (license, 200);
  g_assert_cmpint (
      baton_json_peek_int (baton_json_peek_object (license->json, "Allowed"), "Unattended", 0), >,
      0);
  g_assert_cmpint (baton_json_peek_int (license->json, "ExpireDate", 0), >,
                   g_get_real_time () / G_USEC_PER_SEC);
  sandbox_assert_status (user, 200);
  g_assert_cmpstr (baton_json_peek_string (user->json, "UserName"), ==,
                   sandbox_test_get_ready (sandbox, "username"));
  g_assert_cmpuint (baton_json_length (baton_json_peek_array (permissions->json, "Permissions")), >,
                    50);
  sandbox_assert_status (version, 200);
  g_assert_nonnull (baton_json_peek_string (version->json, "version"));
  sandbox_assert_status (status, 200);
  g_assert_true (status->text == NULL || *status->text == 0);
  g_assert_cmpuint (baton_json_length (baton_json_peek_array (mine->json, "PageItems")), ==, 3);
  g_assert_cmpint (baton_json_peek_int (mine->json, "Count", 0), >=, 8);
  sandbox_assert_error (wrong, 400, 1000);

  /* A folder stands behind the one that it lies in, at the next level. */
  folders = baton_json_peek_root_array (tree->node);
  g_assert_cmpuint (baton_json_length (folders), ==,
                    (guint) baton_json_peek_int (mine->json, "Count", 0));
  for (guint i = 1; i < baton_json_length (folders); i++)
    {
      JsonObject *before = baton_json_peek_object_at (folders, i - 1),
                 *folder = baton_json_peek_object_at (folders, i);
      gint64 step = baton_json_peek_int (folder, "Level", -1) -
                    baton_json_peek_int (before, "Level", -1);

      g_assert_cmpint (step, <=, 1);
      if (step == 1)
        {
          g_assert_true (baton_json_peek_bool (before, "HasChildren", FALSE));
          g_assert_cmpint (baton_json_peek_int (folder, "ParentId", 0), ==,
                           baton_json_peek_int (before, "Id", -1));
        }
    }
}

/* A user who may only look: refused with the name of what lacks, and blind to folders that are not
 * theirs. */
static void
test_viewer (void)
{
  const char *viewer = "rt_sandbox-viewer-access-token-0123456789ab";
  g_autoptr (SandboxAnswer)
      jobs = sandbox_test_send (sandbox, "GET", "odata/Jobs?$top=1", viewer, 0, NULL, NULL);
  g_autoptr (SandboxAnswer)
      start = sandbox_test_send (sandbox, "POST", "odata/Jobs/" US "StartJobs", viewer,
                                 sandbox->shared, NULL, "{\"startInfo\":{}}");
  g_autoptr (SandboxAnswer) all = get ("odata/Folders");
  g_autoptr (SandboxAnswer)
      mine = sandbox_test_send (sandbox, "GET", "odata/Folders", viewer, 0, NULL, NULL);

  sandbox_assert_status (jobs, 200);
  sandbox_assert_status (start, 403);
  g_assert_nonnull (strstr (baton_json_peek_string (start->json, "message"), "Jobs.Create"));
  g_assert_cmpint (count_rows (mine), <=, count_rows (all));
}

static void
test_latency (void)
{
  g_autoptr (SandboxTest) slow = sandbox_test_start ("--latency=150", "--jobs=10", NULL);
  gint64 before = g_get_monotonic_time ();
  g_autoptr (SandboxAnswer)
      answer = sandbox_test_send (slow, "GET", "odata/Jobs", slow->token, 0, NULL, NULL);

  sandbox_assert_status (answer, 200);
  g_assert_cmpint (g_get_monotonic_time () - before, >=, 150000);
}

static guint
count_descriptors (void)
{
  g_autofree char *path = g_strdup_printf ("/proc/%s/fd",
                                           g_subprocess_get_identifier (sandbox->process));
  g_autoptr (GError) error = NULL;
  g_autoptr (GDir) folder = g_dir_open (path, 0, &error);
  guint n = 0;

  g_assert_no_error (error);
  while (g_dir_read_name (folder) != NULL)
    n++;

  return n;
}

/* Asks on a connection of its own. Where @half, the client says first that it will send no more. */
static void
ask_and_go (gboolean half)
{
  static const char request[] =
      "GET /acme/DefaultTenant/api/Status/Version HTTP/1.1\r\nHost: localhost\r\n\r\n";
  g_autoptr (GSocketClient) client = g_socket_client_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (GSocketConnection)
      connection = g_socket_client_connect_to_uri (client, sandbox->origin, 80, NULL, &error);
  char buffer[512];

  g_assert_no_error (error);
  g_output_stream_write_all (g_io_stream_get_output_stream (G_IO_STREAM (connection)), request,
                             sizeof request - 1, NULL, NULL, &error);
  g_assert_no_error (error);
  if (half)
    g_socket_shutdown (g_socket_connection_get_socket (connection), FALSE, TRUE, NULL);
  g_assert_cmpint (g_input_stream_read (g_io_stream_get_input_stream (G_IO_STREAM (connection)),
                                        buffer, sizeof buffer, NULL, &error),
                   >, 15);
  g_assert_no_error (error);
  g_assert_true (g_str_has_prefix (buffer, "HTTP/1.1 200"));
}

/* A server that stands for days must not keep what its clients have left. */
static void
test_connections (void)
{
  guint before = count_descriptors ();

  for (int i = 0; i < 200; i++)
    ask_and_go (i % 4 == 0);

  /* The last ones may be on their way. */
  for (int i = 0; i < 100 && count_descriptors () >= before + 20; i++)
    g_usleep (20000);
  g_assert_cmpuint (count_descriptors (), <, before + 20);
}

int
main (int argc, char *argv[])
{
  int result;

  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/sandbox/reading/sets", test_sets);
  g_test_add_func ("/sandbox/reading/by-key", test_by_key);
  g_test_add_func ("/sandbox/reading/count", test_count);
  g_test_add_func ("/sandbox/reading/paging", test_paging);
  g_test_add_func ("/sandbox/reading/far-pages", test_far_pages);
  g_test_add_func ("/sandbox/reading/caps", test_caps);
  g_test_add_func ("/sandbox/reading/options", test_options);
  g_test_add_func ("/sandbox/reading/wrong-options", test_wrong_options);
  g_test_add_func ("/sandbox/reading/injection", test_injection);
  g_test_add_func ("/sandbox/reading/folders", test_folders);
  g_test_add_func ("/sandbox/reading/addresses", test_addresses);
  g_test_add_func ("/sandbox/reading/rooted-addresses", test_rooted_addresses);
  g_test_add_func ("/sandbox/reading/other-paths", test_other_paths);
  g_test_add_func ("/sandbox/reading/bodies", test_bodies);
  g_test_add_func ("/sandbox/reading/functions", test_functions);
  g_test_add_func ("/sandbox/reading/time-zones", test_time_zones);
  g_test_add_func ("/sandbox/reading/tenant", test_tenant);
  g_test_add_func ("/sandbox/reading/viewer", test_viewer);
  g_test_add_func ("/sandbox/reading/latency", test_latency);
  g_test_add_func ("/sandbox/reading/connections", test_connections);

  sandbox = sandbox_test_start ("--jobs=3000", NULL);
  result = g_test_run ();
  sandbox_test_stop (g_steal_pointer (&sandbox));

  return result;
}
