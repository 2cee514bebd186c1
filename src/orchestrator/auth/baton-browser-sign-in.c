/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <sys/random.h>

#include <glib/gi18n.h>

#include "../http/baton-loopback.h"
#include "baton-authorize-error.h"
#include "baton-browser-sign-in.h"
#include "baton-error.h"
#include "baton-oauth.h"
#include "baton-redact.h"

#define RANDOM_BYTES 32

struct _BatonBrowserSignIn
{
  GObject parent_instance;

  BatonAccount *account;   /* (owned) */
  char *client_secret;     /* (owned) (nullable) */
  BatonClock *clock;       /* (owned) */
  BatonLoopback *loopback; /* (owned) */
  char *verifier;          /* (owned) */
  char *state;             /* (owned) */
  char *url;               /* (owned) */

  GTask *task;     /* (owned) (nullable): of the run */
  GSource *cancel; /* (owned) (nullable) */
  guint timer;     /* of the clock */
};

G_DEFINE_FINAL_TYPE (BatonBrowserSignIn, baton_browser_sign_in, G_TYPE_OBJECT)

static void
baton_browser_sign_in_stop (BatonBrowserSignIn *self)
{
  if (self->cancel != NULL)
    {
      g_source_destroy (self->cancel);
      g_clear_pointer (&self->cancel, g_source_unref);
    }
  if (self->clock != NULL)
    baton_clock_clear_timer (self->clock, &self->timer);
  if (self->loopback != NULL)
    baton_loopback_stop (self->loopback);
}

static void
baton_browser_sign_in_dispose (GObject *object)
{
  BatonBrowserSignIn *self = BATON_BROWSER_SIGN_IN (object);

  baton_browser_sign_in_stop (self);
  g_clear_object (&self->loopback);

  G_OBJECT_CLASS (baton_browser_sign_in_parent_class)->dispose (object);
}

static void
baton_browser_sign_in_finalize (GObject *object)
{
  BatonBrowserSignIn *self = BATON_BROWSER_SIGN_IN (object);

  g_clear_object (&self->account);
  g_clear_object (&self->clock);
  g_clear_pointer (&self->client_secret, baton_secret_free);
  if (self->verifier != NULL)
    baton_redact_forget (self->verifier);
  g_clear_pointer (&self->verifier, baton_secret_free);
  g_clear_pointer (&self->state, baton_secret_free);
  g_free (self->url);

  G_OBJECT_CLASS (baton_browser_sign_in_parent_class)->finalize (object);
}

static void
baton_browser_sign_in_class_init (BatonBrowserSignInClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = baton_browser_sign_in_dispose;
  object_class->finalize = baton_browser_sign_in_finalize;
}

static void
baton_browser_sign_in_init (BatonBrowserSignIn *self)
{
}

static char *
encode (const guchar *bytes, gsize length)
{
  char *text = g_base64_encode (bytes, length);
  char *end = strchr (text, '=');

  g_strdelimit (text, "+", '-');
  g_strdelimit (text, "/", '_');
  if (end != NULL)
    *end = '\0';

  return text;
}

/* Returns: (transfer full): 43 characters of the system's own randomness. */
static char *
make_random (void)
{
  guchar bytes[RANDOM_BYTES];
  char *text = NULL;

  /* So few never come in parts, and wait only in the first seconds of a machine. */
  if (getrandom (bytes, sizeof bytes, 0) != (gssize)sizeof bytes)
    g_error ("The system has no randomness");
  text = encode (bytes, sizeof bytes);
  explicit_bzero (bytes, sizeof bytes);

  return text;
}

static char *
make_challenge (const char *verifier)
{
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  guchar digest[32];
  gsize length = sizeof digest;

  g_checksum_update (checksum, (const guchar *)verifier, -1);
  g_checksum_get_digest (checksum, digest, &length);

  return encode (digest, length);
}

static void
append (GString *url, const char *name, const char *value)
{
  g_autofree char *escaped = g_uri_escape_string (value, NULL, FALSE);

  g_string_append_printf (url, "%c%s=%s", strchr (url->str, '?') != NULL ? '&' : '?', name,
                          escaped);
}

static char *
make_url (BatonBrowserSignIn *self)
{
  BatonDeployment *deployment = baton_account_get_deployment (self->account);
  const char *scopes = baton_account_get_scopes (self->account);
  const char *organization = baton_deployment_get_organization (deployment);
  g_autofree char *authorize
      = baton_deployment_make_identity_url (deployment, "/connect/authorize");
  g_autofree char *challenge = make_challenge (self->verifier);
  GString *url = g_string_new (authorize);

  append (url, "response_type", "code");
  append (url, "client_id", baton_account_get_client_id (self->account));
  append (url, "scope", scopes != NULL ? scopes : "offline_access");
  append (url, "redirect_uri", baton_account_get_redirect_uri (self->account));
  append (url, "code_challenge", challenge);
  append (url, "code_challenge_method", "S256");
  append (url, "state", self->state);
  /* Preselects the organisation (fact sheet 2.3). */
  if (organization != NULL)
    {
      g_autofree char *tenant = g_strconcat ("tenantName:", organization, NULL);

      append (url, "acr_values", tenant);
    }

  return g_string_free (url, FALSE);
}

/* Ends the run. @secret, @error: (transfer full) (nullable), one of them. */
static void
baton_browser_sign_in_end (BatonBrowserSignIn *self, BatonSecret *secret, GError *error)
{
  g_autoptr (GTask) task = g_steal_pointer (&self->task);

  baton_browser_sign_in_stop (self);
  if (secret != NULL)
    g_task_return_pointer (task, secret, (GDestroyNotify)baton_secret_unref);
  else
    g_task_return_error (task, error);
}

/* What a visit or a pasted address tells of. Returns: TRUE where that is something. */
static gboolean
baton_browser_sign_in_read (BatonBrowserSignIn *self,
                            GHashTable *query,
                            BatonSecret **secret,
                            GError **error)
{
  const char *code = g_hash_table_lookup (query, "code");
  const char *state = g_hash_table_lookup (query, "state");
  GError *refusal
      = baton_authorize_error_read (query, baton_account_get_redirect_uri (self->account));

  if (refusal != NULL)
    {
      g_propagate_error (error, refusal);
      return TRUE;
    }
  if (code == NULL)
    return FALSE;

  if (g_strcmp0 (state, self->state) != 0)
    g_set_error_literal (error, BATON_ERROR, BATON_ERROR_INVALID,
                         _ ("What the browser brought belongs to another sign-in. Please sign in "
                            "again, from here."));
  else
    *secret = baton_secret_new_code (code, self->verifier, self->client_secret,
                                     baton_clock_now (self->clock));

  return TRUE;
}

static char *
make_page (const GError *error)
{
  g_autofree char *detail = error != NULL ? g_markup_escape_text (error->message, -1) : NULL;

  return g_strdup_printf (
      "<!DOCTYPE html>\n<html><head><meta charset=\"utf-8\"><title>Baton</title>"
      "<meta name=\"color-scheme\" content=\"light dark\"><style>body{font:16px "
      "system-ui,sans-serif;"
      "max-width:32em;margin:20vh auto;padding:0 1em;text-align:center}</style></head>"
      "<body><h1>%s</h1><p>%s</p></body></html>\n",
      error == NULL ? _ ("You are signed in") : _ ("The sign-in came to nothing"),
      error == NULL ? _ ("You can close this page and go back to Baton.") : detail);
}

static char *
baton_browser_sign_in_visited_cb (GHashTable *query, gpointer user_data)
{
  BatonBrowserSignIn *self = user_data;
  g_autoptr (BatonSecret) secret = NULL;
  g_autoptr (GError) error = NULL;
  char *page = NULL;

  if (!baton_browser_sign_in_read (self, query, &secret, &error))
    error = g_error_new_literal (
        BATON_ERROR, BATON_ERROR_INVALID,
        _ ("The browser brought nothing. Please sign in again, from Baton."));
  page = make_page (error);

  /* A forged or empty visit must not end the sign-in that is going on. */
  if (self->task != NULL
      && (secret != NULL || !g_error_matches (error, BATON_ERROR, BATON_ERROR_INVALID)
          || g_strcmp0 (g_hash_table_lookup (query, "state"), self->state) == 0))
    baton_browser_sign_in_end (self, g_steal_pointer (&secret), g_steal_pointer (&error));

  return page;
}

BatonBrowserSignIn *
baton_browser_sign_in_new (BatonAccount *account,
                           const char *client_secret,
                           BatonClock *clock,
                           GError **error)
{
  g_autoptr (BatonBrowserSignIn) self = NULL;
  const char *redirect_uri = NULL;

  g_return_val_if_fail (BATON_IS_ACCOUNT (account), NULL);

  if (baton_oauth_require_client_id (account, error) == NULL)
    return NULL;

  redirect_uri = baton_account_get_redirect_uri (account);
  self = g_object_new (BATON_TYPE_BROWSER_SIGN_IN, NULL);
  self->account = g_object_ref (account);
  self->client_secret = g_strdup (client_secret);
  self->clock = g_object_ref (clock != NULL ? clock : baton_clock_get_default ());
  self->loopback = baton_loopback_new (redirect_uri != NULL ? redirect_uri : "",
                                       baton_browser_sign_in_visited_cb, self, error);
  if (self->loopback == NULL)
    return NULL;

  self->verifier = make_random ();
  baton_redact_remember (self->verifier);
  self->state = make_random ();
  self->url = make_url (self);

  return g_steal_pointer (&self);
}

const char *
baton_browser_sign_in_get_url (BatonBrowserSignIn *self)
{
  g_return_val_if_fail (BATON_IS_BROWSER_SIGN_IN (self), NULL);

  return self->url;
}

static void
baton_browser_sign_in_too_late_cb (gpointer user_data)
{
  BatonBrowserSignIn *self = user_data;

  self->timer = 0;
  baton_browser_sign_in_end (
      self, NULL,
      g_error_new_literal (
          BATON_ERROR, BATON_ERROR_TIMED_OUT,
          _ ("The browser did not come back within three minutes. If it stopped at "
             "a page with an error, paste the address of that page here.")));
}

static gboolean
baton_browser_sign_in_cancelled_cb (GCancellable *cancellable, gpointer user_data)
{
  BatonBrowserSignIn *self = user_data;
  GError *error = NULL;

  g_cancellable_set_error_if_cancelled (cancellable, &error);
  baton_browser_sign_in_end (self, NULL, error);

  return G_SOURCE_REMOVE;
}

void
baton_browser_sign_in_run_async (BatonBrowserSignIn *self,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data)
{
  g_return_if_fail (BATON_IS_BROWSER_SIGN_IN (self));
  g_return_if_fail (self->task == NULL);

  /* Cancelling is answered by the source below, once. */
  self->task = g_task_new (self, NULL, callback, user_data);
  g_task_set_source_tag (self->task, baton_browser_sign_in_run_async);
  self->timer = baton_clock_add_timer (self->clock, BATON_BROWSER_SIGN_IN_LIMIT,
                                       baton_browser_sign_in_too_late_cb, self);
  if (cancellable != NULL)
    {
      self->cancel = g_cancellable_source_new (cancellable);
      g_source_set_callback (self->cancel, G_SOURCE_FUNC (baton_browser_sign_in_cancelled_cb), self,
                             NULL);
      g_source_attach (self->cancel, g_task_get_context (self->task));
    }
}

BatonSecret *
baton_browser_sign_in_run_finish (BatonBrowserSignIn *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (BATON_IS_BROWSER_SIGN_IN (self), NULL);
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

gboolean
baton_browser_sign_in_take_address (BatonBrowserSignIn *self, const char *address, GError **error)
{
  g_autoptr (GUri) uri = NULL;
  g_autoptr (GHashTable) query = NULL;
  g_autoptr (BatonSecret) secret = NULL;
  g_autoptr (GError) failure = NULL;
  g_autoptr (BatonSecretText) stripped = NULL;

  g_return_val_if_fail (BATON_IS_BROWSER_SIGN_IN (self), FALSE);
  g_return_val_if_fail (address != NULL, FALSE);

  stripped = g_strstrip (g_strdup (address));
  uri = g_uri_parse (stripped, G_URI_FLAGS_ENCODED_QUERY, NULL);
  if (uri != NULL && g_uri_get_query (uri) != NULL)
    query = g_uri_parse_params (g_uri_get_query (uri), -1, "&", G_URI_PARAMS_WWW_FORM, NULL);

  if (self->task == NULL || query == NULL
      || !baton_browser_sign_in_read (self, query, &secret, &failure))
    {
      g_set_error_literal (
          error, BATON_ERROR, BATON_ERROR_INVALID,
          _ ("This address tells nothing of a sign-in. Copy the whole address of the "
             "page that the browser stopped at."));
      return FALSE;
    }

  baton_browser_sign_in_end (self, g_steal_pointer (&secret), g_steal_pointer (&failure));

  return TRUE;
}
