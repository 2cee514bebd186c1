/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/* A tenant that the signed-in user can see. Immutable. Properties: organization,
 * organization-display, name, display. */
#define BATON_TYPE_TENANT (baton_tenant_get_type ())
G_DECLARE_FINAL_TYPE (BatonTenant, baton_tenant, BATON, TENANT, GObject)

/* @organization: (nullable): NULL for a standalone. @organization_display, @display: (nullable):
 * NULL is the logical name. */
BatonTenant *baton_tenant_new (const char *organization,
                               const char *organization_display,
                               const char *name,
                               const char *display);

const char *baton_tenant_get_organization (BatonTenant *self);         /* (nullable) logical name */
const char *baton_tenant_get_organization_display (BatonTenant *self); /* (nullable) */
const char *baton_tenant_get_name (BatonTenant *self);                 /* logical name */
const char *baton_tenant_get_display (BatonTenant *self);
/* TRUE where all names are the same. */
gboolean baton_tenant_equal (BatonTenant *self, BatonTenant *other);

/* Whether two names of an organisation, or of a tenant, logical, shown or an ID, are one: a person types
 * them in any case. @a, @b: (nullable): NULL is the name of nothing, and no name is the same. Any
 * thread. */
gboolean baton_tenant_is_same_name (const char *a, const char *b);

G_END_DECLS
