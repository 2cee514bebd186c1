/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "baton-json.h"
#include "sandbox-test.h"

/* The whole life of a queue item: taken up, done or failed, tried again, reviewed, gone. */

#define SVC "UiPathODataSvc."
#define US "UiPath.Server.Configuration.OData."

static SandboxTest *test;

#define send(method, body, ...) sandbox_test_ask (test, method, test->shared, body, __VA_ARGS__)

static gint64
get_id (SandboxAnswer *answer)
{
  return baton_json_peek_int (answer->json, "Id", 0);
}

/* Makes a queue of its own. @members: what else is in the body. */
static gint64
make_queue (const char *name, const char *members)
{
  g_autofree char *body = g_strdup_printf ("{\"Name\":\"%s\"%s}", name, members);
  g_autoptr (SandboxAnswer) answer = send ("POST", body, "odata/QueueDefinitions");

  sandbox_assert_status (answer, 201);

  return get_id (answer);
}

static gint64
add (const char *queue, const char *members)
{
  g_autofree char *body = g_strdup_printf ("{\"itemData\":{\"Name\":\"%s\"%s}}", queue, members);
  g_autoptr (SandboxAnswer) answer = send ("POST", body, "odata/Queues/" SVC "AddQueueItem");

  sandbox_assert_status (answer, 201);

  return get_id (answer);
}

static SandboxAnswer *
start_with (const char *queue, const char *members)
{
  g_autofree char *body
      = g_strdup_printf ("{\"transactionData\":{\"Name\":\"%s\"%s}}", queue, members);

  return send ("POST", body, "odata/Queues/" SVC "StartTransaction");
}

/* Returns: the item, 0 where there is none. */
static gint64
start (const char *queue, const char *members)
{
  g_autoptr (SandboxAnswer) answer = start_with (queue, members);

  if (answer->status == 204)
    return 0;
  sandbox_assert_status (answer, 200);
  g_assert_cmpstr (baton_json_peek_string (answer->json, "Status"), ==, "InProgress");
  g_assert_true (baton_json_has (answer->json, "StartProcessing"));

  return get_id (answer);
}

static void
end_with (gint64 id, const char *result, guint status)
{
  g_autofree char *body = g_strdup_printf ("{\"transactionResult\":%s}", result);
  g_autoptr (SandboxAnswer) answer
      = send ("POST", body, "odata/Queues(%" G_GINT64_FORMAT ")/" SVC "SetTransactionResult", id);

  sandbox_assert_status (answer, status);
}

static SandboxAnswer *
get_item (gint64 id)
{
  SandboxAnswer *answer = send ("GET", NULL, "odata/QueueItems(%" G_GINT64_FORMAT ")", id);

  sandbox_assert_status (answer, 200);

  return answer;
}

static void
assert_item (gint64 id, const char *member, const char *value)
{
  g_autoptr (SandboxAnswer) item = get_item (id);

  g_assert_cmpstr (baton_json_peek_string (item->json, member), ==, value);
}

#define FAULT(type)                                                                                \
  "{\"IsSuccessful\":false,\"ProcessingException\":{\"Reason\":\"No such order\",\"Details\":"     \
  "\"at Orders.xaml\",\"Type\":\"" type "\"}}"

static void
test_success (void)
{
  gint64 id;
  g_autoptr (SandboxAnswer) progress = NULL;
  g_autoptr (SandboxAnswer) late = NULL;
  g_autoptr (SandboxAnswer) item = NULL;

  make_queue ("Life_Success", "");
  id = add ("Life_Success", ",\"SpecificContent\":{\"Order\":\"1\"}");
  g_assert_cmpint (start ("Life_Success", ""), ==, id);
  g_assert_cmpint (start ("Life_Success", ""), ==, 0);

  progress = send ("POST", "{\"progress\":\"half of it\"}",
                   "odata/QueueItems(%" G_GINT64_FORMAT ")/" SVC "SetTransactionProgress", id);
  sandbox_assert_status (progress, 200);
  assert_item (id, "Progress", "half of it");

  end_with (id,
            "{\"IsSuccessful\":true,\"Output\":{\"Posted\":true,\"Sum\":12.5},\"Analytics\":"
            "{\"Kind\":\"a\"}}",
            200);
  item = get_item (id);
  g_assert_cmpstr (baton_json_peek_string (item->json, "Status"), ==, "Successful");
  g_assert_true (baton_json_has (item->json, "EndProcessing"));
  g_assert_cmpfloat (
      baton_json_peek_double (baton_json_peek_object (item->json, "Output"), "Sum", 0), ==, 12.5);
  g_assert_cmpstr (baton_json_peek_string (item->json, "AnalyticsData"), ==, "{\"Kind\":\"a\"}");

  /* It has ended. */
  end_with (id, "{\"IsSuccessful\":true}", 409);
  late = send ("POST", "{\"progress\":\"again\"}",
               "odata/QueueItems(%" G_GINT64_FORMAT ")/" SVC "SetTransactionProgress", id);
  sandbox_assert_error (late, 409, 1009);
}

/* Twice again, and then it has failed; the key goes with it. */
static void
test_retries (void)
{
  gint64 first, second, third;
  g_autoptr (SandboxAnswer) item = NULL;
  g_autoptr (SandboxAnswer) ancestor = NULL;
  g_autoptr (SandboxAnswer) history = NULL;
  g_autoptr (SandboxAnswer) last = NULL;

  make_queue ("Life_Retries", ",\"MaxNumberOfRetries\":2,\"AcceptAutomaticallyRetry\":true");
  first = add ("Life_Retries", ",\"Reference\":\"R-1\",\"Priority\":\"High\"");
  g_assert_cmpint (start ("Life_Retries", ""), ==, first);
  end_with (first, FAULT ("ApplicationException"), 200);
  assert_item (first, "Status", "Retried");

  second = start ("Life_Retries", "");
  g_assert_cmpint (second, >, first);
  end_with (second, FAULT ("ApplicationException"), 200);
  third = start ("Life_Retries", "");
  end_with (third, FAULT ("ApplicationException"), 200);
  g_assert_cmpint (start ("Life_Retries", ""), ==, 0);

  ancestor = get_item (first);
  item = get_item (third);
  g_assert_cmpstr (baton_json_peek_string (item->json, "Status"), ==, "Failed");
  g_assert_cmpint (baton_json_peek_int (item->json, "RetryNumber", 0), ==, 2);
  g_assert_cmpint (baton_json_peek_int (item->json, "AncestorId", 0), ==, second);
  g_assert_cmpstr (baton_json_peek_string (item->json, "Reference"), ==, "R-1");
  g_assert_cmpstr (baton_json_peek_string (item->json, "Priority"), ==, "High");
  g_assert_cmpstr (baton_json_peek_string (item->json, "Key"), ==,
                   baton_json_peek_string (ancestor->json, "Key"));
  g_assert_cmpstr (baton_json_peek_string (item->json, "UniqueKey"), !=,
                   baton_json_peek_string (ancestor->json, "UniqueKey"));
  g_assert_cmpstr (
      baton_json_peek_string (baton_json_peek_object (item->json, "ProcessingException"), "Reason"),
      ==, "No such order");

  history = send ("GET", NULL,
                  "odata/QueueItems(%" G_GINT64_FORMAT ")/" SVC
                  "GetItemProcessingHistory?$orderby=Id%%20desc",
                  first);
  sandbox_assert_status (history, 200);
  g_assert_cmpuint (baton_json_length (baton_json_peek_array (history->json, "value")), ==, 3);
  last = send ("GET", NULL, "odata/QueueItems(%" G_GINT64_FORMAT ")/" US "GetItemLastRetry", first);
  g_assert_cmpint (get_id (last), ==, third);
}

static void
test_business (void)
{
  gint64 id;

  make_queue ("Life_Business", ",\"MaxNumberOfRetries\":2,\"AcceptAutomaticallyRetry\":true");
  id = add ("Life_Business", "");
  start ("Life_Business", "");
  end_with (id, FAULT ("BusinessException"), 200);
  assert_item (id, "Status", "Failed");
  assert_item (id, "ProcessingExceptionType", "BusinessException");
  g_assert_cmpint (start ("Life_Business", ""), ==, 0);
}

/* What is due first, then the rest; each by priority. */
static void
test_order (void)
{
  gint64 low, normal, high, due_low, due_late, due_soon, deferred;

  make_queue ("Life_Order", "");
  low = add ("Life_Order", ",\"Priority\":\"Low\"");
  normal = add ("Life_Order", "");
  high = add ("Life_Order", ",\"Priority\":\"High\"");
  due_low = add ("Life_Order", ",\"Priority\":\"Low\",\"DueDate\":\"2030-01-01T00:00:00Z\"");
  due_late = add ("Life_Order", ",\"DueDate\":\"2032-01-01T00:00:00Z\"");
  due_soon = add ("Life_Order", ",\"DueDate\":\"2031-01-01T00:00:00Z\"");
  deferred = add ("Life_Order", ",\"Priority\":\"High\",\"DeferDate\":\"2099-01-01T00:00:00Z\"");

  g_assert_cmpint (start ("Life_Order", ""), ==, due_soon);
  g_assert_cmpint (start ("Life_Order", ""), ==, due_late);
  g_assert_cmpint (start ("Life_Order", ""), ==, due_low);
  g_assert_cmpint (start ("Life_Order", ""), ==, high);
  g_assert_cmpint (start ("Life_Order", ""), ==, normal);
  g_assert_cmpint (start ("Life_Order", ""), ==, low);
  g_assert_cmpint (start ("Life_Order", ""), ==, 0);
  assert_item (deferred, "Status", "New");
}

static void
test_reference_filter (void)
{
  gint64 a, b, c;

  make_queue ("Life_Filter", "");
  a = add ("Life_Filter", ",\"Reference\":\"IT-1\"");
  b = add ("Life_Filter", ",\"Reference\":\"FR-10\"");
  c = add ("Life_Filter", ",\"Reference\":\"FR-1\"");
  g_assert_cmpint (start ("Life_Filter", ",\"Reference\":\"FR-1\""), ==, c);
  g_assert_cmpint (
      start ("Life_Filter", ",\"Reference\":\"fr-\",\"ReferenceFilterOption\":\"StartsWith\""), ==,
      b);
  g_assert_cmpint (
      start ("Life_Filter", ",\"Reference\":\"DE\",\"ReferenceFilterOption\":\"StartsWith\""), ==,
      0);
  g_assert_cmpint (start ("Life_Filter", ""), ==, a);
}

/* An item that comes with its transaction. */
static void
test_start_new (void)
{
  gint64 id;
  g_autoptr (SandboxAnswer) again = NULL;

  make_queue ("Life_New", ",\"EnforceUniqueReference\":true");
  id = start ("Life_New", ",\"SpecificContent\":{\"a\":1},\"Reference\":\"only\"");
  g_assert_cmpint (id, >, 0);
  again = start_with ("Life_New", ",\"SpecificContent\":{\"a\":1},\"Reference\":\"only\"");
  sandbox_assert_error (again, 409, 1016);
}

static void
test_postpone (void)
{
  gint64 id;

  make_queue ("Life_Postponed", "");
  id = add ("Life_Postponed", "");
  start ("Life_Postponed", "");
  end_with (id, "{\"DeferDate\":\"2099-01-01T00:00:00Z\"}", 200);
  assert_item (id, "Status", "New");
  assert_item (id, "DeferDate", "2099-01-01T00:00:00Z");
  g_assert_cmpint (start ("Life_Postponed", ""), ==, 0);
}

/* A body with the item and its RowVersion, or another. */
static char *
make_versioned (gint64 id, const char *row_version, const char *members)
{
  g_autoptr (SandboxAnswer) item = get_item (id);

  return g_strdup_printf (
      "{%s\"queueItems\":[{\"Id\":%" G_GINT64_FORMAT ",\"RowVersion\":\"%s\"}]}", members, id,
      row_version != NULL ? row_version : baton_json_peek_string (item->json, "RowVersion"));
}

static void
assert_bulk (const char *operation, const char *body, gboolean success)
{
  g_autoptr (SandboxAnswer) answer = send ("POST", body, "odata/QueueItems/" SVC "%s", operation);

  sandbox_assert_status (answer, 200);
  g_assert_cmpint (baton_json_peek_bool (answer->json, "Success", !success), ==, success);
  g_assert_cmpuint (baton_json_length (baton_json_peek_array (answer->json, "FailedItems")), ==,
                    success ? 0 : 1);
}

static gint64
fail_one (const char *queue)
{
  gint64 id;

  make_queue (queue, "");
  id = add (queue, "");
  start (queue, "");
  end_with (id, FAULT ("ApplicationException"), 200);

  return id;
}

static void
test_review (void)
{
  gint64 id = fail_one ("Life_Review");
  g_autoptr (SandboxAnswer) reviewers = send ("GET", NULL, "odata/QueueItems/" US "GetReviewers()");
  JsonArray *people = baton_json_peek_array (reviewers->json, "value");
  gint64 reviewer = baton_json_peek_int (baton_json_peek_object_at (people, 0), "Id", 0);
  g_autofree char *member = g_strdup_printf ("\"userId\":%" G_GINT64_FORMAT ",", reviewer);
  g_autofree char *assign = make_versioned (id, NULL, member);
  g_autofree char *in_review = NULL;
  g_autofree char *unset = NULL;
  g_autofree char *retry = NULL;
  g_autoptr (SandboxAnswer) stale = NULL;
  g_autoptr (SandboxAnswer) item = NULL;
  gint64 next;

  sandbox_assert_status (reviewers, 200);
  assert_bulk ("SetItemReviewer", assign, TRUE);
  item = get_item (id);
  g_assert_cmpint (baton_json_peek_int (item->json, "ReviewerUserId", 0), ==, reviewer);
  /* The version has moved on. */
  stale = send ("POST", assign, "odata/QueueItems/" SVC "SetItemReviewer");
  sandbox_assert_error (stale, 409, 1020);

  in_review = make_versioned (id, NULL, "\"status\":\"InReview\",");
  assert_bulk ("SetItemReviewStatus", in_review, TRUE);
  assert_item (id, "ReviewStatus", "InReview");
  unset = make_versioned (id, NULL, "");
  assert_bulk ("UnsetItemReviewer", unset, TRUE);

  retry = make_versioned (id, NULL, "\"status\":\"Retried\",");
  assert_bulk ("SetItemReviewStatus", retry, TRUE);
  assert_item (id, "Status", "Retried");
  assert_item (id, "ReviewStatus", "Retried");
  next = start ("Life_Review", "");
  g_clear_pointer (&item, sandbox_answer_free);
  item = get_item (next);
  g_assert_cmpint (baton_json_peek_int (item->json, "ManualAncestorId", 0), ==, id);
  g_assert_cmpint (baton_json_peek_int (item->json, "ManualRetryNumber", 0), ==, 1);
  g_assert_cmpint (baton_json_peek_int (item->json, "RetryNumber", -1), ==, 0);
}

/* Nobody reviews what has not failed, nor deletes what a robot works on. */
static void
test_wrong_state (void)
{
  gint64 id;
  g_autofree char *review = NULL;
  g_autofree char *delete = NULL;
  g_autoptr (SandboxAnswer) deleted = NULL;
  g_autoptr (SandboxAnswer) edited = NULL;

  make_queue ("Life_State", "");
  id = add ("Life_State", "");
  review = make_versioned (id, NULL, "\"status\":\"Verified\",");
  assert_bulk ("SetItemReviewStatus", review, FALSE);
  start ("Life_State", "");
  delete = make_versioned (id, NULL, "");
  assert_bulk ("DeleteBulk", delete, FALSE);
  deleted = send ("DELETE", NULL, "odata/QueueItems(%" G_GINT64_FORMAT ")", id);
  sandbox_assert_error (deleted, 409, 1009);
  edited = send ("PUT", "{\"Priority\":\"Low\"}", "odata/QueueItems(%" G_GINT64_FORMAT ")", id);
  sandbox_assert_error (edited, 409, 1009);
}

static void
test_edit_and_delete (void)
{
  gint64 id, other;
  g_autoptr (SandboxAnswer) edited = NULL;
  g_autoptr (SandboxAnswer) item = NULL;
  g_autoptr (SandboxAnswer) deleted = NULL;
  g_autofree char *bulk = NULL;

  make_queue ("Life_Edit", ",\"EnforceUniqueReference\":true");
  id = add ("Life_Edit", ",\"Reference\":\"a\",\"SpecificContent\":{\"n\":1}");
  other = add ("Life_Edit", ",\"Reference\":\"b\"");
  edited = send ("PUT",
                 "{\"Name\":\"Life_Edit\",\"Priority\":\"Low\",\"SpecificContent\":{\"n\":2},"
                 "\"DueDate\":\"2031-01-01T00:00:00Z\",\"Progress\":\"later\"}",
                 "odata/QueueItems(%" G_GINT64_FORMAT ")", id);
  sandbox_assert_status (edited, 200);
  item = get_item (id);
  g_assert_cmpstr (baton_json_peek_string (item->json, "Priority"), ==, "Low");
  g_assert_cmpint (
      baton_json_peek_int (baton_json_peek_object (item->json, "SpecificContent"), "n", 0), ==, 2);
  g_assert_cmpstr (baton_json_peek_string (item->json, "Reference"), ==, "a");

  deleted = send ("DELETE", NULL, "odata/QueueItems(%" G_GINT64_FORMAT ")", id);
  sandbox_assert_status (deleted, 204);
  assert_item (id, "Status", "Deleted");
  bulk = make_versioned (other, NULL, "");
  assert_bulk ("DeleteBulk", bulk, TRUE);
  g_assert_cmpint (start ("Life_Edit", ""), ==, 0);

  /* A reference is never free again (fact sheet 8, number 12). */
  {
    g_autoptr (SandboxAnswer) again
        = send ("POST", "{\"itemData\":{\"Name\":\"Life_Edit\",\"Reference\":\"a\"}}",
                "odata/Queues/" SVC "AddQueueItem");

    sandbox_assert_error (again, 409, 1016);
  }
}

static void
test_events (void)
{
  static const char *const actions[] = { "Create", "Status", "Status" };
  static const char *const states[] = { "New", "InProgress", "Failed" };
  gint64 id = fail_one ("Life_Events");
  g_autoptr (SandboxAnswer) answer
      = send ("GET", NULL,
              "odata/QueueItemEvents/" US "GetQueueItemEventsHistory(queueItemId=%" G_GINT64_FORMAT
              ")?$orderby=Timestamp,Id",
              id);
  JsonArray *events = baton_json_peek_array (answer->json, "value");

  sandbox_assert_status (answer, 200);
  g_assert_cmpuint (baton_json_length (events), ==, G_N_ELEMENTS (actions));
  for (guint i = 0; i < G_N_ELEMENTS (actions); i++)
    {
      JsonObject *event = baton_json_peek_object_at (events, i);

      g_assert_cmpstr (baton_json_peek_string (event, "Action"), ==, actions[i]);
      g_assert_cmpstr (baton_json_peek_string (event, "Status"), ==, states[i]);
      g_assert_cmpstr (baton_json_peek_string (event, "UserName"), ==, "admin");
    }
}

static void
test_comments (void)
{
  gint64 id = fail_one ("Life_Comments");
  g_autofree char *body
      = g_strdup_printf ("{\"QueueItemId\":%" G_GINT64_FORMAT ",\"Text\":\"Asked the shop\"}", id);
  g_autofree char *changed
      = g_strdup_printf ("{\"QueueItemId\":%" G_GINT64_FORMAT ",\"Text\":\"They answered\"}", id);
  g_autoptr (SandboxAnswer) made = send ("POST", body, "odata/QueueItemComments");
  gint64 comment = get_id (made);
  g_autoptr (SandboxAnswer) edited
      = send ("PUT", changed, "odata/QueueItemComments(%" G_GINT64_FORMAT ")", comment);
  g_autoptr (SandboxAnswer) history = send (
      "GET", NULL,
      "odata/QueueItemComments/" US "GetQueueItemCommentsHistory(queueItemId=%" G_GINT64_FORMAT ")",
      id);
  JsonObject *first = baton_json_peek_object_at (baton_json_peek_array (history->json, "value"), 0);
  g_autoptr (SandboxAnswer) lost
      = send ("POST", "{\"QueueItemId\":999999999,\"Text\":\"x\"}", "odata/QueueItemComments");
  g_autoptr (SandboxAnswer) deleted
      = send ("DELETE", NULL, "odata/QueueItemComments(%" G_GINT64_FORMAT ")", comment);

  sandbox_assert_status (made, 201);
  sandbox_assert_status (edited, 200);
  sandbox_assert_status (history, 200);
  g_assert_cmpstr (baton_json_peek_string (first, "Text"), ==, "They answered");
  g_assert_cmpstr (baton_json_peek_string (first, "UserName"), ==, "admin");
  sandbox_assert_error (lost, 404, 1002);
  sandbox_assert_status (deleted, 204);
}

static gint64
count_in (gint64 folder, gint64 queue)
{
  g_autofree char *address = g_strdup_printf (
      "odata/QueueItems?$count=true&$filter=QueueDefinitionId%%20eq%%20%" G_GINT64_FORMAT, queue);
  g_autoptr (SandboxAnswer) answer
      = sandbox_test_send (test, "GET", address, test->token, folder, NULL, NULL);

  sandbox_assert_status (answer, 200);

  return baton_json_peek_int (answer->json, "@odata.count", -1);
}

/* The items of a queue that lies in two folders are seen and worked on from both, and stay when it
 * leaves the first. */
static void
test_shared (void)
{
  gint64 queue = make_queue ("Life_Shared", "");
  gint64 id = add ("Life_Shared", "");
  g_autoptr (SandboxAnswer) folders
      = send ("GET", NULL, "odata/Folders?$filter=DisplayName%%20eq%%20'Sales'");
  gint64 sales = baton_json_peek_int (
      baton_json_peek_object_at (baton_json_peek_array (folders->json, "value"), 0), "Id", 0);
  g_autofree char *body
      = g_strdup_printf ("{\"QueueIds\":[%" G_GINT64_FORMAT
                         "],\"ToAddFolderIds\":[%" G_GINT64_FORMAT "],\"ToRemoveFolderIds\":[]}",
                         queue, sales);
  g_autofree char *leave
      = g_strdup_printf ("{\"QueueIds\":[%" G_GINT64_FORMAT
                         "],\"ToAddFolderIds\":[],\"ToRemoveFolderIds\":[%" G_GINT64_FORMAT "]}",
                         queue, test->shared);
  g_autoptr (SandboxAnswer) shared = NULL;
  g_autoptr (SandboxAnswer) started = NULL;
  g_autoptr (SandboxAnswer) left = NULL;

  g_assert_cmpint (count_in (sales, queue), ==, 0);
  shared = send ("POST", body, "odata/QueueDefinitions/" US "ShareToFolders");
  sandbox_assert_status (shared, 204);
  g_assert_cmpint (count_in (sales, queue), ==, 1);
  g_assert_cmpint (count_in (test->shared, queue), ==, 1);

  started
      = sandbox_test_send (test, "POST", "odata/Queues/" SVC "StartTransaction", test->token, sales,
                           "application/json", "{\"transactionData\":{\"Name\":\"Life_Shared\"}}");
  sandbox_assert_status (started, 200);
  g_assert_cmpint (get_id (started), ==, id);

  left = send ("POST", leave, "odata/QueueDefinitions/" US "ShareToFolders");
  sandbox_assert_status (left, 204);
  g_assert_cmpint (count_in (sales, queue), ==, 1);
  g_assert_cmpint (count_in (test->shared, queue), ==, 0);
}

/* What a robot took and never gave back is given up after a day, and tried again where the queue
 * says so. */
static void
test_abandon (void)
{
  gint64 id, kept, next;
  g_autoptr (SandboxAnswer) early = NULL;
  g_autoptr (SandboxAnswer) late = NULL;
  g_autoptr (SandboxAnswer) item = NULL;

  make_queue ("Life_Abandoned", ",\"MaxNumberOfRetries\":1,\"RetryAbandonedItems\":true");
  make_queue ("Life_Abandoned_Kept", ",\"MaxNumberOfRetries\":1,\"AcceptAutomaticallyRetry\":true");
  id = add ("Life_Abandoned", "");
  kept = add ("Life_Abandoned_Kept", "");
  start ("Life_Abandoned", "");
  start ("Life_Abandoned_Kept", "");

  early = sandbox_test_control (test, "POST", "clock/advance", "{\"seconds\":82800}");
  sandbox_assert_status (early, 200);
  assert_item (id, "Status", "InProgress");
  late = sandbox_test_control (test, "POST", "clock/advance", "{\"seconds\":7200}");
  sandbox_assert_status (late, 200);
  assert_item (id, "Status", "Abandoned");
  assert_item (kept, "Status", "Abandoned");

  next = start ("Life_Abandoned", "");
  g_assert_cmpint (next, >, id);
  item = get_item (next);
  g_assert_cmpint (baton_json_peek_int (item->json, "AncestorId", 0), ==, id);
  g_assert_cmpint (start ("Life_Abandoned_Kept", ""), ==, 0);
}

int
main (int argc, char *argv[])
{
  int status;

  g_test_init (&argc, &argv, NULL);
  test = sandbox_test_start ("--jobs=100", "--user-key-token-life=1000000", NULL);

  g_test_add_func ("/sandbox/transactions/success", test_success);
  g_test_add_func ("/sandbox/transactions/retries", test_retries);
  g_test_add_func ("/sandbox/transactions/business", test_business);
  g_test_add_func ("/sandbox/transactions/order", test_order);
  g_test_add_func ("/sandbox/transactions/reference-filter", test_reference_filter);
  g_test_add_func ("/sandbox/transactions/start-new", test_start_new);
  g_test_add_func ("/sandbox/transactions/postpone", test_postpone);
  g_test_add_func ("/sandbox/transactions/review", test_review);
  g_test_add_func ("/sandbox/transactions/wrong-state", test_wrong_state);
  g_test_add_func ("/sandbox/transactions/edit-and-delete", test_edit_and_delete);
  g_test_add_func ("/sandbox/transactions/events", test_events);
  g_test_add_func ("/sandbox/transactions/comments", test_comments);
  g_test_add_func ("/sandbox/transactions/shared", test_shared);
  g_test_add_func ("/sandbox/transactions/abandon", test_abandon);

  status = g_test_run ();
  sandbox_test_stop (test);

  return status;
}
