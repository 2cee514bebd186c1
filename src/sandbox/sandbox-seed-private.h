/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sandbox-row.h"
#include "sandbox-world.h"

G_BEGIN_DECLS

#define SANDBOX_MINUTE (G_GINT64_CONSTANT (60) * G_USEC_PER_SEC)
#define SANDBOX_HOUR (60 * SANDBOX_MINUTE)
#define SANDBOX_DAY (24 * SANDBOX_HOUR)
/* How far back the data goes. */
#define SANDBOX_SEED_DAYS 30

typedef struct
{
  gint64 id;
  const char *path; /* (unowned): fully qualified name */
  gboolean personal;
  char key[37];
} SandboxSeedFolder;

/* A process as it is written in the code: what it does, how long it takes, how often it fails. */
typedef struct
{
  const char *name;
  const char *description;
  const char *folder; /* path */
  const char *tags;   /* of the package */
  guint versions;
  guint seconds; /* typical duration */
  guint faults;  /* per mille of the jobs */
  guint weight;  /* share of the jobs */
  gboolean foreground;
  gboolean both;           /* also in the second tenant */
  const char *input;       /* (nullable): arguments of a job, with one %u */
  const char *output;      /* (nullable): likewise */
  const char *input_type;  /* (nullable): the argument's metadata, as Releases.Arguments has it */
  const char *output_type; /* (nullable) */
} SandboxSeedProcess;

typedef struct
{
  const SandboxSeedProcess *process; /* (unowned) */
  gint64 id;
  gint64 folder;
  gint64 version;            /* Releases.CurrentVersion/Id */
  gint64 schedule;           /* ProcessSchedules.Id that starts it, or 0 */
  const char *schedule_name; /* (unowned) (nullable) */
  gboolean by_queue;         /* that is a queue trigger */
  char key[37];
  char package_version[16];
} SandboxSeedRelease;

typedef struct
{
  gint64 id;
  gint64 machine;
  gint64 user;
  const char *name;         /* (unowned) */
  const char *account;      /* (unowned): "ACME\\rpa.invoices" */
  const char *host;         /* (unowned) */
  const char *machine_name; /* (unowned) */
  char machine_key[37];
} SandboxSeedRobot;

/* What is being made, and what the parts before have made of the tenant at hand. */
typedef struct
{
  SandboxStore *store;           /* (unowned) */
  const SandboxOptions *options; /* (unowned) */
  guint64 random;
  gint64 now; /* the minute in which it is made */
  gint64 tenant;
  gint64 admin;     /* Users.Id */
  GArray *folders;  /* (owned): SandboxSeedFolder */
  GArray *releases; /* (owned): SandboxSeedRelease */
  GArray *robots;   /* (owned): SandboxSeedRobot */
} SandboxSeed;

/* Returns: 64 random bits, the same after the same seed. */
guint64 sandbox_seed_random (SandboxSeed *self);
/* Returns: 0 .. n - 1. */
guint sandbox_seed_below (SandboxSeed *self, guint n);
/* @key: receives a random GUID. Returns: @key. */
char *sandbox_seed_guid (SandboxSeed *self, char key[37]);
/* Returns: (transfer none): by its path; criticals where there is none. */
const SandboxSeedFolder *sandbox_seed_get_folder (SandboxSeed *self, const char *path);
/* Returns: (nullable): the release of the process with this name in the folder. */
SandboxSeedRelease *sandbox_seed_find_release (SandboxSeed *self, const char *name);
/* Returns: TRUE in the tenant that SANDBOX_TENANT names. */
gboolean sandbox_seed_is_first (SandboxSeed *self);
/* Returns: @n, of which the second tenant has a quarter. */
guint sandbox_seed_share (SandboxSeed *self, guint n);

/* The parts, in the order in which they are made. */
void sandbox_seed_roles (SandboxSeed *self);
void sandbox_seed_folders (SandboxSeed *self);
void sandbox_seed_folder_members (SandboxSeed *self);
void sandbox_seed_buckets (SandboxSeed *self);
void sandbox_seed_libraries (SandboxSeed *self);
void sandbox_seed_credential_stores (SandboxSeed *self);
void sandbox_seed_users (SandboxSeed *self);
void sandbox_seed_robots (SandboxSeed *self);
void sandbox_seed_processes (SandboxSeed *self);
void sandbox_seed_queues (SandboxSeed *self);
void sandbox_seed_tasks (SandboxSeed *self);
void sandbox_seed_tests (SandboxSeed *self);
void sandbox_seed_business_rules (SandboxSeed *self);
void sandbox_seed_schedules (SandboxSeed *self);
void sandbox_seed_assets (SandboxSeed *self);
void sandbox_seed_settings (SandboxSeed *self);
void sandbox_seed_jobs (SandboxSeed *self);
void sandbox_seed_audit (SandboxSeed *self);
void sandbox_seed_alerts (SandboxSeed *self);
void sandbox_seed_tenant (SandboxSeed *self);

G_END_DECLS
