/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n.h>

#include "baton-check-text.h"
#include "baton-error.h"
#include "baton-redact.h"
#include "baton-time.h"

/* What helps where the error itself names nothing, or names this very check. */
static const struct
{
  const char *check;
  const char *button;
  const char *action;
  gboolean also_noticed; /* also where it works, but is worth a look */
} remedies[] = {
  { "address", N_("Edit the account"), "win.sign-in-again", FALSE },
  { "dns", N_("Edit the account"), "win.sign-in-again", FALSE },
  { "proxy", N_("Network and certificates…"), "win.network-settings", FALSE },
  { "tls", N_("Edit the account"), "win.sign-in-again", FALSE },
  { "version", N_("Edit the account"), "win.sign-in-again", FALSE },
  { "token", N_("Sign in again"), "win.sign-in-again", FALSE },
  { "claims", N_("Sign in again"), "win.sign-in-again", FALSE },
  { "organization", N_("Choose a tenant"), "win.choose-tenant", FALSE },
  { "tenant", N_("Choose a tenant"), "win.choose-tenant", FALSE },
  { "folders", N_("Choose a folder"), "workspace.choose-folder", FALSE },
  { "scopes", N_("Change the scopes"), "win.sign-in-again", TRUE },
};

const char *
baton_check_text_get_state (BatonCheckState state)
{
  switch (state)
    {
    case BATON_CHECK_WAITING:
      return _("Waiting");
    case BATON_CHECK_RUNNING:
      return _("Running");
    case BATON_CHECK_GOOD:
      return _("Good");
    case BATON_CHECK_NOTICE:
      return _("To know");
    case BATON_CHECK_FAILED:
      return _("Failed");
    case BATON_CHECK_SKIPPED:
    default:
      return _("Not checked");
    }
}

char *
baton_check_text_format_duration (gint64 duration)
{
  if (duration < G_USEC_PER_SEC)
    /* TRANSLATORS: milliseconds */
    return g_strdup_printf (_("%u ms"), (guint) ((duration + 999) / 1000));
  /* TRANSLATORS: seconds */
  return g_strdup_printf (_("%.1f s"), (double) duration / G_USEC_PER_SEC);
}

/* Takes the place of what only leads here again. */
static void
find_remedy (BatonErrorText *text, BatonCheck *check, gboolean noticed)
{
  if (text->action != NULL && g_strcmp0 (text->action, "win.check-connection") != 0
      && g_strcmp0 (text->action, "view.refresh") != 0)
    return;
  g_clear_pointer (&text->button, g_free);
  g_clear_pointer (&text->action, g_free);
  for (guint i = 0; i < G_N_ELEMENTS (remedies); i++)
    if (g_str_equal (remedies[i].check, baton_check_get_id (check)) && (!noticed || remedies[i].also_noticed))
      {
        text->button = g_strdup (_(remedies[i].button));
        text->action = g_strdup (remedies[i].action);
      }
}

/* TRUE where the message is a sentence of ours, not one of the server or of a library. */
static gboolean
is_own_sentence (const GError *error)
{
  const BatonErrorDetails *details = baton_error_get_details (error);

  return details->http_status == 0 && error->code != BATON_ERROR_NO_NETWORK && error->code != BATON_ERROR_TIMED_OUT
         && error->code != BATON_ERROR_BAD_ANSWER;
}

/* What was said already is not said again. */
static void
drop_beginning (char **text, const char *beginning)
{
  char *rest = NULL;

  if (*text == NULL || !g_str_has_prefix (*text, beginning))
    return;
  rest = g_strchug (g_strdup (*text + strlen (beginning)));
  g_free (*text);
  *text = *rest != '\0' ? g_strdup (rest) : NULL;
  g_free (rest);
}

static BatonErrorText *
explain_failure (BatonCheck *check)
{
  const GError *error = baton_check_get_error (check);
  BatonErrorText *text = baton_error_text_new (error, NULL);

  /* What was found out is the sentence; what such an error means in general comes after it. */
  if (is_own_sentence (error))
    {
      if (error->code == BATON_ERROR_INVALID)
        g_clear_pointer (&text->body, g_free);
      drop_beginning (&text->body, error->message);
      g_free (text->title);
      text->title = g_strdup (error->message);
    }
  find_remedy (text, check, FALSE);
  return text;
}

BatonErrorText *
baton_check_text_new (BatonCheck *check)
{
  BatonErrorText *text;

  g_return_val_if_fail (BATON_IS_CHECK (check), NULL);

  if (baton_check_get_state (check) == BATON_CHECK_FAILED)
    return explain_failure (check);
  text = g_new0 (BatonErrorText, 1);
  text->title = g_strdup (baton_check_get_sentence (check));
  if (baton_check_get_state (check) == BATON_CHECK_NOTICE)
    find_remedy (text, check, TRUE);
  return text;
}

static guint
count (BatonDiagnosis *diagnosis, BatonCheckState state)
{
  GListModel *checks = baton_diagnosis_get_checks (diagnosis);
  guint n = 0;

  for (guint i = 0; i < g_list_model_get_n_items (checks); i++)
    {
      g_autoptr (BatonCheck) check = g_list_model_get_item (checks, i);

      if (baton_check_get_state (check) == state)
        n++;
    }
  return n;
}

char *
baton_check_text_summarize (BatonDiagnosis *diagnosis)
{
  guint n_failed, n_noticed;

  g_return_val_if_fail (BATON_IS_DIAGNOSIS (diagnosis), NULL);

  if (baton_diagnosis_is_running (diagnosis))
    return g_strdup (_("Checking, one step after the other…"));
  n_failed = count (diagnosis, BATON_CHECK_FAILED);
  n_noticed = count (diagnosis, BATON_CHECK_NOTICE);
  if (count (diagnosis, BATON_CHECK_WAITING) > 0)
    return g_strdup (_("The check was stopped."));
  if (n_failed > 0)
    return g_strdup_printf (ngettext ("%u step failed. What to do stands with it.", "%u steps failed. What to do stands with them.", n_failed),
                            n_failed);
  if (n_noticed > 0)
    return g_strdup_printf (ngettext ("It works. There is %u thing to know.", "It works. There are %u things to know.", n_noticed), n_noticed);
  return g_strdup (_("Everything works."));
}

static void
report_line (GString *report, const char *name, const char *value)
{
  g_auto (GStrv) lines = NULL;

  if (value == NULL || *value == '\0')
    return;
  lines = g_strsplit (value, "\n", -1);
  for (guint i = 0; lines[i] != NULL; i++)
    g_string_append_printf (report, "    %s%s%s\n", i == 0 && name != NULL ? name : "", i == 0 && name != NULL ? ": " : "", lines[i]);
}

static void
report_check (GString *report, BatonCheck *check)
{
  g_autoptr (BatonErrorText) text = baton_check_text_new (check);
  g_autofree char *duration = baton_check_text_format_duration (baton_check_get_duration (check));
  BatonCheckState state = baton_check_get_state (check);

  g_string_append_printf (report, "[%s] %s", baton_check_text_get_state (state), baton_check_get_title (check));
  if (state != BATON_CHECK_SKIPPED && state != BATON_CHECK_WAITING)
    g_string_append_printf (report, " (%s)", duration);
  g_string_append_c (report, '\n');
  report_line (report, NULL, text->title);
  report_line (report, NULL, text->body);
  for (guint i = 0; i < baton_check_get_n_details (check); i++)
    {
      const char *name, *value;

      baton_check_get_detail (check, i, &name, &value);
      report_line (report, name, value);
    }
  report_line (report, NULL, text->technical);
}

char *
baton_check_text_report (BatonDiagnosis *diagnosis, gint64 now)
{
  g_autoptr (GString) report = g_string_new (NULL);
  g_autofree char *time = baton_time_format (now);
  g_autofree char *summary = NULL;
  BatonAccount *account;
  GListModel *checks;

  g_return_val_if_fail (BATON_IS_DIAGNOSIS (diagnosis), NULL);

  account = baton_connection_get_account (baton_diagnosis_get_connection (diagnosis));
  checks = baton_diagnosis_get_checks (diagnosis);
  summary = baton_check_text_summarize (diagnosis);
  g_string_append_printf (report, "Baton %s, %s\n%s\n%s\n\n", PACKAGE_VERSION, time, baton_account_get_name (account), summary);
  for (guint i = 0; i < g_list_model_get_n_items (checks); i++)
    {
      g_autoptr (BatonCheck) check = g_list_model_get_item (checks, i);

      report_check (report, check);
    }
  /* Everything in it was redacted as it came; a secret may have become known since. */
  return baton_redact (report->str);
}
