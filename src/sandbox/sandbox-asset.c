/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sandbox-asset.h"

void
sandbox_asset_value_clear (SandboxAssetValue *self)
{
  g_clear_pointer (&self->value, g_free);
  g_clear_pointer (&self->text, g_free);
  g_clear_pointer (&self->user_name, g_free);
}

void
sandbox_asset_value_parse (SandboxAssetValue *self, const char *type, const char *text)
{
  self->type = sandbox_row_get_enum ("Assets", "ValueType", type);
  if (text == NULL)
    return;

  if (g_str_equal (type, "Bool"))
    {
      self->has_bool = TRUE;
      self->boolean = g_ascii_strcasecmp (text, "true") == 0;
      self->value = g_strdup (self->boolean ? "True" : "False");
    }
  else if (g_str_equal (type, "Integer"))
    {
      self->has_integer = TRUE;
      self->integer = (int) g_ascii_strtoll (text, NULL, 10);
      self->value = g_strdup (text);
    }
  else if (g_str_equal (type, "Credential"))
    {
      self->user_name = g_strdup (text);
      self->value = g_strdup_printf ("username: %s", text);
    }
  else
    {
      self->text = g_strdup (text);
      self->value = g_strdup (text);
    }
}
