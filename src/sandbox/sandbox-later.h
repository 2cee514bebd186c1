/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sandbox-request.h"

G_BEGIN_DECLS

/**
 * SandboxLater:
 *
 * A request that is answered when something else has answered. Its client may go meanwhile.
 */
typedef struct _SandboxLater SandboxLater;

/* Holds @request, whose handler ends without an answer. */
SandboxLater *sandbox_later_new (SandboxRequest *request);
/* Returns: (transfer none) (nullable): what to answer, without its query and body; NULL where
 * nobody waits any more. */
SandboxRequest *sandbox_later_get (SandboxLater *self);
/* Returns: TRUE where @message waits for its answer. */
gboolean sandbox_later_holds (SoupServerMessage *message);
/* Sends the answer that has been given. */
void sandbox_later_free (SandboxLater *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SandboxLater, sandbox_later_free)

G_END_DECLS
