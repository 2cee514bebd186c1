/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/**
 * BatonQuery:
 *
 * An OData query on its way to become a path (fact sheet 5.1). Counted, not for several threads at
 * once.
 */
typedef struct _BatonQuery BatonQuery;
#define BATON_TYPE_QUERY (baton_query_get_type ())
GType baton_query_get_type (void);

/* @path: "/odata/Jobs". */
BatonQuery *baton_query_new (const char *path);
BatonQuery *baton_query_copy (BatonQuery *self);
BatonQuery *baton_query_ref (BatonQuery *self);
void baton_query_unref (BatonQuery *self);

/* Terms are joined with "and". (nullable) terms are left out. */
void baton_query_add_filter (BatonQuery *self, const char *term);
void baton_query_add_order (BatonQuery *self, const char *property, gboolean descending);
void baton_query_set_select (BatonQuery *self, const char *properties); /* "Id,State" */
void baton_query_set_expand (BatonQuery *self, const char *properties);
void baton_query_set_count (BatonQuery *self, gboolean count);
void baton_query_set_range (BatonQuery *self, guint64 skip, guint top); /* @top 0: none */
/* A parameter that is no OData option, e.g. "searchTerm". */
void baton_query_set_parameter (BatonQuery *self, const char *name, const char *value);

/* Returns: (transfer full): path and query, percent-encoded. */
char *baton_query_to_path (BatonQuery *self);

/* Literals. (transfer full): 'O''Brien'; 2026-01-31T12:00:00.000Z. */
char *baton_query_quote (const char *text);
char *baton_query_time (gint64 time);
/* (transfer full): contains(tolower(A),'x') or contains(tolower(B),'x'), in brackets. @properties:
 * NULL-terminated. */
char *baton_query_search (const char *const *properties, const char *text);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BatonQuery, baton_query_unref)

G_END_DECLS
