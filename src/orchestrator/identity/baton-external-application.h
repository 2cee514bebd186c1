/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "../http/baton-request.h"

G_BEGIN_DECLS

/* The external applications of an organisation and their secrets, over the Identity API (fact sheet
 * 2.5). @organization of the calls is its GUID: baton_organization_key_find_async(). */

typedef struct
{
  char *id;          /* (owned) */
  char *description; /* (owned) */
  gint64 created_at; /* wall, microseconds, 0 for unknown */
  gint64 expires_at; /* the same, 0 for never */
} BatonApplicationSecret;

typedef struct
{
  char *id;                 /* (owned): the client id; NULL for one that is to be made */
  char *name;               /* (owned) */
  gboolean confidential;    /* it has secrets */
  char *redirect_uri;       /* (owned) (nullable) */
  char *user_scopes;        /* (owned): parted by blanks */
  char *application_scopes; /* (owned): the same */
  GPtrArray *secrets;       /* (owned) (element-type BatonApplicationSecret) (nullable) */
} BatonExternalApplication;

void baton_application_secret_free (BatonApplicationSecret *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BatonApplicationSecret, baton_application_secret_free)
void baton_external_application_free (BatonExternalApplication *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BatonExternalApplication, baton_external_application_free)

BatonRequest *baton_external_application_make_list (const char *organization);
/* A BatonDecodeFunc. Returns: (transfer full) (element-type BatonExternalApplication). */
gpointer baton_external_application_decode_list (JsonNode *root, gpointer data, GError **error);
/* Makes it where it has no id, else changes it; its secrets are left alone. */
BatonRequest *baton_external_application_make_save (BatonExternalApplication *self,
                                                    const char *organization);
BatonRequest *baton_external_application_make_delete (const char *organization, const char *id);
/* Returns: (transfer full) (nullable): the secret that came with a new application, told this once;
 * NULL where it is not confidential. Free with baton_secret_free(). */
char *baton_external_application_read_secret (JsonNode *answer);

/* @expires_at: wall, microseconds; 0 for never. */
BatonRequest *baton_application_secret_make_add (const char *organization,
                                                 const char *application,
                                                 const char *description,
                                                 gint64 expires_at);
BatonRequest *baton_application_secret_make_delete (const char *organization, const char *id);
/* Returns: (transfer full) (nullable): what was added, and its value, told this once. @value: (out)
 * (transfer full): free with baton_secret_free(). */
BatonApplicationSecret *
baton_application_secret_read_added (JsonNode *answer, char **value, GError **error);

G_END_DECLS
