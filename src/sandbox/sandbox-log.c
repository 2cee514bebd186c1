/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sandbox-log.h"

static const struct
{
  SandboxLogLevel level;
  const char *format;
} lines[] = {
  { SANDBOX_LOG_INFO, "Configuration read: %u settings" },
  { SANDBOX_LOG_INFO, "Signed in to the ERP, session %u" },
  { SANDBOX_LOG_TRACE, "Waiting for the main window, %u ms" },
  { SANDBOX_LOG_INFO, "%u items found" },
  { SANDBOX_LOG_DEBUG, "Selector matched after %u ms" },
  { SANDBOX_LOG_INFO, "Item 4711-%u processed" },
  { SANDBOX_LOG_INFO, "Item 4711-%u checked against the order" },
  { SANDBOX_LOG_WARN, "The target system answered slowly: %u ms" },
  { SANDBOX_LOG_INFO, "Document %u filed" },
  { SANDBOX_LOG_INFO, "Notification %u sent to the owner" },
  { SANDBOX_LOG_WARN, "Item 4711-%u left for a person to look at" },
  { SANDBOX_LOG_DEBUG, "Memory in use: %u MB" },
};

SandboxLogLevel
sandbox_log_make_line (guint step, guint number, char *buffer, gsize size)
{
  guint position = step % G_N_ELEMENTS (lines);

  sandbox_row_format (buffer, size, lines[position].format, number, 0);

  return lines[position].level;
}

/* A message as it stands in JSON. */
static void
escape (const char *text, char *buffer, gsize size)
{
  gsize length = 0;

  for (; *text != '\0' && length + 3 < size; text++)
    {
      if (*text == '\n' || *text == '"' || *text == '\\')
        {
          buffer[length++] = '\\';
          buffer[length++] = *text == '\n' ? 'n' : *text;
        }
      else
        buffer[length++] = *text;
    }
  buffer[length] = '\0';
}

const SandboxValue *
sandbox_log_line_fill (SandboxLogLine *self,
                       const SandboxLogSource *source,
                       gint64 time,
                       SandboxLogLevel level,
                       const char *message)
{
  static const char *const names[] = { "Verbose", "Trace", "Information",
                                       "Warning", "Error", "Critical" };
  char text[2048];
  char account[256];

  escape (message, text, sizeof text);
  escape (source->account, account, sizeof account);
  /* The time is the one thing that RawMessage does not repeat: it is in TimeStamp, to the
   * microsecond. */
  g_snprintf (self->raw,
              sizeof self->raw,
              "{\"message\":\"%s\",\"level\":\"%s\",\"logType\":\"Default\",\"processName\":\"%s\","
              "\"jobId\":\"%s\","
              "\"robotName\":\"%s\",\"machineName\":\"%s\",\"windowsIdentity\":\"%s\",\"fileName\":"
              "\"Main\"}",
              text,
              names[level],
              source->process,
              source->job_key,
              source->robot,
              source->host,
              account);

  {
    const SandboxValue values[] = {
      SANDBOX_INT ("TenantId", source->tenant),
      SANDBOX_INT ("OrganizationUnitId", source->folder),
      SANDBOX_INT ("Level", level),
      SANDBOX_INT ("TimeStamp", time),
      SANDBOX_TEXT ("Message", message),
      SANDBOX_TEXT ("JobKey", source->job_key),
      SANDBOX_TEXT ("RawMessage", self->raw),
      SANDBOX_TEXT ("ProcessName", source->process),
      SANDBOX_TEXT ("RobotName", source->robot),
      SANDBOX_TEXT ("WindowsIdentity", source->account),
      SANDBOX_TEXT ("HostMachineName", source->host),
      SANDBOX_INT ("MachineId", source->machine),
      SANDBOX_TEXT ("MachineKey", source->machine_key),
      SANDBOX_INT ("RuntimeType", source->runtime),
      { NULL },
    };

    G_STATIC_ASSERT (sizeof values == sizeof self->values);
    memcpy (self->values, values, sizeof values);
  }

  return self->values;
}
