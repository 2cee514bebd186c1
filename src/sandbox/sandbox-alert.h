/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sandbox-server.h"

G_BEGIN_DECLS

typedef struct
{
  gint64 tenant;
  const char *component; /* AlertComponent: "Jobs" */
  const char *severity;  /* AlertSeverity: "Error" */
  const char *name;      /* "Job.Faulted" */
  const char *data;      /* JSON */
} SandboxAlert;

/* Raises it for everybody of the tenant who may view alerts (entity set Alerts, fact sheet 6.21).
 */
void sandbox_alert_raise (SandboxStore *store, const SandboxAlert *alert);

/* Raises alerts of what @server hears of from now on: faulted jobs and what else a person has to
 * look after. */
void sandbox_alert_init (SandboxServer *server);

G_END_DECLS
