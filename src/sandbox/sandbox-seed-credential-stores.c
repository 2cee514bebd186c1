/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sandbox-credential-store.h"
#include "sandbox-enums.h"
#include "sandbox-seed-private.h"

/* The store that every tenant comes with, and one that holds nothing yet. Before what lies in it.
 */
void
sandbox_seed_credential_stores (SandboxSeed *self)
{
  gint64 id = sandbox_insert (
      self->store, "CredentialStores", SANDBOX_INT ("TenantId", self->tenant),
      SANDBOX_TEXT ("Name", "Orchestrator Database"), SANDBOX_TEXT ("Type", "Database"));

  /* "CredentialStore" after them is no resource with a default. */
  for (int i = 0; i < 4; i++)
    sandbox_credential_store_set_default (self->store, self->tenant,
                                          sandbox_enum_credential_resource[i], id);
  if (sandbox_seed_is_first (self))
    sandbox_insert (self->store, "CredentialStores", SANDBOX_INT ("TenantId", self->tenant),
                    SANDBOX_TEXT ("Name", "Treasury vault"), SANDBOX_TEXT ("Type", "AzureKeyVault"),
                    SANDBOX_TEXT ("AdditionalConfiguration",
                                  "{\"VaultUri\":\"https://treasury.vault.example\"}"));
}
