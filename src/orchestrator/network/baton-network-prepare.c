/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "baton-error.h"
#include "baton-network-private.h"
#include "baton-trust-files.h"

/* The files of one trust on their way from the disk. */
typedef struct
{
  BatonTrust *trust; /* (owned) */
  guint generation;
  BatonSecret *password; /* (owned) (nullable) */

  GTlsDatabase *authorities;    /* (owned) (nullable) */
  GTlsCertificate *certificate; /* (owned) (nullable) */
} Files;

static void
files_free (Files *files)
{
  g_object_unref (files->trust);
  g_clear_pointer (&files->password, baton_secret_unref);
  g_clear_object (&files->authorities);
  g_clear_object (&files->certificate);
  g_free (files);
}

char *
_baton_network_make_certificate_id (const char *account_id)
{
  return g_strconcat (account_id, "/certificate", NULL);
}

static void
load_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Files *files = data;
  const char *authorities = baton_trust_get_authorities (files->trust);
  const char *certificate = baton_trust_get_certificate (files->trust);
  GError *error = NULL;

  if (authorities != NULL)
    files->authorities = baton_trust_files_load_authorities (authorities, &error);
  if (error == NULL && certificate != NULL)
    files->certificate = baton_trust_files_load_certificate (
        certificate, files->password != NULL ? baton_secret_get_value (files->password) : NULL,
        &error);

  if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_return_boolean (task, TRUE);
}

static void baton_network_load (GTask *task);

static void
loaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  BatonNetwork *self = BATON_NETWORK (source);
  g_autoptr (GTask) task = user_data;
  Files *files = g_task_get_task_data (G_TASK (result));
  g_autoptr (GError) error = NULL;

  if (!g_task_propagate_boolean (G_TASK (result), &error))
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  /* The trust changed in the meantime. */
  if (files->generation != self->generation)
    {
      baton_network_load (task);
      return;
    }

  if (!self->prepared)
    {
      g_set_object (&self->authorities, files->authorities);
      g_set_object (&self->certificate, files->certificate);
      self->prepared = TRUE;
    }
  g_task_return_boolean (task, TRUE);
}

/* @password: (nullable): of the certificate. */
static void
load_files (GTask *task, BatonSecret *password)
{
  BatonNetwork *self = g_task_get_source_object (task);
  GTask *thread = g_task_new (self, g_task_get_cancellable (task), loaded_cb, g_object_ref (task));
  Files *files = g_new0 (Files, 1);

  files->trust = g_object_ref (self->trust);
  files->generation = self->generation;
  files->password = password != NULL ? baton_secret_ref (password) : NULL;
  g_task_set_source_tag (thread, load_files);
  g_task_set_task_data (thread, files, (GDestroyNotify)files_free);
  g_task_run_in_thread (thread, load_thread);
  g_object_unref (thread);
}

static void
password_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  BatonSecret *password
      = baton_secret_store_lookup_finish (BATON_SECRET_STORE (source), result, &error);

  if (error != NULL)
    g_task_return_error (task, g_steal_pointer (&error));
  else
    load_files (task, password);
  g_clear_pointer (&password, baton_secret_unref);
}

static void
baton_network_load (GTask *task)
{
  BatonNetwork *self = g_task_get_source_object (task);
  const char *certificate = baton_trust_get_certificate (self->trust);
  g_autofree char *id = NULL;

  if (certificate == NULL || self->certificate_password != NULL || self->store == NULL)
    {
      load_files (task, self->certificate_password);
      return;
    }

  id = _baton_network_make_certificate_id (self->account_id);
  baton_secret_store_lookup_async (self->store, id, g_task_get_cancellable (task), password_cb,
                                   g_object_ref (task));
}

static gboolean
needs_files (BatonNetwork *self)
{
  return baton_trust_get_authorities (self->trust) != NULL
         || baton_trust_get_certificate (self->trust) != NULL;
}

void
baton_network_prepare_async (BatonNetwork *self,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  g_autofree char *proxy = NULL;
  GError *error = NULL;

  g_return_if_fail (BATON_IS_NETWORK (self));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, baton_network_prepare_async);

  if (baton_trust_get_proxy_mode (self->trust) == BATON_PROXY_ADDRESS)
    proxy = baton_trust_parse_proxy (baton_trust_get_proxy_address (self->trust), &error);

  if (error != NULL)
    g_task_return_error (task, error);
  else if (self->prepared || !needs_files (self))
    g_task_return_boolean (task, TRUE);
  else
    baton_network_load (task);
}

gboolean
baton_network_prepare_finish (BatonNetwork *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (BATON_IS_NETWORK (self), FALSE);
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
