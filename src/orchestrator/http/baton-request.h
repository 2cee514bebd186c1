/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

#include "baton-deployment.h"

G_BEGIN_DECLS

typedef enum
{
  BATON_PRIORITY_BACKGROUND, /* auto-refresh, prefetch */
  BATON_PRIORITY_USER,       /* what a person waits for: goes ahead */
} BatonPriority;

/**
 * BatonRequest:
 *
 * One call of the API as the catalogue describes it: a method, a path below the base, a folder, a
 * body. Immutable once sent, counted, any thread.
 */
typedef struct _BatonRequest BatonRequest;
#define BATON_TYPE_REQUEST (baton_request_get_type ())
GType baton_request_get_type (void);

/* @method: "GET". @path: below the base, already percent-encoded, with its query:
 * "/odata/Jobs?$top=1". */
BatonRequest *baton_request_new (const char *method, const char *path);
BatonRequest *baton_request_ref (BatonRequest *self);
void baton_request_unref (BatonRequest *self);

/* Whose call it is: Orchestrator's, where nothing else is said. */
void baton_request_set_service (BatonRequest *self, BatonService service);
/* Folders.Id for X-UIPATH-OrganizationUnitId; 0 sends none. */
void baton_request_set_folder (BatonRequest *self, gint64 folder);
void baton_request_take_body (BatonRequest *self, JsonNode *body); /* (transfer full) */
void baton_request_set_priority (BatonRequest *self, BatonPriority priority);
/* @permission: (nullable): what the call needs, "Jobs.View": named in the error where the service
 * says 403. */
void baton_request_set_permission (BatonRequest *self, const char *permission);

const char *baton_request_get_method (BatonRequest *self);
const char *baton_request_get_path (BatonRequest *self);
BatonService baton_request_get_service (BatonRequest *self);
gint64 baton_request_get_folder (BatonRequest *self);
JsonNode *baton_request_get_body (BatonRequest *self); /* (transfer none) (nullable) */
BatonPriority baton_request_get_priority (BatonRequest *self);
const char *baton_request_get_permission (BatonRequest *self); /* (nullable) */
/* Returns: (transfer full): method and path without query, as errors name a request. */
char *baton_request_describe (BatonRequest *self);
/* TRUE for what the service counts against its limit of lists: GET of Jobs and QueueItems, not by
 * key (fact sheet 5.2). */
gboolean baton_request_is_counted_list (BatonRequest *self);
/* TRUE for GET and HEAD, PUT and DELETE: may be sent again after 502, 503 and 504. */
gboolean baton_request_is_idempotent (BatonRequest *self);

/* Returns: (transfer full): a command for a shell. @token: (nullable): NULL writes $BATON_TOKEN in
 * its place. */
char *baton_request_to_curl (BatonRequest *self, BatonDeployment *deployment, const char *token);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BatonRequest, baton_request_unref)

G_END_DECLS
