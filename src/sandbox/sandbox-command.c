/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n.h>

#include "sandbox-command.h"

#include <baton-json.h>

#include "sandbox-control.h"
#include "sandbox-alert.h"
#include "sandbox-dispatch.h"
#include "sandbox-application.h"
#include "sandbox-delivery.h"
#include "sandbox-export.h"
#include "sandbox-http-trigger.h"
#include "sandbox-identity.h"
#include "sandbox-operations.h"
#include "sandbox-scenario.h"
#include "sandbox-schema.h"
#include "sandbox-seed.h"
#include "sandbox-settings.h"
#include "sandbox-simulator.h"
#include "sandbox-start-page.h"
#include "sandbox-tls.h"
#include "sandbox-writer.h"

#define MAX_JOBS 1000000
#define MAX_SPEED 100000
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

/* What the line says, as it stands there. */
typedef struct
{
  Number numbers[N_NUMBERS];
  char *data;     /* (owned) (nullable) */
  char *scenario; /* (owned) (nullable) */
  char *record;   /* (owned) (nullable) */
  char *replay;   /* (owned) (nullable) */
  gboolean tls;
  gboolean client_certificates;
  gboolean with_parent;
  gboolean show_version;
  gboolean list_operations;
  GPtrArray *settings; /* (owned) (element-type utf8): by their place in the table, NULL if absent */
} Line;

static void
line_init (Line *self)
{
  guint n = 0;

  *self = (Line){
    .numbers = {
      [PORT] = { "port", 0, 0, 65535 },
      [SEED] = { "seed", 1, 0, G_MAXUINT32 },
      [JOBS] = { "jobs", 10000, 0, MAX_JOBS },
      [SPEED] = { "speed", 1, 0, MAX_SPEED },
    },
    .settings = g_ptr_array_new_with_free_func (g_free),
  };
  while (sandbox_settings ()[n].name != NULL)
    n++;
  g_ptr_array_set_size (self->settings, (int) n);
}

static void
line_clear (Line *self)
{
  g_free (self->data);
  g_free (self->scenario);
  g_free (self->record);
  g_free (self->replay);
  g_ptr_array_unref (self->settings);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Line, line_clear)

static void
add_settings (GOptionContext *context, Line *line)
{
  const SandboxSetting *settings = sandbox_settings ();
  g_autoptr (GArray) entries = g_array_new (TRUE, TRUE, sizeof (GOptionEntry));

  for (guint i = 0; i < line->settings->len; i++)
    {
      GOptionEntry entry = { settings[i].name,
                             0,
                             0,
                             G_OPTION_ARG_STRING,
                             &line->settings->pdata[i],
                             settings[i].help,
                             settings[i].argument };

      g_array_append_val (entries, entry);
    }
  g_option_context_add_main_entries (context, (GOptionEntry *) (void *) entries->data,
                                     GETTEXT_PACKAGE);
}

static gboolean
parse (Line *line, int *argc, char ***argv, GError **error)
{
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);
  const GOptionEntry entries[] = {
    { "port", 0, 0, G_OPTION_ARG_INT64, &line->numbers[PORT].value,
      N_ ("Port to listen on, 0 for any that is free"), N_ ("N") },
    { "data", 0, 0, G_OPTION_ARG_FILENAME, &line->data,
      N_ ("Keep everything in FILE (default: in memory)"), N_ ("FILE") },
    { "scenario", 0, 0, G_OPTION_ARG_FILENAME, &line->scenario,
      N_ ("Begin with the scenario in FILE"), N_ ("FILE") },
    { "record", 0, 0, G_OPTION_ARG_FILENAME, &line->record,
      N_ ("Write what is asked and answered to FILE, without secrets"), N_ ("FILE") },
    { "replay", 0, 0, G_OPTION_ARG_FILENAME, &line->replay,
      N_ ("Answer from the record in FILE"), N_ ("FILE") },
    { "seed", 0, 0, G_OPTION_ARG_INT64, &line->numbers[SEED].value,
      N_ ("Make up the data from this number"), N_ ("N") },
    { "jobs", 0, 0, G_OPTION_ARG_INT64, &line->numbers[JOBS].value,
      N_ ("Make up this many jobs (default: 10000)"), N_ ("N") },
    { "speed", 0, 0, G_OPTION_ARG_INT64, &line->numbers[SPEED].value,
      N_ ("Let the clock of the sandbox run this many times as fast"), N_ ("N") },
    { "tls", 0, 0, G_OPTION_ARG_NONE, &line->tls,
      N_ ("Speak TLS, with a certificate that is made where there is none"), NULL },
    { "client-certificates", 0, 0, G_OPTION_ARG_NONE, &line->client_certificates,
      N_ ("With TLS: let in only who shows a certificate, as in the file that is made"), NULL },
    { "with-parent", 0, 0, G_OPTION_ARG_NONE, &line->with_parent,
      N_ ("End when the standard input closes"), NULL },
    { "operations", 0, 0, G_OPTION_ARG_NONE, &line->list_operations,
      N_ ("List the operations of the definition and whether they are there"), NULL },
    { "version", 0, 0, G_OPTION_ARG_NONE, &line->show_version, N_ ("Print the version"), NULL },
    { NULL },
  };

  g_option_context_set_summary (
      context, _ ("A made-up UiPath Orchestrator on this computer, for trying and for tests."));
  g_option_context_set_translation_domain (context, GETTEXT_PACKAGE);
  g_option_context_add_main_entries (context, entries, GETTEXT_PACKAGE);
  add_settings (context, line);

  return g_option_context_parse (context, argc, argv, error);
}

static gboolean
read_settings (SandboxOptions *options, const Line *line, GError **error)
{
  const SandboxSetting *settings = sandbox_settings ();

  for (guint i = 0; i < line->settings->len; i++)
    {
      const char *text = line->settings->pdata[i];

      *sandbox_setting_locate (&settings[i], options) = settings[i].initial;
      if (text != NULL && !sandbox_setting_set_text (&settings[i], options, text, error))
        return FALSE;
    }

  return TRUE;
}

gboolean
sandbox_command_read (
    SandboxOptions *options, SandboxCommand *command, int *argc, char ***argv, GError **error)
{
  g_auto (Line) line;

  g_return_val_if_fail (options != NULL && command != NULL, FALSE);

  line_init (&line);
  *options = (SandboxOptions){ 0 };
  if (!parse (&line, argc, argv, error) || !check_numbers (line.numbers, error) ||
      !read_settings (options, &line, error))
    return FALSE;
  if (*argc > 1)
    {
      g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE, _ ("“%s” is no option"),
                   (*argv)[1]);
      return FALSE;
    }
  if (line.data != NULL && *line.data == '\0')
    {
      g_set_error_literal (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                           _ ("--data needs the name of a file"));
      return FALSE;
    }

  if (line.client_certificates && !line.tls)
    {
      g_set_error_literal (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                           _ ("--client-certificates goes with --tls"));
      return FALSE;
    }

  *command = line.show_version      ? SANDBOX_COMMAND_VERSION
             : line.list_operations ? SANDBOX_COMMAND_OPERATIONS
                                    : SANDBOX_COMMAND_SERVE;
  options->port = (guint) line.numbers[PORT].value;
  options->data = g_steal_pointer (&line.data);
  options->scenario = g_steal_pointer (&line.scenario);
  options->record = g_steal_pointer (&line.record);
  options->replay = g_steal_pointer (&line.replay);
  options->seed = (guint) line.numbers[SEED].value;
  options->jobs = (guint) line.numbers[JOBS].value;
  options->speed = (int) line.numbers[SPEED].value;
  options->tls = line.tls;
  options->client_certificates = line.client_certificates;
  options->with_parent = line.with_parent;

  return TRUE;
}

void
sandbox_command_clear (SandboxOptions *options)
{
  g_return_if_fail (options != NULL);

  g_clear_pointer (&options->data, g_free);
  g_clear_pointer (&options->scenario, g_free);
  g_clear_pointer (&options->record, g_free);
  g_clear_pointer (&options->replay, g_free);
}

static void
append_member (GString *json, const char *name, const char *value)
{
  g_string_append_printf (json, ",\"%s\":", name);
  sandbox_json_append_string (json, value);
}

/* Everybody who can sign in from the start, and the external applications, with what is needed for it. */
static void
append_credentials (GString *json)
{
  const char *separator = ",\"users\":[{\"username\":";

  for (const SandboxWorldPerson *person = sandbox_world_get_people (); person->key != NULL; person++)
    {
      g_string_append (json, separator);
      sandbox_json_append_string (json, person->user_name);
      append_member (json, "password", person->password);
      append_member (json, "personalAccessToken", person->token);
      separator = "},{\"username\":";
    }
  separator = "}],\"applications\":[{\"name\":";
  for (const SandboxWorldApplication *application = sandbox_world_get_applications ();
       application->id != NULL; application++)
    {
      g_autofree char *uris = sandbox_application_make_loopback_uris ();

      g_string_append (json, separator);
      sandbox_json_append_string (json, application->name);
      append_member (json, "clientId", application->id);
      if (application->secret != NULL)
        append_member (json, "clientSecret", application->secret);
      append_member (json, "scopes", application->for_users ? "user" : "application");
      if (application->for_users)
        {
          g_auto (GStrv) parts = g_strsplit (uris, ",", -1);
          g_autofree char *list = g_strjoinv ("\",\"", parts);

          g_string_append_printf (json, ",\"redirectUris\":[\"%s\"]", list);
        }
      separator = "},{\"name\":";
    }
  g_string_append (json, "}]");
}

char *
sandbox_command_make_announcement (SandboxServer *server)
{
  GString *json = g_string_new ("{\"ready\":true");
  const char *origin = sandbox_server_get_origin (server);
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
  append_credentials (json);
  if (sandbox_server_get_ca (server) != NULL)
    append_member (json, "ca", sandbox_server_get_ca (server));
  if (sandbox_server_get_client_certificate (server) != NULL)
    {
      append_member (json, "clientCertificate", sandbox_server_get_client_certificate (server));
      append_member (json, "clientCertificatePassword", SANDBOX_TLS_CLIENT_PASSWORD);
    }
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
      if (!sandbox_store_check (store, options->data, error))
        return NULL;
    }

  return g_steal_pointer (&store);
}

SandboxServer *
sandbox_command_make_server (SandboxStore *store, const SandboxOptions *options)
{
  SandboxServer *server = sandbox_server_new (store, options);

  sandbox_identity_init (server);
  sandbox_server_add_operations (server, sandbox_control_operations);
  sandbox_server_add_operations (server, sandbox_faults_operations);
  sandbox_server_add_operations (server, sandbox_scenario_operations);
  sandbox_server_add_operations (server, sandbox_snapshots_operations);
  sandbox_server_add_operations (server, sandbox_start_page_operations);
  sandbox_alert_init (server);
  sandbox_delivery_init (server);
  sandbox_http_trigger_callback_init (server);
  sandbox_export_init (server);
  for (gsize i = 0; sandbox_operations[i] != NULL; i++)
    sandbox_server_add_operations (server, sandbox_operations[i]);

  return server;
}

SandboxStore *
sandbox_command_make_seed (gconstpointer options)
{
  SandboxOptions in_memory = *(const SandboxOptions *) options;
  SandboxStore *store;
  g_autoptr (SandboxServer) server = NULL;
  g_autoptr (SandboxSimulator) simulator = NULL;

  /* Those that keep tables of their own in the store make them when they begin. */
  in_memory.data = NULL;
  store = sandbox_command_open_store (&in_memory, NULL);
  server = sandbox_command_make_server (store, &in_memory);
  simulator = sandbox_simulator_new (server);

  return store;
}

static gboolean
open_records (SandboxServer *server, const SandboxOptions *options, GError **error)
{
  g_autoptr (SandboxRecord) record = NULL;
  g_autoptr (SandboxReplay) replay = NULL;

  /* The replay first: it may be the file that is recorded to. */
  if (options->replay != NULL && (replay = sandbox_replay_new (options->replay, error)) == NULL)
    {
      g_prefix_error (error, _ ("Cannot replay %s: "), options->replay);
      return FALSE;
    }
  if (options->record != NULL && (record = sandbox_record_new (options->record, error)) == NULL)
    {
      g_prefix_error (error, "%s", _ ("Cannot record: "));
      return FALSE;
    }
  sandbox_server_set_record (server, g_steal_pointer (&record), g_steal_pointer (&replay));

  return TRUE;
}

gboolean
sandbox_command_prepare (SandboxServer *server, const SandboxOptions *options, GError **error)
{
  g_autoptr (JsonNode) scenario = NULL;
  gboolean is_fresh;

  g_return_val_if_fail (SANDBOX_IS_SERVER (server), FALSE);
  g_return_val_if_fail (options != NULL, FALSE);

  if (!open_records (server, options, error))
    return FALSE;
  if (options->scenario != NULL)
    {
      scenario = sandbox_scenario_load (options->scenario, error);
      if (scenario == NULL)
        return FALSE;
    }
  sandbox_server_set_seed (server, sandbox_command_make_seed, options, scenario);
  is_fresh = sandbox_store_is_fresh (sandbox_server_get_store (server));
  if (is_fresh)
    sandbox_snapshots_keep_seed (sandbox_server_get_snapshots (server), scenario != NULL);
  else if (options->jobs < MANY_JOBS)
    sandbox_snapshots_prepare_seed (sandbox_server_get_snapshots (server));

  /* What a file has is as the scenario has made it, or somebody since. */
  return scenario == NULL ||
         sandbox_scenario_apply (server, baton_json_peek_root_object (scenario), is_fresh, error);
}
