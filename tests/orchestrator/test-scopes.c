/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "auth/baton-scopes.h"

#define BOTH (BATON_SCOPE_ACCESS_READ | BATON_SCOPE_ACCESS_WRITE)

/* What a text asks for of a family. */
static void
test_get_access (void)
{
  static const struct
  {
    const char *scopes;
    const char *family;
    guint access;
  } rows[] = {
    { "", "OR.Jobs", BATON_SCOPE_ACCESS_NONE },
    { "OR.Jobs", "OR.Jobs", BOTH },
    { "OR.Jobs.Read", "OR.Jobs", BATON_SCOPE_ACCESS_READ },
    { "OR.Folders OR.Jobs.Write", "OR.Jobs", BATON_SCOPE_ACCESS_WRITE },
    { "OR.Jobs.Read,OR.Jobs.Write", "OR.Jobs", BOTH },
    /* One that begins as another one does. */
    { "OR.TestSetExecutions.Read", "OR.TestSet", BATON_SCOPE_ACCESS_NONE },
    { "OR.TestSets", "OR.TestSetSchedules", BATON_SCOPE_ACCESS_NONE },
    { "OR.Default", "OR.Jobs", BATON_SCOPE_ACCESS_NONE },
    { "OR.Default", BATON_SCOPE_ROLES, BOTH },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    g_assert_cmpuint (baton_scopes_get_access (rows[i].scopes, rows[i].family), ==, rows[i].access);
  g_assert_cmpuint (baton_scopes_get_access (NULL, "OR.Jobs"), ==, BATON_SCOPE_ACCESS_NONE);
}

static void
test_set_access (void)
{
  static const struct
  {
    const char *scopes;
    const char *family;
    guint access;
    const char *wanted;
  } rows[] = {
    { "", "OR.Jobs", BATON_SCOPE_ACCESS_READ, "OR.Jobs.Read" },
    { "OR.Jobs.Read", "OR.Jobs", BOTH, "OR.Jobs" },
    { "OR.Jobs", "OR.Jobs", BATON_SCOPE_ACCESS_WRITE, "OR.Jobs.Write" },
    { "OR.Jobs", "OR.Jobs", BATON_SCOPE_ACCESS_NONE, "" },
    /* The others, and their order, stay. */
    { "openid OR.Jobs.Read PM.User.Read OR.Jobs.Write x", "OR.Jobs", BATON_SCOPE_ACCESS_READ,
      "openid OR.Jobs.Read PM.User.Read x" },
    { "openid OR.Jobs.Read x", "OR.Assets", BATON_SCOPE_ACCESS_READ,
      "openid OR.Jobs.Read x OR.Assets.Read" },
    /* What is so already is left to the letter. */
    { "OR.Jobs.Read x OR.Jobs.Write", "OR.Jobs", BOTH, "OR.Jobs.Read x OR.Jobs.Write" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *scopes
          = baton_scopes_set_access (rows[i].scopes, rows[i].family, rows[i].access);

      g_assert_cmpstr (scopes, ==, rows[i].wanted);
    }
}

static void
test_add (void)
{
  static const struct
  {
    const char *scopes;
    const char *scope;
    const char *wanted;
  } rows[] = {
    { NULL, "OR.Jobs.Read", "OR.Jobs.Read" },
    { "OR.Jobs.Read x", "OR.Jobs.Write", "OR.Jobs x" },
    { "OR.Jobs", "OR.Jobs.Write", "OR.Jobs" },
    { "x", "OR.Assets", "x OR.Assets" },
    { "x", "Custom.Scope", "x Custom.Scope" },
    { "Custom.Scope", "Custom.Scope", "Custom.Scope" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *scopes = baton_scopes_add (rows[i].scopes, rows[i].scope);

      g_assert_cmpstr (scopes, ==, rows[i].wanted);
    }
}

static void
test_families (void)
{
  const BatonScopeFamily *family = baton_scopes_find_family_of ("OR.TestSetExecutions.Read");

  g_assert_nonnull (family);
  g_assert_cmpstr (family->family, ==, "OR.TestSetExecutions");
  g_assert_null (baton_scopes_find_family_of ("OR.Jobs.Reads"));
  g_assert_null (baton_scopes_find_family_of ("openid"));
  g_assert_true (baton_scopes_find_family ("/odata/Jobs(1)")
                 == baton_scopes_find_family_of ("OR.Jobs.Write"));
  g_assert_null (baton_scopes_find_family ("/odata/Jobsuch"));
}

/* The set to begin with opens every page and changes nothing. */
static void
test_default (void)
{
  g_autofree char *scopes = baton_scopes_make_default (BATON_METHOD_CLIENT_CREDENTIALS);
  g_autofree char *browser = baton_scopes_make_default (BATON_METHOD_BROWSER);
  g_autofree char *read = baton_scopes_find_missing (scopes, "GET", "/odata/Jobs?$top=1");
  g_autofree char *write = baton_scopes_find_missing (scopes, "POST", "/odata/Jobs");

  g_assert_null (read);
  g_assert_cmpstr (write, ==, "OR.Jobs.Write");
  g_assert_null (strstr (scopes, "Write"));
  g_assert_null (strstr (scopes, "offline_access"));
  g_assert_nonnull (strstr (browser, "offline_access"));
}

/* @claims: (nullable). Returns: (transfer full): a token with them, or one without. */
static BatonToken *
make_token (const char *claims)
{
  g_autofree char *encoded = NULL;
  g_autofree char *jwt = NULL;

  if (claims == NULL)
    return baton_token_new ("opaque", NULL, 1, 0);
  encoded = g_base64_encode ((const guchar *)claims, strlen (claims));
  g_strdelimit (encoded, "+", '-');
  g_strdelimit (encoded, "/", '_');
  encoded[strcspn (encoded, "=")] = '\0';
  jwt = g_strdup_printf ("e30.%s.c2ln", encoded);

  return baton_token_new (jwt, NULL, 1, 0);
}

static void
test_granted (void)
{
  static const struct
  {
    BatonMethod method;
    const char *claims;
    const char *wanted;
  } rows[] = {
    { BATON_METHOD_BROWSER, "{\"scope\":[\"OR.Jobs\",\"openid\",3]}", "OR.Jobs openid" },
    { BATON_METHOD_CLIENT_CREDENTIALS, "{\"scope\":\"OR.Jobs.Read\"}", "OR.Jobs.Read" },
    { BATON_METHOD_CLIENT_CREDENTIALS, "{\"scope\":[]}", "" },
    /* What it does not tell is what was asked for. */
    { BATON_METHOD_BROWSER, "{}", "OR.Assets.Read" },
    { BATON_METHOD_BROWSER, NULL, "OR.Assets.Read" },
    /* The scope of a user key's token says nothing of Orchestrator. */
    { BATON_METHOD_USER_KEY, "{\"scope\":\"openid\"}", NULL },
    { BATON_METHOD_PERSONAL_ACCESS_TOKEN, NULL, NULL },
  };
  g_autoptr (BatonDeployment) deployment
      = baton_deployment_parse ("https://cloud.uipath.com/a/b", NULL);

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (BatonAccount) account = baton_account_new ("a", deployment, rows[i].method);
      g_autoptr (BatonToken) token = make_token (rows[i].claims);
      g_autofree char *granted = NULL;

      baton_account_set_scopes (account, "OR.Assets.Read");
      granted = baton_scopes_dup_granted (account, token);
      g_assert_cmpstr (granted, ==, rows[i].wanted);
    }
}

static void
test_condense (void)
{
  static const struct
  {
    const char *scopes;
    const char *wanted;
  } rows[] = {
    { "OR.Jobs OR.Jobs.Read OR.Jobs.Write OR.Assets.Read", "OR.Jobs OR.Assets.Read" },
    { "OR.TestSets.Read OR.TestSets OR.TestSetSchedules.Read", "OR.TestSets OR.TestSetSchedules.Read" },
    { "OR.Jobs.Write OR.Jobs.Read", "OR.Jobs.Write OR.Jobs.Read" },
    { "openid", "openid" },
    { NULL, "" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *shown = baton_scopes_condense (rows[i].scopes);

      g_assert_cmpstr (shown, ==, rows[i].wanted);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/baton/orchestrator/scopes/get-access", test_get_access);
  g_test_add_func ("/baton/orchestrator/scopes/set-access", test_set_access);
  g_test_add_func ("/baton/orchestrator/scopes/add", test_add);
  g_test_add_func ("/baton/orchestrator/scopes/condense", test_condense);
  g_test_add_func ("/baton/orchestrator/scopes/families", test_families);
  g_test_add_func ("/baton/orchestrator/scopes/default", test_default);
  g_test_add_func ("/baton/orchestrator/scopes/granted", test_granted);
  return g_test_run ();
}
