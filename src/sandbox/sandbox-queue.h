/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sandbox-body.h"
#include "sandbox-request.h"

G_BEGIN_DECLS

/* A queue as its items are held to it. */
typedef struct
{
  gint64 id;
  gint64 tenant;
  gint64 folder;
  gboolean unique;
  gboolean encrypted;
  gboolean retries_failed;
  gboolean retries_abandoned;
  int max_retries;
  gint64 sla; /* minutes until an item is due, 0 for none */
  gint64 risk_sla;
  char *specific_schema;  /* (owned) (nullable) */
  char *output_schema;    /* (owned) (nullable) */
  char *analytics_schema; /* (owned) (nullable) */
} SandboxQueue;

void sandbox_queue_clear (SandboxQueue *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (SandboxQueue, sandbox_queue_clear)

/* Returns: FALSE where there is none. */
gboolean sandbox_queue_load (SandboxQueue *self, SandboxStore *store, gint64 id);
/* The same for a name, with an answer where the request's folder has no such queue. */
gboolean sandbox_queue_load_by_name (SandboxQueue *self, SandboxRequest *request, const char *name);
/* Reads the request's body, named @what, which holds one @member by @wrapper, that by @fields, and
 * loads the queue that its "Name" tells of. Answers where any of that is wrong. Returns: (transfer
 * none) (nullable): the member. */
JsonObject *sandbox_queue_read_body (SandboxQueue *self,
                                     SandboxRequest *request,
                                     const char *what,
                                     const SandboxBodyField *wrapper,
                                     const char *member,
                                     const SandboxBodyField *fields);

/* Of the set of queues. */
extern const SandboxSetHooks sandbox_queue_hooks;

/* Why an item is refused. */
#define SANDBOX_QUEUE_ERROR (sandbox_queue_error_quark ())
GQuark sandbox_queue_error_quark (void);

typedef enum
{
  SANDBOX_QUEUE_ERROR_INVALID_REQUEST,
  SANDBOX_QUEUE_ERROR_INVALID_ARGUMENT,
  SANDBOX_QUEUE_ERROR_REFERENCE_REQUIRED,
  SANDBOX_QUEUE_ERROR_DUPLICATE_REFERENCE,
  SANDBOX_QUEUE_ERROR_CONTENT_SIZE,
  SANDBOX_QUEUE_ERROR_OUTPUT_SIZE,
  SANDBOX_QUEUE_ERROR_ANALYTICS_SIZE,
  SANDBOX_QUEUE_ERROR_PROGRESS_SIZE,
  SANDBOX_QUEUE_ERROR_EXCEPTION_SIZE,
  SANDBOX_QUEUE_ERROR_SCHEMA,
} SandboxQueueErrorCode;

/* Returns: as FailedQueueItemDto.ErrorCode of the definition names it. */
const char *sandbox_queue_error_get_name (const GError *error);
void sandbox_queue_reply_error (SandboxRequest *request, const GError *error);

/* What an item holds. */
typedef enum
{
  SANDBOX_QUEUE_SPECIFIC,
  SANDBOX_QUEUE_OUTPUT,
  SANDBOX_QUEUE_ANALYTICS,
} SandboxQueueData;

/* Looks at a dictionary of an item: no objects or arrays within, not larger than the service takes
 * it (fact sheet 5.2), and as the queue's schema wants it. @data: (nullable): where the item has
 * none. Returns: (transfer full) (nullable): its text; NULL with an error of SANDBOX_QUEUE_ERROR,
 * or without where there is none and none is wanted. */
char *sandbox_queue_dup_data (const SandboxQueue *self,
                              SandboxQueueData kind,
                              JsonNode *data,
                              GError **error);
/* Returns: FALSE with an error where @text is longer than the service takes it. @text: (nullable).
 */
gboolean sandbox_queue_check_progress (const char *text, GError **error);

G_END_DECLS
