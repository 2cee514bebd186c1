/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "baton-json.h"
#include "sandbox-test.h"

static SandboxTest *test;

static SandboxAnswer *
add (const char *item)
{
  g_autofree char *body = g_strdup_printf ("{\"itemData\":%s}", item);

  return sandbox_test_post (test, "odata/Queues/UiPathODataSvc.AddQueueItem", body);
}

static void
test_add (void)
{
  g_autoptr (SandboxAnswer) answer =
      add ("{\"Name\":\"Bank_Statements\",\"Priority\":\"Low\",\"Reference\":\"ref 1\","
           "\"SpecificContent\":{\"Amount\":12.5,\"Amount@odata.type\":\"#Double\","
           "\"Text\":\"Übertrag\",\"Flag\":true},\"DueDate\":\"2030-01-31T12:00:00Z\"}");
  g_autofree char *address = NULL;
  g_autoptr (SandboxAnswer) item = NULL;
  JsonObject *content;

  sandbox_assert_status (answer, 201);
  g_assert_cmpstr (baton_json_peek_string (answer->json, "Status"), ==, "New");

  address = g_strdup_printf ("odata/QueueItems(%" G_GINT64_FORMAT ")",
                             baton_json_peek_int (answer->json, "Id", 0));
  item = sandbox_test_get (test, address);
  sandbox_assert_status (item, 200);
  g_assert_cmpstr (baton_json_peek_string (item->json, "Reference"), ==, "ref 1");
  g_assert_cmpstr (baton_json_peek_string (item->json, "Priority"), ==, "Low");
  g_assert_cmpstr (baton_json_peek_string (item->json, "DueDate"), ==, "2030-01-31T12:00:00Z");
  content = baton_json_peek_object (item->json, "SpecificContent");
  g_assert_cmpfloat (baton_json_peek_double (content, "Amount", 0), ==, 12.5);
  g_assert_cmpstr (baton_json_peek_string (content, "Text"), ==, "Übertrag");
  g_assert_cmpuint (strlen (baton_json_peek_string (item->json, "RowVersion")), ==, 12);
}

static void
test_references (void)
{
  g_autoptr (SandboxAnswer) first = add ("{\"Name\":\"Invoices_Inbound\",\"Reference\":\"once\"}");
  g_autoptr (SandboxAnswer) second = add ("{\"Name\":\"Invoices_Inbound\",\"Reference\":\"once\"}");
  g_autoptr (SandboxAnswer) none = add ("{\"Name\":\"Invoices_Inbound\"}");
  g_autoptr (SandboxAnswer) free_first =
      add ("{\"Name\":\"Bank_Statements\",\"Reference\":\"twice\"}");
  g_autoptr (SandboxAnswer) free_second =
      add ("{\"Name\":\"Bank_Statements\",\"Reference\":\"twice\"}");

  sandbox_assert_status (first, 201);
  sandbox_assert_error (second, 409, 1016);
  sandbox_assert_error (none, 400, 1014);
  sandbox_assert_status (free_first, 201);
  sandbox_assert_status (free_second, 201);
}

static void
test_refused (void)
{
  static const struct
  {
    const char *item;
    guint status;
    int code;
  } cases[] = {
    { "{\"Name\":\"Nowhere\"}", 404, 1002 },
    { "{}", 400, 1014 },
    { "null", 400, 1000 },
    { "{\"Name\":\"Bank_Statements\",\"Unknown\":1}", 400, 1000 },
    { "{\"Name\":\"Bank_Statements\",\"Priority\":\"Urgent\"}", 400, 1000 },
    { "{\"Name\":\"Bank_Statements\",\"DueDate\":\"tomorrow\"}", 400, 1000 },
    { "{\"Name\":\"Bank_Statements\",\"SpecificContent\":\"text\"}", 400, 1000 },
    { "{\"Name\":\"Bank_Statements\",\"SpecificContent\":{\"a\":{\"b\":1}}}", 400, 1009 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (SandboxAnswer) answer = add (cases[i].item);

      g_test_message ("%s", cases[i].item);
      sandbox_assert_error (answer, cases[i].status, cases[i].code);
    }
}

static void
test_long_reference (void)
{
  g_autofree char *reference = g_strnfill (129, 'x');
  g_autofree char *item =
      g_strdup_printf ("{\"Name\":\"Bank_Statements\",\"Reference\":\"%s\"}", reference);
  g_autoptr (SandboxAnswer) answer = add (item);

  sandbox_assert_error (answer, 400, 1000);
}

int
main (int argc, char *argv[])
{
  int status;

  g_test_init (&argc, &argv, NULL);
  test = sandbox_test_start ("--jobs=100", NULL);

  g_test_add_func ("/sandbox/queues/add", test_add);
  g_test_add_func ("/sandbox/queues/references", test_references);
  g_test_add_func ("/sandbox/queues/refused", test_refused);
  g_test_add_func ("/sandbox/queues/long-reference", test_long_reference);

  status = g_test_run ();
  sandbox_test_stop (test);

  return status;
}
