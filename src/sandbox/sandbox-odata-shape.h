/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sandbox-odata-query.h"

G_BEGIN_DECLS

/* Each reads the list at the lexer and goes on behind it. */
gboolean sandbox_shape_read_select (SandboxShape *self, SandboxLexer *lexer, GError **error);
/* @depth: from 1. */
gboolean sandbox_shape_read_expand (SandboxShape *self,
                                    SandboxLexer *lexer,
                                    guint depth,
                                    GError **error);

G_END_DECLS
