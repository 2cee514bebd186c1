/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/**
 * SandboxJsonSchema:
 *
 * A JSON schema of draft-07, as queues and test data queues hold one for their items. It knows all
 * assertions of the draft; of "format" it checks "date-time", the others are annotations. "$ref"
 * leads within the schema itself alone.
 */
typedef struct _SandboxJsonSchema SandboxJsonSchema;

/* @problem: (out) (transfer full): a sentence, where NULL is returned. Returns: (transfer full)
 * (nullable): NULL where @text is no schema. */
SandboxJsonSchema *sandbox_json_schema_new (const char *text, char **problem);
void sandbox_json_schema_free (SandboxJsonSchema *self);

/* @value: (nullable): null. Returns: (transfer full) (nullable): NULL where @value fits, else the
 * first thing that does not, with its place. */
char *sandbox_json_schema_find_problem (SandboxJsonSchema *self, JsonNode *value);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SandboxJsonSchema, sandbox_json_schema_free)

G_END_DECLS
