/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n.h>

#include "baton-catalogue-private.h"

/* Fact sheet 6.18; definition: Users. */

static const BatonState types[] = {
  { "User", N_("Local user"), "avatar-default-symbolic", BATON_TONE_NEUTRAL },
  { "Robot", N_("Robot"), "application-x-appliance-symbolic", BATON_TONE_NEUTRAL },
  { "DirectoryUser", N_("Directory user"), "avatar-default-symbolic", BATON_TONE_NEUTRAL },
  { "DirectoryGroup", N_("Directory group"), "system-users-symbolic", BATON_TONE_NEUTRAL },
  { "DirectoryRobot", N_("Robot account"), "application-x-appliance-symbolic",
    BATON_TONE_NEUTRAL },
  { "DirectoryExternalApplication", N_("External application"), "application-x-addon-symbolic",
    BATON_TONE_NEUTRAL },
  { NULL },
};

static const BatonField fields[] = {
  { "user-name", "UserName", N_("User name"), BATON_FIELD_TEXT,
    BATON_FIELD_DEFAULT | BATON_FIELD_SORTABLE | BATON_FIELD_SEARCHED, 160 },
  { "name", "FullName", N_("Name"), BATON_FIELD_TEXT, BATON_FIELD_DEFAULT, 150 },
  { "type", "Type", N_("Type"), BATON_FIELD_STATE,
    BATON_FIELD_DEFAULT | BATON_FIELD_SORTABLE | BATON_FIELD_FILTERED, 130, NULL, types },
  { "email", "EmailAddress", N_("E-mail"), BATON_FIELD_TEXT,
    BATON_FIELD_DEFAULT | BATON_FIELD_SORTABLE | BATON_FIELD_SEARCHED, 230 },
  { "roles", "RolesList", N_("Roles"), BATON_FIELD_TEXT, BATON_FIELD_DEFAULT, 210 },
  { "last-login", "LastLoginTime", N_("Last signed in"), BATON_FIELD_TIME,
    BATON_FIELD_DEFAULT | BATON_FIELD_SORTABLE | BATON_FIELD_FILTERED },
  { "licence", "LicenseType", N_("Licence"), BATON_FIELD_STATE, 0, 120, NULL,
    baton_runtime_states },
  { "domain", "Domain", N_("Domain"), BATON_FIELD_TEXT, 0, 120 },
  { "created", "CreationTime", N_("Created"), BATON_FIELD_TIME, BATON_FIELD_SORTABLE },
  { "id", "Id", N_("ID"), BATON_FIELD_NUMBER, BATON_FIELD_SORTABLE | BATON_FIELD_MONOSPACE, 90 },
  { "key", "Key", N_("Key"), BATON_FIELD_TEXT, BATON_FIELD_HIDDEN | BATON_FIELD_MONOSPACE },
  { "user-session", "MayHaveUserSession", N_("Web access"), BATON_FIELD_BOOL, BATON_FIELD_DETAIL,
    0, NULL, NULL, N_("May have") },
  { "robot-session", "MayHaveRobotSession", N_("Attended robot"), BATON_FIELD_BOOL,
    BATON_FIELD_DETAIL, 0, NULL, NULL, N_("May have") },
  { "unattended-session", "MayHaveUnattendedSession", N_("Unattended robot"), BATON_FIELD_BOOL,
    BATON_FIELD_DETAIL, 0, NULL, NULL, N_("May have") },
  { "workspace", "MayHavePersonalWorkspace", N_("Personal workspace"), BATON_FIELD_BOOL,
    BATON_FIELD_DETAIL, 0, NULL, NULL, N_("May have") },
  { NULL },
};

static char *
filter_robots (BatonRecord *record)
{
  return baton_catalogue_filter_number (record, NULL, "UserId");
}

static const BatonLink links[] = {
  { N_("Robots of this user"), "application-x-appliance-symbolic", "robots", filter_robots },
  { NULL },
};

const BatonResource baton_users_resource = {
  .id = "users",
  .title = N_("Users"),
  .singular = N_("user"),
  .icon = "system-users-symbolic",
  .group = N_("Access"),
  .path = "/odata/Users",
  .detail_path = "/odata/Users(%s)",
  .key = "Id",
  .name = "user-name",
  .sort = "user-name",
  .tie_breaker = "Id",
  .scope = BATON_SCOPE_TENANT,
  .permission = "Users.View",
  .empty_title = N_("No users"),
  .empty_hint = N_("Users, groups, robot accounts and external applications of the tenant."),
  .fields = fields,
  .links = links,
};
