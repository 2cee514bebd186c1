/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "client-fixture.h"

/* A server that sends on to somewhere else. */

static GError *
fail_list (Client *client)
{
  GError *error = NULL;
  g_autoptr (JsonNode) root = client_get_list (client, &error);

  g_assert_null (root);
  g_assert_error (error, BATON_ERROR, BATON_ERROR_WRONG_ADDRESS);

  return error;
}

/* Whatever a server sends on to is told, and never asked. */
static void
test_redirect (Client *client, gconstpointer data)
{
  g_autoptr (FaultServer) elsewhere = fault_server_new (NULL);
  const char *there = fault_server_get_origin (elsewhere);
  g_autofree char *list = g_strconcat (there, TEST_BASE "/odata/Jobs", NULL);
  g_autofree char *here
      = g_strconcat (fault_server_get_origin (client->server), "/sign/in", NULL);
  g_autofree char *root = g_strconcat (there, "/", NULL);
  g_autofree char *same = g_strconcat (list, "?code=s3cret", NULL);
  const struct
  {
    const char *header;
    const char *location; /* (nullable) */
    const char *reason;   /* (nullable) */
  } cases[] = {
    { same, list, BATON_REASON_MOVED },
    { there, root, BATON_REASON_REDIRECT },
    { "/sign/in#x", here, BATON_REASON_REDIRECT },
    { "http://far.example" TEST_BASE "/odata/Jobs", "http://far.example" TEST_BASE "/odata/Jobs",
      BATON_REASON_REDIRECT },
    { "https://user:s3cret@far.example" TEST_BASE "/odata/Jobs",
      "https://far.example" TEST_BASE "/odata/Jobs", BATON_REASON_MOVED },
    { "http://[", NULL, NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *header = g_strdup_printf ("Location: %s\r\n", cases[i].header);
      g_autoptr (GError) error = NULL;

      g_test_message ("%s", cases[i].header);
      fault_server_reset (client->server, TEST_LIST);
      fault_server_add (client->server, TEST_LIST, 307, header, "");
      error = fail_list (client);
      g_assert_cmpstr (baton_error_get_details (error)->location, ==, cases[i].location);
      g_assert_cmpstr (baton_error_get_details (error)->reason, ==, cases[i].reason);
      g_assert_null (strstr (error->message, "s3cret"));
      if (cases[i].location != NULL)
        g_assert_nonnull (strstr (error->message, cases[i].location));
    }
  g_assert_cmpuint (fault_server_count (elsewhere, "GET /"), ==, 0);
}

int
main (int argc, char **argv)
{
  client_use_own_runtime_folder ();
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/baton/orchestrator/redirect", Client, NULL, client_set_up, test_redirect,
              client_tear_down);

  return g_test_run ();
}
