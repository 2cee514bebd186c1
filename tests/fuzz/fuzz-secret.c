/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fuzz.h"

#include "baton-error.h"
#include "baton-redact.h"
#include "baton-secret.h"

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autofree char *text = g_strndup ((const char *) data, size);
  g_autoptr (GError) error = NULL;
  g_autoptr (BatonSecret) secret = baton_secret_from_text (text, &error);
  g_autoptr (BatonSecret) again = NULL;
  char *written = NULL;

  if (secret == NULL)
    {
      g_assert_error (error, BATON_ERROR, BATON_ERROR_BAD_ANSWER);
      return 0;
    }

  written = baton_secret_to_text (secret);
  again = baton_secret_from_text (written, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (baton_secret_get_value (again), ==, baton_secret_get_value (secret));
  g_assert_cmpint (baton_secret_get_saved_at (again), ==, baton_secret_get_saved_at (secret));
  baton_secret_free (written);

  return 0;
}
