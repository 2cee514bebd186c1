/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sandbox-identity.h"

#include "sandbox-account.h"
#include "sandbox-application.h"
#include "sandbox-directory.h"
#include "sandbox-discovery.h"
#include "sandbox-grant.h"
#include "sandbox-identity-api.h"
#include "sandbox-oauth-scope.h"
#include "sandbox-oauth.h"
#include "sandbox-permission.h"
#include "sandbox-portal.h"
#include "sandbox-reference-token.h"
#include "sandbox-session.h"
#include "sandbox-user-key.h"

/* A user that nobody is. */
#define NOBODY (-1)

static gboolean
is_new (SandboxStore *store)
{
  sqlite3_stmt *statement = sandbox_store_prepare (
      store, "SELECT 1 FROM sqlite_schema WHERE \"name\" = 'IdentityApplications'");
  gboolean found = sqlite3_step (statement) == SQLITE_ROW;

  sandbox_store_done (statement);

  return !found;
}

/* What is well known comes once: what was deleted or revoked stays so. */
static void
prepare (SandboxStore *store)
{
  gboolean seed = is_new (store);

  sandbox_store_begin (store);
  sandbox_person_prepare (store);
  sandbox_token_prepare (store);
  sandbox_grant_prepare (store);
  sandbox_session_prepare (store);
  sandbox_application_prepare (store);
  sandbox_reference_token_prepare (store);
  sandbox_directory_prepare (store);
  if (seed)
    {
      sandbox_token_seed (store);
      sandbox_application_seed (store);
      sandbox_reference_token_seed (store);
      sandbox_directory_seed (store);
    }
  sandbox_store_commit (store);
}

void
sandbox_identity_init (SandboxServer *server)
{
  g_return_if_fail (SANDBOX_IS_SERVER (server));

  prepare (sandbox_server_get_store (server));
  sandbox_server_add_operations (server, sandbox_user_key_operations);
  sandbox_server_add_operations (server, sandbox_account_operations);
  sandbox_server_add_operations (server, sandbox_discovery_operations);
  sandbox_server_add_operations (server, sandbox_portal_operations);
  sandbox_server_add_operations (server, sandbox_portal_token_operations);
  sandbox_server_add_operations (server, sandbox_portal_application_operations);
  sandbox_server_add_operations (server, sandbox_oauth_discovery_operations);
  sandbox_server_add_operations (server, sandbox_oauth_authorize_operations);
  sandbox_server_add_operations (server, sandbox_oauth_page_operations);
  sandbox_server_add_operations (server, sandbox_oauth_token_operations);
  sandbox_server_add_operations (server, sandbox_oauth_person_operations);
  sandbox_server_add_operations (server, sandbox_application_api_operations);
  sandbox_server_add_operations (server, sandbox_directory_group_operations);
  sandbox_server_add_operations (server, sandbox_directory_robot_operations);
  sandbox_server_add_operations (server, sandbox_directory_setting_operations);
  sandbox_server_add_operations (server, sandbox_directory_user_operations);
  sandbox_server_add_operations (server, sandbox_directory_people_operations);
  sandbox_server_add_operations (server, sandbox_directory_entity_operations);
  sandbox_server_add_operations (server, sandbox_directory_template_operations);
  sandbox_server_add_operations (server, sandbox_directory_certificate_operations);
  sandbox_server_add_operations (server, sandbox_reference_token_api_operations);
}

/* Returns: Users.Id, 0 where the person is no user of the tenant. */
static gint64
find_user (SandboxStore *store, const SandboxPerson *person, gint64 tenant)
{
  gint64 user = 0;
  sqlite3_stmt *statement = sandbox_store_prepare (
      store, "SELECT \"Id\" FROM \"Users\" WHERE \"TenantId\" = ?1 AND (\"UserName\" = ?2 OR "
             "\"DirectoryIdentifier\" = ?3)");

  sqlite3_bind_int64 (statement, 1, tenant);
  sqlite3_bind_text (statement, 2, person->user_name, -1, SQLITE_STATIC);
  sqlite3_bind_text (statement, 3, person->key, -1, SQLITE_STATIC);
  if (sqlite3_step (statement) == SQLITE_ROW)
    user = sqlite3_column_int64 (statement, 0);
  sandbox_store_done (statement);

  return user;
}

/* Who the application is in the tenant, where its access is by roles (fact sheet 2.3,
 * "OR.Default"). Returns: Users.Id, or NOBODY. */
static gint64
find_application (SandboxStore *store, const char *client, gint64 tenant)
{
  gint64 user = NOBODY;
  sqlite3_stmt *statement = sandbox_store_prepare (
      store, "SELECT \"Id\" FROM \"Users\" WHERE \"TenantId\" = ? AND \"DirectoryIdentifier\" = ?");

  sqlite3_bind_int64 (statement, 1, tenant);
  sqlite3_bind_text (statement, 2, client, -1, SQLITE_STATIC);
  if (sqlite3_step (statement) == SQLITE_ROW)
    user = sqlite3_column_int64 (statement, 0);
  sandbox_store_done (statement);

  return user;
}

gboolean
sandbox_identity_authenticate (
    SandboxServer *server, const char *bearer, gint64 tenant, SandboxToken *token, gint64 *user)
{
  SandboxStore *store;

  g_return_val_if_fail (SANDBOX_IS_SERVER (server), FALSE);
  g_return_val_if_fail (bearer != NULL && token != NULL && user != NULL, FALSE);

  *user = SANDBOX_PERMISSION_APPLICATION;
  store = sandbox_server_get_store (server);
  if (!sandbox_token_find (store, bearer, token))
    return FALSE;
  /* An id token says who somebody is, and opens nothing of the Orchestrator. */
  if (token->kind == SANDBOX_TOKEN_ID || (token->tenant != 0 && token->tenant != tenant))
    return FALSE;

  if (token->person != NULL)
    {
      *user = find_user (store, token->person, tenant);
      return *user != 0;
    }
  if (sandbox_oauth_scope_contains (token->scopes, SANDBOX_OAUTH_SCOPE_DEFAULT))
    *user = find_application (store, token->client, tenant);

  return TRUE;
}

gint64
sandbox_identity_get_tenant (SandboxServer *server, const char *bearer)
{
  g_auto (SandboxToken) token = { 0 };

  g_return_val_if_fail (SANDBOX_IS_SERVER (server), 0);
  g_return_val_if_fail (bearer != NULL, 0);

  return sandbox_token_find (sandbox_server_get_store (server), bearer, &token) ? token.tenant : 0;
}
