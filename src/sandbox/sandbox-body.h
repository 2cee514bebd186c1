/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sandbox-request.h"

G_BEGIN_DECLS

/* The service takes a body apart strictly: a field that it does not know, or of another type, and
 * the whole object is lost to it: "assetDto must not be null" (fact sheet 4.2). */

typedef enum
{
  SANDBOX_BODY_TEXT,
  SANDBOX_BODY_INT,
  SANDBOX_BODY_BOOL,
  SANDBOX_BODY_OBJECT,
  SANDBOX_BODY_ARRAY,
  SANDBOX_BODY_ENUM, /* a name of @names */
  SANDBOX_BODY_TIME,
  SANDBOX_BODY_NUMBER,
  SANDBOX_BODY_GUID,
  SANDBOX_BODY_ANY, /* whatever it is */
} SandboxBodyKind;

typedef struct
{
  const char *name;
  SandboxBodyKind kind;
  gint64 minimum;           /* of a number; of a text its length */
  gint64 maximum;           /* likewise; 0: none */
  const char *const *names; /* of an enum */
} SandboxBodyField;

/* As below, for one of many. Returns: (transfer full) (nullable): what is wrong. */
char *sandbox_body_find_problem (SandboxRequest *request,
                                 JsonObject *object,
                                 const char *name,
                                 const SandboxBodyField *fields);

/* Answers 400 where @object is NULL or does not fit @fields, up to a name of NULL. @name: what the
 * service calls it. Returns: TRUE where it fits. */
gboolean sandbox_body_check (SandboxRequest *request,
                             JsonObject *object,
                             const char *name,
                             const SandboxBodyField *fields);

/* Returns: the number of the enum member @name; @fallback where it is absent. Call after
 * sandbox_body_check(). */
int sandbox_body_get_enum (JsonObject *object,
                           const char *name,
                           const char *const *names,
                           int fallback);

/* Answers 400 where the array @name holds what is no whole number. Returns: (transfer full)
 * (nullable) (element-type gint64): empty where the member is absent. */
GArray *sandbox_body_read_ids (SandboxRequest *request, JsonObject *object, const char *name);
/* The same of an @array that @name is for. */
GArray *
sandbox_body_read_id_array (SandboxRequest *request, JsonArray *array, const char *name);
/* Returns: TRUE where @name is there and not null. */
gboolean sandbox_body_has (JsonObject *object, const char *name);

/* Answers 400 (1014) where one of the names, up to NULL, is not there or null. Returns: TRUE where
 * all are. */
gboolean
sandbox_body_require (SandboxRequest *request, JsonObject *object, ...) G_GNUC_NULL_TERMINATED;

G_END_DECLS
