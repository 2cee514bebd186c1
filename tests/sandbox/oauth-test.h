/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sandbox-test.h"

G_BEGIN_DECLS

/* The well-known external applications, and what a client does with them. */
#define OAUTH_BATCH "5a9d1c70-0001-4b7e-9c55-6f0c3a528f1d"
#define OAUTH_BATCH_SECRET "sandbox-application-secret-0123456789abcdef"
#define OAUTH_WEB "5a9d1c70-0002-4b7e-9c55-6f0c3a528f1d"
#define OAUTH_WEB_SECRET "sandbox-web-secret-0123456789abcdef"
#define OAUTH_DESKTOP "5a9d1c70-0003-4b7e-9c55-6f0c3a528f1d"
#define OAUTH_ROLES "5a9d1c70-0004-4b7e-9c55-6f0c3a528f1d"
#define OAUTH_ROLES_SECRET "sandbox-roles-secret-0123456789abcdef"
#define OAUTH_REDIRECT "http://localhost:8104/oidc/login"
/* RFC 7636, appendix B. */
#define OAUTH_VERIFIER "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"
#define OAUTH_CHALLENGE "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"
#define OAUTH_FORM "application/x-www-form-urlencoded"

/* A sandbox whose session keeps cookies, as a browser does. */
SandboxTest *oauth_start (const char *first, const char *second);

/* Sends the form to the token endpoint. */
SandboxAnswer *oauth_ask_token (SandboxTest *test, const char *body);

/* Opens the authorize endpoint with the query. */
SandboxAnswer *oauth_authorize (SandboxTest *test, const char *query);

/* Signs in by the page, and consents where it asks. @person: "admin:sandbox-password". Returns:
 * (transfer full): the address that the browser is sent to at last. */
char *oauth_sign_in (SandboxTest *test, const char *query, const char *person);

/* Returns: (transfer full) (nullable): a parameter of an address, decoded. */
char *oauth_get_parameter (const char *address, const char *name);

/* Returns: (transfer full): the query of a good request of the desktop tool. */
char *oauth_make_query (const char *scope);

/* Signs in and takes the tokens. Returns: (transfer full): what the token endpoint answered. */
SandboxAnswer *oauth_get_tokens (SandboxTest *test, const char *scope, const char *person);

/* Returns: (transfer full): a token of the application "Nightly Batch" for itself. */
char *oauth_get_batch_token (SandboxTest *test, const char *scope);

void oauth_assert_error (SandboxAnswer *answer, guint status, const char *error);

G_END_DECLS
