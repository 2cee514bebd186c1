/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sandbox-webhook.h"

#include <baton-json.h>

#include "sandbox-body.h"
#include "sandbox-change.h"
#include "sandbox-delivery.h"
#include "sandbox-operations.h"
#include "sandbox-statement.h"
#include "sandbox-writer.h"

#define US "UiPath.Server.Configuration.OData."
#define ERROR_INVALID_ARGUMENT 1009

/* What webhooks tell of (fact sheet 6.19); the group stands before the dot. */
static const char *const event_types[] = {
  "custom",
  "job.created",
  "job.started",
  "job.completed",
  "job.faulted",
  "job.stopped",
  "job.suspended",
  "process.created",
  "process.updated",
  "process.deleted",
  "queue.created",
  "queue.updated",
  "queue.deleted",
  "queueItem.added",
  "queueItem.transactionStarted",
  "queueItem.transactionCompleted",
  "queueItem.transactionFailed",
  "queueItem.transactionAbandoned",
  "robot.created",
  "robot.updated",
  "robot.deleted",
  "robot.status",
  "schedule.failed",
  "task.created",
  "task.assignmentChanged",
  "task.saved",
  "task.forwarded",
  "task.completed",
  "task.deleted",
};

/* Definition: WebhookEventDto. */
static const SandboxBodyField event_fields[]
    = { { "EventType", SANDBOX_BODY_TEXT, 1, 50 }, { NULL } };

gboolean
sandbox_webhook_knows_event (const char *type)
{
  g_return_val_if_fail (type != NULL, FALSE);

  for (gsize i = 0; i < G_N_ELEMENTS (event_types); i++)
    if (g_str_equal (event_types[i], type))
      return TRUE;

  return FALSE;
}

static gboolean
check_url (SandboxRequest *request, const char *url)
{
  if (url == NULL || sandbox_delivery_is_url (url))
    return TRUE;

  sandbox_reply_error (request, 400, ERROR_INVALID_ARGUMENT,
                       "The Url field is not a valid fully-qualified http or https URL.");

  return FALSE;
}

static gboolean
check_events (SandboxRequest *request, JsonObject *body)
{
  JsonArray *events = baton_json_peek_array (body, "Events");

  for (guint i = 0; i < baton_json_length (events); i++)
    {
      JsonObject *event = baton_json_peek_object_at (events, i);
      const char *type = baton_json_peek_string (event, "EventType");

      if (!sandbox_body_check (request, event, "webhookEventDto", event_fields))
        return FALSE;
      if (type == NULL || !sandbox_webhook_knows_event (type))
        {
          sandbox_reply_error (request, 400, ERROR_INVALID_ARGUMENT, "There is no event type '%s'.",
                               type != NULL ? type : "");
          return FALSE;
        }
    }

  return TRUE;
}

/* Whoever changes a webhook has looked after its target. */
static gboolean
check_cb (SandboxRequest *request, SandboxChange *change)
{
  if (!check_url (request, sandbox_change_get_text (change, "Url"))
      || !check_events (request, change->body))
    return FALSE;
  sandbox_change_set_int (change, "BrokenUntil", 0);

  return TRUE;
}

static gboolean
may_delete_cb (SandboxRequest *request, gint64 id)
{
  sandbox_statement_run (request->store,
                         "DELETE FROM \"WebhookDeliveries\" WHERE \"WebhookId\" = ?", "i", id);

  return TRUE;
}

const SandboxSetHooks sandbox_webhook_hooks = { check_cb, NULL, may_delete_cb };

/* Definition: WebhookEventTypeDto. */
static void
event_types_cb (SandboxRequest *request)
{
  g_autoptr (GString) json = g_string_new ("[");

  for (gsize i = 0; i < G_N_ELEMENTS (event_types); i++)
    {
      g_autofree char *group = g_strndup (event_types[i], strcspn (event_types[i], "."));

      g_string_append_printf (json, "%s{\"Name\":\"%s\",\"Group\":\"%s\"}", i > 0 ? "," : "",
                              event_types[i], group);
    }
  g_string_append_c (json, ']');
  sandbox_reply_value (request, "Collection(" US "WebhookEventTypeDto)", json->str);
}

const SandboxOperation sandbox_webhook_operations[] = {
  { "GET", "/odata/Webhooks/" US "GetEventTypes", SANDBOX_SIGNED, SANDBOX_SCOPE_TENANT,
    "Webhooks.View", event_types_cb },
  { NULL },
};
