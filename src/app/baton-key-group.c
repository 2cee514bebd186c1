/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n.h>

#include "baton-clipboard.h"
#include "baton-error-text.h"
#include "baton-key-group.h"
#include "baton-method-text.h"
#include "baton-redact.h"
#include "baton-revocation.h"

#define HIDDEN "••••••••••••••••"
#define REVEAL_SECONDS 30

struct _BatonKeyGroup
{
  GtkWidget parent_instance;

  AdwPreferencesGroup *group;
  AdwActionRow *row;
  GtkToggleButton *reveal;
  GtkWidget *copy;
  GtkButton *replace;
  AdwActionRow *end;
  GtkWidget *revoke;

  BatonConnection *connection; /* (owned) (nullable) */
  GSignalGroup *of_keeper;     /* (owned) */
  GCancellable *cancellable;   /* (owned) (nullable): of reading the key */
  guint hide_id;
};

G_DEFINE_FINAL_TYPE (BatonKeyGroup, baton_key_group, GTK_TYPE_WIDGET)

static void
say (BatonKeyGroup *self, const char *text)
{
  GtkWidget *overlay = gtk_widget_get_ancestor (GTK_WIDGET (self), ADW_TYPE_TOAST_OVERLAY);

  if (overlay != NULL)
    adw_toast_overlay_add_toast (ADW_TOAST_OVERLAY (overlay), adw_toast_new (text));
}

static void
hide (BatonKeyGroup *self)
{
  g_clear_handle_id (&self->hide_id, g_source_remove);
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  adw_action_row_set_subtitle (self->row, HIDDEN);
  gtk_button_set_icon_name (GTK_BUTTON (self->reveal), "view-reveal-symbolic");
  gtk_toggle_button_set_active (self->reveal, FALSE);
}

static void
hide_cb (gpointer user_data)
{
  BatonKeyGroup *self = user_data;

  self->hide_id = 0;
  hide (self);
}

/* What to do with the key once it was read: @copy, else show. */
typedef struct
{
  BatonKeyGroup *self; /* (owned) */
  gboolean copy;
} Reading;

static void
reading_free (Reading *reading)
{
  g_object_unref (reading->self);
  g_free (reading);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Reading, reading_free)

static void
use (Reading *reading, BatonSecret *secret)
{
  BatonKeyGroup *self = reading->self;
  char *markup = NULL;

  if (reading->copy)
    {
      baton_clipboard_copy_secret (GTK_WIDGET (self), baton_secret_get_value (secret), NULL);
      say (self, _("Copied; the clipboard is cleared in 30 seconds"));
      return;
    }
  markup = g_markup_escape_text (baton_secret_get_value (secret), -1);
  adw_action_row_set_subtitle (self->row, markup);
  baton_secret_free (markup);
  gtk_button_set_icon_name (GTK_BUTTON (self->reveal), "view-conceal-symbolic");
  g_clear_handle_id (&self->hide_id, g_source_remove);
  self->hide_id = g_timeout_add_once (REVEAL_SECONDS * 1000, hide_cb, self);
}

static void
read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Reading) reading = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (BatonSecret) secret = NULL;
  g_autoptr (BatonErrorText) text = NULL;

  secret = baton_token_keeper_lookup_secret_finish (BATON_TOKEN_KEEPER (source), result, &error);
  if (reading->self->connection == NULL || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (secret != NULL)
    {
      use (reading, secret);
      return;
    }
  hide (reading->self);
  if (error != NULL)
    text = baton_error_text_new (error, NULL);
  say (reading->self, text != NULL ? text->title : _("The key is not kept any more"));
}

static void
read_key (BatonKeyGroup *self, gboolean copy)
{
  Reading *reading;

  if (self->connection == NULL)
    return;
  if (self->cancellable == NULL)
    self->cancellable = g_cancellable_new ();
  reading = g_new0 (Reading, 1);
  reading->self = g_object_ref (self);
  reading->copy = copy;
  baton_token_keeper_lookup_secret_async (baton_connection_get_keeper (self->connection),
                                          self->cancellable, read_cb, reading);
}

/* What is shown may be another key by now, or none. */
static void
state_changed_cb (BatonKeyGroup *self)
{
  BatonKeeperState state
      = baton_token_keeper_get_state (baton_connection_get_keeper (self->connection));

  if (state == BATON_KEEPER_REVOKED || state == BATON_KEEPER_SIGNED_OUT)
    hide (self);
}

static void
reveal_toggled_cb (BatonKeyGroup *self)
{
  if (gtk_toggle_button_get_active (self->reveal))
    read_key (self, FALSE);
  else
    hide (self);
}

static void
copy_cb (BatonKeyGroup *self)
{
  read_key (self, TRUE);
}

static void
revoke_cb (BatonKeyGroup *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  if (self->connection != NULL)
    baton_revocation_ask (GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL, self->connection);
}

static void
baton_key_group_unmap (GtkWidget *widget)
{
  hide (BATON_KEY_GROUP (widget));
  GTK_WIDGET_CLASS (baton_key_group_parent_class)->unmap (widget);
}

static void
baton_key_group_dispose (GObject *object)
{
  BatonKeyGroup *self = BATON_KEY_GROUP (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_handle_id (&self->hide_id, g_source_remove);
  g_clear_object (&self->of_keeper);
  g_clear_object (&self->connection);
  gtk_widget_dispose_template (GTK_WIDGET (object), BATON_TYPE_KEY_GROUP);
  G_OBJECT_CLASS (baton_key_group_parent_class)->dispose (object);
}

static void
baton_key_group_class_init (BatonKeyGroupClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = baton_key_group_dispose;
  widget_class->unmap = baton_key_group_unmap;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/baton_desktop/Baton/baton-key-group.ui");
  gtk_widget_class_bind_template_child (widget_class, BatonKeyGroup, group);
  gtk_widget_class_bind_template_child (widget_class, BatonKeyGroup, row);
  gtk_widget_class_bind_template_child (widget_class, BatonKeyGroup, reveal);
  gtk_widget_class_bind_template_child (widget_class, BatonKeyGroup, copy);
  gtk_widget_class_bind_template_child (widget_class, BatonKeyGroup, replace);
  gtk_widget_class_bind_template_child (widget_class, BatonKeyGroup, end);
  gtk_widget_class_bind_template_child (widget_class, BatonKeyGroup, revoke);
  gtk_widget_class_bind_template_callback (widget_class, reveal_toggled_cb);
  gtk_widget_class_bind_template_callback (widget_class, copy_cb);
  gtk_widget_class_bind_template_callback (widget_class, revoke_cb);
}

static void
name_button (gpointer button, const char *name)
{
  gtk_widget_set_tooltip_text (GTK_WIDGET (button), name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}

/* Words for the way the account signs in. */
static void
set_words (BatonKeyGroup *self, BatonMethod method)
{
  const BatonMethodText *text = baton_method_text_get (method);

  adw_preferences_group_set_title (self->group, _(text->secret));
  adw_preferences_group_set_description (self->group, _(text->group_body));
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->row), _(text->secret));
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->end), _(text->end_title));
  adw_action_row_set_subtitle (self->end, _(text->end_body));
  gtk_button_set_label (self->replace, _(text->group_replace));
  name_button (self->reveal, _(text->group_show));
  name_button (self->copy, _(text->group_copy));
}

static void
baton_key_group_init (BatonKeyGroup *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->of_keeper = g_signal_group_new (BATON_TYPE_TOKEN_KEEPER);
  g_signal_group_connect_swapped (self->of_keeper, "notify::state", G_CALLBACK (state_changed_cb), self);
  set_words (self, BATON_METHOD_USER_KEY);
}

void
baton_key_group_set_connection (BatonKeyGroup *self, BatonConnection *connection)
{
  g_return_if_fail (BATON_IS_KEY_GROUP (self));

  if (!g_set_object (&self->connection, connection))
    return;
  g_signal_group_set_target (self->of_keeper,
                             connection != NULL ? baton_connection_get_keeper (connection) : NULL);
  hide (self);
  if (connection != NULL)
    set_words (self, baton_account_get_method (baton_connection_get_account (connection)));
}
