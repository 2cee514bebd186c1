/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sandbox-request.h"

G_BEGIN_DECLS

/* Something that this Orchestrator answers. */
typedef struct
{
  const char *method;
  char *pattern;    /* (owned): below the base, functions without their brackets */
  char *permission; /* (owned): "Jobs.View or Jobs.Edit"; "" where being signed in is enough */
  const char *id;   /* (nullable): the definition's name */
  gboolean open;    /* without a token */
} SandboxCatalogueEntry;

/* Returns: (transfer full) (element-type SandboxCatalogueEntry): all, from the tables of operations
 * and of entity sets, sorted by pattern and method. */
GPtrArray *sandbox_catalogue_new (void);

G_END_DECLS
