/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "baton-local-order.h"

typedef struct
{
  BatonRecord *record; /* (unowned) */
  char *text;          /* (owned) (nullable): to compare by, where the field is a text */
  gint64 number;
} Item;

static void
item_clear (gpointer data)
{
  Item *item = data;

  g_free (item->text);
}

static int
compare_items (gconstpointer a, gconstpointer b, gpointer data)
{
  const Item *x = a;
  const Item *y = b;
  int order;

  if (x->text != NULL && y->text != NULL)
    order = strcmp (x->text, y->text);
  else
    order = x->number < y->number ? -1 : x->number > y->number;
  if (order == 0)
    order = strcmp (baton_record_get_key (x->record), baton_record_get_key (y->record));
  return GPOINTER_TO_INT (data) ? -order : order;
}

static gboolean
contains (BatonRecord *record, const BatonResource *resource, const char *folded)
{
  for (guint i = 0; resource->fields[i].id != NULL; i++)
    {
      const char *text = baton_record_get_text (record, i);
      g_autofree char *value = NULL;

      if ((resource->fields[i].flags & BATON_FIELD_SEARCHED) == 0 || text == NULL)
        continue;
      value = g_utf8_casefold (text, -1);
      if (strstr (value, folded) != NULL)
        return TRUE;
    }
  return FALSE;
}

static void
make_sort_key (Item *item, const BatonField *field, guint position)
{
  g_autofree char *display = NULL;
  g_autofree char *folded = NULL;

  switch (field->kind)
    {
    case BATON_FIELD_NUMBER:
    case BATON_FIELD_BOOL:
    case BATON_FIELD_TIME:
    case BATON_FIELD_DURATION:
    case BATON_FIELD_SECONDS:
      item->number = baton_record_get_number (item->record, position);
      break;
    case BATON_FIELD_TEXT:
    case BATON_FIELD_STATE:
    case BATON_FIELD_JSON:
    case BATON_FIELD_LONG:
    default:
      display = baton_record_dup_display (item->record, position);
      folded = g_utf8_casefold (display, -1);
      item->text = g_utf8_collate_key (folded, -1);
      break;
    }
}

GPtrArray *
baton_local_order (GPtrArray *records,
                   const BatonResource *resource,
                   const char *sort,
                   gboolean descending,
                   const char *search)
{
  g_autoptr (GArray) items = g_array_new (FALSE, TRUE, sizeof (Item));
  g_autofree char *folded = search != NULL ? g_utf8_casefold (search, -1) : NULL;
  GPtrArray *ordered = g_ptr_array_new_with_free_func ((GDestroyNotify) baton_record_unref);
  int field = baton_resource_find_field (resource, sort);

  if (field < 0)
    {
      field = baton_resource_find_field (resource, resource->sort);
      descending = resource->sort_descending;
    }
  g_array_set_clear_func (items, item_clear);
  for (guint i = 0; i < records->len; i++)
    {
      Item item = { g_ptr_array_index (records, i), NULL, 0 };

      if (folded != NULL && *folded != '\0' && !contains (item.record, resource, folded))
        continue;
      make_sort_key (&item, &resource->fields[field], (guint) field);
      g_array_append_val (items, item);
    }
  g_array_sort_with_data (items, compare_items, GINT_TO_POINTER (descending));
  for (guint i = 0; i < items->len; i++)
    g_ptr_array_add (ordered, baton_record_ref (g_array_index (items, Item, i).record));
  return ordered;
}
