/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sandbox-process.h"
#include "sandbox-row.h"
#include "sandbox-runtime.h"
#include "sandbox-server.h"

G_BEGIN_DECLS

/* What a person, a trigger or another job starts a process with. Texts are unowned. */
typedef struct
{
  gint64 user;        /* Users.Id, 0: the service itself */
  const char *source; /* "Manual", the name of a trigger */
  int source_type;
  const char *input;       /* (nullable): the process's own */
  const char *reference;   /* (nullable) */
  const char *batch;       /* (nullable): one of its own */
  const char *entry_point; /* (nullable): the process's own */
  const char *environment; /* (nullable) */
  const char *trigger;     /* (nullable): key of an API trigger */
  const SandboxValue *more; /* (nullable): what else the job is to show, up to a column of NULL */
  gint64 like; /* Jobs.Id, 0: what that one was started with stands for what is not said */
  gint64 schedule;         /* ProcessSchedules.Id, 0: none */
  int runtime;
  int priority;
  gint64 priority_value;
  gint64 stop_after; /* seconds, 0: never */
  gint64 kill_after; /* likewise */
  gboolean kills;
  gboolean keeps_place;
  const SandboxRuntimeWish *places; /* (nullable): the jobs take turns */
  guint n_places;
} SandboxStart;

/* Fills @self with what @process says. */
void sandbox_start_init (SandboxStart *self, const SandboxProcess *process);

/* Low, Normal or High and a number say the same (fact sheet 6.5). @name: number of JobPriority, -1
 * where it is not given; @value: 0 likewise. Where neither is, the process's own stays. */
void sandbox_start_set_priority (SandboxStart *self, int name, gint64 value);

/* Makes @n pending jobs, within the caller's transaction, and sends them on their way. @ids:
 * (nullable): receives Jobs.Id of each. */
void sandbox_start_run (const SandboxStart *self,
                        SandboxServer *server,
                        const SandboxProcess *process,
                        guint n,
                        GArray *ids);

G_END_DECLS
