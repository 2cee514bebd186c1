/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sandbox-queue.h"
#include "sandbox-row.h"

G_BEGIN_DECLS

/* The numbers of QueueItemDto.Status in the definition's order. */
typedef enum
{
  SANDBOX_ITEM_NEW,
  SANDBOX_ITEM_IN_PROGRESS,
  SANDBOX_ITEM_FAILED,
  SANDBOX_ITEM_SUCCESSFUL,
  SANDBOX_ITEM_ABANDONED,
  SANDBOX_ITEM_RETRIED,
  SANDBOX_ITEM_DELETED,
} SandboxItemStatus;

/* QueueItemDto.ReviewStatus. */
typedef enum
{
  SANDBOX_REVIEW_NONE,
  SANDBOX_REVIEW_IN_REVIEW,
  SANDBOX_REVIEW_VERIFIED,
  SANDBOX_REVIEW_RETRIED,
} SandboxReviewStatus;

/* QueueItemEventDto.Action. */
typedef enum
{
  SANDBOX_ITEM_EVENT_CREATE,
  SANDBOX_ITEM_EVENT_EDIT,
  SANDBOX_ITEM_EVENT_DELETE,
  SANDBOX_ITEM_EVENT_STATUS,
  SANDBOX_ITEM_EVENT_RETRY,
} SandboxItemEvent;

typedef struct
{
  gint64 id;
  gint64 tenant;
  gint64 folder;
  gint64 queue;
  SandboxItemStatus status;
  int retry;         /* how often it was tried again by itself */
  char *row_version; /* (owned) */
} SandboxQueueItem;

void sandbox_queue_item_clear (SandboxQueueItem *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (SandboxQueueItem, sandbox_queue_item_clear)

/* Returns: FALSE where there is none. */
gboolean sandbox_queue_item_load (SandboxQueueItem *self, SandboxStore *store, gint64 id);
/* Returns: TRUE where its queue lies in the request's folder, also as one that is shared. */
gboolean sandbox_queue_item_is_in (const SandboxQueueItem *self, SandboxRequest *request);
/* As sandbox_queue_item_load(), with an answer where it is not in the request's folder. @key:
 * (nullable): as text. */
gboolean
sandbox_queue_item_load_key (SandboxQueueItem *self, SandboxRequest *request, const char *key);

/* Everything that happens to an item goes through these: they give it a new RowVersion and write
 * its history. @user: Users.Id, 0 for the service itself. */

/* Returns: the id of the new item. @values: up to a column of NULL. */
gint64 sandbox_queue_item_add (const SandboxQueue *queue,
                               SandboxRequest *request,
                               const SandboxValue *values);
void sandbox_queue_item_write (const SandboxQueueItem *self,
                               SandboxStore *store,
                               gint64 user,
                               SandboxItemEvent event,
                               const SandboxValue *values);
#define sandbox_queue_item_change(self, store, user, event, ...)                                   \
  sandbox_queue_item_write ((self), (store), (user), (event),                                      \
                            (const SandboxValue[]){ __VA_ARGS__, { NULL } })

/* Makes the item that is tried in place of @self, by the service or, where @manual, by a person.
 * Returns: its id. */
gint64 sandbox_queue_item_retry (const SandboxQueueItem *self,
                                 SandboxStore *store,
                                 gint64 user,
                                 gboolean manual);

/* Tells webhooks: "queueItem.added". */
void sandbox_queue_item_tell (const SandboxQueueItem *self,
                              SandboxStore *store,
                              gint64 user,
                              const char *type);

G_END_DECLS
