/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sandbox-odata-query.h"
#include "sandbox-store.h"

/* Six jobs whose differences the filters below pick apart. Times are whole days of January 2026. */
static const char rows[] =
    "INSERT INTO \"Folders\" (\"Id\", \"TenantId\", \"Key\", \"DisplayName\", "
    "\"FullyQualifiedName\") VALUES"
    " (1, 1, 'a0000000-0000-4000-8000-000000000001', 'Shared', 'Shared'),"
    " (2, 1, 'a0000000-0000-4000-8000-000000000002', 'EMEA', 'Finance/EMEA');"
    "INSERT INTO \"Releases\" (\"Id\", \"TenantId\", \"OrganizationUnitId\", \"Key\", \"Name\", "
    "\"ProcessKey\","
    " \"ProcessVersion\") VALUES (10, 1, 1, 'r-ten', 'Invoice_Posting', 'Invoice', '1.0.0'),"
    " (11, 1, 2, 'r-eleven', 'HR_Onboarding', 'HR', '2.0.0');"
    "INSERT INTO \"Jobs\" (\"Id\", \"TenantId\", \"OrganizationUnitId\", \"Key\", \"State\", "
    "\"CreationTime\", \"StartTime\","
    " \"ReleaseName\", \"ReleaseId\", \"Info\", \"HasMediaRecorded\", \"SpecificPriorityValue\", "
    "\"JobError\") VALUES"
    " (1, 1, 1, '00000000-0000-4000-8000-000000000001', 5, 1767225600000000, 1767225600000000, "
    "'Invoice_Posting', 10,"
    "  'Done 100%', 1, 45, NULL),"
    " (2, 1, 1, '00000000-0000-4000-8000-000000000002', 4, 1767312000000000, 1767312000000000, "
    "'Invoice_Posting', 10,"
    "  'O''Brien''s file', 0, 45, '{\"code\":\"E1\",\"title\":\"Timeout\"}'),"
    " (3, 1, 2, '00000000-0000-4000-8000-000000000003', 0, 1767398400000000, NULL, "
    "'HR_Onboarding', 11, NULL, 0, 95, NULL),"
    " (4, 1, 2, '00000000-0000-4000-8000-000000000004', 1, 1767484800000000, 1767484800000000, "
    "'HR_Onboarding', 11,"
    "  'a_b\\c', NULL, 5, NULL),"
    " (5, 1, 1, '00000000-0000-4000-8000-000000000005', 5, 1767571200000000, 1767571200000000, "
    "'Straße', NULL,"
    "  'ÄRGER', 1, NULL, NULL),"
    " (6, 1, 1, 'abcdef00-0000-4000-8000-000000000006', 6, 1767657600000000, 1767657600000000, "
    "'axb', 10, 'end', 1, 45, NULL)";

static SandboxStore *
make_store (void)
{
  g_autoptr (GError) error = NULL;
  SandboxStore *store = sandbox_store_new (NULL, &error);

  g_assert_no_error (error);
  sandbox_store_exec (store, rows);

  return store;
}

static GHashTable *
make_options (const char *filter, const char *orderby)
{
  GHashTable *options = g_hash_table_new (g_str_hash, g_str_equal);

  if (filter != NULL)
    g_hash_table_insert (options, (gpointer) "$filter", (gpointer) filter);
  if (orderby != NULL)
    g_hash_table_insert (options, (gpointer) "$orderby", (gpointer) orderby);

  return options;
}

/* Returns: (transfer full) (nullable): the ids of the jobs as "1 2 3". */
static char *
ask (SandboxStore *store, const char *filter, const char *orderby, gboolean reverse, GError **error)
{
  const SandboxEntitySet *set = sandbox_entity_set_find ("Jobs");
  g_autoptr (GHashTable) options = make_options (filter, orderby);
  g_autoptr (SandboxQuery) query = sandbox_query_parse (set, options, FALSE, error);
  g_autoptr (SandboxSql) sql = sandbox_sql_new (set);
  g_autoptr (GString) ids = g_string_new (NULL);
  g_autofree char *text = NULL;
  sqlite3_stmt *statement;
  int n;

  if (query == NULL || !sandbox_query_apply (query, sql, error))
    return NULL;

  sandbox_sql_want_indexes (sql, store);
  text = sandbox_sql_make_page (sql, reverse);
  statement = sandbox_store_prepare (store, text);
  g_assert_nonnull (statement);
  n = sandbox_sql_bind (sql, statement);
  sqlite3_bind_int (statement, n, 100);
  sqlite3_bind_int (statement, n + 1, 0);
  while ((n = sqlite3_step (statement)) == SQLITE_ROW)
    g_string_append_printf (ids, "%s%d", ids->len > 0 ? " " : "",
                            sqlite3_column_int (statement, 0));
  g_assert_cmpint (n, ==, SQLITE_DONE);
  sandbox_store_done (statement);

  return g_strdup (ids->str);
}

static void
test_filters (void)
{
  static const struct
  {
    const char *filter;
    const char *ids;
  } cases[] = {
    { "Id eq 3", "3" },
    { "Id eq 3L", "3" },
    { "3 eq Id", "3" },
    { "id EQ 3", "3" },
    { "Id ne 3", "1 2 4 5 6" },
    { "Id gt 4", "5 6" },
    { "Id ge 4 and Id lt 6", "4 5" },
    { "Id le -1", "" },
    { "SpecificPriorityValue gt 44.5 and SpecificPriorityValue lt 4.6e1", "1 2 6" },
    { "Id eq 1 or Id eq 2 and State eq 'Running'", "1" },
    { "(Id eq 1 or Id eq 2) and State eq 'Faulted'", "2" },
    { "not (State eq 'Successful')", "2 3 4 6" },
    { "not not (Id eq 2)", "2" },
    { "not contains(Info,'a') and Id gt 1", "2 3 5 6" },
    /* null equals null, differs from all else, and is never more or less */
    { "StartTime eq null", "3" },
    { "null eq StartTime", "3" },
    { "StartTime ne null", "1 2 4 5 6" },
    { "SpecificPriorityValue ne 45", "3 4 5" },
    { "not (SpecificPriorityValue gt 44)", "4 5" },
    { "not (SpecificPriorityValue eq 45)", "3 4 5" },
    { "StartTime gt null", "" },
    { "null eq null", "1 2 3 4 5 6" },
    { "null ne null", "" },
    { "true", "1 2 3 4 5 6" },
    { "false or Id eq 5", "5" },
    { "HasMediaRecorded", "1 5 6" },
    { "HasMediaRecorded eq true", "1 5 6" },
    { "not HasMediaRecorded", "2 3 4" },
    { "HasMediaRecorded eq false", "2 3" },
    /* enumerations by name and by number, any case, also with their type */
    { "State eq 'Successful'", "1 5" },
    { "State eq 'successful'", "1 5" },
    { "State eq '5'", "1 5" },
    { "State eq 5", "1 5" },
    { "'Running' eq State", "4" },
    { "State eq UiPath.Server.Configuration.OData.JobState'Pending'", "3" },
    { "State in ('Pending', 'Running')", "3 4" },
    { "State in ('0',6)", "3 6" },
    { "State ge 'Successful'", "1 5 6" },
    { "Id in (1, 3, 77)", "1 3" },
    { "SpecificPriorityValue in (95, null)", "3 5" },
    { "not (Id in (1,2,3))", "4 5 6" },
    /* times and GUIDs */
    { "CreationTime ge 2026-01-05T00:00:00Z", "5 6" },
    { "CreationTime ge 2026-01-05", "5 6" },
    { "CreationTime lt 2026-01-02T00:00:00.0000010Z", "1 2" },
    { "CreationTime eq 2026-01-03T01:00:00%2B01:00", "3" },
    { "Key eq 00000000-0000-4000-8000-000000000004", "4" },
    { "Key eq ABCDEF00-0000-4000-8000-000000000006", "6" },
    { "Key in (00000000-0000-4000-8000-000000000004,'ABCDEF00-0000-4000-8000-000000000006')", "4 6" },
    { "StartTime eq CreationTime", "1 2 4 5 6" },
    /* texts: the service compares without regard to case */
    { "ReleaseName eq 'hr_onboarding'", "3 4" },
    { "tolower(ReleaseName) eq 'hr_onboarding'", "3 4" },
    { "toupper(ReleaseName) eq 'HR_ONBOARDING'", "3 4" },
    { "tolower(Info) eq 'ärger'", "5" },
    { "contains(tolower(Info),'ärger')", "5" },
    { "contains(ReleaseName,'INVOICE')", "1 2" },
    { "startswith(ReleaseName, 'Inv')", "1 2" },
    { "endswith(ReleaseName, 'ing')", "1 2 3 4" },
    { "contains(Info,'%')", "1" },
    { "contains(Info,'_')", "4" },
    { "contains(Info,'\\')", "4" },
    { "startswith(ReleaseName,'a_')", "" },
    { "contains(Info,'')", "1 2 4 5 6" },
    { "contains(ReleaseName, Info)", "" },
    { "length(ReleaseName) eq 6", "5" },
    { "trim('  end ') eq Info", "6" },
    { "Info eq 'O''Brien''s file'", "2" },
    { "contains(Info,'''')", "2" },
    { "contains(Info,'O''') eq true", "2" },
    /* paths */
    { "Release/Name eq 'HR_Onboarding'", "3 4" },
    { "Release/Id eq 10", "1 2 6" },
    { "Release/Id eq null", "5" },
    { "release/name eq 'HR_Onboarding' or Release/OrganizationUnitFullyQualifiedName eq 'Shared'",
      "1 2 3 4 6" },
    { "OrganizationUnitFullyQualifiedName eq 'Finance/EMEA'", "3 4" },
    { "JobError/code eq 'E1'", "2" },
    { "JobError ne null", "2" },
    { "startswith(JobError/title,'Time')", "2" },
    { "not (JobError/code eq 'E1')", "1 3 4 5 6" },
    /* what wants to be SQL is a text like any other */
    { "Info eq ''' OR 1=1 --'", "" },
    { "Info eq '\"; DROP TABLE \"\"Jobs\"\"; --'", "" },
    { "contains(ReleaseName,'''); DELETE FROM Jobs; --')", "" },
    { "JobError/a.b eq 'x'", "" },
    { "  Id   eq\t3  ", "3" },
  };
  g_autoptr (SandboxStore) store = make_store ();

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *decoded = g_uri_unescape_string (cases[i].filter, NULL);
      const char *filter = decoded != NULL ? decoded : cases[i].filter;
      g_autofree char *ids = ask (store, filter, "Id", FALSE, &error);

      g_test_message ("%s", filter);
      g_assert_no_error (error);
      g_assert_cmpstr (ids, ==, cases[i].ids);
    }
}

static void
test_wrong_filters (void)
{
  static const struct
  {
    const char *filter;
    SandboxODataErrorCode code;
    const char *says; /* part of the message, with what and where */
  } cases[] = {
    { "State eqq 'Running'", SANDBOX_ODATA_ERROR_SYNTAX, "'eqq' at position 7" },
    { "State eq", SANDBOX_ODATA_ERROR_SYNTAX, "the end at position 9" },
    { "eq 5", SANDBOX_ODATA_ERROR_SYNTAX, "'5' at position 4" },
    { "Id eq 5)", SANDBOX_ODATA_ERROR_SYNTAX, "')' at position 8" },
    { "(Id eq 5", SANDBOX_ODATA_ERROR_SYNTAX, "Expected ')': the end at position 9" },
    { "Id eq 5 and", SANDBOX_ODATA_ERROR_SYNTAX, "the end at position 12" },
    { "Id eq 5 Id eq 6", SANDBOX_ODATA_ERROR_SYNTAX, "'Id' at position 9" },
    { "Info eq 'no end", SANDBOX_ODATA_ERROR_SYNTAX,
      "A string does not end: ''no end' at position 9" },
    { "Info eq \"double\"", SANDBOX_ODATA_ERROR_SYNTAX,
      "An unexpected character: '\"' at position 9" },
    { "ü eq 5", SANDBOX_ODATA_ERROR_SYNTAX, "'ü' at position 1" },
    { "Info eq 'ää' x", SANDBOX_ODATA_ERROR_SYNTAX, "'x' at position 14" },
    { "Nope eq 5", SANDBOX_ODATA_ERROR_UNKNOWN,
      "Jobs has no property 'Nope': 'Nope' at position 1" },
    { "RobotId eq 5", SANDBOX_ODATA_ERROR_UNKNOWN, "'RobotId' at position 1" },
    { "Release/Nope eq 5", SANDBOX_ODATA_ERROR_UNKNOWN, "Releases has no property 'Nope'" },
    { "ReleaseName/Length eq 5", SANDBOX_ODATA_ERROR_UNKNOWN, "'ReleaseName' has no properties" },
    { "Release eq 5", SANDBOX_ODATA_ERROR_TYPE, "'Release' leads to an entity" },
    { "Id/ eq 5", SANDBOX_ODATA_ERROR_SYNTAX, "'5' at position 8" },
    { "Release/5", SANDBOX_ODATA_ERROR_SYNTAX, "the name of a property: '5' at position 9" },
    { "State eq 'Runing'", SANDBOX_ODATA_ERROR_UNKNOWN, "Pending, Running, Stopping" },
    { "State eq Running", SANDBOX_ODATA_ERROR_UNKNOWN, "no property 'Running'" },
    { "Id eq '5'", SANDBOX_ODATA_ERROR_TYPE, "a number with a text: 'eq' at position 4" },
    { "Info eq 5", SANDBOX_ODATA_ERROR_TYPE, "a text with a number" },
    { "Key eq '00000000-0000-4000-8000-000000000004'", SANDBOX_ODATA_ERROR_TYPE,
      "a GUID with a text" },
    { "Key in ('no guid')", SANDBOX_ODATA_ERROR_TYPE, "a GUID with a text" },
    { "CreationTime ge '2026-01-01'", SANDBOX_ODATA_ERROR_TYPE, "a time with a text" },
    { "CreationTime ge 2026-13-45T99:00:00Z", SANDBOX_ODATA_ERROR_SYNTAX, "Not a time" },
    { "Id eq 99999999999999999999", SANDBOX_ODATA_ERROR_SYNTAX, "64 bits" },
    { "Id eq 12ab", SANDBOX_ODATA_ERROR_SYNTAX, "at position 7" },
    { "Id in (1, Id)", SANDBOX_ODATA_ERROR_SYNTAX, "'Id' at position 11" },
    { "Id in ()", SANDBOX_ODATA_ERROR_SYNTAX, "')' at position 8" },
    { "Id in 5", SANDBOX_ODATA_ERROR_SYNTAX, "Expected '('" },
    { "Id in ('a')", SANDBOX_ODATA_ERROR_TYPE, NULL },
    { "Id", SANDBOX_ODATA_ERROR_TYPE, "Expected a condition, not a number" },
    { "'text'", SANDBOX_ODATA_ERROR_TYPE, "not a text" },
    { "not Id", SANDBOX_ODATA_ERROR_TYPE, NULL },
    { "Id eq 1 and Info", SANDBOX_ODATA_ERROR_TYPE, "'Info' at position 13" },
    { "foo(Info,'x')", SANDBOX_ODATA_ERROR_UNKNOWN,
      "A function that is not known here: 'foo' at position 1" },
    { "contains(Info)", SANDBOX_ODATA_ERROR_SYNTAX, "Expected ','" },
    { "contains(Info,'a','b')", SANDBOX_ODATA_ERROR_SYNTAX, "Expected ')'" },
    { "contains(Id,'a')", SANDBOX_ODATA_ERROR_TYPE, "takes a text, not a number" },
    { "Id add 1 eq 5", SANDBOX_ODATA_ERROR_UNSUPPORTED, "'add' at position 4" },
    { "Tags/any(t: t eq 1)", SANDBOX_ODATA_ERROR_UNSUPPORTED, "'any' at position 6" },
    { "Id eq 1; DROP TABLE Jobs", SANDBOX_ODATA_ERROR_SYNTAX, "';' at position 8" },
    { "Id eq 1 --", SANDBOX_ODATA_ERROR_SYNTAX, "position 9" },
  };
  g_autoptr (SandboxStore) store = make_store ();

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *ids = ask (store, cases[i].filter, NULL, FALSE, &error);

      g_test_message ("%s -> %s", cases[i].filter, error != NULL ? error->message : ids);
      g_assert_null (ids);
      g_assert_error (error, SANDBOX_ODATA_ERROR, (int) cases[i].code);
      g_assert_true (
          g_str_has_prefix (error->message, "The query option '$filter' is not valid. "));
      if (cases[i].says != NULL)
        g_assert_nonnull (strstr (error->message, cases[i].says));
    }
}

static char *
repeat (const char *text, guint times, const char *between)
{
  g_autoptr (GString) repeated = g_string_new (NULL);

  for (guint i = 0; i < times; i++)
    {
      if (i > 0)
        g_string_append (repeated, between);
      g_string_append (repeated, text);
    }

  return g_strdup (repeated->str);
}

static void
assert_limit (SandboxStore *store, const char *filter)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *ids = ask (store, filter, NULL, FALSE, &error);

  g_assert_null (ids);
  g_assert_error (error, SANDBOX_ODATA_ERROR, SANDBOX_ODATA_ERROR_LIMIT);
  g_assert_cmpuint (strlen (error->message), <, 300);
}

static void
test_limits (void)
{
  g_autoptr (SandboxStore) store = make_store ();
  static const char *const deep[] = { "(", "not ", "tolower(", "contains(" };
  g_autoptr (GError) error = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (deep); i++)
    {
      g_autofree char *filter = repeat (deep[i], 10000, "");

      assert_limit (store, filter);
    }

  {
    g_autofree char *hundred = repeat ("Id eq 1", 100, " or ");
    g_autofree char *more = repeat ("Id eq 1", 101, " or ");
    g_autofree char *bare = repeat ("true", 5000, " and ");
    g_autofree char *numbers = repeat ("1", 99, ",");
    g_autofree char *list = g_strconcat ("Id in (", numbers, ",2,3,4)", NULL);
    g_autofree char *long_text = repeat ("%", 20000, "");
    g_autofree char *contains = g_strconcat ("contains(Info,'", long_text, "')", NULL);
    g_autofree char *ids = ask (store, hundred, NULL, FALSE, &error);

    g_assert_no_error (error);
    g_assert_cmpstr (ids, ==, "1");
    assert_limit (store, more);
    assert_limit (store, bare);
    assert_limit (store, list);
    assert_limit (store, contains);
  }
}

static void
test_order (void)
{
  static const struct
  {
    const char *orderby;
    const char *ids;
    const char *reversed;
  } cases[] = {
    { "Id desc", "6 5 4 3 2 1", "1 2 3 4 5 6" },
    { "CreationTime", "1 2 3 4 5 6", "6 5 4 3 2 1" },
    { "CreationTime desc", "6 5 4 3 2 1", "1 2 3 4 5 6" },
    { "State,CreationTime desc", "3 4 2 5 1 6", "6 1 5 2 4 3" },
    { "Release/Name desc, Id asc", "1 2 6 3 4 5", "5 4 3 6 2 1" },
    { "ReleaseName", "6 3 4 1 2 5", "5 2 1 4 3 6" },
    { "StartTime", "3 1 2 4 5 6", "6 5 4 2 1 3" },
    { "OrganizationUnitFullyQualifiedName desc", "6 5 2 1 4 3", "3 4 1 2 5 6" },
    { NULL, "1 2 3 4 5 6", "6 5 4 3 2 1" },
  };
  static const char *const wrong[] = {
    "Nope",
    "Id,,State",
    "Id descending",
    "JobError",
    "Release",
    "Id desc asc",
    "5",
    "State Id",
    "Id,State,Key,Info,ReleaseName,CreationTime",
    "Id; DROP TABLE Jobs",
    "'Id'",
  };
  g_autoptr (SandboxStore) store = make_store ();

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *ids = ask (store, NULL, cases[i].orderby, FALSE, &error);
      g_autofree char *reversed = ask (store, NULL, cases[i].orderby, TRUE, &error);

      g_test_message ("%s", cases[i].orderby);
      g_assert_no_error (error);
      g_assert_cmpstr (ids, ==, cases[i].ids);
      g_assert_cmpstr (reversed, ==, cases[i].reversed);
    }

  for (gsize i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *ids = ask (store, NULL, wrong[i], FALSE, &error);

      g_test_message ("%s", wrong[i]);
      g_assert_null (ids);
      g_assert_true (
          g_str_has_prefix (error->message, "The query option '$orderby' is not valid. "));
    }
}

static SandboxQuery *
parse_one (const char *name, const char *text, GError **error)
{
  g_autoptr (GHashTable) options = g_hash_table_new (g_str_hash, g_str_equal);

  g_hash_table_insert (options, (gpointer) name, (gpointer) text);

  return sandbox_query_parse (sandbox_entity_set_find ("Sessions"), options, FALSE, error);
}

static void
test_shape (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SandboxQuery)
      query = parse_one ("$expand", "Robot($select=Id,Name;$expand=License,User),Job", &error);
  SandboxExpand *robot, *job;

  g_assert_no_error (error);
  g_assert_cmpuint (query->shape->expands->len, ==, 2);
  robot = query->shape->expands->pdata[0];
  job = query->shape->expands->pdata[1];
  g_assert_cmpstr (robot->navigation->name, ==, "Robot");
  g_assert_cmpuint (robot->shape->fields->len, ==, 2);
  g_assert_cmpuint (robot->shape->expands->len, ==, 2);
  g_assert_cmpstr (job->navigation->name, ==, "Job");

  g_clear_pointer (&query, sandbox_query_free);
  query = parse_one ("expand", "Robot/License", &error);
  g_assert_no_error (error);
  robot = query->shape->expands->pdata[0];
  g_assert_cmpuint (robot->shape->expands->len, ==, 1);

  g_clear_pointer (&query, sandbox_query_free);
  query = parse_one ("select", "id, State,Robot", &error);
  g_assert_no_error (error);
  g_assert_cmpuint (query->shape->fields->len, ==, 2);
}

static void
test_wrong_options (void)
{
  static const struct
  {
    const char *name;
    const char *text;
  } cases[] = {
    { "$select", "Id,Nope" },
    { "$select", "RobotId" },
    { "$select", "Id State" },
    { "$select", "," },
    { "$expand", "Nope" },
    { "$expand", "Robot($top=1)" },
    { "$expand", "Robot(" },
    { "$expand", "Robot)" },
    { "$expand", "Robot($expand=User($expand=UserRoles))" },
    { "$expand", "Robot/User/UserRoles" },
    { "$top", "-1" },
    { "$top", "ten" },
    { "$top", "99999999999" },
    { "$skip", "-5" },
    { "$skip", "1.5" },
    { "$count", "yes" },
    { "$search", "x" },
    { "$apply", "x" },
    { "$nope", "x" },
    { "top", "ten" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (SandboxQuery) query = parse_one (cases[i].name, cases[i].text, &error);

      g_test_message ("%s=%s -> %s", cases[i].name, cases[i].text,
                      error != NULL ? error->message : "");
      g_assert_null (query);
      g_assert_nonnull (strstr (error->message, *cases[i].name == '$' ? cases[i].name : "$top"));
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/sandbox/odata/filters", test_filters);
  g_test_add_func ("/sandbox/odata/wrong-filters", test_wrong_filters);
  g_test_add_func ("/sandbox/odata/limits", test_limits);
  g_test_add_func ("/sandbox/odata/order", test_order);
  g_test_add_func ("/sandbox/odata/shape", test_shape);
  g_test_add_func ("/sandbox/odata/wrong-options", test_wrong_options);

  return g_test_run ();
}
