/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <libsoup/soup.h>

G_BEGIN_DECLS

/**
 * SandboxReplay:
 *
 * Answers what is asked of a tenant's Orchestrator from a record in place of the data; signing in
 * and the portal are as ever. The same request again gets the answer that was recorded next, and
 * the last one from then on; of several with another body the one with the same body is meant.
 */
typedef struct _SandboxReplay SandboxReplay;

/* Returns: (transfer full) (nullable). */
SandboxReplay *sandbox_replay_new (const char *file, GError **error);
void sandbox_replay_free (SandboxReplay *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SandboxReplay, sandbox_replay_free)

/* Returns: TRUE where @message is one for the record. */
gboolean sandbox_replay_is_for (SoupServerMessage *message);
/* Answers @message: 404 where nothing like it was recorded. */
void sandbox_replay_answer (SandboxReplay *self, SoupServerMessage *message);

G_END_DECLS
