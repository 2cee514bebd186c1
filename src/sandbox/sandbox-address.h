/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sandbox-path.h"

G_BEGIN_DECLS

/* Where in its path an address says which tenant it means (fact sheet 1.1). */
typedef struct
{
  guint n_base; /* segments before what is asked for: of "/acme/T/orchestrator_/odata/Jobs" three */
  gboolean is_api;    /* what follows is of the Orchestrator */
  gboolean is_rooted; /* "/odata/…": the tenant is in a header, or in the token */
  gint64 tenant;      /* 0 where the path names none, or none of ours */
} SandboxAddress;

void sandbox_address_read (SandboxAddress *self, const SandboxPath *path);

G_END_DECLS
