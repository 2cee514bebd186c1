/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef enum
{
  BATON_PROXY_SYSTEM, /* what the desktop's settings say */
  BATON_PROXY_NONE,
  BATON_PROXY_ADDRESS,
} BatonProxyMode;

/**
 * BatonTrust:
 *
 * How one account goes over the network and whom it trusts there: the proxy, a file of authorities
 * that this account trusts besides those of the system, the certificate that it shows of itself,
 * and the certificates of servers that a person trusted by hand. Nothing secret: kept in
 * accounts.ini. Does not change: each change makes another. Any thread.
 */
#define BATON_TYPE_TRUST (baton_trust_get_type ())
G_DECLARE_FINAL_TYPE (BatonTrust, baton_trust, BATON, TRUST, GObject)

/* The proxy of the system, and whom the system trusts. */
BatonTrust *baton_trust_new (void);

/* All return: (transfer full): as @self, but for this. */

/* @address: (nullable): of BATON_PROXY_ADDRESS; kept as it is, see baton_trust_parse_proxy(). */
BatonTrust *baton_trust_with_proxy (BatonTrust *self, BatonProxyMode mode, const char *address);
/* @path: (nullable): a file of certificates, PEM. */
BatonTrust *baton_trust_with_authorities (BatonTrust *self, const char *path);
/* @path: (nullable): a PKCS#12 file. */
BatonTrust *baton_trust_with_certificate (BatonTrust *self, const char *path);
/* @host: "host:port". @fingerprint: (nullable): as baton_certificate_dup_fingerprint() makes it;
 * NULL takes the trust away. */
BatonTrust *baton_trust_with_pin (BatonTrust *self, const char *host, const char *fingerprint);

BatonProxyMode baton_trust_get_proxy_mode (BatonTrust *self);
const char *baton_trust_get_proxy_address (BatonTrust *self); /* (nullable) */
const char *baton_trust_get_authorities (BatonTrust *self);   /* (nullable) */
const char *baton_trust_get_certificate (BatonTrust *self);   /* (nullable) */
/* Returns: (nullable): the fingerprint that is trusted at @host. */
const char *baton_trust_get_pin (BatonTrust *self, const char *host);
/* Returns: (transfer container) (array zero-terminated=1): "host:port" of all pins, sorted. */
const char **baton_trust_get_pinned_hosts (BatonTrust *self);
gboolean baton_trust_equal (BatonTrust *self, BatonTrust *other);

/* @address: as a person writes it: "proxy.example.org:3128", "socks5://10.0.0.1:1080".
 * Returns: (transfer full) (nullable): its URI, with a scheme and a port; NULL with INVALID and a
 * sentence for a person where it is none, or holds a user name or a password: these belong in the
 * keyring. */
char *baton_trust_parse_proxy (const char *address, GError **error);

/* Writes into @group what is not the default, and takes the rest out of it. */
void baton_trust_save (BatonTrust *self, GKeyFile *file, const char *group);
/* Returns: (transfer full). What cannot be used is kept all the same, and refused when it is
 * used: Baton does not fall back on less than was asked for. */
BatonTrust *baton_trust_load (GKeyFile *file, const char *group);

G_END_DECLS
