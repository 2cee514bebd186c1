/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* The types that can be made in the service's own pages (fact sheet 6.12). */
typedef enum
{
  BATON_ASSET_TEXT,
  BATON_ASSET_BOOL,
  BATON_ASSET_INTEGER,
  BATON_ASSET_CREDENTIAL,
  BATON_ASSET_SECRET,
  BATON_ASSET_OTHER, /* is kept as it is */
} BatonAssetType;

/* One value, in the members that its type fills. All (unowned). */
typedef struct
{
  const char *text;
  gboolean on;
  gint64 number;
  const char *user_name;
  const char *secret; /* a password or a secret; "" where none was typed */
} BatonAssetValue;

/* The value of one account, on one machine or on all. */
typedef struct
{
  gint64 user;
  gint64 machine; /* 0: any */
  BatonAssetValue value;
  JsonObject *original; /* (unowned) (nullable): the AssetUserValueDto as it was read */
} BatonAssetUserValue;

/* What a form says of an asset; all (unowned) while it is used. */
typedef struct
{
  const char *name;
  const char *description;
  BatonAssetType type;
  gboolean has_default;
  BatonAssetValue value; /* where it has a default */
  const BatonAssetUserValue *user_values;
  guint n_user_values;
} BatonAssetForm;

/* Returns: (transfer none): "Text" as the service names it; NULL for BATON_ASSET_OTHER. */
const char *baton_asset_type_to_text (BatonAssetType type);
BatonAssetType baton_asset_type_from_text (const char *text);

/* Returns: (transfer full): what is sent to create an asset, or, where @original is given, to
 * change it. Secrets that were read back empty are left out: the service keeps what it has.
 * @original: (nullable). */
JsonNode *baton_asset_make_body (const BatonAssetForm *form, JsonObject *original);
/* Returns: the position of the first value for the same account and machine as an earlier one; -1
 * where there is none. */
int baton_asset_find_double (const BatonAssetForm *form);

G_END_DECLS
