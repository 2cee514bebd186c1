/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* An entity set is data: a table of its fields. From it follow the SQL table, list, by key,
 * $select, $filter, $orderby and $expand. The SQL table has the name of the entity set, and each
 * stored field is a column of the field's own name; besides there are "TenantId" (INTEGER) and, for
 * folder-scoped sets, the folder in "OrganizationUnitId" (INTEGER). A key of integers is the
 * table's rowid and never used again; another key is unique within its tenant (and feed), and the
 * row's id is "rowid".
 *
 * Who may see which folder is in the table "UserFolders" ("TenantId", "UserId", "FolderId"):
 * without a row there a folder does not exist for a user. Read it through the view "SeenFolders",
 * which also knows applications. Permissions follow from the sets
 * UserRoles and RolePermissions. */

typedef enum
{
  SANDBOX_FIELD_INT32,  /* column INTEGER */
  SANDBOX_FIELD_INT64,  /* column INTEGER */
  SANDBOX_FIELD_DOUBLE, /* column REAL */
  SANDBOX_FIELD_BOOL,   /* column INTEGER 0/1 */
  SANDBOX_FIELD_STRING, /* column TEXT */
  SANDBOX_FIELD_GUID,   /* column TEXT, lower case with dashes */
  SANDBOX_FIELD_TIME,   /* column INTEGER, microseconds since 1970 UTC */
  SANDBOX_FIELD_ENUM,   /* column INTEGER, position in names */
  SANDBOX_FIELD_JSON,   /* column TEXT: a JSON value, given out as it is */
} SandboxFieldType;

typedef enum
{
  SANDBOX_FIELD_NONE = 0,
  SANDBOX_FIELD_NOT_NULL = 1 << 0,
  SANDBOX_FIELD_WRITE_ONLY = 1 << 1, /* stored, never given out */
  SANDBOX_FIELD_HIDDEN = 1 << 2,     /* stored, no property of the entity */
  SANDBOX_FIELD_INDEXED = 1 << 3,
  SANDBOX_FIELD_DETAIL = 1 << 4,      /* given out by key alone */
  SANDBOX_FIELD_READ_ONLY = 1 << 5,   /* the server's own: in a body it is passed over */
  SANDBOX_FIELD_REQUIRED = 1 << 6,    /* must be in the body of a create or a replace */
  SANDBOX_FIELD_CREATE_ONLY = 1 << 7, /* kept as it was created */
  SANDBOX_FIELD_ASKABLE = 1 << 8,     /* hidden, and yet filters and orders may name it */
  SANDBOX_FIELD_EMPTY = 1 << 9,       /* given out as "", false, 0 or [] where there is none */
} SandboxFieldFlags;

typedef struct
{
  const char *name;
  SandboxFieldType type;
  SandboxFieldFlags flags;
  const char *const *names; /* (nullable): of an enum, in the order of its numbers, up to NULL */
  const char *sql; /* (nullable): an expression in place of a column; '@' stands for the table:
                      "@.\"Id\"" */
  int maximum;     /* of a text its length in characters, of a number the number; 0: none */
} SandboxField;

typedef struct
{
  const char *name;   /* property, e.g. "Release" */
  const char *set;    /* entity set it leads to */
  const char *column; /* of this set, e.g. "ReleaseId" */
  const char *key;    /* of the other set, e.g. "Id" */
  gboolean many;      /* a collection, in the order of its "Id" */
} SandboxNavigation;

typedef enum
{
  SANDBOX_SCOPE_TENANT,       /* no folder header needed */
  SANDBOX_SCOPE_FOLDER,       /* folder header mandatory, else 1101 */
  SANDBOX_SCOPE_CROSS_FOLDER, /* optional: without it, all folders that the caller may see */
} SandboxScope;

typedef struct _SandboxRequest SandboxRequest;
typedef struct _SandboxChange SandboxChange;

/* What a set does besides keeping its fields. Each runs within the transaction of the write. */
typedef struct
{
  /* (nullable): before the row is written; may change what is. Answers the request and returns
   * FALSE where it refuses. */
  gboolean (*check) (SandboxRequest *request, SandboxChange *change);
  /* (nullable): when the row is written, with change->id. Answers and returns FALSE to undo it. */
  gboolean (*written) (SandboxRequest *request, SandboxChange *change);
  /* (nullable): before the row goes. Answers the request and returns FALSE where it may not. */
  gboolean (*may_delete) (SandboxRequest *request, gint64 id);
} SandboxSetHooks;

/* The plain writes that a set takes at its own address. */
typedef enum
{
  SANDBOX_WRITE_NONE = 0,
  SANDBOX_WRITE_CREATE = 1 << 0,        /* POST: 201 with the entity */
  SANDBOX_WRITE_REPLACE = 1 << 1,       /* PUT by key: 200 with the entity */
  SANDBOX_WRITE_REPLACE_QUIET = 1 << 2, /* PUT by key: 200 without a body */
  SANDBOX_WRITE_PATCH = 1 << 3,         /* PATCH by key: 200 with the entity */
  SANDBOX_WRITE_PATCH_QUIET = 1 << 4,   /* PATCH by key: 200 without a body */
  SANDBOX_WRITE_DELETE = 1 << 5,        /* DELETE by key: 204 */
  SANDBOX_WRITE_REPLACE_EMPTY = 1 << 6, /* PUT by key: 204 */
} SandboxWrites;

typedef struct
{
  const char *name; /* "Jobs" */
  const char *type; /* of the definition, "JobDto" */
  const char *key;  /* "Id" */
  SandboxScope scope;
  const char *permission;   /* subject, e.g. "Jobs": list and by key need Jobs.View */
  const char *subtree;      /* (nullable): another subject, whose permissions are enough for a write
                               where      the row lies; hooks look at that */
  const char *oauth;        /* scope family, e.g. "OR.Jobs" */
  gboolean internal;        /* no address of its own: reached by $expand or a function */
  int max_top;              /* 1000; QueueItems 100 */
  gboolean count_on_demand; /* @odata.count only with $count=true (Jobs, QueueItems); else always
                               given */
  const char *recent; /* (nullable): the time that most lists are sorted by; ends other indexes */
  const char *default_order;            /* as $orderby, e.g. "Id desc" */
  const SandboxField *fields;           /* up to a name of NULL */
  const SandboxNavigation *navigations; /* (nullable): up to a name of NULL */
  const char *view; /* (nullable): what reading needs where it is not @permission.View; "" nothing */
  SandboxWrites writes; /* need Subject.Create, Subject.Edit, Subject.Delete of @permission */
  const char *unique;   /* (nullable): a field that no two of a tenant, or of its folder, have
                           alike: 409, 1001 */
  const char *component; /* (nullable): as the audit log calls what was changed: "Assets" */
  const char *event;     /* (nullable): of webhooks: "queue" for queue.created, .updated, .deleted */
  const SandboxSetHooks *hooks; /* (nullable) */
  gboolean in_feeds;            /* a key may be there once in each feed, of a column "FeedId" */
  const char *query;  /* (nullable): a SELECT in the place of a table, with a "TenantId", a "rowid",
                         and "OrganizationUnitId" where it lies in folders; not to be written */
  const char *beside;    /* (nullable): a shared set, whose rows it lies with wherever they lie … */
  const char *beside_by; /* … and its column that leads there */
  const char *shared; /* (nullable): may lie in several folders (sandbox-share.h): how the body of
                         ShareToFolders calls its keys, "AssetIds" */
} SandboxEntitySet;

/* Returns: (nullable): by its name, any case; also internal ones. */
const SandboxEntitySet *sandbox_entity_set_find (const char *name);
const SandboxEntitySet *const *sandbox_entity_sets (void); /* NULL-terminated */
/* Returns: (nullable): by its name, any case; also hidden ones. */
const SandboxField *sandbox_entity_set_find_field (const SandboxEntitySet *self, const char *name);
const SandboxNavigation *sandbox_entity_set_find_navigation (const SandboxEntitySet *self,
                                                             const char *name);
/* Returns: (transfer full) (nullable): what @verb, "Create", of the set needs, as of
 * sandbox-permission.h; NULL where the set has no permission. */
char *sandbox_entity_set_dup_permission (const SandboxEntitySet *self, const char *verb);
/* Returns: the number that stands for @name in the column of an enum, -1 where it has no such name.
 * Any case. */
int sandbox_field_find_name (const SandboxField *self, const char *name);

G_END_DECLS
