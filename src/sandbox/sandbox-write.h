/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sandbox-request.h"

G_BEGIN_DECLS

/* Plain writes of entity sets, as their tables say. Folder and permission are looked at here. */

/* Returns: the write that @method is with or without a key, of those that @set takes;
 * SANDBOX_WRITE_NONE where it takes none. */
SandboxWrites
sandbox_write_find (const SandboxEntitySet *set, const char *method, gboolean with_key);

/* Answers a POST, PUT, PATCH or DELETE of @set; @write as sandbox_write_find() gave it. */
void sandbox_write_run (SandboxRequest *request, const SandboxEntitySet *set, SandboxWrites write);

/* The same for operations with an address of their own, as CreateQueue: folder and permission have
 * been looked at, @body is the entity. Both answer where they refuse.
 * Returns: the rowid of what was written, 0 where it was refused. */
gint64
sandbox_write_create (SandboxRequest *request, const SandboxEntitySet *set, JsonObject *body);
/* Returns: TRUE where it was written. */
gboolean sandbox_write_change (SandboxRequest *request,
                               const SandboxEntitySet *set,
                               gint64 id,
                               JsonObject *body,
                               SandboxWrites kind);
/* Returns: TRUE where it was deleted. */
gboolean sandbox_write_delete (SandboxRequest *request, const SandboxEntitySet *set, gint64 id);

/* Answers a DeleteBulk, all or nothing: 204. The permission has been looked at. @member: of the
 * body, the keys. */
void sandbox_write_delete_bulk (SandboxRequest *request,
                                const SandboxEntitySet *set,
                                const char *member);

/* Finds a row that the request may change: of its tenant and, where the set lies in folders, of its
 * folder. @key: as it stands in the address, or the value of @field. Answers 404 (1002) where there
 * is none. Returns: its rowid, or 0. */
gint64 sandbox_write_find_row (SandboxRequest *request,
                               const SandboxEntitySet *set,
                               const char *field,
                               const char *key);

G_END_DECLS
