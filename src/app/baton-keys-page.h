/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "baton-expiries.h"
#include "baton-session.h"

G_BEGIN_DECLS

/* The page "Keys and tokens": all accounts and how they stand, and everything that will expire. */
#define BATON_TYPE_KEYS_PAGE (baton_keys_page_get_type ())
G_DECLARE_FINAL_TYPE (BatonKeysPage, baton_keys_page, BATON, KEYS_PAGE, GtkWidget)

GtkWidget *baton_keys_page_new (BatonSession *session, BatonExpiries *expiries);

G_END_DECLS
