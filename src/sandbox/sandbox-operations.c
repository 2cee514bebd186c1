/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sandbox-operations.h"

/* One a line. */
/* clang-format off */
const SandboxOperation *const sandbox_operations[] = {
  sandbox_alerts_operations,
  sandbox_assets_operations,
  sandbox_attachments_operations,
  sandbox_audit_logs_operations,
  sandbox_blobs_operations,
  sandbox_buckets_operations,
  sandbox_calendars_operations,
  sandbox_credential_stores_operations,
  sandbox_exports_operations,
  sandbox_folder_members_operations,
  sandbox_folder_moves_operations,
  sandbox_folders_operations,
  sandbox_organization_units_operations,
  sandbox_functions_operations,
  sandbox_job_trigger_operations,
  sandbox_jobs_operations,
  sandbox_machines_operations,
  sandbox_queue_comments_operations,
  sandbox_queue_definitions_operations,
  sandbox_queue_items_operations,
  sandbox_queue_records_operations,
  sandbox_queue_status_operations,
  sandbox_queue_transactions_operations,
  sandbox_queues_operations,
  sandbox_retention_operations,
  sandbox_robots_operations,
  sandbox_roles_operations,
  sandbox_schedules_operations,
  sandbox_service_info_operations,
  sandbox_share_operations,
  sandbox_start_jobs_operations,
  sandbox_stats_operations,
  sandbox_task_catalogs_operations,
  sandbox_task_data_operations,
  sandbox_tasks_operations,
  sandbox_tenant_operations,
  sandbox_tenant_settings_operations,
  sandbox_users_operations,
  sandbox_webhook_operations,
  sandbox_webhooks_operations,
  NULL,
};
/* clang-format on */
