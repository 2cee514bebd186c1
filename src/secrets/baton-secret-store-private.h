/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "baton-secret-store.h"

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

G_END_DECLS
