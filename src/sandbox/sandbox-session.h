/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sandbox-person.h"
#include "sandbox-request.h"

G_BEGIN_DECLS

/* Who is signed in in a browser. A cookie carries it, of which the store keeps the SHA-256. */
typedef struct
{
  SandboxPerson *person; /* (owned) */
  char *id;              /* (owned): "sid" of the tokens; no secret */
  gint64 signed_in;      /* microseconds */
} SandboxSession;

void sandbox_session_free (SandboxSession *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SandboxSession, sandbox_session_free)

/* Makes the table where it lacks. */
void sandbox_session_prepare (SandboxStore *store);

/* Returns: (transfer full) (nullable): of the browser that sent @request. */
SandboxSession *sandbox_session_find (SandboxRequest *request);

/* Sign @person in, or whoever it is out, in the browser that gets the answer. */
void sandbox_session_begin (SandboxRequest *request, const SandboxPerson *person);
void sandbox_session_end (SandboxRequest *request);

G_END_DECLS
