/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sandbox-odata-sql.h"

G_BEGIN_DECLS

/* Returns: how many rows @sql has. Kept until a write may have changed it: paging through a million
 * rows asks for the same count again and again. */
gint64 sandbox_count (SandboxStore *store, SandboxSql *sql);

G_END_DECLS
