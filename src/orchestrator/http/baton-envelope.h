/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "baton-http.h"

G_BEGIN_DECLS

/* What the service says in the body of an error, in whichever of its shapes (fact sheet 4.1). Any
 * thread. */
typedef struct
{
  char *message;     /* (owned) (nullable): redacted, of a length to show */
  char *oauth_error; /* (owned) (nullable): "invalid_grant" */
  char *trace_id;    /* (owned) (nullable) */
  int code;          /* `errorCode`, 0 for none */
  gboolean abp;      /* the shape of the ABP framework */
  gboolean failed;   /* ... that says success: false, whatever the status */
  gboolean unauthenticated; /* ... because there is no valid token */
  gboolean html;     /* a web page */
} BatonEnvelope;

BatonEnvelope *baton_envelope_read (BatonReply *reply);
void baton_envelope_free (BatonEnvelope *self);

/* TRUE where the body is a web page: what a portal's path that does not exist is answered with
 * (fact sheet 1.1). */
gboolean baton_envelope_is_html (BatonReply *reply);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BatonEnvelope, baton_envelope_free)

G_END_DECLS
