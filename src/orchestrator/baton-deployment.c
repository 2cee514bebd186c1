/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n.h>
#include <string.h>

#include "baton-address.h"
#include "baton-deployment.h"

/* The hosts of the user-key era, which still hold tokens and discovery (fact sheet 2.1) */
#define LEGACY_IDENTITY "https://account.uipath.com"
#define LEGACY_PORTAL "https://platform.uipath.com"

struct _BatonDeployment
{
  GObject parent_instance;

  BatonEdition edition;
  char *origin;       /* (owned) */
  char *organization; /* (owned) (nullable) */
  char *tenant;       /* (owned) (nullable) */
  gint64 folder_hint;
  char *notice;                  /* (owned) (nullable) */
  char *given[BATON_N_SERVICES]; /* (owned) (nullable): by a person, in place of what is made */

  /* made of the above, once */
  char *base_url;         /* (owned) (nullable) */
  char *token_url;        /* (owned) */
  char *revoke_url;       /* (owned) */
  char *discovery_url;    /* (owned) */
  char *authenticate_url; /* (owned) */
  char *api_access_url;   /* (owned) (nullable) */
};

G_DEFINE_FINAL_TYPE (BatonDeployment, baton_deployment, G_TYPE_OBJECT)

G_DEFINE_ENUM_TYPE (BatonEdition,
                    baton_edition,
                    G_DEFINE_ENUM_VALUE (BATON_EDITION_CLOUD, "cloud"),
                    G_DEFINE_ENUM_VALUE (BATON_EDITION_GOVERNMENT, "government"),
                    G_DEFINE_ENUM_VALUE (BATON_EDITION_DEDICATED, "dedicated"),
                    G_DEFINE_ENUM_VALUE (BATON_EDITION_SUITE, "suite"),
                    G_DEFINE_ENUM_VALUE (BATON_EDITION_STANDALONE, "standalone"),
                    G_DEFINE_ENUM_VALUE (BATON_EDITION_SANDBOX, "sandbox"))

static void
baton_deployment_finalize (GObject *object)
{
  BatonDeployment *self = BATON_DEPLOYMENT (object);

  g_free (self->origin);
  g_free (self->organization);
  g_free (self->tenant);
  g_free (self->notice);
  for (guint i = 0; i < BATON_N_SERVICES; i++)
    g_free (self->given[i]);
  g_free (self->base_url);
  g_free (self->token_url);
  g_free (self->revoke_url);
  g_free (self->discovery_url);
  g_free (self->authenticate_url);
  g_free (self->api_access_url);

  G_OBJECT_CLASS (baton_deployment_parent_class)->finalize (object);
}

static void
baton_deployment_class_init (BatonDeploymentClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = baton_deployment_finalize;
}

static void
baton_deployment_init (BatonDeployment *self)
{
}

/* A sandbox has all three shapes of address: without an organisation it is used as a standalone. */
static gboolean
tenant_goes_in_header (BatonDeployment *self)
{
  return self->edition == BATON_EDITION_STANDALONE ||
         (self->edition == BATON_EDITION_SANDBOX && self->organization == NULL &&
          self->tenant != NULL);
}

/* Returns: FALSE where @text needs what is not known. */
static gboolean
put_name (GString *text, const char *placeholder, const char *name)
{
  g_autofree char *escaped = NULL;

  if (strstr (text->str, placeholder) == NULL)
    return TRUE;
  if (name == NULL)
    return FALSE;

  escaped = g_uri_escape_string (name, NULL, TRUE);
  g_string_replace (text, placeholder, escaped, 0);

  return TRUE;
}

/* Returns: (transfer full) (nullable): the given address of @service with the names in it; NULL where
 * there is none, or a name in it lacks. */
static char *
expand_given (BatonDeployment *self, BatonService service)
{
  g_autoptr (GString) text = NULL;

  if (self->given[service] == NULL)
    return NULL;

  text = g_string_new (self->given[service]);
  if (!put_name (text, "{organization}", self->organization)
      || !put_name (text, "{tenant}", self->tenant))
    return NULL;

  return g_strdup (text->str);
}

static char *
make_base_url (BatonDeployment *self)
{
  g_autofree char *organization = NULL;
  g_autofree char *tenant = NULL;

  if (tenant_goes_in_header (self))
    return g_strdup (self->origin);

  if (self->organization == NULL || self->tenant == NULL)
    return NULL;

  organization = g_uri_escape_string (self->organization, NULL, TRUE);
  tenant = g_uri_escape_string (self->tenant, NULL, TRUE);

  return g_strdup_printf ("%s/%s/%s/orchestrator_", self->origin, organization, tenant);
}

/* Returns: (transfer none): where tokens of user keys come from (fact sheet 1.1: staging and alpha
 * have identity hosts of their own). */
static const char *
find_identity_origin (BatonDeployment *self)
{
  if (self->edition != BATON_EDITION_CLOUD)
    return self->origin;

  if (g_str_equal (self->origin, "https://staging.uipath.com"))
    return "https://id-preprod.uipath.com";
  if (g_str_equal (self->origin, "https://alpha.uipath.com"))
    return "https://id-alpha.uipath.com";

  return LEGACY_IDENTITY;
}

static const char *
find_discovery_origin (BatonDeployment *self)
{
  if (g_str_equal (find_identity_origin (self), LEGACY_IDENTITY))
    return LEGACY_PORTAL;

  return self->origin;
}

static char *
make_api_access_url (BatonDeployment *self)
{
  g_autofree char *organization = NULL;

  if (self->edition == BATON_EDITION_STANDALONE)
    return NULL;

  if (self->edition == BATON_EDITION_SANDBOX)
    return g_strconcat (self->origin, "/portal_/apiAccess", NULL);

  if (self->organization == NULL)
    return g_strconcat (self->origin, "/portal_/", NULL);

  organization = g_uri_escape_string (self->organization, NULL, TRUE);

  return g_strdup_printf ("%s/%s/portal_/", self->origin, organization);
}

static void
baton_deployment_derive (BatonDeployment *self)
{
  g_autofree char *given = expand_given (self, BATON_SERVICE_IDENTITY);
  const char *identity = given != NULL ? given : find_identity_origin (self);
  gboolean at_root;

  self->base_url = self->given[BATON_SERVICE_ORCHESTRATOR] != NULL
                       ? expand_given (self, BATON_SERVICE_ORCHESTRATOR)
                       : make_base_url (self);
  self->token_url = g_strconcat (identity, "/oauth/token", NULL);
  self->revoke_url = g_strconcat (identity, "/oauth/revoke", NULL);
  self->discovery_url = g_strconcat (find_discovery_origin (self), "/cloudrpa/api", NULL);
  self->api_access_url = expand_given (self, BATON_SERVICE_PORTAL);
  if (self->api_access_url == NULL)
    self->api_access_url = make_api_access_url (self);

  /* The sandbox answers this one at its root, whatever the shape of address (fact sheet 2.2). */
  at_root = self->base_url == NULL || (self->edition == BATON_EDITION_SANDBOX &&
                                       self->given[BATON_SERVICE_ORCHESTRATOR] == NULL);
  self->authenticate_url = g_strconcat (at_root ? self->origin : self->base_url,
                                        "/api/Account/Authenticate", NULL);
}

/* @organization, @tenant, @notice: (nullable). @given: (nullable): BATON_N_SERVICES of them. */
static BatonDeployment *
baton_deployment_new (BatonEdition edition,
                      const char *origin,
                      const char *organization,
                      const char *tenant,
                      gint64 folder_hint,
                      const char *notice,
                      char *const *given)
{
  BatonDeployment *self = g_object_new (BATON_TYPE_DEPLOYMENT, NULL);

  self->edition = edition;
  self->origin = g_strdup (origin);
  if (organization != NULL && *organization != '\0' && edition != BATON_EDITION_STANDALONE)
    self->organization = g_strdup (organization);
  if (tenant != NULL && *tenant != '\0')
    self->tenant = g_strdup (tenant);
  self->folder_hint = folder_hint;
  if (notice != NULL && *notice != '\0')
    self->notice = g_strdup (notice);
  for (guint i = 0; given != NULL && i < BATON_N_SERVICES; i++)
    self->given[i] = g_strdup (given[i]);

  baton_deployment_derive (self);

  return self;
}

/**
 * baton_deployment_parse:
 * @address: what a person pasted
 * @error: BATON_ERROR_INVALID with a sentence for a person
 *
 * Any thread. Fact sheet 1.4.
 *
 * Returns: (transfer full) (nullable): what was understood
 */
BatonDeployment *
baton_deployment_parse (const char *address, GError **error)
{
  g_autoptr (BatonAddress) parts = NULL;

  g_return_val_if_fail (address != NULL, NULL);

  parts = baton_address_parse (address, error);
  if (parts == NULL)
    return NULL;

  return baton_deployment_new (parts->edition, parts->origin, parts->organization, parts->tenant,
                               parts->folder, parts->notice->str, NULL);
}

BatonDeployment *
baton_deployment_with_tenant (BatonDeployment *self, const char *organization, const char *tenant)
{
  g_return_val_if_fail (BATON_IS_DEPLOYMENT (self), NULL);

  return baton_deployment_new (self->edition, self->origin, organization, tenant,
                               self->folder_hint, self->notice, self->given);
}

BatonDeployment *
baton_deployment_with_edition (BatonDeployment *self, BatonEdition edition)
{
  const char *organization = NULL;
  const char *tenant = NULL;

  g_return_val_if_fail (BATON_IS_DEPLOYMENT (self), NULL);

  organization = self->organization;
  tenant = self->tenant;

  /* the one name in the address of a standalone is its tenant; elsewhere the first is of the
   * organisation */
  if (self->edition == BATON_EDITION_STANDALONE && edition != BATON_EDITION_STANDALONE)
    {
      organization = self->tenant;
      tenant = NULL;
    }

  return baton_deployment_new (edition, self->origin, organization, tenant, self->folder_hint,
                               self->notice, self->given);
}

BatonDeployment *
baton_deployment_with_service (BatonDeployment *self, BatonService service, const char *address)
{
  char *given[BATON_N_SERVICES];
  g_autofree char *text = NULL;

  g_return_val_if_fail (BATON_IS_DEPLOYMENT (self), NULL);
  g_return_val_if_fail ((guint) service < BATON_N_SERVICES, NULL);

  text = g_strstrip (g_strdup (address != NULL ? address : ""));
  while (g_str_has_suffix (text, "/"))
    text[strlen (text) - 1] = '\0';

  memcpy (given, self->given, sizeof given);
  given[service] = *text != '\0' ? text : NULL;

  return baton_deployment_new (self->edition, self->origin, self->organization, self->tenant,
                               self->folder_hint, self->notice, given);
}

const char *
baton_deployment_get_given (BatonDeployment *self, BatonService service)
{
  g_return_val_if_fail (BATON_IS_DEPLOYMENT (self), NULL);
  g_return_val_if_fail ((guint) service < BATON_N_SERVICES, NULL);

  return self->given[service];
}

char *
baton_deployment_make_address (BatonDeployment *self)
{
  char *address = NULL;

  g_return_val_if_fail (BATON_IS_DEPLOYMENT (self), NULL);

  address = make_base_url (self);

  return address != NULL ? address : g_strdup (self->origin);
}

BatonEdition
baton_deployment_get_edition (BatonDeployment *self)
{
  g_return_val_if_fail (BATON_IS_DEPLOYMENT (self), BATON_EDITION_CLOUD);

  return self->edition;
}

const char *
baton_edition_get_name (BatonEdition edition)
{
  switch (edition)
    {
    case BATON_EDITION_CLOUD:
      return _("Automation Cloud");
    case BATON_EDITION_GOVERNMENT:
      return _("Automation Cloud Public Sector");
    case BATON_EDITION_DEDICATED:
      return _("Automation Cloud Dedicated");
    case BATON_EDITION_SUITE:
      return _("Automation Suite");
    case BATON_EDITION_STANDALONE:
      return _("Standalone Orchestrator");
    case BATON_EDITION_SANDBOX:
      return _("Sandbox");
    default:
      g_assert_not_reached ();
    }
}

const char *
baton_deployment_get_edition_name (BatonDeployment *self)
{
  g_return_val_if_fail (BATON_IS_DEPLOYMENT (self), NULL);

  return baton_edition_get_name (self->edition);
}

const char *
baton_deployment_get_origin (BatonDeployment *self)
{
  g_return_val_if_fail (BATON_IS_DEPLOYMENT (self), NULL);

  return self->origin;
}

const char *
baton_deployment_get_organization (BatonDeployment *self)
{
  g_return_val_if_fail (BATON_IS_DEPLOYMENT (self), NULL);

  return self->organization;
}

const char *
baton_deployment_get_tenant (BatonDeployment *self)
{
  g_return_val_if_fail (BATON_IS_DEPLOYMENT (self), NULL);

  return self->tenant;
}

const char *
baton_deployment_get_base_url (BatonDeployment *self)
{
  g_return_val_if_fail (BATON_IS_DEPLOYMENT (self), NULL);

  return self->base_url;
}

const char *
baton_deployment_get_token_url (BatonDeployment *self)
{
  g_return_val_if_fail (BATON_IS_DEPLOYMENT (self), NULL);

  return self->token_url;
}

const char *
baton_deployment_get_revoke_url (BatonDeployment *self)
{
  g_return_val_if_fail (BATON_IS_DEPLOYMENT (self), NULL);

  return self->revoke_url;
}

const char *
baton_deployment_get_discovery_url (BatonDeployment *self)
{
  g_return_val_if_fail (BATON_IS_DEPLOYMENT (self), NULL);

  return self->discovery_url;
}

char *
baton_deployment_make_identity_url (BatonDeployment *self, const char *path)
{
  g_autofree char *given = NULL;

  g_return_val_if_fail (BATON_IS_DEPLOYMENT (self), NULL);
  g_return_val_if_fail (path != NULL, NULL);

  given = expand_given (self, BATON_SERVICE_IDENTITY);
  if (given != NULL)
    return g_strconcat (given, path, NULL);

  return g_strconcat (self->origin,
                      self->edition == BATON_EDITION_STANDALONE ? "/identity" : "/identity_", path,
                      NULL);
}

char *
baton_deployment_make_service_url (BatonDeployment *self, BatonService service)
{
  gboolean standalone;
  const char *name = NULL;
  char *given = NULL;
  g_autofree char *organization = NULL;

  g_return_val_if_fail (BATON_IS_DEPLOYMENT (self), NULL);
  g_return_val_if_fail ((guint) service < BATON_N_SERVICES, NULL);

  if (service == BATON_SERVICE_ORCHESTRATOR)
    return g_strdup (self->base_url);

  given = expand_given (self, service);
  if (given != NULL)
    return given;

  standalone = self->edition == BATON_EDITION_STANDALONE;
  if (service == BATON_SERVICE_IDENTITY)
    name = standalone ? "identity" : "identity_";
  else
    name = standalone ? "portal" : "portal_";

  if (standalone)
    return g_strconcat (self->origin, "/", name, NULL);
  if (self->organization == NULL)
    return NULL;

  organization = g_uri_escape_string (self->organization, NULL, TRUE);

  return g_strconcat (self->origin, "/", organization, "/", name, NULL);
}

char *
baton_deployment_make_portal_url (BatonDeployment *self, const char *page)
{
  g_autofree char *base = NULL;

  g_return_val_if_fail (BATON_IS_DEPLOYMENT (self), NULL);
  g_return_val_if_fail (page != NULL, NULL);

  base = baton_deployment_make_service_url (self, BATON_SERVICE_PORTAL);

  return base != NULL ? g_strconcat (base, "/", page, NULL)
                      : g_strconcat (self->origin, "/portal_/", page, NULL);
}

const char *
baton_deployment_get_authenticate_url (BatonDeployment *self)
{
  g_return_val_if_fail (BATON_IS_DEPLOYMENT (self), NULL);

  return self->authenticate_url;
}

const char *
baton_deployment_get_api_access_url (BatonDeployment *self)
{
  g_return_val_if_fail (BATON_IS_DEPLOYMENT (self), NULL);

  return self->api_access_url;
}

gint64
baton_deployment_get_folder_hint (BatonDeployment *self)
{
  g_return_val_if_fail (BATON_IS_DEPLOYMENT (self), 0);

  return self->folder_hint;
}

gboolean
baton_deployment_needs_tenant_header (BatonDeployment *self)
{
  g_return_val_if_fail (BATON_IS_DEPLOYMENT (self), FALSE);

  return self->tenant != NULL && tenant_goes_in_header (self);
}

gboolean
baton_deployment_is_safe (BatonDeployment *self)
{
  g_return_val_if_fail (BATON_IS_DEPLOYMENT (self), FALSE);

  for (guint i = 0; i < BATON_N_SERVICES; i++)
    {
      g_autofree char *plain = NULL;

      if (self->given[i] == NULL)
        continue;
      /* what comes after the host does not matter here, and a placeholder is no part of a URL */
      plain = g_strndup (self->given[i], strcspn (self->given[i], "{"));
      if (!baton_address_is_safe (plain))
        return FALSE;
    }

  return baton_address_is_safe (self->origin);
}

const char *
baton_deployment_get_notice (BatonDeployment *self)
{
  g_return_val_if_fail (BATON_IS_DEPLOYMENT (self), NULL);

  return self->notice;
}
