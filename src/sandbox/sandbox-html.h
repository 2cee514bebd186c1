/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sandbox-person.h"
#include "sandbox-request.h"

G_BEGIN_DECLS

/* What the pages of portal and Identity have in common. They work without scripts but for Copy. */

/* The style sheet. */
extern const char sandbox_html_style[];

/* @person: (nullable): who is signed in. Returns: (transfer full): the page down to its heading. */
GString *sandbox_html_begin (const char *title, const SandboxPerson *person);

/* Answers with the page. @html: (transfer full). @targets: (nullable): where a form of it may lead
 * besides this sandbox, as in a Content-Security-Policy. */
void sandbox_html_reply (SandboxRequest *request, guint status, GString *html, const char *targets);
/* Sends the browser on. @status: 302, or 303 after a form, so that a reload does not send it
 * again. */
void sandbox_html_redirect (SandboxRequest *request, guint status, const char *location);

/* Appends text, escaped. */
void sandbox_html_append_text (GString *html, const char *text);
/* Appends an element with text. @open: as it stands between '<' and '>': "p class=\"lead\"". */
void sandbox_html_append_element (GString *html, const char *open, const char *text);
/* Appends a hidden field of a form. */
void sandbox_html_append_hidden (GString *html, const char *name, const char *value);
/* Appends a field to fill in. @type: "text", "password" or "date". */
void sandbox_html_append_input (
    GString *html, const char *name, const char *label, const char *type, const char *value);
/* Appends the label of a field with its row, which sandbox_html_append_copy() closes. */
void sandbox_html_append_label (GString *html, const char *id, const char *label);
void sandbox_html_append_copy (GString *html, const char *id, const char *label, gboolean enabled);
/* Appends a field to copy from. @value: (nullable). */
void sandbox_html_append_field (
    GString *html, const char *id, const char *label, const char *value, const char *placeholder);
/* Appends the script that makes the buttons to copy work. */
void sandbox_html_append_script (GString *html);

/* Browsers say from which site a form came; one of another site must not press our buttons.
 * Returns: FALSE, and answers, where it came from another. */
gboolean sandbox_html_check_origin (SandboxRequest *request);

G_END_DECLS
