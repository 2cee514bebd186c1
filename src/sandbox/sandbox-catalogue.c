/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sandbox-catalogue.h"

#include <string.h>

#include "sandbox-definition.h"
#include "sandbox-operations.h"
#include "sandbox-permission.h"

/* The plain requests of an entity set, by what it takes. */
static const struct
{
  SandboxWrites write; /* SANDBOX_WRITE_NONE: to read */
  const char *method;
  gboolean with_key;
  const char *verb;
} plain[] = {
  { SANDBOX_WRITE_NONE, "GET", FALSE, "View" },
  { SANDBOX_WRITE_NONE, "GET", TRUE, "View" },
  { SANDBOX_WRITE_CREATE, "POST", FALSE, "Create" },
  { SANDBOX_WRITE_REPLACE | SANDBOX_WRITE_REPLACE_QUIET, "PUT", TRUE, "Edit" },
  { SANDBOX_WRITE_PATCH | SANDBOX_WRITE_PATCH_QUIET, "PATCH", TRUE, "Edit" },
  { SANDBOX_WRITE_DELETE, "DELETE", TRUE, "Delete" },
};

static void
entry_free (SandboxCatalogueEntry *self)
{
  g_free (self->pattern);
  g_free (self->permission);
  g_free (self);
}

static char *
make_key (const char *method, const char *pattern)
{
  g_autofree char *lower = g_ascii_strdown (pattern, -1);

  return g_strconcat (method, " ", lower, NULL);
}

/* Returns: (transfer full): the definition's names by make_key(). */
static GHashTable *
index_definition (void)
{
  GHashTable *ids = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (const SandboxDefinedOperation *operation = sandbox_definition_get_operations ();
       operation->method != NULL; operation++)
    g_hash_table_insert (ids, make_key (operation->method, operation->pattern),
                         (gpointer)operation->id);

  return ids;
}

static int
compare (gconstpointer a, gconstpointer b)
{
  const SandboxCatalogueEntry *first = *(const SandboxCatalogueEntry *const *)a;
  const SandboxCatalogueEntry *second = *(const SandboxCatalogueEntry *const *)b;
  int order = g_ascii_strcasecmp (first->pattern, second->pattern);

  return order != 0 ? order : g_strcmp0 (first->method, second->method);
}

typedef struct
{
  GPtrArray *entries;
  GHashTable *ids;
  GHashTable *known; /* (owned): make_key() */
} Maker;

/* What came first stays: an operation stands in front of the plain request of a set. */
static void
add (Maker *self, const char *method, const char *pattern, const char *permission, gboolean open)
{
  char *key = make_key (method, pattern);
  SandboxCatalogueEntry *entry;

  if (!g_hash_table_add (self->known, key))
    return;

  entry = g_new0 (SandboxCatalogueEntry, 1);
  entry->method = method;
  entry->pattern = g_strdup (pattern);
  entry->permission = sandbox_permission_describe (permission);
  entry->id = g_hash_table_lookup (self->ids, key);
  entry->open = open;
  g_ptr_array_add (self->entries, entry);
}

static void
add_set (Maker *self, const SandboxEntitySet *set)
{
  for (gsize i = 0; i < G_N_ELEMENTS (plain); i++)
    {
      gboolean reads = plain[i].write == SANDBOX_WRITE_NONE;
      g_autofree char *pattern
          = g_strconcat ("/odata/", set->name, plain[i].with_key ? "({key})" : "", NULL);
      g_autofree char *permission = sandbox_entity_set_dup_permission (set, plain[i].verb);

      if (reads || (set->writes & plain[i].write) != 0)
        add (self, plain[i].method, pattern, reads && set->view != NULL ? set->view : permission,
             FALSE);
    }
}

GPtrArray *
sandbox_catalogue_new (void)
{
  const SandboxEntitySet *const *sets = sandbox_entity_sets ();
  GPtrArray *entries = g_ptr_array_new_with_free_func ((GDestroyNotify)entry_free);
  g_autoptr (GHashTable) ids = index_definition ();
  g_autoptr (GHashTable) known = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  Maker maker = { entries, ids, known };

  for (gsize i = 0; sandbox_operations[i] != NULL; i++)
    for (const SandboxOperation *operation = sandbox_operations[i]; operation->method != NULL;
         operation++)
      add (&maker, operation->method, operation->pattern, operation->permission,
           operation->access == SANDBOX_OPEN);
  for (gsize i = 0; sets[i] != NULL; i++)
    if (!sets[i]->internal)
      add_set (&maker, sets[i]);
  g_ptr_array_sort (entries, compare);

  return entries;
}
