/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "baton-deployment.h"
#include "baton-token.h"
#include "network/baton-network.h"

G_BEGIN_DECLS

/* The tenants that a user can see (fact sheet 2.1 and 3): by the accounts of the user-key era,
 * asked with the id token, else by what the portal of today tells of the organisation. Main
 * thread. */
void baton_discovery_run_async (BatonNetwork *network,
                                BatonDeployment *deployment,
                                BatonToken *token,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data);
/* Returns: (transfer full) (element-type BatonTenant) (nullable): one or more; NULL with the error
 * of the last way that was tried. */
GPtrArray *baton_discovery_run_finish (GAsyncResult *result, GError **error);

G_END_DECLS
