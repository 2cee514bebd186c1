/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "baton-deployment.h"
#include "baton-error.h"

typedef struct
{
  const char *address;
  BatonEdition edition;
  const char *origin;
  const char *organization;
  const char *tenant;
  const char *base;
  gint64 folder;
  const char *notice; /* a part of it; NULL: there is none; "": not looked at */
} Case;

#define CLOUD "https://cloud.uipath.com"
#define CLOUD_BASE "https://cloud.uipath.com/acme/Production/orchestrator_"

static const Case cases[] = {
  /* Automation Cloud */
  { "https://cloud.uipath.com/acme/Production/orchestrator_", BATON_EDITION_CLOUD, CLOUD, "acme",
    "Production", CLOUD_BASE, 0, NULL },
  { "https://cloud.uipath.com/acme/Production/orchestrator_/", BATON_EDITION_CLOUD, CLOUD, "acme",
    "Production", CLOUD_BASE, 0, NULL },
  { "cloud.uipath.com/acme/Production", BATON_EDITION_CLOUD, CLOUD, "acme", "Production",
    CLOUD_BASE,
    0, NULL },
  { "  https://cloud.uipath.com/acme/Production/  \n", BATON_EDITION_CLOUD, CLOUD, "acme",
    "Production", CLOUD_BASE, 0, NULL },
  { "\"https://cloud.uipath.com/acme/Production\"", BATON_EDITION_CLOUD, CLOUD, "acme",
    "Production",
    CLOUD_BASE, 0, NULL },
  { "<https://cloud.uipath.com/acme/Production>,", BATON_EDITION_CLOUD, CLOUD, "acme", "Production",
    CLOUD_BASE, 0, NULL },
  { "\xef\xbb\xbfhttps://cloud.uipath.com/acme/Production", BATON_EDITION_CLOUD, CLOUD, "acme",
    "Production", CLOUD_BASE, 0, NULL },
  { "https://cloud.uipath.com/acme/Production/orchestrator_/?tid=8&fid=2032", BATON_EDITION_CLOUD,
    CLOUD, "acme", "Production", CLOUD_BASE, 2032, NULL },
  { "https://cloud.uipath.com/acme/Production/orchestrator_/jobs(sidepanel:sidepanel/jobs/1)?fid=77#x",
    BATON_EDITION_CLOUD, CLOUD, "acme", "Production", CLOUD_BASE, 77, NULL },
  { "https://cloud.uipath.com/acme/Production/odata/Jobs?$top=1", BATON_EDITION_CLOUD, CLOUD,
    "acme",
    "Production", CLOUD_BASE, 0, NULL },
  { "https://cloud.uipath.com/acme/Production/orchestrator_/odata/Settings/"
    "UiPath.Server.Configuration.OData.GetLicense",
    BATON_EDITION_CLOUD, CLOUD, "acme", "Production", CLOUD_BASE, 0, NULL },
  { "https://cloud.uipath.com/acme/Production/orchestrator_/swagger/index.html",
    BATON_EDITION_CLOUD,
    CLOUD, "acme", "Production", CLOUD_BASE, 0, NULL },
  { "https://cloud.uipath.com/acme/Production/actions_/tasks", BATON_EDITION_CLOUD, CLOUD, "acme",
    "Production", CLOUD_BASE, 0, NULL },
  { "HTTPS://Cloud.UiPath.COM/acme/Production", BATON_EDITION_CLOUD, CLOUD, "acme", "Production",
    CLOUD_BASE, 0, NULL },
  { "http://cloud.uipath.com/acme/Production", BATON_EDITION_CLOUD, CLOUD, "acme", "Production",
    CLOUD_BASE, 0, NULL },
  { "https:/cloud.uipath.com/acme/Production", BATON_EDITION_CLOUD, CLOUD, "acme", "Production",
    CLOUD_BASE, 0, NULL },
  { "//cloud.uipath.com/acme/Production", BATON_EDITION_CLOUD, CLOUD, "acme", "Production",
    CLOUD_BASE, 0, NULL },
  { "https://cloud.uipath.com:443/acme//Production", BATON_EDITION_CLOUD, CLOUD, "acme",
    "Production", CLOUD_BASE, 0, NULL },
  { "https://cloud.uipath.com/acme/My%20Tenant/orchestrator_", BATON_EDITION_CLOUD, CLOUD, "acme",
    "My Tenant", "https://cloud.uipath.com/acme/My%20Tenant/orchestrator_", 0, NULL },
  { "https://cloud.uipath.com/acme/Production/Shared/odata/Jobs", BATON_EDITION_CLOUD, CLOUD,
    "acme",
    "Production", CLOUD_BASE, 0, "“Shared”" },
  { "https://cloud.uipath.com/acme/portal_/home", BATON_EDITION_CLOUD, CLOUD, "acme", NULL, NULL, 0,
    "no tenant" },
  { "https://cloud.uipath.com/acme", BATON_EDITION_CLOUD, CLOUD, "acme", NULL, NULL, 0,
    "no tenant" },
  { "cloud.uipath.com", BATON_EDITION_CLOUD, CLOUD, NULL, NULL, NULL, 0, "no organisation" },
  { "https://cloud.uipath.com/identity_/connect/token", BATON_EDITION_CLOUD, CLOUD, NULL, NULL,
    NULL,
    0, "no organisation" },
  { "https://cloud.uipath.com/[OrganizationName]/[TenantName]/odata/Jobs", BATON_EDITION_CLOUD,
    CLOUD,
    NULL, NULL, NULL, 0, "placeholder" },
  { "https://cloud.uipath.com/acme/{tenant}/orchestrator_", BATON_EDITION_CLOUD, CLOUD, "acme",
    NULL,
    NULL, 0, "placeholder" },

  /* the hosts of the user-key era */
  { "https://platform.uipath.com/acme/Production/odata/Jobs", BATON_EDITION_CLOUD, CLOUD, "acme",
    "Production", CLOUD_BASE, 0, "March 2025" },
  { "https://platform.uipath.com/cloudrpa/", BATON_EDITION_CLOUD, CLOUD, NULL, NULL, NULL, 0,
    "March 2025" },
  { "https://account.uipath.com/oauth/token", BATON_EDITION_CLOUD, CLOUD, NULL, NULL, NULL, 0,
    "tokens come from" },

  /* other clouds */
  { "https://staging.uipath.com/acme/Production", BATON_EDITION_CLOUD, "https://staging.uipath.com",
    "acme", "Production", "https://staging.uipath.com/acme/Production/orchestrator_", 0, NULL },
  { "https://govcloud.uipath.us/acme/Production/orchestrator_", BATON_EDITION_GOVERNMENT,
    "https://govcloud.uipath.us", "acme", "Production",
    "https://govcloud.uipath.us/acme/Production/orchestrator_", 0, NULL },
  { "https://acme.dedicated.uipath.com/acme/Production/orchestrator_", BATON_EDITION_DEDICATED,
    "https://acme.dedicated.uipath.com", "acme", "Production",
    "https://acme.dedicated.uipath.com/acme/Production/orchestrator_", 0, NULL },
  { "api.uipath.com/acme/Production", BATON_EDITION_CLOUD, "https://api.uipath.com", "acme",
    "Production", "https://api.uipath.com/acme/Production/orchestrator_", 0, NULL },

  /* Automation Suite */
  { "https://rpa.corp.example/acme/Production/orchestrator_", BATON_EDITION_SUITE,
    "https://rpa.corp.example", "acme", "Production",
    "https://rpa.corp.example/acme/Production/orchestrator_", 0, NULL },
  { "rpa.corp.example:8443/acme/Production", BATON_EDITION_SUITE, "https://rpa.corp.example:8443",
    "acme", "Production", "https://rpa.corp.example:8443/acme/Production/orchestrator_", 0, NULL },
  { "https://rpa.corp.example/acme/portal_/", BATON_EDITION_SUITE, "https://rpa.corp.example",
    "acme",
    NULL, NULL, 0, "no tenant" },
  { "https://10.0.0.7/acme/Production/orchestrator_/", BATON_EDITION_SUITE, "https://10.0.0.7",
    "acme",
    "Production", "https://10.0.0.7/acme/Production/orchestrator_", 0, NULL },

  /* standalone */
  { "https://orchestrator.corp.example", BATON_EDITION_STANDALONE,
    "https://orchestrator.corp.example", NULL, NULL, "https://orchestrator.corp.example", 0, NULL },
  { "orchestrator.corp.example/Default", BATON_EDITION_STANDALONE,
    "https://orchestrator.corp.example", NULL, "Default", "https://orchestrator.corp.example", 0,
    NULL },
  { "https://orchestrator.corp.example/odata/Folders", BATON_EDITION_STANDALONE,
    "https://orchestrator.corp.example", NULL, NULL, "https://orchestrator.corp.example", 0, NULL },
  { "https://orchestrator.corp.example/account/login?tenant=x", BATON_EDITION_STANDALONE,
    "https://orchestrator.corp.example", NULL, NULL, "https://orchestrator.corp.example", 0, NULL },
  { "https://orchestrator.corp.example/identity/connect/token", BATON_EDITION_STANDALONE,
    "https://orchestrator.corp.example", NULL, NULL, "https://orchestrator.corp.example", 0, NULL },
  { "https://orchestrator.corp.example/swagger/ui/index#/", BATON_EDITION_STANDALONE,
    "https://orchestrator.corp.example", NULL, NULL, "https://orchestrator.corp.example", 0, NULL },
  { "orch01", BATON_EDITION_STANDALONE, "https://orch01", NULL, NULL, "https://orch01", 0,
    "cloud.uipath.com/orch01" },
  { "https://user:pw@orchestrator.corp.example/Default", BATON_EDITION_STANDALONE,
    "https://orchestrator.corp.example", NULL, "Default", "https://orchestrator.corp.example", 0,
    NULL },
  { "https://bücher.example/Default", BATON_EDITION_STANDALONE, "https://xn--bcher-kva.example",
    NULL,
    "Default", "https://xn--bcher-kva.example", 0, NULL },
  { "https://[2001:db8::7]:8443/Default", BATON_EDITION_STANDALONE, "https://[2001:db8::7]:8443",
    NULL, "Default", "https://[2001:db8::7]:8443", 0, NULL },
  { "http://orchestrator.corp.example/Default", BATON_EDITION_STANDALONE,
    "http://orchestrator.corp.example", NULL, "Default", "http://orchestrator.corp.example", 0,
    "not encrypted" },
  { "https://localhost:8443/acme/Production", BATON_EDITION_SUITE, "https://localhost:8443", "acme",
    "Production", "https://localhost:8443/acme/Production/orchestrator_", 0, NULL },

  /* the sandbox */
  { "http://127.0.0.1:4711/acme/Production/orchestrator_", BATON_EDITION_SANDBOX,
    "http://127.0.0.1:4711", "acme", "Production",
    "http://127.0.0.1:4711/acme/Production/orchestrator_", 0, NULL },
  { "127.0.0.1:4711/acme/Production", BATON_EDITION_SANDBOX, "http://127.0.0.1:4711", "acme",
    "Production", "http://127.0.0.1:4711/acme/Production/orchestrator_", 0, NULL },
  { "localhost:4711", BATON_EDITION_SANDBOX, "http://localhost:4711", NULL, NULL, NULL, 0,
    "no organisation" },
  { "http://[::1]:4711/acme", BATON_EDITION_SANDBOX, "http://[::1]:4711", "acme", NULL, NULL, 0,
    "no tenant" },
};

static void
test_table (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const Case *c = &cases[i];
      g_autoptr (GError) error = NULL;
      g_autoptr (BatonDeployment) deployment = baton_deployment_parse (c->address, &error);

      g_test_message ("%s", c->address);
      g_assert_no_error (error);
      g_assert_cmpint (baton_deployment_get_edition (deployment), ==, c->edition);
      g_assert_cmpstr (baton_deployment_get_origin (deployment), ==, c->origin);
      g_assert_cmpstr (baton_deployment_get_organization (deployment), ==, c->organization);
      g_assert_cmpstr (baton_deployment_get_tenant (deployment), ==, c->tenant);
      g_assert_cmpstr (baton_deployment_get_base_url (deployment), ==, c->base);
      g_assert_cmpint (baton_deployment_get_folder_hint (deployment), ==, c->folder);
      g_assert_nonnull (baton_deployment_get_edition_name (deployment));

      if (c->notice == NULL)
        g_assert_cmpstr (baton_deployment_get_notice (deployment), ==, NULL);
      else
        {
          g_assert_nonnull (baton_deployment_get_notice (deployment));
          g_assert_nonnull (strstr (baton_deployment_get_notice (deployment), c->notice));
        }
    }
}

static void
test_refused (void)
{
  static const char *const addresses[] = {
    "",
    "   \n",
    "https://",
    "ftp://cloud.uipath.com/acme/Production",
    "ada@example.com",
    "https://cloud uipath com/acme",
    "https://host:notaport/acme",
    "https://host:99999/",
    "https://[::1/acme",
    "https://[not-an-ip]/acme",
    "https://docs.uipath.com/orchestrator",
    "www.uipath.com",
    "https://ho$t/",
    "https://./",
  };

  for (guint i = 0; i < G_N_ELEMENTS (addresses); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (BatonDeployment) deployment = baton_deployment_parse (addresses[i], &error);

      g_test_message ("%s", addresses[i]);
      g_assert_error (error, BATON_ERROR, BATON_ERROR_INVALID);
      g_assert_null (deployment);
      g_assert_cmpint (error->message[0], !=, '\0');
    }
}

static void
test_hosts (void)
{
  g_autoptr (BatonDeployment) cloud =
      baton_deployment_parse ("https://platform.uipath.com/acme/Production", NULL);
  g_autoptr (BatonDeployment) staging =
      baton_deployment_parse ("https://staging.uipath.com/acme/Production", NULL);
  g_autoptr (BatonDeployment) sandbox =
      baton_deployment_parse ("http://127.0.0.1:4711/acme/Production", NULL);
  g_autoptr (BatonDeployment) standalone =
      baton_deployment_parse ("https://orch.example/Default", NULL);

  g_assert_cmpstr (baton_deployment_get_token_url (cloud), ==,
                   "https://account.uipath.com/oauth/token");
  g_assert_cmpstr (baton_deployment_get_revoke_url (cloud), ==,
                   "https://account.uipath.com/oauth/revoke");
  g_assert_cmpstr (baton_deployment_get_discovery_url (cloud), ==,
                   "https://platform.uipath.com/cloudrpa/api");
  g_assert_cmpstr (baton_deployment_get_token_url (staging), ==,
                   "https://id-preprod.uipath.com/oauth/token");
  g_assert_cmpstr (baton_deployment_get_token_url (sandbox), ==,
                   "http://127.0.0.1:4711/oauth/token");
  g_assert_cmpstr (baton_deployment_get_discovery_url (sandbox), ==,
                   "http://127.0.0.1:4711/cloudrpa/api");
  g_assert_cmpstr (baton_deployment_get_api_access_url (sandbox), ==,
                   "http://127.0.0.1:4711/portal_/apiAccess");
  g_assert_cmpstr (baton_deployment_get_authenticate_url (sandbox), ==,
                   "http://127.0.0.1:4711/api/Account/Authenticate");
  g_assert_cmpstr (baton_deployment_get_authenticate_url (standalone), ==,
                   "https://orch.example/api/Account/Authenticate");

  g_assert_true (baton_deployment_needs_tenant_header (standalone));
  g_assert_false (baton_deployment_needs_tenant_header (cloud));
  g_assert_false (baton_deployment_needs_tenant_header (sandbox));
}

static void
test_with (void)
{
  g_autoptr (BatonDeployment) origin = baton_deployment_parse ("http://localhost:4711", NULL);
  g_autoptr (BatonDeployment) placed = baton_deployment_with_tenant (origin, "acme", "Production");
  g_autoptr (BatonDeployment) headed = baton_deployment_with_tenant (origin, NULL, "Production");
  g_autoptr (BatonDeployment) server = baton_deployment_parse ("https://rpa.example", NULL);
  g_autoptr (BatonDeployment) suite = baton_deployment_with_edition (server, BATON_EDITION_SUITE);
  g_autoptr (BatonDeployment) suite_placed = baton_deployment_with_tenant (suite, "a", "b");

  g_assert_null (baton_deployment_get_base_url (origin));
  g_assert_cmpstr (baton_deployment_get_base_url (placed), ==,
                   "http://localhost:4711/acme/Production/orchestrator_");

  /* the third shape of the sandbox: the tenant in a header */
  g_assert_cmpstr (baton_deployment_get_base_url (headed), ==, "http://localhost:4711");
  g_assert_true (baton_deployment_needs_tenant_header (headed));

  g_assert_null (baton_deployment_get_base_url (suite));
  g_assert_cmpstr (baton_deployment_get_base_url (suite_placed), ==,
                   "https://rpa.example/a/b/orchestrator_");
}

static void
test_safe (void)
{
  static const struct
  {
    const char *address;
    gboolean safe;
  } addresses[] = {
    { "https://rpa.example", TRUE },        { "http://127.0.0.1:1", TRUE },
    { "http://localhost:1", TRUE },         { "http://[::1]:1", TRUE },
    { "http://rpa.example", FALSE },        { "http://192.168.1.1", FALSE },
    { "http://127.0.0.1.example.com", FALSE }, { "http://localhost.example.com", FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (addresses); i++)
    {
      g_autoptr (BatonDeployment) deployment = baton_deployment_parse (addresses[i].address, NULL);

      g_test_message ("%s", addresses[i].address);
      g_assert_cmpint (baton_deployment_is_safe (deployment), ==, addresses[i].safe);
    }
}

/* What a person gives stands in place of what the edition has, for everything that is called. */
static void
test_services (void)
{
  g_autoptr (BatonDeployment) plain
      = baton_deployment_parse ("https://cloud.uipath.com/acme/Production", NULL);
  g_autoptr (BatonDeployment) orchestrator = baton_deployment_with_service (
      plain, BATON_SERVICE_ORCHESTRATOR, " https://gw.example/o/{organization}/{tenant}/ ");
  g_autoptr (BatonDeployment) identity = baton_deployment_with_service (
      orchestrator, BATON_SERVICE_IDENTITY, "https://id.example/identity_");
  g_autoptr (BatonDeployment) all = baton_deployment_with_service (
      identity, BATON_SERVICE_PORTAL, "https://gw.example/{organization}/portal");
  g_autoptr (BatonDeployment) moved = baton_deployment_with_tenant (all, "other", "A B");
  g_autoptr (BatonDeployment) nowhere = baton_deployment_with_tenant (all, NULL, NULL);
  g_autoptr (BatonDeployment) pinned = baton_deployment_with_edition (all, BATON_EDITION_SUITE);
  g_autoptr (BatonDeployment) back
      = baton_deployment_with_service (all, BATON_SERVICE_ORCHESTRATOR, "");
  g_autoptr (BatonDeployment) unsafe
      = baton_deployment_with_service (all, BATON_SERVICE_PORTAL, "http://gw.example/{tenant}");
  g_autoptr (BatonDeployment) nonsense
      = baton_deployment_with_service (all, BATON_SERVICE_PORTAL, "gw.example");
  g_autofree char *token = baton_deployment_make_identity_url (all, "/connect/token");
  g_autofree char *page = baton_deployment_make_portal_url (all, "externalApps");
  g_autofree char *address = baton_deployment_make_address (all);
  g_autofree char *people = baton_deployment_make_service_url (pinned, BATON_SERVICE_IDENTITY);

  g_assert_cmpstr (baton_deployment_get_base_url (all), ==,
                   "https://gw.example/o/acme/Production");
  g_assert_cmpstr (token, ==, "https://id.example/identity_/connect/token");
  g_assert_cmpstr (people, ==, "https://id.example/identity_");
  g_assert_cmpstr (page, ==, "https://gw.example/acme/portal/externalApps");
  g_assert_cmpstr (address, ==, CLOUD_BASE);
  g_assert_cmpstr (baton_deployment_get_given (all, BATON_SERVICE_ORCHESTRATOR), ==,
                   "https://gw.example/o/{organization}/{tenant}");

  g_assert_cmpstr (baton_deployment_get_base_url (moved), ==, "https://gw.example/o/other/A%20B");
  g_assert_null (baton_deployment_get_base_url (nowhere));
  g_assert_cmpstr (baton_deployment_get_base_url (back), ==, CLOUD_BASE);
  g_assert_null (baton_deployment_get_given (plain, BATON_SERVICE_PORTAL));

  g_assert_true (baton_deployment_is_safe (all));
  g_assert_false (baton_deployment_is_safe (unsafe));
  g_assert_false (baton_deployment_is_safe (nonsense));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/baton/orchestrator/deployment/table", test_table);
  g_test_add_func ("/baton/orchestrator/deployment/refused", test_refused);
  g_test_add_func ("/baton/orchestrator/deployment/hosts", test_hosts);
  g_test_add_func ("/baton/orchestrator/deployment/with", test_with);
  g_test_add_func ("/baton/orchestrator/deployment/safe", test_safe);

  g_test_add_func ("/baton/orchestrator/deployment/services", test_services);
  return g_test_run ();
}
