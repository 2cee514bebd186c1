/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "baton-keyring.h"
#include "baton-secret-store.h"

/* What stands before the name of an account in the system's keyring program. */
#define BATON_SECRET_STORE_LABEL "Baton: "

G_BEGIN_DECLS

struct _BatonSecretStore
{
  GObject parent_instance;

  BatonSecretStoreState state;
  GHashTable *in_memory; /* (owned) (element-type utf8 BatonSecret) */
  GHashTable *unkept;    /* (owned) (element-type utf8 Unkept): in memory until the keyring takes them */
};

void _baton_secret_store_emit_changed (BatonSecretStore *self, const char *account_id);
GHashTable *_baton_secret_store_make_unkept (void);
void _baton_secret_store_set_state (BatonSecretStore *self, BatonSecretStoreState state);

/* Looks in the keyring alone. */
void _baton_secret_store_look_up_async (BatonSecretStore *self,
                                        const char *account_id,
                                        GCancellable *cancellable,
                                        GAsyncReadyCallback callback,
                                        gpointer user_data);
/* Returns: (transfer full) (nullable): as baton_secret_store_lookup_finish(). */
BatonSecret *_baton_secret_store_look_up_finish (GAsyncResult *result, GError **error);

/* Takes @error, of libsecret or ours, for the state and for @task. */
void _baton_secret_store_return_error (GTask *task, GError *error);
void _baton_secret_store_return_locked (GTask *task);
/* Returns: (transfer full) (nullable): NULL after @task was given the error. */
BatonKeyringFound *_baton_secret_store_search_finish (GTask *task, GAsyncResult *result);

G_END_DECLS
