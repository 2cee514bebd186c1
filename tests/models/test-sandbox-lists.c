/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "baton-error.h"
#include "baton-json.h"
#include "baton-paged-list-private.h"
#include "list-server.h"

/* The catalogue and the list against the built sandbox: two independent readings of the service. */

typedef struct
{
  GSubprocess *process;
  ListServer clock; /* its clock alone: to move it on while one waits */
  BatonConnection *connection;
  gint64 shared; /* the folder */
} Fixture;

static gpointer
ask (Fixture *self, BatonRequest *request, BatonDecodeFunc decode, gpointer data, GError **error);

static void
answered_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  *(GAsyncResult **) data = g_object_ref (result);
}

static gpointer
ask (Fixture *self, BatonRequest *request, BatonDecodeFunc decode, gpointer data, GError **error)
{
  BatonPipeline *pipeline = baton_connection_get_pipeline (self->connection);
  g_autoptr (GAsyncResult) result = NULL;

  baton_pipeline_send_async (pipeline, request, decode, data, NULL,
                             decode != NULL ? (GDestroyNotify) baton_page_free : NULL, NULL,
                             answered_cb, &result);
  list_server_wait (&self->clock, result != NULL);
  return baton_pipeline_send_finish (pipeline, result, error);
}

static gint64
find_shared (Fixture *self)
{
  g_autoptr (BatonRequest) request
      = baton_request_new ("GET", "/odata/Folders?$filter=DisplayName%20eq%20'Shared'");
  g_autoptr (GError) error = NULL;
  g_autoptr (BatonPage) page
      = ask (self, request, baton_page_decode, (gpointer) baton_catalogue_find ("folders"), &error);

  g_assert_no_error (error);
  g_assert_cmpuint (page->records->len, ==, 1);
  return baton_record_get_int (g_ptr_array_index (page->records, 0), "id");
}

static void
set_up (Fixture *self, gconstpointer data)
{
  g_autofree char *program
      = g_test_build_filename (G_TEST_BUILT, "..", "src", "sandbox", "baton-sandbox", NULL);
  /* A clock that stands still, so that no trigger brings a job while they are counted. */
  const char *arguments[] = { program, "--port=0", "--with-parent", "--speed=0", data, NULL };
  g_autoptr (GError) error = NULL;
  g_autoptr (GDataInputStream) output = NULL;
  g_autofree char *line = NULL;
  g_autoptr (JsonNode) ready = NULL;
  JsonObject *object;

  self->process = g_subprocess_newv (
      arguments, G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error);
  g_assert_no_error (error);
  output = g_data_input_stream_new (g_subprocess_get_stdout_pipe (self->process));
  line = g_data_input_stream_read_line (output, NULL, NULL, &error);
  g_assert_no_error (error);
  ready = baton_json_parse_text (line, -1, &error);
  g_assert_no_error (error);
  object = baton_json_peek_root_object (ready);
  self->clock.clock = baton_clock_new_fake (g_get_real_time ());
  self->connection = list_server_connect_to (
      baton_json_peek_string (object, "orchestrator"), baton_json_peek_string (object, "clientId"),
      baton_json_peek_string (object, "userKey"), self->clock.clock);
  self->shared = find_shared (self);
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  g_object_unref (self->connection);
  g_object_unref (self->clock.clock);
  g_output_stream_close (g_subprocess_get_stdin_pipe (self->process), NULL, NULL);
  g_assert_true (g_subprocess_wait (self->process, NULL, NULL));
  g_object_unref (self->process);
}

static void
load (Fixture *self, BatonPagedList *list)
{
  list_server_wait (&self->clock, !baton_paged_list_get_loading (list));
  g_assert_no_error (baton_paged_list_get_error (list));
}

static BatonPagedList *
make_list (Fixture *self, const char *id)
{
  BatonPagedList *list = baton_paged_list_new (self->connection, baton_catalogue_find (id));

  if (baton_catalogue_find (id)->scope != BATON_SCOPE_TENANT)
    baton_paged_list_set_folder (list, self->shared);
  return list;
}

static BatonRecord *
ref_first (BatonPagedList *list)
{
  g_autoptr (BatonRow) row = g_list_model_get_item (G_LIST_MODEL (list), 0);

  return row != NULL && baton_row_get_record (row) != NULL
             ? baton_record_ref (baton_row_get_record (row))
             : NULL;
}

static char *
make_term (const BatonField *field)
{
  switch (field->kind)
    {
    case BATON_FIELD_STATE:
      return g_strdup_printf ("%s eq '%s'", field->property, field->states[0].value);
    case BATON_FIELD_BOOL:
      return g_strdup_printf ("%s eq true", field->property);
    case BATON_FIELD_TIME:
      return g_strdup_printf ("%s ge 2020-01-31T12:00:00.000Z", field->property);
    case BATON_FIELD_NUMBER:
    case BATON_FIELD_SECONDS:
    case BATON_FIELD_DURATION:
      return g_strdup_printf ("%s eq 1", field->property);
    case BATON_FIELD_TEXT:
    case BATON_FIELD_JSON:
    case BATON_FIELD_LONG:
    default:
      return g_strdup_printf ("contains(tolower(%s),'a')", field->property);
    }
}

/* Everything that a view can ask of a resource is answered. */
static void
check_resource (Fixture *self, const BatonResource *resource)
{
  g_autoptr (BatonPagedList) list = make_list (self, resource->id);
  g_autoptr (BatonRecord) record = NULL;
  g_autoptr (BatonRequest) request = NULL;
  gint64 total;

  g_test_message ("%s", resource->id);
  load (self, list);
  total = baton_paged_list_get_total (list);
  g_assert_cmpint (total, >, 0);
  record = ref_first (list);
  g_assert_nonnull (record);
  g_assert_cmpstr (baton_record_get_name (record), !=, "");

  for (const BatonField *field = resource->fields; field->id != NULL; field++)
    {
      if ((field->flags & BATON_FIELD_SORTABLE) != 0)
        {
          baton_paged_list_set_sort (list, field->id, TRUE);
          load (self, list);
          g_assert_cmpint (baton_paged_list_get_total (list), ==, total);
        }
      if ((field->flags & BATON_FIELD_FILTERED) != 0)
        {
          g_autofree char *term = make_term (field);

          baton_paged_list_set_filter (list, term);
          load (self, list);
          g_assert_cmpint (baton_paged_list_get_total (list), >=, 0);
          baton_paged_list_set_filter (list, NULL);
        }
    }
  baton_paged_list_set_search (list, "no such thing anywhere");
  load (self, list);
  g_assert_cmpint (baton_paged_list_get_total (list), ==, 0);

  request = baton_resource_make_detail_request (resource, record, self->shared);
  if (request != NULL)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (JsonNode) root = ask (self, request, NULL, NULL, &error);
      g_autoptr (BatonRecord) detail = NULL;

      g_assert_no_error (error);
      detail = baton_record_new (resource, baton_json_peek_root_object (root), &error);
      g_assert_no_error (error);
      g_assert_cmpstr (baton_record_get_key (detail), ==, baton_record_get_key (record));
      g_assert_cmpstr (baton_record_get_name (detail), ==, baton_record_get_name (record));
    }
  for (const BatonLink *link = resource->links; link != NULL && link->label != NULL; link++)
    {
      g_autofree char *filter = link->make_filter (record);
      g_autoptr (BatonPagedList) other = NULL;

      if (filter == NULL)
        continue;
      other = make_list (self, link->resource);
      baton_paged_list_set_filter (other, filter);
      load (self, other);
      g_assert_cmpint (baton_paged_list_get_total (other), >=, 0);
    }
}

static void
test_catalogue (Fixture *self, gconstpointer data)
{
  const BatonResource *const *all = baton_catalogue_get ();

  for (guint i = 0; all[i] != NULL; i++)
    check_resource (self, all[i]);
}

/* No column by default is empty in all of a page: what a view shows, the service sends. */
static void
test_columns (Fixture *self, gconstpointer data)
{
  const BatonResource *const *all = baton_catalogue_get ();

  for (guint i = 0; all[i] != NULL; i++)
    {
      g_autoptr (BatonPagedList) list = make_list (self, all[i]->id);

      load (self, list);
      for (guint j = 0; all[i]->fields[j].id != NULL; j++)
        {
          gboolean found = (all[i]->fields[j].flags & BATON_FIELD_DEFAULT) == 0;
          guint n = MIN (g_list_model_get_n_items (G_LIST_MODEL (list)), 100);

          for (guint k = 0; k < n && !found; k++)
            {
              g_autoptr (BatonRow) row = g_list_model_get_item (G_LIST_MODEL (list), k);

              found = baton_record_get_text (baton_row_get_record (row), j) != NULL;
            }
          if (!found)
            {
              g_test_message ("%s: no %s", all[i]->id, all[i]->fields[j].id);
              g_test_fail ();
            }
        }
    }
}

static gint64
get_created (BatonPagedList *list, guint position)
{
  g_autoptr (BatonRow) row = g_list_model_get_item (G_LIST_MODEL (list), position);

  return baton_record_get_int (baton_row_get_record (row), "created");
}

static void
wait_for (Fixture *self, BatonPagedList *list, guint position)
{
  g_autoptr (BatonRow) row = g_list_model_get_item (G_LIST_MODEL (list), position);

  list_server_wait (&self->clock, baton_row_get_state (row) == BATON_ROW_READY);
}

static void
test_large (Fixture *self, gconstpointer data)
{
  g_autoptr (BatonPagedList) list = make_list (self, "jobs");
  g_autoptr (GRand) rand = g_rand_new_with_seed (3);
  gint64 newest, oldest;
  guint n;

  baton_paged_list_set_folder (list, 0);
  load (self, list);
  n = g_list_model_get_n_items (G_LIST_MODEL (list));
  g_assert_cmpuint (n, >=, 100000);
  newest = get_created (list, 0);
  wait_for (self, list, n - 1);
  oldest = get_created (list, n - 1);
  g_assert_cmpint (newest, >, oldest);
  for (guint i = 0; i < 20; i++)
    {
      guint position = (guint) g_rand_int_range (rand, 0, (gint32) n);

      wait_for (self, list, position);
      g_assert_cmpint (get_created (list, position), <=, newest);
      g_assert_cmpint (get_created (list, position), >=, oldest);
    }
  gtk_selection_model_select_all (GTK_SELECTION_MODEL (list));
  g_assert_cmpuint (baton_paged_list_get_n_selected (list), ==, n);
  g_assert_cmpuint (g_hash_table_size (list->rows), ==, 0);
}

static void
test_cap (Fixture *self, gconstpointer data)
{
  g_autoptr (BatonPagedList) list = make_list (self, "jobs");
  g_autoptr (GHashTable) keys = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  load (self, list);
  g_assert_cmpuint (list->page_size, ==, 37);
  for (guint i = 0; i < 300; i++)
    {
      g_autoptr (BatonRow) row = NULL;

      wait_for (self, list, i);
      row = g_list_model_get_item (G_LIST_MODEL (list), i);
      /* None twice, none left out. */
      g_assert_true (
          g_hash_table_add (keys, g_strdup (baton_record_get_key (baton_row_get_record (row)))));
    }
}

/* What one does is there after a refresh, and the rest stays where it was. */
static void
test_actions (Fixture *self, gconstpointer data)
{
  g_autoptr (BatonPagedList) list = make_list (self, "triggers");
  g_autoptr (BatonRow) row = NULL;
  g_autoptr (BatonRequest) request = NULL;
  g_autoptr (JsonNode) answer = NULL;
  g_autoptr (GError) error = NULL;
  const BatonAction *action = baton_catalogue_find ("triggers")->actions;
  gint64 before, enabled;

  load (self, list);
  row = g_list_model_get_item (G_LIST_MODEL (list), 0);
  enabled = baton_record_get_int (baton_row_get_record (row), "enabled");
  while (!action->applies (baton_row_get_record (row)))
    action++;
  request = action->make_request (baton_row_get_record (row), self->shared);
  answer = ask (self, request, NULL, NULL, &error);
  g_assert_no_error (error);
  before = baton_paged_list_get_updated_at (list);
  baton_paged_list_refresh (list, BATON_PRIORITY_USER);
  list_server_wait (&self->clock, baton_paged_list_get_updated_at (list) > before);
  g_assert_cmpint (baton_record_get_int (baton_row_get_record (row), "enabled"), ==, !enabled);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/baton/models/sandbox/catalogue", Fixture, "--jobs=2000", set_up, test_catalogue,
              tear_down);
  g_test_add ("/baton/models/sandbox/columns", Fixture, "--jobs=2000", set_up, test_columns,
              tear_down);
  g_test_add ("/baton/models/sandbox/large", Fixture, "--jobs=200000", set_up, test_large,
              tear_down);
  g_test_add ("/baton/models/sandbox/cap", Fixture, "--page-cap=37", set_up, test_cap, tear_down);
  g_test_add ("/baton/models/sandbox/actions", Fixture, "--jobs=2000", set_up, test_actions,
              tear_down);
  return g_test_run ();
}
