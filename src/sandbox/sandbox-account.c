/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sandbox-account.h"

#include "baton-json.h"
#include "sandbox-secret.h"
#include "sandbox-server.h"

/* Bytes of a token: those of the service are opaque and about 500 characters. */
#define TOKEN_BYTES 240

static void
reply_abp (SandboxRequest *request, guint status, const char *token, const char *message)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonNode) node = NULL;

  json_builder_begin_object (builder);
  if (message != NULL)
    {
      json_builder_set_member_name (builder, "message");
      json_builder_add_string_value (builder, message);
      json_builder_set_member_name (builder, "errorCode");
      json_builder_add_int_value (builder, 1000);
    }
  json_builder_set_member_name (builder, "result");
  json_builder_add_string_value (builder, token);
  json_builder_set_member_name (builder, "targetUrl");
  json_builder_add_null_value (builder);
  json_builder_set_member_name (builder, "success");
  json_builder_add_boolean_value (builder, message == NULL);
  json_builder_set_member_name (builder, "error");
  if (message != NULL)
    {
      json_builder_begin_object (builder);
      json_builder_set_member_name (builder, "code");
      json_builder_add_int_value (builder, 1000);
      json_builder_set_member_name (builder, "message");
      json_builder_add_string_value (builder, message);
      json_builder_set_member_name (builder, "details");
      json_builder_add_null_value (builder);
      json_builder_set_member_name (builder, "validationErrors");
      json_builder_add_null_value (builder);
      json_builder_end_object (builder);
    }
  else
    json_builder_add_null_value (builder);
  json_builder_set_member_name (builder, "unAuthorizedRequest");
  json_builder_add_boolean_value (builder, FALSE);
  json_builder_set_member_name (builder, "__abp");
  json_builder_add_boolean_value (builder, TRUE);
  json_builder_end_object (builder);
  node = json_builder_get_root (builder);

  sandbox_reply_node (request, status, node);
}

/* Property names in any case (fact sheet 2.2). Returns: (transfer full): "" where it is absent. */
static char *
dup_text (SandboxRequest *request, const char *name)
{
  JsonNode *node =
      request->body != NULL ? baton_json_peek_node_any_case (request->body, name) : NULL;
  char *text = node != NULL ? baton_json_dup_scalar (node) : NULL;

  return text != NULL ? text : g_strdup ("");
}

static void
authenticate_cb (SandboxRequest *request)
{
  g_autofree char *tenancy = dup_text (request, "tenancyName");
  g_autofree char *user_name = dup_text (request, "usernameOrEmailAddress");
  g_autofree char *password = dup_text (request, "password");
  g_autofree char *token = NULL;
  g_autoptr (SandboxPerson) person = NULL;
  gint64 tenant = sandbox_world_find_tenant (tenancy);

  /* The cloud has no such call and shows its pages in its place (fact sheet 2.2). */
  if (request->tenant != 0)
    {
      sandbox_reply_html (request,
                          200,
                          "<!DOCTYPE html>\n<html lang=\"en\"><head><title>Swagger "
                          "UI</title></head><body></body></html>\n");
      return;
    }
  if (*user_name == '\0')
    {
      reply_abp (request, 400, NULL, "Username cannot be empty.");
      return;
    }
  if (*password == '\0')
    {
      reply_abp (request, 400, NULL, "Password cannot be empty.");
      return;
    }
  if (tenant == 0)
    {
      g_autofree char *message =
          g_strdup_printf ("There is no tenant defined with name %s", tenancy);

      reply_abp (request, 400, NULL, message);
      return;
    }
  person = sandbox_person_find_active (request->store, user_name);
  if (person == NULL || !sandbox_person_has_password (request->store, person, password))
    {
      reply_abp (request, 400, NULL, "Invalid username/email address or password.");
      return;
    }

  token = sandbox_secret_make (TOKEN_BYTES);
  sandbox_token_keep (request->store,
                      token,
                      &(SandboxToken){ person, SANDBOX_TOKEN_PASSWORD, tenant },
                      sandbox_server_get_options (request->server)->password_token_life);
  reply_abp (request, 200, token, NULL);
}

const SandboxOperation sandbox_account_operations[] = {
  { "POST",
    "/api/Account/Authenticate",
    SANDBOX_OPEN,
    SANDBOX_SCOPE_TENANT,
    NULL,
    authenticate_cb },
  { NULL },
};
