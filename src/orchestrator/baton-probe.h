/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "baton-account.h"

G_BEGIN_DECLS

/* TRUE where the host does not say which edition it is, and asking may. */
gboolean baton_probe_is_needed (BatonDeployment *deployment);

/* Which edition answers at the origin of @deployment: asks the identity server, where each edition
 * has it, for its public description (fact sheet 1.1). Nothing secret is sent, over the
 * network as @account has it. Main thread. */
void baton_probe_run_async (BatonAccount *account,
                            BatonDeployment *deployment,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data);
/* @edition: (out). Errors: of the last that was asked; then nobody knows. */
gboolean baton_probe_run_finish (GAsyncResult *result, BatonEdition *edition, GError **error);

G_END_DECLS
