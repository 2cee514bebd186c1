/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n.h>

#include "baton-diagnosis-private.h"
#include "baton-time.h"
#include "resources/baton-display.h"

/* Is there an access token that is good now? Where there is none, or its time is over, one is asked
 * for as for every request. */

static void
add_time (BatonDiagnosis *self, const char *name, gint64 time)
{
  g_autofree char *text = time != 0 ? baton_time_format (time) : NULL;

  _baton_diagnosis_add_detail (self, name, text);
}

static void
token_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (BatonDiagnosis) self = user_data;
  BatonTokenKeeper *keeper = BATON_TOKEN_KEEPER (source);
  g_autoptr (GError) error = NULL;
  gint64 now = baton_clock_now (self->clock);
  gint64 expires_at;

  self->token = baton_token_keeper_get_token_finish (keeper, result, &error);
  if (self->token == NULL)
    {
      _baton_diagnosis_fail (self, g_steal_pointer (&error));
      return;
    }

  expires_at = baton_token_get_expires_at (self->token);
  add_time (self, N_ ("Since"), baton_token_get_issued_at (self->token));
  add_time (self, N_ ("Good until"), expires_at);
  add_time (self, N_ ("Renewed at"), baton_token_keeper_get_renews_at (keeper));

  if (expires_at == 0)
    _baton_diagnosis_pass (self, g_strdup (_ ("There is an access token; nobody has said how long "
                                              "it is good.")));
  else
    {
      g_autofree char *until = baton_display_time (expires_at, now, NULL, FALSE);

      /* TRANSLATORS: a time, such as "Today 10:42" or "12 Nov 10:42". */
      _baton_diagnosis_pass (self, g_strdup_printf (_ ("There is an access token, good until: %s."), until));
    }
}

static void
run (BatonDiagnosis *self)
{
  BatonTokenKeeper *keeper = baton_connection_get_keeper (self->connection);

  /* A person wants to know how it is now. */
  baton_token_keeper_insist (keeper);
  baton_token_keeper_get_token_async (keeper, _baton_diagnosis_get_cancellable (self), token_cb,
                                      g_object_ref (self));
}

const BatonCheckEntry _baton_check_token = {
  .id = "token",
  .title = N_ ("Access token"),
  .needs = "tls",
  .run = run,
};
