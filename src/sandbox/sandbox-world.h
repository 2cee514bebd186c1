/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What is fixed and well known, the same at every start, as Azurite's account is. These are no
 * secrets. */
#define SANDBOX_ORGANIZATION "acme"
#define SANDBOX_ORGANIZATION_DISPLAY "Acme Corporation"
#define SANDBOX_TENANT "DefaultTenant"              /* logical and display name are the same */
#define SANDBOX_SECOND_TENANT "ProductionXk4v01326" /* logical name … */
#define SANDBOX_SECOND_TENANT_DISPLAY "Production"  /* … whose display name differs */
#define SANDBOX_CLIENT_ID "8DEv1AMNXczW3y4U15LL3jYf62jK93n5"
#define SANDBOX_USER_KEY "sandbox-user-key-for-everyone-0123456789abcdef"
#define SANDBOX_USER_NAME "admin"
#define SANDBOX_USER_EMAIL "ada.admin@acme.example"
#define SANDBOX_PASSWORD "sandbox-password"
#define SANDBOX_PERSONAL_ACCESS_TOKEN "rt_sandbox-personal-access-token-0123456789"

/* May read and nothing else: for what happens when a permission lacks. Signs in by password or this
 * token. */
#define SANDBOX_VIEWER_USER_NAME "viewer"
#define SANDBOX_VIEWER_USER_EMAIL "vera.viewer@acme.example"
#define SANDBOX_VIEWER_PASSWORD "sandbox-viewer-password"
#define SANDBOX_VIEWER_PERSONAL_ACCESS_TOKEN "rt_sandbox-viewer-access-token-0123456789ab"

/* Works jobs and queues, and sees two folders. */
#define SANDBOX_OPERATOR_USER_NAME "operator"
#define SANDBOX_OPERATOR_USER_EMAIL "otto.operator@acme.example"
#define SANDBOX_OPERATOR_PASSWORD "sandbox-operator-password"
#define SANDBOX_OPERATOR_PERSONAL_ACCESS_TOKEN "rt_sandbox-operator-access-token-0123456789"

/* The external application whose access is by roles. */
#define SANDBOX_ROLES_APPLICATION "5a9d1c70-0004-4b7e-9c55-6f0c3a528f1d"

#define SANDBOX_ORGANIZATION_KEY "6f0c3a52-8f1d-4c4e-9b7a-2f6d0e51a001"
#define SANDBOX_TENANT_KEY "1a7e4b90-53c2-4d8f-a1b6-7c90de12b001"
#define SANDBOX_SECOND_TENANT_KEY "9d21c6f4-0b8e-47aa-8e35-41f7a6c3d002"
#define SANDBOX_TENANT_ID 1 /* "TenantId" of the rows */
#define SANDBOX_SECOND_TENANT_ID 2

/* @name: a tenant's logical name or key, any case. Returns: its id, 0 where there is none. Display
 * names are no addresses. */
gint64 sandbox_world_find_tenant (const char *name);
/* Returns: (transfer none): of a tenant's id. */
const char *sandbox_world_get_tenant_name (gint64 tenant);
const char *sandbox_world_get_tenant_display_name (gint64 tenant);
const char *sandbox_world_get_tenant_key (gint64 tenant);
/* Returns: TRUE where @name is the organisation's logical name or key, any case. */
gboolean sandbox_world_is_organization (const char *name);

/* Somebody who is there from the start, and may sign in. */
typedef struct
{
  const char *key; /* GUID */
  const char *user_name;
  const char *name;
  const char *surname;
  const char *email;
  const char *subject; /* "sub" of the tokens of a user key */
  const char *password;
  const char *token; /* personal access token */
  const char *group; /* of the organisation */
} SandboxWorldPerson;

/* Returns: (transfer none): up to a key of NULL; the administrator is the first. */
const SandboxWorldPerson *sandbox_world_get_people (void);

/* An external application that is there from the start. */
typedef struct
{
  const char *id;
  const char *name;
  const char *secret; /* (nullable): NULL for a non-confidential one */
  gboolean for_users; /* has user scopes and redirects to loopback, else application scopes */
  gboolean by_roles;  /* "OR.Default": what it may is what roles it has in the first tenant */
} SandboxWorldApplication;

/* Returns: (transfer none): up to an id of NULL. */
const SandboxWorldApplication *sandbox_world_get_applications (void);

/* What was asked on the command line. */
typedef struct
{
  guint port;
  char *data; /* (nullable) */
  guint seed;
  guint jobs;
  int user_key_token_life; /* seconds */
  int password_token_life; /* seconds */
  int access_token_life;   /* seconds */
  int refresh_token_life;  /* seconds */
  int page_cap;            /* 0: the service's own */
  int latency;             /* milliseconds */
  int speed;               /* seconds of its clock a second */
  int count;               /* these are of sandbox-settings.h */
  int bodies;
  int row_version;
  int folder_header;
  int rate_limit; /* a minute and tenant; 0: none */
  int retry_after;
  int api_version; /* read by sandbox_settings_get_api_version() */
  int portal_pages;
  int webhook_targets;
  char *scenario; /* (nullable): a file */
  char *record;   /* (nullable): likewise */
  char *replay;   /* (nullable): likewise */
  gboolean tls;
  gboolean client_certificates; /* asked for; with @tls */
  gboolean with_parent;
} SandboxOptions;

G_END_DECLS
