/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sandbox-operations.h"

#include <string.h>

#include "sandbox-catalogue.h"
#include "sandbox-html.h"
#include "sandbox-writer.h"

/* What is there, for a person to read and for a program (fact sheet 1.1: Swagger). */

#define NAME "UiPath.WebApi 20.0"

static const char *
describe_access (const SandboxCatalogueEntry *entry)
{
  return entry->open                  ? "Nothing"
         : *entry->permission == '\0' ? "To be signed in"
                                      : entry->permission;
}

static void
page_cb (SandboxRequest *request)
{
  g_autoptr (GPtrArray) entries = sandbox_catalogue_new ();
  GString *html = sandbox_html_begin (NAME, NULL);

  sandbox_html_append_element (html, "p class=\"lead\"",
                               "What this sandbox answers, and what it asks for.");
  g_string_append (html, "<p><a href=\"v20.0/swagger.json\">swagger.json</a></p><table><thead><tr>"
                         "<th>Method</th><th>Path</th><th>Permission</th></tr></thead><tbody>");
  for (guint i = 0; i < entries->len; i++)
    {
      const SandboxCatalogueEntry *entry = entries->pdata[i];

      g_string_append (html, "<tr>");
      sandbox_html_append_element (html, "td", entry->method);
      sandbox_html_append_element (html, "td", entry->pattern);
      sandbox_html_append_element (html, "td", describe_access (entry));
      g_string_append (html, "</tr>");
    }
  g_string_append (html, "</tbody></table></main></body></html>\n");
  sandbox_html_reply (request, 200, html, NULL);
}

/* What stands in "{…}" of the pattern. */
static void
append_parameters (GString *json, const char *pattern)
{
  gboolean first = TRUE;

  g_string_append (json, "\"parameters\":[");
  for (const char *open = strchr (pattern, '{'); open != NULL; open = strchr (open + 1, '{'))
    {
      g_autofree char *name = g_strndup (open + 1, strcspn (open + 1, "}"));

      g_string_append (json, first ? "{\"name\":" : ",{\"name\":");
      sandbox_json_append_string (json, name);
      g_string_append (json,
                       ",\"in\":\"path\",\"required\":true,\"schema\":{\"type\":\"string\"}}");
      first = FALSE;
    }
  g_string_append_c (json, ']');
}

static void
append_operation (GString *json, const SandboxCatalogueEntry *entry)
{
  g_autofree char *method = g_ascii_strdown (entry->method, -1);

  g_string_append_printf (json, "\"%s\":{", method);
  if (entry->id != NULL)
    g_string_append_printf (json, "\"operationId\":\"%s\",\"tags\":[\"%.*s\"],", entry->id,
                            (int)strcspn (entry->id, "_"), entry->id);
  g_string_append (json, "\"description\":");
  sandbox_json_append_string (json, describe_access (entry));
  g_string_append_c (json, ',');
  append_parameters (json, entry->pattern);
  g_string_append (json, ",\"responses\":{\"default\":{\"description\":\"An answer\"}}}");
}

static void
json_cb (SandboxRequest *request)
{
  g_autoptr (GPtrArray) entries = sandbox_catalogue_new ();
  GString *json = g_string_new ("{\"openapi\":\"3.0.1\",\"info\":{\"title\":\"" NAME
                                "\",\"version\":\"20.0\"},\"servers\":[{\"url\":");
  const char *path = NULL;

  sandbox_json_append_string (json, request->base);
  g_string_append (json, "}],\"paths\":{");
  for (guint i = 0; i < entries->len; i++)
    {
      const SandboxCatalogueEntry *entry = entries->pdata[i];

      if (path != NULL && g_ascii_strcasecmp (path, entry->pattern) == 0)
        g_string_append_c (json, ',');
      else
        {
          g_string_append (json, path != NULL ? "}," : "");
          sandbox_json_append_string (json, entry->pattern);
          g_string_append (json, ":{");
        }
      append_operation (json, entry);
      path = entry->pattern;
    }
  g_string_append (json, "}}}");
  sandbox_reply_json (request, 200, json);
}

const SandboxOperation sandbox_swagger_operations[] = {
  { "GET", "/swagger", SANDBOX_OPEN, SANDBOX_SCOPE_TENANT, NULL, page_cb },
  { "GET", "/swagger/index.html", SANDBOX_OPEN, SANDBOX_SCOPE_TENANT, NULL, page_cb },
  { "GET", "/swagger/v20.0/swagger.json", SANDBOX_OPEN, SANDBOX_SCOPE_TENANT, NULL, json_cb },
  { NULL },
};
