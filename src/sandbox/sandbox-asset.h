/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sandbox-change.h"

G_BEGIN_DECLS

/* The value of an asset, or of one account's: the columns that its type fills. */

/* In the numbers of the service (definition: AssetDto.ValueType). */
typedef enum
{
  SANDBOX_ASSET_DB_CONNECTION,
  SANDBOX_ASSET_HTTP_CONNECTION,
  SANDBOX_ASSET_TEXT,
  SANDBOX_ASSET_BOOL,
  SANDBOX_ASSET_INTEGER,
  SANDBOX_ASSET_CREDENTIAL,
  SANDBOX_ASSET_WINDOWS_CREDENTIAL,
  SANDBOX_ASSET_KEY_VALUE_LIST,
  SANDBOX_ASSET_SECRET,
} SandboxAssetType;

/* Makes of @change a whole value of @type: what another type would hold goes, "Value" shows it, and
 * its store is the default one where none is named. A password or secret that is left out stays
 * (fact sheet 6.12). @must: it has to have a value. Answers where it lacks one, and 1500 where the
 * user name of a credential changes without its password. Returns: TRUE where it is whole. */
gboolean sandbox_asset_complete (SandboxRequest *request,
                                 SandboxChange *change,
                                 SandboxAssetType type,
                                 gboolean must);

/* Writes the values of accounts: @array is of AssetUserValueDto and takes the place of those that
 * are there. Answers where one is wrong. Returns: TRUE where all are written. */
gboolean sandbox_asset_write_user_values (SandboxRequest *request,
                                          gint64 id,
                                          SandboxAssetType type,
                                          JsonArray *array);

/* Writes the value of one account on one machine, 0 for any. */
gboolean sandbox_asset_write_user_value (
    SandboxRequest *request, gint64 id, SandboxAssetType type, JsonObject *object, gint64 *written);

extern const SandboxSetHooks sandbox_asset_hooks;

G_END_DECLS
