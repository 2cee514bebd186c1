/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sandbox-odata-sql.h"

G_BEGIN_DECLS

typedef struct
{
  SandboxLiteralKind kind;
  gint64 number;
  double real;
  char *text; /* (owned) (nullable) */
} SandboxBinding;

typedef struct
{
  char *sql;                 /* (owned) */
  const SandboxField *field; /* (nullable): of the set itself */
  gboolean descending;
} SandboxOrdering;

typedef struct
{
  char *path; /* (owned): "Robot/User" */
  const SandboxEntitySet *set;
  char alias[16];
} SandboxJoin;

struct _SandboxSql
{
  const SandboxEntitySet *set;
  const char *option; /* (unowned): which is being read, for messages */
  GString *where;     /* (owned) */
  GString *joins;     /* (owned) */
  GArray *bindings;   /* (owned): SandboxBinding */
  GArray *orderings;  /* (owned): SandboxOrdering */
  GPtrArray *joined;  /* (owned): SandboxJoin */
  GPtrArray *wanted;  /* (owned): SandboxField of @set, unowned */
  gboolean is_filtered;
  gboolean has_key;      /* in the order */
  gboolean reads_others; /* looks at other tables, too */
};

/* What a path of properties leads to. */
typedef struct
{
  const SandboxField *field;
  const char *alias; /* (unowned): of the table */
  char *rest;        /* (owned) (nullable): within a JSON value: "$.Reason" */
} SandboxPlace;

/* What an expression yields. */
typedef enum
{
  SANDBOX_CLASS_NULL,
  SANDBOX_CLASS_BOOL,
  SANDBOX_CLASS_NUMBER,
  SANDBOX_CLASS_TEXT,
  SANDBOX_CLASS_GUID,
  SANDBOX_CLASS_TIME,
  SANDBOX_CLASS_ENUM,
  SANDBOX_CLASS_JSON, /* anything */
} SandboxClass;

typedef struct
{
  SandboxClass class;
  const SandboxField *field; /* (nullable): of an enumeration */
} SandboxKind;

/* By SandboxClass, for messages. */
extern const char *const sandbox_class_names[];

/* @kind: (out). */
gboolean sandbox_sql_describe (SandboxSql *self,
                               const SandboxExpression *expression,
                               SandboxKind *kind,
                               GError **error);
gboolean sandbox_sql_append_expression (SandboxSql *self,
                                        GString *sql,
                                        const SandboxExpression *expression,
                                        GError **error);
gboolean sandbox_sql_append_function (SandboxSql *self,
                                      GString *sql,
                                      const SandboxExpression *call,
                                      GError **error);
/* Returns: (nullable): what strftime() calls the part of a time that the function of this name gives. */
const char *sandbox_function_find_time_part (const char *function);

/* Follows @path, joining what lies on the way. */
gboolean sandbox_sql_find_place (SandboxSql *self,
                                 const SandboxExpression *path,
                                 SandboxPlace *place,
                                 GError **error);
void sandbox_sql_append_place (SandboxSql *self, GString *sql, const SandboxPlace *place);
void sandbox_place_clear (SandboxPlace *self);

void sandbox_sql_add_binding (SandboxSql *self,
                              SandboxLiteralKind kind,
                              gint64 number,
                              double real,
                              const char *text);

gboolean sandbox_expression_fail (const SandboxExpression *self,
                                  const char *option,
                                  SandboxODataErrorCode code,
                                  GError **error,
                                  const char *format,
                                  ...) G_GNUC_PRINTF (5, 6);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (SandboxPlace, sandbox_place_clear)

G_END_DECLS
