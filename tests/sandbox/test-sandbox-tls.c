/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gstdio.h>
#include <sys/stat.h>

#include "sandbox-test.h"

static char *
read_file (const char *file)
{
  g_autoptr (GError) error = NULL;
  char *text = NULL;

  g_file_get_contents (file, &text, NULL, &error);
  g_assert_no_error (error);

  return text;
}

static void
test_trusted (void)
{
  g_autofree char *folder = g_dir_make_tmp ("baton-tls-XXXXXX", NULL);
  g_autofree char *option = g_strconcat ("--data=", folder, "/sandbox.db", NULL);
  g_autofree char *key = g_build_filename (folder, "sandbox.db.tls", "server-key.pem", NULL);
  g_autofree char *ca = g_build_filename (folder, "sandbox.db.tls", "ca.pem", NULL);
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;
  g_autofree char *third = NULL;
  GStatBuf status;

  {
    g_autoptr (SandboxTest) sandbox = sandbox_test_start ("--tls", "--jobs=10", option, NULL);
    g_autoptr (SandboxAnswer) answer = sandbox_test_get (sandbox, "odata/Folders");

    g_assert_true (g_str_has_prefix (sandbox->origin, "https://127.0.0.1:"));
    g_assert_nonnull (sandbox->token);
    sandbox_assert_status (answer, 200);
    g_assert_nonnull (strstr (answer->text, sandbox->origin));
    g_assert_cmpstr (sandbox_test_get_ready (sandbox, "ca"), ==, ca);
    g_assert_cmpint (g_stat (key, &status), ==, 0);
    g_assert_cmpint (status.st_mode & 0777, ==, 0600);
    first = read_file (ca);
    g_assert_null (strstr (first, "PRIVATE"));
  }
  {
    /* The same at the next start, so that it is trusted once. */
    g_autoptr (SandboxTest) sandbox = sandbox_test_start ("--tls", option, NULL);

    second = read_file (ca);
    g_assert_cmpstr (second, ==, first);
  }

  g_assert_true (g_file_set_contents (key, "nothing", -1, NULL));
  {
    g_autoptr (SandboxTest) sandbox = sandbox_test_start ("--tls", option, NULL);

    third = read_file (ca);
    g_assert_cmpstr (third, !=, first);
    g_assert_nonnull (sandbox->token);
  }
}

static void
test_not_trusted (void)
{
  g_autoptr (SandboxTest) sandbox = sandbox_test_start ("--tls", "--jobs=10", NULL);
  g_autoptr (SoupSession) stranger = soup_session_new ();
  g_autofree char *address = g_strconcat (sandbox->origin, "/_sandbox/clock", NULL);
  g_autofree char *plain
      = g_strconcat ("http", sandbox->origin + strlen ("https"), "/_sandbox/clock", NULL);
  g_autoptr (SoupMessage) message = soup_message_new ("GET", address);
  g_autoptr (SoupMessage) unsafe = soup_message_new ("GET", plain);
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GError) error = NULL;

  bytes = soup_session_send_and_read (stranger, message, NULL, &error);
  g_assert_error (error, G_TLS_ERROR, G_TLS_ERROR_BAD_CERTIFICATE);
  g_clear_error (&error);
  bytes = soup_session_send_and_read (stranger, unsafe, NULL, &error);
  g_assert_null (bytes);
  g_assert_nonnull (error);
}

static GBytes *
load_bytes (const char *path)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GError) error = NULL;
  GBytes *bytes = g_file_load_bytes (file, NULL, NULL, &error);

  g_assert_no_error (error);

  return bytes;
}

static gboolean
is_let_in (SandboxTest *sandbox, GTlsCertificate *certificate)
{
  g_autoptr (SoupSession) session = soup_session_new ();
  g_autoptr (GTlsDatabase) database
      = g_tls_file_database_new (sandbox_test_get_ready (sandbox, "ca"), NULL);
  g_autofree char *address = g_strconcat (sandbox->origin, "/_sandbox/clock", NULL);
  g_autoptr (SoupMessage) message = soup_message_new ("GET", address);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = NULL;

  soup_session_set_tls_database (session, database);
  if (certificate != NULL)
    soup_message_set_tls_client_certificate (message, certificate);
  bytes = soup_session_send_and_read (session, message, NULL, &error);
  if (bytes == NULL)
    g_test_message ("%s", error->message);

  return bytes != NULL;
}

/* Only who shows a certificate of the authority for clients, over the same one again. */
static void
test_client_certificates (void)
{
  g_autofree char *folder = g_dir_make_tmp ("baton-tls-XXXXXX", NULL);
  g_autofree char *option = g_strconcat ("--data=", folder, "/sandbox.db", NULL);
  g_autoptr (GBytes) first = NULL;
  g_autoptr (GBytes) second = NULL;
  GStatBuf status;

  {
    g_autoptr (SandboxTest) sandbox
        = sandbox_test_start ("--tls", "--client-certificates", "--jobs=10", option, NULL);
    const char *file = sandbox_test_get_ready (sandbox, "clientCertificate");
    const char *password = sandbox_test_get_ready (sandbox, "clientCertificatePassword");
    g_autofree char *own = g_build_filename (folder, "sandbox.db.tls", "server.pem", NULL);
    g_autofree char *key = g_build_filename (folder, "sandbox.db.tls", "server-key.pem", NULL);
    g_autoptr (GError) error = NULL;
    g_autoptr (GTlsCertificate) good
        = g_tls_certificate_new_from_file_with_password (file, password, &error);
    g_autoptr (GTlsCertificate) other = g_tls_certificate_new_from_files (own, key, NULL);
    g_autoptr (GTlsCertificate) closed = NULL;

    g_assert_no_error (error);
    g_assert_nonnull (sandbox->token);
    g_assert_true (is_let_in (sandbox, good));
    g_assert_false (is_let_in (sandbox, other));
    g_assert_false (is_let_in (sandbox, NULL));
    closed = g_tls_certificate_new_from_file_with_password (file, "another", &error);
    g_assert_error (error, G_TLS_ERROR, G_TLS_ERROR_BAD_CERTIFICATE_PASSWORD);
    g_assert_cmpint (g_stat (file, &status), ==, 0);
    g_assert_cmpint (status.st_mode & 0777, ==, 0600);
    first = load_bytes (file);
  }
  {
    g_autoptr (SandboxTest) sandbox
        = sandbox_test_start ("--tls", "--client-certificates", option, NULL);

    second = load_bytes (sandbox_test_get_ready (sandbox, "clientCertificate"));
    g_assert_true (g_bytes_equal (second, first));
    g_assert_nonnull (sandbox->token);
  }
  {
    /* Not where it was not asked for. */
    g_autoptr (SandboxTest) sandbox = sandbox_test_start ("--tls", option, NULL);

    g_assert_null (sandbox_test_get_ready (sandbox, "clientCertificate"));
    g_assert_nonnull (sandbox->token);
  }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sandbox/tls/trusted", test_trusted);
  g_test_add_func ("/sandbox/tls/not-trusted", test_not_trusted);
  g_test_add_func ("/sandbox/tls/client-certificates", test_client_certificates);

  return g_test_run ();
}
