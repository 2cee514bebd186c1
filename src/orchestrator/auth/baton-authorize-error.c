/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n.h>

#include "baton-authorize-error.h"
#include "baton-error.h"
#include "baton-json.h"
#include "baton-redact.h"

#define MAX_CODE 40
#define MAX_DESCRIPTION 300

/* Fact sheet 2.3; each with the server's words behind it, where it has any. */
static const struct
{
  const char *code;
  BatonErrorCode meaning;
  const char *text;
} meanings[] = {
  { "access_denied", BATON_ERROR_NOT_ALLOWED,
    N_ ("The sign-in was refused in the browser. Sign in again and allow what Baton asks for.") },
  { "invalid_scope", BATON_ERROR_INVALID,
    N_ ("The application was not given one of the scopes that were asked for. Take it out here, or "
        "have an administrator add it to the external application as a user scope.") },
  { "unauthorized_client", BATON_ERROR_BAD_CREDENTIALS,
    N_ ("The external application may not sign people in. It needs user scopes and a redirect "
        "URL.") },
  { "invalid_client", BATON_ERROR_BAD_CREDENTIALS,
    N_ ("The server does not know this client ID. It is the App ID of the external application.") },
  { "219", BATON_ERROR_NOT_ALLOWED,
    N_ ("Your user is not part of this organisation yet, or the browser is signed in as somebody "
        "else. Accept the invitation, or sign out in the browser, and try again.") },
  { "login_required", BATON_ERROR_NOT_SIGNED_IN,
    N_ ("The browser did not sign in. Try again and finish the sign-in there.") },
  { "server_error", BATON_ERROR_SERVER,
    N_ ("The server could not finish the sign-in. Try again in a while.") },
  { "temporarily_unavailable", BATON_ERROR_SERVER,
    N_ ("The server could not finish the sign-in. Try again in a while.") },
};

/* The redirect URL is what this is about nearly always. */
static char *
explain_invalid_request (const char *redirect_uri)
{
  if (redirect_uri == NULL)
    return g_strdup (
        _ ("The server does not accept the request. Most often the redirect URL is not "
           "the one that is registered with the external application."));

  return g_strdup_printf (
      /* TRANSLATORS: %s is an address */
      _ ("The server does not accept the request. Most often the redirect URL is not the one that "
         "is "
         "registered with the external application: it must be %s to the letter."),
      redirect_uri);
}

static char *
add_description (const char *text, const char *description)
{
  g_autofree char *redacted = NULL;
  g_autofree char *valid = NULL;
  g_autofree char *cut = NULL;

  if (description == NULL || *description == '\0')
    return g_strdup (text);

  valid = g_utf8_make_valid (description, -1);
  redacted = baton_redact (valid);
  cut = g_utf8_substring (redacted, 0, MIN (g_utf8_strlen (redacted, -1), MAX_DESCRIPTION));

  /* TRANSLATORS: the first %s is a sentence, the second what the server said, in its own words */
  return g_strdup_printf (_ ("%s (The server says: %s)"), text, cut);
}

GError *
baton_authorize_error_new (const char *code, const char *description, const char *redirect_uri)
{
  BatonErrorCode meaning = BATON_ERROR_BAD_CREDENTIALS;
  g_autofree char *text = NULL;
  g_autofree char *message = NULL;
  GError *error = NULL;

  g_return_val_if_fail (code != NULL, NULL);

  if (g_str_equal (code, "invalid_request"))
    {
      meaning = BATON_ERROR_INVALID;
      text = explain_invalid_request (redirect_uri);
    }
  for (gsize i = 0; text == NULL && i < G_N_ELEMENTS (meanings); i++)
    {
      if (!g_str_equal (code, meanings[i].code))
        continue;
      meaning = meanings[i].meaning;
      text = g_strdup (_ (meanings[i].text));
    }
  if (text == NULL)
    {
      g_autofree char *shown = g_utf8_make_valid (code, (gssize) strnlen (code, MAX_CODE));

      /* TRANSLATORS: %s is a word of the server, as "219" */
      text = g_strdup_printf (_ ("The sign-in came to nothing, and the server says “%s”."), shown);
    }
  message = add_description (text, description);

  error = g_error_new_literal (BATON_ERROR, (int)meaning, message);
  baton_error_get_details (error)->reason = g_utf8_make_valid (code, (gssize) strnlen (code, MAX_CODE));

  return error;
}

/* errorId: base64 of {"Created","Data":{"Error","ErrorDescription",…}} */
static JsonNode *
decode_error_id (const char *id)
{
  gsize length = 0;
  g_autofree char *plain = NULL;
  g_autofree guchar *bytes = NULL;

  if (id == NULL)
    return NULL;

  plain = g_strdup (id);
  g_strdelimit (plain, "-", '+');
  g_strdelimit (plain, "_", '/');
  bytes = g_base64_decode (plain, &length);

  return length > 0 ? baton_json_parse_text ((const char *)bytes, (gssize)length, NULL) : NULL;
}

GError *
baton_authorize_error_read (GHashTable *query, const char *redirect_uri)
{
  const char *code = NULL;
  const char *description = NULL;
  g_autoptr (JsonNode) root = NULL;
  JsonObject *data = NULL;

  g_return_val_if_fail (query != NULL, NULL);

  root = decode_error_id (g_hash_table_lookup (query, "errorId"));
  if (root != NULL)
    data = baton_json_peek_object (baton_json_peek_root_object (root), "Data");

  code = baton_json_peek_string (data, "Error");
  description = baton_json_peek_string (data, "ErrorDescription");
  if (code == NULL)
    code = g_hash_table_lookup (query, "error");
  if (code == NULL)
    code = g_hash_table_lookup (query, "errorCode");
  if (description == NULL)
    description = g_hash_table_lookup (query, "error_description");

  return code != NULL ? baton_authorize_error_new (code, description, redirect_uri) : NULL;
}
