/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sandbox-directory.h"

#include "baton-json.h"
#include "sandbox-identity-api.h"
#include "sandbox-statement.h"

/* The texts of the letters that Identity sends. This sandbox sends none; it keeps them. */

#define FAMILY "PM.Setting"
#define COLUMNS "SELECT \"Id\", \"Name\", \"Value\" FROM \"IdentityTemplates\""

/* Definition: MessageTemplateDto. Answers 404 where there is no such row. */
static void
reply_template (SandboxRequest *request, sqlite3_stmt *statement)
{
  GString *json = NULL;

  if (sqlite3_step (statement) == SQLITE_ROW)
    {
      json = g_string_new ("{");
      sandbox_identity_api_append_int (json, "id", sqlite3_column_int64 (statement, 0));
      sandbox_identity_api_append_text (json, "name",
                                        (const char *)sqlite3_column_text (statement, 1));
      sandbox_identity_api_append_text (json, "value",
                                        (const char *)sqlite3_column_text (statement, 2));
      g_string_append_c (json, '}');
    }
  sandbox_store_done (statement);
  if (json != NULL)
    sandbox_reply_json (request, 200, json);
  else
    sandbox_identity_api_reply_error (request, 404, "MessageTemplateNotFound",
                                      "There is no such message template.");
}

static void
reply_by_id (SandboxRequest *request)
{
  reply_template (request,
                  sandbox_statement_open (request->store, COLUMNS " WHERE \"Id\" = ?", "s",
                                          sandbox_request_get_argument (request, "templateId")));
}

static void
get_cb (SandboxRequest *request)
{
  g_auto (SandboxToken) token = { 0 };

  if (sandbox_identity_api_check (request, FAMILY, SANDBOX_IDENTITY_ADMINISTRATOR, &token))
    reply_by_id (request);
}

static void
find_cb (SandboxRequest *request)
{
  g_auto (SandboxToken) token = { 0 };

  if (sandbox_identity_api_check (request, FAMILY, SANDBOX_IDENTITY_ADMINISTRATOR, &token))
    reply_template (request,
                    sandbox_statement_open (request->store, COLUMNS " WHERE \"Name\" = ?", "s",
                                            sandbox_request_get_query (request, "name")));
}

static void
update_cb (SandboxRequest *request)
{
  const char *value = baton_json_peek_string (request->body, "value");
  g_auto (SandboxToken) token = { 0 };

  if (!sandbox_identity_api_check (request, FAMILY, SANDBOX_IDENTITY_ADMINISTRATOR, &token))
    return;
  if (value == NULL)
    {
      sandbox_identity_api_reply_error (request, 400, "InvalidMessageTemplate",
                                        "The template needs a value.");
      return;
    }
  sandbox_statement_run (request->store,
                         "UPDATE \"IdentityTemplates\" SET \"Value\" = ? WHERE \"Id\" = ?", "ss",
                         value, sandbox_request_get_argument (request, "templateId"));
  reply_by_id (request);
}

void
sandbox_directory_prepare_templates (SandboxStore *store)
{
  static const char *const templates[][2] = {
    { "Invitation", "<p>Hello {{name}}, you are invited to {{organization}}.</p>" },
    { "ResetPassword", "<p>Hello {{name}}, choose a new password at {{link}}.</p>" },
    { "VerifyEmail", "<p>Hello {{name}}, confirm your address at {{link}}.</p>" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (templates); i++)
    sandbox_statement_run (store,
                           "INSERT OR IGNORE INTO \"IdentityTemplates\" (\"Name\", \"Value\") "
                           "VALUES (?, ?)",
                           "ss", templates[i][0], templates[i][1]);
}

const SandboxOperation sandbox_directory_template_operations[] = {
  SANDBOX_IDENTITY_API ("GET", "MessageTemplate", find_cb),
  SANDBOX_IDENTITY_API ("GET", "MessageTemplate/{templateId}", get_cb),
  SANDBOX_IDENTITY_API ("PUT", "MessageTemplate/{templateId}", update_cb),
  { NULL },
};
