/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "baton-error.h"
#include "baton-redact.h"
#include "baton-secret.h"

static void
test_text (void)
{
  const char *const values[] = { "key", "", " with blanks  and\nlines ", "baton 1 password 0 0 x", "\303\244" };

  for (guint i = 0; i < G_N_ELEMENTS (values); i++)
    for (guint kind = BATON_SECRET_USER_KEY; kind <= BATON_SECRET_PERSONAL_ACCESS_TOKEN; kind++)
      {
        g_autoptr (BatonSecret) secret = baton_secret_new (kind, values[i], 1234567, G_MAXINT64);
        g_autoptr (BatonSecret) again = NULL;
        g_autoptr (GError) error = NULL;
        char *text = baton_secret_to_text (secret);

        again = baton_secret_from_text (text, &error);
        g_assert_no_error (error);
        g_assert_cmpstr (baton_secret_get_value (again), ==, values[i]);
        g_assert_cmpuint (baton_secret_get_kind (again), ==, kind);
        g_assert_cmpint (baton_secret_get_saved_at (again), ==, 1234567);
        g_assert_cmpint (baton_secret_get_expires_at (again), ==, G_MAXINT64);
        baton_secret_free (text);
      }
}

static void
test_bad_text (void)
{
  const char *const texts[] = {
    NULL, "", "baton", "baton 1 user-key 0 0", "baton 2 user-key 0 0 s3cret-value", "baton 1 other 0 0 s3cret-value", "baton 1 user-key x 0 s3cret-value",
    "baton 1 user-key 0 -1 s3cret-value", "s3cret-value",
  };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (baton_secret_from_text (texts[i], &error));
      g_assert_error (error, BATON_ERROR, BATON_ERROR_BAD_ANSWER);
      g_assert_null (strstr (error->message, "s3cret"));
    }
}

static void
test_nicks (void)
{
  BatonSecretKind kind = BATON_SECRET_PASSWORD;

  g_assert_cmpstr (baton_secret_kind_to_nick (BATON_SECRET_REFRESH_TOKEN), ==, "refresh-token");
  g_assert_false (baton_secret_kind_from_nick (NULL, &kind));
  g_assert_false (baton_secret_kind_from_nick ("x", &kind));
  g_assert_cmpuint (kind, ==, BATON_SECRET_PASSWORD);
  g_assert_true (baton_secret_kind_from_nick ("user-key", &kind));
  g_assert_cmpuint (kind, ==, BATON_SECRET_USER_KEY);
}

static void
check_redacted (gboolean expected)
{
  g_autofree char *clean = baton_redact ("it is s3cret-value indeed");

  g_assert_true ((strstr (clean, "s3cret-value") == NULL) == expected);
}

static void
test_redacted_while_it_lives (void)
{
  BatonSecret *secret = NULL;

  check_redacted (FALSE);
  secret = baton_secret_new (BATON_SECRET_USER_KEY, "s3cret-value", 0, 0);
  check_redacted (TRUE);
  baton_secret_unref (baton_secret_ref (secret));
  check_redacted (TRUE);
  baton_secret_unref (secret);
  check_redacted (FALSE);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/baton/secrets/secret/text", test_text);
  g_test_add_func ("/baton/secrets/secret/bad-text", test_bad_text);
  g_test_add_func ("/baton/secrets/secret/nicks", test_nicks);
  g_test_add_func ("/baton/secrets/secret/redacted-while-it-lives", test_redacted_while_it_lives);

  return g_test_run ();
}
