/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n.h>

#include "baton-error-text.h"
#include "baton-error.h"
#include "baton-server-group.h"

typedef struct
{
  GtkWidget *group;  /* (owned) (nullable) */
  GtkWidget *note;   /* (unowned) */
  GtkWidget *browse; /* (unowned) */
  GtkWidget *suffix; /* (unowned) (nullable) */
  char *page;        /* (owned) */
  GPtrArray *rows;   /* (owned) (element-type GtkWidget, unowned) */

  BatonSession *session;       /* (owned) (nullable) */
  BatonExpiries *expiries;     /* (owned) (nullable) */
  BatonConnection *connection; /* (owned) (nullable): the one that is asked */
  GCancellable *cancellable;   /* (owned) (nullable): of all that was asked of it */
} BatonServerGroupPrivate;

G_DEFINE_ABSTRACT_TYPE_WITH_PRIVATE (BatonServerGroup, baton_server_group, GTK_TYPE_WIDGET)

#define PRIVATE(self) ((BatonServerGroupPrivate *)baton_server_group_get_instance_private (self))

static void
show_note (BatonServerGroup *self, const char *title, const char *subtitle, gboolean browse)
{
  BatonServerGroupPrivate *priv = PRIVATE (self);
  g_autofree char *markup = g_markup_escape_text (subtitle != NULL ? subtitle : "", -1);

  gtk_widget_set_visible (priv->note, title != NULL);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (priv->note), title != NULL ? title : "");
  adw_action_row_set_subtitle (ADW_ACTION_ROW (priv->note), markup);
  gtk_widget_set_visible (priv->browse, browse);
}

static void
clear_rows (BatonServerGroup *self)
{
  BatonServerGroupPrivate *priv = PRIVATE (self);

  for (guint i = 0; i < priv->rows->len; i++)
    adw_preferences_group_remove (ADW_PREFERENCES_GROUP (priv->group),
                                  g_ptr_array_index (priv->rows, i));
  g_ptr_array_set_size (priv->rows, 0);
}

static void
take_connection (BatonServerGroup *self)
{
  BatonServerGroupPrivate *priv = PRIVATE (self);
  BatonConnection *connection
      = priv->session != NULL ? baton_session_get_connection (priv->session) : NULL;

  g_cancellable_cancel (priv->cancellable);
  g_clear_object (&priv->cancellable);
  priv->cancellable = g_cancellable_new ();
  if (g_set_object (&priv->connection, connection))
    clear_rows (self);
}

void
baton_server_group_reload (BatonServerGroup *self)
{
  BatonServerGroupPrivate *priv = PRIVATE (self);

  if (!gtk_widget_get_mapped (GTK_WIDGET (self)))
    return;
  take_connection (self);
  if (priv->suffix != NULL)
    gtk_widget_set_visible (priv->suffix, FALSE);
  if (priv->connection == NULL)
    {
      show_note (self, _ ("Nobody is signed in"),
                 _ ("They are shown for the account that is open."), FALSE);
      return;
    }
  if (priv->rows->len == 0)
    show_note (self, _ ("Asking the server…"), NULL, FALSE);
  BATON_SERVER_GROUP_GET_CLASS (self)->load (self);
}

static void
browse_cb (BatonServerGroup *self)
{
  BatonServerGroupPrivate *priv = PRIVATE (self);
  g_autofree char *url = NULL;

  if (priv->connection == NULL)
    return;
  url = baton_deployment_make_portal_url (
      baton_account_get_deployment (baton_connection_get_account (priv->connection)), priv->page);
  gtk_show_uri (baton_server_group_get_window (self), url, GDK_CURRENT_TIME);
}

static void
baton_server_group_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (baton_server_group_parent_class)->map (widget);
  baton_server_group_reload (BATON_SERVER_GROUP (widget));
}

static void
baton_server_group_dispose (GObject *object)
{
  BatonServerGroupPrivate *priv = PRIVATE (BATON_SERVER_GROUP (object));

  g_cancellable_cancel (priv->cancellable);
  g_clear_object (&priv->cancellable);
  g_clear_pointer (&priv->group, gtk_widget_unparent);
  g_clear_object (&priv->connection);
  g_clear_object (&priv->session);
  g_clear_object (&priv->expiries);
  G_OBJECT_CLASS (baton_server_group_parent_class)->dispose (object);
}

static void
baton_server_group_finalize (GObject *object)
{
  BatonServerGroupPrivate *priv = PRIVATE (BATON_SERVER_GROUP (object));

  g_ptr_array_unref (priv->rows);
  g_free (priv->page);
  G_OBJECT_CLASS (baton_server_group_parent_class)->finalize (object);
}

static void
baton_server_group_class_init (BatonServerGroupClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = baton_server_group_dispose;
  G_OBJECT_CLASS (klass)->finalize = baton_server_group_finalize;
  GTK_WIDGET_CLASS (klass)->map = baton_server_group_map;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
baton_server_group_init (BatonServerGroup *self)
{
  BatonServerGroupPrivate *priv = PRIVATE (self);

  priv->rows = g_ptr_array_new ();
  priv->group = adw_preferences_group_new ();
  priv->note = adw_action_row_new ();
  adw_action_row_set_title_lines (ADW_ACTION_ROW (priv->note), 0);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (priv->note), 0);
  priv->browse = gtk_button_new_with_label (_ ("Open in the browser"));
  gtk_widget_set_valign (priv->browse, GTK_ALIGN_CENTER);
  g_signal_connect_object (priv->browse, "clicked", G_CALLBACK (browse_cb), self,
                           G_CONNECT_SWAPPED);
  adw_action_row_add_suffix (ADW_ACTION_ROW (priv->note), priv->browse);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (priv->group), priv->note);
  gtk_widget_set_parent (priv->group, GTK_WIDGET (self));
}

void
baton_server_group_set_session (BatonServerGroup *self,
                                BatonSession *session,
                                BatonExpiries *expiries)
{
  BatonServerGroupPrivate *priv = PRIVATE (self);

  g_return_if_fail (BATON_IS_SERVER_GROUP (self));
  g_return_if_fail (BATON_IS_SESSION (session));

  g_set_object (&priv->session, session);
  g_set_object (&priv->expiries, expiries);
  g_signal_connect_object (session, "notify::connection", G_CALLBACK (baton_server_group_reload),
                           self, G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "opened", G_CALLBACK (baton_server_group_reload), self,
                           G_CONNECT_SWAPPED);
}

void
baton_server_group_set_words (BatonServerGroup *self,
                              const char *title,
                              const char *description,
                              const char *page,
                              GtkWidget *suffix)
{
  BatonServerGroupPrivate *priv = PRIVATE (self);

  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (priv->group), title);
  adw_preferences_group_set_description (ADW_PREFERENCES_GROUP (priv->group), description);
  adw_preferences_group_set_header_suffix (ADW_PREFERENCES_GROUP (priv->group), suffix);
  priv->suffix = suffix;
  priv->page = g_strdup (page);
}

GtkWidget *
baton_server_group_make_add (const char *label)
{
  GtkWidget *button = gtk_button_new_from_icon_name ("list-add-symbolic");

  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_set_tooltip_text (button, label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, label,
                                  -1);
  return button;
}

BatonSession *
baton_server_group_get_session (BatonServerGroup *self)
{
  return PRIVATE (self)->session;
}

BatonConnection *
baton_server_group_get_connection (BatonServerGroup *self)
{
  return PRIVATE (self)->connection;
}

GCancellable *
baton_server_group_get_cancellable (BatonServerGroup *self)
{
  return PRIVATE (self)->cancellable;
}

GtkWindow *
baton_server_group_get_window (BatonServerGroup *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  return GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL;
}

void
baton_server_group_add_row (BatonServerGroup *self, GtkWidget *row)
{
  BatonServerGroupPrivate *priv = PRIVATE (self);

  adw_preferences_group_add (ADW_PREFERENCES_GROUP (priv->group), row);
  g_ptr_array_add (priv->rows, row);
}

void
baton_server_group_begin (BatonServerGroup *self)
{
  clear_rows (self);
}

void
baton_server_group_loaded (BatonServerGroup *self,
                           const char *nothing,
                           BatonExpiryKind kind,
                           GPtrArray *expiries)
{
  BatonServerGroupPrivate *priv = PRIVATE (self);

  show_note (self, priv->rows->len == 0 ? nothing : NULL, NULL, FALSE);
  if (priv->suffix != NULL)
    gtk_widget_set_visible (priv->suffix, TRUE);
  if (priv->expiries != NULL && priv->connection != NULL)
    baton_expiries_replace (priv->expiries,
                            baton_account_get_id (baton_connection_get_account (priv->connection)),
                            kind, expiries);
}

void
baton_server_group_fail (BatonServerGroup *self, const GError *error)
{
  g_autoptr (BatonErrorText) text = NULL;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  clear_rows (self);
  text = baton_error_text_new (error, NULL);
  if (g_error_matches (error, BATON_ERROR, BATON_ERROR_NOT_ALLOWED)
      || g_error_matches (error, BATON_ERROR, BATON_ERROR_NOT_FOUND)
      || g_error_matches (error, BATON_ERROR, BATON_ERROR_BAD_ANSWER))
    show_note (
        self, _ ("This account cannot do it from here"),
        _ ("The server does not offer it, or the account lacks the scope or the right. A person "
           "does it in the browser."),
        TRUE);
  else
    show_note (self, text->title, text->body, TRUE);
}

void
baton_server_group_say (BatonServerGroup *self, const char *text)
{
  GtkWidget *overlay = gtk_widget_get_ancestor (GTK_WIDGET (self), ADW_TYPE_TOAST_OVERLAY);

  if (overlay != NULL)
    adw_toast_overlay_add_toast (ADW_TOAST_OVERLAY (overlay), adw_toast_new (text));
}

/* Requests on their way, one at a time. */
typedef struct
{
  BatonServerGroup *self;      /* (owned) */
  BatonConnection *connection; /* (owned) */
  GPtrArray *requests;         /* (owned) */
  char *done;                  /* (owned) */
  guint next;
  guint n_failed;
  GError *error; /* (owned) (nullable): the first */
} Act;

static void
act_free (Act *act)
{
  g_object_unref (act->self);
  g_object_unref (act->connection);
  g_ptr_array_unref (act->requests);
  g_free (act->done);
  g_clear_error (&act->error);
  g_free (act);
}

static void act_on (Act *act);

static void
act_sent_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Act *act = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) answer
      = baton_pipeline_send_finish (BATON_PIPELINE (source), result, &error);

  if (error != NULL)
    {
      act->n_failed++;
      if (act->error == NULL)
        act->error = g_steal_pointer (&error);
    }
  act_on (act);
}

static void
act_end (Act *act)
{
  if (act->error != NULL)
    {
      g_autoptr (BatonErrorText) text = baton_error_text_new (act->error, NULL);
      g_autofree char *said
          /* TRANSLATORS: how many of how many failed, and why. */
          = g_strdup_printf (_ ("%u of %u failed: %s"), act->n_failed, act->requests->len,
                             text->title);

      baton_server_group_say (act->self, said);
    }
  else
    {
      baton_server_group_say (act->self, act->done);
    }
  baton_server_group_reload (act->self);
  act_free (act);
}

/* @act: (transfer full). What was asked for is done, whether the page is still looked at or not. */
static void
act_on (Act *act)
{
  if (act->next == act->requests->len)
    {
      act_end (act);
      return;
    }
  baton_pipeline_send_async (baton_connection_get_pipeline (act->connection),
                             g_ptr_array_index (act->requests, act->next++), NULL, NULL, NULL, NULL,
                             NULL, act_sent_cb, act);
}

void
baton_server_group_act (BatonServerGroup *self, GPtrArray *requests, const char *done)
{
  BatonServerGroupPrivate *priv = PRIVATE (self);
  Act *act;

  if (priv->connection == NULL)
    {
      g_ptr_array_unref (requests);
      return;
    }
  act = g_new0 (Act, 1);
  act->self = g_object_ref (self);
  act->connection = g_object_ref (priv->connection);
  act->requests = requests;
  act->done = g_strdup (done);
  act_on (act);
}
