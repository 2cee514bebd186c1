/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* An operation of the definition, whether this sandbox has it or not. */
typedef struct
{
  const char *method;
  const char *pattern; /* as of SandboxOperation */
  const char *id;      /* "Alerts_Get" */
} SandboxDefinedOperation;

/* Returns: (transfer none): all, up to a method of NULL. */
const SandboxDefinedOperation *sandbox_definition_get_operations (void);

G_END_DECLS
