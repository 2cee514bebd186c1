/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "baton-window.h"

G_BEGIN_DECLS

/* Adds to @window the actions that have to do with an account: reconnect, replace-key and check-connection are about the one that
 * is open; check-account, switch-account and remove-account about the one whose id is given. Main thread. */
void baton_account_actions_add (BatonWindow *window);

G_END_DECLS
