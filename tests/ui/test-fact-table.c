/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Every row of the service's table of errors: provoked over a real socket, read by the real client, and put into words. Prints what a
 * person sees of each: "status/code -> sentence -> button". */
#include "config.h"

#include "auth/baton-authorize-error.h"
#include "baton-json.h"
#include "client-fixture.h"
#include "baton-check-text.h"
#include "baton-error-text.h"
#include "baton-redact.h"

#define SECRET "planted-secret-93b1"

typedef enum
{
  BY_LIST,  /* a request of the pipeline, after one that was good */
  BY_FIRST, /* the first request of all */
  BY_POST,  /* a change */
  BY_TOKEN, /* asking for a token */
} How;

typedef struct
{
  const char *row; /* of the fact sheet */
  How how;
  guint status;
  const char *headers; /* (nullable) */
  const char *body;
  BatonErrorCode code;
  const char *title;
  const char *button; /* (nullable): the form stays, and its own button is the way on */
  const char *says;   /* (nullable): part of the body that must be there, the server's own words */
} Case;

#define SERVICE(code, words) "{\"message\":\"" words "\",\"errorCode\":" code ",\"traceId\":\"00-abc-def-01\",\"resourceIds\":null}"
#define ABP(words, details) \
  "{\"message\":null,\"errorCode\":0,\"result\":null,\"targetUrl\":null,\"success\":false,\"error\":{\"code\":0,\"message\":\"" words \
  "\",\"details\":\"" details "\",\"validationErrors\":null},\"unAuthorizedRequest\":false,\"__abp\":true}"
#define NOT_AUTHENTICATED ABP ("You are not authenticated!", "You should be authenticated (sign in) in order to perform this operation.")
#define HTML "<!DOCTYPE html><html><title>Portal</title></html>"

static const Case cases[] = {
  /* 4.1: the envelopes */
  { "4.1 Orchestrator", BY_LIST, 404, NULL, SERVICE ("1002", "The job does not exist."), BATON_ERROR_NOT_FOUND, "It is not there", "Refresh",
    "The job does not exist." },
  { "4.1 Orchestrator, Pascal case", BY_LIST, 409, NULL,
    "{\"Message\":\"It exists.\",\"ErrorCode\":1004,\"TraceId\":\"00-abc\",\"ResourceIds\":null,\"Details\":null}", BATON_ERROR_CONFLICT,
    "It exists already", "Refresh", "It exists." },
  { "4.1 ABP, the seed", BY_FIRST, 401, NULL, NOT_AUTHENTICATED, BATON_ERROR_WRONG_ADDRESS, "The key is good, the address is not", "Choose a tenant",
    "tenant logical name" },
  { "4.1 ABP, later", BY_LIST, 401, NULL, NOT_AUTHENTICATED, BATON_ERROR_NOT_SIGNED_IN, "You are not signed in", "Sign in", NULL },
  { "4.1 ABP, 200 and no success", BY_LIST, 200, NULL, ABP ("Tenant is not active.", ""), BATON_ERROR_INVALID,
    "Orchestrator did not accept the request", "Check connection", "Tenant is not active." },
  { "4.1 OAuth", BY_TOKEN, 403, NULL, "{\"error\":\"invalid_grant\",\"error_description\":\"Unknown or invalid refresh token.\"}",
    BATON_ERROR_KEY_REVOKED, "This sign-in is not valid any more", "Enter a new key", NULL },
  { "4.1 OData", BY_LIST, 400, NULL,
    "{\"error\":{\"code\":\"\",\"message\":\"The query is not valid.\",\"details\":[{\"message\":\"Could not find a property.\"}]}}",
    BATON_ERROR_INVALID, "Orchestrator did not accept the request", "Check connection", "Could not find a property." },
  { "4.1 RFC 7807", BY_POST, 400, NULL,
    "{\"type\":\"t\",\"title\":\"One or more validation errors occurred.\",\"status\":400,\"errors\":{\"Name\":[\"The Name is too long.\"]}}",
    BATON_ERROR_INVALID, "Orchestrator did not accept the request", "Check connection", "Name: The Name is too long." },
  { "4.1 Identity", BY_POST, 400, NULL, "{\"succeeded\":false,\"errors\":[{\"code\":\"x\",\"description\":\"The partition is not valid.\"}]}",
    BATON_ERROR_INVALID, "Orchestrator did not accept the request", "Check connection", "The partition is not valid." },
  { "4.1 Identity, below result", BY_POST, 400, NULL, "{\"result\":{\"errors\":[{\"code\":\"x\",\"description\":\"No such user.\"}]}}",
    BATON_ERROR_INVALID, "Orchestrator did not accept the request", "Check connection", "No such user." },
  { "4.1 HTML in place of JSON", BY_LIST, 200, "Content-Type: text/html\r\n", HTML, BATON_ERROR_WRONG_ADDRESS,
    "A web page answered in place of Orchestrator", "Check connection", NULL },
  { "4.1 a redirect to a page", BY_LIST, 302, "Location: /portal_/login?ReturnUrl=" SECRET "\r\nContent-Type: text/html\r\n", HTML,
    BATON_ERROR_WRONG_ADDRESS, "The server sends Baton somewhere else", "Correct the address", "/portal_/login, most often" },
  { "4.1 a redirect to another host", BY_FIRST, 308, "Location: https://new.example/acme/Production/orchestrator_/odata/Jobs?$top=1\r\n", "",
    BATON_ERROR_WRONG_ADDRESS, "Orchestrator may be at another address", "Use that address",
    "https://new.example/acme/Production/orchestrator_/odata/Jobs, as after a move" },
  { "4.1 a redirect of the sign-in", BY_TOKEN, 307, "Location: https://id.example/oauth/token\r\n", "", BATON_ERROR_WRONG_ADDRESS,
    "Orchestrator may be at another address", "Use that address", "https://id.example/oauth/token" },
  { "4.1 HTML of an error", BY_LIST, 500, "Content-Type: text/html\r\n", HTML, BATON_ERROR_SERVER, "Orchestrator has a problem", "Try again",
    NULL },
  { "4.1 empty body", BY_LIST, 400, NULL, "", BATON_ERROR_INVALID, "Orchestrator did not accept the request", "Check connection", NULL },
  { "4.1 cut JSON", BY_LIST, 200, NULL, "{\"value\":[", BATON_ERROR_BAD_ANSWER, "The answer could not be understood", "Check connection", NULL },

  /* 4.2: the statuses */
  { "4.2 400 folder", BY_LIST, 400, NULL, SERVICE ("1101", "A folder is required for this action."), BATON_ERROR_FOLDER_MISSING,
    "A folder is needed", "Choose a folder", NULL },
  { "4.2 400 unknown field", BY_POST, 400, NULL, SERVICE ("0", "assetDto must not be null"), BATON_ERROR_INVALID,
    "Orchestrator did not accept the request", "Check connection", "assetDto must not be null" },
  { "4.2 401 wrong tenant", BY_FIRST, 401, NULL, "", BATON_ERROR_WRONG_ADDRESS, "The key is good, the address is not", "Choose a tenant", NULL },
  { "4.2 401 twice", BY_LIST, 401, NULL, "", BATON_ERROR_NOT_SIGNED_IN, "You are not signed in", "Sign in", NULL },
  { "4.2 403", BY_LIST, 403, NULL, ABP ("You are not authorized!", "You are not allowed to perform this operation."), BATON_ERROR_NOT_ALLOWED,
    "You are not allowed to do this", "Check connection", "Jobs.View" },
  { "4.2 404", BY_LIST, 404, NULL, "", BATON_ERROR_NOT_FOUND, "It is not there", "Refresh", NULL },
  { "4.2 405", BY_POST, 405, NULL, "", BATON_ERROR_NOT_IMPLEMENTED, "This Orchestrator cannot do that", "Check connection", NULL },
  { "4.2 409", BY_POST, 409, NULL, SERVICE ("0", "The job is not in a state to be stopped."), BATON_ERROR_CONFLICT,
    "It was changed in the meantime", "Refresh", "not in a state" },
  { "4.2 413", BY_POST, 413, NULL, "", BATON_ERROR_INVALID, "It is too large", NULL, NULL },
  { "4.2 415", BY_POST, 415, NULL, "", BATON_ERROR_INVALID, "Orchestrator does not take this kind of content", "Check connection", NULL },
  { "4.2 429", BY_LIST, 429, "Retry-After: 3600\r\n", "", BATON_ERROR_RATE_LIMITED, "Orchestrator asked to wait", "Try again", "It goes on at" },
  { "4.2 500", BY_LIST, 500, NULL, SERVICE ("0", "An internal error occurred during your request!"), BATON_ERROR_SERVER,
    "Orchestrator has a problem", "Try again", "internal error" },
  { "4.2 502", BY_POST, 502, NULL, "", BATON_ERROR_SERVER, "Orchestrator is not there at the moment", "Try again", NULL },
  { "4.2 503", BY_POST, 503, NULL, "", BATON_ERROR_SERVER, "Orchestrator is not there at the moment", "Try again", NULL },
  { "4.2 504", BY_POST, 504, NULL, "", BATON_ERROR_SERVER, "Orchestrator did not answer in time", "Refresh", NULL },

  /* 4.3: the numbers */
  { "4.3 0", BY_POST, 400, NULL, ABP ("Your request is not valid!", "Name is required."), BATON_ERROR_INVALID,
    "Orchestrator did not accept the request", "Check connection", "Name is required." },
  { "4.3 1000", BY_LIST, 400, NULL, SERVICE ("1000", "Invalid OData query options."), BATON_ERROR_INVALID, "The request is not valid", NULL,
    "Invalid OData query options." },
  { "4.3 1000 at a sign-in", BY_TOKEN, 400, NULL,
    "{\"message\":null,\"errorCode\":1000,\"success\":false,\"error\":{\"code\":1000,\"message\":\"Invalid username/email address or "
    "password.\"},\"unAuthorizedRequest\":false,\"__abp\":true}",
    BATON_ERROR_BAD_CREDENTIALS, "The sign-in was refused", "Check the sign-in", "Invalid username" },
  { "4.3 1001", BY_POST, 409, NULL, SERVICE ("1001", "The name Invoices is already used."), BATON_ERROR_CONFLICT, "The name is taken", NULL,
    "Invoices" },
  { "4.3 1002", BY_POST, 404, NULL, SERVICE ("1002", "Asset does not exist."), BATON_ERROR_NOT_FOUND, "It is not there", "Refresh", "Asset" },
  { "4.3 1003", BY_POST, 500, NULL, SERVICE ("1003", "Encryption failed."), BATON_ERROR_SERVER, "Orchestrator could not encrypt the value",
    "Try again", "Encryption failed." },
  { "4.3 1004", BY_POST, 409, NULL, SERVICE ("1004", "Package already exists."), BATON_ERROR_CONFLICT, "It exists already", "Refresh", "Package" },
  { "4.3 1005", BY_POST, 409, NULL, SERVICE ("1005", "Could not delete."), BATON_ERROR_CONFLICT, "It was not deleted", "Refresh", "Could not" },
  { "4.3 1006", BY_POST, 400, NULL, SERVICE ("1006", "Could not insert."), BATON_ERROR_INVALID, "It was not created", NULL, "Could not" },
  { "4.3 1007", BY_POST, 409, NULL, SERVICE ("1007", "You cannot edit this comment."), BATON_ERROR_CONFLICT, "It was not changed", "Refresh",
    "comment" },
  { "4.3 1008", BY_POST, 500, NULL, SERVICE ("1008", "Error sending email."), BATON_ERROR_SERVER, "Orchestrator could not send the mail",
    "Try again", "email" },
  { "4.3 1009", BY_POST, 400, NULL, SERVICE ("1009", "Both priorities are set."), BATON_ERROR_INVALID, "A value is not valid", NULL, "priorities" },
  { "4.3 1016", BY_POST, 409, NULL, SERVICE ("1016", "Error creating Transaction. Duplicate Reference."), BATON_ERROR_CONFLICT,
    "The reference was used before", NULL, "Duplicate Reference" },
  { "4.3 1017", BY_POST, 403, NULL, SERVICE ("1017", "Forbidden in folder Finance."), BATON_ERROR_NOT_ALLOWED,
    "You are not allowed to do this there", "Check connection", "Finance" },
  { "4.3 1100", BY_LIST, 404, NULL, SERVICE ("1100", "Folder does not exist or the user does not have access to the folder."),
    BATON_ERROR_FOLDER_MISSING, "The folder cannot be used", "Choose a folder", NULL },
  { "4.3 1101", BY_LIST, 400, NULL, SERVICE ("1101", "An organization unit is required for this action."), BATON_ERROR_FOLDER_MISSING,
    "A folder is needed", "Choose a folder", NULL },
  { "4.3 1500", BY_POST, 400, NULL, SERVICE ("1500", "Password is empty."), BATON_ERROR_INVALID, "The password is needed", NULL, "empty" },
  { "4.3 1670", BY_POST, 409, NULL, SERVICE ("1670", "The robots already have pending jobs for this Process"), BATON_ERROR_CONFLICT,
    "The robots have pending jobs of this process", "Refresh", "pending jobs" },
  { "4.3 3204", BY_POST, 400, NULL, SERVICE ("3204", "Test Set is empty. It should have at least one package and one test case."),
    BATON_ERROR_INVALID, "The test set is empty", NULL, "Test Set is empty" },
  { "4.3 3219", BY_POST, 400, NULL, SERVICE ("3219", "Content does not match."), BATON_ERROR_INVALID, "The content does not fit the schema", NULL,
    "does not match" },
  { "4.3 3234", BY_POST, 403, NULL, SERVICE ("3234", "Changes are not allowed."), BATON_ERROR_NOT_ALLOWED,
    "Schedules of test sets are closed in this tenant", "Check connection", "Changes are not allowed." },
  /* a number that is known by its place alone is left to the server's own words */
  { "4.3 by position (1019)", BY_POST, 400, NULL, SERVICE ("1019", "This feature is disabled."), BATON_ERROR_INVALID,
    "Orchestrator did not accept the request", "Check connection", "This feature is disabled." },

  /* 2.3: what the token endpoint says */
  { "2.3 invalid_client", BY_TOKEN, 400, NULL, "{\"error\":\"invalid_client\"}", BATON_ERROR_BAD_CREDENTIALS, "The application is not known",
    "Check the sign-in", NULL },
  { "2.3 invalid_scope", BY_TOKEN, 400, NULL, "{\"error\":\"invalid_scope\"}", BATON_ERROR_INVALID, "A scope was not granted",
    "Change the scopes", NULL },
  { "2.3 unauthorized_client", BY_TOKEN, 400, NULL, "{\"error\":\"unauthorized_client\"}", BATON_ERROR_BAD_CREDENTIALS,
    "The application may not sign in in this way", "Check the sign-in", NULL },
  { "2.3 unsupported_grant_type", BY_TOKEN, 400, NULL, "{\"error\":\"unsupported_grant_type\"}", BATON_ERROR_INVALID,
    "This server does not know this way to sign in", "Check the sign-in", NULL },
  { "2.3 access_denied", BY_TOKEN, 401, NULL, "{\"error\":\"access_denied\"}", BATON_ERROR_BAD_CREDENTIALS, "The sign-in was refused", "Sign in",
    NULL },
  { "2.3 invalid_request", BY_TOKEN, 400, NULL, "{\"error\":\"invalid_request\"}", BATON_ERROR_INVALID,
    "The identity server does not accept the request", "Check the sign-in", "redirect URL" },
};

#define CHANGE "POST " TEST_BASE "/odata/Assets"

static GError *
provoke (Client *client, const Case *row)
{
  GError *error = NULL;
  g_autoptr (JsonNode) root = NULL;

  fault_server_reset (client->server, TEST_LIST);
  fault_server_reset (client->server, CHANGE);
  switch (row->how)
    {
    case BY_TOKEN:
      fault_server_reset (client->server, TEST_TOKENS);
      fault_server_add (client->server, TEST_TOKENS, row->status, row->headers, row->body);
      fault_server_add (client->server, TEST_LIST, 200, NULL, "{\"value\":[]}");
      root = client_get_list (client, &error);
      break;
    case BY_FIRST:
      fault_server_add (client->server, TEST_LIST, row->status, row->headers, row->body);
      root = client_get_list (client, &error);
      break;
    case BY_POST:
      fault_server_add (client->server, CHANGE, row->status, row->headers, row->body);
      root = client_ask (client, "POST", "/odata/Assets", "{\"StringValue\":\"" SECRET "\"}", &error);
      break;
    case BY_LIST:
    default:
      /* The address has proved good before. */
      fault_server_add (client->server, TEST_LIST, 200, NULL, "{\"value\":[]}");
      root = client_get_list (client, &error);
      g_assert_no_error (error);
      g_clear_pointer (&root, json_node_unref);
      fault_server_reset (client->server, TEST_LIST);
      fault_server_add (client->server, TEST_LIST, row->status, row->headers, row->body);
      root = client_get_list (client, &error);
      break;
    }
  g_assert_null (root);
  g_assert_nonnull (error);
  return error;
}

static void
print_row (const char *row, const GError *error, const BatonErrorText *text)
{
  const BatonErrorDetails *details = baton_error_get_details (error);

  g_autofree char *body = g_strdelimit (g_strdup (text->body), "\n", ' ');

  g_test_message ("%s: %u/%d -> %s. %s -> %s", row, details->http_status, details->service_code, text->title, body,
                  text->button != NULL ? text->button : "(the form stays as it is)");
}

static void
assert_row (const Case *row, const GError *error)
{
  g_autoptr (BatonErrorText) text = baton_error_text_new (error, NULL);

  print_row (row->row, error, text);
  g_assert_error (error, BATON_ERROR, (int) row->code);
  g_assert_cmpstr (text->title, ==, row->title);
  g_assert_cmpstr (text->button, ==, row->button);
  g_assert_true ((text->button != NULL) == (text->action != NULL));
  g_assert_cmpstr (text->body, !=, "");
  g_assert_nonnull (text->technical);
  if (row->says != NULL)
    g_assert_nonnull (strstr (text->body, row->says));
  /* neither the token, nor the key, nor what was sent */
  g_assert_null (strstr (text->technical, "access-1"));
  g_assert_null (strstr (text->technical, TEST_KEY));
  g_assert_null (strstr (text->technical, SECRET));
  g_assert_null (strstr (text->body, SECRET));
}

static void
test_row (gconstpointer data)
{
  const Case *row = data;
  Client client = { 0 };
  g_autoptr (GError) error = NULL;

  client_set_up (&client, NULL);
  error = provoke (&client, row);
  assert_row (row, error);
  client_tear_down (&client, NULL);
}

/* What is no failure: it must come back as an answer. */
static void
test_success (void)
{
  static const struct
  {
    guint status;
    const char *body;
  } answers[] = {
    { 200, "{\"value\":[]}" },
    { 200, "{\"Success\":false,\"Message\":\"1 of 2\",\"FailedItems\":[{\"Ordinal\":1}]}" },
    { 201, "{\"Id\":1}" },
    { 202, "{}" },
    { 204, "" },
    { 207, "{\"value\":[{\"Key\":\"a:1\",\"Status\":\"Conflict\",\"Body\":\"{}\"}]}" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (answers); i++)
    {
      Client client = { 0 };
      g_autoptr (GError) error = NULL;
      g_autoptr (JsonNode) root = NULL;

      client_set_up (&client, NULL);
      fault_server_add (client.server, CHANGE, answers[i].status, NULL, answers[i].body);
      root = client_ask (&client, "POST", "/odata/Assets", "{}", &error);
      g_assert_no_error (error);
      g_assert_true ((root != NULL) == (*answers[i].body != '\0'));
      g_test_message ("4.2 %u -> an answer: what failed in it is told item by item", answers[i].status);
      client_tear_down (&client, NULL);
    }
}

/* What a browser is sent back with, or stays with on a page of the identity server (fact sheet 2.3). */
static void
test_redirects (void)
{
  static const struct
  {
    const char *code;
    const char *title;
    const char *button;
  } redirects[] = {
    { "access_denied", "The sign-in was refused", "Sign in" },
    { "invalid_scope", "A scope was not granted", "Change the scopes" },
    { "invalid_client", "The application is not known", "Check the sign-in" },
    { "unauthorized_client", "The application may not sign in in this way", "Check the sign-in" },
    { "invalid_request", "The identity server does not accept the request", "Check the sign-in" },
    { "219", "Your user is not part of this organisation yet", "Sign in" },
    { "login_required", "The browser did not sign in", "Sign in" },
    { "server_error", "The identity server has a problem", "Sign in" },
    { "temporarily_unavailable", "The identity server has a problem", "Sign in" },
    { "#200", "The sign-in was refused", "Check the sign-in" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (redirects); i++)
    {
      g_autoptr (GError) error = baton_authorize_error_new (redirects[i].code, NULL, "http://localhost:8104/oidc/login");
      g_autoptr (BatonErrorText) text = baton_error_text_new (error, NULL);

      g_test_message ("2.3 %s -> %s. %s -> %s", redirects[i].code, text->title, text->body, text->button);
      g_assert_cmpstr (text->title, ==, redirects[i].title);
      g_assert_cmpstr (text->button, ==, redirects[i].button);
      if (g_str_equal (redirects[i].code, "invalid_request"))
        g_assert_nonnull (strstr (text->body, "http://localhost:8104/oidc/login"));
    }
}

static void
ran_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  gboolean *done = user_data;

  g_assert_true (baton_diagnosis_run_finish (BATON_DIAGNOSIS (source), result, NULL));
  *done = TRUE;
}

/* "Copy report" where server and account repeat every secret there is, by value and by name. */
static void
test_report (void)
{
  static const char *const planted[] = { TEST_KEY, "access-1", "by-name-1", "by-name-2", "by-name-3", "by-value-4" };
  Client client = { 0 };
  g_autoptr (BatonConnection) connection = NULL;
  g_autoptr (BatonDiagnosis) diagnosis = NULL;
  g_autofree char *report = NULL;
  gboolean done = FALSE;

  client_set_up (&client, NULL);
  baton_redact_remember ("by-value-4");
  fault_server_add (client.server, "GET " TEST_BASE "/api/Status/Version", 500, NULL,
                    "{\"message\":\"Authorization: Bearer by-name-1 by-value-4\",\"client_secret\":\"by-name-2\"}");
  fault_server_add (client.server, "GET " TEST_BASE "/odata/Users", 500, NULL,
                    "{\"message\":\"access-1 and " TEST_KEY "\",\"password\":\"by-name-3\"}");
  baton_account_set_name (client.account, "Account by-value-4");
  connection = baton_connection_new (client.account, client.store, client.clock);
  diagnosis = baton_diagnosis_new (connection, client.clock);
  baton_diagnosis_run_async (diagnosis, NULL, ran_cb, &done);
  client_wait (&client, &done);
  report = baton_check_text_report (diagnosis, TEST_START);
  g_test_message ("%s", report);

  /* It tells what failed … */
  g_assert_nonnull (strstr (report, "Baton " PACKAGE_VERSION ", 2026-01-01T00:00:00"));
  g_assert_nonnull (strstr (report, "[Good] DNS"));
  g_assert_nonnull (strstr (report, "[Failed] Edition and version"));
  g_assert_nonnull (strstr (report, "[Failed] Tenant"));
  g_assert_nonnull (strstr (report, "[Not checked] Folder access"));
  g_assert_nonnull (strstr (report, "500"));
  /* … and nothing secret. */
  for (guint i = 0; i < G_N_ELEMENTS (planted); i++)
    {
      g_test_message ("%s", planted[i]);
      g_assert_null (strstr (report, planted[i]));
    }
  g_assert_nonnull (strstr (report, BATON_REDACTED));

  baton_redact_forget ("by-value-4");
  g_assert_finalize_object (g_steal_pointer (&diagnosis));
  g_assert_finalize_object (g_steal_pointer (&connection));
  client_tear_down (&client, NULL);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strdup_printf ("/baton/app/fact-table/%02u", i);

      g_test_add_data_func (path, &cases[i], test_row);
    }
  g_test_add_func ("/baton/app/fact-table/success", test_success);
  g_test_add_func ("/baton/app/fact-table/redirects", test_redirects);
  g_test_add_func ("/baton/app/fact-table/report", test_report);
  return g_test_run ();
}
