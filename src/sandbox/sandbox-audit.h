/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sandbox-request.h"

G_BEGIN_DECLS

/* Writes a line of the audit log (entity set AuditLogs): the caller did @action ("Create",
 * "Update", "Delete", "StartJob", …: fact sheet 6.21) to the entity @id of @component ("Assets").
 * @name: what a person calls it. @data: (nullable) (transfer none): the entity afterwards, without
 * secrets; given out by GetAuditLogDetails. Plain writes of entity sets do this by themselves. */
void sandbox_audit (SandboxRequest *request,
                    const char *component,
                    const char *action,
                    gint64 id,
                    const char *name,
                    JsonObject *data);
/* The same of the row @id of @set, which has a component: its name is what a person calls it. */
void sandbox_audit_row (SandboxRequest *request,
                        const SandboxEntitySet *set,
                        const char *action,
                        gint64 id,
                        JsonObject *data);

G_END_DECLS
