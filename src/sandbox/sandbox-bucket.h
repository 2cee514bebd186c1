/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sandbox-store.h"

G_BEGIN_DECLS

/* Returns: TRUE where nobody may put files into the bucket @id, Buckets.Id. */
gboolean sandbox_bucket_is_read_only (SandboxStore *store, gint64 id);

G_END_DECLS
