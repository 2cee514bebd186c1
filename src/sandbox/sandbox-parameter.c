/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sandbox-parameter.h"

#define ERROR_INVALID_REQUEST 1000

/* Returns: (nullable): NULL also where it is empty. */
static const char *
find (SandboxRequest *request, const char *name)
{
  const char *text = sandbox_request_get_argument (request, name);

  if (text == NULL)
    text = sandbox_request_get_query (request, name);

  return text != NULL && *text != '\0' ? text : NULL;
}

static gboolean
refuse (SandboxRequest *request, const char *name, const char *what, const char *text)
{
  sandbox_reply_error (request, 400, ERROR_INVALID_REQUEST, "'%s' must be %s, and is '%s'.", name,
                       what, text != NULL ? text : "");

  return FALSE;
}

gboolean
sandbox_parameter_read_int (
    SandboxRequest *request, const char *name, gint64 minimum, gint64 maximum, gint64 *number)
{
  const char *text;
  g_autofree char *what = NULL;

  g_return_val_if_fail (request != NULL && name != NULL && number != NULL, FALSE);

  text = find (request, name);
  if (text == NULL || g_ascii_string_to_signed (text, 10, minimum, maximum, number, NULL))
    return TRUE;

  what = g_strdup_printf ("a number from %" G_GINT64_FORMAT " to %" G_GINT64_FORMAT, minimum,
                          maximum);

  return refuse (request, name, what, text);
}

gboolean
sandbox_parameter_read_bool (SandboxRequest *request, const char *name, gboolean *boolean)
{
  static const char *const names[] = { "false", "true", NULL };
  int position = *boolean ? 1 : 0;

  if (!sandbox_parameter_read_enum (request, name, names, &position))
    return FALSE;
  *boolean = position == 1;

  return TRUE;
}

gboolean
sandbox_parameter_read_enum (SandboxRequest *request,
                             const char *name,
                             const char *const *names,
                             int *position)
{
  const char *text;
  g_autofree char *joined = NULL;
  g_autofree char *what = NULL;

  g_return_val_if_fail (request != NULL && name != NULL && position != NULL, FALSE);

  text = find (request, name);
  if (text == NULL)
    return TRUE;
  for (int i = 0; names[i] != NULL; i++)
    {
      if (g_ascii_strcasecmp (names[i], text) != 0)
        continue;
      *position = i;
      return TRUE;
    }

  joined = g_strjoinv (", ", (char **)names);
  what = g_strconcat ("one of ", joined, NULL);

  return refuse (request, name, what, text);
}

gboolean
sandbox_parameter_require_id (SandboxRequest *request, const char *name, gint64 *id)
{
  if (find (request, name) == NULL)
    return refuse (request, name, "a number", NULL);

  return sandbox_parameter_read_int (request, name, G_MININT64, G_MAXINT64, id);
}

const char *
sandbox_parameter_require_text (SandboxRequest *request, const char *name)
{
  const char *text;

  g_return_val_if_fail (request != NULL && name != NULL, NULL);

  text = find (request, name);
  if (text == NULL)
    refuse (request, name, "a text", NULL);

  return text;
}
