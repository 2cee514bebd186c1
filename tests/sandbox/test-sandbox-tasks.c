/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "baton-json.h"
#include "sandbox-test.h"

/* The Action Center: tasks of each kind from their making to their end. */

#define US "UiPath.Server.Configuration.OData."

static SandboxTest *test;
static gint64 admin; /* Users.Id */

#define send(method, body, ...) sandbox_test_ask (test, method, test->shared, body, __VA_ARGS__)

static gint64
create (const char *address, const char *body)
{
  g_autoptr (SandboxAnswer) answer = send ("POST", body, "%s", address);

  sandbox_assert_status (answer, 201);
  g_assert_cmpstr (baton_json_peek_string (answer->json, "status"), ==, "Unassigned");

  return baton_json_peek_int (answer->json, "id", 0);
}

static gint64
create_external (void)
{
  return create (
      "tasks/GenericTasks/CreateTask",
      "{\"title\":\"Call the shop\",\"priority\":\"High\",\"data\":{\"Phone\":\"0221\"}}");
}

/* Runs an action over tasks and asserts how many of them it could not be done to. */
static void
act (const char *action, const char *body, guint failures)
{
  g_autoptr (SandboxAnswer) answer = send ("POST", body, "odata/Tasks/" US "%s", action);

  sandbox_assert_status (answer, 200);
  g_assert_cmpuint (baton_json_length (baton_json_peek_array (answer->json, "value")), ==,
                    failures);
}

static char *
make_assignment (gint64 task, gint64 user)
{
  return g_strdup_printf ("{\"taskAssignments\":[{\"TaskId\":%" G_GINT64_FORMAT
                          ",\"UserId\":%" G_GINT64_FORMAT "}]}",
                          task, user);
}

static void
assign (gint64 task, gint64 user, guint failures)
{
  g_autofree char *body = make_assignment (task, user);

  act ("AssignTasks", body, failures);
}

static void
assert_task (gint64 id, const char *member, const char *value)
{
  g_autoptr (SandboxAnswer) task = send ("GET", NULL, "odata/Tasks(%" G_GINT64_FORMAT ")", id);

  sandbox_assert_status (task, 200);
  g_assert_cmpstr (baton_json_peek_string (task->json, member), ==, value);
}

static void
assert_done (const char *method, const char *address, guint status, gint64 id, const char *members)
{
  g_autofree char *body = g_strdup_printf ("{\"taskId\":%" G_GINT64_FORMAT "%s}", id, members);
  g_autoptr (SandboxAnswer) answer = send (method, body, "%s", address);

  sandbox_assert_status (answer, status);
}

/* Another person who may work on tasks. */
static gint64
find_colleague (void)
{
  g_autoptr (SandboxAnswer) users = send (
      "GET", NULL, "odata/Tasks/" US "GetTaskUsers(organizationUnitId=%" G_GINT64_FORMAT ")",
      test->shared);
  JsonArray *people = baton_json_peek_array (users->json, "value");

  sandbox_assert_status (users, 200);
  g_assert_cmpuint (baton_json_length (people), >, 1);
  g_assert_cmpint (baton_json_peek_int (baton_json_peek_object_at (people, 0), "id", 0), ==, admin);

  return baton_json_peek_int (baton_json_peek_object_at (people, 1), "id", 0);
}

static void
test_external (void)
{
  gint64 id = create_external ();
  g_autoptr (SandboxAnswer) data = NULL;
  g_autoptr (SandboxAnswer) activities = NULL;

  assign (id, admin, 0);
  assert_task (id, "Status", "Pending");
  assign (id, admin, 1);
  assert_done ("PUT", "tasks/GenericTasks/SaveTaskData", 204, id, ",\"data\":{\"Phone\":\"0222\"}");
  assert_done ("POST", "tasks/GenericTasks/CompleteTask", 204, id,
               ",\"action\":\"done\",\"data\":{\"Answer\":\"yes\"},\"type\":\"ExternalTask\"");
  assert_task (id, "Status", "Completed");
  assert_done ("POST", "tasks/GenericTasks/CompleteTask", 400, id, ",\"action\":\"done\"");

  data = send ("GET", NULL, "tasks/GenericTasks/GetTaskDataById?taskId=%" G_GINT64_FORMAT, id);
  sandbox_assert_status (data, 200);
  g_assert_cmpstr (baton_json_peek_string (data->json, "action"), ==, "done");
  g_assert_cmpstr (baton_json_peek_string (baton_json_peek_object (data->json, "data"), "Answer"),
                   ==, "yes");
  g_assert_cmpint (
      baton_json_peek_int (baton_json_peek_object (data->json, "completedByUser"), "id", 0), ==,
      admin);

  activities = send ("GET", NULL,
                     "odata/TaskActivities/" US "GetByTaskId(taskId=%" G_GINT64_FORMAT
                     ")?$expand=CreatorUser",
                     id);
  sandbox_assert_status (activities, 200);
  g_assert_cmpuint (baton_json_length (baton_json_peek_array (activities->json, "value")), ==, 4);
}

static void
test_assignment (void)
{
  gint64 id = create_external ();
  gint64 colleague = find_colleague ();
  g_autofree char *reassign = make_assignment (id, colleague);
  g_autofree char *ids = g_strdup_printf ("{\"taskIds\":[%" G_GINT64_FORMAT "]}", id);
  g_autofree char *by_name = g_strdup_printf ("{\"TaskAssignments\":[{\"TaskId\":%" G_GINT64_FORMAT
                                              ",\"UserNameOrEmail\":\"admin\"}]}",
                                              id);

  act ("ReassignTasks", reassign, 1);
  act ("UnassignTasks", ids, 1);
  /* As the vendor's own kit for TypeScript writes it: the name begins with a capital. */
  act ("AssignTasks", by_name, 0);
  act ("ReassignTasks", reassign, 0);
  /* Somebody else's now. */
  assert_done ("POST", "tasks/GenericTasks/CompleteTask", 400, id, ",\"action\":\"done\"");
  act ("UnassignTasks", ids, 0);
  assert_task (id, "Status", "Unassigned");
  assign (id, 987654321, 1);

  act ("DeleteTasks", ids, 0);
  act ("DeleteTasks", ids, 1);
  {
    g_autoptr (SandboxAnswer) gone = send ("GET", NULL, "odata/Tasks(%" G_GINT64_FORMAT ")", id);
    g_autoptr (SandboxAnswer) list
        = send ("GET", NULL, "odata/Tasks?$filter=Id%%20eq%%20%" G_GINT64_FORMAT, id);
    g_autoptr (SandboxAnswer) deleted = send (
        "GET", NULL,
        "odata/Tasks?$filter=IsDeleted%%20eq%%20true%%20and%%20Id%%20eq%%20%" G_GINT64_FORMAT, id);

    sandbox_assert_error (gone, 404, 1002);
    g_assert_cmpuint (baton_json_length (baton_json_peek_array (list->json, "value")), ==, 0);
    g_assert_cmpuint (baton_json_length (baton_json_peek_array (deleted->json, "value")), ==, 1);
  }
}

/* Of several the one with the least to do. */
static void
test_workload (void)
{
  gint64 busy = create_external ();
  gint64 id = create_external ();
  gint64 colleague = find_colleague ();
  g_autofree char *body = g_strdup_printf (
      "{\"taskAssignments\":[{\"TaskId\":%" G_GINT64_FORMAT ",\"AssignmentCriteria\":\"Workload\","
      "\"AssigneeUserIds\":[%" G_GINT64_FORMAT ",%" G_GINT64_FORMAT "]}]}",
      id, admin, colleague);
  g_autoptr (SandboxAnswer) task = NULL;

  assign (busy, admin, 0);
  act ("AssignTasks", body, 0);
  task = send ("GET", NULL, "odata/Tasks(%" G_GINT64_FORMAT ")?$expand=AssignedToUser", id);
  g_assert_cmpint (baton_json_peek_int (task->json, "AssignedToUserId", 0), ==, colleague);
  g_assert_cmpint (
      baton_json_peek_int (baton_json_peek_object (task->json, "AssignedToUser"), "id", 0), ==,
      colleague);
  g_assert_cmpstr (baton_json_peek_string (task->json, "TaskAssignmentCriteria"), ==, "Workload");
}

static void
test_form (void)
{
  gint64 id = create ("forms/TaskForms/CreateFormTask",
                      "{\"title\":\"Approve\",\"formLayout\":{\"display\":\"form\",\"components\":"
                      "[]},\"data\":{\"Sum\":5},\"taskCatalogName\":\"Invoice approvals\"}");
  g_autoptr (SandboxAnswer) form = send (
      "GET", NULL,
      "forms/TaskForms/GetTaskFormById?taskId=%" G_GINT64_FORMAT "&expandOnFormLayout=true", id);
  g_autoptr (SandboxAnswer) no_layout
      = send ("POST", "{\"title\":\"Approve\"}", "forms/TaskForms/CreateFormTask");
  g_autoptr (SandboxAnswer) no_catalog
      = send ("POST", "{\"title\":\"A\",\"formLayout\":{},\"taskCatalogName\":\"Nowhere\"}",
              "forms/TaskForms/CreateFormTask");

  sandbox_assert_status (form, 200);
  g_assert_cmpstr (
      baton_json_peek_string (baton_json_peek_object (form->json, "formLayout"), "display"), ==,
      "form");
  sandbox_assert_error (no_layout, 400, 1014);
  sandbox_assert_error (no_catalog, 404, 1002);
  assert_task (id, "TaskCatalogName", "Invoice approvals");

  /* It is no generic task, and wants its action. */
  assert_done ("POST", "tasks/GenericTasks/CompleteTask", 400, id, ",\"action\":\"approve\"");
  assert_done ("POST", "forms/TaskForms/CompleteTask", 400, id, ",\"data\":{}");
  assert_done ("POST", "forms/TaskForms/CompleteTask", 204, id,
               ",\"data\":{\"Sum\":6},\"action\":\"approve\"");
  assert_task (id, "Action", "approve");
}

static void
test_forms_at_once (void)
{
  const char *body = "{\"title\":\"Approve\",\"formLayoutId\":7,\"data\":{\"a\":1,\"b\":2}}";
  gint64 first = create ("forms/TaskForms/CreateFormTask", body);
  gint64 second = create ("forms/TaskForms/CreateFormTask", body);
  gint64 external = create_external ();
  g_autofree char *ids = g_strdup_printf (
      "%" G_GINT64_FORMAT ",%" G_GINT64_FORMAT ",%" G_GINT64_FORMAT, first, second, external);
  g_autofree char *save
      = g_strdup_printf ("{\"taskIds\":[%s],\"data\":{\"b\":3},\"title\":\"Approve soon\"}", ids);
  g_autofree char *complete = g_strdup_printf (
      "{\"taskIds\":[%s],\"data\":{\"c\":4},\"action\":\"approve\",\"noteText\":\"All of them\"}",
      ids);
  g_autoptr (SandboxAnswer) saved = send ("PUT", save, "forms/TaskForms/BulkUpdateTasks");
  g_autoptr (SandboxAnswer) completed
      = send ("POST", complete, "forms/TaskForms/BulkCompleteTasks");
  g_autoptr (SandboxAnswer) data
      = send ("GET", NULL, "forms/TaskForms/GetTaskDataById?taskId=%" G_GINT64_FORMAT, second);
  g_autoptr (SandboxAnswer) notes = send (
      "GET", NULL, "odata/TaskNotes/" US "GetByTaskId(taskId=%" G_GINT64_FORMAT ")", second);
  g_autofree char *text = NULL;

  sandbox_assert_status (saved, 200);
  sandbox_assert_status (completed, 200);
  g_assert_cmpuint (baton_json_length (baton_json_peek_root_array (completed->node)), ==, 1);
  text = baton_json_to_text (baton_json_peek_node (data->json, "data"), FALSE);
  g_assert_cmpstr (text, ==, "{\"a\":1,\"b\":3,\"c\":4}");
  assert_task (first, "Title", "Approve soon");
  assert_task (second, "Status", "Completed");
  assert_task (external, "Status", "Unassigned");
  g_assert_cmpuint (baton_json_length (baton_json_peek_array (notes->json, "value")), ==, 1);
}

static void
test_app (void)
{
  gint64 id = create ("tasks/AppTasks/CreateAppTask",
                      "{\"title\":\"Claim\",\"appId\":\"ID1\",\"appVersion\":2,\"data\":{}}");
  g_autoptr (SandboxAnswer) no_app
      = send ("POST", "{\"title\":\"Claim\"}", "tasks/AppTasks/CreateAppTask");
  g_autoptr (SandboxAnswer) task
      = send ("GET", NULL, "tasks/AppTasks/GetAppTaskById?taskId=%" G_GINT64_FORMAT, id);
  const char *key = baton_json_peek_string (task->json, "key");
  g_autoptr (SandboxAnswer) by_key
      = send ("GET", NULL, "tasks/AppTasks/GetAppTaskByKey?taskKey=%s", key);

  sandbox_assert_error (no_app, 400, 1014);
  sandbox_assert_status (task, 200);
  g_assert_cmpint (baton_json_peek_int (baton_json_peek_object (task->json, "appTasksMetadata"),
                                        "appVersion", 0),
                   ==, 2);
  g_assert_cmpint (baton_json_peek_int (by_key->json, "id", 0), ==, id);
  assert_done ("PUT", "tasks/AppTasks/SaveAppTasksData", 204, id, ",\"data\":{\"a\":1}");
  assert_done ("POST", "tasks/AppTasks/CompleteAppTask", 204, id,
               ",\"data\":{\"a\":2},\"action\":\"approve\"");
}

static void
test_forward (void)
{
  gint64 id = create_external ();
  gint64 colleague = find_colleague ();
  g_autofree char *body = g_strdup_printf (
      "{\"SaveData\":true,\"Data\":{\"a\":1},\"NoteText\":\"Yours\",\"TaskId\":%" G_GINT64_FORMAT
      ",\"UserId\":%" G_GINT64_FORMAT "}",
      id, colleague);
  g_autoptr (SandboxAnswer) early = send ("POST", body, "tasks/GenericTasks/SaveAndReassignTask");
  g_autoptr (SandboxAnswer) untouched
      = send ("GET", NULL, "tasks/GenericTasks/GetTaskDataById?taskId=%" G_GINT64_FORMAT, id);
  g_autoptr (SandboxAnswer) forwarded = NULL;
  g_autoptr (SandboxAnswer) task = NULL;

  /* It is nobody's yet, and then nothing of it is done. */
  sandbox_assert_error (early, 400, 1009);
  g_assert_false (baton_json_has (baton_json_peek_object (untouched->json, "data"), "a"));
  assign (id, admin, 0);
  forwarded = send ("POST", body, "tasks/GenericTasks/SaveAndReassignTask");
  sandbox_assert_status (forwarded, 204);
  task = send ("GET", NULL, "tasks/GenericTasks/GetTaskDataById?taskId=%" G_GINT64_FORMAT, id);
  g_assert_cmpint (baton_json_peek_int (task->json, "assignedToUserId", 0), ==, colleague);
  g_assert_true (baton_json_has (baton_json_peek_object (task->json, "data"), "a"));
}

static void
test_catalogs (void)
{
  g_autoptr (SandboxAnswer) made
      = send ("POST", "{\"Name\":\"Refunds\",\"RetentionAction\":\"Delete\",\"RetentionPeriod\":9}",
              "odata/TaskCatalogs/" US "CreateTaskCatalog");
  gint64 id = baton_json_peek_int (made->json, "Id", 0);
  g_autoptr (SandboxAnswer) twice
      = send ("POST", "{\"Name\":\"Refunds\"}", "odata/TaskCatalogs/" US "CreateTaskCatalog");
  g_autoptr (SandboxAnswer) retention
      = send ("GET", NULL, "odata/TaskRetention(%" G_GINT64_FORMAT ")", id);
  gint64 task = create ("tasks/GenericTasks/CreateTask",
                        "{\"title\":\"Pay back\",\"taskCatalogName\":\"Refunds\"}");
  g_autoptr (SandboxAnswer) details = send (
      "GET", NULL,
      "odata/TaskCatalogs/" US "GetTaskCatalogExtendedDetails(taskCatalogId=%" G_GINT64_FORMAT ")",
      id);
  g_autoptr (SandboxAnswer) active
      = send ("DELETE", NULL, "odata/TaskCatalogs(%" G_GINT64_FORMAT ")", id);
  g_autoptr (SandboxAnswer) updated
      = send ("POST", "{\"Name\":\"Refunds of the shop\"}",
              "odata/TaskCatalogs(%" G_GINT64_FORMAT ")/" US "UpdateTaskCatalog", id);
  g_autoptr (SandboxAnswer) deleted = NULL;

  sandbox_assert_status (made, 201);
  g_assert_cmpint (baton_json_peek_int (made->json, "RetentionPeriod", 0), ==, 9);
  sandbox_assert_error (twice, 409, 1001);
  g_assert_cmpint (baton_json_peek_int (retention->json, "Period", 0), ==, 9);
  g_assert_cmpint (baton_json_peek_int (details->json, "AssociatedTasksCount", 0), ==, 1);
  sandbox_assert_error (active, 409, 1012);
  sandbox_assert_status (updated, 200);
  assert_task (task, "TaskCatalogName", "Refunds of the shop");

  assert_done ("POST", "tasks/GenericTasks/CompleteTask", 204, task, "");
  deleted = send ("DELETE", NULL, "odata/TaskCatalogs(%" G_GINT64_FORMAT ")", id);
  sandbox_assert_status (deleted, 204);
}

static void
test_definitions (void)
{
  g_autoptr (SandboxAnswer) made
      = send ("POST",
              "{\"Name\":\"Claim\",\"Properties\":{\"schema\":\"{\\\"type\\\":\\\"object\\\"}\","
              "\"allowedActions\":[\"yes\",\"no\"]}}",
              "odata/TaskDefinitions/" US "CreateTaskDefinition");
  gint64 id = baton_json_peek_int (made->json, "Id", 0);
  g_autoptr (SandboxAnswer) wrong
      = send ("POST", "{\"Name\":\"Bad\",\"Properties\":{\"schema\":\"{\"}}",
              "odata/TaskDefinitions/" US "CreateTaskDefinition");
  g_autoptr (SandboxAnswer) updated
      = send ("POST", "{\"Name\":\"Claim\",\"Properties\":{\"allowedActions\":[\"maybe\"]}}",
              "odata/TaskDefinitions(%" G_GINT64_FORMAT ")/" US "UpdateTaskDefinition", id);
  g_autoptr (SandboxAnswer) now
      = send ("GET", NULL, "odata/TaskDefinitions(%" G_GINT64_FORMAT ")", id);
  g_autoptr (SandboxAnswer) versions
      = send ("GET", NULL,
              "odata/TaskDefinitions/" US "GetTaskDefinitionVersions(id=%" G_GINT64_FORMAT ")", id);
  g_autoptr (SandboxAnswer) first_gone = send (
      "DELETE", NULL, "odata/TaskDefinitions(%" G_GINT64_FORMAT ")?taskDefinitionVersion=1", id);
  g_autoptr (SandboxAnswer) still
      = send ("GET", NULL, "odata/TaskDefinitions(%" G_GINT64_FORMAT ")", id);
  g_autoptr (SandboxAnswer) gone
      = send ("DELETE", NULL, "odata/TaskDefinitions(%" G_GINT64_FORMAT ")", id);
  g_autoptr (SandboxAnswer) lost
      = send ("GET", NULL, "odata/TaskDefinitions(%" G_GINT64_FORMAT ")", id);

  sandbox_assert_status (made, 201);
  sandbox_assert_error (wrong, 400, 1009);
  sandbox_assert_status (updated, 200);
  g_assert_cmpint (
      baton_json_peek_int (baton_json_peek_object (now->json, "Properties"), "version", 0), ==, 2);
  g_assert_cmpuint (
      baton_json_length (baton_json_peek_array (versions->json, "TaskDefintionVersions")), ==, 2);
  sandbox_assert_status (first_gone, 204);
  sandbox_assert_status (still, 200);
  sandbox_assert_status (gone, 204);
  sandbox_assert_error (lost, 404, 1002);
}

static void
test_metadata_and_notes (void)
{
  gint64 id = create_external ();
  g_autofree char *body = g_strdup_printf (
      "{\"TaskId\":%" G_GINT64_FORMAT ",\"Title\":\"Write to the shop\",\"Priority\":\"Low\"}", id);
  g_autofree char *note
      = g_strdup_printf ("{\"TaskId\":%" G_GINT64_FORMAT ",\"Text\":\"They do not answer\"}", id);
  g_autoptr (SandboxAnswer) edited = send ("POST", body, "odata/Tasks/" US "EditTaskMetadata");
  g_autoptr (SandboxAnswer) noted = send ("POST", note, "odata/TaskNotes/" US "CreateTaskNote");

  sandbox_assert_status (edited, 200);
  assert_task (id, "Title", "Write to the shop");
  assert_task (id, "Priority", "Low");
  sandbox_assert_status (noted, 201);
  g_assert_cmpstr (baton_json_peek_string (noted->json, "Text"), ==, "They do not answer");
  assert_done ("PUT", "tasks/GenericTasks/SaveTaskTags", 204, id,
               ",\"tags\":[{\"Name\":\"shop\",\"DisplayName\":\"shop\"}]");
}

/* Lists over all folders take the options of the vendor's kit for TypeScript. */
static void
test_across_folders (void)
{
  g_autoptr (SandboxAnswer) answer = sandbox_test_send (
      test, "GET",
      "odata/Tasks/" US "GetTasksAcrossFolders?$expand=AssignedToUser,CreatorUser,LastModifierUser"
      "&$filter=organizationUnitId%20gt%200%20and%20Status%20eq%20'Pending'&$top=5&$count=true",
      test->token, 0, NULL, NULL);
  JsonObject *first = baton_json_peek_object_at (baton_json_peek_array (answer->json, "value"), 0);

  sandbox_assert_status (answer, 200);
  g_assert_cmpint (baton_json_peek_int (answer->json, "@odata.count", 0), >, 5);
  g_assert_true (baton_json_has (baton_json_peek_object (first, "AssignedToUser"), "userName"));
}

static void
test_refused (void)
{
  static const char *const bodies[]
      = { "{}", "{\"title\":\"\"}", "{\"title\":5}", "{\"title\":\"a\",\"priority\":\"Soon\"}",
          "{\"title\":\"a\",\"type\":\"FormTask\"}" };
  g_autoptr (SandboxAnswer) missing
      = send ("GET", NULL, "tasks/GenericTasks/GetTaskDataById?taskId=987654321");

  for (gsize i = 0; i < G_N_ELEMENTS (bodies); i++)
    {
      g_autoptr (SandboxAnswer) answer = send ("POST", bodies[i], "tasks/GenericTasks/CreateTask");

      g_test_message ("%s", bodies[i]);
      sandbox_assert_status (answer, 400);
    }
  sandbox_assert_error (missing, 404, 1002);
}

int
main (int argc, char *argv[])
{
  int status;
  g_autoptr (SandboxAnswer) person = NULL;

  g_test_init (&argc, &argv, NULL);
  test = sandbox_test_start ("--jobs=100", NULL);
  person = sandbox_test_get (test, "odata/Users/" US "GetCurrentUser");
  admin = baton_json_peek_int (person->json, "Id", 0);

  g_test_add_func ("/sandbox/tasks/external", test_external);
  g_test_add_func ("/sandbox/tasks/assignment", test_assignment);
  g_test_add_func ("/sandbox/tasks/workload", test_workload);
  g_test_add_func ("/sandbox/tasks/form", test_form);
  g_test_add_func ("/sandbox/tasks/forms-at-once", test_forms_at_once);
  g_test_add_func ("/sandbox/tasks/app", test_app);
  g_test_add_func ("/sandbox/tasks/forward", test_forward);
  g_test_add_func ("/sandbox/tasks/catalogs", test_catalogs);
  g_test_add_func ("/sandbox/tasks/definitions", test_definitions);
  g_test_add_func ("/sandbox/tasks/metadata-and-notes", test_metadata_and_notes);
  g_test_add_func ("/sandbox/tasks/across-folders", test_across_folders);
  g_test_add_func ("/sandbox/tasks/refused", test_refused);

  status = g_test_run ();
  sandbox_test_stop (test);

  return status;
}
