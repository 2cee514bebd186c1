/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* One path as OData reads it: "/odata/Jobs(5)/Ns.StopJob" is the pattern
 * "/odata/jobs({key})/ns.stopjob" with the key "5". Functions stand without their brackets. */
typedef struct
{
  GPtrArray *segments;   /* (owned): each decoded, as it came */
  GPtrArray *patterns;   /* (owned): each in lower case */
  char *key;             /* (owned) (nullable) */
  gboolean key_is_text;  /* it stood in quotes */
  GHashTable *arguments; /* (owned) (nullable): name in lower case -> text without quotes */
} SandboxPath;

/* @path: as in the address, encoded. Returns: (transfer full) (nullable): NULL where it is encoded
 * wrongly. */
SandboxPath *sandbox_path_parse (const char *path);
void sandbox_path_free (SandboxPath *self);

/* Puts what "f(name=@n)?@n='x'" and "Jobs(@id)?@id=5" name in its place. @options: of the query, names
 * in lower case. */
void sandbox_path_resolve (SandboxPath *self, GHashTable *options);

/* Returns: (transfer full): the pattern from the segment @first on. */
char *sandbox_path_make_pattern (const SandboxPath *self, guint first);

/* Returns: (transfer full): the segments from @first on, decoded: "/odata/Jobs(5)". */
char *sandbox_path_join (const SandboxPath *self, guint first);

/* Returns: TRUE where the segments from @first on are those of @pattern, in which "{name}" stands
 * for any.
 * @arguments: (nullable): receives what stood there. */
gboolean sandbox_path_match (const SandboxPath *self,
                             guint first,
                             const char *pattern,
                             GHashTable *arguments);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SandboxPath, sandbox_path_free)

G_END_DECLS
