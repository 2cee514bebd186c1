/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sandbox-attachment.h"

#include <baton-json.h>

#include "sandbox-blob.h"
#include "sandbox-body.h"
#include "sandbox-clock.h"
#include "sandbox-list.h"
#include "sandbox-operations.h"
#include "sandbox-parameter.h"
#include "sandbox-permission.h"
#include "sandbox-row.h"
#include "sandbox-schema.h"
#include "sandbox-sets.h"
#include "sandbox-statement.h"
#include "sandbox-write.h"
#include "sandbox-writer.h"

#define MINUTES 30

static const SandboxBodyField link_fields[] = {
  { "attachmentId", SANDBOX_BODY_GUID },
  { "jobKey", SANDBOX_BODY_GUID },
  { "category", SANDBOX_BODY_TEXT, 0, 256 },
  { NULL },
};

/* Definition: JobAttachmentDto. */
static const SandboxBodyField job_fields[] = {
  { "attachmentId", SANDBOX_BODY_GUID },
  { "jobKey", SANDBOX_BODY_GUID },
  { "category", SANDBOX_BODY_TEXT, 0, 128 },
  { "attachmentName", SANDBOX_BODY_TEXT, 0, 256 },
  { "lastModificationTime", SANDBOX_BODY_TIME },
  { "lastModifierUserId", SANDBOX_BODY_INT },
  { "creationTime", SANDBOX_BODY_TIME },
  { "creatorUserId", SANDBOX_BODY_INT },
  { "id", SANDBOX_BODY_GUID },
  { NULL },
};

static void
append_text (GString *json, const char *name, const char *text)
{
  g_string_append_printf (json, ",\"%s\":", name);
  if (text != NULL)
    sandbox_json_append_string (json, text);
  else
    g_string_append (json, "null");
}

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

/* Once each: linked again, it is one link with another category. */
static void
link_to_job (SandboxRequest *request, const char *attachment, const char *job, const char *category)
{
  g_autofree char *id = g_ascii_strdown (attachment, -1);
  g_autofree char *key = g_ascii_strdown (job, -1);
  gint64 now = sandbox_clock_now ();

  sandbox_schema_want_index (
      request->store, &sandbox_set_job_attachments,
      sandbox_entity_set_find_field (&sandbox_set_job_attachments, "JobKey"));
  sandbox_statement_run (request->store,
                         "UPDATE \"JobAttachments\" SET \"Category\" = ?, \"LastModificationTime\" "
                         "= ? WHERE \"JobKey\" = ? AND \"AttachmentId\" = ? AND \"TenantId\" = ?",
                         "sissi", category, now, key, id, request->tenant);
  if (sandbox_store_changes (request->store) == 0)
    sandbox_insert (request->store, "JobAttachments", SANDBOX_INT ("TenantId", request->tenant),
                    SANDBOX_TEXT ("AttachmentId", id), SANDBOX_TEXT ("JobKey", key),
                    SANDBOX_TEXT ("Category", category), SANDBOX_TIME ("CreationTime", now),
                    SANDBOX_TIME ("LastModificationTime", now));
}

gboolean
sandbox_attachment_check (SandboxRequest *request, JsonArray *attachments)
{
  g_return_val_if_fail (request != NULL, FALSE);

  for (guint i = 0; i < baton_json_length (attachments); i++)
    {
      JsonObject *attachment = baton_json_peek_object_at (attachments, i);

      if (!sandbox_body_check (request, attachment, "attachments", job_fields)
          || !sandbox_body_require (request, attachment, "attachmentId", NULL)
          || sandbox_write_find_row (request, &sandbox_set_attachments, "Id",
                                     baton_json_peek_string (attachment, "attachmentId"))
                 == 0)
        return FALSE;
    }

  return TRUE;
}

void
sandbox_attachment_link (SandboxRequest *request, JsonArray *attachments, gint64 job)
{
  g_autofree char *key = NULL;

  g_return_if_fail (request != NULL);

  key = sandbox_statement_ask_text (request->store, "SELECT \"Key\" FROM \"Jobs\" WHERE \"Id\" = ?",
                                    "i", job);
  for (guint i = 0; i < baton_json_length (attachments); i++)
    {
      JsonObject *attachment = baton_json_peek_object_at (attachments, i);

      link_to_job (request, baton_json_peek_string (attachment, "attachmentId"), key,
                   baton_json_peek_string (attachment, "category"));
    }
}

static void
create_cb (SandboxRequest *request)
{
  gint64 id = sandbox_write_create (request, &sandbox_set_attachments, request->body);
  const char *job = baton_json_peek_string (request->body, "JobKey");
  g_autofree char *key = NULL;

  if (id == 0)
    return;
  if (job != NULL)
    {
      key = sandbox_statement_ask_text (
          request->store, "SELECT \"Id\" FROM \"Attachments\" WHERE rowid = ?", "i", id);
      link_to_job (request, key, job, baton_json_peek_string (request->body, "Category"));
    }
  reply_with_access (request, 201, id, SOUP_METHOD_PUT);
}

/* Answers where the caller sees no job with this key. */
static gboolean
check_job (SandboxRequest *request, const char *key)
{
  g_autofree char *lower = g_ascii_strdown (key, -1);
  gint64 folder = sandbox_statement_ask (
      request->store,
      "SELECT \"OrganizationUnitId\" FROM \"Jobs\" WHERE \"Key\" = ? AND \"TenantId\" = ?", "si",
      lower, request->tenant);

  if (folder != 0
      && sandbox_permission_sees_folder (request->store, request->tenant, request->user, folder))
    return TRUE;

  sandbox_reply_error (request, 404, 1002, "There is no job '%s'.", key);

  return FALSE;
}

/* Fact sheet 6.6: not in the definition; as the vendor's SDK for Python sends and reads it. */
static void
link_cb (SandboxRequest *request)
{
  const char *attachment, *job;

  if (!sandbox_body_check (request, request->body, "jobAttachmentDto", link_fields)
      || !sandbox_body_require (request, request->body, "attachmentId", "jobKey", NULL))
    return;
  attachment = baton_json_peek_string (request->body, "attachmentId");
  job = baton_json_peek_string (request->body, "jobKey");
  if (sandbox_write_find_row (request, &sandbox_set_attachments, "Id", attachment) == 0
      || !check_job (request, job))
    return;

  sandbox_store_begin (request->store);
  link_to_job (request, attachment, job, baton_json_peek_string (request->body, "category"));
  sandbox_store_commit (request->store);
  sandbox_reply_empty (request, 200);
}

static void
list_cb (SandboxRequest *request)
{
  const char *job = sandbox_parameter_require_text (request, "jobKey");
  g_autofree char *key = g_ascii_strdown (job != NULL ? job : "", -1);
  GString *json;
  sqlite3_stmt *statement;

  if (job == NULL || !check_job (request, job))
    return;

  json = g_string_new ("[");
  statement = sandbox_statement_open (
      request->store,
      "SELECT l.\"AttachmentId\", a.\"Name\", l.\"Category\", l.\"CreationTime\", "
      "l.\"LastModificationTime\" FROM \"JobAttachments\" l JOIN \"Attachments\" a ON "
      "a.\"TenantId\" = l.\"TenantId\" AND a.\"Id\" = l.\"AttachmentId\" WHERE l.\"JobKey\" = ? "
      "AND "
      "l.\"TenantId\" = ? ORDER BY l.\"Id\"",
      "si", key, request->tenant);
  while (sqlite3_step (statement) == SQLITE_ROW)
    {
      g_string_append_printf (json, "%s{\"attachmentId\":\"%s\",\"jobKey\":\"%s\"",
                              json->len > 1 ? "," : "",
                              (const char *)sqlite3_column_text (statement, 0), key);
      append_text (json, "attachmentName", (const char *)sqlite3_column_text (statement, 1));
      append_text (json, "category", (const char *)sqlite3_column_text (statement, 2));
      g_string_append (json, ",\"creationTime\":");
      sandbox_json_append_time (json, sqlite3_column_int64 (statement, 3));
      g_string_append (json, ",\"lastModificationTime\":");
      sandbox_json_append_time (json, sqlite3_column_int64 (statement, 4));
      g_string_append_c (json, '}');
    }
  sandbox_store_done (statement);
  g_string_append_c (json, ']');
  sandbox_reply_json (request, 200, json);
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
  { "POST", "/api/JobAttachments/Post", SANDBOX_SIGNED, SANDBOX_SCOPE_CROSS_FOLDER,
    "Jobs.Edit|Jobs.Create", link_cb },
  { "GET", "/api/JobAttachments/GetByJobKey", SANDBOX_SIGNED, SANDBOX_SCOPE_CROSS_FOLDER,
    "Jobs.View", list_cb },
  { NULL },
};
