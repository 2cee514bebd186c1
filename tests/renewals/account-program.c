/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <stdio.h>

#include "account-steps.h"
#include "baton-accounts.h"
#include "baton-connection.h"
#include "baton-error.h"

/* One account in a process of its own, as Baton holds it, without the window.
 *
 *   account-program FILE sign-in ADDRESS CLIENT REDIRECT SCOPES
 *   account-program FILE open
 *   account-program FILE renew TIMES
 *
 * FILE is an accounts.ini. "sign-in" reads the code of a browser, a blank and its verifier from its
 * standard input. "renew" opens, says "ready", waits for a line and renews. Each ends with "data"
 * or "failed CODE REASON"; the exit status is 0 for both. */

#define ID "an-account"

typedef struct
{
  BatonAccounts *accounts;
  BatonSecretStore *store;
  BatonConnection *connection;
  GError *error;
  gboolean done;
} Program;

static void
run (Program *self)
{
  while (!self->done)
    g_main_context_iteration (NULL, TRUE);
  self->done = FALSE;
}

static void
opened_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  Program *self = user_data;
  g_autoptr (GError) keyring_error = NULL;

  baton_connection_open_finish (BATON_CONNECTION (object), result, &keyring_error, &self->error);
  g_assert_no_error (keyring_error);
  self->done = TRUE;
}

static void
renewed_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  Program *self = user_data;
  g_autoptr (BatonToken) token
      = baton_token_keeper_renew_finish (BATON_TOKEN_KEEPER (object), result, &self->error);

  self->done = TRUE;
}

/* Returns: (transfer full): a line of the standard input. */
static char *
read_line (void)
{
  char line[4096];

  g_assert_nonnull (fgets (line, sizeof line, stdin));

  return g_strdup (g_strchomp (line));
}

static BatonSecret *
read_code (void)
{
  g_autofree char *line = read_line ();
  g_auto (GStrv) parts = g_strsplit (line, " ", 2);

  return baton_secret_new_code (parts[0], parts[1], NULL, g_get_real_time ());
}

static void
open_account (Program *self, BatonAccount *account, BatonSecret *secret)
{
  self->connection = baton_connection_new (account, self->store, NULL);
  baton_connection_open_async (self->connection, secret, NULL, opened_cb, self);
  run (self);
}

static void
sign_in (Program *self, char **arguments)
{
  g_autoptr (BatonSecret) secret = read_code ();
  BatonAccount *known = baton_accounts_find (self->accounts, ID);
  g_autoptr (BatonDeployment) deployment = NULL;
  g_autoptr (BatonAccount) account = NULL;

  if (known != NULL)
    {
      open_account (self, known, secret);
      return;
    }

  deployment = baton_deployment_parse (arguments[0], &self->error);
  g_assert_no_error (self->error);
  account = baton_account_new (ID, deployment, BATON_METHOD_BROWSER);
  baton_account_set_client_id (account, arguments[1]);
  baton_account_set_redirect_uri (account, arguments[2]);
  baton_account_set_scopes (account, arguments[3]);
  open_account (self, account, secret);
  if (self->error == NULL)
    baton_accounts_add (self->accounts, account);
}

static void
open_known (Program *self)
{
  BatonAccount *account = baton_accounts_find (self->accounts, ID);

  g_assert_nonnull (account);
  open_account (self, account, NULL);
}

static void
renew (Program *self, guint times)
{
  g_autofree char *line = NULL;

  open_known (self);
  if (self->error != NULL)
    return;
  g_print ("ready\n");
  line = read_line ();
  for (guint i = 0; i < times && self->error == NULL; i++)
    {
      baton_token_keeper_renew_async (baton_connection_get_keeper (self->connection), NULL,
                                      renewed_cb, self);
      run (self);
    }
}

static void
report (Program *self)
{
  const BatonErrorDetails *details = NULL;

  if (self->error == NULL)
    {
      /* The folders are the first data that there is. */
      g_assert_cmpuint (g_list_model_get_n_items (baton_connection_get_folders (self->connection)),
                        >, 0);
      g_print ("data %u\n", account_steps_count ());
      return;
    }

  g_assert_true (self->error->domain == BATON_ERROR);
  details = baton_error_get_details (self->error);
  g_print ("failed %d %s\n", self->error->code, details->reason != NULL ? details->reason : "-");
}

/* What is on its way still ends first. */
static void
wait_for_end (gpointer object)
{
  g_object_add_weak_pointer (object, &object);
  g_object_unref (object);
  while (object != NULL)
    g_main_context_iteration (NULL, TRUE);
}

int
main (int argc, char **argv)
{
  Program self = { 0 };
  g_autoptr (GFile) file = NULL;

  g_assert_cmpint (argc, >=, 3);
  file = g_file_new_for_path (argv[1]);
  self.accounts = baton_accounts_new (file);
  self.store = baton_secret_store_new ();

  if (g_str_equal (argv[2], "sign-in"))
    sign_in (&self, argv + 3);
  else if (g_str_equal (argv[2], "renew"))
    renew (&self, (guint)g_ascii_strtoull (argv[3], NULL, 10));
  else
    open_known (&self);
  report (&self);

  wait_for_end (self.connection);
  baton_accounts_flush (self.accounts);
  g_object_unref (self.accounts);
  g_object_unref (self.store);
  g_clear_error (&self.error);

  return 0;
}
