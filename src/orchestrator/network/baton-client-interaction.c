/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "baton-client-interaction.h"

struct _BatonClientInteraction
{
  GTlsInteraction parent_instance;

  GTlsCertificate *certificate; /* (owned) (nullable) */
  BatonHandshake *handshake;    /* (owned) */
};

G_DEFINE_FINAL_TYPE (BatonClientInteraction, baton_client_interaction, G_TYPE_TLS_INTERACTION)

static GTlsInteractionResult
baton_client_interaction_request_certificate (GTlsInteraction *interaction,
                                              GTlsConnection *connection,
                                              GTlsCertificateRequestFlags flags,
                                              GCancellable *cancellable,
                                              GError **error)
{
  BatonClientInteraction *self = BATON_CLIENT_INTERACTION (interaction);

  self->handshake->asked = TRUE;
  if (self->certificate == NULL)
    return G_TLS_INTERACTION_UNHANDLED;
  g_tls_connection_set_certificate (connection, self->certificate);

  return G_TLS_INTERACTION_HANDLED;
}

static void
baton_client_interaction_finalize (GObject *object)
{
  BatonClientInteraction *self = BATON_CLIENT_INTERACTION (object);

  g_clear_object (&self->certificate);
  baton_handshake_unref (self->handshake);

  G_OBJECT_CLASS (baton_client_interaction_parent_class)->finalize (object);
}

static void
baton_client_interaction_class_init (BatonClientInteractionClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = baton_client_interaction_finalize;
  G_TLS_INTERACTION_CLASS (klass)->request_certificate
      = baton_client_interaction_request_certificate;
}

static void
baton_client_interaction_init (BatonClientInteraction *self)
{
}

GTlsInteraction *
baton_client_interaction_new (GTlsCertificate *certificate, BatonHandshake *handshake)
{
  BatonClientInteraction *self = g_object_new (BATON_TYPE_CLIENT_INTERACTION, NULL);

  g_set_object (&self->certificate, certificate);
  self->handshake = baton_handshake_ref (handshake);

  return G_TLS_INTERACTION (self);
}
