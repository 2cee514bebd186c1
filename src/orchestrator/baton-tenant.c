/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "baton-tenant.h"

struct _BatonTenant
{
  GObject parent_instance;

  char *organization;         /* (owned) (nullable) */
  char *organization_display; /* (owned) (nullable) */
  char *name;                 /* (owned) */
  char *display;              /* (owned) */
};

enum
{
  PROP_0,
  PROP_ORGANIZATION,
  PROP_ORGANIZATION_DISPLAY,
  PROP_NAME,
  PROP_DISPLAY,
  N_PROPS
};

G_DEFINE_FINAL_TYPE (BatonTenant, baton_tenant, G_TYPE_OBJECT)

static GParamSpec *properties[N_PROPS];

static void
baton_tenant_finalize (GObject *object)
{
  BatonTenant *self = BATON_TENANT (object);

  g_free (self->organization);
  g_free (self->organization_display);
  g_free (self->name);
  g_free (self->display);

  G_OBJECT_CLASS (baton_tenant_parent_class)->finalize (object);
}

static void
baton_tenant_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  BatonTenant *self = BATON_TENANT (object);

  switch (prop_id)
    {
    case PROP_ORGANIZATION:
      g_value_set_string (value, self->organization);
      break;
    case PROP_ORGANIZATION_DISPLAY:
      g_value_set_string (value, self->organization_display);
      break;
    case PROP_NAME:
      g_value_set_string (value, self->name);
      break;
    case PROP_DISPLAY:
      g_value_set_string (value, self->display);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
baton_tenant_class_init (BatonTenantClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  static const char *const names[N_PROPS] = {
    [PROP_ORGANIZATION] = "organization",
    [PROP_ORGANIZATION_DISPLAY] = "organization-display",
    [PROP_NAME] = "name",
    [PROP_DISPLAY] = "display",
  };

  object_class->finalize = baton_tenant_finalize;
  object_class->get_property = baton_tenant_get_property;

  for (guint i = PROP_0 + 1; i < N_PROPS; i++)
    properties[i] = g_param_spec_string (names[i], NULL, NULL, NULL,
                                         G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
baton_tenant_init (BatonTenant *self)
{
}

BatonTenant *
baton_tenant_new (const char *organization,
                  const char *organization_display,
                  const char *name,
                  const char *display)
{
  BatonTenant *self = NULL;

  g_return_val_if_fail (name != NULL, NULL);

  self = g_object_new (BATON_TYPE_TENANT, NULL);
  self->organization = g_strdup (organization);
  self->organization_display =
      g_strdup (organization_display != NULL ? organization_display : organization);
  self->name = g_strdup (name);
  self->display = g_strdup (display != NULL ? display : name);

  return self;
}

const char *
baton_tenant_get_organization (BatonTenant *self)
{
  g_return_val_if_fail (BATON_IS_TENANT (self), NULL);

  return self->organization;
}

const char *
baton_tenant_get_organization_display (BatonTenant *self)
{
  g_return_val_if_fail (BATON_IS_TENANT (self), NULL);

  return self->organization_display;
}

const char *
baton_tenant_get_name (BatonTenant *self)
{
  g_return_val_if_fail (BATON_IS_TENANT (self), NULL);

  return self->name;
}

const char *
baton_tenant_get_display (BatonTenant *self)
{
  g_return_val_if_fail (BATON_IS_TENANT (self), NULL);

  return self->display;
}

gboolean
baton_tenant_equal (BatonTenant *self, BatonTenant *other)
{
  g_return_val_if_fail (BATON_IS_TENANT (self), FALSE);
  g_return_val_if_fail (BATON_IS_TENANT (other), FALSE);

  return g_strcmp0 (self->organization, other->organization) == 0
         && g_strcmp0 (self->organization_display, other->organization_display) == 0
         && g_str_equal (self->name, other->name) && g_str_equal (self->display, other->display);
}

gboolean
baton_tenant_is_same_name (const char *a, const char *b)
{
  g_autofree char *folded_a = NULL;
  g_autofree char *folded_b = NULL;

  if (a == NULL || b == NULL)
    return FALSE;

  folded_a = g_utf8_casefold (a, -1);
  folded_b = g_utf8_casefold (b, -1);

  return g_str_equal (folded_a, folded_b);
}
