/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sandbox-start-page.h"

#include "sandbox-command.h"
#include "sandbox-control.h"
#include "sandbox-html.h"
#include "sandbox-resources.h"

#define PREFIX "/io/github/baton_desktop/sandbox/"
#define POLICY                                                                                     \
  "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; img-src data:; "   \
  "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

static void
reply_bytes (SandboxRequest *request, const char *type, GBytes *bytes)
{
  SoupMessageHeaders *headers = soup_server_message_get_response_headers (request->message);

  soup_message_headers_replace (headers, "Content-Security-Policy", POLICY);
  soup_message_headers_replace (headers, "X-Content-Type-Options", "nosniff");
  soup_message_headers_replace (headers, "Cache-Control", "no-cache");
  soup_message_headers_set_content_type (headers, type, NULL);
  soup_server_message_set_status (request->message, SOUP_STATUS_OK, NULL);
  soup_message_body_append_bytes (soup_server_message_get_response_body (request->message), bytes);
}

static void
reply_file (SandboxRequest *request, const char *type, const char *path)
{
  g_autoptr (GBytes) bytes = g_resource_lookup_data (sandbox_resources_get_resource (), path,
                                                     G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);

  g_assert (bytes != NULL);
  reply_bytes (request, type, bytes);
}

static void
page_cb (SandboxRequest *request)
{
  reply_file (request, "text/html; charset=utf-8", PREFIX "start-page.html");
}

static void
css_cb (SandboxRequest *request)
{
  reply_file (request, "text/css; charset=utf-8", PREFIX "start-page.css");
}

static void
js_cb (SandboxRequest *request)
{
  reply_file (request, "text/javascript; charset=utf-8", PREFIX "start-page.js");
}

static void
style_cb (SandboxRequest *request)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static (sandbox_html_style, strlen (sandbox_html_style));

  reply_bytes (request, "text/css; charset=utf-8", bytes);
}

static void
ready_cb (SandboxRequest *request)
{
  g_autofree char *ready = sandbox_command_make_announcement (request->server);

  sandbox_control_reply (request, g_string_new (ready));
}

const SandboxOperation sandbox_start_page_operations[] = {
  { "GET", "", SANDBOX_OPEN, SANDBOX_SCOPE_TENANT, NULL, page_cb },
  SANDBOX_CONTROL ("GET", "/start-page.css", css_cb),
  SANDBOX_CONTROL ("GET", "/start-page.js", js_cb),
  SANDBOX_CONTROL ("GET", "/style.css", style_cb),
  SANDBOX_CONTROL ("GET", "/ready", ready_cb),
  { NULL },
};
