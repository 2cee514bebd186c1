/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sandbox-entity.h"
#include "sandbox-store.h"

G_BEGIN_DECLS

/* Something happened that webhooks tell of (fact sheet 6.19). */
typedef struct
{
  const char *type; /* "job.started" */
  gint64 tenant;
  gint64 folder;               /* 0: of the tenant */
  gint64 user;                 /* 0: by the service itself */
  const char *member;          /* of the message: "Job" */
  const SandboxEntitySet *set; /* the entity that it holds … */
  gint64 id;                   /* … which may be gone when the event is told of */
} SandboxEvent;

typedef void (*SandboxEventFunc) (const SandboxEvent *event, gpointer user_data);

/* @func hears of every event of @store, within the transaction that made it, and makes none. */
void sandbox_event_listen (SandboxStore *store, SandboxEventFunc func, gpointer user_data);
void sandbox_event_unlisten (SandboxStore *store, SandboxEventFunc func, gpointer user_data);
void sandbox_event_emit (SandboxStore *store, const SandboxEvent *event);

G_END_DECLS
