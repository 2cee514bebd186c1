/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sandbox-request.h"

G_BEGIN_DECLS

/* One of what a paged list of Identity's API may show (fact sheet 2.5). */
typedef struct
{
  char *name;    /* (owned): by these it is found and sorted */
  char *display; /* (owned) */
  char *email;   /* (owned) */
  gint64 created;
  char *json; /* (owned): the entity */
} SandboxIdentityEntry;

/* Returns: (transfer full) (element-type SandboxIdentityEntry). */
GPtrArray *sandbox_identity_page_new (void);
/* @name, @display, @email: (nullable). @json: (transfer full). */
void sandbox_identity_page_add (GPtrArray *entries,
                                const char *name,
                                const char *display,
                                const char *email,
                                gint64 created,
                                GString *json);
/* Answers {"totalCount","results"}, in the order in which they were added or as top, skip,
 * searchTerm, sortBy and sortOrder of the query say, or what is wrong with them. */
void sandbox_identity_page_reply (SandboxRequest *request, GPtrArray *entries);

G_END_DECLS
