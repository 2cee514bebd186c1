/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "baton-expiry-watch.h"

G_BEGIN_DECLS

/* Sends a desktop notification of @application for what @watch says is due. Main thread. */
void baton_expiry_notifier_attach (GApplication *application, BatonExpiryWatch *watch);

G_END_DECLS
