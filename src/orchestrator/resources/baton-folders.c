/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n.h>

#include "baton-catalogue-private.h"

/* Fact sheet 6.1; definition: Folders. */

static const BatonState types[] = {
  { "Standard", N_("Standard"), "folder-symbolic", BATON_TONE_NEUTRAL },
  { "Personal", N_("Personal workspace"), "user-home-symbolic", BATON_TONE_NEUTRAL },
  { "Virtual", N_("Virtual"), "folder-saved-search-symbolic", BATON_TONE_NEUTRAL },
  { "Solution", N_("Solution"), "folder-symbolic", BATON_TONE_NEUTRAL },
  { "DebugSolution", N_("Solution under test"), "folder-symbolic", BATON_TONE_NEUTRAL },
  { NULL },
};

static const BatonField fields[] = {
  { "name", "DisplayName", N_("Name"), BATON_FIELD_TEXT,
    BATON_FIELD_DEFAULT | BATON_FIELD_SORTABLE | BATON_FIELD_SEARCHED, 200 },
  { "path", "FullyQualifiedName", N_("Path"), BATON_FIELD_TEXT,
    BATON_FIELD_DEFAULT | BATON_FIELD_SORTABLE | BATON_FIELD_SEARCHED, 250 },
  { "type", "FolderType", N_("Type"), BATON_FIELD_STATE,
    BATON_FIELD_DEFAULT | BATON_FIELD_FILTERED, 190, NULL, types },
  { "description", "Description", N_("Description"), BATON_FIELD_LONG, BATON_FIELD_DEFAULT, 280 },
  { "provision", "ProvisionType", N_("Robots set up"), BATON_FIELD_STATE, 0, 130, NULL,
    baton_provision_states },
  { "permissions", "PermissionModel", N_("Permissions"), BATON_FIELD_TEXT, 0, 150 },
  { "feed", "FeedType", N_("Packages from"), BATON_FIELD_TEXT, 0, 140 },
  { "id", "Id", N_("ID"), BATON_FIELD_NUMBER, BATON_FIELD_SORTABLE | BATON_FIELD_MONOSPACE, 90 },
  { "key", "Key", N_("Key"), BATON_FIELD_TEXT, BATON_FIELD_HIDDEN | BATON_FIELD_MONOSPACE },
  { "parent", "ParentId", N_("Parent ID"), BATON_FIELD_NUMBER,
    BATON_FIELD_HIDDEN | BATON_FIELD_MONOSPACE },
  { NULL },
};

static char *
filter_parent (BatonRecord *record)
{
  return baton_catalogue_filter_number (record, "parent", "Id");
}

static char *
filter_children (BatonRecord *record)
{
  return baton_catalogue_filter_number (record, NULL, "ParentId");
}

static const BatonLink links[] = {
  { N_("Parent folder"), "go-up-symbolic", "folders", filter_parent },
  { N_("Folders in this one"), "folder-symbolic", "folders", filter_children },
  { NULL },
};

const BatonResource baton_folders_resource = {
  .id = "folders",
  .title = N_("Folders"),
  .singular = N_("folder"),
  .icon = "folder-symbolic",
  .group = N_("Access"),
  .path = "/odata/Folders",
  .detail_path = "/odata/Folders(%s)",
  .key = "Id",
  .name = "name",
  .sort = "path",
  .tie_breaker = "Id",
  .scope = BATON_SCOPE_TENANT,
  .permission = "Units.View",
  .empty_title = N_("No folders"),
  .empty_hint = N_("Folders hold processes, queues and assets, and say who may use them."),
  .fields = fields,
  .links = links,
};
