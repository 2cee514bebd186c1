/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "auth/baton-token-keeper.h"
#include "baton-folder.h"
#include "baton-tenant.h"
#include "http/baton-pipeline.h"

G_BEGIN_DECLS

/**
 * BatonConnection:
 *
 * One account, signed in to one tenant: its keeper, its pipeline, and what it has learnt of the
 * tenant. Another tenant of the same key is set with baton_connection_set_tenant(). Main thread.
 *
 * Properties, all notify: account, tenants (GListModel of BatonTenant), folders (GListModel of
 * BatonFolder in tree order), loading (gboolean), error (GError, nullable), user-name (nullable),
 * permissions (GStrv, nullable).
 * Signals:
 * tenant-changed (): everything that was shown belongs to the old tenant.
 * choose-tenant (GListModel of BatonTenant): what is being opened can see several tenants, and its
 * account means none of them in particular. Where somebody listens, opening waits for
 * baton_connection_choose_tenant(); else the first is taken.
 */
#define BATON_TYPE_CONNECTION (baton_connection_get_type ())
G_DECLARE_FINAL_TYPE (BatonConnection, baton_connection, BATON, CONNECTION, GObject)

/* @clock: (nullable). */
BatonConnection *baton_connection_new (BatonAccount *account,
                                       BatonSecretStore *store,
                                       BatonClock *clock);

BatonAccount *baton_connection_get_account (BatonConnection *self);
BatonTokenKeeper *baton_connection_get_keeper (BatonConnection *self);
BatonPipeline *baton_connection_get_pipeline (BatonConnection *self);

/* Signs in (with @secret where it is given, else with what the store has), then asks, at the same
 * time, for folders, the user, the permissions and the tenants; completes when the folders are
 * there. Where the account has no tenant, one that the key can see is chosen (choose-tenant), and all
 * of them are kept in the account. @secret comes to
 * the keyring only then; where it fails or is cancelled, the keyring is as it was.
 * Errors: as of the keeper; WRONG_ADDRESS where the token was issued but the tenant's address
 * refused it: then baton_connection_get_tenants() offers what the key can see. @keyring_error of
 * finish: as of the keeper. */
void baton_connection_open_async (BatonConnection *self,
                                  BatonSecret *secret,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data);
gboolean baton_connection_open_finish (BatonConnection *self,
                                       GAsyncResult *result,
                                       GError **keyring_error,
                                       GError **error);

/* Translated, what open is doing now: "Asking for an access token…". The property "progress"
 * notifies. */
const char *baton_connection_get_progress (BatonConnection *self);

GListModel *baton_connection_get_tenants (BatonConnection *self);
GListModel *baton_connection_get_folders (BatonConnection *self);
/* Returns: (transfer none) (nullable). */
BatonFolder *baton_connection_find_folder (BatonConnection *self, const char *path);
BatonFolder *baton_connection_find_folder_by_id (BatonConnection *self, gint64 id);

/* Goes on with opening. @tenant: one of those that choose-tenant offered. Where nothing waits for
 * it, nothing happens. */
void baton_connection_choose_tenant (BatonConnection *self, BatonTenant *tenant);
void baton_connection_set_tenant (BatonConnection *self, BatonTenant *tenant);
/* Asks again for folders, user and permissions, as after set_tenant. */
void baton_connection_reload (BatonConnection *self);

/* @permission: "Jobs.Create". TRUE where it is granted or not known. */
gboolean baton_connection_may (BatonConnection *self, const char *permission);
/* @method, @path: of a call. Returns: (transfer full) (nullable): the scope for it, "OR.Jobs.Write",
 * that what was signed in with lacks; NULL where it has it, or nobody knows. */
char *
baton_connection_dup_missing_scope (BatonConnection *self, const char *method, const char *path);
const char *const *baton_connection_get_permissions (BatonConnection *self); /* (nullable) */
const char *baton_connection_get_user_name (BatonConnection *self); /* (nullable) */
/* The whole answer of GetCurrentUser. (transfer none) (nullable) */
JsonNode *baton_connection_get_user (BatonConnection *self);

G_END_DECLS
