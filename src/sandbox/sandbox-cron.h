/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * SandboxCron:
 *
 * An expression as Quartz has it, of 6 or 7 fields: seconds, minutes, hours, day of month, month,
 * day of week, year (fact sheet 6.8). Known is all of its syntax: lists, ranges (which may go over
 * the end: "FRI-MON"), steps, names, and for days "?", "L", "L-3", "LW", "15W", "6L", "FRI#2". As
 * with Quartz one of the two fields of days, and one alone, is "?".
 */
typedef struct _SandboxCron SandboxCron;

#define SANDBOX_CRON_ERROR (sandbox_cron_error_quark ())
GQuark sandbox_cron_error_quark (void);

/* The last year that Quartz knows. */
#define SANDBOX_CRON_MAX_YEAR 2099

/* Returns: (transfer full) (nullable): NULL where it is none; the error says what is wrong. */
SandboxCron *sandbox_cron_parse (const char *text, GError **error);
void sandbox_cron_free (SandboxCron *self);

/* @after: microseconds since 1970. Returns: the first time after it by the clocks of @zone, 0 where
 * there is none up to SANDBOX_CRON_MAX_YEAR. A time that the clocks leave out when summer begins
 * comes an hour later; one that they show twice counts once. */
gint64 sandbox_cron_find (const SandboxCron *self, GTimeZone *zone, gint64 after);

/* The same in one. @zone: (nullable): as IANA names it, else UTC. Returns: 0 also where @text is
 * none. */
gint64 sandbox_cron_find_next (const char *text, const char *zone, gint64 after);

/* Returns: (transfer full): as a person says it: "At 06:10 AM, Monday through Friday". @text must
 * be one that sandbox_cron_parse() takes. */
char *sandbox_cron_describe (const char *text);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SandboxCron, sandbox_cron_free)

G_END_DECLS
