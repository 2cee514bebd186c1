/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sandbox-odata-query.h"
#include "sandbox-store.h"

G_BEGIN_DECLS

/**
 * SandboxCsv:
 *
 * Writes entities as lines of CSV (RFC 4180), a column a property. A secret is no column. One
 * thread.
 */
typedef struct _SandboxCsv SandboxCsv;

/* @shape: (transfer none): its fields; read here alone. */
SandboxCsv *sandbox_csv_new (SandboxStore *store, const SandboxShape *shape);
void sandbox_csv_free (SandboxCsv *self);

/* Appends the line of names. */
void sandbox_csv_append_header (SandboxCsv *self, GString *text);
/* Appends the entity with this rowid; nothing where it is gone. */
void sandbox_csv_append_row (SandboxCsv *self, GString *text, gint64 id);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SandboxCsv, sandbox_csv_free)

G_END_DECLS
