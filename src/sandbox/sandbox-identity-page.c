/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sandbox-identity-page.h"

#include <string.h>

#include "sandbox-identity-api.h"

#define DEFAULT_TOP 10
#define MAX_TOP 1000

typedef enum
{
  AS_ADDED,
  BY_NAME,
  BY_DISPLAY,
  BY_EMAIL,
  BY_CREATED,
} Order;

static const struct
{
  const char *name;
  Order order;
} orders[] = {
  { "name", BY_NAME },   { "userName", BY_NAME },        { "displayName", BY_DISPLAY },
  { "email", BY_EMAIL }, { "creationTime", BY_CREATED }, { "createdOn", BY_CREATED },
};

typedef struct
{
  Order order;
  gboolean descending;
} Sorting;

static void
entry_free (SandboxIdentityEntry *self)
{
  g_free (self->name);
  g_free (self->display);
  g_free (self->email);
  g_free (self->json);
  g_free (self);
}

GPtrArray *
sandbox_identity_page_new (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify)entry_free);
}

void
sandbox_identity_page_add (GPtrArray *entries,
                           const char *name,
                           const char *display,
                           const char *email,
                           gint64 created,
                           GString *json)
{
  SandboxIdentityEntry *self = g_new0 (SandboxIdentityEntry, 1);

  self->name = g_strdup (name != NULL ? name : "");
  self->display = g_strdup (display != NULL ? display : "");
  self->email = g_strdup (email != NULL ? email : "");
  self->created = created;
  self->json = g_string_free (json, FALSE);
  g_ptr_array_add (entries, self);
}

static int
compare (gconstpointer a, gconstpointer b, gpointer user_data)
{
  const SandboxIdentityEntry *first = *(SandboxIdentityEntry *const *)a;
  const SandboxIdentityEntry *second = *(SandboxIdentityEntry *const *)b;
  const Sorting *sorting = user_data;
  int result = 0;

  switch (sorting->order)
    {
    case AS_ADDED:
      break;
    case BY_NAME:
      result = g_utf8_collate (first->name, second->name);
      break;
    case BY_DISPLAY:
      result = g_utf8_collate (first->display, second->display);
      break;
    case BY_EMAIL:
      result = g_utf8_collate (first->email, second->email);
      break;
    case BY_CREATED:
      result = first->created < second->created ? -1 : first->created > second->created;
      break;
    default:
      g_assert_not_reached ();
    }

  return sorting->descending ? -result : result;
}

/* Answers where it is no number from 0 to @most. */
static gboolean
read_number (SandboxRequest *request, const char *name, gint64 most, gint64 *number)
{
  const char *text = sandbox_request_get_query (request, name);
  g_autofree char *description = NULL;

  if (text == NULL || g_ascii_string_to_signed (text, 10, 0, most, number, NULL))
    return TRUE;

  description = g_strdup_printf ("%s must be a number from 0 to %" G_GINT64_FORMAT ".", name, most);
  sandbox_identity_api_reply_error (request, 400, "InvalidParameter", description);

  return FALSE;
}

/* Answers where there is no such order. */
static gboolean
read_sorting (SandboxRequest *request, Sorting *sorting)
{
  const char *by = sandbox_request_get_query (request, "sortBy");
  const char *order = sandbox_request_get_query (request, "sortOrder");

  sorting->descending = g_strcmp0 (order, "desc") == 0;
  if (order == NULL || sorting->descending || g_str_equal (order, "asc"))
    {
      if (by == NULL)
        return TRUE;
      for (gsize i = 0; i < G_N_ELEMENTS (orders); i++)
        if (g_ascii_strcasecmp (orders[i].name, by) == 0)
          {
            sorting->order = orders[i].order;
            return TRUE;
          }
    }

  sandbox_identity_api_reply_error (request, 400, "InvalidParameter",
                                    "sortBy or sortOrder is not known here.");

  return FALSE;
}

static gboolean
matches (const SandboxIdentityEntry *entry, const char *folded)
{
  g_autofree char *name = g_utf8_casefold (entry->name, -1);
  g_autofree char *display = g_utf8_casefold (entry->display, -1);
  g_autofree char *email = g_utf8_casefold (entry->email, -1);

  return strstr (name, folded) != NULL || strstr (display, folded) != NULL
         || strstr (email, folded) != NULL;
}

void
sandbox_identity_page_reply (SandboxRequest *request, GPtrArray *entries)
{
  const char *term = sandbox_request_get_query (request, "searchTerm");
  g_autofree char *folded = g_utf8_casefold (term != NULL ? term : "", -1);
  g_autoptr (GPtrArray) found = g_ptr_array_new ();
  Sorting sorting = { 0 };
  gint64 top = DEFAULT_TOP, skip = 0;
  GString *json;

  if (!read_number (request, "top", MAX_TOP, &top)
      || !read_number (request, "skip", G_MAXINT32, &skip) || !read_sorting (request, &sorting))
    return;

  for (guint i = 0; i < entries->len; i++)
    if (matches (entries->pdata[i], folded))
      g_ptr_array_add (found, entries->pdata[i]);
  if (sorting.order != AS_ADDED)
    g_ptr_array_sort_with_data (found, compare, &sorting);

  json = g_string_new (NULL);
  g_string_append_printf (json, "{\"totalCount\":%u,\"results\":[", found->len);
  for (gint64 i = skip; i < MIN (skip + top, (gint64)found->len); i++)
    {
      const SandboxIdentityEntry *entry = found->pdata[i];

      g_string_append_printf (json, "%s%s", i > skip ? "," : "", entry->json);
    }
  g_string_append (json, "]}");
  sandbox_reply_json (request, 200, json);
}
