/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sandbox-operations.h"

#include "sandbox-blob.h"
#include "sandbox-list.h"
#include "sandbox-sets.h"
#include "sandbox-statement.h"
#include "sandbox-write.h"

#define MINUTES 30

/* Answers the attachment with how to write or read its content, which the vendor's SDKs count on
 * where the definition says nothing of it. */
static void
reply_with_access (SandboxRequest *request, guint status, gint64 id, const char *verb)
{
  g_autoptr (GString) access = g_string_new ("\"BlobFileAccess\":");

  sandbox_blob_append_access (access, request, &sandbox_set_attachments, id, "", verb, NULL,
                              MINUTES);
  g_string_append_c (access, ',');
  sandbox_reply_entity_with (request, status, &sandbox_set_attachments, id, access->str);
}

static void
create_cb (SandboxRequest *request)
{
  gint64 id = sandbox_write_create (request, &sandbox_set_attachments, request->body);

  if (id != 0)
    reply_with_access (request, 201, id, SOUP_METHOD_PUT);
}

static void
get_cb (SandboxRequest *request)
{
  gint64 id = sandbox_write_find_row (request, &sandbox_set_attachments, "Id", request->key);

  if (id != 0)
    reply_with_access (request, 200, id, SOUP_METHOD_GET);
}

const SandboxOperation sandbox_attachments_operations[] = {
  { "POST", "/odata/Attachments", SANDBOX_SIGNED, SANDBOX_SCOPE_CROSS_FOLDER,
    "BlobFiles.Create|Jobs.Create", create_cb },
  { "GET", "/odata/Attachments({key})", SANDBOX_SIGNED, SANDBOX_SCOPE_CROSS_FOLDER,
    "BlobFiles.View", get_cb },
  { NULL },
};
