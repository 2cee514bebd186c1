/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* @claims: (transfer none): an object. Returns: (transfer full): a JSON web token of it, signed
 * with HS256 by a secret of this run: clients read the claims, and whether a token lives is looked
 * up in the store. */
char *sandbox_jwt_make (JsonNode *claims);

G_END_DECLS
