/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sandbox-enums.h"
#include "sandbox-retention.h"
#include "sandbox-sets.h"
#include "sandbox-share.h"
#include "sandbox-statement.h"

/* Catalogues and definitions of tasks. */

#define POLICY(column, fallback)                                                                   \
  "ifnull((SELECT r.\"" column                                                                     \
  "\" FROM \"TaskRetention\" r WHERE r.\"TaskCatalogId\" = @.\"Id\"), " fallback ")"

static const SandboxField catalogs_fields[] = {
  { "Key", SANDBOX_FIELD_GUID, SANDBOX_FIELD_NOT_NULL | SANDBOX_FIELD_READ_ONLY },
  { "Name", SANDBOX_FIELD_STRING, SANDBOX_FIELD_NOT_NULL | SANDBOX_FIELD_REQUIRED, .maximum = 50 },
  { "Description", SANDBOX_FIELD_STRING, .maximum = 512 },
  { "CreationTime", SANDBOX_FIELD_TIME, SANDBOX_FIELD_READ_ONLY },
  { "LastModificationTime", SANDBOX_FIELD_TIME, SANDBOX_FIELD_READ_ONLY },
  { "FoldersCount", SANDBOX_FIELD_INT32, SANDBOX_FIELD_NONE, NULL,
    SANDBOX_FOLDERS_COUNT ("TaskCatalogs") },
  { "Encrypted", SANDBOX_FIELD_BOOL, SANDBOX_FIELD_CREATE_ONLY },
  { "Tags", SANDBOX_FIELD_JSON },
  { "RetentionAction", SANDBOX_FIELD_ENUM, SANDBOX_FIELD_NONE, sandbox_enum_retention_action,
    POLICY ("Action", "0") },
  { "RetentionPeriod", SANDBOX_FIELD_INT32, SANDBOX_FIELD_NONE, NULL, POLICY ("Period", "30") },
  { "RetentionBucketId", SANDBOX_FIELD_INT64, SANDBOX_FIELD_NONE, NULL,
    POLICY ("BucketId", "NULL") },
  { "RetentionBucketName", SANDBOX_FIELD_STRING, SANDBOX_FIELD_NONE, NULL,
    "(SELECT b.\"Name\" FROM \"TaskRetention\" r JOIN \"Buckets\" b ON b.\"Id\" = r.\"BucketId\" "
    "WHERE r.\"TaskCatalogId\" = @.\"Id\")" },
  { "Id", SANDBOX_FIELD_INT64, SANDBOX_FIELD_NOT_NULL },
  { NULL },
};

/* Tasks that somebody still has to do keep their catalogue; the others lose it. */
static gboolean
may_delete_catalog (SandboxRequest *request, gint64 id)
{
  if (sandbox_statement_ask (
          request->store,
          "SELECT 1 FROM \"Tasks\" WHERE \"TaskCatalogId\" = ? AND \"Status\" < 2 "
          "AND NOT \"IsDeleted\" LIMIT 1",
          "i", id)
      != 0)
    {
      sandbox_reply_error (request, 409, 1012, "The task catalog has active tasks.");
      return FALSE;
    }
  sandbox_statement_run (
      request->store, "UPDATE \"Tasks\" SET \"TaskCatalogId\" = NULL WHERE \"TaskCatalogId\" = ?",
      "i", id);
  sandbox_statement_run (request->store,
                         "DELETE FROM \"TaskRetention\" WHERE \"TaskCatalogId\" = ?", "i", id);

  return TRUE;
}

static const SandboxSetHooks catalogs_hooks = { .may_delete = may_delete_catalog };

const SandboxEntitySet sandbox_set_task_catalogs = {
  .name = "TaskCatalogs",
  .type = "TaskCatalogDto",
  .key = "Id",
  .scope = SANDBOX_SCOPE_FOLDER,
  .permission = "TaskCatalogs",
  .oauth = "OR.Tasks",
  .max_top = 1000,
  .default_order = "Name",
  .fields = catalogs_fields,
  .writes = SANDBOX_WRITE_DELETE,
  .unique = "Name",
  .component = "TaskCatalogs",
  .hooks = &catalogs_hooks,
  .shared = "TaskCatalogIds",
};

/* Definition: TaskDefinitionPropertiesDto, of the last version. */
#define PROPERTIES                                                                                 \
  "(SELECT json_patch('{}', json_object('id', v.\"Id\", 'version', v.\"Version\", 'schema', "      \
  "v.\"Schema\", 'allowedActions', json(v.\"AllowedActions\"), 'taskDefinitionKey', @.\"Key\", "   \
  "'creationTime', strftime('%Y-%m-%dT%H:%M:%SZ', v.\"CreationTime\" / 1000000, 'unixepoch'), "    \
  "'creatorUserId', v.\"CreatorUserId\")) FROM \"TaskDefinitionVersions\" v WHERE "                \
  "v.\"TaskDefinitionId\" = @.\"Id\" ORDER BY v.\"Version\" DESC LIMIT 1)"

static const SandboxField definitions_fields[] = {
  { "Name", SANDBOX_FIELD_STRING, SANDBOX_FIELD_NOT_NULL | SANDBOX_FIELD_REQUIRED, .maximum = 50 },
  { "Key", SANDBOX_FIELD_GUID, SANDBOX_FIELD_NOT_NULL | SANDBOX_FIELD_READ_ONLY },
  { "Description", SANDBOX_FIELD_STRING, .maximum = 512 },
  { "Properties", SANDBOX_FIELD_JSON, SANDBOX_FIELD_NONE, NULL, PROPERTIES },
  { "IsDeleted", SANDBOX_FIELD_BOOL, SANDBOX_FIELD_NONE, NULL, "(@.\"Id\" IS NULL)" },
  { "DeleterUserId", SANDBOX_FIELD_INT64, SANDBOX_FIELD_NONE, NULL, "NULL" },
  { "DeletionTime", SANDBOX_FIELD_TIME, SANDBOX_FIELD_NONE, NULL, "NULL" },
  { "LastModificationTime", SANDBOX_FIELD_TIME, SANDBOX_FIELD_READ_ONLY },
  { "LastModifierUserId", SANDBOX_FIELD_INT64, SANDBOX_FIELD_READ_ONLY },
  { "CreationTime", SANDBOX_FIELD_TIME, SANDBOX_FIELD_READ_ONLY },
  { "CreatorUserId", SANDBOX_FIELD_INT64, SANDBOX_FIELD_READ_ONLY },
  { "Id", SANDBOX_FIELD_INT64, SANDBOX_FIELD_NOT_NULL },
  { NULL },
};

const SandboxEntitySet sandbox_set_task_definitions = {
  .name = "TaskDefinitions",
  .type = "TaskDefinitionDto",
  .key = "Id",
  .scope = SANDBOX_SCOPE_TENANT,
  .permission = "ActionDesign",
  .oauth = "OR.Tasks",
  .max_top = 1000,
  .default_order = "Name",
  .fields = definitions_fields,
  .unique = "Name",
  .component = "TaskDefinitions",
};

static const SandboxField versions_fields[] = {
  { "Id", SANDBOX_FIELD_INT64, SANDBOX_FIELD_NOT_NULL },
  { "TaskDefinitionId", SANDBOX_FIELD_INT64, SANDBOX_FIELD_NOT_NULL },
  { "Version", SANDBOX_FIELD_INT32, SANDBOX_FIELD_NOT_NULL },
  { "Schema", SANDBOX_FIELD_STRING },
  { "AllowedActions", SANDBOX_FIELD_JSON },
  { "CreationTime", SANDBOX_FIELD_TIME },
  { "CreatorUserId", SANDBOX_FIELD_INT64 },
  { NULL },
};

const SandboxEntitySet sandbox_set_task_definition_versions = {
  .name = "TaskDefinitionVersions",
  .type = "TaskDefinitionPropertiesDto",
  .key = "Id",
  .scope = SANDBOX_SCOPE_TENANT,
  .internal = TRUE,
  .max_top = 1000,
  .default_order = "Id",
  .fields = versions_fields,
};
