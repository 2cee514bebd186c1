/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "account-steps.h"

#include <libsecret/secret.h>
#include <signal.h>
#include <stdio.h>
#include <unistd.h>

#include "auth/baton-authenticator.h"
#include "baton-lock.h"
#include "baton-secret-store.h"
#include "http/baton-http.h"

/* The token and the first that is asked for with it. */
#define CALLS 2

static guint n_steps;
static guint n_calls;
static guint n_answers;
/* What a kill means now: "kept": the keyring has what the server takes. "asked", "storing": that
 * depends on which was faster. "lost": the server has given what nobody has kept. */
static const char *phase = "kept";

guint
account_steps_count (void)
{
  return n_steps;
}

static void
step (const char *when, const char *name)
{
  const char *at = g_getenv ("BATON_TEST_KILL_AT");

  n_steps++;
  if (at == NULL || g_ascii_strtoull (at, NULL, 10) != n_steps)
    return;

  dprintf (STDOUT_FILENO, "killed %s %s %s\n", phase, when, name);
  kill (getpid (), SIGKILL);
}

/* As the header has it, so that a call that has changed does not compile here. */
#define DECLARE(name) extern __typeof__ (name) __real_##name, __wrap_##name

#define WRAP(type, name, parameters, arguments)                                                    \
  DECLARE (name);                                                                                  \
  type __wrap_##name parameters                                                                    \
  {                                                                                                \
    type returned;                                                                                 \
                                                                                                   \
    step ("before", #name);                                                                        \
    returned = __real_##name arguments;                                                            \
    step ("after", #name);                                                                         \
                                                                                                   \
    return returned;                                                                               \
  }

#define WRAP_VOID(name, parameters, arguments)                                                     \
  DECLARE (name);                                                                                  \
  void __wrap_##name parameters                                                                    \
  {                                                                                                \
    step ("before", #name);                                                                        \
    __real_##name arguments;                                                                       \
    step ("after", #name);                                                                         \
  }

WRAP_VOID (
    baton_lock_acquire_async,
    (const char *name, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data),
    (name, cancellable, callback, data))
WRAP (BatonLock *,
      baton_lock_acquire_finish,
      (GAsyncResult * result, GError **error),
      (result, error))
WRAP_VOID (baton_lock_set_mark, (BatonLock * self, gboolean mark), (self, mark))
WRAP_VOID (baton_lock_release, (BatonLock * self), (self))

WRAP_VOID (baton_secret_store_lookup_async,
           (BatonSecretStore * self,
            const char *account_id,
            GCancellable *cancellable,
            GAsyncReadyCallback callback,
            gpointer data),
           (self, account_id, cancellable, callback, data))
WRAP (BatonSecret *,
      baton_secret_store_lookup_finish,
      (BatonSecretStore * self, GAsyncResult *result, GError **error),
      (self, result, error))
WRAP_VOID (baton_secret_store_store_async,
           (BatonSecretStore * self,
            const char *account_id,
            const char *label,
            BatonSecret *secret,
            GCancellable *cancellable,
            GAsyncReadyCallback callback,
            gpointer data),
           (self, account_id, label, secret, cancellable, callback, data))
WRAP (gboolean,
      baton_secret_store_store_finish,
      (BatonSecretStore * self, GAsyncResult *result, GError **error),
      (self, result, error))

WRAP_VOID (baton_authenticator_acquire_async,
           (BatonAuthenticator * self,
            BatonAccount *account,
            BatonSecret *secret,
            GCancellable *cancellable,
            GAsyncReadyCallback callback,
            gpointer data),
           (self, account, secret, cancellable, callback, data))
WRAP (BatonToken *,
      baton_authenticator_acquire_finish,
      (BatonAuthenticator * self, GAsyncResult *result, BatonSecret **rotated, GError **error),
      (self, result, rotated, error))

WRAP_VOID (secret_password_searchv,
           (const SecretSchema *schema,
            GHashTable *attributes,
            SecretSearchFlags flags,
            GCancellable *cancellable,
            GAsyncReadyCallback callback,
            gpointer data),
           (schema, attributes, flags, cancellable, callback, data))
WRAP (GList *,
      secret_password_search_finish,
      (GAsyncResult * result, GError **error),
      (result, error))

DECLARE (baton_http_send_async);
DECLARE (baton_http_send_finish);
DECLARE (secret_password_storev);
DECLARE (secret_password_store_finish);

void
__wrap_baton_http_send_async (BatonNetwork *network,
                              BatonCall *call,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer data)
{
  gboolean counts = n_calls++ < CALLS;

  if (counts)
    step ("before", "baton_http_send_async");
  if (n_calls == 1)
    phase = "asked";
  __real_baton_http_send_async (network, call, cancellable, callback, data);
  if (counts)
    step ("after", "baton_http_send_async");
}

BatonReply *
__wrap_baton_http_send_finish (GAsyncResult *result, GError **error)
{
  gboolean counts = n_answers++ < CALLS;
  BatonReply *reply = NULL;

  if (n_answers == 1)
    phase = "lost";
  if (counts)
    step ("before", "baton_http_send_finish");
  reply = __real_baton_http_send_finish (result, error);
  if (counts)
    step ("after", "baton_http_send_finish");

  return reply;
}

void
__wrap_secret_password_storev (const SecretSchema *schema,
                               GHashTable *attributes,
                               const char *collection,
                               const char *label,
                               const char *password,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer data)
{
  step ("before", "secret_password_storev");
  phase = "storing";
  __real_secret_password_storev (schema, attributes, collection, label, password, cancellable,
                                 callback, data);
  step ("after", "secret_password_storev");
}

gboolean
__wrap_secret_password_store_finish (GAsyncResult *result, GError **error)
{
  gboolean stored;

  phase = "kept";
  step ("before", "secret_password_store_finish");
  stored = __real_secret_password_store_finish (result, error);
  step ("after", "secret_password_store_finish");

  return stored;
}
