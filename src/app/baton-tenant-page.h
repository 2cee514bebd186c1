/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "baton-connection.h"

G_BEGIN_DECLS

/* The page "Tenant": licence, user, roles and permissions, version. */
#define BATON_TYPE_TENANT_PAGE (baton_tenant_page_get_type ())
G_DECLARE_FINAL_TYPE (BatonTenantPage, baton_tenant_page, BATON, TENANT_PAGE, GtkWidget)

GtkWidget *baton_tenant_page_new (void);
/* @connection: (nullable). */
void baton_tenant_page_set_connection (BatonTenantPage *self, BatonConnection *connection);

G_END_DECLS
