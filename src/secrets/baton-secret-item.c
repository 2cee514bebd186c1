/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "baton-secret-item.h"

struct _BatonSecretItem
{
  GObject parent_instance;

  char *account_id; /* (owned) */
  char *label;      /* (owned) */
  BatonSecretKind kind;
  gint64 saved_at;
};

enum
{
  PROP_0,
  PROP_ACCOUNT_ID,
  PROP_LABEL,
  PROP_KIND,
  PROP_SAVED_AT,
  N_PROPS
};

G_DEFINE_FINAL_TYPE (BatonSecretItem, baton_secret_item, G_TYPE_OBJECT)

static GParamSpec *properties[N_PROPS];

static void
baton_secret_item_finalize (GObject *object)
{
  BatonSecretItem *self = BATON_SECRET_ITEM (object);

  g_free (self->account_id);
  g_free (self->label);

  G_OBJECT_CLASS (baton_secret_item_parent_class)->finalize (object);
}

static void
baton_secret_item_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  BatonSecretItem *self = BATON_SECRET_ITEM (object);

  switch (prop_id)
    {
    case PROP_ACCOUNT_ID:
      g_value_set_string (value, self->account_id);
      break;
    case PROP_LABEL:
      g_value_set_string (value, self->label);
      break;
    case PROP_KIND:
      g_value_set_enum (value, (int) self->kind);
      break;
    case PROP_SAVED_AT:
      g_value_set_int64 (value, self->saved_at);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
baton_secret_item_class_init (BatonSecretItemClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;

  object_class->finalize = baton_secret_item_finalize;
  object_class->get_property = baton_secret_item_get_property;

  properties[PROP_ACCOUNT_ID] = g_param_spec_string ("account-id", NULL, NULL, NULL, flags);
  properties[PROP_LABEL] = g_param_spec_string ("label", NULL, NULL, NULL, flags);
  properties[PROP_KIND] = g_param_spec_enum ("kind", NULL, NULL, BATON_TYPE_SECRET_KIND,
                                             BATON_SECRET_USER_KEY, flags);
  properties[PROP_SAVED_AT] = g_param_spec_int64 ("saved-at", NULL, NULL, 0, G_MAXINT64, 0, flags);

  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
baton_secret_item_init (BatonSecretItem *self)
{
}

/**
 * baton_secret_item_new:
 * @account_id: the id of the account
 * @label: the label of the account
 * @kind: what is kept
 * @saved_at: wall time in microseconds, 0 where unknown
 *
 * Returns: (transfer full): an item
 */
BatonSecretItem *
baton_secret_item_new (const char *account_id,
                       const char *label,
                       BatonSecretKind kind,
                       gint64 saved_at)
{
  BatonSecretItem *self = NULL;

  g_return_val_if_fail (account_id != NULL, NULL);
  g_return_val_if_fail (label != NULL, NULL);

  self = g_object_new (BATON_TYPE_SECRET_ITEM, NULL);
  self->account_id = g_strdup (account_id);
  self->label = g_strdup (label);
  self->kind = kind;
  self->saved_at = saved_at;

  return self;
}

const char *
baton_secret_item_get_account_id (BatonSecretItem *self)
{
  g_return_val_if_fail (BATON_IS_SECRET_ITEM (self), NULL);

  return self->account_id;
}

const char *
baton_secret_item_get_label (BatonSecretItem *self)
{
  g_return_val_if_fail (BATON_IS_SECRET_ITEM (self), NULL);

  return self->label;
}

BatonSecretKind
baton_secret_item_get_kind (BatonSecretItem *self)
{
  g_return_val_if_fail (BATON_IS_SECRET_ITEM (self), BATON_SECRET_USER_KEY);

  return self->kind;
}

gint64
baton_secret_item_get_saved_at (BatonSecretItem *self)
{
  g_return_val_if_fail (BATON_IS_SECRET_ITEM (self), 0);

  return self->saved_at;
}
