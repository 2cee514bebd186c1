/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <signal.h>
#include <sys/prctl.h>

#include "baton-error.h"
#include "http/baton-certificate.h"
#include "http/baton-http.h"
#include "network/baton-network.h"

/* TLS takes up the session of an earlier connection without looking at the certificate again, and
 * all connections of a process to one server share such sessions. What one account trusts must not
 * become what another one trusts by that. GLib turns it off in programs that call g_test_init(),
 * so this one does not, and says itself how it went. The server is OpenSSL's, whose page tells
 * whether a session was taken up. */

typedef struct
{
  GSubprocess *process;
  char *origin;
} Server;

/* It ends with us, also where an assertion fails. */
static void
tie_to_us (gpointer data)
{
  prctl (PR_SET_PDEATHSIG, SIGKILL);
}

static gboolean
start (Server *server)
{
  g_autofree char *file
      = g_build_filename (g_getenv ("G_TEST_SRCDIR"), "orchestrator", "tls", "server.pem", NULL);
  g_autofree char *program = g_find_program_in_path ("openssl");
  g_autoptr (GSubprocessLauncher) launcher
      = g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_PIPE);
  g_autoptr (GDataInputStream) output = NULL;
  g_autoptr (GError) error = NULL;

  if (program == NULL)
    return FALSE;

  g_subprocess_launcher_set_child_setup (launcher, tie_to_us, NULL, NULL);
  server->process = g_subprocess_launcher_spawn (launcher, &error, program, "s_server", "-accept",
                                                 "127.0.0.1:0", "-cert", file, "-www", NULL);
  g_assert_no_error (error);
  output = g_data_input_stream_new (g_subprocess_get_stdout_pipe (server->process));
  g_filter_input_stream_set_close_base_stream (G_FILTER_INPUT_STREAM (output), FALSE);
  while (server->origin == NULL)
    {
      g_autofree char *line = g_data_input_stream_read_line (output, NULL, NULL, NULL);

      g_assert_nonnull (line);
      if (g_str_has_prefix (line, "ACCEPT "))
        server->origin = g_strconcat ("https://", line + strlen ("ACCEPT "), NULL);
    }

  return TRUE;
}

static void
sent_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  *(GAsyncResult **)user_data = g_object_ref (result);
}

static BatonReply *
send (BatonAccount *account, const char *origin, GError **error)
{
  g_autofree char *url = g_strconcat (origin, "/x", NULL);
  g_autoptr (GAsyncResult) result = NULL;

  baton_http_send_async (baton_network_get (account), baton_call_new ("GET", url), NULL, sent_cb,
                         &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);

  return baton_http_send_finish (result, error);
}

static BatonAccount *
make_account (const char *origin)
{
  g_autoptr (BatonDeployment) deployment = baton_deployment_parse (origin, NULL);

  return baton_account_new (NULL, deployment, BATON_METHOD_USER_KEY);
}

static void
trust_refused (BatonAccount *account)
{
  const char *host = NULL;
  BatonHandshake *refused = baton_network_get_refused (baton_network_get (account), &host);
  g_autofree char *fingerprint = baton_certificate_dup_fingerprint (refused->certificate);
  g_autoptr (BatonTrust) trust
      = baton_trust_with_pin (baton_account_get_trust (account), host, fingerprint);

  baton_account_set_trust (account, trust);
}

static gboolean
was_taken_up (BatonReply *reply)
{
  gsize length = 0;
  const char *page = g_bytes_get_data (reply->body, &length);

  return memmem (page, length, "Reused", strlen ("Reused")) != NULL;
}

int
main (int argc, char *argv[])
{
  Server server = { 0 };
  g_autoptr (BatonAccount) trusting = NULL;
  g_autoptr (BatonAccount) careful = NULL;
  g_autoptr (GError) error = NULL;
  gboolean taken_up = FALSE;

  if (!start (&server))
    {
      g_print ("1..0 # SKIP there is no openssl\n");
      return 0;
    }
  trusting = make_account (server.origin);
  careful = make_account (server.origin);

  g_assert_null (send (trusting, server.origin, NULL));
  trust_refused (trusting);
  for (guint i = 0; i < 4; i++)
    {
      g_autoptr (BatonReply) reply = send (trusting, server.origin, &error);

      g_assert_no_error (error);
      g_assert_cmpuint (reply->status, ==, 200);
      taken_up |= was_taken_up (reply);
    }
  /* else this would be no test */
  g_assert_true (taken_up);

  for (guint i = 0; i < 4; i++)
    {
      g_assert_null (send (careful, server.origin, &error));
      g_assert_error (error, BATON_ERROR, BATON_ERROR_TLS);
      g_clear_error (&error);
    }

  g_subprocess_force_exit (server.process);
  g_subprocess_wait (server.process, NULL, NULL);
  g_object_unref (server.process);
  g_free (server.origin);
  g_print ("1..1\nok 1 - no account trusts what another one trusts\n");

  return 0;
}
