/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n.h>

#include "auth/baton-scopes.h"
#include "baton-answer.h"
#include "baton-backoff.h"
#include "baton-error.h"
#include "baton-exchange.h"
#include "baton-json.h"
#include "baton-pacer.h"
#include "baton-pipeline.h"

#define MAX_RETRIES 3
/* A person does not wait longer for one answer; the banner says until when the service is busy. */
#define LONGEST_WAIT (2 * 60 * G_USEC_PER_SEC)
/* A token this young cannot have been taken back: where it is refused, the address is wrong. */
#define FRESH (60 * G_USEC_PER_SEC)
#define MAX_EXCHANGES 200

struct _BatonPipeline
{
  GObject parent_instance;

  BatonAccount *account;    /* (owned) */
  BatonTokenKeeper *keeper; /* (owned) */
  BatonClock *clock;        /* (owned) */

  /* (owned) (element-type utf8 BatonPacer): by base URL, since the limits are a tenant's */
  GHashTable *pacers;
  GHashTable *proven;    /* (owned) (element-type utf8): base URLs that took a token */
  BatonToken *refused;   /* (owned) (nullable): renewed for a 401 and refused again */
  GListStore *exchanges; /* (owned) */
  gboolean offline;
};

typedef struct
{
  BatonRequest *request; /* (owned) */
  BatonDecodeFunc decode;
  gpointer decode_data;
  GDestroyNotify destroy;
  GDestroyNotify free_result;

  BatonDeployment *deployment; /* (owned): as it was when the request was made */
  char *base;                  /* (owned): of the service that is asked */
  char *description;           /* (owned) */
  BatonToken *token;           /* (owned) (nullable) */
  BatonReply *reply;           /* (owned) (nullable) */
  guint attempt;
  gboolean replayed; /* after a 401 */
  gint64 started_at;
  gint64 started_monotonic;
  gsize sent_bytes;
} Send;

enum
{
  PROP_0,
  PROP_PAUSED_UNTIL,
  PROP_OFFLINE,
  N_PROPS
};

G_DEFINE_FINAL_TYPE (BatonPipeline, baton_pipeline, G_TYPE_OBJECT)

static GParamSpec *properties[N_PROPS];

static void baton_pipeline_attempt (GTask *task, gint64 delay);

static void
send_free (Send *send)
{
  if (send->destroy != NULL)
    send->destroy (send->decode_data);
  g_clear_pointer (&send->token, baton_token_unref);
  g_clear_pointer (&send->reply, baton_reply_unref);
  g_clear_pointer (&send->request, baton_request_unref);
  g_clear_object (&send->deployment);
  g_free (send->base);
  g_free (send->description);
  g_free (send);
}

static void
baton_pipeline_set_offline (BatonPipeline *self, gboolean offline)
{
  if (self->offline == offline)
    return;

  self->offline = offline;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_OFFLINE]);
}

static void
baton_pipeline_pause_changed_cb (BatonPipeline *self)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PAUSED_UNTIL]);
}

/* Returns: (transfer none): the pacer of the tenant at @base. */
static BatonPacer *
baton_pipeline_get_pacer (BatonPipeline *self, const char *base)
{
  BatonPacer *pacer = g_hash_table_lookup (self->pacers, base);

  if (pacer == NULL)
    {
      pacer = baton_pacer_new (self->clock);
      g_signal_connect_object (pacer, "notify::paused-until",
                               G_CALLBACK (baton_pipeline_pause_changed_cb), self,
                               G_CONNECT_SWAPPED);
      g_hash_table_insert (self->pacers, g_strdup (base), pacer);
    }

  return pacer;
}

static void
baton_pipeline_record (BatonPipeline *self, Send *send, const GError *error)
{
  g_autofree char *url =
      g_strconcat (send->base, baton_request_get_path (send->request), NULL);
  BatonExchangeFacts facts = {
    .started_at = send->started_at,
    .duration = baton_clock_monotonic (self->clock) - send->started_monotonic,
    .method = baton_request_get_method (send->request),
    .url = url,
    .folder = baton_request_get_folder (send->request),
    .status = send->reply != NULL ? send->reply->status : 0,
    .attempt = send->attempt,
    .sent_bytes = send->sent_bytes,
    .received_bytes = send->reply != NULL ? g_bytes_get_size (send->reply->body) : 0,
    .error = error != NULL ? error->message : NULL,
  };
  g_autoptr (BatonExchange) exchange = baton_exchange_new (&facts);

  g_list_store_insert (self->exchanges, 0, exchange);
  if (g_list_model_get_n_items (G_LIST_MODEL (self->exchanges)) > MAX_EXCHANGES)
    g_list_store_remove (self->exchanges, MAX_EXCHANGES);
}

static GError *
make_wrong_address (Send *send, GError *error)
{
  g_autofree char *message = g_strdup_printf (
      /* TRANSLATORS: %s is an address */
      _("The access token is good, but the service does not accept it at %s. Check the two names "
        "in the address: the organisation’s (account) logical name first, then the tenant’s."),
      send->base);

  return baton_answer_retell (error, BATON_ERROR_WRONG_ADDRESS, message);
}

static gboolean
is_fresh (BatonPipeline *self, BatonToken *token)
{
  gint64 age = baton_clock_now (self->clock) - baton_token_get_issued_at (token);

  return age >= 0 && age < FRESH;
}

/* A 401: renew once and replay once; a second one stops. @error: (transfer full).
 * Returns: (transfer full) (nullable): what to say; NULL where it is tried again. */
static GError *
baton_pipeline_handle_refusal (BatonPipeline *self, Send *send, GError *error)
{
  gboolean proven = g_hash_table_contains (self->proven, send->base);

  /* Another service may not know this kind of token at all: that says nothing of the token. */
  if (baton_request_get_service (send->request) != BATON_SERVICE_ORCHESTRATOR)
    return baton_answer_retell (
        error, BATON_ERROR_NOT_ALLOWED,
        _("The server does not take what this account signs in with for this."));

  /* the seed's mistake (fact sheet 1.5) */
  if (!proven && is_fresh (self, send->token))
    return make_wrong_address (send, error);

  if (!send->replayed && send->token != self->refused)
    {
      send->replayed = TRUE;
      baton_token_keeper_invalidate (self->keeper, send->token);
      g_error_free (error);
      return NULL;
    }

  if (!proven)
    return make_wrong_address (send, error);

  if (send->token != self->refused)
    {
      g_clear_pointer (&self->refused, baton_token_unref);
      self->refused = baton_token_ref (send->token);
    }

  return error;
}

/* Returns: the pause before @send is tried again, -1 for no more. */
static gint64
baton_pipeline_find_retry (BatonPipeline *self, Send *send, const GError *error)
{
  const BatonErrorDetails *details = baton_error_get_details (error);
  gint64 pause;

  if (details == NULL || details->http_status == 0)
    return -1;

  pause = baton_backoff_delay (send->attempt - 1);
  if (details->retry_at != 0)
    pause = MAX (details->retry_at - baton_clock_now (self->clock), G_USEC_PER_SEC / 10);

  if (details->http_status == 429)
    /* all of this tenant's requests wait, also those that come (fact sheet 5.2) */
    baton_pacer_pause (baton_pipeline_get_pacer (self, send->base), pause);
  else if (!(details->http_status >= 502 && details->http_status <= 504) ||
           !baton_request_is_idempotent (send->request))
    return -1;

  return send->attempt <= MAX_RETRIES && pause <= LONGEST_WAIT ? pause : -1;
}

/* @error: (transfer full) */
static void
baton_pipeline_failed (GTask *task, GError *error)
{
  BatonPipeline *self = g_task_get_source_object (task);
  Send *send = g_task_get_task_data (task);
  gint64 pause;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      g_task_return_error (task, error);
      return;
    }

  if (g_error_matches (error, BATON_ERROR, BATON_ERROR_NOT_SIGNED_IN))
    {
      error = baton_pipeline_handle_refusal (self, send, error);
      if (error == NULL)
        baton_pipeline_attempt (g_object_ref (task), 0);
      else
        g_task_return_error (task, error);
      return;
    }

  pause = baton_pipeline_find_retry (self, send, error);
  if (pause >= 0)
    {
      g_error_free (error);
      baton_pipeline_attempt (g_object_ref (task), pause);
      return;
    }

  g_task_return_error (task, error);
}

/* Where the token itself says that it lacks the scope of this call, the refusal says which one. */
static void
baton_pipeline_explain_scope (BatonPipeline *self, Send *send, GError *error)
{
  BatonErrorDetails *details = baton_error_get_details (error);
  g_autofree char *granted = NULL;
  char *missing = NULL;

  if (!g_error_matches (error, BATON_ERROR, BATON_ERROR_NOT_ALLOWED) ||
      details->http_status != 403 ||
      baton_request_get_service (send->request) != BATON_SERVICE_ORCHESTRATOR)
    return;

  granted = baton_scopes_dup_granted (self->account, send->token);
  missing = baton_scopes_find_missing (granted, baton_request_get_method (send->request),
                                       baton_request_get_path (send->request));
  if (missing == NULL)
    return;

  g_free (details->reason);
  details->reason = g_strdup (BATON_REASON_SCOPE);
  g_free (details->permission);
  details->permission = missing;
}

/* What the worker thread needs. Nothing in it belongs to the main thread: the worker may hold the
 * last reference. */
typedef struct
{
  BatonReply *reply;     /* (owned) */
  BatonRequest *request; /* (owned) */
  char *description;     /* (owned) */
  gint64 now;
  BatonDecodeFunc decode;
  gpointer decode_data; /* (unowned): of the request, which waits for us */
  GDestroyNotify free_result;
} Decode;

static void
decode_free (Decode *decode)
{
  baton_reply_unref (decode->reply);
  baton_request_unref (decode->request);
  g_free (decode->description);
  g_free (decode);
}

static void
baton_pipeline_decode_thread (GTask *task,
                              gpointer source_object,
                              gpointer task_data,
                              GCancellable *cancellable)
{
  Decode *decode = task_data;
  BatonAnswerContext context = {
    .request = decode->description,
    .permission = baton_request_get_permission (decode->request),
    .now = decode->now,
  };
  g_autoptr (JsonNode) root = NULL;
  g_autoptr (GError) error = NULL;
  gpointer result = NULL;

  root = baton_answer_read (decode->reply, &context, &error);

  if (error == NULL)
    {
      if (decode->decode != NULL)
        result = decode->decode (root, decode->decode_data, &error);
      else
        result = g_steal_pointer (&root);
    }

  if (error != NULL)
    g_task_return_error (task, baton_error_convert (g_steal_pointer (&error), decode->description));
  else
    g_task_return_pointer (task, result, decode->free_result);
}

static void
baton_pipeline_decoded_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  BatonPipeline *self = g_task_get_source_object (task);
  Send *send = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  gpointer value = g_task_propagate_pointer (G_TASK (result), &error);

  if (error != NULL)
    {
      baton_pipeline_explain_scope (self, send, error);
      baton_pipeline_record (self, send, error);
      baton_pipeline_failed (task, g_steal_pointer (&error));
      return;
    }

  baton_pipeline_record (self, send, NULL);
  g_hash_table_add (self->proven, g_strdup (send->base));
  g_clear_pointer (&self->refused, baton_token_unref);

  g_task_return_pointer (task, value, send->free_result);
}

static void
baton_pipeline_sent_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  BatonPipeline *self = g_task_get_source_object (task);
  Send *send = g_task_get_task_data (task);
  g_autoptr (GTask) thread_task = NULL;
  g_autoptr (GError) error = NULL;
  Decode *decode = NULL;

  send->reply = baton_http_send_finish (result, &error);
  if (send->reply == NULL)
    {
      if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        baton_pipeline_record (self, send, error);
      if (g_error_matches (error, BATON_ERROR, BATON_ERROR_NO_NETWORK) ||
          g_error_matches (error, BATON_ERROR, BATON_ERROR_TIMED_OUT))
        baton_pipeline_set_offline (self, TRUE);
      baton_pipeline_failed (task, g_steal_pointer (&error));
      return;
    }

  baton_pipeline_set_offline (self, FALSE);
  baton_token_keeper_note_date (self->keeper, send->reply->date);

  decode = g_new0 (Decode, 1);
  decode->reply = baton_reply_ref (send->reply);
  decode->request = baton_request_ref (send->request);
  decode->description = g_strdup (send->description);
  decode->now = baton_clock_now (self->clock);
  decode->decode = send->decode;
  decode->decode_data = send->decode_data;
  decode->free_result = send->free_result;

  thread_task = g_task_new (NULL, g_task_get_cancellable (task), baton_pipeline_decoded_cb,
                            g_object_ref (task));
  g_task_set_source_tag (thread_task, baton_pipeline_sent_cb);
  g_task_set_task_data (thread_task, decode, (GDestroyNotify) decode_free);
  g_task_run_in_thread (thread_task, baton_pipeline_decode_thread);
}

static BatonCall *
make_call (Send *send)
{
  g_autofree char *url = g_strconcat (send->base, baton_request_get_path (send->request), NULL);
  g_autofree char *id = g_uuid_string_random ();
  gint64 folder = baton_request_get_folder (send->request);
  BatonCall *call = baton_call_new (baton_request_get_method (send->request), url);

  baton_call_add_header (call, "Accept", "application/json");
  baton_call_add_header (call, "X-Request-Id", id);
  baton_call_set_bearer (call, baton_token_get_access_token (send->token));

  if (folder != 0)
    {
      g_autofree char *text = g_strdup_printf ("%" G_GINT64_FORMAT, folder);

      baton_call_add_header (call, "X-UIPATH-OrganizationUnitId", text);
    }
  if (baton_deployment_needs_tenant_header (send->deployment))
    baton_call_add_header (call, "X-UIPATH-TenantName",
                           baton_deployment_get_tenant (send->deployment));
  if (baton_request_get_body (send->request) != NULL)
    baton_call_take_body (call, "application/json",
                          baton_json_to_text (baton_request_get_body (send->request), FALSE));

  return call;
}

static void
baton_pipeline_token_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  BatonPipeline *self = g_task_get_source_object (task);
  Send *send = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  BatonCall *call = NULL;

  g_clear_pointer (&send->token, baton_token_unref);
  send->token = baton_token_keeper_get_token_finish (BATON_TOKEN_KEEPER (object), result, &error);
  if (send->token == NULL)
    {
      if (g_error_matches (error, BATON_ERROR, BATON_ERROR_NO_NETWORK))
        baton_pipeline_set_offline (self, TRUE);
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }

  call = make_call (send);
  send->attempt++;
  send->sent_bytes = baton_call_get_body_size (call);
  send->started_at = baton_clock_now (self->clock);
  send->started_monotonic = baton_clock_monotonic (self->clock);
  g_clear_pointer (&send->reply, baton_reply_unref);

  baton_http_send_async (baton_network_get (self->account), call, g_task_get_cancellable (task), baton_pipeline_sent_cb,
                         g_object_ref (task));
}

static void
baton_pipeline_paced_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  BatonPipeline *self = g_task_get_source_object (task);
  g_autoptr (GError) error = NULL;

  if (!baton_pacer_wait_finish (BATON_PACER (object), result, &error))
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }

  baton_token_keeper_get_token_async (self->keeper, g_task_get_cancellable (task),
                                      baton_pipeline_token_cb, g_object_ref (task));
}

/* @task: (transfer full) */
static void
baton_pipeline_attempt (GTask *task, gint64 delay)
{
  BatonPipeline *self = g_task_get_source_object (task);
  Send *send = g_task_get_task_data (task);
  BatonPacer *pacer = baton_pipeline_get_pacer (self, send->base);

  baton_pacer_wait_async (pacer, baton_request_get_priority (send->request),
                          baton_request_is_counted_list (send->request), delay,
                          g_task_get_cancellable (task), baton_pipeline_paced_cb, task);
}

static void
baton_pipeline_finalize (GObject *object)
{
  BatonPipeline *self = BATON_PIPELINE (object);

  g_clear_pointer (&self->pacers, g_hash_table_unref);
  g_clear_pointer (&self->proven, g_hash_table_unref);
  g_clear_pointer (&self->refused, baton_token_unref);
  g_clear_object (&self->exchanges);
  g_clear_object (&self->account);
  g_clear_object (&self->keeper);
  g_clear_object (&self->clock);

  G_OBJECT_CLASS (baton_pipeline_parent_class)->finalize (object);
}

static void
baton_pipeline_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  BatonPipeline *self = BATON_PIPELINE (object);

  switch (prop_id)
    {
    case PROP_PAUSED_UNTIL:
      g_value_set_int64 (value, baton_pipeline_get_paused_until (self));
      break;
    case PROP_OFFLINE:
      g_value_set_boolean (value, self->offline);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
baton_pipeline_class_init (BatonPipelineClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;

  object_class->finalize = baton_pipeline_finalize;
  object_class->get_property = baton_pipeline_get_property;

  properties[PROP_PAUSED_UNTIL] =
      g_param_spec_int64 ("paused-until", NULL, NULL, 0, G_MAXINT64, 0, flags);
  properties[PROP_OFFLINE] = g_param_spec_boolean ("offline", NULL, NULL, FALSE, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
baton_pipeline_init (BatonPipeline *self)
{
  self->pacers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);
  self->proven = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->exchanges = g_list_store_new (BATON_TYPE_EXCHANGE);
}

/**
 * baton_pipeline_new:
 * @clock: (nullable): %NULL is the machine's
 *
 * Returns: (transfer full): a pipeline for what @account is at the time of each request
 */
BatonPipeline *
baton_pipeline_new (BatonAccount *account, BatonTokenKeeper *keeper, BatonClock *clock)
{
  BatonPipeline *self = NULL;

  g_return_val_if_fail (BATON_IS_ACCOUNT (account), NULL);
  g_return_val_if_fail (BATON_IS_TOKEN_KEEPER (keeper), NULL);

  self = g_object_new (BATON_TYPE_PIPELINE, NULL);
  self->account = g_object_ref (account);
  self->keeper = g_object_ref (keeper);
  self->clock = g_object_ref (clock != NULL ? clock : baton_clock_get_default ());
  g_signal_connect_object (account, "notify::deployment",
                           G_CALLBACK (baton_pipeline_pause_changed_cb), self, G_CONNECT_SWAPPED);

  return self;
}

/**
 * baton_pipeline_send_async:
 * @request: what to ask; not to be changed any more
 * @cancellable: (nullable): a cancellable
 *
 * Main thread. Errors: those of the keeper, and all of %BATON_ERROR that mean an answer.
 * WRONG_ADDRESS where an address that never took a token refuses a fresh one (fact sheet 1.5), or
 * answers with a web page.
 */
void
baton_pipeline_send_async (BatonPipeline *self,
                           BatonRequest *request,
                           BatonDecodeFunc decode,
                           gpointer decode_data,
                           GDestroyNotify destroy,
                           GDestroyNotify free_result,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  Send *send = NULL;

  g_return_if_fail (BATON_IS_PIPELINE (self));
  g_return_if_fail (request != NULL);

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, baton_pipeline_send_async);

  send = g_new0 (Send, 1);
  send->request = baton_request_ref (request);
  send->decode = decode;
  send->decode_data = decode_data;
  send->destroy = destroy;
  send->free_result = decode != NULL ? free_result : (GDestroyNotify) json_node_unref;
  send->deployment = g_object_ref (baton_account_get_deployment (self->account));
  send->base = baton_deployment_make_service_url (send->deployment,
                                                  baton_request_get_service (request));
  send->description = baton_request_describe (request);
  g_task_set_task_data (task, send, (GDestroyNotify) send_free);

  if (send->base == NULL)
    {
      g_task_return_new_error (task, BATON_ERROR, BATON_ERROR_WRONG_ADDRESS, "%s",
                               _("No organisation and tenant are chosen yet."));
      return;
    }

  baton_pipeline_attempt (g_steal_pointer (&task), 0);
}

gpointer
baton_pipeline_send_finish (BatonPipeline *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (BATON_IS_PIPELINE (self), NULL);
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  g_return_val_if_fail (g_async_result_is_tagged (result, baton_pipeline_send_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

gint64
baton_pipeline_get_paused_until (BatonPipeline *self)
{
  const char *base = NULL;
  BatonPacer *pacer = NULL;

  g_return_val_if_fail (BATON_IS_PIPELINE (self), 0);

  base = baton_deployment_get_base_url (baton_account_get_deployment (self->account));
  pacer = base != NULL ? g_hash_table_lookup (self->pacers, base) : NULL;

  return pacer != NULL ? baton_pacer_get_paused_until (pacer) : 0;
}

GListModel *
baton_pipeline_get_exchanges (BatonPipeline *self)
{
  g_return_val_if_fail (BATON_IS_PIPELINE (self), NULL);

  return G_LIST_MODEL (self->exchanges);
}
