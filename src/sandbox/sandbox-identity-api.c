/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sandbox-identity-api.h"

#include "sandbox-oauth-scope.h"
#include "sandbox-world.h"
#include "sandbox-writer.h"

void
sandbox_identity_api_append_text (GString *json, const char *name, const char *text)
{
  g_string_append_printf (json, "%s\"%s\":", json->str[json->len - 1] == '{' ? "" : ",", name);
  if (text != NULL)
    sandbox_json_append_string (json, text);
  else
    g_string_append (json, "null");
}

void
sandbox_identity_api_append_time (GString *json, const char *name, gint64 time)
{
  g_string_append_printf (json, "%s\"%s\":", json->str[json->len - 1] == '{' ? "" : ",", name);
  if (time != 0)
    sandbox_json_append_time (json, time);
  else
    g_string_append (json, "null");
}

void
sandbox_identity_api_append_bool (GString *json, const char *name, gboolean value)
{
  g_string_append_printf (json, "%s\"%s\":%s", json->str[json->len - 1] == '{' ? "" : ",", name,
                          value ? "true" : "false");
}

void
sandbox_identity_api_append_int (GString *json, const char *name, gint64 value)
{
  g_string_append_printf (json, "%s\"%s\":%" G_GINT64_FORMAT,
                          json->str[json->len - 1] == '{' ? "" : ",", name, value);
}

void
sandbox_identity_api_reply_error (SandboxRequest *request,
                                  guint status,
                                  const char *code,
                                  const char *description)
{
  GString *json = g_string_new ("{\"succeeded\":false,\"errors\":[{");

  sandbox_identity_api_append_text (json, "code", code);
  sandbox_identity_api_append_text (json, "description", description);
  g_string_append (json, "}]}");
  sandbox_reply_json (request, status, json);
}

void
sandbox_identity_api_reply_done (SandboxRequest *request)
{
  sandbox_reply_json (request, 200, g_string_new ("{\"succeeded\":true,\"errors\":[]}"));
}

gboolean
sandbox_identity_api_check_partition (SandboxRequest *request, const char *partition)
{
  if (partition != NULL && g_ascii_strcasecmp (partition, SANDBOX_ORGANIZATION_KEY) == 0)
    return TRUE;

  sandbox_identity_api_reply_error (request, 400, "InvalidPartition",
                                    "partitionGlobalId is not your organization.");

  return FALSE;
}

/* Answers where the address is of no organisation, or of another one. */
static gboolean
check_organization (SandboxRequest *request)
{
  const char *organization = sandbox_request_get_argument (request, "organization");
  const char *partition = sandbox_request_get_argument (request, "p");

  if (organization != NULL && sandbox_world_is_organization (organization)
      && (partition == NULL || g_ascii_strcasecmp (partition, SANDBOX_ORGANIZATION_KEY) == 0))
    return TRUE;

  sandbox_identity_api_reply_error (request, 400, "InvalidPartition",
                                    "The address does not name your organization.");

  return FALSE;
}

gboolean
sandbox_identity_api_check (SandboxRequest *request,
                            const char *family,
                            SandboxIdentityNeed need,
                            SandboxToken *token)
{
  const char *bearer;
  gboolean write;

  g_return_val_if_fail (request != NULL && family != NULL && token != NULL, FALSE);

  bearer = sandbox_request_get_bearer (request);
  write = !g_str_equal (request->method, SOUP_METHOD_GET);
  if (bearer == NULL || !sandbox_token_find (request->store, bearer, token)
      || token->kind == SANDBOX_TOKEN_PASSWORD || token->kind == SANDBOX_TOKEN_ID)
    {
      soup_message_headers_replace (soup_server_message_get_response_headers (request->message),
                                    "WWW-Authenticate", "Bearer");
      sandbox_reply_empty (request, 401);
      return FALSE;
    }
  if (!check_organization (request))
    return FALSE;

  if (!sandbox_oauth_scope_allows (token->scopes, family, write)
      || (need == SANDBOX_IDENTITY_PERSON && token->person == NULL)
      || (need == SANDBOX_IDENTITY_ADMINISTRATOR && token->person != NULL
          && !token->person->administrator))
    {
      g_autofree char *description
          = g_strdup_printf ("The token needs %s or %s.%s, and its user the right to do this.",
                             family, family, write ? "Write" : "Read");

      sandbox_identity_api_reply_error (request, 403, "Forbidden", description);
      return FALSE;
    }

  return TRUE;
}
