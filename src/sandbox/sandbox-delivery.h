/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sandbox-event.h"
#include "sandbox-server.h"

G_BEGIN_DECLS

/* Webhooks are told of events by POST, signed with their secret (fact sheet 6.19), and so is who
 * waits for the job of an API trigger. What is to be told is a row in the transaction of what
 * happened, so that it comes or goes with it and outlives the program; it goes out from the main
 * context. A target that fails is tried again with growing pauses, and then left alone for an hour,
 * in which its events are dropped. Other computers are told where the setting webhook-targets says
 * "any". */

/* Tells of all events of @server from now on, and goes on with what was left. */
void sandbox_delivery_init (SandboxServer *server);

/* Returns: (transfer full): the members of a message about @event, in a JSON object without its
 * entity and its closing bracket. */
GString *sandbox_delivery_begin_message (SandboxStore *store, const SandboxEvent *event);

/* Returns: (transfer full): the whole message about @event. */
char *sandbox_delivery_make_message (SandboxStore *store, const SandboxEvent *event);

/* Keeps @message for the webhook @id, whatever it subscribes to. */
void sandbox_delivery_send (SandboxServer *server, gint64 id, const char *message);
/* Keeps it for all enabled ones of the tenant that subscribe to @type. */
void sandbox_delivery_send_all (SandboxServer *server,
                                gint64 tenant,
                                const char *type,
                                const char *message);

/* Keeps it for @url, where the API trigger @trigger, HttpTriggers.Id, has its callers told. */
void sandbox_delivery_call_back (SandboxServer *server,
                                 gint64 tenant,
                                 const char *trigger,
                                 const char *url,
                                 const char *message);

/* Returns: TRUE where @url is whole, and of http or https. */
gboolean sandbox_delivery_is_url (const char *url);
/* Returns: TRUE where @host, a name or an address, may be called: it is this computer, or all may.
 */
gboolean sandbox_delivery_may_call (SandboxServer *server, const char *host);

G_END_DECLS
