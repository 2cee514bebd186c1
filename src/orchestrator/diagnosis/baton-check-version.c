/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n.h>

#include "baton-diagnosis-private.h"
#include "baton-error.h"
#include "baton-json.h"
#include "http/baton-answer.h"

/* Is it an Orchestrator, and which? Asked without a token (fact sheet 1.1). */

#define PATH "/api/Status/Version"

static gboolean
says_nothing (const GError *error)
{
  return g_error_matches (error, BATON_ERROR, BATON_ERROR_NOT_FOUND)
         || g_error_matches (error, BATON_ERROR, BATON_ERROR_NOT_SIGNED_IN)
         || g_error_matches (error, BATON_ERROR, BATON_ERROR_NOT_ALLOWED)
         || g_error_matches (error, BATON_ERROR, BATON_ERROR_NOT_IMPLEMENTED);
}

static void
judge (BatonDiagnosis *self, JsonObject *answer)
{
  BatonDeployment *deployment = _baton_diagnosis_get_deployment (self);
  const char *version = baton_json_peek_string (answer, "version");
  const char *kind = baton_json_peek_string (answer, "deployment");

  _baton_diagnosis_add_detail (self, N_ ("Version"), version);
  _baton_diagnosis_add_detail (self, N_ ("Deployment"), kind);

  if (version == NULL)
    _baton_diagnosis_note (self, g_strdup (_ ("The server answers, but does not say its "
                                              "version.")));
  else if (g_strcmp0 (kind, "ServiceFabric") == 0
           && baton_deployment_get_edition (deployment) != BATON_EDITION_SUITE)
    _baton_diagnosis_note (
        self, g_strdup_printf (
                  /* TRANSLATORS: a version, then what kind of server it is taken for */
                  _ ("Orchestrator %s says that it is Automation Suite, but is taken for: %s."),
                  version, baton_deployment_get_edition_name (deployment)));
  else
    _baton_diagnosis_pass (self, g_strdup_printf (
                                     /* TRANSLATORS: a version, then "Automation Cloud" */
                                     _ ("Orchestrator %s, %s."), version,
                                     baton_deployment_get_edition_name (deployment)));
}

static void
sent_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (BatonDiagnosis) self = user_data;
  BatonAnswerContext context = { .request = "GET " PATH, .max_bytes = BATON_ANSWER_SMALL };
  g_autoptr (GError) error = NULL;
  g_autoptr (BatonReply) reply = baton_http_send_finish (result, &error);
  g_autoptr (JsonNode) root = NULL;

  context.now = baton_clock_now (self->clock);
  if (reply != NULL)
    root = baton_answer_read (reply, &context, &error);

  if (error == NULL)
    judge (self, baton_json_peek_root_object (root));
  else if (says_nothing (error))
    _baton_diagnosis_note (self, g_strdup (_ ("The server answers, but does not say its version "
                                              "to those who are not signed in.")));
  else
    _baton_diagnosis_fail (self, g_steal_pointer (&error));
}

static void
run (BatonDiagnosis *self)
{
  g_autofree char *url = g_strconcat (
      baton_deployment_get_base_url (_baton_diagnosis_get_deployment (self)), PATH, NULL);
  BatonCall *call = baton_call_new ("GET", url);

  baton_call_add_header (call, "Accept", "application/json");
  baton_http_send_async (baton_network_get (_baton_diagnosis_get_account (self)), call,
                         _baton_diagnosis_get_cancellable (self), sent_cb, g_object_ref (self));
}

const BatonCheckEntry _baton_check_version = {
  .id = "version",
  .title = N_ ("Edition and version"),
  .needs = "tls",
  .run = run,
};
