/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sandbox-odata-sql.h"

G_BEGIN_DECLS

/* Definition: "The maximum number of expressions is 5" ($orderby), "The maximum depth is 2"
 * ($expand). */
#define SANDBOX_ORDER_MAX_TERMS 5
#define SANDBOX_EXPAND_MAX_DEPTH 2

typedef struct _SandboxShape SandboxShape;

/* What of an entity is given out: $select and $expand. */
struct _SandboxShape
{
  const SandboxEntitySet *set;
  GPtrArray *fields;  /* (owned) (nullable): SandboxField, unowned; NULL is all */
  GPtrArray *expands; /* (owned): SandboxExpand */
};

typedef struct
{
  const SandboxNavigation *navigation;
  SandboxShape *shape; /* (owned) */
} SandboxExpand;

/* Returns: (transfer full): all properties, nothing expanded. */
SandboxShape *sandbox_shape_new (const SandboxEntitySet *set);
void sandbox_shape_free (SandboxShape *self);

typedef struct
{
  const SandboxEntitySet *set;
  SandboxExpression *filter; /* (owned) (nullable) */
  char *orderby;             /* (owned) (nullable) */
  SandboxShape *shape;       /* (owned) */
  gint64 top;                /* -1: not asked */
  gint64 skip;
  gboolean count;
} SandboxQuery;

/* @options: (nullable): name in lower case -> text, decoded; names with or without '$'. Options of
 * others are left alone. Where @one, only $select and $expand make sense, as for an entity by its
 * key. Any thread. Returns: (transfer full) (nullable). */
SandboxQuery *sandbox_query_parse (const SandboxEntitySet *set,
                                   GHashTable *options,
                                   gboolean one,
                                   GError **error);
void sandbox_query_free (SandboxQuery *self);

/* Adds filter and order to @sql; the set's default order where the query has none. */
gboolean sandbox_query_apply (SandboxQuery *self, SandboxSql *sql, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SandboxShape, sandbox_shape_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SandboxQuery, sandbox_query_free)

G_END_DECLS
