/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sandbox-queue-item.h"

G_BEGIN_DECLS

/* What robots do with the items of a queue, those that ask over the API and those that are
 * simulated. All within the caller's transaction. @user: Users.Id, 0 for the service itself. */

/* What the robot says of the end of its work, looked at. */
typedef struct
{
  gboolean successful;
  gboolean postponed; /* neither done nor failed: to be tried later */
  int type;           /* of ProcessingExceptionType */
  char *exception;    /* (owned) (nullable): JSON */
  char *output;       /* (owned) (nullable): JSON */
  char *analytics;    /* (owned) (nullable): JSON */
  const char *progress;
  const char *operation;
  gint64 defer;
  gint64 due;
} SandboxQueueResult;

void sandbox_queue_result_clear (SandboxQueueResult *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (SandboxQueueResult, sandbox_queue_result_clear)

/* Returns: the item that is next, 0 for none. @reference: (nullable): the only one that is looked
 * for, or how it begins where @prefix. */
gint64 sandbox_queue_work_find (const SandboxQueue *queue,
                                SandboxStore *store,
                                const char *reference,
                                gboolean prefix);
/* Makes the index of the items that robots are at work with. */
void sandbox_queue_work_want_started (SandboxStore *store);
/* Returns: (transfer full): as the item keeps it; with a type and a time, if need be of now.
 * @exception: (nullable): ProcessingExceptionDto. @type: of ProcessingExceptionType. */
char *sandbox_queue_work_make_exception (JsonObject *exception, int type);

/* New -> InProgress. @robot: Robots.Id, 0 where it is not known. @job: (nullable): Jobs.Key. */
void sandbox_queue_work_start (
    SandboxStore *store, gint64 item, gint64 user, gint64 robot, const char *job);
/* InProgress -> Successful, Failed, Retried, or New where it is postponed. */
void sandbox_queue_work_end (SandboxStore *store,
                             const SandboxQueue *queue,
                             const SandboxQueueItem *item,
                             gint64 user,
                             const SandboxQueueResult *result);

G_END_DECLS
