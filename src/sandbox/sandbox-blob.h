/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sandbox-request.h"

G_BEGIN_DECLS

/* The contents of files, in the table "Blobs" of the same store: each belongs to a row of an entity
 * set, and goes with it. */

typedef struct
{
  GBytes *content; /* (owned) */
  char *type;      /* (owned) (nullable): content type */
  gint64 modified; /* microseconds */
} SandboxBlob;

void sandbox_blob_clear (SandboxBlob *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (SandboxBlob, sandbox_blob_clear)

/* Makes the table, and what empties it. */
void sandbox_blob_prepare (SandboxStore *store);

/* @set, @owner: the row that it belongs to. @path: within it, without a slash before; "" where it
 * has one alone. Takes the place of what is there. @type: (nullable). */
void sandbox_blob_write (SandboxStore *store,
                         const SandboxEntitySet *set,
                         gint64 owner,
                         const char *path,
                         const char *type,
                         GBytes *content);
/* Returns: FALSE where there is none. */
gboolean sandbox_blob_read (
    SandboxBlob *self, SandboxStore *store, const char *set, gint64 owner, const char *path);
/* Returns: FALSE where there is none. */
gboolean sandbox_blob_delete (SandboxStore *store,
                              const SandboxEntitySet *set,
                              gint64 owner,
                              const char *path);

/* Appends BlobFileAccessDto for the file at @path. @verb: "GET" or "PUT". @type: (nullable): that
 * a PUT has to send. */
void sandbox_blob_append_access (GString *json,
                                 SandboxRequest *request,
                                 const SandboxEntitySet *set,
                                 gint64 owner,
                                 const char *path,
                                 const char *verb,
                                 const char *type,
                                 int minutes);

G_END_DECLS
