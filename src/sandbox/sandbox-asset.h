/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sandbox-row.h"

G_BEGIN_DECLS

/* The value of an asset, or of one account's: the columns of which type it fills. What is write-only is not given out. */
typedef struct
{
  int type;              /* number of ValueType */
  char *value;           /* (owned) (nullable): as it is shown */
  char *text;            /* (owned) (nullable) */
  gboolean has_bool;
  gboolean boolean;
  gboolean has_integer;
  int integer;
  char *user_name;       /* (owned) (nullable): of a credential */
  const char *password;  /* (unowned) (nullable): of a credential; NULL keeps what is stored */
  const char *secret;    /* (unowned) (nullable) */
} SandboxAssetValue;

/* The row of a new value. */
#define SANDBOX_ASSET_VALUES(self) \
  SANDBOX_INT ("ValueType", (self).type), SANDBOX_TEXT ("Value", (self).value), SANDBOX_TEXT ("StringValue", (self).text), \
  { "BoolValue", (self).has_bool ? SANDBOX_VALUE_INT : SANDBOX_VALUE_NULL, (self).boolean, NULL }, \
  { "IntValue", (self).has_integer ? SANDBOX_VALUE_INT : SANDBOX_VALUE_NULL, (self).integer, NULL }, \
  SANDBOX_TEXT ("CredentialUsername", (self).user_name), SANDBOX_TEXT ("CredentialPassword", (self).password), \
  SANDBOX_TEXT ("SecretValue", (self).secret)

/* @type: name of a ValueType. @text: (nullable): what it holds, for a credential its user name. */
void sandbox_asset_value_parse (SandboxAssetValue *self, const char *type, const char *text);
void sandbox_asset_value_clear (SandboxAssetValue *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (SandboxAssetValue, sandbox_asset_value_clear)

G_END_DECLS
