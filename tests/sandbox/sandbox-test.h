/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>
#include <libsoup/soup.h>

G_BEGIN_DECLS

/* A sandbox of its own for a test: the built program, a real socket. All calls wait for their
 * answer. */
typedef struct
{
  GSubprocess *process; /* (owned) */
  SoupSession *session; /* (owned) */
  JsonNode *ready;      /* (owned): the line it printed */
  char *origin;         /* (owned) */
  char *orchestrator;   /* (owned) */
  char *token;          /* (owned): an access token of the administrator */
  gint64 shared;        /* Folders.Id */
} SandboxTest;

typedef struct
{
  guint status;
  GBytes *bytes;               /* (owned): as it came */
  char *text;                  /* (owned): up to its first NUL */
  JsonNode *node;              /* (owned) (nullable): where it is JSON */
  JsonObject *json;            /* (unowned) (nullable): where it is an object */
  char *type;                  /* (owned) (nullable): content type */
  char *location;              /* (owned) (nullable) */
  SoupMessageHeaders *headers; /* (owned) (nullable) */
} SandboxAnswer;

/* Starts the program with options, up to NULL, and signs in with the well-known user key where that
 * still lives. */
SandboxTest *sandbox_test_start (const char *option, ...) G_GNUC_NULL_TERMINATED;
/* Closes its standard input, and asserts that it ends by itself. */
void sandbox_test_stop (SandboxTest *self);
/* kill -9. */
void sandbox_test_kill (SandboxTest *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SandboxTest, sandbox_test_stop)

/* Returns: (transfer none): a member of the line that it printed. */
const char *sandbox_test_get_ready (SandboxTest *self, const char *name);

/* @address: absolute, or from the root ("/oauth/token"), or below the Orchestrator's
 * ("odata/Jobs"). @bearer, @type and @body: (nullable). @folder: 0 for none. */
SandboxAnswer *sandbox_test_send (SandboxTest *self,
                                  const char *method,
                                  const char *address,
                                  const char *bearer,
                                  gint64 folder,
                                  const char *type,
                                  const char *body);
void sandbox_answer_free (SandboxAnswer *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SandboxAnswer, sandbox_answer_free)

/* Sends @request as it is on a connection of its own and reads until the sandbox closes it.
 * Returns: (transfer full): what came, the status line and all. */
char *sandbox_test_send_raw (SandboxTest *self, const char *request);
/* Returns: (transfer full): a connection to the sandbox. */
GSocketConnection *sandbox_test_connect (SandboxTest *self);

/* As the administrator, in Shared, with JSON. */
SandboxAnswer *sandbox_test_get (SandboxTest *self, const char *address);
SandboxAnswer *sandbox_test_post (SandboxTest *self, const char *address, const char *body);

/* To the control below "/_sandbox/": @body: (nullable). */
SandboxAnswer *
sandbox_test_control (SandboxTest *self, const char *method, const char *address, const char *body);
/* As the administrator. @folder: 0 for none. @body: (nullable): JSON in which ' stands for ". The
 * address is made of @format, and of what follows. */
SandboxAnswer *sandbox_test_ask (SandboxTest *self,
                                 const char *method,
                                 gint64 folder,
                                 const char *body,
                                 const char *format,
                                 ...) G_GNUC_PRINTF (5, 6);
/* A body, and the status and errorCode that it is refused with. */
typedef struct
{
  const char *body; /* (nullable): as of sandbox_test_ask() */
  guint status;
  int code;
} SandboxRefusal;

/* Asserts that each of @n bodies, POSTed to @address as of sandbox_test_ask(), is refused as it says. */
void sandbox_test_assert_refused (SandboxTest *self,
                                  gint64 folder,
                                  const char *address,
                                  const SandboxRefusal *refusals,
                                  gsize n);
/* Asserts that it is there. Returns: Folders.Id. */
gint64 sandbox_test_find_folder (SandboxTest *self, const char *path);

/* Returns: (transfer none) (nullable): an entity of a list. */
JsonObject *sandbox_answer_get (SandboxAnswer *self, guint position);
/* Returns: how many entities a list has; 0 where it is none. */
guint sandbox_answer_length (SandboxAnswer *self);
/* Returns: (transfer full): the key of the process with this name in Shared. */
char *sandbox_test_find_process (SandboxTest *self, const char *name);
/* StartJobs in Shared. @more: (nullable): further members of startInfo. */
SandboxAnswer *sandbox_test_start_jobs (SandboxTest *self, const char *process, const char *more);
/* One job of @process with these arguments, a JSON object. Returns: Jobs.Id. */
gint64 sandbox_test_start_job (SandboxTest *self, const char *process, const char *input);
SandboxAnswer *sandbox_test_get_job (SandboxTest *self, gint64 id);
/* @strategy: "SoftStop" or "Kill". */
SandboxAnswer *sandbox_test_stop_job (SandboxTest *self, gint64 id, const char *strategy);
/* Waits until the job is in that state. Returns: (transfer full): the job. */
SandboxAnswer *sandbox_test_wait_for_job (SandboxTest *self, gint64 id, const char *state);


/* Returns: (transfer full): an access token for @user_key, NULL where it was refused. */
char *sandbox_test_sign_in (SandboxTest *self, const char *user_key);

/* Switches the triggers of the tenant off, so that no job comes but those that the test starts. */
void sandbox_test_rest_triggers (SandboxTest *self);

/* Asserts the status, and shows the body where it is another. */
#define sandbox_assert_status(answer, expected)                                                    \
  G_STMT_START                                                                                     \
  {                                                                                                \
    if ((answer)->status != (expected))                                                            \
      g_test_message ("%s", (answer)->text);                                                       \
    g_assert_cmpuint ((answer)->status, ==, (expected));                                           \
  }                                                                                                \
  G_STMT_END

/* Asserts an error of the service: its status and errorCode. */
void sandbox_assert_error (SandboxAnswer *answer, guint status, int code);

G_END_DECLS
