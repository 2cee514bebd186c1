/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n.h>

#include "baton-network-private.h"
#include "baton-proxy-resolver.h"

/* What was typed, on its way into the store. */
typedef struct
{
  BatonSecretStore *store; /* (owned) */
  char *label;             /* (owned) */
  BatonSecret *login;      /* (owned) (nullable) */
  BatonSecret *password;   /* (owned) (nullable) */
} Keep;

static void
keep_free (Keep *keep)
{
  g_object_unref (keep->store);
  g_free (keep->label);
  g_clear_pointer (&keep->login, baton_secret_unref);
  g_clear_pointer (&keep->password, baton_secret_unref);
  g_free (keep);
}

static void baton_network_keep_next (GTask *task);

/* From here on the store is asked for it; what is not typed any more needs no new session. */
static void
forget_typed (BatonSecret **typed, BatonSecret *kept)
{
  if (*typed == kept)
    g_clear_pointer (typed, baton_secret_unref);
}

static void
stored_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  BatonNetwork *self = g_task_get_source_object (task);
  Keep *keep = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;

  if (!baton_secret_store_store_finish (BATON_SECRET_STORE (source), result, &error))
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  if (keep->login != NULL)
    {
      forget_typed (&self->proxy_login, keep->login);
      g_clear_pointer (&keep->login, baton_secret_unref);
    }
  else
    {
      forget_typed (&self->certificate_password, keep->password);
      g_clear_pointer (&keep->password, baton_secret_unref);
    }
  baton_network_keep_next (task);
}

static void
proxies_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  BatonNetwork *self = g_task_get_source_object (task);
  Keep *keep = g_task_get_task_data (task);
  g_auto (GStrv) proxies = g_proxy_resolver_lookup_finish (G_PROXY_RESOLVER (source), result, NULL);
  g_autofree char *proxy = proxies != NULL ? baton_proxy_resolver_describe (proxies[0]) : NULL;
  g_autofree char *id
      = proxy != NULL ? baton_proxy_resolver_make_secret_id (self->trust, self->account_id, proxy)
                      : NULL;
  g_autofree char *label = NULL;

  /* There is no proxy that this could be for. */
  if (id == NULL)
    {
      g_clear_pointer (&keep->login, baton_secret_unref);
      baton_network_keep_next (task);
      return;
    }
  /* TRANSLATORS: a label in the keyring; %s is the address of a proxy */
  label = g_strdup_printf (_ ("proxy %s"), proxy);
  baton_secret_store_store_async (keep->store, id, label, keep->login,
                                  g_task_get_cancellable (task), stored_cb, g_object_ref (task));
}

static void
baton_network_keep_next (GTask *task)
{
  BatonNetwork *self = g_task_get_source_object (task);
  Keep *keep = g_task_get_task_data (task);
  g_autoptr (BatonAccount) account = g_weak_ref_get (&self->account);
  g_autofree char *label = NULL;
  g_autofree char *id = NULL;

  if (keep->login != NULL && account != NULL)
    {
      g_proxy_resolver_lookup_async (
          baton_network_get_proxy_resolver (self),
          baton_deployment_get_origin (baton_account_get_deployment (account)),
          g_task_get_cancellable (task), proxies_cb, g_object_ref (task));
      return;
    }
  if (keep->password != NULL)
    {
      id = _baton_network_make_certificate_id (self->account_id);
      /* TRANSLATORS: a label in the keyring; %s is the name of an account */
      label = g_strdup_printf (_ ("%s, client certificate"), keep->label);
      baton_secret_store_store_async (keep->store, id, label, keep->password,
                                      g_task_get_cancellable (task), stored_cb,
                                      g_object_ref (task));
      return;
    }

  g_task_return_boolean (task, TRUE);
}

void
baton_network_keep_async (BatonNetwork *self,
                          GCancellable *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  g_autoptr (BatonAccount) account = NULL;
  Keep *keep = NULL;

  g_return_if_fail (BATON_IS_NETWORK (self));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, baton_network_keep_async);
  account = g_weak_ref_get (&self->account);

  /* Who keeps the key in memory alone does so with these, too. */
  if (self->store == NULL || account == NULL
      || (self->proxy_login == NULL && self->certificate_password == NULL)
      || baton_secret_store_is_in_memory (self->store, self->account_id))
    {
      g_task_return_boolean (task, TRUE);
      return;
    }

  keep = g_new0 (Keep, 1);
  keep->store = g_object_ref (self->store);
  keep->label = g_strdup (baton_account_get_name (account));
  keep->login = self->proxy_login != NULL ? baton_secret_ref (self->proxy_login) : NULL;
  keep->password
      = self->certificate_password != NULL ? baton_secret_ref (self->certificate_password) : NULL;
  g_task_set_task_data (task, keep, (GDestroyNotify)keep_free);
  baton_network_keep_next (task);
}

gboolean
baton_network_keep_finish (BatonNetwork *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (BATON_IS_NETWORK (self), FALSE);
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
forgotten_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  char *next = g_task_get_task_data (task);

  if (!baton_secret_store_clear_finish (BATON_SECRET_STORE (source), result, &error))
    g_task_return_error (task, g_steal_pointer (&error));
  else if (next == NULL)
    g_task_return_boolean (task, TRUE);
  else
    {
      g_autofree char *id = g_strdup (next);

      g_task_set_task_data (task, NULL, NULL);
      baton_secret_store_clear_async (BATON_SECRET_STORE (source), id,
                                      g_task_get_cancellable (task), forgotten_cb,
                                      g_object_ref (task));
    }
}

void
baton_network_forget_async (BatonSecretStore *store,
                            const char *account_id,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data)
{
  GTask *task = NULL;
  g_autofree char *proxy = NULL;

  g_return_if_fail (BATON_IS_SECRET_STORE (store));
  g_return_if_fail (account_id != NULL);

  task = g_task_new (NULL, cancellable, callback, user_data);
  g_task_set_source_tag (task, baton_network_forget_async);
  g_task_set_task_data (task, _baton_network_make_certificate_id (account_id), g_free);
  proxy = g_strconcat (account_id, "/proxy", NULL);
  baton_secret_store_clear_async (store, proxy, cancellable, forgotten_cb, task);
}

gboolean
baton_network_forget_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
