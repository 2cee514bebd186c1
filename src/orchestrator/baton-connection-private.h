/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "baton-connection.h"

G_BEGIN_DECLS

struct _BatonConnection
{
  GObject parent_instance;

  BatonAccount *account;    /* (owned) */
  BatonTokenKeeper *keeper; /* (owned) */
  BatonPipeline *pipeline;  /* (owned) */

  GListStore *tenants; /* (owned) (element-type BatonTenant) */
  GListStore *folders; /* (owned) (element-type BatonFolder) */
  gboolean discovered; /* the tenants are what the key can see, not what the account says */

  char **permissions;        /* (owned) (nullable) */
  GHashTable *permission_set; /* (owned) (nullable) (element-type utf8): of permissions */
  char *scopes;              /* (owned) (nullable): of the token; NULL where nobody knows */
  JsonNode *user;            /* (owned) (nullable) */
  const char *progress;      /* (nullable): translated */
  gboolean loading;
  GError *error;             /* (owned) (nullable) */

  gboolean away;    /* the last renewal failed for want of the network */
  guint back_timer; /* a source id: the network came a moment ago */
  GCancellable *load; /* (owned) (nullable): of the load that runs; another load cancels it */
  gpointer choosing;  /* (owned) (nullable): the load that waits for a choice among tenants */
};

void _baton_connection_set_progress (BatonConnection *self, const char *progress);
void _baton_connection_set_loading (BatonConnection *self, gboolean loading);
void _baton_connection_set_error (BatonConnection *self, const GError *error);
void _baton_connection_set_folders (BatonConnection *self, GPtrArray *folders);
/* @user: (transfer full) (nullable) */
void _baton_connection_take_user (BatonConnection *self, JsonNode *user);
/* @permissions: (transfer full) (nullable) */
void _baton_connection_take_permissions (BatonConnection *self, char **permissions);
void _baton_connection_set_tenants (BatonConnection *self, GPtrArray *tenants);
/* Makes the account one of @tenant. */
void _baton_connection_enter (BatonConnection *self, BatonTenant *tenant);

/* Returns: FALSE where nobody listens. @tenants: (element-type BatonTenant). */
gboolean _baton_connection_offer (BatonConnection *self, GPtrArray *tenants);

/* Whether the key may be asked which tenants it can see. */
gboolean _baton_connection_may_discover (BatonConnection *self);
/* What the account knows of tenants, until the key has said what it can see. */
void _baton_connection_offer_known_tenants (BatonConnection *self);
/* What the key can see. @tenants: (element-type BatonTenant). */
void _baton_connection_take_tenants (BatonConnection *self, GPtrArray *tenants);
/* Returns: (transfer container) (element-type BatonTenant): those of @tenants that the account may mean. */
GPtrArray *_baton_connection_find_meant (BatonConnection *self, GPtrArray *tenants);

/* @error: (transfer full). Returns: (transfer full): the same, or what is better told. */
GError *_baton_connection_explain_wrong_address (BatonConnection *self, GError *error);
GError *_baton_connection_explain_unknown_tenant (GError *error);
/* Returns: (transfer full). */
GError *_baton_connection_explain_no_tenant (BatonConnection *self);

/* Gives up waiting for a choice. */
void _baton_connection_drop_choice (BatonConnection *self);
/* Asks for all there is to know of the tenant. */
void _baton_connection_load (BatonConnection *self);

G_END_DECLS
