/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "baton-tenant.h"

G_BEGIN_DECLS

/**
 * BatonAddressHelp:
 *
 * The seed of most trouble with addresses (fact sheet 1.5): says what was taken for what, and offers
 * what the key can see. Signal: chosen (BatonTenant).
 */
#define BATON_TYPE_ADDRESS_HELP (baton_address_help_get_type ())
G_DECLARE_FINAL_TYPE (BatonAddressHelp, baton_address_help, BATON, ADDRESS_HELP, GtkWidget)

/* @organization, @tenant: (nullable): what the address was taken to name. @tenants: (nullable) of
 * BatonTenant. */
GtkWidget *
baton_address_help_new (const char *organization, const char *tenant, GListModel *tenants);

G_END_DECLS
