/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sandbox-request.h"
#include "sandbox-row.h"

G_BEGIN_DECLS

/* The value of an asset, or of one account's, in the columns that its type fills. What is
 * write-only is never given out. */
typedef struct
{
  int type;    /* number of ValueType, in the order of sandbox_enum_asset_type */
  char *value; /* (owned) (nullable): as it is shown */
  char *text;  /* (owned) (nullable) */
  gboolean has_bool;
  gboolean boolean;
  gboolean has_integer;
  int integer;
  char *user_name; /* (owned) (nullable): of a credential */
  char *password;  /* (owned) (nullable): of a credential; write-only */
  char *secret;    /* (owned) (nullable): write-only */
  char *pairs;     /* (owned) (nullable): JSON of a KeyValueList */
} SandboxAssetValue;

/* The row of a value. */
#define SANDBOX_ASSET_VALUES(self) \
  SANDBOX_INT ("ValueType", (self).type), SANDBOX_TEXT ("Value", (self).value), \
      SANDBOX_TEXT ("StringValue", (self).text), \
      SANDBOX_INT_IF ("BoolValue", (self).has_bool, (self).boolean), \
      SANDBOX_INT_IF ("IntValue", (self).has_integer, (self).integer), \
      SANDBOX_TEXT ("CredentialUsername", (self).user_name), \
      SANDBOX_TEXT ("CredentialPassword", (self).password), \
      SANDBOX_TEXT ("SecretValue", (self).secret), SANDBOX_TEXT ("KeyValueList", (self).pairs)

/* @type: name of a ValueType. @text: (nullable): what it holds: text, number, "True", for a
 * credential its user name. */
void sandbox_asset_value_parse (SandboxAssetValue *self, const char *type, const char *text);

/* Reads the members of an AssetDto or AssetUserValueDto, already checked. @old: (nullable): what is
 * stored now: a password or secret that is left out stays (fact sheet 6.12). Answers where a member
 * lacks. Returns: TRUE where @self is filled. */
gboolean sandbox_asset_value_read (SandboxAssetValue *self,
                                   SandboxRequest *request,
                                   JsonObject *object,
                                   int type,
                                   const SandboxAssetValue *old);

/* @table: "Assets" or "AssetUserValues". Returns: FALSE where there is no such row. */
gboolean sandbox_asset_value_load (SandboxAssetValue *self,
                                   SandboxStore *store,
                                   const char *table,
                                   gint64 id);

void sandbox_asset_value_clear (SandboxAssetValue *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (SandboxAssetValue, sandbox_asset_value_clear)

G_END_DECLS
