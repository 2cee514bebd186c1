/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sandbox-request.h"
#include "sandbox-runtime.h"

G_BEGIN_DECLS

/* Answers ValidationResultDto: whether @wish could be met now, and what is in its way. */
void sandbox_jobs_reply_validation (SandboxRequest *request, const SandboxRuntimeWish *wish);

G_END_DECLS
