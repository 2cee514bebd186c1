/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gstdio.h>

#include "baton-accounts.h"

typedef struct
{
  char *folder;
  GFile *file;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = NULL;

  fixture->folder = g_dir_make_tmp ("baton-accounts-XXXXXX", NULL);
  path = g_build_filename (fixture->folder, "sub", "accounts.ini", NULL);
  fixture->file = g_file_new_for_path (path);
}

static void
remove_tree (const char *path)
{
  g_autoptr (GDir) folder = g_dir_open (path, 0, NULL);
  const char *name = NULL;

  while (folder != NULL && (name = g_dir_read_name (folder)) != NULL)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);

      if (g_file_test (child, G_FILE_TEST_IS_DIR))
        remove_tree (child);
      else
        g_unlink (child);
    }
  g_rmdir (path);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  remove_tree (fixture->folder);
  g_free (fixture->folder);
  g_clear_object (&fixture->file);
}

static char *
read_text (Fixture *fixture)
{
  char *text = NULL;

  g_file_get_contents (g_file_peek_path (fixture->file), &text, NULL, NULL);

  return text;
}

static void
write_text (Fixture *fixture, const char *text)
{
  g_autofree char *folder = g_path_get_dirname (g_file_peek_path (fixture->file));

  g_mkdir_with_parents (folder, 0700);
  g_assert_true (g_file_set_contents (g_file_peek_path (fixture->file), text, -1, NULL));
}

static BatonAccount *
make_account (const char *id)
{
  g_autoptr (BatonDeployment) deployment =
      baton_deployment_parse ("https://rpa.example/acme/AcmeDef123", NULL);
  g_autoptr (BatonTrust) none = baton_trust_new ();
  g_autoptr (BatonTrust) trust = baton_trust_with_pin (none, "rpa.example:443", "AB:CD");
  BatonAccount *account = baton_account_new (id, deployment, BATON_METHOD_USER_KEY);

  baton_account_set_client_id (account, "client");
  baton_account_set_tenant_display (account, "Acme Default");
  baton_account_set_folder_path (account, "Shared/Finance");
  baton_account_set_color (account, "blue");
  baton_account_set_trust (account, trust);

  return account;
}

static void
test_round_trip (Fixture *fixture, gconstpointer data)
{
  g_autoptr (BatonAccounts) accounts = baton_accounts_new (fixture->file);
  g_autoptr (BatonAccounts) again = NULL;
  g_autoptr (BatonAccount) account = make_account ("one");
  g_autoptr (BatonDeployment) standalone = baton_deployment_parse ("https://orch.example/Ä B",
                                                                   NULL);
  g_autoptr (BatonAccount) other = baton_account_new (NULL, standalone, BATON_METHOD_PASSWORD);
  g_autoptr (GPtrArray) tenants = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (BatonTenant) kept = NULL;
  g_autoptr (BatonDeployment) given = NULL;
  BatonAccount *read = NULL;
  GStatBuf status;

  g_assert_no_error (baton_accounts_get_error (accounts));
  g_assert_cmpint (g_list_model_get_n_items (G_LIST_MODEL (accounts)), ==, 0);

  g_ptr_array_add (tenants, baton_tenant_new ("acme", "Acme; Inc.", "AcmeDef123", "Acme Default"));
  g_ptr_array_add (tenants, baton_tenant_new (NULL, NULL, "Ä B", NULL));
  baton_account_set_tenants (account, tenants);
  given = baton_deployment_with_service (standalone, BATON_SERVICE_ORCHESTRATOR,
                                         "https://gw.example/orch");
  baton_account_set_deployment (other, given);
  baton_account_set_user_name (other, "admin");
  baton_account_set_name (other, "Old server");
  baton_accounts_add (accounts, account);
  baton_accounts_add (accounts, other);
  baton_accounts_add (accounts, other);
  baton_accounts_flush (accounts);
  g_assert_cmpint (g_stat (g_file_peek_path (fixture->file), &status), ==, 0);
  g_assert_cmpint (status.st_mode & 0777, ==, 0600);

  again = baton_accounts_new (fixture->file);
  g_assert_no_error (baton_accounts_get_error (again));
  g_assert_cmpint (g_list_model_get_n_items (G_LIST_MODEL (again)), ==, 2);

  read = baton_accounts_find (again, "one");
  g_assert_nonnull (read);
  g_assert_cmpstr (baton_account_get_name (read), ==, "acme / Acme Default");
  g_assert_cmpstr (baton_deployment_get_base_url (baton_account_get_deployment (read)), ==,
                   "https://rpa.example/acme/AcmeDef123/orchestrator_");
  g_assert_cmpint (baton_deployment_get_edition (baton_account_get_deployment (read)), ==,
                   BATON_EDITION_SUITE);
  g_assert_cmpstr (baton_account_get_client_id (read), ==, "client");
  g_assert_cmpstr (baton_account_get_folder_path (read), ==, "Shared/Finance");
  g_assert_cmpstr (baton_account_get_color (read), ==, "blue");
  g_assert_true (
      baton_trust_equal (baton_account_get_trust (read), baton_account_get_trust (account)));
  g_assert_cmpuint (g_list_model_get_n_items (baton_account_get_tenants (read)), ==, 2);
  for (guint i = 0; i < tenants->len; i++)
    {
      g_clear_object (&kept);
      kept = g_list_model_get_item (baton_account_get_tenants (read), i);
      g_assert_true (baton_tenant_equal (kept, g_ptr_array_index (tenants, i)));
    }

  read = baton_accounts_find (again, baton_account_get_id (other));
  g_assert_cmpint (baton_account_get_method (read), ==, BATON_METHOD_PASSWORD);
  g_assert_cmpuint (g_list_model_get_n_items (baton_account_get_tenants (read)), ==, 0);
  g_assert_cmpstr (baton_account_get_name (read), ==, "Old server");
  g_assert_cmpstr (baton_deployment_get_tenant (baton_account_get_deployment (read)), ==, "Ä B");
  g_assert_true (baton_deployment_needs_tenant_header (baton_account_get_deployment (read)));
  g_assert_cmpstr (baton_deployment_get_base_url (baton_account_get_deployment (read)), ==,
                   "https://gw.example/orch");
}

/* a moment after a change, by itself */
static void
test_written_after_change (Fixture *fixture, gconstpointer data)
{
  g_autoptr (BatonAccounts) accounts = baton_accounts_new (fixture->file);
  g_autoptr (BatonAccount) account = make_account ("one");
  g_autoptr (BatonDeployment) deployment =
      baton_deployment_parse ("https://rpa.example/acme/Other", NULL);
  gint64 limit = g_get_monotonic_time () + 20 * G_USEC_PER_SEC;
  gboolean found = FALSE;

  baton_accounts_add (accounts, account);
  baton_accounts_flush (accounts);
  baton_account_set_deployment (account, deployment);

  while (!found && g_get_monotonic_time () < limit)
    {
      g_autofree char *text = NULL;

      g_main_context_iteration (NULL, FALSE);
      text = read_text (fixture);
      found = strstr (text, "tenant=Other") != NULL;
    }
  g_assert_true (found);
}

static void
test_removed (Fixture *fixture, gconstpointer data)
{
  g_autoptr (BatonAccounts) accounts = baton_accounts_new (fixture->file);
  g_autoptr (BatonAccount) account = make_account ("one");
  g_autofree char *text = NULL;

  baton_accounts_add (accounts, account);
  baton_accounts_flush (accounts);
  baton_accounts_remove (accounts, account);
  baton_accounts_remove (accounts, account);
  g_assert_null (baton_accounts_find (accounts, "one"));
  baton_accounts_flush (accounts);

  text = read_text (fixture);
  g_assert_null (strstr (text, "account one"));
}

static void
test_unreadable_is_kept (Fixture *fixture, gconstpointer data)
{
  g_autoptr (BatonAccounts) accounts = NULL;
  g_autoptr (BatonAccount) account = make_account ("one");
  g_autofree char *folder = g_path_get_dirname (g_file_peek_path (fixture->file));
  g_autoptr (GDir) dir = NULL;
  const char *name = NULL;
  gboolean kept = FALSE;

  write_text (fixture, "this is [no key file\nat all\n");
  accounts = baton_accounts_new (fixture->file);
  g_assert_nonnull (baton_accounts_get_error (accounts));

  baton_accounts_add (accounts, account);
  baton_accounts_flush (accounts);

  dir = g_dir_open (folder, 0, NULL);
  while ((name = g_dir_read_name (dir)) != NULL)
    if (g_str_has_prefix (name, "accounts.ini.unreadable-"))
      {
        g_autofree char *path = g_build_filename (folder, name, NULL);
        g_autofree char *text = NULL;

        g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
        g_assert_cmpstr (text, ==, "this is [no key file\nat all\n");
        kept = TRUE;
      }
  g_assert_true (kept);
}

static void
test_unknown_is_kept (Fixture *fixture, gconstpointer data)
{
  g_autoptr (BatonAccounts) accounts = NULL;
  g_autoptr (BatonAccount) account = make_account ("one");
  g_autofree char *text = NULL;

  write_text (fixture,
              "# mine\n[account later]\nedition=moon\norigin=https://x.example\nmethod=user-key\n"
                       "[other]\na=b\n");
  accounts = baton_accounts_new (fixture->file);
  g_assert_no_error (baton_accounts_get_error (accounts));
  g_assert_cmpint (g_list_model_get_n_items (G_LIST_MODEL (accounts)), ==, 0);

  baton_accounts_add (accounts, account);
  baton_accounts_flush (accounts);
  text = read_text (fixture);
  g_assert_nonnull (strstr (text, "edition=moon"));
  g_assert_nonnull (strstr (text, "[other]"));
  g_assert_nonnull (strstr (text, "# mine"));
  g_assert_nonnull (strstr (text, "[account one]"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

#define ADD(name, function) \
  g_test_add ("/baton/models/accounts/" name, Fixture, NULL, set_up, function, tear_down)
  ADD ("round-trip", test_round_trip);
  ADD ("written-after-change", test_written_after_change);
  ADD ("removed", test_removed);
  ADD ("unreadable-is-kept", test_unreadable_is_kept);
  ADD ("unknown-is-kept", test_unknown_is_kept);

  return g_test_run ();
}
