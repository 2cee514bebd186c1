/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "baton-check.h"

G_BEGIN_DECLS

/* @id: static. @title: static, N_(). */
BatonCheck *_baton_check_new (const char *id, const char *title);
/* Takes away how it ended. */
void _baton_check_reset (BatonCheck *self);
void _baton_check_begin (BatonCheck *self, gint64 monotonic);
/* @sentence: (transfer full) (nullable). @error: (transfer full) (nullable). */
void _baton_check_end (
    BatonCheck *self, BatonCheckState state, gint64 monotonic, char *sentence, GError *error);
/* @name: N_(), static. @value: (nullable): NULL adds none. */
void _baton_check_add_detail (BatonCheck *self, const char *name, const char *value);

G_END_DECLS
