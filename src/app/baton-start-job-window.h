/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "baton-form-window.h"
#include "resources/baton-resource.h"

G_BEGIN_DECLS

/* Starts a job: process, runtime, number, priority, arguments (fact sheet 6.6; definition: Jobs_StartJobs). Main thread. */
#define BATON_TYPE_START_JOB_WINDOW (baton_start_job_window_get_type ())
G_DECLARE_FINAL_TYPE (BatonStartJobWindow, baton_start_job_window, BATON, START_JOB_WINDOW, BatonFormWindow)

/* @process: (nullable): a record of processes to begin with. @folder: 0 is all folders. */
GtkWindow *baton_start_job_window_new (GtkWindow *parent,
                                       BatonConnection *connection,
                                       gint64 folder,
                                       BatonRecord *process);
/* Returns: (transfer full): InputArguments to fill in, from the list of arguments that a process declares: a JSON array
 * of {"name", "type", "required", "hasDefault"} (fact sheet 6.3). @declared: (nullable). "" where it takes none. */
char *baton_start_job_make_arguments (const char *declared);

G_END_DECLS
