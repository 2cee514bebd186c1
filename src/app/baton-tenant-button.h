/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "baton-tenant.h"

G_BEGIN_DECLS

/* A button that offers a tenant, in words that may take several lines. Main thread. */

/* @text: what it says, and its accessible label. Returns: (transfer floating): a GtkButton. */
GtkWidget *baton_tenant_button_new (BatonTenant *tenant, const char *text);
/* Returns: (transfer none). */
BatonTenant *baton_tenant_button_get_tenant (GtkWidget *button);

/* Returns: (transfer floating): a GtkLabel that breaks its lines, as the button's own does. */
GtkWidget *baton_tenant_button_make_label (const char *text);

G_END_DECLS
