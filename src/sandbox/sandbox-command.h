/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sandbox-server.h"

G_BEGIN_DECLS

/* Reads the command line into @options, which hold their defaults where nothing is said. Returns:
 * FALSE with an error that is a sentence for a person. @show_version: (out): only the version is
 * wanted; "--help" prints and exits. */
gboolean sandbox_command_read (SandboxOptions *options,
                               gboolean *show_version,
                               int *argc,
                               char ***argv,
                               GError **error);
/* Frees what sandbox_command_read() has put in. */
void sandbox_command_clear (SandboxOptions *options);

/* Returns: (transfer full): the one line of JSON that says where the sandbox is and how to get in.
 */
char *sandbox_command_make_announcement (guint port);

/* Returns: (transfer full) (nullable): the store of @options, with its seed. */
SandboxStore *sandbox_command_open_store (const SandboxOptions *options, GError **error);
/* Returns: (transfer full): a server with all operations, not yet listening. */
SandboxServer *sandbox_command_make_server (SandboxStore *store, const SandboxOptions *options);

G_END_DECLS
