/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "baton-json.h"
#include "baton-redact.h"
#include "baton-request.h"

struct _BatonRequest
{
  gatomicrefcount references;

  char *method; /* (owned) */
  char *path;   /* (owned) */
  BatonService service;
  gint64 folder;
  JsonNode *body; /* (owned) (nullable) */
  BatonPriority priority;
  char *permission; /* (owned) (nullable) */
};

G_DEFINE_BOXED_TYPE (BatonRequest, baton_request, baton_request_ref, baton_request_unref)

BatonRequest *
baton_request_new (const char *method, const char *path)
{
  BatonRequest *self = NULL;

  g_return_val_if_fail (method != NULL, NULL);
  g_return_val_if_fail (path != NULL && *path == '/', NULL);

  self = g_new0 (BatonRequest, 1);
  g_atomic_ref_count_init (&self->references);
  self->method = g_strdup (method);
  self->path = g_strdup (path);
  self->priority = BATON_PRIORITY_USER;

  return self;
}

BatonRequest *
baton_request_ref (BatonRequest *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&self->references);

  return self;
}

void
baton_request_unref (BatonRequest *self)
{
  g_return_if_fail (self != NULL);

  if (!g_atomic_ref_count_dec (&self->references))
    return;

  g_free (self->method);
  g_free (self->path);
  g_clear_pointer (&self->body, json_node_unref);
  g_free (self->permission);
  g_free (self);
}

void
baton_request_set_service (BatonRequest *self, BatonService service)
{
  g_return_if_fail (self != NULL);

  self->service = service;
}

BatonService
baton_request_get_service (BatonRequest *self)
{
  g_return_val_if_fail (self != NULL, BATON_SERVICE_ORCHESTRATOR);

  return self->service;
}

void
baton_request_set_folder (BatonRequest *self, gint64 folder)
{
  g_return_if_fail (self != NULL);

  self->folder = folder;
}

void
baton_request_take_body (BatonRequest *self, JsonNode *body)
{
  g_return_if_fail (self != NULL && body != NULL);

  g_clear_pointer (&self->body, json_node_unref);
  self->body = body;
}

void
baton_request_set_priority (BatonRequest *self, BatonPriority priority)
{
  g_return_if_fail (self != NULL);

  self->priority = priority;
}

void
baton_request_set_permission (BatonRequest *self, const char *permission)
{
  g_return_if_fail (self != NULL);

  g_free (self->permission);
  self->permission = g_strdup (permission);
}

const char *
baton_request_get_method (BatonRequest *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->method;
}

const char *
baton_request_get_path (BatonRequest *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->path;
}

gint64
baton_request_get_folder (BatonRequest *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->folder;
}

JsonNode *
baton_request_get_body (BatonRequest *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->body;
}

BatonPriority
baton_request_get_priority (BatonRequest *self)
{
  g_return_val_if_fail (self != NULL, BATON_PRIORITY_USER);

  return self->priority;
}

const char *
baton_request_get_permission (BatonRequest *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->permission;
}

char *
baton_request_describe (BatonRequest *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return g_strdup_printf ("%s %.*s", self->method, (int) strcspn (self->path, "?"), self->path);
}

gboolean
baton_request_is_idempotent (BatonRequest *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return g_str_equal (self->method, "GET") || g_str_equal (self->method, "HEAD") ||
         g_str_equal (self->method, "PUT") || g_str_equal (self->method, "DELETE");
}

gboolean
baton_request_is_counted_list (BatonRequest *self)
{
  static const char *const sets[] = { "/odata/Jobs", "/odata/QueueItems" };
  gsize length;

  g_return_val_if_fail (self != NULL, FALSE);

  if (!g_str_equal (self->method, "GET"))
    return FALSE;

  length = strcspn (self->path, "?");

  for (guint i = 0; i < G_N_ELEMENTS (sets); i++)
    if (strlen (sets[i]) == length && g_ascii_strncasecmp (self->path, sets[i], length) == 0)
      return TRUE;

  return FALSE;
}

/* As g_shell_quote(), which leaves copies of what it quotes. */
static char *
quote (const char *text)
{
  char **pieces = g_strsplit (text, "'", -1);
  char *inner = g_strjoinv ("'\\''", pieces);
  char *quoted = g_strconcat ("'", inner, "'", NULL);

  baton_secret_free (inner);
  baton_secret_free_all (pieces);

  return quoted;
}

static void
add_header (GPtrArray *parts, const char *name, const char *value)
{
  char *header = g_strconcat (name, ": ", value, NULL);
  char *quoted = quote (header);

  g_ptr_array_add (parts, g_strconcat ("-H ", quoted, NULL));
  baton_secret_free (quoted);
  baton_secret_free (header);
}

/**
 * baton_request_to_curl:
 * @deployment: where it goes
 * @token: (nullable): %NULL leaves the place of the token to a variable of the shell
 *
 * Any thread.
 *
 * Returns: (transfer full): a command for a POSIX shell
 */
char *
baton_request_to_curl (BatonRequest *self, BatonDeployment *deployment, const char *token)
{
  const char *base = NULL;
  g_autofree char *url = NULL;
  g_autofree char *quoted = NULL;
  GPtrArray *parts = NULL;
  char *command = NULL;

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (BATON_IS_DEPLOYMENT (deployment), NULL);

  base = baton_deployment_get_base_url (deployment);
  if (base == NULL)
    base = baton_deployment_get_origin (deployment);
  url = g_strconcat (base, self->path, NULL);
  quoted = quote (url);

  /* Joined at the end: what grows leaves copies of the token behind. */
  parts = g_ptr_array_new ();
  g_ptr_array_add (parts, g_str_equal (self->method, "GET")
                              ? g_strconcat ("curl ", quoted, NULL)
                              : g_strconcat ("curl -X ", self->method, " ", quoted, NULL));

  if (token != NULL)
    {
      char *bearer = g_strconcat ("Bearer ", token, NULL);

      add_header (parts, "Authorization", bearer);
      baton_secret_free (bearer);
    }
  else
    g_ptr_array_add (parts, g_strdup ("-H \"Authorization: Bearer $BATON_TOKEN\""));

  add_header (parts, "Accept", "application/json");

  if (self->folder != 0)
    {
      g_autofree char *folder = g_strdup_printf ("%" G_GINT64_FORMAT, self->folder);

      add_header (parts, "X-UIPATH-OrganizationUnitId", folder);
    }

  if (baton_deployment_needs_tenant_header (deployment))
    add_header (parts, "X-UIPATH-TenantName", baton_deployment_get_tenant (deployment));

  if (self->body != NULL)
    {
      g_autofree char *body = baton_json_to_text (self->body, FALSE);
      g_autofree char *quoted_body = quote (body);

      add_header (parts, "Content-Type", "application/json");
      g_ptr_array_add (parts, g_strconcat ("--data-raw ", quoted_body, NULL));
    }

  g_ptr_array_add (parts, NULL);
  command = g_strjoinv (" \\\n  ", (char **)parts->pdata);
  baton_secret_free_all ((char **)g_ptr_array_free (parts, FALSE));

  return command;
}
