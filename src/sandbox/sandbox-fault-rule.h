/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* What goes wrong on purpose with requests of a method and a path: "/_sandbox/faults" and the
 * faults of a scenario. Not the faults of made-up jobs, which are in sandbox-fault.h. */

typedef enum
{
  SANDBOX_FAULT_DELAY,         /* late, and else as ever */
  SANDBOX_FAULT_STATUS,        /* this status, and nothing is done */
  SANDBOX_FAULT_CLOSE,         /* the connection ends before the answer; nothing is done */
  SANDBOX_FAULT_CLOSE_IN_BODY, /* it is done, and the connection ends in the middle of the answer */
  SANDBOX_FAULT_CUT,           /* it is done, and the second half of the answer's body is missing */
  SANDBOX_FAULT_BAD_JSON,      /* 200 with what is no JSON */
  SANDBOX_FAULT_HTML,          /* a page in place of JSON */
  SANDBOX_FAULT_ENDLESS,       /* a body that comes slowly and has no end */
} SandboxFaultKind;

typedef struct
{
  guint id;
  char *method; /* (nullable): NULL is any */
  char *path;   /* as it was given */
  SandboxFaultKind kind;
  guint status;
  guint delay;        /* milliseconds of the machine */
  char *body;         /* (nullable) */
  char *type;         /* of @body */
  GPtrArray *headers; /* (owned): name, value, name, value … */
  guint skip;         /* requests that are left alone first */
  guint times;        /* how often it strikes; 0: always */
  double probability;
  guint32 seed;
  guint hits;
  guint seen;
  GRand *random;         /* (owned) */
  GPatternSpec *pattern; /* (owned): of lower case */
} SandboxFaultRule;

SandboxFaultRule *sandbox_fault_rule_ref (SandboxFaultRule *self);
void sandbox_fault_rule_unref (SandboxFaultRule *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SandboxFaultRule, sandbox_fault_rule_unref)

/* Returns: (transfer full) (nullable): the rule that @object is, strictly. */
SandboxFaultRule *sandbox_fault_rule_new (JsonObject *object, GError **error);
void sandbox_fault_rule_append (const SandboxFaultRule *self, GString *json);

/* Counts a request of @method to @path, in lower case, or to the same path below a tenant's base.
 * @below: (nullable). Returns: TRUE where the rule strikes. */
gboolean sandbox_fault_rule_strikes (SandboxFaultRule *self,
                                     const char *method,
                                     const char *path,
                                     const char *below);

G_END_DECLS
