/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sandbox-server.h"

G_BEGIN_DECLS

/* Makes the tables of tokens and keys where they lack, and adds the operations of signing in and of
 * the portal to @server. Called once, before it listens. */
void sandbox_identity_init (SandboxServer *server);

/* @bearer: what stood behind "Bearer ". @tenant: of the address. @token: (out), @user: (out):
 * Users.Id of the caller in that tenant; SANDBOX_PERMISSION_APPLICATION where an application acts
 * by itself, and its scopes alone say what it may. Returns: FALSE where the token is unknown,
 * expired, revoked or not one of that tenant. */
gboolean sandbox_identity_authenticate (
    SandboxServer *server, const char *bearer, gint64 tenant, SandboxToken *token, gint64 *user);

/* Returns: the tenant that the token was issued for, 0 where it is good in each of the person's
 * tenants or unknown. */
gint64 sandbox_identity_get_tenant (SandboxServer *server, const char *bearer);

G_END_DECLS
