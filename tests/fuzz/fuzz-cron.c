/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fuzz.h"

#include "sandbox-cron.h"

/* 1 March 2026, 00:00 UTC. */
#define AFTER (G_GINT64_CONSTANT (1772323200) * G_USEC_PER_SEC)

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autofree char *text = fuzz_text (data, size);
  g_autoptr (GError) error = NULL;
  g_autoptr (SandboxCron) cron = sandbox_cron_parse (text, &error);

  g_assert_true ((cron == NULL) == (error != NULL));
  if (cron != NULL)
    {
      g_autoptr (GTimeZone) zone = g_time_zone_new_identifier ("Europe/Berlin");
      g_autofree char *description = sandbox_cron_describe (text);
      gint64 time = sandbox_cron_find (cron, zone, AFTER);

      g_assert_nonnull (description);
      g_assert_true (time == 0 || time > AFTER);
      if (time != 0)
        g_assert_cmpint (sandbox_cron_find (cron, zone, time - 1), ==, time);
    }

  return 0;
}
