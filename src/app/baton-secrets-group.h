/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "baton-secret-store.h"

G_BEGIN_DECLS

/* Every secret that Baton keeps in the keyring, for all accounts, each with "Forget". Asks the keyring each time it comes on screen. */
#define BATON_TYPE_SECRETS_GROUP (baton_secrets_group_get_type ())
G_DECLARE_FINAL_TYPE (BatonSecretsGroup, baton_secrets_group, BATON, SECRETS_GROUP, GtkWidget)

/* @store: (nullable). */
void baton_secrets_group_set_store (BatonSecretsGroup *self, BatonSecretStore *store);
/* @account_id: (nullable): of the account in use: said of it where its secret is in memory alone. */
void baton_secrets_group_set_account (BatonSecretsGroup *self, const char *account_id);

G_END_DECLS
