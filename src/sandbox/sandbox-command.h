/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sandbox-server.h"

G_BEGIN_DECLS

typedef enum
{
  SANDBOX_COMMAND_SERVE,
  SANDBOX_COMMAND_VERSION,    /* only the version is wanted */
  SANDBOX_COMMAND_OPERATIONS, /* only the list of operations is wanted */
} SandboxCommand;

/* Reads the command line into @options, which hold their defaults where nothing is said; "--help"
 * prints and exits. Returns: FALSE with an error that is a sentence for a person. @command: (out)
 */
gboolean sandbox_command_read (
    SandboxOptions *options, SandboxCommand *command, int *argc, char ***argv, GError **error);
/* Frees what sandbox_command_read() has put in. */
void sandbox_command_clear (SandboxOptions *options);

/* Returns: (transfer full): the one line of JSON that says where the sandbox is and how to get in.
 */
char *sandbox_command_make_announcement (SandboxServer *server);

/* Returns: (transfer full): a line for each operation of the definition, "yes" or "no" and which it
 * is, and a last one with how many there are. */
char *sandbox_command_list_operations (void);

/* Returns: (transfer full) (nullable): the store of @options, with its seed. */
SandboxStore *sandbox_command_open_store (const SandboxOptions *options, GError **error);
/* Returns: (transfer full): a store in memory with what a new sandbox of @options has. */
SandboxStore *sandbox_command_make_seed (gconstpointer options);
/* Gives @server its seed, and applies the scenario of its options. */
gboolean sandbox_command_prepare (SandboxServer *server,
                                  const SandboxOptions *options,
                                  GError **error);
/* Returns: (transfer full): a server with all operations, not yet listening. */
SandboxServer *sandbox_command_make_server (SandboxStore *store, const SandboxOptions *options);

G_END_DECLS
