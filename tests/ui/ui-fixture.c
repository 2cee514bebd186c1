/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui-fixture.h"

#include "baton-json.h"
#include "baton-secret-store.h"

static gboolean
wake_cb (gpointer user_data)
{
  guint *source = user_data;

  *source = 0;
  return G_SOURCE_REMOVE;
}

void
ui_iterate (void)
{
  guint source = 0;

  source = g_timeout_add (20, wake_cb, &source);
  g_main_context_iteration (NULL, TRUE);
  g_clear_handle_id (&source, g_source_remove);
}

void
ui_settle (void)
{
  for (guint i = 0; i < 200 && g_main_context_pending (NULL); i++)
    g_main_context_iteration (NULL, FALSE);
}

static JsonNode *
read_ready_line (GSubprocess *process)
{
  g_autoptr (GDataInputStream) lines
      = g_data_input_stream_new (g_subprocess_get_stdout_pipe (process));
  g_autoptr (GError) error = NULL;
  g_autofree char *line = g_data_input_stream_read_line (lines, NULL, NULL, &error);
  JsonNode *ready;

  g_filter_input_stream_set_close_base_stream (G_FILTER_INPUT_STREAM (lines), FALSE);
  g_assert_no_error (error);
  g_assert_nonnull (line);
  ready = baton_json_parse_text (line, -1, &error);
  g_assert_no_error (error);
  return ready;
}

static void
opened_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  gboolean *opened = user_data;

  baton_connection_open_finish (BATON_CONNECTION (source), result, NULL, &error);
  g_assert_no_error (error);
  *opened = TRUE;
}

BatonConnection *
ui_fixture_sign_in (UiFixture *fixture, BatonAccount *account, BatonSecret *secret)
{
  BatonConnection *connection = baton_connection_new (account, fixture->store, NULL);
  gboolean opened = FALSE;

  baton_connection_open_async (connection, secret, NULL, opened_cb, &opened);
  ui_wait (opened);
  return connection;
}

void
ui_fixture_set_up (UiFixture *fixture, const char *const *arguments)
{
  g_autoptr (GPtrArray) argv = g_ptr_array_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) ready = NULL;
  g_autoptr (BatonDeployment) deployment = NULL;
  g_autoptr (BatonSecret) secret = NULL;
  JsonObject *object;
  const char *program = g_getenv ("BATON_SANDBOX");

  g_assert_nonnull (program);
  g_ptr_array_add (argv, (gpointer) program);
  g_ptr_array_add (argv, (gpointer) "--port=0");
  g_ptr_array_add (argv, (gpointer) "--with-parent");
  for (guint i = 0; arguments != NULL && arguments[i] != NULL; i++)
    g_ptr_array_add (argv, (gpointer) arguments[i]);
  g_ptr_array_add (argv, NULL);
  fixture->process = g_subprocess_newv ((const char *const *) argv->pdata,
                                        G_SUBPROCESS_FLAGS_STDIN_PIPE
                                            | G_SUBPROCESS_FLAGS_STDOUT_PIPE,
                                        &error);
  g_assert_no_error (error);
  fixture->stdin_ = g_subprocess_get_stdin_pipe (fixture->process);

  ready = read_ready_line (fixture->process);
  object = baton_json_peek_root_object (ready);
  fixture->origin = g_strdup (baton_json_peek_string (object, "origin"));
  deployment = baton_deployment_parse (baton_json_peek_string (object, "orchestrator"), &error);
  g_assert_no_error (error);
  fixture->account = baton_account_new (NULL, deployment, BATON_METHOD_USER_KEY);
  baton_account_set_client_id (fixture->account, baton_json_peek_string (object, "clientId"));

  fixture->store = baton_secret_store_new ();
  secret = baton_secret_new (BATON_SECRET_USER_KEY, baton_json_peek_string (object, "userKey"),
                             g_get_real_time (), 0);
  baton_secret_store_keep_in_memory (fixture->store, baton_account_get_id (fixture->account),
                                     secret);
  fixture->connection = ui_fixture_sign_in (fixture, fixture->account, secret);
}

void
ui_fixture_tear_down (UiFixture *fixture)
{
  g_autoptr (GError) error = NULL;

  ui_settle ();
  g_assert_finalize_object (g_steal_pointer (&fixture->connection));
  g_clear_object (&fixture->store);
  g_clear_object (&fixture->account);
  g_output_stream_close (fixture->stdin_, NULL, NULL);
  g_subprocess_wait (fixture->process, NULL, &error);
  g_assert_no_error (error);
  g_clear_object (&fixture->process);
  g_clear_pointer (&fixture->origin, g_free);
}

GtkWidget *
ui_open (GtkWidget *child, int width, int height)
{
  GtkWidget *window = adw_window_new ();

  adw_window_set_content (ADW_WINDOW (window), child);
  gtk_window_set_default_size (GTK_WINDOW (window), width, height);
  gtk_window_present (GTK_WINDOW (window));
  ui_wait (gtk_widget_get_mapped (window) && gtk_widget_get_width (window) > 0);
  return window;
}

void
ui_close (GtkWidget *window)
{
  gtk_window_destroy (GTK_WINDOW (window));
  ui_settle ();
}

static gboolean
is_named (GtkWidget *widget, const char *name)
{
  g_autofree char *property = NULL;

  if (name == NULL)
    return TRUE;
  /* Returns NULL where the property is as expected. */
  property = gtk_test_accessible_check_property (GTK_ACCESSIBLE (widget),
                                                 GTK_ACCESSIBLE_PROPERTY_LABEL, name);
  if (property == NULL)
    return TRUE;
  if (GTK_IS_BUTTON (widget))
    return g_strcmp0 (gtk_button_get_label (GTK_BUTTON (widget)), name) == 0;
  if (GTK_IS_LABEL (widget))
    return g_strcmp0 (gtk_label_get_text (GTK_LABEL (widget)), name) == 0;
  if (ADW_IS_PREFERENCES_ROW (widget))
    return g_strcmp0 (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (widget)), name) == 0;
  return FALSE;
}

GtkWidget *
ui_find_window (GType type)
{
  GListModel *windows = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkWidget) window = g_list_model_get_item (windows, i);

      if (g_type_is_a (G_OBJECT_TYPE (window), type))
        return window;
    }
  return NULL;
}

GtkWidget *
ui_find (GtkWidget *root, GType type, const char *name)
{
  if (g_type_is_a (G_OBJECT_TYPE (root), type) && is_named (root, name))
    return root;
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = ui_find (child, type, name);

      if (found != NULL)
        return found;
    }
  return NULL;
}

void
ui_click (GtkWidget *root, const char *name)
{
  GtkWidget *button = ui_find (root, GTK_TYPE_BUTTON, name);

  g_assert_nonnull (button);
  g_assert_true (gtk_widget_is_sensitive (button));
  g_signal_emit_by_name (button, "clicked");
}

GtkEditable *
ui_get_entry (GtkWidget *root, const char *name)
{
  GtkWidget *text = ui_find (root, GTK_TYPE_TEXT, name);

  g_assert_nonnull (text);
  return GTK_EDITABLE (text);
}

void
ui_type (GtkWidget *root, const char *name, const char *text)
{
  gtk_editable_set_text (ui_get_entry (root, name), text);
}

void
ui_assert_text (GtkWidget *root, const char *name, const char *text)
{
  g_assert_cmpstr (gtk_editable_get_text (ui_get_entry (root, name)), ==, text);
}

gboolean
ui_shows (GtkWidget *root, const char *text)
{
  GtkWidget *label = ui_find (root, GTK_TYPE_LABEL, text);

  return label != NULL && gtk_widget_get_mapped (label);
}

gboolean
ui_says (GtkWidget *root, const char *part)
{
  if (GTK_IS_LABEL (root) && gtk_widget_get_mapped (root)
      && strstr (gtk_label_get_text (GTK_LABEL (root)), part) != NULL)
    return TRUE;
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (ui_says (child, part))
      return TRUE;

  return FALSE;
}

static GtkToggleButton *
get_toggle (GtkWidget *root, const char *name)
{
  GtkWidget *toggle = ui_find (root, GTK_TYPE_TOGGLE_BUTTON, name);

  g_assert_nonnull (toggle);
  return GTK_TOGGLE_BUTTON (toggle);
}

gboolean
ui_is_chosen (GtkWidget *root, const char *name)
{
  return gtk_toggle_button_get_active (get_toggle (root, name));
}

void
ui_choose (GtkWidget *root, const char *name)
{
  gtk_toggle_button_set_active (get_toggle (root, name), TRUE);
}
