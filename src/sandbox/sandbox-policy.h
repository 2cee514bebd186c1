/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sandbox-request.h"

G_BEGIN_DECLS

/* Entities that newer clients write and read together with how long what is theirs is kept. */

/* Writes the body as an entity of @set and its policies, or neither. @id: 0 for a new one. @name:
 * what the service calls the body. Returns: its id, or 0 where it was refused. */
gint64 sandbox_policy_write (SandboxRequest *request,
                             const SandboxEntitySet *set,
                             gint64 id,
                             const char *name);

void sandbox_policy_reply (SandboxRequest *request,
                           const SandboxEntitySet *set,
                           guint status,
                           gint64 id);

G_END_DECLS
