/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "sandbox-faults.h"
#include "sandbox-replay.h"
#include "sandbox-request.h"
#include "sandbox-snapshots.h"
#include "sandbox-traffic.h"
#include "sandbox-world.h"

G_BEGIN_DECLS

#define SANDBOX_TYPE_SERVER (sandbox_server_get_type ())
G_DECLARE_FINAL_TYPE (SandboxServer, sandbox_server, SANDBOX, SERVER, GObject)

SandboxServer *sandbox_server_new (SandboxStore *store, const SandboxOptions *options);
/* @operations: up to a method of NULL; kept, so static. */
void sandbox_server_add_operations (SandboxServer *self, const SandboxOperation *operations);
gboolean sandbox_server_listen (SandboxServer *self, GError **error);
guint sandbox_server_get_port (SandboxServer *self);
/* Returns: (transfer none): "http://127.0.0.1:PORT", with TLS "https". */
const char *sandbox_server_get_origin (SandboxServer *self);
/* Returns: (transfer none) (nullable): the file of the authority to trust, with TLS. */
const char *sandbox_server_get_ca (SandboxServer *self);
/* Returns: (transfer none) (nullable): the file of a client's certificate, where one is asked for. */
const char *sandbox_server_get_client_certificate (SandboxServer *self);
/* Returns: (transfer none). */
SandboxStore *sandbox_server_get_store (SandboxServer *self);
const SandboxOptions *sandbox_server_get_options (SandboxServer *self);
/* Takes the settings of @options, see sandbox-settings.h; or goes back to those of the start. */
void sandbox_server_set_settings (SandboxServer *self, const SandboxOptions *options);
void sandbox_server_restore_settings (SandboxServer *self);
/* Returns: (transfer none). */
SandboxTraffic *sandbox_server_get_traffic (SandboxServer *self);
SandboxFaults *sandbox_server_get_faults (SandboxServer *self);
SandboxSnapshots *sandbox_server_get_snapshots (SandboxServer *self);
/* Gives it what the data goes back to, and (nullable) the scenario that is applied then. @scenario:
 * (transfer none) */
void sandbox_server_set_seed (SandboxServer *self,
                              SandboxSnapshotsSeed seed,
                              gconstpointer user_data,
                              JsonNode *scenario);
/* Writes all traffic to @record, and answers from @replay. Both (nullable) (transfer full). */
void sandbox_server_set_record (SandboxServer *self, SandboxRecord *record, SandboxReplay *replay);
/* Back to what it was at its start: data, clock, settings, faults, counters. */
gboolean sandbox_server_reset (SandboxServer *self, GError **error);

G_END_DECLS
