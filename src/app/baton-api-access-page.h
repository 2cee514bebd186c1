/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "baton-connection.h"

G_BEGIN_DECLS

/* The page "API access": key, token with its countdown, keyring. */
#define BATON_TYPE_API_ACCESS_PAGE (baton_api_access_page_get_type ())
G_DECLARE_FINAL_TYPE (BatonApiAccessPage, baton_api_access_page, BATON, API_ACCESS_PAGE, GtkWidget)

GtkWidget *baton_api_access_page_new (void);
/* @connection: (nullable). */
void baton_api_access_page_set_connection (BatonApiAccessPage *self, BatonConnection *connection);

G_END_DECLS
