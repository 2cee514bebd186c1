/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

/* Runs the main context until @condition; fails the test after a minute. */
#define wait_until(condition)                                                                      \
  G_STMT_START                                                                                     \
  {                                                                                                \
    gint64 limit = g_get_monotonic_time () + 60 * G_USEC_PER_SEC;                                  \
    while (!(condition))                                                                           \
      {                                                                                            \
        g_assert_cmpint (g_get_monotonic_time (), <, limit);                                       \
        if (!g_main_context_iteration (NULL, FALSE))                                               \
          g_usleep (500);                                                                          \
      }                                                                                            \
  }                                                                                                \
  G_STMT_END

/* Gives up the reference in the variable @pointer, and waits until the object goes: what is on its way, or runs in a thread, holds it. */
#define wait_gone(pointer)                                                                         \
  G_STMT_START                                                                                     \
  {                                                                                                \
    g_object_add_weak_pointer (G_OBJECT (pointer), (gpointer *)&(pointer));                        \
    g_object_unref (pointer);                                                                      \
    wait_until ((pointer) == NULL);                                                                \
  }                                                                                                \
  G_STMT_END
