/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n.h>

#include "baton-diagnosis-private.h"
#include "baton-error.h"
#include "baton-json.h"
#include "resources/baton-resource.h"

/* Do the roles allow what Baton's pages show? */

#define PATH "/odata/Users/UiPath.Server.Configuration.OData.GetCurrentPermissions"
#define MOST_NAMES 4

/* Returns: (transfer full): the pages that stay closed, as "Jobs, Queues, …"; empty for none. Each
 * with its permission is a detail. */
static char *
describe_closed (BatonDiagnosis *self, GHashTable *granted)
{
  const BatonResource *const *catalogue = baton_catalogue_get ();
  GString *text = g_string_new (NULL);
  guint n_closed = 0;

  for (guint i = 0; catalogue[i] != NULL; i++)
    {
      const char *title = _ (catalogue[i]->title);
      g_autofree char *detail = NULL;

      if (catalogue[i]->permission == NULL
          || g_hash_table_contains (granted, catalogue[i]->permission))
        continue;
      detail = g_strdup_printf ("%s (%s)", title, catalogue[i]->permission);
      _baton_diagnosis_add_detail (self, N_ ("Closed"), detail);
      if (n_closed < MOST_NAMES)
        g_string_append_printf (text, "%s%s", n_closed > 0 ? ", " : "", title);
      n_closed++;
    }
  if (n_closed > MOST_NAMES)
    g_string_append (text, ", …");

  return g_string_free (text, FALSE);
}

static void
judge (BatonDiagnosis *self, JsonArray *array)
{
  g_autoptr (GHashTable) granted = g_hash_table_new (g_str_hash, g_str_equal);
  g_autofree char *closed = NULL;
  guint n;

  for (guint i = 0; i < baton_json_length (array); i++)
    {
      const char *name = baton_json_peek_string_at (array, i);

      if (name != NULL)
        g_hash_table_add (granted, (gpointer)name);
    }

  n = g_hash_table_size (granted);
  closed = describe_closed (self, granted);
  if (*closed == '\0')
    _baton_diagnosis_pass (
        self, g_strdup_printf (ngettext ("%u permission, and all that Baton’s pages need.",
                                         "%u permissions, and all that Baton’s pages need.", n),
                               n));
  else
    _baton_diagnosis_note (self, g_strdup_printf (
                                     /* TRANSLATORS: %s is a list of pages, "Jobs, Queues" */
                                     _ ("Your roles in the tenant do not open these pages: %s. A "
                                        "role in a folder may still grant it."),
                                     closed));
}

static void
asked_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (BatonDiagnosis) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) root = baton_pipeline_send_finish (BATON_PIPELINE (source), result, &error);
  JsonArray *array = NULL;

  if (error == NULL)
    array = baton_json_peek_array (baton_json_peek_root_object (root), "Permissions");

  if (array != NULL)
    judge (self, array);
  /* An application is no user (fact sheet 3.5). */
  else if (error == NULL || g_error_matches (error, BATON_ERROR, BATON_ERROR_NOT_ALLOWED)
           || g_error_matches (error, BATON_ERROR, BATON_ERROR_NOT_FOUND))
    _baton_diagnosis_note (self, g_strdup (_ ("The server does not tell what this sign-in is "
                                              "permitted to do.")));
  else
    _baton_diagnosis_fail (self, g_steal_pointer (&error));
}

static void
run (BatonDiagnosis *self)
{
  _baton_diagnosis_ask (self, PATH, 0, asked_cb);
}

const BatonCheckEntry _baton_check_permissions = {
  .id = "permissions",
  .title = N_ ("Permissions"),
  .needs = "tenant",
  .run = run,
};
