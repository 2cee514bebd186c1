/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sandbox-server.h"

G_BEGIN_DECLS

/* Triggers that fire (entity set ProcessSchedules): time triggers when their time has come, queue
 * triggers when there is enough to do, and again at their time. */

/* Returns: the next time of @cron by the clocks of @zone (IANA) after @after, on none of the days
 * that the calendar @calendar leaves out; 0 where there is none. @calendar: 0: no calendar. */
gint64 sandbox_trigger_find_next (
    SandboxStore *store, const char *cron, const char *zone, gint64 calendar, gint64 after);

/* Fires what is due, within the caller's transaction. What became due while nobody was there to
 * fire it is left out, as it is on the service. */
void sandbox_trigger_run (SandboxServer *server);
/* Moves what is due before @time on to what comes after it, without firing. */
void sandbox_trigger_skip (SandboxStore *store, gint64 time);
/* Returns: when the next one is due, G_MAXINT64 where none is. */
gint64 sandbox_trigger_get_due (SandboxStore *store);

/* Starts the jobs that the items of a queue want. */
void sandbox_trigger_check_queue (SandboxServer *server, gint64 queue);
/* The same for one queue trigger, enabled or not. Returns: FALSE where it is none. */
gboolean sandbox_trigger_activate (SandboxServer *server, gint64 trigger);
/* The job @job that the trigger started has ended. */
void sandbox_trigger_job_ended (SandboxServer *server,
                                gint64 trigger,
                                gint64 job,
                                gboolean faulted);

/* @robots: (nullable): JSON, as in ProcessScheduleDto.MachineRobots or ExecutorRobots. Appends the
 * places to @places, which is of SandboxRuntimeWish. */
void sandbox_trigger_read_places (const char *robots, GArray *places);

G_END_DECLS
