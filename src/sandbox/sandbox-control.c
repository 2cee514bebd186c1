/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sandbox-control.h"

#include <math.h>

#include <baton-json.h>
#include <baton-time.h>

#include "sandbox-clock.h"
#include "sandbox-later.h"
#include "sandbox-settings.h"
#include "sandbox-writer.h"

#define PREFIX SANDBOX_CONTROL_PREFIX
#define MAX_SPEED 100000.0
/* What falls due on the way is run before the answer. */
#define MAX_ADVANCE (366 * 24 * 3600.0)

gboolean
sandbox_control_is_for (SoupServerMessage *message)
{
  const char *path = g_uri_get_path (soup_server_message_get_uri (message));

  return g_str_has_prefix (path, PREFIX)
         && (path[sizeof PREFIX - 1] == '\0' || path[sizeof PREFIX - 1] == '/');
}

gboolean
sandbox_control_is_loopback (const char *origin)
{
  g_autoptr (GUri) uri = g_uri_parse (origin, G_URI_FLAGS_NONE, NULL);
  const char *host = uri != NULL ? g_uri_get_host (uri) : NULL;

  return host != NULL
         && (g_str_equal (host, "localhost") || g_str_equal (host, "127.0.0.1")
             || g_str_equal (host, "::1"));
}

gboolean
sandbox_control_admit (SoupServerMessage *message)
{
  static const char body[] = "{\"message\":\"The control of the sandbox is for this computer "
                             "alone.\",\"errorCode\":0}";
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (message);
  const char *origin = soup_message_headers_get_one (headers, "Origin");
  const char *host = soup_message_headers_get_one (headers, "Host");
  g_autofree char *asked = g_strconcat ("http://", host != NULL ? host : "127.0.0.1", NULL);

  /* The host too: a name of another site may be made to lead here. */
  if (sandbox_control_is_loopback (asked)
      && (origin == NULL || sandbox_control_is_loopback (origin)))
    return TRUE;

  soup_server_message_set_status (message, SOUP_STATUS_FORBIDDEN, NULL);
  soup_server_message_set_response (message, "application/json", SOUP_MEMORY_STATIC, body,
                                    sizeof body - 1);

  return FALSE;
}

void
sandbox_control_reply (SandboxRequest *request, GString *json)
{
  sandbox_reply_json (request, SOUP_STATUS_OK, json);
}

void
sandbox_control_refuse (SandboxRequest *request, GError *error)
{
  sandbox_reply_error (request, SOUP_STATUS_BAD_REQUEST, 0, "%s.", error->message);
  g_error_free (error);
}

gboolean
sandbox_control_has_body (SandboxRequest *request)
{
  g_return_val_if_fail (request != NULL, FALSE);

  if (request->body != NULL)
    return TRUE;
  sandbox_reply_error (request, SOUP_STATUS_BAD_REQUEST, 0,
                       "A JSON object is needed, as application/json.");

  return FALSE;
}

gboolean
sandbox_control_check_members (SandboxRequest *request, const char *name, ...)
{
  g_autoptr (GPtrArray) known = g_ptr_array_new ();
  g_auto (GStrv) members = NULL;
  va_list list;

  g_return_val_if_fail (request != NULL && name != NULL, FALSE);

  va_start (list, name);
  for (; name != NULL; name = va_arg (list, const char *))
    g_ptr_array_add (known, (gpointer)name);
  va_end (list);

  if (!sandbox_control_has_body (request))
    return FALSE;
  members = baton_json_dup_names (request->body);
  for (gsize i = 0; members[i] != NULL; i++)
    {
      if (g_ptr_array_find_with_equal_func (known, members[i], g_str_equal, NULL))
        continue;
      sandbox_reply_error (request, SOUP_STATUS_BAD_REQUEST, 0, "There is no member '%s'.",
                           members[i]);
      return FALSE;
    }

  return TRUE;
}

static void
reply_settings (SandboxRequest *request)
{
  GString *json = g_string_new (NULL);

  sandbox_settings_append (json, sandbox_server_get_options (request->server));
  sandbox_control_reply (request, json);
}

static void
change_settings_cb (SandboxRequest *request)
{
  SandboxOptions options = *sandbox_server_get_options (request->server);
  GError *error = NULL;

  if (!sandbox_control_has_body (request))
    return;
  if (!sandbox_settings_apply (&options, request->body, &error))
    {
      sandbox_control_refuse (request, error);
      return;
    }
  sandbox_server_set_settings (request->server, &options);
  reply_settings (request);
}

static void
restore_settings_cb (SandboxRequest *request)
{
  sandbox_server_restore_settings (request->server);
  reply_settings (request);
}

static void
reply_clock (SandboxRequest *request)
{
  GString *json = g_string_new ("{\"now\":");
  char speed[G_ASCII_DTOSTR_BUF_SIZE];

  sandbox_json_append_time (json, sandbox_clock_now ());
  g_ascii_dtostr (speed, sizeof speed, baton_clock_get_speed (sandbox_clock_get ()));
  g_string_append_printf (json, ",\"speed\":%s}", speed);
  sandbox_control_reply (request, json);
}

gboolean
sandbox_control_read_clock (JsonObject *object, gint64 *now, GError **error)
{
  double speed = baton_json_peek_double (object, "speed", -1);
  const char *text = baton_json_peek_string (object, "now");

  g_return_val_if_fail (object != NULL && now != NULL, FALSE);

  *now = 0;
  if (text != NULL && !baton_time_parse (text, now))
    {
      g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                   "'now' is a time such as 2026-01-31T12:00:00Z, and not '%s'", text);
      return FALSE;
    }
  if (baton_json_has (object, "speed") && !(speed >= 0 && speed <= MAX_SPEED))
    {
      g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                   "'speed' is a number from 0 to %.0f", MAX_SPEED);
      return FALSE;
    }
  if (text != NULL && (*now - sandbox_clock_now ()) / 1e6 > MAX_ADVANCE)
    {
      g_set_error_literal (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                           "'now' is more than a year ahead");
      return FALSE;
    }

  /* The speed first, so that one that stands still shows what it was set to. */
  if (speed >= 0)
    baton_clock_set_speed (sandbox_clock_get (), speed);

  return TRUE;
}

typedef struct
{
  SandboxClockWay way;
  SandboxLater *later; /* (owned) */
} Journey;

static void
journey_free (gpointer data)
{
  Journey *self = data;

  sandbox_later_free (self->later);
  g_free (self);
}

static gboolean
journey_cb (gpointer user_data)
{
  Journey *self = user_data;
  SandboxRequest *request;

  if (sandbox_clock_go_on (&self->way))
    return G_SOURCE_CONTINUE;

  request = sandbox_later_get (self->later);
  if (request != NULL)
    reply_clock (request);

  return G_SOURCE_REMOVE;
}

/* Puts the clock to @now, and answers when it is there. */
static void
go_to (SandboxRequest *request, gint64 now)
{
  Journey journey = { sandbox_clock_begin (now) };

  if (!sandbox_clock_go_on (&journey.way))
    {
      reply_clock (request);
      return;
    }
  journey.later = sandbox_later_new (request);
  g_idle_add_full (G_PRIORITY_LOW, journey_cb, g_memdup2 (&journey, sizeof journey), journey_free);
}

static void
change_clock_cb (SandboxRequest *request)
{
  GError *error = NULL;
  gint64 now;

  if (!sandbox_control_check_members (request, "now", "speed", NULL))
    return;
  if (!sandbox_control_read_clock (request->body, &now, &error))
    sandbox_control_refuse (request, error);
  else if (now != 0)
    go_to (request, now);
  else
    reply_clock (request);
}

static void
restore_clock_cb (SandboxRequest *request)
{
  sandbox_clock_reset (sandbox_server_get_options (request->server)->speed);
  reply_clock (request);
}

static void
advance_clock_cb (SandboxRequest *request)
{
  double seconds = baton_json_peek_double (request->body, "seconds", -1);

  if (!sandbox_control_check_members (request, "seconds", NULL))
    return;
  if (!(seconds >= 0 && seconds <= MAX_ADVANCE))
    {
      sandbox_reply_error (request, SOUP_STATUS_BAD_REQUEST, 0,
                           "'seconds' is a number from 0 to %.0f.", MAX_ADVANCE);
      return;
    }
  go_to (request, sandbox_clock_now () + llround (seconds * G_USEC_PER_SEC));
}

static void
counters_cb (SandboxRequest *request)
{
  GString *json = g_string_new ("{\"counters\":");

  sandbox_traffic_append_counters (sandbox_server_get_traffic (request->server), json);
  g_string_append_c (json, '}');
  sandbox_control_reply (request, json);
}

static void
clear_counters_cb (SandboxRequest *request)
{
  sandbox_traffic_clear_counters (sandbox_server_get_traffic (request->server));
  sandbox_reply_empty (request, SOUP_STATUS_NO_CONTENT);
}

static void
requests_cb (SandboxRequest *request)
{
  const char *after = sandbox_request_get_query (request, "after");
  guint64 number = 0;
  GString *json = g_string_new (NULL);

  if (after != NULL)
    g_ascii_string_to_unsigned (after, 10, 0, G_MAXUINT64, &number, NULL);
  sandbox_traffic_append_requests (sandbox_server_get_traffic (request->server), json, number);
  sandbox_control_reply (request, json);
}

static void
clear_requests_cb (SandboxRequest *request)
{
  sandbox_traffic_clear_requests (sandbox_server_get_traffic (request->server));
  sandbox_reply_empty (request, SOUP_STATUS_NO_CONTENT);
}

static void
reset_cb (SandboxRequest *request)
{
  GError *error = NULL;

  if (sandbox_server_reset (request->server, &error))
    sandbox_reply_empty (request, SOUP_STATUS_NO_CONTENT);
  else
    sandbox_control_refuse (request, error);
}

const SandboxOperation sandbox_control_operations[] = {
  SANDBOX_CONTROL ("GET", "/settings", reply_settings),
  SANDBOX_CONTROL ("PATCH", "/settings", change_settings_cb),
  SANDBOX_CONTROL ("DELETE", "/settings", restore_settings_cb),
  SANDBOX_CONTROL ("GET", "/clock", reply_clock),
  SANDBOX_CONTROL ("PATCH", "/clock", change_clock_cb),
  SANDBOX_CONTROL ("DELETE", "/clock", restore_clock_cb),
  SANDBOX_CONTROL ("POST", "/clock/advance", advance_clock_cb),
  SANDBOX_CONTROL ("GET", "/counters", counters_cb),
  SANDBOX_CONTROL ("DELETE", "/counters", clear_counters_cb),
  SANDBOX_CONTROL ("GET", "/requests", requests_cb),
  SANDBOX_CONTROL ("POST", "/reset", reset_cb),
  SANDBOX_CONTROL ("DELETE", "/requests", clear_requests_cb),
  { NULL },
};
