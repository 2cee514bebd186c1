/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "sandbox-oauth-scope.h"
#include "sandbox-oauth.h"

/* How the client said who it is. */
typedef struct
{
  char *id;     /* (owned) (nullable) */
  char *secret; /* (owned) (nullable) */
  gboolean by_header;
} Credentials;

static void
credentials_clear (Credentials *self)
{
  g_free (self->id);
  g_free (self->secret);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Credentials, credentials_clear)

/* Returns: FALSE where the header is no "Basic" of two parts, each encoded as in a form (RFC 6749,
 * 2.3.1). */
static gboolean
read_basic (const char *encoded, Credentials *credentials)
{
  gsize length;
  g_autofree guchar *bytes = g_base64_decode (encoded, &length);
  g_autofree char *text = g_strndup ((const char *)bytes, length);
  char *colon = strchr (text, ':');

  if (colon == NULL)
    return FALSE;
  *colon = '\0';
  credentials->id = g_uri_unescape_string (text, NULL);
  credentials->secret = g_uri_unescape_string (colon + 1, NULL);

  return credentials->id != NULL && credentials->secret != NULL;
}

static gboolean
read_credentials (SandboxRequest *request, SandboxForm *form, Credentials *credentials)
{
  const char *header = soup_message_headers_get_one (
      soup_server_message_get_request_headers (request->message), "Authorization");

  if (header != NULL && g_ascii_strncasecmp (header, "Basic ", 6) == 0)
    {
      const char *id = sandbox_form_get (form, "client_id");

      credentials->by_header = TRUE;
      /* One way only. */
      return sandbox_form_get (form, "client_secret") == NULL
             && read_basic (header + 6, credentials)
             && (id == NULL || g_str_equal (id, credentials->id));
    }
  credentials->id = g_strdup (sandbox_form_get (form, "client_id"));
  credentials->secret = g_strdup (sandbox_form_get (form, "client_secret"));

  return TRUE;
}

SandboxApplication *
sandbox_oauth_check_client (SandboxRequest *request, SandboxForm *form)
{
  g_auto (Credentials) credentials = { 0 };
  g_autoptr (SandboxApplication) application = NULL;

  if (!read_credentials (request, form, &credentials))
    {
      sandbox_reply_oauth_error (request, 400, "invalid_request", NULL);
      return NULL;
    }

  if (credentials.id != NULL)
    application = sandbox_application_find (request->store, credentials.id);
  if (application != NULL
      && (!application->confidential
          || (credentials.secret != NULL
              && sandbox_application_check_secret (request->store, application->id,
                                                   credentials.secret))))
    return g_steal_pointer (&application);

  if (credentials.by_header)
    soup_message_headers_replace (soup_server_message_get_response_headers (request->message),
                                  "WWW-Authenticate", "Basic realm=\"Identity\"");
  /* Without a description, as the service answers it. */
  sandbox_reply_oauth_error (request, credentials.by_header ? 401 : 400, "invalid_client", NULL);

  return NULL;
}

gboolean
sandbox_oauth_are_granted (const char *scopes, const char *allowed, gboolean person)
{
  g_auto (GStrv) names = NULL;

  g_return_val_if_fail (scopes != NULL && allowed != NULL, FALSE);

  names = g_strsplit (scopes, " ", -1);
  for (guint i = 0; names[i] != NULL; i++)
    if (!(person && sandbox_oauth_scope_is_of_person (names[i]))
        && !(sandbox_oauth_scope_is_known (names[i])
             && sandbox_oauth_scope_contains (allowed, names[i])))
      return FALSE;

  return TRUE;
}
