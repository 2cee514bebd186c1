/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "network/baton-network.h"

G_BEGIN_DECLS

/* The one place that sends bytes: sign-in, discovery and the pipeline go through it, over one
 * session an account. It knows nothing of Orchestrator. Main thread, but for replies. */

/* No list or entity that a person looks at is larger; json-glib needs seven times as much. */
#define BATON_HTTP_MAX_BYTES (8 * 1024 * 1024)

/* What is sent. */
typedef struct _BatonCall BatonCall;

/* @url: absolute, percent-encoded. */
BatonCall *baton_call_new (const char *method, const char *url);
void baton_call_free (BatonCall *self);
void baton_call_add_header (BatonCall *self, const char *name, const char *value);
void baton_call_set_bearer (BatonCall *self, const char *token);
/* @type: (transfer none): static. @text: (transfer full): wiped when sent. */
void baton_call_take_body (BatonCall *self, const char *type, char *text);
/* Returns: (transfer full): method and URL without its query. */
char *baton_call_describe (BatonCall *self);
gsize baton_call_get_body_size (BatonCall *self);

/* What came back, whole, of any status. Immutable, counted, any thread. */
typedef struct
{
  gatomicrefcount references;
  guint status;
  char *reason;       /* (owned) (nullable) */
  char *content_type; /* (owned) (nullable) */
  char *retry_after;  /* (owned) (nullable) */
  char *location;     /* (owned) (nullable): where the server sends on to, see baton-redirect.h … */
  gboolean moved;     /* … and that the same is to be had there */
  gint64 date;        /* when the server sent it, by its own clock: wall, microseconds; 0 unknown */
  GBytes *body;       /* (owned) */
} BatonReply;

#define BATON_TYPE_REPLY (baton_reply_get_type ())
GType baton_reply_get_type (void);
BatonReply *baton_reply_new (guint status, const char *content_type, const char *body);
BatonReply *baton_reply_ref (BatonReply *self);
void baton_reply_unref (BatonReply *self);

/* Sends @call (transfer full) over @network. Redirects are not followed, so that no token goes to
 * another origin. Errors: INVALID (no URL, or a secret would travel unencrypted), NO_NETWORK,
 * TIMED_OUT, TLS with the reason, BAD_ANSWER (cut, or over BATON_HTTP_MAX_BYTES), those of
 * baton_network_prepare_async(); any status is a reply. */
void baton_http_send_async (BatonNetwork *network,
                            BatonCall *call,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data);
/* Returns: (transfer full). */
BatonReply *baton_http_send_finish (GAsyncResult *result, GError **error);

/* Seconds without a byte after which a server counts as silent: 30. A whole answer may take four
 * times as long. */
void baton_http_set_timeout (guint seconds);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BatonCall, baton_call_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BatonReply, baton_reply_unref)

G_END_DECLS
