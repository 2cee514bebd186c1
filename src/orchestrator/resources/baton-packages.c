/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n.h>

#include "baton-catalogue-private.h"

/* Fact sheet 6.3; definition: the entity set Processes. The list is all there is of a package:
 * it has no by-key read. */

static const BatonField fields[] = {
  { "name", "Id", N_("Name"), BATON_FIELD_TEXT, BATON_FIELD_DEFAULT | BATON_FIELD_SORTABLE, 210 },
  { "version", "Version", N_("Version"), BATON_FIELD_TEXT, BATON_FIELD_DEFAULT, 90 },
  { "type", "PackageType", N_("Type"), BATON_FIELD_STATE, BATON_FIELD_DEFAULT, 120, NULL,
    baton_process_type_states },
  { "framework", "TargetFramework", N_("Framework"), BATON_FIELD_STATE, BATON_FIELD_DEFAULT,
    120, NULL, baton_framework_states },
  { "published", "Published", N_("Published"), BATON_FIELD_TIME,
    BATON_FIELD_DEFAULT | BATON_FIELD_SORTABLE },
  { "authors", "Authors", N_("Authors"), BATON_FIELD_TEXT, BATON_FIELD_DEFAULT, 130 },
  { "description", "Description", N_("Description"), BATON_FIELD_LONG, BATON_FIELD_DEFAULT, 220 },
  { "title", "Title", N_("Title"), BATON_FIELD_TEXT, 0, 200 },
  { "key", "Key", N_("Key"), BATON_FIELD_TEXT, BATON_FIELD_HIDDEN | BATON_FIELD_MONOSPACE },
  { "entry-point", "MainEntryPointPath", N_("Entry point"), BATON_FIELD_TEXT, BATON_FIELD_HIDDEN },
  { "tags", "Tags", N_("Tags"), BATON_FIELD_TEXT, BATON_FIELD_HIDDEN },
  { "notes", "ReleaseNotes", N_("Release notes"), BATON_FIELD_LONG, BATON_FIELD_HIDDEN },
  { NULL },
};

static char *
filter_processes (BatonRecord *record)
{
  return baton_catalogue_filter_text (record, "name", "ProcessKey");
}

static const BatonLink links[] = {
  { N_("Processes of this package"), "application-x-executable-symbolic", "processes",
    filter_processes },
  { NULL },
};

const BatonResource baton_packages_resource = {
  .id = "packages",
  .title = N_("Packages"),
  .singular = N_("package"),
  .icon = "package-x-generic-symbolic",
  .group = N_("Automation"),
  .path = "/odata/Processes",
  .key = "Key",
  .name = "name",
  .sort = "name",
  .tie_breaker = "Key",
  .scope = BATON_SCOPE_TENANT,
  .permission = "Packages.View",
  .search_parameter = "searchTerm",
  .empty_title = N_("No packages"),
  .empty_hint = N_("Packages are published from Studio, or uploaded to the tenant's feed."),
  .fields = fields,
  .links = links,
};
