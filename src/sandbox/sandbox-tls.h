/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* The certificate of the sandbox, and an authority that it is issued by and that clients are told
 * to trust. The authority's key is thrown away once it has signed, and its name is confined to this
 * computer, so that who trusts it trusts nothing else. */

/* Uses what is in @folder, or makes it there: "ca.pem", "server.pem", "server-key.pem". @ca: (out)
 * (transfer full): the file of the authority. Returns: (transfer full) (nullable). */
GTlsCertificate *sandbox_tls_load (const char *folder, char **ca, GError **error);

G_END_DECLS
