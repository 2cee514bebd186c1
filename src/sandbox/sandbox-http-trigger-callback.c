/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sandbox-http-trigger.h"

#include "sandbox-delivery.h"
#include "sandbox-statement.h"

#define DATA_KEY "sandbox-http-trigger-callback"

/* HttpTriggers.CallbackMode. */
enum
{
  DISABLED,
  ON_SUCCESS,
  ON_FAILURE,
  ON_ANY,
};

/* CallbackMode; who is to be called in any case is, where it is not said when. */
#define MODE "ifnull (\"CallbackMode\", CASE WHEN \"CallingMode\" = 3 THEN 3 ELSE 0 END)"

typedef struct
{
  SandboxServer *server; /* (unowned): it owns this */
  SandboxStore *store;   /* (owned) */
} Callback;

static gboolean
has_url (SandboxRequest *request, SandboxChange *change, const char *column, gboolean wanted)
{
  const char *url = sandbox_change_get_text (change, column);

  if (url == NULL || *url == '\0')
    {
      if (wanted)
        sandbox_reply_error (request, 400, 1009, "The %s field is required for a callback.",
                             column);
      return !wanted;
    }
  if (sandbox_delivery_is_url (url))
    return TRUE;

  sandbox_reply_error (request, 400, 1009,
                       "The %s field is not a valid fully-qualified http or https URL.", column);

  return FALSE;
}

gboolean
sandbox_http_trigger_check_callback (SandboxRequest *request, SandboxChange *change)
{
  gint64 mode;

  g_return_val_if_fail (request != NULL && change != NULL, FALSE);

  mode = sandbox_change_get_int (change, "CallbackMode",
                                 sandbox_change_get_int (change, "CallingMode", 0)
                                         == SANDBOX_CALLING_ASYNC_CALLBACK
                                     ? ON_ANY
                                     : DISABLED);

  return has_url (request, change, "SuccessCallbackUrl", mode == ON_SUCCESS || mode == ON_ANY)
         && has_url (request, change, "FailureCallbackUrl", mode == ON_FAILURE || mode == ON_ANY);
}

gboolean
sandbox_http_trigger_calls_back (SandboxStore *store, gint64 tenant, const char *id)
{
  g_return_val_if_fail (SANDBOX_IS_STORE (store) && id != NULL, FALSE);

  return sandbox_statement_ask (store,
                                "SELECT " MODE " FROM \"HttpTriggers\" WHERE \"TenantId\" = ? AND "
                                "\"Id\" = ?",
                                "is", tenant, id)
         != DISABLED;
}

static void
event_cb (const SandboxEvent *event, gpointer user_data)
{
  Callback *self = user_data;
  gboolean success = g_str_equal (event->type, "job.completed");
  g_autofree char *trigger = NULL;
  g_autofree char *url = NULL;
  g_autofree char *message = NULL;

  if (!success && !g_str_equal (event->type, "job.faulted")
      && !g_str_equal (event->type, "job.stopped"))
    return;
  trigger = sandbox_statement_ask_text (
      self->store, "SELECT \"StartingTriggerId\" FROM \"Jobs\" WHERE \"Id\" = ?", "i", event->id);
  if (trigger == NULL)
    return;
  url = sandbox_statement_ask_text (
      self->store,
      "SELECT CASE WHEN ?3 THEN \"SuccessCallbackUrl\" ELSE \"FailureCallbackUrl\" END FROM "
      "\"HttpTriggers\" WHERE \"TenantId\" = ?1 AND \"Id\" = ?2 AND " MODE " IN (3, 2 - ?3)",
      "isi", event->tenant, trigger, (gint64)success);
  if (url == NULL)
    return;

  message = sandbox_delivery_make_message (self->store, event);
  sandbox_delivery_call_back (self->server, event->tenant, trigger, url, message);
}

static void
callback_free (Callback *self)
{
  sandbox_event_unlisten (self->store, event_cb, self);
  g_object_unref (self->store);
  g_free (self);
}

void
sandbox_http_trigger_callback_init (SandboxServer *server)
{
  Callback *self;

  g_return_if_fail (SANDBOX_IS_SERVER (server));

  self = g_new0 (Callback, 1);
  self->server = server;
  self->store = g_object_ref (sandbox_server_get_store (server));
  g_object_set_data_full (G_OBJECT (server), DATA_KEY, self, (GDestroyNotify)callback_free);
  sandbox_event_listen (self->store, event_cb, self);
}
