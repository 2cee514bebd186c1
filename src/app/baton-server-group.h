/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "baton-expiries.h"
#include "baton-session.h"

G_BEGIN_DECLS

/**
 * BatonServerGroup:
 *
 * A group of the page "Keys and tokens" that shows what the server has for the account that is
 * open. It asks when it is shown. Where the account may not, it says so and opens the page of the
 * portal where a person does the same. Main thread.
 */
#define BATON_TYPE_SERVER_GROUP (baton_server_group_get_type ())
G_DECLARE_DERIVABLE_TYPE (BatonServerGroup, baton_server_group, BATON, SERVER_GROUP, GtkWidget)

struct _BatonServerGroupClass
{
  GtkWidgetClass parent_class;

  /* Asks the server, and ends with baton_server_group_loaded() or baton_server_group_fail(). */
  void (*load) (BatonServerGroup *self);
};

void baton_server_group_set_session (BatonServerGroup *self,
                                     BatonSession *session,
                                     BatonExpiries *expiries);
/* Asks again. */
void baton_server_group_reload (BatonServerGroup *self);

/* For subclasses. @page: of the portal. @suffix: (transfer floating): of the header. */
void baton_server_group_set_words (BatonServerGroup *self,
                                   const char *title,
                                   const char *description,
                                   const char *page,
                                   GtkWidget *suffix);
/* Returns: (transfer floating): a button with a plus for the header, narrow enough for a phone. */
GtkWidget *baton_server_group_make_add (const char *label);
BatonSession *baton_server_group_get_session (BatonServerGroup *self);
BatonConnection *baton_server_group_get_connection (BatonServerGroup *self); /* (nullable) */
GCancellable *baton_server_group_get_cancellable (BatonServerGroup *self);
GtkWindow *baton_server_group_get_window (BatonServerGroup *self); /* (nullable) */
/* @row: (transfer floating). */
void baton_server_group_add_row (BatonServerGroup *self, GtkWidget *row);
/* Takes the rows away, to put those in that came. @nothing: said where none follow. */
void baton_server_group_begin (BatonServerGroup *self);
/* @nothing: (nullable): said in place of rows. @expiries: (element-type BatonExpiry): of what came.
 */
void baton_server_group_loaded (BatonServerGroup *self,
                                const char *nothing,
                                BatonExpiryKind kind,
                                GPtrArray *expiries);
void baton_server_group_fail (BatonServerGroup *self, const GError *error);
void baton_server_group_say (BatonServerGroup *self, const char *text);
/* Sends the requests one after the other, says @done or what failed, and asks again. @requests:
 * (transfer full) (element-type BatonRequest). */
void baton_server_group_act (BatonServerGroup *self, GPtrArray *requests, const char *done);

G_END_DECLS
