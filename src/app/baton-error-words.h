/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "baton-error.h"

G_BEGIN_DECLS

/* What an error means to a person, as data. All texts are marked N_(). */
typedef struct
{
  /* What it is told by: all that is given has to fit. */
  int code;           /* BatonErrorCode, or -1 for any */
  const char *reason; /* (nullable): of BatonErrorDetails */
  int service_code;   /* of BatonErrorDetails, 0 for any */
  guint http_status;  /* 0 for any */

  const char *title;
  const char *body;
  const char *button; /* (nullable) */
  const char *action; /* (nullable): the GAction of the button; what it is about, a scope, comes after it */
} BatonErrorWords;

/* Returns: (transfer none): what fits best; there is something for each code. @details: (nullable). */
const BatonErrorWords *baton_error_words_find (int code, const BatonErrorDetails *details);

G_END_DECLS
