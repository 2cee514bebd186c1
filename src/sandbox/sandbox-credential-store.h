/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sandbox-store.h"

G_BEGIN_DECLS

/* Where the secrets of assets, robots and buckets lie. This sandbox keeps them all itself; a store
 * of another type is a name for the sake of its clients. */

/* Definition: of the list, and of GetDefaultStoreForResourceType. */
#define SANDBOX_CREDENTIAL_STORES_VIEW                                                             \
  "Settings.View|Assets.Create|Assets.Edit|Assets.View|Robots.Create|Robots.Edit|Robots.View|"     \
  "Buckets.Create|Buckets.Edit"

/* Up to NULL. */
extern const char *const sandbox_credential_store_types[];

/* @resource: "AssetCredential", "RobotCredential", "BucketCredential" or "Secrets". Returns: the
 * store that takes them by default, 0 where the tenant has none. */
gint64
sandbox_credential_store_get_default (SandboxStore *store, gint64 tenant, const char *resource);
void sandbox_credential_store_set_default (SandboxStore *store,
                                           gint64 tenant,
                                           const char *resource,
                                           gint64 id);
/* Moves what lies in the credential store @id to the default ones. */
void sandbox_credential_store_empty (SandboxStore *store, gint64 tenant, gint64 id);

G_END_DECLS
