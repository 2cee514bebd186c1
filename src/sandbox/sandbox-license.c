/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sandbox-license.h"

#include "sandbox-clock.h"
#include "sandbox-row.h"
#include "sandbox-statement.h"
#include "sandbox-world.h"
#include "sandbox-writer.h"

#define DAYS_LEFT 143
#define SECONDS_A_DAY 86400

typedef struct
{
  const char *kind; /* a runtime type */
  int allowed[2];   /* of the first tenant, of the second */
} Kind;

static const Kind kinds[] = {
  { "Attended", { 25, 10 } },   { "Development", { 3, 1 } },       { "NonProduction", { 6, 2 } },
  { "RpaDeveloper", { 5, 3 } }, { "CitizenDeveloper", { 10, 0 } }, { "TestAutomation", { 4, 0 } },
  { "Unattended", { 30, 20 } },
};

static void
append_allowed (GString *json, int position)
{
  g_string_append (json, "\"Allowed\":{");
  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    g_string_append_printf (json, "%s\"%s\":%d", i > 0 ? "," : "", kinds[i].kind,
                            kinds[i].allowed[position]);
  g_string_append (json, "},");
}

/* What the machines' runtimes and the people have, as the sets of licences tell it. */
static void
append_used (GString *json, SandboxStore *store, gint64 tenant)
{
  g_string_append (json, "\"Used\":{");
  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      gint64 type = sandbox_row_get_enum ("Users", "LicenseType", kinds[i].kind);
      gint64 used = sandbox_statement_ask (
          store,
          "SELECT (SELECT ifnull (sum (\"Runtimes\"), 0) FROM \"LicensesRuntime\" WHERE "
          "\"TenantId\" = ?1 AND \"RuntimeType\" = ?2 AND \"Enabled\") + (SELECT count(*) FROM "
          "\"LicensesNamedUser\" WHERE \"TenantId\" = ?1 AND \"LicenseType\" = ?2)",
          "ii", tenant, type);

      g_string_append_printf (json, "%s\"%s\":%" G_GINT64_FORMAT, i > 0 ? "," : "", kinds[i].kind,
                              used);
    }
  g_string_append (json, "},");
}

void
sandbox_license_append (GString *json, SandboxStore *store, gint64 tenant)
{
  int position = tenant == SANDBOX_SECOND_TENANT_ID ? 1 : 0;
  gint64 now = sandbox_clock_now ();
  gint64 today = now / G_USEC_PER_SEC / SECONDS_A_DAY * SECONDS_A_DAY;

  g_return_if_fail (json != NULL);
  g_return_if_fail (SANDBOX_IS_STORE (store));

  g_string_append_printf (json,
                          "\"Id\":%" G_GINT64_FORMAT ",\"ExpireDate\":%" G_GINT64_FORMAT
                          ",\"GracePeriodEndDate\":%" G_GINT64_FORMAT ",\"GracePeriod\":30,",
                          tenant, today + (gint64)DAYS_LEFT * SECONDS_A_DAY,
                          today + (gint64)(DAYS_LEFT + 30) * SECONDS_A_DAY);
  append_allowed (json, position);
  append_used (json, store, tenant);
  g_string_append (
      json,
      "\"AttendedConcurrent\":false,\"DevelopmentConcurrent\":false,\"StudioXConcurrent\":false,"
      "\"StudioProConcurrent\":false,\"LicensedFeatures\":[],\"IsRegistered\":true,\"IsCommunity\":"
      "false,"
      "\"IsProOrEnterprise\":true,\"SubscriptionCode\":\"SANDBOX\",\"SubscriptionPlan\":"
      "\"ENTERPRISE\","
      "\"IsExpired\":false,\"CreationTime\":");
  sandbox_json_append_time (json, (today - 222 * (gint64)SECONDS_A_DAY) * G_USEC_PER_SEC);
  g_string_append (json, ",\"Code\":\"SANDBOX\",\"UserLicensingEnabled\":true");
}
