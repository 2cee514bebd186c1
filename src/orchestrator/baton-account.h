/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "baton-deployment.h"
#include "baton-tenant.h"
#include "network/baton-trust.h"

G_BEGIN_DECLS

typedef enum
{
  BATON_METHOD_USER_KEY,
  BATON_METHOD_PASSWORD,
  BATON_METHOD_BROWSER,               /* external application, for a person */
  BATON_METHOD_CLIENT_CREDENTIALS,    /* external application, by itself */
  BATON_METHOD_PERSONAL_ACCESS_TOKEN,
} BatonMethod;

GType baton_method_get_type (void);
#define BATON_TYPE_METHOD (baton_method_get_type ())

/**
 * BatonAccount:
 *
 * Where and who, nothing secret: kept in accounts.ini. Main thread. Properties, all notify: id,
 * name, deployment, method, client-id, user-name, tenant-display, organization-display, color,
 * folder-path, scopes, redirect-uri, trust, tenants (GListModel).
 */
#define BATON_TYPE_ACCOUNT (baton_account_get_type ())
G_DECLARE_FINAL_TYPE (BatonAccount, baton_account, BATON, ACCOUNT, GObject)

/* @id: (nullable): NULL makes a new one. */
BatonAccount *baton_account_new (const char *id, BatonDeployment *deployment, BatonMethod method);

const char *baton_account_get_id (BatonAccount *self);
/* Returns: (transfer none): for a person: what was set, else "organisation / tenant display". */
const char *baton_account_get_name (BatonAccount *self);
void baton_account_set_name (BatonAccount *self, const char *name);
BatonDeployment *baton_account_get_deployment (BatonAccount *self); /* (transfer none) */
void baton_account_set_deployment (BatonAccount *self, BatonDeployment *deployment);
BatonMethod baton_account_get_method (BatonAccount *self);
const char *baton_account_get_client_id (BatonAccount *self); /* (nullable) */
void baton_account_set_client_id (BatonAccount *self, const char *client_id);
const char *baton_account_get_user_name (BatonAccount *self); /* (nullable) */
void baton_account_set_user_name (BatonAccount *self, const char *user_name);
/* Returns: (transfer none): the BatonTenants that what it signs in with could see last; empty where
 * nobody has asked. */
GListModel *baton_account_get_tenants (BatonAccount *self);
/* @tenants: (element-type BatonTenant). */
void baton_account_set_tenants (BatonAccount *self, GPtrArray *tenants);
/* What an external application asks for, parted by blanks. (nullable) */
const char *baton_account_get_scopes (BatonAccount *self);
void baton_account_set_scopes (BatonAccount *self, const char *scopes);
/* Where the browser comes back to, as it is registered with the application. (nullable) */
const char *baton_account_get_redirect_uri (BatonAccount *self);
void baton_account_set_redirect_uri (BatonAccount *self, const char *uri);
/* How it goes over the network, and whom it trusts there. (transfer none), never NULL */
BatonTrust *baton_account_get_trust (BatonAccount *self);
void baton_account_set_trust (BatonAccount *self, BatonTrust *trust);
/* The logical name where it is unknown. */
const char *baton_account_get_tenant_display (BatonAccount *self);
void baton_account_set_tenant_display (BatonAccount *self, const char *name);
const char *baton_account_get_organization_display (BatonAccount *self);
void baton_account_set_organization_display (BatonAccount *self, const char *name);
/* The FullyQualifiedName of the folder last used; NULL is all folders. A path, since ids change
 * (fact sheet 8.3). */
const char *baton_account_get_folder_path (BatonAccount *self);
void baton_account_set_folder_path (BatonAccount *self, const char *path);
/* A name of a colour, so that two accounts are told apart; NULL for none. */
const char *baton_account_get_color (BatonAccount *self);
void baton_account_set_color (BatonAccount *self, const char *color);
/* Returns: (nullable): the name that a person set, without the fallback of get_name. */
const char *baton_account_get_own_name (BatonAccount *self);

G_END_DECLS
