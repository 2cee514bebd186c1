/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "baton-json.h"
#include "sandbox-test.h"

/* The plain writes that follow from the table of an entity set, on one that has them all. */

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
  g_test_add_func ("/sandbox/writes/refused", test_refused);
  g_test_add_func ("/sandbox/writes/permission", test_permission);

  status = g_test_run ();
  sandbox_test_stop (test);

  return status;
}
