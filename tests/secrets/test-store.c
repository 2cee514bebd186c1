/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "baton-error.h"
#include "baton-secret-store.h"

/* with-bus.sh makes the situation and names it in BATON_TEST_SITUATION. */

#define SERVICE "org.freedesktop.secrets"
#define MINUTE (60 * (gint64) G_USEC_PER_SEC)

/* This one, to be run a second time. */
static const char *program;

typedef struct
{
  BatonSecretStore *store;
  GString *changes;
  guint n_notified;
} Fixture;

static void
changed_cb (BatonSecretStore *store, const char *account_id, gpointer user_data)
{
  Fixture *fixture = user_data;

  g_string_append_printf (fixture->changes, "%s ", account_id);
}

static void
notify_cb (GObject *object, GParamSpec *pspec, gpointer user_data)
{
  Fixture *fixture = user_data;

  fixture->n_notified++;
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->store = baton_secret_store_new ();
  fixture->changes = g_string_new (NULL);
  fixture->n_notified = 0;
  g_signal_connect (fixture->store, "changed", G_CALLBACK (changed_cb), fixture);
  g_signal_connect (fixture->store, "notify::state", G_CALLBACK (notify_cb), fixture);
  g_assert_cmpuint (baton_secret_store_get_state (fixture->store), ==, BATON_SECRET_STORE_UNKNOWN);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_assert_finalize_object (fixture->store);
  g_string_free (fixture->changes, TRUE);
}

static void
result_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  GAsyncResult **slot = user_data;

  g_assert_null (*slot);
  *slot = g_object_ref (result);
}

static GAsyncResult *
wait_for (GAsyncResult **slot)
{
  gint64 limit = g_get_monotonic_time () + MINUTE;

  while (*slot == NULL)
    {
      g_assert_cmpint (g_get_monotonic_time (), <, limit);
      g_main_context_iteration (NULL, TRUE);
    }

  return *slot;
}

static gboolean
store (Fixture *fixture, const char *account_id, BatonSecretKind kind, const char *value, GError **error)
{
  g_autoptr (BatonSecret) secret = baton_secret_new (kind, value, 5, 6);
  g_autoptr (GAsyncResult) result = NULL;

  baton_secret_store_store_async (fixture->store, account_id, "Acme / Production", secret, NULL, result_cb, &result);

  return baton_secret_store_store_finish (fixture->store, wait_for (&result), error);
}

static BatonSecret *
lookup (Fixture *fixture, const char *account_id, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  baton_secret_store_lookup_async (fixture->store, account_id, NULL, result_cb, &result);

  return baton_secret_store_lookup_finish (fixture->store, wait_for (&result), error);
}

static gboolean
clear (Fixture *fixture, const char *account_id, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  baton_secret_store_clear_async (fixture->store, account_id, NULL, result_cb, &result);

  return baton_secret_store_clear_finish (fixture->store, wait_for (&result), error);
}

static GListModel *
list (Fixture *fixture, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  baton_secret_store_list_async (fixture->store, NULL, result_cb, &result);

  return baton_secret_store_list_finish (fixture->store, wait_for (&result), error);
}

static gboolean
unlock (Fixture *fixture, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  baton_secret_store_unlock_async (fixture->store, NULL, result_cb, &result);

  return baton_secret_store_unlock_finish (fixture->store, wait_for (&result), error);
}

static void
assert_kept (Fixture *fixture, const char *account_id, BatonSecretKind kind, const char *value)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BatonSecret) secret = lookup (fixture, account_id, &error);

  g_assert_no_error (error);

  if (value == NULL)
    {
      g_assert_null (secret);
      return;
    }

  g_assert_nonnull (secret);
  g_assert_cmpstr (baton_secret_get_value (secret), ==, value);
  g_assert_cmpuint (baton_secret_get_kind (secret), ==, kind);
  g_assert_cmpint (baton_secret_get_saved_at (secret), ==, 5);
  g_assert_cmpint (baton_secret_get_expires_at (secret), ==, 6);
}

static void
assert_listed (Fixture *fixture, guint n)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GListModel) items = list (fixture, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (g_list_model_get_n_items (items), ==, n);
}

static void
call (const char *path, const char *interface, const char *method, GVariant *arguments)
{
  g_autoptr (GDBusConnection) bus = g_bus_get_sync (G_BUS_TYPE_SESSION, NULL, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) answer = g_dbus_connection_call_sync (bus, SERVICE, path, interface, method, arguments,
                                                             NULL, G_DBUS_CALL_FLAGS_NONE, -1, NULL, &error);

  g_assert_no_error (error);
}

/* Another program locks the default keyring. */
static void
lock_keyring (void)
{
  const char *const paths[] = { "/org/freedesktop/secrets/aliases/default", NULL };

  call ("/org/freedesktop/secrets", "org.freedesktop.Secret.Service", "Lock", g_variant_new ("(^ao)", paths));
}

static void
test_round (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GListModel) items = NULL;
  g_autoptr (BatonSecretItem) item = NULL;

  assert_kept (fixture, "a1", 0, NULL);
  g_assert_cmpuint (baton_secret_store_get_state (fixture->store), ==, BATON_SECRET_STORE_AVAILABLE);
  g_assert_cmpuint (fixture->n_notified, ==, 1);
  assert_listed (fixture, 0);

  g_assert_true (store (fixture, "a1", BATON_SECRET_USER_KEY, "key one", &error));
  g_assert_no_error (error);
  g_assert_true (store (fixture, "a2", BATON_SECRET_PASSWORD, "p\303\244ss \"two\"\n", &error));
  g_assert_no_error (error);
  assert_kept (fixture, "a1", BATON_SECRET_USER_KEY, "key one");
  assert_kept (fixture, "a2", BATON_SECRET_PASSWORD, "p\303\244ss \"two\"\n");
  assert_kept (fixture, "a", 0, NULL);

  /* the same kind, then another: always one item an account */
  g_assert_true (store (fixture, "a1", BATON_SECRET_USER_KEY, "key two", &error));
  assert_kept (fixture, "a1", BATON_SECRET_USER_KEY, "key two");
  assert_listed (fixture, 2);
  g_assert_true (store (fixture, "a1", BATON_SECRET_REFRESH_TOKEN, "token", &error));
  assert_kept (fixture, "a1", BATON_SECRET_REFRESH_TOKEN, "token");
  assert_listed (fixture, 2);

  g_assert_true (clear (fixture, "a2", &error));
  g_assert_no_error (error);
  assert_kept (fixture, "a2", 0, NULL);
  g_assert_true (clear (fixture, "a2", &error));
  g_assert_no_error (error);

  items = list (fixture, &error);
  g_assert_cmpuint (g_list_model_get_n_items (items), ==, 1);
  item = g_list_model_get_item (items, 0);
  g_assert_cmpstr (baton_secret_item_get_account_id (item), ==, "a1");
  g_assert_cmpstr (baton_secret_item_get_label (item), ==, "Acme / Production");
  g_assert_cmpuint (baton_secret_item_get_kind (item), ==, BATON_SECRET_REFRESH_TOKEN);
  g_assert_cmpint (ABS (baton_secret_item_get_saved_at (item) - g_get_real_time ()), <, 10 * MINUTE);

  g_assert_true (unlock (fixture, &error));
  g_assert_true (clear (fixture, "a1", &error));
  assert_listed (fixture, 0);
  g_assert_cmpstr (fixture->changes->str, ==, "a1 a2 a1 a1 a2 a1 ");
}

static void
test_memory (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BatonSecret) secret = baton_secret_new (BATON_SECRET_USER_KEY, "only now", 5, 6);

  g_assert_false (baton_secret_store_is_in_memory (fixture->store, "m"));
  baton_secret_store_keep_in_memory (fixture->store, "m", secret);
  g_assert_true (baton_secret_store_is_in_memory (fixture->store, "m"));
  assert_kept (fixture, "m", BATON_SECRET_USER_KEY, "only now");

  /* a rotated secret stays where the user put the first */
  g_assert_true (store (fixture, "m", BATON_SECRET_REFRESH_TOKEN, "rotated", &error));
  g_assert_no_error (error);
  g_assert_true (baton_secret_store_is_in_memory (fixture->store, "m"));
  assert_kept (fixture, "m", BATON_SECRET_REFRESH_TOKEN, "rotated");
  g_assert_cmpuint (baton_secret_store_get_state (fixture->store), ==, BATON_SECRET_STORE_UNKNOWN);

  baton_secret_store_drop_from_memory (fixture->store, "m");
  baton_secret_store_drop_from_memory (fixture->store, "m");
  g_assert_false (baton_secret_store_is_in_memory (fixture->store, "m"));
  g_assert_cmpstr (fixture->changes->str, ==, "m m m ");
}

static void
test_memory_is_not_kept (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BatonSecret) secret = baton_secret_new (BATON_SECRET_USER_KEY, "only now", 5, 6);

  baton_secret_store_keep_in_memory (fixture->store, "m", secret);
  assert_listed (fixture, 0);
  g_assert_true (clear (fixture, "m", &error));
  g_assert_false (baton_secret_store_is_in_memory (fixture->store, "m"));
  assert_kept (fixture, "m", 0, NULL);
}

static void
check_all_fail (Fixture *fixture, BatonErrorCode code, BatonSecretStoreState state)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (store (fixture, "a1", BATON_SECRET_USER_KEY, "key-not-to-tell", &error));
  g_assert_error (error, BATON_ERROR, (int) code);
  g_assert_null (strstr (error->message, "key-not-to-tell"));
  g_assert_cmpuint (baton_secret_store_get_state (fixture->store), ==, state);
  g_clear_error (&error);

  g_assert_null (lookup (fixture, "a1", &error));
  g_assert_error (error, BATON_ERROR, (int) code);
  g_clear_error (&error);

  g_assert_false (clear (fixture, "a1", &error));
  g_assert_error (error, BATON_ERROR, (int) code);
  g_clear_error (&error);

  g_assert_null (list (fixture, &error));
  g_assert_error (error, BATON_ERROR, (int) code);
  g_clear_error (&error);

  g_assert_cmpuint (fixture->n_notified, ==, 1);
  g_assert_cmpstr (fixture->changes->str, ==, "");
}

static void
test_unavailable (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  check_all_fail (fixture, BATON_ERROR_KEYRING_UNAVAILABLE, BATON_SECRET_STORE_UNAVAILABLE);
  g_assert_false (unlock (fixture, &error));
  g_assert_error (error, BATON_ERROR, BATON_ERROR_KEYRING_UNAVAILABLE);
}

static void
test_cancelled (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  baton_secret_store_lookup_async (fixture->store, "a1", cancellable, result_cb, &result);
  g_cancellable_cancel (cancellable);
  g_assert_null (baton_secret_store_lookup_finish (fixture->store, wait_for (&result), &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

/* Another program deletes the item. */
static void
test_deleted_elsewhere (Fixture *fixture, gconstpointer data)
{
  BatonSecretStore *other = baton_secret_store_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (store (fixture, "gone", BATON_SECRET_USER_KEY, "key", &error));
  baton_secret_store_clear_async (other, "gone", NULL, result_cb, &result);
  g_assert_true (baton_secret_store_clear_finish (other, wait_for (&result), &error));
  g_clear_object (&result);
  g_assert_finalize_object (other);

  assert_kept (fixture, "gone", 0, NULL);
  g_assert_true (clear (fixture, "gone", &error));
  g_assert_no_error (error);
  assert_listed (fixture, 0);
}

/* Another process writes the same item, and this one sees it, and can write after that. */
static void
test_written_elsewhere (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GSubprocessLauncher) launcher = g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDOUT_SILENCE);
  g_autoptr (GError) error = NULL;

  g_subprocess_launcher_setenv (launcher, "BATON_TEST_SITUATION", "seed", TRUE);
  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (GSubprocess) other = NULL;

      g_assert_true (store (fixture, "a1", BATON_SECRET_USER_KEY, "older", &error));
      g_assert_no_error (error);
      assert_kept (fixture, "a1", BATON_SECRET_USER_KEY, "older");
      other = g_subprocess_launcher_spawn (launcher, &error, program, NULL);
      g_assert_no_error (error);
      g_assert_true (g_subprocess_wait_check (other, NULL, &error));
      assert_kept (fixture, "a1", BATON_SECRET_USER_KEY, "key");
    }
  g_assert_true (clear (fixture, "a1", &error));
  assert_listed (fixture, 0);
}

/* What cannot be read is not written over, and is there again when it is whole. */
static void
test_broken_file (Fixture *fixture, gconstpointer data)
{
  const char *path = g_getenv ("SECRET_FILE_TEST_PATH");
  g_autofree char *whole = NULL;
  g_autofree char *after = NULL;
  g_autoptr (GError) error = NULL;
  gsize length;

  g_assert_true (store (fixture, "a1", BATON_SECRET_USER_KEY, "key", &error));
  g_assert_true (g_file_get_contents (path, &whole, &length, &error));
  fixture->n_notified = 0;
  g_string_truncate (fixture->changes, 0);
  g_assert_true (g_file_set_contents (path, "no keyring at all", -1, &error));
  check_all_fail (fixture, BATON_ERROR_KEYRING_UNAVAILABLE, BATON_SECRET_STORE_UNAVAILABLE);
  g_assert_true (g_file_get_contents (path, &after, NULL, &error));
  g_assert_cmpstr (after, ==, "no keyring at all");

  g_assert_true (g_file_set_contents (path, whole, (gssize) length, &error));
  assert_kept (fixture, "a1", BATON_SECRET_USER_KEY, "key");
  g_assert_true (clear (fixture, "a1", &error));
}

/* Two stores write at the same time, and neither loses what the other wrote. */
static void
test_written_at_once (Fixture *fixture, gconstpointer data)
{
  g_autoptr (BatonSecret) secret = baton_secret_new (BATON_SECRET_USER_KEY, "key", 5, 6);
  GAsyncResult *results[8] = { NULL };
  BatonSecretStore *others[8] = { NULL };
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (others); i++)
    {
      g_autofree char *id = g_strdup_printf ("many-%u", i);

      others[i] = baton_secret_store_new ();
      baton_secret_store_store_async (others[i], id, "Many", secret, NULL, result_cb, &results[i]);
    }
  for (guint i = 0; i < G_N_ELEMENTS (others); i++)
    {
      g_assert_true (baton_secret_store_store_finish (others[i], wait_for (&results[i]), &error));
      g_assert_no_error (error);
    }
  assert_listed (fixture, G_N_ELEMENTS (others));
  for (guint i = 0; i < G_N_ELEMENTS (others); i++)
    {
      g_autofree char *id = g_strdup_printf ("many-%u", i);

      assert_kept (fixture, id, BATON_SECRET_USER_KEY, "key");
      g_assert_true (clear (fixture, id, &error));
      g_object_unref (results[i]);
      g_assert_finalize_object (others[i]);
    }
}

static void
test_locked_while_it_runs (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (store (fixture, "a1", BATON_SECRET_USER_KEY, "key", &error));
  g_assert_no_error (error);
  fixture->n_notified = 0;
  g_string_truncate (fixture->changes, 0);
  lock_keyring ();
  check_all_fail (fixture, BATON_ERROR_KEYRING_LOCKED, BATON_SECRET_STORE_LOCKED);

  /* nobody there to answer the system's dialog */
  g_assert_false (unlock (fixture, &error));
  g_assert_error (error, BATON_ERROR, BATON_ERROR_KEYRING_LOCKED);
}

static void
test_locked (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BatonSecret) secret = baton_secret_new (BATON_SECRET_USER_KEY, "only now", 5, 6);

  check_all_fail (fixture, BATON_ERROR_KEYRING_LOCKED, BATON_SECRET_STORE_LOCKED);
  g_assert_false (unlock (fixture, &error));
  g_assert_error (error, BATON_ERROR, BATON_ERROR_KEYRING_LOCKED);

  baton_secret_store_keep_in_memory (fixture->store, "a1", secret);
  assert_kept (fixture, "a1", BATON_SECRET_USER_KEY, "only now");
}

static void
test_seed (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (store (fixture, "a1", BATON_SECRET_USER_KEY, "key", &error));
  g_assert_no_error (error);
}

static void
mock (const char *setting, const char *value)
{
  call ("/mock", "io.github.baton_desktop.Mock", "Set", g_variant_new ("(ss)", setting, value));
}

static gint64
mock_count_prompts (void)
{
  g_autoptr (GDBusConnection) bus = g_bus_get_sync (G_BUS_TYPE_SESSION, NULL, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) answer = NULL;
  gint64 n = 0;

  answer = g_dbus_connection_call_sync (bus, SERVICE, "/mock", "io.github.baton_desktop.Mock", "CountPrompts", NULL,
                                        G_VARIANT_TYPE ("(x)"), G_DBUS_CALL_FLAGS_NONE, -1, NULL, &error);
  g_assert_no_error (error);
  g_variant_get (answer, "(x)", &n);

  return n;
}

static void
test_prompts_only_when_asked (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  mock ("reset", "");
  g_assert_true (store (fixture, "a1", BATON_SECRET_USER_KEY, "key", &error));
  g_assert_no_error (error);
  fixture->n_notified = 0;
  g_string_truncate (fixture->changes, 0);
  lock_keyring ();

  check_all_fail (fixture, BATON_ERROR_KEYRING_LOCKED, BATON_SECRET_STORE_LOCKED);
  g_assert_cmpint (mock_count_prompts (), ==, 0);

  mock ("answer", "dismiss");
  g_assert_false (unlock (fixture, &error));
  g_assert_error (error, BATON_ERROR, BATON_ERROR_KEYRING_LOCKED);
  g_clear_error (&error);
  g_assert_cmpint (mock_count_prompts (), ==, 1);

  mock ("answer", "accept");
  g_assert_true (unlock (fixture, &error));
  g_assert_no_error (error);
  g_assert_cmpint (mock_count_prompts (), ==, 2);
  g_assert_cmpuint (baton_secret_store_get_state (fixture->store), ==, BATON_SECRET_STORE_AVAILABLE);
  assert_kept (fixture, "a1", BATON_SECRET_USER_KEY, "key");

  /* open already: nothing to ask */
  g_assert_true (unlock (fixture, &error));
  g_assert_cmpint (mock_count_prompts (), ==, 2);
}

static void
test_prompt_is_cancelled (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  gint64 limit = g_get_monotonic_time () + MINUTE;

  mock ("reset", "");
  lock_keyring ();
  mock ("answer", "wait");
  baton_secret_store_unlock_async (fixture->store, cancellable, result_cb, &result);
  while (mock_count_prompts () == 0)
    {
      g_assert_cmpint (g_get_monotonic_time (), <, limit);
      g_main_context_iteration (NULL, FALSE);
    }
  g_assert_null (result);
  g_cancellable_cancel (cancellable);
  g_assert_false (baton_secret_store_unlock_finish (fixture->store, wait_for (&result), &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

static void
test_no_keyring_yet (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  mock ("reset", "");
  mock ("collection", "none");

  /* nothing can be kept in none, and that is no lock */
  assert_kept (fixture, "a1", 0, NULL);
  assert_listed (fixture, 0);
  g_assert_cmpuint (baton_secret_store_get_state (fixture->store), ==, BATON_SECRET_STORE_LOCKED);
  g_assert_false (store (fixture, "a1", BATON_SECRET_USER_KEY, "key", &error));
  g_assert_error (error, BATON_ERROR, BATON_ERROR_KEYRING_LOCKED);
  g_clear_error (&error);
  g_assert_cmpint (mock_count_prompts (), ==, 0);

  mock ("answer", "dismiss");
  g_assert_false (unlock (fixture, &error));
  g_assert_error (error, BATON_ERROR, BATON_ERROR_KEYRING_LOCKED);
  g_clear_error (&error);

  mock ("answer", "accept");
  g_assert_true (unlock (fixture, &error));
  g_assert_no_error (error);
  g_assert_true (store (fixture, "a1", BATON_SECRET_USER_KEY, "key", &error));
  assert_kept (fixture, "a1", BATON_SECRET_USER_KEY, "key");
}

static void
test_unreadable (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  mock ("reset", "");
  g_assert_true (store (fixture, "a1", BATON_SECRET_USER_KEY, "key", &error));
  mock ("spoil", "of a later version");
  g_assert_null (lookup (fixture, "a1", &error));
  g_assert_error (error, BATON_ERROR, BATON_ERROR_BAD_ANSWER);
  g_clear_error (&error);

  /* it may be replaced, and cleared */
  g_assert_true (store (fixture, "a1", BATON_SECRET_PASSWORD, "pass", &error));
  assert_kept (fixture, "a1", BATON_SECRET_PASSWORD, "pass");
}

static void
test_forgetful (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  mock ("reset", "");
  mock ("forgetful", "yes");
  g_assert_false (store (fixture, "a1", BATON_SECRET_USER_KEY, "key", &error));
  g_assert_error (error, BATON_ERROR, BATON_ERROR_KEYRING_UNAVAILABLE);
  mock ("reset", "");
}

/* The service goes away in the middle of each call that it may be asked, and comes back. */
static void
test_goes_and_comes (Fixture *fixture, gconstpointer data)
{
  const char *const calls[] = { "ReadAlias", "SearchItems", "OpenSession", "CreateItem", "GetSecret", "GetSecrets" };

  for (guint i = 0; i < G_N_ELEMENTS (calls); i++)
    {
      g_autoptr (GError) error = NULL;
      gint64 limit = g_get_monotonic_time () + MINUTE;
      gboolean stored = FALSE;

      g_test_message ("%s", calls[i]);
      mock ("reset", "");
      mock ("end-on", calls[i]);

      /* not all are asked */
      stored = store (fixture, "a1", BATON_SECRET_USER_KEY, "key", &error);
      if (!stored)
        g_assert_error (error, BATON_ERROR, BATON_ERROR_KEYRING_UNAVAILABLE);
      g_clear_error (&error);

      while (!store (fixture, "a1", BATON_SECRET_USER_KEY, "key", &error))
        {
          g_assert_error (error, BATON_ERROR, BATON_ERROR_KEYRING_UNAVAILABLE);
          g_clear_error (&error);
          g_assert_cmpint (g_get_monotonic_time (), <, limit);
        }

      assert_kept (fixture, "a1", BATON_SECRET_USER_KEY, "key");
      g_assert_cmpuint (baton_secret_store_get_state (fixture->store), ==, BATON_SECRET_STORE_AVAILABLE);
    }

  mock ("reset", "");
}

static void
keep_until_kept (Fixture *fixture, const char *value, BatonErrorCode code)
{
  g_autoptr (BatonSecret) secret = baton_secret_new (BATON_SECRET_REFRESH_TOKEN, value, 5, 6);
  g_autoptr (GError) error = g_error_new_literal (BATON_ERROR, (int) code, "x");

  baton_secret_store_keep_until_kept (fixture->store, "a1", "Acme", secret, error);
}

/* @value: what the keyring has, whatever the memory of this store has. */
static void
assert_in_keyring (const char *value)
{
  Fixture other = { .store = baton_secret_store_new () };

  assert_kept (&other, "a1", BATON_SECRET_REFRESH_TOKEN, value);
  g_assert_finalize_object (other.store);
}

static void
wait_until_kept (Fixture *fixture)
{
  gint64 limit = g_get_monotonic_time () + MINUTE;

  while (baton_secret_store_get_unkept_error (fixture->store, "a1") != NULL)
    {
      g_assert_cmpint (g_get_monotonic_time (), <, limit);
      g_main_context_iteration (NULL, FALSE);
    }
  g_assert_false (baton_secret_store_is_in_memory (fixture->store, "a1"));
}

/* What the keyring did not take comes to it as soon as it is unlocked. */
static void
test_kept_when_unlocked (Fixture *fixture, gconstpointer data)
{
  BatonSecretStore *other = baton_secret_store_new ();
  g_autoptr (GError) error = NULL;

  mock ("reset", "");
  g_assert_true (store (fixture, "a1", BATON_SECRET_REFRESH_TOKEN, "old", &error));
  lock_keyring ();
  g_assert_false (store (fixture, "a1", BATON_SECRET_REFRESH_TOKEN, "new", &error));
  g_assert_error (error, BATON_ERROR, BATON_ERROR_KEYRING_LOCKED);
  g_clear_error (&error);
  keep_until_kept (fixture, "new", BATON_ERROR_KEYRING_LOCKED);
  g_assert_error (baton_secret_store_get_unkept_error (fixture->store, "a1"), BATON_ERROR, BATON_ERROR_KEYRING_LOCKED);
  assert_kept (fixture, "a1", BATON_SECRET_REFRESH_TOKEN, "new");

  /* Those who have it know, and those who do not. */
  g_assert_false (baton_secret_store_is_unkept_elsewhere (fixture->store, "a1"));
  g_assert_true (baton_secret_store_is_unkept_elsewhere (other, "a1"));
  g_assert_false (baton_secret_store_is_unkept_elsewhere (other, "a2"));

  /* A try that fails in between asks nobody. */
  baton_secret_store_keep_again (fixture->store, NULL);
  assert_kept (fixture, "a1", BATON_SECRET_REFRESH_TOKEN, "new");
  g_assert_cmpint (mock_count_prompts (), ==, 0);

  g_assert_true (unlock (fixture, &error));
  g_assert_no_error (error);
  wait_until_kept (fixture);
  assert_in_keyring ("new");
  g_assert_false (baton_secret_store_is_unkept_elsewhere (other, "a1"));
  g_assert_finalize_object (other);
}

/* And by itself where the service comes back; what took its place meanwhile is what is kept. */
static void
test_kept_by_itself (Fixture *fixture, gconstpointer data)
{
  g_autoptr (BatonSecret) newest = baton_secret_new (BATON_SECRET_REFRESH_TOKEN, "newest", 5, 6);

  mock ("reset", "");
  mock ("end-on", "SearchItems");
  keep_until_kept (fixture, "new", BATON_ERROR_KEYRING_UNAVAILABLE);
  baton_secret_store_keep_in_memory (fixture->store, "a1", newest);
  wait_until_kept (fixture);
  assert_in_keyring ("newest");
  mock ("reset", "");
}

/* Given up by who put it there: nothing comes to the keyring any more. */
static void
test_kept_no_more (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  mock ("reset", "");
  lock_keyring ();
  keep_until_kept (fixture, "new", BATON_ERROR_KEYRING_LOCKED);
  baton_secret_store_drop_from_memory (fixture->store, "a1");
  g_assert_no_error (baton_secret_store_get_unkept_error (fixture->store, "a1"));
  g_assert_true (unlock (fixture, &error));
  assert_listed (fixture, 0);
}

int
main (int argc, char *argv[])
{
  const char *situation = g_getenv ("BATON_TEST_SITUATION");

  g_test_init (&argc, &argv, NULL);
  program = argv[0];

  if (situation == NULL)
    {
      g_print ("1..0 # SKIP run by with-bus.sh\n");
      return 0;
    }

#define ADD(name, function) \
  g_test_add ("/baton/secrets/store/" name, Fixture, NULL, set_up, function, tear_down)

  if (g_str_equal (situation, "seed"))
    {
      ADD ("seed", test_seed);
      return g_test_run ();
    }

  ADD ("memory", test_memory);

  if (g_str_equal (situation, "file") || g_str_equal (situation, "keyring"))
    {
      ADD ("round", test_round);
      ADD ("memory-is-not-kept", test_memory_is_not_kept);
      ADD ("cancelled", test_cancelled);
      ADD ("deleted-elsewhere", test_deleted_elsewhere);
      ADD ("written-elsewhere", test_written_elsewhere);
      ADD ("written-at-once", test_written_at_once);
    }

  if (g_str_equal (situation, "file"))
    ADD ("broken-file", test_broken_file);

  if (g_str_equal (situation, "keyring"))
    ADD ("locked-while-it-runs", test_locked_while_it_runs);

  if (g_str_equal (situation, "locked"))
    ADD ("locked", test_locked);

  if (g_str_equal (situation, "no-bus") || g_str_equal (situation, "no-service"))
    ADD ("unavailable", test_unavailable);

  if (g_str_equal (situation, "prompts"))
    {
      ADD ("round", test_round);
      ADD ("prompts-only-when-asked", test_prompts_only_when_asked);
      ADD ("prompt-is-cancelled", test_prompt_is_cancelled);
      ADD ("no-keyring-yet", test_no_keyring_yet);
      ADD ("unreadable", test_unreadable);
      ADD ("forgetful", test_forgetful);
      ADD ("goes-and-comes", test_goes_and_comes);
      ADD ("kept-when-unlocked", test_kept_when_unlocked);
      ADD ("kept-by-itself", test_kept_by_itself);
      ADD ("kept-no-more", test_kept_no_more);
    }

  return g_test_run ();
}
