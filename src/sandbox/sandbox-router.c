/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sandbox-router.h"

#include <string.h>

#include "sandbox-definition.h"

struct _SandboxRouter
{
  GHashTable *exact;    /* (owned): "GET /odata/…" in lower case -> SandboxOperation */
  GPtrArray *templates; /* (owned): SandboxOperation with "{name}" for a segment, unowned */
  GHashTable *defined;  /* (owned): as @exact -> id of the definition */
  GHashTable *known;    /* (owned): patterns of any method */
};

static char *
make_key (const char *method, const char *pattern)
{
  g_autofree char *key = g_strconcat (method, " ", pattern, NULL);

  return g_ascii_strdown (key, -1);
}

static gboolean
is_template (const char *pattern)
{
  return strstr (pattern, "/{") != NULL;
}

SandboxRouter *
sandbox_router_new (void)
{
  SandboxRouter *self = g_new0 (SandboxRouter, 1);

  self->exact = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->templates = g_ptr_array_new ();
  self->known = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  return self;
}

void
sandbox_router_free (SandboxRouter *self)
{
  if (self == NULL)
    return;

  g_hash_table_unref (self->exact);
  g_ptr_array_unref (self->templates);
  g_clear_pointer (&self->defined, g_hash_table_unref);
  g_hash_table_unref (self->known);
  g_free (self);
}

void
sandbox_router_add (SandboxRouter *self, const SandboxOperation *operations)
{
  g_return_if_fail (self != NULL && operations != NULL);

  for (const SandboxOperation *operation = operations; operation->method != NULL; operation++)
    {
      if (is_template (operation->pattern))
        g_ptr_array_add (self->templates, (gpointer) operation);
      else
        {
          g_hash_table_insert (self->exact, make_key (operation->method, operation->pattern),
                               (gpointer) operation);
          g_hash_table_add (self->known, g_ascii_strdown (operation->pattern, -1));
        }
    }
}

/* The definition is long and seldom asked, so not at the start. */
static void
prepare_defined (SandboxRouter *self)
{
  if (self->defined != NULL)
    return;

  self->defined = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  for (const SandboxDefinedOperation *operation = sandbox_definition_get_operations ();
       operation->method != NULL; operation++)
    {
      g_hash_table_insert (self->defined, make_key (operation->method, operation->pattern),
                           (gpointer) operation->id);
      g_hash_table_add (self->known, g_ascii_strdown (operation->pattern, -1));
    }
}

const SandboxOperation *
sandbox_router_find (SandboxRouter *self, const char *method, SandboxPath *path, guint first)
{
  g_autofree char *pattern = NULL;
  g_autofree char *key = NULL;
  const SandboxOperation *found;

  g_return_val_if_fail (self != NULL && method != NULL && path != NULL, NULL);

  pattern = sandbox_path_make_pattern (path, first);
  key = make_key (method, pattern);
  found = g_hash_table_lookup (self->exact, key);
  if (found != NULL)
    return found;

  for (guint i = 0; i < self->templates->len; i++)
    {
      const SandboxOperation *operation = self->templates->pdata[i];

      if (!g_str_equal (operation->method, method) ||
          !sandbox_path_match (path, first, operation->pattern, NULL))
        continue;
      if (path->arguments == NULL)
        path->arguments = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
      sandbox_path_match (path, first, operation->pattern, path->arguments);
      return operation;
    }

  return NULL;
}

const char *
sandbox_router_find_defined (SandboxRouter *self,
                             const char *method,
                             const SandboxPath *path,
                             guint first)
{
  g_autofree char *pattern = NULL;
  g_autofree char *key = NULL;
  const SandboxDefinedOperation *operation;
  const char *id;

  g_return_val_if_fail (self != NULL && method != NULL && path != NULL, NULL);

  prepare_defined (self);
  pattern = sandbox_path_make_pattern (path, first);
  key = make_key (method, pattern);
  id = g_hash_table_lookup (self->defined, key);
  if (id != NULL)
    return id;

  for (operation = sandbox_definition_get_operations (); operation->method != NULL; operation++)
    {
      if (is_template (operation->pattern) && g_str_equal (operation->method, method) &&
          sandbox_path_match (path, first, operation->pattern, NULL))
        return operation->id;
    }

  return NULL;
}

gboolean
sandbox_router_knows_path (SandboxRouter *self, const SandboxPath *path, guint first)
{
  g_autofree char *pattern = NULL;

  g_return_val_if_fail (self != NULL && path != NULL, FALSE);

  prepare_defined (self);
  pattern = sandbox_path_make_pattern (path, first);
  if (g_hash_table_contains (self->known, pattern))
    return TRUE;

  for (guint i = 0; i < self->templates->len; i++)
    {
      const SandboxOperation *operation = self->templates->pdata[i];

      if (sandbox_path_match (path, first, operation->pattern, NULL))
        return TRUE;
    }

  return FALSE;
}
