/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n.h>

#include "baton-diagnosis-private.h"
#include "baton-json.h"
#include "baton-time.h"

/* What the token says of itself (fact sheet 2.1, 2.3). Its signature is the server's matter; who
 * the person is stays out, so that the report can be shown to others. */

/* A difference that no one sees. */
#define LEEWAY (2 * 60)

static const struct
{
  const char *claim;
  const char *name;
} shown[] = {
  { "iss", N_ ("Issued by") },          { "aud", N_ ("Meant for") },
  { "prt_id", N_ ("Organisation ID") }, { "client_id", N_ ("Application") },
  { "azp", N_ ("Application") },        { "scope", N_ ("Scopes") },
  { "sub_type", N_ ("Kind of user") },
};

/* Returns: (transfer full) (nullable): a text, or the texts of an array, parted by blanks. */
static char *
dup_claim (JsonObject *claims, const char *name)
{
  JsonArray *array = baton_json_peek_array (claims, name);
  GString *text = NULL;

  if (array == NULL)
    return g_strdup (baton_json_peek_string (claims, name));

  text = g_string_new (NULL);
  for (guint i = 0; i < baton_json_length (array); i++)
    {
      const char *item = baton_json_peek_string_at (array, i);

      if (item != NULL)
        g_string_append_printf (text, "%s%s", text->len > 0 ? " " : "", item);
    }

  return g_string_free (text, FALSE);
}

static void
run (BatonDiagnosis *self)
{
  JsonObject *claims = NULL;
  gint64 now = baton_clock_now (self->clock) / G_USEC_PER_SEC;
  gint64 begins, ends;

  self->claims = baton_token_dup_claims (self->token);
  if (self->claims == NULL)
    {
      _baton_diagnosis_pass (self, g_strdup (_ ("The token is opaque: it says nothing of itself, "
                                                "and only the server can judge it.")));
      return;
    }

  claims = baton_json_peek_root_object (self->claims);
  for (guint i = 0; i < G_N_ELEMENTS (shown); i++)
    {
      g_autofree char *value = dup_claim (claims, shown[i].claim);

      _baton_diagnosis_add_detail (self, shown[i].name, value);
    }

  begins = baton_json_peek_int (claims, "nbf", baton_json_peek_int (claims, "iat", 0));
  ends = baton_json_peek_int (claims, "exp", 0);
  if (begins > now + LEEWAY)
    _baton_diagnosis_note (
        self,
        g_strdup_printf (ngettext ("The token is good only in %u minute, as this computer counts: "
                                   "its clock is slow, or the server’s fast.",
                                   "The token is good only in %u minutes, as this computer "
                                   "counts: its clock is slow, or the server’s fast.",
                                   (gulong)((begins - now) / 60)),
                         (guint)((begins - now) / 60)));
  else if (ends != 0 && ends < now - LEEWAY)
    _baton_diagnosis_note (
        self,
        g_strdup_printf (ngettext ("The token ended %u minute ago, as this computer counts: its "
                                   "clock is fast, or the server’s slow.",
                                   "The token ended %u minutes ago, as this computer counts: its "
                                   "clock is fast, or the server’s slow.",
                                   (gulong)((now - ends) / 60)),
                         (guint)((now - ends) / 60)));
  else
    _baton_diagnosis_pass (self, g_strdup (_ ("What the token says of itself can be read, and its "
                                              "times fit this computer’s clock.")));
}

const BatonCheckEntry _baton_check_claims = {
  .id = "claims",
  .title = N_ ("Claims"),
  .needs = "token",
  .run = run,
};
