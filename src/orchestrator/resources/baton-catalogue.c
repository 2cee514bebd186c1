/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n.h>

#include "baton-catalogue-private.h"

static const BatonResource *const catalogue[] = {
  &baton_processes_resource,
  &baton_jobs_resource,
  &baton_triggers_resource,
  &baton_logs_resource,
  &baton_packages_resource,
  &baton_queues_resource,
  &baton_queue_items_resource,
  &baton_assets_resource,
  &baton_robots_resource,
  &baton_machines_resource,
  &baton_sessions_resource,
  &baton_users_resource,
  &baton_roles_resource,
  &baton_folders_resource,
  NULL,
};

const BatonState baton_priority_states[] = {
  { "High", N_("High"), "go-up-symbolic", BATON_TONE_WARNING },
  { "Normal", N_("Normal"), NULL, BATON_TONE_NEUTRAL },
  { "Low", N_("Low"), "go-down-symbolic", BATON_TONE_NEUTRAL },
  { NULL },
};

const BatonState baton_process_type_states[] = {
  { "Undefined", N_("Not defined"), NULL, BATON_TONE_NEUTRAL },
  { "Process", N_("Process"), NULL, BATON_TONE_NEUTRAL },
  { "ProcessOrchestration", N_("Orchestration process"), NULL, BATON_TONE_NEUTRAL },
  { "WebApp", N_("Web app"), NULL, BATON_TONE_NEUTRAL },
  { "Agent", N_("Agent"), NULL, BATON_TONE_NEUTRAL },
  { "TestAutomationProcess", N_("Test automation"), NULL, BATON_TONE_NEUTRAL },
  { "Api", N_("API"), NULL, BATON_TONE_NEUTRAL },
  { "MCPServer", N_("MCP server"), NULL, BATON_TONE_NEUTRAL },
  { "BusinessRules", N_("Business rules"), NULL, BATON_TONE_NEUTRAL },
  { "CaseManagement", N_("Case management"), NULL, BATON_TONE_NEUTRAL },
  { NULL },
};

const BatonState baton_runtime_states[] = {
  { "Unattended", N_("Unattended"), NULL, BATON_TONE_NEUTRAL },
  { "Attended", N_("Attended"), NULL, BATON_TONE_NEUTRAL },
  { "NonProduction", N_("Non-production"), NULL, BATON_TONE_NEUTRAL },
  { "Development", N_("Development"), NULL, BATON_TONE_NEUTRAL },
  { "TestAutomation", N_("Testing"), NULL, BATON_TONE_NEUTRAL },
  { "Serverless", N_("Serverless"), NULL, BATON_TONE_NEUTRAL },
  { "AutomationCloud", N_("Cloud robot"), NULL, BATON_TONE_NEUTRAL },
  { "Studio", N_("Studio"), NULL, BATON_TONE_NEUTRAL },
  { "StudioX", N_("StudioX"), NULL, BATON_TONE_NEUTRAL },
  { "StudioPro", N_("StudioPro"), NULL, BATON_TONE_NEUTRAL },
  { "Headless", N_("Headless"), NULL, BATON_TONE_NEUTRAL },
  { NULL },
};

const BatonState baton_framework_states[] = {
  { "Any", N_("Any"), NULL, BATON_TONE_NEUTRAL },
  { "Legacy", N_("Windows - Legacy"), NULL, BATON_TONE_NEUTRAL },
  { "Windows", N_("Windows"), NULL, BATON_TONE_NEUTRAL },
  { "Portable", N_("Cross-platform"), NULL, BATON_TONE_NEUTRAL },
  { NULL },
};

const BatonState baton_provision_states[] = {
  { "Manual", N_("Manual"), NULL, BATON_TONE_NEUTRAL },
  { "Automatic", N_("Automatic"), NULL, BATON_TONE_NEUTRAL },
  { NULL },
};

const BatonResource *const *
baton_catalogue_get (void)
{
  return catalogue;
}

const BatonResource *
baton_catalogue_find (const char *id)
{
  for (guint i = 0; id != NULL && catalogue[i] != NULL; i++)
    if (g_str_equal (catalogue[i]->id, id))
      return catalogue[i];
  return NULL;
}

BatonRequest *
baton_catalogue_request (BatonRecord *record,
                         gint64 folder,
                         const char *method,
                         const char *path,
                         const char *permission,
                         JsonNode *body)
{
  BatonRequest *request = baton_request_new (method, path);

  baton_request_set_folder (request, baton_record_get_folder (record) != 0
                                       ? baton_record_get_folder (record)
                                       : folder);
  baton_request_set_permission (request, permission);
  baton_request_set_priority (request, BATON_PRIORITY_USER);
  if (body != NULL)
    baton_request_take_body (request, body);
  return request;
}

static const char *
get_value (BatonRecord *record, const char *field)
{
  return field != NULL ? baton_record_get (record, field) : baton_record_get_key (record);
}

char *
baton_catalogue_filter_number (BatonRecord *record, const char *field, const char *property)
{
  const char *text = get_value (record, field);
  gint64 number;

  if (text == NULL || !g_ascii_string_to_signed (text, 10, 1, G_MAXINT64, &number, NULL))
    return NULL;
  return g_strdup_printf ("%s eq %" G_GINT64_FORMAT, property, number);
}

char *
baton_catalogue_filter_guid (BatonRecord *record, const char *field, const char *property)
{
  const char *text = get_value (record, field);

  if (text == NULL || !g_uuid_string_is_valid (text))
    return NULL;
  return g_strdup_printf ("%s eq %s", property, text);
}

char *
baton_catalogue_filter_text (BatonRecord *record, const char *field, const char *property)
{
  const char *text = get_value (record, field);
  g_autofree char *literal = NULL;

  if (text == NULL || *text == '\0')
    return NULL;
  literal = baton_query_quote (text);
  return g_strdup_printf ("%s eq %s", property, literal);
}
