/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

typedef enum
{
  BATON_EXPIRY_ACCESS_TOKEN, /* renewed by itself: known while Baton runs, nothing to tell */
  BATON_EXPIRY_SIGN_IN,      /* what an account of Baton signs in with */
  BATON_EXPIRY_PERSONAL_ACCESS_TOKEN, /* on the server */
  BATON_EXPIRY_APPLICATION_SECRET,    /* on the server */
} BatonExpiryKind;

GType baton_expiry_kind_get_type (void);
#define BATON_TYPE_EXPIRY_KIND (baton_expiry_kind_get_type ())

/**
 * BatonExpiry:
 *
 * One thing that expires, and when. Nothing secret. Does not change. Main thread.
 */
#define BATON_TYPE_EXPIRY (baton_expiry_get_type ())
G_DECLARE_FINAL_TYPE (BatonExpiry, baton_expiry, BATON, EXPIRY, GObject)

/* @account_id: the account of Baton that knows of it. @id: tells it from others of its kind. @name:
 * for a person. @expires_at: wall, microseconds. */
BatonExpiry *baton_expiry_new (BatonExpiryKind kind,
                               const char *account_id,
                               const char *id,
                               const char *name,
                               gint64 expires_at);

BatonExpiryKind baton_expiry_get_kind (BatonExpiry *self);
const char *baton_expiry_get_account_id (BatonExpiry *self);
const char *baton_expiry_get_id (BatonExpiry *self);
const char *baton_expiry_get_name (BatonExpiry *self);
gint64 baton_expiry_get_expires_at (BatonExpiry *self);

/* TRUE where it is the same thing, whenever it expires. */
gboolean baton_expiry_is_same (BatonExpiry *self, BatonExpiry *other);
/* How many days ahead a person should have been told of it by @now: 14, 3 or 1; 0 for not yet, for
 * expired, and for what renews itself. */
guint baton_expiry_find_days (BatonExpiry *self, gint64 now);
/* When that changes next, wall, microseconds; 0 for never. */
gint64 baton_expiry_find_next (BatonExpiry *self, gint64 now);

G_END_DECLS
