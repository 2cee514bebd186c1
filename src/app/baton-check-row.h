/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "diagnosis/baton-diagnosis.h"

G_BEGIN_DECLS

/**
 * BatonCheckRow:
 *
 * One step of "Check connection": its state, its time, what was found; opened, the cause, a button that helps, and the details.
 *
 * Signals: remedy (const char *action): the button was pressed. tenant-chosen (BatonTenant).
 */
#define BATON_TYPE_CHECK_ROW (baton_check_row_get_type ())
G_DECLARE_FINAL_TYPE (BatonCheckRow, baton_check_row, BATON, CHECK_ROW, AdwExpanderRow)

/* @tenants: of BatonTenant: offered where this step fails for a wrong address. */
GtkWidget *baton_check_row_new (BatonCheck *check, GListModel *tenants);
BatonCheck *baton_check_row_get_check (BatonCheckRow *self);

G_END_DECLS
