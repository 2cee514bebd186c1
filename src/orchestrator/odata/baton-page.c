/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "baton-error.h"
#include "baton-json.h"
#include "baton-page.h"

gpointer
baton_page_decode (JsonNode *root, gpointer data, GError **error)
{
  const BatonResource *resource = data;
  g_autoptr (BatonPage) self = NULL;
  JsonObject *object;
  JsonArray *array;

  g_return_val_if_fail (resource != NULL, NULL);

  object = baton_json_require_root_object (root, error);
  array = object != NULL ? baton_json_require_array (object, "value", error) : NULL;
  if (array == NULL)
    return NULL;

  self = g_new0 (BatonPage, 1);
  self->count = baton_json_peek_int (object, "@odata.count", -1);
  self->records = g_ptr_array_new_full (baton_json_length (array),
                                        (GDestroyNotify) baton_record_unref);
  for (guint i = 0; i < baton_json_length (array); i++)
    {
      BatonRecord *record = baton_record_new (resource, baton_json_peek_object_at (array, i), error);

      if (record == NULL)
        return NULL;
      g_ptr_array_add (self->records, record);
    }
  return g_steal_pointer (&self);
}

void
baton_page_free (BatonPage *self)
{
  if (self == NULL)
    return;
  g_ptr_array_unref (self->records);
  g_free (self);
}
