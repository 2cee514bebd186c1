/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sandbox-scenario.h"

#include <baton-json.h>

#include "sandbox-clock.h"
#include "sandbox-control.h"
#include "sandbox-scenario-row.h"
#include "sandbox-settings.h"

static gboolean
fail (GError **error, const char *why, const char *what)
{
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT, "%s '%s'", why, what);

  return FALSE;
}

JsonNode *
sandbox_scenario_load (const char *file, GError **error)
{
  g_autofree char *text = NULL;
  g_autoptr (JsonNode) root = NULL;
  gsize length;

  g_return_val_if_fail (file != NULL, NULL);

  if (!g_file_get_contents (file, &text, &length, error))
    return NULL;
  root = baton_json_parse_text (text, (gssize)length, error);
  if (root == NULL)
    {
      g_prefix_error (error, "%s: ", file);
      return NULL;
    }
  if (baton_json_peek_root_object (root) == NULL)
    {
      fail (error, "It is no JSON object:", file);
      return NULL;
    }

  return g_steal_pointer (&root);
}

/* @object: (out) (nullable): the object @name of @scenario. Returns: FALSE where it is something
 * else. */
static gboolean
read_object (JsonObject *scenario, const char *name, JsonObject **object, GError **error)
{
  *object = baton_json_peek_object (scenario, name);

  return *object != NULL || !baton_json_has (scenario, name)
         || fail (error, "It is no object:", name);
}

static gboolean
check_members (JsonObject *object, const char *const *known, const char *why, GError **error)
{
  g_auto (GStrv) names = baton_json_dup_names (object);

  for (gsize i = 0; names[i] != NULL; i++)
    if (!g_strv_contains (known, names[i]))
      return fail (error, why, names[i]);

  return TRUE;
}

static gboolean
write_rows (SandboxStore *store, const SandboxEntitySet *set, JsonArray *rows, GError **error)
{
  for (guint i = 0; i < baton_json_length (rows); i++)
    {
      JsonObject *row = baton_json_peek_object_at (rows, i);

      if (row == NULL)
        return fail (error, "It has a row that is no object:", set->name);
      if (!sandbox_scenario_write_row (store, set, row, error))
        {
          g_prefix_error (error, "entities, %s, row %u: ", set->name, i + 1);
          return FALSE;
        }
    }

  return TRUE;
}

/* @rows: (out): those of "{"replace": true, "rows": […]}". */
static gboolean
read_replacement (JsonObject *object, JsonArray **rows, gboolean *replace, GError **error)
{
  static const char *const known[] = { "replace", "rows", NULL };

  *rows = baton_json_peek_array (object, "rows");
  *replace = baton_json_peek_bool (object, "replace", FALSE);
  /* What is neither is what it falls back to. */
  if (baton_json_has (object, "replace")
      && *replace != baton_json_peek_bool (object, "replace", TRUE))
    return fail (error, "It is neither true nor false:", "replace");

  return check_members (object, known, "A set of entities has no member", error);
}

/* "Assets": […] adds, "Assets": {"replace": true, "rows": […]} takes the place of all there are. */
static gboolean
write_set (SandboxStore *store, JsonObject *entities, const char *name, GError **error)
{
  const SandboxEntitySet *set = sandbox_entity_set_find (name);
  JsonArray *rows = baton_json_peek_array (entities, name);
  JsonObject *object = baton_json_peek_object (entities, name);
  gboolean replace = FALSE;

  if (set == NULL)
    return fail (error, "There is no entity set", name);
  if (object != NULL && !read_replacement (object, &rows, &replace, error))
    return FALSE;
  if (rows == NULL)
    return fail (error, "It has no array of rows:", name);
  if (replace)
    {
      /* With a condition the store is told of each row, and counts again. */
      g_autofree char *sql = g_strdup_printf ("DELETE FROM \"%s\" WHERE 1", set->name);

      sandbox_store_exec (store, sql);
    }

  return write_rows (store, set, rows, error);
}

/* In the order of the file, so that one may lead to another that stands before it. */
static gboolean
write_entities (SandboxStore *store, JsonObject *entities, GError **error)
{
  g_auto (GStrv) names = baton_json_dup_names (entities);

  for (gsize i = 0; names[i] != NULL; i++)
    if (!write_set (store, entities, names[i], error))
      return FALSE;

  return TRUE;
}

/* Returns: (transfer full) (nullable): SandboxFaultRule. */
static GPtrArray *
read_faults (JsonObject *scenario, GError **error)
{
  g_autoptr (GPtrArray) rules
      = g_ptr_array_new_with_free_func ((GDestroyNotify)sandbox_fault_rule_unref);
  JsonArray *faults = baton_json_peek_array (scenario, "faults");

  if (faults == NULL && baton_json_has (scenario, "faults"))
    {
      fail (error, "It is no array:", "faults");
      return NULL;
    }
  for (guint i = 0; i < baton_json_length (faults); i++)
    {
      JsonObject *object = baton_json_peek_object_at (faults, i);
      SandboxFaultRule *rule = NULL;

      if (object != NULL)
        rule = sandbox_fault_rule_new (object, error);
      else
        fail (error, "It is no object:", "fault");
      if (rule == NULL)
        {
          g_prefix_error (error, "faults, number %u: ", i + 1);
          return NULL;
        }
      g_ptr_array_add (rules, rule);
    }

  return g_steal_pointer (&rules);
}

gboolean
sandbox_scenario_apply (SandboxServer *server,
                        JsonObject *scenario,
                        gboolean with_entities,
                        GError **error)
{
  static const char *const known[] = { "$schema", "settings", "clock", "faults", "entities", NULL };
  SandboxStore *store;
  SandboxOptions options;
  JsonObject *settings, *clock, *entities;
  g_autoptr (GPtrArray) faults = NULL;
  gint64 now = 0;

  g_return_val_if_fail (SANDBOX_IS_SERVER (server), FALSE);
  g_return_val_if_fail (scenario != NULL, FALSE);

  store = sandbox_server_get_store (server);
  options = *sandbox_server_get_options (server);
  if (!check_members (scenario, known, "A scenario has no member", error)
      || !read_object (scenario, "settings", &settings, error)
      || !read_object (scenario, "clock", &clock, error)
      || !read_object (scenario, "entities", &entities, error))
    return FALSE;
  if (settings != NULL && !sandbox_settings_apply (&options, settings, error))
    return FALSE;
  faults = read_faults (scenario, error);
  if (faults == NULL || (clock != NULL && !sandbox_control_read_clock (clock, &now, error)))
    return FALSE;
  if (now != 0)
    sandbox_clock_set (now);

  if (entities != NULL && with_entities)
    {
      gboolean written;

      sandbox_store_begin (store);
      written = write_entities (store, entities, error);
      if (written)
        sandbox_store_commit (store);
      else
        {
          sandbox_store_rollback (store);
          return FALSE;
        }
    }
  sandbox_server_set_settings (server, &options);
  for (guint i = 0; i < faults->len; i++)
    sandbox_faults_add (sandbox_server_get_faults (server),
                        sandbox_fault_rule_ref (faults->pdata[i]));

  return TRUE;
}

static void
apply_cb (SandboxRequest *request)
{
  GError *error = NULL;

  if (!sandbox_control_has_body (request))
    return;
  if (sandbox_scenario_apply (request->server, request->body, TRUE, &error))
    sandbox_reply_empty (request, SOUP_STATUS_NO_CONTENT);
  else
    sandbox_control_refuse (request, error);
}

const SandboxOperation sandbox_scenario_operations[] = {
  SANDBOX_CONTROL ("POST", "/scenario", apply_cb),
  { NULL },
};
