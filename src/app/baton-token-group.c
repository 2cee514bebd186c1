/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n.h>

#include "baton-clipboard.h"
#include "baton-error-text.h"
#include "baton-json.h"
#include "baton-local-time.h"
#include "baton-redact.h"
#include "baton-token-group.h"
#include "baton-value-row.h"
#include "http/baton-request.h"

struct _BatonTokenGroup
{
  GtkWidget parent_instance;

  GtkWidget *group;
  GtkWidget *renew;
  GtkImage *state_icon;
  GtkLabel *state;
  GtkLabel *left;
  GtkLevelBar *bar;
  BatonValueRow *issued;
  BatonValueRow *expires;
  BatonValueRow *renews;
  AdwExpanderRow *claims;
  GtkSwitch *with_token;
  GtkWidget *curl;

  GPtrArray *claim_rows;       /* (owned) (element-type GtkWidget, unowned) */
  BatonConnection *connection; /* (owned) (nullable) */
  BatonToken *token;           /* (owned) (nullable): the one that is shown */
  GSignalGroup *of_keeper;     /* (owned) */
  GCancellable *cancellable;   /* (owned) */
  gboolean renewing;
  guint tick_id;
};

G_DEFINE_FINAL_TYPE (BatonTokenGroup, baton_token_group, GTK_TYPE_WIDGET)

static void
show_time (BatonValueRow *row, gint64 time)
{
  g_autofree char *text = NULL;
  g_autofree char *utc = NULL;

  if (time > 0)
    {
      text = baton_local_time_format (time);
      utc = baton_local_time_format_utc (time);
    }
  baton_value_row_set_value (row, text);
  baton_value_row_set_copied (row, utc);
  gtk_widget_set_tooltip_text (GTK_WIDGET (row), utc);
}

static void
show_left (BatonTokenGroup *self)
{
  gint64 issued, expires, left;
  g_autofree char *span = NULL;

  if (self->token == NULL)
    {
      gtk_label_set_text (self->left, "");
      gtk_level_bar_set_value (self->bar, 0);
      return;
    }
  issued = baton_token_get_issued_at (self->token);
  expires = baton_token_get_expires_at (self->token);
  if (expires == 0)
    {
      gtk_label_set_text (self->left, _("Until when is not known"));
      gtk_level_bar_set_value (self->bar, 1);
      return;
    }
  left = MAX (expires - g_get_real_time (), 0);
  span = baton_local_time_format_span (left);
  gtk_label_set_text (self->left, span);
  if (expires > issued)
    gtk_level_bar_set_value (self->bar,
                             CLAMP ((double) left / (double) (expires - issued), 0.0, 1.0));
}

static gboolean
tick_cb (gpointer user_data)
{
  show_left (user_data);
  return G_SOURCE_CONTINUE;
}

static void
show_state (BatonTokenGroup *self, BatonKeeperState state)
{
  static const struct
  {
    const char *icon;
    const char *css_class;
    const char *text;
  } words[] = {
    [BATON_KEEPER_SIGNED_OUT] = { "system-users-symbolic", "dim-label", N_ ("Not signed in") },
    [BATON_KEEPER_RENEWING] = { "emblem-synchronizing-symbolic", "accent", N_ ("Being renewed") },
    [BATON_KEEPER_VALID] = { "emblem-ok-symbolic", "success", N_ ("Valid") },
    [BATON_KEEPER_OFFLINE] = { "network-offline-symbolic", "warning", N_ ("No network to renew it; tried again by itself") },
    [BATON_KEEPER_REVOKED] = { "dialog-error-symbolic", "error", N_ ("Not accepted any more") },
  };

  if ((guint) state >= G_N_ELEMENTS (words))
    return;
  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    gtk_widget_remove_css_class (GTK_WIDGET (self->state_icon), words[i].css_class);
  gtk_widget_add_css_class (GTK_WIDGET (self->state_icon), words[state].css_class);
  gtk_image_set_from_icon_name (self->state_icon, words[state].icon);
  gtk_label_set_text (self->state, _(words[state].text));
}

/* Times among the claims are seconds since 1970 (RFC 7519, 2). */
static gboolean
is_time_claim (const char *name)
{
  static const char *const names[] = { "exp", "iat", "nbf", "auth_time", NULL };

  return g_strv_contains (names, name);
}

static void
add_claim (BatonTokenGroup *self, JsonObject *claims, const char *name)
{
  JsonNode *node = baton_json_peek_node (claims, name);
  g_autofree char *raw = baton_json_dup_scalar (node);
  g_autofree char *text = NULL;
  g_autofree char *title = g_markup_escape_text (name, -1);
  gint64 seconds = is_time_claim (name) ? baton_json_peek_int (claims, name, 0) : 0;
  GtkWidget *row;

  if (raw == NULL)
    raw = baton_json_to_text (node, FALSE);
  if (seconds > 0 && seconds < G_MAXINT64 / G_USEC_PER_SEC)
    {
      g_autofree char *local = baton_local_time_format (seconds * G_USEC_PER_SEC);

      text = g_strdup_printf ("%s (%s)", local, raw);
    }
  row = baton_value_row_new (title, text != NULL ? text : raw);
  baton_value_row_set_copied (BATON_VALUE_ROW (row), raw);
  adw_expander_row_add_row (self->claims, row);
  g_ptr_array_add (self->claim_rows, row);
}

static void
show_claims (BatonTokenGroup *self)
{
  g_autoptr (JsonNode) root = self->token != NULL ? baton_token_dup_claims (self->token) : NULL;
  JsonObject *claims = baton_json_peek_root_object (root);
  g_auto (GStrv) names = claims != NULL ? baton_json_dup_names (claims) : NULL;

  for (guint i = 0; i < self->claim_rows->len; i++)
    adw_expander_row_remove (self->claims, g_ptr_array_index (self->claim_rows, i));
  g_ptr_array_set_size (self->claim_rows, 0);

  for (guint i = 0; names != NULL && names[i] != NULL; i++)
    add_claim (self, claims, names[i]);
  gtk_widget_set_sensitive (GTK_WIDGET (self->claims), self->claim_rows->len > 0);
  adw_expander_row_set_subtitle (self->claims, self->token != NULL && self->claim_rows->len == 0
                                                   ? _("This token is opaque: it says nothing of itself")
                                                   : _("What the token says of itself"));
}

static void
update (BatonTokenGroup *self)
{
  BatonTokenKeeper *keeper
      = self->connection != NULL ? baton_connection_get_keeper (self->connection) : NULL;
  BatonToken *token = keeper != NULL ? baton_token_keeper_get_token (keeper) : NULL;

  show_state (self, keeper != NULL ? baton_token_keeper_get_state (keeper) : BATON_KEEPER_SIGNED_OUT);
  show_time (self->renews, keeper != NULL ? baton_token_keeper_get_renews_at (keeper) : 0);
  gtk_widget_set_sensitive (self->renew, keeper != NULL && !self->renewing);
  gtk_widget_set_sensitive (self->curl, token != NULL);
  if (token != self->token)
    {
      g_clear_pointer (&self->token, baton_token_unref);
      self->token = token != NULL ? baton_token_ref (token) : NULL;
      show_time (self->issued, token != NULL ? baton_token_get_issued_at (token) : 0);
      show_time (self->expires, token != NULL ? baton_token_get_expires_at (token) : 0);
      show_claims (self);
    }
  show_left (self);
}

static void
say (BatonTokenGroup *self, const char *text)
{
  GtkWidget *overlay = gtk_widget_get_ancestor (GTK_WIDGET (self), ADW_TYPE_TOAST_OVERLAY);

  if (overlay != NULL)
    adw_toast_overlay_add_toast (ADW_TOAST_OVERLAY (overlay), adw_toast_new (text));
}

static void
renewed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (BatonTokenGroup) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (BatonErrorText) text = NULL;
  g_autoptr (BatonToken) token
      = baton_token_keeper_renew_finish (BATON_TOKEN_KEEPER (source), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  self->renewing = FALSE;
  update (self);
  if (token != NULL)
    {
      say (self, _("The access token was renewed"));
      return;
    }
  text = baton_error_text_new (error, NULL);
  say (self, text->title);
}

static void
renew_cb (BatonTokenGroup *self)
{
  if (self->connection == NULL || self->renewing)
    return;
  self->renewing = TRUE;
  gtk_widget_set_sensitive (self->renew, FALSE);
  baton_token_keeper_renew_async (baton_connection_get_keeper (self->connection), self->cancellable,
                                  renewed_cb, g_object_ref (self));
}

static void
curl_cb (BatonTokenGroup *self)
{
  g_autoptr (BatonRequest) request = NULL;
  char *command = NULL;
  BatonDeployment *deployment;
  gboolean with_token = gtk_switch_get_active (self->with_token);

  if (self->connection == NULL || self->token == NULL)
    return;
  deployment = baton_account_get_deployment (baton_connection_get_account (self->connection));
  request = baton_request_new ("GET", "/odata/Users/UiPath.Server.Configuration.OData.GetCurrentUser");
  command = baton_request_to_curl (request, deployment,
                                   with_token ? baton_token_get_access_token (self->token) : NULL);
  if (with_token)
    baton_clipboard_copy_secret (GTK_WIDGET (self), command, NULL);
  else
    baton_clipboard_copy (GTK_WIDGET (self), command);
  baton_secret_free (command);
  say (self, with_token ? _("Copied with the access token; cleared in 30 seconds") : _("Copied without the access token"));
}

static void
baton_token_group_map (GtkWidget *widget)
{
  BatonTokenGroup *self = BATON_TOKEN_GROUP (widget);

  GTK_WIDGET_CLASS (baton_token_group_parent_class)->map (widget);
  show_left (self);
  if (self->tick_id == 0)
    self->tick_id = g_timeout_add_seconds (1, tick_cb, self);
}

static void
baton_token_group_unmap (GtkWidget *widget)
{
  g_clear_handle_id (&BATON_TOKEN_GROUP (widget)->tick_id, g_source_remove);
  GTK_WIDGET_CLASS (baton_token_group_parent_class)->unmap (widget);
}

static void
baton_token_group_dispose (GObject *object)
{
  BatonTokenGroup *self = BATON_TOKEN_GROUP (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_handle_id (&self->tick_id, g_source_remove);
  g_clear_object (&self->of_keeper);
  g_clear_object (&self->connection);
  g_clear_pointer (&self->token, baton_token_unref);
  gtk_widget_dispose_template (GTK_WIDGET (object), BATON_TYPE_TOKEN_GROUP);
  G_OBJECT_CLASS (baton_token_group_parent_class)->dispose (object);
}

static void
baton_token_group_finalize (GObject *object)
{
  BatonTokenGroup *self = BATON_TOKEN_GROUP (object);

  g_object_unref (self->cancellable);
  g_ptr_array_unref (self->claim_rows);
  G_OBJECT_CLASS (baton_token_group_parent_class)->finalize (object);
}

static void
baton_token_group_class_init (BatonTokenGroupClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = baton_token_group_dispose;
  G_OBJECT_CLASS (klass)->finalize = baton_token_group_finalize;
  widget_class->map = baton_token_group_map;
  widget_class->unmap = baton_token_group_unmap;

  g_type_ensure (BATON_TYPE_VALUE_ROW);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/baton_desktop/Baton/baton-token-group.ui");
  gtk_widget_class_bind_template_child (widget_class, BatonTokenGroup, group);
  gtk_widget_class_bind_template_child (widget_class, BatonTokenGroup, renew);
  gtk_widget_class_bind_template_child (widget_class, BatonTokenGroup, state_icon);
  gtk_widget_class_bind_template_child (widget_class, BatonTokenGroup, state);
  gtk_widget_class_bind_template_child (widget_class, BatonTokenGroup, left);
  gtk_widget_class_bind_template_child (widget_class, BatonTokenGroup, bar);
  gtk_widget_class_bind_template_child (widget_class, BatonTokenGroup, issued);
  gtk_widget_class_bind_template_child (widget_class, BatonTokenGroup, expires);
  gtk_widget_class_bind_template_child (widget_class, BatonTokenGroup, renews);
  gtk_widget_class_bind_template_child (widget_class, BatonTokenGroup, claims);
  gtk_widget_class_bind_template_child (widget_class, BatonTokenGroup, with_token);
  gtk_widget_class_bind_template_child (widget_class, BatonTokenGroup, curl);
  gtk_widget_class_bind_template_callback (widget_class, renew_cb);
  gtk_widget_class_bind_template_callback (widget_class, curl_cb);
}

static void
baton_token_group_init (BatonTokenGroup *self)
{
  self->cancellable = g_cancellable_new ();
  self->claim_rows = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_level_bar_remove_offset_value (self->bar, GTK_LEVEL_BAR_OFFSET_FULL);
  self->of_keeper = g_signal_group_new (BATON_TYPE_TOKEN_KEEPER);
  g_signal_group_connect_swapped (self->of_keeper, "notify::state", G_CALLBACK (update), self);
  g_signal_group_connect_swapped (self->of_keeper, "notify::token", G_CALLBACK (update), self);
  g_signal_group_connect_swapped (self->of_keeper, "notify::renews-at", G_CALLBACK (update), self);
  update (self);
}

/* A personal access token is one itself. */
static gboolean
is_renewed (BatonConnection *connection)
{
  return connection == NULL
         || baton_account_get_method (baton_connection_get_account (connection))
                != BATON_METHOD_PERSONAL_ACCESS_TOKEN;
}

void
baton_token_group_set_connection (BatonTokenGroup *self, BatonConnection *connection)
{
  g_return_if_fail (BATON_IS_TOKEN_GROUP (self));

  if (!g_set_object (&self->connection, connection))
    return;
  gtk_widget_set_visible (self->renew, is_renewed (connection));
  adw_preferences_group_set_description (
      ADW_PREFERENCES_GROUP (self->group),
      is_renewed (connection) ? _ ("Kept in memory alone, renewed by itself.")
                              : _ ("The personal access token itself: nothing renews it."));
  g_signal_group_set_target (self->of_keeper,
                             connection != NULL ? baton_connection_get_keeper (connection) : NULL);
  update (self);
}
