/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "baton-connection.h"

G_BEGIN_DECLS

typedef struct
{
  guint64 skip;
  guint top; /* 0: none */
  gboolean counted;
  char *query; /* (owned) */
} ListAsked;

/* A small Orchestrator in this process, over a real socket: it signs in anyone, and has one list of
 * machines, whatever is asked. What it should do wrong is set in its fields. */
typedef struct
{
  GArray *ids; /* (owned): of the rows, in their order, guint */
  guint cap;   /* rows it gives at once at most; 0: as many as asked */
  gboolean uncounted;
  guint latency;   /* ms */
  guint status;    /* of each answer, 0: 200 */
  guint short_at;  /* the next page from here has half of its rows; G_MAXUINT: none */
  guint broken_at; /* the next page from here is no JSON; G_MAXUINT: none */
  GArray *asked;   /* (owned): of ListAsked, in their order */
  guint n_running, n_running_max;
  BatonClock *clock; /* (owned): a fake one, moved on while one waits */
  gpointer soup;     /* (owned) */
  char *address;     /* (owned) */
} ListServer;

ListServer *list_server_new (guint n);
void list_server_free (ListServer *self);
void list_server_forget_asked (ListServer *self);
/* Returns: (transfer full): signed in at the first request. */
BatonConnection *list_server_connect (ListServer *self);
/* The same for any address and user key; @clock: (nullable). */
BatonConnection *list_server_connect_to (const char *address,
                                         const char *client_id,
                                         const char *user_key,
                                         BatonClock *clock);

/* Runs the main loop until @condition; fails the test after 30 s. @self: (nullable). */
#define list_server_wait(self, condition)                                                          \
  G_STMT_START                                                                                     \
  {                                                                                                \
    gint64 _end = g_get_monotonic_time () + 30 * G_USEC_PER_SEC;                                   \
    while (!(condition))                                                                           \
      {                                                                                            \
        if (g_get_monotonic_time () > _end)                                                        \
          g_error ("%s:%d: waited too long for: %s", __FILE__, __LINE__, #condition);              \
        list_server_step (self);                                                                   \
      }                                                                                            \
  }                                                                                                \
  G_STMT_END
void list_server_step (ListServer *self);
/* Runs the main loop for a while: for what must not happen. */
void list_server_settle (ListServer *self, guint ms);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ListServer, list_server_free)

G_END_DECLS
