/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n.h>

#include "sandbox-settings.h"

#include <baton-json.h>

#include "sandbox-writer.h"

#define LATEST_VERSION 3

static const char *const api_versions[] = { "11", "15", "17", "20", NULL };
static const char *const counts[] = { "asked", "always", NULL };
static const char *const bodies[] = { "strict", "lenient", NULL };
static const char *const row_versions[] = { "checked", "ignored", NULL };
static const char *const folder_headers[] = { "required", "optional", NULL };
static const char *const retry_afters[] = { "seconds", "date", NULL };
static const char *const portal_pages[] = { "html", "missing", NULL };
static const char *const webhook_targets[] = { "local", "any", NULL };

#define AT(member) G_STRUCT_OFFSET (SandboxOptions, member)

/* clang-format off */
static const SandboxSetting settings[] = {
  { "user-key-token-life", AT (user_key_token_life), 86400, 1, G_MAXINT32, NULL,
    N_ ("Seconds that a token of a user key lives (default: 86400)"), N_ ("S") },
  { "password-token-life", AT (password_token_life), 1800, 1, G_MAXINT32, NULL,
    N_ ("Seconds that a token of a password lives (default: 1800)"), N_ ("S") },
  { "access-token-life", AT (access_token_life), 3600, 1, G_MAXINT32, NULL,
    N_ ("Seconds that a token of an external application lives (default: 3600)"), N_ ("S") },
  { "refresh-token-life", AT (refresh_token_life), 60 * 86400, 1, G_MAXINT32, NULL,
    N_ ("Seconds that it can be renewed (default: 5184000)"), N_ ("S") },
  { "page-cap", AT (page_cap), 0, 0, 1000, NULL,
    N_ ("Give out no page of more rows than this"), N_ ("N") },
  { "latency", AT (latency), 0, 0, 600000, NULL,
    N_ ("Milliseconds to wait before each answer"), N_ ("MS") },
  { "count", AT (count), SANDBOX_COUNT_ASKED, 0, 0, counts,
    N_ ("Count jobs and queue items when “asked” or “always”"), N_ ("WHEN") },
  { "bodies", AT (bodies), SANDBOX_BODIES_STRICT, 0, 0, bodies,
    N_ ("Be “strict” or “lenient” with members that are not known"), N_ ("HOW") },
  { "row-version", AT (row_version), SANDBOX_ROW_VERSION_CHECKED, 0, 0, row_versions,
    N_ ("Let the version of a row be “checked” or “ignored”"), N_ ("HOW") },
  { "folder-header", AT (folder_header), SANDBOX_FOLDER_HEADER_REQUIRED, 0, 0, folder_headers,
    N_ ("Let the folder header be “required” or “optional”"), N_ ("HOW") },
  { "rate-limit", AT (rate_limit), 0, 0, G_MAXINT32, NULL,
    N_ ("Lists of jobs and queue items a minute and tenant; the service's is 100, 0 is none"),
    N_ ("N") },
  { "retry-after", AT (retry_after), SANDBOX_RETRY_AFTER_SECONDS, 0, 0, retry_afters,
    N_ ("Say in “seconds” or by “date” when to try again"), N_ ("HOW") },
  { "api-version", AT (api_version), LATEST_VERSION, 0, 0, api_versions,
    N_ ("Speak this version of the Web API: 11, 15, 17 or 20"), N_ ("N") },
  { "portal-pages", AT (portal_pages), SANDBOX_PORTAL_PAGES_HTML, 0, 0, portal_pages,
    N_ ("Let portal pages that are not there be “html” with 200, or “missing”"), N_ ("HOW") },
  { "webhook-targets", AT (webhook_targets), SANDBOX_WEBHOOK_TARGETS_LOCAL, 0, 0, webhook_targets,
    N_ ("Deliver webhooks to “local” addresses alone or to “any”"), N_ ("WHICH") },
  { NULL },
};
/* clang-format on */

const SandboxSetting *
sandbox_settings (void)
{
  return settings;
}

int *
sandbox_setting_locate (const SandboxSetting *self, SandboxOptions *options)
{
  g_return_val_if_fail (self != NULL && options != NULL, NULL);

  return G_STRUCT_MEMBER_P (options, self->offset);
}

static int
get (const SandboxSetting *self, const SandboxOptions *options)
{
  return G_STRUCT_MEMBER (int, options, self->offset);
}

static gboolean
find_value (const SandboxSetting *self, const char *text, int *value)
{
  for (int i = 0; self->values[i] != NULL; i++)
    {
      if (g_ascii_strcasecmp (self->values[i], text) != 0)
        continue;
      *value = i;
      return TRUE;
    }

  return FALSE;
}

gboolean
sandbox_setting_set_text (const SandboxSetting *self,
                          SandboxOptions *options,
                          const char *text,
                          GError **error)
{
  gint64 number = 0;

  g_return_val_if_fail (self != NULL && options != NULL && text != NULL, FALSE);

  if (self->values != NULL)
    {
      g_autofree char *allowed = NULL;

      if (find_value (self, text, sandbox_setting_locate (self, options)))
        return TRUE;
      allowed = g_strjoinv (", ", (char **)self->values);
      g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                   /* TRANSLATORS: --count must be one of asked, always, and is never */
                   _ ("--%s must be one of %s, and is %s"), self->name, allowed, text);
      return FALSE;
    }

  if (!g_ascii_string_to_signed (text, 10, self->least, self->most, &number, NULL))
    {
      g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                   _ ("--%s must be a number from %d to %d, and is %s"), self->name, self->least,
                   self->most, text);
      return FALSE;
    }
  *sandbox_setting_locate (self, options) = (int)number;

  return TRUE;
}

/* "page-cap" as a member of JSON: "pageCap". */
static char *
make_member (const SandboxSetting *self)
{
  GString *member = g_string_new (NULL);

  for (const char *c = self->name; *c != '\0'; c++)
    {
      if (*c == '-')
        g_string_append_c (member, g_ascii_toupper (*++c));
      else
        g_string_append_c (member, *c);
    }

  return g_string_free (member, FALSE);
}

void
sandbox_settings_append (GString *json, const SandboxOptions *options)
{
  g_return_if_fail (json != NULL && options != NULL);

  for (const SandboxSetting *setting = settings; setting->name != NULL; setting++)
    {
      g_autofree char *member = make_member (setting);
      int value = get (setting, options);

      g_string_append_printf (json, "%c\"%s\":", setting == settings ? '{' : ',', member);
      if (setting->values != NULL)
        sandbox_json_append_string (json, setting->values[value]);
      else
        g_string_append_printf (json, "%d", value);
    }
  g_string_append_c (json, '}');
}

static const SandboxSetting *
find_by_member (const char *name)
{
  for (const SandboxSetting *setting = settings; setting->name != NULL; setting++)
    {
      g_autofree char *member = make_member (setting);

      if (g_str_equal (member, name))
        return setting;
    }

  return NULL;
}

gboolean
sandbox_settings_apply (SandboxOptions *options, JsonObject *object, GError **error)
{
  SandboxOptions changed;
  g_auto (GStrv) names = NULL;

  g_return_val_if_fail (options != NULL && object != NULL, FALSE);

  changed = *options;
  names = baton_json_dup_names (object);
  for (gsize i = 0; names[i] != NULL; i++)
    {
      const SandboxSetting *setting = find_by_member (names[i]);
      g_autofree char *text = baton_json_dup_scalar (baton_json_peek_node (object, names[i]));

      if (setting == NULL || text == NULL)
        {
          g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                       setting == NULL ? "There is no setting '%s'" : "'%s' has no value",
                       names[i]);
          return FALSE;
        }
      if (!sandbox_setting_set_text (setting, &changed, text, error))
        return FALSE;
    }
  sandbox_settings_copy (options, &changed);

  return TRUE;
}

void
sandbox_settings_copy (SandboxOptions *options, const SandboxOptions *from)
{
  g_return_if_fail (options != NULL && from != NULL);

  for (const SandboxSetting *setting = settings; setting->name != NULL; setting++)
    *sandbox_setting_locate (setting, options) = get (setting, from);
}

int
sandbox_settings_get_api_version (const SandboxOptions *options)
{
  g_return_val_if_fail (options != NULL, 0);

  return (int)g_ascii_strtoll (api_versions[options->api_version], NULL, 10);
}
