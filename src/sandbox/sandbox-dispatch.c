/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sandbox-dispatch.h"

#include <string.h>

#include <baton-json.h>

#include "sandbox-address.h"
#include "sandbox-control.h"
#include "sandbox-folder.h"
#include "sandbox-identity.h"
#include "sandbox-later.h"
#include "sandbox-limits.h"
#include "sandbox-line.h"
#include "sandbox-list.h"
#include "sandbox-oauth-scope.h"
#include "sandbox-maintenance.h"
#include "sandbox-permission.h"
#include "sandbox-schema.h"
#include "sandbox-server.h"
#include "sandbox-settings.h"
#include "sandbox-world.h"
#include "sandbox-write.h"

#define ERROR_INVALID_REQUEST 1000

static char *
make_base (SandboxRequest *request, const SandboxPath *path, const SandboxAddress *address)
{
  g_autofree char *origin = sandbox_request_dup_origin (request);
  GString *base = g_string_new (origin);

  for (guint i = 0; i < address->n_base; i++)
    {
      g_autofree char *segment = g_uri_escape_string (path->segments->pdata[i], NULL, TRUE);

      g_string_append_printf (base, "/%s", segment);
    }

  return g_string_free (base, FALSE);
}

/* The tenant of "/odata/…": of the header, or the one that the token was issued for. */
static gint64
find_rooted_tenant (SandboxRequest *request, const char *bearer)
{
  const char *name = soup_message_headers_get_one (
      soup_server_message_get_request_headers (request->message), "X-UIPATH-TenantName");

  if (name != NULL && *name != '\0')
    return sandbox_world_find_tenant (name);

  return bearer != NULL ? sandbox_identity_get_tenant (request->server, bearer) : 0;
}

/* @token: (out). */
static gboolean
authenticate (SandboxRequest *request, const SandboxAddress *address, SandboxToken *token)
{
  const char *bearer = sandbox_request_get_bearer (request);

  request->tenant = address->is_rooted ? find_rooted_tenant (request, bearer) : address->tenant;

  if (bearer == NULL || request->tenant == 0
      || !sandbox_identity_authenticate (request->server, bearer, request->tenant, token,
                                         &request->user))
    return FALSE;
  request->token = token;

  return TRUE;
}

/* What the token was given for (fact sheet 2.3); a person's permissions come on top. */
static gboolean
check_scope (SandboxRequest *request, const SandboxPath *path, guint first)
{
  const char *family = sandbox_oauth_scope_find_family (path, first);
  gboolean write = !g_str_equal (request->method, SOUP_METHOD_GET);

  if (family == NULL || sandbox_oauth_scope_allows (request->token->scopes, family, write))
    return TRUE;

  sandbox_reply_error (request, SOUP_STATUS_FORBIDDEN, 0,
                       "You are not authorized! You are not allowed to perform this operation. "
                       "Required scopes: %s or %s.%s.",
                       family, family, write ? "Write" : "Read");

  return FALSE;
}

/* The types that the definition names for bodies: JSON, and whatever says that it is made of it. */
static gboolean
is_json (const char *type)
{
  g_autofree char *lower = type != NULL ? g_ascii_strdown (type, -1) : NULL;

  return lower != NULL
         && (g_str_equal (lower, "application/json")
             || (g_str_has_prefix (lower, "application/") && g_str_has_suffix (lower, "+json")));
}

/* @root: (out) (nullable): the parsed body, which request->body is of. */
static gboolean
read_body (SandboxRequest *request, JsonNode **root)
{
  SoupMessageBody *body = soup_server_message_get_request_body (request->message);
  const char *type = soup_message_headers_get_content_type (
      soup_server_message_get_request_headers (request->message), NULL);
  g_autoptr (GBytes) text = NULL;
  g_autoptr (GError) error = NULL;

  if (body == NULL || body->length == 0)
    return TRUE;
  if (!is_json (type))
    {
      /* What is no OData reads its own forms. */
      if (request->base == NULL)
        return TRUE;
      sandbox_reply_error (request, SOUP_STATUS_UNSUPPORTED_MEDIA_TYPE, ERROR_INVALID_REQUEST,
                           "The body must be of the type application/json.");
      return FALSE;
    }

  text = soup_message_body_flatten (body);
  *root = baton_json_parse (text, BATON_JSON_MAX_BYTES, &error);
  request->body = *root != NULL ? baton_json_peek_root_object (*root) : NULL;
  request->items = *root != NULL ? baton_json_peek_root_array (*root) : NULL;
  /* "null" is what some clients make of a body that they have not. */
  if (request->body != NULL || request->items != NULL
      || (*root != NULL && JSON_NODE_HOLDS_NULL (*root)))
    return TRUE;

  sandbox_reply_error (request, SOUP_STATUS_BAD_REQUEST, ERROR_INVALID_REQUEST,
                       "The input was not valid. %s",
                       error != NULL ? error->message : "It is no JSON object.");

  return FALSE;
}

static void
run (SandboxRequest *request, const SandboxOperation *operation)
{
  g_autoptr (JsonNode) root = NULL;

  if (operation->access == SANDBOX_SIGNED
      && !(sandbox_folder_resolve (request, operation->scope)
           && (operation->permission == NULL
               || sandbox_permission_check (request, operation->permission))))
    return;

  if (operation->raw || read_body (request, &root))
    operation->handler (request);
}

/* Returns: (nullable): the set of "/odata/Jobs" or "/odata/Jobs({key})". */
static const SandboxEntitySet *
find_set (const SandboxPath *path, guint first)
{
  const SandboxEntitySet *set;
  g_autofree char *name = NULL;
  const char *pattern, *open;

  if (path->patterns->len != first + 2 || !g_str_equal (path->patterns->pdata[first], "odata"))
    return NULL;
  pattern = path->patterns->pdata[first + 1];
  open = strchr (pattern, '(');
  if (open != NULL && !g_str_equal (open, "({key})"))
    return NULL;
  name = open != NULL ? g_strndup (pattern, (gsize)(open - pattern)) : g_strdup (pattern);
  set = sandbox_entity_set_find (name);

  return set != NULL && !set->internal ? set : NULL;
}

/* Answers where the key of "/odata/Jobs('5')…" or "/odata/Jobs(5x)…" is no number and that of the
 * set is one. */
static gboolean
check_key (SandboxRequest *request, const SandboxPath *path, guint first)
{
  const SandboxEntitySet *set = NULL;
  gint64 number;

  for (guint i = first + 1; path->key != NULL && set == NULL && i < path->patterns->len; i++)
    {
      const char *pattern = path->patterns->pdata[i];
      g_autofree char *name = g_strndup (pattern, strcspn (pattern, "("));

      if (g_str_has_suffix (pattern, "({key})"))
        set = sandbox_entity_set_find (name);
    }
  if (set == NULL || !sandbox_schema_has_rowid_key (set)
      || (!path->key_is_text
          && g_ascii_string_to_signed (path->key, 10, G_MININT64, G_MAXINT64, &number, NULL)))
    return TRUE;

  sandbox_reply_error (request, SOUP_STATUS_BAD_REQUEST, ERROR_INVALID_REQUEST,
                       "The key of %s is a number, and not '%s'.", set->name, path->key);

  return FALSE;
}

static void
read_set (SandboxRequest *request, const SandboxEntitySet *set)
{
  g_autofree char *permission
      = set->view != NULL ? g_strdup (set->view) : g_strconcat (set->permission, ".View", NULL);

  if (!sandbox_folder_resolve (request, set->scope)
      || (*permission != '\0' && !sandbox_permission_check (request, permission)))
    return;

  if (request->key != NULL)
    sandbox_list_reply_by_key (request, set);
  else
    sandbox_list_reply_all (request, set);
}

/* "Jobs(Id=5)" says the same as "Jobs(5)". Answers where it names anything else, or what is there
 * is no set that names a key: @set is NULL. */
static gboolean
read_named_key (SandboxRequest *request, const SandboxEntitySet *set)
{
  g_autofree char *name = set != NULL ? g_ascii_strdown (set->key, -1) : NULL;

  if (name != NULL)
    request->key = g_hash_table_lookup (request->arguments, name);
  if (request->key != NULL && g_hash_table_size (request->arguments) == 1)
    return TRUE;

  sandbox_reply_error (request, SOUP_STATUS_BAD_REQUEST, ERROR_INVALID_REQUEST,
                       "'%s' does not name a key.", request->path);

  return FALSE;
}

/* Returns: FALSE where the set does not take this. */
static gboolean
serve_set (SandboxRequest *request, const SandboxEntitySet *set)
{
  g_autoptr (JsonNode) root = NULL;
  SandboxWrites write;

  if (g_str_equal (request->method, SOUP_METHOD_GET))
    {
      read_set (request, set);
      return TRUE;
    }

  write = sandbox_write_find (set, request->method, request->key != NULL);
  if (write != SANDBOX_WRITE_NONE && read_body (request, &root))
    sandbox_write_run (request, set, write);

  return write != SANDBOX_WRITE_NONE;
}

static void
reply_unknown (SandboxRequest *request, SandboxRouter *router, const SandboxPath *path, guint first)
{
  const char *id = sandbox_router_find_defined (router, request->method, path, first);

  if (id != NULL)
    sandbox_reply_error (request, SOUP_STATUS_NOT_IMPLEMENTED, 0,
                         "%s is not part of this sandbox yet.", id);
  else if (find_set (path, first) != NULL || sandbox_router_knows_path (router, path, first))
    sandbox_reply_error (request, SOUP_STATUS_METHOD_NOT_ALLOWED, 0,
                         "The requested resource does not support the method '%s'.",
                         request->method);
  else
    sandbox_reply_error (request, SOUP_STATUS_NOT_FOUND, 0, "There is nothing at '%s'.",
                         request->path);
}

/* What a deployment lacks of portal and identity is answered by the web application (fact
 * sheet 1.1). */
static void
reply_page (SandboxRequest *request)
{
  if (sandbox_control_is_for (request->message) ||
      sandbox_server_get_options (request->server)->portal_pages != SANDBOX_PORTAL_PAGES_HTML)
    {
      sandbox_reply_error (request, SOUP_STATUS_NOT_FOUND, 0, "There is nothing at '%s'.",
                           request->path);
      return;
    }

  sandbox_reply_html (
      request, SOUP_STATUS_OK,
      "<!DOCTYPE html>\n<html lang=\"en\"><head><meta "
      "charset=\"utf-8\"><title>Sandbox</title></head>"
      "<body><h1>The sandbox of Baton</h1><p>A made-up Orchestrator on this computer. "
      "<a href=\"/portal_/apiAccess\">API Access</a></p></body></html>\n");
}

/* Who asks for the headers alone gets those of what is open to all: a probe does. */
static const SandboxOperation *
find_operation (const SandboxRequest *request,
                SandboxRouter *router,
                SandboxPath *path,
                guint first)
{
  const SandboxOperation *operation = sandbox_router_find (router, request->method, path, first);

  if (operation != NULL || !g_str_equal (request->method, SOUP_METHOD_HEAD))
    return operation;
  operation = sandbox_router_find (router, SOUP_METHOD_GET, path, first);

  return operation != NULL && operation->access == SANDBOX_OPEN ? operation : NULL;
}

/* TRUE also where the address names none. Calls of an API say themselves that theirs is unknown. */
static gboolean
has_known_organization (const SandboxPath *path)
{
  const char *name
      = path->arguments != NULL ? g_hash_table_lookup (path->arguments, "organization") : NULL;

  return name == NULL || sandbox_world_is_organization (name)
         || (path->patterns->len > 2 && g_str_equal (path->patterns->pdata[2], "api"));
}

static void
serve (SandboxRequest *request,
       SandboxRouter *router,
       SandboxPath *path,
       const SandboxAddress *address)
{
  const SandboxOperation *operation;
  const SandboxEntitySet *set;
  g_auto (SandboxToken) token = { 0 };

  if (!address->is_api)
    {
      operation = find_operation (request, router, path, 0);
      request->arguments = path->arguments;
      if (!has_known_organization (path))
        reply_page (request);
      else if (operation != NULL && operation->access == SANDBOX_OPEN)
        run (request, operation);
      else if (sandbox_router_knows_path (router, path, 0))
        reply_unknown (request, router, path, 0);
      else
        reply_page (request);
      return;
    }

  if (!address->is_rooted && address->tenant == 0)
    {
      sandbox_reply_not_authenticated (request);
      return;
    }

  operation = find_operation (request, router, path, address->n_base);
  request->arguments = path->arguments;
  if (operation != NULL && operation->access == SANDBOX_OPEN)
    {
      request->tenant = address->tenant;
      run (request, operation);
      return;
    }

  /* Fact sheet 1.5: also a good token at an address of another tenant, or of none. */
  if (!authenticate (request, address, &token))
    {
      sandbox_reply_not_authenticated (request);
      return;
    }
  if (!check_scope (request, path, address->n_base) || !check_key (request, path, address->n_base))
    return;

  if (!sandbox_maintenance_admit (request)
      || !sandbox_limits_admit (request, path, address->n_base))
    return;

  set = find_set (path, address->n_base);
  /* Functions stand behind the set, with a dot in their names. */
  if (path->patterns->len == address->n_base + 2 && path->key == NULL && path->arguments != NULL
      && g_str_equal (path->patterns->pdata[address->n_base], "odata")
      && !read_named_key (request, operation == NULL ? set : NULL))
    return;
  if (operation != NULL)
    run (request, operation);
  else if (set == NULL || !serve_set (request, set))
    reply_unknown (request, router, path, address->n_base);
}

/* What was to be answered is of what could not be written, or not read. */
static void
check_store (SandboxRequest *request)
{
  const char *failure = sandbox_store_take_failure (request->store);

  if (failure == NULL || sandbox_later_holds (request->message))
    return;
  soup_message_body_truncate (soup_server_message_get_response_body (request->message));
  sandbox_reply_error (request, SOUP_STATUS_INTERNAL_SERVER_ERROR, 0,
                       "The sandbox cannot use the file of its data: %s.", failure);
}

gboolean
sandbox_dispatch_has (SandboxRouter *router, const SandboxDefinedOperation *operation)
{
  g_autoptr (SandboxPath) path = NULL;
  const SandboxEntitySet *set;

  g_return_val_if_fail (router != NULL && operation != NULL, FALSE);

  path = sandbox_path_parse (operation->pattern);
  if (sandbox_router_find (router, operation->method, path, 0) != NULL)
    return TRUE;

  set = find_set (path, 0);

  return set != NULL
         && (g_str_equal (operation->method, SOUP_METHOD_GET)
             || sandbox_write_find (set, operation->method, path->key != NULL)
                    != SANDBOX_WRITE_NONE);
}

void
sandbox_dispatch (SandboxServer *server, SandboxRouter *router, SoupServerMessage *message)
{
  g_autoptr (GUri) uri = NULL;
  g_autoptr (SandboxPath) path = NULL;
  g_autoptr (GHashTable) query = NULL;
  g_autofree char *base = NULL;
  g_autofree char *below = NULL;
  g_autofree char *wrong = NULL;
  SandboxAddress address = { 0 };
  SandboxRequest request = { 0 };

  g_return_if_fail (SANDBOX_IS_SERVER (server));
  g_return_if_fail (router != NULL);
  g_return_if_fail (SOUP_IS_SERVER_MESSAGE (message));

  request.server = server;
  request.store = sandbox_server_get_store (server);
  request.message = message;
  request.method = sandbox_line_read_method (soup_server_message_get_method (message));
  request.path = "";
  uri = sandbox_line_dup_uri (message);

  path = sandbox_path_parse (g_uri_get_path (uri));
  query = sandbox_line_read_query (g_uri_get_query (uri), &wrong);
  if (path == NULL || query == NULL)
    {
      g_autofree char *what = g_utf8_make_valid (wrong != NULL ? wrong : g_uri_get_path (uri), -1);

      sandbox_reply_error (&request, SOUP_STATUS_BAD_REQUEST, ERROR_INVALID_REQUEST,
                           "The address is not valid: '%s' is encoded wrongly, or there twice.",
                           what);
      return;
    }

  sandbox_path_resolve (path, query);
  sandbox_address_read (&address, path);
  if (address.is_api)
    {
      base = make_base (&request, path, &address);
      request.base = base;
    }
  below = sandbox_path_join (path, address.is_api ? address.n_base : 0);
  request.path = below;
  request.query = query;
  request.key = path->key;

  /* What failed in between is nobody's answer. */
  sandbox_store_take_failure (request.store);
  serve (&request, router, path, &address);
  check_store (&request);
}
