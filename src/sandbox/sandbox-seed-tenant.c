/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sandbox-seed-private.h"
#include "sandbox-statement.h"
#include "sandbox-subjects.h"

/* What a tenant is and has besides its people and its work. */

typedef struct
{
  SandboxSeed *seed;
  guint position; /* of the next subject and verb */
  char name[64];
  SandboxValue row[6];
} Catalogue;

static const SandboxValue *
next_permission (gpointer user_data)
{
  Catalogue *self = user_data;
  const SandboxSubject *subject = &sandbox_subjects[self->position / SANDBOX_N_VERBS];

  if (subject->name == NULL)
    return NULL;

  g_snprintf (self->name, sizeof self->name, "%s.%s", subject->name,
              sandbox_verbs[self->position % SANDBOX_N_VERBS]);
  self->position++;
  memcpy (self->row,
          ((const SandboxValue[]){
              SANDBOX_INT ("TenantId", self->seed->tenant),
              SANDBOX_TEXT ("Name", self->name),
              SANDBOX_INT ("IsGranted", FALSE),
              SANDBOX_INT ("RoleId", 0),
              SANDBOX_INT ("Scope", g_str_equal (subject->scope, "Folder") ? 1 : 0),
              { NULL } }),
          sizeof self->row);

  return self->row;
}

static const struct
{
  const char *name;
  const char *zone;
  const char *days[8];
} calendars[] = {
  { "Feiertage Hessen",
    "W. Europe Standard Time",
    { "01-01", "05-01", "10-03", "12-25", "12-26" } },
  { "UK bank holidays", "GMT Standard Time", { "01-01", "05-04", "08-31", "12-25", "12-28" } },
  { "Year-end close", "UTC", { "12-30", "12-31", "01-02" } },
};

static char *
make_dates (SandboxSeed *self, const char *const *days)
{
  g_autoptr (GDateTime) now = g_date_time_new_from_unix_utc (self->now / G_USEC_PER_SEC);
  GString *json = g_string_new ("[");

  for (gsize i = 0; days[i] != NULL; i++)
    g_string_append_printf (json, "%s\"%04d-%sT00:00:00Z\"", i > 0 ? "," : "",
                            g_date_time_get_year (now), days[i]);
  g_string_append_c (json, ']');

  return g_string_free (json, FALSE);
}

static void
add_calendars (SandboxSeed *self)
{
  for (gsize i = 0; i < G_N_ELEMENTS (calendars); i++)
    {
      char key[37];
      g_autofree char *dates = make_dates (self, calendars[i].days);

      sandbox_insert (self->store, "Calendars", SANDBOX_INT ("TenantId", self->tenant),
                      SANDBOX_TEXT ("Key", sandbox_seed_guid (self, key)),
                      SANDBOX_TEXT ("Name", calendars[i].name),
                      SANDBOX_TEXT ("TimeZoneId", calendars[i].zone),
                      SANDBOX_TEXT ("ExcludedDates", dates));
    }
}

static void
add_pools (SandboxSeed *self)
{
  sandbox_insert (self->store, "ConsumptionPools", SANDBOX_INT ("TenantId", self->tenant),
                  SANDBOX_TEXT ("Type", "AIUnits"), SANDBOX_INT ("Total", 5000));
  sandbox_insert (self->store, "ConsumptionPools", SANDBOX_INT ("TenantId", self->tenant),
                  SANDBOX_TEXT ("Type", "RobotUnits"), SANDBOX_INT ("Total", 1000));
}

/* Whoever works at a desk has a licence of his own, by what his role lets him do. */
static void
license_people (SandboxSeed *self)
{
  sandbox_statement_run (
      self->store,
      "UPDATE \"Users\" SET \"LicenseType\" = CASE (SELECT r.\"Name\" FROM \"UserRoles\" m JOIN "
      "\"Roles\" r ON r.\"Id\" = m.\"RoleId\" WHERE m.\"UserId\" = \"Users\".\"Id\")"
      " WHEN 'Automation Developer' THEN ?2 WHEN 'Automation Operator' THEN ?3"
      " WHEN 'Automation User' THEN ?3 END WHERE \"TenantId\" = ?1 AND \"Type\" = 0",
      "iii", self->tenant, (gint64)sandbox_row_get_enum ("Users", "LicenseType", "RpaDeveloper"),
      (gint64)sandbox_row_get_enum ("Users", "LicenseType", "Attended"));
}

void
sandbox_seed_tenant (SandboxSeed *self)
{
  Catalogue catalogue = { .seed = self };

  sandbox_row_insert_all (self->store, "Permissions", next_permission, &catalogue);
  sandbox_insert (
      self->store, "Tenants", SANDBOX_INT ("TenantId", self->tenant),
      SANDBOX_INT ("Id", self->tenant),
      SANDBOX_TEXT ("Name", sandbox_world_get_tenant_name (self->tenant)),
      SANDBOX_TEXT ("Key", sandbox_world_get_tenant_key (self->tenant)),
      SANDBOX_TEXT ("DisplayName", sandbox_world_get_tenant_display_name (self->tenant)),
      SANDBOX_INT ("IsActive", TRUE), SANDBOX_TEXT ("OrganizationName", SANDBOX_ORGANIZATION));
  add_calendars (self);
  add_pools (self);
  license_people (self);
}
