/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sandbox-odata-sql.h"

G_BEGIN_DECLS

/* Finds one page of what @sql asks for, wherever in a million rows it is: walks the index of the
 * order from its nearer end, and where that has taken long keeps the whole order until a write may
 * have changed it.
 * Returns: (transfer full) (element-type gint64): the rowids, in order. */
GArray *sandbox_page_find (SandboxStore *store, SandboxSql *sql, gint64 skip, gint64 top);

G_END_DECLS
