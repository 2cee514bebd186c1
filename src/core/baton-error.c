/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <gio/gio.h>
#include <json-glib/json-glib.h>

#include "baton-error.h"
#include "baton-redact.h"

typedef BatonErrorDetails BatonErrorPrivate;

static void
baton_error_private_init (BatonErrorPrivate *details)
{
}

static void
baton_error_private_copy (const BatonErrorPrivate *from, BatonErrorPrivate *to)
{
  to->http_status = from->http_status;
  to->service_code = from->service_code;
  to->reason = g_strdup (from->reason);
  to->trace_id = g_strdup (from->trace_id);
  to->permission = g_strdup (from->permission);
  to->location = g_strdup (from->location);
  to->retry_at = from->retry_at;
  to->request = g_strdup (from->request);
  to->technical = g_strdup (from->technical);
}

static void
baton_error_private_clear (BatonErrorPrivate *details)
{
  g_free (details->reason);
  g_free (details->trace_id);
  g_free (details->permission);
  g_free (details->location);
  g_free (details->request);
  g_free (details->technical);
}

G_DEFINE_EXTENDED_ERROR (BatonError, baton_error)

/**
 * baton_error_get_details:
 * @error: (nullable): an error
 *
 * Any thread.
 *
 * Returns: (transfer none) (nullable): the details, to read or to fill in
 */
BatonErrorDetails *
baton_error_get_details (const GError *error)
{
  if (error == NULL || error->domain != BATON_ERROR)
    return NULL;

  return baton_error_get_private (error);
}

static BatonErrorCode
code_from_io (int code)
{
  switch (code)
    {
    case G_IO_ERROR_TIMED_OUT:
      return BATON_ERROR_TIMED_OUT;

    /* libsoup says the first where the connection ends before the body does, the second where a
     * content encoding is broken */
    case G_IO_ERROR_PARTIAL_INPUT:
    case G_IO_ERROR_INVALID_DATA:
    case G_IO_ERROR_MESSAGE_TOO_LARGE:
      return BATON_ERROR_BAD_ANSWER;

    case G_IO_ERROR_INVALID_ARGUMENT:
    case G_IO_ERROR_NOT_SUPPORTED:
      return BATON_ERROR_INVALID;

    /* Refused, unreachable, reset, proxies; also %G_IO_ERROR_FAILED, which is all that HTTP/2 in
     * libsoup 3.2 says of a connection that the server closed. */
    default:
      return BATON_ERROR_NO_NETWORK;
    }
}

static BatonErrorCode
code_from_foreign (const GError *error)
{
  if (error->domain == G_IO_ERROR)
    return code_from_io (error->code);

  if (error->domain == G_RESOLVER_ERROR)
    return BATON_ERROR_NO_NETWORK;

  /* The peer closed the connection: nothing is wrong with its certificate. */
  if (g_error_matches (error, G_TLS_ERROR, G_TLS_ERROR_EOF))
    return BATON_ERROR_NO_NETWORK;

  if (error->domain == G_TLS_ERROR)
    return BATON_ERROR_TLS;

  if (error->domain == G_URI_ERROR)
    return BATON_ERROR_INVALID;

  /* What is left are answers that cannot be read: JSON, text, too many redirects, bad HTTP. By name,
   * because core does not link libsoup. */
  if (error->domain == JSON_PARSER_ERROR || error->domain == JSON_READER_ERROR ||
      error->domain == G_CONVERT_ERROR ||
      error->domain == g_quark_try_string ("soup-session-error-quark"))
    return BATON_ERROR_BAD_ANSWER;

  return BATON_ERROR_NO_NETWORK;
}

static const char *
reason_from_foreign (const GError *error)
{
  if (error->domain == G_RESOLVER_ERROR ||
      g_error_matches (error, G_IO_ERROR, G_IO_ERROR_HOST_NOT_FOUND))
    return BATON_REASON_DNS;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_PROXY_AUTH_FAILED) ||
      g_error_matches (error, G_IO_ERROR, G_IO_ERROR_PROXY_NEED_AUTH))
    return BATON_REASON_PROXY_LOGIN;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_PROXY_FAILED) ||
      g_error_matches (error, G_IO_ERROR, G_IO_ERROR_PROXY_NOT_ALLOWED))
    return BATON_REASON_PROXY;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CONNECTION_REFUSED))
    return BATON_REASON_REFUSED;

  return NULL;
}

/**
 * baton_error_convert:
 * @error: (transfer full): an error of any domain
 * @request: (nullable): method and path, without query and secrets
 *
 * Any thread. An error of Baton that names no request gets @request.
 *
 * Returns: (transfer full): an error of %BATON_ERROR, or the cancellation unchanged
 */
GError *
baton_error_convert (GError *error, const char *request)
{
  BatonErrorDetails *details = NULL;
  g_autoptr (GError) foreign = NULL;
  g_autofree char *message = NULL;
  GError *converted = NULL;

  g_return_val_if_fail (error != NULL, NULL);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return error;

  if (error->domain == BATON_ERROR)
    {
      details = baton_error_get_details (error);
      if (details->request == NULL)
        details->request = g_strdup (request);
      return error;
    }

  foreign = error;
  message = baton_redact (foreign->message);
  converted = g_error_new_literal (BATON_ERROR, (int) code_from_foreign (foreign), message);

  details = baton_error_get_details (converted);
  details->reason = g_strdup (reason_from_foreign (foreign));
  details->request = g_strdup (request);
  details->technical = g_strdup_printf ("%s %d: %s",
                                        g_quark_to_string (foreign->domain), foreign->code, message);

  return converted;
}
