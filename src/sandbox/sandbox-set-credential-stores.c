/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sandbox-change.h"
#include "sandbox-credential-store.h"
#include "sandbox-enums.h"
#include "sandbox-parameter.h"
#include "sandbox-sets.h"
#include "sandbox-statement.h"

#define ERROR_INVALID_ARGUMENT 1009
#define ERROR_ITEM_IN_USE 1013

static const SandboxField credentialstores_fields[] = {
  { "Id", SANDBOX_FIELD_INT64, SANDBOX_FIELD_NOT_NULL },
  { "ProxyId", SANDBOX_FIELD_INT64 },
  { "ProxyType", SANDBOX_FIELD_ENUM, SANDBOX_FIELD_READ_ONLY, sandbox_enum_proxy_type },
  { "HostName", SANDBOX_FIELD_STRING, SANDBOX_FIELD_READ_ONLY },
  { "Name", SANDBOX_FIELD_STRING, SANDBOX_FIELD_NOT_NULL | SANDBOX_FIELD_REQUIRED, .maximum = 128 },
  { "Type", SANDBOX_FIELD_STRING,
    SANDBOX_FIELD_NOT_NULL | SANDBOX_FIELD_REQUIRED | SANDBOX_FIELD_CREATE_ONLY },
  { "AdditionalConfiguration", SANDBOX_FIELD_STRING },
  { "Details", SANDBOX_FIELD_JSON, SANDBOX_FIELD_NONE, NULL,
    "json_object('IsReadOnly', json(CASE WHEN @.\"Type\" = 'Database' THEN 'false' ELSE 'true' "
    "END))" },
  { "DefaultCredentialStores", SANDBOX_FIELD_JSON, SANDBOX_FIELD_NONE, NULL,
    "(SELECT json_group_array(json_object('Id', d.rowid, 'ResourceType', d.\"ResourceType\"))"
    " FROM \"DefaultCredentialStores\" d WHERE d.\"CredentialStoreId\" = @.\"Id\")" },
  { NULL },
};

static gboolean
is_known_type (const char *type)
{
  for (gsize i = 0; sandbox_credential_store_types[i] != NULL; i++)
    if (g_str_equal (sandbox_credential_store_types[i], type))
      return TRUE;

  return FALSE;
}

static gboolean
check (SandboxRequest *request, SandboxChange *change)
{
  const char *type = sandbox_change_get_text (change, "Type");

  if (type == NULL || is_known_type (type))
    return TRUE;

  sandbox_reply_error (request, 400, ERROR_INVALID_ARGUMENT,
                       "There is no type of credential stores named %s.", type);

  return FALSE;
}

/* What lies in a store goes to the default one where the deletion is forced. */
static gboolean
may_delete (SandboxRequest *request, gint64 id)
{
  gboolean force = FALSE;
  gint64 n;

  if (!sandbox_parameter_read_bool (request, "forceDelete", &force))
    return FALSE;
  if (sandbox_statement_ask (request->store,
                             "SELECT count(*) FROM \"DefaultCredentialStores\""
                             " WHERE \"CredentialStoreId\" = ?",
                             "i", id)
      > 0)
    {
      sandbox_reply_error (request, 409, ERROR_ITEM_IN_USE,
                           "A default credential store cannot be deleted.");
      return FALSE;
    }

  n = sandbox_statement_ask (
      request->store,
      "SELECT count(*) FROM \"CredentialStoreResources\" WHERE \"CredentialStoreId\" = ?", "i", id);
  if (n > 0 && !force)
    {
      sandbox_reply_error (request, 409, ERROR_ITEM_IN_USE,
                           "The credential store holds %" G_GINT64_FORMAT
                           " resources; it is deleted with forceDelete alone.",
                           n);
      return FALSE;
    }
  if (n > 0)
    sandbox_credential_store_empty (request->store, request->tenant, id);

  return TRUE;
}

static const SandboxSetHooks hooks = { .check = check, .may_delete = may_delete };

const SandboxEntitySet sandbox_set_credential_stores = {
  .name = "CredentialStores",
  .type = "CredentialStoreDto",
  .key = "Id",
  .scope = SANDBOX_SCOPE_TENANT,
  .permission = "Settings",
  .view = SANDBOX_CREDENTIAL_STORES_VIEW,
  .oauth = "OR.Settings",
  .max_top = 1000,
  .default_order = "Id",
  .fields = credentialstores_fields,
  .writes = SANDBOX_WRITE_CREATE | SANDBOX_WRITE_REPLACE_QUIET | SANDBOX_WRITE_DELETE,
  .unique = "Name",
  .component = "CredentialStores",
  .hooks = &hooks,
};

static const SandboxField defaults_fields[] = {
  { "Id", SANDBOX_FIELD_INT64, SANDBOX_FIELD_NOT_NULL },
  { "ResourceType", SANDBOX_FIELD_STRING, SANDBOX_FIELD_NOT_NULL },
  { "CredentialStoreId", SANDBOX_FIELD_INT64, SANDBOX_FIELD_NOT_NULL | SANDBOX_FIELD_HIDDEN },
  { NULL },
};

const SandboxEntitySet sandbox_set_default_credential_stores = {
  .name = "DefaultCredentialStores",
  .type = "DefaultCredentialStoreDto",
  .key = "Id",
  .scope = SANDBOX_SCOPE_TENANT,
  .internal = TRUE,
  .max_top = 1000,
  .default_order = "Id",
  .fields = defaults_fields,
};

static const SandboxField resources_fields[] = {
  { "Id", SANDBOX_FIELD_INT64, SANDBOX_FIELD_NOT_NULL },
  { "Name", SANDBOX_FIELD_STRING, SANDBOX_FIELD_NOT_NULL },
  { "Type", SANDBOX_FIELD_ENUM, SANDBOX_FIELD_NOT_NULL, sandbox_enum_credential_resource },
  { "CredentialStoreId", SANDBOX_FIELD_INT64, SANDBOX_FIELD_HIDDEN },
  { "CredentialStoreName", SANDBOX_FIELD_STRING, SANDBOX_FIELD_HIDDEN },
  { NULL },
};

/* What has a secret in a store. The numbers are those of the kinds below and of the enumeration. */
#define RESOURCE(table, name, kind, condition)                                                     \
  "SELECT r.rowid * 4 + " kind " AS rowid, r.\"TenantId\", r.rowid AS \"Id\", r." name             \
  " AS \"Name\", " kind " AS \"Type\", s.\"Id\" AS \"CredentialStoreId\","                         \
  " s.\"Name\" AS \"CredentialStoreName\" FROM \"" table                                           \
  "\" r JOIN \"CredentialStores\" s ON s.\"Id\" = r.\"CredentialStoreId\" WHERE " condition
#define RESOURCES                                                                                  \
  RESOURCE ("Assets", "\"Name\"", "0", "r.\"ValueType\" IN (5, 6)")                                \
  " UNION ALL " RESOURCE ("Buckets", "\"Name\"", "2", "TRUE")                                      \
  " UNION ALL " RESOURCE ("Robots", "\"Name\"", "1", "TRUE") " UNION ALL " RESOURCE (              \
      "Assets", "\"Name\"", "3", "r.\"ValueType\" = 8")

const SandboxEntitySet sandbox_set_credential_store_resources = {
  .name = "CredentialStoreResources",
  .type = "CredentialStoreResourceDto",
  .key = "Id",
  .scope = SANDBOX_SCOPE_TENANT,
  .internal = TRUE,
  .max_top = 1000,
  .default_order = "Name",
  .fields = resources_fields,
  .query = RESOURCES,
};

static const SandboxField proxy_resources_fields[] = {
  { "Id", SANDBOX_FIELD_INT64, SANDBOX_FIELD_NOT_NULL },
  { "Name", SANDBOX_FIELD_STRING, SANDBOX_FIELD_NOT_NULL },
  { "Type", SANDBOX_FIELD_ENUM, SANDBOX_FIELD_NOT_NULL, sandbox_enum_credential_resource },
  { "CredentialStoreId", SANDBOX_FIELD_INT64, SANDBOX_FIELD_NOT_NULL },
  { "CredentialStoreName", SANDBOX_FIELD_STRING, SANDBOX_FIELD_NOT_NULL },
  { "ProxyId", SANDBOX_FIELD_INT64, SANDBOX_FIELD_HIDDEN },
  { NULL },
};

/* The stores behind a proxy, and what lies in them. */
const SandboxEntitySet sandbox_set_credentials_proxy_resources = {
  .name = "CredentialsProxyResources",
  .type = "CredentialsProxyResourceDto",
  .key = "Id",
  .scope = SANDBOX_SCOPE_TENANT,
  .internal = TRUE,
  .max_top = 1000,
  .default_order = "Name",
  .fields = proxy_resources_fields,
  .query = "SELECT r.rowid, r.\"TenantId\", r.\"Id\", r.\"Name\", r.\"Type\","
           " r.\"CredentialStoreId\", r.\"CredentialStoreName\", s.\"ProxyId\" FROM (" RESOURCES
           ") r JOIN \"CredentialStores\" s ON s.\"Id\" = r.\"CredentialStoreId\""
           " WHERE s.\"ProxyId\" IS NOT NULL"
           " UNION ALL SELECT -s.\"Id\", s.\"TenantId\", s.\"Id\", s.\"Name\", 4, s.\"Id\","
           " s.\"Name\", s.\"ProxyId\" FROM \"CredentialStores\" s WHERE s.\"ProxyId\" IS NOT NULL",
};
