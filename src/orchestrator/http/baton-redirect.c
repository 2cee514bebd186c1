/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "../baton-address.h"
#include "baton-redirect.h"

#define FLAGS (G_URI_FLAGS_ENCODED | G_URI_FLAGS_SCHEME_NORMALIZE)

/* Returns: (transfer none): the end of @path that tells what is asked for: "/connect/token". */
static const char *
find_tail (const char *path)
{
  const char *tail = strrchr (path, '/');

  while (tail != NULL && tail > path)
    if (*--tail == '/')
      return tail;

  return path;
}

static gboolean
is_moved (GUri *from, GUri *target, const char *address)
{
  const char *tail = find_tail (g_uri_get_path (from));
  g_autofree char *asked = NULL;

  if (!g_str_has_suffix (g_uri_get_path (target), tail) || strlen (tail) < 2
      || !baton_address_is_safe (address))
    return FALSE;
  asked = g_uri_to_string_partial (from, G_URI_HIDE_USERINFO | G_URI_HIDE_QUERY
                                             | G_URI_HIDE_FRAGMENT);

  return !g_str_equal (asked, address);
}

char *
baton_redirect_read (GUri *from, const char *location, gboolean *moved)
{
  g_autoptr (GUri) target = NULL;
  g_autofree char *address = NULL;

  g_return_val_if_fail (from != NULL && moved != NULL, NULL);

  *moved = FALSE;
  target = location != NULL ? g_uri_parse_relative (from, location, FLAGS, NULL) : NULL;
  if (target == NULL || g_uri_get_host (target) == NULL || *g_uri_get_host (target) == '\0')
    return NULL;
  address = g_uri_to_string_partial (target, G_URI_HIDE_USERINFO | G_URI_HIDE_QUERY
                                                 | G_URI_HIDE_FRAGMENT);
  *moved = is_moved (from, target, address);

  return g_steal_pointer (&address);
}
