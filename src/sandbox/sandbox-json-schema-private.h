/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sandbox-json-schema.h"

G_BEGIN_DECLS

/* A node that is null is NULL to baton-json. */
static inline gboolean
sandbox_schema_is_object (JsonNode *node)
{
  return node != NULL && JSON_NODE_HOLDS_OBJECT (node);
}

static inline gboolean
sandbox_schema_is_array (JsonNode *node)
{
  return node != NULL && JSON_NODE_HOLDS_ARRAY (node);
}

static inline gboolean
sandbox_schema_is_value (JsonNode *node)
{
  return node != NULL && JSON_NODE_HOLDS_VALUE (node);
}

/* One walk through a value. */
typedef struct
{
  JsonNode *root; /* (unowned): of the schema, where references begin */
  guint depth;
  guint n_steps;
  char *problem; /* (owned) (nullable): the first one */
} SandboxSchemaWalk;

/* One keyword of a schema, asked of one value. */
typedef struct
{
  SandboxSchemaWalk *walk;
  JsonObject *schema;
  JsonNode *keyword; /* (nullable): its value in the schema */
  JsonNode *value;   /* (nullable) */
  const char *where; /* "", "Lines[2].Amount" */
} SandboxSchemaQuestion;

typedef struct
{
  const char *name;
  gboolean (*ask) (const SandboxSchemaQuestion *self);
} SandboxSchemaKeyword;

/* Up to a name of NULL. */
extern const SandboxSchemaKeyword sandbox_schema_keywords[];

/* Returns: TRUE where @value fits @schema; the walk keeps what does not. */
gboolean
sandbox_schema_fits (SandboxSchemaWalk *walk, JsonNode *schema, JsonNode *value, const char *where);
/* Keeps the problem, where it is the first. Returns: FALSE. */
gboolean sandbox_schema_refuse (const SandboxSchemaQuestion *self, const char *format, ...)
    G_GNUC_PRINTF (2, 3);

G_END_DECLS
