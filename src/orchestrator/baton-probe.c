/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n.h>

#include "baton-error.h"
#include "baton-json.h"
#include "baton-probe.h"
#include "http/baton-answer.h"

#define DESCRIPTION "/.well-known/openid-configuration"

/* Those whose hosts have any name, and are told apart by where the identity server is. */
static const BatonEdition candidates[] = { BATON_EDITION_SUITE, BATON_EDITION_STANDALONE };

typedef struct
{
  BatonAccount *account;       /* (owned): its network goes with it */
  BatonDeployment *deployment; /* (owned) */
  guint next;                  /* of candidates: the one that is asked */
} Probe;

static void ask (GTask *task);

static void
probe_free (Probe *probe)
{
  g_object_unref (probe->account);
  g_object_unref (probe->deployment);
  g_free (probe);
}

gboolean
baton_probe_is_needed (BatonDeployment *deployment)
{
  BatonEdition edition;

  g_return_val_if_fail (BATON_IS_DEPLOYMENT (deployment), FALSE);

  edition = baton_deployment_get_edition (deployment);

  return (edition == BATON_EDITION_SUITE || edition == BATON_EDITION_STANDALONE)
         && baton_deployment_is_safe (deployment);
}

/* A server without such a thing may answer with a page (fact sheet 1.1). */
static gboolean
read_description (BatonReply *reply, GError **error)
{
  BatonAnswerContext context = { .max_bytes = BATON_ANSWER_SMALL };
  g_autoptr (JsonNode) root = baton_answer_read (reply, &context, error);

  if (root != NULL && baton_json_peek_string (baton_json_peek_root_object (root), "issuer") != NULL)
    return TRUE;

  if (error != NULL && *error == NULL)
    g_set_error_literal (error, BATON_ERROR, BATON_ERROR_BAD_ANSWER,
                         _ ("No identity server answered at this address."));

  return FALSE;
}

static void
answered_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Probe *probe = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (BatonReply) reply = baton_http_send_finish (result, &error);

  if (reply != NULL && read_description (reply, &error))
    g_task_return_int (task, (gssize)candidates[probe->next]);
  /* without any reply the other one gets none either */
  else if (reply != NULL && ++probe->next < G_N_ELEMENTS (candidates))
    ask (g_steal_pointer (&task));
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

/* @task: (transfer full) */
static void
ask (GTask *task)
{
  Probe *probe = g_task_get_task_data (task);
  g_autoptr (BatonDeployment) tried
      = baton_deployment_with_edition (probe->deployment, candidates[probe->next]);
  g_autofree char *url = baton_deployment_make_identity_url (tried, DESCRIPTION);
  BatonCall *call = baton_call_new ("GET", url);

  baton_call_add_header (call, "Accept", "application/json");
  baton_http_send_async (baton_network_get (probe->account), call, g_task_get_cancellable (task), answered_cb, task);
}

void
baton_probe_run_async (BatonAccount *account,
                       BatonDeployment *deployment,
                       GCancellable *cancellable,
                       GAsyncReadyCallback callback,
                       gpointer user_data)
{
  GTask *task;
  Probe *probe;

  g_return_if_fail (BATON_IS_ACCOUNT (account));
  g_return_if_fail (BATON_IS_DEPLOYMENT (deployment));

  task = g_task_new (NULL, cancellable, callback, user_data);
  g_task_set_source_tag (task, baton_probe_run_async);
  probe = g_new0 (Probe, 1);
  probe->account = g_object_ref (account);
  probe->deployment = g_object_ref (deployment);
  g_task_set_task_data (task, probe, (GDestroyNotify)probe_free);
  ask (task);
}

gboolean
baton_probe_run_finish (GAsyncResult *result, BatonEdition *edition, GError **error)
{
  g_autoptr (GError) failure = NULL;
  gssize found;

  g_return_val_if_fail (g_task_is_valid (result, NULL), FALSE);
  g_return_val_if_fail (edition != NULL, FALSE);

  found = g_task_propagate_int (G_TASK (result), &failure);
  if (failure != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return FALSE;
    }
  *edition = (BatonEdition)found;

  return TRUE;
}
