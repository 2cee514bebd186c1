/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* How a made-up job or queue item goes wrong. All texts are ASCII. */
typedef struct
{
  const char *source; /* activity */
  const char *message;
  const char *exception; /* "System.TimeoutException" */
  const char *trace;
  gboolean business; /* a business exception: trying again does not help */
} SandboxFault;

guint sandbox_fault_count (void);
const SandboxFault *sandbox_fault_get (guint position);
/* Returns: (transfer full): as it stands in Jobs.Info. */
char *sandbox_fault_make_info (const SandboxFault *self);

G_END_DECLS
