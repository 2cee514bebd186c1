/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gstdio.h>

#include "baton-expiry-feed.h"
#include "baton-expiry-watch.h"
#include "tests/wait.h"

#define DAY (24 * 3600LL * G_USEC_PER_SEC)
#define NOW (1700000000LL * G_USEC_PER_SEC)

typedef struct
{
  char *folder;
  GFile *file;
  BatonExpiries *expiries;
  BatonClock *clock;
  GString *told; /* "name:days " in the order of telling */
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = NULL;

  fixture->folder = g_dir_make_tmp ("baton-expiries-XXXXXX", NULL);
  path = g_build_filename (fixture->folder, "expiries.ini", NULL);
  fixture->file = g_file_new_for_path (path);
  fixture->expiries = baton_expiries_new (fixture->file);
  fixture->clock = baton_clock_new_fake (NOW);
  fixture->told = g_string_new (NULL);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  wait_gone (fixture->expiries);
  g_unlink (g_file_peek_path (fixture->file));
  g_rmdir (fixture->folder);
  g_free (fixture->folder);
  g_clear_object (&fixture->file);
  g_clear_object (&fixture->clock);
  g_string_free (fixture->told, TRUE);
}

/* As the program ends and begins again. */
static void
restart (Fixture *fixture)
{
  wait_gone (fixture->expiries);
  fixture->expiries = baton_expiries_new (fixture->file);
}

static void
know (Fixture *fixture, const char *account, BatonExpiryKind kind, const char *id, gint64 expires)
{
  g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func (g_object_unref);

  g_ptr_array_add (list, baton_expiry_new (kind, account, id, id, expires));
  baton_expiries_replace (fixture->expiries, account, kind, list);
}

static char *
list_ids (Fixture *fixture)
{
  GString *ids = g_string_new (NULL);
  GListModel *list = G_LIST_MODEL (fixture->expiries);

  for (guint i = 0; i < g_list_model_get_n_items (list); i++)
    {
      g_autoptr (BatonExpiry) expiry = g_list_model_get_item (list, i);

      g_string_append_printf (ids, "%s%s", i > 0 ? " " : "", baton_expiry_get_id (expiry));
    }

  return g_string_free (ids, FALSE);
}

static gboolean
has_ids (Fixture *fixture, const char *expected)
{
  g_autofree char *ids = list_ids (fixture);

  return g_str_equal (ids, expected);
}

static void
assert_ids (Fixture *fixture, const char *expected)
{
  g_autofree char *ids = list_ids (fixture);

  g_assert_cmpstr (ids, ==, expected);
}

static void
test_order (Fixture *fixture, gconstpointer data)
{
  know (fixture, "a", BATON_EXPIRY_SIGN_IN, "late", NOW + 60 * DAY);
  know (fixture, "b", BATON_EXPIRY_PERSONAL_ACCESS_TOKEN, "soon [1]", NOW + 2 * DAY);
  know (fixture, "b", BATON_EXPIRY_APPLICATION_SECRET, "middle", NOW + 20 * DAY);
  know (fixture, "b", BATON_EXPIRY_ACCESS_TOKEN, "first", NOW + 60);
  assert_ids (fixture, "first soon [1] middle late");

  /* The token of an hour is not kept. */
  restart (fixture);
  assert_ids (fixture, "soon [1] middle late");

  /* What an account knows takes the place of what it knew, of that kind alone. */
  know (fixture, "b", BATON_EXPIRY_PERSONAL_ACCESS_TOKEN, "another", NOW + 3 * DAY);
  assert_ids (fixture, "another middle late");
  /* Another account that sees the same thing does not double it. */
  know (fixture, "c", BATON_EXPIRY_APPLICATION_SECRET, "middle", NOW + 90 * DAY);
  assert_ids (fixture, "another late middle");
  baton_expiries_forget (fixture->expiries, "b");
  assert_ids (fixture, "late middle");
  restart (fixture);
  assert_ids (fixture, "late middle");
}

static void
test_unreadable (Fixture *fixture, gconstpointer data)
{
  static const char text[] = "[expiry sign-in a]\nkind=sign-in\nid=a\n\n[expiry x]\nkind=nonsense\n"
                             "account=a\nid=x\nname=x\nexpires=5\n\n[expiry sign-in b]\n"
                             "kind=sign-in\naccount=b\nid=b\nname=B\nexpires=1700000000000000\n";

  g_assert_true (g_file_set_contents (g_file_peek_path (fixture->file), text, -1, NULL));
  restart (fixture);
  assert_ids (fixture, "b");
}

static void
due_cb (BatonExpiryWatch *watch, BatonExpiry *expiry, guint days, Fixture *fixture)
{
  g_string_append_printf (fixture->told, "%s:%u ", baton_expiry_get_id (expiry), days);
}

static BatonExpiryWatch *
start_watch (Fixture *fixture)
{
  BatonExpiryWatch *watch = baton_expiry_watch_new (fixture->expiries, fixture->clock);

  g_signal_connect (watch, "due", G_CALLBACK (due_cb), fixture);
  baton_expiry_watch_start (watch);

  return watch;
}

static void
test_each_threshold_once (Fixture *fixture, gconstpointer data)
{
  BatonExpiryWatch *watch = NULL;

  know (fixture, "a", BATON_EXPIRY_APPLICATION_SECRET, "secret", NOW + 20 * DAY);
  know (fixture, "a", BATON_EXPIRY_ACCESS_TOKEN, "token", NOW + DAY / 24);
  watch = start_watch (fixture);
  g_assert_cmpstr (fixture->told->str, ==, "");

  baton_clock_advance (fixture->clock, 6 * DAY - 1);
  g_assert_cmpstr (fixture->told->str, ==, "");
  baton_clock_advance (fixture->clock, 1);
  g_assert_cmpstr (fixture->told->str, ==, "secret:14 ");
  baton_clock_advance (fixture->clock, 10 * DAY);
  g_assert_cmpstr (fixture->told->str, ==, "secret:14 ");
  baton_clock_advance (fixture->clock, DAY);
  g_assert_cmpstr (fixture->told->str, ==, "secret:14 secret:3 ");
  baton_clock_advance (fixture->clock, 10 * DAY);
  g_assert_cmpstr (fixture->told->str, ==, "secret:14 secret:3 secret:1 ");
  g_assert_finalize_object (watch);
}

static void
test_restart (Fixture *fixture, gconstpointer data)
{
  BatonExpiryWatch *watch = NULL;

  know (fixture, "a", BATON_EXPIRY_SIGN_IN, "a", NOW + 14 * DAY);
  watch = start_watch (fixture);
  g_assert_cmpstr (fixture->told->str, ==, "a:14 ");
  g_assert_finalize_object (watch);

  restart (fixture);
  watch = start_watch (fixture);
  g_assert_cmpstr (fixture->told->str, ==, "a:14 ");
  g_assert_finalize_object (watch);

  /* It did not run for twelve days: of 3 days nobody is told any more. */
  baton_clock_advance (fixture->clock, 13 * DAY + DAY / 2);
  restart (fixture);
  watch = start_watch (fixture);
  g_assert_cmpstr (fixture->told->str, ==, "a:14 a:1 ");
  g_assert_finalize_object (watch);

  /* Expired: there is nothing ahead to tell. */
  g_string_truncate (fixture->told, 0);
  baton_clock_advance (fixture->clock, 2 * DAY);
  watch = start_watch (fixture);
  g_assert_cmpstr (fixture->told->str, ==, "");
  g_assert_finalize_object (watch);
}

/* One that was renewed begins anew. */
static void
test_renewed (Fixture *fixture, gconstpointer data)
{
  BatonExpiryWatch *watch = NULL;

  know (fixture, "a", BATON_EXPIRY_SIGN_IN, "a", NOW + DAY);
  watch = start_watch (fixture);
  know (fixture, "a", BATON_EXPIRY_SIGN_IN, "a", NOW + 60 * DAY);
  baton_clock_advance (fixture->clock, 46 * DAY);
  g_assert_cmpstr (fixture->told->str, ==, "a:1 a:14 ");
  g_assert_finalize_object (watch);
}

/* The machine sleeps, and its timers with it. */
static void
test_suspended (Fixture *fixture, gconstpointer data)
{
  BatonExpiryWatch *watch = NULL;

  know (fixture, "a", BATON_EXPIRY_SIGN_IN, "a", NOW + 20 * DAY);
  watch = start_watch (fixture);
  baton_clock_jump_wall (fixture->clock, 18 * DAY);
  baton_clock_advance (fixture->clock, DAY / 24);
  g_assert_cmpstr (fixture->told->str, ==, "a:3 ");
  g_assert_finalize_object (watch);
}

static void
test_feed (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = g_build_filename (fixture->folder, "accounts.ini", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (BatonAccounts) accounts = baton_accounts_new (file);
  g_autoptr (BatonSecretStore) store = baton_secret_store_new ();
  g_autoptr (BatonDeployment) deployment
      = baton_deployment_parse ("https://rpa.example/acme/Prod", NULL);
  g_autoptr (BatonAccount) account
      = baton_account_new ("an-account", deployment, BATON_METHOD_PERSONAL_ACCESS_TOKEN);
  g_autoptr (BatonSecret) secret = baton_secret_new (BATON_SECRET_PERSONAL_ACCESS_TOKEN,
                                                     "a-token-of-a-test", NOW, NOW + 30 * DAY);
  BatonExpiryFeed *feed = NULL;

  /* Of an account that is there no more. */
  know (fixture, "gone", BATON_EXPIRY_PERSONAL_ACCESS_TOKEN, "gone", NOW + DAY);
  feed = baton_expiry_feed_new (fixture->expiries, accounts, store);
  assert_ids (fixture, "");

  baton_accounts_add (accounts, account);
  baton_secret_store_keep_in_memory (store, "an-account", secret);
  wait_until (has_ids (fixture, "an-account"));
  know (fixture, "an-account", BATON_EXPIRY_APPLICATION_SECRET, "7", NOW + 90 * DAY);
  baton_accounts_remove (accounts, account);
  assert_ids (fixture, "");
  wait_gone (feed);
  baton_accounts_flush (accounts);
  g_unlink (path);
}

int
main (int argc, char **argv)
{
  /* a bus that nobody is at */
  g_setenv ("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent/bus", TRUE);
  g_test_init (&argc, &argv, NULL);

#define ADD(name, function)                                                                        \
  g_test_add ("/baton/models/expiries/" name, Fixture, NULL, set_up, function, tear_down)
  ADD ("order", test_order);
  ADD ("unreadable", test_unreadable);
  ADD ("each-threshold-once", test_each_threshold_once);
  ADD ("restart", test_restart);
  ADD ("renewed", test_renewed);
  ADD ("suspended", test_suspended);
  ADD ("feed", test_feed);

  return g_test_run ();
}
