/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sandbox-request.h"

G_BEGIN_DECLS

/**
 * SandboxSnapshots:
 *
 * The data as it was, to go back to: by name, and as it was seeded. Kept in memory. One thread.
 */
typedef struct _SandboxSnapshots SandboxSnapshots;

extern const SandboxOperation sandbox_snapshots_operations[];

/* Returns: (transfer full): a store with what a new sandbox has. */
typedef SandboxStore *(*SandboxSnapshotsSeed) (gconstpointer user_data);

/* @seed: makes the seed anew where there is no image of it. @user_data: (unowned): to outlive it.
 */
SandboxSnapshots *
sandbox_snapshots_new (SandboxStore *store, SandboxSnapshotsSeed seed, gconstpointer user_data);
void sandbox_snapshots_free (SandboxSnapshots *self);

/* Takes an image of the store, which has just been seeded: now, or as soon as there is time. */
void sandbox_snapshots_keep_seed (SandboxSnapshots *self, gboolean now);
/* Makes the seed beside a store that has other data, as soon as there is time: the first reset need
 * not wait for it then. */
void sandbox_snapshots_prepare_seed (SandboxSnapshots *self);
/* Puts the seed in the place of all there is. */
gboolean sandbox_snapshots_reset (SandboxSnapshots *self);

G_END_DECLS
