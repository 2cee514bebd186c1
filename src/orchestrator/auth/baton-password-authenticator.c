/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n.h>

#include "baton-error.h"
#include "baton-json.h"
#include "baton-password-authenticator.h"
#include "baton-token-call.h"

/* fact sheet 2.2: half an hour, and the answer does not say */
#define LIFE (30 * 60 * G_USEC_PER_SEC)

struct _BatonPasswordAuthenticator
{
  GObject parent_instance;

  BatonClock *clock; /* (owned) */
};

static void
baton_password_authenticator_iface_init (BatonAuthenticatorInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (BatonPasswordAuthenticator,
                               baton_password_authenticator,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (BATON_TYPE_AUTHENTICATOR,
                                                      baton_password_authenticator_iface_init))

static void
add_text (JsonBuilder *builder, const char *name, const char *value)
{
  json_builder_set_member_name (builder, name);
  json_builder_add_string_value (builder, value);
}

static BatonToken *
read_token (JsonNode *root, gint64 asked_at, GError **error)
{
  JsonObject *object = root != NULL ? baton_json_peek_root_object (root) : NULL;
  const char *token = baton_json_peek_string (object, "result");

  if (token == NULL || *token == '\0')
    {
      g_set_error_literal (error, BATON_ERROR, BATON_ERROR_BAD_ANSWER,
                           _("The server said yes, but gave no access token."));
      return NULL;
    }

  return baton_token_new (token, NULL, asked_at, asked_at + LIFE);
}

static void
baton_password_authenticator_acquired_cb (GObject *object, GAsyncResult *result, gpointer user_data)
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
baton_password_authenticator_acquire_async (BatonAuthenticator *authenticator,
                                            BatonAccount *account,
                                            BatonSecret *secret,
                                            GCancellable *cancellable,
                                            GAsyncReadyCallback callback,
                                            gpointer user_data)
{
  BatonPasswordAuthenticator *self = BATON_PASSWORD_AUTHENTICATOR (authenticator);
  BatonDeployment *deployment = baton_account_get_deployment (account);
  const char *user_name = baton_account_get_user_name (account);
  const char *tenant = baton_deployment_get_tenant (deployment);
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  g_autoptr (JsonBuilder) builder = NULL;
  gint64 *asked_at = g_new0 (gint64, 1);

  g_task_set_source_tag (task, baton_password_authenticator_acquire_async);
  *asked_at = baton_clock_now (self->clock);
  g_task_set_task_data (task, asked_at, g_free);

  if (user_name == NULL)
    {
      g_task_return_new_error (task, BATON_ERROR, BATON_ERROR_INVALID, "%s",
                               _("The user name is missing."));
      return;
    }

  builder = json_builder_new ();
  json_builder_begin_object (builder);
  add_text (builder, "tenancyName", tenant != NULL ? tenant : "Default");
  add_text (builder, "usernameOrEmailAddress", user_name);
  add_text (builder, "password", baton_secret_get_value (secret));
  json_builder_end_object (builder);

  baton_token_call_async (self, baton_deployment_get_authenticate_url (deployment),
                          json_builder_get_root (builder), *asked_at, cancellable,
                          baton_password_authenticator_acquired_cb, g_steal_pointer (&task));
}

/* A password does not rotate: @rotated stays NULL. */
static BatonToken *
baton_password_authenticator_acquire_finish (BatonAuthenticator *authenticator,
                                             GAsyncResult *result,
                                             BatonSecret **rotated,
                                             GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, authenticator), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
baton_password_authenticator_revoke_async (BatonAuthenticator *authenticator,
                                           BatonAccount *account,
                                           BatonSecret *secret,
                                           GCancellable *cancellable,
                                           GAsyncReadyCallback callback,
                                           gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (authenticator, cancellable, callback, user_data);

  g_task_set_source_tag (task, baton_password_authenticator_revoke_async);
  g_task_return_new_error (task, BATON_ERROR, BATON_ERROR_NOT_IMPLEMENTED, "%s",
                           _("A password cannot be revoked from here: change it in Orchestrator, "
                             "under your user’s preferences."));
}

static gboolean
baton_password_authenticator_revoke_finish (BatonAuthenticator *authenticator,
                                            GAsyncResult *result,
                                            GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, authenticator), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
baton_password_authenticator_iface_init (BatonAuthenticatorInterface *iface)
{
  iface->acquire_async = baton_password_authenticator_acquire_async;
  iface->acquire_finish = baton_password_authenticator_acquire_finish;
  iface->revoke_async = baton_password_authenticator_revoke_async;
  iface->revoke_finish = baton_password_authenticator_revoke_finish;
}

static void
baton_password_authenticator_finalize (GObject *object)
{
  BatonPasswordAuthenticator *self = BATON_PASSWORD_AUTHENTICATOR (object);

  g_clear_object (&self->clock);

  G_OBJECT_CLASS (baton_password_authenticator_parent_class)->finalize (object);
}

static void
baton_password_authenticator_class_init (BatonPasswordAuthenticatorClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = baton_password_authenticator_finalize;
}

static void
baton_password_authenticator_init (BatonPasswordAuthenticator *self)
{
}

BatonAuthenticator *
baton_password_authenticator_new (BatonClock *clock)
{
  BatonPasswordAuthenticator *self = g_object_new (BATON_TYPE_PASSWORD_AUTHENTICATOR, NULL);

  self->clock = g_object_ref (clock != NULL ? clock : baton_clock_get_default ());

  return BATON_AUTHENTICATOR (self);
}
