/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "baton-authenticator.h"
#include "baton-clock.h"

G_BEGIN_DECLS

/* The user key of the cloud's first years, an Auth0 refresh token that does not rotate (fact sheet
 * 2.1). */
#define BATON_TYPE_USER_KEY_AUTHENTICATOR (baton_user_key_authenticator_get_type ())
G_DECLARE_FINAL_TYPE (BatonUserKeyAuthenticator,
                      baton_user_key_authenticator,
                      BATON,
                      USER_KEY_AUTHENTICATOR,
                      GObject)

/* @clock: (nullable): NULL is the machine's. */
BatonAuthenticator *baton_user_key_authenticator_new (BatonClock *clock);

G_END_DECLS
