/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sandbox-world.h"

G_BEGIN_DECLS

/* What an older Web API lacks (fact sheet 1.1, and the marks of section 6). One version is spoken
 * at a time, by the whole process. */

/* Takes the version of @options. */
void sandbox_version_speak (const SandboxOptions *options);
/* Returns: "17.0", as in the header api-supported-versions. */
const char *sandbox_version_get_header (void);

/* @pattern: below the base, in lower case: "/odata/jobs({key})". Returns: TRUE where the spoken
 * version does not have it yet. */
gboolean sandbox_version_lacks_path (const char *pattern);
/* Returns: TRUE where the spoken version does not have the property yet. */
gboolean sandbox_version_lacks_field (const char *name);
/* Returns: TRUE where pages have no end: before there were limits (fact sheet 5.2). */
gboolean sandbox_version_is_uncapped (void);

G_END_DECLS
