/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sandbox-request.h"

G_BEGIN_DECLS

/* How long what is done, or lies about, is kept: a policy for each queue, catalogue of tasks and so
 * on, in an entity set of its own whose key is that of its owner. Who has none has the service's
 * own (fact sheet 6.10: 30 days of what is final, 180 of what is stale). */
typedef struct
{
  const SandboxEntitySet *owner; /* QueueDefinitions */
  const SandboxEntitySet *final; /* QueueRetention */
  const SandboxEntitySet *stale; /* (nullable): the same for what never came to an end */
  const SandboxEntitySet *items; /* QueueItems; with a CreationTime */
  const char *item_owner;        /* their column that leads to the owner */
  const char *is_final;          /* SQL: whether an item "i" is final */
  const char *is_stale;          /* (nullable): SQL: whether it never came to an end */
  const char *time;              /* SQL: since when the item "i" is as it is */
  const char *const *beside;     /* tables with what belongs to an item, by a column of @item_key */
  const char *item_key;
  const char *archive; /* where in a bucket what is taken away goes, before the owner's key */
} SandboxRetention;

/* In the numbers of RetentionAction in the definition. */
enum
{
  SANDBOX_RETENTION_DELETE,
  SANDBOX_RETENTION_ARCHIVE,
  SANDBOX_RETENTION_NONE,
};

/* Up to a NULL. */
extern const SandboxRetention *const sandbox_retentions[];

#define SANDBOX_RETENTION_FINAL_DAYS 30
#define SANDBOX_RETENTION_STALE_DAYS 180

/* The fields of such a set, behind its key. */
#define SANDBOX_RETENTION_FIELDS                                                                   \
  { "Action", SANDBOX_FIELD_ENUM, SANDBOX_FIELD_NOT_NULL | SANDBOX_FIELD_REQUIRED,                 \
    sandbox_enum_retention_action },                                                               \
      { "Period", SANDBOX_FIELD_INT32, SANDBOX_FIELD_NOT_NULL | SANDBOX_FIELD_REQUIRED },          \
      { "BucketId", SANDBOX_FIELD_INT64 },                                                         \
  {                                                                                                \
    "Type", SANDBOX_FIELD_ENUM, SANDBOX_FIELD_NOT_NULL, sandbox_enum_retention_type                \
  }

/* Makes the row of @owner, where it has none, with what the service does by itself. */
void sandbox_retention_want (SandboxStore *store, const SandboxEntitySet *set, gint64 owner);

/* Writes the policy of an owner; answers and returns FALSE where it is none. @bucket: 0 for none.
 */
gboolean sandbox_retention_set (SandboxRequest *request,
                                const SandboxEntitySet *set,
                                gint64 owner,
                                int action,
                                gint64 period,
                                gint64 bucket);

/* Takes a part of what is older than its policy says away, in the caller's transaction: deletes it,
 * or puts it into a file of the policy's bucket, a zip with a CSV. What should go into a bucket
 * that is no more stays. Returns: TRUE where there may be more to take away. */
gboolean sandbox_retention_run (SandboxStore *store);

G_END_DECLS
