/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <locale.h>
#include <string.h>

#include "baton-redact.h"

#define R BATON_REDACTED

static void
check (const char *text, const char *expected)
{
  g_autofree char *clean = baton_redact (text);
  g_autofree char *twice = baton_redact (clean);

  g_assert_cmpstr (clean, ==, expected);
  g_assert_cmpstr (twice, ==, clean);
}

/* That @text loses all of @secret, however it then reads. */
static void
check_gone (const char *text, const char *secret)
{
  g_autofree char *clean = baton_redact (text);

  g_test_message ("%s -> %s", text, clean);
  g_assert_nonnull (strstr (text, secret));
  g_assert_null (strstr (clean, secret));
}

static void
test_by_name_headers (void)
{
  check ("Authorization: Bearer abc.def", "Authorization: Bearer " R);
  check ("authorization:Basic dXNlcg==\r\nAccept: */*\r\n", "authorization:Basic " R "\r\nAccept: */*\r\n");
  check ("> Cookie: a=b; c=d\n> Host: h", "> Cookie: " R "\n> Host: h");
  check ("Set-Cookie: sid=1; Path=/", "Set-Cookie: " R);
  check ("X-UIPATH-Refresh-Token: abc", "X-UIPATH-Refresh-Token: " R);
  check ("curl -H 'Authorization: Bearer abc' -H 'Accept: x'",
         "curl -H 'Authorization: Bearer " R "' -H 'Accept: x'");
  check ("X-UIPATH-TenantName: Acme", "X-UIPATH-TenantName: Acme");
  check ("Content-Type: application/json", "Content-Type: application/json");
}

static void
test_by_name_parameters (void)
{
  check ("grant_type=refresh_token&client_id=x&refresh_token=abc&z=1",
         "grant_type=refresh_token&client_id=x&refresh_token=" R "&z=1");
  check ("GET /cb?code=abc&state=s HTTP/1.1", "GET /cb?code=" R "&state=s HTTP/1.1");
  check ("code_verifier=a-b~c&client_secret=d%2Fe", "code_verifier=" R "&client_secret=" R);
  check ("https://h/#access_token=a&id_token=b&token_type=Bearer",
         "https://h/#access_token=" R "&id_token=" R "&token_type=Bearer");
  check ("https://s/b?sv=1&sig=a%2Bb%3D&se=2", "https://s/b?sv=1&sig=" R "&se=2");
  check ("https://s/o?X-Amz-Signature=ab&X-Amz-Credential=c&X-Amz-Date=d&X-Amz-Security-Token=e",
         "https://s/o?X-Amz-Signature=" R "&X-Amz-Credential=" R "&X-Amz-Date=d&X-Amz-Security-Token=" R);
  check ("?back=https%3A%2F%2Fh%3Faccess_token%3Dabc%26x%3D1&y=2",
         "?back=https%3A%2F%2Fh%3Faccess_token%3D" R "%26x%3D1&y=2");
  check ("--data 'password=abc'", "--data 'password=" R "'");
  check ("password='a b'", "password='" R "'");
  check ("https://me:pass:w@host/x", "https://me:" R "@host/x");
  check ("https://host:8080/x?a=b@c", "https://host:8080/x?a=b@c");
  check ("$filter=State eq 'Running'&result=1", "$filter=State eq 'Running'&result=1");
}

static void
test_by_name_json (void)
{
  const char *const names[] = {
    "access_token", "refresh_token", "id_token", "client_secret", "password", "userKey", "user_key", "code", "code_verifier", "token", "secret",
    "CredentialPassword", "SecretValue", "result", "LicenseKey", "ClientSecret", "signature", "sig", "X-Amz-Signature", "Password", "accessToken",
  };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *text = g_strdup_printf ("{\"a\":1, \"%s\" : \"val\",\"b\":2}", names[i]);
      g_autofree char *expected = g_strdup_printf ("{\"a\":1, \"%s\" : \"" R "\",\"b\":2}", names[i]);

      check (text, expected);
      g_assert_true (baton_redact_is_secret_name (names[i]));
    }

  check ("{\"password\":\"a\\\"b\\\\\",\"x\":1}", "{\"password\":\"" R "\",\"x\":1}");
  check ("{\"password\":\"unfinished", "{\"password\":\"" R);
  check ("{\"password\":12345}", "{\"password\":" R "}");
  check ("{\"password\":null,\"token\":true,\"secret\":\"\"}", "{\"password\":null,\"token\":true,\"secret\":\"\"}");
  check ("{\"error\":{\"code\":0,\"message\":\"m\"},\"result\":null}", "{\"error\":{\"code\":0,\"message\":\"m\"},\"result\":null}");
  check ("{\"body\":\"{\\\"refresh_token\\\":\\\"abc\\\",\\\"n\\\":1}\"}",
         "{\"body\":\"{\\\"refresh_token\\\":\\\"" R "\\\",\\\"n\\\":1}\"}");
  check ("\"{\\\"secret\\\":\\\"a\\\\\\\"b\\\\\\\\\\\",\\\"n\\\":1}\"",
         "\"{\\\"secret\\\":\\\"" R "\\\",\\\"n\\\":1}\"");
  check ("{\"body\":\"{\\\"secret\\\":\\\"cut\",\"n\":1}", "{\"body\":\"{\\\"secret\\\":\\\"" R "\",\"n\":1}");
  check ("{\"token\":{\"access_token\":\"abc\"}}", "{\"token\":{\"access_token\":\"" R "\"}}");
  check ("{\"Name\":\"Invoice\",\"Key\":\"k\",\"State\":\"Running\",\"token_type\":\"Bearer\"}",
         "{\"Name\":\"Invoice\",\"Key\":\"k\",\"State\":\"Running\",\"token_type\":\"Bearer\"}");
}

static void
test_is_secret_name (void)
{
  g_assert_true (baton_redact_is_secret_name ("AUTHORIZATION"));
  g_assert_true (baton_redact_is_secret_name ("x-my-token"));
  g_assert_true (baton_redact_is_secret_name ("Set-Cookie"));
  g_assert_false (baton_redact_is_secret_name ("Name"));
  g_assert_false (baton_redact_is_secret_name ("token_type"));
  g_assert_false (baton_redact_is_secret_name ("X-UIPATH-OrganizationUnitId"));
  g_assert_false (baton_redact_is_secret_name (""));
  g_assert_false (baton_redact_is_secret_name (NULL));
}

static void
test_by_look (void)
{
  check ("got eyJhbGciOi.eyJzdWIiOi.c2ln-na_t, fine", "got " R ", fine");
  check ("Bearer a1b2c3d4e5 was refused", "Bearer " R " was refused");
  check ("Bearer token required", "Bearer token required");
  check ("Bearer authentication is needed", "Bearer authentication is needed");
  check ("The error code: 1101, and the result: 5", "The error code: 1101, and the result: 5");
  check ("", "");
  check ("nothing to hide", "nothing to hide");
  g_assert_null (baton_redact (NULL));
}

static void
test_by_value (void)
{
  const char *secret = "s3cr3t/p+w x\"y";
  g_autofree char *base64 = g_base64_encode ((const guchar *) secret, strlen (secret));

  check ("say s3cr3t/p+w x\"y again", "say s3cr3t/p+w x\"y again");
  baton_redact_remember (secret);
  check ("say s3cr3t/p+w x\"y again", "say " R " again");
  check ("say s3cr3t%2Fp%2Bw%20x%22y again", "say " R " again");
  check ("say s3cr3t%2fp%2bw%20x%22y again", "say " R " again");
  check ("say s3cr3t%2Fp%2Bw+x%22y again", "say " R " again");
  check ("say s3cr3t/p+w x\\\"y again", "say " R " again");
  check ("say s3cr3t/p\\u002Bw x\\u0022y again", "say " R " again");
  check_gone (base64, base64);

  baton_redact_remember (secret);
  baton_redact_forget (secret);
  check ("s3cr3t/p+w x\"y", R);
  baton_redact_forget (secret);
  check ("s3cr3t/p+w x\"y", "s3cr3t/p+w x\"y");
  baton_redact_forget (secret);
  baton_redact_forget (NULL);
}

/* The base64 of a secret within other data: at each of the three places in a group. */
static void
test_by_value_within_base64 (void)
{
  const char *secret = "correct horse battery";
  const char *const before[] = { "", "u", "us", "use", "user" };

  baton_redact_remember (secret);

  for (guint i = 0; i < G_N_ELEMENTS (before); i++)
    for (guint j = 0; j < G_N_ELEMENTS (before); j++)
      {
        g_autofree char *data = g_strconcat (before[i], secret, before[j], NULL);
        g_autofree char *encoded = g_base64_encode ((const guchar *) data, strlen (data));
        g_autofree char *clean = baton_redact (encoded);
        gsize left = strlen (clean) - strlen (R);

        g_assert_nonnull (strstr (clean, R));
        /* only what the neighbours share with it may be left */
        g_assert_cmpuint (left, <=, strlen (encoded) - strlen (secret) * 8 / 6 + 4);
      }

  baton_redact_forget (secret);
}

static void
test_by_value_overlaps (void)
{
  baton_redact_remember ("abcdef");
  baton_redact_remember ("defghi");
  baton_redact_remember ("aaaa");
  baton_redact_remember ("redacted");
  baton_redact_remember ("abc");
  baton_redact_remember ("");
  baton_redact_remember (NULL);

  check ("xabcdefghix", "x" R "x");
  check ("xaaaaaay", "x" R "y");
  check ("abcdef" R "abcdef", R R R);
  check ("redacted", R);
  check ("only abc", "only abc");
  /* neither way of looking spoils the other: the value ends for a form where it does not for us */
  baton_redact_remember ("top secret&more");
  check ("password=top secret&more x", "password=" R " x");

  baton_redact_forget ("top secret&more");
  baton_redact_forget ("abcdef");
  baton_redact_forget ("defghi");
  baton_redact_forget ("aaaa");
  baton_redact_forget ("redacted");
}

static gpointer
churn (gpointer data)
{
  for (guint i = 0; i < 300; i++)
    {
      g_autofree char *secret = g_strdup_printf ("secret-%p-%u", data, i);
      g_autofree char *clean = NULL;

      baton_redact_remember (secret);
      clean = baton_redact (secret);
      g_assert_cmpstr (clean, ==, R);
      baton_redact_forget (secret);
    }

  return NULL;
}

static void
test_threads (void)
{
  GThread *threads[4];

  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    threads[i] = g_thread_new ("churn", churn, GUINT_TO_POINTER (i));
  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    g_thread_join (threads[i]);
}

static void
test_secret_free (void)
{
  baton_secret_free (NULL);
  baton_secret_free (g_strdup ("x"));
}

static void
test_log_writer (void)
{
  if (g_test_subprocess ())
    {
      baton_redact_install_log_writer ();
      baton_redact_install_log_writer ();
      baton_redact_remember ("hunter2-hunter2");
      g_message ("hello hunter2-hunter2");
      g_log_structured ("other-lib", G_LOG_LEVEL_MESSAGE, "DETAIL", "hunter2-hunter2", "MESSAGE",
                        "refresh_token=%s", "abcabc");
      return;
    }

  g_test_trap_subprocess (NULL, 0, 0);
  g_test_trap_assert_passed ();
  g_test_trap_assert_stderr ("*hello " R "*");
  g_test_trap_assert_stderr ("*refresh_token=" R "*");
  g_test_trap_assert_stderr_unmatched ("*hunter2*");
  g_test_trap_assert_stderr_unmatched ("*abcabc*");
  g_test_trap_assert_stdout_unmatched ("*hunter2*");
}

int
main (int argc, char *argv[])
{
  setlocale (LC_ALL, ""); /* or the marker would not leave as UTF-8 */
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/baton/core/redact/by-name/headers", test_by_name_headers);
  g_test_add_func ("/baton/core/redact/by-name/parameters", test_by_name_parameters);
  g_test_add_func ("/baton/core/redact/by-name/json", test_by_name_json);
  g_test_add_func ("/baton/core/redact/is-secret-name", test_is_secret_name);
  g_test_add_func ("/baton/core/redact/by-look", test_by_look);
  g_test_add_func ("/baton/core/redact/by-value", test_by_value);
  g_test_add_func ("/baton/core/redact/by-value/within-base64", test_by_value_within_base64);
  g_test_add_func ("/baton/core/redact/by-value/overlaps", test_by_value_overlaps);
  g_test_add_func ("/baton/core/redact/threads", test_threads);
  g_test_add_func ("/baton/core/redact/secret-free", test_secret_free);
  g_test_add_func ("/baton/core/redact/log-writer", test_log_writer);

  return g_test_run ();
}
