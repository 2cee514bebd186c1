/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n.h>

#include "baton-scope-family-row.h"
#include "baton-scopes-window.h"

#define BOTH (BATON_SCOPE_ACCESS_READ | BATON_SCOPE_ACCESS_WRITE)

struct _BatonScopesWindow
{
  AdwWindow parent_instance;

  GtkWidget *use;
  AdwPreferencesGroup *about;
  GtkWidget *of_roles;
  GtkSwitch *roles;
  AdwPreferencesGroup *families;
  GtkLabel *asked;

  GPtrArray *rows; /* (owned) (element-type BatonScopeFamilyRow, unowned) */
  BatonMethod method;
  char *scopes; /* (owned) */
  gboolean filling;
};

enum
{
  SIGNAL_CHOSEN,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (BatonScopesWindow, baton_scopes_window, ADW_TYPE_WINDOW)

/* All that is shown follows from the text. */
static void
show_scopes (BatonScopesWindow *self)
{
  gboolean roles
      = baton_scopes_get_access (self->scopes, BATON_SCOPE_ROLES) != BATON_SCOPE_ACCESS_NONE;
  /* "offline_access" alone opens nothing. */
  g_autofree char *plain = baton_scopes_arrange (self->scopes, BATON_METHOD_CLIENT_CREDENTIALS);

  for (guint i = 0; i < self->rows->len; i++)
    {
      BatonScopeFamilyRow *row = g_ptr_array_index (self->rows, i);
      const char *family = baton_scope_family_row_get_family (row)->family;

      baton_scope_family_row_set_access (row, baton_scopes_get_access (self->scopes, family));
    }
  self->filling = TRUE;
  gtk_switch_set_active (self->roles, roles);
  self->filling = FALSE;
  gtk_widget_set_sensitive (GTK_WIDGET (self->families), !roles);
  gtk_label_set_text (self->asked, *plain != '\0' ? self->scopes : _ ("Nothing"));
  gtk_widget_set_sensitive (self->use, *plain != '\0');
}

/* @scopes: (transfer full). */
static void
take_scopes (BatonScopesWindow *self, char *scopes)
{
  g_autofree char *owned = scopes;

  g_free (self->scopes);
  self->scopes = baton_scopes_arrange (owned, self->method);
  show_scopes (self);
}

/* @roles, @access: what the roles and each family get; a family that is not of the default set gets
 * @other. */
static void
set_all (BatonScopesWindow *self,
         BatonScopeAccess roles,
         BatonScopeAccess access,
         BatonScopeAccess other)
{
  char *scopes = baton_scopes_set_access (self->scopes, BATON_SCOPE_ROLES, roles);

  for (guint i = 0; i < self->rows->len; i++)
    {
      const BatonScopeFamily *family
          = baton_scope_family_row_get_family (g_ptr_array_index (self->rows, i));
      g_autofree char *old = scopes;

      scopes = baton_scopes_set_access (old, family->family, family->by_default ? access : other);
    }
  take_scopes (self, scopes);
}

static void
read_only_cb (BatonScopesWindow *self)
{
  set_all (self, BATON_SCOPE_ACCESS_NONE, BATON_SCOPE_ACCESS_READ, BATON_SCOPE_ACCESS_NONE);
}

static void
everything_cb (BatonScopesWindow *self)
{
  set_all (self, BATON_SCOPE_ACCESS_NONE, BOTH, BOTH);
}

static void
nothing_cb (BatonScopesWindow *self)
{
  set_all (self, BATON_SCOPE_ACCESS_NONE, BATON_SCOPE_ACCESS_NONE, BATON_SCOPE_ACCESS_NONE);
}

/* An application is given either the roles or the scopes. */
static void
roles_cb (BatonScopesWindow *self)
{
  if (self->filling)
    return;
  if (gtk_switch_get_active (self->roles))
    set_all (self, BOTH, BATON_SCOPE_ACCESS_NONE, BATON_SCOPE_ACCESS_NONE);
  else
    read_only_cb (self);
}

static void
changed_cb (BatonScopesWindow *self, BatonScopeFamilyRow *row)
{
  take_scopes (self, baton_scopes_set_access (self->scopes,
                                              baton_scope_family_row_get_family (row)->family,
                                              baton_scope_family_row_get_access (row)));
}

static void
use_cb (BatonScopesWindow *self)
{
  g_signal_emit (self, signals[SIGNAL_CHOSEN], 0, self->scopes);
  gtk_window_close (GTK_WINDOW (self));
}

static void
baton_scopes_window_finalize (GObject *object)
{
  BatonScopesWindow *self = BATON_SCOPES_WINDOW (object);

  g_ptr_array_unref (self->rows);
  g_free (self->scopes);
  G_OBJECT_CLASS (baton_scopes_window_parent_class)->finalize (object);
}

static void
baton_scopes_window_class_init (BatonScopesWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = baton_scopes_window_finalize;

  signals[SIGNAL_CHOSEN] = g_signal_new ("chosen", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                         NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);

  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/baton_desktop/Baton/baton-scopes-window.ui");
  gtk_widget_class_bind_template_child (widget_class, BatonScopesWindow, use);
  gtk_widget_class_bind_template_child (widget_class, BatonScopesWindow, about);
  gtk_widget_class_bind_template_child (widget_class, BatonScopesWindow, of_roles);
  gtk_widget_class_bind_template_child (widget_class, BatonScopesWindow, roles);
  gtk_widget_class_bind_template_child (widget_class, BatonScopesWindow, families);
  gtk_widget_class_bind_template_child (widget_class, BatonScopesWindow, asked);
  gtk_widget_class_bind_template_callback (widget_class, read_only_cb);
  gtk_widget_class_bind_template_callback (widget_class, everything_cb);
  gtk_widget_class_bind_template_callback (widget_class, nothing_cb);
  gtk_widget_class_bind_template_callback (widget_class, roles_cb);
  gtk_widget_class_bind_template_callback (widget_class, use_cb);
}

static void
baton_scopes_window_init (BatonScopesWindow *self)
{
  self->rows = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  for (const BatonScopeFamily *family = baton_scopes_get_families (); family->family != NULL;
       family++)
    {
      GtkWidget *row = baton_scope_family_row_new (family);

      g_ptr_array_add (self->rows, row);
      g_signal_connect_object (row, "changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
      adw_preferences_group_add (self->families, row);
    }
}

GtkWidget *
baton_scopes_window_new (GtkWindow *parent, BatonMethod method, const char *scopes)
{
  BatonScopesWindow *self;

  g_return_val_if_fail (scopes != NULL, NULL);

  self = g_object_new (BATON_TYPE_SCOPES_WINDOW, "transient-for", parent, NULL);
  self->method = method;
  /* A person's roles decide anyway. */
  gtk_widget_set_visible (self->of_roles, method == BATON_METHOD_CLIENT_CREDENTIALS);
  take_scopes (self, g_strdup (scopes));

  return GTK_WIDGET (self);
}

void
baton_scopes_window_set_words (BatonScopesWindow *self, const char *words)
{
  g_return_if_fail (BATON_IS_SCOPES_WINDOW (self));

  adw_preferences_group_set_description (self->about, words);
}
