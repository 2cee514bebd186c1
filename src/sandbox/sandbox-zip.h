/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * SandboxZip:
 *
 * A zip in memory, written file by file (libarchive).
 */
typedef struct _SandboxZip SandboxZip;

SandboxZip *sandbox_zip_new (void);
/* @name: with its folders. @time: seconds since 1970. */
void
sandbox_zip_add (SandboxZip *self, const char *name, gint64 time, gconstpointer data, gsize size);
/* Returns: (transfer full): the whole. @self: (transfer full) */
GBytes *sandbox_zip_end (SandboxZip *self);

G_END_DECLS
