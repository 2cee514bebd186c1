/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What permissions are about; a permission is a subject with a verb: "Jobs.View" (fact sheet 6.18).
 */
typedef struct
{
  const char *name;
  const char *scope; /* PermissionScope: given for the tenant, in folders, or either */
} SandboxSubject;

#define SANDBOX_N_VERBS 4

extern const SandboxSubject sandbox_subjects[]; /* sorted, up to a name of NULL */
extern const char *const sandbox_verbs[SANDBOX_N_VERBS];

guint sandbox_subjects_count (void);

/* Returns: (nullable): the subject of @permission, NULL where there is no such permission. */
const SandboxSubject *sandbox_subject_find (const char *permission);

G_END_DECLS
