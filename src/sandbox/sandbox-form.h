/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sandbox-request.h"

G_BEGIN_DECLS

/**
 * SandboxForm:
 *
 * The parameters of a body: application/x-www-form-urlencoded, or the texts of a JSON object, which
 * the token endpoint of the user key takes as well.
 */
typedef struct _SandboxForm SandboxForm;

/* Returns: (transfer full) (nullable): NULL where it is encoded wrongly, is no UTF-8 or holds a
 * NUL.
 */
SandboxForm *sandbox_form_parse (const char *text, gsize length);

/* Returns: (transfer full): of the body of @request; empty where that is nothing of the kind. */
SandboxForm *sandbox_form_new (SandboxRequest *request);
void sandbox_form_free (SandboxForm *self);

/* Returns: (transfer none) (nullable): NULL also where it is empty, which OAuth takes for absent
 * (RFC 6749, 3.1). */
const char *sandbox_form_get (SandboxForm *self, const char *name);

/* The same of a list of words, with one space between them and none around, however it came. */
const char *sandbox_form_get_words (SandboxForm *self, const char *name);

/* Returns: (transfer none) (nullable): one that came more than once, of which the first counts. */
const char *sandbox_form_get_repeated (SandboxForm *self);

/* Returns: (transfer container) (element-type utf8): every value of @name, as check boxes send
 * them. */
GPtrArray *sandbox_form_list (SandboxForm *self, const char *name);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SandboxForm, sandbox_form_free)

G_END_DECLS
