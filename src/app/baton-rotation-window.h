/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "identity/baton-rotation.h"

G_BEGIN_DECLS

/* A rotation step by step: where it stands, and what to do where a step failed. @parent:
 * (nullable).
 * @what: what is rotated, translated. Signal: ended (): the secrets on the server are others now.
 */
#define BATON_TYPE_ROTATION_WINDOW (baton_rotation_window_get_type ())
G_DECLARE_FINAL_TYPE (BatonRotationWindow, baton_rotation_window, BATON, ROTATION_WINDOW, AdwWindow)

GtkWindow *baton_rotation_window_new (GtkWindow *parent, const char *what, BatonRotation *rotation);

G_END_DECLS
