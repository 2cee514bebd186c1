/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef enum
{
  BATON_CHECK_WAITING, /* not asked for yet, or given up */
  BATON_CHECK_RUNNING,
  BATON_CHECK_GOOD,
  BATON_CHECK_NOTICE, /* it works, but there is something to know */
  BATON_CHECK_FAILED,
  BATON_CHECK_SKIPPED, /* could not run, since an earlier one failed */
} BatonCheckState;

GType baton_check_state_get_type (void);
#define BATON_TYPE_CHECK_STATE (baton_check_state_get_type ())

/**
 * BatonCheck:
 *
 * One step of a diagnosis, and how it ended. Main thread. Property: state, notifies when the rest
 * is there.
 */
#define BATON_TYPE_CHECK (baton_check_get_type ())
G_DECLARE_FINAL_TYPE (BatonCheck, baton_check, BATON, CHECK, GObject)

const char *baton_check_get_id (BatonCheck *self);    /* "dns" */
const char *baton_check_get_title (BatonCheck *self); /* translated */
BatonCheckState baton_check_get_state (BatonCheck *self);
/* Microseconds, 0 where it did not run. */
gint64 baton_check_get_duration (BatonCheck *self);
/* Returns: (nullable): translated: what was found. */
const char *baton_check_get_sentence (BatonCheck *self);
/* Returns: (nullable): of BATON_ERROR, where it failed. */
const GError *baton_check_get_error (BatonCheck *self);
guint baton_check_get_n_details (BatonCheck *self);
/* @name: (out) (transfer none): translated. @value: (out) (transfer none): redacted. */
void
baton_check_get_detail (BatonCheck *self, guint position, const char **name, const char **value);

G_END_DECLS
