/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n.h>

#include "baton-json.h"
#include "baton-redact.h"
#include "baton-share.h"
#include "http/baton-request.h"

/* Anybody who is signed in may ask it, also an application that acts by itself. */
#define EXAMPLE "/odata/Folders?$top=10"

/* What an account is made of. All (nullable). */
typedef struct
{
  const char *origin;
  const char *organization;
  const char *tenant;
  const char *base;
  const char *client_id;
  const char *client_secret;
  const char *user_key;
  const char *user_name;
  const char *password;
  const char *scopes;
  const char *redirect_uri;
  const char *personal; /* the personal access token */
  const char *token;
} Facts;

/* A name and a value, and whether it is one of the secrets. */
typedef struct
{
  const char *name;
  const char *value; /* (nullable) */
  gboolean wanted;   /* stands there without a value as well: something lacks */
  gboolean secret;
} Variable;

static const char *
get_value (BatonSecret *secret, BatonSecretKind kind)
{
  return secret != NULL && baton_secret_get_kind (secret) == kind ? baton_secret_get_value (secret)
                                                                  : NULL;
}

static Facts
collect (BatonAccount *account, BatonSecret *secret, BatonToken *token)
{
  BatonDeployment *deployment = baton_account_get_deployment (account);
  const char *base = baton_deployment_get_base_url (deployment);
  Facts facts = {
    .origin = baton_deployment_get_origin (deployment),
    .organization = baton_deployment_get_organization (deployment),
    .tenant = baton_deployment_get_tenant (deployment),
    .base = base != NULL ? base : baton_deployment_get_origin (deployment),
    .client_id = baton_account_get_client_id (account),
    .client_secret = get_value (secret, BATON_SECRET_CLIENT_SECRET),
    .user_key = get_value (secret, BATON_SECRET_USER_KEY),
    .password = get_value (secret, BATON_SECRET_PASSWORD),
    .personal = get_value (secret, BATON_SECRET_PERSONAL_ACCESS_TOKEN),
    .user_name = baton_account_get_user_name (account),
    .scopes = baton_account_get_scopes (account),
    .redirect_uri = baton_account_get_redirect_uri (account),
    .token = token != NULL ? baton_token_get_access_token (token) : NULL,
  };

  if (secret != NULL && facts.client_secret == NULL)
    facts.client_secret = baton_secret_get_client_secret (secret);
  if (facts.personal != NULL)
    facts.token = facts.personal;

  return facts;
}

static char *
make_curl (BatonAccount *account, const Facts *facts)
{
  g_autoptr (BatonRequest) request = baton_request_new ("GET", EXAMPLE);

  return baton_request_to_curl (request, baton_account_get_deployment (account), facts->token);
}

/* A token of a service has two or three thousand characters. */
#define TEXT_ROOM 32768

#define N_VARIABLES 9

static void
list_variables (BatonAccount *account, const Facts *facts, Variable variables[N_VARIABLES])
{
  BatonMethod method = baton_account_get_method (account);
  gboolean by_password = method == BATON_METHOD_PASSWORD;
  const Variable all[N_VARIABLES] = {
    { "UIPATH_ORGANIZATION", facts->organization, FALSE, FALSE },
    { "UIPATH_TENANT", facts->tenant, FALSE, FALSE },
    { "UIPATH_CLIENT_ID", facts->client_id, FALSE, FALSE },
    { "UIPATH_CLIENT_SECRET", facts->client_secret, method == BATON_METHOD_CLIENT_CREDENTIALS,
      TRUE },
    { "UIPATH_SCOPE", facts->scopes, FALSE, FALSE },
    { "UIPATH_USER_KEY", facts->user_key, method == BATON_METHOD_USER_KEY, TRUE },
    { "UIPATH_USERNAME", by_password ? facts->user_name : NULL, by_password, FALSE },
    { "UIPATH_PASSWORD", facts->password, by_password, TRUE },
    { "UIPATH_ACCESS_TOKEN", facts->token, TRUE, TRUE },
  };

  memcpy (variables, all, sizeof all);
}

/* "{origin}/{org}/{tenant}": the vendor's SDKs add the service themselves. */
static char *
make_sdk_url (const Facts *facts)
{
  if (facts->organization == NULL || facts->tenant == NULL)
    return g_strdup (facts->base);

  return g_strconcat (facts->origin, "/", facts->organization, "/", facts->tenant, NULL);
}

/* With room for all that follows: what grows leaves copies behind. */
static GString *
begin_text (const char *first)
{
  GString *text = g_string_sized_new (TEXT_ROOM);

  return g_string_append (text, first);
}

/* In double quotes, as programs that read such files undo them. */
static void
append_quoted (GString *text, const char *value)
{
  g_string_append_c (text, '"');
  for (; *value != '\0'; value++)
    {
      if (strchr ("\"\\$`", *value) != NULL)
        g_string_append_c (text, '\\');
      if (*value == '\n')
        g_string_append (text, "\\n");
      else
        g_string_append_c (text, *value);
    }
  g_string_append_c (text, '"');
}

static char *
make_dotenv (BatonAccount *account, const Facts *facts)
{
  GString *text = begin_text ("UIPATH_URL=");
  g_autofree char *url = make_sdk_url (facts);
  Variable variables[N_VARIABLES];

  append_quoted (text, url);
  g_string_append_c (text, '\n');
  list_variables (account, facts, variables);
  for (guint i = 0; i < N_VARIABLES; i++)
    {
      if (variables[i].value == NULL && !variables[i].wanted)
        continue;
      g_string_append_printf (text, "%s=", variables[i].name);
      if (variables[i].value != NULL)
        append_quoted (text, variables[i].value);
      g_string_append_c (text, '\n');
    }

  return g_string_free (text, FALSE);
}

static void
add_member (JsonBuilder *builder, const char *name, const char *value)
{
  json_builder_set_member_name (builder, name);
  json_builder_add_string_value (builder, value);
}

static void
add_value (JsonBuilder *builder, const char *key, const char *value, gboolean secret)
{
  json_builder_begin_object (builder);
  add_member (builder, "key", key);
  add_member (builder, "value", value != NULL ? value : "");
  add_member (builder, "type", secret ? "secret" : "default");
  json_builder_set_member_name (builder, "enabled");
  json_builder_add_boolean_value (builder, TRUE);
  json_builder_end_object (builder);
}

static char *
make_postman (BatonAccount *account, const Facts *facts)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonNode) root = NULL;
  char *text = NULL;
  g_autofree char *token_url = baton_deployment_make_identity_url (
      baton_account_get_deployment (account), "/connect/token");
  Variable variables[N_VARIABLES];

  json_builder_begin_object (builder);
  add_member (builder, "name", baton_account_get_name (account));
  json_builder_set_member_name (builder, "values");
  json_builder_begin_array (builder);
  add_value (builder, "url", facts->base, FALSE);
  add_value (builder, "token_url", token_url, FALSE);
  list_variables (account, facts, variables);
  for (guint i = 0; i < N_VARIABLES; i++)
    if (variables[i].value != NULL || variables[i].wanted)
      {
        g_autofree char *key = g_ascii_strdown (variables[i].name + strlen ("UIPATH_"), -1);

        add_value (builder, key, variables[i].value, variables[i].secret);
      }
  json_builder_end_array (builder);
  add_member (builder, "_postman_variable_scope", "environment");
  json_builder_end_object (builder);
  root = json_builder_get_root (builder);
  text = baton_json_to_text (root, TRUE);
  baton_json_wipe (root);

  return text;
}

/* YAML takes JSON's strings. @value: (nullable): NULL is a place to fill in. */
static void
append_yaml (GString *text, const char *name, const char *value)
{
  g_autoptr (BatonSecretText) quoted = baton_json_quote (value != NULL ? value : "");

  g_string_append (text, name);
  g_string_append (text, ": ");
  g_string_append (text, quoted);
  g_string_append_c (text, '\n');
}

static void
append_yaml_auth (GString *text, BatonMethod method, const Facts *facts)
{
  switch (method)
    {
    case BATON_METHOD_CLIENT_CREDENTIALS:
      append_yaml (text, "    auth:\n      clientId", facts->client_id);
      append_yaml (text, "      clientSecret", facts->client_secret);
      break;
    case BATON_METHOD_BROWSER:
      append_yaml (text, "    auth:\n      clientId", facts->client_id);
      if (facts->client_secret != NULL)
        append_yaml (text, "      clientSecret", facts->client_secret);
      append_yaml (text, "      redirectUri", facts->redirect_uri);
      append_yaml (text, "      scopes", facts->scopes);
      break;
    case BATON_METHOD_PERSONAL_ACCESS_TOKEN:
      append_yaml (text, "    auth:\n      pat", facts->personal);
      break;
    case BATON_METHOD_USER_KEY:
    case BATON_METHOD_PASSWORD:
    default:
      /* It knows neither: a token of now is all that it can be given. */
      append_yaml (text, "    auth:\n      pat", facts->token);
      break;
    }
}

static char *
make_uipathcli (BatonAccount *account, const Facts *facts)
{
  GString *text = begin_text ("profiles:\n");

  append_yaml (text, "  - name", baton_account_get_name (account));
  append_yaml (text, "    uri", facts->origin);
  if (facts->organization != NULL)
    append_yaml (text, "    organization", facts->organization);
  if (facts->tenant != NULL)
    append_yaml (text, "    tenant", facts->tenant);
  append_yaml_auth (text, baton_account_get_method (account), facts);

  return g_string_free (text, FALSE);
}

/* In single quotes only the quote itself means something, and is doubled. */
static char *
quote_powershell (const char *value)
{
  g_auto (BatonSecretTexts) parts = g_strsplit (value, "'", -1);
  g_autoptr (BatonSecretText) doubled = g_strjoinv ("''", parts);

  return g_strconcat ("'", doubled, "'", NULL);
}

static char *
make_powershell (BatonAccount *account, const Facts *facts)
{
  BatonDeployment *deployment = baton_account_get_deployment (account);
  g_autofree char *url = g_strconcat (facts->base, EXAMPLE, NULL);
  g_autofree char *quoted_url = quote_powershell (url);
  g_autoptr (BatonSecretText) token
      = facts->token != NULL ? quote_powershell (facts->token) : g_strdup ("$env:BATON_TOKEN");
  GString *text = begin_text ("");

  g_string_append (text, "$token = ");
  g_string_append (text, token);
  g_string_append (text, "\n$headers = @{ Authorization = \"Bearer $token\"");
  if (baton_deployment_needs_tenant_header (deployment) && facts->tenant != NULL)
    {
      g_autofree char *tenant = quote_powershell (facts->tenant);

      g_string_append_printf (text, "; 'X-UIPATH-TenantName' = %s", tenant);
    }
  g_string_append (text, " }\n");
  g_string_append_printf (text, "Invoke-RestMethod -Uri %s -Headers $headers\n", quoted_url);

  return g_string_free (text, FALSE);
}

static const struct
{
  const char *name;
  char *(*make) (BatonAccount *account, const Facts *facts);
} formats[BATON_SHARE_N_FORMATS] = {
  [BATON_SHARE_CURL] = { N_ ("cURL"), make_curl },
  [BATON_SHARE_DOTENV] = { N_ (".env file"), make_dotenv },
  [BATON_SHARE_POSTMAN] = { N_ ("Postman environment"), make_postman },
  [BATON_SHARE_UIPATHCLI] = { N_ ("uipathcli profile"), make_uipathcli },
  [BATON_SHARE_POWERSHELL] = { N_ ("PowerShell"), make_powershell },
};

const char *
baton_share_get_name (BatonShareFormat format)
{
  g_return_val_if_fail ((guint)format < BATON_SHARE_N_FORMATS, NULL);

  return _ (formats[format].name);
}

gboolean
baton_share_has_secret (BatonMethod method)
{
  return method != BATON_METHOD_BROWSER;
}

char *
baton_share_make (BatonShareFormat format,
                  BatonAccount *account,
                  BatonSecret *secret,
                  BatonToken *token)
{
  Facts facts;

  g_return_val_if_fail ((guint)format < BATON_SHARE_N_FORMATS, NULL);
  g_return_val_if_fail (BATON_IS_ACCOUNT (account), NULL);

  facts = collect (account, secret, token);

  return formats[format].make (account, &facts);
}
