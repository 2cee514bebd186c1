/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sandbox-application.h"
#include "sandbox-form.h"
#include "sandbox-grant.h"

G_BEGIN_DECLS

/* OAuth 2.0 and OpenID Connect as Identity speaks them (fact sheet 2.3). */

/* One operation, at the addresses of the cloud and at that of a standalone Orchestrator (fact sheet
 * 1.1). */
/* clang-format off */
#define SANDBOX_OAUTH_AT(method, path, handler)                                                    \
  { method, "/identity_" path, SANDBOX_OPEN, SANDBOX_SCOPE_TENANT, NULL, handler },                \
  { method, "/{organization}/identity_" path, SANDBOX_OPEN, SANDBOX_SCOPE_TENANT, NULL, handler }, \
  { method, "/identity" path, SANDBOX_OPEN, SANDBOX_SCOPE_TENANT, NULL, handler }
/* clang-format on */

extern const SandboxOperation sandbox_oauth_discovery_operations[];
extern const SandboxOperation sandbox_oauth_authorize_operations[];
extern const SandboxOperation sandbox_oauth_page_operations[];
extern const SandboxOperation sandbox_oauth_token_operations[];
extern const SandboxOperation sandbox_oauth_person_operations[];

/* Returns: (transfer full): the issuer, which is the same at all addresses but the host's. */
char *sandbox_oauth_dup_issuer (SandboxRequest *request);

/* Says who the client is, by the header or the body (RFC 6749, 2.3.1). Answers where it is unknown
 * or its secret is wrong. Returns: (transfer full) (nullable). */
SandboxApplication *sandbox_oauth_check_client (SandboxRequest *request, SandboxForm *form);

/* Returns: TRUE where each of @scopes is in @allowed or, with @person, one that says something of
 * the person. */
gboolean sandbox_oauth_are_granted (const char *scopes, const char *allowed, gboolean person);

/* What is answered to a client. @grant: (nullable): NULL where an application acts by itself.
 * Returns: (transfer full): a token, which is kept. */
char *sandbox_oauth_make_access_token (SandboxRequest *request,
                                       const SandboxApplication *application,
                                       const SandboxGrant *grant,
                                       const char *scopes);
/* Returns: (transfer full). */
char *sandbox_oauth_make_id_token (SandboxRequest *request, const SandboxGrant *grant);
/* Appends what @scopes tell of the person: "sub", and "name", "email" …. */
void
sandbox_oauth_append_person (JsonBuilder *builder, const SandboxPerson *person, const char *scopes);

/**
 * SandboxWish:
 *
 * What a browser brings to the authorize endpoint, looked at.
 */
typedef struct
{
  SandboxForm *parameters;         /* (owned) */
  SandboxApplication *application; /* (owned) */
  const char *redirect_uri;        /* (unowned), as the others: of @parameters */
  const char *scopes;
  const char *state;     /* (nullable) */
  const char *nonce;     /* (nullable) */
  const char *challenge; /* (nullable) */
  const char *prompt;    /* "" where none was asked for */
  gint64 max_age;        /* seconds since somebody signed in, at most; -1 for any */
} SandboxWish;

void sandbox_wish_free (SandboxWish *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SandboxWish, sandbox_wish_free)

/* @parameters: (transfer full) (nullable): NULL where they were encoded wrongly. Sends the browser
 * to the error page where something is wrong with them. Returns: (transfer full) (nullable). */
SandboxWish *sandbox_wish_new (SandboxRequest *request, SandboxForm *parameters);
/* The same, from the address that the sign-in page was given to go on to; answers where that leads
 * elsewhere. */
SandboxWish *sandbox_wish_new_from_return (SandboxRequest *request, const char *return_url);
/* Returns: (transfer full): where a form of its pages may lead, as in a Content-Security-Policy. */
char *sandbox_wish_dup_target (const SandboxWish *self);
/* Returns: (transfer full): the address that begins anew, without the prompts that were met. */
char *sandbox_wish_dup_return (const SandboxWish *self);

/* Sends the browser back to the application: with a code, or with an error. */
void sandbox_wish_reply_code (SandboxRequest *request, const SandboxWish *self, guint status);
void sandbox_wish_reply_error (SandboxRequest *request,
                               const SandboxWish *self,
                               guint status,
                               const char *error,
                               const char *description);

G_END_DECLS
