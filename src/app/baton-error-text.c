/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n.h>

#include "baton-error.h"
#include "baton-error-text.h"
#include "baton-local-time.h"

/* What a code means to a person: which sentence, why and what to do, and the button that helps. */
typedef struct
{
  const char *title;
  const char *body;
  const char *button;
  const char *action;
} Words;

static Words
words_of_signing_in (BatonErrorCode code)
{
  if (code == BATON_ERROR_NOT_SIGNED_IN)
    return (Words){ _("You are not signed in"),
                    _("There is no key for this account any more, or Orchestrator refused the access token "
                      "twice. Sign in again."),
                    _("Sign in"), "win.sign-in-again" };
  if (code == BATON_ERROR_BAD_CREDENTIALS)
    return (Words){ _("The sign-in was refused"),
                    _("The key, client ID, user name or password is not what Orchestrator knows. Compare "
                      "them with the API Access page of Orchestrator and try again."),
                    _("Check the sign-in"), "win.sign-in-again" };
  if (code == BATON_ERROR_KEY_REVOKED)
    return (Words){ _("The user key was revoked"),
                    _("Someone chose “Revoke access” or made a new key, so this one no longer opens "
                      "Orchestrator. Copy the new key from the API Access page and enter it here."),
                    _("Enter a new key"), "win.replace-key" };
  if (code == BATON_ERROR_WRONG_ADDRESS)
    return (Words){ _("The key is good, the address is not"),
                    _("An access token was issued, but this address is not one it is valid for. The address "
                      "needs the account logical name and then the tenant logical name. Display names and "
                      "folder names do not belong in it, though they often look alike."),
                    _("Choose a tenant"), "win.choose-tenant" };
  if (code == BATON_ERROR_KEYRING_LOCKED)
    return (Words){ _("The keyring is locked"),
                    _("Baton keeps keys in the keyring of your desktop, and it was not unlocked."),
                    _("Unlock"), "win.unlock-keyring" };
  return (Words){ _("There is no keyring"),
                  _("No service that keeps secrets answered, for instance GNOME Keyring or KWallet. "
                    "Baton never writes a key to a file; it can keep it in memory for this run."),
                  NULL, NULL };
}

static Words
words_of_refusal (BatonErrorCode code)
{
  if (code == BATON_ERROR_FOLDER_MISSING)
    return (Words){ _("A folder is needed"),
                    _("This is kept per folder, and the folder was not given, does not exist any more, or "
                      "is not visible to you. Choose a folder at the top of the sidebar."),
                    NULL, NULL };
  if (code == BATON_ERROR_NOT_ALLOWED)
    return (Words){ _("You are not allowed to do this"),
                    _("Your roles in Orchestrator do not include it. Ask an administrator of the tenant."),
                    NULL, NULL };
  if (code == BATON_ERROR_NOT_FOUND)
    return (Words){ _("It is not there"),
                    _("It was deleted or moved in the meantime, or lies in a folder that you cannot see."),
                    NULL, NULL };
  if (code == BATON_ERROR_CONFLICT)
    return (Words){ _("It was changed in the meantime"),
                    _("What is on the server does not fit with what was asked: the name may be taken, or "
                      "the state may be another one by now. Refresh and look again."),
                    NULL, NULL };
  if (code == BATON_ERROR_RATE_LIMITED)
    return (Words){ _("Orchestrator asked to wait"),
                    _("Too many requests came in a short time. Baton waits as long as it was told and goes "
                      "on by itself."),
                    NULL, NULL };
  if (code == BATON_ERROR_NOT_IMPLEMENTED)
    return (Words){ _("This Orchestrator cannot do that"),
                    _("Its version does not have this function, or the sandbox does not play it."),
                    NULL, NULL };
  return (Words){ _("Orchestrator did not accept the request"),
                  _("A value was not what it expects. Nothing was changed."), NULL, NULL };
}

static Words
words_of_transport (BatonErrorCode code)
{
  if (code == BATON_ERROR_SERVER)
    return (Words){ _("Orchestrator has a problem"),
                    _("The server answered with an error of its own. It is usually short; try again in a "
                      "moment."),
                    NULL, NULL };
  if (code == BATON_ERROR_NO_NETWORK)
    return (Words){ _("Orchestrator cannot be reached"),
                    _("The host was not found, or it did not take the connection. Check the network, a VPN, "
                      "and the address."),
                    NULL, NULL };
  if (code == BATON_ERROR_TIMED_OUT)
    return (Words){ _("Orchestrator did not answer in time"),
                    _("The connection stands, but no answer came. The server may be busy; try again."),
                    NULL, NULL };
  if (code == BATON_ERROR_TLS)
    return (Words){ _("The connection is not safe"),
                    _("The certificate of the server is not trusted on this computer, so nothing was sent. "
                      "If it is your company’s own, have its authority added to the system’s "
                      "certificates."),
                    NULL, NULL };
  return (Words){ _("The answer could not be understood"),
                  _("What came back is not what an Orchestrator answers. The address may lead to a web page "
                    "or to a proxy, or the answer was cut on its way."),
                  NULL, NULL };
}

static Words
words_of (BatonErrorCode code)
{
  switch (code)
    {
    case BATON_ERROR_NOT_SIGNED_IN:
    case BATON_ERROR_BAD_CREDENTIALS:
    case BATON_ERROR_KEY_REVOKED:
    case BATON_ERROR_WRONG_ADDRESS:
    case BATON_ERROR_KEYRING_LOCKED:
    case BATON_ERROR_KEYRING_UNAVAILABLE:
      return words_of_signing_in (code);
    case BATON_ERROR_FOLDER_MISSING:
    case BATON_ERROR_NOT_ALLOWED:
    case BATON_ERROR_NOT_FOUND:
    case BATON_ERROR_CONFLICT:
    case BATON_ERROR_RATE_LIMITED:
    case BATON_ERROR_NOT_IMPLEMENTED:
    case BATON_ERROR_INVALID:
      return words_of_refusal (code);
    case BATON_ERROR_SERVER:
    case BATON_ERROR_NO_NETWORK:
    case BATON_ERROR_TIMED_OUT:
    case BATON_ERROR_TLS:
    case BATON_ERROR_BAD_ANSWER:
    default:
      return words_of_transport (code);
    }
}

/* What the general sentence cannot know: the permission, the time, the service's own words. */
static void
add_particulars (GString *body, const GError *error, const BatonErrorDetails *details)
{
  if (error->code == BATON_ERROR_NOT_ALLOWED && details->permission != NULL)
    {
      g_string_append_c (body, ' ');
      /* TRANSLATORS: %s is a permission or scope as Orchestrator names it, e.g. Jobs.Create. */
      g_string_append_printf (body, _("The permission “%s” is missing."), details->permission);
    }
  if (error->code == BATON_ERROR_RATE_LIMITED && details->retry_at > 0)
    {
      g_autofree char *until = baton_local_time_format_clock (details->retry_at);

      g_string_append_c (body, ' ');
      /* TRANSLATORS: %s is a time of day. */
      g_string_append_printf (body, _("It goes on at %s."), until);
    }
}

/* Returns: TRUE where the service wrote the message, and it says more than our general sentence. */
static gboolean
message_says_more (const GError *error, const BatonErrorDetails *details)
{
  if (details == NULL || details->http_status == 0)
    return FALSE;
  switch (error->code)
    {
    case BATON_ERROR_INVALID:
    case BATON_ERROR_CONFLICT:
    case BATON_ERROR_NOT_ALLOWED:
    case BATON_ERROR_NOT_FOUND:
    case BATON_ERROR_NOT_IMPLEMENTED:
    case BATON_ERROR_SERVER:
    case BATON_ERROR_BAD_CREDENTIALS:
      return error->message != NULL && *error->message != '\0';
    default:
      return FALSE;
    }
}

static void
add_line (GString *text, const char *label, const char *value)
{
  if (value == NULL || *value == '\0')
    return;
  if (text->len > 0)
    g_string_append_c (text, '\n');
  g_string_append_printf (text, "%s: %s", label, value);
}

static char *
make_technical (const GError *error, const BatonErrorDetails *details)
{
  g_autoptr (GString) text = g_string_new (NULL);

  if (details != NULL)
    {
      g_autofree char *status
          = details->http_status != 0 ? g_strdup_printf ("%u", details->http_status) : NULL;
      g_autofree char *code
          = details->service_code != 0 ? g_strdup_printf ("%d", details->service_code) : NULL;

      add_line (text, _("Request"), details->request);
      add_line (text, _("HTTP status"), status);
      add_line (text, _("Error code"), code);
      add_line (text, _("Trace ID"), details->trace_id);
      add_line (text, _("Message"), error->message);
      add_line (text, _("Details"), details->technical);
    }
  else
    {
      add_line (text, _("Message"), error->message);
    }
  return text->len > 0 ? g_strdup (text->str) : NULL;
}

BatonErrorText *
baton_error_text_new (const GError *error, const char *what)
{
  BatonErrorText *self;
  const BatonErrorDetails *details;
  g_autoptr (GString) body = NULL;
  Words words;

  g_return_val_if_fail (error != NULL, NULL);

  self = g_new0 (BatonErrorText, 1);
  details = baton_error_get_details (error);
  self->technical = make_technical (error, details);
  /* A check of our own says in full what is wrong with what was typed. */
  if (error->domain != BATON_ERROR
      || (error->code == BATON_ERROR_INVALID && (details == NULL || details->http_status == 0)))
    {
      self->title = g_strdup (what != NULL ? what : _("That did not work"));
      self->body = g_strdup (error->message);
      return self;
    }

  words = words_of (error->code);
  body = g_string_new (NULL);
  /* What was being done goes first; then the meaning of the code belongs to the reasons. */
  if (what != NULL)
    g_string_append_printf (body, "%s. ", words.title);
  g_string_append (body, words.body);
  if (details != NULL)
    add_particulars (body, error, details);
  if (message_says_more (error, details))
    {
      g_string_append_c (body, '\n');
      /* TRANSLATORS: %s is a sentence that the server wrote. */
      g_string_append_printf (body, _("Orchestrator says: %s"), error->message);
    }

  self->title = g_strdup (what != NULL ? what : words.title);
  self->body = g_strdup (body->str);
  self->button = g_strdup (words.button);
  self->action = g_strdup (words.action);
  return self;
}

void
baton_error_text_free (BatonErrorText *self)
{
  if (self == NULL)
    return;
  g_free (self->title);
  g_free (self->body);
  g_free (self->button);
  g_free (self->action);
  g_free (self->technical);
  g_free (self);
}
