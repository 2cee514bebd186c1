/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Certificates of servers in words. Any thread. */

/* Returns: (transfer full): why a certificate is not trusted, for a person; empty for no reason. */
char *baton_certificate_describe_errors (GTlsCertificateFlags errors);

/* Returns: (transfer full): SHA-256 of the certificate, as "AB:CD:…". */
char *baton_certificate_dup_fingerprint (GTlsCertificate *certificate);

G_END_DECLS
