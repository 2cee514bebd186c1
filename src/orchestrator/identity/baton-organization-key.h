/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "../baton-connection.h"

G_BEGIN_DECLS

/* The GUID of the organisation that @connection is signed in to: the token's "prt_id", else what
 * the portal says (fact sheet 3). Main thread. */
void baton_organization_key_find_async (BatonConnection *connection,
                                        GCancellable *cancellable,
                                        GAsyncReadyCallback callback,
                                        gpointer user_data);
/* Returns: (transfer full) (nullable). */
char *baton_organization_key_find_finish (GAsyncResult *result, GError **error);

G_END_DECLS
