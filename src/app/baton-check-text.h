/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "baton-error-text.h"
#include "diagnosis/baton-diagnosis.h"

G_BEGIN_DECLS

/* What the checks of a connection say to a person. */

/* Returns: (transfer none): translated: "Good", "Failed". */
const char *baton_check_text_get_state (BatonCheckState state);

/* Returns: (transfer full): "12 ms", "1.4 s". @duration: microseconds. */
char *baton_check_text_format_duration (gint64 duration);

/* Returns: (transfer full): title: what was found, in one sentence; body: why and what to do, empty where all is well; button and
 * action: what helps; technical: for a developer. */
BatonErrorText *baton_check_text_new (BatonCheck *check);

/* Returns: (transfer full): all in one sentence: "2 of 12 checks failed." */
char *baton_check_text_summarize (BatonDiagnosis *diagnosis);

/* Returns: (transfer full): the whole as plain text, to be shown to others: nothing secret is in it. @now: wall, microseconds. */
char *baton_check_text_report (BatonDiagnosis *diagnosis, gint64 now);

G_END_DECLS
