/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sandbox-log.h"

#include <string.h>

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

/* Text that grows in a buffer, as far as that reaches. Thousands of lines are made before the
 * sandbox is ready, and printf would take most of the time. */
typedef struct
{
  char *end;
  const char *limit;
} Text;

/* Whether all of it found room; no character is taken apart. */
static gboolean
append_length (Text *self, const char *text, gsize length)
{
  gsize room = self->limit - self->end;
  gsize taken = MIN (length, room);

  while (taken < length && taken > 0 && ((guchar)text[taken] & 0xc0) == 0x80)
    taken--;
  memcpy (self->end, text, taken);
  self->end += taken;

  return taken == length;
}

static void
append (Text *self, const char *text)
{
  append_length (self, text, strlen (text));
}

/* As it stands in JSON, in at most @size bytes, so that what comes after it finds room as well. */
static void
append_escaped (Text *self, const char *text, gsize size)
{
  Text part = { self->end, MIN (self->end + size, self->limit) };

  for (;;)
    {
      gsize length = strcspn (text, "\n\"\\");

      if (!append_length (&part, text, length))
        break;
      text += length;
      if (*text == '\0' || part.limit - part.end < 2)
        break;
      *part.end++ = '\\';
      *part.end++ = *text == '\n' ? 'n' : *text;
      text++;
    }
  self->end = part.end;
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
  Text raw = { self->raw, self->raw + sizeof self->raw - 1 };

  /* The time is the one thing that RawMessage does not repeat: it is in TimeStamp, to the
   * microsecond. */
  append (&raw, "{\"message\":\"");
  append_escaped (&raw, message, 2048);
  append (&raw, "\",\"level\":\"");
  append (&raw, names[level]);
  append (&raw, "\",\"logType\":\"Default\",\"processName\":\"");
  append (&raw, source->process);
  append (&raw, "\",\"jobId\":\"");
  append (&raw, source->job_key);
  append (&raw, "\",\"robotName\":\"");
  append (&raw, source->robot);
  append (&raw, "\",\"machineName\":\"");
  append (&raw, source->host);
  append (&raw, "\",\"windowsIdentity\":\"");
  append_escaped (&raw, source->account, 256);
  append (&raw, "\",\"fileName\":\"Main\"}");
  *raw.end = '\0';

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
