/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sandbox-operations.h"

#include <baton-json.h>

#include "sandbox-delivery.h"
#include "sandbox-sets.h"
#include "sandbox-write.h"

#define US "UiPath.Server.Configuration.OData."
#define ERROR_INVALID_REQUEST 1000

/* Answers 202 with the message that has been kept, as an entity. @message: (transfer full). */
static void
reply_message (SandboxRequest *request, const char *type, GString *message)
{
  GString *json = sandbox_request_begin_json (request, type);

  g_string_append (json, message->str + 1);
  g_string_free (message, TRUE);
  sandbox_reply_json (request, 202, json);
}

/* Definition: PingEventDto. Also where it is not enabled: that is how one tries it out. */
static void
ping_cb (SandboxRequest *request)
{
  gint64 id = sandbox_write_find_row (request, &sandbox_set_webhooks, "Id", request->key);
  GString *message;

  if (id == 0)
    return;
  message = sandbox_delivery_begin_message (
      request->store, &(SandboxEvent){ "ping", request->tenant, 0, request->user, NULL,
                                       &sandbox_set_webhooks, id });
  g_string_append_c (message, '}');
  sandbox_delivery_send (request->server, id, message->str);
  reply_message (request, US "PingEventDto", message);
}

/* Definition: CustomEventDto, with the body as its data. */
static void
custom_cb (SandboxRequest *request)
{
  g_autoptr (JsonNode) node = NULL;
  g_autofree char *data = NULL;
  GString *message;

  if (request->body == NULL)
    {
      sandbox_reply_error (request, 400, ERROR_INVALID_REQUEST, "eventData must not be null");
      return;
    }
  node = json_node_new (JSON_NODE_OBJECT);
  json_node_set_object (node, request->body);
  data = baton_json_to_text (node, FALSE);
  message = sandbox_delivery_begin_message (
      request->store,
      &(SandboxEvent){ "custom", request->tenant, 0, request->user, NULL, NULL, 0 });
  g_string_append_printf (message, ",\"EventData\":%s}", data);
  sandbox_store_begin (request->store);
  sandbox_delivery_send_all (request->server, request->tenant, "custom", message->str);
  sandbox_store_commit (request->store);
  reply_message (request, US "CustomEventDto", message);
}

const SandboxOperation sandbox_webhooks_operations[] = {
  { "POST", "/odata/Webhooks({key})/" US "Ping", SANDBOX_SIGNED, SANDBOX_SCOPE_TENANT,
    "Webhooks.View", ping_cb },
  { "POST", "/odata/Webhooks/" US "TriggerCustom", SANDBOX_SIGNED, SANDBOX_SCOPE_TENANT,
    "Webhooks.View", custom_cb },
  { NULL },
};
