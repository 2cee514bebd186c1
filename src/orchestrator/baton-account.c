/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "baton-account.h"

struct _BatonAccount
{
  GObject parent_instance;

  char *id; /* (owned) */
  BatonDeployment *deployment; /* (owned) */
  BatonMethod method;
  BatonTrust *trust; /* (owned) */

  char *own_name;             /* (owned) (nullable) */
  char *made_name;            /* (owned) what to call it without own_name */
  char *client_id;            /* (owned) (nullable) */
  char *user_name;            /* (owned) (nullable) */
  char *tenant_display;       /* (owned) (nullable) */
  char *organization_display; /* (owned) (nullable) */
  char *color;                /* (owned) (nullable) */
  char *folder_path;          /* (owned) (nullable) */
  char *scopes;               /* (owned) (nullable) */
  char *redirect_uri;         /* (owned) (nullable) */
  GListStore *tenants;        /* (owned) (element-type BatonTenant) */
};

enum
{
  PROP_0,
  PROP_ID,
  PROP_NAME,
  PROP_DEPLOYMENT,
  PROP_METHOD,
  PROP_CLIENT_ID,
  PROP_USER_NAME,
  PROP_TENANT_DISPLAY,
  PROP_ORGANIZATION_DISPLAY,
  PROP_COLOR,
  PROP_FOLDER_PATH,
  PROP_SCOPES,
  PROP_REDIRECT_URI,
  PROP_TRUST,
  PROP_TENANTS,
  N_PROPS
};

G_DEFINE_FINAL_TYPE (BatonAccount, baton_account, G_TYPE_OBJECT)

G_DEFINE_ENUM_TYPE (BatonMethod,
                    baton_method,
                    G_DEFINE_ENUM_VALUE (BATON_METHOD_USER_KEY, "user-key"),
                    G_DEFINE_ENUM_VALUE (BATON_METHOD_PASSWORD, "password"),
                    G_DEFINE_ENUM_VALUE (BATON_METHOD_BROWSER, "browser"),
                    G_DEFINE_ENUM_VALUE (BATON_METHOD_CLIENT_CREDENTIALS, "client-credentials"),
                    G_DEFINE_ENUM_VALUE (BATON_METHOD_PERSONAL_ACCESS_TOKEN,
                                         "personal-access-token"))

static GParamSpec *properties[N_PROPS];

static gboolean
is_empty (const char *text)
{
  return text == NULL || *text == '\0';
}

static void
baton_account_name_changed (BatonAccount *self)
{
  const char *organization = baton_account_get_organization_display (self);
  const char *tenant = baton_account_get_tenant_display (self);

  g_free (self->made_name);
  if (!is_empty (organization) && !is_empty (tenant))
    self->made_name = g_strdup_printf ("%s / %s", organization, tenant);
  else if (!is_empty (tenant))
    self->made_name = g_strdup (tenant);
  else if (!is_empty (organization))
    self->made_name = g_strdup (organization);
  else
    {
      const char *origin = baton_deployment_get_origin (self->deployment);
      const char *host = strstr (origin, "://");

      self->made_name = g_strdup (host != NULL ? host + 3 : origin);
    }

  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_NAME]);
}

/* Returns: TRUE where it changed. An empty text is none. */
static gboolean
baton_account_set_text (BatonAccount *self, char **place, const char *text, guint property)
{
  if (is_empty (text))
    text = NULL;

  if (g_strcmp0 (*place, text) == 0)
    return FALSE;

  g_free (*place);
  *place = g_strdup (text);
  g_object_notify_by_pspec (G_OBJECT (self), properties[property]);

  return TRUE;
}

static void
baton_account_finalize (GObject *object)
{
  BatonAccount *self = BATON_ACCOUNT (object);

  g_clear_object (&self->deployment);
  g_clear_object (&self->trust);
  g_free (self->id);
  g_free (self->own_name);
  g_free (self->made_name);
  g_free (self->client_id);
  g_free (self->user_name);
  g_free (self->tenant_display);
  g_free (self->organization_display);
  g_free (self->color);
  g_free (self->folder_path);
  g_free (self->scopes);
  g_free (self->redirect_uri);
  g_clear_object (&self->tenants);

  G_OBJECT_CLASS (baton_account_parent_class)->finalize (object);
}

static void
baton_account_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  BatonAccount *self = BATON_ACCOUNT (object);

  switch (prop_id)
    {
    case PROP_ID:
      g_value_set_string (value, self->id);
      break;
    case PROP_NAME:
      g_value_set_string (value, baton_account_get_name (self));
      break;
    case PROP_DEPLOYMENT:
      g_value_set_object (value, self->deployment);
      break;
    case PROP_METHOD:
      g_value_set_enum (value, (int) self->method);
      break;
    case PROP_CLIENT_ID:
      g_value_set_string (value, self->client_id);
      break;
    case PROP_USER_NAME:
      g_value_set_string (value, self->user_name);
      break;
    case PROP_TENANT_DISPLAY:
      g_value_set_string (value, baton_account_get_tenant_display (self));
      break;
    case PROP_ORGANIZATION_DISPLAY:
      g_value_set_string (value, baton_account_get_organization_display (self));
      break;
    case PROP_COLOR:
      g_value_set_string (value, self->color);
      break;
    case PROP_FOLDER_PATH:
      g_value_set_string (value, self->folder_path);
      break;
    case PROP_SCOPES:
      g_value_set_string (value, self->scopes);
      break;
    case PROP_REDIRECT_URI:
      g_value_set_string (value, self->redirect_uri);
      break;
    case PROP_TRUST:
      g_value_set_object (value, self->trust);
      break;
    case PROP_TENANTS:
      g_value_set_object (value, self->tenants);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
baton_account_set_property (GObject *object, guint prop_id, const GValue *value, GParamSpec *pspec)
{
  BatonAccount *self = BATON_ACCOUNT (object);

  switch (prop_id)
    {
    case PROP_NAME:
      baton_account_set_name (self, g_value_get_string (value));
      break;
    case PROP_DEPLOYMENT:
      baton_account_set_deployment (self, g_value_get_object (value));
      break;
    case PROP_CLIENT_ID:
      baton_account_set_client_id (self, g_value_get_string (value));
      break;
    case PROP_USER_NAME:
      baton_account_set_user_name (self, g_value_get_string (value));
      break;
    case PROP_TENANT_DISPLAY:
      baton_account_set_tenant_display (self, g_value_get_string (value));
      break;
    case PROP_ORGANIZATION_DISPLAY:
      baton_account_set_organization_display (self, g_value_get_string (value));
      break;
    case PROP_COLOR:
      baton_account_set_color (self, g_value_get_string (value));
      break;
    case PROP_FOLDER_PATH:
      baton_account_set_folder_path (self, g_value_get_string (value));
      break;
    case PROP_SCOPES:
      baton_account_set_scopes (self, g_value_get_string (value));
      break;
    case PROP_REDIRECT_URI:
      baton_account_set_redirect_uri (self, g_value_get_string (value));
      break;
    case PROP_TRUST:
      baton_account_set_trust (self, g_value_get_object (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
baton_account_class_init (BatonAccountClass *klass)
{
  static const struct
  {
    guint id;
    const char *name;
  } texts[] = {
    { PROP_NAME, "name" },
    { PROP_CLIENT_ID, "client-id" },
    { PROP_USER_NAME, "user-name" },
    { PROP_TENANT_DISPLAY, "tenant-display" },
    { PROP_ORGANIZATION_DISPLAY, "organization-display" },
    { PROP_COLOR, "color" },
    { PROP_FOLDER_PATH, "folder-path" },
    { PROP_SCOPES, "scopes" },
    { PROP_REDIRECT_URI, "redirect-uri" },
  };
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags written = G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->finalize = baton_account_finalize;
  object_class->get_property = baton_account_get_property;
  object_class->set_property = baton_account_set_property;

  properties[PROP_ID] =
      g_param_spec_string ("id", NULL, NULL, NULL, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_DEPLOYMENT] =
      g_param_spec_object ("deployment", NULL, NULL, BATON_TYPE_DEPLOYMENT, written);
  properties[PROP_TRUST] = g_param_spec_object ("trust", NULL, NULL, BATON_TYPE_TRUST, written);
  properties[PROP_METHOD] =
      g_param_spec_enum ("method", NULL, NULL, BATON_TYPE_METHOD, BATON_METHOD_USER_KEY,
                         G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_TENANTS] = g_param_spec_object ("tenants", NULL, NULL, G_TYPE_LIST_MODEL,
                                                  G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    properties[texts[i].id] = g_param_spec_string (texts[i].name, NULL, NULL, NULL, written);

  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
baton_account_init (BatonAccount *self)
{
  self->trust = baton_trust_new ();
  self->tenants = g_list_store_new (BATON_TYPE_TENANT);
}

BatonAccount *
baton_account_new (const char *id, BatonDeployment *deployment, BatonMethod method)
{
  BatonAccount *self = NULL;

  g_return_val_if_fail (BATON_IS_DEPLOYMENT (deployment), NULL);

  self = g_object_new (BATON_TYPE_ACCOUNT, NULL);
  self->id = id != NULL ? g_strdup (id) : g_uuid_string_random ();
  self->deployment = g_object_ref (deployment);
  self->method = method;
  baton_account_name_changed (self);

  return self;
}

const char *
baton_account_get_id (BatonAccount *self)
{
  g_return_val_if_fail (BATON_IS_ACCOUNT (self), NULL);

  return self->id;
}

const char *
baton_account_get_name (BatonAccount *self)
{
  g_return_val_if_fail (BATON_IS_ACCOUNT (self), NULL);

  return self->own_name != NULL ? self->own_name : self->made_name;
}

const char *
baton_account_get_own_name (BatonAccount *self)
{
  g_return_val_if_fail (BATON_IS_ACCOUNT (self), NULL);

  return self->own_name;
}

void
baton_account_set_name (BatonAccount *self, const char *name)
{
  g_return_if_fail (BATON_IS_ACCOUNT (self));

  baton_account_set_text (self, &self->own_name, name, PROP_NAME);
}

BatonDeployment *
baton_account_get_deployment (BatonAccount *self)
{
  g_return_val_if_fail (BATON_IS_ACCOUNT (self), NULL);

  return self->deployment;
}

void
baton_account_set_deployment (BatonAccount *self, BatonDeployment *deployment)
{
  g_return_if_fail (BATON_IS_ACCOUNT (self));
  g_return_if_fail (BATON_IS_DEPLOYMENT (deployment));

  if (!g_set_object (&self->deployment, deployment))
    return;

  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_DEPLOYMENT]);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_TENANT_DISPLAY]);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ORGANIZATION_DISPLAY]);
  baton_account_name_changed (self);
}

BatonMethod
baton_account_get_method (BatonAccount *self)
{
  g_return_val_if_fail (BATON_IS_ACCOUNT (self), BATON_METHOD_USER_KEY);

  return self->method;
}

const char *
baton_account_get_client_id (BatonAccount *self)
{
  g_return_val_if_fail (BATON_IS_ACCOUNT (self), NULL);

  return self->client_id;
}

void
baton_account_set_client_id (BatonAccount *self, const char *client_id)
{
  g_return_if_fail (BATON_IS_ACCOUNT (self));

  baton_account_set_text (self, &self->client_id, client_id, PROP_CLIENT_ID);
}

const char *
baton_account_get_user_name (BatonAccount *self)
{
  g_return_val_if_fail (BATON_IS_ACCOUNT (self), NULL);

  return self->user_name;
}

void
baton_account_set_user_name (BatonAccount *self, const char *user_name)
{
  g_return_if_fail (BATON_IS_ACCOUNT (self));

  baton_account_set_text (self, &self->user_name, user_name, PROP_USER_NAME);
}

const char *
baton_account_get_tenant_display (BatonAccount *self)
{
  g_return_val_if_fail (BATON_IS_ACCOUNT (self), NULL);

  return self->tenant_display != NULL ? self->tenant_display
                                      : baton_deployment_get_tenant (self->deployment);
}

void
baton_account_set_tenant_display (BatonAccount *self, const char *name)
{
  g_return_if_fail (BATON_IS_ACCOUNT (self));

  if (baton_account_set_text (self, &self->tenant_display, name, PROP_TENANT_DISPLAY))
    baton_account_name_changed (self);
}

const char *
baton_account_get_organization_display (BatonAccount *self)
{
  g_return_val_if_fail (BATON_IS_ACCOUNT (self), NULL);

  return self->organization_display != NULL ? self->organization_display
                                            : baton_deployment_get_organization (self->deployment);
}

void
baton_account_set_organization_display (BatonAccount *self, const char *name)
{
  g_return_if_fail (BATON_IS_ACCOUNT (self));

  if (baton_account_set_text (self, &self->organization_display, name, PROP_ORGANIZATION_DISPLAY))
    baton_account_name_changed (self);
}

const char *
baton_account_get_folder_path (BatonAccount *self)
{
  g_return_val_if_fail (BATON_IS_ACCOUNT (self), NULL);

  return self->folder_path;
}

void
baton_account_set_folder_path (BatonAccount *self, const char *path)
{
  g_return_if_fail (BATON_IS_ACCOUNT (self));

  baton_account_set_text (self, &self->folder_path, path, PROP_FOLDER_PATH);
}

const char *
baton_account_get_color (BatonAccount *self)
{
  g_return_val_if_fail (BATON_IS_ACCOUNT (self), NULL);

  return self->color;
}

void
baton_account_set_color (BatonAccount *self, const char *color)
{
  g_return_if_fail (BATON_IS_ACCOUNT (self));

  baton_account_set_text (self, &self->color, color, PROP_COLOR);
}

const char *
baton_account_get_scopes (BatonAccount *self)
{
  g_return_val_if_fail (BATON_IS_ACCOUNT (self), NULL);

  return self->scopes;
}

void
baton_account_set_scopes (BatonAccount *self, const char *scopes)
{
  g_return_if_fail (BATON_IS_ACCOUNT (self));

  baton_account_set_text (self, &self->scopes, scopes, PROP_SCOPES);
}

const char *
baton_account_get_redirect_uri (BatonAccount *self)
{
  g_return_val_if_fail (BATON_IS_ACCOUNT (self), NULL);

  return self->redirect_uri;
}

void
baton_account_set_redirect_uri (BatonAccount *self, const char *uri)
{
  g_return_if_fail (BATON_IS_ACCOUNT (self));

  baton_account_set_text (self, &self->redirect_uri, uri, PROP_REDIRECT_URI);
}

BatonTrust *
baton_account_get_trust (BatonAccount *self)
{
  g_return_val_if_fail (BATON_IS_ACCOUNT (self), NULL);

  return self->trust;
}

void
baton_account_set_trust (BatonAccount *self, BatonTrust *trust)
{
  g_return_if_fail (BATON_IS_ACCOUNT (self));
  g_return_if_fail (BATON_IS_TRUST (trust));

  if (baton_trust_equal (self->trust, trust))
    return;

  g_set_object (&self->trust, trust);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_TRUST]);
}

GListModel *
baton_account_get_tenants (BatonAccount *self)
{
  g_return_val_if_fail (BATON_IS_ACCOUNT (self), NULL);

  return G_LIST_MODEL (self->tenants);
}

static gboolean
has_tenants (BatonAccount *self, GPtrArray *tenants)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->tenants));

  if (n != tenants->len)
    return FALSE;

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (BatonTenant) old = g_list_model_get_item (G_LIST_MODEL (self->tenants), i);

      if (!baton_tenant_equal (old, g_ptr_array_index (tenants, i)))
        return FALSE;
    }

  return TRUE;
}

void
baton_account_set_tenants (BatonAccount *self, GPtrArray *tenants)
{
  g_return_if_fail (BATON_IS_ACCOUNT (self));
  g_return_if_fail (tenants != NULL);

  if (has_tenants (self, tenants))
    return;

  g_list_store_splice (self->tenants, 0, g_list_model_get_n_items (G_LIST_MODEL (self->tenants)),
                       tenants->pdata, tenants->len);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_TENANTS]);
}
