/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "baton-connection.h"

G_BEGIN_DECLS

/* The header button named "Tenant": organisations and tenants of the key, other accounts, search. */
#define BATON_TYPE_TENANT_SELECTOR (baton_tenant_selector_get_type ())
G_DECLARE_FINAL_TYPE (BatonTenantSelector, baton_tenant_selector, BATON, TENANT_SELECTOR, GtkWidget)

GtkWidget *baton_tenant_selector_new (void);
/* @connection: (nullable). */
void baton_tenant_selector_set_connection (BatonTenantSelector *self, BatonConnection *connection);

G_END_DECLS
