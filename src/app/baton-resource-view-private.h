/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "baton-detail-pane.h"
#include "baton-list-bar.h"
#include "baton-list-pages.h"
#include "baton-list-status.h"
#include "baton-resource-view.h"
#include "baton-table.h"

G_BEGIN_DECLS

struct _BatonResourceView
{
  GtkWidget parent_instance;

  const BatonResource *resource;
  BatonConnection *connection; /* (owned) (nullable) */
  BatonPagedList *list;        /* (owned) (nullable) */
  gint64 folder;
  GSimpleActionGroup *actions; /* (owned) */
  GSettings *settings;         /* (owned): of the application */

  /* What is selected now. */
  GPtrArray *selected; /* (owned) (element-type BatonRecord): those that are loaded */
  guint64 n_selected;

  gboolean details_wanted; /* the person did not close them */
  gboolean details_shown;

  guint selection_source;
  guint state_source;
  guint tick_source;
  gint64 asked_at; /* monotonic: of the last refresh by itself */

  AdwFlap *flap;
  BatonListBar *bar;
  BatonListPages *pages;
  BatonTable *table;
  BatonListStatus *status;
  GtkBox *detail_box;
  BatonDetailPane *details;
  GtkWidget *context_menu; /* (unowned) (nullable): parented to the view */
};

/* The second half of the class: what a person does. */
void _baton_resource_view_create_actions (BatonResourceView *self);
/* To be called where selection, permissions or folder changed. */
void _baton_resource_view_update_actions (BatonResourceView *self);
void _baton_resource_view_popup_menu (BatonResourceView *self, double x, double y);
/* @action: of the resource; on what is selected. */
void _baton_resource_view_do (BatonResourceView *self, const BatonAction *action);

/* The first half. */
void _baton_resource_view_refresh (BatonResourceView *self, BatonPriority priority);
void _baton_resource_view_show_details (BatonResourceView *self, gboolean shown);
gboolean _baton_resource_view_needs_folder (BatonResourceView *self);

G_END_DECLS
