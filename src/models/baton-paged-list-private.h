/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "baton-paged-list.h"
#include "baton-record-cache.h"
#include "baton-selection.h"
#include "odata/baton-page.h"

G_BEGIN_DECLS

/* A row of the list has a position, which changes when rows come or go above it, and a slot, which does not: slot = position + base. Everything
 * that is kept is kept by slot, so that new rows at the top cost nothing. */
#define BATON_FIRST_SLOT (1u << 30)
#define BATON_MAX_ITEMS (1u << 30)

#define BATON_PAGE_SIZE 100
#define BATON_MAX_FETCHES 4
#define BATON_MAX_CHUNKS 40

typedef enum
{
  BATON_FETCH_FIRST,   /* the list anew */
  BATON_FETCH_PAGE,    /* rows that are missing or old */
  BATON_FETCH_REFRESH, /* what is on screen, with the count */
  BATON_FETCH_NEXT,    /* of a list whose count is not known: what comes after the last row */
  BATON_FETCH_ALL,     /* of a client_only resource: all, or what is still missing of all */
} BatonFetchKind;

typedef struct
{
  BatonPagedList *list; /* (unowned) (nullable): NULL once nobody waits for it */
  GCancellable *cancellable; /* (owned) */
  BatonFetchKind kind;
  BatonPriority priority;
  guint page; /* of PAGE: slot / page_size */
  guint slot; /* of the first row asked for */
  guint n;    /* rows asked for; 0: all */
  gboolean counted;
} BatonFetch;

struct _BatonPagedList
{
  GObject parent_instance;
  BatonConnection *connection; /* (owned) */
  const BatonResource *resource; /* (unowned): static */

  /* what is asked */
  gint64 folder;
  char *sort; /* (owned) (nullable) */
  gboolean descending;
  char *filter; /* (owned) (nullable) */
  char *search; /* (owned) (nullable) */

  /* what is there */
  guint base;
  guint n_items;
  gint64 total; /* -1: not known */
  guint page_size;
  guint epoch; /* of the last refresh: what is older is asked again when seen */
  BatonRecordCache *cache; /* (owned) */
  GHashTable *rows; /* (owned): slot -> (unowned) BatonRow, for as long as anyone holds it */
  BatonSelection *selection; /* (owned) */
  GPtrArray *local; /* (owned) (nullable): of client_only, all records as they came */
  GPtrArray *arriving; /* (owned) (nullable): the next local, while the service cuts it in pieces */
  guint64 serial;
  guint visible_first, visible_last; /* positions; first > last: not told */
  gint64 updated_at;
  GError *error; /* (owned) (nullable) */

  /* what is on its way */
  gboolean fresh;  /* the first answer of what is asked now is still to come */
  gboolean clear;  /* what is shown belongs to something else and goes at once */
  gboolean recount; /* the next page asks for the count as well */
  gboolean loading; /* as last notified */
  guint furthest; /* position + 1 that was asked for, of a list whose count is not known */
  guint short_length; /* of the last page that was shorter than asked, of such a list */
  GPtrArray *fetches; /* (owned) */
  GHashTable *failures; /* (owned): page -> (owned) Failure */
  guint restart_source;
  guint flush_source;
  guint retry_source;
};

enum
{
  BATON_PAGED_LIST_PROP_0,
  BATON_PAGED_LIST_PROP_TOTAL,
  BATON_PAGED_LIST_PROP_LOADING,
  BATON_PAGED_LIST_PROP_ERROR,
  BATON_PAGED_LIST_PROP_UPDATED_AT,
  BATON_PAGED_LIST_N_PROPS
};

/* baton-paged-list.c */
void _baton_paged_list_notify (BatonPagedList *self, guint property);
void _baton_paged_list_set_error (BatonPagedList *self, GError *error); /* (transfer full) (nullable) */
void _baton_paged_list_set_total (BatonPagedList *self, gint64 total);
void _baton_paged_list_drop_rows (BatonPagedList *self, guint first, guint end);
BatonQuery *_baton_paged_list_make_query (BatonPagedList *self);

/* baton-paged-list-select.c */
void _baton_paged_list_selection_iface_init (GtkSelectionModelInterface *iface);

/* baton-paged-list-fetch.c */
void _baton_paged_list_restart (BatonPagedList *self);
void _baton_paged_list_schedule (BatonPagedList *self);
void _baton_paged_list_flush (BatonPagedList *self);
void _baton_paged_list_fetch_refresh (BatonPagedList *self, BatonPriority priority);
void _baton_paged_list_fetch_rest (BatonPagedList *self, guint have, BatonPriority priority);
void _baton_paged_list_cancel (BatonPagedList *self);
void _baton_paged_list_cancel_pages (BatonPagedList *self);
void _baton_paged_list_forget_failures (BatonPagedList *self);
void _baton_paged_list_update_loading (BatonPagedList *self);

/* baton-paged-list-land.c: what an answer does. @page stays the caller's. Returns: FALSE with
 * @error where the answer makes no sense. */
gboolean _baton_paged_list_land (BatonPagedList *self,
                                 BatonFetch *fetch,
                                 BatonPage *page,
                                 GError **error);
/* Shows the records of a client_only resource in the order and with the search that is asked
 * now. */
void _baton_paged_list_show_local (BatonPagedList *self, gboolean anew);
void _baton_paged_list_show_nothing (BatonPagedList *self);

G_END_DECLS
