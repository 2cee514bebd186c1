/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n.h>

#include <stdarg.h>

#include "baton-json.h"
#include "baton-redact.h"
#include "baton-token-call.h"
#include "http/baton-answer.h"
#include "http/baton-envelope.h"

#define FORM "application/x-www-form-urlencoded"

typedef struct
{
  char *request; /* (owned) */
  gint64 now;
  gint64 date; /* of the answer */
  const char *refused_secret;
  const char *refused_client;
} Data;

static void
data_free (Data *data)
{
  g_free (data->request);
  g_free (data);
}

void
baton_token_call_clear (BatonTokenCall *self)
{
  g_clear_pointer (&self->url, g_free);
  g_clear_pointer (&self->body, baton_secret_free);
}

/* Takes a body of @parts (transfer full) (element-type utf8) with @separator between them. Each of the texts
 * is as long as it has to be: what grows leaves copies of secrets behind. */
static void
baton_token_call_take_parts (BatonTokenCall *self,
                             const char *type,
                             GPtrArray *parts,
                             const char *separator)
{
  g_ptr_array_add (parts, NULL);
  g_clear_pointer (&self->body, baton_secret_free);
  self->type = type;
  self->body = g_strjoinv (separator, (char **)parts->pdata);
  baton_secret_free_all ((char **)g_ptr_array_free (parts, FALSE));
}

void
baton_token_call_set_json (BatonTokenCall *self, ...)
{
  GPtrArray *members = g_ptr_array_new ();
  va_list pairs;
  const char *name;
  char *inner = NULL;

  g_return_if_fail (self != NULL);

  va_start (pairs, self);
  while ((name = va_arg (pairs, const char *)) != NULL)
    {
      const char *value = va_arg (pairs, const char *);
      char *quoted = NULL;

      if (value == NULL)
        continue;
      quoted = baton_json_quote (value);
      g_ptr_array_add (members, g_strconcat ("\"", name, "\":", quoted, NULL));
      baton_secret_free (quoted);
    }
  va_end (pairs);

  baton_token_call_take_parts (self, "application/json", members, ",");
  inner = self->body;
  self->body = g_strconcat ("{", inner, "}", NULL);
  baton_secret_free (inner);
}

void
baton_token_call_set_form (BatonTokenCall *self, ...)
{
  GPtrArray *fields = g_ptr_array_new ();
  va_list pairs;
  const char *name;

  g_return_if_fail (self != NULL);

  va_start (pairs, self);
  while ((name = va_arg (pairs, const char *)) != NULL)
    {
      const char *value = va_arg (pairs, const char *);
      char *escaped = NULL;

      if (value == NULL)
        continue;
      escaped = g_uri_escape_string (value, NULL, FALSE);
      g_ptr_array_add (fields, g_strconcat (name, "=", escaped, NULL));
      baton_secret_free (escaped);
    }
  va_end (pairs);

  baton_token_call_take_parts (self, FORM, fields, "&");
}

static gboolean
is_refusal_of_client (const BatonEnvelope *envelope)
{
  static const char *const errors[] = { "invalid_client", "access_denied" };

  for (guint i = 0; i < G_N_ELEMENTS (errors); i++)
    if (g_strcmp0 (envelope->oauth_error, errors[i]) == 0)
      return TRUE;

  return FALSE;
}

/* Returns: (transfer full): what @error (transfer full) means where a token was asked for (fact
 * sheet 2.1, 2.2, 2.3). */
static GError *
retell (GError *error, BatonReply *reply, const Data *data)
{
  g_autoptr (BatonEnvelope) envelope = baton_envelope_read (reply);

  if (g_strcmp0 (envelope->oauth_error, "invalid_grant") == 0)
    return baton_answer_retell (error, BATON_ERROR_KEY_REVOKED, data->refused_secret);

  if (g_strcmp0 (envelope->oauth_error, "unauthorized_client") == 0)
    return baton_answer_retell (error, BATON_ERROR_BAD_CREDENTIALS,
                                _ ("This application may not sign in in this way. An application "
                                   "with application scopes signs in by its secret, one with user "
                                   "scopes in the browser."));

  if (g_strcmp0 (envelope->oauth_error, "invalid_scope") == 0)
    return baton_answer_retell (
        error, BATON_ERROR_INVALID,
        _ ("The application was not given one of the scopes that were asked "
           "for. Take it out here, or have an administrator add it to the "
           "external application."));

  if (is_refusal_of_client (envelope))
    return baton_answer_retell (error, BATON_ERROR_BAD_CREDENTIALS, data->refused_client);

  /* ABP answers a wrong password with any of 200, 400, 401 and 500; a fault of its own is also 500
   * and has always the same words. */
  if (envelope->abp && envelope->failed
      && !(reply->status >= 500 && envelope->message != NULL
           && strstr (envelope->message, "internal error") != NULL))
    {
      g_autofree char *message = g_strdup (error->message);

      return baton_answer_retell (error, BATON_ERROR_BAD_CREDENTIALS, message);
    }

  if (reply->location != NULL)
    return error;

  if (envelope->html || reply->status == 404 || reply->status == 405
      || (reply->status >= 300 && reply->status < 400))
    return baton_answer_retell (error, BATON_ERROR_WRONG_ADDRESS,
                                _ ("Nothing at this address gives out access tokens. Check the "
                                   "address and the way to sign in."));

  if (reply->status == 401 || reply->status == 403)
    {
      g_autofree char *message = g_strdup (error->message);

      return baton_answer_retell (error, BATON_ERROR_BAD_CREDENTIALS, message);
    }

  return error;
}

static void
baton_token_call_sent_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Data *data = g_task_get_task_data (task);
  BatonAnswerContext context = { 0 };
  g_autoptr (BatonReply) reply = NULL;
  g_autoptr (GError) error = NULL;
  JsonNode *root = NULL;

  reply = baton_http_send_finish (result, &error);
  if (reply == NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }

  data->date = reply->date;
  context.request = data->request;
  context.now = data->now;
  context.max_bytes = BATON_ANSWER_SMALL;
  root = baton_answer_read (reply, &context, &error);

  if (error != NULL)
    g_task_return_error (task, retell (g_steal_pointer (&error), reply, data));
  else
    g_task_return_pointer (task, root, (GDestroyNotify)json_node_unref);
}

void
baton_token_call_async (gpointer source,
                        BatonNetwork *network,
                        BatonTokenCall *call,
                        gint64 now,
                        GCancellable *cancellable,
                        GAsyncReadyCallback callback,
                        gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (source, cancellable, callback, user_data);
  BatonCall *request = NULL;
  Data *data = NULL;

  g_task_set_source_tag (task, baton_token_call_async);

  request = baton_call_new ("POST", call->url);
  baton_call_add_header (request, "Accept", "application/json");
  baton_call_take_body (request, call->type, g_steal_pointer (&call->body));

  data = g_new0 (Data, 1);
  data->request = baton_call_describe (request);
  data->now = now;
  data->refused_secret = call->refused_secret;
  data->refused_client = call->refused_client;
  g_task_set_task_data (task, data, (GDestroyNotify)data_free);

  baton_http_send_async (network, request, cancellable, baton_token_call_sent_cb,
                         g_steal_pointer (&task));
}

gboolean
baton_token_call_finish (
    gpointer source, GAsyncResult *result, JsonNode **root, gint64 *date, GError **error)
{
  g_autoptr (GError) failure = NULL;

  g_return_val_if_fail (g_task_is_valid (result, source), FALSE);

  *date = ((Data *)g_task_get_task_data (G_TASK (result)))->date;
  *root = g_task_propagate_pointer (G_TASK (result), &failure);
  if (failure != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return FALSE;
    }

  return TRUE;
}
