/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "baton-resource.h"

guint
baton_resource_get_n_fields (const BatonResource *self)
{
  guint n = 0;

  g_return_val_if_fail (self != NULL, 0);

  while (self->fields[n].id != NULL)
    n++;
  return n;
}

int
baton_resource_find_field (const BatonResource *self, const char *id)
{
  g_return_val_if_fail (self != NULL, -1);

  for (int i = 0; id != NULL && self->fields[i].id != NULL; i++)
    if (g_str_equal (self->fields[i].id, id))
      return i;
  return -1;
}

/* Any case: the service writes its enums in one case, other servers in another. */
const BatonState *
baton_field_find_state (const BatonField *field, const char *value)
{
  g_return_val_if_fail (field != NULL, NULL);

  for (guint i = 0; value != NULL && field->states != NULL && field->states[i].value != NULL; i++)
    if (g_ascii_strcasecmp (field->states[i].value, value) == 0)
      return &field->states[i];
  return NULL;
}

static void
select_property (GPtrArray *properties, const char *property)
{
  /* What lies in another entity comes with $expand; only the entity's own properties can be
   * named here. */
  if (property == NULL || strchr (property, '/') != NULL
      || g_ptr_array_find_with_equal_func (properties, property, g_str_equal, NULL))
    return;
  g_ptr_array_add (properties, (gpointer) property);
}

static char *
make_select (const BatonResource *self)
{
  g_autoptr (GPtrArray) properties = g_ptr_array_new ();

  select_property (properties, self->key);
  select_property (properties, self->tie_breaker);
  /* Rows of several folders say which is theirs (fact sheet 1.3). */
  if (self->scope == BATON_SCOPE_CROSS_FOLDER)
    select_property (properties, "OrganizationUnitId");
  for (const BatonField *field = self->fields; field->id != NULL; field++)
    {
      if ((field->flags & (BATON_FIELD_DETAIL | BATON_FIELD_CLIENT)) != 0)
        continue;
      select_property (properties, field->property);
      select_property (properties, field->property_end);
    }
  g_ptr_array_add (properties, NULL);
  return g_strjoinv (",", (char **) properties->pdata);
}

BatonQuery *
baton_resource_make_query (const BatonResource *self,
                           gint64 folder,
                           const char *sort,
                           gboolean descending)
{
  g_autoptr (BatonQuery) query = NULL;
  g_autofree char *select = NULL;
  const char *property;
  int field;

  g_return_val_if_fail (self != NULL, NULL);

  query = baton_query_new (folder == 0 && self->path_all != NULL ? self->path_all : self->path);
  select = make_select (self);
  baton_query_set_select (query, select);
  if (self->expand != NULL)
    baton_query_set_expand (query, self->expand);
  baton_query_set_count (query, TRUE);
  if (self->client_only)
    return g_steal_pointer (&query);

  field = baton_resource_find_field (self, sort);
  if (field < 0)
    {
      field = baton_resource_find_field (self, self->sort);
      descending = self->sort_descending;
    }
  property = self->fields[field].sort_property != NULL ? self->fields[field].sort_property
                                                       : self->fields[field].property;
  baton_query_add_order (query, property, descending);
  /* Pages of an order that is not total overlap; in the same direction one index gives both. */
  if (self->tie_breaker != NULL && !g_str_equal (self->tie_breaker, property))
    baton_query_add_order (query, self->tie_breaker, descending);
  return g_steal_pointer (&query);
}

void
baton_resource_add_search (const BatonResource *self, BatonQuery *query, const char *text)
{
  g_autoptr (GPtrArray) properties = g_ptr_array_new ();
  g_autofree char *term = NULL;

  g_return_if_fail (self != NULL && query != NULL);

  if (text == NULL || *text == '\0')
    return;
  if (self->search_parameter != NULL)
    {
      baton_query_set_parameter (query, self->search_parameter, text);
      return;
    }
  for (const BatonField *field = self->fields; field->id != NULL; field++)
    if ((field->flags & BATON_FIELD_SEARCHED) != 0)
      g_ptr_array_add (properties, (gpointer) field->property);
  if (properties->len == 0)
    return;
  g_ptr_array_add (properties, NULL);
  term = baton_query_search ((const char *const *) properties->pdata, text);
  baton_query_add_filter (query, term);
}

BatonRequest *
baton_resource_make_detail_request (const BatonResource *self, BatonRecord *record, gint64 folder)
{
  g_autoptr (BatonQuery) query = NULL;
  g_autofree char *key = NULL;
  g_autofree char *path = NULL;
  g_autofree char *whole = NULL;
  g_auto (GStrv) parts = NULL;
  BatonRequest *request = NULL;

  g_return_val_if_fail (self != NULL && record != NULL, NULL);

  if (self->detail_path == NULL)
    return NULL;
  key = g_uri_escape_string (baton_record_get_key (record), NULL, FALSE);
  parts = g_strsplit (self->detail_path, "%s", 2);
  path = g_strjoinv (key, parts);
  query = baton_query_new (path);
  if (self->detail_expand != NULL)
    baton_query_set_expand (query, self->detail_expand);
  whole = baton_query_to_path (query);
  request = baton_request_new ("GET", whole);
  if (self->scope != BATON_SCOPE_TENANT)
    baton_request_set_folder (request, baton_record_get_folder (record) != 0
                                         ? baton_record_get_folder (record)
                                         : folder);
  baton_request_set_permission (request, self->permission);
  baton_request_set_priority (request, BATON_PRIORITY_USER);
  return request;
}
