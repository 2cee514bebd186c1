/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sandbox-faults.h"

#include <baton-json.h>

#include "sandbox-address.h"
#include "sandbox-control.h"
#include "sandbox-parameter.h"
#include "sandbox-version.h"

/* Of an endless body: how often a little of it comes, and how much. */
#define DRIP_INTERVAL 200
#define DRIP "        "

struct _SandboxFaults
{
  GPtrArray *rules;  /* (owned): SandboxFaultRule, in the order in which they were added */
  GHashTable *drips; /* (owned): Drip that have not ended */
  guint last_id;
};

typedef struct
{
  SandboxFaults *owner;       /* (unowned): ends them before itself */
  SoupServerMessage *message; /* (owned) */
  guint timeout;
} Drip;

static void
drip_free (Drip *self)
{
  g_clear_handle_id (&self->timeout, g_source_remove);
  g_signal_handlers_disconnect_by_data (self->message, self);
  g_object_unref (self->message);
  g_free (self);
}

SandboxFaults *
sandbox_faults_new (void)
{
  SandboxFaults *self = g_new0 (SandboxFaults, 1);

  self->rules = g_ptr_array_new_with_free_func ((GDestroyNotify)sandbox_fault_rule_unref);
  self->drips = g_hash_table_new_full (NULL, NULL, (GDestroyNotify)drip_free, NULL);

  return self;
}

void
sandbox_faults_free (SandboxFaults *self)
{
  if (self == NULL)
    return;

  g_hash_table_unref (self->drips);
  g_ptr_array_unref (self->rules);
  g_free (self);
}

guint
sandbox_faults_add (SandboxFaults *self, SandboxFaultRule *rule)
{
  g_return_val_if_fail (self != NULL && rule != NULL, 0);

  rule->id = ++self->last_id;
  g_ptr_array_add (self->rules, rule);

  return rule->id;
}

void
sandbox_faults_clear (SandboxFaults *self)
{
  g_return_if_fail (self != NULL);

  g_ptr_array_set_size (self->rules, 0);
}

/* Returns: (transfer full) (nullable): the path below the base of a tenant. */
static char *
make_below (const char *text)
{
  g_autoptr (SandboxPath) path = sandbox_path_parse (text);
  SandboxAddress address;

  if (path == NULL)
    return NULL;
  sandbox_address_read (&address, path);

  return address.is_api ? sandbox_path_join (path, address.n_base) : NULL;
}

static char *
lower (const char *text)
{
  return text != NULL ? g_utf8_strdown (text, -1) : NULL;
}

SandboxFaultRule *
sandbox_faults_find (SandboxFaults *self, SoupServerMessage *message)
{
  const char *encoded = g_uri_get_path (soup_server_message_get_uri (message));
  g_autofree char *plain = NULL;
  g_autofree char *below = NULL;
  g_autofree char *lower_path = NULL;
  g_autofree char *lower_below = NULL;

  g_return_val_if_fail (self != NULL, NULL);

  if (self->rules->len == 0)
    return NULL;

  plain = g_uri_unescape_string (encoded, NULL);
  below = make_below (encoded);
  lower_path = g_utf8_validate (plain != NULL ? plain : "\xff", -1, NULL) ? lower (plain)
                                                                          : g_strdup (encoded);
  lower_below = lower (below);
  for (guint i = 0; i < self->rules->len; i++)
    {
      SandboxFaultRule *rule = self->rules->pdata[i];

      if (sandbox_fault_rule_strikes (rule, soup_server_message_get_method (message), lower_path,
                                      lower_below))
        return sandbox_fault_rule_ref (rule);
    }

  return NULL;
}

gboolean
sandbox_fault_rule_serves (const SandboxFaultRule *rule)
{
  return rule->kind == SANDBOX_FAULT_DELAY || rule->kind == SANDBOX_FAULT_CLOSE_IN_BODY
         || rule->kind == SANDBOX_FAULT_CUT;
}

/* libsoup finds out when it writes, and lets the connection go. */
static void
hang_up (SoupServerMessage *message)
{
  GSocket *socket = soup_server_message_get_socket (message);

  if (socket != NULL)
    g_socket_shutdown (socket, TRUE, TRUE, NULL);
}

/* libsoup waits for the rest of what was promised; with more to write it meets the end. */
static void
wrote_cb (SoupServerMessage *message, gpointer user_data)
{
  hang_up (message);
  soup_message_body_append (soup_server_message_get_response_body (message), SOUP_MEMORY_STATIC,
                            DRIP, 1);
  soup_server_message_unpause (message);
}

/* Returns: (transfer full): the first half of the body that is about to be sent. */
static GBytes *
halve (SoupServerMessage *message, goffset *length)
{
  SoupMessageBody *body = soup_server_message_get_response_body (message);
  g_autoptr (GBytes) whole = soup_message_body_flatten (body);

  *length = (goffset)g_bytes_get_size (whole);

  return g_bytes_new_from_bytes (whole, 0, (gsize)*length / 2);
}

static void
cut (SoupServerMessage *message, gboolean close)
{
  SoupMessageBody *body = soup_server_message_get_response_body (message);
  SoupMessageHeaders *headers = soup_server_message_get_response_headers (message);
  goffset length;
  g_autoptr (GBytes) half = halve (message, &length);

  soup_message_body_truncate (body);
  soup_message_body_append_bytes (body, half);
  if (!close)
    return;

  soup_message_headers_set_content_length (headers, MAX (length, 1));
  g_signal_connect (message, "wrote-chunk", G_CALLBACK (wrote_cb), NULL);
  if (g_bytes_get_size (half) == 0)
    g_signal_connect (message, "wrote-headers", G_CALLBACK (wrote_cb), NULL);
}

static gboolean
drip_cb (gpointer user_data)
{
  Drip *drip = user_data;

  soup_message_body_append (soup_server_message_get_response_body (drip->message),
                            SOUP_MEMORY_STATIC, DRIP, sizeof DRIP - 1);
  soup_server_message_unpause (drip->message);

  return G_SOURCE_CONTINUE;
}

static void
drip_ended_cb (SoupServerMessage *message, gpointer user_data)
{
  Drip *drip = user_data;

  g_hash_table_remove (drip->owner->drips, drip);
}

static void
begin_drip (SandboxFaults *self, SoupServerMessage *message)
{
  SoupMessageBody *body = soup_server_message_get_response_body (message);
  Drip *drip = g_new0 (Drip, 1);

  soup_message_headers_set_encoding (soup_server_message_get_response_headers (message),
                                     SOUP_ENCODING_CHUNKED);
  soup_message_body_set_accumulate (body, FALSE);
  soup_message_body_append (body, SOUP_MEMORY_STATIC, "{\"value\":[", 10);
  drip->owner = self;
  drip->message = g_object_ref (message);
  drip->timeout = g_timeout_add (DRIP_INTERVAL, drip_cb, drip);
  g_signal_connect (message, "disconnected", G_CALLBACK (drip_ended_cb), drip);
  g_signal_connect (message, "finished", G_CALLBACK (drip_ended_cb), drip);
  g_hash_table_add (self->drips, drip);
}

static void
set_answer (const SandboxFaultRule *rule,
            SoupServerMessage *message,
            const char *type,
            const char *text)
{
  SoupMessageHeaders *headers = soup_server_message_get_response_headers (message);

  soup_server_message_set_status (message, rule->status, NULL);
  soup_message_headers_replace (headers, "api-supported-versions", sandbox_version_get_header ());
  if (rule->body != NULL)
    soup_server_message_set_response (message, rule->type, SOUP_MEMORY_COPY, rule->body,
                                      strlen (rule->body));
  else if (text != NULL)
    soup_server_message_set_response (message, type, SOUP_MEMORY_STATIC, text, strlen (text));
}

void
sandbox_faults_strike (SandboxFaults *self,
                       const SandboxFaultRule *rule,
                       SoupServerMessage *message)
{
  static const char json[] = "application/json; charset=utf-8";
  SoupMessageHeaders *headers = soup_server_message_get_response_headers (message);

  g_return_if_fail (self != NULL && rule != NULL);
  g_return_if_fail (SOUP_IS_SERVER_MESSAGE (message));

  switch (rule->kind)
    {
    case SANDBOX_FAULT_DELAY:
      break;
    case SANDBOX_FAULT_STATUS:
      set_answer (rule, message, json,
                  "{\"message\":\"A fault that was asked for.\",\"errorCode\":0,"
                  "\"traceId\":\"00-00000000000000000000000000000001-0000000000000001-01\","
                  "\"resourceIds\":null}");
      break;
    case SANDBOX_FAULT_CLOSE:
      hang_up (message);
      break;
    case SANDBOX_FAULT_CLOSE_IN_BODY:
      cut (message, TRUE);
      break;
    case SANDBOX_FAULT_CUT:
      cut (message, FALSE);
      break;
    case SANDBOX_FAULT_BAD_JSON:
      set_answer (rule, message, json, "{\"value\":[{\"Id\":1,,\"Name\":'x'}");
      break;
    case SANDBOX_FAULT_HTML:
      set_answer (rule, message, "text/html; charset=utf-8",
                  "<!DOCTYPE html>\n<html><head><title>Service unavailable</title></head>"
                  "<body><h1>Service unavailable</h1></body></html>\n");
      break;
    case SANDBOX_FAULT_ENDLESS:
      set_answer (rule, message, json, NULL);
      begin_drip (self, message);
      break;
    default:
      g_assert_not_reached ();
    }
  for (guint i = 0; i + 1 < rule->headers->len; i += 2)
    soup_message_headers_replace (headers, rule->headers->pdata[i], rule->headers->pdata[i + 1]);
}

static void
list_cb (SandboxRequest *request)
{
  SandboxFaults *self = sandbox_server_get_faults (request->server);
  GString *json = g_string_new ("{\"faults\":[");

  for (guint i = 0; i < self->rules->len; i++)
    {
      if (i > 0)
        g_string_append_c (json, ',');
      sandbox_fault_rule_append (self->rules->pdata[i], json);
    }
  g_string_append (json, "]}");
  sandbox_control_reply (request, json);
}

static void
add_cb (SandboxRequest *request)
{
  SandboxFaultRule *rule;
  GString *json;
  GError *error = NULL;

  if (!sandbox_control_has_body (request))
    return;
  rule = sandbox_fault_rule_new (request->body, &error);
  if (rule == NULL)
    {
      sandbox_control_refuse (request, error);
      return;
    }
  sandbox_faults_add (sandbox_server_get_faults (request->server), rule);
  json = g_string_new (NULL);
  sandbox_fault_rule_append (rule, json);
  sandbox_reply_json (request, SOUP_STATUS_CREATED, json);
}

static void
clear_cb (SandboxRequest *request)
{
  sandbox_faults_clear (sandbox_server_get_faults (request->server));
  sandbox_reply_empty (request, SOUP_STATUS_NO_CONTENT);
}

static void
remove_cb (SandboxRequest *request)
{
  SandboxFaults *self = sandbox_server_get_faults (request->server);
  gint64 id;

  if (!sandbox_parameter_require_id (request, "id", &id))
    return;

  for (guint i = 0; i < self->rules->len; i++)
    {
      const SandboxFaultRule *rule = self->rules->pdata[i];

      if (rule->id != id)
        continue;
      g_ptr_array_remove_index (self->rules, i);
      sandbox_reply_empty (request, SOUP_STATUS_NO_CONTENT);
      return;
    }
  sandbox_reply_error (request, SOUP_STATUS_NOT_FOUND, 0, "There is no such fault.");
}

const SandboxOperation sandbox_faults_operations[] = {
  SANDBOX_CONTROL ("GET", "/faults", list_cb),
  SANDBOX_CONTROL ("POST", "/faults", add_cb),
  SANDBOX_CONTROL ("DELETE", "/faults", clear_cb),
  SANDBOX_CONTROL ("DELETE", "/faults/{id}", remove_cb),
  { NULL },
};
