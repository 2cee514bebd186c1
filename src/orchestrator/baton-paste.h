/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What was found in a pasted text; what was not is NULL. */
typedef struct
{
  char *address;       /* (owned) (nullable) to parse with baton_deployment_parse() */
  char *organization;  /* (owned) (nullable) */
  char *tenant;        /* (owned) (nullable) */
  char *client_id;     /* (owned) (nullable) */
  char *user_key;      /* (owned) (nullable) */
  char *user_name;     /* (owned) (nullable) */
  char *password;      /* (owned) (nullable) */
  char *client_secret; /* (owned) (nullable) */
  char *access_token;  /* (owned) (nullable): a personal one */
  char *scopes;        /* (owned) (nullable) */
  char *redirect_uri;  /* (owned) (nullable) */
} BatonPaste;

/* @text: a whole API Access block (labels and values on the same or on the next lines), a curl
 * command, JSON (a token request, a Postman request, the ready line of baton-sandbox), the lines of
 * an .env file. An address alone is no such thing. Any thread.
 * Returns: (transfer full) (nullable): NULL where nothing was recognised. */
BatonPaste *baton_paste_parse (const char *text);
/* Wipes the secrets. */
void baton_paste_free (BatonPaste *self);

/* @current: (nullable): the address that stands in the form. Returns: (transfer full) (nullable):
 * the address to go on with: the pasted one, else the pasted organisation and tenant at the origin
 * of @current, else those at Automation Cloud; NULL where nothing pasted tells of a place. */
char *baton_paste_make_address (BatonPaste *self, const char *current);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BatonPaste, baton_paste_free)

G_END_DECLS
