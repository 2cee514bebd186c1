/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <libsoup/soup.h>

G_BEGIN_DECLS

/* What stands in the first line of a request, read as the service reads it; with the origin, which
 * is of any address. Any thread. */

/* Methods in any case, as fetch() leaves "patch" as it is written. Returns: (transfer none): one of
 * the service's, or @method. */
const char *sandbox_line_read_method (const char *method);

/* Where a client of HTTP/1.0 names no host, libsoup takes the query for a part of the path.
 * Returns: (transfer full): with the two apart. */
GUri *sandbox_line_dup_uri (SoupServerMessage *message);

/* Returns: (transfer full): "http://127.0.0.1:8080" of @uri, "http://[::1]:8080". */
char *sandbox_line_dup_origin (GUri *uri);

/* Names in lower case. An OData option that comes twice is refused, as anything else would be a
 * guess. @query: (nullable). Returns: (transfer full) (nullable): NULL where it is wrong; @wrong:
 * (out) (transfer full): the part that is. */
GHashTable *sandbox_line_read_query (const char *query, char **wrong);

G_END_DECLS
