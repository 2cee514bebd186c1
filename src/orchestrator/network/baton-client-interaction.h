/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "baton-handshake.h"

G_BEGIN_DECLS

/**
 * BatonClientInteraction:
 *
 * Shows a server that asks for one the certificate of the client, and notes that it asked. Without
 * one the handshake goes on without.
 */
#define BATON_TYPE_CLIENT_INTERACTION (baton_client_interaction_get_type ())
G_DECLARE_FINAL_TYPE (
    BatonClientInteraction, baton_client_interaction, BATON, CLIENT_INTERACTION, GTlsInteraction)

/* @certificate: (nullable). Returns: (transfer full). */
GTlsInteraction *baton_client_interaction_new (GTlsCertificate *certificate,
                                               BatonHandshake *handshake);

G_END_DECLS
