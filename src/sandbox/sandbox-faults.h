/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sandbox-fault-rule.h"
#include "sandbox-request.h"

G_BEGIN_DECLS

/**
 * SandboxFaults:
 *
 * The rules by which requests go wrong on purpose, and what becomes of a request then. One thread.
 */
typedef struct _SandboxFaults SandboxFaults;

extern const SandboxOperation sandbox_faults_operations[];

SandboxFaults *sandbox_faults_new (void);
void sandbox_faults_free (SandboxFaults *self);

/* @rule: (transfer full). Returns: its id. */
guint sandbox_faults_add (SandboxFaults *self, SandboxFaultRule *rule);
void sandbox_faults_clear (SandboxFaults *self);

/* Returns: (transfer full) (nullable): the first rule that strikes @message. */
SandboxFaultRule *sandbox_faults_find (SandboxFaults *self, SoupServerMessage *message);

/* Returns: TRUE where the request of such a fault is served first. */
gboolean sandbox_fault_rule_serves (const SandboxFaultRule *rule);
/* Does to the answer of @message what @rule says. */
void sandbox_faults_strike (SandboxFaults *self,
                            const SandboxFaultRule *rule,
                            SoupServerMessage *message);

G_END_DECLS
