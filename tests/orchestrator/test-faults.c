/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "baton-json.h"
#include "baton-time.h"
#include "client-fixture.h"
#include "http/baton-exchange.h"
#include "http/baton-http.h"

#define ROWS "{\"@odata.count\":1,\"value\":[{\"Id\":1}]}"
#define ABP_401 \
  "{\"message\":null,\"errorCode\":0,\"result\":null,\"targetUrl\":null,\"success\":false," \
  "\"error\":{\"code\":0," \
  "\"message\":\"You are not authenticated!\",\"details\":\"You should be authenticated (sign " \
  "in) in order to " \
  "perform this operation.\",\"validationErrors\":null},\"unAuthorizedRequest\":false," \
  "\"__abp\":true}"

static void
assert_list_works (Client *client)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) root = client_get_list (client, &error);

  g_assert_no_error (error);
  g_assert_cmpint (baton_json_peek_int (baton_json_peek_root_object (root), "@odata.count", 0), ==,
                   1);
}

/* Asks for the list, which must fail. Returns: the error, with a text and without the secrets. */
static GError *
fail_list (Client *client, BatonErrorCode code)
{
  GError *error = NULL;
  g_autoptr (JsonNode) root = client_get_list (client, &error);
  const BatonErrorDetails *details = NULL;

  g_assert_null (root);
  g_assert_error (error, BATON_ERROR, (int) code);
  g_assert_cmpint (error->message[0], !=, '\0');
  g_test_message ("%s", error->message);

  details = baton_error_get_details (error);
  g_assert_nonnull (details->request);
  g_assert_null (strstr (details->request, "$top"));
  if (details->technical != NULL)
    {
      g_assert_null (strstr (details->technical, "access-1"));
      g_assert_null (strstr (details->technical, TEST_KEY));
    }

  return error;
}

static void
test_good (Client *client, gconstpointer data)
{
  g_autofree char *request = NULL;
  g_autofree char *token_request = NULL;

  fault_server_add (client->server, TEST_LIST, 200, NULL, ROWS);
  assert_list_works (client);
  assert_list_works (client);

  g_assert_cmpuint (fault_server_count (client->server, TEST_TOKENS), ==, 1);
  request = fault_server_dup_request (client->server, TEST_LIST);
  g_assert_nonnull (strstr (request, "Authorization: Bearer access-1\r\n"));
  g_assert_null (strstr (request, "X-UIPATH-TenantName"));
  token_request = fault_server_dup_request (client->server, TEST_TOKENS);
  g_assert_nonnull (strstr (token_request, "\"refresh_token\":\"" TEST_KEY "\""));
  g_assert_nonnull (strstr (token_request, "\"client_id\":\"" TEST_CLIENT "\""));
}

static void
test_empty (Client *client, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) root = NULL;
  g_autofree char *request = NULL;

  fault_server_add (client->server, "DELETE " TEST_BASE "/odata/Assets(1)", 204, NULL, "");
  root = client_ask (client, "DELETE", "/odata/Assets(1)", NULL, &error);
  g_assert_no_error (error);
  g_assert_null (root);

  fault_server_add (client->server, "POST " TEST_BASE "/odata/Assets", 201, NULL, "{\"Id\":1}");
  root = client_ask (client, "POST", "/odata/Assets", "{\"Name\":\"x\"}", &error);
  g_assert_no_error (error);
  request = fault_server_dup_request (client->server, "POST " TEST_BASE "/odata/Assets");
  g_assert_nonnull (strstr (request, "Content-Type: application/json\r\n"));
  g_assert_true (g_str_has_suffix (request, "{\"Name\":\"x\"}"));
}

/* No token is refused before any was taken: the address is wrong, not the key (fact sheet 1.5). */
static void
test_wrong_address (Client *client, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  fault_server_add (client->server, TEST_LIST, 401, NULL, ABP_401);
  error = fail_list (client, BATON_ERROR_WRONG_ADDRESS);
  g_assert_nonnull (strstr (error->message, "/acme/Production"));
  g_assert_cmpuint (baton_error_get_details (error)->http_status, ==, 401);

  /* a fresh token is not renewed for it */
  g_assert_cmpuint (fault_server_count (client->server, TEST_TOKENS), ==, 1);
  g_assert_cmpuint (fault_server_count (client->server, TEST_LIST), ==, 1);
}

static void
test_wrong_address_after_hours (Client *client, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BatonToken) token = client_get_token (client, NULL);

  baton_clock_advance (client->clock, G_TIME_SPAN_HOUR);
  fault_server_add (client->server, TEST_LIST, 401, NULL, "");
  error = fail_list (client, BATON_ERROR_WRONG_ADDRESS);
  g_assert_cmpuint (fault_server_count (client->server, TEST_TOKENS), ==, 2);
  g_assert_cmpuint (fault_server_count (client->server, TEST_LIST), ==, 2);
}

static void
test_html (Client *client, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) redirected = NULL;

  fault_server_add (client->server, TEST_LIST, 200, "Content-Type: text/html\r\n",
                    "<!DOCTYPE html><html><body>Portal</body></html>");
  error = fail_list (client, BATON_ERROR_WRONG_ADDRESS);

  fault_server_reset (client->server, TEST_LIST);
  fault_server_add (client->server, TEST_LIST, 302, "Location: /identity_/login\r\n", "");
  redirected = fail_list (client, BATON_ERROR_WRONG_ADDRESS);
  /* the token does not travel on */
  g_assert_cmpuint (fault_server_count (client->server, TEST_LIST), ==, 1);
}

static void
test_401_in_the_middle (Client *client, gconstpointer data)
{
  g_autofree char *request = NULL;

  fault_server_add (client->server, TEST_LIST, 200, NULL, ROWS);
  fault_server_add (client->server, TEST_LIST, 401, NULL, ABP_401);
  fault_server_add (client->server, TEST_LIST, 200, NULL, ROWS);
  assert_list_works (client);

  client_give_tokens (client, "access-2", "86400");
  assert_list_works (client);

  /* renewed once, replayed once, with the new token */
  g_assert_cmpuint (fault_server_count (client->server, TEST_TOKENS), ==, 1);
  g_assert_cmpuint (fault_server_count (client->server, TEST_LIST), ==, 3);
  request = fault_server_dup_request (client->server, TEST_LIST);
  g_assert_nonnull (strstr (request, "Bearer access-2\r\n"));
}

static void
test_second_401_stops (Client *client, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) again = NULL;

  fault_server_add (client->server, TEST_LIST, 200, NULL, ROWS);
  fault_server_add (client->server, TEST_LIST, 401, NULL, ABP_401);
  assert_list_works (client);

  error = fail_list (client, BATON_ERROR_NOT_SIGNED_IN);
  g_assert_cmpuint (fault_server_count (client->server, TEST_LIST), ==, 3);
  g_assert_cmpuint (fault_server_count (client->server, TEST_TOKENS), ==, 2);

  /* and no renewal for each request that comes after */
  again = fail_list (client, BATON_ERROR_NOT_SIGNED_IN);
  g_assert_cmpuint (fault_server_count (client->server, TEST_LIST), ==, 4);
  g_assert_cmpuint (fault_server_count (client->server, TEST_TOKENS), ==, 2);
}

static void
test_revoked_in_the_middle (Client *client, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) again = NULL;
  guint count;

  fault_server_add (client->server, TEST_LIST, 200, NULL, ROWS);
  fault_server_add (client->server, TEST_LIST, 401, NULL, ABP_401);
  assert_list_works (client);

  fault_server_reset (client->server, TEST_TOKENS);
  fault_server_add (client->server, TEST_TOKENS, 403, NULL,
                    "{\"error\":\"invalid_grant\",\"error_description\":\"Unknown or invalid "
                    "refresh "
                    "token.\"}");
  error = fail_list (client, BATON_ERROR_KEY_REVOKED);
  g_assert_cmpint (baton_token_keeper_get_state (client->keeper), ==, BATON_KEEPER_REVOKED);

  /* from now on nobody is asked */
  count = fault_server_count (client->server, TEST_LIST);
  again = fail_list (client, BATON_ERROR_KEY_REVOKED);
  g_assert_cmpuint (fault_server_count (client->server, TEST_LIST), ==, count);
  g_assert_cmpuint (fault_server_count (client->server, TEST_TOKENS), ==, 1);
}

typedef struct
{
  guint status;
  const char *body;
  BatonErrorCode code;
  const char *message; /* a part of it */
  int service_code;
} StatusCase;

static void
test_statuses (Client *client, gconstpointer data)
{
  static const StatusCase cases[] = {
    { 400,
      "{\"message\":\"A folder is required for this action.\",\"errorCode\":1101,"
      "\"traceId\":\"00-a-b-01\"}",
      BATON_ERROR_FOLDER_MISSING, "A folder is required", 1101 },
    { 404, "{\"message\":\"Folder does not exist\",\"errorCode\":1100}", BATON_ERROR_FOLDER_MISSING,
      "Folder does not exist", 1100 },
    { 400, "{\"message\":\"Invalid OData query options.\",\"errorCode\":1000}", BATON_ERROR_INVALID,
      "Invalid OData", 1000 },
    { 400,
      "{\"type\":\"x\",\"title\":\"One or more validation errors occurred.\",\"status\":400,"
      "\"errors\":{\"Name\":"
           "[\"is too long\"]}}",
      BATON_ERROR_INVALID, "Name: is too long", 0 },
    { 403, "{\"message\":\"You are not authorized!\",\"errorCode\":0}", BATON_ERROR_NOT_ALLOWED,
      "not authorized", 0 },
    { 404, "{\"message\":\"Job does not exist.\",\"errorCode\":1002}", BATON_ERROR_NOT_FOUND,
      "does not exist", 1002 },
    { 404, "", BATON_ERROR_NOT_FOUND, NULL, 0 },
    { 409, "{\"Message\":\"The name is already used.\",\"ErrorCode\":1001}", BATON_ERROR_CONFLICT,
      "already used", 1001 },
    { 500, "{\"error\":{\"code\":\"\",\"message\":\"An error has occurred.\"}}", BATON_ERROR_SERVER,
      "An error has occurred.", 0 },
    { 500, "not json at all", BATON_ERROR_SERVER, NULL, 0 },
    { 501, "{\"message\":\"Not here\"}", BATON_ERROR_NOT_IMPLEMENTED, "Not here", 0 },
    { 418, "", BATON_ERROR_INVALID, NULL, 0 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      const BatonErrorDetails *details = NULL;

      fault_server_reset (client->server, TEST_LIST);
      fault_server_add (client->server, TEST_LIST, cases[i].status, NULL, cases[i].body);
      error = fail_list (client, cases[i].code);
      details = baton_error_get_details (error);

      if (cases[i].message != NULL)
        g_assert_nonnull (strstr (error->message, cases[i].message));
      g_assert_cmpuint (details->http_status, ==, cases[i].status);
      g_assert_cmpint (details->service_code, ==, cases[i].service_code);
      g_assert_cmpstr (details->permission, ==, cases[i].status == 403 ? "Jobs.View" : NULL);
      if (i == 0)
        g_assert_cmpstr (details->trace_id, ==, "00-a-b-01");
      g_assert_cmpuint (fault_server_count (client->server, TEST_LIST), ==, 1);
    }
}

static void
test_429_seconds (Client *client, gconstpointer data)
{
  gint64 start = baton_clock_now (client->clock);

  fault_server_add (client->server, TEST_LIST, 429, "Retry-After: 7\r\n", "");
  fault_server_add (client->server, TEST_LIST, 200, NULL, ROWS);
  assert_list_works (client);
  g_assert_cmpint (baton_clock_now (client->clock) - start, >=, 7 * G_USEC_PER_SEC);
  g_assert_cmpint (baton_pipeline_get_paused_until (client->pipeline), ==, 0);
  g_assert_cmpuint (fault_server_count (client->server, TEST_LIST), ==, 2);
}

static void
test_429_date (Client *client, gconstpointer data)
{
  gint64 start = baton_clock_now (client->clock);

  fault_server_add (client->server, TEST_LIST, 429,
                    "Retry-After: Thu, 01 Jan 2026 00:00:30 GMT\r\n", "");
  fault_server_add (client->server, TEST_LIST, 200, NULL, ROWS);
  assert_list_works (client);
  g_assert_cmpint (baton_clock_now (client->clock) - start, >=, 29 * G_USEC_PER_SEC);
}

static void
paused_cb (BatonPipeline *pipeline, GParamSpec *pspec, gpointer user_data)
{
  gint64 *longest = user_data;

  *longest = MAX (*longest, baton_pipeline_get_paused_until (pipeline));
}

static void
test_429_too_long (Client *client, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  gint64 paused_until = 0;

  g_signal_connect (client->pipeline, "notify::paused-until", G_CALLBACK (paused_cb),
                    &paused_until);
  fault_server_add (client->server, TEST_LIST, 429, "Retry-After: 600\r\n", "");
  error = fail_list (client, BATON_ERROR_RATE_LIMITED);
  g_assert_cmpint (baton_error_get_details (error)->retry_at, >=,
                   TEST_START + 600 * G_USEC_PER_SEC);
  g_assert_cmpint (paused_until, >=, TEST_START + 600 * G_USEC_PER_SEC);
  g_assert_cmpuint (fault_server_count (client->server, TEST_LIST), ==, 1);
}

/* a POST that was turned away was not done */
static void
test_429_post (Client *client, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) root = NULL;

  fault_server_add (client->server, "POST " TEST_BASE "/odata/X", 429, "Retry-After: 1\r\n", "");
  fault_server_add (client->server, "POST " TEST_BASE "/odata/X", 201, NULL, "{\"Id\":1}");
  root = client_ask (client, "POST", "/odata/X", "{}", &error);
  g_assert_no_error (error);
  g_assert_nonnull (root);
}

static void
test_429_again_and_again (Client *client, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  fault_server_add (client->server, TEST_LIST, 429, NULL, "");
  error = fail_list (client, BATON_ERROR_RATE_LIMITED);
  g_assert_cmpuint (fault_server_count (client->server, TEST_LIST), ==, 4);
}

static void
test_503 (Client *client, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) posted = NULL;
  g_autoptr (JsonNode) root = NULL;

  fault_server_add (client->server, TEST_LIST, 503, NULL, "");
  fault_server_add (client->server, TEST_LIST, 502, NULL, "");
  fault_server_add (client->server, TEST_LIST, 200, NULL, ROWS);
  assert_list_works (client);
  g_assert_cmpuint (fault_server_count (client->server, TEST_LIST), ==, 3);

  fault_server_reset (client->server, TEST_LIST);
  fault_server_add (client->server, TEST_LIST, 503, NULL, "");
  error = fail_list (client, BATON_ERROR_SERVER);
  g_assert_cmpuint (fault_server_count (client->server, TEST_LIST), ==, 4);

  /* it may have been done */
  fault_server_add (client->server, "POST " TEST_BASE "/odata/X", 503, NULL, "");
  root = client_ask (client, "POST", "/odata/X", "{}", &posted);
  g_assert_error (posted, BATON_ERROR, BATON_ERROR_SERVER);
  g_assert_cmpuint (fault_server_count (client->server, "POST " TEST_BASE "/odata/X"), ==, 1);
}

static void
test_cut (Client *client, gconstpointer data)
{
  static const char *const answers[] = {
    /* less than was said */
    "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n{\"value\":[",
    /* a chunk that breaks off */
    "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nTransfer-Encoding: "
    "chunked\r\n\r\n40\r\n{\"value\"",
    /* the end of the connection is the end of the body */
    "HTTP/1.0 200 OK\r\nContent-Type: application/json\r\n\r\n{\"value\":[{\"Id\":1},",
  };

  for (guint i = 0; i < G_N_ELEMENTS (answers); i++)
    {
      g_autoptr (GError) error = NULL;

      fault_server_reset (client->server, TEST_LIST);
      fault_server_add_raw (client->server, TEST_LIST, answers[i], -1, FALSE);
      error = fail_list (client, BATON_ERROR_BAD_ANSWER);
    }
}

static void
test_not_json (Client *client, gconstpointer data)
{
  static const char *const bodies[] = { "hello", "{\"value\":[1,]", "{\"a\":1} trailing",
                                        "\xff\xfe\x00",
                                        "{\"a\":\"\xff\"}" };

  for (guint i = 0; i < G_N_ELEMENTS (bodies); i++)
    {
      g_autoptr (GError) error = NULL;

      fault_server_reset (client->server, TEST_LIST);
      fault_server_add (client->server, TEST_LIST, 200, NULL, bodies[i]);
      error = fail_list (client, BATON_ERROR_BAD_ANSWER);
      g_assert_true (g_utf8_validate (error->message, -1, NULL));
      g_assert_true (g_utf8_validate (baton_error_get_details (error)->technical, -1, NULL));
    }
}

static void
test_huge (Client *client, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *body = g_malloc (10 * 1024 * 1024 + 3);

  memset (body, 'a', 10 * 1024 * 1024 + 2);
  body[0] = '"';
  body[10 * 1024 * 1024 + 1] = '"';
  body[10 * 1024 * 1024 + 2] = '\0';
  fault_server_add (client->server, TEST_LIST, 200, NULL, body);
  error = fail_list (client, BATON_ERROR_BAD_ANSWER);
  g_assert_nonnull (strstr (error->message, "8.0"));
}

/* A body without an end is not read to its end. */
static void
test_huge_and_silent (Client *client, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GString) answer =
      g_string_new ("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n\"");

  g_string_set_size (answer, 9 * 1024 * 1024);
  memset (answer->str + 60, 'a', answer->len - 60);
  fault_server_add_raw (client->server, TEST_LIST, answer->str, (gssize) answer->len, TRUE);
  error = fail_list (client, BATON_ERROR_BAD_ANSWER);
}

static void
test_nested (Client *client, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *arrays = g_malloc (600001);
  g_autoptr (GString) objects = g_string_new (NULL);

  memset (arrays, '[', 300000);
  memset (arrays + 300000, ']', 300000);
  arrays[600000] = '\0';
  fault_server_add (client->server, TEST_LIST, 200, NULL, arrays);
  error = fail_list (client, BATON_ERROR_BAD_ANSWER);
  g_clear_error (&error);

  for (guint i = 0; i < 300000; i++)
    g_string_append (objects, "{\"a\":");
  fault_server_reset (client->server, TEST_LIST);
  fault_server_add (client->server, TEST_LIST, 500, NULL, objects->str);
  error = fail_list (client, BATON_ERROR_SERVER);
}

static void
test_silent (Client *client, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) half = NULL;
  gboolean offline = FALSE;

  baton_http_set_timeout (1);
  fault_server_add_raw (client->server, TEST_LIST, "", 0, TRUE);
  error = fail_list (client, BATON_ERROR_TIMED_OUT);
  g_object_get (client->pipeline, "offline", &offline, NULL);
  g_assert_true (offline);

  fault_server_reset (client->server, TEST_LIST);
  fault_server_add_raw (client->server, TEST_LIST,
                        "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: "
                        "100\r\n\r\n{",
                        -1, TRUE);
  half = fail_list (client, BATON_ERROR_TIMED_OUT);

  fault_server_reset (client->server, TEST_LIST);
  fault_server_add (client->server, TEST_LIST, 200, NULL, ROWS);
  assert_list_works (client);
  g_object_get (client->pipeline, "offline", &offline, NULL);
  g_assert_false (offline);
}

/* Where nobody listens: a port that was just given back. */
static void
test_refused (Client *client, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  FaultServer *gone = fault_server_new (NULL);
  g_autofree char *address = g_strconcat (fault_server_get_origin (gone), "/acme/Production", NULL);
  g_autoptr (BatonDeployment) deployment = baton_deployment_parse (address, NULL);
  g_autoptr (BatonToken) token = client_get_token (client, NULL);

  fault_server_free (gone);
  baton_account_set_deployment (client->account, deployment);
  error = fail_list (client, BATON_ERROR_NO_NETWORK);
}

static void
test_no_such_host (Client *client, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BatonDeployment) deployment =
      baton_deployment_parse ("https://orchestrator.invalid/acme/Production", NULL);

  baton_account_set_deployment (client->account, deployment);
  error = fail_list (client, BATON_ERROR_NO_NETWORK);
  g_assert_cmpint (baton_token_keeper_get_state (client->keeper), ==, BATON_KEEPER_OFFLINE);
}

static void
test_no_encryption (Client *client, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BatonDeployment) deployment =
      baton_deployment_parse ("http://orchestrator.invalid/acme/Production", NULL);

  baton_account_set_deployment (client->account, deployment);
  error = fail_list (client, BATON_ERROR_INVALID);
  g_assert_nonnull (strstr (error->message, "https"));
}

static void
test_untrusted (Client *client, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  error = fail_list (client, BATON_ERROR_TLS);
  g_assert_nonnull (strstr (error->message, "127.0.0.1"));
  g_assert_nonnull (strstr (error->message, "authority"));
  g_assert_cmpuint (fault_server_count (client->server, TEST_TOKENS), ==, 0);
}

/* The other way round: TLS is spoken to one who does not. */
static void
test_no_tls (Client *client, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GString) address = g_string_new (fault_server_get_origin (client->server));
  g_autoptr (BatonDeployment) deployment = NULL;

  g_string_replace (address, "http:", "https:", 1);
  g_string_append (address, "/acme/Production");
  deployment = baton_deployment_parse (address->str, NULL);
  baton_account_set_deployment (client->account, deployment);
  error = fail_list (client, BATON_ERROR_TLS);
}

typedef struct
{
  gboolean done;
  GError *error;
} Cancelled;

static void
cancelled_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  Cancelled *cancelled = user_data;
  g_autoptr (JsonNode) root =
      baton_pipeline_send_finish (BATON_PIPELINE (object), result, &cancelled->error);

  g_assert_null (root);
  cancelled->done = TRUE;
}

/* In each state that a request can be in. */
static void
test_cancelled (Client *client, gconstpointer data)
{
  static const char *const hanging[] = { TEST_TOKENS, TEST_LIST, NULL };

  for (guint i = 0; i < G_N_ELEMENTS (hanging); i++)
    {
      g_autoptr (GCancellable) cancellable = g_cancellable_new ();
      g_autoptr (BatonRequest) request = baton_request_new ("GET", "/odata/Jobs");
      Cancelled cancelled = { 0 };

      if (hanging[i] != NULL)
        {
          fault_server_reset (client->server, hanging[i]);
          fault_server_add_raw (client->server, hanging[i], "", 0, TRUE);
        }
      else
        {
          fault_server_reset (client->server, TEST_LIST);
          fault_server_add (client->server, TEST_LIST, 429, "Retry-After: 60\r\n", "");
        }

      baton_pipeline_send_async (client->pipeline, request, NULL, NULL, NULL, NULL, cancellable,
                                 cancelled_cb, &cancelled);
      while (hanging[i] != NULL ? fault_server_count (client->server, hanging[i]) == 0
                                : baton_pipeline_get_paused_until (client->pipeline) == 0)
        g_main_context_iteration (NULL, FALSE);
      g_assert_false (cancelled.done);

      g_cancellable_cancel (cancellable);
      client_wait_still (&cancelled.done);
      g_assert_error (cancelled.error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
      g_clear_error (&cancelled.error);
      client_give_tokens (client, "access-1", "86400");
    }
}

static gpointer
decode_count (JsonNode *root, gpointer data, GError **error)
{
  gint64 value = 0;
  gint64 *count = NULL;

  if (!baton_json_require_int (baton_json_peek_root_object (root), "@odata.count", &value, error))
    return NULL;
  count = g_new (gint64, 1);
  *count = value;

  return count;
}

typedef struct
{
  gboolean done;
  gint64 *count;
  GError *error;
} Decoded;

static void
decoded_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  Decoded *decoded = user_data;

  decoded->count = baton_pipeline_send_finish (BATON_PIPELINE (object), result, &decoded->error);
  decoded->done = TRUE;
}

static void
test_decoder (Client *client, gconstpointer data)
{
  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (BatonRequest) request = baton_request_new ("GET", "/odata/Jobs");
      Decoded decoded = { 0 };

      fault_server_reset (client->server, TEST_LIST);
      fault_server_add (client->server, TEST_LIST, 200, NULL, i == 0 ? ROWS : "{\"other\":true}");
      baton_pipeline_send_async (client->pipeline, request, decode_count, g_strdup ("data"), g_free,
                                 g_free, NULL, decoded_cb, &decoded);
      client_wait (client, &decoded.done);

      if (i == 0)
        g_assert_cmpint (*decoded.count, ==, 1);
      else
        g_assert_error (decoded.error, BATON_ERROR, BATON_ERROR_BAD_ANSWER);
      g_free (decoded.count);
      g_clear_error (&decoded.error);
    }
}

/* What is kept of the requests holds no secret, also where one stood in the address. */
static void
test_exchanges (Client *client, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) root = NULL;
  g_autoptr (BatonExchange) last = NULL;
  const BatonExchangeFacts *facts = NULL;

  fault_server_add (client->server, TEST_LIST, 200, NULL, ROWS);
  root = client_ask (client, "GET", "/odata/Jobs?access_token=abcdef&x=access-1", NULL, &error);
  g_assert_no_error (error);

  last = g_list_model_get_item (baton_pipeline_get_exchanges (client->pipeline), 0);
  facts = baton_exchange_get_facts (last);
  g_assert_cmpstr (facts->method, ==, "GET");
  g_assert_cmpuint (facts->status, ==, 200);
  g_assert_cmpuint (facts->attempt, ==, 1);
  g_assert_cmpuint (facts->received_bytes, ==, strlen (ROWS));
  g_assert_null (strstr (facts->url, "abcdef"));
  g_assert_null (strstr (facts->url, "access-1"));

  for (guint i = 0; i < 210; i++)
    {
      g_autoptr (JsonNode) more = client_ask (client, "GET", "/odata/Jobs(1)", NULL, NULL);
    }
  g_assert_cmpuint (g_list_model_get_n_items (baton_pipeline_get_exchanges (client->pipeline)), ==,
                    200);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

#define ADD(name, function) \
  g_test_add ("/baton/orchestrator/faults/" name, Client, NULL, client_set_up, function, \
              client_tear_down)
  ADD ("good", test_good);
  ADD ("empty", test_empty);
  ADD ("wrong-address", test_wrong_address);
  ADD ("wrong-address-after-hours", test_wrong_address_after_hours);
  ADD ("html", test_html);
  ADD ("401-in-the-middle", test_401_in_the_middle);
  ADD ("second-401-stops", test_second_401_stops);
  ADD ("revoked-in-the-middle", test_revoked_in_the_middle);
  ADD ("statuses", test_statuses);
  ADD ("429-seconds", test_429_seconds);
  ADD ("429-date", test_429_date);
  ADD ("429-too-long", test_429_too_long);
  ADD ("429-post", test_429_post);
  ADD ("429-again-and-again", test_429_again_and_again);
  ADD ("503", test_503);
  ADD ("cut", test_cut);
  ADD ("not-json", test_not_json);
  ADD ("huge", test_huge);
  ADD ("huge-and-silent", test_huge_and_silent);
  ADD ("nested", test_nested);
  ADD ("silent", test_silent);
  ADD ("refused", test_refused);
  ADD ("no-such-host", test_no_such_host);
  ADD ("no-encryption", test_no_encryption);
  ADD ("no-tls", test_no_tls);
  ADD ("cancelled", test_cancelled);
  ADD ("decoder", test_decoder);
  ADD ("exchanges", test_exchanges);
  g_test_add ("/baton/orchestrator/faults/untrusted", Client, "self-signed.pem", client_set_up,
              test_untrusted, client_tear_down);

  return g_test_run ();
}
