/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n.h>

#include "baton-filter.h"
#include "odata/baton-query.h"

struct _BatonFilter
{
  const BatonField *field;
  GPtrArray *values; /* (owned) of char* */
  BatonSpan span;
  gint64 since;
  char *text; /* (owned) (nullable) */
};

static const struct
{
  const char *label;
  gint64 seconds;
} spans[BATON_N_SPANS] = {
  [BATON_SPAN_ANY] = { N_ ("Any time"), 0 },
  [BATON_SPAN_HOUR] = { N_ ("Last hour"), 3600 },
  [BATON_SPAN_DAY] = { N_ ("Last 24 hours"), 24 * 3600 },
  [BATON_SPAN_WEEK] = { N_ ("Last 7 days"), 7 * 24 * 3600 },
  [BATON_SPAN_MONTH] = { N_ ("Last 30 days"), 30 * 24 * 3600 },
};

const char *
baton_span_get_label (BatonSpan span)
{
  g_return_val_if_fail (span < BATON_N_SPANS, NULL);

  return _(spans[span].label);
}

BatonFilter *
baton_filter_new (const BatonField *field)
{
  BatonFilter *self = g_new0 (BatonFilter, 1);

  self->field = field;
  self->values = g_ptr_array_new_with_free_func (g_free);
  return self;
}

void
baton_filter_free (BatonFilter *self)
{
  g_ptr_array_unref (self->values);
  g_free (self->text);
  g_free (self);
}

const BatonField *
baton_filter_get_field (BatonFilter *self)
{
  return self->field;
}

gboolean
baton_filter_is_set (BatonFilter *self)
{
  return self->values->len > 0 || self->span != BATON_SPAN_ANY || self->text != NULL;
}

void
baton_filter_clear (BatonFilter *self)
{
  g_ptr_array_set_size (self->values, 0);
  self->span = BATON_SPAN_ANY;
  g_clear_pointer (&self->text, g_free);
}

static gboolean
find_value (BatonFilter *self, const char *value, guint *position)
{
  return g_ptr_array_find_with_equal_func (self->values, value, g_str_equal, position);
}

void
baton_filter_set_value (BatonFilter *self, const char *value, gboolean on)
{
  guint position;

  if (find_value (self, value, &position))
    {
      if (!on)
        g_ptr_array_remove_index (self->values, position);
    }
  else if (on)
    {
      g_ptr_array_add (self->values, g_strdup (value));
    }
}

gboolean
baton_filter_has_value (BatonFilter *self, const char *value)
{
  return find_value (self, value, NULL);
}

void
baton_filter_set_span (BatonFilter *self, BatonSpan span, gint64 now)
{
  g_return_if_fail (span < BATON_N_SPANS);

  self->span = span;
  self->since = now - spans[span].seconds * G_USEC_PER_SEC;
}

BatonSpan
baton_filter_get_span (BatonFilter *self)
{
  return self->span;
}

void
baton_filter_set_text (BatonFilter *self, const char *text)
{
  g_autofree char *stripped = text != NULL ? g_strstrip (g_strdup (text)) : NULL;

  if (stripped != NULL && self->field->kind == BATON_FIELD_NUMBER
      && !g_ascii_string_to_signed (stripped, 10, G_MININT64, G_MAXINT64, NULL, NULL))
    g_clear_pointer (&stripped, g_free);
  g_free (self->text);
  self->text = stripped != NULL && *stripped != '\0' ? g_steal_pointer (&stripped) : NULL;
}

static const char *
value_label (BatonFilter *self, const char *value)
{
  const BatonState *state;

  if (self->field->kind == BATON_FIELD_BOOL)
    return g_str_equal (value, "true") ? _("Yes") : _("No");
  state = baton_field_find_state (self->field, value);
  return state != NULL ? _(state->label) : value;
}

char *
baton_filter_dup_label (BatonFilter *self)
{
  const char *title = _(self->field->title);
  g_autoptr (GString) what = g_string_new (NULL);

  if (!baton_filter_is_set (self))
    return g_strdup (title);

  for (guint i = 0; i < self->values->len; i++)
    g_string_append_printf (what, "%s%s", i > 0 ? ", " : "",
                            value_label (self, g_ptr_array_index (self->values, i)));
  if (self->span != BATON_SPAN_ANY)
    g_string_append (what, baton_span_get_label (self->span));
  if (self->text != NULL)
    g_string_append_printf (what, "“%s”", self->text);
  /* TRANSLATORS: a filter and what it lets through: "State: Faulted, Stopped" */
  return g_strdup_printf (_("%s: %s"), title, what->str);
}

static char *
values_to_odata (BatonFilter *self)
{
  g_autoptr (GString) term = g_string_new (NULL);

  for (guint i = 0; i < self->values->len; i++)
    {
      const char *value = g_ptr_array_index (self->values, i);
      g_autofree char *literal = self->field->kind == BATON_FIELD_BOOL ? g_strdup (value)
                                                                       : baton_query_quote (value);

      g_string_append_printf (term, "%s%s eq %s", i > 0 ? " or " : "", self->field->property,
                              literal);
    }
  if (self->values->len > 1)
    {
      g_string_prepend_c (term, '(');
      g_string_append_c (term, ')');
    }
  return g_string_free (g_steal_pointer (&term), FALSE);
}

char *
baton_filter_to_odata (BatonFilter *self)
{
  if (self->values->len > 0)
    return values_to_odata (self);

  if (self->span != BATON_SPAN_ANY)
    {
      g_autofree char *since = baton_query_time (self->since);

      return g_strdup_printf ("%s ge %s", self->field->property, since);
    }

  if (self->text != NULL)
    {
      const char *const properties[] = { self->field->property, NULL };

      if (self->field->kind == BATON_FIELD_NUMBER)
        return g_strdup_printf ("%s eq %s", self->field->property, self->text);
      return baton_query_search (properties, self->text);
    }
  return NULL;
}
