/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sandbox-request.h"
#include "sandbox-row.h"

G_BEGIN_DECLS

/**
 * SandboxChange:
 *
 * A row of an entity set that is about to be written: the values that a body brings, by the columns
 * of the set, and what hooks make of them.
 */
struct _SandboxChange
{
  const SandboxEntitySet *set;
  JsonObject *body;   /* (unowned): with what is no column, too: "Permissions" of a role */
  SandboxWrites kind; /* SANDBOX_WRITE_CREATE, _REPLACE or _PATCH */
  gint64 id;          /* the rowid, 0 until a new row is written */
  GArray *values;     /* (owned): SandboxValue */
  GPtrArray *texts;   /* (owned): what they point to */
};

/* Reads @body strictly, as the service does: a member that the set does not have, or of another
 * type, and the whole body is lost: 400 "webhookDto must not be null" (fact sheet 4.2). Answers
 * where it does not fit. @id: the row that is changed, 0 for a new one. Returns: (transfer full)
 * (nullable). */
SandboxChange *sandbox_change_new (SandboxRequest *request,
                                   const SandboxEntitySet *set,
                                   JsonObject *body,
                                   SandboxWrites kind,
                                   gint64 id);
void sandbox_change_free (SandboxChange *self);

/* Returns: TRUE where the change writes @column, also with NULL. */
gboolean sandbox_change_has (SandboxChange *self, const char *column);
/* What the change writes, @fallback where it does not write the column, or NULL. */
gint64 sandbox_change_get_int (SandboxChange *self, const char *column, gint64 fallback);
/* Returns: (transfer none) (nullable) */
const char *sandbox_change_get_text (SandboxChange *self, const char *column);

void sandbox_change_set_int (SandboxChange *self, const char *column, gint64 number);
/* @text: (nullable) (transfer none) */
void sandbox_change_set_text (SandboxChange *self, const char *column, const char *text);
void sandbox_change_set_null (SandboxChange *self, const char *column);
/* @name: of the enum of that column; criticals where it has no such name. */
void sandbox_change_set_enum (SandboxChange *self, const char *column, const char *name);

/* Writes the row: a new one also gets its tenant, folder, key and times. */
void sandbox_change_write (SandboxChange *self, SandboxRequest *request);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SandboxChange, sandbox_change_free)

G_END_DECLS
