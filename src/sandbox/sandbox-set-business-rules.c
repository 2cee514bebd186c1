/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sandbox-sets.h"
#include "sandbox-share.h"
#include "sandbox-statement.h"

/* Business rules, whose versions are files of DMN. */

/* Definition: BusinessRuleVersionDto, of the active version. */
#define CURRENT                                                                                    \
  "(SELECT json_patch('{}', json_object('Id', v.\"Id\", 'BusinessRuleKey', @.\"Id\", "             \
  "'VersionNumber', v.\"VersionNumber\", 'CreatorUserId', v.\"CreatorUserId\", 'IsActive', "       \
  "json('true'), 'CreationTime', strftime('%Y-%m-%dT%H:%M:%SZ', v.\"CreationTime\" / 1000000, "    \
  "'unixepoch'))) FROM \"BusinessRuleVersions\" v WHERE v.\"BusinessRuleKey\" = @.\"Id\" AND "     \
  "v.\"IsActive\")"

static const SandboxField rules_fields[] = {
  { "Name", SANDBOX_FIELD_STRING, SANDBOX_FIELD_NOT_NULL | SANDBOX_FIELD_REQUIRED, .maximum = 100 },
  { "Description", SANDBOX_FIELD_STRING, .maximum = 250 },
  { "CurrentVersion", SANDBOX_FIELD_JSON, SANDBOX_FIELD_NONE, NULL, CURRENT },
  { "FoldersCount", SANDBOX_FIELD_INT32, SANDBOX_FIELD_NONE, NULL,
    SANDBOX_FOLDERS_COUNT ("BusinessRules") },
  { "Tags", SANDBOX_FIELD_JSON },
  { "LastModificationTime", SANDBOX_FIELD_TIME, SANDBOX_FIELD_READ_ONLY },
  { "LastModifierUserId", SANDBOX_FIELD_INT64, SANDBOX_FIELD_READ_ONLY },
  { "CreationTime", SANDBOX_FIELD_TIME, SANDBOX_FIELD_READ_ONLY },
  { "CreatorUserId", SANDBOX_FIELD_INT64, SANDBOX_FIELD_READ_ONLY },
  { "Id", SANDBOX_FIELD_GUID, SANDBOX_FIELD_NOT_NULL | SANDBOX_FIELD_READ_ONLY },
  { NULL },
};

static gboolean
may_delete_rule (SandboxRequest *request, gint64 id)
{
  sandbox_statement_run (request->store,
                         "DELETE FROM \"BusinessRuleVersions\" WHERE \"BusinessRuleKey\" = (SELECT "
                         "\"Id\" FROM \"BusinessRules\" WHERE rowid = ?)",
                         "i", id);

  return TRUE;
}

static const SandboxSetHooks rules_hooks = { .may_delete = may_delete_rule };

const SandboxEntitySet sandbox_set_business_rules = {
  .name = "BusinessRules",
  .type = "BusinessRuleDto",
  .key = "Id",
  .scope = SANDBOX_SCOPE_FOLDER,
  .permission = "BusinessRules",
  .oauth = "OR.BusinessRules",
  .max_top = 1000,
  .default_order = "Name",
  .fields = rules_fields,
  .writes = SANDBOX_WRITE_DELETE,
  .unique = "Name",
  .component = "BusinessRules",
  .hooks = &rules_hooks,
  .shared = "BusinessRuleKeys",
};

static const SandboxField versions_fields[] = {
  { "BusinessRuleKey", SANDBOX_FIELD_GUID, SANDBOX_FIELD_NOT_NULL | SANDBOX_FIELD_INDEXED },
  { "VersionNumber", SANDBOX_FIELD_STRING, SANDBOX_FIELD_NOT_NULL },
  { "CreatorUserId", SANDBOX_FIELD_INT64 },
  { "IsActive", SANDBOX_FIELD_BOOL, SANDBOX_FIELD_NOT_NULL },
  { "CreationTime", SANDBOX_FIELD_TIME },
  { "Id", SANDBOX_FIELD_GUID, SANDBOX_FIELD_NOT_NULL },
  { NULL },
};

const SandboxEntitySet sandbox_set_business_rule_versions = {
  .name = "BusinessRuleVersions",
  .type = "BusinessRuleVersionDto",
  .key = "Id",
  .scope = SANDBOX_SCOPE_TENANT,
  .internal = TRUE,
  .max_top = 1000,
  .default_order = "CreationTime desc",
  .fields = versions_fields,
};
