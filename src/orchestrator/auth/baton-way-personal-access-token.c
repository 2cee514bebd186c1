/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n.h>

#include "baton-error.h"
#include "baton-way.h"

/* A personal access token is the access token itself, opaque, and nobody is asked for it (fact
 * sheet 2.4). */

static BatonToken *
read_answer (BatonSecret *secret,
             JsonObject *answer,
             gint64 asked_at,
             gint64 offset,
             BatonSecret **rotated,
             GError **error)
{
  gint64 expires_at = baton_secret_get_expires_at (secret);

  if (expires_at != 0 && asked_at + offset >= expires_at)
    {
      g_set_error_literal (error, BATON_ERROR, BATON_ERROR_KEY_REVOKED,
                           _ ("The personal access token has expired. Make a new one under your "
                              "user’s preferences."));
      return NULL;
    }

  return baton_token_new (baton_secret_get_value (secret), NULL, asked_at,
                          expires_at != 0 ? expires_at - offset : 0);
}

const BatonWay baton_way_personal_access_token = {
  .read = read_answer,
  .revoked_elsewhere
  = N_ ("A personal access token is revoked where it was made: under your user’s "
        "preferences, Personal Access Token."),
};
