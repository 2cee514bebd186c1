/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n.h>

#include "sandbox-server.h"

#include <baton-json.h>

#include "sandbox-clock.h"
#include "sandbox-connections.h"
#include "sandbox-control.h"
#include "sandbox-cors.h"
#include "sandbox-dispatch.h"
#include "sandbox-intake.h"
#include "sandbox-later.h"
#include "sandbox-limits.h"
#include "sandbox-scenario.h"
#include "sandbox-settings.h"
#include "sandbox-tls.h"
#include "sandbox-version.h"

struct _SandboxServer
{
  GObject parent_instance;

  SoupServer *soup;                /* (owned) */
  SandboxStore *store;             /* (owned) */
  SandboxRouter *router;           /* (owned) */
  SandboxConnections *connections; /* (owned) */
  GHashTable *delayed;             /* (owned): Delayed that wait for their latency */
  SandboxTraffic *traffic;         /* (owned) */
  SandboxFaults *faults;           /* (owned) */
  SandboxSnapshots *snapshots;     /* (owned) (nullable) */
  JsonNode *scenario;              /* (owned) (nullable) */
  SandboxRecord *record;           /* (owned) (nullable) */
  SandboxReplay *replay;           /* (owned) (nullable) */
  SandboxOptions options;          /* its strings unowned */
  SandboxOptions initial;          /* as the command line said */
  guint port;
  char *origin; /* (owned) */
  char *ca;     /* (owned) (nullable) */
  char *client_certificate; /* (owned) (nullable): a file */
};

typedef struct
{
  SandboxServer *server;      /* (unowned): ends them before itself */
  SoupServerMessage *message; /* (owned) */
  SandboxFaultRule *fault;    /* (owned) (nullable) */
  guint timeout;
} Delayed;

G_DEFINE_FINAL_TYPE (SandboxServer, sandbox_server, G_TYPE_OBJECT)

static void
delayed_free (Delayed *self)
{
  if (self->timeout != 0)
    g_source_remove (self->timeout);
  g_signal_handlers_disconnect_by_data (self->message, self);
  g_object_unref (self->message);
  g_clear_pointer (&self->fault, sandbox_fault_rule_unref);
  g_free (self);
}

/* The client has gone: a message that is unpaused now would be of a connection that is no more. */
static void
gone_cb (SoupServerMessage *message, gpointer user_data)
{
  Delayed *delayed = user_data;

  g_assert (SOUP_IS_SERVER_MESSAGE (message));

  g_hash_table_remove (delayed->server->delayed, delayed);
}

/* @fault: (nullable) */
static void
answer (SandboxServer *self, SoupServerMessage *message, const SandboxFaultRule *fault)
{
  if (fault == NULL || sandbox_fault_rule_serves (fault))
    {
      if (self->replay != NULL && sandbox_replay_is_for (message))
        sandbox_replay_answer (self->replay, message);
      else
        sandbox_dispatch (self, self->router, message);
    }
  if (fault != NULL)
    sandbox_faults_strike (self->faults, fault, message);
}

static gboolean
due_cb (gpointer user_data)
{
  Delayed *delayed = user_data;
  SandboxServer *self = delayed->server;
  g_autoptr (SoupServerMessage) message = g_object_ref (delayed->message);
  g_autoptr (SandboxFaultRule) fault = g_steal_pointer (&delayed->fault);

  delayed->timeout = 0;
  g_hash_table_remove (self->delayed, delayed);
  answer (self, message, fault);
  if (!sandbox_later_holds (message))
    soup_server_message_unpause (message);

  return G_SOURCE_REMOVE;
}

/* @fault: (nullable) (transfer full) */
static void
delay (SandboxServer *self, SoupServerMessage *message, SandboxFaultRule *fault, guint pause)
{
  Delayed *delayed = g_new0 (Delayed, 1);

  delayed->server = self;
  delayed->message = g_object_ref (message);
  delayed->fault = fault;
  delayed->timeout = g_timeout_add (pause, due_cb, delayed);
  g_signal_connect (message, "disconnected", G_CALLBACK (gone_cb), delayed);
  g_hash_table_add (self->delayed, delayed);
  soup_server_message_pause (message);
}

static void
request_cb (SoupServer *soup,
            SoupServerMessage *message,
            const char *path,
            GHashTable *query,
            gpointer user_data)
{
  SandboxServer *self = user_data;
  g_autoptr (SandboxFaultRule) fault = NULL;
  guint pause;

  g_assert (SOUP_IS_SERVER (soup));
  g_assert (SANDBOX_IS_SERVER (self));

  sandbox_connections_watch (self->connections, message);
  if (sandbox_control_is_for (message))
    {
      if (sandbox_control_admit (message))
        sandbox_dispatch (self, self->router, message);
      return;
    }

  sandbox_traffic_watch (self->traffic, message);
  if (sandbox_cors_answer (message))
    return;
  fault = sandbox_faults_find (self->faults, message);
  pause = (guint) self->options.latency + (fault != NULL ? fault->delay : 0);
  if (pause > 0)
    delay (self, message, g_steal_pointer (&fault), pause);
  else
    answer (self, message, fault);
}

static void
sandbox_server_dispose (GObject *object)
{
  SandboxServer *self = SANDBOX_SERVER (object);

  g_hash_table_remove_all (self->delayed);
  g_clear_pointer (&self->faults, sandbox_faults_free);
  g_clear_pointer (&self->snapshots, sandbox_snapshots_free);
  g_clear_pointer (&self->scenario, json_node_unref);
  if (self->soup != NULL)
    {
      soup_server_remove_handler (self->soup, NULL);
      soup_server_disconnect (self->soup);
    }
  g_clear_pointer (&self->connections, sandbox_connections_free);
  g_clear_object (&self->soup);
  g_clear_object (&self->store);

  G_OBJECT_CLASS (sandbox_server_parent_class)->dispose (object);
}

static void
sandbox_server_finalize (GObject *object)
{
  SandboxServer *self = SANDBOX_SERVER (object);

  g_hash_table_unref (self->delayed);
  sandbox_traffic_free (self->traffic);
  sandbox_record_free (self->record);
  sandbox_replay_free (self->replay);
  sandbox_router_free (self->router);
  g_free (self->origin);
  g_free (self->ca);
  g_free (self->client_certificate);

  G_OBJECT_CLASS (sandbox_server_parent_class)->finalize (object);
}

static void
sandbox_server_class_init (SandboxServerClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = sandbox_server_dispose;
  object_class->finalize = sandbox_server_finalize;
}

static void
sandbox_server_init (SandboxServer *self)
{
  self->router = sandbox_router_new ();
  self->faults = sandbox_faults_new ();
  self->traffic = sandbox_traffic_new (self->router);
  self->connections = sandbox_connections_new ();
  self->delayed = g_hash_table_new_full (NULL, NULL, (GDestroyNotify) delayed_free, NULL);
  self->soup = soup_server_new ("server-header", "baton-sandbox/" PACKAGE_VERSION, NULL);
  sandbox_intake_watch (self->soup);
  soup_server_add_handler (self->soup, NULL, request_cb, self, NULL);
}

SandboxServer *
sandbox_server_new (SandboxStore *store, const SandboxOptions *options)
{
  SandboxServer *self;

  g_return_val_if_fail (SANDBOX_IS_STORE (store), NULL);
  g_return_val_if_fail (options != NULL, NULL);

  self = g_object_new (SANDBOX_TYPE_SERVER, NULL);
  self->store = g_object_ref (store);
  self->options = *options;
  self->initial = *options;
  sandbox_version_speak (options);

  return self;
}

void
sandbox_server_add_operations (SandboxServer *self, const SandboxOperation *operations)
{
  g_return_if_fail (SANDBOX_IS_SERVER (self));
  g_return_if_fail (operations != NULL);

  sandbox_router_add (self->router, operations);
}

/* A server is asked about every certificate, also a good one. */
static gboolean
accept_certificate_cb (SoupServerMessage *message,
                       GTlsCertificate *certificate,
                       GTlsCertificateFlags errors,
                       gpointer user_data)
{
  return errors == 0;
}

static void
ask_certificate_cb (SoupServer *soup, SoupServerMessage *message, gpointer user_data)
{
  g_signal_connect (message, "accept-certificate", G_CALLBACK (accept_certificate_cb), NULL);
}

/* In a folder of its own beside the data, or where the data of a user lies. */
static gboolean
prepare_tls (SandboxServer *self, GError **error)
{
  g_autofree char *folder =
      self->options.data != NULL
          ? g_strconcat (self->options.data, ".tls", NULL)
          : g_build_filename (g_get_user_data_dir (), "baton-sandbox", NULL);
  g_autoptr (GTlsCertificate) certificate = sandbox_tls_load (folder, &self->ca, error);

  g_autoptr (GTlsDatabase) clients = NULL;

  if (certificate == NULL)
    return FALSE;
  soup_server_set_tls_certificate (self->soup, certificate);
  if (!self->options.client_certificates)
    return TRUE;
  clients = sandbox_tls_load_clients (folder, &self->client_certificate, error);
  if (clients == NULL)
    return FALSE;
  soup_server_set_tls_database (self->soup, clients);
  soup_server_set_tls_auth_mode (self->soup, G_TLS_AUTHENTICATION_REQUIRED);
  g_signal_connect (self->soup, "request-started", G_CALLBACK (ask_certificate_cb), NULL);

  return TRUE;
}

gboolean
sandbox_server_listen (SandboxServer *self, GError **error)
{
  g_return_val_if_fail (SANDBOX_IS_SERVER (self), FALSE);

  if (self->options.tls && !prepare_tls (self, error))
    return FALSE;
  self->port = sandbox_intake_listen (self->soup, self->options.port, self->options.tls, error);
  if (self->port == 0)
    {
      g_prefix_error (error, _ ("Cannot listen on port %u: "), self->options.port);
      return FALSE;
    }
  self->origin = g_strdup_printf ("%s://127.0.0.1:%u", self->options.tls ? "https" : "http",
                                  self->port);

  return TRUE;
}

guint
sandbox_server_get_port (SandboxServer *self)
{
  g_return_val_if_fail (SANDBOX_IS_SERVER (self), 0);

  return self->port;
}

SandboxStore *
sandbox_server_get_store (SandboxServer *self)
{
  g_return_val_if_fail (SANDBOX_IS_SERVER (self), NULL);

  return self->store;
}

const SandboxOptions *
sandbox_server_get_options (SandboxServer *self)
{
  g_return_val_if_fail (SANDBOX_IS_SERVER (self), NULL);

  return &self->options;
}

void
sandbox_server_set_settings (SandboxServer *self, const SandboxOptions *options)
{
  g_return_if_fail (SANDBOX_IS_SERVER (self));
  g_return_if_fail (options != NULL);

  sandbox_settings_copy (&self->options, options);
  sandbox_version_speak (&self->options);
}

void
sandbox_server_restore_settings (SandboxServer *self)
{
  g_return_if_fail (SANDBOX_IS_SERVER (self));

  sandbox_server_set_settings (self, &self->initial);
}

SandboxTraffic *
sandbox_server_get_traffic (SandboxServer *self)
{
  g_return_val_if_fail (SANDBOX_IS_SERVER (self), NULL);

  return self->traffic;
}

SandboxFaults *
sandbox_server_get_faults (SandboxServer *self)
{
  g_return_val_if_fail (SANDBOX_IS_SERVER (self), NULL);

  return self->faults;
}

SandboxSnapshots *
sandbox_server_get_snapshots (SandboxServer *self)
{
  g_return_val_if_fail (SANDBOX_IS_SERVER (self), NULL);

  return self->snapshots;
}

void
sandbox_server_set_seed (SandboxServer *self,
                         SandboxSnapshotsSeed seed,
                         gconstpointer user_data,
                         JsonNode *scenario)
{
  g_return_if_fail (SANDBOX_IS_SERVER (self));
  g_return_if_fail (self->snapshots == NULL);

  self->snapshots = sandbox_snapshots_new (self->store, seed, user_data);
  self->scenario = scenario != NULL ? json_node_ref (scenario) : NULL;
}

gboolean
sandbox_server_reset (SandboxServer *self, GError **error)
{
  g_return_val_if_fail (SANDBOX_IS_SERVER (self), FALSE);
  g_return_val_if_fail (self->snapshots != NULL, FALSE);

  sandbox_clock_reset (self->initial.speed);
  sandbox_server_restore_settings (self);
  sandbox_faults_clear (self->faults);
  sandbox_limits_reset (self);
  if (!sandbox_snapshots_reset (self->snapshots))
    {
      g_set_error_literal (error, SANDBOX_STORE_ERROR, SANDBOX_STORE_ERROR_FAILED,
                           "The data could not be put back");
      return FALSE;
    }
  sandbox_traffic_clear_counters (self->traffic);
  sandbox_traffic_clear_requests (self->traffic);

  return self->scenario == NULL ||
         sandbox_scenario_apply (self, baton_json_peek_root_object (self->scenario), TRUE, error);
}

const char *
sandbox_server_get_origin (SandboxServer *self)
{
  g_return_val_if_fail (SANDBOX_IS_SERVER (self), NULL);

  return self->origin;
}

const char *
sandbox_server_get_ca (SandboxServer *self)
{
  g_return_val_if_fail (SANDBOX_IS_SERVER (self), NULL);

  return self->ca;
}

const char *
sandbox_server_get_client_certificate (SandboxServer *self)
{
  g_return_val_if_fail (SANDBOX_IS_SERVER (self), NULL);

  return self->client_certificate;
}

void
sandbox_server_set_record (SandboxServer *self, SandboxRecord *record, SandboxReplay *replay)
{
  g_return_if_fail (SANDBOX_IS_SERVER (self));
  g_return_if_fail (self->record == NULL && self->replay == NULL);

  self->record = record;
  self->replay = replay;
  sandbox_traffic_set_record (self->traffic, record);
}
