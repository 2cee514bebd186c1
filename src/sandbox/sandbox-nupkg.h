/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A package as NuGet has it: a ZIP with one .nuspec at its top, and what Studio puts into it beside
 * (project.json, entry-points.json). */
typedef struct
{
  char *id;            /* (owned) */
  char *version;       /* (owned) */
  char *title;         /* (owned) (nullable), as those below */
  char *description;   /* (owned) */
  char *authors;       /* (owned) */
  char *owners;        /* (owned) */
  char *tags;          /* (owned) */
  char *release_notes; /* (owned) */
  char *summary;       /* (owned) */
  char *project_url;   /* (owned) */
  char *license_url;   /* (owned) */
  char *icon_url;      /* (owned) */
  char *main;          /* (owned): path of the entry point that a job begins at */
  char *input;         /* (owned): JSON text of its arguments, as ArgumentMetadata has them */
  char *output;        /* (owned) */
  char *entry_points;  /* (owned): JSON, an array of EntryPointDto */
  char *framework;     /* (owned): "Legacy", "Windows" or "Portable" */
  char *project_type;  /* (owned): "Process", "Library", "Tests" */
  gboolean requires_user_interaction;
  gboolean is_attended;
} SandboxNupkg;

/* Any thread. Reads the package that @content is. Returns: (transfer full) (nullable): NULL with
 * G_IO_ERROR_INVALID_DATA where it is none. */
SandboxNupkg *sandbox_nupkg_read (GBytes *content, GError **error);
/* Reads a .nuspec alone. Returns: FALSE with an error where it is none. */
gboolean
sandbox_nupkg_read_nuspec (SandboxNupkg *self, const char *text, gsize length, GError **error);
void sandbox_nupkg_free (SandboxNupkg *self);

/* Returns: (transfer full): a package with what @self has; of the same the same bytes. @time: of
 * its files, in seconds. */
GBytes *sandbox_nupkg_make (const SandboxNupkg *self, gint64 time);

/* Orders versions as NuGet does: by their numbers, and what is no release yet before its release.
 * Returns: less than, equal to or more than 0. */
int sandbox_nupkg_compare_versions (const char *a, const char *b);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SandboxNupkg, sandbox_nupkg_free)

G_END_DECLS
