/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "baton-deployment.h"

G_BEGIN_DECLS

/* What Baton understood of an address as it is typed: edition, organisation, tenant, the base address that it will call, and what looks odd. */
#define BATON_TYPE_ADDRESS_PREVIEW (baton_address_preview_get_type ())
G_DECLARE_FINAL_TYPE (BatonAddressPreview, baton_address_preview, BATON, ADDRESS_PREVIEW, GtkWidget)

/* @deployment: (nullable). @problem: (nullable): why there is none; with neither it says what can be pasted. */
void baton_address_preview_set (BatonAddressPreview *self, BatonDeployment *deployment, const char *problem);

G_END_DECLS
