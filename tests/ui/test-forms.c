/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "baton-asset-body.h"
#include "baton-asset-value-row.h"
#include "baton-asset-window.h"
#include "baton-batch-window.h"
#include "baton-failure-box.h"
#include "baton-json-editor.h"
#include "baton-json.h"
#include "baton-queue-item-window.h"
#include "baton-record-picker.h"
#include "baton-runtime-row.h"
#include "baton-start-job-window.h"
#include "odata/baton-page.h"
#include "ui-fixture.h"

static const char *const few_jobs[] = { "--jobs=100", NULL };

static gint64
get_shared (UiFixture *fixture)
{
  return baton_folder_get_id (baton_connection_find_folder (fixture->connection, "Shared"));
}

static void
done_cb (GtkWindow *form, const char *message, char **done)
{
  *done = g_strdup (message);
}

static void
gone_cb (gpointer data, GObject *where_the_object_was)
{
  gboolean *gone = data;

  *gone = TRUE;
}

static void
type (GtkWidget *form, const char *title, const char *text)
{
  GtkWidget *row = ui_find (form, ADW_TYPE_ENTRY_ROW, title);

  g_assert_nonnull (row);
  gtk_editable_set_text (GTK_EDITABLE (row), text);
}

static gboolean
is_complete (GtkWidget *form)
{
  return baton_form_window_is_complete (BATON_FORM_WINDOW (form));
}

static void
page_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  BatonPage **page = user_data;

  *page = baton_pipeline_send_finish (BATON_PIPELINE (source), result, &error);
  g_assert_no_error (error);
}

static BatonPage *
fetch (UiFixture *fixture, const char *id, const char *filter, guint top)
{
  const BatonResource *resource = baton_catalogue_find (id);
  g_autoptr (BatonQuery) query
      = baton_resource_make_query (resource, get_shared (fixture), NULL, FALSE);
  g_autoptr (BatonRequest) request = NULL;
  g_autofree char *path = NULL;
  BatonPage *page = NULL;

  baton_query_add_filter (query, filter);
  baton_query_set_range (query, 0, top);
  path = baton_query_to_path (query);
  request = baton_request_new ("GET", path);
  baton_request_set_folder (request, get_shared (fixture));
  baton_pipeline_send_async (baton_connection_get_pipeline (fixture->connection), request,
                             baton_page_decode, (gpointer) resource, NULL,
                             (GDestroyNotify) baton_page_free, NULL, page_cb, &page);
  ui_wait (page != NULL);
  return page;
}

static const char *
get_choice (GtkWidget *combo)
{
  GtkStringObject *item = adw_combo_row_get_selected_item (ADW_COMBO_ROW (combo));

  return gtk_string_object_get_string (item);
}

static void
choose_runtime (GtkWidget *row, const char *runtime)
{
  guint n = g_list_model_get_n_items (adw_combo_row_get_model (ADW_COMBO_ROW (row)));

  for (guint i = 0; i < n; i++)
    {
      adw_combo_row_set_selected (ADW_COMBO_ROW (row), i);
      if (g_str_equal (baton_runtime_row_get_runtime (BATON_RUNTIME_ROW (row)), runtime))
        return;
    }
  g_assert_not_reached ();
}

/* Where the service does not tell the runtimes, their names are there all the same. */
static void
test_runtimes_refused (void)
{
  UiFixture fixture = { NULL };
  BatonRuntimeRow *row;

  ui_fixture_set_up (&fixture, few_jobs);
  row = BATON_RUNTIME_ROW (g_object_ref_sink (baton_runtime_row_new ()));
  g_assert_cmpstr (get_choice (GTK_WIDGET (row)), ==, "Unattended");
  choose_runtime (GTK_WIDGET (row), "Headless");
  g_subprocess_force_exit (fixture.process);
  g_subprocess_wait (fixture.process, NULL, NULL);
  baton_runtime_row_load (row, fixture.connection, get_shared (&fixture));
  g_assert_true (baton_runtime_row_is_loading (row));
  ui_wait (!baton_runtime_row_is_loading (row));
  g_assert_cmpstr (get_choice (GTK_WIDGET (row)), ==, "Headless");
  g_assert_finalize_object (row);
  ui_fixture_tear_down (&fixture);
}

static void
test_start_job (void)
{
  UiFixture fixture = { NULL };
  GtkWidget *form, *editor, *picker, *runtime;
  g_autofree char *done = NULL;
  g_autofree char *expected = NULL;
  gboolean gone = FALSE;
  g_autoptr (BatonPage) before = NULL;
  g_autoptr (BatonPage) after = NULL;

  ui_fixture_set_up (&fixture, few_jobs);
  before = fetch (&fixture, "jobs", NULL, 1);
  form = GTK_WIDGET (
      baton_start_job_window_new (NULL, fixture.connection, get_shared (&fixture), NULL));
  g_signal_connect (form, "done", G_CALLBACK (done_cb), &done);
  gtk_window_present (GTK_WINDOW (form));
  g_assert_false (is_complete (form));

  picker = ui_find (form, BATON_TYPE_RECORD_PICKER, NULL);
  ui_wait (!baton_record_picker_is_loading (BATON_RECORD_PICKER (picker)) && is_complete (form));
  g_assert_cmpuint (baton_record_picker_get_n_records (BATON_RECORD_PICKER (picker)), >, 3);
  expected = g_strdup_printf (
      "1 job of “%s” started",
      baton_record_get_name (baton_record_picker_get_record (BATON_RECORD_PICKER (picker))));

  /* The runtimes are the folder's, with how many are free. */
  runtime = ui_find (form, BATON_TYPE_RUNTIME_ROW, NULL);
  ui_wait (!baton_runtime_row_is_loading (BATON_RUNTIME_ROW (runtime)));
  g_assert_true (g_regex_match_simple ("^Unattended \\([0-9]+ of [1-9][0-9]* available\\)$",
                                       get_choice (runtime), 0, 0));
  choose_runtime (runtime, "NonProduction");

  /* What is no JSON cannot be sent, and says where. */
  editor = ui_find (form, BATON_TYPE_JSON_EDITOR, NULL);
  baton_json_editor_set_text (BATON_JSON_EDITOR (editor), "{\n  \"in_Path\": \"C:\\users\"\n}");
  g_assert_false (is_complete (form));
  g_assert_nonnull (strstr (baton_json_editor_get_fault (BATON_JSON_EDITOR (editor)), "Line 2"));
  baton_json_editor_set_text (BATON_JSON_EDITOR (editor), "");
  g_assert_true (is_complete (form));

  g_object_weak_ref (G_OBJECT (form), gone_cb, &gone);
  baton_form_window_submit (BATON_FORM_WINDOW (form));
  ui_wait (done != NULL && gone);
  g_assert_cmpstr (done, ==, expected);
  after = fetch (&fixture, "jobs", NULL, 1);
  g_assert_cmpint (after->count, ==, before->count + 1);
  g_assert_cmpstr (baton_record_get (g_ptr_array_index (after->records, 0), "runtime"), ==,
                   "NonProduction");
  ui_fixture_tear_down (&fixture);
}

static void
test_queue_item (void)
{
  UiFixture fixture = { NULL };
  GtkWidget *form, *editor, *picker;
  g_autofree char *done = NULL;
  g_autoptr (BatonPage) page = NULL;
  gboolean gone = FALSE;

  ui_fixture_set_up (&fixture, few_jobs);
  form = GTK_WIDGET (
      baton_queue_item_window_new (NULL, fixture.connection, get_shared (&fixture), NULL));
  g_signal_connect (form, "done", G_CALLBACK (done_cb), &done);
  gtk_window_present (GTK_WINDOW (form));
  picker = ui_find (form, BATON_TYPE_RECORD_PICKER, NULL);
  editor = ui_find (form, BATON_TYPE_JSON_EDITOR, NULL);
  ui_wait (!baton_record_picker_is_loading (BATON_RECORD_PICKER (picker)) && is_complete (form));

  type (form, "Deadline, local time (2026-01-31 12:00)", "some day");
  g_assert_false (is_complete (form));
  type (form, "Deadline, local time (2026-01-31 12:00)", "2031-01-31 12:00");
  g_assert_true (is_complete (form));
  type (form, "Reference (up to 128 characters)", "FORM-TEST-1");
  baton_json_editor_set_text (BATON_JSON_EDITOR (editor), "[1]");
  g_assert_false (is_complete (form));
  baton_json_editor_set_text (BATON_JSON_EDITOR (editor), "{\"Amount\": 12.5}");
  g_assert_true (is_complete (form));

  g_object_weak_ref (G_OBJECT (form), gone_cb, &gone);
  baton_form_window_submit (BATON_FORM_WINDOW (form));
  ui_wait (done != NULL && gone);
  page = fetch (&fixture, "queue-items", "Reference eq 'FORM-TEST-1'", 10);
  g_assert_cmpuint (page->records->len, ==, 1);
  ui_fixture_tear_down (&fixture);
}

/* What failed stays open with what was typed, and says why. */
static void
test_asset (void)
{
  UiFixture fixture = { NULL };
  GtkWidget *form;
  g_autofree char *done = NULL;
  g_autofree char *saved = NULL;
  g_autoptr (BatonPage) page = NULL;
  g_autoptr (BatonPage) changed = NULL;
  gboolean gone = FALSE, edited = FALSE;

  ui_fixture_set_up (&fixture, few_jobs);
  form = GTK_WIDGET (
      baton_asset_window_new (NULL, fixture.connection, get_shared (&fixture), NULL));
  g_signal_connect (form, "done", G_CALLBACK (done_cb), &done);
  g_object_weak_ref (G_OBJECT (form), gone_cb, &gone);
  gtk_window_present (GTK_WINDOW (form));
  g_assert_false (is_complete (form));
  g_object_set (ui_find (form, ADW_TYPE_COMBO_ROW, "Type"), "selected", BATON_ASSET_INTEGER, NULL);
  type (form, "Name", "ErpClient");
  type (form, "Whole number", "4.5");
  g_assert_false (is_complete (form));
  type (form, "Whole number", "45");
  g_assert_true (is_complete (form));

  /* There is one of this name. */
  baton_form_window_submit (BATON_FORM_WINDOW (form));
  ui_wait (gone || gtk_widget_get_mapped (ui_find (form, BATON_TYPE_FAILURE_BOX, NULL)));
  g_assert_false (gone);
  g_assert_null (done);
  g_assert_cmpstr (
      gtk_editable_get_text (GTK_EDITABLE (ui_find (form, ADW_TYPE_ENTRY_ROW, "Name"))), ==,
      "ErpClient");

  type (form, "Name", "FormTest");
  baton_form_window_submit (BATON_FORM_WINDOW (form));
  ui_wait (done != NULL && gone);

  page = fetch (&fixture, "assets", "Name eq 'FormTest'", 1);
  g_assert_cmpuint (page->records->len, ==, 1);
  form = GTK_WIDGET (baton_asset_window_new (NULL, fixture.connection, get_shared (&fixture),
                                             g_ptr_array_index (page->records, 0)));
  g_signal_connect (form, "done", G_CALLBACK (done_cb), &saved);
  g_object_weak_ref (G_OBJECT (form), gone_cb, &edited);
  gtk_window_present (GTK_WINDOW (form));
  ui_wait (g_strcmp0 (gtk_editable_get_text (
                          GTK_EDITABLE (ui_find (form, ADW_TYPE_ENTRY_ROW, "Whole number"))),
                      "45")
           == 0);
  /* What did not change is not sent. */
  g_assert_false (is_complete (form));
  type (form, "Whole number", "46");
  g_assert_true (is_complete (form));
  baton_form_window_submit (BATON_FORM_WINDOW (form));
  ui_wait (saved != NULL && edited);
  changed = fetch (&fixture, "assets", "Name eq 'FormTest'", 1);
  g_assert_cmpstr (baton_record_get (g_ptr_array_index (changed->records, 0), "value"), ==, "46");
  ui_fixture_tear_down (&fixture);
}

/* Closed by Cancel while the call is on its way. */
static void
test_cancel (void)
{
  UiFixture fixture = { NULL };
  GtkWidget *form;
  gboolean gone = FALSE;

  ui_fixture_set_up (&fixture, few_jobs);
  form = GTK_WIDGET (
      baton_asset_window_new (NULL, fixture.connection, get_shared (&fixture), NULL));
  g_object_weak_ref (G_OBJECT (form), gone_cb, &gone);
  gtk_window_present (GTK_WINDOW (form));
  type (form, "Name", "Cancelled");
  baton_form_window_submit (BATON_FORM_WINDOW (form));
  gtk_window_close (GTK_WINDOW (form));
  ui_wait (gone);
  ui_fixture_tear_down (&fixture);
}

static JsonNode *
make_body (BatonAssetType type, const char *secret, const char *original)
{
  g_autoptr (JsonNode) root = original != NULL ? baton_json_parse_text (original, -1, NULL) : NULL;
  JsonObject *object = root != NULL ? baton_json_peek_root_object (root) : NULL;
  BatonAssetValue value = { "text", TRUE, 7, "user", secret };
  BatonAssetUserValue of_account = { 7, 0, value, NULL };
  BatonAssetForm form = { "Name", "", type, TRUE, value, &of_account, object != NULL };

  of_account.original
      = baton_json_peek_object_at (object != NULL ? baton_json_peek_array (object, "UserValues") : NULL, 0);
  return baton_asset_make_body (&form, object);
}

static void
test_asset_body (void)
{
  static const char stored[]
      = "{\"@odata.context\":\"x\",\"Id\":5,\"Name\":\"Name\",\"Description\":\"\",\"ValueScope\":\"PerRobot\","
        "\"ValueType\":\"Credential\",\"HasDefaultValue\":true,\"CredentialUsername\":\"user\","
        "\"CredentialPassword\":\"\",\"CredentialStoreId\":3,\"FoldersCount\":1,"
        "\"UserValues\":[{\"Id\":9,\"UserId\":7,\"ValueType\":\"Credential\",\"CredentialUsername\":\"u\","
        "\"CredentialPassword\":\"\",\"ExternalName\":\"vault\"}]}";
  g_autoptr (JsonNode) created = make_body (BATON_ASSET_SECRET, "s3cret", NULL);
  JsonObject *object = baton_json_peek_root_object (created);
  g_autoptr (JsonNode) kept = NULL;
  g_autoptr (JsonNode) replaced = NULL;

  g_assert_cmpstr (baton_json_peek_string (object, "ValueType"), ==, "Secret");
  g_assert_cmpstr (baton_json_peek_string (object, "ValueScope"), ==, "Global");
  g_assert_cmpstr (baton_json_peek_string (object, "SecretValue"), ==, "s3cret");
  g_assert_false (baton_json_has (object, "StringValue"));
  g_assert_false (baton_json_has (object, "UserValues"));

  /* A password that was read back empty is never sent back. */
  kept = make_body (BATON_ASSET_CREDENTIAL, "", stored);
  object = baton_json_peek_root_object (kept);
  g_assert_cmpstr (baton_json_peek_string (object, "ValueScope"), ==, "PerRobot");
  g_assert_false (baton_json_has (object, "CredentialPassword"));
  g_assert_false (baton_json_has (object, "@odata.context"));
  g_assert_false (baton_json_has (object, "FoldersCount"));
  g_assert_cmpint (baton_json_peek_int (object, "CredentialStoreId", 0), ==, 3);
  object = baton_json_peek_object_at (baton_json_peek_array (object, "UserValues"), 0);
  g_assert_cmpint (baton_json_peek_int (object, "Id", 0), ==, 9);
  g_assert_cmpint (baton_json_peek_int (object, "UserId", 0), ==, 7);
  g_assert_false (baton_json_has (object, "MachineId"));
  g_assert_cmpstr (baton_json_peek_string (object, "ExternalName"), ==, "vault");
  g_assert_false (baton_json_has (object, "CredentialPassword"));

  replaced = make_body (BATON_ASSET_CREDENTIAL, "new", stored);
  g_assert_cmpstr (
      baton_json_peek_string (baton_json_peek_root_object (replaced), "CredentialPassword"), ==,
      "new");
}

static GtkWidget *
find_value (GtkWidget *form, const char *account)
{
  return ui_find (form, BATON_TYPE_ASSET_VALUE_ROW, account);
}

static const char *
get_subtitle (GtkWidget *row)
{
  return adw_expander_row_get_subtitle (ADW_EXPANDER_ROW (row));
}

/* The picker of that name in a value's row, once its list has come. */
static BatonRecordPicker *
get_picker (GtkWidget *row, const char *title)
{
  GtkWidget *picker = ui_find (ui_find (row, ADW_TYPE_ACTION_ROW, title), BATON_TYPE_RECORD_PICKER, NULL);

  g_assert_nonnull (picker);
  ui_wait (!baton_record_picker_is_loading (BATON_RECORD_PICKER (picker)));
  return BATON_RECORD_PICKER (picker);
}

static void
submit (GtkWidget *form)
{
  g_autofree char *done = NULL;
  gboolean gone = FALSE;

  g_signal_connect (form, "done", G_CALLBACK (done_cb), &done);
  g_object_weak_ref (G_OBJECT (form), gone_cb, &gone);
  g_assert_true (is_complete (form));
  baton_form_window_submit (BATON_FORM_WINDOW (form));
  ui_wait (gone);
  g_assert_nonnull (done);
}

/* Opens the form of the asset of that name, once it was read. */
static GtkWidget *
edit_asset (UiFixture *fixture, const char *name)
{
  g_autofree char *filter = g_strdup_printf ("Name eq '%s'", name);
  g_autoptr (BatonPage) page = fetch (fixture, "assets", filter, 1);
  GtkWidget *form, *entry;

  g_assert_cmpuint (page->records->len, ==, 1);
  form = GTK_WIDGET (baton_asset_window_new (NULL, fixture->connection, get_shared (fixture),
                                             g_ptr_array_index (page->records, 0)));
  gtk_window_present (GTK_WINDOW (form));
  entry = ui_find (form, ADW_TYPE_ENTRY_ROW, "Name");
  ui_wait (g_strcmp0 (gtk_editable_get_text (GTK_EDITABLE (entry)), name) == 0);
  return form;
}

/* Values of accounts are added, changed and removed; pairs that are wrong say so before anything is sent. */
static void
test_asset_accounts (void)
{
  UiFixture fixture = { NULL };
  GtkWidget *form, *first, *second;
  BatonRecordPicker *accounts;
  g_autofree char *one = NULL;
  g_autofree char *other = NULL;

  ui_fixture_set_up (&fixture, few_jobs);
  form = GTK_WIDGET (baton_asset_window_new (NULL, fixture.connection, get_shared (&fixture), NULL));
  gtk_window_present (GTK_WINDOW (form));
  type (form, "Name", "PerAccount");
  g_object_set (ui_find (form, ADW_TYPE_COMBO_ROW, "Type"), "selected", BATON_ASSET_INTEGER, NULL);
  g_assert_true (is_complete (form));
  g_assert_false (gtk_widget_get_visible (ui_find (form, ADW_TYPE_ACTION_ROW, "Default value")));

  ui_click (form, "Add a value for an account");
  first = find_value (form, "New value");
  g_assert_true (adw_expander_row_get_expanded (ADW_EXPANDER_ROW (first)));
  g_assert_false (is_complete (form));
  g_assert_cmpstr (get_subtitle (first), ==, "Choose the account that the value is for.");
  accounts = get_picker (first, "Account");
  g_assert_cmpuint (baton_record_picker_get_n_records (accounts), >, 3);
  baton_record_picker_select (accounts, "Invoice-Bot-01");
  one = g_strdup (baton_record_get_name (baton_record_picker_get_record (accounts)));
  type (first, "Whole number", "11");
  g_assert_true (is_complete (form));
  g_assert_cmpstr (get_subtitle (first), ==, "Any machine · 11");

  /* A second one for the same account, until it has a machine. */
  ui_click (form, "Add a value for an account");
  second = find_value (form, "New value");
  baton_record_picker_select (get_picker (second, "Account"), one);
  type (second, "Whole number", "12");
  g_assert_false (is_complete (form));
  g_assert_cmpstr (get_subtitle (second), ==, "Another value is for the same account and machine.");
  gtk_drop_down_set_selected (
      GTK_DROP_DOWN (ui_find (GTK_WIDGET (get_picker (second, "Machine")), GTK_TYPE_DROP_DOWN, NULL)), 1);
  g_assert_true (is_complete (form));
  type (second, "Whole number", "twelve");
  g_assert_false (is_complete (form));
  g_assert_cmpstr (get_subtitle (second), ==, "The value is not complete.");
  type (second, "Whole number", "12");

  gtk_switch_set_active (
      GTK_SWITCH (ui_find (ui_find (form, ADW_TYPE_ACTION_ROW, "Default value"), GTK_TYPE_SWITCH, NULL)), FALSE);
  submit (form);

  /* As it was read nothing is to be saved; then one goes, and the last one cannot. */
  form = edit_asset (&fixture, "PerAccount");
  g_assert_false (is_complete (form));
  first = find_value (form, one);
  g_assert_nonnull (first);
  g_assert_cmpstr (get_subtitle (first), ==, "Any machine · 11");
  adw_expander_row_set_expanded (ADW_EXPANDER_ROW (first), TRUE);
  g_assert_cmpstr (
      baton_record_get_name (baton_record_picker_get_record (get_picker (first, "Account"))), ==, one);
  g_assert_false (is_complete (form));
  type (first, "Whole number", "13");
  g_assert_true (is_complete (form));
  g_object_ref (first);
  other = g_strdup_printf ("Remove the value of %s", one);
  gtk_widget_set_name (first, "kept");
  for (GtkWidget *row = gtk_widget_get_first_child (gtk_widget_get_parent (first)); row != NULL;
       row = gtk_widget_get_next_sibling (row))
    if (row != first && BATON_IS_ASSET_VALUE_ROW (row))
      second = row;
  ui_click (second, other);
  g_assert_true (is_complete (form));
  ui_click (first, other);
  g_object_unref (first);
  g_assert_false (is_complete (form));
  gtk_window_destroy (GTK_WINDOW (form));

  form = edit_asset (&fixture, "PerAccount");
  first = find_value (form, one);
  type (first, "Whole number", "13");
  submit (form);
  form = edit_asset (&fixture, "PerAccount");
  g_assert_cmpstr (get_subtitle (find_value (form, one)), ==, "Any machine · 13");
  gtk_window_destroy (GTK_WINDOW (form));
  ui_fixture_tear_down (&fixture);
}

/* A password is written, never read: it may stay for the same account, and has to be typed for another. */
static void
test_asset_passwords (void)
{
  UiFixture fixture = { NULL };
  GtkWidget *form, *row;

  ui_fixture_set_up (&fixture, few_jobs);
  form = GTK_WIDGET (baton_asset_window_new (NULL, fixture.connection, get_shared (&fixture), NULL));
  gtk_window_present (GTK_WINDOW (form));
  type (form, "Name", "AccountPasswords");
  g_object_set (ui_find (form, ADW_TYPE_COMBO_ROW, "Type"), "selected", BATON_ASSET_CREDENTIAL, NULL);
  type (form, "User name", "everyone");
  type (form, "Password", "a made-up password");
  ui_click (form, "Add a value for an account");
  row = find_value (form, "New value");
  baton_record_picker_select (get_picker (row, "Account"), "Invoice-Bot-01");
  type (row, "User name", "erp-robot");
  g_assert_false (is_complete (form));
  type (row, "Password", "another made-up password");
  submit (form);

  form = edit_asset (&fixture, "AccountPasswords");
  row = find_value (form, "Invoice-Bot-01");
  g_assert_cmpstr (get_subtitle (row), ==, "Any machine · erp-robot");
  type (form, "Description", "The passwords stay");
  g_assert_true (is_complete (form));
  adw_expander_row_set_expanded (ADW_EXPANDER_ROW (row), TRUE);
  baton_record_picker_select (get_picker (row, "Account"), "Invoice-Bot-02");
  g_assert_false (is_complete (form));
  baton_record_picker_select (get_picker (row, "Account"), "Invoice-Bot-01");
  submit (form);
  ui_fixture_tear_down (&fixture);
}

/* Each record its own outcome; what failed can be tried again. */
static void
test_batch (void)
{
  UiFixture fixture = { NULL };
  const BatonResource *jobs = baton_catalogue_find ("jobs");
  const BatonAction *restart = NULL;
  g_autoptr (BatonPage) page = NULL;
  g_autoptr (BatonBatch) batch = NULL;
  GtkWindow *window;
  guint n_failed;

  ui_fixture_set_up (&fixture, few_jobs);
  for (const BatonAction *action = jobs->actions; action->id != NULL; action++)
    if (g_str_equal (action->id, "restart"))
      restart = action;
  g_assert_nonnull (restart);
  /* Of the newest jobs some run, and cannot be restarted. */
  page = fetch (&fixture, "jobs", NULL, 25);
  batch = baton_batch_new (fixture.connection, restart, page->records, get_shared (&fixture));
  window = baton_batch_window_new (NULL, batch);
  gtk_window_present (window);
  baton_batch_run (batch);
  ui_wait (baton_batch_count (batch, BATON_BATCH_DONE) + baton_batch_count (batch, BATON_BATCH_FAILED)
           == page->records->len);
  n_failed = baton_batch_count (batch, BATON_BATCH_FAILED);
  g_assert_cmpuint (n_failed, >, 0);
  g_assert_cmpuint (baton_batch_count (batch, BATON_BATCH_DONE), >, 0);
  for (guint i = 0; i < page->records->len; i++)
    g_assert_true ((baton_batch_get_state (batch, i) == BATON_BATCH_FAILED)
                   == (baton_batch_get_error (batch, i) != NULL));

  ui_click (GTK_WIDGET (window), "Retry failed");
  g_assert_cmpuint (baton_batch_count (batch, BATON_BATCH_FAILED), ==, 0);
  ui_wait (baton_batch_count (batch, BATON_BATCH_DONE) + baton_batch_count (batch, BATON_BATCH_FAILED)
           == page->records->len);
  ui_close (GTK_WIDGET (window));
  g_assert_finalize_object (g_steal_pointer (&batch));
  ui_fixture_tear_down (&fixture);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  adw_init ();
  g_test_add_func ("/baton/app/forms/start-job", test_start_job);
  g_test_add_func ("/baton/app/forms/runtimes-refused", test_runtimes_refused);
  g_test_add_func ("/baton/app/forms/queue-item", test_queue_item);
  g_test_add_func ("/baton/app/forms/asset", test_asset);
  g_test_add_func ("/baton/app/forms/asset-accounts", test_asset_accounts);
  g_test_add_func ("/baton/app/forms/asset-passwords", test_asset_passwords);
  g_test_add_func ("/baton/app/forms/cancel", test_cancel);
  g_test_add_func ("/baton/app/asset-body/secrets", test_asset_body);
  g_test_add_func ("/baton/app/batch/retry-failed", test_batch);
  return g_test_run ();
}
