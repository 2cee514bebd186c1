/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sandbox-odata-shape.h"

#include "sandbox-version.h"

static void
expand_free (SandboxExpand *self)
{
  sandbox_shape_free (self->shape);
  g_free (self);
}

SandboxShape *
sandbox_shape_new (const SandboxEntitySet *set)
{
  SandboxShape *self;

  g_return_val_if_fail (set != NULL, NULL);

  self = g_new0 (SandboxShape, 1);
  self->set = set;
  self->expands = g_ptr_array_new_with_free_func ((GDestroyNotify) expand_free);

  return self;
}

void
sandbox_shape_free (SandboxShape *self)
{
  if (self == NULL)
    return;

  g_clear_pointer (&self->fields, g_ptr_array_unref);
  g_ptr_array_unref (self->expands);
  g_free (self);
}

/* @error: (nullable). Returns: the name at the lexer, which has gone on behind it. */
static char *
take_name (SandboxLexer *lexer, GError **error)
{
  g_autofree char *name = NULL;

  if (lexer->current.kind != SANDBOX_LEXEME_NAME)
    {
      sandbox_lexer_fail (lexer, NULL, SANDBOX_ODATA_ERROR_SYNTAX, error,
                          "Expected the name of a property");
      return NULL;
    }

  name = sandbox_lexeme_dup_text (&lexer->current);

  return sandbox_lexer_advance (lexer, error) ? g_steal_pointer (&name) : NULL;
}

static gboolean
read_selected (SandboxShape *self, SandboxLexer *lexer, GError **error)
{
  SandboxLexeme at = lexer->current;
  g_autofree char *name = NULL;
  const SandboxField *field;

  if (sandbox_lexer_is_sign (lexer, '*'))
    {
      for (field = self->set->fields; field->name != NULL; field++)
        g_ptr_array_add (self->fields, (gpointer) field);
      return sandbox_lexer_advance (lexer, error);
    }

  name = take_name (lexer, error);
  if (name == NULL)
    return FALSE;

  field = sandbox_entity_set_find_field (self->set, name);
  if (field != NULL && (field->flags & SANDBOX_FIELD_HIDDEN) == 0 &&
      !sandbox_version_lacks_field (field->name))
    {
      if (!g_ptr_array_find (self->fields, field, NULL))
        g_ptr_array_add (self->fields, (gpointer) field);
      return TRUE;
    }

  /* What leads elsewhere is selected by $expand. */
  if (sandbox_entity_set_find_navigation (self->set, name) != NULL)
    return TRUE;

  return sandbox_lexer_fail (lexer, &at, SANDBOX_ODATA_ERROR_UNKNOWN, error,
                             "%s has no such property", self->set->name);
}

gboolean
sandbox_shape_read_select (SandboxShape *self, SandboxLexer *lexer, GError **error)
{
  g_return_val_if_fail (self != NULL && lexer != NULL, FALSE);

  if (self->fields == NULL)
    self->fields = g_ptr_array_new ();

  for (;;)
    {
      if (!read_selected (self, lexer, error))
        return FALSE;
      if (!sandbox_lexer_is_sign (lexer, ','))
        return TRUE;
      if (!sandbox_lexer_advance (lexer, error))
        return FALSE;
    }
}

static gboolean
read_options (SandboxShape *self, SandboxLexer *lexer, guint depth, GError **error)
{
  for (;;)
    {
      SandboxLexeme at = lexer->current;
      gboolean is_select = sandbox_lexer_is_word (lexer, "$select") ||
                           sandbox_lexer_is_word (lexer, "select");
      gboolean is_expand = sandbox_lexer_is_word (lexer, "$expand") ||
                           sandbox_lexer_is_word (lexer, "expand");

      if (!is_select && !is_expand)
        return sandbox_lexer_fail (lexer, &at, SANDBOX_ODATA_ERROR_UNSUPPORTED, error,
                                   "Within an expansion this sandbox knows $select and $expand");
      if (!sandbox_lexer_advance (lexer, error) || !sandbox_lexer_expect (lexer, '=', error) ||
          !(is_select ? sandbox_shape_read_select (self, lexer, error)
                      : sandbox_shape_read_expand (self, lexer, depth + 1, error)))
        return FALSE;
      if (!sandbox_lexer_is_sign (lexer, ';'))
        return TRUE;
      if (!sandbox_lexer_advance (lexer, error))
        return FALSE;
    }
}

static SandboxShape *
find_expanded (SandboxShape *self, const SandboxNavigation *navigation)
{
  SandboxExpand *expand;

  for (guint i = 0; i < self->expands->len; i++)
    {
      expand = self->expands->pdata[i];
      if (expand->navigation == navigation)
        return expand->shape;
    }

  expand = g_new0 (SandboxExpand, 1);
  expand->navigation = navigation;
  expand->shape = sandbox_shape_new (sandbox_entity_set_find (navigation->set));
  g_ptr_array_add (self->expands, expand);

  return expand->shape;
}

static gboolean
read_expanded (SandboxShape *self, SandboxLexer *lexer, guint depth, GError **error)
{
  SandboxLexeme at = lexer->current;
  g_autofree char *name = NULL;
  const SandboxNavigation *navigation;
  const SandboxField *field;
  SandboxShape *shape;

  if (depth > SANDBOX_EXPAND_MAX_DEPTH)
    return sandbox_lexer_fail (lexer, &at, SANDBOX_ODATA_ERROR_LIMIT, error,
                               "Expanded deeper than %d levels", SANDBOX_EXPAND_MAX_DEPTH);

  name = take_name (lexer, error);
  if (name == NULL)
    return FALSE;

  navigation = sandbox_entity_set_find_navigation (self->set, name);
  if (navigation == NULL)
    {
      /* What the service keeps as an entity and this sandbox as a value is there anyway. */
      field = sandbox_entity_set_find_field (self->set, name);
      if (field != NULL && field->type == SANDBOX_FIELD_JSON)
        return TRUE;
      return sandbox_lexer_fail (lexer, &at, SANDBOX_ODATA_ERROR_UNKNOWN, error,
                                 "%s has nothing of this name to expand", self->set->name);
    }

  shape = find_expanded (self, navigation);

  /* A/B is the short form of A($expand=B). */
  if (sandbox_lexer_is_sign (lexer, '/'))
    return sandbox_lexer_advance (lexer, error) && read_expanded (shape, lexer, depth + 1, error);

  if (!sandbox_lexer_is_sign (lexer, '('))
    return TRUE;

  return sandbox_lexer_advance (lexer, error) && read_options (shape, lexer, depth, error) &&
         sandbox_lexer_expect (lexer, ')', error);
}

gboolean
sandbox_shape_read_expand (SandboxShape *self, SandboxLexer *lexer, guint depth, GError **error)
{
  g_return_val_if_fail (self != NULL && lexer != NULL, FALSE);

  for (;;)
    {
      if (!read_expanded (self, lexer, depth, error))
        return FALSE;
      if (!sandbox_lexer_is_sign (lexer, ','))
        return TRUE;
      if (!sandbox_lexer_advance (lexer, error))
        return FALSE;
    }
}
