/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sandbox-person.h"
#include "sandbox-request.h"
#include "sandbox-token.h"

G_BEGIN_DECLS

/* The organisation as Identity knows it (its definition): people, groups, robot accounts, settings,
 * who signed in, and what was changed. */

extern const SandboxOperation sandbox_directory_user_operations[];
extern const SandboxOperation sandbox_directory_people_operations[];
extern const SandboxOperation sandbox_directory_group_operations[];
extern const SandboxOperation sandbox_directory_robot_operations[];
extern const SandboxOperation sandbox_directory_setting_operations[];
extern const SandboxOperation sandbox_directory_entity_operations[];
extern const SandboxOperation sandbox_directory_template_operations[];
extern const SandboxOperation sandbox_directory_certificate_operations[];

/* Makes the tables where they lack. */
void sandbox_directory_prepare (SandboxStore *store);
/* Adds the groups and accounts that are there from the start. */
void sandbox_directory_seed (SandboxStore *store);
/* Part of sandbox_directory_prepare(): adds the letters that lack. */
void sandbox_directory_prepare_templates (SandboxStore *store);

/* Writes a line of the audit log. @person: (nullable): who did it. @category: "ExternalClient".
 * @message: in words, with nothing secret. */
void sandbox_directory_audit (SandboxStore *store,
                              const SandboxPerson *person,
                              const char *category,
                              const char *action,
                              const char *message);

typedef enum
{
  SANDBOX_ATTEMPT_WRONG, /* user name or password */
  SANDBOX_ATTEMPT_GOOD,
  SANDBOX_ATTEMPT_INACTIVE, /* may not sign in */
} SandboxAttempt;

/* Keeps that somebody tried to sign in. @person: (nullable): nobody that is known. */
void sandbox_directory_add_attempt (SandboxRequest *request,
                                    const SandboxPerson *person,
                                    const char *name,
                                    SandboxAttempt attempt);

/* Returns: (transfer full) (nullable): whom the address names by "userId"; answers where that is nobody. */
SandboxPerson *sandbox_directory_find_person (SandboxRequest *request);
/* Answers where the caller is somebody else, and no administrator of the organisation. */
gboolean sandbox_directory_check_own (SandboxRequest *request,
                                      const SandboxToken *token,
                                      const SandboxPerson *person);

/* Appends UserDto of the definition. */
void sandbox_directory_append_user (GString *json, SandboxStore *store, const SandboxPerson *person);

/* Appends ["GUID",…]: the groups that the person or robot account @member is in. */
void sandbox_directory_append_groups (GString *json, SandboxStore *store, const char *member);
/* Appends DirectoryEntity of the definition, of a person, a robot account or a group. Returns: FALSE where there is nothing of
 * that id. */
gboolean sandbox_directory_append_entity (GString *json, SandboxStore *store, const char *id);
/* Puts @member into the groups of @add and takes it out of those of @remove, both (nullable). */
void sandbox_directory_change_groups (SandboxStore *store,
                                      const char *member,
                                      JsonArray *add,
                                      JsonArray *remove);

/* Puts a person or robot account into a group, or takes it out. A person whom one of the groups that are always there lets in
 * becomes a user of each tenant. */
void
sandbox_directory_join (SandboxStore *store, const char *group, const char *member, gboolean in);
/* Takes away a person, with his users in the tenants. */
void sandbox_directory_remove_person (SandboxStore *store, const SandboxPerson *person);
/* Part of a change of people or groups. Answers where it would leave the organisation without an administrator who can sign
 * in: nobody could undo that. */
gboolean sandbox_directory_keeps_administrator (SandboxRequest *request);

G_END_DECLS
