/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n.h>

#include "baton-scope-family-row.h"
#include "resources/baton-resource.h"

struct _BatonScopeFamilyRow
{
  AdwActionRow parent_instance;

  GtkCheckButton *read;
  GtkCheckButton *write;
  const BatonScopeFamily *family;
  gboolean filling;
};

enum
{
  SIGNAL_CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (BatonScopeFamilyRow, baton_scope_family_row, ADW_TYPE_ACTION_ROW)

static void
toggled_cb (BatonScopeFamilyRow *self)
{
  if (!self->filling)
    g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static GtkCheckButton *
add_check (BatonScopeFamilyRow *self, const char *label)
{
  GtkWidget *check = gtk_check_button_new_with_label (label);

  gtk_widget_set_valign (check, GTK_ALIGN_CENTER);
  g_signal_connect_object (check, "toggled", G_CALLBACK (toggled_cb), self, G_CONNECT_SWAPPED);
  adw_action_row_add_suffix (ADW_ACTION_ROW (self), check);

  return GTK_CHECK_BUTTON (check);
}

/* Returns: (transfer full): the titles of the pages that need @family, "Jobs, Triggers"; empty for
 * none. */
static char *
describe_pages (const BatonScopeFamily *family)
{
  const BatonResource *const *catalogue = baton_catalogue_get ();
  GString *text = g_string_new (NULL);

  for (guint i = 0; catalogue[i] != NULL; i++)
    if (baton_scopes_find_family (catalogue[i]->path) == family)
      g_string_append_printf (text, "%s%s", text->len > 0 ? ", " : "", _ (catalogue[i]->title));
  /* The licence that it shows (definition: Settings_GetLicense). */
  if (baton_scopes_find_family ("/odata/Settings") == family)
    g_string_append_printf (text, "%s%s", text->len > 0 ? ", " : "", _ ("Tenant"));

  return g_string_free (text, FALSE);
}

static void
name_check (GtkCheckButton *check, const char *name)
{
  gtk_accessible_update_property (GTK_ACCESSIBLE (check), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}

static void
baton_scope_family_row_class_init (BatonScopeFamilyRowClass *klass)
{
  signals[SIGNAL_CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                                          0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
baton_scope_family_row_init (BatonScopeFamilyRow *self)
{
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (self), FALSE);
  adw_action_row_set_title_lines (ADW_ACTION_ROW (self), 0);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (self), 0);
  self->read = add_check (self, _ ("Read"));
  self->write = add_check (self, _ ("Write"));
}

GtkWidget *
baton_scope_family_row_new (const BatonScopeFamily *family)
{
  BatonScopeFamilyRow *self;
  g_autofree char *pages = NULL;
  g_autofree char *subtitle = NULL;
  g_autofree char *read = NULL;
  g_autofree char *write = NULL;

  g_return_val_if_fail (family != NULL, NULL);

  self = g_object_new (BATON_TYPE_SCOPE_FAMILY_ROW, NULL);
  self->family = family;
  pages = describe_pages (family);
  if (*pages != '\0')
    /* TRANSLATORS: a scope, "OR.Jobs", and the titles of pages. */
    subtitle = g_strdup_printf (_ ("%s · opens %s"), family->family, pages);
  else
    /* TRANSLATORS: a scope, "OR.Webhooks". */
    subtitle = g_strdup_printf (_ ("%s · no page of Baton needs it"), family->family);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self), _ (family->opens));
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self), subtitle);
  /* TRANSLATORS: %s is what a scope is about: "Jobs and triggers". */
  read = g_strdup_printf (_ ("Read: %s"), _ (family->opens));
  /* TRANSLATORS: %s is what a scope is about: "Jobs and triggers". */
  write = g_strdup_printf (_ ("Write: %s"), _ (family->opens));
  name_check (self->read, read);
  name_check (self->write, write);

  return GTK_WIDGET (self);
}

const BatonScopeFamily *
baton_scope_family_row_get_family (BatonScopeFamilyRow *self)
{
  g_return_val_if_fail (BATON_IS_SCOPE_FAMILY_ROW (self), NULL);

  return self->family;
}

BatonScopeAccess
baton_scope_family_row_get_access (BatonScopeFamilyRow *self)
{
  BatonScopeAccess access = BATON_SCOPE_ACCESS_NONE;

  g_return_val_if_fail (BATON_IS_SCOPE_FAMILY_ROW (self), access);

  if (gtk_check_button_get_active (self->read))
    access |= BATON_SCOPE_ACCESS_READ;
  if (gtk_check_button_get_active (self->write))
    access |= BATON_SCOPE_ACCESS_WRITE;

  return access;
}

void
baton_scope_family_row_set_access (BatonScopeFamilyRow *self, BatonScopeAccess access)
{
  g_return_if_fail (BATON_IS_SCOPE_FAMILY_ROW (self));

  self->filling = TRUE;
  gtk_check_button_set_active (self->read, (access & BATON_SCOPE_ACCESS_READ) != 0);
  gtk_check_button_set_active (self->write, (access & BATON_SCOPE_ACCESS_WRITE) != 0);
  self->filling = FALSE;
}
