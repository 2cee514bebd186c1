/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sandbox-seed-private.h"

#define ARGUMENT(name, type, required) \
  "{\"name\":\"" name "\",\"type\":\"System." type \
  ", System.Private.CoreLib\",\"required\":" required ",\"hasDefault\":false}"

static const SandboxSeedProcess processes[] = {
  { "Invoice_Posting",
    "Reads supplier invoices from the mailbox, checks them against the order and posts them",
    "Shared",
    "finance,invoice",
    4,
    192,
    60,
    24,
    FALSE,
    TRUE,
    "{\"in_Mailbox\":\"invoices@acme.example\",\"in_CompanyCode\":\"1000\",\"in_MaxItems\":25}",
    "{\"out_Posted\":%u,\"out_Rejected\":0}",
    "[" ARGUMENT ("in_Mailbox", "String", "true") "," ARGUMENT (
        "in_CompanyCode", "String", "false") "," ARGUMENT ("in_MaxItems", "Int32", "false") "]",
    "[" ARGUMENT ("out_Posted", "Int32", "false") "," ARGUMENT (
        "out_Rejected", "Int32", "false") "]" },
  { "Invoice_Matching",
    "Three-way match of order, goods receipt and invoice",
    "Shared",
    "finance,invoice",
    3,
    95,
    45,
    14,
    FALSE,
    TRUE,
    "{\"in_Tolerance\":0.02,\"in_Batch\":%u}",
    "{\"out_Matched\":%u}",
    "[" ARGUMENT ("in_Tolerance", "Double", "false") "," ARGUMENT ("in_Batch", "Int32", "true") "]",
    "[" ARGUMENT ("out_Matched", "Int32", "false") "]" },
  { "HR_Onboarding",
    "Creates accounts, orders equipment and sends the contract to a new colleague",
    "Shared",
    "hr",
    5,
    640,
    55,
    5,
    TRUE,
    TRUE,
    "{\"in_EmployeeId\":\"E%u\",\"in_StartDate\":\"2026-01-05\",\"in_Equipment\":true}",
    "{\"out_TicketNumber\":\"INC%u\"}",
    "[" ARGUMENT ("in_EmployeeId", "String", "true") "," ARGUMENT (
        "in_StartDate", "String", "true") "," ARGUMENT ("in_Equipment", "Boolean", "false") "]",
    "[" ARGUMENT ("out_TicketNumber", "String", "false") "]" },
  { "Order_Entry",
    "Enters web shop orders into the order book",
    "Shared",
    "sales",
    4,
    58,
    70,
    22,
    TRUE,
    TRUE,
    "{\"in_OrderNumber\":\"SO-%u\",\"in_Express\":false}",
    "{\"out_Confirmation\":\"C-%u\"}",
    "[" ARGUMENT ("in_OrderNumber", "String", "true") "," ARGUMENT (
        "in_Express", "Boolean", "false") "]",
    "[" ARGUMENT ("out_Confirmation", "String", "false") "]" },
  { "Bank_Reconciliation",
    "Matches bank statements with open items of the ledger",
    "Shared",
    "finance,treasury",
    3,
    415,
    80,
    6,
    FALSE,
    TRUE,
    "{\"in_Account\":\"DE89 3704 0044 0532 0130 00\",\"in_Statement\":%u}",
    "{\"out_OpenItems\":%u}",
    "[" ARGUMENT ("in_Account", "String", "true") "," ARGUMENT (
        "in_Statement", "Int32", "true") "]",
    "[" ARGUMENT ("out_OpenItems", "Int32", "false") "]" },
  { "Customer_Master_Data_Sync",
    "Takes changed addresses from the CRM over into the ERP",
    "Shared",
    "sales,master data",
    2,
    38,
    35,
    9,
    FALSE,
    TRUE,
    NULL,
    "{\"out_Changed\":%u}",
    NULL,
    "[" ARGUMENT ("out_Changed", "Int32", "false") "]" },
  { "Vendor_Onboarding",
    "Checks new suppliers against the sanction lists and creates them",
    "Shared",
    "finance",
    2,
    275,
    65,
    3,
    FALSE,
    FALSE,
    "{\"in_VendorId\":\"V%u\"}",
    NULL,
    "[" ARGUMENT ("in_VendorId", "String", "true") "]",
    NULL },
  { "Daily_Sales_Report",
    "Collects the sales figures of yesterday and mails them",
    "Shared",
    "reporting",
    6,
    122,
    30,
    2,
    FALSE,
    TRUE,
    NULL,
    NULL,
    NULL,
    NULL },
  { "Expense_Report_Audit",
    "Looks at expense reports for duplicates and missing receipts",
    "Shared",
    "finance,hr",
    2,
    148,
    50,
    3,
    FALSE,
    FALSE,
    "{\"in_Report\":%u}",
    "{\"out_Findings\":%u}",
    "[" ARGUMENT ("in_Report", "Int32", "true") "]",
    "[" ARGUMENT ("out_Findings", "Int32", "false") "]" },
  { "Dunning_Letters",
    "Sends reminders for overdue invoices",
    "Shared",
    "finance",
    2,
    330,
    40,
    1,
    FALSE,
    FALSE,
    NULL,
    NULL,
    NULL,
    NULL },
  { "Stock_Sync",
    "Brings the stock of warehouse and web shop together",
    "Shared",
    "warehouse",
    3,
    22,
    90,
    6,
    FALSE,
    TRUE,
    NULL,
    NULL,
    NULL,
    NULL },
  { "Contract_Renewal_Reminder",
    "Tells the owner of a contract before it renews",
    "Shared",
    "legal",
    1,
    75,
    20,
    1,
    FALSE,
    FALSE,
    NULL,
    NULL,
    NULL,
    NULL },
  { "Invoice_Archiving",
    "Files posted invoices in the archive",
    "Finance/Accounts Payable",
    "finance,invoice",
    2,
    47,
    25,
    3,
    FALSE,
    TRUE,
    NULL,
    NULL,
    NULL,
    NULL },
  { "Invoice_Posting_EMEA",
    "As Invoice_Posting, for the companies in EMEA",
    "Finance/Accounts Payable/EMEA",
    "finance,invoice",
    3,
    205,
    65,
    3,
    FALSE,
    FALSE,
    "{\"in_CompanyCode\":\"2100\",\"in_MaxItems\":25}",
    NULL,
    "[" ARGUMENT ("in_CompanyCode", "String", "true") "," ARGUMENT (
        "in_MaxItems", "Int32", "false") "]",
    NULL },
  { "Payment_Run_Preparation",
    "Collects what is due and prepares the payment run",
    "Finance/Treasury",
    "finance,treasury",
    2,
    512,
    45,
    2,
    TRUE,
    FALSE,
    NULL,
    NULL,
    NULL,
    NULL },
  { "Payroll_Export",
    "Sends times and absences to the payroll office",
    "Human Resources",
    "hr",
    3,
    288,
    40,
    1,
    FALSE,
    TRUE,
    NULL,
    NULL,
    NULL,
    NULL },
  { "Account_Provisioning",
    "Creates the accounts of a new colleague",
    "Human Resources/Onboarding",
    "hr,it",
    3,
    166,
    50,
    2,
    FALSE,
    FALSE,
    "{\"in_EmployeeId\":\"E%u\"}",
    NULL,
    "[" ARGUMENT ("in_EmployeeId", "String", "true") "]",
    NULL },
  { "Order_Confirmation",
    "Sends confirmations of orders that came by e-mail",
    "Sales/Order Entry",
    "sales",
    2,
    41,
    30,
    4,
    FALSE,
    FALSE,
    NULL,
    NULL,
    NULL,
    NULL },
  { "Anfragen_Sortieren",
    "Ordnet eingehende Anfragen der richtigen Gruppe zu",
    "Kundenservice",
    "service",
    2,
    29,
    40,
    3,
    FALSE,
    FALSE,
    NULL,
    NULL,
    NULL,
    NULL },
  { "Ruecksendung_Bearbeiten",
    "Prüft Rücksendungen und veranlasst die Gutschrift",
    "Kundenservice/Rücksendungen",
    "service",
    2,
    118,
    75,
    3,
    TRUE,
    FALSE,
    "{\"in_Rueckgabe\":%u}",
    NULL,
    "[" ARGUMENT ("in_Rueckgabe", "Int32", "true") "]",
    NULL },
  { "Password_Reset",
    "Resets passwords after the caller was identified",
    "IT Service Desk",
    "it",
    3,
    33,
    30,
    3,
    FALSE,
    FALSE,
    "{\"in_Ticket\":\"INC%u\"}",
    NULL,
    "[" ARGUMENT ("in_Ticket", "String", "true") "]",
    NULL },
  { "Goods_Receipt_Check",
    "Compares delivery notes with orders",
    "Warehouse",
    "warehouse",
    2,
    64,
    55,
    2,
    FALSE,
    TRUE,
    NULL,
    NULL,
    NULL,
    NULL },
  { "My_First_Process",
    "Trying things out",
    "Ada Admin's workspace",
    "",
    1,
    12,
    150,
    1,
    TRUE,
    FALSE,
    NULL,
    NULL,
    NULL,
    NULL },
};

/* What a process does not have is left out: the definition knows no null here. */
/* What has no value is left out: the definition knows no null here (ArgumentMetadata). */
static char *
make_arguments (const SandboxSeedProcess *process)
{
  GString *json = g_string_new ("{");

  if (process->input_type != NULL)
    {
      g_autofree char *input = g_strescape (process->input_type, NULL);

      g_string_append_printf (json, "\"Input\":\"%s\"", input);
    }
  if (process->output_type != NULL)
    {
      g_autofree char *output = g_strescape (process->output_type, NULL);

      g_string_append_printf (json, "%s\"Output\":\"%s\"", json->len > 1 ? "," : "", output);
    }
  g_string_append_c (json, '}');

  return g_string_free (json, FALSE);
}

static void
add_packages (SandboxSeed *self, const SandboxSeedProcess *process, const char *arguments)
{
  for (guint version = 0; version < process->versions; version++)
    {
      g_autofree char *number = g_strdup_printf ("1.%u.%u", version, version * 3 % 5);
      g_autofree char *key = g_strconcat (process->name, ":", number, NULL);
      gboolean latest = version + 1 == process->versions;
      gint64 published = self->now - (10 + (process->versions - version) * 27) * SANDBOX_DAY -
                         version * 97 * SANDBOX_MINUTE;

      sandbox_insert (
          self->store,
          "Processes",
          SANDBOX_INT ("TenantId", self->tenant),
          SANDBOX_TEXT ("Id", process->name),
          SANDBOX_TEXT ("Key", key),
          SANDBOX_TEXT ("Title", process->name),
          SANDBOX_TEXT ("Version", number),
          SANDBOX_TEXT ("Description", process->description),
          SANDBOX_TEXT ("Authors", version % 2 == 0 ? "Raj Patel" : "Anna Schmidt"),
          SANDBOX_TIME ("Published", published),
          SANDBOX_INT ("IsLatestVersion", latest),
          SANDBOX_INT ("IsActive", latest),
          SANDBOX_TEXT ("ReleaseNotes",
                        version == 0 ? "First release" : "Retries when the target system is busy"),
          SANDBOX_ENUM ("TargetFramework", "Windows"),
          SANDBOX_ENUM ("PackageType", "Process"),
          SANDBOX_ENUM ("ProjectType", "Process"),
          SANDBOX_INT ("RequiresUserInteraction", process->foreground),
          SANDBOX_INT ("IsAttended", FALSE),
          SANDBOX_TEXT ("MainEntryPointPath", "Main.xaml"),
          SANDBOX_INT ("SupportsMultipleEntryPoints", TRUE),
          SANDBOX_TEXT ("Tags", process->tags),
          SANDBOX_TEXT ("Arguments", arguments));
    }
}

static gint64
add_entry_point (SandboxSeed *self, const SandboxSeedProcess *process)
{
  char key[37];

  return sandbox_insert (self->store,
                         "EntryPoints",
                         SANDBOX_INT ("TenantId", self->tenant),
                         SANDBOX_TEXT ("UniqueId", sandbox_seed_guid (self, key)),
                         SANDBOX_TEXT ("Path", "Main.xaml"),
                         SANDBOX_TEXT ("InputArguments", process->input_type),
                         SANDBOX_TEXT ("OutputArguments", process->output_type));
}

/* The versions that the process has had. Returns: ReleaseVersions.Id of the last. */
static gint64
add_versions (SandboxSeed *self, const SandboxSeedRelease *release, guint latest, gint64 created)
{
  gint64 id = 0;

  for (guint version = 0; version <= latest; version++)
    {
      g_autofree char *number = g_strdup_printf ("1.%u.%u", version, version * 3 % 5);

      id = sandbox_insert (self->store,
                           "ReleaseVersions",
                           SANDBOX_INT ("TenantId", self->tenant),
                           SANDBOX_INT ("ReleaseId", release->id),
                           SANDBOX_TEXT ("VersionNumber", number),
                           SANDBOX_TIME ("CreationTime", created + version * 9 * SANDBOX_DAY),
                           SANDBOX_TEXT ("ReleaseName", release->process->name));
    }

  return id;
}

void
sandbox_seed_processes (SandboxSeed *self)
{
  for (gsize i = 0; i < G_N_ELEMENTS (processes); i++)
    {
      const SandboxSeedProcess *process = &processes[i];
      SandboxSeedRelease release = { .process = process };
      g_autofree char *arguments = make_arguments (process);
      const SandboxSeedFolder *folder;
      gint64 created = self->now - (40 + (gint64) i * 7) * SANDBOX_DAY;
      guint latest = process->versions - 1;
      gboolean behind = i % 5 == 3;

      if (!process->both && !sandbox_seed_is_first (self))
        continue;

      folder = sandbox_seed_get_folder (self, process->folder);
      add_packages (self, process, arguments);
      /* Here and there a process has not been moved to its latest package yet. */
      if (behind && latest > 0)
        latest--;
      g_snprintf (release.package_version,
                  sizeof release.package_version,
                  "1.%u.%u",
                  latest,
                  latest * 3 % 5);
      sandbox_seed_guid (self, release.key);
      release.folder = folder->id;
      release.id =
          sandbox_insert (self->store,
                          "Releases",
                          SANDBOX_INT ("TenantId", self->tenant),
                          SANDBOX_INT ("OrganizationUnitId", folder->id),
                          SANDBOX_TEXT ("Key", release.key),
                          SANDBOX_TEXT ("Name", process->name),
                          SANDBOX_TEXT ("ProcessKey", process->name),
                          SANDBOX_TEXT ("ProcessVersion", release.package_version),
                          SANDBOX_INT ("IsProcessDeleted", FALSE),
                          SANDBOX_TEXT ("Description", process->description),
                          SANDBOX_INT ("EntryPointId", add_entry_point (self, process)),
                          SANDBOX_TEXT ("EntryPointPath", "Main.xaml"),
                          SANDBOX_ENUM ("ProcessType", "Process"),
                          SANDBOX_INT ("RequiresUserInteraction", process->foreground),
                          SANDBOX_INT ("IsAttended", FALSE),
                          SANDBOX_ENUM ("TargetFramework", "Windows"),
                          SANDBOX_ENUM ("RobotSize", "Standard"),
                          SANDBOX_ENUM ("JobPriority", i % 6 == 0 ? "High" : "Normal"),
                          SANDBOX_INT ("SpecificPriorityValue", i % 6 == 0 ? 65 : 45),
                          SANDBOX_INT ("AutoUpdate", i % 4 == 0),
                          SANDBOX_INT ("HiddenForAttendedUser", FALSE),
                          SANDBOX_ENUM ("RemoteControlAccess", "None"),
                          SANDBOX_TEXT ("Arguments", arguments),
                          SANDBOX_TEXT ("FolderKey", folder->key),
                          SANDBOX_TIME ("CreationTime", created),
                          SANDBOX_INT ("CreatorUserId", self->admin),
                          SANDBOX_TIME ("LastModificationTime", created + latest * 9 * SANDBOX_DAY),
                          SANDBOX_INT ("LastModifierUserId", self->admin));
      release.version = add_versions (self, &release, latest, created);
      sandbox_update (
          self->store, "Releases", release.id, SANDBOX_INT ("CurrentVersionId", release.version));
      g_array_append_val (self->releases, release);
    }
}
