/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "baton-check.h"
#include "baton-connection.h"

G_BEGIN_DECLS

/**
 * BatonDiagnosis:
 *
 * "Check connection": goes over one account from its address to what its token may do, one step
 * after the other, over the same ways as every request. What cannot be judged because an earlier
 * step failed says so. Nothing is changed, here or on the server. Main thread.
 */
#define BATON_TYPE_DIAGNOSIS (baton_diagnosis_get_type ())
G_DECLARE_FINAL_TYPE (BatonDiagnosis, baton_diagnosis, BATON, DIAGNOSIS, GObject)

/* @clock: (nullable): the one of the connection. */
BatonDiagnosis *baton_diagnosis_new (BatonConnection *connection, BatonClock *clock);

BatonConnection *baton_diagnosis_get_connection (BatonDiagnosis *self);
/* Returns: (transfer none): of BatonCheck, in their order; the same ones for ever. */
GListModel *baton_diagnosis_get_checks (BatonDiagnosis *self);
/* Returns: (transfer none): of BatonTenant: what this sign-in can see, where the address names
 * another; the likeliest first. Empty where the address is right. */
GListModel *baton_diagnosis_get_tenants (BatonDiagnosis *self);

/* Returns: TRUE while it runs. */
gboolean baton_diagnosis_is_running (BatonDiagnosis *self);

/* Only one run at a time. Errors of finish: cancelled alone; what is wrong is said by the checks.
 */
void baton_diagnosis_run_async (BatonDiagnosis *self,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data);
gboolean baton_diagnosis_run_finish (BatonDiagnosis *self, GAsyncResult *result, GError **error);

G_END_DECLS
