/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <libsoup/soup.h>

#include "sandbox-record.h"
#include "sandbox-router.h"

G_BEGIN_DECLS

/**
 * SandboxTraffic:
 *
 * What was asked of the sandbox: how often each operation, and the last requests one by one,
 * redacted when they are written down. One thread.
 */
typedef struct _SandboxTraffic SandboxTraffic;

/* @router: (unowned): to outlive it. */
SandboxTraffic *sandbox_traffic_new (SandboxRouter *router);
void sandbox_traffic_free (SandboxTraffic *self);

/* @record: (unowned) (nullable): where every request is written as a whole; to outlive it. */
void sandbox_traffic_set_record (SandboxTraffic *self, SandboxRecord *record);

/* Writes a request down when it is answered, or its client is gone. */
void sandbox_traffic_watch (SandboxTraffic *self, SoupServerMessage *message);

/* Appends [{"method","path","operation","count","statuses":{"200":3}}], by method and path. */
void sandbox_traffic_append_counters (SandboxTraffic *self, GString *json);
/* Appends {"last","requests":[…]} of those after number @after, oldest first. */
void sandbox_traffic_append_requests (SandboxTraffic *self, GString *json, guint64 after);

void sandbox_traffic_clear_counters (SandboxTraffic *self);
void sandbox_traffic_clear_requests (SandboxTraffic *self);

G_END_DECLS
