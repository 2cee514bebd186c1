/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "baton-identity-body.h"
#include "baton-json.h"
#include "baton-time.h"

BatonRequest *
baton_identity_make_request (const char *method, const char *path, JsonBuilder *body)
{
  BatonRequest *request = baton_request_new (method, path);

  baton_request_set_service (request, BATON_SERVICE_IDENTITY);
  if (body != NULL)
    baton_request_take_body (request, json_builder_get_root (body));

  return request;
}

char *
baton_identity_make_path (const char *first, ...)
{
  GString *path = g_string_new (first);
  const char *part = NULL;
  va_list parts;

  va_start (parts, first);
  while ((part = va_arg (parts, const char *)) != NULL)
    {
      g_string_append_c (path, '/');
      g_string_append_uri_escaped (path, part, NULL, FALSE);
    }
  va_end (parts);

  return g_string_free (path, FALSE);
}

void
baton_identity_add_text (JsonBuilder *body, const char *name, const char *text)
{
  json_builder_set_member_name (body, name);
  json_builder_add_string_value (body, text);
}

void
baton_identity_add_time (JsonBuilder *body, const char *name, gint64 time)
{
  g_autofree char *text = NULL;

  if (time == 0)
    return;
  text = baton_time_format (time);
  baton_identity_add_text (body, name, text);
}

char *
baton_identity_join_names (JsonArray *names)
{
  GString *joined = g_string_new (NULL);

  for (guint i = 0; i < baton_json_length (names); i++)
    {
      const char *name = baton_json_peek_string_at (names, i);

      if (name == NULL)
        name = baton_json_peek_string (baton_json_peek_object_at (names, i), "name");
      if (name == NULL)
        continue;
      g_string_append_printf (joined, "%s%s", joined->len > 0 ? " " : "", name);
    }

  return g_string_free (joined, FALSE);
}
