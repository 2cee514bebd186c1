/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <libsoup/soup.h>

G_BEGIN_DECLS

/* A file of a form of many parts. */
typedef struct
{
  char *field;     /* (owned) (nullable): the field of the form */
  char *name;      /* (owned): as it calls itself, or "file0", "file1", … */
  GBytes *content; /* (owned) */
} SandboxMultipartFile;

/* Returns: (transfer full) (nullable) (element-type SandboxMultipartFile): the parts of a
 * multipart/form-data @body in their order; NULL where it is none. */
GPtrArray *sandbox_multipart_read (SoupMessageHeaders *headers, GBytes *body);

G_END_DECLS
