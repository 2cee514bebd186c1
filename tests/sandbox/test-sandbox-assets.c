/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "baton-json.h"
#include "sandbox-test.h"

#define US "UiPath.Server.Configuration.OData."

static SandboxTest *test;

static gint64
create (const char *body)
{
  g_autoptr (SandboxAnswer) answer = sandbox_test_post (test, "odata/Assets", body);

  sandbox_assert_status (answer, 201);

  return baton_json_peek_int (answer->json, "Id", 0);
}

static SandboxAnswer *
send (const char *method, gint64 id, const char *body)
{
  g_autofree char *address =
      g_strdup_printf ("odata/Assets(%" G_GINT64_FORMAT ")?$expand=UserValues", id);

  return sandbox_test_send (test, method, address, test->token, test->shared, NULL, body);
}

static SandboxAnswer *
get (gint64 id)
{
  SandboxAnswer *answer = send ("GET", id, NULL);

  sandbox_assert_status (answer, 200);

  return answer;
}

static void
test_types (void)
{
  static const struct
  {
    const char *members;
    const char *value;
  } cases[] = {
    { "\"ValueType\":\"Text\",\"StringValue\":\"Grüße\"", "Grüße" },
    { "\"ValueType\":\"Bool\",\"BoolValue\":true", "True" },
    { "\"ValueType\":\"Integer\",\"IntValue\":-5", "-5" },
    { "\"ValueType\":\"Credential\",\"CredentialUsername\":\"u\",\"CredentialPassword\":\"hidden-"
      "pw\"",
      "username: u" },
    { "\"ValueType\":\"Secret\",\"SecretValue\":\"hidden-secret\"", NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *body =
          g_strdup_printf ("{\"Name\":\"Type %" G_GSIZE_FORMAT "\",\"ValueScope\":\"Global\",%s}",
                           i,
                           cases[i].members);
      g_autoptr (SandboxAnswer) asset = get (create (body));

      g_assert_cmpstr (baton_json_peek_string (asset->json, "Value"), ==, cases[i].value);
      /* What is write-only never comes back. */
      g_assert_null (strstr (asset->text, "hidden"));
    }
}

static void
test_refused (void)
{
  static const SandboxRefusal cases[] = {
    { "{\"Name\":\"ErpBaseUrl\",\"ValueScope\":\"Global\",\"ValueType\":\"Text\",\"StringValue\":"
      "\"x\"}",
      409,
      1001 },
    { "{\"Name\":\"erpbaseurl\",\"ValueScope\":\"Global\",\"ValueType\":\"Text\",\"StringValue\":"
      "\"x\"}",
      409,
      1001 },
    { "{\"Name\":\"\",\"ValueScope\":\"Global\",\"ValueType\":\"Text\",\"StringValue\":\"x\"}",
      400,
      1014 },
    { "{\"ValueScope\":\"Global\",\"ValueType\":\"Text\",\"StringValue\":\"x\"}", 400, 1014 },
    { "{\"Name\":\"N\",\"ValueType\":\"Text\",\"StringValue\":\"x\"}", 400, 1014 },
    { "{\"Name\":\"N\",\"ValueScope\":\"Global\",\"StringValue\":\"x\"}", 400, 1014 },
    { "{\"Name\":\"N\",\"ValueScope\":\"Global\",\"ValueType\":\"Text\"}", 400, 1014 },
    { "{\"Name\":\"N\",\"ValueScope\":\"Global\",\"ValueType\":\"Integer\",\"IntValue\":\"five\"}",
      400,
      1000 },
    { "{\"Name\":\"N\",\"ValueScope\":\"Global\",\"ValueType\":\"Integer\",\"IntValue\":"
      "4294967296}",
      400,
      1000 },
    { "{\"Name\":\"N\",\"ValueScope\":\"Global\",\"ValueType\":\"Bool\",\"BoolValue\":3}",
      400,
      1000 },
    { "{\"Name\":\"N\",\"ValueScope\":\"Global\",\"ValueType\":\"Credential\","
      "\"CredentialUsername\":\"u\"}",
      400,
      1500 },
    { "{\"Name\":\"N\",\"ValueScope\":\"Global\",\"ValueType\":\"Secret\"}", 400, 1014 },
    { "{\"Name\":\"N\",\"ValueScope\":\"Elsewhere\",\"ValueType\":\"Text\",\"StringValue\":\"x\"}",
      400,
      1000 },
    { "{\"Name\":\"N\",\"ValueScope\":\"PerRobot\",\"ValueType\":\"Text\",\"StringValue\":\"x\"}",
      400,
      1009 },
    { "{\"Name\":\"N\",\"ValueScope\":\"Global\",\"ValueType\":\"Text\",\"StringValue\":\"x\","
      "\"Newer\":1}",
      400,
      1000 },
    { "{\"Name\":\"N\",\"ValueScope\":\"PerRobot\",\"ValueType\":\"Text\","
      "\"UserValues\":[{\"UserId\":999999,\"StringValue\":\"x\"}]}",
      404,
      1002 },
    { "{\"Name\":\"N\",\"ValueScope\":\"PerRobot\",\"ValueType\":\"Text\","
      "\"UserValues\":[{\"UserId\":1,\"StringValue\":\"x\"},{\"UserId\":1,\"StringValue\":\"y\"}]}",
      409,
      1004 },
    { "[1]", 400, 1000 },
    { "{\"Name\":", 400, 1000 },
  };

  sandbox_test_assert_refused (test, test->shared, "odata/Assets", cases, G_N_ELEMENTS (cases));
}

static void
test_unknown_field (void)
{
  g_autoptr (SandboxAnswer) answer =
      sandbox_test_post (test,
                         "odata/Assets",
                         "{\"Name\":\"N\",\"ValueScope\":\"Global\",\"ValueType\":\"Text\","
                         "\"StringValue\":\"x\",\"Newer\":1}");

  g_assert_cmpstr (
      baton_json_peek_string (answer->json, "message"), ==, "assetDto must not be null");
}

static void
test_edit (void)
{
  gint64 id = create ("{\"Name\":\"Edited\",\"ValueScope\":\"Global\",\"ValueType\":\"Text\","
                      "\"StringValue\":\"old\"}");
  g_autoptr (SandboxAnswer) before = get (id);
  g_autoptr (SandboxAnswer) sent = NULL;
  g_autoptr (SandboxAnswer) after = NULL;
  g_autoptr (SandboxAnswer) taken = NULL;
  g_autoptr (SandboxAnswer) unknown = NULL;

  sent = send ("PUT",
               id,
               "{\"Name\":\"Renamed\",\"ValueScope\":\"Global\",\"ValueType\":\"Text\","
               "\"StringValue\":\"new\"}");
  sandbox_assert_status (sent, 200);
  after = get (id);
  g_assert_cmpstr (baton_json_peek_string (after->json, "Name"), ==, "Renamed");
  g_assert_cmpstr (baton_json_peek_string (after->json, "StringValue"), ==, "new");
  g_assert_cmpstr (baton_json_peek_string (after->json, "Key"),
                   ==,
                   baton_json_peek_string (before->json, "Key"));
  g_assert_cmpint (baton_json_peek_time (after->json, "LastModificationTime"), >, 0);

  taken = send ("PUT",
                id,
                "{\"Name\":\"ErpClient\",\"ValueScope\":\"Global\",\"ValueType\":\"Text\","
                "\"StringValue\":\"new\"}");
  sandbox_assert_error (taken, 409, 1001);
  unknown = send (
      "PUT",
      999999,
      "{\"Name\":\"A\",\"ValueScope\":\"Global\",\"ValueType\":\"Text\",\"StringValue\":\"new\"}");
  sandbox_assert_error (unknown, 404, 1002);
}

static void
test_password_stays (void)
{
  gint64 id = create ("{\"Name\":\"Login\",\"ValueScope\":\"Global\",\"ValueType\":\"Credential\","
                      "\"CredentialUsername\":\"u\",\"CredentialPassword\":\"p\"}");
  g_autoptr (SandboxAnswer) same =
      send ("PUT",
            id,
            "{\"Name\":\"Login\",\"ValueScope\":\"Global\",\"ValueType\":\"Credential\","
            "\"CredentialUsername\":\"u\"}");
  g_autoptr (SandboxAnswer) other =
      send ("PUT",
            id,
            "{\"Name\":\"Login\",\"ValueScope\":\"Global\",\"ValueType\":\"Credential\","
            "\"CredentialUsername\":\"v\"}");
  g_autoptr (SandboxAnswer) blank =
      send ("PUT",
            id,
            "{\"Name\":\"Login\",\"ValueScope\":\"Global\",\"ValueType\":\"Credential\","
            "\"CredentialUsername\":\"u\",\"CredentialPassword\":\"\"}");
  g_autoptr (SandboxAnswer) both =
      send ("PUT",
            id,
            "{\"Name\":\"Login\",\"ValueScope\":\"Global\",\"ValueType\":\"Credential\","
            "\"CredentialUsername\":\"v\",\"CredentialPassword\":\"q\"}");

  sandbox_assert_status (same, 200);
  sandbox_assert_error (other, 400, 1500);
  sandbox_assert_error (blank, 400, 1500);
  sandbox_assert_status (both, 200);
}

/* Returns: Users.Id of a robot account. */
static gint64
find_robot_account (void)
{
  g_autoptr (SandboxAnswer) answer =
      sandbox_test_get (test, "odata/Users?$filter=Type%20eq%20'Robot'&$top=1");

  sandbox_assert_status (answer, 200);

  return baton_json_peek_int (
      baton_json_peek_object_at (baton_json_peek_array (answer->json, "value"), 0), "Id", 0);
}

static void
test_account_values (void)
{
  gint64 account = find_robot_account ();
  g_autofree char *body = g_strdup_printf (
      "{\"Name\":\"Per account\",\"ValueScope\":\"PerRobot\",\"ValueType\":\"Credential\","
      "\"HasDefaultValue\":false,\"UserValues\":[{\"UserId\":%" G_GINT64_FORMAT
      ",\"CredentialUsername\":\"u\",\"CredentialPassword\":\"hidden\"}]}",
      account);
  g_autofree char *edit = g_strdup_printf (
      "{\"Name\":\"Per account\",\"ValueScope\":\"PerRobot\",\"ValueType\":\"Credential\","
      "\"HasDefaultValue\":true,\"CredentialUsername\":\"d\",\"CredentialPassword\":\"e\","
      "\"UserValues\":[{\"UserId\":%" G_GINT64_FORMAT ",\"CredentialUsername\":\"u\"}]}",
      account);
  gint64 id = create (body);
  g_autoptr (SandboxAnswer) asset = get (id);
  JsonArray *values = baton_json_peek_array (asset->json, "UserValues");
  g_autoptr (SandboxAnswer) sent = NULL;
  g_autoptr (SandboxAnswer) after = NULL;

  g_assert_cmpuint (baton_json_length (values), ==, 1);
  g_assert_cmpint (
      baton_json_peek_int (baton_json_peek_object_at (values, 0), "UserId", 0), ==, account);
  g_assert_cmpstr (
      baton_json_peek_string (baton_json_peek_object_at (values, 0), "CredentialUsername"),
      ==,
      "u");
  g_assert_null (strstr (asset->text, "hidden"));

  sent = send ("PUT", id, edit);
  sandbox_assert_status (sent, 200);
  after = get (id);
  g_assert_true (baton_json_peek_bool (after->json, "HasDefaultValue", FALSE));
  g_assert_cmpuint (baton_json_length (baton_json_peek_array (after->json, "UserValues")), ==, 1);
}

/* As a robot gets it: its own value before the default, and the password for its key alone. */
static void
test_robot (void)
{
  g_autoptr (SandboxAnswer) robots
      = sandbox_test_ask (test, "GET", 0, NULL, "odata/Robots?$orderby=Id&$top=2");
  JsonObject *robot = sandbox_answer_get (robots, 0);
  const char *key = baton_json_peek_string (robot, "LicenseKey");
  const char *other = baton_json_peek_string (sandbox_answer_get (robots, 1), "LicenseKey");
  g_autofree char *create_body = g_strdup_printf (
      "{'Name':'Of a robot','ValueScope':'PerRobot','ValueType':'Credential','HasDefaultValue':true,"
      "'CredentialUsername':'all','CredentialPassword':'hidden-1','UserValues':[{'UserId':%d,"
      "'CredentialUsername':'own','CredentialPassword':'hidden-2'}]}",
      (int)baton_json_peek_int (robot, "UserId", 0));
  g_autofree char *by_key
      = g_strdup_printf ("{'robotKey':'%s','assetName':'Of a robot'}", key);
  g_autofree char *set_body = g_strdup_printf (
      "{'robotKey':'%s','robotAsset':{'Name':'Of a robot','CredentialUsername':'third',"
      "'CredentialPassword':'hidden-3'}}",
      other);
  g_autoptr (SandboxAnswer) created
      = sandbox_test_ask (test, "POST", test->shared, create_body, "odata/Assets");
  g_autoptr (SandboxAnswer) own = sandbox_test_ask (
      test, "GET", test->shared, NULL,
      "odata/Assets/" US "GetRobotAsset(robotId='%s',assetName='Of%%20a%%20robot')", key);
  g_autoptr (SandboxAnswer) secret
      = sandbox_test_ask (test, "POST", test->shared, by_key,
                          "odata/Assets/" US "GetRobotAssetByNameForRobotKey");
  g_autoptr (SandboxAnswer) fallback = sandbox_test_ask (
      test, "GET", test->shared, NULL,
      "odata/Assets/" US "GetRobotAsset(robotId='%s',assetName='Of%%20a%%20robot')", other);
  g_autoptr (SandboxAnswer) set = sandbox_test_ask (test, "POST", test->shared, set_body,
                                                    "odata/Assets/" US "SetRobotAssetByRobotKey");
  g_autoptr (SandboxAnswer) after = sandbox_test_ask (
      test, "GET", test->shared, NULL,
      "odata/Assets/" US "GetRobotAsset(robotId='%s',assetName='Of%%20a%%20robot')", other);
  g_autoptr (SandboxAnswer) nobody = sandbox_test_ask (
      test, "GET", test->shared, NULL,
      "odata/Assets/" US "GetRobotAssetByRobotId(robotId=999999,assetName='Of%%20a%%20robot')");

  sandbox_assert_status (created, 201);
  g_assert_cmpstr (baton_json_peek_string (own->json, "CredentialUsername"), ==, "own");
  g_assert_null (strstr (own->text, "hidden"));
  g_assert_cmpstr (baton_json_peek_string (secret->json, "CredentialPassword"), ==, "hidden-2");
  g_assert_cmpstr (baton_json_peek_string (fallback->json, "CredentialUsername"), ==, "all");
  sandbox_assert_status (set, 204);
  g_assert_cmpstr (baton_json_peek_string (after->json, "CredentialUsername"), ==, "third");
  sandbox_assert_error (nobody, 404, 1002);
}

/* A robot that sets a value sees it, also where it had one for its machine alone. */
static void
test_robot_on_machine (void)
{
  g_autoptr (SandboxAnswer) robots = sandbox_test_ask (
      test, "GET", 0, NULL, "odata/Robots?$filter=MachineId%%20ne%%20null&$orderby=Id&$top=1");
  JsonObject *robot = sandbox_answer_get (robots, 0);
  const char *key = baton_json_peek_string (robot, "LicenseKey");
  gint64 user = baton_json_peek_int (robot, "UserId", 0);
  g_autofree char *create_body = g_strdup_printf (
      "{'Name':'Of a place','ValueScope':'PerRobot','ValueType':'Text','HasDefaultValue':true,"
      "'StringValue':'all','UserValues':[{'UserId':%" G_GINT64_FORMAT ",'StringValue':'own'},"
      "{'UserId':%" G_GINT64_FORMAT ",'MachineId':%" G_GINT64_FORMAT ",'StringValue':'here'}]}",
      user, user, baton_json_peek_int (robot, "MachineId", 0));
  g_autofree char *by_key = g_strdup_printf ("{'robotKey':'%s','assetName':'Of a place'}", key);
  g_autofree char *set_body = g_strdup_printf (
      "{'robotKey':'%s','robotAsset':{'Name':'Of a place','StringValue':'new'}}", key);
  g_autoptr (SandboxAnswer) created
      = sandbox_test_ask (test, "POST", test->shared, create_body, "odata/Assets");
  g_autoptr (SandboxAnswer) before = sandbox_test_ask (
      test, "POST", test->shared, by_key, "odata/Assets/" US "GetRobotAssetByNameForRobotKey");
  g_autoptr (SandboxAnswer) set = sandbox_test_ask (test, "POST", test->shared, set_body,
                                                    "odata/Assets/" US "SetRobotAssetByRobotKey");
  g_autoptr (SandboxAnswer) after = sandbox_test_ask (
      test, "POST", test->shared, by_key, "odata/Assets/" US "GetRobotAssetByNameForRobotKey");
  g_autoptr (SandboxAnswer) asset = get (baton_json_peek_int (created->json, "Id", 0));

  sandbox_assert_status (created, 201);
  g_assert_cmpstr (baton_json_peek_string (before->json, "StringValue"), ==, "here");
  sandbox_assert_status (set, 204);
  g_assert_cmpstr (baton_json_peek_string (after->json, "StringValue"), ==, "new");
  g_assert_nonnull (strstr (asset->text, "\"own\""));
  g_assert_null (strstr (asset->text, "\"here\""));
}

static void
test_direct (void)
{
  gint64 id = create ("{\"Name\":\"Direct\",\"ValueScope\":\"Global\",\"ValueType\":\"Secret\","
                      "\"SecretValue\":\"open\",\"AllowDirectApiAccess\":true}");
  g_autoptr (SandboxAnswer) shown = get (id);
  g_autoptr (SandboxAnswer) allowed
      = sandbox_test_ask (test, "GET", test->shared, NULL, "api/Assets/name/Direct/value");
  g_autoptr (SandboxAnswer) refused
      = sandbox_test_ask (test, "GET", test->shared, NULL, "api/Assets/name/CrmApiKey/value");
  g_autoptr (SandboxAnswer) no_folder
      = sandbox_test_ask (test, "GET", 0, NULL, "api/Assets/name/Direct/value");

  g_assert_null (strstr (shown->text, "open"));
  g_assert_cmpstr (baton_json_peek_string (allowed->json, "SecretValue"), ==, "open");
  g_assert_cmpuint (refused->status, ==, 403);
  sandbox_assert_error (no_folder, 400, 1101);
}

/* Definition: what holds the values of other types is empty. @value: the text, NULL: that too. */
static void
assert_values (JsonObject *asset, const char *value)
{
  static const char *const texts[] = { "CredentialUsername", "CredentialPassword", "SecretValue" };

  g_assert_cmpstr (baton_json_peek_string (asset, "StringValue"), ==, value != NULL ? value : "");
  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    g_assert_cmpstr (baton_json_peek_string (asset, texts[i]), ==, "");
  g_assert_cmpint (baton_json_peek_int (asset, "IntValue", -1), ==, 0);
  g_assert_false (baton_json_peek_bool (asset, "BoolValue", TRUE));
}

static void
test_empty (void)
{
  gint64 id = create ("{\"Name\":\"Only text\",\"ValueScope\":\"Global\",\"ValueType\":\"Text\","
                      "\"StringValue\":\"x\"}");
  g_autoptr (SandboxAnswer) asset = get (id);
  g_autoptr (SandboxAnswer) of_robot = sandbox_test_ask (
      test, "GET", test->shared, NULL,
      "odata/Assets/" US "GetRobotAssetByRobotId(robotId=1,assetName='Only%%20text')");
  g_autoptr (SandboxAnswer) back = send ("PUT", id, asset->text);
  g_autoptr (SandboxAnswer) found = sandbox_test_ask (
      test, "GET", test->shared, NULL,
      "odata/Assets?$filter=Name%%20eq%%20'Only%%20text'%%20and%%20IntValue%%20eq%%200%%20and%%20"
      "BoolValue%%20eq%%20false%%20and%%20CredentialUsername%%20eq%%20''%%20and%%20"
      "StringValue%%20eq%%20'X'");

  assert_values (asset->json, "x");
  assert_values (of_robot->json, "x");
  /* What is given out can be asked for. */
  g_assert_cmpuint (baton_json_length (baton_json_peek_array (found->json, "value")), ==, 1);
  g_assert_cmpuint (baton_json_length (baton_json_peek_array (asset->json, "KeyValueList")), ==, 0);
  g_assert_cmpuint (baton_json_length (baton_json_peek_array (of_robot->json, "KeyValueList")), ==,
                    0);
  sandbox_assert_status (back, 200);
}

/* What one type holds goes when the asset becomes another. */
static void
test_other_type (void)
{
  gint64 id = create ("{\"Name\":\"Turns\",\"ValueScope\":\"Global\",\"ValueType\":\"Credential\","
                      "\"CredentialUsername\":\"u\",\"CredentialPassword\":\"p\"}");
  g_autoptr (SandboxAnswer) sent
      = send ("PUT", id,
              "{\"Name\":\"Turns\",\"ValueScope\":\"Global\",\"ValueType\":\"KeyValueList\","
              "\"KeyValueList\":[{\"Key\":\"a\",\"Value\":\"b\"}],\"StringValue\":\"stray\"}");
  g_autoptr (SandboxAnswer) after = get (id);
  g_autoptr (SandboxAnswer) back
      = send ("PUT", id,
              "{\"Name\":\"Turns\",\"ValueScope\":\"Global\",\"ValueType\":\"Credential\","
              "\"CredentialUsername\":\"u\"}");

  sandbox_assert_status (sent, 200);
  assert_values (after->json, NULL);
  g_assert_cmpuint (baton_json_length (baton_json_peek_array (after->json, "KeyValueList")), ==, 1);
  /* The password went with it. */
  sandbox_assert_error (back, 400, 1500);
}

static void
test_delete (void)
{
  gint64 id = create (
      "{\"Name\":\"Gone\",\"ValueScope\":\"Global\",\"ValueType\":\"Text\",\"StringValue\":\"x\"}");
  g_autoptr (SandboxAnswer) sent = send ("DELETE", id, NULL);
  g_autoptr (SandboxAnswer) after = send ("GET", id, NULL);
  g_autoptr (SandboxAnswer) again = send ("DELETE", id, NULL);

  sandbox_assert_status (sent, 204);
  sandbox_assert_status (after, 404);
  sandbox_assert_error (again, 404, 1002);
}

int
main (int argc, char *argv[])
{
  int status;

  g_test_init (&argc, &argv, NULL);
  test = sandbox_test_start ("--jobs=100", NULL);

  g_test_add_func ("/sandbox/assets/types", test_types);
  g_test_add_func ("/sandbox/assets/refused", test_refused);
  g_test_add_func ("/sandbox/assets/unknown-field", test_unknown_field);
  g_test_add_func ("/sandbox/assets/edit", test_edit);
  g_test_add_func ("/sandbox/assets/password-stays", test_password_stays);
  g_test_add_func ("/sandbox/assets/account-values", test_account_values);
  g_test_add_func ("/sandbox/assets/robot", test_robot);
  g_test_add_func ("/sandbox/assets/robot-on-machine", test_robot_on_machine);
  g_test_add_func ("/sandbox/assets/direct", test_direct);
  g_test_add_func ("/sandbox/assets/other-type", test_other_type);
  g_test_add_func ("/sandbox/assets/empty", test_empty);
  g_test_add_func ("/sandbox/assets/delete", test_delete);

  status = g_test_run ();
  sandbox_test_stop (test);

  return status;
}
