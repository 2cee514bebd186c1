/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "baton-resource.h"

G_BEGIN_DECLS

/* The resources, each in its own file, and what their files share. */

extern const BatonResource baton_processes_resource;
extern const BatonResource baton_jobs_resource;
extern const BatonResource baton_triggers_resource;
extern const BatonResource baton_logs_resource;
extern const BatonResource baton_packages_resource;
extern const BatonResource baton_queues_resource;
extern const BatonResource baton_queue_items_resource;
extern const BatonResource baton_assets_resource;
extern const BatonResource baton_robots_resource;
extern const BatonResource baton_machines_resource;
extern const BatonResource baton_sessions_resource;
extern const BatonResource baton_users_resource;
extern const BatonResource baton_roles_resource;
extern const BatonResource baton_folders_resource;

/* The definition's JobPriority, ProcessType, robot types, target frameworks: of several
 * resources. */
extern const BatonState baton_priority_states[];
extern const BatonState baton_process_type_states[];
extern const BatonState baton_runtime_states[];
extern const BatonState baton_framework_states[];
extern const BatonState baton_provision_states[];

/* Returns: (transfer full): a call of @method on @path for @record: in the folder of the record,
 * else @folder. @body: (transfer full) (nullable). */
BatonRequest *baton_catalogue_request (BatonRecord *record,
                                       gint64 folder,
                                       const char *method,
                                       const char *path,
                                       const char *permission,
                                       JsonNode *body);

/* Filters of links. (transfer full) (nullable): NULL where the record has no value there.
 * @field: id; NULL is the key. What does not have the shape is no link: the text comes from a server. */
char *baton_catalogue_filter_number (BatonRecord *record, const char *field, const char *property);
char *baton_catalogue_filter_guid (BatonRecord *record, const char *field, const char *property);
char *baton_catalogue_filter_text (BatonRecord *record, const char *field, const char *property);

G_END_DECLS
