/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sandbox-entity.h"

G_BEGIN_DECLS

/* The tables of fields, one group a file; the fields and their order are the definition's. */
extern const SandboxEntitySet sandbox_set_folders;
extern const SandboxEntitySet sandbox_set_releases;
extern const SandboxEntitySet sandbox_set_release_versions;
extern const SandboxEntitySet sandbox_set_entry_points;
extern const SandboxEntitySet sandbox_set_jobs;
extern const SandboxEntitySet sandbox_set_job_triggers;
extern const SandboxEntitySet sandbox_set_job_triggers_with_events;
extern const SandboxEntitySet sandbox_set_queue_definitions;
extern const SandboxEntitySet sandbox_set_queue_items;
extern const SandboxEntitySet sandbox_set_queue_item_comments;
extern const SandboxEntitySet sandbox_set_queue_item_events;
extern const SandboxEntitySet sandbox_set_queue_processing_records;
extern const SandboxEntitySet sandbox_set_queue_retention;
extern const SandboxEntitySet sandbox_set_queue_stale_retention;
extern const SandboxEntitySet sandbox_set_assets;
extern const SandboxEntitySet sandbox_set_asset_user_values;
extern const SandboxEntitySet sandbox_set_process_schedules;
extern const SandboxEntitySet sandbox_set_robot_logs;
extern const SandboxEntitySet sandbox_set_robots;
extern const SandboxEntitySet sandbox_set_robot_licenses;
extern const SandboxEntitySet sandbox_set_machines;
extern const SandboxEntitySet sandbox_set_machine_session_runtimes;
extern const SandboxEntitySet sandbox_set_sessions;
extern const SandboxEntitySet sandbox_set_users;
extern const SandboxEntitySet sandbox_set_user_roles;
extern const SandboxEntitySet sandbox_set_roles;
extern const SandboxEntitySet sandbox_set_role_permissions;
extern const SandboxEntitySet sandbox_set_processes;
extern const SandboxEntitySet sandbox_set_settings;
extern const SandboxEntitySet sandbox_set_attachments;
extern const SandboxEntitySet sandbox_set_buckets;
extern const SandboxEntitySet sandbox_set_bucket_files;
extern const SandboxEntitySet sandbox_set_bucket_directories;
extern const SandboxEntitySet sandbox_set_credential_stores;
extern const SandboxEntitySet sandbox_set_default_credential_stores;
extern const SandboxEntitySet sandbox_set_credential_store_resources;
extern const SandboxEntitySet sandbox_set_credentials_proxy_resources;
extern const SandboxEntitySet sandbox_set_audit_logs;
extern const SandboxEntitySet sandbox_set_audit_log_entities;
extern const SandboxEntitySet sandbox_set_exports;

G_END_DECLS
