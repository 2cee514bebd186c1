/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sandbox-change.h"

#include <string.h>

#include "baton-json.h"
#include "sandbox-body.h"
#include "sandbox-clock.h"
#include "sandbox-schema.h"

#define ERROR_PARAMETER_MISSING 1014

static SandboxBodyKind
get_kind (const SandboxField *field)
{
  if (field->sql != NULL || (field->flags & SANDBOX_FIELD_READ_ONLY) != 0)
    return SANDBOX_BODY_ANY;

  switch (field->type)
    {
    case SANDBOX_FIELD_INT32:
    case SANDBOX_FIELD_INT64:
      return SANDBOX_BODY_INT;
    case SANDBOX_FIELD_DOUBLE:
      return SANDBOX_BODY_NUMBER;
    case SANDBOX_FIELD_BOOL:
      return SANDBOX_BODY_BOOL;
    case SANDBOX_FIELD_STRING:
      return SANDBOX_BODY_TEXT;
    case SANDBOX_FIELD_GUID:
      return SANDBOX_BODY_GUID;
    case SANDBOX_FIELD_TIME:
      return SANDBOX_BODY_TIME;
    case SANDBOX_FIELD_ENUM:
      return SANDBOX_BODY_ENUM;
    case SANDBOX_FIELD_JSON:
      return SANDBOX_BODY_ANY;
    default:
      g_assert_not_reached ();
    }
}

/* Returns: (transfer full): SandboxBodyField up to one without a name. */
static GArray *
make_body_fields (const SandboxEntitySet *set)
{
  GArray *fields = g_array_new (TRUE, TRUE, sizeof (SandboxBodyField));

  for (const SandboxField *field = set->fields; field->name != NULL; field++)
    {
      gboolean is_int32 = field->type == SANDBOX_FIELD_INT32;
      SandboxBodyField body = {
        .name = field->name,
        .kind = get_kind (field),
        .minimum = is_int32 ? G_MININT32 : 0,
        .maximum = field->maximum == 0 && is_int32 ? G_MAXINT32 : field->maximum,
        .names = field->names,
      };

      if ((field->flags & SANDBOX_FIELD_HIDDEN) == 0)
        g_array_append_val (fields, body);
    }
  for (const SandboxNavigation *navigation = set->navigations;
       navigation != NULL && navigation->name != NULL; navigation++)
    {
      SandboxBodyField body = { .name = navigation->name, .kind = SANDBOX_BODY_ANY };

      g_array_append_val (fields, body);
    }

  return fields;
}

static gboolean
is_given (JsonObject *body, const SandboxField *field)
{
  const char *text = baton_json_peek_string (body, field->name);

  return sandbox_body_has (body, field->name) && (text == NULL || *text != '\0');
}

/* Answers where one lacks. */
static gboolean
check_required (SandboxRequest *request, SandboxChange *self)
{
  for (const SandboxField *field = self->set->fields; field->name != NULL; field++)
    {
      gboolean is_kept = self->kind != SANDBOX_WRITE_CREATE
                         && (self->kind == SANDBOX_WRITE_PATCH
                             || (field->flags & SANDBOX_FIELD_CREATE_ONLY) != 0);

      if ((field->flags & SANDBOX_FIELD_REQUIRED) == 0
          || (is_kept && !baton_json_has (self->body, field->name)) || is_given (self->body, field))
        continue;
      sandbox_reply_error (request, 400, ERROR_PARAMETER_MISSING, "The %s field is required.",
                           field->name);
      return FALSE;
    }

  return TRUE;
}

static gboolean
is_writable (SandboxChange *self, const SandboxField *field)
{
  const SandboxFieldFlags closed = SANDBOX_FIELD_READ_ONLY | SANDBOX_FIELD_HIDDEN;
  gboolean is_rowid
      = g_str_equal (field->name, self->set->key) && sandbox_schema_has_rowid_key (self->set);

  return field->sql == NULL && (field->flags & closed) == 0 && !is_rowid
         && (self->kind == SANDBOX_WRITE_CREATE || (field->flags & SANDBOX_FIELD_CREATE_ONLY) == 0);
}

static SandboxValue *
get_value (SandboxChange *self, const char *column)
{
  const SandboxField *field = sandbox_entity_set_find_field (self->set, column);

  for (guint i = 0; i < self->values->len; i++)
    {
      SandboxValue *value = &g_array_index (self->values, SandboxValue, i);

      if (g_str_equal (value->column, column))
        return value;
    }

  g_array_append_vals (
      self->values, &(SandboxValue){ field != NULL ? field->name : g_intern_string (column) }, 1);

  return &g_array_index (self->values, SandboxValue, self->values->len - 1);
}

void
sandbox_change_set_null (SandboxChange *self, const char *column)
{
  get_value (self, column)->kind = SANDBOX_VALUE_NULL;
}

static void
set_from_body (SandboxChange *self, const SandboxField *field)
{
  const char *text = baton_json_peek_string (self->body, field->name);
  g_autofree char *made = NULL;

  switch (field->type)
    {
    case SANDBOX_FIELD_INT32:
    case SANDBOX_FIELD_INT64:
      sandbox_change_set_int (self, field->name, baton_json_peek_int (self->body, field->name, 0));
      break;
    case SANDBOX_FIELD_BOOL:
      sandbox_change_set_int (self, field->name,
                              baton_json_peek_bool (self->body, field->name, FALSE));
      break;
    case SANDBOX_FIELD_TIME:
      sandbox_change_set_int (self, field->name, baton_json_peek_time (self->body, field->name));
      break;
    case SANDBOX_FIELD_ENUM:
      sandbox_change_set_int (self, field->name, sandbox_field_find_name (field, text));
      break;
    case SANDBOX_FIELD_DOUBLE:
      /* The column makes a number of it again. */
      made = g_strdup_printf ("%.17g", baton_json_peek_double (self->body, field->name, 0));
      sandbox_change_set_text (self, field->name, made);
      break;
    case SANDBOX_FIELD_STRING:
      sandbox_change_set_text (self, field->name, text);
      break;
    case SANDBOX_FIELD_GUID:
      made = g_ascii_strdown (text, -1);
      sandbox_change_set_text (self, field->name, made);
      break;
    case SANDBOX_FIELD_JSON:
      made = baton_json_to_text (baton_json_peek_node (self->body, field->name), FALSE);
      sandbox_change_set_text (self, field->name, made);
      break;
    default:
      g_assert_not_reached ();
    }
}

/* A replace takes away what it does not mention; what nobody can read back stays, as nobody could
 * send it. */
static gboolean
is_taken_away (SandboxChange *self, const SandboxField *field)
{
  const SandboxFieldFlags kept = SANDBOX_FIELD_NOT_NULL | SANDBOX_FIELD_WRITE_ONLY;

  return (field->flags & kept) == 0
         && (self->kind == SANDBOX_WRITE_REPLACE || baton_json_has (self->body, field->name));
}

SandboxChange *
sandbox_change_new (SandboxRequest *request,
                    const SandboxEntitySet *set,
                    JsonObject *body,
                    SandboxWrites kind,
                    gint64 id)
{
  g_autoptr (SandboxChange) self = NULL;
  g_autoptr (GArray) fields = NULL;
  g_autofree char *name = NULL;

  g_return_val_if_fail (request != NULL && set != NULL, NULL);

  self = g_new0 (SandboxChange, 1);
  self->set = set;
  self->body = body;
  self->kind = kind;
  self->id = id;
  self->values = g_array_new (TRUE, TRUE, sizeof (SandboxValue));
  self->texts = g_ptr_array_new_with_free_func (g_free);

  fields = make_body_fields (set);
  name = g_strdup (set->type);
  name[0] = g_ascii_tolower (name[0]);
  if (!sandbox_body_check (request, body, name, (const SandboxBodyField *)fields->data)
      || !check_required (request, self))
    return NULL;

  for (const SandboxField *field = set->fields; field->name != NULL; field++)
    {
      if (!is_writable (self, field))
        continue;
      if (sandbox_body_has (body, field->name))
        set_from_body (self, field);
      else if (kind != SANDBOX_WRITE_CREATE && is_taken_away (self, field))
        sandbox_change_set_null (self, field->name);
    }

  return g_steal_pointer (&self);
}

void
sandbox_change_free (SandboxChange *self)
{
  if (self == NULL)
    return;

  g_array_unref (self->values);
  g_ptr_array_unref (self->texts);
  g_free (self);
}

static const SandboxValue *
find_value (SandboxChange *self, const char *column)
{
  for (guint i = 0; i < self->values->len; i++)
    {
      const SandboxValue *value = &g_array_index (self->values, SandboxValue, i);

      if (g_str_equal (value->column, column))
        return value;
    }

  return NULL;
}

gboolean
sandbox_change_has (SandboxChange *self, const char *column)
{
  g_return_val_if_fail (self != NULL && column != NULL, FALSE);

  return find_value (self, column) != NULL;
}

gint64
sandbox_change_get_int (SandboxChange *self, const char *column, gint64 fallback)
{
  const SandboxValue *value;

  g_return_val_if_fail (self != NULL && column != NULL, fallback);

  value = find_value (self, column);

  return value != NULL && value->kind == SANDBOX_VALUE_INT ? value->number : fallback;
}

const char *
sandbox_change_get_text (SandboxChange *self, const char *column)
{
  const SandboxValue *value;

  g_return_val_if_fail (self != NULL && column != NULL, NULL);

  value = find_value (self, column);

  return value != NULL && value->kind == SANDBOX_VALUE_TEXT ? value->text : NULL;
}

void
sandbox_change_set_int (SandboxChange *self, const char *column, gint64 number)
{
  SandboxValue *value;

  g_return_if_fail (self != NULL && column != NULL);

  value = get_value (self, column);
  value->kind = SANDBOX_VALUE_INT;
  value->number = number;
}

void
sandbox_change_set_text (SandboxChange *self, const char *column, const char *text)
{
  SandboxValue *value;

  g_return_if_fail (self != NULL && column != NULL);

  value = get_value (self, column);
  value->kind = SANDBOX_VALUE_TEXT;
  value->text = g_strdup (text);
  g_ptr_array_add (self->texts, (gpointer)value->text);
}

void
sandbox_change_set_enum (SandboxChange *self, const char *column, const char *name)
{
  g_return_if_fail (self != NULL && column != NULL && name != NULL);

  sandbox_change_set_int (self, column, sandbox_row_get_enum (self->set->name, column, name));
}

static void
set_if_lacking (SandboxChange *self, const char *column, gint64 number)
{
  if (sandbox_entity_set_find_field (self->set, column) != NULL
      && find_value (self, column) == NULL)
    sandbox_change_set_int (self, column, number);
}

static void
give_guid (SandboxChange *self, const char *column)
{
  const SandboxField *field = sandbox_entity_set_find_field (self->set, column);
  g_autofree char *guid = NULL;

  if (field == NULL || field->type != SANDBOX_FIELD_GUID || field->sql != NULL
      || sandbox_change_get_text (self, column) != NULL)
    return;

  guid = g_uuid_string_random ();
  sandbox_change_set_text (self, column, guid);
}

void
sandbox_change_write (SandboxChange *self, SandboxRequest *request)
{
  gboolean is_new;

  g_return_if_fail (self != NULL && request != NULL);

  is_new = self->kind == SANDBOX_WRITE_CREATE;
  if (is_new)
    {
      sandbox_change_set_int (self, "TenantId", request->tenant);
      if (sandbox_schema_has_folder (self->set))
        sandbox_change_set_int (self, "OrganizationUnitId", request->folder);
      give_guid (self, "Key");
      give_guid (self, self->set->key);
    }
  set_if_lacking (self, is_new ? "CreationTime" : "LastModificationTime", sandbox_clock_now ());
  if (request->user != 0)
    set_if_lacking (self, is_new ? "CreatorUserId" : "LastModifierUserId", request->user);

  if (is_new)
    self->id = sandbox_row_insert (request->store, self->set->name,
                                   (const SandboxValue *)self->values->data);
  else if (self->values->len > 0)
    sandbox_row_update (request->store, self->set->name, self->id,
                        (const SandboxValue *)self->values->data);
}
