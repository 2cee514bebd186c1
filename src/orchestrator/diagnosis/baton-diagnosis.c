/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n.h>

#include "baton-diagnosis-private.h"
#include "baton-error.h"

/* In the order in which they run. */
static const BatonCheckEntry *const entries[] = {
  &_baton_check_address, &_baton_check_dns,          &_baton_check_proxy,
  &_baton_check_tls,     &_baton_check_version,      &_baton_check_token,
  &_baton_check_claims,  &_baton_check_organization, &_baton_check_tenant,
  &_baton_check_folders, &_baton_check_permissions,  &_baton_check_scopes,
};

G_DEFINE_FINAL_TYPE (BatonDiagnosis, baton_diagnosis, G_TYPE_OBJECT)

static void
forget (BatonDiagnosis *self)
{
  g_clear_pointer (&self->token, baton_token_unref);
  g_clear_pointer (&self->claims, json_node_unref);
  g_clear_pointer (&self->seen, g_ptr_array_unref);
}

static void
baton_diagnosis_finalize (GObject *object)
{
  BatonDiagnosis *self = BATON_DIAGNOSIS (object);

  forget (self);
  g_clear_object (&self->connection);
  g_clear_object (&self->clock);
  g_clear_object (&self->checks);
  g_clear_object (&self->tenants);

  G_OBJECT_CLASS (baton_diagnosis_parent_class)->finalize (object);
}

static void
baton_diagnosis_class_init (BatonDiagnosisClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = baton_diagnosis_finalize;
}

static void
baton_diagnosis_init (BatonDiagnosis *self)
{
  self->checks = g_list_store_new (BATON_TYPE_CHECK);
  self->tenants = g_list_store_new (BATON_TYPE_TENANT);

  for (guint i = 0; i < G_N_ELEMENTS (entries); i++)
    {
      g_autoptr (BatonCheck) check = _baton_check_new (entries[i]->id, entries[i]->title);

      g_list_store_append (self->checks, check);
    }
}

static BatonCheck *
get_check (BatonDiagnosis *self, guint position)
{
  g_autoptr (BatonCheck) check = g_list_model_get_item (G_LIST_MODEL (self->checks), position);

  return check; /* the list keeps it */
}

/* Returns: (transfer none) (nullable): the check that keeps @entry from running. */
static BatonCheck *
find_obstacle (BatonDiagnosis *self, const BatonCheckEntry *entry)
{
  for (guint i = 0; entry->needs != NULL && i < G_N_ELEMENTS (entries); i++)
    {
      BatonCheckState state;

      if (!g_str_equal (entries[i]->id, entry->needs))
        continue;
      state = baton_check_get_state (get_check (self, i));
      if (state == BATON_CHECK_FAILED)
        return get_check (self, i);
      if (state == BATON_CHECK_SKIPPED)
        return find_obstacle (self, entries[i]);
    }

  return NULL;
}

/* Runs what comes, up to the first that has to wait for something. A check that ends at once comes
 * back here, a dozen deep at most. */
static void
baton_diagnosis_go_on (BatonDiagnosis *self)
{
  const BatonCheckEntry *entry = NULL;
  BatonCheck *obstacle = NULL;

  if (self->position == G_N_ELEMENTS (entries))
    {
      g_autoptr (GTask) task = g_steal_pointer (&self->task);

      forget (self);
      g_task_return_boolean (task, TRUE);
      return;
    }

  entry = entries[self->position];
  self->check = get_check (self, self->position);
  obstacle = find_obstacle (self, entry);
  if (obstacle != NULL)
    {
      _baton_check_end (self->check, BATON_CHECK_SKIPPED, 0,
                        /* TRANSLATORS: %s is the title of another check, "DNS" */
                        g_strdup_printf (_ ("Not checked, because “%s” failed."),
                                         baton_check_get_title (obstacle)),
                        NULL);
      self->position++;
      baton_diagnosis_go_on (self);
      return;
    }

  _baton_check_begin (self->check, baton_clock_monotonic (baton_clock_get_default ()));
  entry->run (self);
}

/* @sentence, @error: (transfer full) (nullable). */
static void
finish_check (BatonDiagnosis *self, BatonCheckState state, char *sentence, GError *error)
{
  /* How long it took is the machine's time, also under a clock that stands. */
  _baton_check_end (self->check, state, baton_clock_monotonic (baton_clock_get_default ()),
                    sentence, error);
  self->position++;
  baton_diagnosis_go_on (self);
}

void
_baton_diagnosis_pass (BatonDiagnosis *self, char *sentence)
{
  finish_check (self, BATON_CHECK_GOOD, sentence, NULL);
}

void
_baton_diagnosis_note (BatonDiagnosis *self, char *sentence)
{
  finish_check (self, BATON_CHECK_NOTICE, sentence, NULL);
}

gboolean
_baton_diagnosis_is_over (BatonDiagnosis *self, const GError *error)
{
  g_autoptr (GTask) task = NULL;

  if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return FALSE;

  task = g_steal_pointer (&self->task);
  forget (self);
  _baton_check_reset (self->check);
  g_task_return_error (task, g_error_copy (error));

  return TRUE;
}

void
_baton_diagnosis_fail (BatonDiagnosis *self, GError *error)
{
  g_autoptr (GError) failure = error;
  g_autofree char *sentence = NULL;

  if (_baton_diagnosis_is_over (self, failure))
    return;

  failure = baton_error_convert (g_steal_pointer (&failure), NULL);
  sentence = g_strdup (failure->message);
  finish_check (self, BATON_CHECK_FAILED, g_steal_pointer (&sentence), g_steal_pointer (&failure));
}

void
_baton_diagnosis_add_detail (BatonDiagnosis *self, const char *name, const char *value)
{
  _baton_check_add_detail (self->check, name, value);
}

BatonAccount *
_baton_diagnosis_get_account (BatonDiagnosis *self)
{
  return baton_connection_get_account (self->connection);
}

BatonDeployment *
_baton_diagnosis_get_deployment (BatonDiagnosis *self)
{
  return baton_account_get_deployment (_baton_diagnosis_get_account (self));
}

GCancellable *
_baton_diagnosis_get_cancellable (BatonDiagnosis *self)
{
  return g_task_get_cancellable (self->task);
}

void
_baton_diagnosis_ask (BatonDiagnosis *self,
                      const char *path,
                      gint64 folder,
                      GAsyncReadyCallback callback)
{
  g_autoptr (BatonRequest) request = baton_request_new ("GET", path);

  baton_request_set_folder (request, folder);
  baton_request_set_priority (request, BATON_PRIORITY_USER);
  baton_pipeline_send_async (baton_connection_get_pipeline (self->connection), request, NULL, NULL,
                             NULL, NULL, _baton_diagnosis_get_cancellable (self), callback,
                             g_object_ref (self));
}

/**
 * baton_diagnosis_new:
 * @connection: what is looked at: it need not be open
 * @clock: (nullable): %NULL is the machine's
 *
 * Returns: (transfer full): a diagnosis that has not run
 */
BatonDiagnosis *
baton_diagnosis_new (BatonConnection *connection, BatonClock *clock)
{
  BatonDiagnosis *self = NULL;

  g_return_val_if_fail (BATON_IS_CONNECTION (connection), NULL);

  self = g_object_new (BATON_TYPE_DIAGNOSIS, NULL);
  self->connection = g_object_ref (connection);
  self->clock = g_object_ref (clock != NULL ? clock : baton_clock_get_default ());

  return self;
}

BatonConnection *
baton_diagnosis_get_connection (BatonDiagnosis *self)
{
  g_return_val_if_fail (BATON_IS_DIAGNOSIS (self), NULL);

  return self->connection;
}

GListModel *
baton_diagnosis_get_checks (BatonDiagnosis *self)
{
  g_return_val_if_fail (BATON_IS_DIAGNOSIS (self), NULL);

  return G_LIST_MODEL (self->checks);
}

GListModel *
baton_diagnosis_get_tenants (BatonDiagnosis *self)
{
  g_return_val_if_fail (BATON_IS_DIAGNOSIS (self), NULL);

  return G_LIST_MODEL (self->tenants);
}

gboolean
baton_diagnosis_is_running (BatonDiagnosis *self)
{
  g_return_val_if_fail (BATON_IS_DIAGNOSIS (self), FALSE);

  return self->task != NULL;
}

void
baton_diagnosis_run_async (BatonDiagnosis *self,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer user_data)
{
  g_return_if_fail (BATON_IS_DIAGNOSIS (self));
  g_return_if_fail (self->task == NULL);

  self->task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (self->task, baton_diagnosis_run_async);

  for (guint i = 0; i < G_N_ELEMENTS (entries); i++)
    _baton_check_reset (get_check (self, i));
  g_list_store_remove_all (self->tenants);
  self->position = 0;
  baton_diagnosis_go_on (self);
}

gboolean
baton_diagnosis_run_finish (BatonDiagnosis *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
