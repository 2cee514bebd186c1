/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "baton-session.h"

G_BEGIN_DECLS

/* The actions of the main window that have to do with the network of an account: network-settings
 * and show-certificate, of the account that is open, and account-network, of the one whose id is
 * given. What is changed for the open account is tried at once. Main thread. */
void baton_network_actions_add (GtkApplicationWindow *window, BatonSession *session);

G_END_DECLS
