/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "../baton-account.h"
#include "baton-handshake.h"
#include "baton-secret-store.h"

G_BEGIN_DECLS

/**
 * BatonNetwork:
 *
 * The network as one account sees it: the one place where its SoupSession is made, and where is
 * decided which certificate of a server is good enough. Follows the account's BatonTrust; what
 * another one had opened is not used any more. Main thread.
 *
 * Signal: refused (): see baton_network_get_refused().
 */
#define BATON_TYPE_NETWORK (baton_network_get_type ())
G_DECLARE_FINAL_TYPE (BatonNetwork, baton_network, BATON, NETWORK, GObject)

/* Returns: (transfer none): that of @account, which lives as long as it. */
BatonNetwork *baton_network_get (BatonAccount *account);
/* @store: (nullable): where the passwords of the proxy and of the client's certificate are. */
void baton_network_set_store (BatonNetwork *self, BatonSecretStore *store);

/* What was typed, used in place of what the store has until baton_network_keep_async(). NULL is
 * what the store has. */
void baton_network_set_proxy_login (BatonNetwork *self, BatonSecret *login);
void baton_network_set_certificate_password (BatonNetwork *self, BatonSecret *password);

/* Puts what was typed into the store; what is not taken stays in memory, for this run. Errors: of
 * the store. */
void baton_network_keep_async (BatonNetwork *self,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data);
gboolean baton_network_keep_finish (BatonNetwork *self, GAsyncResult *result, GError **error);
/* Takes what the store has of @account_id's own out of it. Errors: of the store. */
void baton_network_forget_async (BatonSecretStore *store,
                                 const char *account_id,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data);
gboolean baton_network_forget_finish (GAsyncResult *result, GError **error);

/* Reads the files that the trust names, in a thread, where that was not done yet. Errors: INVALID
 * (the address of the proxy), TLS with BATON_REASON_TRUST_FILE or BATON_REASON_CERTIFICATE_PASSWORD
 * and a sentence for a person. */
void baton_network_prepare_async (BatonNetwork *self,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data);
gboolean baton_network_prepare_finish (BatonNetwork *self, GAsyncResult *result, GError **error);

/* (transfer none) */
GProxyResolver *baton_network_get_proxy_resolver (BatonNetwork *self);

/* For the "event" of a GSocketClient and the "network-event" of a SoupMessage: gives the server the
 * client's certificate, and judges the server's. @uri: of the server. Returns: FALSE where nothing
 * may be sent over this connection: not all of them were verified, since TLS takes up an old
 * session without. */
gboolean baton_network_watch (BatonNetwork *self,
                              GUri *uri,
                              GSocketClientEvent event,
                              GIOStream *stream,
                              BatonHandshake *handshake);
/* Returns: (transfer full): @error (transfer full) of BATON_ERROR, with BATON_REASON_PROXY where a
 * connection failed that was to go through one. */
GError *baton_network_blame (BatonNetwork *self, GError *error);
/* Returns: (transfer full): what to say of a handshake that failed, with @cause (transfer none) as
 * its technical side. */
GError *baton_network_explain (BatonNetwork *self,
                               GUri *uri,
                               const BatonHandshake *handshake,
                               const GError *cause);

/* The certificate that was refused last. @host: (out) (transfer none): "host:port". Returns:
 * (transfer none) (nullable). */
BatonHandshake *baton_network_get_refused (BatonNetwork *self, const char **host);

/* Returns: (transfer full): "host:port". */
char *baton_network_make_host (GUri *uri);

G_END_DECLS
