/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "baton-account.h"
#include "baton-token.h"

G_BEGIN_DECLS

/* What an external application or a personal access token may do (fact sheet 2.3): "OR.Jobs.Read"
 * reads, "OR.Jobs.Write" changes, "OR.Jobs" does both. */

typedef struct
{
  const char *family;  /* "OR.Jobs"; NULL ends */
  const char *opens;   /* N_(): what it opens in Baton */
  gboolean by_default; /* the set to look at everything with has its ".Read" */
} BatonScopeFamily;

typedef enum
{
  BATON_SCOPE_ACCESS_NONE = 0,
  BATON_SCOPE_ACCESS_READ = 1 << 0,
  BATON_SCOPE_ACCESS_WRITE = 1 << 1,
} BatonScopeAccess;

/* What the roles of an application allow, in place of its scopes; for client credentials (fact
 * sheet 2.3). */
#define BATON_SCOPE_ROLES "OR.Default"

/* Returns: (transfer none): by name. */
const BatonScopeFamily *baton_scopes_get_families (void);
/* TRUE where a sign-in of @method asks for scopes. */
gboolean baton_scopes_are_asked_for (BatonMethod method);

/* Returns: (transfer full): the set that is good for looking at everything and changes nothing, as
 * a sign-in of @method asks for it; empty for a method that asks for no scopes. */
char *baton_scopes_make_default (BatonMethod method);
/* Returns: (transfer full): @scopes, parted by single blanks, each once, and with or without
 * "offline_access" as @method needs it: a person's sign-in would end in an hour without, and an
 * application is refused with it (fact sheet 2.3). */
char *baton_scopes_arrange (const char *scopes, BatonMethod method);

/* What @scopes ask for of @family, "OR.Jobs", alone: "OR.Default" does not count. */
BatonScopeAccess baton_scopes_get_access (const char *scopes, const char *family);
/* Returns: (transfer full): @scopes with @access to @family in place of what they ask for of it;
 * all others stay as they are. Where that is what they ask for already, @scopes, since a server
 * compares them to the letter: "OR.Jobs.Read OR.Jobs.Write" is not "OR.Jobs" to it. */
char *baton_scopes_set_access (const char *scopes, const char *family, BatonScopeAccess access);
/* Returns: (transfer full): @scopes (nullable) to be read by a person: without those that another one
 * of them includes. */
char *baton_scopes_condense (const char *scopes);
/* Returns: (transfer full): @scopes with @scope, "OR.Jobs.Write", too. */
char *baton_scopes_add (const char *scopes, const char *scope);

/* @scopes: parted by blanks. TRUE where they hold @scope, or what includes it: its family, or
 * "OR.Default" for Orchestrator's. */
gboolean baton_scopes_allow (const char *scopes, const char *scope);

/* Returns: (transfer full) (nullable): what @token, of @account, may do: as it says itself, else, as
 * it was asked for; NULL where nobody knows, or where roles alone decide. */
char *baton_scopes_dup_granted (BatonAccount *account, BatonToken *token);
/* Returns: (transfer full) (nullable): the claim "scope" of @claims (nullable), a list or a text,
 * parted by blanks. */
char *baton_scopes_dup_claimed (JsonNode *claims);

/* Returns: (transfer none) (nullable): the family of a scope, "OR.Jobs.Write". */
const BatonScopeFamily *baton_scopes_find_family_of (const char *scope);
/* What a call needs (definition). @method: "GET" reads. @path: "/odata/Jobs(1)". Returns: (transfer
 * none) (nullable): NULL where it needs none that is known. */
const BatonScopeFamily *baton_scopes_find_family (const char *path);
/* @scopes: (nullable): NULL where nobody knows. Returns: (transfer full) (nullable): the scope that
 * the call lacks, "OR.Jobs.Write". */
char *baton_scopes_find_missing (const char *scopes, const char *method, const char *path);

G_END_DECLS
