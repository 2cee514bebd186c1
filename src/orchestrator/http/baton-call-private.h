/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "baton-http.h"

G_BEGIN_DECLS

struct _BatonCall
{
  char *method;       /* (owned) */
  char *url;          /* (owned) */
  GPtrArray *headers; /* (owned) (element-type utf8): name, value, name, value */
  const char *type;   /* (nullable): of the body */
  GBytes *body;       /* (owned) (nullable) */
};

G_END_DECLS
