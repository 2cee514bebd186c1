/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

typedef enum
{
  BATON_EDITION_CLOUD,      /* Automation Cloud, staging */
  BATON_EDITION_GOVERNMENT, /* Automation Cloud Public Sector: *.uipath.us */
  BATON_EDITION_DEDICATED,  /* *.dedicated.uipath.com */
  BATON_EDITION_SUITE,      /* Automation Suite: two segments on another host */
  BATON_EDITION_STANDALONE, /* the tenant goes in a header */
  BATON_EDITION_SANDBOX,    /* baton-sandbox on loopback */
} BatonEdition;

typedef enum
{
  BATON_SERVICE_ORCHESTRATOR, /* of a tenant */
  BATON_SERVICE_IDENTITY,     /* of an organisation: people, applications, tokens */
  BATON_SERVICE_PORTAL,       /* of an organisation */
} BatonService;

#define BATON_N_SERVICES 3

/**
 * BatonDeployment:
 *
 * Where an Orchestrator is: what Baton understood of an address (fact sheet 1.1, 1.4). Immutable,
 * any thread.
 */
#define BATON_TYPE_DEPLOYMENT (baton_deployment_get_type ())
G_DECLARE_FINAL_TYPE (BatonDeployment, baton_deployment, BATON, DEPLOYMENT, GObject)

/* @address: as a person pastes it, with or without scheme, `orchestrator_`, folders, query. Errors:
 * BATON_ERROR_INVALID with a sentence for a person where no host can be found in it. */
BatonDeployment *baton_deployment_parse (const char *address, GError **error);

/* Returns: (transfer full): the same place with another organisation and tenant (logical names;
 * NULL for none). */
BatonDeployment *baton_deployment_with_tenant (BatonDeployment *self,
                                               const char *organization,
                                               const char *tenant);
/* Returns: (transfer full): the same place taken for another edition: what a person says overrides
 * what was guessed, and what accounts.ini says of an origin is certain. */
BatonDeployment *baton_deployment_with_edition (BatonDeployment *self, BatonEdition edition);

/* @address: (nullable): where @service is in place of where the edition has it, for a gateway or a
 * proxy in front of it; "{organization}" and "{tenant}" in it stand for their logical names. NULL or
 * empty: where the edition has it. Returns: (transfer full): all else stays, and stays with_tenant
 * and with_edition. */
BatonDeployment *baton_deployment_with_service (BatonDeployment *self,
                                                BatonService service,
                                                const char *address);
/* Returns: (transfer none) (nullable): what was given in with_service, as it was given. */
const char *baton_deployment_get_given (BatonDeployment *self, BatonService service);
/* Returns: (transfer full): what a person may enter to come here: origin, organisation, tenant. */
char *baton_deployment_make_address (BatonDeployment *self);

GType baton_edition_get_type (void);
#define BATON_TYPE_EDITION (baton_edition_get_type ())
/* Returns: (transfer none): translated: "Automation Cloud". */
const char *baton_edition_get_name (BatonEdition edition);

BatonEdition baton_deployment_get_edition (BatonDeployment *self);
/* Returns: (transfer none): as of baton_edition_get_name(). */
const char *baton_deployment_get_edition_name (BatonDeployment *self);
const char *baton_deployment_get_origin (BatonDeployment *self); /* "https://cloud.uipath.com" */
const char *baton_deployment_get_organization (BatonDeployment *self); /* (nullable) logical name */
const char *baton_deployment_get_tenant (BatonDeployment *self);       /* (nullable) logical name */
/* Returns: (nullable): the base that API calls go to, "{origin}/{org}/{tenant}/orchestrator_" or
 * the host of a standalone; NULL while organisation or tenant lack. */
const char *baton_deployment_get_base_url (BatonDeployment *self);
/* Where a user key is turned into a token, revoked, and asked for its tenants (fact sheet 2.1): the
 * legacy hosts for the cloud, the own origin elsewhere. */
const char *baton_deployment_get_token_url (BatonDeployment *self);    /* ".../oauth/token" */
const char *baton_deployment_get_revoke_url (BatonDeployment *self);   /* ".../oauth/revoke" */
/* The folder of getAccountsForUser: ".../cloudrpa/api". */
const char *baton_deployment_get_discovery_url (BatonDeployment *self);
/* @path: "/connect/token". Returns: (transfer full): @path of the identity server (fact sheet 1.1). */
char *baton_deployment_make_identity_url (BatonDeployment *self, const char *path);
/* Returns: (transfer full) (nullable): the base of @service, as a tenant's or an organisation's
 * (fact sheet 1.1, 2.3); NULL while what it needs of them lacks. */
char *baton_deployment_make_service_url (BatonDeployment *self, BatonService service);
/* @page: "externalApps". Returns: (transfer full): where a person finds that page of the portal. */
char *baton_deployment_make_portal_url (BatonDeployment *self, const char *page);
/* Where a user name and a password are turned into a token (fact sheet 2.2). Never NULL. */
const char *baton_deployment_get_authenticate_url (BatonDeployment *self);
/* Where a person finds the key in a browser. (nullable) */
const char *baton_deployment_get_api_access_url (BatonDeployment *self);
/* Folders.Id of `fid` in a browser's address, 0 where none. */
gint64 baton_deployment_get_folder_hint (BatonDeployment *self);
/* TRUE where X-UIPATH-TenantName must be sent. */
gboolean baton_deployment_needs_tenant_header (BatonDeployment *self);
/* TRUE where all its addresses may be called: https, or http to loopback alone. */
gboolean baton_deployment_is_safe (BatonDeployment *self);
/* Returns: (nullable): translated sentences on what was changed or looks odd, one a line:
 * platform.uipath.com is now cloud.uipath.com and user keys ended there in March 2025; a folder
 * name in place of a tenant, … */
const char *baton_deployment_get_notice (BatonDeployment *self);

G_END_DECLS
