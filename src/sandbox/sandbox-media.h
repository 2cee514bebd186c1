/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sandbox-job.h"

G_BEGIN_DECLS

/* Writes that pictures were taken of the job's screen (entity set ExecutionMedia). */
void sandbox_media_add (SandboxStore *store, const SandboxJob *job);

/* Returns: (transfer full): a zip with the pictures of a job's last seconds, made up. */
GBytes *sandbox_media_make_zip (gint64 job);

G_END_DECLS
