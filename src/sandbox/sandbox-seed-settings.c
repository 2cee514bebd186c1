/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sandbox-seed-private.h"

typedef struct
{
  const char *name;
  const char *value;
  const char *scope;
} Setting;

static const Setting settings[] = {
  { "Abp.Net.Mail.DefaultFromAddress", "noreply@acme.example", "Tenant" },
  { "Abp.Timing.TimeZone", "W. Europe Standard Time", "Tenant" },
  { "Alerts.Email.Enabled", "true", "Tenant" },
  { "Deployment.Libraries.AllowTenantPublish", "true", "Tenant" },
  { "Deployment.ProcessFeed.Expiry", "180", "Tenant" },
  { "Jobs.RetentionDays", "30", "Tenant" },
  { "Modules.PersonalWorkspaces.Enabled", "true", "Tenant" },
  { "Queue.RetentionPeriod", "30", "Tenant" },
  { "Robot.HeartbeatPeriod", "30", "Application" },
  { "Triggers.DisableOnFaultedJobs", "10", "Tenant" },
};

void
sandbox_seed_settings (SandboxSeed *self)
{
  for (gsize i = 0; i < G_N_ELEMENTS (settings); i++)
    sandbox_insert (self->store,
                    "Settings",
                    SANDBOX_INT ("TenantId", self->tenant),
                    SANDBOX_TEXT ("Id", settings[i].name),
                    SANDBOX_TEXT ("Name", settings[i].name),
                    SANDBOX_TEXT ("Value", settings[i].value),
                    SANDBOX_ENUM ("Scope", settings[i].scope));
}
