/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "baton-redact.h"
#include "http/baton-answer.h"
#include "http/baton-envelope.h"

typedef struct
{
  const char *body;
  const char *message; /* NULL: none */
  int code;
  const char *oauth;
  gboolean unauthenticated;
} Case;

/* The shapes of fact sheet 4.1, in its order. */
static const Case cases[] = {
  { "{\"message\":\"Not found.\",\"errorCode\":1002,\"traceId\":\"00-1\",\"resourceIds\":null}",
    "Not found.", 1002, NULL, FALSE },
  { "{\"Message\":\"Duplicate.\",\"ErrorCode\":\"1016\"}", "Duplicate.", 1016, NULL, FALSE },
  { "{\"message\":null,\"errorCode\":0,\"result\":null,\"success\":false,\"error\":{\"code\":0,"
    "\"message\":\"You are not authenticated!\",\"details\":\"You should be authenticated.\"},"
    "\"unAuthorizedRequest\":false,\"__abp\":true}",
    "You are not authenticated! You should be authenticated.", 0, NULL, TRUE },
  { "{\"success\":false,\"error\":{\"code\":1000,\"message\":\"Your request is not valid!\","
    "\"validationErrors\":[{\"message\":\"is required\",\"members\":[\"Name\"]},{\"message\":"
    "\"x\"}]},"
    "\"__abp\":true}",
    "Your request is not valid! Name: is required x", 1000, NULL, FALSE },
  { "{\"error\":\"invalid_grant\",\"error_description\":\"Unknown.\"}", "Unknown.", 0,
    "invalid_grant", FALSE },
  { "{\"error\":\"invalid_client\"}", NULL, 0, "invalid_client", FALSE },
  { "{\"error\":{\"code\":\"\",\"message\":\"The query is not valid.\",\"details\":[{\"message\":"
    "\"Near 3.\"}]}}",
    "The query is not valid. Near 3.", 0, NULL, FALSE },
  { "{\"type\":\"t\",\"title\":\"Wrong.\",\"status\":400,\"errors\":{\"A\":[\"bad\",\"worse\"],"
    "\"B\":\"no\"}}",
    "Wrong. A: bad", 0, NULL, FALSE },
  { "{\"succeeded\":false,\"errors\":[{\"code\":\"c\",\"description\":\"No partition.\"}]}",
    "No partition.", 0, NULL, FALSE },
  { "{\"result\":{\"errors\":[{\"description\":\"Below.\"}]}}", "Below.", 0, NULL, FALSE },
  { "{\"message\":\"  two\\n\\tlines \\u0007 \"}", "two lines", 0, NULL, FALSE },
  { "{\"message\":{\"a\":1},\"errorCode\":{},\"error\":[1],\"errors\":7}", NULL, 0, NULL, FALSE },
  { "[1,2]", NULL, 0, NULL, FALSE },
  { "no json", NULL, 0, NULL, FALSE },
  { "", NULL, 0, NULL, FALSE },
};

static void
test_envelopes (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (BatonReply) reply = baton_reply_new (400, "application/json", cases[i].body);
      g_autoptr (BatonEnvelope) envelope = baton_envelope_read (reply);

      g_test_message ("%s", cases[i].body);
      g_assert_cmpstr (envelope->message, ==, cases[i].message);
      g_assert_cmpint (envelope->code, ==, cases[i].code);
      g_assert_cmpstr (envelope->oauth_error, ==, cases[i].oauth);
      g_assert_cmpint (envelope->unauthenticated, ==, cases[i].unauthenticated);
      g_assert_false (envelope->html);
    }
}

static void
test_html (void)
{
  g_autoptr (BatonReply) typed = baton_reply_new (200, "text/html", "x");
  g_autoptr (BatonReply) seen = baton_reply_new (200, "application/json", "\r\n  <!DOCTYPE html>");
  g_autoptr (BatonReply) json = baton_reply_new (200, "text/plain", "{}");

  g_assert_true (baton_envelope_is_html (typed));
  g_assert_true (baton_envelope_is_html (seen));
  g_assert_false (baton_envelope_is_html (json));
}

/* A message is for a person: of a length, and without secrets. */
static void
test_message_is_safe (void)
{
  g_autoptr (GString) body = g_string_new ("{\"message\":\"");
  g_autoptr (BatonReply) large = NULL;
  g_autoptr (BatonReply) telling =
      baton_reply_new (403, "application/json", "{\"message\":\"No such token: s3cret-token-9\"}");
  BatonAnswerContext context = { .request = "GET /odata/Jobs", .permission = "Jobs.View" };
  g_autoptr (BatonEnvelope) envelope = NULL;
  g_autoptr (GError) error = NULL;
  const BatonErrorDetails *details = NULL;

  for (guint i = 0; i < 5000; i++)
    g_string_append (body, "ä");
  g_string_append (body, "\"}");
  large = baton_reply_new (400, "application/json", body->str);
  envelope = baton_envelope_read (large);
  g_assert_cmpint (g_utf8_strlen (envelope->message, -1), <=, 1001);

  baton_redact_remember ("s3cret-token-9");
  error = baton_answer_make_error (telling, &context);
  baton_redact_forget ("s3cret-token-9");
  details = baton_error_get_details (error);
  g_assert_error (error, BATON_ERROR, BATON_ERROR_NOT_ALLOWED);
  g_assert_null (strstr (error->message, "s3cret-token-9"));
  g_assert_null (strstr (details->technical, "s3cret-token-9"));
  g_assert_cmpstr (details->permission, ==, "Jobs.View");
  g_assert_cmpstr (details->request, ==, "GET /odata/Jobs");
}

/* Success by its status and failure by its body (fact sheet 2.2). */
static void
test_failure_in_success (void)
{
  g_autoptr (BatonReply) failed = baton_reply_new (
      200, "application/json",
      "{\"success\":false,\"error\":{\"message\":\"You are not authenticated!\"},\"__abp\":true}");
  g_autoptr (BatonReply) good =
      baton_reply_new (200, "application/json", "{\"success\":true,\"result\":1,\"__abp\":true}");
  g_autoptr (BatonReply) bulk =
      baton_reply_new (200, "application/json", "{\"Success\":false,\"FailedItems\":[]}");
  BatonAnswerContext context = { 0 };
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) first = baton_answer_read (failed, &context, &error);
  g_autoptr (JsonNode) second = baton_answer_read (good, &context, NULL);
  g_autoptr (JsonNode) third = baton_answer_read (bulk, &context, NULL);

  g_assert_null (first);
  g_assert_error (error, BATON_ERROR, BATON_ERROR_NOT_SIGNED_IN);
  g_assert_nonnull (second);
  /* the items tell, and the caller reads them */
  g_assert_nonnull (third);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/baton/orchestrator/answer/envelopes", test_envelopes);
  g_test_add_func ("/baton/orchestrator/answer/html", test_html);
  g_test_add_func ("/baton/orchestrator/answer/message-is-safe", test_message_is_safe);
  g_test_add_func ("/baton/orchestrator/answer/failure-in-success", test_failure_in_success);

  return g_test_run ();
}
