/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The steps of a renewal, counted before and after each call that takes it further: at step number
 * BATON_TEST_KILL_AT of its environment the process says where it is, and gets a SIGKILL. The calls
 * are caught by the linker, so that the program that is tested knows nothing of it. */

/* Returns: how many steps there were. */
guint account_steps_count (void);

G_END_DECLS
