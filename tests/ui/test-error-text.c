/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "baton-error-text.h"
#include "baton-error.h"

static void
test_every_code (void)
{
  for (int code = BATON_ERROR_NOT_SIGNED_IN; code <= BATON_ERROR_KEYRING_UNAVAILABLE; code++)
    {
      g_autoptr (GError) error = g_error_new_literal (BATON_ERROR, code, "as a developer says it");
      g_autoptr (BatonErrorText) alone = baton_error_text_new (error, NULL);
      g_autoptr (BatonErrorText) within = baton_error_text_new (error, "Jobs could not be loaded");

      g_test_message ("code %d", code);
      g_assert_cmpstr (alone->title, !=, "");
      g_assert_cmpstr (alone->body, !=, "");
      g_assert_cmpstr (within->title, ==, "Jobs could not be loaded");
      g_assert_cmpstr (within->body, !=, "");
      /* A button without an action, or the other way round, helps nobody. */
      g_assert_cmpint (alone->button != NULL, ==, alone->action != NULL);
      /* What was meant for a developer stays below "Details". */
      if (code != BATON_ERROR_INVALID)
        g_assert_null (strstr (alone->body, "as a developer says it"));
      g_assert_nonnull (strstr (alone->technical, "as a developer says it"));
      g_assert_null (strstr (alone->body, "%"));
    }
}

static void
test_codes_differ (void)
{
  g_autoptr (GHashTable) titles = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (int code = BATON_ERROR_NOT_SIGNED_IN; code <= BATON_ERROR_KEYRING_UNAVAILABLE; code++)
    {
      g_autoptr (GError) error = g_error_new_literal (BATON_ERROR, code, "x");
      g_autoptr (BatonErrorText) text = baton_error_text_new (error, NULL);

      g_assert_true (g_hash_table_add (titles, g_strdup (text->title)));
    }
}

static void
test_revoked (void)
{
  g_autoptr (GError) error = g_error_new_literal (BATON_ERROR, BATON_ERROR_KEY_REVOKED, "x");
  g_autoptr (BatonErrorText) text = baton_error_text_new (error, NULL);

  g_assert_cmpstr (text->title, ==, "The user key was revoked");
  g_assert_cmpstr (text->button, ==, "Enter a new key");
  g_assert_cmpstr (text->action, ==, "win.replace-key");
}

static void
test_wrong_address (void)
{
  g_autoptr (GError) error = g_error_new_literal (BATON_ERROR, BATON_ERROR_WRONG_ADDRESS, "x");
  g_autoptr (BatonErrorText) text = baton_error_text_new (error, NULL);

  g_assert_nonnull (strstr (text->body, "account logical name"));
  g_assert_nonnull (strstr (text->body, "tenant logical name"));
  g_assert_nonnull (strstr (text->body, "folder names"));
}

static void
test_cut_off (void)
{
  g_autoptr (GError) error = g_error_new_literal (BATON_ERROR, BATON_ERROR_KEY_REVOKED, "x");
  g_autoptr (BatonErrorText) text = NULL;

  baton_error_get_details (error)->http_status = 400;
  baton_error_get_details (error)->reason = g_strdup (BATON_REASON_CUT_OFF);
  text = baton_error_text_new (error, NULL);
  g_assert_cmpstr (text->title, ==, "A renewal was cut off: please sign in again");
  g_assert_nonnull (strstr (text->body, "only once"));
  g_assert_cmpstr (text->button, ==, "Sign in again");
}

static void
test_permission (void)
{
  g_autoptr (GError) error = g_error_new_literal (BATON_ERROR, BATON_ERROR_NOT_ALLOWED, "You are not authorized!");
  BatonErrorDetails *details = baton_error_get_details (error);
  g_autoptr (BatonErrorText) text = NULL;

  details->http_status = 403;
  details->permission = g_strdup ("Jobs.Create");
  details->trace_id = g_strdup ("00-abc");
  details->request = g_strdup ("POST /odata/Jobs");
  text = baton_error_text_new (error, NULL);
  g_assert_nonnull (strstr (text->body, "Jobs.Create"));
  g_assert_nonnull (strstr (text->body, "You are not authorized!"));
  g_assert_nonnull (strstr (text->technical, "403"));
  g_assert_nonnull (strstr (text->technical, "00-abc"));
  g_assert_nonnull (strstr (text->technical, "POST /odata/Jobs"));
}

/* The token says itself what it lacks: which scope, for what, and the way to have it. */
static void
test_scope (void)
{
  g_autoptr (GError) error
      = g_error_new_literal (BATON_ERROR, BATON_ERROR_NOT_ALLOWED, "Required scopes: …");
  BatonErrorDetails *details = baton_error_get_details (error);
  g_autoptr (BatonErrorText) alone = NULL;
  g_autoptr (BatonErrorText) within = NULL;

  details->http_status = 403;
  details->reason = g_strdup (BATON_REASON_SCOPE);
  details->permission = g_strdup ("OR.Jobs.Write");
  alone = baton_error_text_new (error, NULL);
  g_assert_cmpstr (alone->title, ==, "A scope is missing");
  g_assert_true (g_str_has_prefix (
      alone->body, "Baton misses the scope “OR.Jobs.Write” for: Jobs and triggers. "));
  g_assert_cmpstr (alone->button, ==, "Sign in with it");
  g_assert_cmpstr (alone->action, ==, "win.add-scope::OR.Jobs.Write");
  within = baton_error_text_new (error, "The job was not started");
  g_assert_cmpstr (within->title, ==, "The job was not started");
  g_assert_cmpstr (within->body, ==, alone->body);
}

static void
test_wait (void)
{
  g_autoptr (GError) error = g_error_new_literal (BATON_ERROR, BATON_ERROR_RATE_LIMITED, "x");
  g_autoptr (GDateTime) at = g_date_time_new_local (2026, 1, 31, 12, 34, 56);
  g_autofree char *clock = g_date_time_format (at, "%X");
  g_autoptr (BatonErrorText) text = NULL;

  baton_error_get_details (error)->retry_at = g_date_time_to_unix (at) * G_USEC_PER_SEC;
  text = baton_error_text_new (error, NULL);
  g_assert_nonnull (strstr (text->body, clock));
}

static void
test_own_check (void)
{
  g_autoptr (GError) error
      = g_error_new_literal (BATON_ERROR, BATON_ERROR_INVALID, "There is no host in this address.");
  g_autoptr (BatonErrorText) text = baton_error_text_new (error, NULL);

  g_assert_cmpstr (text->body, ==, "There is no host in this address.");
}

static void
test_foreign (void)
{
  g_autoptr (GError) error = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_FAILED, "Disk on fire");
  g_autoptr (BatonErrorText) text = baton_error_text_new (error, NULL);

  g_assert_cmpstr (text->body, ==, "Disk on fire");
  g_assert_null (text->button);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/baton/app/error-text/every-code", test_every_code);
  g_test_add_func ("/baton/app/error-text/codes-differ", test_codes_differ);
  g_test_add_func ("/baton/app/error-text/revoked", test_revoked);
  g_test_add_func ("/baton/app/error-text/wrong-address", test_wrong_address);
  g_test_add_func ("/baton/app/error-text/cut-off", test_cut_off);
  g_test_add_func ("/baton/app/error-text/permission", test_permission);
  g_test_add_func ("/baton/app/error-text/scope", test_scope);
  g_test_add_func ("/baton/app/error-text/wait", test_wait);
  g_test_add_func ("/baton/app/error-text/own-check", test_own_check);
  g_test_add_func ("/baton/app/error-text/foreign", test_foreign);
  return g_test_run ();
}
