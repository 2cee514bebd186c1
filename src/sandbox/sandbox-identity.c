/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sandbox-identity.h"

#include "sandbox-account.h"
#include "sandbox-discovery.h"
#include "sandbox-portal.h"
#include "sandbox-token.h"
#include "sandbox-user-key.h"

void
sandbox_identity_init (SandboxServer *server)
{
  g_return_if_fail (SANDBOX_IS_SERVER (server));

  sandbox_token_prepare (sandbox_server_get_store (server));
  sandbox_server_add_operations (server, sandbox_user_key_operations);
  sandbox_server_add_operations (server, sandbox_account_operations);
  sandbox_server_add_operations (server, sandbox_discovery_operations);
  sandbox_server_add_operations (server, sandbox_portal_operations);
}

/* Returns: Users.Id, 0 where the person is no user of the tenant. */
static gint64
find_user (SandboxStore *store, const SandboxPerson *person, gint64 tenant)
{
  gint64 user = 0;
  sqlite3_stmt *statement = sandbox_store_prepare (
      store, "SELECT \"Id\" FROM \"Users\" WHERE \"TenantId\" = ? AND \"UserName\" = ?");

  sqlite3_bind_int64 (statement, 1, tenant);
  sqlite3_bind_text (statement, 2, person->user_name, -1, SQLITE_STATIC);
  if (sqlite3_step (statement) == SQLITE_ROW)
    user = sqlite3_column_int64 (statement, 0);
  sandbox_store_done (statement);

  return user;
}

gboolean
sandbox_identity_authenticate (SandboxServer *server,
                               const char *bearer,
                               gint64 tenant,
                               gint64 *user)
{
  SandboxStore *store;
  SandboxToken token = { 0 };

  g_return_val_if_fail (SANDBOX_IS_SERVER (server), FALSE);
  g_return_val_if_fail (bearer != NULL && user != NULL, FALSE);

  *user = 0;
  store = sandbox_server_get_store (server);
  token.person = sandbox_person_find_by_token (bearer);
  if (token.person == NULL && !sandbox_token_find (store, bearer, &token))
    return FALSE;
  if (tenant == 0)
    return TRUE;
  /* An id token says who somebody is, and opens nothing of the Orchestrator. */
  if (token.kind == SANDBOX_TOKEN_ID || (token.tenant != 0 && token.tenant != tenant))
    return FALSE;

  *user = find_user (store, token.person, tenant);

  return *user != 0;
}

gint64
sandbox_identity_get_tenant (SandboxServer *server, const char *bearer)
{
  SandboxToken token = { 0 };

  g_return_val_if_fail (SANDBOX_IS_SERVER (server), 0);
  g_return_val_if_fail (bearer != NULL, 0);

  return sandbox_token_find (sandbox_server_get_store (server), bearer, &token) ? token.tenant : 0;
}
