/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "../sandbox/oauth-test.h"

G_BEGIN_DECLS

/* The built sandbox, and an account at it that signs in in the browser, held by processes of their
 * own over the keyring that with-bus.sh brings. */
typedef struct
{
  SandboxTest *sandbox; /* (owned) */
  char *folder;         /* (owned): of accounts.ini */
  char *accounts;       /* (owned): the path of accounts.ini */
} RenewalsTest;

RenewalsTest *renewals_test_start (void);
void renewals_test_stop (RenewalsTest *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RenewalsTest, renewals_test_stop)

/* Starts the program of the account. @command: "open", "renew 3" … @kill_at: the step at which it
 * is killed, 0 for none. Returns: (transfer full). */
GSubprocess *renewals_test_spawn (const RenewalsTest *self, const char *command, guint kill_at);
/* Returns: (transfer full): the next line that it prints, NULL at its end. */
char *renewals_test_read (GSubprocess *process);
/* Runs the program until it ends. Returns: (transfer full): its last line. */
char *renewals_test_run (const RenewalsTest *self, const char *command, guint kill_at);

/* Signs in as a person does in a browser, and gives the program what came of it. */
void renewals_test_sign_in (const RenewalsTest *self);

/* Returns: how often the sandbox was asked for a token; asserts that it gave one each time. */
guint renewals_test_count (const RenewalsTest *self);
/* Returns: (transfer full): accounts.ini. */
char *renewals_test_read_accounts (const RenewalsTest *self);

G_END_DECLS
