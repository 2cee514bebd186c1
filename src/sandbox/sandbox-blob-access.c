/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sandbox-blob-access.h"

#include <string.h>

#include "sandbox-clock.h"
#include "sandbox-secret.h"
#include "sandbox-writer.h"

#define SECRET_BYTES 32
#define DIGEST_BYTES 32

/* Made anew at each start: an address lives for minutes. */
static const char *
get_secret (void)
{
  static char *secret;

  if (secret == NULL)
    secret = sandbox_secret_make (SECRET_BYTES);

  return secret;
}

/* Returns: (transfer full): over all that an address opens. */
static char *
sign (const char *verb, gint64 tenant, const char *path, const char *expires)
{
  const char *secret = get_secret ();
  g_autofree char *text
      = g_strdup_printf ("%s\n%" G_GINT64_FORMAT "\n%s\n%s", verb, tenant, path, expires);
  guint8 digest[DIGEST_BYTES];
  gsize length = sizeof digest;
  GHmac *hmac = g_hmac_new (G_CHECKSUM_SHA256, (const guchar *)secret, strlen (secret));

  g_hmac_update (hmac, (const guchar *)text, -1);
  g_hmac_get_digest (hmac, digest, &length);
  g_hmac_unref (hmac);

  return sandbox_secret_encode (digest, length);
}

/* @position: within a pair: 0 for the names, 1 for the values. */
static void
append_headers (GString *json, const char *member, const char *const *headers, guint position)
{
  g_string_append_printf (json, "\"%s\":[", member);
  for (guint i = 0; headers != NULL && headers[i] != NULL; i += 2)
    {
      if (i > 0)
        g_string_append_c (json, ',');
      sandbox_json_append_string (json, headers[i + position]);
    }
  g_string_append_c (json, ']');
}

void
sandbox_blob_access_append (GString *json,
                            SandboxRequest *request,
                            const char *path,
                            const char *verb,
                            int minutes,
                            const char *const *headers)
{
  gint64 end = sandbox_clock_now () / G_USEC_PER_SEC + (gint64)minutes * 60;
  g_autofree char *expires = g_strdup_printf ("%" G_GINT64_FORMAT, end);
  g_autofree char *signature = NULL;
  g_autofree char *uri = NULL;

  g_return_if_fail (json != NULL && request != NULL && path != NULL && verb != NULL);

  signature = sign (verb, request->tenant, path, expires);
  uri = g_strdup_printf ("%s%s?st=%" G_GINT64_FORMAT "&se=%s&sp=%s&sig=%s", request->base, path,
                         request->tenant, expires, verb, signature);
  g_string_append (json, "{\"Uri\":");
  sandbox_json_append_string (json, uri);
  g_string_append_printf (json, ",\"Verb\":\"%s\",\"RequiresAuth\":false,\"Headers\":{", verb);
  append_headers (json, "Keys", headers, 0);
  g_string_append_c (json, ',');
  append_headers (json, "Values", headers, 1);
  g_string_append (json, "}}");
}

void
sandbox_blob_access_reply (SandboxRequest *request,
                           const char *path,
                           const char *verb,
                           int minutes,
                           const char *const *headers)
{
  g_autoptr (GString) access = g_string_new (NULL);
  GString *json;

  g_return_if_fail (request != NULL);

  sandbox_blob_access_append (access, request, path, verb, minutes, headers);
  json
      = sandbox_request_begin_json (request, "UiPath.Server.Configuration.OData.BlobFileAccessDto");
  g_string_append (json, access->str + 1);
  sandbox_reply_json (request, 200, json);
}

void
sandbox_blob_access_refuse (SandboxRequest *request,
                            guint status,
                            const char *code,
                            const char *message)
{
  g_autofree char *text = NULL;
  g_autoptr (GBytes) xml = NULL;

  g_return_if_fail (request != NULL && code != NULL && message != NULL);

  text = g_markup_printf_escaped ("<?xml version=\"1.0\" encoding=\"utf-8\"?>"
                                  "<Error><Code>%s</Code><Message>%s</Message></Error>",
                                  code, message);
  xml = g_bytes_new (text, strlen (text));
  soup_message_headers_replace (soup_server_message_get_response_headers (request->message),
                                "x-ms-error-code", code);
  sandbox_reply_bytes (request, status, "application/xml", xml);
}

gboolean
sandbox_blob_access_check (SandboxRequest *request)
{
  SoupMessageHeaders *headers;
  const char *tenant, *expires, *verb, *signature;
  g_autofree char *expected = NULL;
  gint64 end = 0, signed_for = 0;

  g_return_val_if_fail (request != NULL, FALSE);

  headers = soup_server_message_get_request_headers (request->message);
  tenant = sandbox_request_get_query (request, "st");
  expires = sandbox_request_get_query (request, "se");
  verb = sandbox_request_get_query (request, "sp");
  signature = sandbox_request_get_query (request, "sig");
  if (tenant != NULL && expires != NULL && verb != NULL && signature != NULL
      && g_ascii_string_to_signed (tenant, 10, 0, G_MAXINT64, &signed_for, NULL))
    expected = sign (verb, signed_for, request->path, expires);

  if (expected != NULL && g_str_equal (expected, signature) && g_str_equal (verb, request->method)
      && g_ascii_string_to_signed (expires, 10, 0, G_MAXINT64, &end, NULL)
      && end >= sandbox_clock_now () / G_USEC_PER_SEC
      && soup_message_headers_get_one (headers, "Authorization") == NULL)
    {
      request->tenant = signed_for;
      return TRUE;
    }

  sandbox_blob_access_refuse (request, 403, "AuthenticationFailed",
                              "Server failed to authenticate the request. The address is signed "
                              "for one verb and some minutes, and goes without an Authorization "
                              "header.");

  return FALSE;
}
