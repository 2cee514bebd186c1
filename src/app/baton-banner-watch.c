/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n.h>

#include "baton-banner-watch.h"
#include "baton-error-text.h"
#include "baton-error.h"
#include "baton-local-time.h"
#include "baton-method-text.h"

struct _BatonBannerWatch
{
  GObject parent_instance;

  GWeakRef banner;
  BatonConnection *connection; /* (owned) (nullable) */
  GSignalGroup *of_connection; /* (owned) */
  GSignalGroup *of_keeper;     /* (owned) */
  GSignalGroup *of_pipeline;   /* (owned) */
  guint wait_id;
};

G_DEFINE_FINAL_TYPE (BatonBannerWatch, baton_banner_watch, G_TYPE_OBJECT)

static void update (BatonBannerWatch *self);

static void
wait_over_cb (gpointer user_data)
{
  BatonBannerWatch *self = user_data;

  self->wait_id = 0;
  update (self);
}

/* Returns: TRUE where the service asked to wait and the time is not over. */
static gboolean
show_pause (BatonBannerWatch *self, BatonBanner *banner)
{
  gint64 until = baton_pipeline_get_paused_until (baton_connection_get_pipeline (self->connection));
  gint64 left = until - g_get_real_time ();
  g_autofree char *clock = NULL;
  g_autofree char *title = NULL;

  if (until == 0 || left <= 0)
    return FALSE;
  clock = baton_local_time_format_clock (until);
  /* TRANSLATORS: %s is a time of day. */
  title = g_strdup_printf (_("Orchestrator asked to wait: Baton goes on by itself at %s"), clock);
  baton_banner_set (banner, title, NULL, NULL);
  self->wait_id = g_timeout_add_once ((guint) (left / 1000) + 1, wait_over_cb, self);
  return TRUE;
}

static gboolean
is_cut_off (BatonTokenKeeper *keeper)
{
  const GError *error = baton_token_keeper_get_error (keeper);
  const BatonErrorDetails *details = error != NULL ? baton_error_get_details (error) : NULL;

  return details != NULL && g_strcmp0 (details->reason, BATON_REASON_CUT_OFF) == 0;
}

/* What keeps the sign-in from being renewed, and is not the server's. */
static gboolean
show_secret_error (const GError *error, BatonBanner *banner)
{
  g_autoptr (BatonErrorText) text = NULL;

  if (!g_error_matches (error, BATON_ERROR, BATON_ERROR_KEYRING_LOCKED)
      && !g_error_matches (error, BATON_ERROR, BATON_ERROR_KEYRING_UNAVAILABLE)
      && !g_error_matches (error, BATON_ERROR, BATON_ERROR_NOT_SIGNED_IN))
    return FALSE;

  text = baton_error_text_new (error, NULL);
  if (text->button != NULL)
    baton_banner_set (banner, text->title, text->button, text->action);
  else
    baton_banner_set (banner, text->title, _("Try again"), "win.reconnect");
  return TRUE;
}

static gboolean
show_keeper (BatonBannerWatch *self, BatonBanner *banner)
{
  BatonTokenKeeper *keeper = baton_connection_get_keeper (self->connection);
  const BatonMethodText *text = baton_method_text_get_of (baton_connection_get_account (self->connection));
  const GError *error = NULL;

  switch (baton_token_keeper_get_state (keeper))
    {
    case BATON_KEEPER_REVOKED:
      baton_banner_set (banner, is_cut_off (keeper) ? _("A renewal was cut off: please sign in again") : _(text->revoked),
                        _(text->revoked_button), "win.replace-key");
      return TRUE;
    case BATON_KEEPER_OFFLINE:
      error = baton_token_keeper_get_error (keeper);
      baton_banner_set (banner,
                        g_error_matches (error, BATON_ERROR, BATON_ERROR_CONFLICT)
                            ? error->message
                            : _("Orchestrator cannot be reached: what you see may be old"),
                        _("Try again"), "win.reconnect");
      return TRUE;
    case BATON_KEEPER_SIGNED_OUT:
    case BATON_KEEPER_RENEWING:
    case BATON_KEEPER_VALID:
    default:
      return show_secret_error (baton_token_keeper_get_error (keeper), banner);
    }
}

/* What a renewal brought, and the keyring has not taken yet. */
static gboolean
show_unkept (BatonBannerWatch *self, BatonBanner *banner)
{
  const GError *error = baton_token_keeper_get_keyring_error (baton_connection_get_keeper (self->connection));

  if (error == NULL)
    return FALSE;
  if (g_error_matches (error, BATON_ERROR, BATON_ERROR_KEYRING_LOCKED))
    baton_banner_set (banner, _("The keyring is locked: the renewed sign-in is only in memory until you unlock it"),
                      _("Unlock"), "win.unlock-keyring");
  else
    baton_banner_set (banner, _("The keyring does not answer: the renewed sign-in is only in memory until it does"),
                      _("Try again"), "win.use-keyring");
  return TRUE;
}

static gboolean
show_offline (BatonBannerWatch *self, BatonBanner *banner)
{
  gboolean offline = FALSE;

  g_object_get (baton_connection_get_pipeline (self->connection), "offline", &offline, NULL);
  if (offline)
    baton_banner_set (banner, _("Orchestrator cannot be reached: what you see may be old"),
                      _("Try again"), "win.reconnect");
  return offline;
}

/* What kept the connection from learning what it needs, e.g. 403 on the folders. */
static gboolean
show_error (BatonBannerWatch *self, BatonBanner *banner)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BatonErrorText) text = NULL;

  g_object_get (self->connection, "error", &error, NULL);
  if (error == NULL || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return FALSE;
  text = baton_error_text_new (error, NULL);
  /* What a list can do again, the banner does for all. */
  if (text->button != NULL && !g_str_has_prefix (text->action, "view."))
    baton_banner_set (banner, text->title, text->button, text->action);
  else
    baton_banner_set (banner, text->title, _("Try again"), "win.reconnect");
  return TRUE;
}

/* What a person can change in how the account goes over the network. */
static gboolean
show_network (BatonBannerWatch *self, BatonBanner *banner)
{
  const GError *of_keeper = baton_token_keeper_get_error (baton_connection_get_keeper (self->connection));
  g_autoptr (GError) error = of_keeper != NULL ? g_error_copy (of_keeper) : NULL;
  g_autoptr (BatonErrorText) text = NULL;

  if (error == NULL)
    g_object_get (self->connection, "error", &error, NULL);
  if (error == NULL || error->domain != BATON_ERROR)
    return FALSE;
  text = baton_error_text_new (error, NULL);
  if (g_strcmp0 (text->action, "win.network-settings") != 0 && g_strcmp0 (text->action, "win.show-certificate") != 0)
    return FALSE;
  baton_banner_set (banner, text->title, text->button, text->action);
  return TRUE;
}

static void
update (BatonBannerWatch *self)
{
  g_autoptr (BatonBanner) banner = g_weak_ref_get (&self->banner);

  g_clear_handle_id (&self->wait_id, g_source_remove);
  if (banner == NULL)
    return;
  if (self->connection == NULL
      || !(show_network (self, banner) || show_keeper (self, banner) || show_unkept (self, banner) || show_pause (self, banner) || show_offline (self, banner)
           || show_error (self, banner)))
    baton_banner_set (banner, NULL, NULL, NULL);
}

static void
baton_banner_watch_dispose (GObject *object)
{
  BatonBannerWatch *self = BATON_BANNER_WATCH (object);

  g_clear_handle_id (&self->wait_id, g_source_remove);
  g_clear_object (&self->of_connection);
  g_clear_object (&self->of_keeper);
  g_clear_object (&self->of_pipeline);
  g_clear_object (&self->connection);
  g_weak_ref_set (&self->banner, NULL);
  G_OBJECT_CLASS (baton_banner_watch_parent_class)->dispose (object);
}

static void
baton_banner_watch_finalize (GObject *object)
{
  g_weak_ref_clear (&BATON_BANNER_WATCH (object)->banner);
  G_OBJECT_CLASS (baton_banner_watch_parent_class)->finalize (object);
}

static void
baton_banner_watch_class_init (BatonBannerWatchClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = baton_banner_watch_dispose;
  G_OBJECT_CLASS (klass)->finalize = baton_banner_watch_finalize;
}

static GSignalGroup *
watch (BatonBannerWatch *self, GType type, const char *first, const char *second)
{
  GSignalGroup *group = g_signal_group_new (type);

  g_signal_group_connect_swapped (group, first, G_CALLBACK (update), self);
  if (second != NULL)
    g_signal_group_connect_swapped (group, second, G_CALLBACK (update), self);
  return group;
}

static void
baton_banner_watch_init (BatonBannerWatch *self)
{
  g_weak_ref_init (&self->banner, NULL);
  self->of_connection = watch (self, BATON_TYPE_CONNECTION, "notify::error", NULL);
  self->of_keeper = watch (self, BATON_TYPE_TOKEN_KEEPER, "notify::state", "notify::keyring-error");
  g_signal_group_connect_swapped (self->of_keeper, "notify::error", G_CALLBACK (update), self);
  self->of_pipeline
      = watch (self, BATON_TYPE_PIPELINE, "notify::paused-until", "notify::offline");
}

BatonBannerWatch *
baton_banner_watch_new (BatonBanner *banner)
{
  BatonBannerWatch *self;

  g_return_val_if_fail (BATON_IS_BANNER (banner), NULL);

  self = g_object_new (BATON_TYPE_BANNER_WATCH, NULL);
  g_weak_ref_set (&self->banner, banner);
  return self;
}

void
baton_banner_watch_set_connection (BatonBannerWatch *self, BatonConnection *connection)
{
  g_return_if_fail (BATON_IS_BANNER_WATCH (self));

  if (!g_set_object (&self->connection, connection))
    return;
  g_signal_group_set_target (self->of_connection, connection);
  g_signal_group_set_target (self->of_keeper,
                             connection != NULL ? baton_connection_get_keeper (connection) : NULL);
  g_signal_group_set_target (self->of_pipeline,
                             connection != NULL ? baton_connection_get_pipeline (connection) : NULL);
  update (self);
}
