/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * BatonErrorText:
 * @title: a short sentence: what failed ("The user key was revoked")
 * @body: why, and what to do; plain text, never markup
 * @button: (nullable): label of the button that helps
 * @action: (nullable): the detailed name of the GAction it activates, "win.replace-key", "win.add-scope::OR.Jobs.Write"
 * @technical: (nullable): status, code, trace id, request; redacted
 *
 * The one place where an error's code becomes words. Main thread.
 */
typedef struct
{
  char *title;
  char *body;
  char *button;
  char *action;
  char *technical;
} BatonErrorText;

/* @what: (nullable): what was being done, translated: "Jobs could not be loaded". Returns: (transfer full). */
BatonErrorText *baton_error_text_new (const GError *error, const char *what);
void baton_error_text_free (BatonErrorText *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BatonErrorText, baton_error_text_free)

G_END_DECLS
