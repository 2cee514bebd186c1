/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* A small server over a real socket that answers as it is told, also as no server should. Its
 * connections run in threads of their own. */
typedef struct _FaultServer FaultServer;

/* @certificate: (nullable): the file of a certificate and its key, to speak TLS. */
FaultServer *fault_server_new (const char *certificate);
void fault_server_free (FaultServer *self);
/* Shows this one from now on. */
void fault_server_set_certificate (FaultServer *self, const char *certificate);
/* Lets in only clients with a certificate of @authority, a file. */
void fault_server_require_client (FaultServer *self, const char *authority);
const char *fault_server_get_origin (FaultServer *self);

/* @what: "GET /path", a prefix of method and path without query; the longest that fits is taken.
 * Answers of one are given in order; the last is given again and again. @headers: (nullable): whole
 * lines with CRLF. */
void fault_server_add (FaultServer *self,
                       const char *what,
                       guint status,
                       const char *headers,
                       const char *body);
/* @length: of @bytes, or -1. @hang: keep the connection open and say no more. */
void fault_server_add_raw (FaultServer *self,
                           const char *what,
                           const char *bytes,
                           gssize length,
                           gboolean hang);
/* Ends all answers that hang so far with this one, for those of which nothing was said yet. */
void fault_server_let_go (FaultServer *self, guint status, const char *body);
/* Forgets the answers of @what, so that others can be added. */
void fault_server_reset (FaultServer *self, const char *what);

/* How many requests of @what came. */
guint fault_server_count (FaultServer *self, const char *what);
/* Returns: (transfer full) (nullable): the last request of @what, as it came. */
char *fault_server_dup_request (FaultServer *self, const char *what);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FaultServer, fault_server_free)

G_END_DECLS
