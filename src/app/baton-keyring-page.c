/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n.h>

#include "baton-error.h"
#include "baton-keyring-page.h"
#include "baton-primary-menu.h"

struct _BatonKeyringPage
{
  GtkWidget parent_instance;

  GtkWidget *content;
  AdwHeaderBar *header;
  AdwStatusPage *status;
  GtkWidget *buttons;
  GtkWidget *unlock;
  GtkWidget *keep;
  GtkWidget *retry;
};

enum
{
  SIGNAL_UNLOCK,
  SIGNAL_KEEP,
  SIGNAL_RETRY,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (BatonKeyringPage, baton_keyring_page, GTK_TYPE_WIDGET)

static void
unlock_cb (BatonKeyringPage *self)
{
  g_signal_emit (self, signals[SIGNAL_UNLOCK], 0);
}

static void
keep_cb (BatonKeyringPage *self)
{
  g_signal_emit (self, signals[SIGNAL_KEEP], 0);
}

static void
retry_cb (BatonKeyringPage *self)
{
  g_signal_emit (self, signals[SIGNAL_RETRY], 0);
}

static gboolean
baton_keyring_page_grab_focus (GtkWidget *widget)
{
  BatonKeyringPage *self = BATON_KEYRING_PAGE (widget);

  return gtk_widget_grab_focus (gtk_widget_get_visible (self->unlock) ? self->unlock : self->keep);
}

static void
baton_keyring_page_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), BATON_TYPE_KEYRING_PAGE);
  G_OBJECT_CLASS (baton_keyring_page_parent_class)->dispose (object);
}

static guint
add_signal (BatonKeyringPageClass *klass, const char *name)
{
  return g_signal_new (name, G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                       G_TYPE_NONE, 0);
}

static void
baton_keyring_page_class_init (BatonKeyringPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = baton_keyring_page_dispose;
  widget_class->grab_focus = baton_keyring_page_grab_focus;

  signals[SIGNAL_UNLOCK] = add_signal (klass, "unlock");
  signals[SIGNAL_KEEP] = add_signal (klass, "keep");
  signals[SIGNAL_RETRY] = add_signal (klass, "retry");

  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/baton_desktop/Baton/baton-keyring-page.ui");
  gtk_widget_class_bind_template_child (widget_class, BatonKeyringPage, content);
  gtk_widget_class_bind_template_child (widget_class, BatonKeyringPage, header);
  gtk_widget_class_bind_template_child (widget_class, BatonKeyringPage, status);
  gtk_widget_class_bind_template_child (widget_class, BatonKeyringPage, buttons);
  gtk_widget_class_bind_template_child (widget_class, BatonKeyringPage, unlock);
  gtk_widget_class_bind_template_child (widget_class, BatonKeyringPage, keep);
  gtk_widget_class_bind_template_child (widget_class, BatonKeyringPage, retry);
  gtk_widget_class_bind_template_callback (widget_class, unlock_cb);
  gtk_widget_class_bind_template_callback (widget_class, keep_cb);
  gtk_widget_class_bind_template_callback (widget_class, retry_cb);
}

static void
baton_keyring_page_init (BatonKeyringPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  adw_header_bar_pack_end (self->header, baton_primary_menu_new ());
}

GtkWidget *
baton_keyring_page_new (void)
{
  return g_object_new (BATON_TYPE_KEYRING_PAGE, NULL);
}

void
baton_keyring_page_set (BatonKeyringPage *self, const GError *error, gboolean signed_in)
{
  gboolean locked;
  const char *why, *choice;
  g_autofree char *text = NULL;
  g_autofree char *markup = NULL;

  g_return_if_fail (BATON_IS_KEYRING_PAGE (self));
  g_return_if_fail (error != NULL);

  locked = g_error_matches (error, BATON_ERROR, BATON_ERROR_KEYRING_LOCKED);
  if (locked)
    why = signed_in ? _("You are signed in, but the key could not be put into the keyring of your desktop: it is locked.")
                    : _("Your key lies in the keyring of your desktop, and that is locked.");
  else if (g_error_matches (error, BATON_ERROR, BATON_ERROR_KEYRING_UNAVAILABLE))
    why = signed_in ? _("You are signed in, but there is no keyring to put the key into: no service that keeps secrets, "
                        "such as GNOME Keyring or KWallet, answered.")
                    : _("Your key lies in the keyring of your desktop, but no service that keeps secrets, such as GNOME Keyring "
                        "or KWallet, answered.");
  else
    why = error->message;
  choice = signed_in ? _("Kept for this run only, the key stays in memory and you enter it again next time. Baton never writes it "
                         "to a file.")
                     : _("You can also enter the key again and have it kept in memory for this run only. Baton never writes it to "
                         "a file.");
  text = g_strdup_printf ("%s\n\n%s", why, choice);
  markup = g_markup_escape_text (text, -1);

  adw_status_page_set_title (self->status, locked ? _("The keyring is locked") : _("There is no keyring"));
  adw_status_page_set_description (self->status, markup);
  gtk_widget_set_visible (self->unlock, locked);
  /* One of them is the way on. */
  if (locked)
    gtk_widget_remove_css_class (self->keep, "suggested-action");
  else
    gtk_widget_add_css_class (self->keep, "suggested-action");
  baton_keyring_page_set_busy (self, FALSE);
}

void
baton_keyring_page_set_busy (BatonKeyringPage *self, gboolean busy)
{
  g_return_if_fail (BATON_IS_KEYRING_PAGE (self));

  gtk_widget_set_sensitive (self->buttons, !busy);
}
