/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The names of the enumerations of the definition in its order, which is the order of their numbers; up to NULL. */
extern const char *const sandbox_enum_runtime_type[];
extern const char *const sandbox_enum_job_state[];
extern const char *const sandbox_enum_job_source_type[];
extern const char *const sandbox_enum_job_type[];
extern const char *const sandbox_enum_job_priority[];
extern const char *const sandbox_enum_stop_strategy[];
extern const char *const sandbox_enum_process_type[];
extern const char *const sandbox_enum_remote_control[];
extern const char *const sandbox_enum_serverless_job_type[];
extern const char *const sandbox_enum_folder_type[];
extern const char *const sandbox_enum_provision_type[];
extern const char *const sandbox_enum_permission_model[];
extern const char *const sandbox_enum_feed_type[];
extern const char *const sandbox_enum_target_framework[];
extern const char *const sandbox_enum_robot_size[];
extern const char *const sandbox_enum_queue_item_status[];
extern const char *const sandbox_enum_review_status[];
extern const char *const sandbox_enum_exception_type[];
extern const char *const sandbox_enum_queue_item_priority[];
extern const char *const sandbox_enum_item_event[];
extern const char *const sandbox_enum_report_type[];
extern const char *const sandbox_enum_retention_action[];
extern const char *const sandbox_enum_retention_type[];
extern const char *const sandbox_enum_test_set_source[];
extern const char *const sandbox_enum_test_status[];
extern const char *const sandbox_enum_test_trigger[];
extern const char *const sandbox_enum_coverage_status[];
extern const char *const sandbox_enum_test_case_type[];
extern const char *const sandbox_enum_task_status[];
extern const char *const sandbox_enum_assignment_criteria[];
extern const char *const sandbox_enum_task_type[];
extern const char *const sandbox_enum_task_priority[];
extern const char *const sandbox_enum_task_activity[];
extern const char *const sandbox_enum_asset_scope[];
extern const char *const sandbox_enum_asset_type[];
extern const char *const sandbox_enum_log_level[];
extern const char *const sandbox_enum_hosting_type[];
extern const char *const sandbox_enum_credential_type[];
extern const char *const sandbox_enum_machine_type[];
extern const char *const sandbox_enum_machine_scope[];
extern const char *const sandbox_enum_detection_status[];
extern const char *const sandbox_enum_automation_type[];
extern const char *const sandbox_enum_machine_framework[];
extern const char *const sandbox_enum_serverless_licensing[];
extern const char *const sandbox_enum_session_state[];
extern const char *const sandbox_enum_license_error[];
extern const char *const sandbox_enum_session_type[];
extern const char *const sandbox_enum_session_source[];
extern const char *const sandbox_enum_platform[];
extern const char *const sandbox_enum_user_type[];
extern const char *const sandbox_enum_role_type[];
extern const char *const sandbox_enum_permission_scope[];
extern const char *const sandbox_enum_package_type[];
extern const char *const sandbox_enum_project_type[];
extern const char *const sandbox_enum_setting_scope[];
extern const char *const sandbox_enum_maintenance_mode[];
extern const char *const sandbox_enum_audit_action[];
extern const char *const sandbox_enum_audit_component[];
extern const char *const sandbox_enum_export_type[];
extern const char *const sandbox_enum_export_status[];
extern const char *const sandbox_enum_bucket_options[];
extern const char *const sandbox_enum_machine_folder_state[];
extern const char *const sandbox_enum_proxy_type[];
extern const char *const sandbox_enum_credential_resource[];
extern const char *const sandbox_enum_alert_component[];
extern const char *const sandbox_enum_alert_severity[];
extern const char *const sandbox_enum_alert_state[];
extern const char *const sandbox_enum_maintenance_state[];

G_END_DECLS
