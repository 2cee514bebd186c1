/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <json-glib/json-glib.h>

#include "sandbox-log.h"

static const SandboxLogSource source = {
  .tenant = 1,
  .folder = 1,
  .job_key = "06125765-ab1b-41cd-a6ab-8b0978124669",
  .process = "Invoice_Intake",
  .robot = "Ledger-Bot",
  .account = "ACME\\rpa.ledger",
  .host = "VM-FIN-7F3A",
};

/* Returns: (transfer full): what stands in RawMessage of @message. */
static JsonNode *
read_raw (const char *message)
{
  g_autoptr (GError) error = NULL;
  SandboxLogLine line;
  JsonNode *node;

  sandbox_log_line_fill (&line, &source, 1, SANDBOX_LOG_WARN, message);
  g_assert_true (g_utf8_validate (line.raw, -1, NULL));
  node = json_from_string (line.raw, &error);
  g_assert_no_error (error);

  return node;
}

static void
test_members (void)
{
  static const char *const members[][2] = {
    { "message", "A \"word\",\nand C:\\temp" },
    { "level", "Warning" },
    { "logType", "Default" },
    { "processName", "Invoice_Intake" },
    { "jobId", "06125765-ab1b-41cd-a6ab-8b0978124669" },
    { "robotName", "Ledger-Bot" },
    { "machineName", "VM-FIN-7F3A" },
    { "windowsIdentity", "ACME\\rpa.ledger" },
    { "fileName", "Main" },
  };
  g_autoptr (JsonNode) node = read_raw (members[0][1]);
  JsonObject *object = json_node_get_object (node);

  g_assert_cmpuint (json_object_get_size (object), ==, G_N_ELEMENTS (members));
  for (gsize i = 0; i < G_N_ELEMENTS (members); i++)
    g_assert_cmpstr (json_object_get_string_member (object, members[i][0]), ==, members[i][1]);
}

/* Wherever a message is too long, what is left of it is whole, and so is the rest. */
static void
test_long (void)
{
  static const char *const pieces[] = { "\"", "€", "\\\n", "a" };

  for (gsize i = 0; i < G_N_ELEMENTS (pieces); i++)
    for (guint before = 0; before < 4; before++)
      {
        g_autoptr (GString) message = g_string_new (NULL);
        g_autoptr (JsonNode) node = NULL;
        JsonObject *object;
        const char *found;

        for (guint j = 0; j < before; j++)
          g_string_append_c (message, '-');
        while (message->len < 6000)
          g_string_append (message, pieces[i]);
        node = read_raw (message->str);
        object = json_node_get_object (node);
        found = json_object_get_string_member (object, "message");
        g_assert_true (g_str_has_prefix (message->str, found));
        g_assert_cmpuint (strlen (found), >, 1000);
        g_assert_cmpstr (json_object_get_string_member (object, "fileName"), ==, "Main");
      }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/sandbox/log/members", test_members);
  g_test_add_func ("/sandbox/log/long", test_long);

  return g_test_run ();
}
