/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sandbox-operations.h"

#include "sandbox-language.h"
#include "sandbox-writer.h"

#define ERROR_INVALID_ARGUMENT 1009

/* Texts of the service's own pages, of which this sandbox has few (fact sheet 6.21: key -> text).
 */
static const struct
{
  const char *key;
  const char *english;
  const char *german;
} texts[] = {
  { "ASSETS", "Assets", "Assets" },
  { "AUDIT", "Audit", "Prüfprotokoll" },
  { "FOLDERS", "Folders", "Ordner" },
  { "JOBS", "Jobs", "Aufträge" },
  { "JOB_STATE_FAULTED", "Faulted", "Fehlerhaft" },
  { "JOB_STATE_PENDING", "Pending", "Ausstehend" },
  { "JOB_STATE_RUNNING", "Running", "Wird ausgeführt" },
  { "JOB_STATE_STOPPED", "Stopped", "Angehalten" },
  { "JOB_STATE_SUCCESSFUL", "Successful", "Erfolgreich" },
  { "MACHINES", "Machines", "Maschinen" },
  { "PROCESSES", "Processes", "Prozesse" },
  { "QUEUES", "Queues", "Warteschlangen" },
  { "ROBOTS", "Robots", "Roboter" },
  { "ROLES", "Roles", "Rollen" },
  { "SETTINGS", "Settings", "Einstellungen" },
  { "TRIGGERS", "Triggers", "Trigger" },
  { "USERS", "Users", "Benutzer" },
  { "WEBHOOKS", "Webhooks", "Webhooks" },
};

static void
get_cb (SandboxRequest *request)
{
  const char *language = sandbox_request_get_query (request, "lang");
  gboolean is_german = language != NULL && g_ascii_strcasecmp (language, "de") == 0;
  GString *json;

  if (language != NULL && *language != '\0' && !sandbox_language_is_known (language))
    {
      sandbox_reply_error (request, 400, ERROR_INVALID_ARGUMENT, "There is no language '%s'.",
                           language);
      return;
    }

  json = g_string_new ("{");
  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_string_append_printf (json, "%s\"%s\":", i > 0 ? "," : "", texts[i].key);
      sandbox_json_append_string (json, is_german ? texts[i].german : texts[i].english);
    }
  g_string_append_c (json, '}');
  sandbox_reply_json (request, 200, json);
}

const SandboxOperation sandbox_translations_operations[] = {
  { "GET", "/api/Translations/GetTranslations", SANDBOX_OPEN, SANDBOX_SCOPE_TENANT, NULL, get_cb },
  { NULL },
};
