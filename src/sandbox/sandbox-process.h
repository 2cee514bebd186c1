/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sandbox-store.h"

G_BEGIN_DECLS

/* A process of a folder, which the API calls a release, as far as jobs are made of it. */
typedef struct
{
  gint64 id;
  gint64 tenant;
  gint64 folder;
  gint64 version;    /* ReleaseVersions.Id */
  char *key;         /* (owned) */
  char *name;        /* (owned) */
  char *package;     /* (owned) */
  char *input;       /* (owned) (nullable): the arguments that it has by itself */
  char *input_type;  /* (owned) (nullable): metadata of its arguments, a JSON array */
  char *entry_point; /* (owned) (nullable) */
  int type;          /* number of ProcessType */
  int priority;
  gint64 priority_value;
  gboolean foreground;
} SandboxProcess;

/* Finds the process of a folder by a column: "Key", "Name", "Id". Returns: FALSE where there is
 * none. */
gboolean sandbox_process_find (SandboxProcess *self,
                               SandboxStore *store,
                               gint64 tenant,
                               gint64 folder,
                               const char *column,
                               const char *value);
void sandbox_process_clear (SandboxProcess *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (SandboxProcess, sandbox_process_clear)

/* @input: (nullable): a text that should hold a JSON object with arguments. Returns: (transfer
 * full) (nullable): what is wrong with it, by itself and by what the process says of its arguments;
 * NULL where nothing is. What the process does not know a robot passes over. */
char *sandbox_process_check_input (const SandboxProcess *self, const char *input);

G_END_DECLS
