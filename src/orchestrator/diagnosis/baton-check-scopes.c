/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n.h>

#include "auth/baton-scopes.h"
#include "baton-diagnosis-private.h"
#include "resources/baton-resource.h"

/* Was the application given every scope that was asked for, and do they open what Baton shows?
 * (fact sheet 2.3) */

/* Returns: (transfer full): those of @asked that are not in @granted. */
static char *
find_lacking (const char *asked, const char *granted)
{
  g_auto (GStrv) had = g_strsplit (granted, " ", -1);
  g_auto (GStrv) names = g_strsplit (asked != NULL ? asked : "", " ", -1);
  GString *text = g_string_new (NULL);

  for (guint i = 0; names[i] != NULL; i++)
    if (*names[i] != '\0'
        && !g_strv_contains ((const char *const *)had, names[i])
        /* not of the token, but of the refresh token beside it */
        && !g_str_equal (names[i], "offline_access"))
      g_string_append_printf (text, "%s%s", text->len > 0 ? ", " : "", names[i]);

  return g_string_free (text, FALSE);
}

/* Returns: (transfer full): the pages of Baton that stay closed, as "Assets (OR.Assets.Read), …";
 * empty for none. */
static char *
describe_closed (const char *scopes)
{
  const BatonResource *const *catalogue = baton_catalogue_get ();
  GString *text = g_string_new (NULL);

  for (guint i = 0; catalogue[i] != NULL; i++)
    {
      g_autofree char *missing = baton_scopes_find_missing (scopes, "GET", catalogue[i]->path);

      if (missing != NULL)
        g_string_append_printf (text, "%s%s (%s)", text->len > 0 ? ", " : "",
                                _ (catalogue[i]->title), missing);
    }

  return g_string_free (text, FALSE);
}

static void
run (BatonDiagnosis *self)
{
  BatonAccount *account = _baton_diagnosis_get_account (self);
  const char *asked = baton_account_get_scopes (account);
  g_autofree char *granted = NULL;
  g_autofree char *lacking = NULL;
  g_autofree char *closed = NULL;

  if (baton_account_get_method (account) == BATON_METHOD_PERSONAL_ACCESS_TOKEN)
    {
      _baton_diagnosis_pass (self, g_strdup (_ ("A personal access token has the scopes that were "
                                                "ticked when it was made; it does not tell "
                                                "which.")));
      return;
    }
  if (!baton_scopes_are_asked_for (baton_account_get_method (account)))
    {
      _baton_diagnosis_pass (self, g_strdup (_ ("This way to sign in has no scopes: your roles "
                                                "alone decide.")));
      return;
    }

  _baton_diagnosis_add_detail (self, N_ ("Asked for"), asked);
  granted = baton_scopes_dup_claimed (self->claims);
  if (granted == NULL)
    {
      _baton_diagnosis_note (self, g_strdup (_ ("The token does not tell which scopes it has.")));
      return;
    }

  _baton_diagnosis_add_detail (self, N_ ("Granted"), granted);
  lacking = find_lacking (asked, granted);
  closed = describe_closed (granted);
  if (*lacking != '\0')
    _baton_diagnosis_note (self, g_strdup_printf (
                                     /* TRANSLATORS: %s is a list of scopes */
                                     _ ("Asked for, but not granted: %s. An administrator can add "
                                        "it to the external application."),
                                     lacking));
  else if (*closed != '\0')
    _baton_diagnosis_note (self, g_strdup_printf (
                                     /* TRANSLATORS: %s is a list of "Assets (OR.Assets.Read)" */
                                     _ ("Baton misses a scope for: %s."), closed));
  else
    _baton_diagnosis_pass (self, g_strdup (_ ("All scopes that were asked for were granted.")));
}

const BatonCheckEntry _baton_check_scopes = {
  .id = "scopes",
  .title = N_ ("Scopes"),
  .needs = "token",
  .run = run,
};
