/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sandbox-path.h"

G_BEGIN_DECLS

/* What OAuth scopes there are, and what each opens (fact sheet 2.3; the definition names the scopes
 * of each operation). A set of scopes is a text with blanks between them, as on the wire. */

/* Beyond everything else: what the roles of the caller allow. */
#define SANDBOX_OAUTH_SCOPE_DEFAULT "OR.Default"
#define SANDBOX_OAUTH_SCOPE_OFFLINE "offline_access"

/* Returns: TRUE where there is such a scope of the Orchestrator or of the platform. */
gboolean sandbox_oauth_scope_is_known (const char *scope);
/* The same of several, with blanks between, or of none. */
gboolean sandbox_oauth_scope_are_known (const char *scopes);
/* Returns: TRUE for "openid", "profile", "email" and "offline_access", which say something of the
 * person and open nothing. */
gboolean sandbox_oauth_scope_is_of_person (const char *scope);

/* Returns: TRUE where @scope is one of @scopes. */
gboolean sandbox_oauth_scope_contains (const char *scopes, const char *scope);

/* Returns: TRUE where @granted opens reading, or writing, of @family ("OR.Jobs"): the bare name
 * opens both. @granted: (nullable): everything. */
gboolean sandbox_oauth_scope_allows (const char *granted, const char *family, gboolean write);

/* Returns: (transfer none) (nullable): the family of the operation at the segments of @path from
 * @first on; NULL where any token will do. */
const char *sandbox_oauth_scope_find_family (const SandboxPath *path, guint first);

/* Returns: (transfer full): all scopes of the Orchestrator without "OR.Default", each family with
 * its ".Read" and ".Write"; those of the platform too where @platform. */
char *sandbox_oauth_scope_dup_all (gboolean platform);

/* A family of scopes that belong together on a page: "OR.Jobs", "OR.Jobs.Read", "OR.Jobs.Write". */
typedef struct
{
  const char *resource; /* "OrchestratorApi" */
  const char *name;     /* "OR.Jobs" */
  const char *opens;    /* in words */
  gboolean alone;       /* has neither ".Read" nor ".Write" */
} SandboxOauthFamily;

/* Returns: (transfer none): up to a name of NULL. */
const SandboxOauthFamily *sandbox_oauth_scope_get_families (void);

G_END_DECLS
