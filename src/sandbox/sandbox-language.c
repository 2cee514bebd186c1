/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sandbox-language.h"

const SandboxLanguage sandbox_languages[] = {
  { "en", "English" },
  { "de", "Deutsch" },
  { "es", "Español" },
  { "es-MX", "Español (México)" },
  { "fr", "Français" },
  { "ja", "日本語" },
  { "ko", "한국어" },
  { "pt", "Português" },
  { "pt-BR", "Português (Brasil)" },
  { "ru", "Русский" },
  { "tr", "Türkçe" },
  { "zh-CN", "简体中文" },
  { NULL },
};

gboolean
sandbox_language_is_known (const char *name)
{
  g_return_val_if_fail (name != NULL, FALSE);

  for (const SandboxLanguage *language = sandbox_languages; language->name != NULL; language++)
    if (g_ascii_strcasecmp (language->name, name) == 0)
      return TRUE;

  return FALSE;
}
