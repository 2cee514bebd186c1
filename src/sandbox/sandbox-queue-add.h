/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sandbox-queue.h"

G_BEGIN_DECLS

/* Adds what a body says, QueueItemDataDto or the part of it that TransactionDataDto has, once the
 * members have been looked at: references, dates, sizes and the queue's schema are looked at here.
 * Within a transaction of the caller. Returns: the id of the item, 0 with an error of
 * SANDBOX_QUEUE_ERROR. */
gint64 sandbox_queue_add (const SandboxQueue *queue,
                          SandboxRequest *request,
                          JsonObject *item,
                          GError **error);

G_END_DECLS
