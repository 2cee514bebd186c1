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
  g_autoptr (SandboxAnswer) answer
      = add ("{\"Name\":\"Bank_Statements\",\"Priority\":\"Low\",\"Reference\":\"ref 1\","
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
  g_autoptr (SandboxAnswer) free_first
      = add ("{\"Name\":\"Bank_Statements\",\"Reference\":\"twice\"}");
  g_autoptr (SandboxAnswer) free_second
      = add ("{\"Name\":\"Bank_Statements\",\"Reference\":\"twice\"}");

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
    { "{\"Name\":\"Bank_Statements\",\"SpecificContent\":{\"a\":[]}}", 400, 1009 },
    { "{\"Name\":\"Bank_Statements\",\"DeferDate\":\"2031-01-01T00:00:00Z\",\"DueDate\":"
      "\"2030-01-01T00:00:00Z\"}",
      400, 1009 },
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
  g_autofree char *item
      = g_strdup_printf ("{\"Name\":\"Bank_Statements\",\"Reference\":\"%s\"}", reference);
  g_autoptr (SandboxAnswer) answer = add (item);

  sandbox_assert_error (answer, 400, 1000);
}

#define SVC "UiPathODataSvc."
#define US "UiPath.Server.Configuration.OData."

/* Returns: (transfer full) */
static SandboxAnswer *
send (const char *method, const char *address, const char *body)
{
  return sandbox_test_send (test, method, address, test->token, test->shared,
                            body != NULL ? "application/json" : NULL, body);
}

static gint64
make_queue (const char *body)
{
  g_autoptr (SandboxAnswer) answer = send ("POST", "odata/QueueDefinitions", body);

  sandbox_assert_status (answer, 201);

  return baton_json_peek_int (answer->json, "Id", 0);
}

static gint64
count_items (gint64 queue)
{
  g_autofree char *address = g_strdup_printf (
      "odata/QueueItems?$count=true&$top=0&$filter=QueueDefinitionId%%20eq%%20%" G_GINT64_FORMAT,
      queue);
  g_autoptr (SandboxAnswer) answer = sandbox_test_get (test, address);

  sandbox_assert_status (answer, 200);

  return baton_json_peek_int (answer->json, "@odata.count", -1);
}

/* Three rows, of which the second has a reference that is there, the third one a wrong priority. */
static void
test_bulk (void)
{
  static const struct
  {
    const char *commit;
    guint failed;
    gint64 added;
  } cases[] = {
    { "AllOrNothing", 2, 0 },
    { "StopOnFirstFailure", 1, 1 },
    { "ProcessAllIndependently", 2, 2 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *queue = g_strdup_printf (
          "{\"Name\":\"Bulk_%s\",\"EnforceUniqueReference\":true}", cases[i].commit);
      gint64 id = make_queue (queue);
      g_autofree char *body = g_strdup_printf (
          "{\"queueName\":\"Bulk_%s\",\"commitType\":\"%s\",\"queueItems\":["
          "{\"Reference\":\"a\",\"SpecificContent\":{\"n\":1}},{\"Reference\":\"A\"},"
          "{\"Reference\":\"c\",\"Priority\":\"Soon\"},{\"Reference\":\"d\"}]}",
          cases[i].commit, cases[i].commit);
      g_autoptr (SandboxAnswer) answer
          = send ("POST", "odata/Queues/" SVC "BulkAddQueueItems", body);
      JsonArray *failed = baton_json_peek_array (answer->json, "FailedItems");
      JsonObject *first = baton_json_peek_object_at (failed, 0);

      g_test_message ("%s", cases[i].commit);
      sandbox_assert_status (answer, 200);
      g_assert_false (baton_json_peek_bool (answer->json, "Success", TRUE));
      g_assert_cmpuint (baton_json_length (failed), ==, cases[i].failed);
      g_assert_cmpint (baton_json_peek_int (first, "Ordinal", -1), ==, 1);
      g_assert_cmpstr (baton_json_peek_string (first, "ErrorCode"), ==, "DuplicateReference");
      g_assert_cmpint (count_items (id), ==, cases[i].added);
    }
}

static void
test_bulk_thousand (void)
{
  g_autoptr (GString) body = g_string_new (
      "{\"queueName\":\"Bulk_Many\",\"commitType\":\"AllOrNothing\",\"queueItems\":[");
  gint64 id = make_queue ("{\"Name\":\"Bulk_Many\",\"EnforceUniqueReference\":true}");
  g_autoptr (SandboxAnswer) answer = NULL;

  for (guint i = 0; i < 1000; i++)
    g_string_append_printf (body, "%s{\"Reference\":\"r%u\"}", i > 0 ? "," : "", i);
  g_string_append (body, "]}");
  answer = send ("POST", "odata/Queues/" SVC "BulkAddQueueItems", body->str);
  sandbox_assert_status (answer, 200);
  g_assert_true (baton_json_peek_bool (answer->json, "Success", FALSE));
  g_assert_cmpint (count_items (id), ==, 1000);
}

static void
test_definition (void)
{
  gint64 id = make_queue ("{\"Name\":\"Defined\",\"Description\":\"One\",\"MaxNumberOfRetries\":3,"
                          "\"EnforceUniqueReference\":true}");
  g_autofree char *address = g_strdup_printf ("odata/QueueDefinitions(%" G_GINT64_FORMAT ")", id);
  g_autoptr (SandboxAnswer) twice
      = send ("POST", "odata/QueueDefinitions", "{\"Name\":\"defined\"}");
  g_autoptr (SandboxAnswer) changed
      = send ("PUT", address, "{\"Name\":\"Defined anew\",\"EnforceUniqueReference\":false}");
  g_autoptr (SandboxAnswer) queue = sandbox_test_get (test, address);
  g_autoptr (SandboxAnswer) item = add ("{\"Name\":\"Defined anew\",\"Reference\":\"1\"}");
  g_autoptr (SandboxAnswer) deleted = NULL;

  sandbox_assert_error (twice, 409, 1001);
  sandbox_assert_status (changed, 200);
  g_assert_cmpstr (baton_json_peek_string (queue->json, "Name"), ==, "Defined anew");
  g_assert_cmpint (baton_json_peek_int (queue->json, "MaxNumberOfRetries", -1), ==, 0);
  /* Only at its making. */
  g_assert_true (baton_json_peek_bool (queue->json, "EnforceUniqueReference", FALSE));

  sandbox_assert_status (item, 201);
  deleted = send ("DELETE", address, NULL);
  sandbox_assert_status (deleted, 204);
  g_assert_cmpint (count_items (id), ==, 0);
}

static void
test_definition_refused (void)
{
  static const struct
  {
    const char *body;
    guint status;
    int code;
  } cases[] = {
    { "{}", 400, 1014 },
    { "{\"Name\":\"Bad\",\"MaxNumberOfRetries\":51}", 400, 1000 },
    { "{\"Name\":\"Bad\",\"MaxNumberOfRetries\":-1}", 400, 1000 },
    { "{\"Name\":\"Bad\",\"SlaInMinutes\":5,\"RiskSlaInMinutes\":6}", 400, 1009 },
    { "{\"Name\":\"Bad\",\"SpecificDataJsonSchema\":\"no\"}", 400, 1009 },
    { "{\"Name\":\"Bad\",\"OutputDataJsonSchema\":\"{\\\"type\\\":\\\"float\\\"}\"}", 400, 1009 },
    { "{\"Name\":\"Bad\",\"ReleaseId\":987654321}", 404, 1002 },
    { "{\"Name\":\"Bad\",\"Colour\":\"red\"}", 400, 1000 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (SandboxAnswer) answer = send ("POST", "odata/QueueDefinitions", cases[i].body);

      g_test_message ("%s", cases[i].body);
      sandbox_assert_error (answer, cases[i].status, cases[i].code);
    }
}

static void
test_schema (void)
{
  gint64 id = make_queue (
      "{\"Name\":\"Schema\",\"SpecificDataJsonSchema\":\"{\\\"required\\\":[\\\"Amount\\\"],"
      "\\\"properties\\\":{\\\"Amount\\\":{\\\"type\\\":\\\"number\\\"}},"
      "\\\"additionalProperties\\\":false}\",\"OutputDataJsonSchema\":"
      "\"{\\\"required\\\":[\\\"Posted\\\"]}\"}");
  g_autofree char *address
      = g_strdup_printf ("odata/QueueDefinitions(%" G_GINT64_FORMAT ")/" SVC
                         "GetJsonSchemaDefinition(jsonSchemaType='OutputData')",
                         id);
  g_autofree char *none
      = g_strdup_printf ("odata/QueueDefinitions(%" G_GINT64_FORMAT ")/" SVC
                         "GetJsonSchemaDefinition(jsonSchemaType='AnalyticsData')",
                         id);
  g_autoptr (SandboxAnswer) schema = sandbox_test_get (test, address);
  g_autoptr (SandboxAnswer) no_schema = sandbox_test_get (test, none);
  g_autoptr (SandboxAnswer) lacks = add ("{\"Name\":\"Schema\"}");
  g_autoptr (SandboxAnswer) wrong
      = add ("{\"Name\":\"Schema\",\"SpecificContent\":{\"Amount\":\"much\"}}");
  g_autoptr (SandboxAnswer) null
      = add ("{\"Name\":\"Schema\",\"SpecificContent\":{\"Amount\":null}}");
  g_autoptr (SandboxAnswer) right
      = add ("{\"Name\":\"Schema\",\"SpecificContent\":{\"Amount\":1.5,\"Amount@odata.type\":"
             "\"#Double\"}}");
  gint64 item = baton_json_peek_int (right->json, "Id", 0);
  g_autofree char *result
      = g_strdup_printf ("odata/Queues(%" G_GINT64_FORMAT ")/" SVC "SetTransactionResult", item);
  g_autoptr (SandboxAnswer) started = send ("POST", "odata/Queues/" SVC "StartTransaction",
                                            "{\"transactionData\":{\"Name\":\"Schema\"}}");
  g_autoptr (SandboxAnswer) no_output
      = send ("POST", result, "{\"transactionResult\":{\"IsSuccessful\":true}}");
  g_autoptr (SandboxAnswer) output = send (
      "POST", result, "{\"transactionResult\":{\"IsSuccessful\":true,\"Output\":{\"Posted\":1}}}");

  sandbox_assert_status (schema, 200);
  g_assert_cmpstr (schema->text, ==, "{\"required\":[\"Posted\"]}");
  sandbox_assert_error (no_schema, 404, 1002);
  sandbox_assert_error (lacks, 400, 1009);
  sandbox_assert_error (wrong, 400, 1009);
  sandbox_assert_error (null, 400, 1009);
  sandbox_assert_status (right, 201);
  sandbox_assert_status (started, 200);
  sandbox_assert_error (no_output, 400, 1009);
  sandbox_assert_status (output, 200);
}

static void
test_retention (void)
{
  gint64 id = make_queue ("{\"Name\":\"Retention\"}");
  g_autofree char *address = g_strdup_printf ("odata/QueueRetention(%" G_GINT64_FORMAT ")", id);
  g_autofree char *stale_address = g_strconcat (address, "?retentionType=Stale", NULL);
  g_autoptr (SandboxAnswer) before = sandbox_test_get (test, address);
  g_autoptr (SandboxAnswer) stale = sandbox_test_get (test, stale_address);
  g_autoptr (SandboxAnswer) put = send ("PUT", address, "{\"Action\":\"Delete\",\"Period\":7}");
  g_autoptr (SandboxAnswer) after = sandbox_test_get (test, address);
  g_autoptr (SandboxAnswer) none = send ("PUT", address, "{\"Action\":\"None\",\"Period\":7}");
  g_autoptr (SandboxAnswer) reset = send ("DELETE", address, NULL);
  g_autoptr (SandboxAnswer) again = sandbox_test_get (test, address);

  sandbox_assert_status (before, 200);
  g_assert_cmpint (baton_json_peek_int (before->json, "Period", 0), ==, 30);
  g_assert_cmpint (baton_json_peek_int (stale->json, "Period", 0), ==, 180);
  g_assert_cmpstr (baton_json_peek_string (stale->json, "Type"), ==, "Stale");
  sandbox_assert_status (put, 200);
  g_assert_cmpint (baton_json_peek_int (after->json, "Period", 0), ==, 7);
  sandbox_assert_error (none, 400, 1009);
  sandbox_assert_status (reset, 204);
  g_assert_cmpint (baton_json_peek_int (again->json, "Period", 0), ==, 30);
}

/* The queue with its policies in one, as newer clients write it. */
static void
test_create_queue (void)
{
  g_autoptr (SandboxAnswer) made
      = send ("POST", "odata/QueueDefinitions/" US "CreateQueue",
              "{\"Name\":\"Whole\",\"RetentionAction\":\"Delete\",\"RetentionPeriod\":5,"
              "\"StaleRetentionAction\":\"Delete\",\"StaleRetentionPeriod\":9}");
  gint64 id = baton_json_peek_int (made->json, "Id", 0);
  g_autofree char *address
      = g_strdup_printf ("odata/QueueDefinitions/" US "GetQueue(id=%" G_GINT64_FORMAT ")", id);
  g_autofree char *body = g_strdup_printf (
      "{\"Id\":%" G_GINT64_FORMAT ",\"Name\":\"Whole\",\"RetentionPeriod\":999}", id);
  g_autofree char *good = g_strdup_printf (
      "{\"Id\":%" G_GINT64_FORMAT ",\"Name\":\"Whole\",\"RetentionPeriod\":6}", id);
  g_autoptr (SandboxAnswer) refused = send ("POST", "odata/QueueDefinitions/" US "EditQueue", body);
  g_autoptr (SandboxAnswer) edited = send ("POST", "odata/QueueDefinitions/" US "EditQueue", good);
  g_autoptr (SandboxAnswer) queue = sandbox_test_get (test, address);
  g_autoptr (SandboxAnswer) failed = send ("POST", "odata/QueueDefinitions/" US "CreateQueue",
                                           "{\"Name\":\"Half\",\"RetentionAction\":\"None\"}");
  g_autoptr (SandboxAnswer) free_name = NULL;

  sandbox_assert_status (made, 201);
  g_assert_cmpint (baton_json_peek_int (made->json, "RetentionPeriod", 0), ==, 5);
  sandbox_assert_error (refused, 400, 1009);
  sandbox_assert_status (edited, 200);
  g_assert_cmpint (baton_json_peek_int (queue->json, "RetentionPeriod", 0), ==, 6);
  g_assert_cmpint (baton_json_peek_int (queue->json, "StaleRetentionPeriod", 0), ==, 9);
  g_assert_cmpstr (baton_json_peek_string (queue->json, "Name"), ==, "Whole");
  /* Both or neither. */
  sandbox_assert_error (failed, 400, 1009);
  free_name = send ("POST", "odata/QueueDefinitions", "{\"Name\":\"Half\"}");
  sandbox_assert_status (free_name, 201);
}

static void
test_records (void)
{
  gint64 id = make_queue ("{\"Name\":\"Records\"}");
  g_autofree char *address = g_strdup_printf (
      "odata/QueueProcessingRecords/" SVC
      "RetrieveLastDaysProcessingRecords(daysNo=7,queueDefinitionId=%" G_GINT64_FORMAT
      ")?$orderby=ProcessingTime%%20desc&$top=1&$count=true",
      id);
  g_autoptr (SandboxAnswer) item = add ("{\"Name\":\"Records\"}");
  g_autoptr (SandboxAnswer) first = sandbox_test_get (test, address);
  g_autoptr (SandboxAnswer) answer = sandbox_test_get (test, address);
  JsonObject *record = baton_json_peek_object_at (baton_json_peek_array (answer->json, "value"), 0);

  sandbox_assert_status (item, 201);
  sandbox_assert_status (first, 200);
  /* Nothing is left of what was made for the answer before. */
  g_assert_cmpint (baton_json_peek_int (answer->json, "@odata.count", 0), ==, 7);
  g_assert_cmpint (baton_json_peek_int (record, "NumberOfRemainingTransactions", 0), ==, 1);
  g_assert_cmpstr (baton_json_peek_string (record, "ReportType"), ==, "Day");
}

/* What is done goes after its time, what waits after another. */
static void
test_retention_runs (void)
{
  gint64 id = make_queue ("{\"Name\":\"Kept\"}");
  g_autofree char *address = g_strdup_printf ("odata/QueueRetention(%" G_GINT64_FORMAT ")", id);
  g_autoptr (SandboxAnswer) put = send ("PUT", address, "{\"Action\":\"Delete\",\"Period\":1}");
  g_autoptr (SandboxAnswer) waits = add ("{\"Name\":\"Kept\"}");
  g_autoptr (SandboxAnswer) gone = add ("{\"Name\":\"Kept\"}");
  g_autofree char *item = g_strdup_printf ("odata/QueueItems(%" G_GINT64_FORMAT ")",
                                           baton_json_peek_int (gone->json, "Id", 0));
  g_autoptr (SandboxAnswer) deleted = send ("DELETE", item, NULL);
  g_autoptr (SandboxAnswer) before = sandbox_test_get (test, item);
  g_autoptr (SandboxAnswer) advanced
      = sandbox_test_control (test, "POST", "clock/advance", "{\"seconds\":180000}");
  g_autoptr (SandboxAnswer) after = sandbox_test_get (test, item);

  sandbox_assert_status (put, 200);
  sandbox_assert_status (deleted, 204);
  sandbox_assert_status (before, 200);
  sandbox_assert_status (advanced, 200);
  sandbox_assert_error (after, 404, 1002);
  g_assert_cmpint (count_items (id), ==, 1);
}

int
main (int argc, char *argv[])
{
  int status;

  g_test_init (&argc, &argv, NULL);
  test = sandbox_test_start ("--jobs=100", "--user-key-token-life=1000000", NULL);

  g_test_add_func ("/sandbox/queues/add", test_add);
  g_test_add_func ("/sandbox/queues/references", test_references);
  g_test_add_func ("/sandbox/queues/refused", test_refused);
  g_test_add_func ("/sandbox/queues/long-reference", test_long_reference);
  g_test_add_func ("/sandbox/queues/bulk", test_bulk);
  g_test_add_func ("/sandbox/queues/bulk-thousand", test_bulk_thousand);
  g_test_add_func ("/sandbox/queues/definition", test_definition);
  g_test_add_func ("/sandbox/queues/definition-refused", test_definition_refused);
  g_test_add_func ("/sandbox/queues/schema", test_schema);
  g_test_add_func ("/sandbox/queues/retention", test_retention);
  g_test_add_func ("/sandbox/queues/create-queue", test_create_queue);
  g_test_add_func ("/sandbox/queues/records", test_records);
  g_test_add_func ("/sandbox/queues/retention-runs", test_retention_runs);

  status = g_test_run ();
  sandbox_test_stop (test);

  return status;
}
