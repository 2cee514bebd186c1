/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "network/baton-handshake.h"

G_BEGIN_DECLS

/**
 * BatonCertificateWindow:
 *
 * A certificate of a server that was refused: whose it is, who issued it, until when, its
 * fingerprint and why it is not trusted; and the way to trust it all the same, after a warning.
 * Main thread.
 *
 * Signal: trusted (const char *host, const char *fingerprint): a person said yes to both.
 */
#define BATON_TYPE_CERTIFICATE_WINDOW (baton_certificate_window_get_type ())
G_DECLARE_FINAL_TYPE (
    BatonCertificateWindow, baton_certificate_window, BATON, CERTIFICATE_WINDOW, AdwWindow)

/* @parent: (nullable). @host: "host:port". @refused: with its certificate. */
GtkWidget *
baton_certificate_window_new (GtkWindow *parent, const char *host, BatonHandshake *refused);

G_END_DECLS
