/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sandbox-request.h"

G_BEGIN_DECLS

/* What the calls of Identity's own API have in common (fact sheet 2.3 and 2.5). */

/* One operation: below the organisation, as it must be; and below the host, where it is refused.
 * "{p}" of a path is the organisation's GUID. */
/* clang-format off */
#define SANDBOX_IDENTITY_API(method, path, handler)                                                \
  { method, "/{organization}/identity_/api/" path, SANDBOX_OPEN, SANDBOX_SCOPE_TENANT, NULL, handler }, \
  { method, "/identity_/api/" path, SANDBOX_OPEN, SANDBOX_SCOPE_TENANT, NULL, handler },           \
  { method, "/identity/api/" path, SANDBOX_OPEN, SANDBOX_SCOPE_TENANT, NULL, handler }
/* clang-format on */

extern const SandboxOperation sandbox_application_api_operations[];
extern const SandboxOperation sandbox_reference_token_api_operations[];

typedef enum
{
  SANDBOX_IDENTITY_ANYBODY,
  SANDBOX_IDENTITY_PERSON,        /* no application that acts by itself */
  SANDBOX_IDENTITY_ADMINISTRATOR, /* of the organisation; or an application, by its scopes */
} SandboxIdentityNeed;

/* Looks at the caller, the organisation, and the scope @family ("PM.OAuthApp"), which a GET needs
 * for reading and anything else for writing. @token: (out): who calls. Answers, and returns FALSE,
 * where something lacks. */
gboolean sandbox_identity_api_check (SandboxRequest *request,
                                     const char *family,
                                     SandboxIdentityNeed need,
                                     SandboxToken *token);

/* Answers {"succeeded":false,"errors":[{"code","description"}]}. */
void sandbox_identity_api_reply_error (SandboxRequest *request,
                                       guint status,
                                       const char *code,
                                       const char *description);

/* Answers {"succeeded":true,"errors":[]}. */
void sandbox_identity_api_reply_done (SandboxRequest *request);
/* Answers where the organisation that is named is another, or none is. @partition: (nullable). */
gboolean sandbox_identity_api_check_partition (SandboxRequest *request, const char *partition);

/* Append a member with its comma where one came before. @text: (nullable): null. @time: 0 is null.
 */
void sandbox_identity_api_append_text (GString *json, const char *name, const char *text);
void sandbox_identity_api_append_time (GString *json, const char *name, gint64 time);
void sandbox_identity_api_append_bool (GString *json, const char *name, gboolean value);
void sandbox_identity_api_append_int (GString *json, const char *name, gint64 value);

G_END_DECLS
