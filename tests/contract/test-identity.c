/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "baton-error.h"
#include "baton-json.h"
#include "baton-redact.h"
#include "http/baton-http.h"
#include "identity/baton-organization-key.h"
#include "identity/baton-rotation.h"
#include "tests/wait.h"

#define DAY (24 * 3600LL * G_USEC_PER_SEC)

/* The built sandbox, and two accounts of it: an administrator with the user key, who may do all,
 * and one that is to be rotated. */
typedef struct
{
  GSubprocess *process;
  char *origin;
  BatonSecretStore *store;
  BatonConnection *admin;
  BatonConnection *target;
} Fixture;

static void
done_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  GAsyncResult **done = user_data;

  *done = g_object_ref (result);
}

static BatonConnection *
make_connection (Fixture *fixture,
                 const char *address,
                 BatonMethod method,
                 const char *client_id,
                 BatonSecretKind kind,
                 const char *value)
{
  g_autoptr (BatonDeployment) deployment = baton_deployment_parse (address, NULL);
  g_autoptr (BatonAccount) account = baton_account_new (NULL, deployment, method);
  g_autoptr (BatonSecret) secret = baton_secret_new (kind, value, 0, 0);

  baton_account_set_client_id (account, client_id);
  baton_account_set_scopes (account, "OR.Folders.Read");
  baton_secret_store_keep_in_memory (fixture->store, baton_account_get_id (account), secret);

  return baton_connection_new (account, fixture->store, NULL);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autofree char *program
      = g_test_build_filename (G_TEST_BUILT, "..", "src", "sandbox", "baton-sandbox", NULL);
  g_autoptr (GDataInputStream) stream = NULL;
  g_autofree char *line = NULL;
  g_autoptr (JsonNode) ready = NULL;
  JsonObject *object = NULL;
  g_autoptr (GError) error = NULL;

  fixture->process
      = g_subprocess_new (G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error,
                          program, "--with-parent", "--jobs=100", NULL);
  g_assert_no_error (error);
  stream = g_data_input_stream_new (g_subprocess_get_stdout_pipe (fixture->process));
  line = g_data_input_stream_read_line (stream, NULL, NULL, &error);
  g_assert_no_error (error);
  ready = baton_json_parse_text (line, -1, &error);
  g_assert_no_error (error);
  object = baton_json_peek_root_object (ready);
  fixture->origin = g_strdup (baton_json_peek_string (object, "origin"));
  fixture->store = baton_secret_store_new ();
  fixture->admin
      = make_connection (fixture, baton_json_peek_string (object, "orchestrator"),
                         BATON_METHOD_USER_KEY, baton_json_peek_string (object, "clientId"),
                         BATON_SECRET_USER_KEY, baton_json_peek_string (object, "userKey"));
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  if (fixture->target != NULL)
    wait_gone (fixture->target);
  if (fixture->admin != NULL)
    wait_gone (fixture->admin);
  g_output_stream_close (g_subprocess_get_stdin_pipe (fixture->process), NULL, NULL);
  g_assert_true (g_subprocess_wait_check (fixture->process, NULL, NULL));
  g_clear_object (&fixture->process);
  g_clear_object (&fixture->store);
  g_free (fixture->origin);
}

/* @request: (transfer full) */
static gpointer
send (BatonConnection *connection,
      BatonRequest *request,
      BatonDecodeFunc decode,
      GDestroyNotify free_result,
      GError **error)
{
  BatonPipeline *pipeline = baton_connection_get_pipeline (connection);
  g_autoptr (GAsyncResult) result = NULL;

  baton_pipeline_send_async (pipeline, request, decode, NULL, NULL, free_result, NULL, done_cb,
                             &result);
  baton_request_unref (request);
  wait_until (result != NULL);

  return baton_pipeline_send_finish (pipeline, result, error);
}

/* Does, and fails on an error. */
static JsonNode *
do_it (BatonConnection *connection, BatonRequest *request)
{
  g_autoptr (GError) error = NULL;
  JsonNode *answer = send (connection, request, NULL, NULL, &error);

  g_assert_no_error (error);

  return answer;
}

static GPtrArray *
list_tokens (BatonConnection *connection)
{
  g_autoptr (GError) error = NULL;
  GPtrArray *tokens
      = send (connection, baton_personal_access_token_make_list (),
              baton_personal_access_token_decode_list, (GDestroyNotify)g_ptr_array_unref, &error);

  g_assert_no_error (error);

  return tokens;
}

static BatonPersonalAccessToken *
find_token (GPtrArray *tokens, const char *name)
{
  for (guint i = 0; i < tokens->len; i++)
    if (g_str_equal (((BatonPersonalAccessToken *)tokens->pdata[i])->name, name))
      return tokens->pdata[i];

  return NULL;
}

static BatonExternalApplication *
find_application (GPtrArray *applications, const char *name)
{
  for (guint i = 0; i < applications->len; i++)
    if (g_str_equal (((BatonExternalApplication *)applications->pdata[i])->name, name))
      return applications->pdata[i];

  return NULL;
}

static char *
find_key (BatonConnection *connection)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  char *key = NULL;

  baton_organization_key_find_async (connection, NULL, done_cb, &result);
  wait_until (result != NULL);
  key = baton_organization_key_find_finish (result, &error);
  g_assert_no_error (error);

  return key;
}

static GPtrArray *
list_applications (Fixture *fixture)
{
  g_autofree char *key = find_key (fixture->admin);
  g_autoptr (GError) error = NULL;
  GPtrArray *applications
      = send (fixture->admin, baton_external_application_make_list (key),
              baton_external_application_decode_list, (GDestroyNotify)g_ptr_array_unref, &error);

  g_assert_no_error (error);

  return applications;
}

/* TRUE where Orchestrator takes what @connection signs in with. */
static gboolean
works (BatonConnection *connection)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) answer
      = send (connection, baton_request_new ("GET", "/odata/Folders?$top=1"), NULL, NULL, &error);

  return error == NULL;
}

static gboolean
secret_works (Fixture *fixture, BatonConnection *like, const char *value)
{
  BatonAccount *account = baton_connection_get_account (like);
  const char *address = baton_deployment_get_base_url (baton_account_get_deployment (account));
  gboolean personal = baton_account_get_method (account) == BATON_METHOD_PERSONAL_ACCESS_TOKEN;
  g_autoptr (BatonConnection) connection = make_connection (
      fixture, address, baton_account_get_method (account), baton_account_get_client_id (account),
      personal ? BATON_SECRET_PERSONAL_ACCESS_TOKEN : BATON_SECRET_CLIENT_SECRET, value);

  return works (connection);
}

static char *
look_up (Fixture *fixture, BatonConnection *connection)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (BatonSecret) secret = NULL;

  baton_secret_store_lookup_async (fixture->store,
                                   baton_account_get_id (baton_connection_get_account (connection)),
                                   NULL, done_cb, &result);
  wait_until (result != NULL);
  secret = baton_secret_store_lookup_finish (fixture->store, result, NULL);

  return g_strdup (baton_secret_get_value (secret));
}

static void
test_tokens (Fixture *fixture, gconstpointer data)
{
  gint64 expires = g_get_real_time () / G_USEC_PER_SEC * G_USEC_PER_SEC + 30 * DAY;
  g_autoptr (GPtrArray) before = list_tokens (fixture->admin);
  g_autoptr (GPtrArray) between = NULL;
  g_autoptr (GPtrArray) after = NULL;
  g_autoptr (JsonNode) answer
      = do_it (fixture->admin, baton_personal_access_token_make_create (
                                   "made by a test", " OR.Folders.Read  OR.Jobs.Read ", expires));
  g_autoptr (JsonNode) revoked = NULL;
  g_autoptr (BatonPersonalAccessToken) made = NULL;
  BatonPersonalAccessToken *listed = NULL;
  const char *address = baton_deployment_get_base_url (
      baton_account_get_deployment (baton_connection_get_account (fixture->admin)));
  g_autoptr (GError) error = NULL;
  char *value = NULL;

  made = baton_personal_access_token_read_created (answer, &value, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (made->scopes, ==, "OR.Folders.Read OR.Jobs.Read");
  g_assert_cmpint (made->expires_at, ==, expires);

  between = list_tokens (fixture->admin);
  g_assert_cmpuint (between->len, ==, before->len + 1);
  listed = find_token (between, "made by a test");
  g_assert_cmpstr (listed->id, ==, made->id);
  g_assert_cmpint (listed->expires_at, ==, expires);
  g_assert_cmpint (listed->created_at, >, 0);

  fixture->target = make_connection (fixture, address, BATON_METHOD_PERSONAL_ACCESS_TOKEN, NULL,
                                     BATON_SECRET_PERSONAL_ACCESS_TOKEN, value);
  baton_secret_free (value);
  g_assert_true (works (fixture->target));
  revoked = do_it (fixture->admin, baton_personal_access_token_make_revoke (made->id));
  g_assert_false (works (fixture->target));
  after = list_tokens (fixture->admin);
  g_assert_cmpuint (after->len, ==, before->len);
}

static void
test_applications (Fixture *fixture, gconstpointer data)
{
  g_autofree char *key = find_key (fixture->admin);
  BatonExternalApplication wanted
      = { .name = (char *)"made by a test",
          .confidential = TRUE,
          .redirect_uri = (char *)"http://localhost:8104/oidc/login",
          .user_scopes = (char *)"OR.Jobs.Read",
          .application_scopes = (char *)"OR.Folders.Read OR.Jobs.Read" };
  g_autoptr (JsonNode) made
      = do_it (fixture->admin, baton_external_application_make_save (&wanted, key));
  g_autofree char *first = baton_external_application_read_secret (made);
  g_autoptr (GPtrArray) listed = list_applications (fixture);
  BatonExternalApplication *application = find_application (listed, "made by a test");
  g_autoptr (GPtrArray) changed_list = NULL;
  g_autoptr (GPtrArray) after = NULL;
  g_autoptr (BatonApplicationSecret) added = NULL;
  g_autoptr (JsonNode) answer = NULL;
  g_autoptr (JsonNode) saved = NULL;
  g_autoptr (JsonNode) deleted = NULL;
  g_autoptr (JsonNode) gone = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *second = NULL;
  gint64 expires = g_get_real_time () / G_USEC_PER_SEC * G_USEC_PER_SEC + 90 * DAY;

  g_assert_cmpstr (application->redirect_uri, ==, wanted.redirect_uri);
  g_assert_cmpstr (application->user_scopes, ==, wanted.user_scopes);
  g_assert_cmpstr (application->application_scopes, ==, wanted.application_scopes);
  g_assert_cmpuint (application->secrets->len, ==, 1);
  fixture->target = make_connection (fixture,
                                     baton_deployment_get_base_url (baton_account_get_deployment (
                                         baton_connection_get_account (fixture->admin))),
                                     BATON_METHOD_CLIENT_CREDENTIALS, application->id,
                                     BATON_SECRET_CLIENT_SECRET, first);
  g_assert_true (works (fixture->target));

  answer = do_it (fixture->admin,
                  baton_application_secret_make_add (key, application->id, "second", expires));
  added = baton_application_secret_read_added (answer, &second, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (added->description, ==, "second");
  g_assert_cmpint (added->expires_at, ==, expires);
  g_assert_true (secret_works (fixture, fixture->target, second));

  g_free (application->name);
  application->name = g_strdup ("changed by a test");
  g_free (application->user_scopes);
  application->user_scopes = g_strdup ("OR.Queues.Read");
  saved = do_it (fixture->admin, baton_external_application_make_save (application, key));
  changed_list = list_applications (fixture);
  g_assert_null (find_application (changed_list, "made by a test"));
  g_assert_cmpstr (find_application (changed_list, "changed by a test")->user_scopes, ==,
                   "OR.Queues.Read");
  g_assert_cmpuint (find_application (changed_list, "changed by a test")->secrets->len, ==, 2);

  deleted = do_it (fixture->admin, baton_application_secret_make_delete (key, added->id));
  g_assert_false (secret_works (fixture, fixture->target, second));
  g_assert_true (secret_works (fixture, fixture->target, first));
  gone = do_it (fixture->admin, baton_external_application_make_delete (key, application->id));
  after = list_applications (fixture);
  g_assert_null (find_application (after, "changed by a test"));
}

/* What a token may not do is said so, and the token goes on. */
static void
test_not_allowed (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) listed = list_applications (fixture);
  g_autofree char *key = find_key (fixture->admin);
  g_autoptr (JsonNode) answer = do_it (
      fixture->admin, baton_personal_access_token_make_create ("small", "OR.Folders.Read", 0));
  g_autoptr (BatonPersonalAccessToken) made = NULL;
  g_autoptr (GError) tokens = NULL;
  g_autoptr (GError) applications = NULL;
  g_autofree char *value = NULL;

  made = baton_personal_access_token_read_created (answer, &value, NULL);
  fixture->target = make_connection (fixture,
                                     baton_deployment_get_base_url (baton_account_get_deployment (
                                         baton_connection_get_account (fixture->admin))),
                                     BATON_METHOD_PERSONAL_ACCESS_TOKEN, NULL,
                                     BATON_SECRET_PERSONAL_ACCESS_TOKEN, value);
  send (fixture->target, baton_personal_access_token_make_list (), NULL, NULL, &tokens);
  g_assert_error (tokens, BATON_ERROR, BATON_ERROR_NOT_ALLOWED);
  send (fixture->target, baton_external_application_make_list (key), NULL, NULL, &applications);
  g_assert_error (applications, BATON_ERROR, BATON_ERROR_NOT_ALLOWED);
  g_assert_true (works (fixture->target));
}

/* The number of secrets that the application has on the server. */
static guint
count_secrets (Fixture *fixture, const char *id)
{
  g_autoptr (GPtrArray) listed = list_applications (fixture);

  for (guint i = 0; i < listed->len; i++)
    {
      BatonExternalApplication *application = listed->pdata[i];

      if (g_str_equal (application->id, id))
        return application->secrets->len;
    }

  return 0;
}

/* An application with one secret, and an account that signs in with it. Returns: (transfer full):
 * the rotation of that secret, with the value of it in @old. @id: (out) (transfer full) */
static BatonRotation *
prepare (Fixture *fixture, char **id, char **old)
{
  g_autofree char *key = find_key (fixture->admin);
  BatonExternalApplication wanted = { .name = (char *)"rotated",
                                      .confidential = TRUE,
                                      .application_scopes = (char *)"OR.Folders.Read" };
  g_autoptr (JsonNode) made
      = do_it (fixture->admin, baton_external_application_make_save (&wanted, key));
  g_autoptr (GPtrArray) listed = list_applications (fixture);
  BatonExternalApplication *application = find_application (listed, "rotated");

  *old = baton_external_application_read_secret (made);
  *id = g_strdup (application->id);
  fixture->target = make_connection (fixture,
                                     baton_deployment_get_base_url (baton_account_get_deployment (
                                         baton_connection_get_account (fixture->admin))),
                                     BATON_METHOD_CLIENT_CREDENTIALS, application->id,
                                     BATON_SECRET_CLIENT_SECRET, *old);
  g_assert_true (works (fixture->target));

  return baton_rotation_new_of_application (fixture->admin, fixture->target, fixture->store, key,
                                            application->id, application->secrets->pdata[0], 0);
}

static void
run (BatonRotation *rotation)
{
  baton_rotation_run (rotation);
  g_assert_true (baton_rotation_is_running (rotation));
  wait_until (!baton_rotation_is_running (rotation));
}

static void
assert_rotated (Fixture *fixture, BatonRotation *rotation, const char *id, const char *old)
{
  g_autofree char *value = look_up (fixture, fixture->target);

  g_assert_no_error (baton_rotation_get_error (rotation));
  g_assert_cmpint (baton_rotation_get_step (rotation), ==, BATON_ROTATION_DONE);
  g_assert_cmpstr (value, !=, old);
  g_assert_true (secret_works (fixture, fixture->target, value));
  g_assert_false (secret_works (fixture, fixture->target, old));
  g_assert_true (works (fixture->target));
  g_assert_cmpuint (count_secrets (fixture, id), ==, 1);
}

static void
test_rotate (Fixture *fixture, gconstpointer data)
{
  g_autofree char *id = NULL;
  g_autofree char *old = NULL;
  g_autoptr (BatonRotation) rotation = prepare (fixture, &id, &old);

  run (rotation);
  assert_rotated (fixture, rotation, id, old);
}

/* Tells the sandbox to answer with 500 what fits, @times times. */
static void
inject (Fixture *fixture, const char *method, const char *path, guint skip, guint times)
{
  g_autofree char *address = g_strconcat (fixture->origin, "/_sandbox/faults", NULL);
  g_autofree char *body = g_strdup_printf ("{\"method\":\"%s\",\"path\":\"%s\",\"kind\":\"status\","
                                           "\"status\":500,\"skip\":%u,\"times\":%u}",
                                           method, path, skip, times);
  BatonCall *call = baton_call_new ("POST", address);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (BatonReply) reply = NULL;
  g_autoptr (GError) error = NULL;

  baton_call_take_body (call, "application/json", g_strdup (body));
  baton_http_send_async (baton_network_get (baton_connection_get_account (fixture->admin)), call, NULL, done_cb, &result);
  wait_until (result != NULL);
  reply = baton_http_send_finish (result, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (reply->status, ==, 201);
}

static const struct
{
  BatonRotationStep step;
  const char *method;
  const char *path;
  guint secrets; /* on the server, while it stands there */
} failures[] = {
  { BATON_ROTATION_MAKE, "POST", "*GenerateSecret", 1 },
  { BATON_ROTATION_SIGN_IN, "POST", "*connect/token", 2 },
  { BATON_ROTATION_SIGN_IN, "GET", "*odata/Folders*", 2 },
  { BATON_ROTATION_DELETE, "DELETE", "*secrets*", 2 },
};

/* At each step: the old one works still, it is said where it stands, and it goes on from there. */
static void
test_rotate_fails (Fixture *fixture, gconstpointer data)
{
  guint number = GPOINTER_TO_UINT (data);
  BatonRotationStep step = failures[number].step;
  g_autofree char *id = NULL;
  g_autofree char *old = NULL;
  g_autofree char *value = NULL;
  g_autoptr (BatonRotation) rotation = prepare (fixture, &id, &old);

  inject (fixture, failures[number].method, failures[number].path, 0, 1);
  run (rotation);
  g_assert_cmpint (baton_rotation_get_step (rotation), ==, step);
  g_assert_nonnull (baton_rotation_get_error (rotation));
  g_assert_nonnull (strstr (baton_rotation_describe (rotation), "old one"));
  g_assert_cmpuint (count_secrets (fixture, id), ==, failures[number].secrets);
  g_assert_true (secret_works (fixture, fixture->target, old));
  g_assert_true (works (fixture->target));
  value = look_up (fixture, fixture->target);
  if (step < BATON_ROTATION_DELETE)
    g_assert_cmpstr (value, ==, old);
  else
    g_assert_cmpstr (value, !=, old);

  run (rotation);
  assert_rotated (fixture, rotation, id, old);
}

/* The keyring takes nothing: there is no bus that it could be at. */
static void
test_rotate_not_kept (Fixture *fixture, gconstpointer data)
{
  g_autofree char *id = NULL;
  g_autofree char *old = NULL;
  g_autoptr (BatonRotation) rotation = prepare (fixture, &id, &old);
  const char *account = baton_account_get_id (baton_connection_get_account (fixture->target));
  g_autoptr (BatonSecret) secret = baton_secret_new (BATON_SECRET_CLIENT_SECRET, old, 0, 0);

  baton_secret_store_drop_from_memory (fixture->store, account);
  run (rotation);
  g_assert_cmpint (baton_rotation_get_step (rotation), ==, BATON_ROTATION_KEEP);
  g_assert_error (baton_rotation_get_error (rotation), BATON_ERROR,
                  BATON_ERROR_KEYRING_UNAVAILABLE);
  g_assert_cmpuint (count_secrets (fixture, id), ==, 2);
  g_assert_true (secret_works (fixture, fixture->target, old));

  baton_secret_store_keep_in_memory (fixture->store, account, secret);
  run (rotation);
  assert_rotated (fixture, rotation, id, old);
}

static void
test_rotate_given_up (Fixture *fixture, gconstpointer data)
{
  g_autofree char *id = NULL;
  g_autofree char *old = NULL;
  g_autofree char *value = NULL;
  g_autoptr (BatonRotation) rotation = prepare (fixture, &id, &old);

  inject (fixture, "GET", "*odata/Folders*", 0, 1);
  run (rotation);
  g_assert_true (baton_rotation_can_give_up (rotation));
  baton_rotation_give_up (rotation);
  wait_until (!baton_rotation_is_running (rotation));
  g_assert_cmpint (baton_rotation_get_step (rotation), ==, BATON_ROTATION_UNDONE);
  g_assert_cmpuint (count_secrets (fixture, id), ==, 1);
  value = look_up (fixture, fixture->target);
  g_assert_cmpstr (value, ==, old);
  g_assert_true (works (fixture->target));
}

/* A personal access token that replaces itself: the caller is the account that is rotated. */
static void
test_rotate_token (Fixture *fixture, gconstpointer data)
{
  g_autoptr (JsonNode) answer
      = do_it (fixture->admin, baton_personal_access_token_make_create (
                                   "Baton", "OR.Folders.Read PM.User", g_get_real_time () + DAY));
  g_autoptr (BatonPersonalAccessToken) made = NULL;
  g_autoptr (GPtrArray) after = NULL;
  g_autofree char *old = NULL;
  g_autofree char *value = NULL;
  g_autoptr (BatonRotation) rotation = NULL;
  gint64 expires = g_get_real_time () + 90 * DAY;

  made = baton_personal_access_token_read_created (answer, &old, NULL);
  fixture->target = make_connection (fixture,
                                     baton_deployment_get_base_url (baton_account_get_deployment (
                                         baton_connection_get_account (fixture->admin))),
                                     BATON_METHOD_PERSONAL_ACCESS_TOKEN, NULL,
                                     BATON_SECRET_PERSONAL_ACCESS_TOKEN, old);
  g_assert_true (works (fixture->target));
  rotation = baton_rotation_new_of_token (fixture->target, fixture->target, fixture->store, made,
                                          expires);
  run (rotation);
  g_assert_no_error (baton_rotation_get_error (rotation));
  g_assert_cmpint (baton_rotation_get_step (rotation), ==, BATON_ROTATION_DONE);
  value = look_up (fixture, fixture->target);
  g_assert_cmpstr (value, !=, old);
  g_assert_true (works (fixture->target));
  g_assert_false (secret_works (fixture, fixture->target, old));
  after = list_tokens (fixture->admin);
  g_assert_cmpstr (find_token (after, "Baton")->id, !=, made->id);
  g_assert_cmpstr (find_token (after, "Baton")->scopes, ==, "OR.Folders.Read PM.User");
}

int
main (int argc, char **argv)
{
  /* a bus that nobody is at: keys are kept for this run */
  g_setenv ("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent/bus", TRUE);
  g_test_init (&argc, &argv, NULL);

#define ADD(name, data, function)                                                                  \
  g_test_add ("/baton/contract/identity/" name, Fixture, data, set_up, function, tear_down)
  ADD ("tokens", NULL, test_tokens);
  ADD ("applications", NULL, test_applications);
  ADD ("not-allowed", NULL, test_not_allowed);
  ADD ("rotate", NULL, test_rotate);
  for (guint i = 0; i < G_N_ELEMENTS (failures); i++)
    {
      g_autofree char *path = g_strdup_printf ("/baton/contract/identity/rotate-fails/%u", i);

      g_test_add (path, Fixture, GUINT_TO_POINTER (i), set_up, test_rotate_fails, tear_down);
    }
  ADD ("rotate-not-kept", NULL, test_rotate_not_kept);
  ADD ("rotate-given-up", NULL, test_rotate_given_up);
  ADD ("rotate-token", NULL, test_rotate_token);

  return g_test_run ();
}
