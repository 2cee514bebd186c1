/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "baton-handshake.h"

BatonHandshake *
baton_handshake_new (void)
{
  return g_atomic_rc_box_new0 (BatonHandshake);
}

BatonHandshake *
baton_handshake_ref (BatonHandshake *self)
{
  return g_atomic_rc_box_acquire (self);
}

static void
clear (gpointer data)
{
  g_clear_object (&((BatonHandshake *)data)->certificate);
}

void
baton_handshake_unref (BatonHandshake *self)
{
  g_atomic_rc_box_release_full (self, clear);
}
