/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sandbox-body.h"

#include "baton-json.h"
#include "baton-time.h"
#include "sandbox-server.h"
#include "sandbox-settings.h"
#include "sandbox-version.h"

#define ERROR_PARAMETER_MISSING 1014

static const SandboxBodyField *
find (const SandboxBodyField *fields, const char *name)
{
  for (; fields->name != NULL; fields++)
    if (g_ascii_strcasecmp (fields->name, name) == 0)
      return fields;

  return NULL;
}

/* The service takes a name in any case; from here on it is as the definition has it. */
static void
rename_member (JsonObject *object, const char *name, const char *wanted)
{
  JsonNode *node = baton_json_peek_node (object, name);

  if (g_str_equal (name, wanted) || node == NULL)
    return;
  json_object_set_member (object, wanted, json_node_copy (node));
  json_object_remove_member (object, name);
}

/* Outside of OData the service passes over what it does not know. */
static gboolean
is_lenient (SandboxRequest *request)
{
  return sandbox_server_get_options (request->server)->bodies == SANDBOX_BODIES_LENIENT
         || g_ascii_strncasecmp (request->path, "/odata/", 7) != 0;
}

gboolean
sandbox_body_has (JsonObject *object, const char *name)
{
  JsonNode *node = baton_json_peek_node (object, name);

  return node != NULL && !JSON_NODE_HOLDS_NULL (node);
}

static int
find_name (const char *const *names, const char *name)
{
  for (int i = 0; names[i] != NULL; i++)
    if (g_ascii_strcasecmp (names[i], name) == 0)
      return i;

  return -1;
}

static gboolean
is_of_kind (JsonObject *object, const SandboxBodyField *field)
{
  const char *text = baton_json_peek_string (object, field->name);
  gint64 time;

  switch (field->kind)
    {
    case SANDBOX_BODY_TEXT:
      return text != NULL;
    case SANDBOX_BODY_INT:
      return baton_json_peek_int (object, field->name, 0)
             == baton_json_peek_int (object, field->name, 1);
    case SANDBOX_BODY_BOOL:
      return baton_json_peek_bool (object, field->name, FALSE)
             == baton_json_peek_bool (object, field->name, TRUE);
    case SANDBOX_BODY_OBJECT:
      return baton_json_peek_object (object, field->name) != NULL;
    case SANDBOX_BODY_ARRAY:
      return baton_json_peek_array (object, field->name) != NULL;
    case SANDBOX_BODY_ENUM:
      return text != NULL && find_name (field->names, text) >= 0;
    case SANDBOX_BODY_TIME:
      return text != NULL && baton_time_parse (text, &time);
    case SANDBOX_BODY_NUMBER:
      return baton_json_peek_double (object, field->name, 0)
             == baton_json_peek_double (object, field->name, 1);
    case SANDBOX_BODY_GUID:
      return text != NULL && g_uuid_string_is_valid (text);
    case SANDBOX_BODY_ANY:
      return TRUE;
    default:
      g_assert_not_reached ();
    }
}

/* Returns: (transfer full) (nullable): what is wrong with the size of the member. */
static char *
find_range_problem (JsonObject *object, const SandboxBodyField *field)
{
  if (field->kind == SANDBOX_BODY_TEXT)
    {
      const char *text = baton_json_peek_string (object, field->name);
      glong length = g_utf8_strlen (text, -1);

      if (length < field->minimum)
        return g_strdup_printf ("The %s field is required.", field->name);
      if (field->maximum != 0 && length > field->maximum)
        return g_strdup_printf (
            "The field %s must be a string with a maximum length of %" G_GINT64_FORMAT ".",
            field->name, field->maximum);
    }
  else if (field->kind == SANDBOX_BODY_INT && field->maximum != 0)
    {
      gint64 number = baton_json_peek_int (object, field->name, 0);

      if (number < field->minimum || number > field->maximum)
        return g_strdup_printf ("The field %s must be between %" G_GINT64_FORMAT
                                " and %" G_GINT64_FORMAT ".",
                                field->name, field->minimum, field->maximum);
    }

  return NULL;
}

char *
sandbox_body_find_problem (SandboxRequest *request,
                           JsonObject *object,
                           const char *name,
                           const SandboxBodyField *fields)
{
  g_auto (GStrv) members = NULL;

  g_return_val_if_fail (request != NULL && name != NULL && fields != NULL, NULL);

  if (object == NULL)
    return g_strdup_printf ("%s must not be null", name);

  members = baton_json_dup_names (object);
  for (gsize i = 0; members[i] != NULL; i++)
    {
      const SandboxBodyField *field = find (fields, members[i]);
      char *problem;

      /* Annotations are no fields: "@odata.type", "Amount@odata.type". */
      if (strchr (members[i], '@') != NULL)
        continue;
      if (field != NULL && sandbox_version_lacks_field (field->name))
        field = NULL;
      if (field == NULL && is_lenient (request))
        continue;
      if (field != NULL)
        rename_member (object, members[i], field->name);
      if (field == NULL || (sandbox_body_has (object, field->name) && !is_of_kind (object, field)))
        return g_strdup_printf ("%s must not be null", name);
      problem = sandbox_body_has (object, field->name) ? find_range_problem (object, field) : NULL;
      if (problem != NULL)
        return problem;
    }

  return NULL;
}

gboolean
sandbox_body_check (SandboxRequest *request,
                    JsonObject *object,
                    const char *name,
                    const SandboxBodyField *fields)
{
  g_autofree char *problem = NULL;

  g_return_val_if_fail (request != NULL && name != NULL && fields != NULL, FALSE);

  problem = sandbox_body_find_problem (request, object, name, fields);
  if (problem != NULL)
    sandbox_reply_error (request, 400, 1000, "%s", problem);

  return problem == NULL;
}

int
sandbox_body_get_enum (JsonObject *object, const char *name, const char *const *names, int fallback)
{
  const char *text = baton_json_peek_string (object, name);
  int number = text != NULL ? find_name (names, text) : -1;

  return number >= 0 ? number : fallback;
}

GArray *
sandbox_body_read_ids (SandboxRequest *request, JsonObject *object, const char *name)
{
  return sandbox_body_read_id_array (request, baton_json_peek_array (object, name), name);
}

GArray *
sandbox_body_read_id_array (SandboxRequest *request, JsonArray *array, const char *name)
{
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));

  for (guint i = 0; i < baton_json_length (array); i++)
    {
      g_autofree char *text = baton_json_dup_scalar (baton_json_peek_node_at (array, i));
      gint64 id;

      if (text == NULL || !g_ascii_string_to_signed (text, 10, G_MININT64, G_MAXINT64, &id, NULL))
        {
          sandbox_reply_error (request, 400, 1000, "%s must hold whole numbers.", name);
          return NULL;
        }
      g_array_append_val (ids, id);
    }

  return g_steal_pointer (&ids);
}

gboolean
sandbox_body_require (SandboxRequest *request, JsonObject *object, ...)
{
  va_list names;
  const char *name;

  g_return_val_if_fail (request != NULL, FALSE);

  va_start (names, object);
  while ((name = va_arg (names, const char *)) != NULL && sandbox_body_has (object, name))
    ;
  va_end (names);
  if (name != NULL)
    sandbox_reply_error (request, 400, ERROR_PARAMETER_MISSING, "The %s field is required.", name);

  return name == NULL;
}
