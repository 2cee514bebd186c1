/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n.h>

#include "baton-primary-menu.h"
#include "baton-welcome-page.h"

struct _BatonWelcomePage
{
  GtkWidget parent_instance;

  GtkWidget *content;
  AdwHeaderBar *header;
  GtkStack *stack;
  GtkWidget *buttons;
  GtkWidget *busy;
  GtkSpinner *spinner;
  GtkLabel *progress;
  GtkLabel *failure;
  GtkWidget *sign_in;
};

G_DEFINE_FINAL_TYPE (BatonWelcomePage, baton_welcome_page, GTK_TYPE_WIDGET)

static gboolean
baton_welcome_page_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (BATON_WELCOME_PAGE (widget)->sign_in);
}

static void
baton_welcome_page_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), BATON_TYPE_WELCOME_PAGE);
  G_OBJECT_CLASS (baton_welcome_page_parent_class)->dispose (object);
}

static void
baton_welcome_page_class_init (BatonWelcomePageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = baton_welcome_page_dispose;
  widget_class->grab_focus = baton_welcome_page_grab_focus;
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/baton_desktop/Baton/baton-welcome-page.ui");
  gtk_widget_class_bind_template_child (widget_class, BatonWelcomePage, content);
  gtk_widget_class_bind_template_child (widget_class, BatonWelcomePage, header);
  gtk_widget_class_bind_template_child (widget_class, BatonWelcomePage, stack);
  gtk_widget_class_bind_template_child (widget_class, BatonWelcomePage, buttons);
  gtk_widget_class_bind_template_child (widget_class, BatonWelcomePage, busy);
  gtk_widget_class_bind_template_child (widget_class, BatonWelcomePage, spinner);
  gtk_widget_class_bind_template_child (widget_class, BatonWelcomePage, progress);
  gtk_widget_class_bind_template_child (widget_class, BatonWelcomePage, failure);
  gtk_widget_class_bind_template_child (widget_class, BatonWelcomePage, sign_in);
}

static void
baton_welcome_page_init (BatonWelcomePage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  adw_header_bar_pack_end (self->header, baton_primary_menu_new ());
}

GtkWidget *
baton_welcome_page_new (void)
{
  return g_object_new (BATON_TYPE_WELCOME_PAGE, NULL);
}

void
baton_welcome_page_set_busy (BatonWelcomePage *self, const char *text)
{
  g_return_if_fail (BATON_IS_WELCOME_PAGE (self));

  gtk_label_set_text (self->progress, text != NULL ? text : "");
  gtk_spinner_set_spinning (self->spinner, text != NULL);
  gtk_stack_set_visible_child (self->stack, text != NULL ? self->busy : self->buttons);
}

void
baton_welcome_page_set_failure (BatonWelcomePage *self, const char *title, const char *body)
{
  g_autofree char *text = NULL;

  g_return_if_fail (BATON_IS_WELCOME_PAGE (self));

  if (title != NULL)
    text = body != NULL ? g_strdup_printf ("%s\n%s", title, body) : g_strdup (title);
  gtk_label_set_text (self->failure, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (self->failure), text != NULL);
}
