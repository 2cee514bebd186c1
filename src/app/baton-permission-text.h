/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "baton-connection.h"

G_BEGIN_DECLS

/* Returns: (transfer full) (nullable): a sentence that names @permission where the user of @connection (nullable) does not
 * have it; NULL where all is well or nothing is known. @permission: (nullable). */
char *baton_permission_text (BatonConnection *connection, const char *permission);

G_END_DECLS
