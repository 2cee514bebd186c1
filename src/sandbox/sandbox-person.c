/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sandbox-person.h"

#include "sandbox-world.h"

static const SandboxPerson people[] = {
  { SANDBOX_USER_NAME, "Ada", "Admin", SANDBOX_USER_EMAIL, "auth0|5f1d6c0e8a4b2a0071c3e9d1",
    "c0a80101-5f1d-4c0e-8a4b-2a0071c3e9d1", SANDBOX_PASSWORD, SANDBOX_PERSONAL_ACCESS_TOKEN, TRUE },
  { SANDBOX_VIEWER_USER_NAME, "Vera", "Viewer", SANDBOX_VIEWER_USER_EMAIL,
    "auth0|5f1d6c0e8a4b2a0071c3e9d2", "c0a80101-5f1d-4c0e-8a4b-2a0071c3e9d2",
    SANDBOX_VIEWER_PASSWORD, SANDBOX_VIEWER_PERSONAL_ACCESS_TOKEN },
  { SANDBOX_OPERATOR_USER_NAME, "Otto", "Operator", SANDBOX_OPERATOR_USER_EMAIL,
    "auth0|5f1d6c0e8a4b2a0071c3e9d3", "c0a80101-5f1d-4c0e-8a4b-2a0071c3e9d3",
    SANDBOX_OPERATOR_PASSWORD, SANDBOX_OPERATOR_PERSONAL_ACCESS_TOKEN },
  { NULL },
};

const SandboxPerson *
sandbox_person_get_all (void)
{
  return people;
}

const SandboxPerson *
sandbox_person_find (const char *name)
{
  g_return_val_if_fail (name != NULL, NULL);

  for (const SandboxPerson *person = people; person->user_name != NULL; person++)
    if (g_ascii_strcasecmp (person->user_name, name) == 0
        || g_ascii_strcasecmp (person->email, name) == 0)
      return person;

  return NULL;
}
