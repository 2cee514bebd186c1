/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <libsecret/secret.h>

#include "baton-lock.h"
#include "baton-secret.h"

G_BEGIN_DECLS

/* The steps that libsecret needs so as never to prompt by itself and to tell "locked" from "not there".
 * Private to src/secrets. Main thread. Errors: KEYRING_LOCKED, KEYRING_UNAVAILABLE, cancellation. */

extern const SecretSchema baton_keyring_schema;

#define BATON_KEYRING_ACCOUNT "account"
#define BATON_KEYRING_KIND "kind"

/* An item, with what libsecret says of it taken down at once: its getters are criticals from the moment on
 * that the service goes away. */
typedef struct
{
  SecretRetrievable *kept; /* (owned) */
  char *account_id;        /* (owned) (nullable) */
  char *kind;              /* (owned) (nullable) */
  char *label;             /* (owned) */
  gint64 modified;         /* wall microseconds */
} BatonKeyringItem;

typedef struct
{
  gboolean locked;              /* the default keyring is locked or there is none */
  GPtrArray *items;             /* (owned) (element-type BatonKeyringItem): those that can be read */
  GList *locked_items;          /* (owned) (element-type SecretItem) */
  SecretService *service;       /* (owned) (nullable): NULL where the keyring is a file of libsecret's */
  SecretCollection *collection; /* (owned) (nullable): the default keyring */
  BatonLock *lock;              /* (owned) (nullable): of the file; whoever goes on to write keeps it until then */
} BatonKeyringFound;

void baton_keyring_found_free (BatonKeyringFound *found);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BatonKeyringFound, baton_keyring_found_free)

/* Takes an error of libsecret or D-Bus, returns ours (transfer full). */
GError *baton_keyring_convert_error (GError *error);

/* Never prompts. @account_id: (nullable): NULL for all of Baton's. @load: with the values. */
void baton_keyring_search_async (const char *account_id,
                                 gboolean load,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data);
BatonKeyringFound *baton_keyring_search_finish (GAsyncResult *result, GError **error);

/* Prompts where it must. */
void baton_keyring_unlock_async (GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data);
gboolean baton_keyring_unlock_finish (GAsyncResult *result, GError **error);

G_END_DECLS
