/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sandbox-subjects.h"

#include <string.h>

const SandboxSubject sandbox_subjects[] = {
  { "ActionDesign", "Folder" },
  { "Alerts", "Global" },
  { "Assets", "Folder" },
  { "Audit", "Global" },
  { "BlobFiles", "Folder" },
  { "Buckets", "Folder" },
  { "BusinessRules", "Folder" },
  { "Environments", "Folder" },
  { "ExecutionMedia", "Folder" },
  { "FolderPackages", "Folder" },
  { "Jobs", "Folder" },
  { "Libraries", "Global" },
  { "License", "Global" },
  { "Logs", "Folder" },
  { "Machines", "Global" },
  { "Packages", "Global" },
  { "Processes", "Folder" },
  { "Queues", "Folder" },
  { "RemoteControl", "Folder" },
  { "Robots", "Global" },
  { "Roles", "Global" },
  { "Schedules", "Folder" },
  { "Settings", "Global" },
  { "SubFolders", "Folder" },
  { "TaskCatalogs", "Folder" },
  { "Tasks", "Folder" },
  { "TestDataQueueItems", "Folder" },
  { "TestDataQueues", "Folder" },
  { "TestSetExecutions", "Folder" },
  { "TestSets", "Folder" },
  { "TestSetSchedules", "Folder" },
  { "Transactions", "Folder" },
  { "Units", "Global" },
  { "Users", "Global" },
  { "Webhooks", "Global" },
  { NULL },
};

const char *const sandbox_verbs[SANDBOX_N_VERBS] = { "View", "Edit", "Create", "Delete" };

guint
sandbox_subjects_count (void)
{
  return G_N_ELEMENTS (sandbox_subjects) - 1;
}

static gboolean
is_verb (const char *name)
{
  for (gsize i = 0; i < SANDBOX_N_VERBS; i++)
    if (g_str_equal (sandbox_verbs[i], name))
      return TRUE;

  return FALSE;
}

const SandboxSubject *
sandbox_subject_find (const char *permission)
{
  const char *dot;

  g_return_val_if_fail (permission != NULL, NULL);

  dot = strchr (permission, '.');
  if (dot == NULL || !is_verb (dot + 1))
    return NULL;

  for (const SandboxSubject *subject = sandbox_subjects; subject->name != NULL; subject++)
    if (strncmp (subject->name, permission, (gsize)(dot - permission)) == 0
        && subject->name[dot - permission] == '\0')
      return subject;

  return NULL;
}
