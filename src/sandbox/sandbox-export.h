/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sandbox-odata-sql.h"
#include "sandbox-server.h"

G_BEGIN_DECLS

/* Exports (entity set Exports, fact sheet 5.3): rows of an entity set become a CSV, some at a time
 * on the main context, so that a long one keeps nobody waiting. Which rows those are, and their
 * order, is settled when it is asked for; what they hold is read on the way. */

/* Makes the table of the parts. What was under way when the last run ended is Failed. */
void sandbox_export_init (SandboxServer *server);

/* Begins the export of what @sql finds of @set, with the $filter, $orderby, $select, $top and $skip
 * of the request, and answers its ExportModel. @type: "Jobs"; @name: as the file is called without
 * its suffix. Answers what is wrong with the options. The permission has been looked at. */
void sandbox_export_reply (SandboxRequest *request,
                           const SandboxEntitySet *set,
                           SandboxSql *sql,
                           const char *type,
                           const char *name);

G_END_DECLS
