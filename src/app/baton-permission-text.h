/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "baton-connection.h"
#include "resources/baton-resource.h"

G_BEGIN_DECLS

/* Returns: (transfer full) (nullable): a sentence that names the scope or the permission that @action of @resource needs and
 * @connection (nullable) does not have; NULL where all is well or nothing is known. */
char *baton_permission_text (BatonConnection *connection, const BatonResource *resource, const BatonAction *action);

G_END_DECLS
