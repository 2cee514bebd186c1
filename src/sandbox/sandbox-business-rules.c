/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sandbox-operations.h"

#include <string.h>

#include "baton-json.h"
#include "sandbox-blob.h"
#include "sandbox-clock.h"
#include "sandbox-list.h"
#include "sandbox-multipart.h"
#include "sandbox-parameter.h"
#include "sandbox-row.h"
#include "sandbox-sets.h"
#include "sandbox-share.h"
#include "sandbox-statement.h"
#include "sandbox-write.h"
#include "sandbox-writer.h"

#define US "UiPath.Server.Configuration.OData."
#define DMN_TYPE "application/xml"
#define DEFAULT_MINUTES 30
#define MAX_MINUTES (24 * 60)

/* A form with the rule as JSON and its file. */
typedef struct
{
  JsonNode *rule;  /* (owned) */
  GBytes *content; /* (owned) (nullable) */
} Form;

static void
form_clear (Form *self)
{
  g_clear_pointer (&self->rule, json_node_unref);
  g_clear_pointer (&self->content, g_bytes_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Form, form_clear)

static void
read_part (Form *self, const SandboxMultipartFile *part)
{
  if (g_strcmp0 (part->field, "businessRule") == 0 && self->rule == NULL)
    self->rule = baton_json_parse (part->content, BATON_JSON_MAX_BYTES, NULL);
  else if (g_strcmp0 (part->field, "file") == 0 && self->content == NULL)
    self->content = g_bytes_ref (part->content);
}

/* The root of a file of DMN is "definitions", with a prefix or without. */
static void
start_element_cb (GMarkupParseContext *context,
                  const char *name,
                  const char **attribute_names,
                  const char **attribute_values,
                  gpointer user_data,
                  GError **error)
{
  gboolean *is_dmn = user_data;
  const char *colon = strchr (name, ':');

  if (g_markup_parse_context_get_element_stack (context)->next == NULL)
    *is_dmn = g_str_equal (colon != NULL ? colon + 1 : name, "definitions");
}

static gboolean
is_dmn (GBytes *content)
{
  static const GMarkupParser parser = { .start_element = start_element_cb };
  gboolean found = FALSE;
  g_autoptr (GMarkupParseContext) context = g_markup_parse_context_new (&parser, 0, &found, NULL);
  gsize length;
  const char *text = g_bytes_get_data (content, &length);

  return g_markup_parse_context_parse (context, text, (gssize)length, NULL)
         && g_markup_parse_context_end_parse (context, NULL) && found;
}

/* Answers where the form is none, or its file is no DMN. */
static gboolean
read_form (SandboxRequest *request, Form *self, gboolean needs_file)
{
  g_autoptr (GBytes) body
      = soup_message_body_flatten (soup_server_message_get_request_body (request->message));
  g_autoptr (GPtrArray) parts
      = sandbox_multipart_read (soup_server_message_get_request_headers (request->message), body);

  if (parts == NULL)
    {
      sandbox_reply_error (request, 415, 1000, "The body must be of the type multipart/form-data.");
      return FALSE;
    }
  for (guint i = 0; i < parts->len; i++)
    read_part (self, parts->pdata[i]);

  if (baton_json_peek_root_object (self->rule) == NULL)
    sandbox_reply_error (request, 400, 1000, "businessRule must not be null");
  else if (self->content == NULL && needs_file)
    sandbox_reply_error (request, 400, 1014, "The file field is required.");
  else if (self->content != NULL && !is_dmn (self->content))
    sandbox_reply_error (request, 400, 1009, "The file is no decision model (DMN).");
  else
    return TRUE;

  return FALSE;
}

/* Returns: (transfer full): the key of the rule with this rowid. */
static char *
dup_key (SandboxRequest *request, gint64 id)
{
  return sandbox_statement_ask_text (
      request->store, "SELECT \"Id\" FROM \"BusinessRules\" WHERE rowid = ?", "i", id);
}

/* The new one is the active one. */
static void
add_version (SandboxRequest *request, const char *rule, GBytes *content)
{
  g_autofree char *key = g_uuid_string_random ();
  gint64 n = sandbox_statement_ask (
      request->store, "SELECT count(*) FROM \"BusinessRuleVersions\" WHERE \"BusinessRuleKey\" = ?",
      "s", rule);
  g_autofree char *number = g_strdup_printf ("1.0.%" G_GINT64_FORMAT, n);
  gint64 id;

  sandbox_statement_run (
      request->store,
      "UPDATE \"BusinessRuleVersions\" SET \"IsActive\" = 0 WHERE \"BusinessRuleKey\" = ?", "s",
      rule);
  id = sandbox_insert (request->store, "BusinessRuleVersions",
                       SANDBOX_INT ("TenantId", request->tenant), SANDBOX_TEXT ("Id", key),
                       SANDBOX_TEXT ("BusinessRuleKey", rule),
                       SANDBOX_TEXT ("VersionNumber", number), SANDBOX_INT ("IsActive", TRUE),
                       SANDBOX_ID ("CreatorUserId", request->user),
                       SANDBOX_TIME ("CreationTime", sandbox_clock_now ()));
  sandbox_blob_write (request->store, &sandbox_set_business_rule_versions, id, "", DMN_TYPE,
                      content);
}

static void
create_cb (SandboxRequest *request)
{
  g_auto (Form) form = { 0 };
  g_autofree char *key = NULL;
  gint64 id;

  if (!read_form (request, &form, TRUE))
    return;

  sandbox_store_begin (request->store);
  id = sandbox_write_create (request, &sandbox_set_business_rules,
                             baton_json_peek_root_object (form.rule));
  if (id != 0)
    {
      key = dup_key (request, id);
      add_version (request, key, form.content);
    }
  sandbox_store_commit (request->store);
  if (id != 0)
    sandbox_reply_entity (request, 201, &sandbox_set_business_rules, id);
}

/* Back to a version that is there. Answers where it is not. */
static gboolean
activate (SandboxRequest *request, const char *rule, const char *number)
{
  if (sandbox_statement_ask (
          request->store,
          "SELECT 1 FROM \"BusinessRuleVersions\" WHERE \"BusinessRuleKey\" = ? AND "
          "\"VersionNumber\" = ?",
          "ss", rule, number)
      == 0)
    {
      sandbox_reply_error (request, 404, 1002, "The business rule has no version %s.", number);
      return FALSE;
    }
  sandbox_statement_run (request->store,
                         "UPDATE \"BusinessRuleVersions\" SET \"IsActive\" = \"VersionNumber\" = ? "
                         "WHERE \"BusinessRuleKey\" = ?",
                         "ss", number, rule);

  return TRUE;
}

static gboolean
write_rule (SandboxRequest *request, gint64 id, const Form *form)
{
  JsonObject *rule = baton_json_peek_root_object (form->rule);
  const char *number
      = baton_json_peek_string (baton_json_peek_object (rule, "CurrentVersion"), "VersionNumber");
  g_autofree char *key = dup_key (request, id);

  if (!sandbox_write_change (request, &sandbox_set_business_rules, id, rule, SANDBOX_WRITE_PATCH))
    return FALSE;
  if (form->content != NULL)
    add_version (request, key, form->content);

  return form->content != NULL || number == NULL || activate (request, key, number);
}

static void
replace_cb (SandboxRequest *request)
{
  g_auto (Form) form = { 0 };
  gint64 id = sandbox_write_find_row (request, &sandbox_set_business_rules, "Id", request->key);

  if (id == 0 || !read_form (request, &form, FALSE))
    return;

  sandbox_store_begin (request->store);
  if (write_rule (request, id, &form))
    {
      sandbox_store_commit (request->store);
      sandbox_reply_empty (request, 200);
    }
  else
    {
      sandbox_store_rollback (request->store);
    }
}

static void
versions_cb (SandboxRequest *request)
{
  const char *text = sandbox_request_get_argument (request, "id");
  g_autofree char *key = text != NULL ? g_ascii_strdown (text, -1) : g_strdup ("");
  g_autoptr (SandboxSql) sql
      = sandbox_list_begin_tenant (request, &sandbox_set_business_rule_versions);

  if (sandbox_write_find_row (request, &sandbox_set_business_rules, "Id", key) == 0)
    return;
  sandbox_sql_add_text_condition (sql, "t.\"BusinessRuleKey\" = ?", key);
  sandbox_list_reply (request, &sandbox_set_business_rule_versions, sql);
}

/* Definition: BusinessRuleVersionDownloadResponse. */
static void
read_uri_cb (SandboxRequest *request)
{
  const char *name = sandbox_request_get_argument (request, "name");
  const char *number = sandbox_request_get_query (request, "versionNumber");
  g_autofree char *key = NULL;
  g_autofree char *found = NULL;
  gint64 rule, version, minutes = 0;
  GString *json;

  if (!sandbox_parameter_read_int (request, "expiryInMinutes", 0, MAX_MINUTES, &minutes))
    return;
  rule = sandbox_write_find_row (request, &sandbox_set_business_rules, "Name",
                                 name != NULL ? name : "");
  if (rule == 0)
    return;
  key = dup_key (request, rule);
  version = sandbox_statement_ask (request->store,
                                   "SELECT rowid FROM \"BusinessRuleVersions\" WHERE "
                                   "\"BusinessRuleKey\" = ?1 AND CASE WHEN ?2 IS "
                                   "NULL THEN \"IsActive\" ELSE \"VersionNumber\" = ?2 END",
                                   "ss", key, number);
  if (version == 0)
    {
      sandbox_reply_error (request, 404, 1002, "The business rule has no such version.");
      return;
    }
  found = sandbox_statement_ask_text (
      request->store, "SELECT \"VersionNumber\" FROM \"BusinessRuleVersions\" WHERE rowid = ?", "i",
      version);

  json = sandbox_request_begin_json (request, US "BusinessRuleVersionDownloadResponse");
  g_string_append (json, "\"VersionNumber\":");
  sandbox_json_append_string (json, found);
  g_string_append (json, ",\"BusinessRuleName\":");
  sandbox_json_append_string (json, name);
  g_string_append (json, ",\"DownloadUri\":");
  sandbox_blob_append_access (json, request, &sandbox_set_business_rule_versions, version, "",
                              "GET", NULL,
                              minutes > 0 ? (int)minutes : DEFAULT_MINUTES);
  g_string_append_c (json, '}');
  sandbox_reply_json (request, 200, json);
}

const SandboxOperation sandbox_business_rules_operations[] = {
  { "POST", "/odata/BusinessRules", SANDBOX_SIGNED, SANDBOX_SCOPE_FOLDER, "BusinessRules.Create",
    create_cb, .raw = TRUE },
  { "PUT", "/odata/BusinessRules({key})", SANDBOX_SIGNED, SANDBOX_SCOPE_FOLDER,
    "BusinessRules.Edit", replace_cb, .raw = TRUE },
  { "GET", "/odata/BusinessRules/" US "GetVersionList", SANDBOX_SIGNED, SANDBOX_SCOPE_FOLDER,
    "BusinessRules.View", versions_cb },
  { "GET", "/odata/BusinessRules/" US "GetReadUri", SANDBOX_SIGNED, SANDBOX_SCOPE_FOLDER,
    "BusinessRules.View", read_uri_cb },
  { "GET", "/odata/BusinessRules/" US "GetBusinessRulesAcrossFolders", SANDBOX_SIGNED,
    SANDBOX_SCOPE_TENANT, "BusinessRules.View", sandbox_share_across_folders_cb },
  { "GET", "/odata/BusinessRules/" US "GetFoldersForBusinessRule", SANDBOX_SIGNED,
    SANDBOX_SCOPE_TENANT, "BusinessRules.View", sandbox_share_folders_for_cb },
  { "POST", "/odata/BusinessRules/" US "ShareToFolders", SANDBOX_SIGNED, SANDBOX_SCOPE_TENANT, NULL,
    sandbox_share_to_folders_cb },
  { NULL },
};
