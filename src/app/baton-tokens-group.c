/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n.h>

#include "auth/baton-scopes.h"
#include "baton-identity-form.h"
#include "baton-local-time.h"
#include "baton-once-window.h"
#include "baton-question.h"
#include "baton-rotation-window.h"
#include "baton-tokens-group.h"

struct _BatonTokensGroup
{
  BatonServerGroup parent_instance;

  GtkWidget *revoke; /* (unowned) */

  GPtrArray *tokens; /* (owned) (element-type BatonPersonalAccessToken) (nullable) */
  GPtrArray *checks; /* (owned) (element-type GtkCheckButton, unowned): one for each */
};

G_DEFINE_FINAL_TYPE (BatonTokensGroup, baton_tokens_group, BATON_TYPE_SERVER_GROUP)

/* Returns: (transfer full) (element-type utf8): the ids of those that are ticked. */
static GPtrArray *
collect_ticked (BatonTokensGroup *self)
{
  GPtrArray *ids = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; self->tokens != NULL && i < self->checks->len; i++)
    if (gtk_check_button_get_active (g_ptr_array_index (self->checks, i)))
      g_ptr_array_add (
          ids, g_strdup (((BatonPersonalAccessToken *)g_ptr_array_index (self->tokens, i))->id));
  return ids;
}

static void
ticked_cb (BatonTokensGroup *self)
{
  g_autoptr (GPtrArray) ids = collect_ticked (self);

  gtk_widget_set_sensitive (self->revoke, ids->len > 0);
}

static void
revoke_answered (gpointer object, gpointer data)
{
  GPtrArray *ids = data;
  GPtrArray *requests = g_ptr_array_new_with_free_func ((GDestroyNotify)baton_request_unref);

  for (guint i = 0; i < ids->len; i++)
    g_ptr_array_add (requests,
                     baton_personal_access_token_make_revoke (g_ptr_array_index (ids, i)));
  baton_server_group_act (BATON_SERVER_GROUP (object), requests,
                          ngettext ("The token was revoked", "The tokens were revoked", ids->len));
}

static void
revoke_cb (BatonTokensGroup *self)
{
  GPtrArray *ids = collect_ticked (self);
  g_autofree char *heading
      = g_strdup_printf (ngettext ("Revoke %u token?", "Revoke %u tokens?", ids->len), ids->len);

  baton_question_ask (
      baton_server_group_get_window (BATON_SERVER_GROUP (self)), heading,
      _ ("Every program that signs in with it stops working at once. This cannot be undone."),
      _ ("Revoke"), self, revoke_answered, ids, (GDestroyNotify)g_ptr_array_unref);
}

static void
made_cb (BatonTokensGroup *self, BatonSecret *secret)
{
  gtk_window_present (
      baton_once_window_new (baton_server_group_get_window (BATON_SERVER_GROUP (self)),
                             _ ("Personal access token"), secret));
}

static void
done_cb (BatonTokensGroup *self, const char *message)
{
  baton_server_group_say (BATON_SERVER_GROUP (self), message);
  baton_server_group_reload (BATON_SERVER_GROUP (self));
}

static void
new_cb (BatonTokensGroup *self)
{
  BatonServerGroup *group = BATON_SERVER_GROUP (self);
  GtkWindow *form = baton_identity_form_new_token (baton_server_group_get_window (group),
                                                   baton_server_group_get_connection (group));

  g_signal_connect_object (form, "made", G_CALLBACK (made_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (form, "done", G_CALLBACK (done_cb), self, G_CONNECT_SWAPPED);
  gtk_window_present (form);
}

/* As long as the old one was made for. */
static void
rotate_cb (BatonTokensGroup *self, GtkWidget *button)
{
  BatonServerGroup *group = BATON_SERVER_GROUP (self);
  BatonConnection *connection = baton_server_group_get_connection (group);
  BatonPersonalAccessToken *token = g_object_get_data (G_OBJECT (button), "token");
  g_autoptr (BatonRotation) rotation = NULL;
  g_autofree char *what = NULL;
  gint64 expires_at = 0;
  GtkWindow *window;

  if (token->created_at != 0 && token->expires_at > token->created_at)
    expires_at = g_get_real_time () + token->expires_at - token->created_at;
  rotation = baton_rotation_new_of_token (
      connection, connection,
      baton_session_get_secret_store (baton_server_group_get_session (group)), token, expires_at);
  /* TRANSLATORS: %s is a name that a person gave. */
  what = g_strdup_printf (_ ("Personal access token “%s”"), token->name);
  window = baton_rotation_window_new (baton_server_group_get_window (group), what, rotation);
  g_signal_connect_object (window, "ended", G_CALLBACK (baton_server_group_reload), self,
                           G_CONNECT_SWAPPED);
  gtk_window_present (window);
}

static void
add_rotate (BatonTokensGroup *self, GtkWidget *row, BatonPersonalAccessToken *token)
{
  BatonConnection *connection = baton_server_group_get_connection (BATON_SERVER_GROUP (self));
  GtkWidget *rotate;

  if (baton_account_get_method (baton_connection_get_account (connection))
      != BATON_METHOD_PERSONAL_ACCESS_TOKEN)
    return;
  rotate = gtk_button_new_with_label (_ ("Rotate…"));
  gtk_widget_set_valign (rotate, GTK_ALIGN_CENTER);
  gtk_widget_set_tooltip_text (
      rotate, _ ("Where this is the token that Baton signs in with: put a new one in its place"));
  g_object_set_data (G_OBJECT (rotate), "token", token);
  g_signal_connect_object (rotate, "clicked", G_CALLBACK (rotate_cb), self, G_CONNECT_SWAPPED);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), rotate);
}

static void
add_token (BatonTokensGroup *self, BatonPersonalAccessToken *token)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *check = gtk_check_button_new ();
  g_autofree char *title = g_markup_escape_text (token->name, -1);
  g_autofree char *time
      = token->expires_at != 0 ? baton_local_time_format (token->expires_at) : NULL;
  g_autofree char *scopes = baton_scopes_condense (token->scopes);
  g_autofree char *subtitle = NULL;
  g_autofree char *markup = NULL;
  g_autofree char *label = NULL;

  /* TRANSLATORS: a time, then names of scopes. */
  subtitle = time != NULL ? g_strdup_printf (_ ("Expires %s · %s"), time, scopes)
                          : g_strdup (scopes);
  markup = g_markup_escape_text (subtitle, -1);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), markup);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 2);
  /* TRANSLATORS: %s is the name of a token. */
  label = g_strdup_printf (_ ("Select “%s”"), token->name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (check), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  gtk_widget_set_valign (check, GTK_ALIGN_CENTER);
  g_signal_connect_object (check, "toggled", G_CALLBACK (ticked_cb), self, G_CONNECT_SWAPPED);
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), check);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), check);
  add_rotate (self, row, token);
  g_ptr_array_add (self->checks, check);
  baton_server_group_add_row (BATON_SERVER_GROUP (self), row);
}

static void
show_tokens (BatonTokensGroup *self, const char *account_id)
{
  g_autoptr (GPtrArray) expiries = g_ptr_array_new_with_free_func (g_object_unref);

  baton_server_group_begin (BATON_SERVER_GROUP (self));
  g_ptr_array_set_size (self->checks, 0);
  for (guint i = 0; i < self->tokens->len; i++)
    {
      BatonPersonalAccessToken *token = g_ptr_array_index (self->tokens, i);

      add_token (self, token);
      if (token->expires_at != 0)
        g_ptr_array_add (expiries, baton_expiry_new (BATON_EXPIRY_PERSONAL_ACCESS_TOKEN, account_id,
                                                     token->id, token->name, token->expires_at));
    }
  ticked_cb (self);
  baton_server_group_loaded (BATON_SERVER_GROUP (self), _ ("There is none"),
                             BATON_EXPIRY_PERSONAL_ACCESS_TOKEN, expiries);
}

static void
listed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (BatonTokensGroup) self = user_data;
  BatonConnection *connection = baton_server_group_get_connection (BATON_SERVER_GROUP (self));
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) tokens
      = baton_pipeline_send_finish (BATON_PIPELINE (source), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || connection == NULL)
    return;
  if (error != NULL)
    {
      g_ptr_array_set_size (self->checks, 0);
      baton_server_group_fail (BATON_SERVER_GROUP (self), error);
      return;
    }
  /* The rows know the old ones. */
  baton_server_group_begin (BATON_SERVER_GROUP (self));
  g_clear_pointer (&self->tokens, g_ptr_array_unref);
  self->tokens = g_steal_pointer (&tokens);
  show_tokens (self, baton_account_get_id (baton_connection_get_account (connection)));
}

static void
baton_tokens_group_load (BatonServerGroup *group)
{
  g_autoptr (BatonRequest) request = baton_personal_access_token_make_list ();

  baton_pipeline_send_async (
      baton_connection_get_pipeline (baton_server_group_get_connection (group)), request,
      baton_personal_access_token_decode_list, NULL, NULL, (GDestroyNotify)g_ptr_array_unref,
      baton_server_group_get_cancellable (group), listed_cb, g_object_ref (group));
}

static void
baton_tokens_group_finalize (GObject *object)
{
  BatonTokensGroup *self = BATON_TOKENS_GROUP (object);

  g_clear_pointer (&self->tokens, g_ptr_array_unref);
  g_ptr_array_unref (self->checks);
  G_OBJECT_CLASS (baton_tokens_group_parent_class)->finalize (object);
}

static void
baton_tokens_group_class_init (BatonTokensGroupClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = baton_tokens_group_finalize;
  BATON_SERVER_GROUP_CLASS (klass)->load = baton_tokens_group_load;
}

static void
baton_tokens_group_init (BatonTokensGroup *self)
{
  GtkWidget *suffix = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *make = baton_server_group_make_add (_ ("New token…"));

  self->checks = g_ptr_array_new ();
  self->revoke = gtk_button_new_with_label (_ ("Revoke…"));
  gtk_widget_set_valign (suffix, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (suffix), self->revoke);
  gtk_box_append (GTK_BOX (suffix), make);
  g_signal_connect_object (self->revoke, "clicked", G_CALLBACK (revoke_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (make, "clicked", G_CALLBACK (new_cb), self, G_CONNECT_SWAPPED);
  baton_server_group_set_words (BATON_SERVER_GROUP (self), _ ("Personal access tokens"),
                                _ ("On the server, of whoever is signed in."),
                                "personalAccessToken", suffix);
}
