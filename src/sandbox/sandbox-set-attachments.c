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

/* Which job an attachment belongs to, and as what. */
static const SandboxField job_attachments_fields[] = {
  { "Id", SANDBOX_FIELD_INT64, SANDBOX_FIELD_NOT_NULL },
  { "AttachmentId", SANDBOX_FIELD_GUID, SANDBOX_FIELD_NOT_NULL | SANDBOX_FIELD_INDEXED },
  { "JobKey", SANDBOX_FIELD_GUID, SANDBOX_FIELD_NOT_NULL | SANDBOX_FIELD_INDEXED },
  { "Category", SANDBOX_FIELD_STRING, SANDBOX_FIELD_NONE, .maximum = 256 },
  { "CreationTime", SANDBOX_FIELD_TIME, SANDBOX_FIELD_NOT_NULL },
  { "LastModificationTime", SANDBOX_FIELD_TIME, SANDBOX_FIELD_NOT_NULL },
  { NULL },
};

const SandboxEntitySet sandbox_set_job_attachments = {
  .name = "JobAttachments",
  .type = "JobAttachmentDto",
  .key = "Id",
  .scope = SANDBOX_SCOPE_TENANT,
  .permission = "Jobs",
  .oauth = "OR.Jobs",
  .internal = TRUE,
  .max_top = 1000,
  .default_order = "Id",
  .fields = job_attachments_fields,
};
