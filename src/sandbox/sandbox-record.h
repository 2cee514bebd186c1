/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <libsoup/soup.h>

G_BEGIN_DECLS

/**
 * SandboxRecord:
 *
 * A file of requests with their answers, a line of JSON each, without secrets: the values of
 * secret names, and what is well known, are replaced before they are written. Where the sandbox
 * names its own address there is "{{origin}}". One thread.
 */
typedef struct _SandboxRecord SandboxRecord;

/* Begins @file anew; nobody else may read it. Returns: (transfer full) (nullable). */
SandboxRecord *sandbox_record_new (const char *file, GError **error);
void sandbox_record_free (SandboxRecord *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SandboxRecord, sandbox_record_free)

/* Writes down what was asked and answered. @time: when it came. */
void sandbox_record_write (SandboxRecord *self, SoupServerMessage *message, gint64 time);

/* Returns: (transfer full): what a request is found again by: method, path, sorted query, redacted.
 */
char *sandbox_record_make_key (const char *method, const char *url);
/* Returns: (transfer full): path and query of @message. */
char *sandbox_record_make_url (SoupServerMessage *message);
/* Returns: (transfer full) (nullable): @body as it stands in a record; NULL where it is empty or no
 * text. @origin: (nullable): the address that is replaced in it. */
char *sandbox_record_make_text (SoupMessageBody *body, const char *origin);
/* Returns: (transfer full): "http://localhost:8080", as @message was sent to. */
char *sandbox_record_make_origin (SoupServerMessage *message);

/* Stands for the address of the sandbox. */
#define SANDBOX_RECORD_ORIGIN "{{origin}}"

G_END_DECLS
