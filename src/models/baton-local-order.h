/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "resources/baton-resource.h"

G_BEGIN_DECLS

/* Sorts and searches the records of a client_only resource here. @records is not changed. @sort: (nullable): field id. @search: (nullable).
 * Returns: (transfer full) (element-type BatonRecord). */
GPtrArray *baton_local_order (GPtrArray *records,
                              const BatonResource *resource,
                              const char *sort,
                              gboolean descending,
                              const char *search);

G_END_DECLS
