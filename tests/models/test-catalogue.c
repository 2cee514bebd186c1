/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "baton-json.h"
#include "resources/baton-resource.h"

static const char *const ids[] = { "processes", "jobs",        "triggers", "logs",    "packages",
                                   "queues",    "queue-items", "assets",   "robots",  "machines",
                                   "sessions",  "users",       "roles",    "folders", NULL };

static GHashTable *
find_icons (void)
{
  GHashTable *icons = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GPtrArray) folders = g_ptr_array_new_with_free_func (g_free);

  g_ptr_array_add (folders, g_strdup ("/usr/share/icons/Adwaita"));
  while (folders->len > 0)
    {
      g_autofree char *folder = g_ptr_array_steal_index (folders, folders->len - 1);
      g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
      const char *name;

      while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
        {
          if (g_str_has_suffix (name, "-symbolic.svg"))
            g_hash_table_add (icons, g_strndup (name, strlen (name) - strlen (".svg")));
          else if (strchr (name, '.') == NULL)
            g_ptr_array_add (folders, g_build_filename (folder, name, NULL));
        }
    }
  return icons;
}

static void
assert_icon (GHashTable *icons, const char *name, const char *where)
{
  if (name == NULL || g_hash_table_size (icons) == 0 || g_hash_table_contains (icons, name))
    return;
  g_test_message ("%s: no icon %s", where, name);
  g_test_fail ();
}

static void
test_all (void)
{
  const BatonResource *const *all = baton_catalogue_get ();
  guint n = 0;

  for (; all[n] != NULL; n++)
    {
      g_assert_cmpstr (all[n]->id, ==, ids[n]);
      g_assert_true (baton_catalogue_find (all[n]->id) == all[n]);
    }
  g_assert_cmpuint (n, ==, g_strv_length ((char **) ids));
  g_assert_null (baton_catalogue_find ("tenant"));
  g_assert_null (baton_catalogue_find (NULL));
}

static void
check_fields (const BatonResource *resource, GHashTable *icons)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GHashTable) titles = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  guint n_default = 0;

  for (const BatonField *field = resource->fields; field->id != NULL; field++)
    {
      gboolean is_column = (field->flags & (BATON_FIELD_DETAIL | BATON_FIELD_HIDDEN)) == 0;

      g_assert_true (g_hash_table_add (seen, (gpointer) field->id));
      /* What stands beside each other is told apart by its title. */
      g_assert_true (g_hash_table_add (
          titles, g_strdup_printf ("%s/%s", field->section != NULL ? field->section : "", field->title)));
      g_assert_nonnull (field->property);
      g_assert_nonnull (field->title);
      g_assert_cmpint (field->states != NULL, ==, field->kind == BATON_FIELD_STATE);
      g_assert_cmpint (field->property_end != NULL, ==, field->kind == BATON_FIELD_DURATION);
      n_default += (field->flags & BATON_FIELD_DEFAULT) != 0;
      if ((field->flags & (BATON_FIELD_DEFAULT | BATON_FIELD_SORTABLE)) != 0)
        g_assert_true (is_column);
      /* A by-key read has to be there for what comes with it alone. */
      if ((field->flags & BATON_FIELD_DETAIL) != 0)
        g_assert_nonnull (resource->detail_path);
      for (guint i = 0; field->states != NULL && field->states[i].value != NULL; i++)
        {
          g_assert_nonnull (field->states[i].label);
          assert_icon (icons, field->states[i].icon, resource->id);
          g_assert_true (baton_field_find_state (field, field->states[i].value)
                         == &field->states[i]);
        }
    }
  g_assert_cmpuint (n_default, >=, 3);
  g_assert_cmpuint (n_default, <=, 8);
  g_assert_cmpint (baton_resource_find_field (resource, resource->sort), >=, 0);
  g_assert_cmpint (baton_resource_find_field (resource, resource->name), >=, 0);
}

static void
check_actions (const BatonResource *resource, GHashTable *icons)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);

  for (const BatonAction *action = resource->actions; action != NULL && action->id != NULL;
       action++)
    {
      g_assert_true (g_hash_table_add (seen, (gpointer) action->id));
      g_assert_nonnull (action->label);
      g_assert_nonnull (action->permission);
      assert_icon (icons, action->icon, resource->id);
      g_assert_true ((action->form != NULL) != (action->make_request != NULL));
      g_assert_cmpint (action->destructive, ==, action->question != NULL);
      if (action->make_request != NULL)
        g_assert_true (action->needs_row);
    }
}

static void
test_valid (gconstpointer data)
{
  const BatonResource *resource = baton_catalogue_find (data);
  g_autoptr (GHashTable) icons = find_icons ();

  g_assert_nonnull (resource->title);
  g_assert_nonnull (resource->singular);
  g_assert_nonnull (resource->group);
  g_assert_nonnull (resource->key);
  g_assert_nonnull (resource->permission);
  g_assert_nonnull (resource->empty_title);
  g_assert_nonnull (resource->empty_hint);
  g_assert_true (g_str_has_prefix (resource->path, "/odata/"));
  if (resource->detail_path != NULL)
    g_assert_nonnull (strstr (resource->detail_path, "%s"));
  check_fields (resource, icons);
  if (g_hash_table_size (icons) == 0)
    g_test_skip ("The icon theme Adwaita is not here");
  assert_icon (icons, resource->icon, resource->id);
  check_actions (resource, icons);
  for (const BatonLink *link = resource->links; link != NULL && link->label != NULL; link++)
    {
      g_assert_nonnull (baton_catalogue_find (link->resource));
      assert_icon (icons, link->icon, resource->id);
    }
}

static BatonRecord *
make (const char *id, const char *text)
{
  g_autoptr (JsonNode) root = baton_json_parse_text (text, -1, NULL);
  g_autoptr (GError) error = NULL;
  BatonRecord *record
      = baton_record_new (baton_catalogue_find (id), baton_json_peek_root_object (root), &error);

  g_assert_no_error (error);
  return record;
}

static const BatonAction *
find_action (const char *resource, const char *id)
{
  for (const BatonAction *action = baton_catalogue_find (resource)->actions; action->id != NULL;
       action++)
    if (g_str_equal (action->id, id))
      return action;
  g_assert_not_reached ();
}

static void
test_actions (void)
{
  static const struct
  {
    const char *resource, *action, *record, *method, *path, *body, *permission;
    gint64 folder;
  } cases[] = {
    { "jobs", "stop", "{\"Id\":5,\"State\":\"Running\",\"OrganizationUnitId\":9}", "POST",
      "/odata/Jobs(5)/UiPath.Server.Configuration.OData.StopJob", "{\"strategy\":\"SoftStop\"}",
      "Jobs.Edit", 9 },
    { "jobs", "kill", "{\"Id\":5,\"State\":\"Stopping\"}", "POST",
      "/odata/Jobs(5)/UiPath.Server.Configuration.OData.StopJob", "{\"strategy\":\"Kill\"}",
      "Jobs.Edit", 3 },
    { "jobs", "restart", "{\"Id\":5,\"State\":\"Faulted\"}", "POST",
      "/odata/Jobs/UiPath.Server.Configuration.OData.RestartJob", "{\"jobId\":5}", "Jobs.Create",
      3 },
    { "triggers", "enable", "{\"Id\":4,\"Enabled\":false}", "POST",
      "/odata/ProcessSchedules/UiPath.Server.Configuration.OData.SetEnabled",
      "{\"scheduleIds\":[4],\"enabled\":true}", "Schedules.Edit", 3 },
    { "triggers", "disable", "{\"Id\":4,\"Enabled\":true}", "POST",
      "/odata/ProcessSchedules/UiPath.Server.Configuration.OData.SetEnabled",
      "{\"scheduleIds\":[4],\"enabled\":false}", "Schedules.Edit", 3 },
    { "assets", "delete", "{\"Id\":8}", "DELETE", "/odata/Assets(8)", NULL, "Assets.Delete", 3 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const BatonAction *action = find_action (cases[i].resource, cases[i].action);
      g_autoptr (BatonRecord) record = make (cases[i].resource, cases[i].record);
      g_autoptr (BatonRequest) request = action->make_request (record, 3);

      g_assert_true (action->applies (record));
      g_assert_cmpstr (baton_request_get_method (request), ==, cases[i].method);
      g_assert_cmpstr (baton_request_get_path (request), ==, cases[i].path);
      g_assert_cmpint (baton_request_get_folder (request), ==, cases[i].folder);
      g_assert_cmpstr (baton_request_get_permission (request), ==, cases[i].permission);
      g_assert_cmpstr (action->permission, ==, cases[i].permission);
      if (cases[i].body == NULL)
        g_assert_null (baton_request_get_body (request));
      else
        {
          g_autofree char *body = baton_json_to_text (baton_request_get_body (request), FALSE);

          g_assert_cmpstr (body, ==, cases[i].body);
        }
    }
}

static void
test_applies (void)
{
  g_autoptr (BatonRecord) running = make ("jobs", "{\"Id\":1,\"State\":\"Running\"}");
  g_autoptr (BatonRecord) done = make ("jobs", "{\"Id\":1,\"State\":\"Successful\"}");
  g_autoptr (BatonRecord) unknown = make ("jobs", "{\"Id\":1,\"State\":\"Dreaming\"}");
  g_autoptr (BatonRecord) linked = make ("assets", "{\"Id\":1,\"CanBeDeleted\":false}");

  g_assert_true (find_action ("jobs", "kill")->applies (running));
  g_assert_false (find_action ("jobs", "restart")->applies (running));
  g_assert_false (find_action ("jobs", "stop")->applies (done));
  g_assert_true (find_action ("jobs", "restart")->applies (done));
  g_assert_false (find_action ("jobs", "stop")->applies (unknown));
  g_assert_false (find_action ("assets", "delete")->applies (linked));
}

static char *
follow (BatonRecord *record, const char *resource)
{
  const BatonLink *link = baton_record_get_resource (record)->links;

  while (!g_str_equal (link->resource, resource))
    link++;
  return link->make_filter (record);
}

static void
test_links (void)
{
  g_autoptr (BatonRecord) job = make (
      "jobs",
      "{\"Id\":1,\"Key\":\"a0b1c2d3-0000-4000-8000-000000000001\",\"ReleaseName\":\"O'Hara\"}");
  g_autoptr (BatonRecord) bad
      = make ("jobs", "{\"Id\":1,\"Key\":\"x eq 1 or true\",\"StartingScheduleId\":-1}");
  g_autofree char *logs = follow (job, "logs");
  g_autofree char *process = follow (job, "processes");

  g_assert_cmpstr (logs, ==, "JobKey eq a0b1c2d3-0000-4000-8000-000000000001");
  g_assert_cmpstr (process, ==, "Name eq 'O''Hara'");
  g_assert_null (follow (job, "triggers"));
  g_assert_null (follow (bad, "logs"));
  g_assert_null (follow (bad, "triggers"));
  g_assert_null (follow (bad, "processes"));
}

static void
test_query (void)
{
  const BatonResource *jobs = baton_catalogue_find ("jobs");
  g_autoptr (BatonQuery) query = baton_resource_make_query (jobs, 7, NULL, FALSE);
  g_autoptr (BatonQuery) by_process = baton_resource_make_query (jobs, 7, "process", FALSE);
  g_autoptr (BatonQuery) roles
      = baton_resource_make_query (baton_catalogue_find ("roles"), 0, NULL, FALSE);
  g_autoptr (BatonQuery) packages
      = baton_resource_make_query (baton_catalogue_find ("packages"), 0, NULL, FALSE);
  g_autofree char *path = baton_query_to_path (query);
  g_autofree char *process_path = baton_query_to_path (by_process);
  g_autofree char *roles_path = baton_query_to_path (roles);
  g_autofree char *packages_path = NULL;

  g_assert_nonnull (strstr (path, "$orderby=CreationTime%20desc,Id%20desc"));
  g_assert_nonnull (
      strstr (path, "$select=Id,OrganizationUnitId,ReleaseName,State,StartTime,EndTime,"));
  g_assert_nonnull (strstr (path, "$count=true"));
  g_assert_null (strstr (path, "InputArguments"));
  g_assert_nonnull (strstr (process_path, "$orderby=Release/Name%20asc,Id%20asc"));
  g_assert_null (strstr (roles_path, "$orderby"));
  g_assert_null (strstr (roles_path, "$top"));

  baton_resource_add_search (baton_catalogue_find ("packages"), packages, "inv & co");
  packages_path = baton_query_to_path (packages);
  g_assert_nonnull (strstr (packages_path, "searchTerm=inv%20%26%20co"));
}

static void
test_detail (void)
{
  g_autoptr (BatonRecord) job = make ("jobs", "{\"Id\":5,\"OrganizationUnitId\":9}");
  g_autoptr (BatonRecord) asset = make ("assets", "{\"Id\":6}");
  g_autoptr (BatonRecord) machine = make ("machines", "{\"Id\":7}");
  g_autoptr (BatonRecord) log = make ("logs", "{\"Id\":8}");
  g_autoptr (BatonRequest) a
      = baton_resource_make_detail_request (baton_catalogue_find ("jobs"), job, 3);
  g_autoptr (BatonRequest) b
      = baton_resource_make_detail_request (baton_catalogue_find ("assets"), asset, 3);
  g_autoptr (BatonRequest) c
      = baton_resource_make_detail_request (baton_catalogue_find ("machines"), machine, 3);

  g_assert_cmpstr (baton_request_get_path (a), ==, "/odata/Jobs(5)?$expand=Robot,Machine,Release");
  g_assert_cmpint (baton_request_get_folder (a), ==, 9);
  g_assert_cmpint (baton_request_get_folder (b), ==, 3);
  g_assert_cmpint (baton_request_get_folder (c), ==, 0);
  g_assert_null (baton_resource_make_detail_request (baton_catalogue_find ("logs"), log, 3));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/baton/models/catalogue/all", test_all);
  for (guint i = 0; ids[i] != NULL; i++)
    {
      g_autofree char *path = g_strdup_printf ("/baton/models/catalogue/valid/%s", ids[i]);

      g_test_add_data_func (path, ids[i], test_valid);
    }
  g_test_add_func ("/baton/models/catalogue/actions", test_actions);
  g_test_add_func ("/baton/models/catalogue/applies", test_applies);
  g_test_add_func ("/baton/models/catalogue/links", test_links);
  g_test_add_func ("/baton/models/catalogue/query", test_query);
  g_test_add_func ("/baton/models/catalogue/detail", test_detail);
  return g_test_run ();
}
