/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sandbox-sets.h"

static const SandboxField attachments_fields[] = {
  { "Id", SANDBOX_FIELD_GUID, SANDBOX_FIELD_NOT_NULL | SANDBOX_FIELD_READ_ONLY },
  { "Name", SANDBOX_FIELD_STRING, SANDBOX_FIELD_NOT_NULL | SANDBOX_FIELD_REQUIRED, .maximum = 256 },
  { "LastModificationTime", SANDBOX_FIELD_TIME, SANDBOX_FIELD_READ_ONLY },
  { "LastModifierUserId", SANDBOX_FIELD_INT64, SANDBOX_FIELD_READ_ONLY },
  { "CreationTime", SANDBOX_FIELD_TIME, SANDBOX_FIELD_READ_ONLY },
  { "CreatorUserId", SANDBOX_FIELD_INT64, SANDBOX_FIELD_READ_ONLY },
  /* The definition does not know them; the vendor's SDKs send them. */
  { "Type", SANDBOX_FIELD_STRING, SANDBOX_FIELD_WRITE_ONLY },
  { "JobKey", SANDBOX_FIELD_GUID, SANDBOX_FIELD_WRITE_ONLY },
  { "Category", SANDBOX_FIELD_STRING, SANDBOX_FIELD_WRITE_ONLY },
  { NULL },
};

const SandboxEntitySet sandbox_set_attachments = {
  .name = "Attachments",
  .type = "AttachmentDto",
  .key = "Id",
  .scope = SANDBOX_SCOPE_TENANT,
  .permission = "BlobFiles",
  .oauth = "OR.Folders",
  .max_top = 1000,
  .default_order = "Name",
  .fields = attachments_fields,
  .writes = SANDBOX_WRITE_DELETE,
  .component = "JobAttachments",
};
