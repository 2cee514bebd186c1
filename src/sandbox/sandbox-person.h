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
  const char *subject; /* "sub" of the tokens */
  const char *password;
  const char *token; /* personal access token */
} SandboxPerson;

/* Returns: (transfer none) (nullable): by user name or e-mail address, any case. */
const SandboxPerson *sandbox_person_find (const char *name);
/* Returns: (transfer none) (nullable): whose personal access token it is. */
const SandboxPerson *sandbox_person_find_by_token (const char *token);

G_END_DECLS
