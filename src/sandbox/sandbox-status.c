/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sandbox-operations.h"

#include "sandbox-delivery.h"
#include "sandbox-later.h"
#include "sandbox-writer.h"

#define ERROR_INVALID_ARGUMENT 1009
#define TIMEOUT_SECONDS 10

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
  g_autoptr (SandboxLater) later = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GInputStream) stream
      = soup_session_send_finish (SOUP_SESSION (object), result, &error);
  SandboxRequest *request = sandbox_later_get (later);
  g_autofree char *answer = NULL;

  if (request == NULL)
    return;
  answer = make_answer (stream != NULL, error != NULL && error->domain == G_TLS_ERROR,
                        error != NULL ? error->message : NULL);
  sandbox_reply_json (request, 200, g_string_new (answer));
}

static void
verify_cb (SandboxRequest *request)
{
  const char *text = sandbox_request_get_query (request, "url");
  g_autoptr (GUri) uri = text != NULL ? g_uri_parse (text, SOUP_HTTP_URI_FLAGS, NULL) : NULL;
  g_autoptr (SoupMessage) asked = NULL;
  g_autoptr (SoupSession) session = NULL;

  if (uri == NULL || g_uri_get_host (uri) == NULL || *g_uri_get_host (uri) == '\0'
      || !g_str_has_prefix (g_uri_get_scheme (uri), "http"))
    {
      sandbox_reply_error (request, 400, ERROR_INVALID_ARGUMENT,
                           "'url' must be an http or https URL, and is '%s'.",
                           text != NULL ? text : "");
      return;
    }
  if (!sandbox_delivery_may_call (request->server, g_uri_get_host (uri)))
    {
      g_autofree char *answer = make_answer (
          FALSE, FALSE, "The sandbox calls this computer alone, unless webhook-targets says any.");

      sandbox_reply_json (request, 200, g_string_new (answer));
      return;
    }

  asked = soup_message_new_from_uri (SOUP_METHOD_HEAD, uri);
  soup_message_add_flags (asked, SOUP_MESSAGE_NO_REDIRECT);
  session = soup_session_new_with_options ("timeout", TIMEOUT_SECONDS, NULL);
  soup_session_send_async (session, asked, G_PRIORITY_DEFAULT, NULL, asked_cb,
                           sandbox_later_new (request));
}

const SandboxOperation sandbox_status_operations[] = {
  { "GET", "/api/Status/VerifyHostAvailibility", SANDBOX_SIGNED, SANDBOX_SCOPE_TENANT,
    "Webhooks.Create|Webhooks.Edit", verify_cb },
  { NULL },
};
