/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n.h>

#include "baton-catalogue-private.h"

/* Fact sheet 6.18; definition: Roles. A tenant has a few dozen: they come whole, and are sorted
 * here. */

static const BatonState types[] = {
  { "Mixed", N_("Mixed"), NULL, BATON_TONE_NEUTRAL },
  { "Tenant", N_("Tenant"), NULL, BATON_TONE_NEUTRAL },
  { "Folder", N_("Folder"), NULL, BATON_TONE_NEUTRAL },
  { NULL },
};

static const BatonField fields[] = {
  { "name", "DisplayName", N_("Name"), BATON_FIELD_TEXT,
    BATON_FIELD_DEFAULT | BATON_FIELD_SORTABLE | BATON_FIELD_SEARCHED, 260 },
  { "type", "Type", N_("Type"), BATON_FIELD_STATE,
    BATON_FIELD_DEFAULT | BATON_FIELD_SORTABLE | BATON_FIELD_FILTERED, 120, NULL, types },
  { "static", "IsStatic", N_("Built in"), BATON_FIELD_BOOL,
    BATON_FIELD_DEFAULT | BATON_FIELD_SORTABLE | BATON_FIELD_FILTERED, 100 },
  { "editable", "IsEditable", N_("Can be edited"), BATON_FIELD_BOOL,
    BATON_FIELD_DEFAULT | BATON_FIELD_SORTABLE, 120 },
  { "system-name", "Name", N_("System name"), BATON_FIELD_TEXT,
    BATON_FIELD_SORTABLE | BATON_FIELD_SEARCHED, 200 },
  { "id", "Id", N_("ID"), BATON_FIELD_NUMBER, BATON_FIELD_SORTABLE | BATON_FIELD_MONOSPACE, 90 },
  { "permissions", "Permissions", N_("Permissions"), BATON_FIELD_JSON, BATON_FIELD_DETAIL, 0, NULL,
    NULL, N_("Permissions") },
  { NULL },
};

const BatonResource baton_roles_resource = {
  .id = "roles",
  .title = N_("Roles"),
  .singular = N_("role"),
  .icon = "security-high-symbolic",
  .group = N_("Access"),
  .path = "/odata/Roles",
  .detail_path = "/odata/Roles(%s)",
  .detail_expand = "Permissions",
  .key = "Id",
  .name = "name",
  .sort = "name",
  .tie_breaker = "Id",
  .scope = BATON_SCOPE_TENANT,
  .permission = "Roles.View",
  .client_only = TRUE,
  .empty_title = N_("No roles"),
  .empty_hint = N_("A role is a set of permissions that users are given in the tenant or in a "
                   "folder."),
  .fields = fields,
};
