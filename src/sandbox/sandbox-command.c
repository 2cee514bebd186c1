/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n.h>

#include "sandbox-command.h"

#include "sandbox-dispatch.h"
#include "sandbox-export.h"
#include "sandbox-identity.h"
#include "sandbox-operations.h"
#include "sandbox-schema.h"
#include "sandbox-seed.h"
#include "sandbox-writer.h"

#define MAX_JOBS 1000000
/* From here on making an index while somebody waits would be felt. */
#define MANY_JOBS 50000

typedef struct
{
  const char *name;
  gint64 value;
  gint64 least;
  gint64 most;
} Number;

typedef enum
{
  PORT,
  SEED,
  JOBS,
  USER_KEY_TOKEN_LIFE,
  PASSWORD_TOKEN_LIFE,
  PAGE_CAP,
  LATENCY,
  SPEED,
  N_NUMBERS,
} NumberName;

static gboolean
check_numbers (const Number *numbers, GError **error)
{
  for (gsize i = 0; i < N_NUMBERS; i++)
    {
      g_autofree char *least = NULL;
      g_autofree char *most = NULL;
      g_autofree char *value = NULL;

      if (numbers[i].value >= numbers[i].least && numbers[i].value <= numbers[i].most)
        continue;
      least = g_strdup_printf ("%" G_GINT64_FORMAT, numbers[i].least);
      most = g_strdup_printf ("%" G_GINT64_FORMAT, numbers[i].most);
      value = g_strdup_printf ("%" G_GINT64_FORMAT, numbers[i].value);
      g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                   /* TRANSLATORS: --port must be a number from 0 to 65535, and is 70000 */
                   _ ("--%s must be a number from %s to %s, and is %s"), numbers[i].name, least,
                   most, value);
      return FALSE;
    }

  return TRUE;
}

gboolean
sandbox_command_read (
    SandboxOptions *options, SandboxCommand *command, int *argc, char ***argv, GError **error)
{
  g_autoptr (GOptionContext) context = NULL;
  g_autofree char *data = NULL;
  gboolean with_parent = FALSE;
  gboolean show_version = FALSE;
  gboolean list_operations = FALSE;
  Number numbers[N_NUMBERS] = {
    [PORT] = { "port", 0, 0, 65535 },
    [SEED] = { "seed", 1, 0, G_MAXUINT32 },
    [JOBS] = { "jobs", 10000, 0, MAX_JOBS },
    [USER_KEY_TOKEN_LIFE] = { "user-key-token-life", 86400, 1, G_MAXINT32 },
    [PASSWORD_TOKEN_LIFE] = { "password-token-life", 1800, 1, G_MAXINT32 },
    [PAGE_CAP] = { "page-cap", 0, 0, 1000 },
    [LATENCY] = { "latency", 0, 0, 600000 },
    [SPEED] = { "speed", 1, 0, 100000 },
  };
  const GOptionEntry entries[] = {
    { "port", 0, 0, G_OPTION_ARG_INT64, &numbers[PORT].value,
      N_ ("Port to listen on, 0 for any that is free"), N_ ("N") },
    { "data", 0, 0, G_OPTION_ARG_FILENAME, &data,
      N_ ("Keep everything in FILE (default: in memory)"), N_ ("FILE") },
    { "seed", 0, 0, G_OPTION_ARG_INT64, &numbers[SEED].value,
      N_ ("Make up the data from this number"), N_ ("N") },
    { "jobs", 0, 0, G_OPTION_ARG_INT64, &numbers[JOBS].value,
      N_ ("Make up this many jobs (default: 10000)"), N_ ("N") },
    { "user-key-token-life", 0, 0, G_OPTION_ARG_INT64, &numbers[USER_KEY_TOKEN_LIFE].value,
      N_ ("Seconds that a token of a user key lives (default: 86400)"), N_ ("S") },
    { "password-token-life", 0, 0, G_OPTION_ARG_INT64, &numbers[PASSWORD_TOKEN_LIFE].value,
      N_ ("Seconds that a token of a password lives (default: 1800)"), N_ ("S") },
    { "page-cap", 0, 0, G_OPTION_ARG_INT64, &numbers[PAGE_CAP].value,
      N_ ("Give out no page of more rows than this"), N_ ("N") },
    { "latency", 0, 0, G_OPTION_ARG_INT64, &numbers[LATENCY].value,
      N_ ("Milliseconds to wait before each answer"), N_ ("MS") },
    { "speed", 0, 0, G_OPTION_ARG_INT64, &numbers[SPEED].value,
      N_ ("Let the clock of the sandbox run this many times as fast"), N_ ("N") },
    { "with-parent", 0, 0, G_OPTION_ARG_NONE, &with_parent,
      N_ ("End when the standard input closes"), NULL },
    { "operations", 0, 0, G_OPTION_ARG_NONE, &list_operations,
      N_ ("List the operations of the definition and whether they are there"), NULL },
    { "version", 0, 0, G_OPTION_ARG_NONE, &show_version, N_ ("Print the version"), NULL },
    { NULL },
  };

  g_return_val_if_fail (options != NULL && command != NULL, FALSE);

  context = g_option_context_new (NULL);
  g_option_context_set_summary (
      context, _ ("A made-up UiPath Orchestrator on this computer, for trying and for tests."));
  g_option_context_set_translation_domain (context, GETTEXT_PACKAGE);
  g_option_context_add_main_entries (context, entries, GETTEXT_PACKAGE);
  if (!g_option_context_parse (context, argc, argv, error) || !check_numbers (numbers, error))
    return FALSE;
  if (*argc > 1)
    {
      g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE, _ ("“%s” is no option"),
                   (*argv)[1]);
      return FALSE;
    }

  if (data != NULL && *data == '\0')
    {
      g_set_error_literal (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                           _ ("--data needs the name of a file"));
      return FALSE;
    }

  *command = show_version      ? SANDBOX_COMMAND_VERSION
             : list_operations ? SANDBOX_COMMAND_OPERATIONS
                               : SANDBOX_COMMAND_SERVE;
  *options = (SandboxOptions){
    .port = (guint)numbers[PORT].value,
    .data = g_steal_pointer (&data),
    .seed = (guint)numbers[SEED].value,
    .jobs = (guint)numbers[JOBS].value,
    .user_key_token_life = (int)numbers[USER_KEY_TOKEN_LIFE].value,
    .password_token_life = (int)numbers[PASSWORD_TOKEN_LIFE].value,
    .page_cap = (int)numbers[PAGE_CAP].value,
    .latency = (int)numbers[LATENCY].value,
    .speed = (int)numbers[SPEED].value,
    .with_parent = with_parent,
  };

  return TRUE;
}

void
sandbox_command_clear (SandboxOptions *options)
{
  g_return_if_fail (options != NULL);

  g_clear_pointer (&options->data, g_free);
}

static void
append_member (GString *json, const char *name, const char *value)
{
  g_string_append_printf (json, ",\"%s\":", name);
  sandbox_json_append_string (json, value);
}

char *
sandbox_command_make_announcement (guint port)
{
  GString *json = g_string_new ("{\"ready\":true");
  g_autofree char *origin = g_strdup_printf ("http://127.0.0.1:%u", port);
  g_autofree char *orchestrator
      = g_strconcat (origin, "/" SANDBOX_ORGANIZATION "/" SANDBOX_TENANT "/orchestrator_", NULL);
  g_autofree char *identity = g_strconcat (origin, "/identity_", NULL);

  append_member (json, "origin", origin);
  append_member (json, "organization", SANDBOX_ORGANIZATION);
  append_member (json, "tenant", SANDBOX_TENANT);
  append_member (json, "orchestrator", orchestrator);
  append_member (json, "identity", identity);
  append_member (json, "clientId", SANDBOX_CLIENT_ID);
  append_member (json, "userKey", SANDBOX_USER_KEY);
  append_member (json, "username", SANDBOX_USER_NAME);
  append_member (json, "password", SANDBOX_PASSWORD);
  append_member (json, "personalAccessToken", SANDBOX_PERSONAL_ACCESS_TOKEN);
  g_string_append_c (json, '}');

  return g_string_free (json, FALSE);
}

char *
sandbox_command_list_operations (void)
{
  g_autoptr (SandboxRouter) router = sandbox_router_new ();
  GString *list = g_string_new (NULL);
  guint n = 0, n_there = 0;

  for (gsize i = 0; sandbox_operations[i] != NULL; i++)
    sandbox_router_add (router, sandbox_operations[i]);

  for (const SandboxDefinedOperation *operation = sandbox_definition_get_operations ();
       operation->method != NULL; operation++)
    {
      gboolean is_there = sandbox_dispatch_has (router, operation);

      n++;
      n_there += is_there ? 1 : 0;
      g_string_append_printf (list, "%s\t%s\t%s %s\n", is_there ? "yes" : "no", operation->id,
                              operation->method, operation->pattern);
    }
  g_string_append_printf (list, "%u of %u\n", n_there, n);

  return g_string_free (list, FALSE);
}

/* Those that nearly every client asks for; the others come when somebody does. */
static void
want_job_indexes (SandboxStore *store)
{
  static const char *const fields[] = { "Id", "CreationTime", "State", "Key", "StartTime", "EndTime" };
  const SandboxEntitySet *jobs = sandbox_entity_set_find ("Jobs");

  for (gsize i = 0; i < G_N_ELEMENTS (fields); i++)
    sandbox_schema_want_index (store, jobs, sandbox_entity_set_find_field (jobs, fields[i]));
}

SandboxStore *
sandbox_command_open_store (const SandboxOptions *options, GError **error)
{
  g_autoptr (SandboxStore) store = NULL;

  g_return_val_if_fail (options != NULL, NULL);

  store = sandbox_store_new (options->data, error);
  if (store == NULL)
    return NULL;

  if (sandbox_store_is_new (store))
    {
      sandbox_store_begin (store);
      sandbox_seed (store, options);
      if (options->jobs >= MANY_JOBS)
        want_job_indexes (store);
      sandbox_store_set_seeded (store);
      sandbox_store_commit (store);
    }

  return g_steal_pointer (&store);
}

SandboxServer *
sandbox_command_make_server (SandboxStore *store, const SandboxOptions *options)
{
  SandboxServer *server = sandbox_server_new (store, options);

  sandbox_identity_init (server);
  sandbox_export_init (server);
  for (gsize i = 0; sandbox_operations[i] != NULL; i++)
    sandbox_server_add_operations (server, sandbox_operations[i]);

  return server;
}
