/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n.h>

#include "baton-catalogue-private.h"

/* Fact sheet 6.12; definition: Assets. What is secret in an asset is written, never read. */

static const BatonState types[] = {
  { "Text", N_("Text"), "format-justify-left-symbolic", BATON_TONE_NEUTRAL },
  { "Bool", N_("Boolean"), "checkbox-checked-symbolic", BATON_TONE_NEUTRAL },
  { "Integer", N_("Integer"), "view-list-ordered-symbolic", BATON_TONE_NEUTRAL },
  { "Credential", N_("Credential"), "dialog-password-symbolic", BATON_TONE_NEUTRAL },
  { "Secret", N_("Secret"), "changes-prevent-symbolic", BATON_TONE_NEUTRAL },
  { "DBConnectionString", N_("Database connection"), "drive-multidisk-symbolic", BATON_TONE_NEUTRAL },
  { "HttpConnectionString", N_("HTTP connection"), "network-server-symbolic", BATON_TONE_NEUTRAL },
  { "WindowsCredential", N_("Windows credential"), "dialog-password-symbolic", BATON_TONE_NEUTRAL },
  { "KeyValueList", N_("Key-value list"), "view-list-bullet-symbolic", BATON_TONE_NEUTRAL },
  { NULL },
};

static const BatonState scopes[] = {
  { "Global", N_("Global"), NULL, BATON_TONE_NEUTRAL },
  { "PerRobot", N_("Per account"), NULL, BATON_TONE_NEUTRAL },
  { NULL },
};

static const BatonField fields[] = {
  { "name", "Name", N_("Name"), BATON_FIELD_TEXT,
    BATON_FIELD_DEFAULT | BATON_FIELD_SORTABLE | BATON_FIELD_SEARCHED, 200 },
  { "type", "ValueType", N_("Type"), BATON_FIELD_STATE,
    BATON_FIELD_DEFAULT | BATON_FIELD_SORTABLE | BATON_FIELD_FILTERED, 130, NULL, types },
  { "value", "Value", N_("Value"), BATON_FIELD_LONG, BATON_FIELD_DEFAULT, 210 },
  { "scope", "ValueScope", N_("Scope"), BATON_FIELD_STATE,
    BATON_FIELD_DEFAULT | BATON_FIELD_FILTERED, 110, NULL, scopes },
  { "description", "Description", N_("Description"), BATON_FIELD_LONG,
    BATON_FIELD_DEFAULT | BATON_FIELD_SEARCHED, 230 },
  { "modified", "LastModificationTime", N_("Changed"), BATON_FIELD_TIME,
    BATON_FIELD_DEFAULT | BATON_FIELD_SORTABLE },
  { "created", "CreationTime", N_("Created"), BATON_FIELD_TIME, BATON_FIELD_SORTABLE },
  { "default", "HasDefaultValue", N_("Has a global value"), BATON_FIELD_BOOL, 0, 130 },
  { "user-name", "CredentialUsername", N_("User name"), BATON_FIELD_TEXT, 0, 150 },
  { "id", "Id", N_("ID"), BATON_FIELD_NUMBER, BATON_FIELD_SORTABLE | BATON_FIELD_MONOSPACE, 90 },
  { "key", "Key", N_("Key"), BATON_FIELD_TEXT, BATON_FIELD_HIDDEN | BATON_FIELD_MONOSPACE },
  { "deletable", "CanBeDeleted", N_("Can be deleted"), BATON_FIELD_BOOL, BATON_FIELD_HIDDEN },
  { "folders", "FoldersCount", N_("In folders"), BATON_FIELD_NUMBER, BATON_FIELD_DETAIL },
  { "labels", "Tags/DisplayName", N_("Labels"), BATON_FIELD_TEXT, BATON_FIELD_DETAIL },
  { "per-account", "UserValues", N_("Values per account"), BATON_FIELD_JSON, BATON_FIELD_DETAIL, 0,
    NULL, NULL, N_("Values") },
  { NULL },
};

static gboolean
may_delete (BatonRecord *record)
{
  /* Older servers do not say whether it can be. */
  return baton_record_get (record, "deletable") == NULL
         || baton_record_get_int (record, "deletable") != 0;
}

static BatonRequest *
make_delete (BatonRecord *record, gint64 folder)
{
  g_autofree char *path = g_strdup_printf ("/odata/Assets(%s)", baton_record_get_key (record));

  return baton_catalogue_request (record, folder, "DELETE", path, "Assets.Delete", NULL);
}

static const BatonAction actions[] = {
  { "new", N_("New asset"), "list-add-symbolic", "Assets.Create", .form = "asset" },
  { "edit", N_("Edit"), "document-edit-symbolic", "Assets.Edit", .form = "asset",
    .needs_row = TRUE },
  { "delete", N_("Delete"), "user-trash-symbolic", "Assets.Delete", .destructive = TRUE,
    .question = N_("The asset and all its values are gone for good. A process that asks for it by "
                    "its name fails from then on."),
    .needs_row = TRUE, .applies = may_delete, .make_request = make_delete },
  { NULL },
};

const BatonResource baton_assets_resource = {
  .id = "assets",
  .title = N_("Assets"),
  .singular = N_("asset"),
  .icon = "insert-object-symbolic",
  .group = N_("Data"),
  .path = "/odata/Assets",
  .detail_path = "/odata/Assets(%s)",
  .detail_expand = "UserValues",
  .key = "Id",
  .name = "name",
  .sort = "name",
  .tie_breaker = "Id",
  .scope = BATON_SCOPE_FOLDER,
  .permission = "Assets.View",
  .empty_title = N_("No assets"),
  .empty_hint = N_("Assets are the settings and credentials that processes read when they run."),
  .fields = fields,
  .actions = actions,
};
