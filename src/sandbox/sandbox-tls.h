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

/* What opens "client.p12"; well known, as the other credentials of the sandbox are. */
#define SANDBOX_TLS_CLIENT_PASSWORD "sandbox-certificate-password"

/* The same for clients, with an authority of their own: uses what is in @folder, which is there, or
 * makes "clients.pem" and "client.p12", a certificate of it with its key. @client: (out) (transfer
 * full): the file of the latter. Returns: (transfer full) (nullable): what a client's certificate is
 * to be of. */
GTlsDatabase *sandbox_tls_load_clients (const char *folder, char **client, GError **error);

G_END_DECLS
