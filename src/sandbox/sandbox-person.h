/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Somebody who may sign in. The user of the same name in each tenant holds the roles. */
typedef struct
{
  const char *user_name;
  const char *name;
  const char *surname;
  const char *email;
  const char *subject; /* "sub" of the tokens of a user key */
  const char *key;     /* GUID: "sub" of all others */
  const char *password;
  const char *token;      /* personal access token that is there from the start */
  gboolean administrator; /* of the organisation */
} SandboxPerson;

/* Returns: (transfer none) (nullable): by user name or e-mail address, any case. */
const SandboxPerson *sandbox_person_find (const char *name);
/* Returns: (transfer none): everybody, up to a user name of NULL. */
const SandboxPerson *sandbox_person_get_all (void);

G_END_DECLS
