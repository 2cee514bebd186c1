/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sandbox-form.h"
#include "sandbox-person.h"

G_BEGIN_DECLS

/* The pages of the portal, as a person sees them in a browser: the user key (fact sheet 2.1),
 * personal access tokens (2.4) and external applications (2.3). The browser is taken to be signed
 * in as ?user=NAME, as whoever signed in at Identity's page, or as the administrator. */
extern const SandboxOperation sandbox_portal_operations[];
extern const SandboxOperation sandbox_portal_token_operations[];
extern const SandboxOperation sandbox_portal_application_operations[];

/* @name: (nullable): of the query or the form. Returns: (transfer full) (nullable): NULL where that would be nobody; the
 * browser is then sent to sign in. */
SandboxPerson *sandbox_portal_find_person (SandboxRequest *request, const char *name);

/* Returns: (transfer full): the address of a page of @person. @more: (nullable): "notice=revoked". */
char *sandbox_portal_make_link (const char *page, const SandboxPerson *person, const char *more);

/* Returns: (transfer full): the page @current ("apiAccess") down to the links to the others. */
GString *sandbox_portal_begin (const char *title, const SandboxPerson *person, const char *current);

/* @text: (nullable): nothing. */
void sandbox_portal_append_note (GString *html, const char *text, gboolean bad);
/* Text that is opened by its summary. */
void sandbox_portal_append_long (GString *html, const char *summary, const char *text);
/* A form of one button. @id: (nullable): what it is about. */
void sandbox_portal_append_button (GString *html,
                                   const SandboxPerson *person,
                                   const char *page,
                                   const char *action,
                                   const char *id,
                                   const char *class,
                                   const char *label);

/* What cannot be undone is asked about before: a button leads to the page with
 * ?confirm=ACTION&id=ID, which shows the question. */
typedef struct
{
  const char *page;
  const char *title;
  const char *text;
  const char *action;
  const char *id;    /* (nullable): what it is about */
  const char *label; /* of the button that does it */
} SandboxPortalQuestion;

/* A form of the button that leads to the question. @class: "danger end". */
void sandbox_portal_append_ask (GString *html,
                                const SandboxPerson *person,
                                const char *page,
                                const char *action,
                                const char *id,
                                const char *class,
                                const char *label);
/* Answers with the page of the question, which offers to go back too. */
void sandbox_portal_reply_question (SandboxRequest *request,
                                    const SandboxPerson *person,
                                    const SandboxPortalQuestion *question);

/* Boxes to tick, one a family of scopes, and what they come to: (transfer full), with blanks
 * between. */
void sandbox_portal_append_scopes (GString *html);
char *sandbox_portal_read_scopes (SandboxForm *form);

G_END_DECLS
