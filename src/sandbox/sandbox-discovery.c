/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sandbox-discovery.h"

#include "sandbox-server.h"
#include "sandbox-token.h"
#include "sandbox-writer.h"

/* Answers where the bearer is missing or dead. An id token will do here, and only here. Returns:
 * (transfer full) (nullable). */
static SandboxPerson *
check_bearer (SandboxRequest *request)
{
  const char *bearer = sandbox_request_get_bearer (request);
  SandboxPerson *person = NULL;
  g_auto (SandboxToken) token = { 0 };

  if (bearer != NULL && sandbox_token_find (request->store, bearer, &token) &&
      token.kind != SANDBOX_TOKEN_PASSWORD)
    person = g_steal_pointer (&token.person);
  if (person == NULL)
    sandbox_reply_not_authenticated (request);

  return person;
}

static void
accounts_cb (SandboxRequest *request)
{
  g_autoptr (SandboxPerson) person = check_bearer (request);
  GString *json;

  if (person == NULL)
    return;

  json = g_string_new ("{\"userEmail\":");
  sandbox_json_append_string (json, person->email);
  g_string_append (json,
                   ",\"accounts\":[{\"accountName\":\"" SANDBOX_ORGANIZATION_DISPLAY
                   "\",\"accountLogicalName\":\"" SANDBOX_ORGANIZATION "\"}]}");
  sandbox_reply_json (request, 200, json);
}

static void
append_instance (GString *json, const char *origin, const char *display, const char *logical)
{
  g_string_append_printf (
      json,
      "{\"serviceInstanceName\":\"%s\",\"serviceInstanceLogicalName\":\"%s\","
      "\"serviceType\":\"ORCHESTRATOR\",\"serviceUrl\":\"%s/" SANDBOX_ORGANIZATION
      "/%s\"}",
      display,
      logical,
      origin,
      logical);
}

static void
instances_cb (SandboxRequest *request)
{
  const char *name = sandbox_request_get_argument (request, "name");
  const char *origin = sandbox_server_get_origin (request->server);
  g_autoptr (SandboxPerson) person = check_bearer (request);
  GString *json;

  if (person == NULL)
    return;
  if (name == NULL || !sandbox_world_is_organization (name))
    {
      sandbox_reply_error (
          request, 404, 1002, "The account does not exist or you have no access to it.");
      return;
    }

  json = g_string_new ("[");
  append_instance (json, origin, SANDBOX_TENANT, SANDBOX_TENANT);
  g_string_append_c (json, ',');
  append_instance (json, origin, SANDBOX_SECOND_TENANT_DISPLAY, SANDBOX_SECOND_TENANT);
  g_string_append_c (json, ']');
  sandbox_reply_json (request, 200, json);
}

static void
left_navigation_cb (SandboxRequest *request)
{
  const char *name = sandbox_request_get_argument (request, "organization");
  g_autoptr (SandboxPerson) person = check_bearer (request);

  if (person == NULL)
    return;
  if (name == NULL || !sandbox_world_is_organization (name))
    {
      sandbox_reply_error (
          request, 404, 1002, "The organization does not exist or you have no access to it.");
      return;
    }

  sandbox_reply_json (request,
                      200,
                      g_string_new ("{\"organization\":{\"id\":\"" SANDBOX_ORGANIZATION_KEY
                                    "\",\"name\":\"" SANDBOX_ORGANIZATION "\"},\"tenants\":["
                                    "{\"id\":\"" SANDBOX_TENANT_KEY "\",\"name\":\"" SANDBOX_TENANT
                                    "\"},"
                                    "{\"id\":\"" SANDBOX_SECOND_TENANT_KEY
                                    "\",\"name\":\"" SANDBOX_SECOND_TENANT "\"}]}"));
}

const SandboxOperation sandbox_discovery_operations[] = {
  { "GET",
    "/cloudrpa/api/getAccountsForUser",
    SANDBOX_OPEN,
    SANDBOX_SCOPE_TENANT,
    NULL,
    accounts_cb },
  { "GET",
    "/cloudrpa/api/account/{name}/getAllServiceInstances",
    SANDBOX_OPEN,
    SANDBOX_SCOPE_TENANT,
    NULL,
    instances_cb },
  { "GET",
    "/{organization}/portal_/api/filtering/leftnav/tenantsAndOrganizationInfo",
    SANDBOX_OPEN,
    SANDBOX_SCOPE_TENANT,
    NULL,
    left_navigation_cb },
  { NULL },
};
