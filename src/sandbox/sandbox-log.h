/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sandbox-row.h"

G_BEGIN_DECLS

/* What stands in the log besides Trace, in the numbers of LogDto.Level (definition: LogDto). */
typedef enum
{
  SANDBOX_LOG_TRACE,
  SANDBOX_LOG_DEBUG,
  SANDBOX_LOG_INFO,
  SANDBOX_LOG_WARN,
  SANDBOX_LOG_ERROR,
  SANDBOX_LOG_FATAL,
} SandboxLogLevel;

/* Whose log it is. All texts must live until the line is written. */
typedef struct
{
  gint64 tenant;
  gint64 folder;
  const char *job_key;
  const char *process;
  const char *robot;
  const char *account;
  const char *host;
  gint64 machine;
  const char *machine_key; /* (nullable) */
  int runtime;             /* number of RuntimeType */
} SandboxLogSource;

/* One line, and the text that its row borrows. */
typedef struct
{
  SandboxValue values[15];
  char message[2048];
  char raw[4096];
} SandboxLogLine;

/* Fills @self with the row of @message, which may be its own. Returns: its values. */
const SandboxValue *sandbox_log_line_fill (SandboxLogLine *self,
                                           const SandboxLogSource *source,
                                           gint64 time,
                                           SandboxLogLevel level,
                                           const char *message);

/* What a robot has to say on its way. @step: any number. @buffer: receives the line. Returns: its
 * level. */
SandboxLogLevel sandbox_log_make_line (guint step, guint number, char *buffer, gsize size);

G_END_DECLS
