/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sandbox-person.h"
#include "sandbox-request.h"

G_BEGIN_DECLS

/* The organisation as Identity knows it (its definition): people, groups, robot accounts, settings,
 * who signed in, and what was changed. */

extern const SandboxOperation sandbox_directory_user_operations[];
extern const SandboxOperation sandbox_directory_group_operations[];
extern const SandboxOperation sandbox_directory_robot_operations[];
extern const SandboxOperation sandbox_directory_setting_operations[];

/* Makes the tables where they lack. */
void sandbox_directory_prepare (SandboxStore *store);
/* Adds the groups and accounts that are there from the start. */
void sandbox_directory_seed (SandboxStore *store);

/* Writes a line of the audit log. @person: (nullable): who did it. @category: "ExternalClient".
 * @message: in words, with nothing secret. */
void sandbox_directory_audit (SandboxStore *store,
                              const SandboxPerson *person,
                              const char *category,
                              const char *action,
                              const char *message);
/* Keeps that somebody tried to sign in. @person: (nullable): nobody that is known. */
void sandbox_directory_add_attempt (SandboxRequest *request,
                                    const SandboxPerson *person,
                                    const char *name,
                                    gboolean success);

/* Appends ["GUID",…]: the groups that the person or robot account @member is in. */
void sandbox_directory_append_groups (GString *json, SandboxStore *store, const char *member);
/* Puts @member into the groups of @add and takes it out of those of @remove, both (nullable). */
void sandbox_directory_change_groups (SandboxStore *store,
                                      const char *member,
                                      JsonArray *add,
                                      JsonArray *remove);

G_END_DECLS
