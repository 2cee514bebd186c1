/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sandbox-store.h"

G_BEGIN_DECLS

/* Runtimes: the hosts that are connected (MachineSessionRuntimes) offer so many of a type, and each
 * running job takes one. */

/* SQL of a host or robot, by the column that says whether it is connected: heartbeats come every 30
 * seconds, and after 120 without one it is unresponsive (fact sheet 7). Nothing beats: when the last
 * one came follows from "HeardOf", the time of one of them. */
#define SANDBOX_REPORTING_TIME(state)                                                              \
  "iif (@.\"" state "\" = 2, @.\"HeardOf\", sandbox_now () - (sandbox_now () - ifnull "             \
  "(@.\"HeardOf\", 0)) % 30000000)"
#define SANDBOX_IS_UNRESPONSIVE(state)                                                             \
  "(@.\"" state "\" = 2 AND sandbox_now () - ifnull (@.\"HeardOf\", 0) > 120000000)"

/* Teaches the store the function sandbox_now(). */
void sandbox_runtime_prepare (SandboxStore *store);

/* What a job wants of the place where it runs; ids of 0 leave it open. */
typedef struct
{
  gint64 tenant;
  gint64 job; /* spreads jobs over places that are as good as each other */
  int type;   /* number of RuntimeType */
  gint64 robot;
  gint64 machine;
  gint64 session;
} SandboxRuntimeWish;

typedef struct
{
  gint64 session;
  gint64 robot;
  gint64 machine;
} SandboxRuntime;

/* Returns: FALSE where nothing is free now that fits @wish. */
gboolean
sandbox_runtime_find (SandboxStore *store, const SandboxRuntimeWish *wish, SandboxRuntime *found);

/* Appends to @places, which is of SandboxRuntimeWish, each robot of @folder that is enabled. */
void sandbox_runtime_list_robots (SandboxStore *store, gint64 folder, GArray *places);

/* Why sandbox_runtime_find() finds nothing. Returns: (transfer none) (nullable): one of the
 * definition's ValidationResultDto.ErrorCodes, NULL where it finds something.
 * @message: (out) (transfer none): the same for a person. */
const char *
sandbox_runtime_explain (SandboxStore *store, const SandboxRuntimeWish *wish, const char **message);

/* Makes what a host and a robot say of themselves agree with the jobs that run: UsedRuntimes,
 * Available or Busy, and the robot's job. 0: all of @tenant. */
void sandbox_runtime_refresh (SandboxStore *store, gint64 tenant, gint64 session, gint64 robot);

G_END_DECLS
