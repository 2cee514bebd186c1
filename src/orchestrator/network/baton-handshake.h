/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef enum
{
  BATON_VERDICT_UNKNOWN, /* no certificate was seen */
  BATON_VERDICT_TRUSTED,
  BATON_VERDICT_UNTRUSTED, /* neither the system nor the account's file vouches for it */
  BATON_VERDICT_CHANGED,   /* it is not the one that was trusted by hand */
} BatonVerdict;

/* What a TLS handshake brings to light. Counted: a handshake may outlive the one who asked for it.
 * Any thread. */
typedef struct
{
  BatonVerdict verdict;
  GTlsCertificateFlags errors;
  GTlsCertificate *certificate; /* (owned) (nullable): of the server, with its chain */
  gboolean asked;               /* the server wants a certificate of the client */
} BatonHandshake;

BatonHandshake *baton_handshake_new (void);
BatonHandshake *baton_handshake_ref (BatonHandshake *self);
void baton_handshake_unref (BatonHandshake *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BatonHandshake, baton_handshake_unref)

G_END_DECLS
