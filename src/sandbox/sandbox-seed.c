/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sandbox-seed.h"

#include "sandbox-clock.h"
#include "sandbox-seed-private.h"

/* splitmix64: few instructions, and the same everywhere. */
guint64
sandbox_seed_random (SandboxSeed *self)
{
  guint64 z = (self->random += G_GUINT64_CONSTANT (0x9e3779b97f4a7c15));

  z = (z ^ (z >> 30)) * G_GUINT64_CONSTANT (0xbf58476d1ce4e5b9);
  z = (z ^ (z >> 27)) * G_GUINT64_CONSTANT (0x94d049bb133111eb);

  return z ^ (z >> 31);
}

guint
sandbox_seed_below (SandboxSeed *self, guint n)
{
  return (guint) (((sandbox_seed_random (self) >> 32) * n) >> 32);
}

char *
sandbox_seed_guid (SandboxSeed *self, char key[37])
{
  static const char digits[] = "0123456789abcdef";
  /* Where each half of the digits goes, between the dashes. */
  static const guint8 places[2][16]
      = { { 0, 1, 2, 3, 4, 5, 6, 7, 9, 10, 11, 12, 14, 15, 16, 17 },
          { 19, 20, 21, 22, 24, 25, 26, 27, 28, 29, 30, 31, 32, 33, 34, 35 } };
  guint64 bits[2] = { sandbox_seed_random (self), sandbox_seed_random (self) };

  key[8] = key[13] = key[18] = key[23] = '-';
  for (int half = 0; half < 2; half++)
    for (int i = 0; i < 16; i++)
      key[places[half][i]] = digits[(bits[half] >> (4 * i)) & 0xf];
  key[36] = '\0';
  /* Version 4, variant 1, as random GUIDs are. */
  key[14] = '4';
  key[19] = digits[8 + (bits[1] >> 62)];

  return key;
}

const SandboxSeedFolder *
sandbox_seed_get_folder (SandboxSeed *self, const char *path)
{
  for (guint i = 0; i < self->folders->len; i++)
    {
      const SandboxSeedFolder *folder = &g_array_index (self->folders, SandboxSeedFolder, i);

      if (g_str_equal (folder->path, path))
        return folder;
    }

  g_critical ("No folder %s in tenant %" G_GINT64_FORMAT, path, self->tenant);
  return NULL;
}

SandboxSeedRelease *
sandbox_seed_find_release (SandboxSeed *self, const char *name)
{
  for (guint i = 0; i < self->releases->len; i++)
    {
      SandboxSeedRelease *release = &g_array_index (self->releases, SandboxSeedRelease, i);

      if (g_str_equal (release->process->name, name))
        return release;
    }

  return NULL;
}

gboolean
sandbox_seed_is_first (SandboxSeed *self)
{
  return self->tenant == SANDBOX_TENANT_ID;
}

guint
sandbox_seed_share (SandboxSeed *self, guint n)
{
  return sandbox_seed_is_first (self) ? n : n / 4;
}

static void
seed_tenant (SandboxSeed *self, gint64 tenant)
{
  self->tenant = tenant;
  self->folders = g_array_new (FALSE, TRUE, sizeof (SandboxSeedFolder));
  self->releases = g_array_new (FALSE, TRUE, sizeof (SandboxSeedRelease));
  self->robots = g_array_new (FALSE, TRUE, sizeof (SandboxSeedRobot));

  sandbox_seed_roles (self);
  sandbox_seed_folders (self);
  sandbox_seed_credential_stores (self);
  sandbox_seed_users (self);
  sandbox_seed_robots (self);
  sandbox_seed_folder_members (self);
  sandbox_seed_processes (self);
  sandbox_seed_queues (self);
  sandbox_seed_schedules (self);
  sandbox_seed_assets (self);
  sandbox_seed_buckets (self);
  sandbox_seed_libraries (self);
  sandbox_seed_settings (self);
  sandbox_seed_jobs (self);
  sandbox_seed_tasks (self);
  sandbox_seed_tests (self);
  sandbox_seed_business_rules (self);
  sandbox_seed_audit (self);
  sandbox_seed_alerts (self);
  sandbox_seed_tenant (self);

  g_array_unref (self->folders);
  g_array_unref (self->releases);
  g_array_unref (self->robots);
}

void
sandbox_seed (SandboxStore *store, const SandboxOptions *options)
{
  SandboxSeed self = { store, options };

  g_return_if_fail (SANDBOX_IS_STORE (store));
  g_return_if_fail (options != NULL);

  self.random = options->seed;
  self.now = sandbox_clock_now () / SANDBOX_MINUTE * SANDBOX_MINUTE;

  sandbox_store_begin (store);
  seed_tenant (&self, SANDBOX_TENANT_ID);
  seed_tenant (&self, SANDBOX_SECOND_TENANT_ID);
  sandbox_store_set_seeded (store);
  sandbox_store_commit (store);
}
