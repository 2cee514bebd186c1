/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "baton-query.h"
#include "baton-time.h"

/* What may stand unescaped in a query value: OData is easier to read with it in "Copy as cURL". */
#define READABLE "'(),:/$@*!;"

typedef struct
{
  char *name;  /* (owned) */
  char *value; /* (owned) */
} Parameter;

struct _BatonQuery
{
  gatomicrefcount references;

  char *path;            /* (owned) */
  GPtrArray *filters;    /* (owned) (element-type utf8) */
  GString *order;        /* (owned) */
  char *select;          /* (owned) (nullable) */
  char *expand;          /* (owned) (nullable) */
  gboolean count;
  guint64 skip;
  guint top;
  GPtrArray *parameters; /* (owned) (element-type Parameter) */
};

G_DEFINE_BOXED_TYPE (BatonQuery, baton_query, baton_query_ref, baton_query_unref)

static void
parameter_free (Parameter *parameter)
{
  g_free (parameter->name);
  g_free (parameter->value);
  g_free (parameter);
}

static void
append_option (GString *path, const char *name, const char *value)
{
  g_autofree char *escaped = g_uri_escape_string (value, READABLE, FALSE);

  g_string_append_c (path, strchr (path->str, '?') == NULL ? '?' : '&');
  g_string_append_uri_escaped (path, name, "$", FALSE);
  g_string_append_c (path, '=');
  g_string_append (path, escaped);
}

/* Returns: (transfer full): the terms joined with "and", each in brackets where there are several,
 * since a term may hold an "or". */
static char *
make_filter (BatonQuery *self)
{
  GString *filter = g_string_new (NULL);

  if (self->filters->len == 1)
    g_string_append (filter, g_ptr_array_index (self->filters, 0));
  else
    for (guint i = 0; i < self->filters->len; i++)
      g_string_append_printf (filter, "%s(%s)", i > 0 ? " and " : "",
                              (const char *) g_ptr_array_index (self->filters, i));

  return g_string_free (filter, FALSE);
}

BatonQuery *
baton_query_new (const char *path)
{
  BatonQuery *self = NULL;

  g_return_val_if_fail (path != NULL, NULL);

  self = g_new0 (BatonQuery, 1);
  g_atomic_ref_count_init (&self->references);
  self->path = g_strdup (path);
  self->filters = g_ptr_array_new_with_free_func (g_free);
  self->order = g_string_new (NULL);
  self->parameters = g_ptr_array_new_with_free_func ((GDestroyNotify) parameter_free);

  return self;
}

/**
 * baton_query_copy:
 *
 * Returns: (transfer full): one that can be changed without changing @self
 */
BatonQuery *
baton_query_copy (BatonQuery *self)
{
  BatonQuery *copy = NULL;

  g_return_val_if_fail (self != NULL, NULL);

  copy = baton_query_new (self->path);
  g_string_append (copy->order, self->order->str);
  copy->select = g_strdup (self->select);
  copy->expand = g_strdup (self->expand);
  copy->count = self->count;
  copy->skip = self->skip;
  copy->top = self->top;

  for (guint i = 0; i < self->filters->len; i++)
    baton_query_add_filter (copy, g_ptr_array_index (self->filters, i));
  for (guint i = 0; i < self->parameters->len; i++)
    {
      const Parameter *parameter = g_ptr_array_index (self->parameters, i);

      baton_query_set_parameter (copy, parameter->name, parameter->value);
    }

  return copy;
}

BatonQuery *
baton_query_ref (BatonQuery *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&self->references);

  return self;
}

void
baton_query_unref (BatonQuery *self)
{
  g_return_if_fail (self != NULL);

  if (!g_atomic_ref_count_dec (&self->references))
    return;

  g_free (self->path);
  g_ptr_array_unref (self->filters);
  g_string_free (self->order, TRUE);
  g_free (self->select);
  g_free (self->expand);
  g_ptr_array_unref (self->parameters);
  g_free (self);
}

void
baton_query_add_filter (BatonQuery *self, const char *term)
{
  g_return_if_fail (self != NULL);

  if (term != NULL && *term != '\0')
    g_ptr_array_add (self->filters, g_strdup (term));
}

void
baton_query_add_order (BatonQuery *self, const char *property, gboolean descending)
{
  g_return_if_fail (self != NULL && property != NULL);

  g_string_append_printf (self->order, "%s%s %s", self->order->len > 0 ? "," : "", property,
                          descending ? "desc" : "asc");
}

void
baton_query_set_select (BatonQuery *self, const char *properties)
{
  g_return_if_fail (self != NULL);

  g_free (self->select);
  self->select = g_strdup (properties);
}

void
baton_query_set_expand (BatonQuery *self, const char *properties)
{
  g_return_if_fail (self != NULL);

  g_free (self->expand);
  self->expand = g_strdup (properties);
}

void
baton_query_set_count (BatonQuery *self, gboolean count)
{
  g_return_if_fail (self != NULL);

  self->count = count;
}

void
baton_query_set_range (BatonQuery *self, guint64 skip, guint top)
{
  g_return_if_fail (self != NULL);

  self->skip = skip;
  self->top = top;
}

/**
 * baton_query_set_parameter:
 * @name: a name that is no OData option
 * @value: (nullable): %NULL takes the parameter out
 */
void
baton_query_set_parameter (BatonQuery *self, const char *name, const char *value)
{
  Parameter *parameter = NULL;

  g_return_if_fail (self != NULL && name != NULL);

  for (guint i = 0; i < self->parameters->len; i++)
    if (g_str_equal (((Parameter *) g_ptr_array_index (self->parameters, i))->name, name))
      {
        g_ptr_array_remove_index (self->parameters, i);
        break;
      }

  if (value == NULL)
    return;

  parameter = g_new0 (Parameter, 1);
  parameter->name = g_strdup (name);
  parameter->value = g_strdup (value);
  g_ptr_array_add (self->parameters, parameter);
}

/**
 * baton_query_to_path:
 *
 * Spaces become `%20` and no `+`, as the service asks (fact sheet 5.1).
 *
 * Returns: (transfer full): path and query, percent-encoded
 */
char *
baton_query_to_path (BatonQuery *self)
{
  GString *path = NULL;

  g_return_val_if_fail (self != NULL, NULL);

  path = g_string_new (self->path);

  if (self->select != NULL)
    append_option (path, "$select", self->select);
  if (self->expand != NULL)
    append_option (path, "$expand", self->expand);
  if (self->filters->len > 0)
    {
      g_autofree char *filter = make_filter (self);

      append_option (path, "$filter", filter);
    }
  if (self->order->len > 0)
    append_option (path, "$orderby", self->order->str);
  if (self->count)
    append_option (path, "$count", "true");
  if (self->top > 0)
    {
      g_autofree char *top = g_strdup_printf ("%u", self->top);

      append_option (path, "$top", top);
    }
  if (self->skip > 0)
    {
      g_autofree char *skip = g_strdup_printf ("%" G_GUINT64_FORMAT, self->skip);

      append_option (path, "$skip", skip);
    }

  for (guint i = 0; i < self->parameters->len; i++)
    {
      const Parameter *parameter = g_ptr_array_index (self->parameters, i);

      append_option (path, parameter->name, parameter->value);
    }

  return g_string_free (path, FALSE);
}

char *
baton_query_quote (const char *text)
{
  GString *quoted = NULL;

  g_return_val_if_fail (text != NULL, NULL);

  quoted = g_string_new (text);
  g_string_replace (quoted, "'", "''", 0);
  g_string_prepend_c (quoted, '\'');
  g_string_append_c (quoted, '\'');

  return g_string_free (quoted, FALSE);
}

char *
baton_query_time (gint64 time)
{
  return baton_time_format (time);
}

char *
baton_query_search (const char *const *properties, const char *text)
{
  g_autofree char *lower = NULL;
  g_autofree char *literal = NULL;
  GString *term = NULL;

  g_return_val_if_fail (properties != NULL && text != NULL, NULL);

  lower = g_utf8_strdown (text, -1);
  literal = baton_query_quote (lower);
  term = g_string_new ("(");

  for (guint i = 0; properties[i] != NULL; i++)
    g_string_append_printf (term, "%scontains(tolower(%s),%s)", i > 0 ? " or " : "", properties[i],
                            literal);

  g_string_append_c (term, ')');

  return g_string_free (term, FALSE);
}
