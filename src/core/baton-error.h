/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * BATON_ERROR:
 *
 * The one error domain of Baton. Each code means something to a person; the text shown for it is
 * made in one place, `app/baton-error-text.c`. Cancellation stays %G_IO_ERROR_CANCELLED.
 */
#define BATON_ERROR (baton_error_quark ())

typedef enum
{
  BATON_ERROR_NOT_SIGNED_IN,       /* a token was refused twice, or there is none */
  BATON_ERROR_BAD_CREDENTIALS,     /* sign-in said no: key, client id, user name or password */
  BATON_ERROR_KEY_REVOKED,         /* what renews the token was revoked (invalid_grant) */
  BATON_ERROR_WRONG_ADDRESS,       /* the token is good, the address is not one it is valid for */
  BATON_ERROR_FOLDER_MISSING,      /* 1101: a folder is required; 1100: unknown or not visible */
  BATON_ERROR_NOT_ALLOWED,         /* 403: a permission or scope lacks */
  BATON_ERROR_NOT_FOUND,           /* 404 */
  BATON_ERROR_CONFLICT,            /* 409 */
  BATON_ERROR_RATE_LIMITED,        /* 429, see BatonErrorDetails.retry_at */
  BATON_ERROR_INVALID,             /* 400: a field or an option */
  BATON_ERROR_SERVER,              /* 5xx */
  BATON_ERROR_NOT_IMPLEMENTED,     /* 501 */
  BATON_ERROR_NO_NETWORK,          /* no such host, refused, unreachable, reset */
  BATON_ERROR_TIMED_OUT,           /* no answer in time */
  BATON_ERROR_TLS,                 /* the certificate is not trusted, or no TLS */
  BATON_ERROR_BAD_ANSWER,          /* not JSON, cut, too large, too deep, wrong shape */
  BATON_ERROR_KEYRING_LOCKED,      /* the keyring is locked and was not unlocked */
  BATON_ERROR_KEYRING_UNAVAILABLE, /* no secret service */
} BatonErrorCode;

#define BATON_REASON_DNS "dns"           /* the host's name is not known */
#define BATON_REASON_PROXY "proxy"       /* the proxy is what failed */
#define BATON_REASON_PROXY_LOGIN "proxy-login" /* the proxy wants a user name and a password */
#define BATON_REASON_REFUSED "refused"   /* the host is there and takes no connection */
#define BATON_REASON_WEB_PAGE "web-page" /* a web page in place of JSON */
#define BATON_REASON_REDIRECT "redirect" /* the server sends on to a page: @location */
#define BATON_REASON_MOVED "moved"       /* … or to the same at another address */
#define BATON_REASON_SCOPE "scope"       /* what was signed in with lacks a scope: @permission */
#define BATON_REASON_CUT_OFF "cut-off"   /* what renews was spent, and what came for it was lost */
#define BATON_REASON_CERTIFICATE "certificate" /* nobody who is trusted vouches for the server */
#define BATON_REASON_CERTIFICATE_CHANGED "certificate-changed" /* not the one that was trusted */
#define BATON_REASON_CLIENT_CERTIFICATE "client-certificate" /* the server wants one of the client */
#define BATON_REASON_CERTIFICATE_PASSWORD "certificate-password" /* it does not open the client's */
#define BATON_REASON_TRUST_FILE "trust-file" /* a file of certificates cannot be used */
#define BATON_REASON_TENANT "tenant"     /* the address names no tenant, and nobody tells of one */
#define BATON_REASON_ABP "abp"           /* ABP's "You are not authenticated!" */

/**
 * BatonErrorDetails:
 * @http_status: the HTTP status, 0 where there was no answer
 * @service_code: `errorCode` of the service's envelope, 0 where it gave none
 * @reason: (nullable): a cause that is finer than the code: what OAuth calls the error
 *   ("invalid_scope"), or one of BATON_REASON_*
 * @trace_id: (nullable): the service's trace id, to quote in a support ticket
 * @permission: (nullable): the permission or scope that lacks, as the service names it
 * @location: (nullable): the address that the server sends on to, without user, query and fragment
 * @retry_at: wall time in microseconds at which to try again, 0 where unknown
 * @request: (nullable): method and path of the request, without query and secrets
 * @technical: (nullable): what a developer wants to read; redacted
 */
typedef struct
{
  guint http_status;
  int service_code;
  char *reason;
  char *trace_id;
  char *permission;
  char *location;
  gint64 retry_at;
  char *request;
  char *technical;
} BatonErrorDetails;

GQuark baton_error_quark (void);

/* Any thread. Returns: (transfer none) (nullable): the details of an error of BATON_ERROR, to read
 * or to fill in; NULL for an error of another domain. They live and are copied with the error. */
BatonErrorDetails *baton_error_get_details (const GError *error);

/* Any thread. Makes an error of our domain out of one of GIO, libsoup, TLS or json-glib, at the
 * border to that library. Takes @error (transfer full); cancellation and our own pass unchanged.
 * @request: (nullable): method and path, kept in the details.
 * Returns: (transfer full). */
GError *baton_error_convert (GError *error, const char *request);

G_END_DECLS
