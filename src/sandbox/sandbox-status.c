/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sandbox-operations.h"

#include "sandbox-delivery.h"
#include "sandbox-writer.h"

#define ERROR_INVALID_ARGUMENT 1009
#define TIMEOUT_SECONDS 10

/* A request that is answered when the host has, or has not. */
typedef struct
{
  SoupServerMessage *answered; /* (owned) (nullable): NULL once the client has gone */
  SoupMessage *asked;          /* (owned) */
  SoupSession *session;        /* (owned) */
  gulong gone_id;
} Probe;

static void
probe_free (Probe *self)
{
  if (self->answered != NULL)
    g_signal_handler_disconnect (self->answered, self->gone_id);
  g_clear_object (&self->answered);
  g_object_unref (self->asked);
  g_object_unref (self->session);
  g_free (self);
}

/* A message that is unpaused now would be of a connection that is no more. */
static void
gone_cb (SoupServerMessage *message, gpointer user_data)
{
  Probe *self = user_data;

  g_signal_handler_disconnect (self->answered, self->gone_id);
  g_clear_object (&self->answered);
}

static void
append_member (GString *json, const char *name, gboolean value)
{
  g_string_append_printf (json, "\"%s\":%s", name, value ? "true" : "false");
}

/* Definition: HostAvailabilityDto. @message: (nullable): why not. */
static char *
make_answer (gboolean connects, gboolean bad_tls, const char *message)
{
  GString *json = g_string_new ("{");

  append_member (json, "canConnect", connects);
  g_string_append_c (json, ',');
  append_member (json, "hasBadSsl", bad_tls);
  if (message != NULL)
    {
      g_string_append (json, ",\"connectionError\":");
      sandbox_json_append_string (json, message);
    }
  g_string_append_c (json, '}');

  return g_string_free (json, FALSE);
}

/* Any answer of the host, a refusal too, says that it is there. */
static void
asked_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  Probe *self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GInputStream) stream
      = soup_session_send_finish (SOUP_SESSION (object), result, &error);
  gboolean bad_tls = error != NULL && error->domain == G_TLS_ERROR;

  if (self->answered != NULL)
    {
      char *text = make_answer (stream != NULL, bad_tls, error != NULL ? error->message : NULL);

      soup_server_message_set_status (self->answered, 200, NULL);
      soup_server_message_set_response (self->answered, "application/json; charset=utf-8",
                                        SOUP_MEMORY_TAKE, text, strlen (text));
      soup_server_message_unpause (self->answered);
    }
  probe_free (self);
}

static void
verify_cb (SandboxRequest *request)
{
  const char *text = sandbox_request_get_query (request, "url");
  g_autoptr (GUri) uri = text != NULL ? g_uri_parse (text, SOUP_HTTP_URI_FLAGS, NULL) : NULL;
  Probe *self;

  if (uri == NULL || g_uri_get_host (uri) == NULL || *g_uri_get_host (uri) == '\0'
      || !g_str_has_prefix (g_uri_get_scheme (uri), "http"))
    {
      sandbox_reply_error (request, 400, ERROR_INVALID_ARGUMENT,
                           "'url' must be an http or https URL, and is '%s'.",
                           text != NULL ? text : "");
      return;
    }
  if (!sandbox_delivery_may_call (request->server, uri))
    {
      g_autofree char *answer = make_answer (
          FALSE, FALSE, "The sandbox calls this computer alone, unless webhook-targets says any.");

      sandbox_reply_json (request, 200, g_string_new (answer));
      return;
    }

  self = g_new0 (Probe, 1);
  self->asked = soup_message_new_from_uri (SOUP_METHOD_HEAD, uri);
  soup_message_add_flags (self->asked, SOUP_MESSAGE_NO_REDIRECT);
  self->session = soup_session_new_with_options ("timeout", TIMEOUT_SECONDS, NULL);
  self->answered = g_object_ref (request->message);
  self->gone_id = g_signal_connect (request->message, "disconnected", G_CALLBACK (gone_cb), self);
  /* Sets the headers that every answer has. */
  sandbox_reply_empty (request, 200);
  soup_server_message_pause (request->message);
  soup_session_send_async (self->session, self->asked, G_PRIORITY_DEFAULT, NULL, asked_cb, self);
}

const SandboxOperation sandbox_status_operations[] = {
  { "GET", "/api/Status/VerifyHostAvailibility", SANDBOX_SIGNED, SANDBOX_SCOPE_TENANT,
    "Webhooks.Create|Webhooks.Edit", verify_cb },
  { NULL },
};
