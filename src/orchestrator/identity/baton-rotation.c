/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n.h>

#include "baton-error.h"
#include "baton-redact.h"
#include "baton-rotation.h"

/* Whoever is signed in may see the folders they are in. */
#define PROBE "/odata/Folders?$top=1"

struct _BatonRotation
{
  GObject parent_instance;

  BatonConnection *caller; /* (owned) */
  BatonConnection *target; /* (owned) */
  BatonSecretStore *store; /* (owned) */
  char *organization;      /* (owned) (nullable): NULL for a personal access token */
  char *application;       /* (owned) (nullable): the same */
  char *old_id;            /* (owned) */
  char *name;              /* (owned) */
  char *scopes;            /* (owned) (nullable) */
  gint64 expires_at;

  BatonRotationStep step;
  gboolean running;
  gboolean kept;             /* the keyring has the new one */
  char *new_id;              /* (owned) (nullable): once it is made */
  BatonSecret *secret;       /* (owned) (nullable): the new one */
  BatonConnection *trial;    /* (owned) (nullable): signs in with it, and nothing else knows it */
  GError *error;             /* (owned) (nullable) */
  GCancellable *cancellable; /* (owned) */
};

enum
{
  SIGNAL_CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_ENUM_TYPE (BatonRotationStep,
                    baton_rotation_step,
                    G_DEFINE_ENUM_VALUE (BATON_ROTATION_MAKE, "make"),
                    G_DEFINE_ENUM_VALUE (BATON_ROTATION_SIGN_IN, "sign-in"),
                    G_DEFINE_ENUM_VALUE (BATON_ROTATION_KEEP, "keep"),
                    G_DEFINE_ENUM_VALUE (BATON_ROTATION_DELETE, "delete"),
                    G_DEFINE_ENUM_VALUE (BATON_ROTATION_DONE, "done"),
                    G_DEFINE_ENUM_VALUE (BATON_ROTATION_UNDONE, "undone"))

G_DEFINE_FINAL_TYPE (BatonRotation, baton_rotation, G_TYPE_OBJECT)

static void start_step (BatonRotation *self);

static gboolean
is_of_application (BatonRotation *self)
{
  return self->application != NULL;
}

/* @error: (transfer full) (nullable). Stops there, or goes on with @next. */
static void
end_step (BatonRotation *self, BatonRotationStep next, GError *error)
{
  g_clear_error (&self->error);
  self->error = error;
  if (error == NULL)
    self->step = next;
  self->running = error == NULL && next < BATON_ROTATION_DONE;
  if (self->running)
    start_step (self);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static BatonRequest *
make_delete (BatonRotation *self, const char *id)
{
  return is_of_application (self) ? baton_application_secret_make_delete (self->organization, id)
                                  : baton_personal_access_token_make_revoke (id);
}

static void
send (BatonRotation *self,
      BatonConnection *connection,
      BatonRequest *request,
      GAsyncReadyCallback callback)
{
  baton_request_set_priority (request, BATON_PRIORITY_USER);
  baton_pipeline_send_async (baton_connection_get_pipeline (connection), request, NULL, NULL, NULL,
                             NULL, self->cancellable, callback, g_object_ref (self));
}

static void
take_made (BatonRotation *self, JsonNode *answer, GError **error)
{
  gint64 now = g_get_real_time ();
  g_autoptr (BatonApplicationSecret) secret = NULL;
  g_autoptr (BatonPersonalAccessToken) token = NULL;
  char *value = NULL;

  if (is_of_application (self))
    secret = baton_application_secret_read_added (answer, &value, error);
  else
    token = baton_personal_access_token_read_created (answer, &value, error);
  if (value == NULL)
    return;

  self->new_id = g_strdup (secret != NULL ? secret->id : token->id);
  self->secret = baton_secret_new (
      secret != NULL ? BATON_SECRET_CLIENT_SECRET : BATON_SECRET_PERSONAL_ACCESS_TOKEN, value, now,
      secret != NULL ? secret->expires_at : token->expires_at);
  baton_secret_free (value);
}

static void
made_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (BatonRotation) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) answer
      = baton_pipeline_send_finish (BATON_PIPELINE (object), result, &error);

  if (error == NULL)
    take_made (self, answer, &error);
  end_step (self, BATON_ROTATION_SIGN_IN, g_steal_pointer (&error));
}

static void
start_make (BatonRotation *self)
{
  g_autoptr (BatonRequest) request = NULL;

  if (is_of_application (self))
    request = baton_application_secret_make_add (self->organization, self->application, self->name,
                                                 self->expires_at);
  else
    request = baton_personal_access_token_make_create (self->name, self->scopes, self->expires_at);
  send (self, self->caller, request, made_cb);
}

static void
probed_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (BatonRotation) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) answer
      = baton_pipeline_send_finish (BATON_PIPELINE (object), result, &error);

  g_clear_object (&self->trial);
  end_step (self, BATON_ROTATION_KEEP, g_steal_pointer (&error));
}

/* With a store of its own: whatever comes of it, the account is as it was. */
static void
start_sign_in (BatonRotation *self)
{
  BatonAccount *account = baton_connection_get_account (self->target);
  g_autoptr (BatonSecretStore) store = baton_secret_store_new ();
  g_autoptr (BatonRequest) request = baton_request_new ("GET", PROBE);

  baton_secret_store_keep_in_memory (store, baton_account_get_id (account), self->secret);
  self->trial = baton_connection_new (account, store, NULL);
  send (self, self->trial, request, probed_cb);
}

static void
renewed_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (BatonRotation) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (BatonToken) token
      = baton_token_keeper_renew_finish (BATON_TOKEN_KEEPER (object), result, &error);

  end_step (self, BATON_ROTATION_DELETE, g_steal_pointer (&error));
}

/* The account uses it from now on; a personal access token is its access token, too. */
static void
start_using (BatonRotation *self)
{
  baton_token_keeper_renew_async (baton_connection_get_keeper (self->target), self->cancellable,
                                  renewed_cb, g_object_ref (self));
}

static void
stored_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (BatonRotation) self = user_data;
  g_autoptr (GError) error = NULL;

  if (baton_secret_store_store_finish (BATON_SECRET_STORE (object), result, &error))
    {
      self->kept = TRUE;
      start_using (self);
      return;
    }
  end_step (self, BATON_ROTATION_KEEP, g_steal_pointer (&error));
}

static void
start_keep (BatonRotation *self)
{
  BatonAccount *account = baton_connection_get_account (self->target);

  if (self->kept)
    start_using (self);
  else
    baton_secret_store_store_async (self->store, baton_account_get_id (account),
                                    baton_account_get_name (account), self->secret,
                                    self->cancellable, stored_cb, g_object_ref (self));
}

static void
deleted_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (BatonRotation) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) answer
      = baton_pipeline_send_finish (BATON_PIPELINE (object), result, &error);

  /* Somebody was faster, or an answer was lost. */
  if (g_error_matches (error, BATON_ERROR, BATON_ERROR_NOT_FOUND))
    g_clear_error (&error);
  end_step (self, self->step == BATON_ROTATION_DELETE ? BATON_ROTATION_DONE : BATON_ROTATION_UNDONE,
            g_steal_pointer (&error));
}

static void
start_delete (BatonRotation *self, const char *id)
{
  g_autoptr (BatonRequest) request = make_delete (self, id);

  send (self, self->caller, request, deleted_cb);
}

static void
start_step (BatonRotation *self)
{
  switch (self->step)
    {
    case BATON_ROTATION_MAKE:
      start_make (self);
      break;
    case BATON_ROTATION_SIGN_IN:
      start_sign_in (self);
      break;
    case BATON_ROTATION_KEEP:
      start_keep (self);
      break;
    case BATON_ROTATION_DELETE:
      start_delete (self, self->old_id);
      break;
    case BATON_ROTATION_DONE:
    case BATON_ROTATION_UNDONE:
    default:
      break;
    }
}

static void
baton_rotation_dispose (GObject *object)
{
  BatonRotation *self = BATON_ROTATION (object);

  g_clear_object (&self->trial);
  g_clear_object (&self->caller);
  g_clear_object (&self->target);
  g_clear_object (&self->store);

  G_OBJECT_CLASS (baton_rotation_parent_class)->dispose (object);
}

static void
baton_rotation_finalize (GObject *object)
{
  BatonRotation *self = BATON_ROTATION (object);

  g_free (self->organization);
  g_free (self->application);
  g_free (self->old_id);
  g_free (self->name);
  g_free (self->scopes);
  g_free (self->new_id);
  g_clear_pointer (&self->secret, baton_secret_unref);
  g_clear_error (&self->error);
  g_object_unref (self->cancellable);

  G_OBJECT_CLASS (baton_rotation_parent_class)->finalize (object);
}

static void
baton_rotation_class_init (BatonRotationClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = baton_rotation_dispose;
  G_OBJECT_CLASS (klass)->finalize = baton_rotation_finalize;

  signals[SIGNAL_CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                                          0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
baton_rotation_init (BatonRotation *self)
{
  self->cancellable = g_cancellable_new ();
}

static BatonRotation *
make (BatonConnection *caller, BatonConnection *target, BatonSecretStore *store, gint64 expires_at)
{
  BatonRotation *self = g_object_new (BATON_TYPE_ROTATION, NULL);

  self->caller = g_object_ref (caller);
  self->target = g_object_ref (target);
  self->store = g_object_ref (store);
  self->expires_at = expires_at;

  return self;
}

BatonRotation *
baton_rotation_new_of_application (BatonConnection *caller,
                                   BatonConnection *target,
                                   BatonSecretStore *store,
                                   const char *organization,
                                   const char *application,
                                   const BatonApplicationSecret *old,
                                   gint64 expires_at)
{
  BatonRotation *self = NULL;

  g_return_val_if_fail (BATON_IS_CONNECTION (caller), NULL);
  g_return_val_if_fail (BATON_IS_CONNECTION (target), NULL);
  g_return_val_if_fail (BATON_IS_SECRET_STORE (store), NULL);
  g_return_val_if_fail (organization != NULL && application != NULL && old != NULL, NULL);

  self = make (caller, target, store, expires_at);
  self->organization = g_strdup (organization);
  self->application = g_strdup (application);
  self->old_id = g_strdup (old->id);
  self->name = g_strdup (old->description);

  return self;
}

BatonRotation *
baton_rotation_new_of_token (BatonConnection *caller,
                             BatonConnection *target,
                             BatonSecretStore *store,
                             const BatonPersonalAccessToken *old,
                             gint64 expires_at)
{
  BatonRotation *self = NULL;

  g_return_val_if_fail (BATON_IS_CONNECTION (caller), NULL);
  g_return_val_if_fail (BATON_IS_CONNECTION (target), NULL);
  g_return_val_if_fail (BATON_IS_SECRET_STORE (store), NULL);
  g_return_val_if_fail (old != NULL, NULL);

  self = make (caller, target, store, expires_at);
  self->old_id = g_strdup (old->id);
  self->name = g_strdup (old->name);
  self->scopes = g_strdup (old->scopes);

  return self;
}

void
baton_rotation_run (BatonRotation *self)
{
  g_return_if_fail (BATON_IS_ROTATION (self));

  if (self->running || self->step >= BATON_ROTATION_DONE)
    return;
  g_clear_error (&self->error);
  self->running = TRUE;
  start_step (self);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

gboolean
baton_rotation_can_give_up (BatonRotation *self)
{
  g_return_val_if_fail (BATON_IS_ROTATION (self), FALSE);

  return !self->running && self->error != NULL && self->new_id != NULL && !self->kept;
}

void
baton_rotation_give_up (BatonRotation *self)
{
  g_return_if_fail (BATON_IS_ROTATION (self));

  if (!baton_rotation_can_give_up (self))
    return;
  g_clear_error (&self->error);
  self->running = TRUE;
  start_delete (self, self->new_id);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

BatonRotationStep
baton_rotation_get_step (BatonRotation *self)
{
  g_return_val_if_fail (BATON_IS_ROTATION (self), BATON_ROTATION_MAKE);

  return self->step;
}

gboolean
baton_rotation_is_running (BatonRotation *self)
{
  g_return_val_if_fail (BATON_IS_ROTATION (self), FALSE);

  return self->running;
}

const GError *
baton_rotation_get_error (BatonRotation *self)
{
  g_return_val_if_fail (BATON_IS_ROTATION (self), NULL);

  return self->error;
}

const char *
baton_rotation_describe (BatonRotation *self)
{
  g_return_val_if_fail (BATON_IS_ROTATION (self), NULL);

  if (self->step == BATON_ROTATION_DONE)
    return _ ("Baton signs in with the new one, and the old one is deleted.");
  if (self->step == BATON_ROTATION_UNDONE)
    return _ ("The new one is deleted. The old one is what Baton signs in with.");
  if (self->running)
    return _ ("The old one works until the new one has taken its place.");

  switch (self->step)
    {
    case BATON_ROTATION_MAKE:
      return _ ("Nothing has changed: the old one works, and Baton signs in with it.");
    case BATON_ROTATION_SIGN_IN:
      return _ ("The new one is on the server, but signing in with it failed. The old one works, "
                "and Baton signs in with it.");
    case BATON_ROTATION_KEEP:
      return self->kept ? _ ("The new one is kept, but was not used yet. The old one still works.")
                        : _ ("The new one works, but could not be kept. The old one works, and "
                             "Baton signs in with it.");
    case BATON_ROTATION_DELETE:
    case BATON_ROTATION_DONE:
    case BATON_ROTATION_UNDONE:
    default:
      return _ ("Baton signs in with the new one. The old one is still on the server, and works "
                "until it is deleted.");
    }
}
