/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n.h>

#include "baton-authenticator.h"
#include "baton-error.h"
#include "baton-json.h"
#include "baton-way.h"

struct _BatonAuthenticator
{
  GObject parent_instance;

  const BatonWay *way;
  BatonClock *clock; /* (owned) */
  gint64 offset;     /* of the server's clock, microseconds ahead of ours */
};

/* A date comes in whole seconds and after a way: less than this says nothing. */
#define SMALLEST_OFFSET (10 * G_USEC_PER_SEC)

G_DEFINE_FINAL_TYPE (BatonAuthenticator, baton_authenticator, G_TYPE_OBJECT)

/* One acquisition on its way. */
typedef struct
{
  BatonSecret *secret;  /* (owned) */
  BatonSecret *rotated; /* (owned) (nullable) */
  gint64 asked_at;
} Acquisition;

static void
acquisition_free (Acquisition *self)
{
  baton_secret_unref (self->secret);
  g_clear_pointer (&self->rotated, baton_secret_unref);
  g_free (self);
}

static void
baton_authenticator_finalize (GObject *object)
{
  BatonAuthenticator *self = BATON_AUTHENTICATOR (object);

  g_clear_object (&self->clock);

  G_OBJECT_CLASS (baton_authenticator_parent_class)->finalize (object);
}

static void
baton_authenticator_class_init (BatonAuthenticatorClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = baton_authenticator_finalize;
}

static void
baton_authenticator_init (BatonAuthenticator *self)
{
}

BatonAuthenticator *
baton_authenticator_new (BatonMethod method, BatonClock *clock)
{
  static const BatonWay *const ways[] = {
    [BATON_METHOD_USER_KEY] = &baton_way_user_key,
    [BATON_METHOD_PASSWORD] = &baton_way_password,
    [BATON_METHOD_BROWSER] = &baton_way_browser,
    [BATON_METHOD_CLIENT_CREDENTIALS] = &baton_way_client_credentials,
    [BATON_METHOD_PERSONAL_ACCESS_TOKEN] = &baton_way_personal_access_token,
  };
  BatonAuthenticator *self = NULL;

  g_return_val_if_fail ((gsize)method < G_N_ELEMENTS (ways), NULL);

  self = g_object_new (BATON_TYPE_AUTHENTICATOR, NULL);
  self->way = ways[method];
  self->clock = g_object_ref (clock != NULL ? clock : baton_clock_get_default ());

  return self;
}

/* @answer: (nullable) */
static void
baton_authenticator_read (GTask *task, JsonObject *answer)
{
  BatonAuthenticator *self = g_task_get_source_object (task);
  Acquisition *acquisition = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  BatonToken *token = self->way->read (acquisition->secret, answer, acquisition->asked_at,
                                       self->offset, &acquisition->rotated, &error);

  if (token != NULL)
    g_task_return_pointer (task, token, (GDestroyNotify)baton_token_unref);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

static void
baton_authenticator_answered_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (JsonNode) root = NULL;
  g_autoptr (GError) error = NULL;
  gint64 date = 0;
  gboolean good = baton_token_call_finish (object, result, &root, &date, &error);

  baton_authenticator_note_date (BATON_AUTHENTICATOR (object), date);
  if (!good)
    g_task_return_error (task, g_steal_pointer (&error));
  else
    baton_authenticator_read (task, root != NULL ? baton_json_peek_root_object (root) : NULL);
  if (root != NULL)
    baton_json_wipe (root);
}

/**
 * baton_authenticator_acquire_async:
 * @account: whose token
 * @secret: what it signs in with
 * @cancellable: (nullable): a cancellable
 *
 * Main thread. Asks the server for an access token, once: no retry is made here.
 */
void
baton_authenticator_acquire_async (BatonAuthenticator *self,
                                   BatonAccount *account,
                                   BatonSecret *secret,
                                   GCancellable *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  g_auto (BatonTokenCall) call = { 0 };
  Acquisition *acquisition = NULL;
  GError *error = NULL;

  g_return_if_fail (BATON_IS_AUTHENTICATOR (self));
  g_return_if_fail (BATON_IS_ACCOUNT (account));
  g_return_if_fail (secret != NULL);

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, baton_authenticator_acquire_async);
  acquisition = g_new0 (Acquisition, 1);
  acquisition->secret = baton_secret_ref (secret);
  acquisition->asked_at = baton_clock_now (self->clock);
  g_task_set_task_data (task, acquisition, (GDestroyNotify)acquisition_free);

  if (self->way->ask == NULL)
    baton_authenticator_read (task, NULL);
  else if (self->way->ask (account, secret, &call, &error))
    baton_token_call_async (self, baton_network_get (account), &call, acquisition->asked_at,
                            cancellable, baton_authenticator_answered_cb, g_object_ref (task));
  else
    g_task_return_error (task, error);
}

BatonToken *
baton_authenticator_acquire_finish (BatonAuthenticator *self,
                                    GAsyncResult *result,
                                    BatonSecret **rotated,
                                    GError **error)
{
  Acquisition *acquisition = NULL;
  BatonToken *token = NULL;

  g_return_val_if_fail (BATON_IS_AUTHENTICATOR (self), NULL);
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  g_return_val_if_fail (rotated != NULL, NULL);

  acquisition = g_task_get_task_data (G_TASK (result));
  token = g_task_propagate_pointer (G_TASK (result), error);
  *rotated = token != NULL ? g_steal_pointer (&acquisition->rotated) : NULL;

  return token;
}

static void
baton_authenticator_revoked_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (JsonNode) root = NULL;
  g_autoptr (GError) error = NULL;
  gint64 date = 0;

  if (baton_token_call_finish (object, result, &root, &date, &error))
    g_task_return_boolean (task, TRUE);
  /* somebody was faster: what was wanted is so */
  else if (g_error_matches (error, BATON_ERROR, BATON_ERROR_KEY_REVOKED))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

void
baton_authenticator_revoke_async (BatonAuthenticator *self,
                                  BatonAccount *account,
                                  BatonSecret *secret,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  g_auto (BatonTokenCall) call = { 0 };
  GError *error = NULL;

  g_return_if_fail (BATON_IS_AUTHENTICATOR (self));
  g_return_if_fail (BATON_IS_ACCOUNT (account));
  g_return_if_fail (secret != NULL);

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, baton_authenticator_revoke_async);

  if (self->way->ask_revocation == NULL)
    g_task_return_new_error (task, BATON_ERROR, BATON_ERROR_NOT_IMPLEMENTED, "%s",
                             _ (self->way->revoked_elsewhere));
  else if (self->way->ask_revocation (account, secret, &call, &error))
    baton_token_call_async (self, baton_network_get (account), &call, baton_clock_now (self->clock),
                            cancellable, baton_authenticator_revoked_cb, g_object_ref (task));
  else
    g_task_return_error (task, error);
}

gboolean
baton_authenticator_revoke_finish (BatonAuthenticator *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (BATON_IS_AUTHENTICATOR (self), FALSE);
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

void
baton_authenticator_note_date (BatonAuthenticator *self, gint64 date)
{
  gint64 offset;

  g_return_if_fail (BATON_IS_AUTHENTICATOR (self));

  if (date == 0)
    return;

  offset = date - baton_clock_now (self->clock);
  self->offset = ABS (offset) >= SMALLEST_OFFSET ? offset : 0;
}

gint64
baton_authenticator_get_offset (BatonAuthenticator *self)
{
  g_return_val_if_fail (BATON_IS_AUTHENTICATOR (self), 0);

  return self->offset;
}

gboolean
baton_authenticator_asks (BatonAuthenticator *self)
{
  g_return_val_if_fail (BATON_IS_AUTHENTICATOR (self), FALSE);

  return self->way->ask != NULL;
}

gboolean
baton_authenticator_can_revoke (BatonAuthenticator *self)
{
  g_return_val_if_fail (BATON_IS_AUTHENTICATOR (self), FALSE);

  return self->way->ask_revocation != NULL;
}

gboolean
baton_authenticator_rotates (BatonAuthenticator *self)
{
  g_return_val_if_fail (BATON_IS_AUTHENTICATOR (self), FALSE);

  return self->way->rotates;
}
