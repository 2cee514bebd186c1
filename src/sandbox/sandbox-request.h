/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>
#include <libsoup/soup.h>

#include "sandbox-entity.h"
#include "sandbox-store.h"
#include "sandbox-token.h"

G_BEGIN_DECLS

typedef struct _SandboxServer SandboxServer;

/* One request on its way through the router, already authenticated where its operation asks for it.
 */
struct _SandboxRequest
{
  SandboxServer *server;      /* (unowned) */
  SandboxStore *store;        /* (unowned) */
  SoupServerMessage *message; /* (unowned) */
  const char *method;
  const char *path;  /* below the base, decoded: "/odata/Jobs(5)" */
  GHashTable *query; /* (nullable): decoded; read by sandbox_request_get_query() */
  JsonArray *items;           /* (nullable): the JSON array that came in place of an object */
  JsonObject *body;  /* (nullable): the JSON object that came, already guarded */
  const char *key;   /* (nullable): what stood in "({key})", without quotes */
  GHashTable
      *arguments;   /* (nullable): of a function, "name" -> text without quotes: f(a=1,b='x'); also
                       what stood in   the place of a whole segment "{name}" of the pattern */
  const char *base; /* "http://127.0.0.1:PORT/ORG/TENANT/orchestrator_" as it was called, for
                       @odata.context */
  gint64 tenant;    /* "TenantId" of the rows, 0 where the path has none */
  gint64 user;      /* Users.Id of the caller, 0 where not authenticated or an application */
  const SandboxToken *token; /* (unowned) (nullable): of the caller */
  gint64 folder;    /* Folders.Id of the folder header, 0 where none was sent */
  gboolean crosses; /* may go over several folders */
  const char *confined; /* (nullable): the permission that the caller has in some folders alone */
};

typedef void (*SandboxHandler) (SandboxRequest *request);

typedef enum
{
  SANDBOX_OPEN,   /* no token asked: sign-in, portal, status */
  SANDBOX_SIGNED, /* a token of the tenant in the path */
} SandboxAccess;

/* An operation that is no plain list or by key. */
typedef struct
{
  const char *method; /* "POST" */
  const char
      *pattern; /* "/odata/Jobs({key})/UiPath.Server.Configuration.OData.StopJob", "/oauth/token":
                   from the root where @access is OPEN and it names no tenant, else below the base.
                   Functions without their brackets: ".../…GetRuntimesForFolder" */
  SandboxAccess access;
  SandboxScope scope;
  const char *permission; /* (nullable): "Jobs.Create" */
  SandboxHandler handler;
  gboolean raw; /* its handler reads the body, whatever it is: a file, a form of many parts */
} SandboxOperation;

/* Option names in any case. Returns: (nullable). */
const char *sandbox_request_get_query (SandboxRequest *self, const char *name);
/* Returns: (nullable): of a function call, any case. */
const char *sandbox_request_get_argument (SandboxRequest *self, const char *name);

/* Returns: (transfer full): the address of this sandbox as the client called it,
 * "http://127.0.0.1:PORT". */
char *sandbox_request_dup_origin (SandboxRequest *self);
/* Returns: (transfer none) (nullable): what stood behind "Bearer " in the header. */
const char *sandbox_request_get_bearer (SandboxRequest *self);

/* Each answers the request; call exactly one. @json: (transfer full) for the text. */
void sandbox_reply_json (SandboxRequest *self, guint status, GString *json);
void sandbox_reply_node (SandboxRequest *self, guint status, JsonNode *node); /* (transfer none) */
void sandbox_reply_html (SandboxRequest *self, guint status, const char *html);
void sandbox_reply_empty (SandboxRequest *self, guint status);
/* Answers 200 with @content to be kept as @name. */
void sandbox_reply_file (SandboxRequest *self, const char *name, const char *type, GBytes *content);
void
sandbox_reply_bytes (SandboxRequest *self, guint status, const char *type, GBytes *bytes); /* (transfer none) */
/* Answers 200 with {"@odata.context","value":@json}. @what: "Edm.Boolean". */
void sandbox_reply_value (SandboxRequest *self, const char *what, const char *json);
/* Returns: (transfer full): {"@odata.context":"…$metadata#@what", for an answer of OData to go on
 * with. */
GString *sandbox_request_begin_json (SandboxRequest *self, const char *what);
/* The service's envelope {"message","errorCode","traceId","resourceIds"}, fact sheet 4.1 number 1.
 */
void sandbox_reply_error (SandboxRequest *self, guint status, int code, const char *format, ...)
    G_GNUC_PRINTF (4, 5);
/* The ABP envelope with "You are not authenticated!", 401, fact sheet 4.1 number 2. */
void sandbox_reply_not_authenticated (SandboxRequest *self);
/* The OAuth envelope {"error","error_description"}. */
void sandbox_reply_oauth_error (SandboxRequest *self,
                                guint status,
                                const char *error,
                                const char *description);

/* Answers one entity of @set by its key with @odata.context, as after POST or for by key. */
void sandbox_reply_entity (SandboxRequest *self,
                           guint status,
                           const SandboxEntitySet *set,
                           gint64 id);
/* The same with more members, @more each with its comma behind it. */
void sandbox_reply_entity_with (SandboxRequest *self,
                                guint status,
                                const SandboxEntitySet *set,
                                gint64 id,
                                const char *more);
/* Answers {"@odata.context","value":[...]} of the entities with these ids, as StartJobs does. */
void sandbox_reply_entities (SandboxRequest *self,
                             guint status,
                             const SandboxEntitySet *set,
                             const gint64 *ids,
                             gsize n_ids);

G_END_DECLS
