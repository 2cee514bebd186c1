/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef struct
{
  const char *host;
  guint16 port;
  gboolean tls;         /* from the first byte on */
  const char *user;     /* (nullable) */
  const char *password; /* (nullable) */
  const char *from;
  const char *to;
  const char *subject;
  const char *text; /* lines end with "\n" */
} SandboxMail;

/* Returns: TRUE where @address can stand in a command of SMTP. */
gboolean sandbox_smtp_is_address (const char *address);

/* Sends @mail (RFC 5321) without blocking; nothing of it needs to live on. */
void sandbox_smtp_send_async (const SandboxMail *mail,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data);
/* Errors: of the connection, or G_IO_ERROR_FAILED with what the server said. */
gboolean sandbox_smtp_send_finish (GAsyncResult *result, GError **error);

G_END_DECLS
