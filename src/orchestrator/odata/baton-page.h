/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "resources/baton-resource.h"

G_BEGIN_DECLS

/* One answer of a collection: `{"@odata.count", "value": […]}` (fact sheet 5.1). */
typedef struct
{
  gint64 count;       /* @odata.count, -1 where it did not come */
  GPtrArray *records; /* (owned) (element-type BatonRecord) */
} BatonPage;

/* A BatonDecodeFunc: @data is the BatonResource. Any thread. Returns: (transfer full).
 * Errors: BAD_ANSWER where it is not a collection or an entry has no key. */
gpointer baton_page_decode (JsonNode *root, gpointer data, GError **error);
void baton_page_free (BatonPage *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BatonPage, baton_page_free)

G_END_DECLS
