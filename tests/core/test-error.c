/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <gio/gio.h>
#include <json-glib/json-glib.h>

#include "baton-error.h"
#include "baton-redact.h"

static void
test_details_live_with_the_error (void)
{
  g_autoptr (GError) error = g_error_new (BATON_ERROR, BATON_ERROR_RATE_LIMITED, "Slow down");
  BatonErrorDetails *details = baton_error_get_details (error);
  g_autoptr (GError) copy = NULL;

  g_assert_nonnull (details);
  g_assert_cmpuint (details->http_status, ==, 0);
  g_assert_null (details->permission);

  details->http_status = 429;
  details->service_code = 1101;
  details->retry_at = 42;
  details->trace_id = g_strdup ("trace");
  details->permission = g_strdup ("Jobs.View");
  details->request = g_strdup ("GET /odata/Jobs");
  details->technical = g_strdup ("technical");

  copy = g_error_copy (error);
  g_clear_error (&error);

  details = baton_error_get_details (copy);
  g_assert_cmpuint (details->http_status, ==, 429);
  g_assert_cmpint (details->service_code, ==, 1101);
  g_assert_cmpint (details->retry_at, ==, 42);
  g_assert_cmpstr (details->trace_id, ==, "trace");
  g_assert_cmpstr (details->permission, ==, "Jobs.View");
  g_assert_cmpstr (details->request, ==, "GET /odata/Jobs");
  g_assert_cmpstr (details->technical, ==, "technical");
}

static void
test_no_details (void)
{
  g_autoptr (GError) error = g_error_new (G_IO_ERROR, G_IO_ERROR_FAILED, "Failed");

  g_assert_null (baton_error_get_details (NULL));
  g_assert_null (baton_error_get_details (error));
}

static void
check (GQuark domain, int code, BatonErrorCode expected)
{
  g_autoptr (GError) error = baton_error_convert (g_error_new (domain, code, "What it said"), "GET /x");
  BatonErrorDetails *details = baton_error_get_details (error);

  g_assert_error (error, BATON_ERROR, (int) expected);
  g_assert_cmpstr (error->message, ==, "What it said");
  g_assert_cmpstr (details->request, ==, "GET /x");
  g_assert_nonnull (strstr (details->technical, g_quark_to_string (domain)));
  g_assert_nonnull (strstr (details->technical, "What it said"));
}

static void
test_convert (void)
{
  check (G_IO_ERROR, G_IO_ERROR_TIMED_OUT, BATON_ERROR_TIMED_OUT);
  check (G_IO_ERROR, G_IO_ERROR_CONNECTION_REFUSED, BATON_ERROR_NO_NETWORK);
  check (G_IO_ERROR, G_IO_ERROR_HOST_UNREACHABLE, BATON_ERROR_NO_NETWORK);
  check (G_IO_ERROR, G_IO_ERROR_NETWORK_UNREACHABLE, BATON_ERROR_NO_NETWORK);
  check (G_IO_ERROR, G_IO_ERROR_CONNECTION_CLOSED, BATON_ERROR_NO_NETWORK);
  check (G_IO_ERROR, G_IO_ERROR_PROXY_FAILED, BATON_ERROR_NO_NETWORK);
  check (G_IO_ERROR, G_IO_ERROR_FAILED, BATON_ERROR_NO_NETWORK);
  check (G_IO_ERROR, G_IO_ERROR_PARTIAL_INPUT, BATON_ERROR_BAD_ANSWER);
  check (G_IO_ERROR, G_IO_ERROR_INVALID_DATA, BATON_ERROR_BAD_ANSWER);
  check (G_RESOLVER_ERROR, G_RESOLVER_ERROR_NOT_FOUND, BATON_ERROR_NO_NETWORK);
  check (G_RESOLVER_ERROR, G_RESOLVER_ERROR_TEMPORARY_FAILURE, BATON_ERROR_NO_NETWORK);
  check (G_TLS_ERROR, G_TLS_ERROR_BAD_CERTIFICATE, BATON_ERROR_TLS);
  check (G_TLS_ERROR, G_TLS_ERROR_UNAVAILABLE, BATON_ERROR_TLS);
  check (G_TLS_ERROR, G_TLS_ERROR_EOF, BATON_ERROR_NO_NETWORK);
  check (G_URI_ERROR, G_URI_ERROR_BAD_HOST, BATON_ERROR_INVALID);
  check (JSON_PARSER_ERROR, JSON_PARSER_ERROR_PARSE, BATON_ERROR_BAD_ANSWER);
  check (g_quark_from_static_string ("soup-session-error-quark"), 0, BATON_ERROR_BAD_ANSWER);
}

static void
test_cancellation_passes (void)
{
  GError *error = g_error_new (G_IO_ERROR, G_IO_ERROR_CANCELLED, "Cancelled");
  g_autoptr (GError) same = baton_error_convert (error, "GET /x");

  g_assert_true (same == error);
  g_assert_error (same, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

static void
test_ours_passes (void)
{
  GError *error = g_error_new (BATON_ERROR, BATON_ERROR_CONFLICT, "Again");
  g_autoptr (GError) same = baton_error_convert (error, "POST /x");

  g_assert_true (same == error);
  g_assert_cmpstr (baton_error_get_details (same)->request, ==, "POST /x");

  same = baton_error_convert (g_steal_pointer (&same), "POST /y");
  g_assert_cmpstr (baton_error_get_details (same)->request, ==, "POST /x");
}

static void
test_no_secret_in_it (void)
{
  g_autoptr (GError) error = NULL;

  baton_redact_remember ("hunter2-hunter2");
  error = baton_error_convert (g_error_new (G_IO_ERROR, G_IO_ERROR_FAILED,
                                            "Cannot reach https://h/?access_token=abc&p=hunter2-hunter2"),
                               NULL);
  baton_redact_forget ("hunter2-hunter2");

  g_assert_null (strstr (error->message, "hunter2"));
  g_assert_null (strstr (error->message, "abc"));
  g_assert_null (strstr (baton_error_get_details (error)->technical, "hunter2"));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/baton/core/error/details-live-with-the-error", test_details_live_with_the_error);
  g_test_add_func ("/baton/core/error/no-details", test_no_details);
  g_test_add_func ("/baton/core/error/convert", test_convert);
  g_test_add_func ("/baton/core/error/cancellation-passes", test_cancellation_passes);
  g_test_add_func ("/baton/core/error/ours-passes", test_ours_passes);
  g_test_add_func ("/baton/core/error/no-secret-in-it", test_no_secret_in_it);

  return g_test_run ();
}
