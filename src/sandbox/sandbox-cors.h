/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <libsoup/soup.h>

G_BEGIN_DECLS

/* The Orchestrator may be called from a web page of another origin (fact sheet 1.1: the host that
 * the TypeScript SDK uses in browsers is there for that). Here the page must be of this computer,
 * as the one that a developer works on is: whatever else is open in the browser must not reach the
 * sandbox, whose credentials everybody knows.
 *
 * Lets the page read the answer to @message. Returns: TRUE where that was the browser's question
 * whether it may be sent, which is answered. */
gboolean sandbox_cors_answer (SoupServerMessage *message);

G_END_DECLS
