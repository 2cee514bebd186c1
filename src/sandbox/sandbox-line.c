/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sandbox-line.h"

#include <string.h>

const char *
sandbox_line_read_method (const char *method)
{
  static const char *const methods[] = { "GET", "POST", "PUT", "PATCH", "DELETE", "HEAD" };

  g_return_val_if_fail (method != NULL, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (methods); i++)
    if (g_ascii_strcasecmp (methods[i], method) == 0)
      return methods[i];

  return method;
}

GUri *
sandbox_line_dup_uri (SoupServerMessage *message)
{
  GUri *uri;
  const char *path, *mark;
  g_autofree char *before = NULL;

  g_return_val_if_fail (SOUP_IS_SERVER_MESSAGE (message), NULL);

  uri = soup_server_message_get_uri (message);
  path = g_uri_get_path (uri);
  mark = strchr (path, '?');
  if (mark == NULL)
    return g_uri_ref (uri);
  before = g_strndup (path, (gsize)(mark - path));

  return soup_uri_copy (uri, SOUP_URI_PATH, before, SOUP_URI_QUERY, mark + 1, SOUP_URI_NONE);
}

char *
sandbox_line_dup_origin (GUri *uri)
{
  const char *host;
  gboolean bare;
  GString *origin;

  g_return_val_if_fail (uri != NULL, NULL);

  host = g_uri_get_host (uri);
  bare = strchr (host, ':') != NULL;
  origin = g_string_new (g_uri_get_scheme (uri));
  g_string_append_printf (origin, "://%s%s%s", bare ? "[" : "", host, bare ? "]" : "");
  if (g_uri_get_port (uri) > 0)
    g_string_append_printf (origin, ":%d", g_uri_get_port (uri));

  return g_string_free (origin, FALSE);
}

static char *
decode (const char *text, gsize length)
{
  g_autofree char *plain = g_strndup (text, length);
  g_autofree char *decoded = NULL;

  g_strdelimit (plain, "+", ' ');
  decoded = g_uri_unescape_string (plain, NULL);

  return decoded != NULL && g_utf8_validate (decoded, -1, NULL) ? g_steal_pointer (&decoded) : NULL;
}

GHashTable *
sandbox_line_read_query (const char *query, char **wrong)
{
  g_autoptr (GHashTable) options = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_auto (GStrv) parts = g_strsplit (query != NULL ? query : "", "&", -1);

  g_return_val_if_fail (wrong != NULL, NULL);

  for (guint i = 0; parts[i] != NULL; i++)
    {
      const char *equals = strchr (parts[i], '=');
      g_autofree char *name = NULL;
      g_autofree char *lower = NULL;
      g_autofree char *value = NULL;

      if (*parts[i] == '\0')
        continue;
      name = decode (parts[i], equals != NULL ? (gsize)(equals - parts[i]) : strlen (parts[i]));
      value = equals != NULL ? decode (equals + 1, strlen (equals + 1)) : g_strdup ("");
      if (name == NULL || value == NULL)
        {
          *wrong = g_strdup (parts[i]);
          return NULL;
        }
      lower = g_ascii_strdown (name, -1);
      if (*lower == '$' && g_hash_table_contains (options, lower))
        {
          *wrong = g_steal_pointer (&name);
          return NULL;
        }
      g_hash_table_insert (options, g_steal_pointer (&lower), g_steal_pointer (&value));
    }

  return g_steal_pointer (&options);
}
