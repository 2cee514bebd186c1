/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sandbox-request.h"

G_BEGIN_DECLS

/* The operations by group, each up to a method of NULL. */
extern const SandboxOperation *const sandbox_operations[]; /* all groups, up to NULL */

/* Reading: functions and what is no OData. */
extern const SandboxOperation sandbox_functions_operations[];
extern const SandboxOperation sandbox_alerts_operations[];
extern const SandboxOperation sandbox_audit_logs_operations[];
extern const SandboxOperation sandbox_calendars_operations[];
extern const SandboxOperation sandbox_exports_operations[];
extern const SandboxOperation sandbox_machines_operations[];
extern const SandboxOperation sandbox_robots_operations[];
extern const SandboxOperation sandbox_roles_operations[];
extern const SandboxOperation sandbox_tenant_settings_operations[];
extern const SandboxOperation sandbox_service_info_operations[];
extern const SandboxOperation sandbox_stats_operations[];
extern const SandboxOperation sandbox_users_operations[];
extern const SandboxOperation sandbox_directory_search_operations[];
extern const SandboxOperation sandbox_licensing_operations[];
extern const SandboxOperation sandbox_mail_operations[];
extern const SandboxOperation sandbox_maintenance_operations[];
extern const SandboxOperation sandbox_status_operations[];
extern const SandboxOperation sandbox_translations_operations[];
extern const SandboxOperation sandbox_metadata_operations[];
extern const SandboxOperation sandbox_swagger_operations[];
extern const SandboxOperation sandbox_webhook_operations[];
extern const SandboxOperation sandbox_webhooks_operations[];
extern const SandboxOperation sandbox_folders_operations[];
extern const SandboxOperation sandbox_queue_status_operations[];
extern const SandboxOperation sandbox_share_operations[];
extern const SandboxOperation sandbox_credential_stores_operations[];
extern const SandboxOperation sandbox_attachments_operations[];
extern const SandboxOperation sandbox_blobs_operations[];
extern const SandboxOperation sandbox_feeds_operations[];
extern const SandboxOperation sandbox_folder_members_operations[];
extern const SandboxOperation sandbox_folder_roles_operations[];
extern const SandboxOperation sandbox_folder_moves_operations[];
extern const SandboxOperation sandbox_organization_units_operations[];
extern const SandboxOperation sandbox_packages_operations[];
extern const SandboxOperation sandbox_buckets_operations[];
extern const SandboxOperation sandbox_tenant_operations[];

/* Writing. */
extern const SandboxOperation sandbox_http_trigger_call_operations[];
extern const SandboxOperation sandbox_http_trigger_operations[];
extern const SandboxOperation sandbox_job_trigger_operations[];
extern const SandboxOperation sandbox_jobs_operations[];
extern const SandboxOperation sandbox_start_jobs_operations[];
extern const SandboxOperation sandbox_assets_operations[];
extern const SandboxOperation sandbox_queue_comments_operations[];
extern const SandboxOperation sandbox_queue_definitions_operations[];
extern const SandboxOperation sandbox_queue_items_operations[];
extern const SandboxOperation sandbox_queue_records_operations[];
extern const SandboxOperation sandbox_queue_transactions_operations[];
extern const SandboxOperation sandbox_queues_operations[];
extern const SandboxOperation sandbox_retention_operations[];
extern const SandboxOperation sandbox_task_catalogs_operations[];
extern const SandboxOperation sandbox_task_create_operations[];
extern const SandboxOperation sandbox_task_data_operations[];
extern const SandboxOperation sandbox_business_rules_operations[];
extern const SandboxOperation sandbox_tasks_operations[];
extern const SandboxOperation sandbox_test_automation_operations[];
extern const SandboxOperation sandbox_test_data_operations[];
extern const SandboxOperation sandbox_test_schedules_operations[];
extern const SandboxOperation sandbox_logs_operations[];
extern const SandboxOperation sandbox_media_operations[];
extern const SandboxOperation sandbox_releases_operations[];
extern const SandboxOperation sandbox_sessions_operations[];
extern const SandboxOperation sandbox_schedules_operations[];

G_END_DECLS
