/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>

#include "baton-json.h"
#include "baton-redact.h"
#include "http/baton-answer.h"
#include "http/baton-exchange.h"
#include "http/baton-request.h"

/* What Baton would let a person see of a request and its answer, knowing none of the secrets in them by value.
 *
 * Each line of standard input is one of them, as JSON; of each come some texts, each ended by a NUL. */

static void
put (const char *text)
{
  fwrite (text, 1, strlen (text) + 1, stdout);
}

static void
put_redacted (const char *text)
{
  g_autofree char *redacted = baton_redact (text);

  put (redacted);
}

/* As it is copied for a shell, and then into a report. */
static void
put_command (BatonDeployment *deployment, JsonObject *line)
{
  g_autoptr (BatonRequest) request = baton_request_new (baton_json_peek_string (line, "method"),
                                                        baton_json_peek_string (line, "target"));
  const char *sent = baton_json_peek_string (line, "request");
  JsonNode *body = baton_json_parse_text (sent, -1, NULL);
  g_autofree char *command = NULL;
  g_autofree char *whole = NULL;

  if (body != NULL)
    baton_request_take_body (request, body);
  command = baton_request_to_curl (request, deployment, NULL);
  whole = body != NULL || *sent == '\0' ? g_strdup (command)
                                        : g_strdup_printf ("%s --data-raw '%s'", command, sent);
  put_redacted (whole);
}

static void
put_exchange (JsonObject *line)
{
  const BatonExchangeFacts facts = {
    .method = baton_json_peek_string (line, "method"),
    .url = baton_json_peek_string (line, "target"),
    .error = baton_json_peek_string (line, "answer"),
  };
  g_autoptr (BatonExchange) exchange = baton_exchange_new (&facts);

  put (baton_exchange_get_facts (exchange)->url);
  put (baton_exchange_get_facts (exchange)->error);
}

/* As where it had failed. */
static void
put_error (JsonObject *line)
{
  const BatonAnswerContext context = { .request = "GET /" };
  g_autoptr (BatonReply) reply = baton_reply_new ((guint)baton_json_peek_int (line, "status", 500),
                                                  baton_json_peek_string (line, "type"),
                                                  baton_json_peek_string (line, "answer"));
  g_autoptr (GError) error = baton_answer_make_error (reply, &context);

  put (error->message);
  put (baton_error_get_details (error)->technical);
}

int
main (void)
{
  g_autoptr (BatonDeployment) deployment
      = baton_deployment_parse ("http://127.0.0.1:1/acme/DefaultTenant", NULL);
  g_autofree char *text = NULL;
  size_t size = 0;

  while (getline (&text, &size, stdin) > 0)
    {
      g_autoptr (JsonNode) root = baton_json_parse_text (text, -1, NULL);
      JsonObject *line = baton_json_peek_root_object (root);

      g_assert_nonnull (line);
      put_redacted (baton_json_peek_string (line, "log"));
      put_command (deployment, line);
      put_exchange (line);
      put_error (line);
    }

  return 0;
}
