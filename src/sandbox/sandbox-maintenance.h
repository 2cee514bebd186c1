/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sandbox-request.h"

G_BEGIN_DECLS

/* A tenant that is looked after by its host: Draining lets jobs end and none begin, Suspended lets
 * nobody in (fact sheet 6.21). */

/* Answers 503 where the tenant is suspended and the request is none that ends that or asks about
 * it. Returns: TRUE where it may go on. */
gboolean sandbox_maintenance_admit (SandboxRequest *request);

/* Answers 409 where no job may begin. Returns: TRUE where one may. */
gboolean sandbox_maintenance_allow_jobs (SandboxRequest *request);

/* Returns: TRUE where no job may begin, and a trigger that is due is left out: it is counted. */
gboolean sandbox_maintenance_skip_trigger (SandboxStore *store, gint64 tenant);

G_END_DECLS
