/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "resources/baton-resource.h"

G_BEGIN_DECLS

/* Returns: (nullable): the style class of libadwaita for @tone; an interned text. */
const char *baton_tone_get_css_class (BatonTone tone);

G_END_DECLS
