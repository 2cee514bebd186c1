/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "baton-connection.h"

G_BEGIN_DECLS

/**
 * BatonDiagnosisWindow:
 *
 * "Check connection": runs the checks of one account as it opens, and shows each as it ends. Closing it stops them.
 *
 * Signals, after which it has closed: remedy (const char *action): a button was pressed that belongs to whoever opened it,
 * "win.sign-in-again". tenant-chosen (BatonTenant): in place of the one that the address names.
 */
#define BATON_TYPE_DIAGNOSIS_WINDOW (baton_diagnosis_window_get_type ())
G_DECLARE_FINAL_TYPE (BatonDiagnosisWindow, baton_diagnosis_window, BATON, DIAGNOSIS_WINDOW, AdwWindow)

GtkWidget *baton_diagnosis_window_new (GtkWindow *parent, BatonConnection *connection);

G_END_DECLS
