/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include <glib/gi18n.h>

#include "baton-display.h"
#include "baton-error.h"
#include "baton-json.h"
#include "baton-resource.h"
#include "baton-time.h"

struct _BatonRecord
{
  int ref_count; /* (atomic) */
  const BatonResource *resource; /* (unowned): static */
  gsize size; /* of the whole block, bytes */
  guint n_fields;
  /* From here on the block is the record's value, compared as bytes. */
  guint key; /* where the key's text is in the block */
  gint64 folder;
  /* A span without its end holds its start, negative; a state its place and one. */
  gint64 numbers[];
  /* guint texts[n_fields]: where each text is in the block, 0 where there is none; then the
   * texts */
};

G_DEFINE_BOXED_TYPE (BatonRecord, baton_record, baton_record_ref, baton_record_unref)

static guint *
get_texts (BatonRecord *self)
{
  return (guint *) &self->numbers[self->n_fields];
}

/* One value while it is read. */
typedef struct
{
  const char *text; /* (nullable): in the JSON, or in owned */
  char *owned;      /* (owned) (nullable) */
  gint64 number;
} Value;

static void
append_values (GString *text, JsonNode *node, const char *path)
{
  const char *slash = path != NULL ? strchr (path, '/') : NULL;
  g_autofree char *name = NULL;

  if (node == NULL)
    return;
  if (JSON_NODE_HOLDS_ARRAY (node))
    {
      JsonArray *array = baton_json_peek_root_array (node);

      for (guint i = 0; i < baton_json_length (array); i++)
        append_values (text, baton_json_peek_node_at (array, i), path);
    }
  else if (path != NULL)
    {
      name = slash != NULL ? g_strndup (path, slash - path) : g_strdup (path);
      append_values (text, baton_json_peek_node (baton_json_peek_root_object (node), name),
                     slash != NULL ? slash + 1 : NULL);
    }
  else
    {
      g_autofree char *scalar = baton_json_dup_scalar (node);

      if (scalar == NULL)
        return;
      if (text->len > 0)
        g_string_append (text, ", ");
      g_string_append (text, scalar);
    }
}

static void
read_text (Value *value, const BatonField *field, JsonObject *object)
{
  JsonNode *node = NULL;

  if (strchr (field->property, '/') == NULL)
    {
      value->text = baton_json_peek_string (object, field->property);
      if (value->text != NULL)
        return;
      node = baton_json_peek_node (object, field->property);
      if (node == NULL || JSON_NODE_HOLDS_NULL (node))
        return;
      if (field->kind == BATON_FIELD_JSON && !JSON_NODE_HOLDS_VALUE (node))
        value->owned = baton_json_to_text (node, FALSE);
      else if (!JSON_NODE_HOLDS_ARRAY (node))
        value->owned = baton_json_dup_scalar (node);
    }
  if (value->owned == NULL)
    {
      g_autoptr (GString) text = g_string_new (NULL);
      g_auto (GStrv) parts = g_strsplit (field->property, "/", 2);

      append_values (text, baton_json_peek_node (object, parts[0]), parts[1]);
      if (text->len > 0)
        value->owned = g_strndup (text->str, text->len);
    }
  value->text = value->owned;
}

static gint64
find_state_index (const BatonField *field, const char *value)
{
  for (gint64 i = 0; field->states != NULL && field->states[i].value != NULL; i++)
    if (g_ascii_strcasecmp (field->states[i].value, value) == 0)
      return i;
  return -1;
}

static void
read_value (Value *value, const BatonField *field, JsonObject *object)
{
  gint64 end;

  read_text (value, field, object);
  if (value->text == NULL)
    return;
  switch (field->kind)
    {
    case BATON_FIELD_NUMBER:
    case BATON_FIELD_SECONDS:
      value->number = g_ascii_strtoll (value->text, NULL, 10);
      break;
    case BATON_FIELD_BOOL:
      value->number = g_ascii_strcasecmp (value->text, "true") == 0
                      || g_str_equal (value->text, "1");
      break;
    case BATON_FIELD_TIME:
      if (!baton_time_parse (value->text, &value->number))
        value->number = 0;
      break;
    case BATON_FIELD_DURATION:
      end = field->property_end != NULL ? baton_json_peek_time (object, field->property_end) : 0;
      if (!baton_time_parse (value->text, &value->number))
        value->text = NULL;
      else
        value->number = end != 0 ? MAX (end - value->number, 0) : -value->number;
      break;
    case BATON_FIELD_STATE:
      value->number = find_state_index (field, value->text);
      if (value->number >= 0)
        value->text = NULL;
      /* One more, so that absent is 0 in the block. */
      value->number += 1;
      break;
    case BATON_FIELD_TEXT:
    case BATON_FIELD_JSON:
    case BATON_FIELD_LONG:
    default:
      break;
    }
}

static guint
put_text (BatonRecord *self, gsize *used, const char *text)
{
  guint place = (guint) *used;
  gsize length;

  if (text == NULL)
    return 0;
  length = strlen (text) + 1;
  memcpy ((char *) self + place, text, length);
  *used += length;
  return place;
}

/**
 * baton_record_new:
 *
 * Any thread. A field that is absent, null or of another type than described is absent in the
 * record; an unknown word of an enum is kept as it came.
 */
BatonRecord *
baton_record_new (const BatonResource *resource, JsonObject *object, GError **error)
{
  guint n_fields;
  g_autofree Value *values = NULL;
  g_autofree char *key = NULL;
  BatonRecord *self = NULL;
  gsize used, size;

  g_return_val_if_fail (resource != NULL, NULL);

  key = baton_json_dup_scalar (baton_json_peek_node (object, resource->key));
  if (key == NULL)
    {
      g_set_error (error, BATON_ERROR, BATON_ERROR_BAD_ANSWER, "An entry of “%s” has no “%s”",
                   resource->id, resource->key);
      return NULL;
    }

  n_fields = baton_resource_get_n_fields (resource);
  values = g_new0 (Value, n_fields);
  used = sizeof *self + n_fields * (sizeof (gint64) + sizeof (guint));
  size = used + strlen (key) + 1;
  for (guint i = 0; i < n_fields; i++)
    {
      read_value (&values[i], &resource->fields[i], object);
      if (values[i].text != NULL)
        size += strlen (values[i].text) + 1;
    }

  self = g_malloc0 (size);
  self->ref_count = 1;
  self->resource = resource;
  self->size = size;
  self->n_fields = n_fields;
  self->folder = baton_json_peek_int (object, "OrganizationUnitId", 0);
  self->key = put_text (self, &used, key);
  for (guint i = 0; i < n_fields; i++)
    {
      self->numbers[i] = values[i].number;
      get_texts (self)[i] = put_text (self, &used, values[i].text);
      g_free (values[i].owned);
    }
  return self;
}

BatonRecord *
baton_record_ref (BatonRecord *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_int_inc (&self->ref_count);
  return self;
}

void
baton_record_unref (BatonRecord *self)
{
  g_return_if_fail (self != NULL);

  if (g_atomic_int_dec_and_test (&self->ref_count))
    g_free (self);
}

/* Returns: (transfer none). */
const BatonResource *
baton_record_get_resource (BatonRecord *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->resource;
}

const char *
baton_record_get_key (BatonRecord *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return (const char *) self + self->key;
}

/* Returns: (transfer none): the field that the resource names, else the key. */
const char *
baton_record_get_name (BatonRecord *self)
{
  const char *name;

  g_return_val_if_fail (self != NULL, NULL);

  name = baton_record_get (self, self->resource->name);
  return name != NULL && *name != '\0' ? name : baton_record_get_key (self);
}

gint64
baton_record_get_folder (BatonRecord *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->folder;
}

const char *
baton_record_get_text (BatonRecord *self, guint field)
{
  guint place;

  g_return_val_if_fail (self != NULL && field < self->n_fields, NULL);

  place = get_texts (self)[field];
  if (place != 0)
    return (const char *) self + place;
  if (self->resource->fields[field].kind == BATON_FIELD_STATE && self->numbers[field] > 0)
    return self->resource->fields[field].states[self->numbers[field] - 1].value;
  return NULL;
}

gint64
baton_record_get_number (BatonRecord *self, guint field)
{
  gint64 number;

  g_return_val_if_fail (self != NULL && field < self->n_fields, 0);

  number = self->numbers[field];
  if (self->resource->fields[field].kind == BATON_FIELD_STATE)
    return number - 1;
  if (self->resource->fields[field].kind == BATON_FIELD_DURATION && number < 0)
    return MAX (g_get_real_time () + number, 0);
  return number;
}

gboolean
baton_record_equal (BatonRecord *a, BatonRecord *b)
{
  const gsize head = G_STRUCT_OFFSET (BatonRecord, key);

  g_return_val_if_fail (a != NULL && b != NULL, FALSE);

  return a == b
         || (a->resource == b->resource && a->size == b->size
             && memcmp ((char *) a + head, (char *) b + head, a->size - head) == 0);
}

const char *
baton_record_get (BatonRecord *self, const char *field_id)
{
  int field;

  g_return_val_if_fail (self != NULL, NULL);

  field = baton_resource_find_field (self->resource, field_id);
  return field >= 0 ? baton_record_get_text (self, (guint) field) : NULL;
}

gint64
baton_record_get_int (BatonRecord *self, const char *field_id)
{
  int field;

  g_return_val_if_fail (self != NULL, 0);

  field = baton_resource_find_field (self->resource, field_id);
  return field >= 0 ? baton_record_get_number (self, (guint) field) : 0;
}

char *
baton_record_dup_display (BatonRecord *self, guint field)
{
  const BatonField *description;
  const BatonState *state;
  const char *text;

  g_return_val_if_fail (self != NULL && field < self->n_fields, NULL);

  description = &self->resource->fields[field];
  text = baton_record_get_text (self, field);
  if (text == NULL)
    return g_strdup ("");
  switch (description->kind)
    {
    case BATON_FIELD_TIME:
      if (self->numbers[field] == 0)
        break;
      return baton_display_time (self->numbers[field], g_get_real_time (), NULL,
                                 (description->flags & BATON_FIELD_PRECISE) != 0);
    case BATON_FIELD_DURATION:
      return baton_display_duration (baton_record_get_number (self, field));
    case BATON_FIELD_SECONDS:
      return baton_display_duration ((gint64) (g_ascii_strtod (text, NULL) * G_USEC_PER_SEC));
    case BATON_FIELD_BOOL:
      return g_strdup (self->numbers[field] != 0 ? _("Yes") : _("No"));
    case BATON_FIELD_NUMBER:
      /* A number of places is no count: ids stay as they are. */
      if ((description->flags & BATON_FIELD_MONOSPACE) != 0)
        break;
      return g_strdup_printf ("%'" G_GINT64_FORMAT, self->numbers[field]);
    case BATON_FIELD_STATE:
      state = baton_field_find_state (description, text);
      return g_strdup (state != NULL ? _(state->label) : text);
    case BATON_FIELD_TEXT:
    case BATON_FIELD_JSON:
    case BATON_FIELD_LONG:
    default:
      break;
    }
  return g_strdup (text);
}
