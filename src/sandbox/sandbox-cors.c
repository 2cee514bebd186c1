/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sandbox-cors.h"

#include "sandbox-control.h"

#define METHODS "GET, POST, PUT, PATCH, DELETE, OPTIONS"
/* What a page may read besides what it always may. */
#define EXPOSED                                                                                    \
  "api-supported-versions, OData-Version, Content-Disposition, Retry-After, Location, "            \
  "WWW-Authenticate"
/* Seconds that a browser need not ask again. */
#define MAX_AGE "600"

gboolean
sandbox_cors_answer (SoupServerMessage *message)
{
  SoupMessageHeaders *asked, *headers;
  const char *origin, *names;

  g_return_val_if_fail (SOUP_IS_SERVER_MESSAGE (message), FALSE);

  asked = soup_server_message_get_request_headers (message);
  headers = soup_server_message_get_response_headers (message);
  origin = soup_message_headers_get_one (asked, "Origin");
  if (origin == NULL || !sandbox_control_is_loopback (origin))
    return FALSE;

  soup_message_headers_replace (headers, "Access-Control-Allow-Origin", origin);
  soup_message_headers_replace (headers, "Access-Control-Expose-Headers", EXPOSED);
  soup_message_headers_append (headers, "Vary", "Origin");
  if (soup_server_message_get_method (message) != SOUP_METHOD_OPTIONS
      || soup_message_headers_get_one (asked, "Access-Control-Request-Method") == NULL)
    return FALSE;

  names = soup_message_headers_get_list (asked, "Access-Control-Request-Headers");
  soup_message_headers_replace (headers, "Access-Control-Allow-Methods", METHODS);
  if (names != NULL)
    soup_message_headers_replace (headers, "Access-Control-Allow-Headers", names);
  soup_message_headers_replace (headers, "Access-Control-Max-Age", MAX_AGE);
  soup_server_message_set_status (message, SOUP_STATUS_NO_CONTENT, NULL);
  soup_message_headers_set_encoding (headers, SOUP_ENCODING_NONE);

  return TRUE;
}
