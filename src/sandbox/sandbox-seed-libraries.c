/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sandbox-seed-private.h"

static const struct
{
  const char *name;
  const char *description;
  guint versions;
} libraries[] = {
  { "Acme.Erp.Activities", "Signs in to the ERP, posts and looks up documents", 3 },
  { "Acme.Mail.Templates", "Mails with the house's signature", 2 },
  { "Acme.Bank.Statements", "Reads statements of the house banks", 1 },
};

void
sandbox_seed_libraries (SandboxSeed *self)
{
  for (gsize i = 0; i < G_N_ELEMENTS (libraries); i++)
    for (guint version = 0; version < libraries[i].versions; version++)
      {
        const char *name = libraries[i].name;
        gint64 time = self->now - (20 + (libraries[i].versions - version) * 40) * SANDBOX_DAY;
        g_autofree char *number = g_strdup_printf ("1.%u.0", version);
        g_autofree char *key = g_strconcat (name, ":", number, NULL);

        sandbox_insert (
            self->store, "Libraries", SANDBOX_INT ("TenantId", self->tenant),
            SANDBOX_TEXT ("Id", name), SANDBOX_TEXT ("Key", key), SANDBOX_TEXT ("Version", number),
            SANDBOX_TEXT ("Title", name), SANDBOX_TEXT ("Description", libraries[i].description),
            SANDBOX_TEXT ("Authors", "Anna Schmidt"), SANDBOX_TIME ("Created", time),
            SANDBOX_TIME ("LastUpdated", time), SANDBOX_TIME ("Published", time),
            SANDBOX_ENUM ("ProjectType", "ProcessLibrary"), SANDBOX_INT ("IsPrerelease", FALSE),
            SANDBOX_INT ("IsLatestVersion", version + 1 == libraries[i].versions));
      }
}
