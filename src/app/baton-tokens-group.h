/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "baton-server-group.h"

G_BEGIN_DECLS

/* The personal access tokens on the server: listed, made, revoked one or many, rotated. */
#define BATON_TYPE_TOKENS_GROUP (baton_tokens_group_get_type ())
G_DECLARE_FINAL_TYPE (BatonTokensGroup, baton_tokens_group, BATON, TOKENS_GROUP, BatonServerGroup)

G_END_DECLS
