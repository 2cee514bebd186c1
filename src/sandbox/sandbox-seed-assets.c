/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sandbox-asset.h"
#include "sandbox-credential-store.h"
#include "sandbox-seed-private.h"
#include "sandbox-sets.h"
#include "sandbox-share.h"

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

/* What is linked to other folders too. */
static const struct
{
  const char *name;
  const char *folder;
} links[] = {
  { "ErpBaseUrl", "Finance/Accounts Payable" },
  { "ErpCredential", "Finance/Accounts Payable" },
  { "SmtpServer", "Finance" },
  { "SmtpServer", "Human Resources" },
};

/* Writes the value of @type to a row that is there. @text: (nullable). */
static void
write_value (SandboxSeed *self, const char *table, gint64 id, const char *type, const char *text)
{
  const int number = sandbox_row_get_enum ("Assets", "ValueType", type);
  const gboolean is_credential = number == SANDBOX_ASSET_CREDENTIAL;
  const gboolean is_secret = number == SANDBOX_ASSET_SECRET;
  g_autofree char *shown
      = is_credential ? g_strdup_printf ("username: %s", text) : g_strdup (text);
  gint64 credential_store = 0;

  if (is_credential || is_secret)
    credential_store = sandbox_credential_store_get_default (
        self->store, self->tenant, is_secret ? "Secrets" : "AssetCredential");

  sandbox_update (
      self->store, table, id, SANDBOX_INT ("ValueType", number), SANDBOX_TEXT ("Value", shown),
      SANDBOX_TEXT ("StringValue", number == SANDBOX_ASSET_TEXT ? text : NULL),
      SANDBOX_INT_IF ("BoolValue", number == SANDBOX_ASSET_BOOL, g_strcmp0 (text, "True") == 0),
      SANDBOX_INT_IF ("IntValue", number == SANDBOX_ASSET_INTEGER,
                      text != NULL ? g_ascii_strtoll (text, NULL, 10) : 0),
      SANDBOX_TEXT ("CredentialUsername", is_credential ? text : NULL),
      SANDBOX_TEXT ("CredentialPassword", is_credential ? "made-up-password" : NULL),
      SANDBOX_TEXT ("SecretValue", is_secret ? "made-up-secret" : NULL),
      SANDBOX_TEXT ("KeyValueList",
                    number == SANDBOX_ASSET_KEY_VALUE_LIST
                        ? "[{\"Key\":\"host\",\"Value\":\"erp.acme.example\"},"
                          "{\"Key\":\"pool\",\"Value\":\"5\"}]"
                        : NULL),
      SANDBOX_ID ("CredentialStoreId", credential_store));
}

static void
add_account_value (SandboxSeed *self, const Asset *asset, gint64 asset_id, guint position)
{
  const SandboxSeedRobot *robot = &g_array_index (self->robots, SandboxSeedRobot, position);
  g_autofree char *text = NULL;
  gint64 id;

  if (g_str_equal (asset->type, "Integer"))
    text = g_strdup_printf ("%u", 10 + 15 * position);
  else if (g_str_equal (asset->type, "Credential"))
    text = g_strdup_printf ("%s_%02u", asset->value, position + 1);
  else
    text = g_strdup_printf ("robot%u@acme.example", position + 1);

  id = sandbox_insert (self->store, "AssetUserValues", SANDBOX_INT ("TenantId", self->tenant),
                       SANDBOX_INT ("AssetId", asset_id), SANDBOX_INT ("UserId", robot->user),
                       SANDBOX_TEXT ("UserName", robot->name));
  write_value (self, "AssetUserValues", id, asset->type, text);
}

static void
link_to_folders (SandboxSeed *self, const Asset *asset, gint64 id)
{
  for (gsize i = 0; sandbox_seed_is_first (self) && i < G_N_ELEMENTS (links); i++)
    if (g_str_equal (links[i].name, asset->name))
      sandbox_share_link (self->store, &sandbox_set_assets, self->tenant, id,
                          sandbox_seed_get_folder (self, links[i].folder)->id);
}

void
sandbox_seed_assets (SandboxSeed *self)
{
  for (gsize i = 0; i < G_N_ELEMENTS (assets); i++)
    {
      const Asset *asset = &assets[i];
      gint64 created = self->now - (60 + (gint64)i * 9) * SANDBOX_DAY;
      char key[37];
      gint64 id;

      if (!asset->both && !sandbox_seed_is_first (self))
        continue;

      id = sandbox_insert (
          self->store, "Assets", SANDBOX_INT ("TenantId", self->tenant),
          SANDBOX_INT ("OrganizationUnitId", sandbox_seed_get_folder (self, asset->folder)->id),
          SANDBOX_TEXT ("Key", sandbox_seed_guid (self, key)), SANDBOX_TEXT ("Name", asset->name),
          SANDBOX_TEXT ("Description", asset->description), SANDBOX_INT ("CanBeDeleted", TRUE),
          SANDBOX_ENUM ("ValueType", asset->type),
          SANDBOX_ENUM ("ValueScope", asset->accounts > 0 ? "PerRobot" : "Global"),
          SANDBOX_INT ("HasDefaultValue", !asset->no_default),
          SANDBOX_TIME ("CreationTime", created), SANDBOX_INT ("CreatorUserId", self->admin),
          SANDBOX_TIME ("LastModificationTime", i % 3 == 0 ? created + 21 * SANDBOX_DAY : 0));
      write_value (self, "Assets", id, asset->type, asset->no_default ? NULL : asset->value);
      for (guint j = 0; j < asset->accounts; j++)
        add_account_value (self, asset, id, j);
      link_to_folders (self, asset, id);
    }
}
