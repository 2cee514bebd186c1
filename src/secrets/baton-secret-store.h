/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "baton-secret-item.h"
#include "baton-secret.h"

G_BEGIN_DECLS

typedef enum
{
  BATON_SECRET_STORE_UNKNOWN,     /* not asked yet */
  BATON_SECRET_STORE_AVAILABLE,
  BATON_SECRET_STORE_LOCKED,      /* locked, or there is no keyring yet to unlock: baton_secret_store_unlock_async() */
  BATON_SECRET_STORE_UNAVAILABLE, /* no secret service */
} BatonSecretStoreState;

#define BATON_TYPE_SECRET_STORE_STATE (baton_secret_store_state_get_type ())
GType baton_secret_store_state_get_type (void);

/**
 * BatonSecretStore:
 *
 * Where the secrets of the accounts lie: the keyring, one item per account, or this object's memory for an account of
 * which the user so decided. Nothing but baton_secret_store_unlock_async() ever makes the system ask the user. Main thread.
 *
 * Errors of all: KEYRING_LOCKED, KEYRING_UNAVAILABLE, and cancellation.
 *
 * Properties: state (BatonSecretStoreState, read, notify): as the last operation found it.
 * Signals: changed (account id): a secret was stored or cleared, kept in memory or dropped, by this object.
 */
#define BATON_TYPE_SECRET_STORE (baton_secret_store_get_type ())
G_DECLARE_FINAL_TYPE (BatonSecretStore, baton_secret_store, BATON, SECRET_STORE, GObject)

BatonSecretStore *baton_secret_store_new (void);

BatonSecretStoreState baton_secret_store_get_state (BatonSecretStore *self);

/* Keeps @secret in place of what is kept for @account_id, and reads it back to be sure. @label: what a person calls the
 * account; shown by the system's keyring program. Stays in memory where the account is kept there. */
void baton_secret_store_store_async (BatonSecretStore *self,
                                     const char *account_id,
                                     const char *label,
                                     BatonSecret *secret,
                                     GCancellable *cancellable,
                                     GAsyncReadyCallback callback,
                                     gpointer user_data);
/* The same, but past the memory, where something else may be on trial. */
void baton_secret_store_store_in_keyring_async (BatonSecretStore *self,
                                                const char *account_id,
                                                const char *label,
                                                BatonSecret *secret,
                                                GCancellable *cancellable,
                                                GAsyncReadyCallback callback,
                                                gpointer user_data);
gboolean baton_secret_store_store_finish (BatonSecretStore *self, GAsyncResult *result, GError **error);

/* Returns: (transfer full) (nullable): NULL without an error where nothing is kept for the account; with
 * BATON_ERROR_BAD_ANSWER where it is not readable. */
void baton_secret_store_lookup_async (BatonSecretStore *self,
                                      const char *account_id,
                                      GCancellable *cancellable,
                                      GAsyncReadyCallback callback,
                                      gpointer user_data);
BatonSecret *baton_secret_store_lookup_finish (BatonSecretStore *self,
                                               GAsyncResult *result,
                                               GError **error);

/* Forgets what is kept for @account_id, in the keyring and in memory; nothing kept is success too. */
void baton_secret_store_clear_async (BatonSecretStore *self,
                                     const char *account_id,
                                     GCancellable *cancellable,
                                     GAsyncReadyCallback callback,
                                     gpointer user_data);
gboolean baton_secret_store_clear_finish (BatonSecretStore *self, GAsyncResult *result, GError **error);

/* All that the keyring (not the memory) keeps for Baton, without the values, by label.
 * Returns: (transfer full): a list of BatonSecretItem. */
void baton_secret_store_list_async (BatonSecretStore *self,
                                    GCancellable *cancellable,
                                    GAsyncReadyCallback callback,
                                    gpointer user_data);
GListModel *baton_secret_store_list_finish (BatonSecretStore *self, GAsyncResult *result, GError **error);

/* Asks the user, by the system's own dialog, to unlock the keyring or to make one. KEYRING_LOCKED where the user did not. */
void baton_secret_store_unlock_async (BatonSecretStore *self,
                                      GCancellable *cancellable,
                                      GAsyncReadyCallback callback,
                                      gpointer user_data);
gboolean baton_secret_store_unlock_finish (BatonSecretStore *self, GAsyncResult *result, GError **error);

/* Keeps @secret for this run only, because the user so chose. A lookup finds it first; a store replaces it, in memory. */
void baton_secret_store_keep_in_memory (BatonSecretStore *self,
                                        const char *account_id,
                                        BatonSecret *secret);
gboolean baton_secret_store_is_in_memory (BatonSecretStore *self, const char *account_id);
/* Puts what memory has of @account_id into the keyring, and only then takes it from memory; where it was replaced there
 * meanwhile, it stays. NOT_SIGNED_IN where memory has nothing of it. @label: as of store. */
void baton_secret_store_persist_async (BatonSecretStore *self,
                                       const char *account_id,
                                       const char *label,
                                       GCancellable *cancellable,
                                       GAsyncReadyCallback callback,
                                       gpointer user_data);
gboolean baton_secret_store_persist_finish (BatonSecretStore *self, GAsyncResult *result, GError **error);
/* Keeps @secret in memory because the keyring refused it with @error, and tries the keyring again, a little more seldom
 * each time and as soon as it is available, until it takes it: what it has of the account is good no more. Other processes
 * find it by is_unkept_elsewhere. Signal "changed" at each turn. @label: as of store. */
void baton_secret_store_keep_until_kept (BatonSecretStore *self,
                                         const char *account_id,
                                         const char *label,
                                         BatonSecret *secret,
                                         const GError *error);
/* Returns: (transfer none) (nullable): why the keyring has not taken it yet; NULL where nothing waits for it. */
const GError *baton_secret_store_get_unkept_error (BatonSecretStore *self, const char *account_id);
/* Returns: (transfer full): the labels of all that wait for it, by name. */
char **baton_secret_store_dup_unkept (BatonSecretStore *self);
/* TRUE while the keyring is asked to take one of them; "changed" comes when it has answered. */
gboolean baton_secret_store_is_trying (BatonSecretStore *self);
/* Tries at once. @account_id: (nullable): NULL is all. */
void baton_secret_store_keep_again (BatonSecretStore *self, const char *account_id);
/* Returns: TRUE where what the keyring has of the account is good no more, and another process has the one that is. */
gboolean baton_secret_store_is_unkept_elsewhere (BatonSecretStore *self, const char *account_id);
/* Ends that, so that the next store of the account goes to the keyring. */
void baton_secret_store_drop_from_memory (BatonSecretStore *self, const char *account_id);

G_END_DECLS
