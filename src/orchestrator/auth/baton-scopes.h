/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "baton-account.h"

G_BEGIN_DECLS

/* What an external application or a personal access token may do (fact sheet 2.3): "OR.Jobs.Read"
 * reads, "OR.Jobs.Write" changes, "OR.Jobs" does both. */

typedef struct
{
  const char *family;  /* "OR.Jobs"; NULL ends */
  const char *opens;   /* N_(): what it opens in Baton */
  gboolean by_default; /* the set to look at everything with has its ".Read" */
} BatonScopeFamily;

/* Returns: (transfer none): by name. */
const BatonScopeFamily *baton_scopes_get_families (void);

/* Returns: (transfer full): the set that is good for looking at everything and changes nothing, as
 * a sign-in of @method asks for it; empty for a method that asks for no scopes. */
char *baton_scopes_make_default (BatonMethod method);
/* Returns: (transfer full): @scopes, parted by single blanks, each once, and with or without
 * "offline_access" as @method needs it: a person's sign-in would end in an hour without, and an
 * application is refused with it (fact sheet 2.3). */
char *baton_scopes_arrange (const char *scopes, BatonMethod method);

/* @scopes: parted by blanks. TRUE where they hold @scope, or what includes it: its family, or
 * "OR.Default" for Orchestrator's. */
gboolean baton_scopes_allow (const char *scopes, const char *scope);

/* What a call needs (definition). @method: "GET" reads. @path: "/odata/Jobs(1)". Returns: (transfer
 * none) (nullable): NULL where it needs none that is known. */
const BatonScopeFamily *baton_scopes_find_family (const char *path);
/* @scopes: (nullable): NULL where nobody knows. Returns: (transfer full) (nullable): the scope that
 * the call lacks, "OR.Jobs.Write". */
char *baton_scopes_find_missing (const char *scopes, const char *method, const char *path);

G_END_DECLS
