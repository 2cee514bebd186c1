/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "baton-exchange.h"
#include "baton-redact.h"

struct _BatonExchange
{
  GObject parent_instance;

  BatonExchangeFacts facts; /* its texts are owned */
};

G_DEFINE_FINAL_TYPE (BatonExchange, baton_exchange, G_TYPE_OBJECT)

static void
baton_exchange_finalize (GObject *object)
{
  BatonExchange *self = BATON_EXCHANGE (object);

  g_free ((char *) self->facts.method);
  g_free ((char *) self->facts.url);
  g_free ((char *) self->facts.error);

  G_OBJECT_CLASS (baton_exchange_parent_class)->finalize (object);
}

static void
baton_exchange_class_init (BatonExchangeClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = baton_exchange_finalize;
}

static void
baton_exchange_init (BatonExchange *self)
{
}

BatonExchange *
baton_exchange_new (const BatonExchangeFacts *facts)
{
  BatonExchange *self = NULL;

  g_return_val_if_fail (facts != NULL, NULL);

  self = g_object_new (BATON_TYPE_EXCHANGE, NULL);
  self->facts = *facts;
  self->facts.method = g_strdup (facts->method);
  self->facts.url = baton_redact (facts->url);
  self->facts.error = facts->error != NULL ? baton_redact (facts->error) : NULL;

  return self;
}

const BatonExchangeFacts *
baton_exchange_get_facts (BatonExchange *self)
{
  g_return_val_if_fail (BATON_IS_EXCHANGE (self), NULL);

  return &self->facts;
}
