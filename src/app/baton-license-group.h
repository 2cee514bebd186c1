/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>
#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* The licence of a tenant as GetLicense tells it: plan, days left, used of allowed per kind as bars. */
#define BATON_TYPE_LICENSE_GROUP (baton_license_group_get_type ())
G_DECLARE_FINAL_TYPE (BatonLicenseGroup, baton_license_group, BATON, LICENSE_GROUP, GtkWidget)

/* @license: (nullable): the answer (definition: LicenseDto); NULL while it is asked for. */
void baton_license_group_set (BatonLicenseGroup *self, JsonNode *license);
void baton_license_group_set_error (BatonLicenseGroup *self, const GError *error);

G_END_DECLS
