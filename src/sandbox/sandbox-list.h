/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sandbox-odata-sql.h"
#include "sandbox-request.h"

G_BEGIN_DECLS

/* Reading of entity sets. The request has its folder already; permissions have been looked at. */

/* Returns: (transfer full): a question to @set with what the request's tenant, folder and user
 * confine it to. */
SandboxSql *sandbox_list_begin (SandboxRequest *request, const SandboxEntitySet *set);
/* As sandbox_list_begin(), over the whole tenant whatever folder was sent. */
SandboxSql *sandbox_list_begin_tenant (SandboxRequest *request, const SandboxEntitySet *set);
/* Returns: the rowid of the first that @sql finds, 0 where it finds none. */
gint64 sandbox_list_find (SandboxRequest *request, SandboxSql *sql);
/* Answers the page that the request asks for, or what is wrong with its options. */
void sandbox_list_reply (SandboxRequest *request, const SandboxEntitySet *set, SandboxSql *sql);
/* The same in one. */
void sandbox_list_reply_all (SandboxRequest *request, const SandboxEntitySet *set);

/* Answers the entity that the request's key names, or 404. */
void sandbox_list_reply_by_key (SandboxRequest *request, const SandboxEntitySet *set);
/* Answers the entity with this value in a field, or 404. */
void sandbox_list_reply_by_field (SandboxRequest *request,
                                  const SandboxEntitySet *set,
                                  const char *field,
                                  const char *value);

G_END_DECLS
