/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n.h>

#include "auth/baton-scopes.h"
#include "baton-error-text.h"
#include "baton-error-words.h"
#include "baton-local-time.h"

static gboolean
lacks_scope (const BatonErrorDetails *details)
{
  return details != NULL && g_strcmp0 (details->reason, BATON_REASON_SCOPE) == 0;
}

/* What the general sentence cannot know: the permission, the time, the service's own words. */
static void
add_particulars (GString *body, const GError *error, const BatonErrorDetails *details)
{
  if (error->code == BATON_ERROR_NOT_ALLOWED && details->permission != NULL && !lacks_scope (details))
    {
      g_string_append_c (body, ' ');
      /* TRANSLATORS: %s is a permission as Orchestrator names it, e.g. Jobs.Create. */
      g_string_append_printf (body, _("The permission “%s” is missing."), details->permission);
    }
  if (error->code == BATON_ERROR_RATE_LIMITED && details->retry_at > 0)
    {
      g_autofree char *until = baton_local_time_format_clock (details->retry_at);

      g_string_append_c (body, ' ');
      /* TRANSLATORS: %s is a time of day. */
      g_string_append_printf (body, _("It goes on at %s."), until);
    }
  if ((error->code == BATON_ERROR_NO_NETWORK || error->code == BATON_ERROR_TIMED_OUT) && details->retry_at > 0)
    {
      g_autofree char *next = baton_local_time_format_clock (details->retry_at);

      g_string_append_c (body, ' ');
      /* TRANSLATORS: %s is a time of day. */
      g_string_append_printf (body, _("Baton tries again by itself at %s, or as soon as the network is back."), next);
    }
}

/* Which one, and for what in Baton. */
static void
begin_with_scope (GString *body, const char *scope)
{
  const BatonScopeFamily *family = baton_scopes_find_family_of (scope);

  /* TRANSLATORS: a scope, "OR.Jobs.Write", and what it opens: "Jobs and triggers". */
  g_string_append_printf (body, _("Baton misses the scope “%s” for: %s."), scope, family != NULL ? _(family->opens) : scope);
  g_string_append_c (body, ' ');
}

/* TRUE for what the browser came back with: the message says in full what it means, with the address to register. */
static gboolean
is_from_browser (const GError *error, const BatonErrorDetails *details)
{
  return details != NULL && details->http_status == 0 && details->reason != NULL && error->code != BATON_ERROR_NO_NETWORK;
}

/* What can be known of an error beforehand is in the words; what it is about this time goes with the action. Returns: (transfer full)
 * (nullable). */
static char *
make_action (const BatonErrorWords *words, const BatonErrorDetails *details)
{
  if (lacks_scope (details))
    return g_strconcat (words->action, "::", details->permission, NULL);
  if (details != NULL && g_strcmp0 (details->reason, BATON_REASON_MOVED) == 0)
    return g_strconcat (words->action, "::", details->location, NULL);
  return g_strdup (words->action);
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
  const BatonErrorWords *words;

  g_return_val_if_fail (error != NULL, NULL);

  self = g_new0 (BatonErrorText, 1);
  details = baton_error_get_details (error);
  self->technical = make_technical (error, details);
  /* A check of our own says in full what is wrong with what was typed. */
  if (error->domain != BATON_ERROR
      || (error->code == BATON_ERROR_INVALID && (details == NULL || details->http_status == 0) && !is_from_browser (error, details)))
    {
      self->title = g_strdup (what != NULL ? what : _("That did not work"));
      self->body = g_strdup (error->message);
      return self;
    }

  words = baton_error_words_find (error->code, details);
  body = g_string_new (NULL);
  /* What was being done goes first; then the meaning of the code belongs to the reasons. */
  if (lacks_scope (details))
    begin_with_scope (body, details->permission);
  else if (details != NULL && details->location != NULL)
    g_string_append_printf (body, "%s ", error->message);
  else if (what != NULL)
    g_string_append_printf (body, "%s. ", _(words->title));
  g_string_append (body, is_from_browser (error, details) ? error->message : _(words->body));
  /* What was found wrong on the way, and then what can be done about it. */
  if (error->code == BATON_ERROR_TLS && is_from_browser (error, details))
    g_string_append_printf (body, " %s", _(words->body));
  if (details != NULL)
    add_particulars (body, error, details);
  /* What OAuth says in a word was put into a sentence of ours. */
  if (words->reason == NULL && message_says_more (error, details))
    {
      g_string_append_c (body, '\n');
      /* TRANSLATORS: %s is a sentence that the server wrote. */
      g_string_append_printf (body, _("Orchestrator says: %s"), error->message);
    }

  self->title = g_strdup (what != NULL ? what : _(words->title));
  self->body = g_strdup (body->str);
  self->button = words->button != NULL ? g_strdup (_(words->button)) : NULL;
  self->action = make_action (words, details);
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
