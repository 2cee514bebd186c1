/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct
{
  const char *name; /* "pt-BR" */
  const char *display_name;
} SandboxLanguage;

/* The languages that the service speaks, up to a name of NULL; the first is the default. */
extern const SandboxLanguage sandbox_languages[];

gboolean sandbox_language_is_known (const char *name);

G_END_DECLS
