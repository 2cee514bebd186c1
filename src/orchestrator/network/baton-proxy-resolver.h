/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "baton-secret-store.h"
#include "baton-trust.h"

G_BEGIN_DECLS

/**
 * BatonProxyResolver:
 *
 * Which proxy an account goes through, with the user name and the password that the proxy asks for:
 * those of the system's settings, else those that the keyring has (never prompting). What is not
 * encrypted goes to this computer alone, and so through no proxy. Main thread.
 */
#define BATON_TYPE_PROXY_RESOLVER (baton_proxy_resolver_get_type ())
G_DECLARE_FINAL_TYPE (BatonProxyResolver, baton_proxy_resolver, BATON, PROXY_RESOLVER, GObject)

/* @trust: of any mode; an address that is none is a failure of each look-up. @store: (nullable):
 * where the password is. @login: (nullable): what was typed in place of it; see
 * baton_proxy_resolver_make_login(). */
BatonProxyResolver *baton_proxy_resolver_new (BatonTrust *trust,
                                              const char *account_id,
                                              BatonSecretStore *store,
                                              BatonSecret *login);

/* Returns: (transfer full): user name and password as one secret, BATON_SECRET_PROXY_LOGIN. */
BatonSecret *baton_proxy_resolver_make_login (const char *user_name, const char *password);
/* Returns: (transfer full): the user name that @login holds. */
char *baton_proxy_resolver_dup_user_name (BatonSecret *login);

/* Under which id the store keeps the login: of the account where it has a proxy of its own, else of
 * the proxy, so that a person is asked once for all accounts. @proxy: a URI. Returns: (transfer
 * full) (nullable): NULL where @proxy is no URI. */
char *
baton_proxy_resolver_make_secret_id (BatonTrust *trust, const char *account_id, const char *proxy);

/* Returns: TRUE where the last look-up found a proxy. */
gboolean baton_proxy_resolver_found_one (BatonProxyResolver *self);

/* @proxy: as a look-up gives it. Returns: (transfer full) (nullable): for a person, without user
 * name and password; NULL for none. */
char *baton_proxy_resolver_describe (const char *proxy);

G_END_DECLS
