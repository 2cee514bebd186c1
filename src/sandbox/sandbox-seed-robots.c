/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sandbox-seed-private.h"

typedef struct
{
  const char *name;
  const char *description;
  const char *type; /* MachineType */
  const char *host; /* the host that is connected with it */
  guint unattended;
  guint non_production;
  guint disconnected; /* minutes since it was last heard of, 0 while it is connected */
} Machine;

static const Machine machines[] = {
  { "FRA-RPA-01", "Frankfurt, rack 4", "Standard", "FRA-RPA-01", 4, 0, 0 },
  { "FRA-RPA-02", "Frankfurt, rack 4", "Standard", "FRA-RPA-02", 4, 0, 0 },
  { "LON-RPA-01", "London, virtual", "Standard", "LON-RPA-01", 1, 0, 0 },
  { "Finance Pool", "Template for the finance robots; hosts come and go", "Template", "VM-FIN-7F3A",
    8, 0, 0 },
  { "HR Pool", "Template for the human resources robots", "Template", "VM-HR-21C9", 4, 0, 0 },
  { "München-Kundenservice", "Vorlage für den Kundenservice", "Template", "MUC-KS-03", 2, 0, 0 },
  { "Test Lab", "Acceptance tests before a release goes live", "Template", "VM-TEST-0044", 0, 3,
    95 },
  { "Old Warehouse PC", "To be retired", "Standard", "WH-DESK-17", 1, 0, 3 * 24 * 60 },
};

typedef struct
{
  const char *name;
  const char *account;
  guint machine;
} Robot;

static const Robot robots[] = {
  { "Invoice-Bot-01", "ACME\\rpa.invoice01", 0 },
  { "Invoice-Bot-02", "ACME\\rpa.invoice02", 1 },
  { "Order-Bot", "ACME\\rpa.orders", 2 },
  { "Treasury-Bot", "ACME\\rpa.treasury", 3 },
  { "Ledger-Bot", "ACME\\rpa.ledger", 3 },
  { "Onboarding-Bot", "ACME\\rpa.onboarding", 4 },
  { "Kundenservice-Bot", "ACME\\rpa.service", 5 },
  { "Rücksendungs-Bot", "ACME\\rpa.returns", 5 },
  { "Test-Bot", "ACME\\rpa.test", 6 },
  { "Lager-Bot", "ACME\\rpa.lager", 7 },
};

static void
add_machine (SandboxSeed *self, const Machine *machine, gint64 *id, char key[37])
{
  char license_key[37];

  sandbox_seed_guid (self, key);
  *id = sandbox_insert (self->store,
                        "Machines",
                        SANDBOX_INT ("TenantId", self->tenant),
                        SANDBOX_TEXT ("Key", key),
                        SANDBOX_TEXT ("Name", machine->name),
                        SANDBOX_TEXT ("Description", machine->description),
                        SANDBOX_ENUM ("Type", machine->type),
                        SANDBOX_ENUM ("Scope", "Default"),
                        SANDBOX_TEXT ("LicenseKey", sandbox_seed_guid (self, license_key)),
                        SANDBOX_INT ("UnattendedSlots", machine->unattended),
                        SANDBOX_INT ("NonProductionSlots", machine->non_production),
                        SANDBOX_INT ("HeadlessSlots", 0),
                        SANDBOX_INT ("TestAutomationSlots", 0),
                        SANDBOX_ENUM ("AutomationType", "Any"),
                        SANDBOX_ENUM ("TargetFramework", "Any"));
}

static void
add_session (SandboxSeed *self,
             const SandboxSeedRobot *robot,
             const Machine *machine,
             guint position)
{
  static const char *const versions[] = { "24.10.6", "24.10.6", "23.10.9" };
  gint64 ago = machine->disconnected > 0 ? machine->disconnected * SANDBOX_MINUTE
                                         : (3 + sandbox_seed_below (self, 24)) * G_USEC_PER_SEC;

  sandbox_insert (
      self->store, "Sessions", SANDBOX_INT ("TenantId", self->tenant),
      SANDBOX_INT ("RobotId", robot->id), SANDBOX_INT ("MachineId", robot->machine),
      SANDBOX_TEXT ("MachineName", robot->machine_name),
      SANDBOX_TEXT ("HostMachineName", robot->host),
      SANDBOX_ENUM ("State", machine->disconnected > 0 ? "Disconnected" : "Available"),
      SANDBOX_TIME ("HeardOf", self->now - ago), SANDBOX_TEXT ("Info", NULL),
      SANDBOX_INT ("OrganizationUnitId", sandbox_seed_get_folder (self, "Shared")->id),
      SANDBOX_TEXT ("FolderName", "Shared"),
      SANDBOX_ENUM ("RobotSessionType", machine->type[0] == 'T' ? "Ephemeral" : "LongLived"),
      SANDBOX_TEXT ("Version", versions[position % G_N_ELEMENTS (versions)]),
      SANDBOX_ENUM ("Platform", "Windows"));
}

/* What GetMachineSessionRuntimes tells: a host, what may run on it and what does. */
static void
add_runtimes (SandboxSeed *self, const Machine *machine, gint64 id, guint position)
{
  gboolean connected = machine->disconnected == 0;
  gint64 ago = connected ? (5 + 2 * (gint64) position) * G_USEC_PER_SEC
                         : machine->disconnected * SANDBOX_MINUTE;

  sandbox_insert (
      self->store, "MachineSessionRuntimes", SANDBOX_INT ("TenantId", self->tenant),
      SANDBOX_INT ("MachineId", id), SANDBOX_TEXT ("MachineName", machine->name),
      SANDBOX_TEXT ("HostMachineName", machine->host),
      SANDBOX_ENUM ("MaintenanceMode", position == 5 ? "Enabled" : "Default"),
      SANDBOX_ENUM ("RuntimeType", machine->unattended > 0 ? "Unattended" : "NonProduction"),
      SANDBOX_ENUM ("MachineType", machine->type), SANDBOX_ENUM ("MachineScope", "Default"),
      SANDBOX_ENUM ("Status", connected ? "Available" : "Disconnected"),
      SANDBOX_INT ("Runtimes", machine->unattended + machine->non_production),
      SANDBOX_INT ("UsedRuntimes", 0),
      SANDBOX_TEXT ("ServiceUserName", "NT AUTHORITY\\LocalService"),
      SANDBOX_TIME ("HeardOf", self->now - ago),
      SANDBOX_TEXT ("Version", position % 3 == 2 ? "23.10.9" : "24.10.6"),
      SANDBOX_ENUM ("Platform", "Windows"), SANDBOX_INT ("TriggersCount", 0));
}

void
sandbox_seed_robots (SandboxSeed *self)
{
  gint64 ids[G_N_ELEMENTS (machines)] = { 0 };
  char keys[G_N_ELEMENTS (machines)][37];
  /* The second tenant is the smaller one. */
  gsize n_robots = sandbox_seed_is_first (self) ? G_N_ELEMENTS (robots) : 5;

  for (gsize i = 0; i < n_robots; i++)
    {
      const Machine *machine = &machines[robots[i].machine];
      SandboxSeedRobot robot = { .name = robots[i].name,
                                 .account = robots[i].account,
                                 .host = machine->host,
                                 .machine_name = machine->name };
      char license_key[37];
      gint64 created = self->now - (200 + (gint64) i * 11) * SANDBOX_DAY;
      char key[37];

      if (ids[robots[i].machine] == 0)
        {
          add_machine (self, machine, &ids[robots[i].machine], keys[robots[i].machine]);
          add_runtimes (self, machine, ids[robots[i].machine], robots[i].machine);
        }
      robot.machine = ids[robots[i].machine];
      memcpy (robot.machine_key, keys[robots[i].machine], sizeof robot.machine_key);

      robot.user = sandbox_insert (
          self->store,
          "Users",
          SANDBOX_INT ("TenantId", self->tenant),
          SANDBOX_TEXT ("Key", sandbox_seed_guid (self, key)),
          SANDBOX_TEXT ("UserName", robot.name),
          SANDBOX_TEXT ("Name", robot.name),
          SANDBOX_TEXT ("FullName", robot.name),
          SANDBOX_ENUM ("Type", "Robot"),
          SANDBOX_ENUM ("ProvisionType", "Manual"),
          SANDBOX_TEXT ("TenancyName", sandbox_world_get_tenant_name (self->tenant)),
          SANDBOX_TEXT ("TenantKey", sandbox_world_get_tenant_key (self->tenant)),
          SANDBOX_INT ("IsActive", TRUE),
          SANDBOX_INT ("MayHaveUserSession", FALSE),
          SANDBOX_INT ("MayHaveRobotSession", FALSE),
          SANDBOX_INT ("MayHaveUnattendedSession", TRUE),
          SANDBOX_INT ("MayHavePersonalWorkspace", FALSE),
          SANDBOX_TIME ("CreationTime", created));
      robot.id = sandbox_insert (
          self->store, "Robots", SANDBOX_INT ("TenantId", self->tenant),
          SANDBOX_TEXT ("LicenseKey", sandbox_seed_guid (self, license_key)),
          SANDBOX_TEXT ("MachineName", robot.machine_name),
          SANDBOX_INT ("MachineId", robot.machine), SANDBOX_TEXT ("Name", robot.name),
          SANDBOX_TEXT ("Username", robot.account),
          SANDBOX_ENUM ("Type", machine->non_production > 0 ? "NonProduction" : "Unattended"),
          SANDBOX_ENUM ("HostingType", "Floating"), SANDBOX_ENUM ("ProvisionType", "Automatic"),
          SANDBOX_INT ("UserId", robot.user),
          SANDBOX_INT ("Enabled", machine->disconnected < 24 * 60),
          SANDBOX_ENUM ("CredentialType", "Default"),
          SANDBOX_INT ("LimitConcurrentExecution", i % 4 == 2),
          SANDBOX_TIME ("CreationTime", created), SANDBOX_INT ("CreatorUserId", self->admin));
      add_session (self, &robot, machine, i);
      g_array_append_val (self->robots, robot);
    }
}
