/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "baton-authenticator.h"
#include "baton-clock.h"

G_BEGIN_DECLS

/* User name and password of a standalone Orchestrator (fact sheet 2.2). */
#define BATON_TYPE_PASSWORD_AUTHENTICATOR (baton_password_authenticator_get_type ())
G_DECLARE_FINAL_TYPE (BatonPasswordAuthenticator,
                      baton_password_authenticator,
                      BATON,
                      PASSWORD_AUTHENTICATOR,
                      GObject)

/* @clock: (nullable): NULL is the machine's. */
BatonAuthenticator *baton_password_authenticator_new (BatonClock *clock);

G_END_DECLS
