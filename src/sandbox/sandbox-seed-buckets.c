/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "sandbox-blob.h"
#include "sandbox-seed-private.h"
#include "sandbox-sets.h"
#include "sandbox-share.h"

typedef struct
{
  const char *folder;
  const char *name;
  const char *description;
  const char *options;
  const char *linked; /* (nullable): another folder that it lies in */
} Bucket;

static const Bucket buckets[] = {
  { "Shared", "Invoices", "Invoices as they came, by supplier", "None",
    "Finance/Accounts Payable" },
  { "Shared", "Templates", "Letters and reports to fill in", "ReadOnly", NULL },
  { "Finance/Treasury", "Bank Statements", "Statements of the house bank", "AuditReadAccess",
    NULL },
};

static const struct
{
  const char *bucket;
  const char *path;
  const char *type;
  const char *text;
} files[] = {
  { "Invoices", "2026/inbox.csv", "text/csv",
    "Number,Supplier,Amount\n4711,Nordwind GmbH,1290.50\n4712,Bürobedarf Krüger,86.20\n" },
  { "Invoices", "2026/Nordwind GmbH/4711.txt", "text/plain", "Invoice 4711\nTotal 1290.50 EUR\n" },
  { "Invoices", "readme.txt", "text/plain", "One folder a year, one below it a supplier.\n" },
  { "Templates", "dunning-letter.txt", "text/plain",
    "Dear {Name},\n\nour invoice {Number} is still open.\n" },
  { "Bank Statements", "2026-10.txt", "text/plain", ":20:STATEMENT\n:25:DE89370400440532013000\n" },
};

static void
add_files (SandboxSeed *self, const char *bucket, gint64 id)
{
  for (gsize i = 0; i < G_N_ELEMENTS (files); i++)
    {
      g_autoptr (GBytes) content = g_bytes_new_static (files[i].text, strlen (files[i].text));

      if (g_str_equal (files[i].bucket, bucket))
        sandbox_blob_write (self->store, &sandbox_set_buckets, id, files[i].path, files[i].type,
                            content);
    }
}

void
sandbox_seed_buckets (SandboxSeed *self)
{
  if (!sandbox_seed_is_first (self))
    return;

  for (gsize i = 0; i < G_N_ELEMENTS (buckets); i++)
    {
      char identifier[37];
      gint64 id = sandbox_insert (
          self->store, "Buckets", SANDBOX_INT ("TenantId", self->tenant),
          SANDBOX_INT ("OrganizationUnitId", sandbox_seed_get_folder (self, buckets[i].folder)->id),
          SANDBOX_TEXT ("Name", buckets[i].name),
          SANDBOX_TEXT ("Description", buckets[i].description),
          SANDBOX_TEXT ("Identifier", sandbox_seed_guid (self, identifier)),
          SANDBOX_ENUM ("Options", buckets[i].options));

      add_files (self, buckets[i].name, id);
      if (buckets[i].linked != NULL)
        sandbox_share_link (self->store, &sandbox_set_buckets, self->tenant, id,
                            sandbox_seed_get_folder (self, buckets[i].linked)->id);
    }
}
