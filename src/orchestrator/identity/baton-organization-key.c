/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "baton-json.h"
#include "baton-organization-key.h"

static void
portal_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) root = baton_pipeline_send_finish (BATON_PIPELINE (object), result, &error);
  JsonObject *organization
      = baton_json_peek_object (baton_json_peek_root_object (root), "organization");
  const char *key = NULL;

  if (error == NULL)
    key = baton_json_require_string (organization, "id", &error);
  if (error != NULL)
    g_task_return_error (task, g_steal_pointer (&error));
  else
    g_task_return_pointer (task, g_strdup (key), g_free);
}

static void
token_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  BatonConnection *connection = g_task_get_source_object (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (BatonToken) token
      = baton_token_keeper_get_token_finish (BATON_TOKEN_KEEPER (object), result, &error);
  g_autoptr (JsonNode) claims = token != NULL ? baton_token_dup_claims (token) : NULL;
  const char *key = baton_json_peek_string (baton_json_peek_root_object (claims), "prt_id");
  g_autoptr (BatonRequest) request = NULL;

  if (error != NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  if (key != NULL)
    {
      g_task_return_pointer (task, g_strdup (key), g_free);
      return;
    }

  request = baton_request_new ("GET", "/api/filtering/leftnav/tenantsAndOrganizationInfo");
  baton_request_set_service (request, BATON_SERVICE_PORTAL);
  baton_pipeline_send_async (baton_connection_get_pipeline (connection), request, NULL, NULL, NULL,
                             NULL, g_task_get_cancellable (task), portal_cb, g_object_ref (task));
}

void
baton_organization_key_find_async (BatonConnection *connection,
                                   GCancellable *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data)
{
  GTask *task = NULL;

  g_return_if_fail (BATON_IS_CONNECTION (connection));

  task = g_task_new (connection, cancellable, callback, user_data);
  g_task_set_source_tag (task, baton_organization_key_find_async);
  baton_token_keeper_get_token_async (baton_connection_get_keeper (connection), cancellable,
                                      token_cb, task);
}

char *
baton_organization_key_find_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, baton_organization_key_find_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
