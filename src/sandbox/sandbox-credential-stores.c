/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sandbox-credential-store.h"

#include <baton-json.h>

#include "sandbox-audit.h"
#include "sandbox-body.h"
#include "sandbox-enums.h"
#include "sandbox-list.h"
#include "sandbox-operations.h"
#include "sandbox-parameter.h"
#include "sandbox-sets.h"
#include "sandbox-statement.h"
#include "sandbox-write.h"

#define US "UiPath.Server.Configuration.OData."
#define ERROR_NOT_FOUND 1002
#define ERROR_PARAMETER_MISSING 1014

const char *const sandbox_credential_store_types[] = {
  "Database",    "AzureKeyVault",  "BeyondTrust", "CyberArk",
  "CyberArkCCP", "HashiCorpVault", "Thycotic",    NULL,
};

gint64
sandbox_credential_store_get_default (SandboxStore *store, gint64 tenant, const char *resource)
{
  return sandbox_statement_ask (store,
                                "SELECT \"CredentialStoreId\" FROM \"DefaultCredentialStores\""
                                " WHERE \"TenantId\" = ? AND \"ResourceType\" = ?",
                                "is", tenant, resource);
}

void
sandbox_credential_store_set_default (SandboxStore *store,
                                      gint64 tenant,
                                      const char *resource,
                                      gint64 id)
{
  sandbox_statement_run (store,
                         "DELETE FROM \"DefaultCredentialStores\""
                         " WHERE \"TenantId\" = ? AND \"ResourceType\" = ?",
                         "is", tenant, resource);
  sandbox_statement_run (
      store,
      "INSERT INTO \"DefaultCredentialStores\""
      " (\"TenantId\", \"ResourceType\", \"CredentialStoreId\") VALUES (?, ?, ?)",
      "isi", tenant, resource, id);
}

void
sandbox_credential_store_empty (SandboxStore *store, gint64 tenant, gint64 id)
{
  static const struct
  {
    const char *table;
    const char *resource;
    const char *condition;
  } kinds[] = {
    { "Assets", "Secrets", "\"ValueType\" = 8" },
    { "Assets", "AssetCredential", "TRUE" },
    { "Buckets", "BucketCredential", "TRUE" },
    { "Robots", "RobotCredential", "TRUE" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      g_autofree char *sql = g_strdup_printf (
          "UPDATE \"%s\" SET \"CredentialStoreId\" = ? WHERE \"CredentialStoreId\" = ? AND %s",
          kinds[i].table, kinds[i].condition);

      sandbox_statement_run (
          store, sql, "ii", sandbox_credential_store_get_default (store, tenant, kinds[i].resource),
          id);
    }
}

/* Definition: ODataValueOfIEnumerableOfString. */
static void
types_cb (SandboxRequest *request)
{
  g_autofree char *joined = g_strjoinv ("\",\"", (char **)sandbox_credential_store_types);
  GString *json = sandbox_request_begin_json (request, "Collection(Edm.String)");

  g_string_append_printf (json, "\"value\":[\"%s\"]}", joined);
  sandbox_reply_json (request, 200, json);
}

/* Definition: ODataValueOfInt64. */
static void
default_cb (SandboxRequest *request)
{
  int kind = -1;
  gint64 id;
  GString *json;

  if (sandbox_parameter_require_text (request, "resourceType") == NULL
      || !sandbox_parameter_read_enum (request, "resourceType", sandbox_enum_credential_resource,
                                       &kind))
    return;

  id = sandbox_credential_store_get_default (request->store, request->tenant,
                                             sandbox_enum_credential_resource[kind]);
  if (id == 0)
    {
      sandbox_reply_error (request, 404, ERROR_NOT_FOUND, "There is no default credential store.");
      return;
    }
  json = sandbox_request_begin_json (request, "Edm.Int64");
  g_string_append_printf (json, "\"value\":%" G_GINT64_FORMAT "}", id);
  sandbox_reply_json (request, 200, json);
}

static void
set_default_cb (SandboxRequest *request)
{
  const SandboxBodyField fields[] = {
    { "resourceType", SANDBOX_BODY_ENUM, .names = sandbox_enum_credential_resource },
    { NULL },
  };
  gint64 id = sandbox_write_find_row (request, &sandbox_set_credential_stores, "Id", request->key);
  const char *resource;

  if (id == 0 || !sandbox_body_check (request, request->body, "setDefaultParameters", fields))
    return;
  if (!sandbox_body_has (request->body, "resourceType"))
    {
      sandbox_reply_error (request, 400, ERROR_PARAMETER_MISSING,
                           "The resourceType field is required.");
      return;
    }

  resource = sandbox_enum_credential_resource[sandbox_body_get_enum (
      request->body, "resourceType", sandbox_enum_credential_resource, 0)];
  sandbox_store_begin (request->store);
  sandbox_credential_store_set_default (request->store, request->tenant, resource, id);
  sandbox_audit (request, "DefaultCredentialStores", "Set", id, resource, request->body);
  sandbox_store_commit (request->store);
  sandbox_reply_empty (request, 200);
}

static void
reply_resources (SandboxRequest *request, const SandboxEntitySet *set, const char *column)
{
  g_autoptr (SandboxSql) sql = sandbox_list_begin_tenant (request, set);
  g_autofree char *condition = g_strdup_printf ("t.\"%s\" = ?", column);
  gint64 id;
  int kind = -1;

  if (!sandbox_parameter_require_id (request, "key", &id)
      || !sandbox_parameter_read_enum (request, "resourceType", sandbox_enum_credential_resource,
                                       &kind))
    return;

  sandbox_sql_add_condition (sql, condition, 1, id);
  if (kind >= 0)
    sandbox_sql_add_condition (sql, "t.\"Type\" = ?", 1, (gint64)kind);
  sandbox_list_reply (request, set, sql);
}

static void
resources_cb (SandboxRequest *request)
{
  reply_resources (request, &sandbox_set_credential_store_resources, "CredentialStoreId");
}

static void
proxy_resources_cb (SandboxRequest *request)
{
  reply_resources (request, &sandbox_set_credentials_proxy_resources, "ProxyId");
}

const SandboxOperation sandbox_credential_stores_operations[] = {
  { "GET", "/odata/CredentialStores/" US "GetAvailableCredentialStoreTypes", SANDBOX_SIGNED,
    SANDBOX_SCOPE_TENANT, "Settings.View", types_cb },
  { "GET", "/odata/CredentialStores/" US "GetDefaultStoreForResourceType", SANDBOX_SIGNED,
    SANDBOX_SCOPE_TENANT, SANDBOX_CREDENTIAL_STORES_VIEW, default_cb },
  { "GET", "/odata/CredentialStores/" US "GetResourcesForCredentialStoreTypes", SANDBOX_SIGNED,
    SANDBOX_SCOPE_TENANT, "Settings.View", resources_cb },
  { "GET", "/odata/CredentialStores/" US "GetResourcesForCredentialsProxyResourceTypes",
    SANDBOX_SIGNED, SANDBOX_SCOPE_TENANT, "Settings.View", proxy_resources_cb },
  { "POST", "/odata/CredentialStores({key})/" US "SetDefaultStoreForResourceType", SANDBOX_SIGNED,
    SANDBOX_SCOPE_TENANT, "Settings.Edit", set_default_cb },
  { NULL },
};
