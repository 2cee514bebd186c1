/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sandbox-queue-add.h"

#include "baton-json.h"
#include "sandbox-body.h"
#include "sandbox-clock.h"
#include "sandbox-enums.h"
#include "sandbox-queue-item.h"
#include "sandbox-schema.h"
#include "sandbox-sets.h"
#include "sandbox-statement.h"

/* Deleted items count too (fact sheet 8, number 12). */
static gboolean
has_reference (const SandboxQueue *queue, SandboxStore *store, const char *reference)
{
  sandbox_schema_want_index (store, &sandbox_set_queue_items,
                             sandbox_entity_set_find_field (&sandbox_set_queue_items, "Reference"));

  return sandbox_statement_ask (store,
                                "SELECT 1 FROM \"QueueItems\" WHERE \"TenantId\" = ? AND "
                                "\"Reference\" = ? AND \"QueueDefinitionId\" = ? LIMIT 1",
                                "isi", queue->tenant, reference, queue->id)
         != 0;
}

static gboolean
check_reference (const SandboxQueue *queue,
                 SandboxStore *store,
                 const char *reference,
                 GError **error)
{
  if (!queue->unique)
    return TRUE;

  if (reference == NULL || *reference == '\0')
    g_set_error (error, SANDBOX_QUEUE_ERROR, SANDBOX_QUEUE_ERROR_REFERENCE_REQUIRED,
                 "The queue enforces unique references: a Reference is required.");
  else if (has_reference (queue, store, reference))
    g_set_error (error, SANDBOX_QUEUE_ERROR, SANDBOX_QUEUE_ERROR_DUPLICATE_REFERENCE,
                 "Error creating Transaction. Duplicate Reference.");
  else
    return TRUE;

  return FALSE;
}

/* Returns: the time of the member, or what the queue's agreement makes of now; 0 for none. */
static gint64
get_due (JsonObject *item, const char *name, gint64 now, gint64 minutes)
{
  if (sandbox_body_has (item, name))
    return baton_json_peek_time (item, name);

  return minutes > 0 ? now + minutes * 60 * G_USEC_PER_SEC : 0;
}

static gboolean
check_dates (gint64 defer, gint64 due, GError **error)
{
  if (defer == 0 || due == 0 || defer <= due)
    return TRUE;

  g_set_error (error, SANDBOX_QUEUE_ERROR, SANDBOX_QUEUE_ERROR_INVALID_ARGUMENT,
               "DeferDate must not be later than DueDate.");
  return FALSE;
}

gint64
sandbox_queue_add (const SandboxQueue *queue,
                   SandboxRequest *request,
                   JsonObject *item,
                   GError **error)
{
  const char *reference = baton_json_peek_string (item, "Reference");
  const char *progress = baton_json_peek_string (item, "Progress");
  gint64 now = sandbox_clock_now ();
  gint64 defer = baton_json_peek_time (item, "DeferDate");
  gint64 due = get_due (item, "DueDate", now, queue->sla);
  g_autofree char *content = NULL;
  g_autofree char *data = NULL;
  g_autoptr (GError) problem = NULL;
  int priority = sandbox_body_get_enum (item, "Priority", sandbox_enum_queue_item_priority,
                                        sandbox_row_get_enum ("QueueItems", "Priority", "Normal"));

  if (!check_reference (queue, request->store, reference, error) || !check_dates (defer, due, error)
      || !sandbox_queue_check_progress (progress, error))
    return 0;

  content = sandbox_queue_dup_data (queue, SANDBOX_QUEUE_SPECIFIC,
                                    baton_json_peek_node (item, "SpecificContent"), &problem);
  if (problem != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&problem));
      return 0;
    }

  data = g_strdup_printf ("{\"DynamicProperties\":%s}", content != NULL ? content : "{}");
  return sandbox_queue_item_add (
      queue, request,
      (const SandboxValue[]){
          SANDBOX_TEXT ("SpecificContent", content != NULL ? content : "{}"),
          SANDBOX_TEXT ("SpecificData", data),
          SANDBOX_TEXT ("Reference", reference),
          SANDBOX_INT ("Priority", priority),
          SANDBOX_TIME ("DeferDate", defer),
          SANDBOX_TIME ("DueDate", due),
          SANDBOX_TIME ("RiskSlaDate", get_due (item, "RiskSlaDate", now, queue->risk_sla)),
          SANDBOX_TEXT ("Progress", progress),
          SANDBOX_TEXT ("ParentOperationId", baton_json_peek_string (item, "ParentOperationId")),
          { NULL } });
}
