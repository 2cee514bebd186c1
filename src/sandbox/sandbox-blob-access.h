/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sandbox-request.h"

G_BEGIN_DECLS

/* Addresses that open one file for a while by themselves: BlobFileAccessDto of the definition. */

/* Appends the access to @path, below the base and with nothing to escape in it: "/api/Files/5".
 * @verb: what may be done with it, "GET" or "PUT". @minutes: how long. @headers: (nullable): what
 * has to be sent with it, "Name", "value", …, up to NULL. */
void sandbox_blob_access_append (GString *json,
                                 SandboxRequest *request,
                                 const char *path,
                                 const char *verb,
                                 int minutes,
                                 const char *const *headers);
/* Answers the access by itself. */
void sandbox_blob_access_reply (SandboxRequest *request,
                                const char *path,
                                const char *verb,
                                int minutes,
                                const char *const *headers);

/* Answers 403 where the request's address is not signed, was signed for another verb or has run
 * out, or where a bearer token comes with it, as a storage does that is none of the service's
 * (fact sheet 6.14). Returns: TRUE where it opens; the request is then of the tenant that it was
 * signed for. */
gboolean sandbox_blob_access_check (SandboxRequest *request);

/* Answers as a storage of Azure does, in XML. @code: "BlobNotFound". */
void sandbox_blob_access_refuse (SandboxRequest *request,
                                 guint status,
                                 const char *code,
                                 const char *message);

G_END_DECLS
