/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n.h>

#include "baton-error.h"
#include "baton-method-text.h"

static const BatonMethodText texts[] = {
  [BATON_METHOD_USER_KEY] = {
    .name = N_ ("User key"),
    .explain = N_ ("Orchestrator shows all of these on its API Access page, under your user menu. "
                   "Automation Cloud ended user keys in March 2025; other Orchestrators still give "
                   "them."),
    .inputs = BATON_INPUT_USER_KEY | BATON_INPUT_CLIENT_ID | BATON_INPUT_TENANT,
    .required = BATON_INPUT_USER_KEY | BATON_INPUT_CLIENT_ID,
    .kind = BATON_SECRET_USER_KEY,
    .secret = N_ ("User key"),
    .typed = TRUE,
    .dialog_title = N_ ("New user key"),
    .dialog_body = N_ ("The new key for “%s”. The API Access page of Orchestrator shows it, or "
                       "makes one. Baton keeps it only once Orchestrator has accepted it."),
    .dialog_apply = N_ ("Use this key"),
    .dialog_failure = N_ ("The key was not accepted"),
    .refused = N_ ("The server does not know this user key together with this client ID. A part of it may be missing, or it was "
                   "revoked since. Copy both again from the API Access page, or make a new key there."),
    .revoked = N_ ("The user key was revoked"),
    .revoked_button = N_ ("Enter a new key"),
    .group_body = N_ ("It renews the access token and never ends by itself. Whoever has it can act "
                      "as you."),
    .group_replace = N_ ("Replace key"),
    .group_show = N_ ("Show the user key"),
    .group_copy = N_ ("Copy the user key"),
    .end_title = N_ ("End this access"),
    .end_body = N_ ("Cancels the key on the server and forgets it here; all that signs in with it "
                    "stops working"),
    .end_question = N_ ("Orchestrator cancels the user key, and Baton forgets it. Every program, "
                        "script and computer that signs in with this key stops working, not only "
                        "Baton, and you need a new key from the API Access page to go on.\n\nThis "
                        "cannot be undone."),
    .ended_there = N_ ("The user key no longer works."),
    .ended_here = N_ ("The user key was forgotten."),
    .still_here = N_ ("Access was revoked, the key is still kept"),
    .still_there = N_ ("The key is forgotten here, the server still takes it"),
  },
  [BATON_METHOD_PASSWORD] = {
    .name = N_ ("User name and password"),
    .explain = N_ ("For a standalone Orchestrator. Baton signs in again by itself when the access "
                   "token ends, after half an hour."),
    .inputs = BATON_INPUT_TENANT | BATON_INPUT_USER_NAME | BATON_INPUT_PASSWORD,
    .required = BATON_INPUT_USER_NAME | BATON_INPUT_PASSWORD,
    .kind = BATON_SECRET_PASSWORD,
    .secret = N_ ("Password"),
    .blanks_count = TRUE,
    .typed = TRUE,
    .dialog_title = N_ ("Password"),
    .dialog_body = N_ ("The password of “%s”."),
    .dialog_apply = N_ ("Use this password"),
    .dialog_failure = N_ ("The password was not accepted"),
    .refused = N_ ("Tenant, user name and password do not go together. Check all three; a password that has expired, or that was "
                   "never changed, has to be changed in the browser first."),
    .revoked = N_ ("The password is not accepted any more"),
    .revoked_button = N_ ("Enter the password"),
    .group_body = N_ ("With it Baton signs in again when the access token ends."),
    .group_replace = N_ ("Replace password"),
    .group_show = N_ ("Show the password"),
    .group_copy = N_ ("Copy the password"),
    .end_title = N_ ("Forget this access"),
    .end_body = N_ ("Forgets the password and the access token here"),
    .end_question = N_ ("Baton forgets the password and the access token. A password itself is "
                        "changed in Orchestrator, not here."),
    .ended_there = N_ ("The password no longer works."),
    .ended_here = N_ ("The password was forgotten."),
    .still_here = N_ ("Access was revoked, the password is still kept"),
    .still_there = N_ ("The password is forgotten here, the server still takes it"),
  },
  [BATON_METHOD_BROWSER] = {
    .name = N_ ("Browser"),
    .explain = N_ ("You sign in on the server’s own page, with whatever it asks of you. An "
                   "administrator makes an external application with user scopes and this redirect "
                   "URL; its App ID is the client ID. A confidential one has a secret too."),
    .inputs = BATON_INPUT_CLIENT_ID | BATON_INPUT_CLIENT_SECRET | BATON_INPUT_TENANT
              | BATON_INPUT_REDIRECT | BATON_INPUT_SCOPES,
    .required = BATON_INPUT_CLIENT_ID | BATON_INPUT_REDIRECT | BATON_INPUT_SCOPES,
    .kind = BATON_SECRET_AUTHORIZATION_CODE,
    .secret = N_ ("Sign-in in the browser"),
    .dialog_failure = N_ ("The sign-in was not accepted"),
    .refused = N_ ("What the browser brought back has ended, was used already, or belongs to another redirect URL than the "
                   "registered one. Sign in once more."),
    .revoked = N_ ("The sign-in in the browser has ended"),
    .revoked_button = N_ ("Sign in again"),
    .group_body = N_ ("A refresh token, which is replaced each time that it renews the access token, "
                      "and ends 60 days after its last use. Whoever has it can act as you."),
    .group_replace = N_ ("Sign in again"),
    .group_show = N_ ("Show the refresh token"),
    .group_copy = N_ ("Copy the refresh token"),
    .end_title = N_ ("End this access"),
    .end_body = N_ ("Ends the sign-in on the server and forgets it here"),
    .end_question = N_ ("The server ends this sign-in, and Baton forgets it. Other programs that you "
                        "signed in to are not touched. To go on you sign in again in the browser."),
    .ended_there = N_ ("The sign-in has ended."),
    .ended_here = N_ ("The sign-in was forgotten."),
    .still_here = N_ ("Access was revoked, the sign-in is still kept"),
    .still_there = N_ ("The sign-in is forgotten here, the server still takes it"),
  },
  [BATON_METHOD_CLIENT_CREDENTIALS] = {
    .name = N_ ("Client credentials"),
    .explain = N_ ("An application that acts by itself, not for a person: a confidential external "
                   "application with application scopes. It sees what the roles that it was given in "
                   "Orchestrator allow."),
    .inputs = BATON_INPUT_CLIENT_ID | BATON_INPUT_CLIENT_SECRET | BATON_INPUT_TENANT
              | BATON_INPUT_SCOPES,
    .required = BATON_INPUT_CLIENT_ID | BATON_INPUT_CLIENT_SECRET | BATON_INPUT_SCOPES,
    .kind = BATON_SECRET_CLIENT_SECRET,
    .secret = N_ ("Client secret"),
    .typed = TRUE,
    .dialog_title = N_ ("New client secret"),
    .dialog_body = N_ ("The new secret of the external application of “%s”. Baton keeps it only once "
                       "the server has accepted it."),
    .dialog_apply = N_ ("Use this secret"),
    .dialog_failure = N_ ("The client secret was not accepted"),
    .refused = N_ ("Client ID and secret do not go together, or the secret has expired or was deleted. Compare them with the "
                   "external application in the organisation’s administration, or make a new secret there."),
    .revoked = N_ ("The client secret is not accepted any more"),
    .revoked_button = N_ ("Enter a new secret"),
    .group_body = N_ ("With it Baton asks for a new access token each hour. Whoever has it can act as "
                      "the application."),
    .group_replace = N_ ("Replace secret"),
    .group_show = N_ ("Show the client secret"),
    .group_copy = N_ ("Copy the client secret"),
    .end_title = N_ ("Forget this access"),
    .end_body = N_ ("Forgets the client secret and the access token here"),
    .end_question = N_ ("Baton forgets the client secret and the access token. The secret itself is "
                        "deleted in the organisation’s external applications, not here."),
    .ended_there = N_ ("The client secret no longer works."),
    .ended_here = N_ ("The client secret was forgotten."),
    .still_here = N_ ("Access was revoked, the client secret is still kept"),
    .still_there = N_ ("The client secret is forgotten here, the server still takes it"),
  },
  [BATON_METHOD_PERSONAL_ACCESS_TOKEN] = {
    .name = N_ ("Personal access token"),
    .explain = N_ ("You make one under your user’s preferences, Personal Access Token, with the scopes "
                   "that you choose there. With the day that it ends Baton can tell you in time."),
    .inputs = BATON_INPUT_ACCESS_TOKEN | BATON_INPUT_EXPIRY | BATON_INPUT_TENANT,
    .required = BATON_INPUT_ACCESS_TOKEN,
    .kind = BATON_SECRET_PERSONAL_ACCESS_TOKEN,
    .secret = N_ ("Personal access token"),
    .typed = TRUE,
    .dialog_title = N_ ("New personal access token"),
    .dialog_body = N_ ("The new token for “%s”. You make one under your user’s preferences in "
                       "Automation Cloud. Baton keeps it only once Orchestrator has accepted it."),
    .dialog_apply = N_ ("Use this token"),
    .dialog_failure = N_ ("The personal access token was not accepted"),
    .refused = N_ ("A part of it may be missing, or it has expired or was revoked. Copy it again, or make a new one under your "
                   "user’s preferences."),
    .revoked = N_ ("The personal access token has expired or was revoked"),
    .revoked_button = N_ ("Enter a new token"),
    .group_body = N_ ("It is the access token itself and ends on the day that was chosen when it was "
                      "made. Whoever has it can act as you."),
    .group_replace = N_ ("Replace token"),
    .group_show = N_ ("Show the personal access token"),
    .group_copy = N_ ("Copy the personal access token"),
    .end_title = N_ ("Forget this access"),
    .end_body = N_ ("Forgets the personal access token here"),
    .end_question = N_ ("Baton forgets the personal access token. It is revoked under your user’s "
                        "preferences, Personal Access Token, not here."),
    .ended_there = N_ ("The personal access token no longer works."),
    .ended_here = N_ ("The personal access token was forgotten."),
    .still_here = N_ ("Access was revoked, the personal access token is still kept"),
    .still_there = N_ ("The personal access token is forgotten here, the server still takes it"),
  },
};

const BatonMethodText *
baton_method_text_get (BatonMethod method)
{
  g_return_val_if_fail ((guint)method < G_N_ELEMENTS (texts), &texts[0]);

  return &texts[method];
}

const BatonMethodText *
baton_method_text_get_of (BatonAccount *account)
{
  g_return_val_if_fail (BATON_IS_ACCOUNT (account), &texts[0]);

  return baton_method_text_get (baton_account_get_method (account));
}

/* TRUE where the secret itself was refused, and not the application that it goes with. */
static gboolean
is_refusal (const GError *error)
{
  const BatonErrorDetails *details = baton_error_get_details (error);

  if (!g_error_matches (error, BATON_ERROR, BATON_ERROR_KEY_REVOKED)
      && !g_error_matches (error, BATON_ERROR, BATON_ERROR_BAD_CREDENTIALS))
    return FALSE;
  return details == NULL || details->reason == NULL || g_str_equal (details->reason, "invalid_grant");
}

BatonErrorText *
baton_method_text_explain (const BatonMethodText *self, const GError *error)
{
  BatonErrorText *text;
  const char *said;
  char *body;

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (error != NULL, NULL);

  text = baton_error_text_new (error, NULL);
  if (!is_refusal (error))
    return text;

  g_free (text->title);
  text->title = g_strdup (_ (self->dialog_failure));
  /* What the server itself says is a line of its own, and stays. */
  said = strchr (text->body, '\n');
  body = g_strconcat (_ (self->refused), said, NULL);
  g_free (text->body);
  text->body = body;
  return text;
}
