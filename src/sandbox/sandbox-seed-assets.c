/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sandbox-asset.h"
#include "sandbox-seed-private.h"

typedef struct
{
  const char *folder;
  const char *name;
  const char *description;
  const char *type;    /* ValueType */
  const char *value;   /* text, number, "True" or "False", or the user name of a credential */
  guint accounts;      /* how many robots have a value of their own */
  gboolean no_default; /* with accounts: there is no value for the others */
  gboolean both;
} Asset;

static const Asset assets[] = {
  { "Shared",
    "ErpBaseUrl",
    "Address of the ERP",
    "Text",
    "https://erp.acme.example/api",
    0,
    FALSE,
    TRUE },
  { "Shared",
    "ErpCredential",
    "Signs robots in to the ERP",
    "Credential",
    "RPA_FI",
    3,
    FALSE,
    TRUE },
  { "Shared", "ErpClient", "Client number of the ERP", "Integer", "100", 0, FALSE, TRUE },
  { "Shared",
    "InvoiceMailbox",
    "Where suppliers send their invoices",
    "Text",
    "invoices@acme.example",
    0,
    FALSE,
    TRUE },
  { "Shared",
    "InvoiceTolerance",
    "Cents that an invoice may differ from its order",
    "Integer",
    "200",
    0,
    FALSE,
    TRUE },
  { "Shared", "MaxItemsPerRun", "How many items one job takes", "Integer", "25", 2, FALSE, TRUE },
  { "Shared", "NotifyOnFault", "Mail the owner when a job fails", "Bool", "True", 0, FALSE, TRUE },
  { "Shared", "DryRun", "Look, but change nothing", "Bool", "False", 0, FALSE, TRUE },
  { "Shared",
    "BankPortalCredential",
    "Bank portal, changed every quarter",
    "Credential",
    "acme-treasury",
    0,
    FALSE,
    FALSE },
  { "Shared",
    "BankAccount",
    "House account",
    "Text",
    "DE89 3704 0044 0532 0130 00",
    0,
    FALSE,
    FALSE },
  { "Shared", "CrmApiKey", "Key of the CRM's interface", "Secret", NULL, 0, FALSE, TRUE },
  { "Shared", "ShopApiKey", "Key of the web shop's interface", "Secret", NULL, 0, FALSE, FALSE },
  { "Shared", "SmtpServer", "Outgoing mail", "Text", "smtp.acme.example", 0, FALSE, TRUE },
  { "Shared", "SmtpPort", "Outgoing mail", "Integer", "587", 0, FALSE, TRUE },
  { "Shared", "SmtpCredential", "Outgoing mail", "Credential", "rpa@acme.example", 0, FALSE, TRUE },
  { "Shared", "RobotMailbox", "Each robot reads its own", "Text", NULL, 4, TRUE, FALSE },
  { "Shared",
    "ArchivePath",
    "Share of the archive",
    "Text",
    "\\\\fileserver\\archive\\invoices",
    0,
    FALSE,
    TRUE },
  { "Shared", "HolidayCountry", "Whose holidays count", "Text", "DE-HE", 0, FALSE, FALSE },
  { "Shared",
    "ReportRecipients",
    "Who gets the sales report",
    "Text",
    "sales-leads@acme.example;cfo@acme.example",
    0,
    FALSE,
    FALSE },
  { "Shared", "RetryCount", "Attempts before a job gives up", "Integer", "3", 0, FALSE, TRUE },
  { "Shared",
    "ScreenshotsOnError",
    "Keep a picture when a job fails",
    "Bool",
    "True",
    0,
    FALSE,
    FALSE },
  { "Shared",
    "ErpConnection",
    "Named parameters of the connection",
    "KeyValueList",
    NULL,
    0,
    FALSE,
    FALSE },
  { "Finance/Treasury",
    "PaymentLimit",
    "Payments above it need a person",
    "Integer",
    "50000",
    0,
    FALSE,
    FALSE },
  { "Finance/Treasury",
    "PaymentCredential",
    "Second factor of the bank portal",
    "Credential",
    "acme-pay",
    0,
    FALSE,
    FALSE },
  { "Human Resources",
    "PayrollOfficeUrl",
    "Where payroll data is sent",
    "Text",
    "https://payroll.example/upload",
    0,
    FALSE,
    TRUE },
  { "Human Resources/Onboarding",
    "DirectoryCredential",
    "May create accounts",
    "Credential",
    "svc-onboarding",
    1,
    FALSE,
    FALSE },
  { "Sales/Order Entry",
    "OrderMailbox",
    "Orders by e-mail",
    "Text",
    "orders@acme.example",
    0,
    FALSE,
    FALSE },
  { "Kundenservice",
    "Antwortvorlage",
    "Standardantwort auf Anfragen",
    "Text",
    "Vielen Dank für Ihre Nachricht.",
    0,
    FALSE,
    FALSE },
  { "IT Service Desk",
    "TicketSystemUrl",
    "Ticket system",
    "Text",
    "https://tickets.acme.example",
    0,
    FALSE,
    FALSE },
  { "Warehouse", "ScannerPort", "Port of the hand scanners", "Integer", "9100", 0, FALSE, TRUE },
};

static void
add_secrets (SandboxAssetValue *value, const Asset *asset)
{
  if (g_str_equal (asset->type, "Credential"))
    value->password = g_strdup ("made-up-password");
  else if (g_str_equal (asset->type, "Secret"))
    value->secret = g_strdup ("made-up-secret");
  else if (g_str_equal (asset->type, "KeyValueList"))
    value->pairs = g_strdup (
        "[{\"Key\":\"host\",\"Value\":\"erp.acme.example\"},{\"Key\":\"pool\",\"Value\":\"5\"}]");
}

static void
add_account_value (SandboxSeed *self, const Asset *asset, gint64 id, guint position)
{
  const SandboxSeedRobot *robot = &g_array_index (self->robots, SandboxSeedRobot, position);
  g_autofree char *text = NULL;
  SandboxAssetValue value = { 0 };

  if (g_str_equal (asset->type, "Integer"))
    text = g_strdup_printf ("%u", 10 + 15 * position);
  else if (g_str_equal (asset->type, "Credential"))
    text = g_strdup_printf ("%s_%02u", asset->value, position + 1);
  else
    text = g_strdup_printf ("robot%u@acme.example", position + 1);

  sandbox_asset_value_parse (&value, asset->type, text);
  add_secrets (&value, asset);
  sandbox_insert (self->store,
                  "AssetUserValues",
                  SANDBOX_INT ("TenantId", self->tenant),
                  SANDBOX_INT ("AssetId", id),
                  SANDBOX_TEXT ("Name", asset->name),
                  SANDBOX_INT ("UserId", robot->user),
                  SANDBOX_TEXT ("UserName", robot->name),
                  SANDBOX_ASSET_VALUES (value));
  sandbox_asset_value_clear (&value);
}

void
sandbox_seed_assets (SandboxSeed *self)
{
  for (gsize i = 0; i < G_N_ELEMENTS (assets); i++)
    {
      const Asset *asset = &assets[i];
      gint64 created = self->now - (60 + (gint64) i * 9) * SANDBOX_DAY;
      SandboxAssetValue value = { 0 };
      char key[37];
      gint64 id;

      if (!asset->both && !sandbox_seed_is_first (self))
        continue;

      sandbox_asset_value_parse (&value, asset->type, asset->value);
      add_secrets (&value, asset);
      id = sandbox_insert (
          self->store,
          "Assets",
          SANDBOX_INT ("TenantId", self->tenant),
          SANDBOX_INT ("OrganizationUnitId", sandbox_seed_get_folder (self, asset->folder)->id),
          SANDBOX_TEXT ("Key", sandbox_seed_guid (self, key)),
          SANDBOX_TEXT ("Name", asset->name),
          SANDBOX_TEXT ("Description", asset->description),
          SANDBOX_INT ("CanBeDeleted", TRUE),
          SANDBOX_ENUM ("ValueScope", asset->accounts > 0 ? "PerRobot" : "Global"),
          SANDBOX_INT ("HasDefaultValue", !asset->no_default),
          SANDBOX_TIME ("CreationTime", created),
          SANDBOX_INT ("CreatorUserId", self->admin),
          SANDBOX_TIME ("LastModificationTime", i % 3 == 0 ? created + 21 * SANDBOX_DAY : 0),
          SANDBOX_ASSET_VALUES (value));
      sandbox_asset_value_clear (&value);
      for (guint j = 0; j < asset->accounts; j++)
        add_account_value (self, asset, id, j);
    }
}
