/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n.h>

#include "baton-answer.h"
#include "baton-backoff.h"
#include "baton-envelope.h"
#include "baton-json.h"
#include "baton-redact.h"

/* how much of a body that is no envelope is worth showing to a developer */
#define MAX_EXCERPT 2048

static gboolean
is_success (guint status)
{
  return status >= 200 && status < 300;
}

static BatonErrorCode
find_code (guint status, const BatonEnvelope *envelope)
{
  /* Folder errors come with more than one status (fact sheet 4.3, 10.1). */
  if (envelope->code == 1100 || envelope->code == 1101)
    return BATON_ERROR_FOLDER_MISSING;

  if (envelope->abp && envelope->unauthenticated && status != 403)
    return BATON_ERROR_NOT_SIGNED_IN;

  if (status >= 300 && status < 400)
    return BATON_ERROR_WRONG_ADDRESS;

  switch (status)
    {
    case 401:
      return BATON_ERROR_NOT_SIGNED_IN;
    case 402:
    case 403:
      return BATON_ERROR_NOT_ALLOWED;
    case 404:
    case 410:
      return BATON_ERROR_NOT_FOUND;
    /* a verb that this version of the server lacks */
    case 405:
    case 501:
      return BATON_ERROR_NOT_IMPLEMENTED;
    case 407:
      return BATON_ERROR_NO_NETWORK;
    case 408:
      return BATON_ERROR_TIMED_OUT;
    case 409:
    case 412:
      return BATON_ERROR_CONFLICT;
    case 429:
      return BATON_ERROR_RATE_LIMITED;
    default:
      break;
    }

  if (is_success (status))
    return envelope->html ? BATON_ERROR_WRONG_ADDRESS : BATON_ERROR_INVALID;

  return status >= 500 ? BATON_ERROR_SERVER : BATON_ERROR_INVALID;
}

/* Returns: (transfer none): for an answer that says nothing itself. */
static const char *
find_sentence (BatonErrorCode code)
{
  switch (code)
    {
    case BATON_ERROR_FOLDER_MISSING:
      return _("The folder does not exist, or you have no access to it.");
    case BATON_ERROR_NOT_SIGNED_IN:
      return _("The server did not accept the access token.");
    case BATON_ERROR_WRONG_ADDRESS:
      return _("The server answered with a web page: this is not the address of an Orchestrator.");
    case BATON_ERROR_NOT_ALLOWED:
      return _("You are not allowed to do this.");
    case BATON_ERROR_NOT_FOUND:
      return _("The server has nothing at this address.");
    case BATON_ERROR_NOT_IMPLEMENTED:
      return _("This server cannot do this.");
    case BATON_ERROR_NO_NETWORK:
      return _("The proxy on the way to the server asks for a password.");
    case BATON_ERROR_TIMED_OUT:
      return _("The server did not answer in time.");
    case BATON_ERROR_CONFLICT:
      return _("The server refused the change: it was changed meanwhile, or exists already.");
    case BATON_ERROR_RATE_LIMITED:
      return _("Too many requests were made.");
    case BATON_ERROR_SERVER:
      return _("The server has trouble.");
    case BATON_ERROR_BAD_CREDENTIALS:
    case BATON_ERROR_KEY_REVOKED:
    case BATON_ERROR_INVALID:
    case BATON_ERROR_TLS:
    case BATON_ERROR_BAD_ANSWER:
    case BATON_ERROR_KEYRING_LOCKED:
    case BATON_ERROR_KEYRING_UNAVAILABLE:
    default:
      return _("The server did not accept the request.");
    }
}

/* Returns: (transfer full): status, codes and the start of the body, redacted. */
static char *
describe (BatonReply *reply, const BatonEnvelope *envelope)
{
  GString *text = g_string_new (NULL);
  gsize size = 0;
  const char *body = g_bytes_get_data (reply->body, &size);

  g_string_append_printf (text, "HTTP %u %s", reply->status,
                          reply->reason != NULL ? reply->reason : "");
  if (reply->content_type != NULL)
    g_string_append_printf (text, "\nContent-Type: %s", reply->content_type);
  if (envelope->code != 0)
    g_string_append_printf (text, "\nerrorCode: %d", envelope->code);
  if (envelope->trace_id != NULL)
    g_string_append_printf (text, "\ntraceId: %s", envelope->trace_id);
  if (size > 0)
    {
      g_autofree char *excerpt = g_utf8_make_valid (body, (gssize) MIN (size, MAX_EXCERPT));
      g_autofree char *redacted = baton_redact (excerpt);

      g_string_append_printf (text, "\n\n%s%s", redacted, size > MAX_EXCERPT ? "…" : "");
    }

  return g_string_free (text, FALSE);
}

/* Returns: (transfer none) (nullable): what the code alone does not tell. */
static const char *
find_reason (BatonReply *reply, const BatonEnvelope *envelope)
{
  if (envelope->oauth_error != NULL)
    return envelope->oauth_error;
  if (reply->status == 407)
    return BATON_REASON_PROXY;
  if (reply->location != NULL)
    return reply->moved ? BATON_REASON_MOVED : BATON_REASON_REDIRECT;
  if (envelope->html)
    return BATON_REASON_WEB_PAGE;
  if (envelope->abp && envelope->unauthenticated)
    return BATON_REASON_ABP;

  return NULL;
}

/* Returns: (transfer full): what a person is told of @reply. */
static char *
make_message (BatonReply *reply, const BatonEnvelope *envelope, BatonErrorCode code)
{
  if (reply->location != NULL)
    return g_strdup_printf (
        reply->moved
            /* TRANSLATORS: %s is an address */
            ? _("The server sends Baton on to %s, as after a move.")
            /* TRANSLATORS: %s is an address */
            : _("The server sends Baton on to %s, most often a page where a person signs in."),
        reply->location);

  return g_strdup (envelope->message != NULL ? envelope->message : find_sentence (code));
}

static GError *
make_error (BatonReply *reply, const BatonEnvelope *envelope, const BatonAnswerContext *context)
{
  BatonErrorCode code = find_code (reply->status, envelope);
  g_autofree char *message = make_message (reply, envelope, code);
  GError *error = g_error_new_literal (BATON_ERROR, (int) code, message);
  BatonErrorDetails *details = baton_error_get_details (error);
  /* A date is one of the server's clock, which may go otherwise than ours. */
  gint64 pause = baton_backoff_parse_retry_after (reply->retry_after,
                                                  reply->date != 0 ? reply->date : context->now);

  details->http_status = reply->status;
  details->service_code = envelope->code;
  details->reason = g_strdup (find_reason (reply, envelope));
  details->trace_id = g_strdup (envelope->trace_id);
  details->location = g_strdup (reply->location);
  details->request = g_strdup (context->request);
  details->technical = describe (reply, envelope);
  if (code == BATON_ERROR_NOT_ALLOWED)
    details->permission = g_strdup (context->permission);
  if (pause >= 0)
    details->retry_at = context->now + pause;

  return error;
}

GError *
baton_answer_make_error (BatonReply *reply, const BatonAnswerContext *context)
{
  g_autoptr (BatonEnvelope) envelope = NULL;

  g_return_val_if_fail (reply != NULL && context != NULL, NULL);

  envelope = baton_envelope_read (reply);

  return make_error (reply, envelope, context);
}

/* A successful status may still carry a failure (fact sheet 2.2, 4.1). Returns: (transfer full)
 * (nullable). */
static GError *
find_failure (BatonReply *reply, JsonNode *root, const BatonAnswerContext *context)
{
  g_autoptr (BatonEnvelope) envelope = NULL;
  JsonObject *object = root != NULL ? baton_json_peek_root_object (root) : NULL;

  if (!baton_json_has (object, "__abp") || baton_json_peek_bool (object, "success", TRUE))
    return NULL;

  envelope = baton_envelope_read (reply);

  return make_error (reply, envelope, context);
}

JsonNode *
baton_answer_read (BatonReply *reply, const BatonAnswerContext *context, GError **error)
{
  g_autoptr (JsonNode) root = NULL;
  g_autoptr (GError) failure = NULL;

  g_return_val_if_fail (reply != NULL && context != NULL, NULL);

  if (!is_success (reply->status) || baton_envelope_is_html (reply))
    {
      g_propagate_error (error, baton_answer_make_error (reply, context));
      return NULL;
    }

  if (g_bytes_get_size (reply->body) == 0)
    return NULL;

  root = baton_json_parse (
      reply->body, context->max_bytes != 0 ? context->max_bytes : BATON_HTTP_MAX_BYTES, &failure);
  if (root == NULL)
    {
      BatonErrorDetails *details = baton_error_get_details (failure);
      g_autoptr (BatonEnvelope) none = g_new0 (BatonEnvelope, 1);
      g_autofree char *technical = describe (reply, none);

      details->http_status = reply->status;
      details->request = g_strdup (context->request);
      g_free (details->technical);
      details->technical = g_strconcat (failure->message, "\n", technical, NULL);
      g_propagate_prefixed_error (error, g_steal_pointer (&failure), "%s ",
                                  _("The server’s answer cannot be read."));
      return NULL;
    }

  failure = find_failure (reply, root, context);
  if (failure != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return NULL;
    }

  return g_steal_pointer (&root);
}

GError *
baton_answer_retell (GError *error, BatonErrorCode code, const char *message)
{
  g_autoptr (GError) old = error;
  BatonErrorDetails *from = NULL;
  BatonErrorDetails *to = NULL;
  GError *retold = NULL;

  g_return_val_if_fail (error != NULL && error->domain == BATON_ERROR, error);

  retold = g_error_new_literal (BATON_ERROR, (int) code, message);
  from = baton_error_get_details (old);
  to = baton_error_get_details (retold);
  *to = *from;
  memset (from, 0, sizeof *from);

  return retold;
}
