/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n.h>

#include "baton-error.h"
#include "baton-json.h"
#include "baton-token-call.h"
#include "baton-user-key-authenticator.h"

/* fact sheet 2.1: a day, where the answer does not say */
#define DEFAULT_LIFE 86400
#define MAX_LIFE (10 * 366 * 86400LL)

struct _BatonUserKeyAuthenticator
{
  GObject parent_instance;

  BatonClock *clock; /* (owned) */
};

static void
baton_user_key_authenticator_iface_init (BatonAuthenticatorInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (BatonUserKeyAuthenticator,
                               baton_user_key_authenticator,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (BATON_TYPE_AUTHENTICATOR,
                                                      baton_user_key_authenticator_iface_init))

static void
add_text (JsonBuilder *builder, const char *name, const char *value)
{
  json_builder_set_member_name (builder, name);
  json_builder_add_string_value (builder, value);
}

/* Returns: (transfer full) (nullable): NULL with an error where the account has no client id. */
static JsonBuilder *
begin_body (BatonAccount *account, GError **error)
{
  const char *client_id = baton_account_get_client_id (account);
  JsonBuilder *builder = NULL;

  if (client_id == NULL)
    {
      g_set_error_literal (error, BATON_ERROR, BATON_ERROR_INVALID,
                           _("The client ID is missing. The API Access page shows it beside the "
                             "user key."));
      return NULL;
    }

  builder = json_builder_new ();
  json_builder_begin_object (builder);
  add_text (builder, "client_id", client_id);

  return builder;
}

static JsonNode *
end_body (JsonBuilder *builder)
{
  json_builder_end_object (builder);

  return json_builder_get_root (builder);
}

static BatonToken *
read_token (JsonNode *root, gint64 asked_at, GError **error)
{
  JsonObject *object = root != NULL ? baton_json_peek_root_object (root) : NULL;
  const char *access_token = baton_json_peek_string (object, "access_token");
  gint64 life = baton_json_peek_int (object, "expires_in", DEFAULT_LIFE);

  if (access_token == NULL || *access_token == '\0')
    {
      g_set_error_literal (error, BATON_ERROR, BATON_ERROR_BAD_ANSWER,
                           _("The server said yes, but gave no access token."));
      return NULL;
    }

  if (life <= 0)
    {
      g_set_error_literal (error, BATON_ERROR, BATON_ERROR_BAD_ANSWER,
                           _("The server gave an access token that has expired already."));
      return NULL;
    }

  return baton_token_new (access_token, baton_json_peek_string (object, "id_token"), asked_at,
                          asked_at + MIN (life, MAX_LIFE) * G_USEC_PER_SEC);
}

static void
baton_user_key_authenticator_acquired_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  const gint64 *asked_at = g_task_get_task_data (task);
  g_autoptr (JsonNode) root = NULL;
  g_autoptr (GError) error = NULL;
  BatonToken *token = NULL;

  if (baton_token_call_finish (object, result, &root, &error))
    token = read_token (root, *asked_at, &error);

  if (token != NULL)
    g_task_return_pointer (task, token, (GDestroyNotify) baton_token_unref);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

static void
baton_user_key_authenticator_acquire_async (BatonAuthenticator *authenticator,
                                            BatonAccount *account,
                                            BatonSecret *secret,
                                            GCancellable *cancellable,
                                            GAsyncReadyCallback callback,
                                            gpointer user_data)
{
  BatonUserKeyAuthenticator *self = BATON_USER_KEY_AUTHENTICATOR (authenticator);
  BatonDeployment *deployment = baton_account_get_deployment (account);
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  g_autoptr (JsonBuilder) builder = NULL;
  GError *error = NULL;
  gint64 *asked_at = g_new0 (gint64, 1);

  g_task_set_source_tag (task, baton_user_key_authenticator_acquire_async);
  *asked_at = baton_clock_now (self->clock);
  g_task_set_task_data (task, asked_at, g_free);

  builder = begin_body (account, &error);
  if (builder == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  add_text (builder, "grant_type", "refresh_token");
  add_text (builder, "refresh_token", baton_secret_get_value (secret));

  baton_token_call_async (self, baton_deployment_get_token_url (deployment), end_body (builder),
                          *asked_at, cancellable, baton_user_key_authenticator_acquired_cb,
                          g_steal_pointer (&task));
}

/* The key does not rotate: @rotated stays NULL. */
static BatonToken *
baton_user_key_authenticator_acquire_finish (BatonAuthenticator *authenticator,
                                             GAsyncResult *result,
                                             BatonSecret **rotated,
                                             GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, authenticator), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
baton_user_key_authenticator_revoked_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (JsonNode) root = NULL;
  g_autoptr (GError) error = NULL;

  if (baton_token_call_finish (object, result, &root, &error))
    g_task_return_boolean (task, TRUE);
  /* somebody was faster: what was wanted is so */
  else if (g_error_matches (error, BATON_ERROR, BATON_ERROR_KEY_REVOKED))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

static void
baton_user_key_authenticator_revoke_async (BatonAuthenticator *authenticator,
                                           BatonAccount *account,
                                           BatonSecret *secret,
                                           GCancellable *cancellable,
                                           GAsyncReadyCallback callback,
                                           gpointer user_data)
{
  BatonUserKeyAuthenticator *self = BATON_USER_KEY_AUTHENTICATOR (authenticator);
  BatonDeployment *deployment = baton_account_get_deployment (account);
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  g_autoptr (JsonBuilder) builder = NULL;
  GError *error = NULL;

  g_task_set_source_tag (task, baton_user_key_authenticator_revoke_async);

  builder = begin_body (account, &error);
  if (builder == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  add_text (builder, "token", baton_secret_get_value (secret));

  baton_token_call_async (self, baton_deployment_get_revoke_url (deployment), end_body (builder),
                          baton_clock_now (self->clock), cancellable,
                          baton_user_key_authenticator_revoked_cb, g_steal_pointer (&task));
}

static gboolean
baton_user_key_authenticator_revoke_finish (BatonAuthenticator *authenticator,
                                            GAsyncResult *result,
                                            GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, authenticator), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
baton_user_key_authenticator_iface_init (BatonAuthenticatorInterface *iface)
{
  iface->acquire_async = baton_user_key_authenticator_acquire_async;
  iface->acquire_finish = baton_user_key_authenticator_acquire_finish;
  iface->revoke_async = baton_user_key_authenticator_revoke_async;
  iface->revoke_finish = baton_user_key_authenticator_revoke_finish;
}

static void
baton_user_key_authenticator_finalize (GObject *object)
{
  BatonUserKeyAuthenticator *self = BATON_USER_KEY_AUTHENTICATOR (object);

  g_clear_object (&self->clock);

  G_OBJECT_CLASS (baton_user_key_authenticator_parent_class)->finalize (object);
}

static void
baton_user_key_authenticator_class_init (BatonUserKeyAuthenticatorClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = baton_user_key_authenticator_finalize;
}

static void
baton_user_key_authenticator_init (BatonUserKeyAuthenticator *self)
{
}

BatonAuthenticator *
baton_user_key_authenticator_new (BatonClock *clock)
{
  BatonUserKeyAuthenticator *self = g_object_new (BATON_TYPE_USER_KEY_AUTHENTICATOR, NULL);

  self->clock = g_object_ref (clock != NULL ? clock : baton_clock_get_default ());

  return BATON_AUTHENTICATOR (self);
}
