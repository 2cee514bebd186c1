/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "baton-account.h"

G_BEGIN_DECLS

/* One account as a group of accounts.ini, which holds nothing secret. Main thread; the file is only in memory here. */

/* Keys of the group that are not ours stay as they are. */
void baton_account_group_store (BatonAccount *account, GKeyFile *file);
/* Returns: (transfer full) (nullable): NULL for a group that is about something else, or that this version does not understand. */
BatonAccount *baton_account_group_load (GKeyFile *file, const char *group);
void baton_account_group_remove (BatonAccount *account, GKeyFile *file);

G_END_DECLS
