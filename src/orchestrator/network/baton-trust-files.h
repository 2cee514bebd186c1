/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* The files that a BatonTrust names. These functions block: not for the main thread. Errors: TLS
 * with BATON_REASON_TRUST_FILE and a sentence for a person. */

/* @path: certificates of authorities, PEM. Returns: (transfer full) (nullable). */
GTlsDatabase *baton_trust_files_load_authorities (const char *path, GError **error);

/* @path: PKCS#12, with its private key. @password: (nullable). Returns: (transfer full) (nullable):
 * NULL with BATON_REASON_CERTIFICATE_PASSWORD where the password is another. */
GTlsCertificate *
baton_trust_files_load_certificate (const char *path, const char *password, GError **error);

G_END_DECLS
