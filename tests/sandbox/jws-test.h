/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Checks @token against the published keys with libjose, as a client does. @keys: a JSON web key
 * set. Returns: (transfer full) (nullable): the claims, NULL where the signature is not good. */
char *jws_test_verify (const char *token, const char *keys);

G_END_DECLS
