/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sandbox-entity.h"

#include "sandbox-sets.h"

static const SandboxEntitySet *const sets[] = {
  &sandbox_set_folders,
  &sandbox_set_organization_units,
  &sandbox_set_personal_workspaces,
  &sandbox_set_folder_users,
  &sandbox_set_folder_machines,
  &sandbox_set_move_folder_machine_changes,
  &sandbox_set_releases,
  &sandbox_set_release_versions,
  &sandbox_set_entry_points,
  &sandbox_set_jobs,
  &sandbox_set_job_triggers,
  &sandbox_set_job_triggers_with_events,
  &sandbox_set_queue_definitions,
  &sandbox_set_queue_items,
  &sandbox_set_queue_item_comments,
  &sandbox_set_queue_item_events,
  &sandbox_set_queue_processing_records,
  &sandbox_set_queue_retention,
  &sandbox_set_queue_stale_retention,
  &sandbox_set_tasks,
  &sandbox_set_user_logins,
  &sandbox_set_task_assignments,
  &sandbox_set_task_data,
  &sandbox_set_task_forms,
  &sandbox_set_app_tasks,
  &sandbox_set_task_notes,
  &sandbox_set_task_activities,
  &sandbox_set_task_catalogs,
  &sandbox_set_task_definitions,
  &sandbox_set_task_definition_versions,
  &sandbox_set_task_retention,
  &sandbox_set_business_rules,
  &sandbox_set_business_rule_versions,
  &sandbox_set_test_data_queues,
  &sandbox_set_test_data_queue_items,
  &sandbox_set_test_sets,
  &sandbox_set_test_set_packages,
  &sandbox_set_test_cases,
  &sandbox_set_test_case_definitions,
  &sandbox_set_test_set_executions,
  &sandbox_set_test_case_executions,
  &sandbox_set_test_case_assertions,
  &sandbox_set_test_case_execution_attachments,
  &sandbox_set_test_set_execution_attachments,
  &sandbox_set_test_set_schedules,
  &sandbox_set_assets,
  &sandbox_set_asset_user_values,
  &sandbox_set_process_schedules,
  &sandbox_set_http_triggers,
  &sandbox_set_api_triggers,
  &sandbox_set_robot_logs,
  &sandbox_set_robots,
  &sandbox_set_robot_licenses,
  &sandbox_set_machines,
  &sandbox_set_machine_session_runtimes,
  &sandbox_set_sessions,
  &sandbox_set_machine_sessions,
  &sandbox_set_execution_media,
  &sandbox_set_release_retention,
  &sandbox_set_release_stale_retention,
  &sandbox_set_users,
  &sandbox_set_user_roles,
  &sandbox_set_roles,
  &sandbox_set_role_permissions,
  &sandbox_set_processes,
  &sandbox_set_libraries,
  &sandbox_set_settings,
  &sandbox_set_attachments,
  &sandbox_set_job_attachments,
  &sandbox_set_buckets,
  &sandbox_set_bucket_files,
  &sandbox_set_bucket_directories,
  &sandbox_set_credential_stores,
  &sandbox_set_default_credential_stores,
  &sandbox_set_credential_store_resources,
  &sandbox_set_credentials_proxy_resources,
  &sandbox_set_audit_logs,
  &sandbox_set_audit_log_entities,
  &sandbox_set_alerts,
  &sandbox_set_calendars,
  &sandbox_set_client_secrets,
  &sandbox_set_consumption_pools,
  &sandbox_set_consumption_uses,
  &sandbox_set_disabled_runtimes,
  &sandbox_set_exports,
  &sandbox_set_folder_robots,
  &sandbox_set_licenses_named_user,
  &sandbox_set_licenses_runtime,
  &sandbox_set_maintenance_logs,
  &sandbox_set_permissions,
  &sandbox_set_tenants,
  &sandbox_set_user_settings,
  &sandbox_set_webhooks,
  &sandbox_set_webhook_deliveries,
  NULL,
};

const SandboxEntitySet *const *
sandbox_entity_sets (void)
{
  return sets;
}

const SandboxEntitySet *
sandbox_entity_set_find (const char *name)
{
  g_return_val_if_fail (name != NULL, NULL);

  for (gsize i = 0; sets[i] != NULL; i++)
    {
      if (g_ascii_strcasecmp (sets[i]->name, name) == 0)
        return sets[i];
    }

  return NULL;
}

const SandboxField *
sandbox_entity_set_find_field (const SandboxEntitySet *self, const char *name)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (name != NULL, NULL);

  for (const SandboxField *field = self->fields; field->name != NULL; field++)
    {
      if (g_ascii_strcasecmp (field->name, name) == 0)
        return field;
    }

  return NULL;
}

const SandboxNavigation *
sandbox_entity_set_find_navigation (const SandboxEntitySet *self, const char *name)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (name != NULL, NULL);

  if (self->navigations == NULL)
    return NULL;

  for (const SandboxNavigation *navigation = self->navigations; navigation->name != NULL;
       navigation++)
    {
      if (g_ascii_strcasecmp (navigation->name, name) == 0)
        return navigation;
    }

  return NULL;
}

int
sandbox_field_find_name (const SandboxField *self, const char *name)
{
  g_return_val_if_fail (self != NULL, -1);
  g_return_val_if_fail (name != NULL, -1);

  for (int i = 0; self->names != NULL && self->names[i] != NULL; i++)
    {
      if (g_ascii_strcasecmp (self->names[i], name) == 0)
        return i;
    }

  return -1;
}

char *
sandbox_entity_set_dup_permission (const SandboxEntitySet *self, const char *verb)
{
  g_return_val_if_fail (self != NULL && verb != NULL, NULL);

  if (self->permission == NULL)
    return NULL;

  return self->subtree != NULL
             ? g_strdup_printf ("%s.%s|%s.%s", self->permission, verb, self->subtree, verb)
             : g_strconcat (self->permission, ".", verb, NULL);
}
