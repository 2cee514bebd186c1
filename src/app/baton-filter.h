/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "resources/baton-resource.h"

G_BEGIN_DECLS

typedef enum
{
  BATON_SPAN_ANY,
  BATON_SPAN_HOUR,
  BATON_SPAN_DAY,
  BATON_SPAN_WEEK,
  BATON_SPAN_MONTH,
} BatonSpan;
#define BATON_N_SPANS (BATON_SPAN_MONTH + 1)

/* Returns: (transfer none): translated: "Last hour". */
const char *baton_span_get_label (BatonSpan span);

/**
 * BatonFilter:
 *
 * What a person asks of one field: some of its values, a span of time, a text that it contains. Plain data; main thread.
 */
typedef struct _BatonFilter BatonFilter;

BatonFilter *baton_filter_new (const BatonField *field);
void baton_filter_free (BatonFilter *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BatonFilter, baton_filter_free)

const BatonField *baton_filter_get_field (BatonFilter *self);
gboolean baton_filter_is_set (BatonFilter *self);
void baton_filter_clear (BatonFilter *self);

/* States and booleans ("true", "false"): any of the values that are on. */
void baton_filter_set_value (BatonFilter *self, const char *value, gboolean on);
gboolean baton_filter_has_value (BatonFilter *self, const char *value);
/* Times: from @span before @now (wall, microseconds) on. */
void baton_filter_set_span (BatonFilter *self, BatonSpan span, gint64 now);
BatonSpan baton_filter_get_span (BatonFilter *self);
/* Texts: contained in any case. Numbers: equal to; what is no number asks nothing. @text: (nullable). */
void baton_filter_set_text (BatonFilter *self, const char *text);

/* Returns: (transfer full): for the chip: "State: Faulted, Stopped", or "State" while nothing is asked. */
char *baton_filter_dup_label (BatonFilter *self);
/* Returns: (transfer full) (nullable): a term of OData's $filter; NULL while nothing is asked. */
char *baton_filter_to_odata (BatonFilter *self);

G_END_DECLS
