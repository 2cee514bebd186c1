/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "keyring-daemon.h"

#include <gio/gio.h>

#include "ui-fixture.h"

#define SECRETS "org.freedesktop.secrets"
#define PROMPTER "org.gnome.keyring.SystemPrompter"
/* No word that the window says: what is typed late may come to its search. */
#define PASSWORD "opensesame"
#define PROMPTER_PROGRAM "/usr/libexec/gcr-prompter"
/* The dialog takes the keyboard a moment after it is there. */
#define TYPE_PAUSE (3 * G_USEC_PER_SEC)

struct _KeyringDaemon
{
  GSubprocess *daemon;   /* (owned) */
  GSubprocess *prompter; /* (owned) (nullable) */
  gint64 typed_at;
};

gboolean
keyring_daemon_is_file (void)
{
  return g_strcmp0 (g_getenv ("SECRET_BACKEND"), "file") == 0;
}

static GVariant *
call (const char *name, const char *path, const char *interface, const char *method, GVariant *arguments)
{
  g_autoptr (GDBusConnection) bus = g_bus_get_sync (G_BUS_TYPE_SESSION, NULL, NULL);
  g_autoptr (GError) error = NULL;
  GVariant *answer = g_dbus_connection_call_sync (bus, name, path, interface, method, arguments, NULL, G_DBUS_CALL_FLAGS_NONE,
                                                  -1, NULL, &error);

  g_assert_no_error (error);
  return answer;
}

static gboolean
is_owned (const char *name)
{
  g_autoptr (GVariant) answer = call ("org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus", "NameHasOwner",
                                      g_variant_new ("(s)", name));
  gboolean owned;

  g_variant_get (answer, "(b)", &owned);
  return owned;
}

/* Our own strictness is not theirs: they log warnings of their own. */
static GSubprocess *
spawn (const char *const *command, GSubprocessFlags flags)
{
  g_autoptr (GSubprocessLauncher) launcher
      = g_subprocess_launcher_new (flags | G_SUBPROCESS_FLAGS_STDOUT_SILENCE | G_SUBPROCESS_FLAGS_STDERR_SILENCE);
  g_autoptr (GError) error = NULL;
  GSubprocess *process;

  g_subprocess_launcher_unsetenv (launcher, "G_DEBUG");
  g_subprocess_launcher_unsetenv (launcher, "MALLOC_CHECK_");
  g_subprocess_launcher_unsetenv (launcher, "MALLOC_PERTURB_");
  process = g_subprocess_launcher_spawnv (launcher, command, &error);
  g_assert_no_error (error);
  return process;
}

static void
end (GSubprocess *process)
{
  g_subprocess_force_exit (process);
  g_subprocess_wait (process, NULL, NULL);
  g_object_unref (process);
}

KeyringDaemon *
keyring_daemon_start (gboolean unlocked)
{
  static const char *const locked_command[] = { "gnome-keyring-daemon", "--foreground", "--components=secrets", NULL };
  static const char *const unlocked_command[]
      = { "gnome-keyring-daemon", "--foreground", "--components=secrets", "--unlock", NULL };
  KeyringDaemon *self = g_new0 (KeyringDaemon, 1);
  GOutputStream *input;

  self->daemon = spawn (unlocked ? unlocked_command : locked_command, G_SUBPROCESS_FLAGS_STDIN_PIPE);
  input = g_subprocess_get_stdin_pipe (self->daemon);
  if (unlocked)
    g_output_stream_write_all (input, PASSWORD, strlen (PASSWORD), NULL, NULL, NULL);
  g_output_stream_close (input, NULL, NULL);
  ui_wait (is_owned (SECRETS));
  return self;
}

static void
end_prompter (KeyringDaemon *self)
{
  if (self->prompter == NULL)
    return;
  end (g_steal_pointer (&self->prompter));
  ui_wait (!is_owned (PROMPTER));
}

void
keyring_daemon_stop (KeyringDaemon *self)
{
  end_prompter (self);
  end (self->daemon);
  ui_wait (!is_owned (SECRETS));
  g_free (self);
}

void
keyring_daemon_lock (KeyringDaemon *self)
{
  const char *const paths[] = { "/org/freedesktop/secrets/aliases/default", NULL };

  g_variant_unref (call (SECRETS, "/org/freedesktop/secrets", "org.freedesktop.Secret.Service", "Lock",
                         g_variant_new ("(^ao)", paths)));
}

gboolean
keyring_daemon_has_prompter (void)
{
  g_autofree char *xdotool = g_find_program_in_path ("xdotool");

  return xdotool != NULL && g_file_test (PROMPTER_PROGRAM, G_FILE_TEST_IS_EXECUTABLE);
}

void
keyring_daemon_prompt (KeyringDaemon *self)
{
  static const char *const command[] = { PROMPTER_PROGRAM, NULL };

  end_prompter (self);
  self->prompter = spawn (command, G_SUBPROCESS_FLAGS_NONE);
  ui_wait (is_owned (PROMPTER));
}

/* Returns: TRUE where it went well. */
static gboolean
run (const char *const *command)
{
  g_autoptr (GSubprocess) process = spawn (command, G_SUBPROCESS_FLAGS_NONE);

  return g_subprocess_wait_check (process, NULL, NULL);
}

gboolean
keyring_daemon_answer (KeyringDaemon *self, gboolean password)
{
  static const char *const search[] = { "xdotool", "search", "--onlyvisible", "--class", "gcr-prompter", NULL };
  static const char *const type[] = { "xdotool", "key", "ctrl+a", "type", PASSWORD, NULL };
  static const char *const accept[] = { "xdotool", "key", "Return", NULL };
  static const char *const dismiss[] = { "xdotool", "key", "Escape", NULL };

  if (g_get_monotonic_time () < self->typed_at + TYPE_PAUSE || !run (search))
    return is_owned (PROMPTER);
  if (!password)
    run (dismiss);
  else if (run (type))
    run (accept);
  self->typed_at = g_get_monotonic_time ();
  return TRUE;
}
