/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sandbox-odata-query.h"
#include "sandbox-store.h"

G_BEGIN_DECLS

/**
 * SandboxWriter:
 *
 * Writes entities as JSON, straight from the columns of SQLite into the text of the answer. A
 * property without a value is left out, as the service may do too (fact sheet 5.1) and as the
 * definition, where little is nullable, wants it. One thread.
 */
typedef struct _SandboxWriter SandboxWriter;

/* @shape: (transfer none): must outlive it. @detail: with what only the entity by its key tells. */
SandboxWriter *sandbox_writer_new (SandboxStore *store, const SandboxShape *shape, gboolean detail);
void sandbox_writer_free (SandboxWriter *self);

/* Appends the entity with this rowid. @head: (nullable): members to begin with, each with its
 * comma. Returns: FALSE where there is none; @json is then as it was. */
gboolean sandbox_writer_write (SandboxWriter *self, GString *json, gint64 id, const char *head);

/* Appends "text" with quotes and what JSON wants escaped. */
void sandbox_json_append_string (GString *json, const char *text);
/* Appends a time with its quotes: "2026-01-31T12:00:00.123Z". */
void sandbox_json_append_time (GString *json, gint64 time);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SandboxWriter, sandbox_writer_free)

G_END_DECLS
