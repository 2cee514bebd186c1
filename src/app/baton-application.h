/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "baton-accounts.h"
#include "baton-connection.h"
#include "baton-expiries.h"
#include "baton-secret-store.h"

G_BEGIN_DECLS

#define BATON_TYPE_APPLICATION (baton_application_get_type ())
G_DECLARE_FINAL_TYPE (BatonApplication, baton_application, BATON, APPLICATION, AdwApplication)

BatonApplication *baton_application_new (void);
/* All (transfer none). */
BatonApplication *baton_application_get_default (void);
BatonAccounts *baton_application_get_accounts (BatonApplication *self);
BatonSecretStore *baton_application_get_secret_store (BatonApplication *self);
BatonExpiries *baton_application_get_expiries (BatonApplication *self);
GSettings *baton_application_get_settings (BatonApplication *self);

G_END_DECLS
