/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sandbox-request.h"

G_BEGIN_DECLS

/* Answers where one of @attachments, (nullable), the definition's JobAttachmentDto, is not well
 * formed or not there. */
gboolean sandbox_attachment_check (SandboxRequest *request, JsonArray *attachments);
/* Links them, when they are checked, to the job with this id, within a transaction of the caller.
 */
void sandbox_attachment_link (SandboxRequest *request, JsonArray *attachments, gint64 job);

G_END_DECLS
