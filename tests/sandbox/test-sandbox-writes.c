/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "baton-json.h"
#include "sandbox-test.h"

#define US "UiPath.Server.Configuration.OData."

/* The plain writes that follow from the table of an entity set, on one that has them all, and what
 * the audit log has of these and of others. */

static SandboxTest *test;

static SandboxAnswer *
send (const char *method, gint64 id, const char *body)
{
  g_autofree char *address = id != 0 ? g_strdup_printf ("odata/Machines(%" G_GINT64_FORMAT ")", id)
                                     : g_strdup ("odata/Machines");

  return sandbox_test_send (test, method, address, test->token, 0,
                            body != NULL ? "application/json" : NULL, body);
}

static gint64
create (const char *name)
{
  g_autofree char *body = g_strdup_printf (
      "{\"Name\":\"%s\",\"Description\":\"On the second floor\",\"Type\":\"Template\","
      "\"UnattendedSlots\":2,\"Tags\":[{\"Name\":\"a\",\"DisplayName\":\"a\"}]}",
      name);
  g_autoptr (SandboxAnswer) answer = send ("POST", 0, body);

  sandbox_assert_status (answer, 201);

  return baton_json_peek_int (answer->json, "Id", 0);
}

static void
test_create (void)
{
  gint64 id = create ("BOT-CREATED");
  g_autoptr (SandboxAnswer) machine = send ("GET", id, NULL);

  g_assert_cmpint (id, >, 0);
  g_assert_cmpstr (baton_json_peek_string (machine->json, "Name"), ==, "BOT-CREATED");
  g_assert_cmpstr (baton_json_peek_string (machine->json, "Type"), ==, "Template");
  g_assert_cmpint (baton_json_peek_int (machine->json, "UnattendedSlots", 0), ==, 2);
  g_assert_cmpuint (baton_json_length (baton_json_peek_array (machine->json, "Tags")), ==, 1);
  g_assert_true (g_uuid_string_is_valid (baton_json_peek_string (machine->json, "Key")));
}

static void
test_patch (void)
{
  gint64 id = create ("BOT-PATCHED");
  g_autoptr (SandboxAnswer) patched = send ("PATCH", id, "{\"UnattendedSlots\":5}");
  g_autoptr (SandboxAnswer) machine = send ("GET", id, NULL);

  sandbox_assert_status (patched, 200);
  g_assert_cmpint (baton_json_peek_int (machine->json, "UnattendedSlots", 0), ==, 5);
  g_assert_cmpstr (baton_json_peek_string (machine->json, "Description"), ==,
                   "On the second floor");
}

/* What a PUT does not mention goes, other than what a client cannot write. */
static void
test_replace (void)
{
  gint64 id = create ("BOT-REPLACED");
  g_autoptr (SandboxAnswer) before = send ("GET", id, NULL);
  g_autofree char *body
      = g_strdup_printf ("{\"Id\":%" G_GINT64_FORMAT ",\"Name\":\"BOT-OTHER\"}", id);
  g_autoptr (SandboxAnswer) replaced = send ("PUT", id, body);
  g_autoptr (SandboxAnswer) after = send ("GET", id, NULL);

  sandbox_assert_status (replaced, 200);
  g_assert_cmpstr (baton_json_peek_string (after->json, "Name"), ==, "BOT-OTHER");
  g_assert_false (baton_json_has (after->json, "Description"));
  g_assert_cmpstr (baton_json_peek_string (after->json, "Key"), ==,
                   baton_json_peek_string (before->json, "Key"));
}

static void
test_delete (void)
{
  gint64 id = create ("BOT-DELETED");
  g_autoptr (SandboxAnswer) deleted = send ("DELETE", id, NULL);
  g_autoptr (SandboxAnswer) gone = send ("GET", id, NULL);
  g_autoptr (SandboxAnswer) again = send ("DELETE", id, NULL);

  sandbox_assert_status (deleted, 204);
  sandbox_assert_error (gone, 404, 1002);
  sandbox_assert_error (again, 404, 1002);
}

static void
test_audited (void)
{
  gint64 id = create ("BOT-AUDITED");
  g_autofree char *address
      = g_strdup_printf ("odata/AuditLogs?$filter=EntityId%%20eq%%20%" G_GINT64_FORMAT
                         "%%20and%%20Component%%20eq%%20'Machines'&$expand=Entities",
                         id);
  g_autoptr (SandboxAnswer) list = sandbox_test_get (test, address);
  JsonObject *log = baton_json_peek_object_at (baton_json_peek_array (list->json, "value"), 0);

  sandbox_assert_status (list, 200);
  g_assert_cmpstr (baton_json_peek_string (log, "Action"), ==, "Create");
  g_assert_cmpstr (baton_json_peek_string (log, "DisplayName"), ==, "BOT-AUDITED");
  g_assert_cmpstr (baton_json_peek_string (log, "UserName"), ==, "admin");
  g_assert_cmpuint (baton_json_length (baton_json_peek_array (log, "Entities")), ==, 1);
}

/* Returns: the first of a list in Shared; free the answer after it. */
static SandboxAnswer *
list_one (const char *address)
{
  SandboxAnswer *answer = sandbox_test_get (test, address);

  sandbox_assert_status (answer, 200);
  g_assert_cmpuint (sandbox_answer_length (answer), >=, 1);

  return answer;
}

/* Returns: AuditLogs.Id of the newest line. */
static gint64
get_last_line (void)
{
  g_autoptr (SandboxAnswer) list = list_one ("odata/AuditLogs?$orderby=Id%20desc&$top=1");

  return baton_json_peek_int (sandbox_answer_get (list, 0), "Id", 0);
}

/* What is no plain write of an entity set has its line, too. */
static void
test_audited_actions (void)
{
  g_autoptr (SandboxAnswer) queue
      = list_one ("odata/QueueDefinitions?$filter=EnforceUniqueReference%20eq%20false&$top=1");
  g_autoptr (SandboxAnswer) media = list_one ("odata/ExecutionMedia?$top=1");
  g_autofree char *process = sandbox_test_find_process (test, "Stock_Sync");
  g_autofree char *new_trigger = g_strdup_printf (
      "{\"Name\":\"Audited\",\"Slug\":\"audited\",\"Method\":\"Get\",\"ReleaseKey\":\"%s\","
      "\"CallingMode\":\"FireAndForget\"}",
      process);
  g_autoptr (SandboxAnswer) trigger = sandbox_test_post (test, "odata/HttpTriggers", new_trigger);
  g_autoptr (SandboxAnswer) task = sandbox_test_post (
      test, "tasks/GenericTasks/CreateTask", "{\"type\":\"ExternalTask\",\"title\":\"Audited\"}");
  gint64 queue_id = baton_json_peek_int (sandbox_answer_get (queue, 0), "Id", 0);
  g_autofree char *add
      = g_strdup_printf ("{\"itemData\":{\"Name\":\"%s\"}}",
                         baton_json_peek_string (sandbox_answer_get (queue, 0), "Name"));
  g_autofree char *add_many
      = g_strdup_printf ("{\"queueName\":\"%s\",\"commitType\":\"AllOrNothing\",\"queueItems\":[{"
                         "\"Priority\":\"Low\"}]}",
                         baton_json_peek_string (sandbox_answer_get (queue, 0), "Name"));
  g_autoptr (SandboxAnswer) item
      = sandbox_test_post (test, "odata/Queues/UiPathODataSvc.AddQueueItem", add);
  g_autoptr (SandboxAnswer) other
      = sandbox_test_post (test, "odata/Queues/UiPathODataSvc.AddQueueItem", add);
  g_autofree char *retention
      = g_strdup_printf ("odata/QueueRetention(%" G_GINT64_FORMAT ")", queue_id);
  g_autofree char *download = g_strdup_printf (
      "odata/ExecutionMedia/" US "DownloadMediaByJobId(jobId=%" G_GINT64_FORMAT ")",
      baton_json_peek_int (sandbox_answer_get (media, 0), "JobId", 0));
  g_autofree char *enable = g_strdup_printf ("{\"enabled\":false,\"triggerIds\":[\"%s\"]}",
                                             baton_json_peek_string (trigger->json, "Id"));
  g_autofree char *one = g_strdup_printf ("odata/QueueItems(%" G_GINT64_FORMAT ")",
                                          baton_json_peek_int (item->json, "Id", 0));
  g_autofree char *many
      = g_strdup_printf ("{\"queueItems\":[{\"Id\":%" G_GINT64_FORMAT ",\"RowVersion\":\"%s\"}]}",
                         baton_json_peek_int (other->json, "Id", 0),
                         baton_json_peek_string (other->json, "RowVersion"));
  gint64 task_id = baton_json_peek_int (task->json, "id", 0);
  g_autofree char *assign = g_strdup_printf ("{\"taskAssignments\":[{\"TaskId\":%" G_GINT64_FORMAT
                                             ",\"UserNameOrEmail\":\"admin\"}]}",
                                             task_id);
  g_autofree char *save
      = g_strdup_printf ("{\"taskId\":%" G_GINT64_FORMAT ",\"data\":{\"a\":1}}", task_id);
  g_autofree char *complete
      = g_strdup_printf ("{\"taskId\":%" G_GINT64_FORMAT ",\"action\":\"ok\"}", task_id);
  g_autofree char *tasks = g_strdup_printf ("{\"taskIds\":[%" G_GINT64_FORMAT "]}", task_id);
  const struct
  {
    const char *method;
    const char *address;
    const char *body; /* (nullable) */
    const char *component;
    const char *action;
  } cases[] = {
    { "PUT", retention, "{\"Action\":\"Delete\",\"Period\":40}", "Queues", "Update" },
    { "DELETE", retention, NULL, "Queues", "Update" },
    { "POST", "odata/Queues/UiPathODataSvc.BulkAddQueueItems", add_many, "Queues", "BulkUpload" },
    { "PUT", one, "{\"Priority\":\"High\"}", "Queues", "Update" },
    { "DELETE", one, NULL, "Queues", "Delete" },
    { "POST", "odata/QueueItems/UiPathODataSvc.DeleteBulk", many, "Queues", "Delete" },
    { "GET", download, NULL, "ExecutionMedia", "Download" },
    { "GET", "odata/Processes/" US "DownloadPackage(key='Invoice_Posting:1.1.3')", NULL, "Packages",
      "Download" },
    { "POST", "odata/HttpTriggers/" US "SetEnabled", enable, "HttpTriggers", "Toggle" },
    { "POST", "odata/Tasks/" US "AssignTasks", assign, "Tasks", "Assign" },
    { "PUT", "tasks/GenericTasks/SaveTaskData", save, "Tasks", "Save" },
    { "POST", "tasks/GenericTasks/CompleteTask", complete, "Tasks", "ChangeStatus" },
    { "POST", "odata/Tasks/" US "DeleteTasks", tasks, "Tasks", "Delete" },
  };

  sandbox_assert_status (trigger, 201);
  sandbox_assert_status (task, 201);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      gint64 last = get_last_line ();
      g_autofree char *newer
          = g_strdup_printf ("odata/AuditLogs?$filter=Id%%20gt%%20%" G_GINT64_FORMAT, last);
      g_autoptr (SandboxAnswer) done
          = sandbox_test_send (test, cases[i].method, cases[i].address, test->token, test->shared,
                               cases[i].body != NULL ? "application/json" : NULL, cases[i].body);
      g_autoptr (SandboxAnswer) lines = sandbox_test_get (test, newer);
      JsonObject *line = sandbox_answer_get (lines, 0);

      g_test_message ("%s %s: %u", cases[i].method, cases[i].address, done->status);
      g_assert_cmpuint (done->status, <, 300);
      g_assert_cmpuint (sandbox_answer_length (lines), ==, 1);
      g_assert_cmpstr (baton_json_peek_string (line, "Component"), ==, cases[i].component);
      g_assert_cmpstr (baton_json_peek_string (line, "Action"), ==, cases[i].action);
      g_assert_cmpstr (baton_json_peek_string (line, "UserName"), ==, "admin");
    }
}

static void
test_refused (void)
{
  static const SandboxRefusal cases[] = {
    { NULL, 400, 1000 },
    { "{}", 400, 1014 },
    { "{\"Name\":\"\"}", 400, 1014 },
    { "{\"Name\":null}", 400, 1014 },
    { "{\"Name\":5}", 400, 1000 },
    { "{\"Name\":\"BOT-X\",\"Colour\":\"red\"}", 400, 1000 },
    { "{\"Name\":\"BOT-X\",\"Type\":\"Steam\"}", 400, 1000 },
    { "{\"Name\":\"BOT-X\",\"UnattendedSlots\":99999999999}", 400, 1000 },
    { "{\"Name\":\"BOT-TAKEN\"}", 409, 1001 },
    { "{\"Name\":\"bot-taken\"}", 409, 1001 },
  };

  create ("BOT-TAKEN");
  sandbox_test_assert_refused (test, 0, "odata/Machines", cases, G_N_ELEMENTS (cases));
}

static void
test_permission (void)
{
  g_autoptr (SandboxAnswer) answer = sandbox_test_send (
      test, "POST", "odata/Machines", "rt_sandbox-viewer-access-token-0123456789ab", 0,
      "application/json", "{\"Name\":\"BOT-V\"}");

  sandbox_assert_status (answer, 403);
  g_assert_nonnull (strstr (answer->text, "Machines.Create"));
}

int
main (int argc, char *argv[])
{
  int status;

  g_test_init (&argc, &argv, NULL);
  test = sandbox_test_start ("--jobs=100", NULL);

  g_test_add_func ("/sandbox/writes/create", test_create);
  g_test_add_func ("/sandbox/writes/patch", test_patch);
  g_test_add_func ("/sandbox/writes/replace", test_replace);
  g_test_add_func ("/sandbox/writes/delete", test_delete);
  g_test_add_func ("/sandbox/writes/audited", test_audited);
  g_test_add_func ("/sandbox/writes/audited-actions", test_audited_actions);
  g_test_add_func ("/sandbox/writes/refused", test_refused);
  g_test_add_func ("/sandbox/writes/permission", test_permission);

  status = g_test_run ();
  sandbox_test_stop (test);

  return status;
}
