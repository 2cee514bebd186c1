/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sandbox-person.h"

#include "sandbox-world.h"

static const SandboxPerson people[] = {
  { SANDBOX_USER_NAME,
    "Ada",
    "Admin",
    SANDBOX_USER_EMAIL,
    "auth0|5f1d6c0e8a4b2a0071c3e9d1",
    SANDBOX_PASSWORD,
    SANDBOX_PERSONAL_ACCESS_TOKEN },
  { SANDBOX_VIEWER_USER_NAME,
    "Vera",
    "Viewer",
    SANDBOX_VIEWER_USER_EMAIL,
    "auth0|5f1d6c0e8a4b2a0071c3e9d2",
    SANDBOX_VIEWER_PASSWORD,
    SANDBOX_VIEWER_PERSONAL_ACCESS_TOKEN },
};

const SandboxPerson *
sandbox_person_find (const char *name)
{
  g_return_val_if_fail (name != NULL, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (people); i++)
    if (g_ascii_strcasecmp (people[i].user_name, name) == 0 ||
        g_ascii_strcasecmp (people[i].email, name) == 0)
      return &people[i];

  return NULL;
}

const SandboxPerson *
sandbox_person_find_by_token (const char *token)
{
  g_return_val_if_fail (token != NULL, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (people); i++)
    if (g_str_equal (people[i].token, token))
      return &people[i];

  return NULL;
}
