/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "baton-deployment.h"
#include "baton-json.h"
#include "baton-paste-private.h"
#include "baton-redact.h"

#define MAX_TEXT (256 * 1024)
#define MAX_VALUE 8192
/* JSON may hold JSON as text (Postman): no deeper than this */
#define MAX_NESTING 4

static void read_text (BatonPaste *self, const char *text, guint nesting);
static void read_json (BatonPaste *self, JsonNode *node, guint nesting);

/* Returns: (transfer full): letters alone, in lower case: "Client Id", "client_id" and "clientId"
 * are one. */
static char *
normalize (const char *name)
{
  GString *plain = g_string_new (NULL);

  for (; *name != '\0'; name++)
    if (g_ascii_isalpha (*name))
      g_string_append_c (plain, g_ascii_tolower (*name));

  return g_string_free (plain, FALSE);
}

/* Returns: (nullable): the place of a value whose label is @name, normalized. */
static char **
find_place (BatonPaste *self, const char *name)
{
  const struct
  {
    const char *name;
    char **place;
  } names[] = {
    { "userkey", &self->user_key },
    { "refreshtoken", &self->user_key },
    { "clientid", &self->client_id },
    { "accountlogicalname", &self->organization },
    { "organizationid", &self->organization },
    { "organisationid", &self->organization },
    { "organizationname", &self->organization },
    { "organisationname", &self->organization },
    { "organization", &self->organization },
    { "organisation", &self->organization },
    { "accountname", &self->organization },
    { "account", &self->organization },
    { "tenantlogicalname", &self->tenant },
    { "tenantname", &self->tenant },
    { "tenancyname", &self->tenant },
    { "tenant", &self->tenant },
    { "xuipathtenantname", &self->tenant },
    { "username", &self->user_name },
    { "usernameoremailaddress", &self->user_name },
    { "email", &self->user_name },
    { "password", &self->password },
    { "appid", &self->client_id },
    { "applicationid", &self->client_id },
    { "clientsecret", &self->client_secret },
    { "appsecret", &self->client_secret },
    { "personalaccesstoken", &self->access_token },
    { "accesstoken", &self->access_token },
    { "pat", &self->access_token },
    { "scope", &self->scopes },
    { "scopes", &self->scopes },
    { "redirecturi", &self->redirect_uri },
    { "redirecturl", &self->redirect_uri },
    { "orchestrator", &self->address },
    { "orchestratorurl", &self->address },
    { "orchestratoraddress", &self->address },
    { "baseurl", &self->address },
    { "url", &self->address },
    { "address", &self->address },
    { "origin", &self->address },
  };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if (g_str_equal (name, names[i].name))
      return names[i].place;

  return NULL;
}

static gboolean
is_web_address (const char *text)
{
  return g_ascii_strncasecmp (text, "https://", 8) == 0
         || g_ascii_strncasecmp (text, "http://", 7) == 0;
}

/* Where tokens come from tells nothing of where the Orchestrator of the cloud is. */
static gboolean
is_token_host (const char *address)
{
  return strstr (address, "account.uipath.com") != NULL
         || strstr (address, "id-preprod.uipath.com") != NULL
         || strstr (address, "id-alpha.uipath.com") != NULL;
}

/* How much an address says: one with a tenant more than an origin. */
static guint
rank_address (const char *address)
{
  g_autoptr (BatonDeployment) deployment = baton_deployment_parse (address, NULL);

  if (deployment == NULL)
    return 0;

  return 1 + (baton_deployment_get_organization (deployment) != NULL)
         + (baton_deployment_get_tenant (deployment) != NULL);
}

static void
take_address (BatonPaste *self, const char *address)
{
  gboolean elsewhere = is_token_host (address) || g_strcmp0 (address, self->redirect_uri) == 0;
  guint rank = elsewhere ? 0 : rank_address (address);

  if (rank == 0 || (self->address != NULL && rank <= rank_address (self->address)))
    return;

  g_free (self->address);
  self->address = g_strdup (address);
}

/* A hidden or left-out value: "••••••", "<your key>", "{{client_id}}" */
static gboolean
is_placeholder (const char *value)
{
  if (strchr ("<[{$", *value) != NULL)
    return TRUE;

  for (; *value != '\0'; value = g_utf8_next_char (value))
    if (strchr ("*.", *value) == NULL && g_utf8_get_char (value) != 0x2022
        && g_utf8_get_char (value) != 0x25cf)
      return FALSE;

  return TRUE;
}

/* What lives an hour is nothing to sign in with: a personal access token is opaque (fact
 * sheet 2.4). */
static gboolean
is_jwt (const char *value)
{
  return g_str_has_prefix (value, "eyJ") && strchr (value, '.') != NULL;
}

/* The first that is said of a thing counts. */
static void
take (BatonPaste *self, const char *label, const char *value)
{
  g_autofree char *name = normalize (label);
  char **place = find_place (self, name);

  if (place == NULL || value == NULL || is_placeholder (value) || strlen (value) > MAX_VALUE
      || (place == &self->access_token && is_jwt (value)))
    return;

  if (place == &self->address)
    take_address (self, value);
  else if (*place == NULL)
    *place = g_strdup (value);
}

/* A member of JSON, or a header, or a field of a form. */
static void
take_text (BatonPaste *self, const char *name, const char *value, guint nesting)
{
  take (self, name, value);

  if (is_web_address (value))
    take_address (self, value);
  else if (*value == '{' && nesting < MAX_NESTING)
    {
      g_autoptr (JsonNode) root = baton_json_parse_text (value, -1, NULL);

      if (root == NULL)
        return;
      read_json (self, root, nesting + 1);
      baton_json_wipe (root);
    }
}

static void
read_object (BatonPaste *self, JsonObject *object, guint nesting)
{
  g_auto (GStrv) names = baton_json_dup_names (object);
  const char *key = baton_json_peek_string (object, "key");
  const char *value = baton_json_peek_string (object, "value");

  /* as Postman writes a header or a field */
  if (key != NULL && value != NULL)
    take_text (self, key, value, nesting);

  for (guint i = 0; names[i] != NULL; i++)
    {
      const char *text = baton_json_peek_string (object, names[i]);

      if (text != NULL)
        take_text (self, names[i], text, nesting);
      else
        read_json (self, baton_json_peek_node (object, names[i]), nesting);
    }
}

/* The depth was checked when it was parsed. */
static void
read_json (BatonPaste *self, JsonNode *node, guint nesting)
{
  JsonObject *object = node != NULL ? baton_json_peek_root_object (node) : NULL;
  JsonArray *array = node != NULL ? baton_json_peek_root_array (node) : NULL;

  if (object != NULL)
    read_object (self, object, nesting);

  for (guint i = 0; i < baton_json_length (array); i++)
    read_json (self, baton_json_peek_node_at (array, i), nesting);
}

/* client_id=…&refresh_token=… */
static void
read_form (BatonPaste *self, const char *text, guint nesting)
{
  g_auto (BatonSecretTexts) fields = g_strsplit (text, "&", -1);

  for (guint i = 0; fields[i] != NULL; i++)
    {
      char *equals = strchr (fields[i], '=');
      g_autoptr (BatonSecretText) value = NULL;

      if (equals == NULL)
        continue;
      *equals = '\0';
      g_strdelimit (equals + 1, "+", ' ');
      value = g_uri_unescape_string (equals + 1, NULL);
      if (value != NULL)
        take_text (self, fields[i], value, nesting);
    }
}

static void
read_curl_word (BatonPaste *self, const char *option, const char *value, guint nesting)
{
  if (g_str_equal (option, "-H") || g_str_equal (option, "--header"))
    {
      g_auto (BatonSecretTexts) parts = g_strsplit (value, ":", 2);

      if (parts[0] == NULL || parts[1] == NULL)
        return;
      g_strstrip (parts[1]);
      if (g_ascii_strncasecmp (parts[1], "Bearer ", 7) == 0)
        take (self, "access_token", g_strstrip (parts[1] + 7));
      else
        take (self, parts[0], parts[1]);
    }
  else if (g_str_equal (option, "-d") || g_str_has_prefix (option, "--data"))
    {
      if (*value == '{')
        read_text (self, value, nesting + 1);
      else
        read_form (self, value, nesting);
    }
  else if (g_str_equal (option, "--json"))
    read_text (self, value, nesting + 1);
  else if (g_str_equal (option, "--url"))
    take_address (self, value);
}

static gboolean
read_curl (BatonPaste *self, const char *text, guint nesting)
{
  g_autoptr (GString) command = g_string_new (text);
  g_auto (BatonSecretTexts) words = NULL;
  gboolean parsed;

  /* continued lines of sh, cmd and PowerShell */
  g_string_replace (command, "\r\n", "\n", 0);
  g_string_replace (command, "\\\n", " ", 0);
  g_string_replace (command, "^\n", " ", 0);
  g_string_replace (command, "`\n", " ", 0);
  g_string_replace (command, "$'", "'", 0);

  parsed = g_shell_parse_argv (command->str, NULL, &words, NULL);
  explicit_bzero (command->str, command->len);
  if (!parsed)
    return FALSE;

  for (guint i = 0; words[i] != NULL; i++)
    {
      const char *equals = strchr (words[i], '=');

      if (is_web_address (words[i]))
        take_address (self, words[i]);
      else if (g_str_has_prefix (words[i], "--") && equals != NULL)
        {
          g_autofree char *option = g_strndup (words[i], (gsize)(equals - words[i]));

          read_curl_word (self, option, equals + 1, nesting);
        }
      else if (*words[i] == '-' && words[i + 1] != NULL)
        read_curl_word (self, words[i], words[i + 1], nesting);
    }

  return TRUE;
}

static void
take_label (const char *name, const char *value, gpointer user_data)
{
  take (user_data, name, value);
}

/* UIPATH_CLIENT_ID="…": a line of an .env file, or of a shell. */
static void
read_variables (BatonPaste *self, const char *text)
{
  g_autoptr (GRegex) regex
      = g_regex_new ("^[ \\t]*(?:export[ \\t]+)?(?:UIPATH|ORCHESTRATOR|BATON)_(\\w+)[ \\t]*=[ "
                     "\\t]*([\"']?)(.*?)\\2[ "
                     "\\t\\r]*$",
                     G_REGEX_MULTILINE | G_REGEX_CASELESS, 0, NULL);
  g_autoptr (GMatchInfo) match = NULL;

  g_assert (regex != NULL);

  for (g_regex_match (regex, text, 0, &match); g_match_info_matches (match);
       g_match_info_next (match, NULL))
    {
      g_autofree char *name = g_match_info_fetch (match, 1);
      char *value = g_match_info_fetch (match, 3);

      if (*value != '\0')
        take (self, name, value);
      baton_secret_free (value);
    }
}

static void
read_addresses (BatonPaste *self, const char *text)
{
  g_autoptr (GRegex) regex = g_regex_new ("https?://[^\\s\"'<>\\\\]+", G_REGEX_CASELESS, 0, NULL);
  g_autoptr (GMatchInfo) match = NULL;

  for (g_regex_match (regex, text, 0, &match); g_match_info_matches (match);
       g_match_info_next (match, NULL))
    {
      g_autofree char *address = g_match_info_fetch (match, 0);

      take_address (self, address);
    }
}

static void
read_text (BatonPaste *self, const char *text, guint nesting)
{
  const char *start = text + strspn (text, " \t\r\n$>");

  if (nesting > MAX_NESTING)
    return;

  if (*start == '{' || *start == '[')
    {
      g_autoptr (JsonNode) root = baton_json_parse_text (start, -1, NULL);

      if (root != NULL)
        {
          read_json (self, root, nesting);
          baton_json_wipe (root);
          return;
        }
    }

  if (g_ascii_strncasecmp (start, "curl", 4) == 0 && (g_ascii_isspace (start[4]) || start[4] == '.')
      && read_curl (self, start, nesting))
    return;

  read_variables (self, text);
  _baton_paste_find_labels (text, take_label, self);
  read_addresses (self, text);
}

static gboolean
is_empty (BatonPaste *self)
{
  return self->address == NULL && self->organization == NULL && self->tenant == NULL
         && self->client_id == NULL && self->user_key == NULL && self->user_name == NULL
         && self->password == NULL && self->client_secret == NULL && self->access_token == NULL
         && self->scopes == NULL && self->redirect_uri == NULL;
}

BatonPaste *
baton_paste_parse (const char *text)
{
  g_autoptr (BatonPaste) self = NULL;
  g_autoptr (BatonSecretText) trimmed = NULL;

  g_return_val_if_fail (text != NULL, NULL);

  if (strlen (text) > MAX_TEXT || !g_utf8_validate (text, -1, NULL))
    return NULL;

  trimmed = g_strstrip (g_strdup (text));
  /* an address is pasted where addresses are typed */
  if (strpbrk (trimmed, " \t\r\n{") == NULL)
    return NULL;

  self = g_new0 (BatonPaste, 1);
  read_text (self, trimmed, 0);

  if (is_empty (self))
    return NULL;

  return g_steal_pointer (&self);
}

char *
baton_paste_make_address (BatonPaste *self, const char *current)
{
  g_autoptr (BatonDeployment) deployment = NULL;
  g_autoptr (BatonDeployment) placed = NULL;
  const char *base = NULL;

  g_return_val_if_fail (self != NULL, NULL);

  if (self->address == NULL && self->organization == NULL)
    return NULL;

  if (self->address != NULL)
    deployment = baton_deployment_parse (self->address, NULL);
  else if (current != NULL && *current != '\0')
    deployment = baton_deployment_parse (current, NULL);
  if (deployment == NULL)
    deployment = baton_deployment_parse ("https://cloud.uipath.com", NULL);

  /* what an address says of itself goes before what stands beside it */
  if (self->organization == NULL
      || (self->address != NULL && baton_deployment_get_organization (deployment) != NULL))
    return g_strdup (self->address);

  placed = baton_deployment_with_tenant (deployment, self->organization, self->tenant);
  base = baton_deployment_get_base_url (placed);

  return base != NULL ? g_strdup (base)
                      : g_strdup_printf ("%s/%s", baton_deployment_get_origin (deployment),
                                         self->organization);
}

void
baton_paste_free (BatonPaste *self)
{
  g_free (self->address);
  g_free (self->organization);
  g_free (self->tenant);
  g_free (self->client_id);
  baton_secret_free (self->user_key);
  g_free (self->user_name);
  baton_secret_free (self->password);
  baton_secret_free (self->client_secret);
  baton_secret_free (self->access_token);
  g_free (self->scopes);
  g_free (self->redirect_uri);
  g_free (self);
}
