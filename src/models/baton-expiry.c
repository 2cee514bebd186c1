/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "baton-expiry.h"

#define DAY (24 * 3600LL * G_USEC_PER_SEC)

/* The days ahead at which a person is told, the last first. */
static const guint ahead[] = { 1, 3, 14 };

struct _BatonExpiry
{
  GObject parent_instance;

  BatonExpiryKind kind;
  char *account_id; /* (owned) */
  char *id;         /* (owned) */
  char *name;       /* (owned) */
  gint64 expires_at;
};

G_DEFINE_ENUM_TYPE (BatonExpiryKind,
                    baton_expiry_kind,
                    G_DEFINE_ENUM_VALUE (BATON_EXPIRY_ACCESS_TOKEN, "access-token"),
                    G_DEFINE_ENUM_VALUE (BATON_EXPIRY_SIGN_IN, "sign-in"),
                    G_DEFINE_ENUM_VALUE (BATON_EXPIRY_PERSONAL_ACCESS_TOKEN,
                                         "personal-access-token"),
                    G_DEFINE_ENUM_VALUE (BATON_EXPIRY_APPLICATION_SECRET, "application-secret"))

G_DEFINE_FINAL_TYPE (BatonExpiry, baton_expiry, G_TYPE_OBJECT)

static void
baton_expiry_finalize (GObject *object)
{
  BatonExpiry *self = BATON_EXPIRY (object);

  g_free (self->account_id);
  g_free (self->id);
  g_free (self->name);

  G_OBJECT_CLASS (baton_expiry_parent_class)->finalize (object);
}

static void
baton_expiry_class_init (BatonExpiryClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = baton_expiry_finalize;
}

static void
baton_expiry_init (BatonExpiry *self)
{
}

BatonExpiry *
baton_expiry_new (BatonExpiryKind kind,
                  const char *account_id,
                  const char *id,
                  const char *name,
                  gint64 expires_at)
{
  BatonExpiry *self = NULL;

  g_return_val_if_fail (account_id != NULL, NULL);
  g_return_val_if_fail (id != NULL, NULL);
  g_return_val_if_fail (name != NULL, NULL);

  self = g_object_new (BATON_TYPE_EXPIRY, NULL);
  self->kind = kind;
  self->account_id = g_strdup (account_id);
  self->id = g_strdup (id);
  self->name = g_strdup (name);
  self->expires_at = expires_at;

  return self;
}

BatonExpiryKind
baton_expiry_get_kind (BatonExpiry *self)
{
  g_return_val_if_fail (BATON_IS_EXPIRY (self), BATON_EXPIRY_ACCESS_TOKEN);

  return self->kind;
}

const char *
baton_expiry_get_account_id (BatonExpiry *self)
{
  g_return_val_if_fail (BATON_IS_EXPIRY (self), NULL);

  return self->account_id;
}

const char *
baton_expiry_get_id (BatonExpiry *self)
{
  g_return_val_if_fail (BATON_IS_EXPIRY (self), NULL);

  return self->id;
}

const char *
baton_expiry_get_name (BatonExpiry *self)
{
  g_return_val_if_fail (BATON_IS_EXPIRY (self), NULL);

  return self->name;
}

gint64
baton_expiry_get_expires_at (BatonExpiry *self)
{
  g_return_val_if_fail (BATON_IS_EXPIRY (self), 0);

  return self->expires_at;
}

gboolean
baton_expiry_is_same (BatonExpiry *self, BatonExpiry *other)
{
  g_return_val_if_fail (BATON_IS_EXPIRY (self), FALSE);
  g_return_val_if_fail (BATON_IS_EXPIRY (other), FALSE);

  return self->kind == other->kind && g_str_equal (self->id, other->id);
}

guint
baton_expiry_find_days (BatonExpiry *self, gint64 now)
{
  g_return_val_if_fail (BATON_IS_EXPIRY (self), 0);

  if (self->kind == BATON_EXPIRY_ACCESS_TOKEN || self->expires_at <= now)
    return 0;

  for (guint i = 0; i < G_N_ELEMENTS (ahead); i++)
    if (self->expires_at - now <= ahead[i] * DAY)
      return ahead[i];

  return 0;
}

gint64
baton_expiry_find_next (BatonExpiry *self, gint64 now)
{
  g_return_val_if_fail (BATON_IS_EXPIRY (self), 0);

  if (self->kind == BATON_EXPIRY_ACCESS_TOKEN)
    return 0;

  for (guint i = G_N_ELEMENTS (ahead); i > 0; i--)
    {
      gint64 then = self->expires_at - ahead[i - 1] * DAY;

      if (then > now)
        return then;
    }

  return 0;
}
